//! The large answer at the top: a ground, a sign and words that all differ, so that it is told
//! without colours too.

use super::site::{Front, SiteDesk};
use super::site_words;
use crate::domain::attendance::Verdict;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::check_in::{Answer, Finding};
use crate::kiosk::theme;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::ui::{Align, Ui};
use jiff::civil::DateTime;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns and rows of the sign.
const SIGN: (u16, u16) = (12, 6);

/// What the answer is, for eyes that see no words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Green, a tick.
    Yes,
    /// It can be done, and somebody should look: an hourglass.
    Mind,
    /// Red, a cross.
    No,
    /// Nothing is said of anybody.
    Waiting(Pictogram),
}

pub struct Band {
    pub kind: Kind,
    pub headline: String,
    pub sentence: String,
}

pub fn draw(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk, now: DateTime) {
    let band = band(ui, desk, now);
    draw_band(ui, area, band);
}

/// The answer on its ground.
pub fn draw_band(ui: &mut Ui<'_>, area: Rect, band: Band) {
    let Band { kind, headline, sentence } = band;
    let (style, sign) = kind.look();
    ui.fill(area, style);
    let mut row = Column::new(area);
    row.take_left(1);
    let room = row.take_left(SIGN.0);
    ui.pictogram(middle(room, SIGN.0, SIGN.1.min(area.height)), sign, style);
    row.take_left(2);
    row.take_right(1);
    let mut column = row;
    column.gap(u16::from(area.height > 6));
    let rows = if area.height >= 9 { 4 } else { 3 };
    ui.heading(column.take(rows), &headline, Align::Left, style);
    column.lines(ui, &sentence, Align::Left, style);
}

impl Kind {
    fn look(self) -> (Style, Pictogram) {
        match self {
            Kind::Yes => (theme::YES_BAND, Pictogram::Check),
            Kind::Mind => (theme::FEW_LEFT, Pictogram::Wait),
            Kind::No => (theme::NO_BAND, Pictogram::Cross),
            Kind::Waiting(sign) => (theme::PANEL_TITLE, sign),
        }
    }
}

fn band(ui: &Ui<'_>, desk: &SiteDesk, now: DateTime) -> Band {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    let of = |kind, headline: &dyn Message, sentence: String| Band {
        kind,
        headline: said(headline),
        sentence,
    };
    if let Some(outcome) = desk.conflict_in_front() {
        return of(Kind::No, &say::DeskConflict, site_words::conflict(ui, outcome));
    }
    let finding = desk.finding(now);
    match (&desk.front, finding) {
        (Front::Ready { .. } | Front::Shown(_), _) if desk.day.is_none() => {
            of(Kind::Waiting(Pictogram::Wait), &say::DeskNoList, said(&say::DeskNoListDo))
        }
        (Front::Ready { .. }, _) => {
            of(Kind::Waiting(Pictogram::In), &say::DeskReady, said(&say::DeskReadyDo))
        }
        (Front::Reading, _) => {
            of(Kind::Waiting(Pictogram::Card), &say::CardReadingTitle, String::new())
        }
        (Front::Writing { .. }, _) => {
            of(Kind::Waiting(Pictogram::Wait), &say::DeskSaving, String::new())
        }
        (Front::NotSaved { fault, .. }, _) => {
            of(Kind::No, &say::DeskNotSaved, said(site_words::fault(*fault)))
        }
        (Front::Done { step, .. }, _) => {
            of(Kind::Yes, site_words::done(step), said(&say::DeskDoneDo))
        }
        (Front::LookingUp(_), _) | (Front::Shown(_), None) => {
            of(Kind::Waiting(Pictogram::Wait), &say::DeskLookingUp, said(&say::WaitPlease))
        }
        (Front::Shown(_), Some(finding)) => answered(ui, desk, &finding),
    }
}

fn answered(ui: &Ui<'_>, desk: &SiteDesk, finding: &Finding) -> Band {
    let site = |id: crate::domain::site::SiteId| match &desk.day {
        Some(day) if day.list.site.id == id => {
            let site = &day.list.site;
            place_name(ui.language, &site.name_zh, &site.name_en).to_owned()
        }
        Some(_) | None => ui.say_alone(&say::DeskNumber { number: id.0.to_string().into() }).main,
    };
    let mut sentence = site_words::sentence(ui, finding, site);
    if let Answer::Receipt(verdict) = &finding.answer
        && verdict.may_check_in()
    {
        let more = ui.say_alone(&say::DeskReceiptOnly).main;
        sentence = format!("{sentence} {more}");
    } else if finding.claims.is_some() && finding.answer.code().is_none() {
        let more = ui.say_alone(&say::DeskSignatureRight).main;
        sentence = format!("{sentence} {more}");
    }
    if let Some(code) = finding.answer.code() {
        sentence = format!("{sentence} [{code}]");
    }
    let kind = match &finding.answer {
        Answer::Listed(Verdict::MayCheckIn) | Answer::Receipt(Verdict::MayCheckIn) => Kind::Yes,
        answer if answer.may_check_in() => Kind::Mind,
        _ => Kind::No,
    };
    Band { kind, headline: ui.say_alone(site_words::headline(&finding.answer)).main, sentence }
}

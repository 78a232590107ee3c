//! Everything before it counts, for all: date, hours and place in large, each person with their
//! hour and phone, then one press for all.

use super::super::context::Context;
use super::{GroupAnswer, people};
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::names::place_name;
use crate::kiosk::model::action::{Part, ScreenAction};
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines::sign_and_street;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Keys that are no person's.
const TIME: u8 = 8;
const PLACE: u8 = 9;
/// Columns of the two buttons that change time and place.
const CHANGE_WIDTH: u16 = 18;

pub fn act(action: ScreenAction) -> Option<GroupAnswer> {
    match action {
        ScreenAction::Confirm => Some(GroupAnswer::Book),
        ScreenAction::Change(Part::Time) => Some(GroupAnswer::OtherTime),
        ScreenAction::Change(Part::Place) => Some(GroupAnswer::OtherPlace),
        ScreenAction::Member(nth) => Some(GroupAnswer::Member(nth)),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let group = context.visit.and_then(|visit| visit.group.as_ref());
    let Some(group) = group else { return };
    let class = SizeClass::of(ui.buffer.area);
    let count = group.people();
    let title = ui.say(&say::GroupReviewTitle { people: count.into() });
    let hint = ui.say_alone(&say::GroupReviewHint);
    let hint = Some(&hint).filter(|_| title.zh.is_none());
    let mut page = Column::headed(ui, area, &title, hint);
    let book = match class {
        SizeClass::Compact => 3,
        SizeClass::Standard | SizeClass::Upright => 4,
        SizeClass::Wide => 6,
    };
    let book = page.take_bottom(book);
    let words = ui.say(&say::GroupBook { people: count.into() });
    // Drawn first, so that it has the focus: whoever agrees presses Enter.
    Button::new(words, ScreenAction::Confirm).digit(7).main().draw(ui, book);
    facts(ui, &mut page, class, context);
    let rows = people::rows(ui, count);
    people::draw(ui, page.take(rows), context, 1);
}

fn facts(ui: &mut Ui<'_>, page: &mut Column, class: SizeClass, context: &Context<'_>) {
    let Some(visit) = context.visit else { return };
    let hours_of = visit.group.as_ref().map(|group| &group.hours);
    let site = visit.errand.as_ref().and_then(|errand| errand.seat()?.site());
    let Some((Some(first), Some(last), site)) =
        hours_of.zip(site).map(|(hours, site)| (hours.first(), hours.last(), site))
    else {
        return;
    };
    let panel = match class {
        SizeClass::Compact => 4,
        SizeClass::Standard => 5,
        SizeClass::Upright => 8,
        SizeClass::Wide => 7,
    };
    let mut panel = Column::new(page.take(panel));
    page.gap(u16::from(class != SizeClass::Compact));
    let change = |ui: &Ui<'_>, words: &dyn say::Message, part, digit| {
        Button::new(ui.say_alone(words), ScreenAction::Change(part)).digit(digit)
    };
    let time = change(ui, &say::OfferOtherTime, Part::Time, TIME).pictogram(Pictogram::Time);
    let place = change(ui, &say::OfferOtherPlace, Part::Place, PLACE).pictogram(Pictogram::Place);
    let areas = if class == SizeClass::Upright {
        let row = panel.take_bottom(3);
        let half = row.width / 2;
        [Rect { width: half - 1, ..row }, Rect { x: row.x + half, width: half, ..row }]
    } else {
        let row = Column::new(panel.take_right(2 * CHANGE_WIDTH + 1)).take(3);
        let second = Rect { x: row.x + CHANGE_WIDTH + 1, width: CHANGE_WIDTH, ..row };
        [Rect { width: CHANGE_WIDTH, ..row }, second]
    };
    ui.fill(panel.rest(), theme::PANEL);
    let mut text = panel.inset(1);
    let when = ui.say_with(|texts, language| {
        let date = texts.short_date(language, first.starts.date());
        format!("{date}  {}", hours(first.starts, last.ends))
    });
    ui.heading(text.take(2), &when.main, Align::Left, theme::PANEL_TITLE);
    let name = place_name(ui.language, &site.name_zh, &site.name_en).to_owned();
    text.lines(ui, &name, Align::Left, theme::PANEL);
    let address = sign_and_street(ui.language, site);
    let room = text.rest();
    if room.height > 0 && address.width() <= usize::from(room.width * room.height) {
        text.lines(ui, &address, Align::Left, theme::PANEL);
    }
    time.draw(ui, areas[0]);
    place.draw(ui, areas[1]);
}

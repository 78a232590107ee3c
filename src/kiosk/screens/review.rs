//! Everything before it counts: each fact large with its change button, then confirm.

use super::context::Context;
use crate::api::bookings::BookingView;
use crate::domain::site::Site;
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::{district_name, place_name};
use crate::i18n::texts::Texts;
use crate::i18n::wrap::wrap;
use crate::kiosk::model::action::{Part, ScreenAction};
use crate::kiosk::model::errand::{Errand, RegistrationDraft, Seat};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::model::wish::ChosenWish;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui};
use crate::kiosk::widgets::wish_words;
use crate::kiosk::widgets::with_others;
use jiff::civil::DateTime;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

const CONFIRM_ROWS: u16 = 3;
/// Rows of a fact, at least and at most; from the second number on there is a line between two.
const FACT_ROWS: (u16, u16) = (3, 6);
const LINED_ROWS: u16 = 4;
/// Columns of a fact's pictogram, of its name and of its change button.
const SIGN_WIDTH: u16 = 6;
const NAME_WIDTH: u16 = 12;
const CHANGE_WIDTH: u16 = 14;
const LARGE_ROWS: u16 = 3;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReviewAnswer {
    Confirm,
    Change(Part),
    /// Others come along.
    WithOthers,
}

/// Whether others may come along: only where something is booked.
fn may_bring_others(context: &Context<'_>) -> bool {
    let errand = context.visit.and_then(|visit| visit.errand.as_ref());
    matches!(errand, Some(Errand::Booking(_))) && context.may_bring_others()
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<ReviewAnswer> {
    match action {
        ScreenAction::WithOthers => may_bring_others(context).then_some(ReviewAnswer::WithOthers),
        ScreenAction::Confirm => Some(ReviewAnswer::Confirm),
        ScreenAction::Change(part) => Some(ReviewAnswer::Change(part)),
        _ => None,
    }
}

/// Something that was chosen.
struct Fact {
    pictogram: Pictogram,
    name: &'static dyn Message,
    value: String,
    /// More about it, in the usual type.
    detail: String,
    change: Option<(Part, u8)>,
    /// It holds until the new one is confirmed.
    given_up: bool,
}

impl Fact {
    fn new(pictogram: Pictogram, name: &'static dyn Message, value: impl Into<String>) -> Self {
        let (value, detail) = (value.into(), String::new());
        Self { pictogram, name, value, detail, change: None, given_up: false }
    }

    fn change(self, part: Part, digit: u8) -> Self {
        Self { change: Some((part, digit)), ..self }
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let Some((visit, errand)) =
        context.visit.and_then(|visit| Some((visit, visit.errand.as_ref()?)))
    else {
        return;
    };
    let (title, confirm): (&dyn Message, &dyn Message) = match errand {
        Errand::Booking(_) => (&say::ReviewTitle, &say::ReviewConfirm),
        Errand::Registering(_) => (&say::ReviewIntentionTitle, &say::ReviewIntentionConfirm),
        Errand::Rescheduling(_) => (&say::ReviewMoveTitle, &say::ReviewMoveConfirm),
        Errand::Waiting(_) => (&say::ReviewWaitTitle, &say::ReviewWaitConfirm),
        Errand::Leftovers(_) => (&say::ReviewLeftoversTitle, &say::ReviewLeftoversConfirm),
    };
    let hint = ui.say_alone(&say::ReviewHint);
    let title = ui.say(title);
    let hint = Some(&hint).filter(|_| title.zh.is_none());
    let heads = hint.filter(|_| !ui.turns_pages());
    let mut page = Column::headed(ui, area, &title, heads);
    let facts = facts(ui, visit, errand, context);
    let room = page.rest().height;
    let count = (facts.len() as u16).max(1);
    let rows = (room.saturating_sub(CONFIRM_ROWS) / count).clamp(FACT_ROWS.0, FACT_ROWS.1);
    let confirm_rows = room.saturating_sub(rows * count).clamp(CONFIRM_ROWS, CONFIRM_ROWS + 2);
    let mut below = Column::new(page.take_bottom(confirm_rows));
    let others = may_bring_others(context).then(|| with_others::take(&mut below));
    let below = below.rest();
    // Drawn first, so that it has the focus: whoever agrees presses Enter.
    let confirm = if visit.is_rescheduling() { ui.say_alone(confirm) } else { ui.say(confirm) };
    Button::new(confirm, ScreenAction::Confirm).digit(1).main().draw(ui, below);
    if let Some(room) = others {
        with_others::draw(ui, room, 5);
    }
    if let (true, Some(hint)) = (ui.turns_pages(), hint) {
        // Beside the button that it speaks of.
        ui.lines(below, &hint.main, Align::Left, theme::QUIET_TEXT);
    }
    for (at, fact) in facts.iter().enumerate() {
        let mut room = Column::new(page.take(rows));
        if rows >= LINED_ROWS && at + 1 < facts.len() {
            let line = room.take_bottom(1);
            let text = "─".repeat(usize::from(line.width));
            ui.line(line, &text, Align::Left, theme::QUIET_TEXT);
        }
        draw(ui, room, fact);
    }
}

fn facts(ui: &Ui<'_>, visit: &Visit, errand: &Errand, context: &Context<'_>) -> Vec<Fact> {
    let mut facts = match errand {
        Errand::Registering(draft) => registration(ui, draft),
        Errand::Booking(draft) => seat(ui, &draft.seat, None),
        Errand::Rescheduling(draft) => {
            seat(ui, &draft.seat, context.person().and_then(Person::booking))
        }
        Errand::Waiting(draft) => wish(ui, &draft.wish),
        Errand::Leftovers(draft) => {
            draft.seat.site().map(|site| place(ui, site)).into_iter().collect()
        }
    };
    if let Some(mobile) = errand.mobile() {
        let shown = mobile.shown.expose();
        facts.push(Fact::new(Pictogram::Phone, &say::ReviewPhone, shown).change(Part::Phone, 4));
    }
    // A wish has four facts of its own, and no room for who waits.
    let waits = matches!(errand, Errand::Waiting(_));
    if let (false, Some(name), Some(id)) = (waits, visit.name_masked(), visit.id_masked()) {
        let who = ui.say_alone(&say::ReviewPerson { name: name.into(), id: id.into() }).main;
        facts.push(Fact::new(Pictogram::Person, &say::ReviewWho, who));
    }
    facts
}

fn when(ui: &Ui<'_>, starts: DateTime, ends: DateTime) -> String {
    let when = |texts: &Texts, language| {
        format!("{}  {}", texts.short_date(language, starts.date()), hours(starts, ends))
    };
    ui.say_with(when).main
}

/// Where and when; `before` is the booking whose seat is given up for it.
fn seat(ui: &Ui<'_>, seat: &Seat, before: Option<&BookingView>) -> Vec<Fact> {
    let Seat::Slot(_, site, slot) = seat else { return Vec::new() };
    let mut facts = Vec::new();
    if let Some(booking) = before {
        let value = when(ui, booking.starts, booking.ends);
        let place = place_name(ui.language, &booking.site.name_zh, &booking.site.name_en);
        facts.push(Fact {
            detail: place.to_owned(),
            given_up: true,
            ..Fact::new(Pictogram::Time, &say::ReviewMoveFrom, value)
        });
    }
    let time = Fact::new(Pictogram::Time, &say::ReviewTime, when(ui, slot.starts, slot.ends));
    facts.push(time.change(Part::Time, 2));
    facts.push(place(ui, site));
    facts
}

fn place(ui: &Ui<'_>, site: &Site) -> Fact {
    let brand = ui.brand(site.brand).main;
    let name = place_name(ui.language, &site.name_zh, &site.name_en).to_owned();
    let below = if ui.language.reads_chinese() { &site.address_zh } else { &site.name_zh };
    Fact {
        detail: format!("{below} · {brand}"),
        ..Fact::new(Pictogram::Place, &say::ReviewPlace, name).change(Part::Place, 3)
    }
}

/// What somebody waits for.
fn wish(ui: &Ui<'_>, wish: &ChosenWish) -> Vec<Fact> {
    let place = wish_words::places(ui, &wish.places);
    let brands: Vec<String> = wish.brands.iter().map(|brand| ui.brand(*brand).main).collect();
    vec![
        Fact::new(Pictogram::Place, &say::IntentionRegion, place).change(Part::Place, 2),
        Fact::new(Pictogram::Time, &say::ReviewTime, wish_words::times(ui, wish))
            .change(Part::Time, 3),
        Fact::new(Pictogram::Dose, &say::ReceiptVaccine, brands.join(" + "))
            .change(Part::Brands, 5),
    ]
}

fn registration(ui: &Ui<'_>, draft: &RegistrationDraft) -> Vec<Fact> {
    let Some(district) = draft.district else { return Vec::new() };
    let place = ui.say_with(|texts, language| district_name(texts, language, district)).main;
    let brands: Vec<String> = draft.brands.iter().map(|brand| ui.brand(*brand).main).collect();
    vec![
        Fact::new(Pictogram::Place, &say::IntentionRegion, place).change(Part::Place, 2),
        Fact::new(Pictogram::Dose, &say::ReceiptVaccine, brands.join(" + "))
            .change(Part::Brands, 3),
    ]
}

/// Sign, name, value, and the button that changes it. Upright, the name stands above the value.
fn draw(ui: &mut Ui<'_>, mut room: Column, fact: &Fact) {
    if ui.turns_pages() {
        return draw_in_order(ui, room.rest(), fact);
    }
    let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
    let change_room = Column::new(room.take_right(CHANGE_WIDTH)).take(3);
    room.take_right(1);
    if let Some((part, digit)) = fact.change {
        Button::new(ui.say_alone(&say::ReviewChange), ScreenAction::Change(part))
            .digit(digit)
            .draw(ui, change_room);
    }
    let sign = Column::new(room.take_left(SIGN_WIDTH)).take(3);
    ui.pictogram(sign, fact.pictogram, theme::TITLE);
    let name = ui.say(fact.name);
    if upright {
        let text = name.joined();
        room.line(ui, &text, Align::Left, theme::QUIET_TEXT);
    } else {
        let mut names = Column::new(room.take_left(NAME_WIDTH));
        names.take_right(1);
        // Beside the middle of a value that has nothing below it.
        let lines = wrap(&name.main, usize::from(names.rest().width).max(2)).len();
        if fact.detail.is_empty() && lines == 1 && name.zh.is_none() {
            names.gap(1);
        }
        names.lines(ui, &name.main, Align::Left, theme::QUIET_TEXT);
        let rest = names.rest();
        if let Some(zh) =
            name.zh.filter(|zh| wrap(zh, usize::from(rest.width)).len() <= usize::from(rest.height))
        {
            names.lines(ui, &zh, Align::Left, theme::QUIET_TEXT);
        }
    }
    let area = room.rest();
    if fact.given_up {
        let style = theme::QUIET_TEXT.add_modifier(Modifier::CROSSED_OUT);
        room.lines(ui, &fact.value, Align::Left, style);
        room.lines(ui, &fact.detail, Align::Left, theme::QUIET_TEXT);
        return;
    }
    let detail_rows = if fact.detail.is_empty() {
        0
    } else {
        wrap(&fact.detail, usize::from(area.width).max(2)).len() as u16
    };
    let large = area.height.saturating_sub(detail_rows).clamp(1, LARGE_ROWS);
    ui.heading(room.take(large), &fact.value, Align::Left, theme::TITLE);
    if !fact.detail.is_empty() {
        room.lines(ui, &fact.detail, Align::Left, theme::PLAIN);
    }
}

/// For a page of larger type: one after the other, whatever its place.
fn draw_in_order(ui: &mut Ui<'_>, area: Rect, fact: &Fact) {
    ui.pictogram(area, fact.pictogram, theme::TITLE);
    let name = ui.say(fact.name).joined();
    ui.lines(area, &name, Align::Left, theme::QUIET_TEXT);
    ui.lines(area, &fact.value, Align::Left, theme::TITLE);
    ui.lines(area, &fact.detail, Align::Left, theme::PLAIN);
    if let Some((part, digit)) = fact.change {
        let change = Button::new(ui.say_alone(&say::ReviewChange), ScreenAction::Change(part));
        change.digit(digit).draw(ui, area);
    }
}

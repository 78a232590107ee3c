//! A seat that is held for somebody: because they wait for one, or because the slot of their
//! booking was closed. Until when, with the time that is left, and what becomes of it then.

use super::context::Context;
use crate::api::sessions::{Displaced, OfferView, SeatView};
use crate::domain::site::SlotId;
use crate::domain::taipei;
use crate::i18n::dates::{clock, countdown, hours};
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::person::Person;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::seat_panel;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use jiff::Timestamp;
use ratatui::layout::Rect;
use ratatui::style::Style;

#[derive(Clone, PartialEq, Debug)]
pub enum HeldAnswer {
    /// Books the seat.
    Book(Box<SeatView>),
    OtherPhone,
    /// Another time or place than the one that is held.
    OtherTime,
    ShowLine,
    Leave,
    ToServices,
}

/// What is held for the person, as far as the service has told it.
enum Held<'a> {
    /// They wait, and this came free.
    Offered(&'a OfferView),
    /// Their slot was closed.
    Displaced(&'a Displaced),
}

impl Held<'_> {
    fn of<'a>(context: &Context<'a>) -> Option<Held<'a>> {
        let person = context.person()?;
        let displaced = person.displaced().map(Held::Displaced);
        displaced.or_else(|| person.offer().map(Held::Offered))
    }

    /// The seat, as long as it is held.
    fn seat(&self, now: Timestamp) -> Option<&SeatView> {
        match self {
            Held::Offered(offer) => (now < offer.until).then_some(&offer.seat),
            Held::Displaced(it) => it.held.as_ref().filter(|_| now < it.until),
        }
    }

    fn until(&self) -> Timestamp {
        match self {
            Held::Offered(offer) => offer.until,
            Held::Displaced(displaced) => displaced.until,
        }
    }
}

/// The seat that is held now.
pub fn slot(context: &Context<'_>) -> Option<SlotId> {
    let now = context.machine.now.wall;
    Held::of(context)?.seat(now).map(|seat| seat.slot)
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<HeldAnswer> {
    let held = Held::of(context)?;
    match action {
        ScreenAction::BookOffered(slot) => {
            let seat = held.seat(context.machine.now.wall).filter(|seat| seat.slot == slot)?;
            Some(HeldAnswer::Book(Box::new(seat.clone())))
        }
        ScreenAction::OtherPhone => Some(HeldAnswer::OtherPhone),
        ScreenAction::OtherTime => Some(HeldAnswer::OtherTime),
        ScreenAction::ShowLine => Some(HeldAnswer::ShowLine),
        ScreenAction::LeaveLine => Some(HeldAnswer::Leave),
        ScreenAction::ToServices => Some(HeldAnswer::ToServices),
        _ => None,
    }
}

type Choice = (&'static dyn Message, ScreenAction, Pictogram);

const SERVICES: Choice = (&say::OfferServices, ScreenAction::ToServices, Pictogram::Help);
const PHONE: Choice = (&say::OfferOtherPhone, ScreenAction::OtherPhone, Pictogram::Phone);
const OTHER: Choice = (&say::DisplacedOther, ScreenAction::OtherTime, Pictogram::Time);
const LEAVE: Choice = (&say::LineLeave, ScreenAction::LeaveLine, Pictogram::Stop);
const LINE: Choice = (&say::WaitService, ScreenAction::ShowLine, Pictogram::Wait);

/// The main thing first.
fn choices(held: &Held<'_>, seat: Option<&SeatView>) -> Vec<Choice> {
    let book = |words, seat: &SeatView| -> Choice {
        (words, ScreenAction::BookOffered(seat.slot), Pictogram::Book)
    };
    match (held, seat) {
        (Held::Offered(_), Some(seat)) => vec![book(&say::OfferBook, seat), PHONE, LEAVE, SERVICES],
        (Held::Offered(_), None) => vec![LINE, SERVICES],
        (Held::Displaced(_), Some(seat)) => {
            vec![book(&say::DisplacedTake, seat), OTHER, PHONE, SERVICES]
        }
        (Held::Displaced(_), None) => vec![OTHER, SERVICES],
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let Some(held) = Held::of(context) else { return };
    let now = context.machine.now.wall;
    let seat = held.seat(now);
    let (title, sentence, style) = headed(ui, &held, now);
    let sentence = if ui.bilingual { Words::same("") } else { sentence };
    let page = Column::headed(ui, area, &title, Some(&Words::same("")));
    let class = SizeClass::of(ui.buffer.area);
    let below = area.y + class.heading();
    let row = Rect { y: below, height: page.rest().y - below, ..area };
    let row = Column::new(row).inset(1).rest();
    match &title.zh {
        Some(zh) => ui.lines(row, zh, Align::Left, theme::QUIET_TEXT),
        None => ui.lines(row, &sentence.main, Align::Left, style),
    };
    let mut page = page;
    let choices = choices(&held, seat);
    buttons(ui, &mut page, &choices, class);
    match seat {
        Some(seat) => {
            let left = left(&held, now);
            let below = below_seat(ui, &held, context, now);
            let panel = page.take(match class {
                SizeClass::Compact => 9,
                SizeClass::Standard => 12,
                SizeClass::Upright => 14,
                SizeClass::Wide => 16,
            });
            seat_panel::draw(ui, panel, seat, left.as_deref(), &below);
        }
        None => nothing_held(ui, page, &held, now),
    }
}

/// The heading, and the sentence below it.
fn headed(ui: &Ui<'_>, held: &Held<'_>, now: Timestamp) -> (Words, Words, Style) {
    match held {
        Held::Offered(offer) if now < offer.until => {
            let until = until(ui, offer.until, now);
            let words = ui.say_alone(&say::HeldUntil { until: until.into() });
            (ui.say(&say::HeldTitle), words, theme::TITLE)
        }
        Held::Offered(_) => (ui.say(&say::HeldOver), Words::same(""), theme::WARNING),
        Held::Displaced(displaced) => {
            let SeatView { site, starts, ends, .. } = &displaced.closed;
            let date = ui.texts.short_date(ui.language, starts.date());
            let when = format!("{date} {}", hours(*starts, *ends));
            let place = place_name(ui.language, &site.name_zh, &site.name_en).to_owned();
            let was = say::DisplacedWas { when: when.into(), place: place.into() };
            (ui.say(&say::DisplacedTitle), ui.say_alone(&was), theme::WARNING)
        }
    }
}

/// The clock, with its day if that is another one than today.
fn until(ui: &Ui<'_>, until: Timestamp, now: Timestamp) -> String {
    let (civil, today) = (taipei::civil(until), taipei::civil(now).date());
    if civil.date() == today { clock(civil) } else { ui.texts.moment(ui.language, until) }
}

/// What is left of an offer, counted down. Who lost a seat has hours or days.
fn left(held: &Held<'_>, now: Timestamp) -> Option<String> {
    let left = held.until().as_second().saturating_sub(now.as_second());
    matches!(held, Held::Offered(_)).then(|| countdown(left.max(0).unsigned_abs()))
}

/// What is said below the seat: where the text message goes, and what becomes of the seat.
fn below_seat(ui: &Ui<'_>, held: &Held<'_>, context: &Context<'_>, now: Timestamp) -> Vec<String> {
    let errand = context.visit.and_then(|visit| visit.errand.as_ref());
    let chosen = errand.and_then(|errand| errand.mobile());
    let mobile = chosen.map(|mobile| mobile.shown.expose().to_owned());
    let registered = || {
        let registered = context.person().and_then(Person::registered_mobile);
        registered.map(|mobile| mobile.expose().to_owned())
    };
    let mobile = mobile.or_else(registered).unwrap_or_default();
    let phone = ui.say_alone(&say::OfferPhone { mobile: mobile.into() }).main;
    match held {
        Held::Offered(_) => vec![phone, ui.say_alone(&say::HeldWhy).main],
        Held::Displaced(displaced) => {
            let until = until(ui, displaced.until, now);
            vec![phone, ui.say_alone(&say::HeldUntil { until: until.into() }).main]
        }
    }
}

/// The offer has ended, or nothing could be set aside.
fn nothing_held(ui: &mut Ui<'_>, mut page: Column, held: &Held<'_>, now: Timestamp) {
    let sign = page.take_left(16);
    let pictogram =
        if matches!(held, Held::Offered(_)) { Pictogram::Wait } else { Pictogram::Calendar };
    ui.pictogram(middle(Column::new(sign).take(8), 12, 6), pictogram, theme::TITLE);
    page.take_right(1);
    page.gap(1);
    match held {
        Held::Offered(offer) => {
            let until = until(ui, offer.until, now);
            page.paragraph(ui, &ui.say(&say::HeldOverBody { until: until.into() }), theme::PLAIN);
        }
        Held::Displaced(displaced) => {
            page.paragraph(ui, &ui.say(&say::DisplacedNone), theme::PLAIN);
            if now < displaced.until {
                let until = until(ui, displaced.until, now);
                let words = ui.say(&say::DisplacedUntil { until: until.into() });
                page.gap(1);
                page.paragraph(ui, &words, theme::TITLE);
            }
        }
    }
}

/// Drawn first, so that the main one has the focus.
fn buttons(ui: &mut Ui<'_>, page: &mut Column, choices: &[Choice], class: SizeClass) {
    let rows: u16 = if class == SizeClass::Upright { 4 } else { 3 };
    let compact = class == SizeClass::Compact;
    let main = if compact { 3 } else { 5 };
    // Two of upright stand side by side, and three of all others.
    let small = choices.len() as u16 - 1;
    let columns = if class == SizeClass::Upright { small.min(2) } else { small };
    let lines = small.div_ceil(columns.max(1));
    let below = page.take_bottom(lines * rows);
    let above = page.take_bottom(main);
    for (at, (words, action, pictogram)) in (0_u16..).zip(choices) {
        let button = |words| Button::new(words, *action).digit(at as u8 + 1).pictogram(*pictogram);
        if at == 0 {
            let words = if compact { ui.say_alone(*words) } else { ui.say(*words) };
            button(words).main().draw(ui, above);
            continue;
        }
        let width = (below.width + 1) / columns;
        let (column, line) = ((at - 1) % columns, (at - 1) / columns);
        let (x, y) = (below.x + column * width, below.y + line * rows);
        button(ui.say_alone(*words)).draw(ui, Rect::new(x, y, width - 1, rows));
    }
}

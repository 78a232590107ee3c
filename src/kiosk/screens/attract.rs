//! The screen that waits for somebody: what the kiosk is for, the round or the countdown to it, how
//! to put the card in, and the same sentence in all languages at once, so that everybody finds
//! theirs without waiting for a turn. All else is in the kiosk's first language.

use super::context::Context;
use crate::domain::language::Language;
use crate::domain::round::Phase;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::round_number;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::every_language;
use crate::kiosk::widgets::graphic::CardWay;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Columns of the time that a booking takes, or of the countdown.
const FACT: u16 = 31;
/// Columns of a sign that is three rows high.
const SIGN: u16 = 6;
/// Columns of the telephone numbers with the names of their languages.
const HOTLINES: u16 = 29;

/// What can be done here now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Service {
    /// The service is not reached.
    NoLine,
    Card,
    /// The reader is gone; other ways lead in.
    Touch,
    /// The reader is gone, and nothing else leads in.
    Nothing,
}

fn service(context: &Context<'_>) -> Service {
    if !context.machine.line_up {
        return Service::NoLine;
    }
    match (context.machine.reader_lost, context.machine.profile.ways.is_empty()) {
        (false, _) => Service::Card,
        (true, false) => Service::Touch,
        (true, true) => Service::Nothing,
    }
}

fn can_begin(context: &Context<'_>) -> bool {
    matches!(service(context), Service::Card | Service::Touch)
}

fn phase(context: &Context<'_>) -> Option<Phase> {
    Some(context.machine.round.as_ref()?.phase(context.machine.now.wall))
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let class = SizeClass::of(ui.buffer.area);
    let mut page = Column::new(area);
    let foot = page.take_bottom(match class {
        SizeClass::Upright => 9,
        SizeClass::Compact => 3,
        SizeClass::Standard => 5,
        SizeClass::Wide => 7,
    });
    head(ui, &mut page, class, context);
    begin(ui, foot, class, context);
    invite(ui, page.rest(), context);
    // Any touch of the body begins; the button lies on top of it in meaning, not in place.
    if can_begin(context) {
        ui.record(area, ScreenAction::Start, None);
    }
}

/// What the kiosk is for, how long it takes, and the round.
fn head(ui: &mut Ui<'_>, page: &mut Column, class: SizeClass, context: &Context<'_>) {
    let mut top = Column::new(page.take(if class == SizeClass::Upright { 5 } else { 3 }));
    let title = ui.say_alone(&say::ServiceName).main;
    if class == SizeClass::Upright {
        let name = Column::new(top.take(3)).inset(1).rest();
        ui.heading(name, &title, Align::Left, theme::TITLE);
        fact(ui, top.inset(1), Align::Left, context);
    } else {
        let mut side = Column::new(top.take_right(FACT + 1));
        side.take_right(1);
        ui.heading(top.inset(1).rest(), &title, Align::Left, theme::TITLE);
        fact(ui, side, Align::Right, context);
    }
    let round = Column::new(page.take(if class == SizeClass::Compact { 1 } else { 2 }));
    let words = round_words(ui, context);
    round.inset(1).lines(ui, &words.main, Align::Left, theme::PLAIN.add_modifier(Modifier::BOLD));
}

/// How long a booking takes, or how long it is until the round opens.
fn fact(ui: &mut Ui<'_>, mut area: Column, align: Align, context: &Context<'_>) {
    let words = match phase(context) {
        Some(Phase::Open { .. }) => ui.say_alone(&say::AttractMinute),
        Some(Phase::NotOpenYet { opens }) => {
            ui.countdown_to(opens, context.machine.now.wall).alone()
        }
        Some(Phase::Closed { .. }) | None => return,
    };
    let sign = area.take_left(SIGN);
    ui.pictogram(sign, Pictogram::Time, theme::TITLE);
    ui.heading(area.rest(), &words.main, align, theme::TITLE);
}

fn round_words(ui: &Ui<'_>, context: &Context<'_>) -> Words {
    let Some(round) = &context.machine.round else {
        return if context.machine.line_up {
            ui.say_alone(&say::AttractConnecting)
        } else {
            ui.say_alone(&say::LineLost)
        };
    };
    let number = round_number(ui.language, round.number);
    match round.phase(context.machine.now.wall) {
        Phase::Open { closes } => {
            let until = ui.texts.moment(ui.language, closes);
            ui.say_alone(&say::AttractRoundOpen { round: number.into(), until: until.into() })
        }
        Phase::NotOpenYet { opens } => {
            let opens = ui.texts.moment(ui.language, opens);
            ui.say_alone(&say::AttractRoundWaits { round: number.into(), opens: opens.into() })
        }
        Phase::Closed { .. } => ui.say_alone(&say::AttractRoundClosed { round: number.into() }),
    }
}

/// What people are asked to do, in all languages, and how the card goes in or why it cannot.
fn invite(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let languages = &context.machine.profile.languages;
    let (message, style): (&dyn Message, _) = match service(context) {
        Service::NoLine => (&say::LineDown, theme::WARNING_PANEL),
        Service::Card => (&say::AttractTitle, theme::PANEL),
        Service::Touch => (&say::AttractTouch, theme::PANEL),
        Service::Nothing => (&say::CardNoReaderTitle, theme::WARNING_PANEL),
    };
    let picture = every_language::band(ui, area, languages, message, style);
    let (reason, sign): (&dyn Message, _) = match service(context) {
        Service::NoLine => (&say::LineLost, Pictogram::Line),
        Service::Card => return ui.card(picture, CardWay::In, context.card_frame(), style),
        Service::Touch => (&say::CardNoReaderTitle, Pictogram::Stop),
        Service::Nothing => (&say::CardNoReaderBody, Pictogram::Stop),
    };
    let mut beside = Column::new(middle(picture, picture.width, 10)).inset(1);
    if beside.rest().height >= 9 {
        ui.pictogram(middle(beside.take(5), 10, 5), sign, style);
    }
    beside.lines(ui, &ui.say_alone(reason).main, Align::Centre, style);
}

/// The button to begin, and whom to call.
fn begin(ui: &mut Ui<'_>, area: Rect, class: SizeClass, context: &Context<'_>) {
    let mut foot = Column::new(area);
    if class == SizeClass::Upright {
        let start = foot.take(5);
        foot.gap(1);
        start_button(ui, start, context);
        hotlines(ui, foot.rest(), context);
        return;
    }
    if class != SizeClass::Compact {
        foot.gap(1);
    }
    let calls = foot.take_right(SIGN + 1 + HOTLINES);
    foot.take_right(1);
    start_button(ui, foot.rest(), context);
    hotlines(ui, calls, context);
}

fn start_button(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let mut text = ui.say_alone(&say::AttractStart).main;
    if ui.language != Language::En {
        text = format!("{text}  {}", ui.texts.say(Language::En, &say::AttractStart));
    }
    let button = Button::new(Words::same(text), ScreenAction::Start).digit(1);
    match (can_begin(context), phase(context)) {
        // The reader's trouble stands above, in all languages.
        (false, _) if context.machine.line_up => button.disabled(),
        (false, _) => button.disabled().detail(ui.say_alone(&say::LineDown)),
        (true, Some(Phase::Open { .. })) => button.main(),
        // Whoever has registered or booked can look at it.
        (true, Some(Phase::NotOpenYet { .. } | Phase::Closed { .. }) | None) => button.large(),
    }
    .draw(ui, area);
}

/// The telephone numbers, each with the languages that are spoken there.
fn hotlines(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let mut lines: Vec<String> = Vec::new();
    for language in &context.machine.profile.languages {
        let text = ui.texts.say(*language, &say::AttractHotline);
        // The number alone: that the language is spoken there is said by its name.
        let number: String = text.chars().take_while(char::is_ascii_digit).collect();
        let name = language.short_name();
        match lines.iter_mut().find(|line| line.starts_with(&number)) {
            Some(line) => *line = format!("{line}, {name}"),
            None => lines.push(format!("{number} {name}")),
        }
    }
    let mut column = Column::new(area);
    let sign = column.take_left(SIGN);
    ui.pictogram(middle(sign, SIGN, 3), Pictogram::Phone, theme::TITLE);
    column.take_left(1);
    let mut rows = Column::new(middle(column.rest(), column.rest().width, lines.len() as u16));
    for line in &lines {
        rows.line(ui, line, Align::Left, theme::TITLE);
    }
}

//! What is around the counter's pages: institution and staff member, the tabs, the keys, and what
//! is wrong with line or reader.

use super::Working;
use super::layout::Places;
use crate::domain::person::Name;
use crate::i18n::dates::countdown;
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::action::{Action, GlobalAction};
use crate::kiosk::model::counter::{CounterAction, Tab};
use crate::kiosk::screens::chrome::language_corner;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::training_badge;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// Columns of the button at the right of the header.
const CORNER: u16 = 16;
/// From so little time left on before it locks, it stands out.
const SOON: Duration = Duration::from_secs(60);

/// The staff member's name, as others may read it on the screen: without what stands behind it in
/// parentheses.
pub fn staff_name(working: &Working) -> String {
    let name = working.duty.session.staff.name.expose();
    let name = name.split(['（', '(']).next().unwrap_or(name);
    Name::new(name.trim()).masked()
}

/// The header before anybody is logged in: service, and the language of the staff.
pub fn plain_header(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let places = Places::of(area);
    ui.fill(places.header, theme::HEADER);
    let mut rows = Column::new(places.header).inset(1);
    let corner = rows.take_right(CORNER);
    language_corner(ui, corner, true);
    rows.take_right(1);
    let mut first = Column::new(rows.take(1));
    let bold = theme::HEADER.add_modifier(Modifier::BOLD);
    let name = ui.say_alone(&say::ServiceName).main;
    ui.line(first.take_left(name.width() as u16), &name, Align::Left, bold);
    first.take_left(2);
    training(ui, &mut first, context);
}

pub fn header(
    ui: &mut Ui<'_>,
    places: &Places,
    working: &Working,
    context: &Context<'_>,
    unlocked_for: Duration,
) {
    let words = ui.say_alone(&say::CounterCitizenSide).main;
    let institution = &working.duty.session.institution;
    let name = place_name(ui.language, &institution.name_zh, &institution.name_en);
    let place = ui.say_alone(&say::CounterPlace { institution: name.into() }).main;
    let corner = (words.as_str(), "F7", CounterAction::CitizenSide.into());
    let titled = Titled { working, context, unlocked_for, corner, place: &place };
    self::titled(ui, places.header, titled);
}

/// What a header says.
pub struct Titled<'a> {
    pub working: &'a Working,
    pub context: &'a Context<'a>,
    pub unlocked_for: Duration,
    /// Words, key and action of the button at the right.
    pub corner: (&'a str, &'a str, Action),
    /// Where one is.
    pub place: &'a str,
}

/// The two rows at the top: service, staff member, place, and when it locks.
pub fn titled(ui: &mut Ui<'_>, area: Rect, titled: Titled<'_>) {
    let Titled { working, context, unlocked_for, corner, place: here } = titled;
    ui.fill(area, theme::HEADER);
    let mut rows = Column::new(area).inset(1);
    let (words, key, action) = corner;
    let corner = rows.take_right(CORNER);
    corner_button(ui, corner, words, key, action);
    rows.take_right(1);
    let (mut first, mut second) = (Column::new(rows.take(1)), Column::new(rows.take(1)));
    let bold = theme::HEADER.add_modifier(Modifier::BOLD);

    let name = staff_name(working);
    let room = first.rest().width / 4;
    let name = fitted(&name, room);
    let place = first.take_right(name.width() as u16);
    ui.line(place, &name, Align::Left, bold);
    first.take_right(1);
    let service = ui.say_alone(&say::ServiceName).main;
    ui.line(first.take_left(service.width() as u16), &service, Align::Left, bold);
    first.take_left(1);
    training(ui, &mut first, context);

    let time = countdown(unlocked_for.as_secs()).into();
    let text = ui.say_alone(&say::CounterLocksIn { time }).main;
    let soon = unlocked_for <= SOON;
    let text = if soon { format!("▲ {text} ") } else { text };
    let style = if soon { theme::FEW_LEFT } else { theme::HEADER };
    let place = second.take_right(text.width() as u16);
    ui.line(place, &text, Align::Left, style);
    ui.record(place, CounterAction::Lock, None);
    second.take_right(1);
    let text = fitted(here, second.rest().width);
    ui.line(second.rest(), &text, Align::Left, bold);
}

fn training(ui: &mut Ui<'_>, row: &mut Column, context: &Context<'_>) {
    training_badge::draw(ui, row, context.machine);
    // By this the trainer knows the screen.
    if let Some(sign) = &context.machine.practice.supervision.sign
        && usize::from(row.rest().width) > sign.width() + 3
    {
        row.take_left(1);
        let place = row.take_left(sign.width() as u16 + 2);
        ui.line_on(place, sign, Align::Centre, theme::CORNER);
    }
    training_badge::draw_task(ui, row, context.machine);
}

fn corner_button(ui: &mut Ui<'_>, area: Rect, words: &str, key: &str, action: Action) {
    let style = if ui.hold.is_pressed(action) { theme::PRESSED } else { theme::CORNER };
    ui.fill(area, style);
    let mut rows = Column::new(area);
    let (first, second) = (rows.take(1), rows.take(1));
    ui.line(first, &format!(" 文A │ {key}"), Align::Left, style);
    ui.line(second, &format!(" {words}"), Align::Left, style.add_modifier(Modifier::BOLD));
    ui.record(area, action, None);
}

/// The pages, each with its key.
pub fn tabs(ui: &mut Ui<'_>, row: Rect, working: &Working) {
    ui.fill(row, theme::STEP_AHEAD);
    let mut row = Column::new(row);
    for tab in Tab::ALL.into_iter().filter(|tab| working.duty.may_open(*tab)) {
        let words = ui.say_alone(tab_name(tab)).main;
        let text = format!(" F{} {words} ", tab.key());
        let area = row.take_left(text.width() as u16);
        let on = tab == working.tab;
        let style = if on { theme::STEP_NOW } else { theme::STEP_AHEAD };
        let action = CounterAction::Tab(tab);
        let style = if ui.hold.is_pressed(action) { theme::PRESSED } else { style };
        ui.line_on(area, &text, Align::Left, style);
        ui.record(area, action, None);
    }
}

fn tab_name(tab: Tab) -> &'static dyn Message {
    match tab {
        Tab::Book => &say::CounterTabBook,
        Tab::Change => &say::CounterTabChange,
        Tab::Register => &say::CounterTabRegister,
        Tab::Today => &say::CounterTabToday,
        Tab::Manage => &say::CounterTabManage,
    }
}

/// The keys that have no button, and what is wrong with the machine.
pub fn keys(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    ui.fill(area, theme::FOOTER);
    let mut rows = Column::new(area).inset(1);
    let (mut first, mut second) = (Column::new(rows.take(1)), Column::new(rows.take(1)));
    if !context.machine.line_up {
        let words = format!(" ▲ {} ", ui.say_alone(&say::LineDown).main);
        ui.line(first.take_right(words.width() as u16), &words, Align::Left, theme::FEW_LEFT);
    }
    if context.machine.reader_lost {
        let words = format!(" ▲ {} ", ui.say_alone(&say::CounterNoReader).main);
        ui.line(second.take_right(words.width() as u16), &words, Align::Left, theme::FEW_LEFT);
    }
    let words = ui.say_alone(&say::CounterKeysFields).main;
    ui.line(first.rest(), &words, Align::Left, theme::FOOTER);
    let lock = format!("Ctrl-L {}", ui.say_alone(&say::CounterLock).main);
    let out = format!("Ctrl-O {}", ui.say_alone(&say::Leave).main);
    let help = format!("? {}", ui.say_alone(&say::Help).main);
    let clearer = format!("= {}", ui.say_alone(&say::Clearer).main);
    let actions: [(String, Action); 4] = [
        (lock, CounterAction::Lock.into()),
        (out, CounterAction::LogOut.into()),
        (help, GlobalAction::Help.into()),
        (clearer, GlobalAction::Clearer.into()),
    ];
    for (words, action) in actions {
        let place = second.take_left(words.width() as u16);
        ui.line(place, &words, Align::Left, theme::FOOTER_KEY);
        ui.record(place, action, None);
        second.take_left(3);
    }
}

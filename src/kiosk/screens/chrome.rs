//! What is around every screen: the header (service, place, language, time left, TRAINING), the
//! progress of the errand, and the footer (back, home, help, Chinese beside, easier to see). What
//! is asked inside is each screen's own.

use super::context::Context;
use crate::domain::channel::Channel;
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::action::{Action, GlobalAction, TrainingAction};
use crate::kiosk::model::clearer::Clearer;
use crate::kiosk::model::exercises::Exercises;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::clearer::clearer_label;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::training_badge;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::{Margin, Rect};
use ratatui::style::{Modifier, Style};
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// Columns of the language button.
const LANGUAGE_WIDTH: u16 = 16;
/// The sign of the language button: it needs no reading.
const LANGUAGE_SIGN: &str = "文A";
/// Columns of a step that is done.
const DONE_WIDTH: u16 = 5;
/// Places of the footer.
const PLACES: u16 = 5;
/// From so little time left on it stands out.
const LITTLE_TIME: Duration = Duration::from_secs(120);

/// Columns that the way to the next screen has at least, where pages are turned.
const MORE_WIDTH: u16 = 9;
/// Where pages are turned, that the service is not reached.
const LINE_DOWN: &str = " ▲ ";

/// Columns of a badge besides the word: a mark or a space, ` F1`, and a space.
const BADGE_AROUND: usize = 5;

/// From so many columns on, a place of the footer has its sign beside its label.
const SIGN_FROM: u16 = 16;

/// How far the errand is: so many of the steps are done, and what the next one is called. All of
/// them are done when the errand is.
#[derive(Clone, Copy)]
pub struct Progress {
    pub done: u16,
    pub steps: u16,
    pub name: &'static dyn Message,
}

/// A sign, and the words that say the same.
type Labelled<'a> = (Pictogram, &'a dyn Message);

/// What is shown around a screen of the journey.
#[derive(Clone, Copy)]
pub struct Chrome {
    pub time_left: Option<Duration>,
    pub progress: Option<Progress>,
    pub has_back: bool,
    pub in_visit: bool,
    /// Home ends the visit here.
    pub leaves: bool,
    pub chinese_offered: bool,
    /// There is help, and a way home out of a visit: not on the pages of the training.
    pub helps: bool,
    pub clearer: Clearer,
    /// The terminal has larger type.
    pub enlarges: bool,
}

impl Chrome {
    /// The page's area between header and footer: a row above the footer stays empty.
    pub fn body(self, area: Rect) -> Rect {
        let class = SizeClass::of(area);
        let mut page = Column::new(area);
        page.take(class.header() + u16::from(self.progress.is_some()));
        page.take_bottom(class.footer() + 1);
        page.rest().inner(Margin::new(class.margin(), 0))
    }

    /// The row above the footer that no page uses.
    pub fn above_footer(self, area: Rect) -> Rect {
        let mut page = Column::new(area);
        page.take_bottom(SizeClass::of(area).footer());
        page.take_bottom(1)
    }

    /// Drawn after the body, so that the first focus is in the body.
    pub fn header(self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let class = SizeClass::of(area);
        let mut page = Column::new(area);
        let header = page.take(class.header());
        ui.fill(header, theme::HEADER);
        let mut rows = Column::new(header).inset(1);
        let corner = Column::new(rows.take_right(LANGUAGE_WIDTH)).take(2);
        language_corner(ui, corner, self.in_visit);
        rows.take_right(2);
        let mut row = || Column::new(rows.take(1));
        let (mut first, mut second) = (row(), row());
        let mut third = (class.header() == 3).then(&mut row);
        if class == SizeClass::Upright {
            self.time_left(ui, &mut second);
            service_name(ui, &mut first);
            training_badge::draw(ui, &mut second, context.machine);
        } else {
            self.time_left(ui, &mut first);
            service_name(ui, &mut first);
            let text = ui.say_alone(&say::Training).main;
            // With the mark of little time left there may be no room for it in the first row.
            let has_room = usize::from(first.rest().width) >= text.width() + BADGE_AROUND;
            let row = if has_room { &mut first } else { &mut second };
            training_badge::draw(ui, row, context.machine);
        }
        let last = third.as_mut().unwrap_or(&mut second);
        notices(ui, last, context);
        place(ui, last.rest(), context);
        if let Some(progress) = self.progress {
            progress.draw(ui, page.take(1));
        }
    }

    /// At the right of a row. When little is left it stands out by a sign and its ground.
    fn time_left(self, ui: &mut Ui<'_>, row: &mut Column) {
        let Some(left) = self.time_left else { return };
        let time = countdown(left.as_secs()).into();
        let mut text = ui.say_alone(&say::TimeLeft { time }).main;
        let mut style = theme::HEADER.add_modifier(Modifier::BOLD);
        if left <= LITTLE_TIME {
            text = format!("▲ {text} ");
            style = theme::FEW_LEFT;
        }
        ui.line(row.take_right(text.width() as u16), &text, Align::Left, style);
        row.take_right(2);
    }

    pub fn footer(self, ui: &mut Ui<'_>, area: Rect) {
        let rows = SizeClass::of(area).footer();
        let footer = Column::new(area).take_bottom(rows);
        ui.fill(footer, theme::FOOTER);
        let width = footer.width / PLACES;
        let home: &dyn Message = if self.leaves { &say::Leave } else { &say::Home };
        let chinese_key = if ui.bilingual { "+ ✓" } else { "+" };
        // Five places, so that a button never moves.
        let mut put = |at: u16, shown, (sign, label): Labelled<'_>, action: GlobalAction, key| {
            if shown {
                let area = Rect { x: footer.x + at * width, width, ..footer };
                place_of_footer(ui, area, (sign, label), action.into(), key);
            }
        };
        put(0, self.has_back, (Pictogram::Back, &say::Back), GlobalAction::Back, "Esc");
        put(1, self.in_visit && self.helps, (Pictogram::Home, home), GlobalAction::Home, "*");
        put(2, self.helps, (Pictogram::Help, &say::Help), GlobalAction::Help, "/");
        let chinese = (Pictogram::Zh, &say::Bilingual as &dyn Message);
        put(3, self.chinese_offered, chinese, GlobalAction::Bilingual, chinese_key);
        let clearer = (Pictogram::Contrast, clearer_label(self.enlarges));
        put(4, true, clearer, GlobalAction::Clearer, self.clearer.mark());
    }
}

/// Around a page of larger type, which is turned.
impl Chrome {
    /// The page's area between the row above it and the one below.
    pub fn turned_body(area: Rect) -> Rect {
        let mut page = Column::new(area);
        page.take(1);
        page.take_bottom(1);
        page.rest()
    }

    /// The buttons of the footer that are always there otherwise, behind those of the page.
    pub fn turned_rest(self, ui: &mut Ui<'_>, area: Rect) {
        let home: &dyn Message = if self.leaves { &say::Leave } else { &say::Home };
        let chinese_key = if ui.bilingual { "+ ✓" } else { "+" };
        let mut put = |shown, message: &dyn Message, action: GlobalAction, key| {
            if shown {
                Button::new(ui.say_alone(message), action).sign(key).draw(ui, area);
            }
        };
        put(self.helps, &say::Help, GlobalAction::Help, "/");
        put(self.in_visit && self.helps, home, GlobalAction::Home, "*");
        put(self.chinese_offered, &say::Bilingual, GlobalAction::Bilingual, chinese_key);
    }

    /// That it is a training, the time that is left, and the way to another language; where there
    /// is room, that the service is not reached and how far the errand is.
    pub fn turned_header(self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let row = Column::new(area).take(1);
        ui.fill(row, theme::HEADER);
        let mut row = Column::new(row);
        let mark = if ui.hold.has_focus(GlobalAction::Languages) { "▶" } else { " " };
        let language = format!("{mark}{LANGUAGE_SIGN} ");
        let corner = row.take_right(language.width() as u16);
        ui.line_on(corner, &language, Align::Left, theme::CORNER);
        ui.record(corner, GlobalAction::Languages, None);
        row.take_right(1);
        training_badge::draw_short(ui, &mut row, context.machine);
        self.short_time_left(ui, &mut row);
        if !context.machine.line_up && row.rest().width >= LINE_DOWN.width() as u16 {
            let mark = row.take_right(LINE_DOWN.width() as u16);
            ui.line(mark, LINE_DOWN, Align::Left, theme::FEW_LEFT);
        }
        if let Some(progress) = self.progress {
            let far = format!("{}/{}", (progress.done + 1).min(progress.steps), progress.steps);
            let name = ui.say_alone(progress.name).main;
            let whole = format!("{far} {name}");
            let text = if whole.width() <= usize::from(row.rest().width) { whole } else { far };
            if text.width() <= usize::from(row.rest().width) {
                ui.line(row.rest(), &text, Align::Left, theme::HEADER);
            }
        }
    }

    /// With its words where there is room for them.
    fn short_time_left(self, ui: &mut Ui<'_>, row: &mut Column) {
        let Some(left) = self.time_left else { return };
        let little = left <= LITTLE_TIME;
        let time = countdown(left.as_secs());
        let words = ui.say_alone(&say::TimeLeft { time: time.clone().into() }).main;
        let mark = if little { "▲ " } else { "" };
        let whole = format!("{mark}{words} ");
        let room = usize::from(row.rest().width);
        let text = if whole.width() <= room { whole } else { format!("{mark}{time} ") };
        let style = if little { theme::FEW_LEFT } else { theme::HEADER };
        let style = style.add_modifier(Modifier::BOLD);
        ui.line(row.take_right(text.width() as u16), &text, Align::Left, style);
    }

    /// The next screen of the page, back, and the size of type.
    pub fn turned_footer(self, ui: &mut Ui<'_>, area: Rect, (page, pages): (usize, usize)) {
        let mut row = Column::new(Column::new(area).take_bottom(1));
        ui.fill(row.rest(), theme::FOOTER);
        let size = self.clearer.mark();
        let back = format!("Esc {}", ui.say_alone(&say::Back).main);
        let taken = (size.width() + back.width() + 4) as u16;
        let more = row.take_right(row.rest().width.saturating_sub(taken).max(MORE_WIDTH));
        let size_area = row.take_right(size.width() as u16 + 2);
        if pages > 1 {
            let at = page % pages + 1;
            let words = say::TurnPage { page: at.into(), pages: pages.into() };
            let words = format!("{} ▼", ui.say_alone(&words).main);
            let words = match () {
                () if at == pages => format!("▲ {at}/{pages}"),
                () if words.width() < usize::from(more.width) => words,
                () => format!("{at}/{pages} ▼"),
            };
            place_of_turned(ui, more, &words, GlobalAction::TurnPage, theme::MAIN_BUTTON);
        }
        if self.has_back {
            let has_room = back.width() < usize::from(row.rest().width);
            let words = if has_room { &back } else { "Esc" };
            place_of_turned(ui, row.rest(), words, GlobalAction::Back, theme::FOOTER);
        }
        place_of_turned(ui, size_area, size, GlobalAction::Clearer, theme::FOOTER);
    }
}

fn place_of_turned(ui: &mut Ui<'_>, area: Rect, text: &str, action: GlobalAction, style: Style) {
    let style = if ui.hold.is_pressed(action) { theme::PRESSED } else { style };
    let mark = if ui.is_focused(action) { "▶" } else { " " };
    let text = format!("{mark}{text}");
    ui.line_on(area, &text, Align::Left, style.add_modifier(Modifier::BOLD));
    ui.record(area, action, None);
}

impl Progress {
    /// Narrow parts with a mark for what is done, a tab with its name for what is on, and numbers
    /// for what is to come.
    fn draw(self, ui: &mut Ui<'_>, row: Rect) {
        ui.fill(row, theme::STEP_AHEAD);
        let mut row = Column::new(row);
        for _ in 0..self.done {
            ui.line_on(row.take_left(DONE_WIDTH), "✓", Align::Centre, theme::STEP_DONE);
        }
        let name = ui.say_alone(self.name).main;
        if self.done >= self.steps {
            ui.line_on(row.rest(), &format!("  ✓ {name}"), Align::Left, theme::STEP_NOW);
            return;
        }
        let text = format!(" {}/{} {name} ", self.done + 1, self.steps);
        ui.line_on(row.take_left(text.width() as u16), &text, Align::Left, theme::STEP_NOW);
        let ahead = self.steps - self.done - 1;
        let width = row.rest().width / ahead.max(1);
        for nth in self.done + 2..=self.steps {
            ui.line(row.take_left(width), &nth.to_string(), Align::Centre, theme::STEP_AHEAD);
        }
    }
}

fn service_name(ui: &mut Ui<'_>, row: &mut Column) {
    let name = ui.say_alone(&say::ServiceName).main;
    let style = theme::HEADER.add_modifier(Modifier::BOLD);
    ui.line(row.take_left(name.width() as u16), &name, Align::Left, style);
    row.take_left(2);
}

/// Where this kiosk stands, as far as there is room for its name.
fn place(ui: &mut Ui<'_>, row: Rect, context: &Context<'_>) {
    let practice: &dyn Message = match context.machine.profile.channel {
        Channel::ConvenienceStore => &say::PlaceTrainingStore,
        Channel::Pharmacy => &say::PlaceTrainingPharmacy,
        Channel::HealthStation => &say::PlaceTrainingStation,
        Channel::VaccinationSite => &say::PlaceTrainingSite,
    };
    let place = match &context.machine.profile.place {
        Some(place) => place_name(ui.language, &place.zh, &place.en).to_owned(),
        None => ui.say_alone(practice).main,
    };
    let mut shown = place.as_str();
    while shown.width() > usize::from(row.width) {
        let Some((end, _)) = shown.char_indices().next_back() else { return };
        shown = &shown[..end];
    }
    ui.line(row, shown, Align::Left, theme::HEADER);
}

/// The language button, in the upper right corner of every screen: a sign that needs no reading,
/// and the name of the language that is on. At rest, where all of them stand, it says what it is.
pub fn language_corner(ui: &mut Ui<'_>, corner: Rect, in_visit: bool) {
    let focused = ui.hold.has_focus(GlobalAction::Languages);
    let pressed = ui.hold.is_pressed(GlobalAction::Languages);
    let style = if pressed { theme::PRESSED } else { theme::CORNER };
    ui.fill(corner, style);
    let mut text = Column::new(corner);
    let sign = text.take_left(5);
    ui.pictogram(sign, Pictogram::Language, style);
    let mark = if focused { "▶" } else { " " };
    ui.line(Column::new(sign).take(1), &format!("{mark}{LANGUAGE_SIGN}"), Align::Left, style);
    let name = if in_visit { ui.language.short_name() } else { "Language" };
    text.line(ui, &format!("│{name}"), Align::Left, style.add_modifier(Modifier::BOLD));
    text.line(ui, "│.", Align::Left, style);
    ui.record(corner, GlobalAction::Languages, None);
}

/// At the right of a row: that the service is not reached, and in the training the unread text
/// messages of the practice phones, and the sign by which the trainer knows this screen.
fn notices(ui: &mut Ui<'_>, row: &mut Column, context: &Context<'_>) {
    if let Some(sign) = &context.machine.practice.supervision.sign {
        let area = row.take_right(sign.width() as u16 + 2);
        ui.line_on(area, sign, Align::Centre, theme::CORNER);
        row.take_right(1);
    }
    if !context.machine.line_up {
        let text = format!(" ▲ {} ", ui.say_alone(&say::LineDown).main);
        ui.line(row.take_right(text.width() as u16), &text, Align::Left, theme::FEW_LEFT);
        row.take_right(1);
    }
    let unread = context.machine.practice.phone.unread;
    let covered = context.machine.practice.exercises.as_ref().is_some_and(Exercises::covers);
    if context.machine.profile.training && unread > 0 && !covered {
        // SMS: the same in the six languages.
        let text = format!("F5 SMS {unread}");
        let mut right = Column::new(row.take_right(text.width() as u16 + 2));
        let phone = TrainingAction::Phone.into();
        training_badge::badge(ui, &mut right, &text, phone, theme::PRESSED);
        row.take_right(1);
    }
}

/// A place of the footer: its label with its key below, quieter than any choice of the page.
fn place_of_footer(
    ui: &mut Ui<'_>,
    area: Rect,
    (pictogram, label): Labelled<'_>,
    action: Action,
    key: &'static str,
) {
    let focused = ui.hold.has_focus(action);
    let style = if ui.hold.is_pressed(action) { theme::PRESSED } else { theme::FOOTER };
    ui.fill(area, style);
    let mut text = Column::new(area);
    let sign = text.take_left(if area.width < SIGN_FROM { 0 } else { 4 });
    let mut mark = "";
    if focused && sign.width > 0 {
        // In the place of the sign: the label stays where it is, and whole.
        ui.line(sign, "▶", Align::Right, style.add_modifier(Modifier::BOLD));
    } else if focused {
        mark = "▶";
    } else if sign.width > 0 {
        ui.pictogram(Rect { height: sign.height.min(2), ..sign }, pictogram, style);
    }
    let label = ui.say_alone(label).main;
    text.line(ui, &label, Align::Left, style.add_modifier(Modifier::BOLD));
    let key_style = if style == theme::FOOTER { theme::FOOTER_KEY } else { style };
    text.line(ui, &format!("{mark}{key}"), Align::Left, key_style);
    ui.record(area, action, None);
}

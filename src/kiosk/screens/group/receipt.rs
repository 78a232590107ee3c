//! The receipts of those who booked together: a page for all, and one each with its QR.

use super::super::context::Context;
use super::{GroupAnswer, people};
use crate::api::bookings::BookingView;
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::group::MARKS;
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_facts::Facts;
use crate::kiosk::widgets::booking_lines::{place_and_address, vaccines};
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::code_and_facts;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::printing::{print_fault, print_label};
use crate::kiosk::widgets::qr::Codes;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

/// Columns of the longest name in the list.
const NAME_WIDTH: usize = 22;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupReceipt {
    /// The page for all, and then a page each.
    page: usize,
    /// The code of each, in the order of the people.
    codes: Vec<Codes>,
}

/// What became of the print of all receipts and of the page for all.
fn printing(visit: &Visit) -> Printing {
    let all = || visit.people().map(|person| person.printing);
    let all = || all().chain(visit.group.as_ref().map(|group| group.printing));
    let stopped = all().find(|it| matches!(it, Printing::Failed(_) | Printing::Running(_)));
    let done = all().all(|printing| printing == Printing::Done);
    stopped.unwrap_or(if done { Printing::Done } else { Printing::NotYet })
}

pub fn print_failed(context: &Context<'_>) -> bool {
    context.visit.is_some_and(|visit| matches!(printing(visit), Printing::Failed(_)))
}

impl GroupReceipt {
    pub fn new(bookings: &[BookingView]) -> Self {
        let codes = bookings.iter().map(|booking| Codes::new(&booking.receipt)).collect();
        Self { page: 0, codes }
    }

    pub fn page(&self) -> usize {
        self.page
    }

    /// Whether the page of one of them is on.
    pub fn is_one(&self) -> bool {
        self.page > 0
    }

    /// To the page for all.
    pub fn back(&mut self) {
        self.page = 0;
    }

    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<GroupAnswer> {
        match action {
            ScreenAction::ShowQr => {
                self.page = (self.page + 1) % (self.codes.len() + 1);
                None
            }
            ScreenAction::Print => context.machine.profile.prints.then_some(GroupAnswer::Print),
            ScreenAction::Done => Some(GroupAnswer::Done),
            _ => None,
        }
    }

    /// Whether the page takes the whole screen, header and footer included. A code that is a
    /// picture stands inside.
    pub fn takes_all(&self, ui: &Ui<'_>, body: Rect) -> bool {
        self.code().is_some_and(|codes| code_and_facts::takes_all(ui, body, codes))
    }

    fn code(&self) -> Option<&Codes> {
        self.codes.get(self.page.checked_sub(1)?)
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let Some(visit) = context.visit else { return };
        match self.page.checked_sub(1) {
            None => self.for_all(ui, area, visit, context),
            Some(nth) => self.one(ui, area, (nth, visit), context),
        }
    }

    fn for_all(&self, ui: &mut Ui<'_>, area: Rect, visit: &Visit, context: &Context<'_>) {
        let Some(first) = visit.person.as_ref().and_then(|person| person.booking()) else { return };
        let class = SizeClass::of(ui.buffer.area);
        let people = visit.people().count();
        let title = match people {
            // Whoever is left of several.
            1 => ui.say(&say::ReceiptTitle),
            _ => ui.say(&say::GroupReceiptTitle { people: people.into() }),
        };
        let state = printing(visit);
        let sentence = match state {
            Printing::Failed(fault) => Some(ui.say_alone(print_fault(fault))),
            _ if context.machine.card_in => Some(ui.say_alone(&say::FarewellTakeCard)),
            Printing::NotYet | Printing::Running(_) | Printing::Done => None,
        };
        let mut page = Column::headed(ui, area, &title, sentence.as_ref());
        self.choices(ui, &mut page, state, context);
        let mut page = page.inset(1);
        let date =
            ui.say_with(|texts, language| texts.long_date(language, first.starts.date())).main;
        let rows = if class == SizeClass::Compact { 2 } else { 3 };
        ui.heading(page.take(rows), &date, Align::Left, theme::TITLE);
        for words in place_and_address(ui, &first.site) {
            page.lines(ui, &words.main, Align::Left, theme::PLAIN);
        }
        page.lines(ui, &vaccines(ui, &[first.site.brand]).main, Align::Left, theme::PLAIN);
        page.gap(u16::from(class != SizeClass::Compact));
        for (nth, person) in visit.people().enumerate() {
            let (Some(booking), Some((name, _))) = (person.booking(), visit.shown(nth)) else {
                continue;
            };
            let name = people::short(&name, NAME_WIDTH);
            let hours = hours(booking.starts, booking.ends);
            let text = format!("{} {name}  {hours}  {}", MARKS[nth % MARKS.len()], booking.number);
            page.lines(ui, &text, Align::Left, theme::TITLE);
        }
        page.gap(u16::from(class != SizeClass::Compact));
        let is_one = people == 1;
        let note: &dyn Message = match state {
            Printing::Failed(_) if is_one => &say::PrintShowQr,
            Printing::Failed(_) => &say::GroupShowEach,
            Printing::NotYet | Printing::Running(_) | Printing::Done if is_one => {
                &say::ReceiptReminder
            }
            Printing::NotYet | Printing::Running(_) | Printing::Done => &say::GroupReceiptNote,
        };
        let note = ui.say_alone(note).main;
        page.lines(ui, &note, Align::Left, theme::QUIET_TEXT);
    }

    fn choices(&self, ui: &mut Ui<'_>, page: &mut Column, state: Printing, context: &Context<'_>) {
        let button =
            |ui: &Ui<'_>, message: &dyn Message, action| Button::new(ui.say_alone(message), action);
        let (show, to_print): (&dyn Message, &'static dyn Message) = match self.codes.len() {
            1 => (&say::ReceiptShowQr, &say::ReceiptPrint),
            _ => (&say::GroupReceiptEach, &say::GroupPrintAll),
        };
        let each = button(ui, show, ScreenAction::ShowQr).main();
        let print = button(ui, print_label(state, to_print), ScreenAction::Print);
        let print = if state.may_begin() { print } else { print.disabled() };
        let done = button(ui, &say::ReceiptDone, ScreenAction::Done).pictogram(Pictogram::Out);
        let prints = context.machine.profile.prints;
        let print = prints.then(|| print.pictogram(Pictogram::Print));
        let buttons: Vec<Button> = [Some(each), print, Some(done)].into_iter().flatten().collect();
        let count = buttons.len() as u16;
        let columns = if page.rest().width < 70 { 1 } else { count };
        let grid = Grid { columns, rows: count.div_ceil(columns) };
        let area = page.take_bottom(3 * grid.rows);
        for (at, button) in buttons.into_iter().enumerate() {
            button.digit(at as u8 + 1).draw(ui, grid.cell(area, at));
        }
    }

    /// The receipt of one of them, with its code as large as there is room.
    fn one(
        &self,
        ui: &mut Ui<'_>,
        area: Rect,
        (nth, visit): (usize, &Visit),
        context: &Context<'_>,
    ) {
        let booking = visit.people().nth(nth).and_then(|person| person.booking());
        let (Some(booking), Some(codes)) = (booking, self.code()) else { return };
        let name = visit.shown(nth).map(|(name, _)| name).unwrap_or_default();
        let title = Words::same(format!("{} {name}", MARKS[nth % MARKS.len()]));
        let facts = [false, true].map(|brief| Facts {
            title: title.clone(),
            booking,
            fault: None,
            notes: vec![ui.say_alone(&say::ReceiptQrHint)],
            brief,
        });
        let foot = |ui: &mut Ui<'_>, page: &mut Column| self.next(ui, page, context);
        code_and_facts::page(ui, area, codes, (&facts, 1), foot);
    }

    /// At the foot: on to the next of them, and from the last to the page for all.
    fn next(&self, ui: &mut Ui<'_>, page: &mut Column, context: &Context<'_>) {
        if context.machine.profile.training && ui.buffer.area.height == page.rest().height {
            let text = format!(" {} ", ui.say_alone(&say::Training).main);
            page.line(ui, &text, Align::Left, theme::TRAINING);
        }
        let last = self.page == self.codes.len();
        let words: &dyn Message = if last { &say::GroupReceiptAll } else { &say::GroupReceiptNext };
        let button = Button::new(ui.say_alone(words), ScreenAction::ShowQr).digit(1).main();
        button.draw(ui, page.take_bottom(3));
    }
}

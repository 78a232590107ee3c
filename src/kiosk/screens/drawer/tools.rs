//! The tools of the trainer's drawer, as buttons: what each says and does now.

use super::{Drawer, group_name};
use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff::PracticeStaff;
use crate::domain::card::Card;
use crate::domain::channel::Channel;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::{ExerciseAction, PracticeReceipt, TrainingAction};
use crate::kiosk::model::exercises::TaskCard;
use crate::kiosk::screens::overlay::DrawerPage;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::ui::{Ui, Words};

/// The practice people whose cards are put in at a counter: 5 to 8.
const PEOPLE: [(PracticeCard, &dyn Message); 4] = [
    (PracticeCard::MayBook, &say::DrawerMayBook),
    (PracticeCard::NotInRound, &say::DrawerNotInRound),
    (PracticeCard::AlreadyBooked, &say::DrawerBooked),
    (PracticeCard::MigrantWorker, &say::DrawerMigrant),
];
/// Which of them is booked.
const BOOKED: PracticeCard = PracticeCard::AlreadyBooked;
/// At a vaccination site practice receipts take the place of the first: 5 to 7.
const RECEIPTS: [(PracticeReceipt, &dyn Message); 3] = [
    (PracticeReceipt::Expected, &say::DeskDrawerExpected),
    (PracticeReceipt::AnotherDay, &say::DeskDrawerAnotherDay),
    (PracticeReceipt::Forged, &say::DeskDrawerForged),
];
/// The key of the way out.
const QUIT: u8 = 9;

/// The name on a card.
fn name_of(card: Card) -> String {
    card.name.expose().to_owned()
}

fn tool(ui: &Ui<'_>, message: &dyn Message, action: TrainingAction) -> Button {
    Button::new(ui.say_alone(message), action)
}

impl Drawer<'_> {
    /// The page's own tools, each with its digit.
    pub(super) fn tools(self, ui: &Ui<'_>) -> Vec<(u8, Button)> {
        let tools = match self.page {
            DrawerPage::Cards if self.at_counter => self.counter_cards(ui),
            DrawerPage::Cards => self.cards(ui),
            DrawerPage::Faults => self.faults(ui),
            DrawerPage::Time => self.time(ui),
        };
        let mut numbered: Vec<(u8, Button)> = (1..).zip(tools).collect();
        if self.page == DrawerPage::Time {
            numbered.push((QUIT, tool(ui, &say::DrawerQuit, TrainingAction::Quit)));
        }
        numbered
    }

    /// What stands below the tools.
    pub(super) fn foot(self, ui: &Ui<'_>) -> Vec<Button> {
        let close = tool(ui, &say::ToolsClose, TrainingAction::Drawer).sign("F1");
        let mut foot = match self.page {
            DrawerPage::Cards => vec![
                tool(ui, &say::DrawerPhone, TrainingAction::Phone).sign("F5"),
                tool(ui, &say::DrawerPeople, TrainingAction::People).sign("F6"),
            ],
            DrawerPage::Faults | DrawerPage::Time => vec![close],
        };
        if self.task_card().is_some() {
            let task = ExerciseAction::TaskCard;
            foot.push(Button::new(ui.say_alone(&say::TaskLine), task).sign("F7"));
        } else {
            let words = ui.say_alone(group_name(self.page.next()));
            foot.push(Button::new(words, TrainingAction::MoreTools).digit(0));
        }
        foot
    }

    /// What the task card says, while an exercise goes on.
    pub(super) fn task_card(self) -> Option<TaskCard> {
        let machine = self.context.machine;
        machine.practice.exercises.as_ref()?.task_card(machine.now.uptime)
    }

    fn cards(self, ui: &Ui<'_>) -> Vec<Button> {
        let insert = |message: &dyn Message, card| tool(ui, message, TrainingAction::Insert(card));
        vec![
            insert(&say::DrawerMayBook, PracticeCard::MayBook),
            insert(&say::DrawerMigrant, PracticeCard::MigrantWorker),
            insert(&say::DrawerNotInRound, PracticeCard::NotInRound),
            insert(&say::DrawerBooked, PracticeCard::AlreadyBooked),
            insert(&say::DrawerDamaged, PracticeCard::Damaged),
            self.pull(ui),
            insert(&say::ToolsUnregistered, PracticeCard::Unregistered),
            insert(&say::ToolsTooLate, PracticeCard::TooLate),
            insert(&say::ToolsLaterBand, PracticeCard::LaterBand),
        ]
    }

    /// Without a card in the reader it says so instead.
    fn pull(self, ui: &Ui<'_>) -> Button {
        let pull = tool(ui, &say::DrawerPull, TrainingAction::Pull);
        if self.context.machine.card_in {
            return pull;
        }
        Button { words: ui.say_alone(&say::DrawerNoCard), ..pull }.disabled()
    }

    /// First the staff's cards with their PINs, then those of who comes.
    fn counter_cards(self, ui: &Ui<'_>) -> Vec<Button> {
        let mut tools: Vec<Button> =
            PracticeStaff::ALL.into_iter().map(|staff| self.staff_card(ui, staff)).collect();
        tools.push(tool(ui, &say::CounterDrawerOut, TrainingAction::StaffOut));
        if self.context.machine.profile.channel == Channel::VaccinationSite {
            let scan = |(receipt, words): &(PracticeReceipt, &dyn Message)| {
                tool(ui, *words, TrainingAction::Scan(*receipt))
            };
            tools.extend(RECEIPTS.iter().map(scan));
            tools.push(self.person_at_site(ui));
        } else {
            let insert = |(card, words): &(PracticeCard, &dyn Message)| {
                tool(ui, *words, TrainingAction::Insert(*card))
            };
            tools.extend(PEOPLE.iter().map(insert));
        }
        tools.push(self.pull(ui));
        tools
    }

    /// The card of whoever stands there in the exercise; without one, of the person who is booked.
    fn person_at_site(self, ui: &Ui<'_>) -> Button {
        let card = self.task_card().map_or(BOOKED, |task| task.person);
        let words = PEOPLE.iter().find(|(known, _)| *known == card);
        let words = words.map_or_else(
            || Words::same(card.face().map_or_else(|_| String::new(), name_of)),
            |(_, words)| ui.say_alone(*words),
        );
        Button::new(words, TrainingAction::Insert(card))
    }

    /// With the PIN; in an exercise with the one that the staff member remembers, and no other.
    fn staff_card(self, ui: &Ui<'_>, staff: PracticeStaff) -> Button {
        let words = Words::same(staff.name());
        let mut button = Button::new(words, TrainingAction::StaffIn(staff));
        let role: &dyn Message = match staff {
            PracticeStaff::Manager => &say::CounterDrawerManager,
            PracticeStaff::User => &say::CounterDrawerUser,
            PracticeStaff::Elsewhere => &say::CounterDrawerElsewhere,
        };
        let role = ui.say_alone(role);
        let pin = match self.task_card() {
            None => Some(staff.pin()),
            Some(card) => card.staff.filter(|(own, _)| *own == staff).map(|(_, pin)| pin),
        };
        let detail = match pin {
            None => role,
            Some(pin) => {
                let (role, pin) = (role.main.into(), pin.into());
                ui.say_alone(&say::CounterDrawerPin { role, pin })
            }
        };
        button.detail = vec![detail];
        button
    }

    fn faults(self, ui: &Ui<'_>) -> Vec<Button> {
        let practice = &self.context.machine.practice;
        let either = |is_on: bool, off: &'static dyn Message, on: &'static dyn Message, action| {
            tool(ui, if is_on { on } else { off }, action)
        };
        let line = if practice.line_cut {
            tool(ui, &say::DrawerMend, TrainingAction::Mend)
        } else {
            tool(ui, &say::DrawerCut, TrainingAction::Cut)
        };
        // Where no slot is looked at, there is one to free for whoever waits.
        let seat = if self.can_fill {
            tool(ui, &say::DrawerFill, TrainingAction::FillSlot)
        } else {
            tool(ui, &say::DrawerFree, TrainingAction::FreeSeat)
        };
        let slow = TrainingAction::SlowLine;
        let (reader, printer) = (TrainingAction::Reader, TrainingAction::Printer);
        vec![
            line,
            either(practice.line_slow, &say::ToolsSlow, &say::ToolsQuick, slow),
            either(practice.reader_unplugged, &say::ToolsReaderOut, &say::ToolsReaderIn, reader),
            either(practice.printer_unplugged, &say::DrawerUnplug, &say::DrawerPlug, printer),
            either(practice.printer_jams, &say::ToolsJam, &say::ToolsNoJam, TrainingAction::Jam),
            seat,
        ]
    }

    fn time(self, ui: &Ui<'_>) -> Vec<Button> {
        let mut tools = vec![
            tool(ui, &say::DrawerJump, TrainingAction::JumpToOpening),
            tool(ui, &say::ToolsDayBefore, TrainingAction::DayBefore),
            tool(ui, &say::ToolsNextRound, TrainingAction::NextRound),
            tool(ui, &say::ToolsReset, TrainingAction::Reset),
        ];
        if self.context.machine.practice.exercises.is_some() {
            let words = ui.say_alone(&say::ToolsExercises);
            tools.push(Button::new(words, ExerciseAction::ToChoice));
        }
        tools
    }
}

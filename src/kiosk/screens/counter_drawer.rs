//! The trainer's drawer at a counter: the practice staff's cards with their PINs, and the cards of
//! those who come. The other tools are on its other page. Only in training.

use super::context::Context;
use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff::PracticeStaff;
use crate::domain::channel::Channel;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{Action, PracticeReceipt, TrainingAction};
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

/// The practice people whose cards a trainer puts in: 5 to 8.
const PEOPLE: [(PracticeCard, &dyn say::Message); 4] = [
    (PracticeCard::MayBook, &say::DrawerMayBook),
    (PracticeCard::NotInRound, &say::DrawerNotInRound),
    (PracticeCard::AlreadyBooked, &say::DrawerBooked),
    (PracticeCard::MigrantWorker, &say::DrawerMigrant),
];

/// Which of them is booked.
const BOOKED: usize = 2;
/// At a vaccination site practice receipts take the place of the first: 5 to 7.
const RECEIPTS: [(PracticeReceipt, &dyn say::Message); 3] = [
    (PracticeReceipt::Expected, &say::DeskDrawerExpected),
    (PracticeReceipt::AnotherDay, &say::DeskDrawerAnotherDay),
    (PracticeReceipt::Forged, &say::DeskDrawerForged),
];

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let title = ui.say_alone(&say::DrawerTitle);
    let hint = ui.say_alone(&say::CounterDrawerHint);
    let mut page = Column::headed(ui, area, &title, Some(&hint));
    let below = page.take_bottom(3);
    let grid = Grid { columns: 3, rows: 3 };
    grid.draw(ui, page.rest(), 0, 9, |ui, at| tool(ui, context, at));
    let below_grid = Grid { columns: 3, rows: 1 };
    let choices: [(&dyn say::Message, TrainingAction); 3] = [
        (&say::CounterDrawerMore, TrainingAction::MoreTools),
        (&say::DrawerPeople, TrainingAction::People),
        (&say::DrawerQuit, TrainingAction::Quit),
    ];
    for (at, (words, action)) in choices.into_iter().enumerate() {
        let button = Button::new(ui.say_alone(words), action);
        let button = if at == 2 { button.digit(0) } else { button };
        button.draw(ui, below_grid.cell(below, at));
    }
}

fn tool(ui: &Ui<'_>, context: &Context<'_>, at: usize) -> Button {
    let train = |words: Words, action: TrainingAction| Button::new(words, Action::from(action));
    if let Some(staff) = PracticeStaff::ALL.get(at).copied() {
        let words = Words::same(staff.name());
        let mut button = train(words, TrainingAction::StaffIn(staff));
        let (role, pin): (&dyn say::Message, _) = (staff_role(staff), staff.pin().into());
        let role = ui.say_alone(role).main;
        let pin = ui.say_alone(&say::CounterDrawerPin { role: role.into(), pin });
        button.detail = vec![pin];
        return button;
    }
    if at == PracticeStaff::ALL.len() {
        return train(ui.say_alone(&say::CounterDrawerOut), TrainingAction::StaffOut);
    }
    let nth = at - PracticeStaff::ALL.len() - 1;
    // The one who is booked there stays, behind the receipts.
    let is_site = context.machine.profile.channel == Channel::VaccinationSite;
    if let Some((receipt, words)) = RECEIPTS.get(nth).filter(|_| is_site) {
        return train(ui.say_alone(*words), TrainingAction::Scan(*receipt));
    }
    let nth = if is_site && nth == RECEIPTS.len() { BOOKED } else { nth };
    if let Some((card, words)) = PEOPLE.get(nth) {
        return train(ui.say_alone(*words), TrainingAction::Insert(*card));
    }
    let pull = train(ui.say_alone(&say::DrawerPull), TrainingAction::Pull);
    if context.machine.card_in {
        pull
    } else {
        Button { words: ui.say_alone(&say::DrawerNoCard), ..pull }.disabled()
    }
}

fn staff_role(staff: PracticeStaff) -> &'static dyn say::Message {
    match staff {
        PracticeStaff::Manager => &say::CounterDrawerManager,
        PracticeStaff::User => &say::CounterDrawerUser,
        PracticeStaff::Elsewhere => &say::CounterDrawerElsewhere,
    }
}

//! The trainer's drawer: practice cards, and faults to practise on. Only in training.

use super::context::Context;
use crate::devices::simulated::people::PracticeCard;
use crate::i18n::messages as say;
use crate::kiosk::model::action::TrainingAction;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, can_fill: bool) {
    let title = ui.say_alone(&say::DrawerTitle);
    let hint = ui.say_alone(&say::DrawerHint);
    let mut page = Column::headed(ui, area, &title, Some(&hint));
    // Narrow buttons have their words on two lines.
    let below = page.take_bottom(if area.width < 70 { 4 } else { 3 });
    let tools = page.rest();
    Grid { columns: 3, rows: 3 }.draw(ui, tools, 0, 9, |ui, at| tool(ui, context, can_fill, at));
    let grid = Grid { columns: 3, rows: 1 };
    let button = |ui: &Ui<'_>, message: &dyn say::Message, training| {
        Button::new(ui.say_alone(message), training)
    };
    button(ui, &say::DrawerPhone, TrainingAction::Phone).sign("F5").draw(ui, grid.cell(below, 0));
    button(ui, &say::DrawerPeople, TrainingAction::People).sign("F6").draw(ui, grid.cell(below, 1));
    button(ui, &say::DrawerQuit, TrainingAction::Quit).digit(0).draw(ui, grid.cell(below, 2));
}

/// A tool that cannot be used says why instead of what it is.
fn tool(ui: &Ui<'_>, context: &Context<'_>, can_fill: bool, at: usize) -> Button {
    let train = |message: &dyn say::Message, training| Button::new(ui.say_alone(message), training);
    let insert = |message: &dyn say::Message, card| train(message, TrainingAction::Insert(card));
    match at {
        0 => insert(&say::DrawerMayBook, PracticeCard::MayBook),
        1 => insert(&say::DrawerMigrant, PracticeCard::MigrantWorker),
        2 => insert(&say::DrawerNotInRound, PracticeCard::NotInRound),
        3 => insert(&say::DrawerBooked, PracticeCard::AlreadyBooked),
        4 => insert(&say::DrawerDamaged, PracticeCard::Damaged),
        5 => {
            let pull = train(&say::DrawerPull, TrainingAction::Pull);
            if context.machine.card_in {
                pull
            } else {
                Button { words: ui.say_alone(&say::DrawerNoCard), ..pull }.disabled()
            }
        }
        6 if context.machine.practice.line_cut => train(&say::DrawerMend, TrainingAction::Mend),
        6 => train(&say::DrawerCut, TrainingAction::Cut),
        7 => {
            // Where no slot is looked at, there is one to free for whoever waits.
            if can_fill {
                train(&say::DrawerFill, TrainingAction::FillSlot)
            } else {
                train(&say::DrawerFree, TrainingAction::FreeSeat)
            }
        }
        _ => train(&say::DrawerJump, TrainingAction::JumpToOpening),
    }
}

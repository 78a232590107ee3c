//! What the trainer's console says, as events of the kiosk.

use crate::classroom::wire::{MESSAGE_LENGTH, Order, Trouble, line};
use crate::devices::simulated::people::PracticeCard;
use crate::kiosk::model::supervision::TrainerEvent;
use crate::training::fault::FaultKind;
use crate::training::reading;
use std::path::PathBuf;
use std::time::Duration;

/// So long each answer takes when the trainer makes the line slow.
const SLOW: Duration = Duration::from_secs(6);

/// `None` for an exercise whose file has mistakes: the console has read it before, so that it is of
/// another version.
pub fn event(order: Order) -> Option<TrainerEvent> {
    Some(match order {
        Order::Begin { exercise } => TrainerEvent::Begin(exercise),
        Order::BeginFile { exercise, text } => {
            // The id is the stem of the file's name, which may have dots of its own.
            let file = PathBuf::from(format!("{exercise}.toml"));
            TrainerEvent::BeginOwn(Box::new(reading::read(&file, &text).ok()?))
        }
        Order::Trouble(trouble) => {
            fault(trouble).map_or(TrainerEvent::AllWell, TrainerEvent::Fault)
        }
        Order::Say(text) => TrainerEvent::Says(line(&text, MESSAGE_LENGTH)),
        Order::Pause(is_paused) => TrainerEvent::Paused(is_paused),
        Order::EndExercise => TrainerEvent::EndExercise,
        Order::Close => TrainerEvent::Close,
    })
}

/// `None` if all is to be well.
fn fault(trouble: Trouble) -> Option<FaultKind> {
    Some(match trouble {
        Trouble::SlowLine => FaultKind::SlowLine(SLOW),
        Trouble::CutLine => FaultKind::CutLine,
        Trouble::PrinterJam => FaultKind::PrinterJam,
        Trouble::PrinterOut => FaultKind::PrinterOut,
        Trouble::ReaderGone => FaultKind::ReaderGone,
        Trouble::SlotFilled => FaultKind::SlotFilled,
        Trouble::AnotherCard => FaultKind::AnotherCard(PracticeCard::AlreadyBooked),
        Trouble::OpeningMinute => FaultKind::OpeningMinute,
        Trouble::PowerCut => FaultKind::PowerCut,
        Trouble::AllWell => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exercise_of_the_trainers_is_read_where_it_is_done() {
        let file = "kiosk-config/exercises/shop-1-line-cut.toml";
        let text = std::fs::read_to_string(file).unwrap();
        for id in ["shop-9-own", "shop.9"] {
            let order = Order::BeginFile { exercise: id.to_owned(), text: text.clone() };
            let Some(TrainerEvent::BeginOwn(exercise)) = event(order) else { panic!("{id}") };
            assert_eq!(exercise.id, id);
        }
        let bad =
            Order::BeginFile { exercise: "x".to_owned(), text: "number = \"one\"".to_owned() };
        assert_eq!(event(bad), None);
    }
}

//! What somebody waits for, in words: where, and when.

use super::ui::Ui;
use crate::domain::waiting::DayPart;
use crate::i18n::messages as say;
use crate::i18n::names::{district_alone, place_name};
use crate::kiosk::model::wish::{ChosenPlaces, ChosenWish};

/// Days that are named; of more, only how many there are is said.
const NAMED_DAYS: usize = 3;

/// The districts, or the site.
pub fn places(ui: &Ui<'_>, places: &ChosenPlaces) -> String {
    match places {
        ChosenPlaces::Nowhere => String::new(),
        ChosenPlaces::Districts(districts) => {
            let name = |district| district_alone(ui.texts, ui.language, district);
            let names: Vec<String> = districts.iter().map(|district| name(district)).collect();
            names.join(if ui.language.reads_chinese() { "、" } else { ", " })
        }
        ChosenPlaces::Site(_, site) => {
            place_name(ui.language, &site.name_zh, &site.name_en).to_owned()
        }
    }
}

/// The days and the part of the day.
pub fn times(ui: &Ui<'_>, wish: &ChosenWish) -> String {
    let days = match wish.days.as_slice() {
        [] => ui.say_alone(&say::WishAnyDay).main,
        days => {
            let date = |day| ui.texts.day_and_month(ui.language, day);
            let named: Vec<String> = days.iter().copied().take(NAMED_DAYS).map(date).collect();
            let between = if ui.language.reads_chinese() { "、" } else { ", " };
            let named = named.join(between);
            match days.len().checked_sub(NAMED_DAYS) {
                None | Some(0) => named,
                Some(more) => {
                    let more = say::WishMoreThan { days: named.into(), more: more.into() };
                    ui.say_alone(&more).main
                }
            }
        }
    };
    format!("{days} · {}", ui.say_alone(part(wish.part)).main)
}

fn part(part: DayPart) -> &'static dyn say::Message {
    match part {
        DayPart::Any => &say::WishAnyTime,
        DayPart::Morning => &say::SlotMorning,
        DayPart::Afternoon => &say::SlotAfternoon,
        DayPart::Evening => &say::SlotEvening,
    }
}

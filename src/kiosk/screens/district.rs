//! The district of a county, with its free seats.

use super::facts::{Facts, reads_chinese};
use crate::domain::region::{CountyIndex, District};
use crate::i18n::messages as say;
use crate::kiosk::journey::event::Action;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::{A_PAGE, Grid};
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Debug)]
pub struct DistrictPick {
    pub county: CountyIndex,
    pub page: usize,
}

impl DistrictPick {
    pub fn new(county: CountyIndex) -> Self {
        Self { county, page: 0 }
    }

    pub fn act(&mut self, action: Action) -> Option<&'static District> {
        let districts = &self.county.county().districts;
        match action {
            Action::Pick(at) => districts.get(at).copied(),
            Action::More => {
                self.page = (self.page + 1) % districts.len().div_ceil(A_PAGE).max(1);
                None
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
        let county = self.county.county();
        let title = ui.say_with(|texts, language| {
            let name = if reads_chinese(language) { county.zh } else { county.en };
            texts.say(language, &say::DistrictTitle { county: name.into() })
        });
        let rest = ui.heading(area, &title, None);
        Grid { columns: 3, rows: 3 }.draw(ui, rest, self.page, county.districts.len(), |ui, at| {
            let district = county.districts[at];
            let name =
                ui.say_with(
                    |_, language| {
                        if reads_chinese(language) { district.zh.to_owned() } else { district.en.to_owned() }
                    },
                );
            let seats = facts.seats.of(district.code);
            let free =
                if seats == 0 { ui.say(&say::SeatsFull) } else { ui.say(&say::SeatsFree { seats: seats.into() }) };
            Button::new(name, Action::Pick(at)).detail(Words { zh: None, ..free })
        });
    }
}

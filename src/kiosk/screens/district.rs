//! The district of a county, with its free seats.

use super::context::Context;
use crate::domain::region::{CountyIndex, District};
use crate::i18n::messages as say;
use crate::i18n::names::{county_name, district_alone, seats_text};
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

const GRID: Grid = Grid { columns: 3, rows: 3 };

#[derive(Clone, PartialEq, Debug)]
pub struct DistrictPick {
    pub county: CountyIndex,
    pub page: usize,
}

impl DistrictPick {
    pub fn new(county: CountyIndex) -> Self {
        Self { county, page: 0 }
    }

    pub fn act(&mut self, action: ScreenAction) -> Option<&'static District> {
        let districts = &self.county.county().districts;
        match action {
            ScreenAction::Pick(at) => districts.get(at).copied(),
            ScreenAction::More => {
                self.page = GRID.next_page(self.page, districts.len());
                None
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let county = self.county.county();
        let title = ui.say_with(|texts, language| {
            let name = county_name(texts, language, self.county);
            texts.say(language, &say::DistrictTitle { county: name.into() })
        });
        let page = Column::headed(ui, area, &title, None);
        let registering = context.visit.is_some_and(Visit::is_registering);
        GRID.draw(ui, page.rest(), self.page, county.districts.len(), |ui, at| {
            let district = county.districts[at];
            let name = ui.say_with(|texts, language| district_alone(texts, language, district));
            let button = Button::new(name, ScreenAction::Pick(at));
            if registering {
                return button;
            }
            button.detail(Words::same(seats_text(
                ui.texts,
                ui.language,
                context.machine.seats.of(district.code),
            )))
        });
    }
}

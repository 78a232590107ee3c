//! The county: a map beside a list; the district of the registration is offered first.

use super::context::Context;
use crate::domain::region::{CountyIndex, District, counties};
use crate::i18n::messages as say;
use crate::i18n::names::{county_name, district_name, seats_text};
use crate::kiosk::model::action::{Action, ScreenAction};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::taiwan;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

const GRID: Grid = Grid { columns: 3, rows: 3 };

#[derive(Clone, PartialEq, Debug)]
pub struct CountyPick {
    pub page: usize,
    /// Marked on the map until another has the focus.
    county: CountyIndex,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CountyAnswer {
    County(CountyIndex),
    /// The district of the registration, at a press.
    Registered(&'static District),
}

impl CountyPick {
    /// With this county in view.
    pub fn at(county: CountyIndex) -> Self {
        Self { page: GRID.page_of(county.0), county }
    }

    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<CountyAnswer> {
        match action {
            ScreenAction::Pick(at) if at < counties().len() => {
                Some(CountyAnswer::County(CountyIndex(at)))
            }
            ScreenAction::RegisteredDistrict => {
                let registered = context.person().and_then(Person::registered_district);
                registered.map(CountyAnswer::Registered)
            }
            ScreenAction::More => {
                self.page = GRID.next_page(self.page, counties().len());
                None
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let mut page = Column::under(ui, area, &say::CountyTitle);
        let width = page.rest().width;
        if let Some(district) = context.person().and_then(Person::registered_district) {
            let height = 3 + u16::from(ui.bilingual) + u16::from(width < 80);
            registered(ui, context, district).draw(ui, page.take(height));
        }
        let map_width = match width {
            100.. => 22,
            // Names in two scripts need the map's room.
            80.. if !ui.bilingual => 16,
            _ => 0,
        };
        let focused = match ui.hold.focus {
            Some(Action::Screen(ScreenAction::Pick(at))) => CountyIndex(at),
            _ => self.county,
        };
        if map_width > 0 {
            taiwan::draw(ui, page.take_left(map_width), Some(focused));
        }
        GRID.draw(ui, page.rest(), self.page, counties().len(), |ui, at| {
            let name = ui.say_with(|texts, language| county_name(texts, language, CountyIndex(at)));
            Button::new(name, ScreenAction::Pick(at))
        });
    }
}

fn registered(ui: &Ui<'_>, context: &Context<'_>, district: &District) -> Button {
    let seats = context.machine.seats.of(district.code);
    let registering = context.visit.is_some_and(Visit::is_registering);
    let words = ui.say_with(|texts, language| {
        let name = district_name(texts, language, district);
        let place = texts.say(language, &say::RegionRegistered { district: name.into() });
        if registering {
            place
        } else {
            let gap = if language.reads_chinese() { "　" } else { "  " };
            format!("{place}{gap}{}", seats_text(texts, language, seats))
        }
    });
    Button::new(words, ScreenAction::RegisteredDistrict).main()
}

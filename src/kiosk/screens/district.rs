//! The district of a county, as tiles with their free seats: the nearest to the district of the
//! registration first, if there is a way there by land.

use super::context::Context;
use crate::domain::region::{CountyIndex, District, by_distance};
use crate::i18n::messages as say;
use crate::i18n::names::{county_name, district_alone, district_short};
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::person::Person;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::targets::Key;
use crate::kiosk::widgets::tile::{Steps, Tile};
use crate::kiosk::widgets::tile_grid::TileGrid;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Free seats of a district from which its tile is filled more.
const STEPS: Steps = Steps { some: 10, more: 60, many: 200 };
/// The key that turns the page. No county has so many districts that one's number begins with it.
const MORE: u8 = 9;
/// The key of the button to wait, for the same reason.
const WAIT: u8 = 8;

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
        match action {
            ScreenAction::Pick(at) => self.county.county().districts.get(at).copied(),
            ScreenAction::More => {
                // How many pages there are depends on the screen.
                self.page = self.page.wrapping_add(1);
                None
            }
            _ => None,
        }
    }

    /// The places of the districts in the county's list, in the order in which they are shown.
    fn order(&self, context: &Context<'_>) -> Vec<usize> {
        let districts = &self.county.county().districts;
        let registered = context.person().and_then(Person::registered_district);
        let near = registered.map(by_distance).unwrap_or_default();
        let place =
            |at: &usize| near.iter().position(|(other, _)| other.code == districts[*at].code);
        let mut order: Vec<usize> = (0..districts.len()).collect();
        order.sort_by_key(place);
        order
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let title = ui.say_with(|texts, language| {
            let name = county_name(texts, language, self.county);
            texts.say(language, &say::DistrictTitle { county: name.into() })
        });
        let mut page = Column::headed(ui, area, &title, None);
        page.gap(1);
        let wait = self.offers_to_wait(context).then(|| page.take_bottom(3));
        let order = self.order(context);
        let grid = TileGrid::of(ui, page.rest());
        let pages = grid.pages(order.len());
        let first = self.page % pages * grid.a_page(order.len());
        let whole = self.names_fit(ui, grid.width());
        for (cell, (at, district)) in
            order.iter().enumerate().skip(first).take(grid.a_page(order.len())).enumerate()
        {
            self.tile(ui, context, *district, at, whole).draw(ui, grid.cell(cell));
        }
        if pages > 1 {
            more(ui, self.page % pages, pages).draw(ui, grid.cell(grid.cells() - 1));
        }
        if let Some(wait) = wait {
            let button = Button::new(ui.say_alone(&say::WaitAsk), ScreenAction::AskToWait);
            button.digit(WAIT).pictogram(Pictogram::Wait).draw(ui, wait);
        }
    }

    /// Whether nothing is free in the whole county, or in the district of the registration.
    fn offers_to_wait(&self, context: &Context<'_>) -> bool {
        let seats = &context.machine.seats;
        let matter = context.visit.is_some_and(Visit::looks_for_seats) && seats.are_known();
        let registered = context.person().and_then(Person::registered_district);
        let own = registered.filter(|district| district.county == self.county);
        let is_full = match own {
            Some(district) => seats.of(district.code) == 0,
            None => seats.in_county(self.county) == 0,
        };
        matter && is_full && context.may_wait()
    }

    fn names_fit(&self, ui: &Ui<'_>, width: u16) -> bool {
        let fits = |district: &&District| {
            district_alone(ui.texts, ui.language, district).width() <= usize::from(width)
        };
        self.county.county().districts.iter().all(fits)
    }

    fn tile(
        &self,
        ui: &Ui<'_>,
        context: &Context<'_>,
        district_at: usize,
        place: usize,
        whole: bool,
    ) -> Tile {
        let district = self.county.county().districts[district_at];
        let seats = &context.machine.seats;
        let matter = context.visit.is_some_and(Visit::looks_for_seats);
        let free = (matter && seats.are_known()).then(|| seats.of(district.code));
        let words = ui.say_with(|texts, language| {
            if whole {
                district_alone(texts, language, district)
            } else {
                district_short(language, district)
            }
        });
        Tile::of_seats(ui, words, place as u8 + 1, free, STEPS, ScreenAction::Pick(district_at))
    }
}

fn more(ui: &Ui<'_>, page: usize, pages: usize) -> Tile {
    let words = say::SiteMore { page: (page + 1).into(), pages: pages.into() };
    Tile {
        words: ui.say_alone(&words).main,
        key: Some(Key::Digit(MORE)),
        action: Some(ScreenAction::More.into()),
        ..Tile::default()
    }
}

//! Where somebody would go who waits for a seat: districts to be ticked, several of a county and of
//! others, or one site only.

use super::context::Context;
use crate::domain::region::{CountyIndex, District};
use crate::domain::waiting::DISTRICTS_AT_MOST;
use crate::i18n::messages as say;
use crate::i18n::names::{district_alone, district_short, place_name};
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::person::Person;
use crate::kiosk::model::wish::ChosenPlaces;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::targets::Key;
use crate::kiosk::widgets::tile::{Shade, Tile};
use crate::kiosk::widgets::tile_grid::TileGrid;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Keys that are no district's. No county has so many that one's number begins with them.
const GO_ON: u8 = 9;
const ONE_SITE: u8 = 8;
const OTHER_COUNTY: u8 = 7;
const MORE: u8 = 6;

#[derive(Clone, PartialEq, Debug)]
pub struct WishPlaces {
    pub county: CountyIndex,
    pub page: usize,
    places: ChosenPlaces,
    /// One more than there may be was to be ticked.
    too_many: bool,
}

/// What was chosen, and what comes next.
#[derive(Clone, PartialEq, Debug)]
pub enum PlacesAnswer {
    Chosen(ChosenPlaces),
    /// A site of this district.
    OneSite(ChosenPlaces, &'static District),
    OtherCounty(ChosenPlaces),
    TooMany,
}

impl WishPlaces {
    pub fn new(county: CountyIndex, places: ChosenPlaces) -> Self {
        Self { county, page: 0, places, too_many: false }
    }

    fn is_chosen(&self, district: &District) -> bool {
        match &self.places {
            ChosenPlaces::Nowhere | ChosenPlaces::Site(..) => false,
            ChosenPlaces::Districts(chosen) => chosen.iter().any(|one| one.code == district.code),
        }
    }

    fn count(&self) -> usize {
        self.places.districts().len()
    }

    /// Ticks a district, or takes its tick away; false if that would be too many.
    fn tick(&mut self, district: &'static District) -> bool {
        if self.is_chosen(district)
            && let ChosenPlaces::Districts(chosen) = &mut self.places
        {
            chosen.retain(|one| one.code != district.code);
            return true;
        }
        self.places.add(district, DISTRICTS_AT_MOST);
        self.is_chosen(district)
    }

    pub fn act(&mut self, action: ScreenAction) -> Option<PlacesAnswer> {
        match action {
            ScreenAction::Pick(at) => {
                let district = self.county.county().districts.get(at).copied()?;
                self.too_many = !self.tick(district);
                self.too_many.then_some(PlacesAnswer::TooMany)
            }
            ScreenAction::More => {
                // How many pages there are depends on the screen.
                self.page = self.page.wrapping_add(1);
                None
            }
            ScreenAction::Confirm if self.count() > 0 => {
                Some(PlacesAnswer::Chosen(self.places.clone()))
            }
            ScreenAction::OneSite => {
                let district = self.places.districts().first().copied()?;
                Some(PlacesAnswer::OneSite(self.places.clone(), district))
            }
            ScreenAction::OtherCounty => Some(PlacesAnswer::OtherCounty(self.places.clone())),
            _ => None,
        }
    }

    /// The places of the districts in the county's list, the registered one first.
    fn order(&self, context: &Context<'_>) -> Vec<usize> {
        let districts = &self.county.county().districts;
        let registered = context.person().and_then(Person::registered_district);
        let mut order: Vec<usize> = (0..districts.len()).collect();
        order.sort_by_key(|at| registered.is_none_or(|own| own.code != districts[*at].code));
        order
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let title = ui.say(&say::WishPlacesTitle);
        let hint = self.hint(ui);
        let hint = Some(&hint).filter(|_| !ui.bilingual || self.too_many);
        let mut page = Column::headed(ui, area, &title, hint);
        let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
        let foot = page.take_bottom(if upright { 5 } else { 4 });
        self.foot(ui, Column::new(foot));
        // 24 rows are all needed for tiles.
        if page.rest().height > 12 {
            page.gap(1);
            page.take_bottom(1);
        }
        let order = self.order(context);
        let grid = TileGrid::of(ui, page.rest());
        let (a_page, pages) = (grid.a_page(order.len()), grid.pages(order.len()));
        let first = self.page % pages * a_page;
        let whole = order.iter().all(|at| {
            let district = self.county.county().districts[*at];
            let name = district_alone(ui.texts, ui.language, district);
            name.width() <= usize::from(grid.width())
        });
        for (cell, (at, index)) in order.iter().enumerate().skip(first).take(a_page).enumerate() {
            self.tile(ui, *index, at, whole).draw(ui, grid.cell(cell));
        }
        if pages > 1 {
            let words = say::SiteMore { page: (self.page % pages + 1).into(), pages: pages.into() };
            Tile {
                words: ui.say_alone(&words).main,
                key: Some(Key::Digit(MORE)),
                action: Some(ScreenAction::More.into()),
                ..Tile::default()
            }
            .draw(ui, grid.cell(grid.cells() - 1));
        }
    }

    /// How many are chosen, or which site.
    fn hint(&self, ui: &Ui<'_>) -> Words {
        let most = DISTRICTS_AT_MOST;
        match self.places.site() {
            _ if self.too_many => ui.say_alone(&say::WishPlacesMost { most: most.into() }),
            Some(site) => {
                let site = place_name(ui.language, &site.name_zh, &site.name_en);
                ui.say_alone(&say::WishOnlySite { site: site.into() })
            }
            None => {
                let count = self.count().into();
                ui.say_alone(&say::WishPlacesHint { most: most.into(), count })
            }
        }
    }

    /// Drawn first, so that going on has the focus.
    fn foot(&self, ui: &mut Ui<'_>, mut foot: Column) {
        let width = foot.rest().width - 2;
        let go_on = foot.take_left(width * 2 / 5);
        foot.take_left(1);
        let one_site = foot.take_left(width * 3 / 10);
        foot.take_left(1);
        let is_empty = self.count() == 0;
        let put = |ui: &mut Ui<'_>, button: Button, area, off: bool| {
            if off { button.disabled() } else { button }.draw(ui, area);
        };
        let main = Button::new(ui.say(&say::WishGoOn), ScreenAction::Confirm).digit(GO_ON).main();
        put(ui, main, go_on, is_empty);
        let words = ui.say_alone(&say::WishOneSite);
        let site = Button::new(words, ScreenAction::OneSite).digit(ONE_SITE);
        put(ui, site.pictogram(Pictogram::Place), one_site, is_empty);
        let words = ui.say_alone(&say::WishOtherCounty);
        let county = Button::new(words, ScreenAction::OtherCounty).digit(OTHER_COUNTY);
        put(ui, county, foot.rest(), false);
    }

    fn tile(&self, ui: &Ui<'_>, index: usize, place: usize, whole: bool) -> Tile {
        let district = self.county.county().districts[index];
        let words = ui.say_with(|texts, language| {
            if whole {
                district_alone(texts, language, district)
            } else {
                district_short(language, district)
            }
        });
        let is_chosen = self.is_chosen(district);
        Tile {
            words: words.main,
            zh: words.zh,
            second: if is_chosen { "✓" } else { "" }.to_owned(),
            key: Some(Key::Number(place as u8 + 1)),
            shade: if is_chosen { Shade::Main } else { Shade::Plain },
            action: Some(ScreenAction::Pick(index).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_are_ticked_up_to_eight_and_one_takes_the_place_of_a_site() {
        // Taipei has twelve.
        let county = CountyIndex(0);
        let mut page = WishPlaces::new(county, ChosenPlaces::Nowhere);
        assert_eq!(page.act(ScreenAction::Confirm), None, "nothing is chosen");
        for at in 0..DISTRICTS_AT_MOST {
            assert_eq!(page.act(ScreenAction::Pick(at)), None);
        }
        let ninth = ScreenAction::Pick(DISTRICTS_AT_MOST);
        assert_eq!(page.act(ninth), Some(PlacesAnswer::TooMany));
        assert_eq!(page.count(), DISTRICTS_AT_MOST);
        assert_eq!(page.act(ScreenAction::Pick(0)), None);
        assert_eq!(page.act(ninth), None, "one was given up for it");
        let Some(PlacesAnswer::Chosen(places)) = page.act(ScreenAction::Confirm) else { panic!() };
        assert_eq!(places.districts().len(), DISTRICTS_AT_MOST);
    }
}

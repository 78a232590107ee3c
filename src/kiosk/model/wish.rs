//! What somebody would wait for, as far as it is chosen.

use crate::api::waiting::WaitingView;
use crate::domain::region::{self, District};
use crate::domain::round::Brand;
use crate::domain::site::Site;
use crate::domain::waiting::{DayPart, Places, WaitingWish};
use jiff::civil::Date;

/// What somebody would wait for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ChosenWish {
    pub places: ChosenPlaces,
    /// None for any day.
    pub days: Vec<Date>,
    pub part: DayPart,
    /// Empty until they are confirmed.
    pub brands: Vec<Brand>,
}

/// Where somebody would go.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum ChosenPlaces {
    #[default]
    Nowhere,
    Districts(Vec<&'static District>),
    Site(&'static District, Box<Site>),
}

impl ChosenPlaces {
    /// The districts, or that of the site.
    pub fn districts(&self) -> Vec<&'static District> {
        match self {
            ChosenPlaces::Nowhere => Vec::new(),
            ChosenPlaces::Districts(districts) => districts.clone(),
            ChosenPlaces::Site(district, _) => vec![district],
        }
    }

    pub fn site(&self) -> Option<&Site> {
        match self {
            ChosenPlaces::Nowhere | ChosenPlaces::Districts(_) => None,
            ChosenPlaces::Site(_, site) => Some(site),
        }
    }

    /// One more district, as long as there may be so many; a site is given up for it.
    pub fn add(&mut self, district: &'static District, at_most: usize) {
        let mut districts = match std::mem::take(self) {
            ChosenPlaces::Nowhere | ChosenPlaces::Site(..) => Vec::new(),
            ChosenPlaces::Districts(districts) => districts,
        };
        let is_there = districts.iter().any(|other| other.code == district.code);
        if !is_there && districts.len() < at_most {
            districts.push(district);
        }
        *self = ChosenPlaces::Districts(districts);
    }
}

impl ChosenWish {
    /// What somebody waits for already, to be changed. A site that is not known any more is chosen
    /// anew.
    pub fn of(view: &WaitingView) -> Self {
        let places = match (&view.wish.places, &view.site) {
            (Places::Districts(codes), _) => {
                let districts = codes.iter().filter_map(|code| region::district(*code));
                ChosenPlaces::Districts(districts.collect())
            }
            (Places::Site(_), Some(site)) => match region::district(site.district) {
                Some(district) => ChosenPlaces::Site(district, Box::new(site.clone())),
                None => ChosenPlaces::Nowhere,
            },
            (Places::Site(_), None) => ChosenPlaces::Nowhere,
        };
        let wish = &view.wish;
        Self { places, days: wish.days.clone(), part: wish.part, brands: wish.brands.clone() }
    }

    /// As the service is told; `None` while something is missing.
    pub fn told(&self) -> Option<WaitingWish> {
        let places = match &self.places {
            ChosenPlaces::Nowhere => return None,
            ChosenPlaces::Districts(districts) if districts.is_empty() => return None,
            ChosenPlaces::Districts(districts) => {
                Places::Districts(districts.iter().map(|district| district.code).collect())
            }
            ChosenPlaces::Site(_, site) => Places::Site(site.id),
        };
        let (days, brands) = (self.days.clone(), self.brands.clone());
        (!brands.is_empty()).then_some(WaitingWish { places, days, part: self.part, brands })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::DistrictCode;

    #[test]
    fn a_district_more_stands_once_and_gives_a_site_up() {
        let district = |code| region::district(DistrictCode(code)).unwrap();
        let (daan, xinyi) = (district(6_300_300), district(6_300_200));
        let mut places = ChosenPlaces::default();
        places.add(daan, 2);
        places.add(daan, 2);
        places.add(xinyi, 2);
        places.add(district(6_800_200), 2);
        assert_eq!(places, ChosenPlaces::Districts(vec![daan, xinyi]));
        let wish = ChosenWish { places, ..ChosenWish::default() };
        assert_eq!(wish.told(), None, "no vaccine is confirmed yet");
        let wish = ChosenWish { brands: vec![Brand::Moderna], ..wish };
        let codes = vec![daan.code, xinyi.code];
        assert_eq!(wish.told().map(|wish| wish.places), Some(Places::Districts(codes)));
    }
}

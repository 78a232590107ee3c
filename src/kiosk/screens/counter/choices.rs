//! What can be chosen for a field of the form, and which of it fits what is typed. A choice is
//! found by its number, its Chinese or its English; how it is said is in `form_view`.

use crate::api::sites::SiteView;
use crate::domain::region::{CountyIndex, District, north_to_south};
use crate::domain::round::Brand;
use crate::domain::site::Slot;
use crate::domain::waiting::DayPart;
use crate::i18n::dates::clock;
use jiff::civil::Date;

/// One of the choices beside the field that has the focus.
#[derive(Clone, PartialEq, Debug)]
pub enum Choice {
    /// Numbered from 1.
    County(usize, CountyIndex),
    District(usize, &'static District),
    Site(usize, Box<SiteView>),
    /// `None`: whichever there is.
    Vaccine(Option<Brand>),
    /// A day and the seats that are free on it.
    Date(Date, u32),
    Slot(Slot),
    /// A vaccine of a registration, and whether it is ticked.
    Tick(Brand, bool),
    /// Whichever site of the district.
    AnySite,
    /// A day of a wish, and whether it is ticked.
    Day(Date, bool),
    Part(DayPart),
}

impl Choice {
    /// Whether it can be taken: not what is full.
    pub fn is_open(&self) -> bool {
        match self {
            Choice::Site(_, view) => view.free > 0,
            Choice::Date(_, free) => *free > 0,
            Choice::Slot(slot) => !slot.is_full(),
            Choice::County(..)
            | Choice::District(..)
            | Choice::Vaccine(_)
            | Choice::Tick(..)
            | Choice::AnySite
            | Choice::Day(..)
            | Choice::Part(_) => true,
        }
    }

    /// Whether it is meant by what is typed.
    pub fn fits(&self, typed: &str) -> bool {
        let typed = typed.trim();
        match self {
            _ if typed.is_empty() => true,
            Choice::County(number, county) => {
                let county = county.county();
                is_named(typed, *number, &[county.zh, county.en])
            }
            Choice::District(number, district) => {
                is_named(typed, *number, &[district.zh, district.en])
            }
            Choice::Site(number, view) => {
                let site = &view.site;
                is_named(typed, *number, &[&site.name_zh, &site.name_en, &site.address_zh])
            }
            Choice::Vaccine(brand) => brand.is_some_and(|brand| is_brand(typed, brand)),
            Choice::Tick(brand, _) => is_brand(typed, *brand),
            Choice::AnySite => typed == "0",
            Choice::Part(part) => {
                let at = DayPart::ALL.into_iter().position(|other| other == *part);
                at.is_some_and(|at| typed == (at + 1).to_string())
            }
            Choice::Date(date, _) | Choice::Day(date, _) => {
                let (month, day) = (date.month(), date.day());
                let spellings = [
                    day.to_string(),
                    format!("{day:02}"),
                    format!("{month}/{day}"),
                    format!("{month:02}{day:02}"),
                ];
                spellings.iter().any(|text| text.starts_with(typed))
            }
            Choice::Slot(slot) => {
                let time = clock(slot.starts);
                time.starts_with(typed) || time.trim_start_matches('0').starts_with(typed)
            }
        }
    }
}

/// Digits are a number's beginning; anything else is a part of a name.
fn is_named(typed: &str, number: usize, names: &[&str]) -> bool {
    if typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{number:02}").starts_with(typed) || number.to_string() == typed;
    }
    let typed = typed.to_lowercase().replace('台', "臺");
    names.iter().any(|name| name.to_lowercase().contains(&typed))
}

fn is_brand(typed: &str, brand: Brand) -> bool {
    let number = Brand::ALL.iter().position(|other| *other == brand).map_or(0, |at| at + 1);
    let name = format!("{brand:?}");
    is_named(typed, number, &[brand.code(), &name])
}

pub fn counties() -> impl Iterator<Item = Choice> {
    (1..).zip(north_to_south()).map(|(number, county)| Choice::County(number, *county))
}

pub fn districts(county: CountyIndex) -> impl Iterator<Item = Choice> {
    let districts = &county.county().districts;
    (1..).zip(districts).map(|(number, district)| Choice::District(number, district))
}

/// The days of these slots, each with its free seats.
pub fn days(slots: &[Slot]) -> Vec<Choice> {
    let mut days: Vec<(Date, u32)> = Vec::new();
    for slot in slots {
        let day = slot.starts.date();
        match days.iter_mut().find(|(date, _)| *date == day) {
            Some((_, free)) => *free += slot.free(),
            None => days.push((day, slot.free())),
        }
    }
    days.sort_unstable();
    days.into_iter().map(|(date, free)| Choice::Date(date, free)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::site::{SiteId, SlotId};
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case::number("02", &["臺北市"])]
    #[case::number_without_zero("2", &["臺北市", "澎湖縣", "金門縣", "連江縣"])]
    #[case::chinese("金門", &["金門縣"])]
    #[case::the_short_form("台南", &["臺南市"])]
    #[case::english("kee", &["基隆市"])]
    #[case::nothing("xyz", &[])]
    fn counties_are_found(#[case] typed: &str, #[case] found: &[&str]) {
        let mut names: Vec<&str> = counties()
            .filter(|choice| choice.fits(typed))
            .map(|choice| match choice {
                Choice::County(_, county) => county.county().zh,
                other => panic!("{other:?}"),
            })
            .collect();
        let mut found = found.to_vec();
        names.sort_unstable();
        found.sort_unstable();
        assert_eq!(names, found);
    }

    #[rstest]
    #[case("16", true)]
    #[case("7/16", true)]
    #[case("0716", true)]
    #[case("1", true)]
    #[case("6", false)]
    fn a_day_is_found(#[case] typed: &str, #[case] fits: bool) {
        assert_eq!(Choice::Date(date(2027, 7, 16), 3).fits(typed), fits);
    }

    #[rstest]
    #[case("09", true)]
    #[case("9", true)]
    #[case("9:0", true)]
    #[case("0", true)]
    #[case("1", false)]
    fn an_hour_is_found(#[case] typed: &str, #[case] fits: bool) {
        let at = date(2027, 7, 16).at(9, 0, 0, 0);
        let slot =
            Slot { id: SlotId(1), site: SiteId(1), starts: at, ends: at, capacity: 1, taken: 1 };
        assert_eq!(Choice::Slot(slot.clone()).fits(typed), fits);
        assert!(!Choice::Slot(slot).is_open(), "full");
    }
}

//! How things of the programme are called for a reader: vaccines, rounds, places and their free
//! seats.

use super::messages as say;
use super::messages::Message;
use super::texts::Texts;
use crate::domain::language::Language;
use crate::domain::region::{CountyIndex, District};
use crate::domain::round::{Brand, RoundNumber};

/// A vaccine's brand, as people know it.
pub fn brand_name(brand: Brand) -> &'static dyn Message {
    match brand {
        Brand::AstraZeneca => &say::BrandAstraZeneca,
        Brand::Moderna => &say::BrandModerna,
    }
}

/// A place's name in the reader's script: Chinese for those who read it, otherwise the post's
/// English.
pub fn place_name<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    if language.reads_chinese() { zh } else { en }
}

/// Several things in a row, with the sign that the language sets between them.
pub fn listed(language: Language, all: &[String]) -> String {
    all.join(if language.reads_chinese() { "、" } else { ", " })
}

/// The counties in the order of [`region::counties`](crate::domain::region::counties).
const COUNTIES: [&dyn Message; 22] = [
    &say::CountyTaipei,
    &say::CountyKeelung,
    &say::CountyNewTaipei,
    &say::CountyLienchiang,
    &say::CountyYilan,
    &say::CountyHsinchuCity,
    &say::CountyHsinchu,
    &say::CountyTaoyuan,
    &say::CountyMiaoli,
    &say::CountyTaichung,
    &say::CountyChanghua,
    &say::CountyNantou,
    &say::CountyChiayiCity,
    &say::CountyChiayi,
    &say::CountyYunlin,
    &say::CountyTainan,
    &say::CountyKaohsiung,
    &say::CountyPenghu,
    &say::CountyKinmen,
    &say::CountyPingtung,
    &say::CountyTaitung,
    &say::CountyHualien,
];

/// A county or city as the language's readers know it: `臺北市`, `TP Đài Bắc`.
pub fn county_name(texts: &Texts, language: Language, county: CountyIndex) -> String {
    texts.say(language, COUNTIES[county.0])
}

/// In the same order, for where there is little room.
const COUNTIES_SHORT: [&dyn Message; 22] = [
    &say::CountyTaipeiShort,
    &say::CountyKeelungShort,
    &say::CountyNewTaipeiShort,
    &say::CountyLienchiangShort,
    &say::CountyYilanShort,
    &say::CountyHsinchuCityShort,
    &say::CountyHsinchuShort,
    &say::CountyTaoyuanShort,
    &say::CountyMiaoliShort,
    &say::CountyTaichungShort,
    &say::CountyChanghuaShort,
    &say::CountyNantouShort,
    &say::CountyChiayiCityShort,
    &say::CountyChiayiShort,
    &say::CountyYunlinShort,
    &say::CountyTainanShort,
    &say::CountyKaohsiungShort,
    &say::CountyPenghuShort,
    &say::CountyKinmenShort,
    &say::CountyPingtungShort,
    &say::CountyTaitungShort,
    &say::CountyHualienShort,
];

/// A county or city where there is little room: `臺北市`, `Taipei`, `Hsinchu Co.`.
pub fn county_short(texts: &Texts, language: Language, county: CountyIndex) -> String {
    texts.say(language, COUNTIES_SHORT[county.0])
}

/// A district without its county: `大安區`, `Da'an District`, `Quận Da'an`. Where Chinese is not
/// read, the name itself is the post's, and the word for its kind is the language's.
pub fn district_alone(texts: &Texts, language: Language, district: &District) -> String {
    let name = district_short(language, district).into();
    match district.zh.chars().next_back() {
        Some('區') => texts.say(language, &say::DistrictOfCity { name }),
        Some('鎮') => texts.say(language, &say::DistrictTown { name }),
        Some('市') => texts.say(language, &say::DistrictCity { name }),
        Some(_) | None => texts.say(language, &say::DistrictTownship { name }),
    }
}

/// A district where there is little room: where Chinese is not read, without the word for its kind.
pub fn district_short(language: Language, district: &District) -> String {
    match language {
        Language::ZhTw => district.zh.to_owned(),
        Language::Ja => japanese_forms(district.zh),
        Language::En | Language::Vi | Language::Id | Language::Th => {
            let name = district.en.rsplit_once(' ').map_or(district.en, |(name, _kind)| name);
            name.to_owned()
        }
    }
}

/// The characters of Taiwan's districts that Japan writes in another form. The rest of a name stays
/// as it stands on the signs.
fn japanese_forms(zh: &str) -> String {
    let form = |c| match c {
        '臺' => '台',
        '區' => '区',
        '鄉' => '郷',
        other => other,
    };
    zh.chars().map(form).collect()
}

/// A district with its county: `臺北市大安區`, `Da'an District, Taipei City`.
pub fn district_name(texts: &Texts, language: Language, district: &District) -> String {
    let county = county_name(texts, language, district.county).into();
    let district = district_alone(texts, language, district).into();
    texts.say(language, &say::DistrictInCounty { county, district })
}

/// Free seats as a bare number, with a sign where they are few; or the word for none.
pub fn seats_figure(texts: &Texts, language: Language, free: u32, few_below: u32) -> String {
    match free {
        0 => texts.say(language, &say::SeatsFull),
        _ if free < few_below => texts.say(language, &say::SeatsFew { seats: free.into() }),
        _ => texts.say(language, &say::SeatsNumber { seats: free.into() }),
    }
}

/// A round's number: the platform writes it with two digits, others do not.
pub fn round_number(language: Language, number: RoundNumber) -> String {
    let number = u8::from(number);
    match language {
        Language::ZhTw => format!("{number:02}"),
        Language::En | Language::Ja | Language::Vi | Language::Id | Language::Th => {
            number.to_string()
        }
    }
}

/// Free seats in words: how many, or full.
pub fn seats_text(texts: &Texts, language: Language, free: u32) -> String {
    match free {
        0 => texts.say(language, &say::SeatsFull),
        _ => texts.say(language, &say::SeatsFree { seats: free.into() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::{DistrictCode, counties, district, districts};
    use std::collections::HashSet;

    #[test]
    fn every_county_has_a_name_of_its_own_in_every_language() {
        let texts = Texts::default();
        assert_eq!(COUNTIES.len(), counties().len());
        for (at, county) in counties().iter().enumerate() {
            assert_eq!(county_name(&texts, Language::ZhTw, CountyIndex(at)), county.zh);
            assert_eq!(county_name(&texts, Language::En, CountyIndex(at)), county.en);
        }
        for language in Language::ALL {
            let names: HashSet<String> =
                (0..22).map(|at| county_name(&texts, language, CountyIndex(at))).collect();
            assert_eq!(names.len(), 22, "{}", language.tag());
            let short: HashSet<String> =
                (0..22).map(|at| county_short(&texts, language, CountyIndex(at))).collect();
            assert_eq!(short.len(), 22, "{}", language.tag());
        }
    }

    #[test]
    fn every_district_has_a_name_of_its_own_in_every_language() {
        let texts = Texts::default();
        for language in Language::ALL {
            let names: HashSet<String> =
                districts().map(|found| district_name(&texts, language, found)).collect();
            assert_eq!(names.len(), 368, "{}", language.tag());
        }
    }

    #[test]
    fn a_district_is_called_as_its_readers_call_it() {
        let texts = Texts::default();
        let daan = district(DistrictCode(6300300)).expect("Da'an");
        let names = Language::ALL.map(|language| district_name(&texts, language, daan));
        assert_eq!(
            names,
            [
                "臺北市大安區",
                "Da'an District, Taipei City",
                "台北市大安区",
                "Quận Da'an, TP Đài Bắc",
                "Distrik Da'an, Kota Taipei",
                "เขต Da'an ไทเป",
            ]
        );
    }
}

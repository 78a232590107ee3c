//! Taiwan's 22 counties and 368 districts, from `regions.csv` (the interior ministry's codes;
//! government data by way of the MIT-licensed mkfsn/tw-address-translator and
//! rdandy/TaiwanCWAGeoMapping). Sites and their seats are in `site`.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The interior ministry's seven-digit district code. It is the key because zip codes are not
/// unique: three districts share one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DistrictCode(pub u32);

/// A county or city, by its position in [`counties`]. It is stored and sent as its Chinese name
/// (`金門縣`), since the position depends on the order of the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountyIndex(pub usize);

/// No county has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no county or city has this name")]
pub struct CountyError;

/// One of the 22 counties and cities.
#[derive(Debug)]
pub struct County {
    pub zh: &'static str,
    /// Chunghwa Post's English.
    pub en: &'static str,
    /// In the order of the file, which is by zip code.
    pub districts: Vec<&'static District>,
}

/// One of the 368 districts, townships and cities below a county.
#[derive(PartialEq, Debug)]
pub struct District {
    pub code: DistrictCode,
    pub county: CountyIndex,
    pub zh: &'static str,
    /// Chunghwa Post's English.
    pub en: &'static str,
    /// The first three digits of its postal codes.
    pub zip: &'static str,
    /// The centroid's longitude, in degrees east.
    pub lon: f64,
    /// The centroid's latitude, in degrees north.
    pub lat: f64,
}

static COUNTIES: LazyLock<Vec<County>> = LazyLock::new(|| read(include_str!("regions.csv")));

/// The counties in the order of their first zip code: north to south, then the islands as the post
/// counts them.
pub fn counties() -> &'static [County] {
    &COUNTIES
}

/// The counties as they lie on a map: north to south, first on the west coast and then on the east,
/// the islands last.
pub fn north_to_south() -> &'static [CountyIndex] {
    &NORTH_TO_SOUTH
}

static NORTH_TO_SOUTH: LazyLock<Vec<CountyIndex>> = LazyLock::new(|| {
    let names = "基隆市 臺北市 新北市 桃園市 新竹市 新竹縣 苗栗縣 臺中市 彰化縣 南投縣 雲林縣 \
                 嘉義市 嘉義縣 臺南市 高雄市 屏東縣 宜蘭縣 花蓮縣 臺東縣 澎湖縣 金門縣 連江縣";
    names.split(' ').filter_map(|name| CountyIndex::named(name).ok()).collect()
});

impl CountyIndex {
    pub fn county(self) -> &'static County {
        &counties()[self.0]
    }

    /// The county with this Chinese name. 台 is read as 臺.
    pub fn named(zh: &str) -> Result<Self, CountyError> {
        let zh = zh.trim().replace('台', "臺");
        counties().iter().position(|county| county.zh == zh).map(Self).ok_or(CountyError)
    }
}

impl TryFrom<String> for CountyIndex {
    type Error = CountyError;
    fn try_from(zh: String) -> Result<Self, CountyError> {
        Self::named(&zh)
    }
}

impl From<CountyIndex> for String {
    fn from(county: CountyIndex) -> String {
        county.county().zh.to_owned()
    }
}

/// The district with this code, if there is one.
pub fn district(code: DistrictCode) -> Option<&'static District> {
    districts().find(|district| district.code == code)
}

/// All 368 districts.
pub fn districts() -> impl Iterator<Item = &'static District> {
    counties().iter().flat_map(|county| county.districts.iter().copied())
}

/// The nearest other district that `wanted` accepts, and the distance to its centroid in
/// kilometres. Districts that can only be reached by crossing the sea to another county are left
/// out.
pub fn nearest(
    from: &District,
    wanted: impl Fn(&District) -> bool,
) -> Option<(&'static District, f64)> {
    districts()
        .filter(|other| {
            other.code != from.code && same_land(from.county, other.county) && wanted(other)
        })
        .map(|other| (other, kilometres(from, other)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

/// The districts that can be reached from this one, nearest first, with the distance of the
/// centroids in metres: first the district itself, at 0. Those that can only be reached by
/// crossing the sea to another county are left out.
pub fn by_distance(from: &District) -> Vec<(&'static District, u32)> {
    let metres = |other| (kilometres(from, other) * 1000.0).round() as u32;
    let mut near: Vec<_> = districts()
        .filter(|other| same_land(from.county, other.county))
        .map(|other| (other, metres(other)))
        .collect();
    // By code where two are equally far, so that servers side by side agree.
    near.sort_by_key(|(other, metres)| (*metres, other.code));
    near
}

/// The distance of the centroids of two districts of one county, in kilometres; `None` if they are
/// of different counties, or there is no such district.
pub fn within_county(a: DistrictCode, b: DistrictCode) -> Option<f64> {
    let (a, b) = (district(a)?, district(b)?);
    (a.county == b.county).then(|| kilometres(a, b))
}

/// Whether one can travel between two counties by land: Penghu, Kinmen and Lienchiang (Matsu) are
/// islands.
fn same_land(a: CountyIndex, b: CountyIndex) -> bool {
    let over_the_sea =
        |county: CountyIndex| matches!(county.county().zh, "澎湖縣" | "金門縣" | "連江縣");
    a == b || !(over_the_sea(a) || over_the_sea(b))
}

/// The distance of two centroids. A flat map at the mean latitude is wrong by less than 1 %,
/// because Taiwan spans only four degrees.
fn kilometres(a: &District, b: &District) -> f64 {
    const KM_A_DEGREE: f64 = 111.2;
    let north = (a.lat - b.lat) * KM_A_DEGREE;
    let east = (a.lon - b.lon) * KM_A_DEGREE * ((a.lat + b.lat) / 2.0).to_radians().cos();
    north.hypot(east)
}

/// Reads the file. It is compiled in, so a row that cannot be read is a mistake in the program, and
/// panics; a test reads all rows.
fn read(csv: &'static str) -> Vec<County> {
    let mut counties: Vec<County> = Vec::with_capacity(22);
    for line in csv.lines().skip(1) {
        let mut cells = line.split(',');
        let mut cell = || cells.next().expect("eight columns in regions.csv");
        let (code, zip, county_zh, county_en, zh, en, lon, lat) =
            (cell(), cell(), cell(), cell(), cell(), cell(), cell(), cell());
        let at = counties.iter().position(|county| county.zh == county_zh).unwrap_or_else(|| {
            counties.push(County { zh: county_zh, en: county_en, districts: Vec::new() });
            counties.len() - 1
        });
        // Leaked on purpose: 368 small records that are used as long as the program runs.
        counties[at].districts.push(Box::leak(Box::new(District {
            code: DistrictCode(code.parse().expect("a code in regions.csv")),
            county: CountyIndex(at),
            zh,
            en,
            zip,
            lon: lon.parse().expect("a longitude in regions.csv"),
            lat: lat.parse().expect("a latitude in regions.csv"),
        })));
    }
    counties
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn taiwan_has_22_counties_and_368_districts_with_codes_of_their_own() {
        assert_eq!(counties().len(), 22);
        assert_eq!(districts().map(|d| d.code).collect::<HashSet<_>>().len(), 368);
        assert!(
            districts().all(|d| (118.0..123.0).contains(&d.lon) && (21.0..27.0).contains(&d.lat))
        );
    }

    #[test]
    fn every_county_has_its_place_from_north_to_south() {
        let places: HashSet<CountyIndex> = north_to_south().iter().copied().collect();
        assert_eq!((north_to_south().len(), places.len()), (22, 22));
        assert_eq!(north_to_south()[21].county().zh, "連江縣");
    }

    #[test]
    fn a_district_knows_its_county() {
        let daan = district(DistrictCode(6300300)).expect("Da'an");
        assert_eq!(
            (daan.county.county().zh, daan.zh, daan.en),
            ("臺北市", "大安區", "Da'an District")
        );
        assert!(district(DistrictCode(1)).is_none());
        let on_the_wire = serde_json::to_value(daan.county).unwrap();
        assert_eq!(on_the_wire, "臺北市");
        assert_eq!(serde_json::from_value::<CountyIndex>(on_the_wire).unwrap(), daan.county);
    }

    /// The haversine formula, on a sphere of the Earth's mean radius.
    fn great_circle(a: &District, b: &District) -> f64 {
        let half = |x: f64, y: f64| ((x - y).to_radians() / 2.0).sin().powi(2);
        let lat = a.lat.to_radians().cos() * b.lat.to_radians().cos();
        2.0 * 6371.0 * (half(a.lat, b.lat) + lat * half(a.lon, b.lon)).sqrt().asin()
    }

    #[test]
    fn a_distance_is_that_on_the_globe_to_within_one_percent() {
        for a in districts().step_by(17) {
            for b in districts().step_by(13).filter(|b| b.code != a.code) {
                let (flat, round) = (kilometres(a, b), great_circle(a, b));
                assert!((flat / round - 1.0).abs() < 0.01, "{} to {}: {flat} {round}", a.zh, b.zh);
            }
        }
    }

    #[test]
    fn the_nearest_other_district_is_found() {
        let daan = district(DistrictCode(6300300)).unwrap();
        let (near, km) = nearest(daan, |_| true).unwrap();
        assert!(km < 4.0, "{} is {km} km away", near.zh);
        assert_ne!(near.code, daan.code);
        let over_the_sea = nearest(daan, |d| d.county.county().zh == "金門縣");
        assert!(over_the_sea.is_none(), "nobody is sent over the sea: {over_the_sea:?}");
        let jincheng = districts().find(|d| d.zh == "金城鎮").unwrap();
        assert_eq!(nearest(jincheng, |_| true).map(|(d, _)| d.county), Some(jincheng.county));
        assert!(nearest(daan, |_| false).is_none());
    }

    #[test]
    fn districts_come_by_distance_and_only_the_own_one_at_none() {
        for from in districts() {
            let near = by_distance(from);
            assert_eq!(near[0], (from, 0));
            assert!(near[1..].iter().all(|(_, metres)| *metres > 0), "{}", from.zh);
            assert!(near.is_sorted_by_key(|(_, metres)| *metres), "{}", from.zh);
            let (next, km) = nearest(from, |_| true).unwrap();
            assert_eq!(near[1].1, (km * 1000.0).round() as u32, "{} {}", from.zh, next.zh);
        }
    }

    #[test]
    fn nobody_is_sent_over_the_sea_to_another_county() {
        for from in districts() {
            let island = ["澎湖縣", "金門縣", "連江縣"].contains(&from.county.county().zh);
            let near = by_distance(from);
            let expected = districts().filter(|other| {
                let there = ["澎湖縣", "金門縣", "連江縣"].contains(&other.county.county().zh);
                if island { other.county == from.county } else { !there }
            });
            assert_eq!(near.len(), expected.count(), "{}", from.zh);
            assert!(!island || near.iter().all(|(other, _)| other.county == from.county));
        }
    }
}

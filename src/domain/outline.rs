//! Taiwan's outline and which county each point of it belongs to, from the centroids of the 368
//! districts alone: a point belongs to the county of the nearest centroid, so borders are a
//! likeness and no survey. The far islands are drawn nearer, as on any map of the post office.

use super::region::{CountyIndex, District, districts};
use std::sync::LazyLock;

/// The part of the world that is drawn: degrees of latitude, and of longitude before it is made as
/// long as a degree of latitude.
pub const SOUTH: f64 = 21.80;
pub const NORTH: f64 = 25.36;
const WEST: f64 = 119.74;
const EAST: f64 = 122.05;
/// A degree of longitude in degrees of latitude, at 23.7° north.
const NARROWER: f64 = 0.915_66;
/// How wide the part is, in degrees of latitude.
pub const WIDTH: f64 = (EAST - WEST) * NARROWER;

/// The raster's step and what is computed beyond the drawn part, in degrees of latitude.
const STEP: f64 = 0.03;
const BEYOND: f64 = 0.35;
const COLUMNS: usize = ((WIDTH + 2.0 * BEYOND) / STEP) as usize;
const ROWS: usize = ((NORTH - SOUTH + 2.0 * BEYOND) / STEP) as usize;
/// Land is what is so near to a centroid, less what is then so near to the sea: the coast becomes
/// smooth and lies 0.06° outside of the outermost centroids, and no mountain is a lake.
const GROWN: f64 = 0.27;
const SHRUNK: f64 = 0.21;
/// The radius of an island.
const ISLAND: f64 = 0.055;

/// A place in degrees of latitude: east of the drawn part's western edge, and north.
type Place = (f64, f64);

fn place(lon: f64, lat: f64) -> Place {
    ((lon - WEST) * NARROWER, lat)
}

fn squared(a: Place, b: Place) -> f64 {
    (a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)
}

/// The island districts: each is a disc around its centroid, some of them moved nearer.
static ISLANDS: LazyLock<Vec<(Place, CountyIndex)>> = LazyLock::new(|| {
    let islands = districts().filter(|district| is_island(district) && district.zh != "烏坵鄉");
    islands.map(|district| (moved(district), district.county)).collect()
});

fn is_island(district: &District) -> bool {
    matches!(district.county.county().zh, "澎湖縣" | "金門縣" | "連江縣")
        || matches!(district.zh, "琉球鄉" | "綠島鄉" | "蘭嶼鄉")
}

fn moved(district: &District) -> Place {
    let all = &district.county.county().districts;
    let mean = |of: fn(&District) -> f64| {
        all.iter().map(|district| of(district)).sum::<f64>() / all.len() as f64
    };
    let middle = || (mean(|district| district.lon), mean(|district| district.lat));
    let (lon, lat) = (district.lon, district.lat);
    match district.county.county().zh {
        "澎湖縣" => {
            let (x, y) = middle();
            place(x + 0.32 + 0.8 * (lon - x), y + 0.8 * (lat - y))
        }
        "金門縣" => place(lon + 1.67, lat),
        "連江縣" => {
            let (x, y) = middle();
            place(120.05 + 0.5 * (lon - x), 25.12 + 0.5 * (lat - y))
        }
        _ => place(lon, lat),
    }
}

/// The main island as a raster, rows from the south.
static MAIN_ISLAND: LazyLock<Vec<Option<CountyIndex>>> = LazyLock::new(|| {
    let centres: Vec<(Place, CountyIndex)> = districts()
        .filter(|district| !is_island(district))
        .map(|district| (place(district.lon, district.lat), district.county))
        .collect();
    let nearest: Vec<(f64, CountyIndex)> = (0..ROWS * COLUMNS)
        .filter_map(|at| {
            let here = place_of(at % COLUMNS, at / COLUMNS);
            let found = centres.iter().map(|(centre, county)| (squared(here, *centre), *county));
            found.min_by(|a, b| a.0.total_cmp(&b.0))
        })
        .collect();
    let sea = |at: usize| nearest[at].0 > GROWN * GROWN;
    let shore: Vec<Place> = (0..ROWS * COLUMNS)
        .filter(|at| sea(*at) && touches(*at, |other| !sea(other)))
        .map(|at| place_of(at % COLUMNS, at / COLUMNS))
        .collect();
    let land = |at: usize| {
        let here = place_of(at % COLUMNS, at / COLUMNS);
        !sea(at) && shore.iter().all(|shore| squared(here, *shore) > SHRUNK * SHRUNK)
    };
    let land: Vec<bool> = (0..ROWS * COLUMNS).map(land).collect();
    let open = open_sea(&land);
    (0..ROWS * COLUMNS).map(|at| (!open[at]).then(|| nearest[at].1)).collect()
});

fn place_of(column: usize, row: usize) -> Place {
    (column as f64 * STEP - BEYOND, SOUTH - BEYOND + row as f64 * STEP)
}

/// Whether one of the four points beside this one is so.
fn touches(at: usize, is_so: impl Fn(usize) -> bool) -> bool {
    beside(at).any(is_so)
}

fn beside(at: usize) -> impl Iterator<Item = usize> {
    let (column, row) = (at % COLUMNS, at / COLUMNS);
    let west = (column > 0).then(|| at - 1);
    let east = (column + 1 < COLUMNS).then(|| at + 1);
    let south = (row > 0).then(|| at - COLUMNS);
    let north = (row + 1 < ROWS).then(|| at + COLUMNS);
    [west, east, south, north].into_iter().flatten()
}

/// The sea that is reached from the corner: what is not, is a lake or a mountain.
fn open_sea(land: &[bool]) -> Vec<bool> {
    let mut open = vec![false; land.len()];
    let mut next = vec![0];
    while let Some(at) = next.pop() {
        if !land[at] && !open[at] {
            open[at] = true;
            next.extend(beside(at));
        }
    }
    open
}

/// The county at a place: `east` of the western edge and at a latitude, both in degrees of
/// latitude. An island reaches at least as far as `least`, so that it is not lost between coarse
/// cells.
pub fn county_at(east: f64, lat: f64, least: f64) -> Option<CountyIndex> {
    let reach = ISLAND.max(least);
    let column = ((east + BEYOND) / STEP).round();
    let row = ((lat - SOUTH + BEYOND) / STEP).round();
    on_island((east, lat), reach).or_else(|| on_main_island(column, row))
}

/// How far the smooth map looks for the counties around a point, in steps of the raster.
const AROUND: i32 = 2;

/// The county at a place by the most of the raster's points around it, the nearer the more: borders
/// and coasts become curves.
pub fn county_smoothed(east: f64, lat: f64) -> Option<CountyIndex> {
    if let Some(county) = on_island((east, lat), ISLAND) {
        return Some(county);
    }
    let (column, row) = ((east + BEYOND) / STEP, (lat - SOUTH + BEYOND) / STEP);
    let mut votes: Vec<(Option<CountyIndex>, f64)> = Vec::with_capacity(4);
    for y in -AROUND..=AROUND {
        for x in -AROUND..=AROUND {
            let (at_column, at_row) = (column.round() + f64::from(x), row.round() + f64::from(y));
            let apart = (at_column - column).powi(2) + (at_row - row).powi(2);
            let weight = (f64::from(AROUND * AROUND + 1) - apart).max(0.0);
            let county = on_main_island(at_column, at_row);
            match votes.iter_mut().find(|(other, _)| *other == county) {
                Some((_, sum)) => *sum += weight,
                None => votes.push((county, weight)),
            }
        }
    }
    votes.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).and_then(|(county, _)| county)
}

/// The county of the island that reaches so far.
fn on_island(at: Place, reach: f64) -> Option<CountyIndex> {
    let found = ISLANDS.iter().find(|(centre, _)| squared(at, *centre) <= reach * reach);
    found.map(|(_, county)| *county)
}

/// What the raster has at a point; the sea beyond its edges.
fn on_main_island(column: f64, row: f64) -> Option<CountyIndex> {
    let is_inside = column >= 0.0 && row >= 0.0 && column < COLUMNS as f64 && row < ROWS as f64;
    let at = || row as usize * COLUMNS + column as usize;
    if is_inside { MAIN_ISLAND[at()] } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Option<&'static str> {
        let (east, lat) = place(lon, lat);
        county_at(east, lat, 0.0).map(|county| county.county().zh)
    }

    #[test]
    fn cities_mountains_islands_and_the_sea_are_where_they_are() {
        assert_eq!(at(121.54, 25.03), Some("臺北市"));
        assert_eq!(at(120.31, 22.63), Some("高雄市"));
        assert_eq!(at(121.28, 23.47), Some("花蓮縣"), "a mountain");
        assert_eq!(at(121.55, 22.05), Some("臺東縣"), "Lanyu");
        assert_eq!(at(119.9, 23.0), None, "the strait");
        assert_eq!(at(121.9, 23.5), None, "the ocean");
    }

    #[test]
    fn the_smooth_map_agrees_but_at_borders_and_coasts() {
        let (mut same, mut all) = (0, 0);
        for y in 0..80 {
            for x in 0..50 {
                let (east, lat) = (f64::from(x) * WIDTH / 50.0, SOUTH + f64::from(y) * 0.0445);
                all += 1;
                same += usize::from(county_smoothed(east, lat) == county_at(east, lat, 0.0));
            }
        }
        assert!(same * 100 > all * 95, "{same} of {all}");
    }

    #[test]
    fn every_county_is_on_the_map_and_every_centroid_on_land() {
        for district in districts().filter(|district| district.zh != "烏坵鄉") {
            let (east, lat) = if is_island(district) {
                moved(district)
            } else {
                place(district.lon, district.lat)
            };
            assert!(county_at(east, lat, 0.0).is_some(), "{} {}", district.zh, district.lon);
            assert!((0.0..WIDTH).contains(&east), "{} {east}", district.zh);
            assert!((SOUTH..NORTH).contains(&lat), "{} {lat}", district.zh);
        }
    }
}

//! The sites near each district, nearest first. The list of a district is made when somebody first
//! asks near it, and kept as long as the programme.

use crate::domain::region::{self, DistrictCode};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

#[derive(Debug)]
pub struct NearSites {
    /// Positions of sites, those of one district side by side.
    sites: Vec<usize>,
    /// Where in `sites` the district's own are.
    of_district: HashMap<DistrictCode, Range<usize>>,
    /// For each district of the country: those with a site, nearest first.
    around: HashMap<DistrictCode, OnceLock<Box<[NearDistrict]>>>,
}

#[derive(Debug)]
struct NearDistrict {
    metres: u32,
    sites: Range<usize>,
}

impl NearSites {
    /// Of these districts with the positions of their sites.
    pub fn new<'a>(districts: impl Iterator<Item = (DistrictCode, &'a [usize])>) -> Self {
        let (mut sites, mut of_district) = (Vec::new(), HashMap::new());
        for (code, own) in districts {
            let first = sites.len();
            sites.extend_from_slice(own);
            of_district.insert(code, first..sites.len());
        }
        let around = region::districts().map(|district| (district.code, OnceLock::new())).collect();
        Self { sites, of_district, around }
    }

    /// The positions of the sites that can be reached from a district, nearest first, with their
    /// distance in metres; `None` if there is no such district.
    pub fn around(&self, code: DistrictCode) -> Option<impl Iterator<Item = (u32, usize)>> {
        let near = self.around.get(&code)?.get_or_init(|| self.make(code));
        Some(near.iter().flat_map(|district| {
            self.sites[district.sites.clone()].iter().map(|site| (district.metres, *site))
        }))
    }

    fn make(&self, code: DistrictCode) -> Box<[NearDistrict]> {
        let Some(from) = region::district(code) else { return Box::default() };
        let near = region::by_distance(from).into_iter();
        near.filter_map(|(district, metres)| {
            let sites = self.of_district.get(&district.code)?.clone();
            Some(NearDistrict { metres, sites })
        })
        .collect()
    }
}

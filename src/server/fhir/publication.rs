//! Free slots for everybody, by SMART Scheduling Links (github.com/smart-on-fhir/
//! smart-scheduling-links): a manifest that names three files of Locations, Schedules and Slots.
//! When they are made and kept is the catalog's matter.

use super::resources::{
    Address, ContactPoint, Extension, ExtensionValue, Identifier, Location, Reference, Schedule,
    Slot,
};
use super::vocabulary::{
    COVID_IMMUNIZATION, IMMUNIZATION, Naming, civil_instant, cvx, instant, location_id,
    schedule_id, slot_id,
};
use crate::api::paths;
use crate::domain::region;
use crate::domain::round::Brand;
use crate::domain::site;
use crate::domain::site::Site;
use jiff::Timestamp;
use serde::Serialize;

/// The line on which people book and ask: the Centers for Disease Control's.
const HOTLINE: &str = "1922";

const VACCINE_PRODUCT: &str =
    "http://fhir-registry.smarthealthit.org/StructureDefinition/vaccine-product";
const SLOT_CAPACITY: &str =
    "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity";
const BOOKING_PHONE: &str =
    "http://fhir-registry.smarthealthit.org/StructureDefinition/booking-phone";
const BOOKING_DEEP_LINK: &str =
    "http://fhir-registry.smarthealthit.org/StructureDefinition/booking-deep-link";

/// What the whole publication needs to know of this service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Publisher {
    /// The service's public URL, without a slash at its end.
    base: String,
    /// The page on which people book; `None` if there is none.
    booking_url: Option<String>,
}

/// The answer of `GET /fhir/$bulk-publish`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// When the files were made.
    pub transaction_time: String,
    /// The URL of this manifest.
    pub request: String,
    pub output: Vec<ManifestFile>,
    /// Always empty: the files are whole or not there.
    #[schema(value_type = Vec<String>)]
    pub error: [&'static str; 0],
}

/// A file of resources of one type, a line each.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct ManifestFile {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub url: String,
}

impl Publisher {
    pub fn new(base: String, booking_url: Option<String>) -> Self {
        Self { base, booking_url }
    }

    pub fn manifest(&self, made: Timestamp) -> Manifest {
        let file = |(kind, path)| ManifestFile { kind, url: format!("{}{path}", self.base) };
        let files = [
            ("Location", paths::FHIR_LOCATIONS),
            ("Schedule", paths::FHIR_SCHEDULES),
            ("Slot", paths::FHIR_SLOTS),
        ];
        Manifest {
            transaction_time: instant(made),
            request: format!("{}{}", self.base, paths::FHIR_PUBLICATION),
            output: files.map(file).into(),
            error: [],
        }
    }

    pub fn location(&self, site: &Site) -> Location {
        let phone = ContactPoint { system: "phone", value: HOTLINE.into() };
        let page = self.booking_url.iter().cloned();
        let page = page.map(|value| ContactPoint { system: "url", value });
        let telecom = std::iter::once(phone).chain(page).collect();
        location(site, &Naming::new(Some(self.base.clone())), telecom)
    }

    pub fn schedule(&self, site: &Site) -> Schedule {
        let product = ExtensionValue::Coding(cvx(site.brand));
        Schedule {
            id: schedule_id(site.id, site.brand),
            extension: vec![Extension { url: VACCINE_PRODUCT, value: product }],
            service_type: vec![IMMUNIZATION.into(), COVID_IMMUNIZATION.into()],
            actor: vec![place(site.id)],
        }
    }

    /// A slot that has not begun: free if somebody can book it now, with the seats that are left,
    /// and otherwise busy with all its seats. `None` for a closed one, which has no seats.
    pub fn slot(&self, slot: &site::Slot, brand: Brand, is_open: bool) -> Option<Slot> {
        let is_free = is_open && !slot.is_full();
        let seats = if is_free { slot.free() } else { slot.capacity };
        if seats == 0 {
            return None;
        }
        let mut extension = vec![
            Extension { url: SLOT_CAPACITY, value: ExtensionValue::Integer(seats) },
            Extension { url: BOOKING_PHONE, value: ExtensionValue::String(HOTLINE) },
        ];
        if let Some(url) = &self.booking_url {
            extension.push(Extension {
                url: BOOKING_DEEP_LINK,
                value: ExtensionValue::Url(url.clone()),
            });
        }
        Some(Slot {
            id: slot_id(slot.id),
            extension,
            schedule: Reference {
                reference: format!("Schedule/{}", schedule_id(slot.site, brand)),
            },
            status: if is_free { "free" } else { "busy" },
            start: civil_instant(slot.starts),
            end: civil_instant(slot.ends),
        })
    }
}

/// A site. Its position on the earth is not known, so it has none.
pub fn location(site: &Site, naming: &Naming, telecom: Vec<ContactPoint>) -> Location {
    let district = region::district(site.district);
    let number = Identifier { system: naming.system("site"), value: site.id.0.to_string() };
    Location {
        id: location_id(site.id),
        identifier: vec![number],
        name: site.name_zh.clone(),
        alias: vec![site.name_en.clone()],
        telecom,
        address: Address {
            text: site.address_en.clone(),
            line: vec![site.address_zh.clone()],
            city: district.map(|district| district.zh),
            state: district.map(|district| district.county.county().zh),
            postal_code: district.map(|district| district.zip),
            country: "TW",
        },
    }
}

/// The reference to a site.
pub fn place(site: site::SiteId) -> Reference {
    Reference { reference: format!("Location/{}", location_id(site)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::DistrictCode;
    use crate::domain::site::{SiteId, SlotId};
    use jiff::civil::date;
    use rstest::rstest;
    use serde_json::{Value, json};

    fn publisher(booking_url: Option<&str>) -> Publisher {
        Publisher::new("https://booking.example".into(), booking_url.map(Into::into))
    }

    fn site() -> Site {
        Site {
            id: SiteId(17),
            district: DistrictCode(6_300_500),
            name_zh: "中正練習站".into(),
            name_en: "Zhongzheng Practice Site".into(),
            address_zh: "練習路1號".into(),
            address_en: "No. 1, Lianxi Rd.".into(),
            brand: Brand::AstraZeneca,
        }
    }

    fn slot(capacity: u32, taken: u32) -> site::Slot {
        let (starts, ends) = (date(2027, 7, 16).at(9, 0, 0, 0), date(2027, 7, 16).at(10, 0, 0, 0));
        site::Slot { id: SlotId(4711), site: SiteId(17), starts, ends, capacity, taken }
    }

    fn json(of: impl Serialize) -> Value {
        serde_json::to_value(of).unwrap()
    }

    #[test]
    fn a_site_is_a_location_with_its_address_and_the_line_to_call() {
        assert_eq!(
            json(publisher(Some("https://1922.gov.tw/")).location(&site())),
            json!({
                "resourceType": "Location", "id": "site-17",
                "identifier": [{
                    "system": "https://booking.example/fhir/identifiers/site", "value": "17"
                }],
                "name": "中正練習站", "alias": ["Zhongzheng Practice Site"],
                "telecom": [
                    {"system": "phone", "value": "1922"},
                    {"system": "url", "value": "https://1922.gov.tw/"}
                ],
                "address": {
                    "text": "No. 1, Lianxi Rd.", "line": ["練習路1號"], "city": "中正區",
                    "state": "臺北市", "postalCode": "100", "country": "TW"
                }
            })
        );
        let unlinked = json(publisher(None).location(&site()));
        assert_eq!(unlinked["telecom"], json!([{"system": "phone", "value": "1922"}]));
    }

    #[test]
    fn a_schedule_is_of_one_site_and_one_vaccine() {
        let schedule = json(publisher(None).schedule(&site()));
        assert_eq!(schedule["resourceType"], "Schedule");
        assert_eq!(schedule["id"], "site-17-AZ");
        assert_eq!(schedule["actor"], json!([{"reference": "Location/site-17"}]));
        assert_eq!(schedule["extension"][0]["valueCoding"]["code"], "210");
        let codes: Vec<_> = schedule["serviceType"].as_array().unwrap().iter().collect();
        assert_eq!(codes[0]["coding"][0]["code"], "57");
        assert_eq!(codes[1]["coding"][0]["code"], "covid19-immunization");
    }

    #[rstest]
    #[case::free(slot(10, 4), true, Some(("free", 6)))]
    #[case::full(slot(10, 10), true, Some(("busy", 10)))]
    #[case::not_to_be_booked_now(slot(10, 4), false, Some(("busy", 10)))]
    #[case::closed(slot(0, 0), true, None)]
    fn a_slot_is_free_only_if_it_can_be_booked_now(
        #[case] slot: site::Slot,
        #[case] is_open: bool,
        #[case] told: Option<(&str, u32)>,
    ) {
        let published = publisher(None).slot(&slot, Brand::AstraZeneca, is_open).map(json);
        let Some((status, seats)) = told else { return assert_eq!(published, None) };
        let published = published.unwrap();
        assert_eq!(
            (&published["status"], &published["extension"][0]["valueInteger"]),
            (&json!(status), &json!(seats))
        );
        assert_eq!(published["extension"][1]["valueString"], "1922");
        assert_eq!(published["extension"].as_array().unwrap().len(), 2);
        assert_eq!(published["schedule"]["reference"], "Schedule/site-17-AZ");
        assert_eq!(published["start"], "2027-07-16T09:00:00+08:00");
    }

    #[test]
    fn a_slot_leads_to_the_page_of_the_settings() {
        let page = "https://1922.gov.tw/";
        let slot = publisher(Some(page)).slot(&slot(10, 4), Brand::Moderna, true);
        assert_eq!(json(slot)["extension"][2]["valueUrl"], page);
    }

    #[test]
    fn the_manifest_names_itself_and_three_files() {
        let manifest = json(publisher(None).manifest("2027-07-13T02:00:00Z".parse().unwrap()));
        assert_eq!(manifest["request"], "https://booking.example/fhir/$bulk-publish");
        assert_eq!(manifest["transactionTime"], "2027-07-13T10:00:00+08:00");
        assert_eq!(manifest["error"], json!([]));
        assert_eq!(manifest["output"][2]["url"], "https://booking.example/fhir/slots.ndjson");
    }
}

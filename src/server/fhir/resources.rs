//! The resources, with the elements that we fill and no others. The names are those of FHIR R4;
//! an element that is not known is left out.

use crate::domain::personal::Personal;
use serde::Serialize;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Coding {
    pub system: &'static str,
    pub code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display: Option<&'static str>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CodeableConcept {
    pub coding: Vec<Coding>,
}

impl From<Coding> for CodeableConcept {
    fn from(coding: Coding) -> Self {
        Self { coding: vec![coding] }
    }
}

/// The number of a thing. What identifies a person is a [`PatientIdentifier`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Identifier {
    pub system: String,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PatientIdentifier {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<CodeableConcept>,
    pub system: String,
    pub value: Personal,
}

/// A resource of the same set of files, by its id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reference {
    pub reference: String,
}

/// A person, of whom there is no resource: they are told by an identifier only (R4, "logical
/// references").
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PatientReference {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub identifier: PatientIdentifier,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display: Option<Personal>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Extension {
    pub url: &'static str,
    #[serde(flatten)]
    pub value: ExtensionValue,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub enum ExtensionValue {
    #[serde(rename = "valueCoding")]
    Coding(Coding),
    #[serde(rename = "valueInteger")]
    Integer(u32),
    #[serde(rename = "valueString")]
    String(&'static str),
    #[serde(rename = "valueUrl")]
    Url(String),
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ContactPoint {
    pub system: &'static str,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    pub text: String,
    pub line: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<&'static str>,
    pub country: &'static str,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "resourceType")]
pub struct Location {
    pub id: String,
    pub identifier: Vec<Identifier>,
    pub name: String,
    pub alias: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub telecom: Vec<ContactPoint>,
    pub address: Address,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Schedule {
    pub id: String,
    pub extension: Vec<Extension>,
    pub service_type: Vec<CodeableConcept>,
    pub actor: Vec<Reference>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "resourceType")]
pub struct Slot {
    pub id: String,
    pub extension: Vec<Extension>,
    pub schedule: Reference,
    pub status: &'static str,
    pub start: String,
    pub end: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Appointment {
    pub id: String,
    pub identifier: Vec<Identifier>,
    pub status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelation_reason: Option<CodeableConcept>,
    pub service_type: Vec<CodeableConcept>,
    pub start: String,
    pub end: String,
    pub participant: Vec<Participant>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Participant {
    pub actor: Actor,
    pub status: &'static str,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Actor {
    Patient(PatientReference),
    Place(Reference),
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Immunization {
    pub id: String,
    pub identifier: Vec<Identifier>,
    pub status: &'static str,
    pub vaccine_code: CodeableConcept,
    pub patient: PatientReference,
    pub occurrence_date_time: String,
    pub primary_source: bool,
    pub location: Reference,
    pub lot_number: String,
}

/// Resources as NDJSON: each a line that ends.
pub fn ndjson<T: Serialize>(resources: impl Iterator<Item = T>) -> Vec<u8> {
    let mut lines = Vec::new();
    for resource in resources {
        // Our own types, without maps that have keys other than strings, always become JSON.
        serde_json::to_writer(&mut lines, &resource).expect("resources become JSON");
        lines.push(b'\n');
    }
    lines
}

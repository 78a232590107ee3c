//! Who has an appointment at a site, and what they were given: a booking with its attendance as
//! an Appointment, and as an Immunization once the person is vaccinated.

use super::publication::place;
use super::resources::{
    Actor, Appointment, CodeableConcept, Coding, Identifier, Immunization, Participant,
    PatientIdentifier, PatientReference,
};
use super::vocabulary::{
    COVID_IMMUNIZATION, IMMUNIZATION, Naming, appointment_id, civil_instant, cvx, immunization_id,
    instant,
};
use crate::domain::attendance::Attendance;
use crate::domain::booking_number::BookingNumber;
use crate::domain::identity::{IdKind, IdNumber};
use crate::domain::person::Name;
use crate::domain::personal::Personal;
use crate::domain::round::Brand;
use crate::domain::site::SiteId;
use jiff::civil::DateTime;

/// What is told of a booking.
#[derive(Clone, Debug)]
pub struct Record {
    pub number: BookingNumber,
    pub patient: Patient,
    pub site: SiteId,
    /// Taiwan's civil time.
    pub starts: DateTime,
    pub ends: DateTime,
    pub brand: Brand,
    pub attendance: Attendance,
}

/// What is told of a person.
#[derive(Clone, Debug)]
pub enum Patient {
    /// A keyed hash, the same for each record of the person. Nothing leads back from it without
    /// the service's secrets.
    Pseudonym(String),
    Identified {
        id: IdNumber,
        name: Name,
    },
}

impl Record {
    /// The appointment; `None` for a booking that has moved to another slot, which has an
    /// appointment of its own there.
    pub fn appointment(&self, naming: &Naming) -> Option<Appointment> {
        let (status, reason) = match &self.attendance {
            Attendance::Expected => ("booked", None),
            Attendance::CheckedIn { .. } => ("checked-in", None),
            Attendance::Vaccinated { .. } => ("fulfilled", None),
            // Who came and left is not one who did not come: FHIR has no other word for it.
            Attendance::Left { .. } => ("cancelled", Some(LEFT)),
            Attendance::Absent => ("noshow", None),
            Attendance::Cancelled => ("cancelled", None),
            Attendance::Moved => return None,
        };
        let takes_part = |actor| Participant { actor, status: "accepted" };
        let (who, place) = (Actor::Patient(self.patient(naming)), Actor::Place(place(self.site)));
        Some(Appointment {
            id: appointment_id(self.number),
            identifier: vec![self.identifier(naming)],
            status,
            cancelation_reason: reason.map(CodeableConcept::from),
            service_type: vec![IMMUNIZATION.into(), COVID_IMMUNIZATION.into()],
            start: civil_instant(self.starts),
            end: civil_instant(self.ends),
            participant: vec![takes_part(who), takes_part(place)],
        })
    }

    /// What was given; `None` if nothing was.
    pub fn immunization(&self, naming: &Naming) -> Option<Immunization> {
        let (at, lot) = match &self.attendance {
            Attendance::Vaccinated { at, lot, .. } => (at, lot),
            Attendance::Expected
            | Attendance::CheckedIn { .. }
            | Attendance::Left { .. }
            | Attendance::Absent
            | Attendance::Moved
            | Attendance::Cancelled => return None,
        };
        Some(Immunization {
            id: immunization_id(self.number),
            identifier: vec![self.identifier(naming)],
            status: "completed",
            vaccine_code: cvx(self.brand).into(),
            patient: self.patient(naming),
            occurrence_date_time: instant(*at),
            primary_source: true,
            location: place(self.site),
            lot_number: lot.clone(),
        })
    }

    fn identifier(&self, naming: &Naming) -> Identifier {
        Identifier { system: naming.system("booking"), value: self.number.to_string() }
    }

    fn patient(&self, naming: &Naming) -> PatientReference {
        let (kind, system, value, display) = match &self.patient {
            Patient::Pseudonym(hash) => {
                (None, naming.system("person"), Personal::new(hash.as_str()), None)
            }
            Patient::Identified { id, name } => {
                let (kind, system) = official(id);
                let number = Personal::new(id.expose());
                (Some(kind.into()), system.into(), number, Some(Personal::new(name.expose())))
            }
        };
        let identifier = PatientIdentifier { kind, system, value };
        PatientReference { kind: "Patient", identifier, display }
    }
}

/// A visit that the person ended (FHIR's list of reasons, `pat`: by the patient).
const LEFT: Coding = Coding {
    system: "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason",
    code: "pat",
    display: Some("Patient"),
};

/// The kind and the system of an identity number, as TW Core 1.0.0 has them in its Patient.
fn official(id: &IdNumber) -> (Coding, &'static str) {
    let kind = |code| Coding {
        system: "http://terminology.hl7.org/CodeSystem/v2-0203",
        code,
        display: None,
    };
    match id.kind() {
        IdKind::National => (kind("NNxxx"), "http://www.moi.gov.tw"),
        IdKind::Resident(_) | IdKind::OldResident => (kind("PRC"), "http://www.immigration.gov.tw"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::round::RoundNumber;
    use jiff::Timestamp;
    use jiff::civil::date;
    use rstest::rstest;
    use serde_json::{Value, json};

    const PSEUDONYM: &str = "00112233445566778899aabbccddeeff";

    fn naming() -> Naming {
        Naming::new(Some("https://booking.example".into()))
    }

    fn record(attendance: Attendance) -> Record {
        Record {
            number: BookingNumber::new(RoundNumber::try_from(2).unwrap(), 14637).unwrap(),
            patient: Patient::Pseudonym(PSEUDONYM.into()),
            site: SiteId(17),
            starts: date(2027, 7, 16).at(9, 0, 0, 0),
            ends: date(2027, 7, 16).at(10, 0, 0, 0),
            brand: Brand::Moderna,
            attendance,
        }
    }

    fn at() -> Timestamp {
        "2027-07-16T01:05:00Z".parse().unwrap()
    }

    fn vaccinated() -> Attendance {
        Attendance::Vaccinated { at: at(), lot: "3004217".into(), desk: "desk 2".into() }
    }

    fn json(of: impl serde::Serialize) -> Value {
        serde_json::to_value(of).unwrap()
    }

    #[rstest]
    #[case::expected(Attendance::Expected, Some("booked"), false)]
    #[case::in_the_house(
        Attendance::CheckedIn { at: at(), desk: "desk 2".into() }, Some("checked-in"), false
    )]
    #[case::vaccinated(vaccinated(), Some("fulfilled"), true)]
    #[case::left(Attendance::Left { at: at(), desk: "desk 2".into() }, Some("cancelled"), false)]
    #[case::absent(Attendance::Absent, Some("noshow"), false)]
    #[case::moved(Attendance::Moved, None, false)]
    #[case::cancelled(Attendance::Cancelled, Some("cancelled"), false)]
    fn each_state_of_the_day_has_its_status(
        #[case] attendance: Attendance,
        #[case] status: Option<&str>,
        #[case] is_given: bool,
    ) {
        let record = record(attendance);
        let told = record.appointment(&naming()).map(|appointment| appointment.status);
        assert_eq!(told, status);
        assert_eq!(record.immunization(&naming()).is_some(), is_given);
    }

    #[test]
    fn only_who_left_has_a_reason() {
        let reason = |attendance| {
            json(record(attendance).appointment(&naming()))["cancelationReason"]["coding"][0]
                ["code"]
                .clone()
        };
        let left = Attendance::Left { at: at(), desk: "desk 2".into() };
        assert_eq!(reason(left), "pat");
        assert_eq!(reason(Attendance::Cancelled), Value::Null);
    }

    #[test]
    fn a_booking_is_an_appointment_of_a_pseudonym_at_a_site() {
        let appointment = json(record(Attendance::Expected).appointment(&naming()));
        assert_eq!(appointment["id"], "booking-0200014637");
        assert_eq!(appointment["start"], "2027-07-16T09:00:00+08:00");
        assert_eq!(appointment["end"], "2027-07-16T10:00:00+08:00");
        let (who, place) = (&appointment["participant"][0], &appointment["participant"][1]);
        assert_eq!(
            who["actor"],
            json!({
                "type": "Patient",
                "identifier": {
                    "system": "https://booking.example/fhir/identifiers/person",
                    "value": PSEUDONYM
                }
            })
        );
        assert_eq!(place["actor"], json!({"reference": "Location/site-17"}));
    }

    #[test]
    fn what_was_given_has_its_vaccine_lot_and_moment_and_no_name_of_a_desk() {
        let given = json(record(vaccinated()).immunization(&naming()));
        assert_eq!(given["id"], "dose-0200014637");
        assert_eq!(given["status"], "completed");
        assert_eq!(given["vaccineCode"]["coding"][0]["code"], "207");
        assert_eq!(given["lotNumber"], "3004217");
        assert_eq!(given["occurrenceDateTime"], "2027-07-16T09:05:00+08:00");
        assert_eq!(given["location"]["reference"], "Location/site-17");
        assert_eq!(given["patient"]["identifier"]["value"], PSEUDONYM);
        assert!(!given.to_string().contains("desk"));
    }

    #[rstest]
    #[case("A123456789", "http://www.moi.gov.tw", "NNxxx")]
    #[case("A800000014", "http://www.immigration.gov.tw", "PRC")]
    fn who_is_named_is_named_as_the_authority_does(
        #[case] id: &str,
        #[case] system: &str,
        #[case] kind: &str,
    ) {
        let id = IdNumber::parse(id).unwrap();
        let patient = Patient::Identified { id: id.clone(), name: Name::new("甄健康") };
        let record = Record { patient, ..record(vaccinated()) };
        let told = json(record.immunization(&naming()))["patient"].clone();
        assert_eq!(told["display"], "甄健康");
        assert_eq!(told["identifier"]["value"], id.expose());
        assert_eq!(told["identifier"]["system"], system);
        assert_eq!(told["identifier"]["type"]["coding"][0]["code"], kind);
        assert!(!format!("{record:?}").contains("甄健康"), "Debug masks");
    }
}

//! Which institutions and staff there are, and what each may do now. Kept in memory, since each
//! call of staff is checked against it; the watch renews it, so that a right that is taken away
//! counts within a second.

use crate::domain::staff::{Rights, StaffRole};
use crate::server::store::ids::{InstitutionId, PersonKey, StaffId};
use crate::server::store::institutions::InstitutionRecord;
use crate::server::store::staff::StaffRecord;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Institutions and staff, as they were last read.
#[derive(Debug, Default)]
pub struct Roster {
    known: RwLock<Arc<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    /// By code, without those that are closed.
    institutions: HashMap<String, Arc<InstitutionRecord>>,
    staff: HashMap<StaffId, StaffRecord>,
    by_card: HashMap<PersonKey, Vec<StaffId>>,
}

/// Somebody who may work at a device now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OnDuty {
    pub id: StaffId,
    pub institution: Arc<InstitutionRecord>,
    pub role: StaffRole,
    pub rights: Rights,
}

/// Why somebody may not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotOnDuty {
    /// The device belongs to no institution, or to one that is closed.
    NoInstitution,
    Unknown,
    /// Staff of another institution only.
    Elsewhere(StaffId),
    Withdrawn(StaffId),
}

impl Roster {
    /// Replaces what is known.
    pub fn know(&self, institutions: Vec<InstitutionRecord>, staff: Vec<StaffRecord>) {
        let mut known = Known::default();
        for institution in institutions.into_iter().filter(|one| one.closed.is_none()) {
            known.institutions.insert(institution.code.clone(), Arc::new(institution));
        }
        for record in staff {
            known.by_card.entry(record.card).or_default().push(record.id);
            known.staff.insert(record.id, record);
        }
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(known);
    }

    /// The open institution with this code.
    pub fn institution(&self, code: &str) -> Option<Arc<InstitutionRecord>> {
        self.known().institutions.get(code).cloned()
    }

    /// The staff member with this number in this institution, withdrawn or not.
    pub fn of_institution(&self, id: StaffId, of: InstitutionId) -> Option<StaffRecord> {
        self.known().staff.get(&id).filter(|record| record.institution == of).copied()
    }

    /// Whose card this is, at a device of this institution.
    pub fn by_card(&self, card: PersonKey, code: &str) -> Result<OnDuty, NotOnDuty> {
        let known = self.known();
        let institution = known.institutions.get(code).ok_or(NotOnDuty::NoInstitution)?;
        let all = known.by_card.get(&card).map_or(&[][..], Vec::as_slice);
        let mut here = all.iter().filter_map(|id| known.staff.get(id));
        let here = here.find(|record| record.institution == institution.id);
        match (here, all.first()) {
            (Some(record), _) => on_duty(record, institution),
            (None, Some(elsewhere)) => Err(NotOnDuty::Elsewhere(*elsewhere)),
            (None, None) => Err(NotOnDuty::Unknown),
        }
    }

    /// Whether somebody who has logged in may still work, at a device of this institution.
    pub fn logged_in(&self, id: StaffId, code: &str) -> Result<OnDuty, NotOnDuty> {
        let known = self.known();
        let institution = known.institutions.get(code).ok_or(NotOnDuty::NoInstitution)?;
        match known.staff.get(&id) {
            Some(record) if record.institution == institution.id => on_duty(record, institution),
            Some(record) => Err(NotOnDuty::Elsewhere(record.id)),
            None => Err(NotOnDuty::Unknown),
        }
    }

    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn on_duty(
    record: &StaffRecord,
    institution: &Arc<InstitutionRecord>,
) -> Result<OnDuty, NotOnDuty> {
    if record.withdrawn.is_some() {
        return Err(NotOnDuty::Withdrawn(record.id));
    }
    let institution = Arc::clone(institution);
    Ok(OnDuty { id: record.id, institution, role: record.role, rights: record.rights })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::staff::Right;
    use jiff::Timestamp;

    fn institution(id: i64, code: &str, closed: Option<Timestamp>) -> InstitutionRecord {
        let (name_zh, name_en) = ("藥局".into(), "Pharmacy".into());
        InstitutionRecord { id: InstitutionId(id), code: code.into(), name_zh, name_en, closed }
    }

    fn staff(id: i64, of: i64, card: PersonKey, withdrawn: Option<Timestamp>) -> StaffRecord {
        StaffRecord {
            id: StaffId(id),
            institution: InstitutionId(of),
            card,
            role: StaffRole::User,
            rights: Right::ALL.into_iter().collect(),
            withdrawn,
        }
    }

    #[test]
    fn a_card_counts_in_its_own_institution_until_it_is_withdrawn() {
        let (roster, since) = (Roster::default(), Some(Timestamp::UNIX_EPOCH));
        roster.know(
            vec![institution(1, "A", None), institution(2, "B", None), institution(3, "C", since)],
            vec![staff(1, 1, 10, None), staff(2, 2, 20, since), staff(3, 2, 10, None)],
        );
        let by_card = |card, code| roster.by_card(card, code).map(|on_duty| on_duty.id.0);
        assert_eq!(by_card(10, "A"), Ok(1));
        assert_eq!(by_card(10, "B"), Ok(3), "who works at two institutions");
        assert_eq!(by_card(20, "B"), Err(NotOnDuty::Withdrawn(StaffId(2))));
        assert_eq!(by_card(20, "A"), Err(NotOnDuty::Elsewhere(StaffId(2))));
        assert_eq!(by_card(30, "A"), Err(NotOnDuty::Unknown));
        assert_eq!(by_card(10, "C"), Err(NotOnDuty::NoInstitution), "closed");
        let logged_in = |id, code| roster.logged_in(StaffId(id), code).map(|on_duty| on_duty.id.0);
        assert_eq!(logged_in(1, "A"), Ok(1));
        assert_eq!(logged_in(1, "B"), Err(NotOnDuty::Elsewhere(StaffId(1))));
        assert_eq!(logged_in(2, "B"), Err(NotOnDuty::Withdrawn(StaffId(2))));
        assert_eq!(logged_in(9, "B"), Err(NotOnDuty::Unknown));
    }
}

//! The made-up institutions of the training, with the practice staff who log in there. Their cards
//! are of the practice CA of this run, which the training's service alone trusts.

use super::DemoError;
use crate::devices::simulated::staff::PracticeStaff;
use crate::devices::simulated::staff_card::PracticeCards;
use crate::domain::personal::Personal;
use crate::domain::staff::{Right, Rights, StaffRole};
use crate::server::staff::certificate::owner;
use crate::server::staff::trust::Trust;
use crate::server::store::Store;
use crate::server::store::audit_trail::Actor;
use crate::server::store::institutions::NewInstitution;
use crate::server::store::staff::NewStaffRecord;
use jiff::Timestamp;

/// The institution that the training's one device belongs to.
pub const HERE: &str = "training";
const ELSEWHERE: &str = "training-elsewhere";

const INSTITUTIONS: [(&str, &str, &str); 2] = [
    (HERE, "練習健全藥局", "Jianquan Practice Pharmacy"),
    (ELSEWHERE, "練習別家藥局", "Another Practice Pharmacy"),
];

/// Adds institutions and staff to the store, which has none yet.
pub async fn fill(store: &Store, cards: &PracticeCards, now: Timestamp) -> Result<(), DemoError> {
    for (code, name_zh, name_en) in INSTITUTIONS {
        let (name_zh, name_en) = (name_zh.to_owned(), name_en.to_owned());
        let new = NewInstitution { code: code.to_owned(), name_zh, name_en, added: now };
        store.add_institution(&new).await?;
    }
    let institutions = store.institutions().await?;
    for staff in PracticeStaff::ALL {
        let code = if staff.works_here() { HERE } else { ELSEWHERE };
        let Some(institution) = institutions.iter().find(|one| one.code == code) else { continue };
        let new = NewStaffRecord {
            institution: institution.id,
            name: Personal::new(staff.name()),
            card: owner(cards.certificate(staff).der()).map_err(|_| "no owner of a card")?,
            role: staff.role(),
            rights: rights(staff.role()),
        };
        store.add_staff(&new, Actor::Administrator, now).await?;
    }
    Ok(())
}

fn rights(role: StaffRole) -> Rights {
    match role {
        StaffRole::Representative | StaffRole::Manager => Right::ALL.into_iter().collect(),
        StaffRole::User => [Right::Book, Right::Change, Right::CheckIn].into_iter().collect(),
    }
}

/// Which cards count in the training.
pub fn trust(cards: &PracticeCards) -> Result<Trust, DemoError> {
    let (ca, revoked) = (cards.root_pem().into(), cards.revoked_pem().into());
    Ok(Trust::new(HERE, &[ca], &[revoked])?)
}

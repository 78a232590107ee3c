//! The desk as a counter's staff see it: who they are by their cards, and their institution's
//! users.

use super::{Desk, problem};
use std::collections::HashMap;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::api::staff::{
    CardRefusal, InstitutionView, OpenStaffSession, StaffChallenge, StaffSessionOpened, StaffView,
};
use vaxkiosk::client::calls::{Answer, Call, Fault, Reply};
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::staff::{Right, StaffRole};

/// What the desk knows of staff.
#[derive(Default)]
pub struct StaffDesk {
    /// Refuses every log-in with this.
    pub refuses: Option<Code>,
    /// The next call of a person is refused with this.
    pub next_problem: Option<Code>,
    /// How often somebody logged in, and how often a session was closed.
    pub opened: u32,
    pub closed: u32,
    /// What was told of cards that refused.
    pub refusals: Vec<CardRefusal>,
    /// That does not arrive.
    pub loses_refusals: bool,
    /// Who was added or changed.
    pub users: Vec<StaffView>,
    /// Whether the last session of a person was opened with their consent.
    pub consent: bool,
    /// People besides those of the practice cards, by ID: who may book.
    pub citizens: HashMap<String, String>,
}

/// The certificate that the card of this staff member has on the stage.
pub fn certificate(staff: PracticeStaff) -> Vec<u8> {
    vec![staff as u8]
}

pub fn view(staff: PracticeStaff) -> StaffView {
    let rights: Vec<Right> = match staff {
        PracticeStaff::Manager => Right::ALL.to_vec(),
        PracticeStaff::User | PracticeStaff::Elsewhere => vec![Right::Book, Right::Change],
    };
    StaffView {
        id: staff as u32 + 1,
        name: Personal::new(["甄主管", "甄藥師", "甄別店"][staff as usize]),
        role: staff.role(),
        rights: rights.into_iter().collect(),
        withdrawn: None,
    }
}

impl Desk {
    fn staff_session(&mut self, ask: &OpenStaffSession, now: jiff::Timestamp) -> Reply {
        let staff = match ask {
            OpenStaffSession::Certificate { certificates, .. } => {
                let is_it =
                    |staff: &PracticeStaff| hex::encode(certificate(*staff)) == certificates[0];
                PracticeStaff::ALL.into_iter().find(is_it)
            }
            OpenStaffSession::NhiCard { password, .. } => {
                (password.expose() == super::PASSWORD).then_some(PracticeStaff::User)
            }
        };
        let staff = match (self.staff.refuses, staff) {
            (Some(code), _) => return problem(code, None),
            (None, None) => return problem(Code::UnknownPerson, None),
            (None, Some(PracticeStaff::Elsewhere)) => return problem(Code::StaffElsewhere, None),
            (None, Some(staff)) => staff,
        };
        self.staff.opened += 1;
        let token = format!("staff {} {}", staff as u8, self.staff.opened);
        Ok(Answer::StaffSession(Box::new(StaffSessionOpened {
            token: SessionToken(Personal::new(token)),
            institution: InstitutionView {
                code: "5901012345".into(),
                name_zh: "練習健全藥局".into(),
                name_en: "Jianquan Practice Pharmacy".into(),
            },
            staff: view(staff),
            expires: now + jiff::SignedDuration::from_hours(12),
        })))
    }

    /// The reply to a call of staff.
    pub fn staff_reply(&mut self, call: &Call, now: jiff::Timestamp) -> Reply {
        if let Some(reply) = self.counter_line_reply(call) {
            return reply;
        }
        Ok(match call {
            Call::StaffChallenge => Answer::StaffChallenge(StaffChallenge {
                server: "stage".into(),
                nonce: "12ab".into(),
                expires: now,
            }),
            Call::TellCardRefusal(_) if self.staff.loses_refusals => return Err(Fault::Gone),
            Call::TellCardRefusal(told) => {
                self.staff.refusals.push(told.reason);
                Answer::CardRefusalTold
            }
            Call::OpenStaffSession(ask) => return self.staff_session(ask, now),
            Call::CloseStaffSession { .. } => {
                self.staff.closed += 1;
                Answer::StaffClosed
            }
            Call::StaffUsers { .. } => {
                let mut users = vec![view(PracticeStaff::Manager), view(PracticeStaff::User)];
                for changed in &self.staff.users {
                    users.retain(|user| user.id != changed.id);
                    users.push(changed.clone());
                }
                users.sort_by_key(|user| user.id);
                Answer::StaffUsers(users)
            }
            Call::AddStaff { ask, .. } => {
                let id = 10 + self.staff.users.len() as u32;
                let (name, role, rights) = (ask.name.clone(), ask.role, ask.rights);
                let added = StaffView { id, name, role, rights, withdrawn: None };
                self.staff.users.push(added.clone());
                Answer::StaffAdded(added)
            }
            Call::ChangeStaff { id, ask, .. } => {
                assert!(StaffRole::Manager.may_name(StaffRole::User));
                let withdrawn = ask.withdrawn.then_some(now);
                let user = view(PracticeStaff::User);
                let changed = StaffView { id: *id, rights: ask.rights, withdrawn, ..user };
                self.staff.users.push(changed.clone());
                Answer::StaffChanged(changed)
            }
            Call::AsStaff { call, .. } => {
                if let Some(code) = self.staff.next_problem.take() {
                    return problem(code, None);
                }
                return self.reply(call, now);
            }
            other => return self.site_reply(other, now),
        })
    }
}

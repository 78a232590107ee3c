//! The institution's users: listed, changed, withdrawn, and added by their card; and the day of its
//! sites in figures.

use super::AtCounter;
use crate::api::staff::{ChangeStaff, NewStaff};
use crate::client::calls::{Answer, Call, Fault, Reply};
use crate::domain::taipei;
use crate::kiosk::model::counter::{CounterAction, LockCause};
use crate::kiosk::screens::counter::form::Listed;
use crate::kiosk::screens::counter::log_in::StaffReader;
use crate::kiosk::screens::counter::staff_list::{NewUser, Opened, StaffAnswer};
use crate::kiosk::screens::counter::{Notice, Question};

impl AtCounter<'_> {
    /// Asks who there is.
    pub fn ask_users(&mut self) {
        let Some(staff) = self.token() else { return };
        if let Some(working) = self.working() {
            working.staff.users = Listed::Asked;
            working.staff.open = None;
            self.outbox.users = Some(self.outbox.call(0, Call::StaffUsers { staff }));
        }
    }

    /// From the users to the day in figures, and back.
    fn other_page(&mut self) {
        let Some(working) = self.working() else { return };
        working.staff.at = 0;
        match working.staff.figures.take() {
            Some(_) => self.outbox.institution = None,
            None => self.ask_institution_figures(),
        }
    }

    fn ask_institution_figures(&mut self) {
        let date = taipei::civil(self.machine.now.wall).date();
        let Some(staff) = self.token() else { return };
        if let Some(working) = self.working() {
            working.staff.figures = Some(Listed::Asked);
            let call = Call::InstitutionFigures { staff, date };
            self.outbox.institution = Some(self.outbox.call(0, call));
        }
    }

    pub fn institution_figures_came(&mut self, reply: &Reply) {
        self.outbox.institution = None;
        let figures = match reply {
            Ok(Answer::InstitutionFigures(sites)) => Listed::Known(sites.clone()),
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => return,
            Ok(_) | Err(Fault::Gone | Fault::Problem(_)) => Listed::Failed,
        };
        // Whoever has gone back to the users does not want them any more.
        if let Some(working) = self.working()
            && working.staff.figures.is_some()
        {
            working.staff.figures = Some(figures);
        }
    }

    /// A key on the managers' page.
    pub fn manage(&mut self, action: CounterAction) {
        let Some(working) = self.counter.working_mut() else { return };
        if action == CounterAction::Clear && working.staff.open.is_none() {
            return self.other_page();
        }
        let was_adding = working.staff.awaits_card();
        match working.staff.act(action, working.duty.session.staff.role) {
            Some(StaffAnswer::AwaitCard) => working.staff.open = Some(Opened::AwaitCard),
            Some(StaffAnswer::Save) => self.save_user(false),
            Some(StaffAnswer::AskWithdraw) => working.asked = Some(Question::WithdrawStaff),
            None => {}
        }
        let adding = self.working().is_some_and(|working| working.staff.awaits_card());
        if was_adding && !adding {
            self.own_card_again();
        }
    }

    /// The certificate of the card that is in the staff's reader.
    pub(super) fn certificate_in(&self) -> Option<String> {
        match &self.counter.reader {
            StaffReader::Card(card) => Some(hex::encode(card.own.der())),
            StaffReader::Empty
            | StaffReader::NoModule(_)
            | StaffReader::NoReader
            | StaffReader::NotStaffCard => None,
        }
    }

    /// A card came or went while somebody new is added. The own one is nobody new.
    pub fn new_users_card(&mut self) {
        let certificate = self.certificate_in();
        let Some(working) = self.counter.working_mut() else { return };
        let certificate = certificate.filter(|it| working.duty.own_card.as_ref() != Some(it));
        match (&working.staff.open, certificate) {
            (Some(Opened::AwaitCard), Some(certificate)) => {
                working.staff.open = Some(Opened::New(NewUser::new(certificate)));
            }
            // The card of somebody else than the one who is being entered.
            (Some(Opened::New(new)), Some(certificate)) if new.certificate != certificate => {
                working.staff.open = None;
                self.lock(LockCause::CardOut);
            }
            _ => {}
        }
    }

    /// Nobody new is added any more, wherever one goes from there.
    pub fn end_adding(&mut self) {
        let Some(working) = self.counter.working_mut() else { return };
        if working.staff.awaits_card() {
            working.staff.open = None;
            self.own_card_again();
        }
    }

    /// When somebody new was added, or not, the manager's own card has to show that they are still
    /// there.
    fn own_card_again(&mut self) {
        let is_in = self.certificate_in();
        let needs_it = self.needs_staff_card();
        if needs_it && self.working().is_some_and(|working| working.duty.own_card != is_in) {
            self.lock(LockCause::CardOut);
        }
    }

    /// Sends what was entered on the managers' page.
    pub fn save_user(&mut self, withdrawn: bool) {
        let Some(staff) = self.token() else { return };
        let Some(working) = self.counter.working_mut() else { return };
        let call = match &working.staff.open {
            Some(Opened::User { user, rights, .. }) => {
                let ask = ChangeStaff { before: user.state(), rights: *rights, withdrawn };
                Call::ChangeStaff { staff, id: user.id, ask }
            }
            Some(Opened::New(new)) => {
                let ask = NewStaff {
                    name: new.name.clone(),
                    role: new.role,
                    rights: new.rights,
                    certificate: new.certificate.clone(),
                };
                Call::AddStaff { staff, ask }
            }
            Some(Opened::AwaitCard) | Some(Opened::Sending { .. }) | None => return,
        };
        let added = matches!(call, Call::AddStaff { .. });
        working.staff.open = Some(Opened::Sending { added });
        self.outbox.users = Some(self.outbox.call(0, call));
    }

    pub fn users_reply(&mut self, reply: Reply) {
        self.outbox.users = None;
        let Some(working) = self.counter.working_mut() else { return };
        let added = matches!(working.staff.open, Some(Opened::Sending { added: true }));
        match reply {
            Ok(Answer::StaffUsers(users)) => working.staff.users = Listed::Known(users),
            Ok(Answer::StaffAdded(_) | Answer::StaffChanged(_)) => {
                self.ask_users();
                if let Some(working) = self.working() {
                    working.notice = Some(Notice::StaffSaved);
                }
            }
            Err(Fault::Problem(problem)) if self.is_of_staff(problem.code) => return,
            Ok(_) | Err(Fault::Gone) => self.users_failed(Notice::NoLine),
            Err(Fault::Problem(problem)) => self.users_failed(Notice::Problem(problem.code)),
        }
        if added {
            self.own_card_again();
        }
    }

    fn users_failed(&mut self, notice: Notice) {
        self.outbox.bell();
        if let Some(working) = self.working() {
            working.staff.open = None;
            working.notice = Some(notice);
            if working.staff.users == Listed::Asked {
                working.staff.users = Listed::Failed;
            }
        }
    }
}

//! The calls of staff by HTTP. All but the log-in are made by a client that sends their token.

use super::calls::{Answer, Reply};
use super::http::{Client, read, send};
use crate::api::paths;
use crate::api::staff::{ChangeStaff, NewStaff, OpenStaffSession};
use reqwest::Method;

impl Client {
    pub(super) async fn staff_challenge(&self) -> Reply {
        let request = self.request(Method::POST, paths::STAFF_CHALLENGES);
        Ok(Answer::StaffChallenge(read(request).await?))
    }

    pub(super) async fn open_staff_session(&self, ask: &OpenStaffSession) -> Reply {
        let request = self.request(Method::POST, paths::STAFF_SESSIONS).json(ask);
        Ok(Answer::StaffSession(Box::new(read(request).await?)))
    }

    pub(super) async fn close_staff_session(&self) -> Reply {
        send(self.request(Method::DELETE, paths::OWN_STAFF_SESSION)).await?;
        Ok(Answer::StaffClosed)
    }

    pub(super) async fn staff_users(&self) -> Reply {
        Ok(Answer::StaffUsers(read(self.request(Method::GET, paths::STAFF_USERS)).await?))
    }

    pub(super) async fn add_staff(&self, ask: &NewStaff) -> Reply {
        let request = self.request(Method::POST, paths::STAFF_USERS).json(ask);
        Ok(Answer::StaffAdded(read(request).await?))
    }

    pub(super) async fn change_staff(&self, id: u32, ask: ChangeStaff) -> Reply {
        let request = self.request(Method::PUT, &paths::staff_user(id)).json(&ask);
        Ok(Answer::StaffChanged(read(request).await?))
    }
}

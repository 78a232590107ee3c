//! The calls of a vaccination site's desk by HTTP, by a client that sends the token of its staff.

use super::calls::{Answer, Reply};
use super::http::{Client, read};
use crate::api::attendance::EnterAttendance;
use crate::api::paths;
use jiff::civil::Date;
use reqwest::Method;

impl Client {
    pub(super) async fn attendance_day(&self, date: Date) -> Reply {
        let request = self.request(Method::GET, &paths::attendance_day(date));
        Ok(Answer::AttendanceDay(Box::new(read(request).await?)))
    }

    pub(super) async fn enter_attendance(&self, ask: &EnterAttendance) -> Reply {
        let request = self.request(Method::POST, paths::ATTENDANCE_ENTRIES).json(ask);
        Ok(Answer::AttendanceEntered(read(request).await?))
    }

    pub(super) async fn attendance_figures(&self, date: Date) -> Reply {
        let request = self.request(Method::GET, &paths::attendance_figures(date));
        Ok(Answer::AttendanceFigures(read(request).await?))
    }
}

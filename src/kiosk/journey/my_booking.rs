//! The booking that is there: shown, printed, moved, cancelled.

use super::path::Step;
use super::steps::Heading;
use super::visiting::Visiting;
use crate::api::bookings::CancelBooking;
use crate::domain::region;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::errand::{Errand, RescheduleDraft, Seat};
use crate::kiosk::model::printing::{Paper, Printing};
use crate::kiosk::model::submission::Submission;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::question::Question;
use crate::kiosk::screens::receipt::{Receipt, ReceiptAnswer};

impl Visiting<'_> {
    pub fn show_booking(&mut self) {
        if let Some(booking) = self.visit.person.as_ref().and_then(|person| person.booking()) {
            let receipt = Receipt::new(booking, true);
            self.show(Screen::Receipt(receipt));
        }
    }

    pub fn receipt(&mut self, answer: ReceiptAnswer) {
        match answer {
            ReceiptAnswer::Print => self.print(),
            ReceiptAnswer::Done => self.end(Reason::Finished),
            ReceiptAnswer::Reschedule => self.reschedule(),
            ReceiptAnswer::Cancel => self.show(Screen::Question(Question::CancelBooking)),
        }
    }

    /// To the times of the site where the booking is; another site is one step back.
    fn reschedule(&mut self) {
        let Some(booking) = self.visit.person.as_ref().and_then(|person| person.booking()) else {
            return;
        };
        let site = booking.site.clone();
        // A site's district is checked when the programme is imported: every site has one.
        let Some(district) = region::district(site.district) else { return };
        let seat = Seat::Site(district, Box::new(site));
        let draft = RescheduleDraft { booking: booking.number, seat };
        self.visit.errand = Some(Errand::Rescheduling(draft));
        self.enter(Step::Slot, Heading::Forward);
    }

    pub fn cancel_booking(&mut self) {
        if let Some(booking) = self.visit.person.as_ref().and_then(|person| person.booking()) {
            let (number, language) = (booking.number, self.visit.language);
            self.send(Submission::Cancel(CancelBooking { number, language }));
        }
    }

    /// Prints once for one press; a failure is told, and another press tries again. Paper never
    /// changes a booking.
    fn print(&mut self) {
        let profile = &self.machine.profile;
        let Some(booking) = self.visit.booking().cloned() else { return };
        if !self.visit.printing().may_begin() {
            return;
        }
        let paper = Paper {
            booking,
            language: self.visit.language,
            training: profile.training,
            cancels_elsewhere: !profile.channel.may_cancel(),
        };
        let ticket = self.outbox.ticket(self.visit.id);
        if let Some(printing) = self.visit.printing_mut() {
            *printing = Printing::Running(ticket);
        }
        self.outbox.push(Effect::Print { ticket, paper: Box::new(paper) });
    }
}

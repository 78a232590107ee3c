//! The receipt on paper: printed once for one press, told when it failed, and tried again by
//! another press. Paper never changes a booking.

use super::Journey;
use super::effect::{Effect, Ticket};
use crate::devices::printer::PrintFault;
use crate::kiosk::paper::Paper;
use crate::kiosk::paper::Printing;
use crate::kiosk::screens::Screen;

impl Journey {
    pub(super) fn print(&mut self, effects: &mut Vec<Effect>) {
        let Some(session) = &self.session else { return };
        let Some(booking) = session.booking.clone() else { return };
        let paper = Paper {
            booking,
            language: session.language,
            training: self.profile.training,
            cancels_elsewhere: !self.profile.channel.may_cancel(),
        };
        let shown = matches!(self.screen, Screen::Receipt(_)) && self.profile.prints;
        let ticket = self.ticket();
        if let Some(session) = &mut self.session
            && shown
            && session.printing.may_begin()
        {
            session.printing = Printing::Running(ticket);
            effects.push(Effect::Print { ticket, paper: Box::new(paper) });
        }
    }

    /// What became of it. One whose session is over, or whose booking is another now, is nobody's.
    pub(super) fn printed(&mut self, ticket: Ticket, outcome: Result<(), PrintFault>) {
        if let Some(session) = &mut self.session
            && session.printing == Printing::Running(ticket)
        {
            session.printing = outcome.map_or_else(Printing::Failed, |()| Printing::Done);
        }
    }
}

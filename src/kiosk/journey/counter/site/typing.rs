//! What is typed at a site's desk: a booking number, the lot number of the day, or what the page of
//! leftover doses asks.

use super::AtCounter;
use crate::kiosk::model::check_in::Presented;
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::site::{LOT_AT_MOST, SitePage, is_lot};
use crate::kiosk::screens::counter::site::{Front, SiteDesk};

/// Digits of a booking number.
const NUMBER: usize = 10;

impl AtCounter<'_> {
    /// Characters go into the lot number on its page, and into a booking number elsewhere.
    pub(super) fn typed(&mut self, action: CounterAction) {
        let Some(desk) = self.desk() else { return };
        match desk.page {
            SitePage::Lot => self.type_lot(action),
            SitePage::Conflicts if action == CounterAction::Enter => self.seen(),
            SitePage::Desk => self.type_number(action),
            SitePage::Leftover => self.type_leftover(action),
            SitePage::List | SitePage::Conflicts | SitePage::Figures => {}
        }
    }

    fn type_lot(&mut self, action: CounterAction) {
        let Some(desk) = self.desk() else { return };
        match action {
            CounterAction::Type(letter)
                if (letter.is_ascii_alphanumeric() || letter == '-')
                    && desk.typed_lot.len() < LOT_AT_MOST =>
            {
                desk.typed_lot.push(letter.to_ascii_uppercase());
            }
            CounterAction::Erase => {
                desk.typed_lot.pop();
            }
            CounterAction::Enter if is_lot(&desk.typed_lot) => {
                desk.lot = Some(std::mem::take(&mut desk.typed_lot));
                desk.page = desk.page_after_lot();
            }
            _ => {}
        }
    }

    fn type_number(&mut self, action: CounterAction) {
        let Some(desk) = self.desk() else { return };
        if let (CounterAction::Type(digit), Front::Ready { .. }) = (action, &desk.front) {
            if !digit.is_ascii_digit() {
                return;
            }
        } else if let CounterAction::Type('0'..='9') = action {
            if !desk.takes_number() {
                // They are the next person's, and nobody has left this one yet.
                return self.outbox.bell();
            }
            // Whoever types goes on to the next person, without a pause.
            desk.front = Front::ready();
        }
        let Front::Ready { typed } = &mut desk.front else {
            if action == CounterAction::Enter {
                self.entered_in_front();
            }
            return;
        };
        match action {
            CounterAction::Type(digit) if typed.expose().len() < NUMBER => typed.push(digit),
            CounterAction::Erase => {
                typed.pop();
            }
            CounterAction::Enter if !typed.is_empty() => {
                let presented = Presented::typed(typed.expose());
                self.present(presented);
            }
            _ => {}
        }
    }

    /// Enter does what the main button does. It drops nobody who could be checked in.
    fn entered_in_front(&mut self) {
        let now = self.civil();
        let Some(desk) = self.desk() else { return };
        match (&desk.front, desk.meant_by(CounterAction::Enter, now)) {
            (Front::Writing { .. }, _) => {}
            (_, Some(choice)) => self.site_action(choice),
            (Front::Done { .. }, None) => self.next_at_desk(),
            (_, None) => {}
        }
    }
}

impl SiteDesk {
    /// Whether a digit begins another booking number. While somebody waits for an answer it could
    /// as well be that of their button.
    fn takes_number(&self) -> bool {
        match self.front {
            Front::Done { .. } => self.conflict_in_front().is_none(),
            Front::Shown(_)
            | Front::NotSaved { .. }
            | Front::Ready { .. }
            | Front::Reading
            | Front::LookingUp(_)
            | Front::Writing { .. } => false,
        }
    }
}

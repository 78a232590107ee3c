//! How somebody stands at the stage's service desk.

use super::*;

impl Desk {
    pub(super) fn standing(&self, id: &str, now: jiff::Timestamp) -> Option<Standing> {
        let of = |card: PracticeCard| card.face().is_ok_and(|face| face.id.expose() == id);
        let refusal = match round().phase(now) {
            Phase::Open { .. } => None,
            Phase::NotOpenYet { opens } => Some(Refusal::NotOpenYet { opens }),
            Phase::Closed { closed } => Some(Refusal::Closed { closed }),
        };
        let intention = self.registered.clone().unwrap_or_else(|| Some(first_intention()));
        let displaced = self.line.displaced.clone().or(self.counter_line.displaced.clone());
        let chooses = displaced.as_ref().is_some_and(|it| now < it.until);
        let refusal = self.standing.or(refusal.filter(|_| !chooses));
        let standing = |name: &str, refusal, intention, booking| Standing {
            name_masked: Personal::new(name),
            refusal,
            registering: self.registering,
            intention,
            booking,
            offer: self.line.offer.clone().or(self.counter_line.offer.clone()),
            displaced,
        };
        if let Some(name) = self.staff.citizens.get(id) {
            let name = vaxkiosk::domain::person::Name::new(name.clone()).masked();
            return Some(standing(&name, refusal, intention, None));
        }
        if of(PracticeCard::MayBook) || of(PracticeCard::MigrantWorker) {
            let booking = self.booked.values().next().cloned();
            let refusal = match (&booking, &intention) {
                (Some(_), _) => Some(Refusal::AlreadyBooked),
                (None, None) => Some(Refusal::NotRegistered),
                (None, Some(_)) => refusal,
            };
            Some(standing("甄〇康", refusal, intention, booking))
        } else if of(PracticeCard::NotInRound) {
            let refusal = Some(Refusal::NotInRound);
            Some(Standing { registering: refusal, ..standing("甄〇輕", refusal, None, None) })
        } else if of(PracticeCard::AlreadyBooked) {
            let booking = self.booked.values().next().cloned();
            let booking = booking.or_else(|| Some(self.booking(SlotId(101), 1)));
            let booking = booking.filter(|booking| !self.cancelled.contains(&booking.number));
            let refusal = if booking.is_some() { Some(Refusal::AlreadyBooked) } else { refusal };
            Some(standing("甄〇約", refusal, intention, booking))
        } else {
            None
        }
    }
}

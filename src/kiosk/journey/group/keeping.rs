//! What a visit of several people keeps going: their sessions, which are opened anew before they
//! end, and their paper, one page after another.

use super::super::Journey;
use super::super::visiting::Visiting;
use crate::api::sessions::{OpenSession, SessionOpened, SessionToken};
use crate::client::calls::{Answer, Call, Reply};
use crate::devices::printer::PrintFault;
use crate::domain::card::Card;
use crate::domain::personal::Personal;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::printing::{Paper, PaperForAll, Printing};
use crate::kiosk::model::sign_in::SignIn;
use crate::kiosk::model::ticket::Ticket;
use std::time::Duration;

/// So long before its end a session is opened anew.
const BEFORE_END: Duration = Duration::from_secs(180);
/// If that was not answered, it is asked again after this.
const ASK_AGAIN: Duration = Duration::from_secs(10);

impl Journey {
    /// A session that was opened for somebody who has gone meanwhile.
    pub(in super::super) fn nobodys_session(
        &self,
        ticket: Ticket,
        reply: &Reply,
    ) -> Option<SessionToken> {
        let Ok(Answer::Session(opened)) = reply else { return None };
        let group = self.current_visit().and_then(|visit| visit.group.as_ref());
        let renewing = group.and_then(|group| group.renewing.as_ref());
        let awaited = self.outbox.awaited == Some(ticket)
            || renewing.is_some_and(|(renewing, _, _)| *renewing == ticket);
        (!awaited).then(|| opened.token.clone())
    }
}

impl Visiting<'_> {
    /// Opens the session anew that ends next, while the visit goes on longer. Whatever is being
    /// sent would be refused under a session that is closed, so nothing is done meanwhile.
    pub fn keep_sessions(&mut self) {
        let (uptime, limit) = (self.machine.now.uptime, self.machine.profile.session_limit);
        let Some(group) = &self.visit.group else { return };
        let asked = group.renewing.as_ref().map(|(_, _, asked)| *asked);
        if group.booked
            || self.screen.waits_for_service()
            || asked.is_some_and(|asked| uptime < asked + ASK_AGAIN)
        {
            return;
        }
        let ends = self.visit.ends(limit);
        let is_due = |opened: Duration| {
            let end = opened + limit;
            end < ends && uptime + BEFORE_END >= end
        };
        let own = self.visit.person.as_ref().zip(self.visit.card());
        let own = own.filter(|_| self.visit.is_renewable() && is_due(group.opened));
        let own = own.map(|(person, card)| (person.token.clone(), card));
        let mut others = group.others.iter().filter(|member| is_due(member.opened));
        let next = own.or_else(|| {
            others.find_map(|member| Some((member.person.token.clone(), member.card.as_deref()?)))
        });
        let Some((token, proof)) = next.and_then(|(token, card)| Some((token, proof(card)?)))
        else {
            return;
        };
        let ticket = self.outbox.call(self.visit.id, Call::OpenSession(Box::new(proof)));
        if let Some(group) = &mut self.visit.group {
            group.renewing = Some((ticket, token, uptime));
        }
    }

    /// The answer to that question; `false` if it is another's.
    pub fn session_kept(&mut self, ticket: Ticket, reply: &Reply) -> bool {
        let Some(group) = &mut self.visit.group else { return false };
        let Some((_, before, asked)) =
            group.renewing.clone().filter(|(renewing, _, _)| *renewing == ticket)
        else {
            return false;
        };
        let Ok(Answer::Session(opened)) = reply else { return true };
        group.renewing = None;
        // What is being sent goes under the session before, which stays until another turn.
        let unused = match self.screen.waits_for_service() {
            true => opened.token.clone(),
            false => self.replace_session(&before, opened, asked),
        };
        self.outbox.call(self.visit.id, Call::CloseSession { token: unused });
        true
    }

    /// Puts a session in the place of the one before; the one of the two that is nobody's now.
    fn replace_session(
        &mut self,
        before: &SessionToken,
        opened: &SessionOpened,
        asked: Duration,
    ) -> SessionToken {
        let Some(group) = &mut self.visit.group else { return opened.token.clone() };
        let own = self.visit.person.as_mut().map(|person| (person, &mut group.opened));
        let others = group.others.iter_mut().map(|member| (&mut member.person, &mut member.opened));
        let mut all = own.into_iter().chain(others);
        match all.find(|(person, _)| person.token == *before) {
            Some((person, at)) => {
                *at = asked;
                std::mem::replace(&mut person.token, opened.token.clone())
            }
            None => opened.token.clone(),
        }
    }

    /// One press prints a receipt each and the page for all, once; after a failure another press
    /// goes on with what is missing.
    pub fn print_all(&mut self) {
        let running = |printing| matches!(printing, Printing::Running(_));
        let Some(group) = &self.visit.group else { return };
        if self.visit.people().any(|person| running(person.printing)) || running(group.printing) {
            return;
        }
        self.print_next();
    }

    /// The next page that is not printed.
    fn print_next(&mut self) {
        let next = self.visit.people().position(|person| person.printing.may_begin());
        let (language, profile) = (self.visit.language, &self.machine.profile);
        let (training, cancels_elsewhere) = (profile.training, !profile.channel.may_cancel());
        let ticket = self.outbox.ticket(self.visit.id);
        let Some(nth) = next else { return self.print_for_all(ticket) };
        let Some(person) = self.visit.person_mut(nth) else { return };
        let Some(booking) = person.booking().cloned() else { return };
        person.printing = Printing::Running(ticket);
        let paper = Box::new(Paper { booking, language, training, cancels_elsewhere });
        self.outbox.push(Effect::Print { ticket, paper });
    }

    fn print_for_all(&mut self, ticket: Ticket) {
        let name = |nth| self.visit.shown(nth).map(|(name, _)| name).unwrap_or_default();
        let bookings = self.visit.people().enumerate();
        let bookings = bookings
            .filter_map(|(nth, it)| Some((Personal::new(name(nth)), it.booking()?.clone())));
        let (language, training) = (self.visit.language, self.machine.profile.training);
        let paper = PaperForAll { bookings: bookings.collect(), language, training };
        let Some(group) = &mut self.visit.group else { return };
        // Whoever is left of several has all on their own page.
        if group.others.is_empty() {
            group.printing = Printing::Done;
        } else if group.printing.may_begin() {
            group.printing = Printing::Running(ticket);
            self.outbox.push(Effect::PrintTogether { ticket, paper: Box::new(paper) });
        }
    }

    /// A page of the group has come out, or has not. The next one follows a page that came out.
    pub fn group_printed(&mut self, ticket: Ticket, outcome: Result<(), PrintFault>) {
        let Some(group) = &mut self.visit.group else { return };
        let members = group.others.iter_mut().map(|member| &mut member.person.printing);
        let own = self.visit.person.iter_mut().map(|person| &mut person.printing);
        let all = own.chain(members).chain(std::iter::once(&mut group.printing));
        let mut is_ours = false;
        for printing in all {
            is_ours |= *printing == Printing::Running(ticket);
            printing.finish(ticket, outcome);
        }
        if is_ours && outcome.is_ok() {
            self.print_next();
        }
    }
}

fn proof(card: &Card) -> Option<OpenSession> {
    SignIn::Card.proof(Some(card))
}

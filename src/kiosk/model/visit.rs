//! The visit: one person's time at the kiosk, dropped and wiped whole at its end.

use super::errand::Errand;
use super::group::{Group, Newcomer};
use super::person::Person;
use super::printing::Printing;
use super::sign_in::SignIn;
use crate::api::bookings::BookingView;
use crate::api::sessions::SessionToken;
use crate::devices::card_reader::CardFault;
use crate::domain::card::Card;
use crate::domain::identity::IdNumber;
use crate::domain::language::Language;
use std::time::Duration;

/// One person's time at the kiosk. Its personal texts wipe themselves when it is dropped.
#[derive(Clone, PartialEq, Debug)]
pub struct Visit {
    pub id: u64,
    /// The uptime at its beginning, or when more time was asked for.
    pub started: Duration,
    /// How often its time was begun anew.
    pub more_time: u8,
    /// The person has seen that the end is near.
    pub end_known: bool,
    pub language: Language,
    pub language_chosen: bool,
    /// Whether the Chinese stands beside the person's language.
    pub bilingual: bool,
    /// The privacy notice has been agreed to.
    pub agreed: bool,
    pub card: CardState,
    pub sign_in: SignIn,
    /// Who has shown who they are.
    pub person: Option<Person>,
    pub errand: Option<Errand>,
    /// Those who book together with the person, while they do.
    pub group: Option<Group>,
    /// How much longer the visit lasts because of others who came along, also when they have gone.
    pub extra: Duration,
    /// The person's card was taken out for others' cards, and others are not there any more.
    pub card_away: bool,
    /// A slot has been offered, or could not be.
    pub offered: bool,
    /// A seat that is held for them has been shown.
    pub held_shown: bool,
    /// What was booked by the code of a text message, by somebody whom nobody knows.
    pub by_code: Option<Box<ByCode>>,
}

/// A booking that was made by a code alone.
#[derive(Clone, PartialEq, Debug)]
pub struct ByCode {
    pub booking: BookingView,
    /// What became of its receipt on paper.
    pub printing: Printing,
}

/// How much longer a visit may last for each person who comes along: to put a card in, to agree and
/// to choose a telephone takes somebody who reads slowly a minute and a half.
const FOR_EACH_OTHER: Duration = Duration::from_secs(120);

/// How far the card has been read.
#[derive(Clone, PartialEq, Debug)]
pub enum CardState {
    Absent,
    Reading,
    Read(Box<Card>),
    Faulty(CardFault),
}

impl Visit {
    pub fn new(id: u64, started: Duration, language: Language) -> Self {
        Self {
            id,
            started,
            more_time: 0,
            end_known: false,
            language,
            language_chosen: false,
            bilingual: false,
            agreed: false,
            card: CardState::Absent,
            sign_in: SignIn::default(),
            person: None,
            errand: None,
            group: None,
            extra: Duration::ZERO,
            card_away: false,
            offered: false,
            held_shown: false,
            by_code: None,
        }
    }

    /// The card that has been read.
    pub fn card(&self) -> Option<&Card> {
        match &self.card {
            CardState::Read(card) => Some(card),
            CardState::Absent | CardState::Reading | CardState::Faulty(_) => None,
        }
    }

    /// Whether somebody has begun to show who they are: a card that comes now is another's.
    pub fn is_taken(&self) -> bool {
        self.card != CardState::Absent
            || self.person.is_some()
            || self.sign_in.found().is_some()
            || self.by_code.is_some()
    }

    /// The booking that is there: the person's, or what was booked by a code.
    pub fn booking(&self) -> Option<&BookingView> {
        let by_code = self.by_code.as_ref().map(|by_code| &by_code.booking);
        self.person.as_ref().and_then(Person::booking).or(by_code)
    }

    /// What becomes of its receipt on paper.
    pub fn printing(&self) -> Printing {
        match (&self.person, &self.by_code) {
            (Some(person), _) => person.printing,
            (None, Some(by_code)) => by_code.printing,
            (None, None) => Printing::NotYet,
        }
    }

    pub fn printing_mut(&mut self) -> Option<&mut Printing> {
        match (&mut self.person, &mut self.by_code) {
            (Some(person), _) => Some(&mut person.printing),
            (None, Some(by_code)) => Some(&mut by_code.printing),
            (None, None) => None,
        }
    }

    /// The name on the card, or as the service told it.
    pub fn name_masked(&self) -> Option<String> {
        match (self.card(), &self.person) {
            (Some(card), _) => Some(card.name.masked()),
            (None, Some(person)) => Some(person.standing.name_masked.expose().to_owned()),
            (None, None) => None,
        }
    }

    /// The ID number on the card, or as it was typed.
    pub fn id_masked(&self) -> Option<String> {
        match self.card() {
            Some(card) => Some(card.id.masked()),
            None => self.own_id().map(|id| id.masked()),
        }
    }

    /// The ID number of the visit's person: from their card, or as it was typed.
    fn own_id(&self) -> Option<&IdNumber> {
        let typed = self.group.as_ref().and_then(|group| group.first_typed.as_ref());
        let typed = typed.or_else(|| self.own_sign_in().id());
        self.card().map(|card| &card.id).or(typed)
    }

    /// When it ends by itself. Nobody's session may end before that: those of people with a card
    /// are opened anew in time, and where somebody typed their numbers their session is the end.
    pub fn ends(&self, limit: Duration) -> Duration {
        let end = self.started + limit + self.extra;
        let Some(group) = &self.group else { return end };
        let own = (!self.is_renewable()).then_some(group.opened);
        let typed = group.others.iter().filter(|member| !member.is_renewable());
        typed.map(|member| member.opened).chain(own).fold(end, |end, at| end.min(at + limit))
    }

    /// Somebody has come along: there is time for as many as there are now.
    pub fn give_time_for_others(&mut self) {
        let others = self.group.as_ref().map_or(0, |group| group.others.len());
        self.extra = self.extra.max(FOR_EACH_OTHER * others as u32);
    }

    /// How the person signed in, also while somebody else types.
    fn own_sign_in(&self) -> &SignIn {
        let aside = self.group.as_ref().and_then(|group| group.aside.as_ref());
        aside.unwrap_or(&self.sign_in)
    }

    /// Whether the person's session can be opened again by what the kiosk has.
    pub fn is_renewable(&self) -> bool {
        self.card().is_some() && !self.card_away && self.own_sign_in().uses_card()
    }

    /// Whether more time can be given to all who are here.
    pub fn all_are_renewable(&self) -> bool {
        let others = self.group.iter().flat_map(|group| &group.others);
        self.is_renewable() && others.into_iter().all(|member| member.is_renewable())
    }

    /// The people who book: the person, and those who came along.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        let others = self.group.iter().flat_map(|group| &group.others);
        self.person.iter().chain(others.map(|member| &member.person))
    }

    pub fn person_mut(&mut self, nth: usize) -> Option<&mut Person> {
        match nth {
            0 => self.person.as_mut(),
            _ => self.group.as_mut()?.other_mut(nth).map(|member| &mut member.person),
        }
    }

    /// The sessions of all of them.
    pub fn tokens(&self) -> Vec<SessionToken> {
        self.people().map(|person| person.token.clone()).collect()
    }

    /// The sessions of all, also of somebody who is just coming along.
    pub fn all_tokens(&self) -> Vec<SessionToken> {
        let newcomer = match self.group.as_ref().map(|group| &group.newcomer) {
            Some(Newcomer::Known(member)) => Some(member.person.token.clone()),
            Some(Newcomer::Nobody | Newcomer::Reading | Newcomer::Card(_) | Newcomer::Typing)
            | None => None,
        };
        self.tokens().into_iter().chain(newcomer).collect()
    }

    /// One of them as they may be shown: name and telephone.
    pub fn shown(&self, nth: usize) -> Option<(String, String)> {
        let own = self.errand.as_ref().and_then(Errand::mobile);
        let own = own.map(|mobile| mobile.shown.expose().to_owned()).unwrap_or_default();
        if nth == 0 {
            return Some((self.name_masked()?, own));
        }
        let member = self.group.as_ref()?.other(nth)?;
        let mobile = match &member.mobile {
            _ if member.shares_mobile() => own,
            Some(mobile) => mobile.shown.expose().to_owned(),
            None => String::new(),
        };
        Some((member.name_masked.expose().to_owned(), mobile))
    }

    /// Whether somebody with this ID number is among them.
    pub fn has_id(&self, id: &IdNumber) -> bool {
        let own = self.own_id();
        let others = self.group.iter().flat_map(|group| &group.others);
        own == Some(id) || others.into_iter().any(|member| member.id == *id)
    }

    /// Whether free seats matter to what they came for.
    pub fn looks_for_seats(&self) -> bool {
        match &self.errand {
            None | Some(Errand::Booking(_) | Errand::Rescheduling(_)) => true,
            Some(Errand::Registering(_) | Errand::Waiting(_) | Errand::Leftovers(_)) => false,
        }
    }

    /// Whether they say what they would wait for.
    pub fn waits(&self) -> bool {
        matches!(self.errand, Some(Errand::Waiting(_)))
    }

    pub fn is_registering(&self) -> bool {
        matches!(self.errand, Some(Errand::Registering(_)))
    }

    pub fn is_rescheduling(&self) -> bool {
        matches!(self.errand, Some(Errand::Rescheduling(_)))
    }
}

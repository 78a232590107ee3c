//! The institution's users, for whoever manages them: the list, one of them with what they may do,
//! somebody new by their card, and the day of the institution's sites in figures.

use super::form::Listed;
use crate::api::attendance::SiteFigures;
use crate::api::staff::StaffView;
use crate::domain::personal::Personal;
use crate::domain::staff::{Right, Rights, StaffRole};
use crate::kiosk::model::counter::{CounterAction, Field};

/// What the page shows.
#[derive(Clone, PartialEq, Debug)]
pub struct StaffList {
    pub users: Listed<StaffView>,
    /// Which line is marked; the last is for somebody new.
    pub at: usize,
    pub open: Option<Opened>,
    /// The institution's day; `None` while the users are shown.
    pub figures: Option<Listed<SiteFigures>>,
}

/// Whose rights are open.
#[derive(Clone, PartialEq, Debug)]
pub enum Opened {
    /// Somebody of the list.
    User {
        user: StaffView,
        rights: Rights,
        at: usize,
    },
    /// Somebody new: their card is to be put into the staff's reader in place of the own one.
    AwaitCard,
    New(NewUser),
    /// It is sent. `added`: somebody new, whose card is in instead of the own one.
    Sending {
        added: bool,
    },
}

/// Somebody new, as they are entered.
#[derive(Clone, PartialEq, Debug)]
pub struct NewUser {
    /// X.509 in DER, as hexadecimal digits.
    pub certificate: String,
    pub name: Personal,
    pub role: StaffRole,
    pub rights: Rights,
    pub field: Field,
    /// Which right is marked.
    pub at: usize,
}

/// What the page wants done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StaffAnswer {
    /// Somebody new is to put their card in.
    AwaitCard,
    Save,
    AskWithdraw,
}

impl Default for StaffList {
    fn default() -> Self {
        Self { users: Listed::Nothing, at: 0, open: None, figures: None }
    }
}

impl StaffList {
    /// Whether the manager's own card may be out.
    pub fn awaits_card(&self) -> bool {
        match self.open {
            Some(Opened::AwaitCard | Opened::New(_)) => true,
            Some(Opened::Sending { added }) => added,
            Some(Opened::User { .. }) | None => false,
        }
    }

    /// Whether a character ticks something instead of going into a field.
    pub fn ticks(&self, letter: char) -> bool {
        let is_name = matches!(&self.open, Some(Opened::New(new)) if new.field == Field::StaffName);
        !is_name && matches!(letter, ' ' | '1'..='4')
    }

    pub fn act(&mut self, action: CounterAction, own: StaffRole) -> Option<StaffAnswer> {
        if let Some(figures) = &self.figures {
            let last = lines(figures.known()).saturating_sub(1);
            match action {
                CounterAction::Escape => (self.figures, self.at) = (None, 0),
                CounterAction::Up => self.at = self.at.saturating_sub(1),
                CounterAction::Down => self.at = (self.at + 1).min(last),
                CounterAction::PageUp => self.at = self.at.saturating_sub(10),
                CounterAction::PageDown => self.at = (self.at + 10).min(last),
                _ => {}
            }
            return None;
        }
        match &mut self.open {
            None => self.in_list(action, own),
            Some(Opened::User { user, rights, at }) => match action {
                CounterAction::Submit => Some(StaffAnswer::Save),
                CounterAction::GiveUp if user.withdrawn.is_none() => Some(StaffAnswer::AskWithdraw),
                CounterAction::Escape => {
                    self.open = None;
                    None
                }
                _ => {
                    tick(rights, at, action);
                    None
                }
            },
            Some(Opened::New(new)) => match action {
                CounterAction::Submit if !new.name.is_empty() => Some(StaffAnswer::Save),
                CounterAction::Submit => {
                    new.field = Field::StaffName;
                    None
                }
                CounterAction::Escape => {
                    self.open = None;
                    None
                }
                _ => {
                    new.act(action, own);
                    None
                }
            },
            Some(Opened::AwaitCard) => {
                if action == CounterAction::Escape {
                    self.open = None;
                }
                None
            }
            Some(Opened::Sending { .. }) => None,
        }
    }

    fn in_list(&mut self, action: CounterAction, own: StaffRole) -> Option<StaffAnswer> {
        let users = self.users.known();
        let last = users.len();
        match action {
            CounterAction::Up | CounterAction::Previous => self.at = self.at.saturating_sub(1),
            CounterAction::Down | CounterAction::Next => self.at = (self.at + 1).min(last),
            CounterAction::PageUp => self.at = self.at.saturating_sub(10),
            CounterAction::PageDown => self.at = (self.at + 10).min(last),
            CounterAction::Choose(at) => {
                self.at = at.min(last);
                return self.in_list(CounterAction::Enter, own);
            }
            CounterAction::Enter => match users.get(self.at) {
                // Whom one may not name one may not change either.
                Some(user) if own.may_name(user.role) => {
                    let (user, rights) = (user.clone(), user.rights);
                    self.open = Some(Opened::User { user, rights, at: 0 });
                }
                Some(_) => {}
                None => return Some(StaffAnswer::AwaitCard),
            },
            _ => {}
        }
        None
    }
}

/// Lines of the figures: a site's name, its hours and their sum.
fn lines(sites: &[SiteFigures]) -> usize {
    sites.iter().map(|site| site.hours.len() + 2).sum()
}

/// Moves over the rights and ticks them.
fn tick(rights: &mut Rights, at: &mut usize, action: CounterAction) {
    let last = Right::ALL.len() - 1;
    let toggled = match action {
        CounterAction::Up | CounterAction::Previous => {
            *at = at.saturating_sub(1);
            return;
        }
        CounterAction::Down | CounterAction::Next => {
            *at = (*at + 1).min(last);
            return;
        }
        CounterAction::Enter | CounterAction::Type(' ') => Right::ALL[*at],
        CounterAction::Choose(chosen) if chosen <= last => {
            *at = chosen;
            Right::ALL[chosen]
        }
        CounterAction::Type(digit @ '1'..='4') => Right::ALL[digit as usize - '1' as usize],
        _ => return,
    };
    let others =
        Right::ALL.into_iter().filter(|right| rights.contains(*right) != (*right == toggled));
    *rights = others.collect();
}

impl NewUser {
    pub fn new(certificate: String) -> Self {
        Self {
            certificate,
            name: Personal::default(),
            role: StaffRole::User,
            rights: [Right::Book, Right::Change].into_iter().collect(),
            field: Field::StaffName,
            at: 0,
        }
    }

    fn act(&mut self, action: CounterAction, own: StaffRole) {
        match (self.field, action) {
            (_, CounterAction::Focus(field)) => self.field = field,
            (Field::StaffName, CounterAction::Type(letter))
                if self.name.expose().chars().count() < 30 =>
            {
                self.name.push(letter);
            }
            (Field::StaffName, CounterAction::Erase) => {
                self.name.pop();
            }
            (
                Field::StaffName,
                CounterAction::Enter | CounterAction::Next | CounterAction::Down,
            ) => self.field = Field::StaffRole,
            (Field::StaffRole, CounterAction::Next | CounterAction::Down) => {
                self.field = Field::StaffRights;
            }
            (Field::StaffRole, CounterAction::Previous | CounterAction::Up) => {
                self.field = Field::StaffName;
            }
            (Field::StaffRole, CounterAction::Enter | CounterAction::Type(' ')) => {
                let roles = StaffRole::ALL.into_iter().filter(|role| own.may_name(*role));
                let roles: Vec<StaffRole> = roles.collect();
                let at = roles.iter().position(|role| *role == self.role).unwrap_or(0);
                self.role = roles.get((at + 1) % roles.len().max(1)).copied().unwrap_or(self.role);
            }
            (Field::StaffRights, CounterAction::Previous | CounterAction::Up) if self.at == 0 => {
                self.field = Field::StaffRole;
            }
            (Field::StaffRights, action) => tick(&mut self.rights, &mut self.at, action),
            _ => {}
        }
    }
}

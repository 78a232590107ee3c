//! What a screen may know besides its own state, to look at and not to change.

use crate::kiosk::model::machine::Machine;
use crate::kiosk::model::person::Person;
use crate::kiosk::model::visit::Visit;

#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub machine: &'a Machine,
    pub visit: Option<&'a Visit>,
}

impl<'a> Context<'a> {
    /// Who has shown who they are.
    pub fn person(&self) -> Option<&'a Person> {
        self.visit?.person.as_ref()
    }
}

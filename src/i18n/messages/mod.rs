//! One type a message: its key, and its arguments by name. `tests/repository/locales.rs` fails on a
//! key or an argument that differs between the six languages, that is missing here, or that no code
//! uses. What a message says is in `locales/` alone.

mod commands;
mod counter;
mod desk;
mod exercises;
mod group;
mod kiosk;
mod line;
mod nothing_free;
mod offer;
mod places;
mod staff;
mod together;
mod trainer;
mod training;
mod ways;
mod web;

use fluent_bundle::FluentArgs;

pub use commands::*;
pub use counter::*;
pub use desk::*;
pub use exercises::*;
pub use group::*;
pub use kiosk::*;
pub use line::*;
pub use nothing_free::*;
pub use offer::*;
pub use places::*;
pub use staff::*;
pub use together::*;
pub use trainer::*;
pub use training::*;
pub use ways::*;
pub use web::*;

/// Something that can be said in every language.
pub trait Message {
    /// Its key in `locales/`.
    fn key(&self) -> &'static str;
    /// Its arguments by name.
    fn arguments(&self) -> Option<FluentArgs<'_>>;
}

/// A message's type, key and argument names, for the check of all locales.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    pub name: &'static str,
    pub key: &'static str,
    pub arguments: &'static [&'static str],
}

macro_rules! messages {
    ($list:ident: $( $name:ident = $key:literal $( { $($argument:ident),+ } )? ;)*) => {
        $( messages!(@one $name $key $( $($argument)+ )?); )*
        /// Every message that is declared here.
        pub const $list: &[super::Declared] = &[$(
            super::Declared {
                name: stringify!($name),
                key: $key,
                arguments: &[$( $(stringify!($argument)),+ )?],
            },
        )*];
    };
    (@one $name:ident $key:literal) => {
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl super::Message for $name {
            fn key(&self) -> &'static str { $key }
            fn arguments(&self) -> Option<FluentArgs<'_>> { None }
        }
    };
    (@one $name:ident $key:literal $($argument:ident)+) => {
        #[derive(Clone, Debug)]
        pub struct $name<'a> { $(pub $argument: FluentValue<'a>),+ }
        impl super::Message for $name<'_> {
            fn key(&self) -> &'static str { $key }
            fn arguments(&self) -> Option<FluentArgs<'_>> {
                let mut arguments = FluentArgs::new();
                $( arguments.set(stringify!($argument), self.$argument.clone()); )+
                Some(arguments)
            }
        }
    };
}
use messages;

/// Every message there is.
pub fn declared() -> impl Iterator<Item = &'static Declared> {
    kiosk::KIOSK
        .iter()
        .chain(offer::OFFER)
        .chain(line::LINE)
        .chain(places::PLACES)
        .chain(staff::STAFF)
        .chain(ways::WAYS)
        .chain(commands::COMMANDS)
        .chain(counter::COUNTER)
        .chain(desk::DESK)
        .chain(together::TOGETHER)
        .chain(trainer::TRAINER)
        .chain(group::GROUP)
        .chain(nothing_free::NOTHING_FREE)
        .chain(web::WEB)
        .chain(exercises::EXERCISES)
        .chain(training::TRAINING)
}

//! Enums whose variants have a word each in the files of exercises.

/// Makes an enum, the list of its variants, and the way from each to its word and back.
macro_rules! words {
    (
        $(#[$attribute:meta])*
        pub enum $Name:ident { $($(#[$note:meta])* $Variant:ident = $word:literal,)+ }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $Name {
            $($(#[$note])* $Variant,)+
        }

        impl $Name {
            /// All of them, in the order in which they are written.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// Its word in a file.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$Variant => $word,)+
                }
            }

            /// The one that has this word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

pub(super) use words;

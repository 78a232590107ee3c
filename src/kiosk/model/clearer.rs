//! How the screen is made easier to see, for one person.

/// What the key for it has set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Clearer {
    #[default]
    Off,
    /// High contrast; in xterm with its next larger type as well, where that has room.
    Contrast,
    /// High contrast, and type one and a half times as large.
    Larger,
    /// High contrast, and type twice as large.
    Largest,
}

impl Clearer {
    pub fn is_on(self) -> bool {
        self != Self::Off
    }

    /// What the next press sets. `enlarges`: the terminal has larger type.
    pub fn next(self, enlarges: bool) -> Self {
        match self {
            Self::Off if enlarges => Self::Larger,
            Self::Off => Self::Contrast,
            Self::Larger => Self::Largest,
            Self::Contrast | Self::Largest => Self::Off,
        }
    }

    /// What stands at the key.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Off => "=",
            Self::Contrast => "= ✓",
            Self::Larger => "= 1.5×",
            Self::Largest => "= 2×",
        }
    }
}

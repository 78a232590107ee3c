//! The sizes that pages are laid out for, and the rows that each gives to what is around a page.

use ratatui::layout::Rect;

/// The kinds of screens, by their columns and rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SizeClass {
    /// Standing: from 60 columns by 40 rows.
    Upright,
    /// From 80 by 24.
    Compact,
    /// From 100 by 32.
    Standard,
    /// From 150 by 45.
    Wide,
}

impl SizeClass {
    pub fn of(area: Rect) -> Self {
        match (area.width, area.height) {
            (..80, _) => SizeClass::Upright,
            (150.., 45..) => SizeClass::Wide,
            (100.., 32..) => SizeClass::Standard,
            _ => SizeClass::Compact,
        }
    }

    /// Rows of the header; the progress of an errand has one row below it.
    pub fn header(self) -> u16 {
        match self {
            SizeClass::Compact | SizeClass::Standard => 2,
            SizeClass::Upright | SizeClass::Wide => 3,
        }
    }

    pub fn footer(self) -> u16 {
        match self {
            SizeClass::Wide => 3,
            SizeClass::Upright | SizeClass::Compact | SizeClass::Standard => 2,
        }
    }

    /// Rows of a page's heading.
    pub fn heading(self) -> u16 {
        match self {
            SizeClass::Wide => 3,
            SizeClass::Upright | SizeClass::Compact | SizeClass::Standard => 2,
        }
    }

    /// Columns that are left free at each side of a page.
    pub fn margin(self) -> u16 {
        match self {
            SizeClass::Upright | SizeClass::Compact => 1,
            SizeClass::Standard => 2,
            SizeClass::Wide => 12,
        }
    }
}

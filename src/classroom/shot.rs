//! A trainee's screen as it goes over the wire: all of it first, then only the cells that changed.
//! What comes from outside is checked before it is put on the trainer's terminal.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

/// The largest screen that is shown. A larger one is cut.
pub const MOST_COLUMNS: u16 = 400;
pub const MOST_ROWS: u16 = 160;
/// Bytes of a cell's sign: a letter with its marks has some ten.
const LONGEST_SIGN: usize = 64;
/// Runs between which so few cells did not change are sent as one.
const BRIDGED: u16 = 3;

/// A screen, or what changed of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shot {
    pub columns: u16,
    pub rows: u16,
    /// All cells that it does not name are blank, whatever was there before.
    pub whole: bool,
    pub runs: Vec<Run>,
}

/// Cells beside each other that look alike.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Run {
    pub x: u16,
    pub y: u16,
    /// Colour of the text, of the ground, and the bits of the modifiers.
    pub look: (u32, u32, u16),
    pub cells: Cells,
}

/// What stands in the cells of a run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Cells {
    /// A character a cell.
    Each(String),
    /// One cell, with a sign of several characters.
    One(String),
}

/// Why a shot is not shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ShotError {
    #[error("the screen has no cells, or too many")]
    Size,
    #[error("a change of a screen that is not known")]
    Unknown,
    #[error("a cell outside of the screen")]
    Outside,
    #[error("a sign that is no text")]
    Sign,
}

/// How a cell looks, without its sign.
type Look = (Color, Color, Modifier);

fn look(cell: &Cell) -> Look {
    (cell.fg, cell.bg, cell.modifier)
}

fn is_same(a: &Cell, b: &Cell) -> bool {
    a.symbol() == b.symbol() && look(a) == look(b)
}

/// Whether a character is shown as itself: a terminal obeys controls, and marks of direction turn
/// all of its row around (Unicode Standard Annex 9).
pub fn is_shown(letter: char) -> bool {
    let turns = matches!(
        letter,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    !letter.is_control() && !turns
}

/// What a terminal obeys rather than shows has no place in a cell, and neither has what takes more
/// columns: it would write over what is beside the screen.
fn is_text(sign: &str) -> bool {
    sign.len() <= LONGEST_SIGN && (1..=2).contains(&sign.width()) && sign.chars().all(is_shown)
}

impl Shot {
    /// What is to be sent of `now` to whoever has `before`; `None` if they see it already.
    pub fn of(before: Option<&Buffer>, now: &Buffer) -> Option<Shot> {
        let (columns, rows) = (now.area.width.min(MOST_COLUMNS), now.area.height.min(MOST_ROWS));
        let before = before.filter(|before| before.area == now.area);
        let blank = Cell::EMPTY;
        let mut runs = Vec::new();
        for y in 0..rows {
            let from = usize::from(y) * usize::from(now.area.width);
            let row = &now.content[from..from + usize::from(columns)];
            let old = before.map(|before| &before.content[from..from + usize::from(columns)]);
            let is_old = |x: u16| {
                let x = usize::from(x);
                is_same(old.map_or(&blank, |old| &old[x]), &row[x])
            };
            let mut x = 0;
            while x < columns {
                if is_old(x) {
                    x += 1;
                    continue;
                }
                let end = end_of_change(x, columns, is_old);
                push_runs(&mut runs, (x, y), &row[usize::from(x)..usize::from(end)]);
                x = end;
            }
        }
        let whole = before.is_none();
        (whole || !runs.is_empty()).then_some(Shot { columns, rows, whole, runs })
    }

    /// Puts it on a screen, which stays as it was if there is anything wrong.
    pub fn put_on(&self, screen: &mut Option<Buffer>) -> Result<(), ShotError> {
        let (columns, rows) = (self.columns, self.rows);
        if columns == 0 || rows == 0 || columns > MOST_COLUMNS || rows > MOST_ROWS {
            return Err(ShotError::Size);
        }
        let area = Rect::new(0, 0, columns, rows);
        let mut drawn = match screen.as_ref() {
            _ if self.whole => Buffer::empty(area),
            Some(before) if before.area == area => before.clone(),
            Some(_) | None => return Err(ShotError::Unknown),
        };
        for run in &self.runs {
            run.put_on(&mut drawn)?;
        }
        *screen = Some(drawn);
        Ok(())
    }
}

/// Where a change that begins at `x` ends: a few cells that stay are bridged, because a run of its
/// own costs more than they do.
fn end_of_change(x: u16, columns: u16, is_old: impl Fn(u16) -> bool) -> u16 {
    let (mut end, mut at) = (x + 1, x + 1);
    while at < columns && at - end <= BRIDGED {
        if !is_old(at) {
            end = at + 1;
        }
        at += 1;
    }
    end
}

fn push_runs(runs: &mut Vec<Run>, (mut x, y): (u16, u16), cells: &[Cell]) {
    let mut open: Option<Run> = None;
    for cell in cells {
        let mut letters = cell.symbol().chars();
        let single = letters.next().filter(|_| letters.next().is_none());
        let look = packed(look(cell));
        match (single, &mut open) {
            (Some(letter), Some(Run { look: same, cells: Cells::Each(text), .. }))
                if *same == look =>
            {
                text.push(letter);
            }
            (Some(letter), _) => {
                runs.extend(open.take());
                open = Some(Run { x, y, look, cells: Cells::Each(letter.to_string()) });
            }
            (None, _) => {
                runs.extend(open.take());
                runs.push(Run { x, y, look, cells: Cells::One(cell.symbol().to_owned()) });
            }
        }
        x += 1;
    }
    runs.extend(open);
}

impl Run {
    fn put_on(&self, screen: &mut Buffer) -> Result<(), ShotError> {
        let mut x = self.x;
        let mut put = |sign: &str| {
            let cell = screen.cell_mut((x, self.y)).ok_or(ShotError::Outside)?;
            if !is_text(sign) {
                return Err(ShotError::Sign);
            }
            let (text, ground, modifier) = unpacked(self.look);
            cell.set_symbol(sign);
            (cell.fg, cell.bg, cell.modifier) = (text, ground, modifier);
            x = x.saturating_add(1);
            Ok(())
        };
        match &self.cells {
            Cells::One(sign) => put(sign),
            Cells::Each(text) => {
                let mut bytes = [0; 4];
                text.chars().try_for_each(|letter| put(letter.encode_utf8(&mut bytes)))
            }
        }
    }
}

/// The sixteen colours of a terminal, behind "its own".
const NAMED: [Color; 17] = [
    Color::Reset,
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];
const INDEXED: u32 = 0x100;
const RGB: u32 = 0x100_0000;

fn packed((text, ground, modifier): Look) -> (u32, u32, u16) {
    let number = |colour: Color| match colour {
        Color::Rgb(red, green, blue) => {
            RGB | u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue)
        }
        Color::Indexed(at) => INDEXED | u32::from(at),
        named => NAMED.iter().position(|one| *one == named).unwrap_or_default() as u32,
    };
    (number(text), number(ground), modifier.bits())
}

/// What is no colour is the terminal's own.
fn unpacked((text, ground, modifier): (u32, u32, u16)) -> Look {
    let colour = |number: u32| {
        let [_, red, green, blue] = number.to_be_bytes();
        match number & !0xFF_FFFF {
            RGB => Color::Rgb(red, green, blue),
            _ if number & !0xFF == INDEXED => Color::Indexed(blue),
            _ => NAMED.get(number as usize).copied().unwrap_or_default(),
        }
    };
    (colour(text), colour(ground), Modifier::from_bits_truncate(modifier))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Style;

    fn cell() -> impl Strategy<Value = (String, Style)> {
        let sign = prop_oneof![
            Just("a".to_owned()),
            Just(" ".to_owned()),
            Just("疫".to_owned()),
            Just("ที่".to_owned()),
            Just("▀".to_owned()),
        ];
        let colour = prop_oneof![
            Just(Color::Reset),
            Just(Color::LightRed),
            any::<u8>().prop_map(Color::Indexed),
            any::<[u8; 3]>().prop_map(|[r, g, b]| Color::Rgb(r, g, b)),
        ];
        (sign, colour.clone(), colour, any::<u16>()).prop_map(|(sign, text, ground, bits)| {
            let modifier = Modifier::from_bits_truncate(bits);
            (sign, Style::new().fg(text).bg(ground).add_modifier(modifier))
        })
    }

    fn screen() -> impl Strategy<Value = Buffer> {
        let cells = |(columns, rows): (u16, u16)| {
            let area = Rect::new(0, 0, columns, rows);
            proptest::collection::vec(cell(), usize::from(columns * rows)).prop_map(move |cells| {
                let mut drawn = Buffer::empty(area);
                for (cell, (sign, style)) in drawn.content.iter_mut().zip(cells) {
                    cell.set_symbol(&sign).set_style(style);
                }
                drawn
            })
        };
        prop_oneof![Just((12, 3)), Just((9, 4))].prop_flat_map(cells)
    }

    fn assert_same(shown: &Buffer, drawn: &Buffer) {
        assert_eq!(shown.area, drawn.area);
        let same = shown.content.iter().zip(&drawn.content).all(|(a, b)| is_same(a, b));
        assert!(same, "{shown:?}\n{drawn:?}");
    }

    proptest! {
        #[test]
        fn whoever_puts_on_every_shot_sees_every_screen(
            screens in proptest::collection::vec(screen(), 1..5),
        ) {
            let (mut sent, mut shown) = (None, None);
            for drawn in screens {
                if let Some(shot) = Shot::of(sent.as_ref(), &drawn) {
                    let over_the_wire = serde_json::to_vec(&shot).unwrap();
                    let shot: Shot = serde_json::from_slice(&over_the_wire).unwrap();
                    shot.put_on(&mut shown).unwrap();
                }
                assert_same(shown.as_ref().unwrap(), &drawn);
                prop_assert_eq!(Shot::of(Some(&drawn), &drawn), None);
                sent = Some(drawn);
            }
        }

        #[test]
        fn whatever_comes_a_screen_stays_whole(
            columns: u16, rows: u16, whole: bool, x: u16, y: u16, look: (u32, u32, u16),
            sign in ".*",
        ) {
            let runs = vec![
                Run { x, y, look, cells: Cells::Each(sign.clone()) },
                Run { x, y, look, cells: Cells::One(sign) },
            ];
            let mut shown = Some(Buffer::empty(Rect::new(0, 0, 9, 4)));
            let before = shown.clone();
            let shot = Shot { columns, rows, whole, runs };
            if shot.put_on(&mut shown).is_err() {
                prop_assert_eq!(shown, before);
            }
        }
    }

    #[test]
    fn one_letter_more_costs_one_run() {
        let mut drawn = Buffer::empty(Rect::new(0, 0, 80, 24));
        let before = drawn.clone();
        drawn.set_string(40, 12, "7", Style::new());
        let shot = Shot::of(Some(&before), &drawn).unwrap();
        assert_eq!((shot.runs.len(), shot.whole), (1, false));
        assert!(serde_json::to_vec(&shot).unwrap().len() < 120);
    }

    #[test]
    fn what_a_terminal_would_obey_is_refused() {
        let turned = ["\u{200E}", "a\u{200F}", "a\u{202E}", "a\u{2066}", "a\u{2069}"];
        let wide = ["abc", "疫苗", "\u{301}", &"a".repeat(65)];
        for sign in ["\x1b", "\x07", "", "\u{9b}"].into_iter().chain(turned).chain(wide) {
            let run = Run { x: 0, y: 0, look: (0, 0, 0), cells: Cells::One(sign.to_owned()) };
            let shot = Shot { columns: 2, rows: 1, whole: true, runs: vec![run] };
            assert_eq!(shot.put_on(&mut None), Err(ShotError::Sign), "{sign:?}");
        }
    }

    #[test]
    fn a_change_needs_the_screen_that_it_is_of() {
        let shot = Shot { columns: 2, rows: 1, whole: false, runs: Vec::new() };
        assert_eq!(shot.put_on(&mut None), Err(ShotError::Unknown));
        let mut other = Some(Buffer::empty(Rect::new(0, 0, 3, 1)));
        assert_eq!(shot.put_on(&mut other), Err(ShotError::Unknown));
        let huge = Shot { columns: u16::MAX, rows: u16::MAX, whole: true, ..shot };
        assert_eq!(huge.put_on(&mut other), Err(ShotError::Size));
    }
}

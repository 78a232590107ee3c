//! Numbers drawn by hand in half blocks, three rows high, for terminals without pictures.

use super::ui::Ui;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Rows of cells that a number takes.
pub const ROWS: u16 = 3;

/// Dots of a character from top to bottom, two of them a cell.
const fn dots(c: char) -> Option<[&'static str; 6]> {
    Some(match c {
        '0' => [".##.", "#..#", "#..#", "#..#", "#..#", ".##."],
        '1' => [".#.", "##.", ".#.", ".#.", ".#.", "###"],
        '2' => [".##.", "#..#", "...#", ".##.", "#...", "####"],
        '3' => ["###.", "...#", ".##.", "...#", "...#", "###."],
        '4' => ["#..#", "#..#", "#..#", "####", "...#", "...#"],
        '5' => ["####", "#...", "###.", "...#", "...#", "###."],
        '6' => [".##.", "#...", "###.", "#..#", "#..#", ".##."],
        '7' => ["####", "...#", "..#.", "..#.", ".#..", ".#.."],
        '8' => [".##.", "#..#", ".##.", "#..#", "#..#", ".##."],
        '9' => [".##.", "#..#", "#..#", ".###", "...#", ".##."],
        ':' => [".", "#", ".", ".", "#", "."],
        '-' => ["...", "...", "###", "...", "...", "..."],
        ' ' => [".."; 6],
        _ => return None,
    })
}

/// Columns that a text takes, one between two characters; `None` if it has a character that is not
/// drawn here.
pub fn width(text: &str) -> Option<u16> {
    let mut columns = 0;
    for c in text.chars() {
        columns += dots(c)?[0].len() as u16 + 1;
    }
    Some(columns.saturating_sub(1))
}

/// Draws a text from the upper left of an area that has room for it.
pub fn draw(ui: &mut Ui<'_>, area: Rect, text: &str, style: Style) {
    let mut x = area.x;
    for dots in text.chars().filter_map(dots) {
        let columns = dots[0].len() as u16;
        for row in 0..ROWS {
            let [above, below] = [0, 1].map(|half| dots[usize::from(row) * 2 + half].as_bytes());
            for column in 0..columns {
                let at = usize::from(column);
                let symbol = match (above[at] == b'#', below[at] == b'#') {
                    (true, true) => "█",
                    (true, false) => "▀",
                    (false, true) => "▄",
                    (false, false) => " ",
                };
                if let Some(cell) = ui.buffer.cell_mut((x + column, area.y + row)) {
                    cell.set_symbol(symbol).set_style(style);
                }
            }
        }
        x += columns + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_a_character_is_as_wide_as_the_first_and_no_two_digits_look_alike() {
        let characters: Vec<_> = "0123456789:- ".chars().map(|c| dots(c).unwrap()).collect();
        for (at, character) in characters.iter().enumerate() {
            assert!(character.iter().all(|row| row.len() == character[0].len()), "{character:?}");
            assert!(!characters[..at].contains(character), "{character:?}");
        }
    }

    #[test]
    fn only_numbers_are_drawn() {
        assert_eq!(width("09:00"), Some(4 * 4 + 1 + 4));
        assert_eq!(width("2027-07"), Some(6 * 4 + 3 + 6));
        assert_eq!(width("A047"), None);
    }
}

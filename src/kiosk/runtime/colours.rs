//! The colours of a frame as the terminal has them. Screens are drawn in colours of 24 bits; here
//! they become those of 256, of 16, or none, so that every text stays readable.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// How many colours a terminal has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ColourDepth {
    #[default]
    TrueColour,
    Indexed,
    Sixteen,
    None,
}

/// How many colours a terminal has by the variables `TERM` and `COLORTERM`. GNU screen hands the
/// outer terminal's `COLORTERM` on though it shows no 24 bits itself, so its `TERM` decides; tmux
/// maps 24 bits to what is outside of it.
pub fn depth(term: &str, colorterm: &str) -> ColourDepth {
    let has = |part: &str| term.contains(part);
    let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
    if term.is_empty() || begins(&["dumb", "vt", "linux-m"]) || term.ends_with("-mono") {
        return ColourDepth::None;
    }
    let is_screen = begins(&["screen"]);
    let is_true = matches!(colorterm, "truecolor" | "24bit");
    if !is_screen && (is_true || has("direct") || begins(TRUE_COLOUR)) {
        return ColourDepth::TrueColour;
    }
    if has("256color") { ColourDepth::Indexed } else { ColourDepth::Sixteen }
}

const TRUE_COLOUR: &[&str] =
    &["xterm-kitty", "tmux", "alacritty", "foot", "wezterm", "xterm-ghostty", "contour"];

/// Changes a frame's colours.
pub fn reduce(buffer: &mut Buffer, depth: ColourDepth) {
    let change: fn(&mut Cell) = match depth {
        ColourDepth::TrueColour => return,
        ColourDepth::Indexed => |cell| {
            cell.fg = indexed(cell.fg);
            cell.bg = indexed(cell.bg);
        },
        ColourDepth::Sixteen => sixteen,
        ColourDepth::None => none,
    };
    buffer.content.iter_mut().for_each(change);
}

type Rgb = (u8, u8, u8);

fn rgb(colour: Color) -> Option<Rgb> {
    if let Color::Rgb(red, green, blue) = colour { Some((red, green, blue)) } else { None }
}

/// The strengths of red, green and blue in the cube of xterm's 256 colours.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of xterm's 256 colours that no terminal's settings change: the cube and the greys.
fn indexed(colour: Color) -> Color {
    let Some(wanted) = rgb(colour) else { return colour };
    let nearest = |part: u8| {
        let distance = |at: &usize| CUBE[*at].abs_diff(part);
        (0..CUBE.len()).min_by_key(distance).unwrap_or_default()
    };
    let [red, green, blue] = [wanted.0, wanted.1, wanted.2].map(nearest);
    let in_cube = (CUBE[red], CUBE[green], CUBE[blue]);
    let mean = (u16::from(wanted.0) + u16::from(wanted.1) + u16::from(wanted.2)) / 3;
    let grey = (mean.saturating_sub(3) / 10).min(23) as u8;
    let in_greys = (8 + grey * 10, 8 + grey * 10, 8 + grey * 10);
    if distance(in_greys, wanted) < distance(in_cube, wanted) {
        return Color::Indexed(232 + grey);
    }
    Color::Indexed((16 + 36 * red + 6 * green + blue) as u8)
}

fn distance(a: Rgb, b: Rgb) -> u32 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    square(a.0, b.0) + square(a.1, b.1) + square(a.2, b.2)
}

/// How light a colour looks, 0 to 255 (Rec. 601).
fn lightness((red, green, blue): Rgb) -> u32 {
    (u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1000
}

fn is_light(colour: Rgb) -> bool {
    lightness(colour) > 140
}

/// Whether a colour is far from grey.
fn is_coloured((red, green, blue): Rgb) -> bool {
    red.max(green).max(blue) - red.min(green).min(blue) > 40
}

const BLACK: Rgb = (0, 0, 0);
const WHITE: Rgb = (255, 255, 255);

/// A dark page with white text and yellow headings, and what is filled in grey: the only pairs of
/// the 16 colours that are readable in every palette, the Linux console's too, whose grey ground
/// has no white. Bold black would be dark grey there, so it is not bold.
fn sixteen(cell: &mut Cell) {
    let (Some(text), Some(ground)) = (rgb(cell.fg), rgb(cell.bg)) else { return };
    let bold = cell.modifier.contains(Modifier::BOLD);
    let page = is_light(ground) && ground != WHITE && !is_coloured(ground) || ground == BLACK;
    let pale = is_light(ground) && ground != WHITE && ground != (255, 255, 0);
    (cell.fg, cell.bg) = if ground == BLACK && text == BLACK {
        (Color::Black, Color::Black)
    } else if page || pale {
        let coloured = is_coloured(text);
        let white = if bold { Color::White } else { Color::Gray };
        (if coloured { Color::LightYellow } else { white }, Color::Black)
    } else {
        // A code's light dots on a light ground are of one colour.
        let light = text == WHITE && ground == WHITE;
        (if light { Color::Gray } else { Color::Black }, Color::Gray)
    };
    if cell.fg == Color::Black {
        cell.modifier.remove(Modifier::BOLD);
    }
}

/// The terminal's own colours, and reversed where the ground is filled. A code's dots of one colour
/// become blocks and spaces.
fn none(cell: &mut Cell) {
    let (Some(text), Some(ground)) = (rgb(cell.fg), rgb(cell.bg)) else { return };
    (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
    if text == ground {
        cell.set_symbol(if is_light(text) { "█" } else { " " });
        return;
    }
    let is_code = [BLACK, WHITE].contains(&text) && [BLACK, WHITE].contains(&ground);
    let filled = if is_code { ground == WHITE } else { !is_light(ground) };
    cell.modifier.set(Modifier::REVERSED, filled);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::theme;
    use rstest::rstest;

    #[rstest]
    #[case("xterm-kitty", "truecolor", ColourDepth::TrueColour)]
    #[case("xterm-kitty", "", ColourDepth::TrueColour)]
    #[case("xterm-256color", "truecolor", ColourDepth::TrueColour)]
    #[case("xterm-256color", "", ColourDepth::Indexed)]
    #[case("tmux-256color", "", ColourDepth::TrueColour)]
    #[case("screen-256color", "truecolor", ColourDepth::Indexed)]
    #[case("screen", "truecolor", ColourDepth::Sixteen)]
    #[case("linux", "", ColourDepth::Sixteen)]
    #[case("xterm", "", ColourDepth::Sixteen)]
    #[case("vt220", "", ColourDepth::None)]
    #[case("", "", ColourDepth::None)]
    fn terminals(#[case] term: &str, #[case] colorterm: &str, #[case] expected: ColourDepth) {
        assert_eq!(depth(term, colorterm), expected);
    }

    /// As the Linux console and xterm show them.
    fn shown(colour: Color) -> Rgb {
        match colour {
            Color::Black => BLACK,
            Color::Gray => (170, 170, 170),
            Color::White => WHITE,
            Color::LightYellow => (255, 255, 85),
            Color::Indexed(at @ 232..) => {
                let grey = 8 + (at - 232) * 10;
                (grey, grey, grey)
            }
            Color::Indexed(at @ 16..) => {
                let [red, green, blue] = [(at - 16) / 36, (at - 16) / 6 % 6, (at - 16) % 6];
                (CUBE[usize::from(red)], CUBE[usize::from(green)], CUBE[usize::from(blue)])
            }
            other => panic!("{other:?} differs from terminal to terminal"),
        }
    }

    fn luminance((red, green, blue): Rgb) -> f64 {
        let [red, green, blue] = [red, green, blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[rstest]
    #[case::plain(theme::PLAIN)]
    #[case::quiet(theme::QUIET_TEXT)]
    #[case::title(theme::TITLE)]
    #[case::header(theme::HEADER)]
    #[case::training(theme::TRAINING)]
    #[case::warning(theme::WARNING)]
    #[case::button(theme::BUTTON)]
    #[case::main_button(theme::MAIN_BUTTON)]
    #[case::pressed(theme::PRESSED)]
    #[case::disabled(theme::DISABLED)]
    fn every_text_stands_out_seven_to_one(#[case] style: ratatui::style::Style) {
        let (text, ground) = (style.fg.unwrap(), style.bg.unwrap());
        for (text, ground) in [(text, ground), theme::clearer(text, ground)] {
            for depth in [ColourDepth::Indexed, ColourDepth::Sixteen] {
                let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 1, 1));
                buffer[(0, 0)].set_style(style.fg(text).bg(ground));
                reduce(&mut buffer, depth);
                let cell = &buffer[(0, 0)];
                let (a, b) = (luminance(shown(cell.fg)), luminance(shown(cell.bg)));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 7.0, "{depth:?} {text:?} on {ground:?}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn a_code_stays_black_and_white() {
        let colours = [theme::QR_DARK, theme::QR_LIGHT];
        for (above, below) in colours.iter().flat_map(|a| colours.map(|b| (*a, b))) {
            let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 1, 1));
            let is_light = |colour: Color| colour != Color::Black;
            buffer[(0, 0)].set_symbol("▀").set_fg(above).set_bg(below);
            reduce(&mut buffer, ColourDepth::Sixteen);
            let cell = &buffer[(0, 0)];
            let expected = (above == theme::QR_LIGHT, below == theme::QR_LIGHT);
            assert_eq!((is_light(cell.fg), is_light(cell.bg)), expected);
        }
    }
}

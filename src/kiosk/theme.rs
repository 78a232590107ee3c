//! The colours: few and calm, each pair of text and ground at a contrast of at least 7:1 (WCAG 2.2,
//! 1.4.6), which a test computes. Nothing is meant by colour alone: what is chosen has a thick
//! frame and a mark, what is full says so.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

type Rgb = (u8, u8, u8);

const GROUND: Rgb = (250, 248, 243);
const INK: Rgb = (24, 28, 33);
const QUIET: Rgb = (66, 70, 76);
const DEEP: Rgb = (10, 62, 88);
const LIGHT: Rgb = (255, 255, 255);
const WARN: Rgb = (122, 22, 22);
const LOW: Rgb = (234, 230, 221);

const fn colour(rgb: Rgb) -> Color {
    Color::Rgb(rgb.0, rgb.1, rgb.2)
}

const fn pair(text: Rgb, ground: Rgb) -> Style {
    Style::new().fg(colour(text)).bg(colour(ground))
}

pub const PLAIN: Style = pair(INK, GROUND);
pub const QUIET_TEXT: Style = pair(QUIET, GROUND);
pub const TITLE: Style = pair(DEEP, GROUND).add_modifier(Modifier::BOLD);
pub const HEADER: Style = pair(LIGHT, DEEP);
pub const TRAINING: Style = pair(LIGHT, WARN).add_modifier(Modifier::BOLD);
pub const WARNING: Style = pair(WARN, GROUND).add_modifier(Modifier::BOLD);
pub const BUTTON: Style = pair(INK, GROUND);
pub const MAIN_BUTTON: Style = pair(LIGHT, DEEP);
pub const PRESSED: Style = pair(LIGHT, INK);
/// Disabled: it has no frame of its own weight, and says why.
pub const DISABLED: Style = pair(QUIET, LOW);
pub const QR_DARK: Color = Color::Rgb(0, 0, 0);
pub const QR_LIGHT: Color = Color::Rgb(255, 255, 255);
pub const MAP: Color = colour(QUIET);
pub const MAP_CHOSEN: Color = colour(WARN);

const BLACK: Color = Color::Rgb(0, 0, 0);
const WHITE: Color = Color::Rgb(255, 255, 255);
const YELLOW: Color = Color::Rgb(255, 255, 0);

/// Turns what was drawn into high contrast: white and yellow on black. What has a ground of its
/// own, such as a QR, stays.
pub fn make_clearer(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let (text, ground) = clearer(cell.fg, cell.bg);
        cell.set_fg(text).set_bg(ground);
    }
}

/// The same for one pair of colours: of a cell, or of a picture that lies over cells.
pub fn clearer(text: Color, ground: Color) -> (Color, Color) {
    if ground == colour(GROUND) || ground == colour(LOW) {
        let text = match text {
            text if text == colour(INK) || text == colour(QUIET) => WHITE,
            text if text == colour(DEEP) || text == colour(WARN) => YELLOW,
            other => other,
        };
        (text, BLACK)
    } else if ground == colour(DEEP) {
        (BLACK, YELLOW)
    } else if ground == colour(WARN) || ground == colour(INK) {
        (BLACK, WHITE)
    } else {
        (text, ground)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Option<Color>) -> f64 {
        let Some(Color::Rgb(r, g, b)) = colour else { panic!("an explicit colour") };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    #[test]
    fn every_text_stands_out_from_its_ground_seven_to_one() {
        let pairs = [
            PLAIN,
            QUIET_TEXT,
            TITLE,
            HEADER,
            TRAINING,
            WARNING,
            BUTTON,
            MAIN_BUTTON,
            PRESSED,
            DISABLED,
        ];
        for style in pairs {
            let (a, b) = (luminance(style.fg), luminance(style.bg));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 7.0, "{style:?} has {contrast:.2}");
            let (text, ground) = clearer(style.fg.unwrap(), style.bg.unwrap());
            let (a, b) = (luminance(Some(text)), luminance(Some(ground)));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 19.0, "{style:?} made clearer has {contrast:.2}");
        }
        for (dark, light) in
            [(QR_DARK, QR_LIGHT), (QR_LIGHT, QR_DARK), (QR_DARK, QR_DARK), (QR_LIGHT, QR_LIGHT)]
        {
            assert_eq!(clearer(dark, light), (dark, light), "a QR stays as it is");
        }
    }
}

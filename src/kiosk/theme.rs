//! The colours: few and calm, each pair of text and ground at a contrast of at least 7:1 (WCAG 2.2,
//! 1.4.6), which a test computes. Nothing is meant by colour alone: what is chosen has a thick
//! frame and a mark, what is full says so.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

type Rgb = (u8, u8, u8);

const GROUND: Rgb = (250, 248, 243);
const INK: Rgb = (22, 24, 26);
const QUIET: Rgb = (66, 70, 76);
const DEEP: Rgb = (10, 62, 88);
const MID: Rgb = (31, 86, 115);
const LIGHT: Rgb = (255, 255, 255);
const PALE: Rgb = (225, 234, 238);
const BAND: Rgb = (201, 217, 224);
const FOOT: Rgb = (239, 236, 228);
const CHIP: Rgb = (211, 224, 230);
const SHADE_1: Rgb = (217, 231, 237);
const SHADE_2: Rgb = (179, 208, 220);
const SHADE_3: Rgb = (143, 186, 203);
const LOW: Rgb = (234, 230, 221);
const FEW: Rgb = (95, 53, 0);
const FEW_GROUND: Rgb = (249, 230, 184);
const FINE: Rgb = (11, 74, 46);
const FINE_GROUND: Rgb = (221, 238, 226);
const WARN: Rgb = (122, 22, 22);
const WARN_GROUND: Rgb = (246, 228, 225);

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
/// The language button in the header.
pub const CORNER: Style = pair(DEEP, GROUND).add_modifier(Modifier::BOLD);
pub const TRAINING: Style = pair(LIGHT, WARN).add_modifier(Modifier::BOLD);
pub const WARNING: Style = pair(WARN, GROUND).add_modifier(Modifier::BOLD);
/// The steps that are done, the one that is on, and those to come.
pub const STEP_DONE: Style = pair(LIGHT, MID).add_modifier(Modifier::BOLD);
pub const STEP_NOW: Style = pair(DEEP, GROUND).add_modifier(Modifier::BOLD);
pub const STEP_AHEAD: Style = pair(INK, BAND);
pub const FOOTER: Style = pair(INK, FOOT);
pub const FOOTER_KEY: Style = pair(QUIET, FOOT);
/// A panel that holds what belongs together.
pub const PANEL: Style = pair(INK, PALE);
pub const PANEL_TITLE: Style = pair(DEEP, PALE).add_modifier(Modifier::BOLD);
pub const PANEL_QUIET: Style = pair(QUIET, PALE);
/// A bar that fills: the part that is over, and the rest.
pub const BAR: Style = pair(INK, SHADE_3);
pub const BAR_AHEAD: Style = pair(INK, LOW);
pub const BUTTON: Style = pair(INK, GROUND);
/// The frame of a button that is not the main one, and of its focus.
pub const FRAME: Style = pair(DEEP, GROUND);
pub const MAIN_BUTTON: Style = pair(LIGHT, DEEP);
/// The key of a button, and of the main button.
pub const KEY_CHIP: Style = pair(DEEP, CHIP).add_modifier(Modifier::BOLD);
pub const MAIN_KEY_CHIP: Style = pair(DEEP, GROUND).add_modifier(Modifier::BOLD);
pub const CHOSEN: Style = pair(INK, SHADE_1);
pub const PRESSED: Style = pair(LIGHT, INK);
/// Disabled: it has no frame of its own weight, and says why.
pub const DISABLED: Style = pair(QUIET, LOW);
/// Few seats left; always with a sign and a word or number.
pub const FEW_LEFT: Style = pair(FEW, FEW_GROUND).add_modifier(Modifier::BOLD);
/// Free seats: some, more, many. Text on them is ink only.
pub const SHADES: [Style; 3] = [pair(INK, SHADE_1), pair(INK, SHADE_2), pair(INK, SHADE_3)];
/// Done, or allowed; always with a sign.
pub const FINE_TEXT: Style = pair(FINE, GROUND).add_modifier(Modifier::BOLD);
pub const FINE_PANEL: Style = pair(FINE, FINE_GROUND).add_modifier(Modifier::BOLD);
/// Refused; always with a sign.
pub const WARNING_PANEL: Style = pair(WARN, WARN_GROUND).add_modifier(Modifier::BOLD);
/// The large answer of a desk: yes, and no.
pub const YES_BAND: Style = pair(LIGHT, FINE).add_modifier(Modifier::BOLD);
pub const NO_BAND: Style = pair(LIGHT, WARN).add_modifier(Modifier::BOLD);
pub const QR_DARK: Color = Color::Rgb(0, 0, 0);
pub const QR_LIGHT: Color = Color::Rgb(255, 255, 255);

const BLACK: Color = Color::Rgb(0, 0, 0);
const WHITE: Color = Color::Rgb(255, 255, 255);
const YELLOW: Color = Color::Rgb(255, 255, 0);

/// Grounds of text that high contrast makes black, yellow and white.
const TO_BLACK: [Rgb; 11] = [
    GROUND,
    LOW,
    PALE,
    BAND,
    FOOT,
    SHADE_1,
    SHADE_2,
    SHADE_3,
    FEW_GROUND,
    FINE_GROUND,
    WARN_GROUND,
];
const TO_YELLOW: [Rgb; 2] = [DEEP, MID];
const TO_WHITE: [Rgb; 4] = [WARN, INK, FINE, CHIP];

/// The ground of a page.
pub fn page() -> Color {
    colour(GROUND)
}

/// Turns what was drawn into high contrast: white and yellow on black. What has a ground of its
/// own, such as a QR, stays.
pub fn make_clearer(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let (text, ground) = clearer(cell.fg, cell.bg);
        cell.set_fg(text).set_bg(ground);
    }
}

/// A pair of text and ground in high contrast.
pub fn clearer(text: Color, ground: Color) -> (Color, Color) {
    let is_one_of = |list: &[Rgb]| list.iter().any(|rgb| ground == colour(*rgb));
    if is_one_of(&TO_BLACK) {
        let stands_out = [DEEP, WARN, FEW, FINE].iter().any(|rgb| text == colour(*rgb));
        let is_text = stands_out || text == colour(INK) || text == colour(QUIET);
        let text = match (stands_out, is_text) {
            (true, _) => YELLOW,
            (false, true) => WHITE,
            (false, false) => text,
        };
        (text, BLACK)
    } else if is_one_of(&TO_YELLOW) {
        (BLACK, YELLOW)
    } else if is_one_of(&TO_WHITE) {
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
            [PLAIN, QUIET_TEXT, TITLE, HEADER, CORNER, TRAINING, WARNING],
            [STEP_DONE, STEP_NOW, STEP_AHEAD, FOOTER, FOOTER_KEY, PANEL, PANEL_TITLE],
            [PANEL_QUIET, BAR, BAR_AHEAD, BUTTON, FRAME, MAIN_BUTTON, KEY_CHIP],
            [MAIN_KEY_CHIP, CHOSEN, PRESSED, DISABLED, FEW_LEFT, SHADES[0], SHADES[1]],
            [SHADES[2], FINE_TEXT, FINE_PANEL, WARNING_PANEL, YES_BAND, NO_BAND, PLAIN],
        ];
        for style in pairs.into_iter().flatten() {
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

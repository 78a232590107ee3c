//! Large type: how large a text can be in its area, and on how many lines.

use super::coverage::Coverage;
use crate::kiosk::widgets::graphic::Lettering;
use crate::kiosk::widgets::ui::Align;
use crate::receipt::typesetting::{TextStyle, Typesetter};
use parley::{Alignment, Layout};

const BOLD: f32 = 700.0;
/// The em of a text on one line, as a share of the area's height: the marks of Vietnamese and Thai
/// have room above and below.
const EM: f32 = 0.625;
/// The em of a text on several lines, as a share of a line's height.
const EM_OF_LINES: f32 = 0.75;
/// The smallest em on one line, and on several, as a share of a row of cells. The usual type has
/// about 0.62.
const LEAST: f32 = 0.84;
const LEAST_OF_LINES: f32 = 0.68;
/// How the em goes down, as a share of a row of cells.
const STEP: f32 = 0.125;
/// Capitals and Chinese characters have their middle so far above the line, as a share of an em.
const MIDDLE: f32 = 0.37;
const MOST_LINES: usize = 4;
/// What stays clear above and below the words of a button, as a share of its height: its edge is in
/// the middle of the first and the last of three rows.
const EDGE: f32 = 0.22;

/// Draws a text in an area of `width` times `height` dots, of which a row of cells has `row`.
/// `None` if the text does not fit in any size that is larger than the usual type.
pub fn draw(
    setter: &mut Typesetter,
    lettering: &Lettering,
    (width, height): (usize, usize),
    row: usize,
) -> Option<Coverage> {
    let edge = if lettering.is_label { (height as f32 * EDGE).round() } else { 0.0 };
    let room = (width as f32, height as f32 - 2.0 * edge);
    let layout = fit(setter, lettering, room, row as f32)?;
    let mut coverage = Coverage::new(width, height);
    coverage.clear(edge as usize);
    let line_height = room.1 / layout.len() as f32;
    for (at, line) in layout.lines().enumerate() {
        let metrics = line.metrics();
        let size = line.runs().map(|run| run.font_size()).fold(0.0, f32::max);
        let baseline = (edge + (at as f32 + 0.5) * line_height + MIDDLE * size).round();
        let spare = (width as f32 - (metrics.advance - metrics.hanging_advance)).max(0.0);
        let left = match lettering.align {
            Align::Left => 0.0,
            Align::Centre => (spare / 2.0).round(),
            Align::Right => spare.floor(),
        };
        let place = (left, baseline - metrics.baseline);
        setter.ink(&line, place, |x, y, share| coverage.ink(x, y, share));
    }
    Some(coverage)
}

/// The text in the largest size that fits: on one line if it is not too small there, else on as few
/// lines as can be.
fn fit(
    setter: &mut Typesetter,
    lettering: &Lettering,
    (width, height): (f32, f32),
    row: f32,
) -> Option<Layout<()>> {
    let mut em = height * EM;
    // An em is measured once: the width grows with it.
    let an_em = set(setter, lettering, em, None).width() / em;
    while em >= row * LEAST {
        if an_em * em <= width {
            return Some(set(setter, lettering, em, None));
        }
        em -= row * STEP;
    }
    for lines in 2..=MOST_LINES {
        let mut em = height / lines as f32 * EM_OF_LINES;
        while em >= row * LEAST_OF_LINES {
            let mut layout = set(setter, lettering, em, Some(width));
            if layout.len() <= lines && layout.width() <= width {
                balance(&mut layout, width);
                return Some(layout);
            }
            em -= row * STEP;
        }
    }
    None
}

fn set(setter: &mut Typesetter, lettering: &Lettering, em: f32, width: Option<f32>) -> Layout<()> {
    let style = TextStyle { fonts: lettering.language.fonts(), size: em, weight: BOLD };
    setter.layout(lettering.text.expose(), style, width, Alignment::Start)
}

/// Breaks into the same number of lines at the least width, so that no word stands alone on the
/// last line.
fn balance(layout: &mut Layout<()>, width: f32) {
    let lines = layout.len();
    for percent in (50..=100u8).step_by(5) {
        let narrower = width * f32::from(percent) / 100.0;
        layout.break_all_lines(Some(narrower));
        if layout.len() <= lines && layout.width() <= narrower {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::domain::personal::Personal;
    use rstest::rstest;

    /// A cell of kitty at 15 points.
    const CELL: (usize, usize) = (12, 32);

    fn lettering(text: &str, language: Language) -> Lettering {
        Lettering { text: Personal::new(text), language, align: Align::Left, is_label: false }
    }

    #[rstest]
    #[case::one_line("請選擇日期", Language::ZhTw, 78, 2, Some((1, 40.0)))]
    #[case::smaller("Vui lòng chọn điểm tiêm chủng gần nhất", Language::Vi, 60, 2, Some((1, 32.0)))]
    #[case::two_lines("Vui lòng chọn điểm tiêm chủng", Language::Vi, 30, 2, Some((2, 24.0)))]
    #[case::four_rows("กรุณาเลือกวันและเวลาที่สะดวก", Language::Th, 40, 4, Some((1, 36.0)))]
    #[case::no_room("Vui lòng chọn điểm tiêm chủng gần nhất", Language::Vi, 12, 2, None)]
    fn a_text_is_as_large_as_its_area_allows(
        #[case] text: &str,
        #[case] language: Language,
        #[case] columns: usize,
        #[case] rows: usize,
        #[case] expected: Option<(usize, f32)>,
    ) {
        let mut setter = Typesetter::default();
        let area = ((columns * CELL.0) as f32, (rows * CELL.1) as f32);
        let layout = fit(&mut setter, &lettering(text, language), area, CELL.1 as f32);
        let found = layout.map(|layout| {
            assert!(layout.width() <= area.0, "nothing is cut at the side");
            let size = layout.lines().next().unwrap().runs().next().unwrap().font_size();
            (layout.len(), size)
        });
        assert_eq!(found, expected, "{text}");
    }
}

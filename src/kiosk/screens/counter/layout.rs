//! Where each part of the counter stands at each size: dense and whole at 80x24, with the day's
//! list beside from 100x32 on.

use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use ratatui::layout::Rect;

/// Columns of a label before its field, and of the focus mark behind it.
const LABEL: u16 = 12;
/// Rows of the buttons, and of the keys below them.
const ACTIONS: u16 = 4;
const KEYS: u16 = 2;

/// The parts of the page.
pub struct Places {
    pub header: Rect,
    pub tabs: Rect,
    /// Who is served, and how they stand.
    pub panel: Rect,
    /// A sentence about what has just happened.
    pub notice: Rect,
    /// All that lies between panel and buttons.
    pub middle: Rect,
    pub fields: Rect,
    /// Rows from a field to the next.
    pub step: u16,
    pub choices: Rect,
    pub actions: Rect,
    /// The day's list, where it stands beside.
    pub today: Option<Rect>,
    pub keys: Rect,
}

impl Places {
    pub fn of(area: Rect) -> Self {
        let class = SizeClass::of(area);
        let roomy = area.width >= 100 && area.height >= 32;
        let mut page = Column::new(area);
        let header = page.take(2);
        let tabs = page.take(1);
        let keys = page.take_bottom(KEYS);
        page.gap(u16::from(roomy));
        if roomy {
            page.take_bottom(1);
        }
        let mut page = page.inset(1);
        let today = roomy.then(|| {
            let width = if class == SizeClass::Wide { 60 } else { 33 };
            let list = page.take_right(width);
            page.take_right(1);
            list
        });
        let panel = page.take(if roomy { 4 } else { 3 });
        let notice = page.take(if roomy { 2 } else { 1 });
        let actions = page.take_bottom(ACTIONS);
        let middle = page.rest();
        let mut row = Column::new(middle);
        let half = if class == SizeClass::Wide { row.rest().width / 2 } else { FIELD_COLUMNS };
        let fields = row.take_left(half);
        row.take_left(1);
        let step = if roomy { 2 } else { 1 };
        let choices = row.rest();
        let parts = (panel, notice, middle, fields);
        let (panel, notice, middle, fields) = parts;
        Self { header, tabs, panel, notice, middle, fields, step, choices, actions, today, keys }
    }

    /// The label of the nth field, and its value.
    pub fn field(&self, at: usize) -> (Rect, Rect) {
        let mut column = Column::new(self.fields);
        column.gap(at as u16 * self.step);
        let mut row = Column::new(column.take(1));
        let label = row.take_left(LABEL);
        row.take_left(1);
        (label, row.rest())
    }
}

/// Columns of the fields where they do not share the page by half.
const FIELD_COLUMNS: u16 = 41;

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(80, 24)]
    #[case(100, 32)]
    #[case(160, 50)]
    #[case(120, 30)]
    fn no_part_lies_on_another_and_all_are_within(#[case] width: u16, #[case] height: u16) {
        let area = Rect::new(0, 0, width, height);
        let places = Places::of(area);
        let mut parts = vec![
            places.header,
            places.tabs,
            places.panel,
            places.notice,
            places.fields,
            places.choices,
            places.actions,
            places.keys,
        ];
        parts.extend(places.today);
        for (at, part) in parts.iter().enumerate() {
            assert!(!part.is_empty() && area.contains(part.as_position()), "{at}: {part:?}");
            assert!(area.union(*part) == area, "{at}: {part:?}");
            for other in &parts[..at] {
                assert!(part.intersection(*other).is_empty(), "{part:?} {other:?}");
            }
        }
        // Eight fields have room at each size.
        let (_, last) = places.field(7);
        assert!(!last.is_empty() && last.bottom() <= places.actions.y);
    }
}

//! The trainer's drawer: practice cards, what can go wrong, and the clock of the training. Only in
//! training. It never hides what a trainee must read without saying so: where the window is wide
//! enough it lies beside the page, which is laid out in what is left; else it is a page of its own
//! that says so, since the least size of a page leaves no row for it.

mod panel;
mod tools;

use super::context::Context;
use super::overlay::DrawerPage;
use crate::i18n::messages as say;
use crate::kiosk::theme;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

/// Columns that any page can be laid out in.
const PAGE: u16 = 80;
/// Columns of the drawer beside a page, at least and at most, and its rows at least.
const BESIDE: (u16, u16) = (20, 36);
const ROWS: u16 = 32;

/// What the drawer shows.
#[derive(Clone, Copy)]
pub struct Drawer<'a> {
    pub page: DrawerPage,
    pub context: Context<'a>,
    /// Staff serve people here.
    pub at_counter: bool,
    /// There is a slot on the screen to fill.
    pub can_fill: bool,
}

/// The part of the window for the page and the part for the drawer; `None` if both have no room.
pub fn beside(area: Rect) -> Option<(Rect, Rect)> {
    if area.width < PAGE + BESIDE.0 || area.height < ROWS {
        return None;
    }
    let width = (area.width - PAGE).min(BESIDE.1);
    let page = Rect { width: area.width - width, ..area };
    Some((page, Rect { x: page.right(), width, ..area }))
}

impl Drawer<'_> {
    /// As a page of its own.
    pub fn view(self, ui: &mut Ui<'_>, area: Rect) {
        let title = self.title(ui);
        let covers = ui.say_alone(&say::ToolsCover);
        let mut page = Column::headed(ui, area, &title, Some(&covers));
        // Narrow buttons have their words on two lines.
        let is_narrow = area.width < 70;
        let below = page.take_bottom(if is_narrow { 4 } else { 3 });
        if self.page == DrawerPage::Cards {
            let hint: &dyn say::Message =
                if self.at_counter { &say::CounterDrawerHint } else { &say::DrawerHint };
            let hint = ui.say_alone(hint).main;
            let row = page.take_bottom(if is_narrow { 2 } else { 1 });
            ui.lines(Column::new(row).inset(1).rest(), &hint, Align::Left, theme::QUIET_TEXT);
        }
        let grid = Grid { columns: 3, rows: 3 };
        for (digit, button) in self.tools(ui) {
            button.digit(digit).draw(ui, grid.cell(page.rest(), usize::from(digit) - 1));
        }
        let grid = Grid { columns: 3, rows: 1 };
        let foot = self.foot(ui);
        let last = foot.len().saturating_sub(1);
        for (at, button) in foot.into_iter().enumerate() {
            // What leads on stands at the right.
            button.draw(ui, grid.cell(below, if at == last { 2 } else { at }));
        }
    }

    fn group(self) -> &'static dyn say::Message {
        group_name(self.page)
    }

    fn title(self, ui: &Ui<'_>) -> Words {
        let (title, group) = (ui.say_alone(&say::DrawerTitle), ui.say_alone(self.group()));
        ui.say_alone(&say::ToolsPage { title: title.main.into(), group: group.main.into() })
    }
}

fn group_name(page: DrawerPage) -> &'static dyn say::Message {
    match page {
        DrawerPage::Cards => &say::ToolsCards,
        DrawerPage::Faults => &say::ToolsFaults,
        DrawerPage::Time => &say::ToolsTime,
    }
}

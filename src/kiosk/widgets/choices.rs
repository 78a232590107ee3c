//! A list of choices as a grid of numbered buttons: nine a page at most, so that one digit chooses
//! each; 0 turns the page.

use super::button::Button;
use super::column::Column;
use super::ui::Ui;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use ratatui::layout::Rect;

/// How many choices a page has at most: one for each digit but 0.
const A_PAGE: usize = 9;

/// How many columns and rows of buttons.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    pub columns: u16,
    pub rows: u16,
}

impl Grid {
    fn a_page(self) -> usize {
        usize::from(self.columns * self.rows).min(A_PAGE)
    }

    pub fn pages(self, choices: usize) -> usize {
        choices.div_ceil(self.a_page()).max(1)
    }

    /// The page after this one, round and round.
    pub fn next_page(self, page: usize, choices: usize) -> usize {
        (page + 1) % self.pages(choices)
    }

    /// The page that the nth choice is on.
    pub fn page_of(self, at: usize) -> usize {
        at / self.a_page()
    }

    /// The part of an area of the nth button.
    pub fn cell(self, area: Rect, at: usize) -> Rect {
        let (column, row) = (at as u16 % self.columns, at as u16 / self.columns);
        let (width, height) = (area.width / self.columns, area.height / self.rows);
        Rect::new(area.x + column * width, area.y + row * height, width, height)
    }

    /// Draws the page that holds; `button` makes the nth choice's button without its digit.
    pub fn draw(
        self,
        ui: &mut Ui<'_>,
        area: Rect,
        page: usize,
        choices: usize,
        button: impl Fn(&Ui<'_>, usize) -> Button,
    ) {
        let pages = self.pages(choices);
        let page = page % pages;
        let mut column = Column::new(area);
        let below = (pages > 1).then(|| column.take_bottom(3));
        let list = column.rest();
        let first = page * self.a_page();
        for at in first..choices.min(first + self.a_page()) {
            let digit = (at - first + 1) as u8;
            button(ui, at).digit(digit).draw(ui, self.cell(list, at - first));
        }
        if let Some(below) = below {
            let words = ui.say(&say::More { page: (page + 1).into(), pages: pages.into() });
            Button::new(words, ScreenAction::More).digit(0).draw(ui, below);
        }
    }
}

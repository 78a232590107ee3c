//! The vaccines that a person registers for: all ticked from the start, at least one must stay.

use crate::domain::round::Brand;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrandPick {
    /// The round's brands, and whether each is ticked.
    brands: Vec<(Brand, bool)>,
    /// The last one was to be unticked.
    one_must_stay: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BrandsAnswer {
    Chosen(Vec<Brand>),
    /// The last one was to be unticked: it stays.
    OneMustStay,
}

impl BrandPick {
    /// Those of a round, ticked as `chosen`; all, if nothing was chosen before.
    pub fn new(round: &[Brand], chosen: &[Brand]) -> Self {
        let ticked = |brand: &Brand| chosen.is_empty() || chosen.contains(brand);
        Self {
            brands: round.iter().map(|brand| (*brand, ticked(brand))).collect(),
            one_must_stay: false,
        }
    }

    fn chosen(&self) -> Vec<Brand> {
        self.brands.iter().filter(|(_, ticked)| *ticked).map(|(brand, _)| *brand).collect()
    }

    pub fn act(&mut self, action: ScreenAction) -> Option<BrandsAnswer> {
        match action {
            ScreenAction::Pick(at) => {
                let last = self.chosen().len() == 1;
                if let Some((_, ticked)) = self.brands.get_mut(at) {
                    self.one_must_stay = last && *ticked;
                    *ticked = !*ticked || last;
                }
                self.one_must_stay.then_some(BrandsAnswer::OneMustStay)
            }
            ScreenAction::Confirm => Some(BrandsAnswer::Chosen(self.chosen())),
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        let mut page = Column::under(ui, area, &say::BrandsTitle);
        let confirm = page.take_bottom(4);
        let (words, style) = if self.one_must_stay {
            (ui.say(&say::BrandsOneStays), theme::WARNING)
        } else {
            (ui.say(&say::BrandsHint), theme::PLAIN)
        };
        let mut hint = page.inset(2);
        hint.paragraph(ui, &words, style);
        hint.gap(1);
        let list = Column::new(page.take_bottom(hint.rest().height)).take(10);
        // Drawn first, so that it has the focus: whoever agrees presses Enter.
        Button::new(ui.say(&say::BrandsConfirm), ScreenAction::Confirm)
            .digit(9)
            .main()
            .draw(ui, confirm);
        Grid { columns: 1, rows: self.brands.len().max(1) as u16 }.draw(
            ui,
            list,
            0,
            self.brands.len(),
            |ui, at| {
                let (brand, ticked) = self.brands[at];
                let words = ui.brand(brand);
                let mark = if ticked { "☑" } else { "☐" };
                Button::new(
                    Words { main: format!("{mark} {}", words.main), ..words },
                    ScreenAction::Pick(at),
                )
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_ticked_and_at_least_one_stays() {
        let chosen = |brands: &[Brand]| Some(BrandsAnswer::Chosen(brands.to_vec()));
        let mut pick = BrandPick::new(&Brand::ALL, &[]);
        assert_eq!(pick.act(ScreenAction::Confirm), chosen(&Brand::ALL));
        pick.act(ScreenAction::Pick(0));
        assert_eq!(pick.act(ScreenAction::Confirm), chosen(&[Brand::Moderna]));
        assert_eq!(pick.act(ScreenAction::Pick(1)), Some(BrandsAnswer::OneMustStay));
        assert_eq!(
            pick.act(ScreenAction::Confirm),
            chosen(&[Brand::Moderna]),
            "the last one stays"
        );
        assert_eq!(pick.act(ScreenAction::Pick(0)), None);
        assert_eq!(pick.act(ScreenAction::Confirm), chosen(&Brand::ALL));
        assert_eq!(
            BrandPick::new(&Brand::ALL, &[Brand::AstraZeneca]).chosen(),
            [Brand::AstraZeneca]
        );
    }
}

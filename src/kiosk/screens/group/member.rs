//! One of the people: another phone for their text message, or they are left out.

use super::super::context::Context;
use super::GroupAnswer;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::group::MARKS;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

/// Whoever began the visit is not left out: they book alone, or leave.
pub fn act(nth: usize, action: ScreenAction) -> Option<GroupAnswer> {
    match action {
        ScreenAction::OtherPhone => Some(GroupAnswer::OtherPhone),
        ScreenAction::LeaveOut => (nth > 0).then_some(GroupAnswer::LeaveOut(nth)),
        ScreenAction::Confirm => Some(GroupAnswer::GoOn),
        _ => None,
    }
}

pub fn view(nth: usize, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let Some((name, mobile)) = context.visit.and_then(|visit| visit.shown(nth)) else { return };
    let class = SizeClass::of(ui.buffer.area);
    let title = Words::same(format!("{} {name}", MARKS[nth % MARKS.len()]));
    let mut page = Column::headed(ui, area, &title, None);
    let rows = if class == SizeClass::Compact { 4 } else { 6 };
    if !mobile.is_empty() {
        let words = ui.say_alone(&say::ReceiptPhone { mobile: mobile.into() }).main;
        page.inset(1).lines(ui, &words, Align::Left, theme::PLAIN);
        page.gap(1);
    }
    let keep = Button::new(ui.say(&say::GroupKeep), ScreenAction::Confirm).digit(1).main();
    keep.draw(ui, page.take(rows));
    let phone = Button::new(ui.say(&say::GroupOtherPhone), ScreenAction::OtherPhone).digit(2);
    phone.pictogram(Pictogram::Phone).draw(ui, page.take(rows));
    if nth > 0 {
        let out = Button::new(ui.say(&say::GroupLeaveOut), ScreenAction::LeaveOut).digit(3);
        out.pictogram(Pictogram::Out).draw(ui, page.take(rows));
    }
}

//! The trainer's drawer beside a page: one tool below the other, each with its key.

use super::Drawer;
use crate::i18n::messages as say;
use crate::i18n::wrap::wrap;
use crate::kiosk::model::action::TrainingAction;
use crate::kiosk::screens::overlay::DrawerPage;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Columns of the key before a tool, with the mark of the focus.
const KEY: u16 = 4;

impl Drawer<'_> {
    /// In its part of the window.
    pub fn panel(self, ui: &mut Ui<'_>, area: Rect) {
        ui.fill(area, theme::PANEL);
        let mut column = Column::new(area);
        let title = ui.say_alone(&say::DrawerTitle).main;
        ui.line_on(column.take(1), &format!(" {title}"), Align::Left, theme::TRAINING);
        let at = DrawerPage::ALL.iter().position(|page| *page == self.page).unwrap_or(0) + 1;
        let mut group = ui.say_alone(self.group()).main;
        // In an exercise there is only the first page.
        if self.task_card().is_none() {
            group = format!("{group} {at}/{}", DrawerPage::ALL.len());
        }
        column.inset(1).lines(ui, &group, Align::Left, theme::PANEL_TITLE);
        column.gap(wrap(&group, usize::from(area.width - 2)).len() as u16);
        let mut tools: Vec<Button> =
            self.tools(ui).into_iter().map(|(digit, button)| button.digit(digit)).collect();
        tools.extend(self.foot(ui));
        if self.page == DrawerPage::Cards {
            let close = ui.say_alone(&say::ToolsClose);
            tools.push(Button::new(close, TrainingAction::Drawer).sign("F1"));
        }
        let lines: Vec<Vec<String>> = tools.iter().map(|tool| lines_of(tool, area.width)).collect();
        let rows: usize = lines.iter().map(Vec::len).sum();
        // A row between them where there are enough.
        let gap = u16::from(rows + tools.len() <= usize::from(column.rest().height));
        for (tool, lines) in tools.iter().zip(&lines) {
            draw(ui, column.take(lines.len() as u16), tool, lines);
            column.gap(gap);
        }
    }
}

fn lines_of(tool: &Button, width: u16) -> Vec<String> {
    let width = usize::from(width.saturating_sub(KEY + 1));
    let texts = std::iter::once(&tool.words).chain(&tool.detail);
    texts.flat_map(|words| wrap(&words.main, width)).collect()
}

fn draw(ui: &mut Ui<'_>, area: Rect, tool: &Button, lines: &[String]) {
    let focused = tool.action.is_some_and(|action| ui.is_focused(action));
    let pressed = tool.action.is_some() && ui.hold.pressed == tool.action;
    let style = match tool.action {
        None => theme::DISABLED,
        Some(_) if pressed => theme::PRESSED,
        Some(_) if focused => theme::MAIN_BUTTON,
        Some(_) => theme::PANEL,
    };
    ui.fill(area, style);
    let mut row = Column::new(area);
    let key = match tool.key {
        Some(key) => ui.hold.shown_key(key),
        None => tool.sign.to_owned(),
    };
    let mark = if focused { "▶" } else { " " };
    let chip = Column::new(row.take_left(KEY)).take(1);
    let chip_style = if style == theme::PANEL { theme::KEY_CHIP } else { style };
    ui.line(chip, &format!("{mark}{key}"), Align::Left, bold(chip_style));
    for (at, line) in lines.iter().enumerate() {
        row.line(ui, line, Align::Left, if at == 0 { bold(style) } else { style });
    }
    match tool.action {
        Some(action) => ui.record_key(area, action, tool.key),
        None => ui.targets.record_off(area),
    }
}

fn bold(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD)
}

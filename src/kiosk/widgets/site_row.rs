//! A site as a row to choose: its key, its names, vaccine and address, how many seats are free, and
//! at the right, in large type, the earliest free time.

use super::button::Button;
use super::column::Column;
use super::size_class::SizeClass;
use super::ui::{Align, Ui, Words};
use crate::api::sites::SiteView;
use crate::i18n::dates::clock;
use crate::i18n::names::{seats_figure, seats_text};
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use ratatui::layout::{Margin, Rect};
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Below this, few seats are left at a site.
const FEW_BELOW: u32 = 5;
/// Columns of the key and of the time.
const KEY: u16 = 5;
const TIME: u16 = 17;

/// Names and addresses stay in Chinese with the official English beside them: people show them to
/// taxi drivers and clerks.
pub struct SiteRow<'a> {
    pub view: &'a SiteView,
    pub action: ScreenAction,
    pub digit: u8,
}

impl SiteRow<'_> {
    pub fn draw(&self, ui: &mut Ui<'_>, area: Rect) {
        if ui.turns_pages() {
            return self.as_button(ui).draw(ui, area);
        }
        let full = self.view.free == 0;
        let frame = Button::new(Words::default(), self.action).digit(self.digit);
        let frame = if full { frame.disabled() } else { frame };
        frame.draw(ui, area);
        let style = match (full, ui.hold.is_pressed(self.action)) {
            (true, _) => theme::DISABLED,
            (false, true) => theme::PRESSED,
            (false, false) => theme::BUTTON,
        };
        let mut inner = Column::new(area.inner(Margin::new(1, 1)));
        inner.take_left(KEY);
        inner.take_right(1);
        if SizeClass::of(ui.buffer.area) == SizeClass::Upright {
            let time = inner.take_bottom(1);
            self.draw_names(ui, inner, style);
            self.draw_time(ui, time, Align::Left, style);
            self.draw_seats(ui, time, style);
        } else {
            let time = inner.take_right(TIME);
            inner.take_right(1);
            let first = inner.rest();
            self.draw_names(ui, inner, style);
            self.draw_time(ui, time, Align::Right, style);
            self.draw_seats(ui, first, style);
        }
    }

    /// All of it as the words of a button, for a page of larger type.
    fn as_button(&self, ui: &Ui<'_>) -> Button {
        let site = &self.view.site;
        let mut button = Button::new(Words::same(&*site.name_zh), self.action).digit(self.digit);
        if let Some(slot) = &self.view.earliest {
            let date = ui.texts.short_date(ui.language, slot.starts.date());
            button = button.detail(Words::same(format!("{date} {}", clock(slot.starts))));
        }
        let free = self.view.free;
        let seats = seats_text(ui.texts, ui.language, free);
        let is_few = 0 < free && free < FEW_BELOW;
        let seats = if is_few { format!("▲ {seats}") } else { seats };
        button = button.detail(Words::same(format!("{seats}  {}", ui.brand(site.brand).main)));
        if !ui.language.reads_chinese() {
            button = button.detail(Words::same(&*site.name_en));
        }
        button = button.detail(Words::same(&*site.address_zh));
        if free == 0 { button.disabled() } else { button }
    }

    fn draw_names(&self, ui: &mut Ui<'_>, mut inner: Column, style: Style) {
        let site = &self.view.site;
        let width = usize::from(inner.rest().width);
        let brand = ui.brand(site.brand).main;
        let below = if ui.language.reads_chinese() { &site.address_zh } else { &site.name_en };
        let first = inner.take(1);
        ui.line(first, &site.name_zh, Align::Left, style.add_modifier(Modifier::BOLD));
        let fitting =
            |end: &str| Some(format!("{below}  {end}")).filter(|all| all.width() <= width);
        let with_address = || fitting(&format!("{}  {brand}", site.address_zh));
        let longest = if ui.language.reads_chinese() { None } else { with_address() };
        let text = longest.or_else(|| fitting(&brand)).or_else(|| fitting(site.brand.code()));
        // Where even that has no room, the vaccine decides; the other name is on the next page.
        ui.line(inner.take(1), text.as_ref().unwrap_or(&brand), Align::Left, style);
    }

    fn draw_time(&self, ui: &mut Ui<'_>, area: Rect, align: Align, style: Style) {
        let Some(slot) = &self.view.earliest else { return };
        let date = ui.texts.short_date(ui.language, slot.starts.date());
        let text = format!("{date} {}", clock(slot.starts));
        let style = if style == theme::BUTTON { theme::TITLE } else { style };
        ui.heading(area, &text, align, style);
    }

    /// At the end of the first row: in words, or as a figure where names are long.
    fn draw_seats(&self, ui: &mut Ui<'_>, area: Rect, style: Style) {
        let free = self.view.free;
        let few = 0 < free && free < FEW_BELOW;
        let words = seats_text(ui.texts, ui.language, free);
        let figure = seats_figure(ui.texts, ui.language, free, FEW_BELOW);
        let words = if few { format!("▲ {words}") } else { words };
        let room = usize::from(area.width).saturating_sub(self.view.site.name_zh.width() + 1);
        let text = if words.width() <= room { words } else { figure };
        let width = (text.width() as u16).min(area.width);
        let at = Rect { x: area.right() - width, width, height: 1, ..area };
        ui.line(at, &text, Align::Right, if few { theme::FEW_LEFT } else { style });
    }
}

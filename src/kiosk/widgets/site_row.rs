//! A site as a row to choose: its key, its names, vaccine and address, how many seats are free, and
//! at the right, in large type, the earliest free time.

use super::button::Button;
use super::column::Column;
use super::size_class::SizeClass;
use super::ui::{Align, Ui, Words};
use crate::api::sites::SiteView;
use crate::i18n::dates::clock;
use crate::i18n::names::{place_name, seats_figure, seats_text};
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

/// The Chinese name stays beside the English one, and the address in Chinese: people show them to
/// taxi drivers and clerks.
pub struct SiteRow<'a> {
    pub view: &'a SiteView,
    pub action: ScreenAction,
    pub digit: u8,
    /// It can be chosen although no seat is free.
    pub any: bool,
}

impl SiteRow<'_> {
    pub fn draw(&self, ui: &mut Ui<'_>, area: Rect) {
        if ui.turns_pages() {
            return self.as_button(ui).draw(ui, area);
        }
        let full = self.is_off();
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
        let name = place_name(ui.language, &site.name_zh, &site.name_en);
        let mut button = Button::new(Words::same(name), self.action).digit(self.digit);
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
            button = button.detail(Words::same(&*site.name_zh));
        }
        button = button.detail(Words::same(&*site.address_zh));
        if self.is_off() { button.disabled() } else { button }
    }

    fn is_off(&self) -> bool {
        self.view.free == 0 && !self.any
    }

    /// Its name in large enough a room: for those who read no Chinese the English one, if it is not
    /// too long.
    fn name(&self, ui: &Ui<'_>, width: u16) -> &str {
        let site = &self.view.site;
        let name = place_name(ui.language, &site.name_zh, &site.name_en);
        let figure = seats_figure(ui.texts, ui.language, self.view.free, FEW_BELOW);
        let fits = name.width() + 1 + figure.width() <= usize::from(width);
        if fits { name } else { &site.name_zh }
    }

    fn draw_names(&self, ui: &mut Ui<'_>, mut inner: Column, style: Style) {
        let site = &self.view.site;
        let room = inner.rest().width;
        let name = self.name(ui, room);
        let brand = ui.brand(site.brand).main;
        // The other name, and the address where both have room.
        let is_english = name == site.name_en && name != site.name_zh;
        let below = match (ui.language.reads_chinese(), is_english) {
            (true, _) => &site.address_zh,
            (false, true) => &site.name_zh,
            (false, false) => &site.name_en,
        };
        ui.line(inner.take(1), name, Align::Left, style.add_modifier(Modifier::BOLD));
        let fitting =
            |end: &str| Some(format!("{below}  {end}")).filter(|all| all.width() <= room.into());
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
        let name = self.name(ui, area.width).width();
        let room = usize::from(area.width).saturating_sub(name + 1);
        let text = if words.width() <= room { words } else { figure };
        let width = (text.width() as u16).min(area.width);
        let at = Rect { x: area.right() - width, width, height: 1, ..area };
        ui.line(at, &text, Align::Right, if few { theme::FEW_LEFT } else { style });
    }
}

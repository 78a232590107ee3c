//! The offer: one slot that suits the person, with all that is needed to say yes, and the ways to
//! another time, place or phone number.

use super::context::Context;
use crate::api::sites::EarliestSlot;
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::i18n::names::{district_alone, place_name};
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::errand::Errand;
use crate::kiosk::model::person::Person;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines::sign_and_street;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use crate::kiosk::widgets::with_others;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Fewer free seats than this are few.
const FEW: u32 = 5;
/// Slots that a wide screen shows beside the offered one.
const BESIDE: usize = 4;

/// Slots that can be offered, at least one.
#[derive(Clone, PartialEq, Debug)]
pub struct EarliestOffer {
    shown: EarliestSlot,
    slots: Vec<EarliestSlot>,
    /// The slot that was offered before is taken.
    taken: bool,
}

#[derive(Clone, PartialEq, Debug)]
pub enum OfferAnswer {
    Book(Box<EarliestSlot>),
    OtherTime(Box<EarliestSlot>),
    OtherPlace(Box<EarliestSlot>),
    OtherPhone,
    /// Others come along; the slot is wanted for all.
    WithOthers(Box<EarliestSlot>),
    ToServices,
}

impl EarliestOffer {
    /// The first of the slots is offered; `None` if there is none.
    pub fn new(slots: Vec<EarliestSlot>, taken: bool) -> Option<Self> {
        Some(Self { shown: slots.first()?.clone(), slots, taken })
    }

    /// The slot that is offered now.
    pub fn shown(&self) -> &EarliestSlot {
        &self.shown
    }

    /// Seats have changed. The offered slot stays as long as it may be free; after that it is the
    /// first of these. `false` if none is left.
    pub fn refresh(&mut self, slots: Vec<EarliestSlot>) -> bool {
        let shown = &self.shown;
        let same_slot = slots.iter().find(|other| other.slot.id == shown.slot.id);
        // The list has the earliest slot of each site. One that became free before the offered one
        // takes its place there, and says nothing of it.
        let earlier = |other: &EarliestSlot| {
            other.site.id == shown.site.id && other.slot.starts < shown.slot.starts
        };
        match (same_slot, slots.first()) {
            (Some(same), _) => self.shown = same.clone(),
            (None, _) if slots.iter().any(earlier) => {}
            (None, Some(first)) => {
                self.shown = first.clone();
                self.taken = true;
            }
            (None, None) => return false,
        }
        self.slots = slots;
        true
    }

    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<OfferAnswer> {
        let shown = || Box::new(self.shown.clone());
        match action {
            ScreenAction::BookOffered(slot) => {
                (slot == self.shown.slot.id).then(|| OfferAnswer::Book(shown()))
            }
            ScreenAction::ShowOffered(slot) => {
                let chosen = self.slots.iter().find(|other| other.slot.id == slot)?;
                self.shown = chosen.clone();
                self.taken = false;
                None
            }
            ScreenAction::OtherTime => Some(OfferAnswer::OtherTime(shown())),
            ScreenAction::OtherSite => Some(OfferAnswer::OtherPlace(shown())),
            ScreenAction::OtherPhone => Some(OfferAnswer::OtherPhone),
            ScreenAction::WithOthers => {
                context.may_bring_others().then(|| OfferAnswer::WithOthers(shown()))
            }
            ScreenAction::ToServices => Some(OfferAnswer::ToServices),
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let class = SizeClass::of(ui.buffer.area);
        let mut area = Column::new(area);
        if class == SizeClass::Wide {
            let beside = area.take_right(48);
            area.take_right(3);
            // Drawn after what is offered, so that "book this" has the focus.
            let rest = area.rest();
            self.offered(ui, rest, class, context);
            self.beside(ui, beside);
        } else {
            self.offered(ui, area.rest(), class, context);
        }
    }

    fn offered(&self, ui: &mut Ui<'_>, area: Rect, class: SizeClass, context: &Context<'_>) {
        let mut page = self.headed(ui, area, class, context);
        // The Chinese beside the words has a row of its own in small buttons.
        let zh_row = u16::from(ui.bilingual);
        let (panel, book, other, columns) = match class {
            SizeClass::Compact => (8 - zh_row, 4, 3 + zh_row, 4),
            SizeClass::Standard => (11, 5, 4, 4),
            SizeClass::Upright => (13, 5, 4, 2),
            SizeClass::Wide => (15, 6, 5, 2),
        };
        let rows = 4 / columns;
        let spare = page.rest().height.saturating_sub(panel + book + rows * other);
        let panel = page.take(panel);
        page.gap(spare.min(2) / 2);
        let mut book = Column::new(page.take(book));
        let others_room = context.may_bring_others().then(|| with_others::take(&mut book));
        page.gap(spare.min(2) - spare.min(2) / 2);
        self.panel(ui, panel, class, context);
        let action = ScreenAction::BookOffered(self.shown.slot.id);
        let main = Button::new(ui.say(&say::OfferBook), action).digit(1).main();
        main.pictogram(Pictogram::Book).draw(ui, book.rest());
        if let Some(room) = others_room {
            with_others::draw(ui, room, 0);
        }
        let others: [(&dyn say::Message, _, _); 4] = [
            (&say::OfferOtherTime, ScreenAction::OtherTime, Pictogram::Time),
            (&say::OfferOtherPlace, ScreenAction::OtherSite, Pictogram::Place),
            (&say::OfferOtherPhone, ScreenAction::OtherPhone, Pictogram::Phone),
            (&say::OfferServices, ScreenAction::ToServices, Pictogram::Help),
        ];
        let width = (page.rest().width + 1) / columns;
        for (at, (words, action, pictogram)) in (0_u16..).zip(others) {
            let (column, row) = (at % columns, at / columns);
            let (x, y) = (page.rest().x + column * width, page.rest().y + row * other);
            let button = Button::new(ui.say(words), action).digit(at as u8 + 2);
            // Four in a row have no room for signs beside every word, and then none has one.
            let button = if columns == 2 { button.pictogram(pictogram) } else { button };
            button.draw(ui, Rect::new(x, y, width - 1, other));
        }
    }

    /// The heading, and the sentence why this slot, or that the one before is taken.
    fn headed(
        &self,
        ui: &mut Ui<'_>,
        area: Rect,
        class: SizeClass,
        context: &Context<'_>,
    ) -> Column {
        let title = ui.say(&say::OfferTitle);
        let page = Column::headed(ui, area, &title, Some(&Words::same("")));
        let (rows, below) = (page.rest().y - area.y - class.heading(), class.heading());
        let sentence = Rect { y: area.y + below, height: rows, ..area };
        let sentence = Column::new(sentence).inset(1).rest();
        if self.taken {
            let words = ui.say(&say::OfferTaken);
            ui.lines(sentence, &format!("▲ {}", words.main), Align::Left, theme::WARNING);
        } else if let Some(district) = context.person().and_then(Person::registered_district) {
            let words = ui.say_with(|texts, language| {
                let name = district_alone(texts, language, district).into();
                texts.say(language, &say::OfferWhy { district: name })
            });
            ui.lines(sentence, &words.main, Align::Left, theme::QUIET_TEXT);
        }
        page
    }

    /// When, where, how far, which vaccine, and where the text message goes.
    fn panel(&self, ui: &mut Ui<'_>, area: Rect, class: SizeClass, context: &Context<'_>) {
        ui.fill(area, theme::PANEL);
        let mut panel = Column::new(area);
        panel.take_left(1);
        panel.take_right(1);
        panel.gap(area.height.saturating_sub(7) / 2);
        let signs = panel.take_left(8);
        let sign = |y: u16| Rect::new(signs.x, signs.y + y, 6, 3).intersection(area);
        ui.pictogram(sign(0), Pictogram::Calendar, theme::PANEL_TITLE);
        ui.pictogram(sign(4), Pictogram::Place, theme::PANEL_TITLE);
        self.when(ui, &mut panel);
        let site = &self.shown.site;
        let name = place_name(ui.language, &site.name_zh, &site.name_en).to_owned();
        ui.heading(panel.take(2), &name, Align::Left, theme::PANEL_TITLE);
        let address = sign_and_street(ui.language, site);
        panel.lines(ui, &address, Align::Left, theme::PANEL);
        let facts = self.facts(ui);
        let bold = theme::PANEL.add_modifier(Modifier::BOLD);
        let mobile = context.visit.and_then(|visit| visit.errand.as_ref()).and_then(Errand::mobile);
        let mobile = mobile.map(|mobile| mobile.shown.expose().to_owned()).unwrap_or_default();
        let mobile = ui.say(&say::OfferPhone { mobile: mobile.into() }).main;
        if class == SizeClass::Upright {
            panel.lines(ui, &facts, Align::Left, bold);
            panel.gap(1);
            panel.lines(ui, &mobile, Align::Left, theme::PANEL);
        } else {
            let mut row = Column::new(panel.take(1));
            ui.line(row.take_left(facts.width() as u16 + 2), &facts, Align::Left, bold);
            ui.line(row.rest(), &mobile, Align::Right, theme::PANEL);
        }
    }

    /// Date and time, with the free seats where they are few.
    fn when(&self, ui: &mut Ui<'_>, panel: &mut Column) {
        let mut row = Column::new(panel.take(3));
        let free = self.shown.slot.free();
        if free < FEW {
            let words = ui.say(&say::OfferFew { seats: free.into() }).main;
            let words = format!(" ▲ {words} ");
            let badge = row.take_right(words.width() as u16);
            let badge = Rect { y: badge.y + 1, height: 1, ..badge };
            ui.line_on(badge, &words, Align::Left, theme::FEW_LEFT);
        }
        let when = when(ui, &self.shown).main;
        ui.key_fact(row.rest(), &when, Align::Left, theme::PANEL_TITLE);
    }

    fn facts(&self, ui: &Ui<'_>) -> String {
        let brand = ui.brand(self.shown.site.brand).main;
        format!("{} · {brand}", distance(ui, &self.shown))
    }

    /// The next slots, each to be looked at instead of the offered one.
    fn beside(&self, ui: &mut Ui<'_>, area: Rect) {
        let mut list = Column::under(ui, area, &say::OfferNext);
        for (at, offered) in self.slots.iter().take(BESIDE).enumerate() {
            let slot = list.take(7);
            list.gap(1);
            let site = &offered.site;
            let name = place_name(ui.language, &site.name_zh, &site.name_en).to_owned();
            let action = ScreenAction::ShowOffered(offered.slot.id);
            let button = Button::new(when(ui, offered), action).digit(at as u8 + 6).large();
            let button = button.detail(Words::same(name));
            let button = button.detail(Words::same(distance(ui, offered)));
            let is_shown = offered.slot.id == self.shown.slot.id;
            (if is_shown { button.chosen() } else { button }).draw(ui, slot);
        }
    }
}

/// Date and hour, as short as they are clear.
fn when(ui: &Ui<'_>, offered: &EarliestSlot) -> Words {
    let starts = offered.slot.starts;
    let date = ui.say_with(|texts, language| texts.short_date(language, starts.date()));
    Words::same(format!("{}  {}", date.main, clock(starts)))
}

/// How far it is from the registered district.
fn distance(ui: &Ui<'_>, offered: &EarliestSlot) -> String {
    if offered.metres == 0 {
        return ui.say(&say::OfferHere).main;
    }
    // Between the middles of two districts: fractions of a kilometre would say nothing.
    let kilometres = (offered.metres + 500) / 1000;
    let kilometres = kilometres.max(1);
    ui.say(&say::OfferDistance { kilometres: kilometres.into() }).main
}

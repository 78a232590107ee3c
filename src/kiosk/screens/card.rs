//! The card: asked for, being read, or why it cannot be used and what to do.

use super::context::Context;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::visit::CardState;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::card_fault::card_fault;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::every_language;
use crate::kiosk::widgets::graphic::CardWay;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardAnswer {
    OtherWays,
    /// Types the code of a text message.
    HaveCode,
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<CardAnswer> {
    let has_ways = !context.machine.profile.ways.is_empty();
    match action {
        ScreenAction::OtherWays if has_ways => Some(CardAnswer::OtherWays),
        ScreenAction::HaveCode if takes_codes(context) => Some(CardAnswer::HaveCode),
        _ => None,
    }
}

/// Whether it has a button for the code of a text message: otherwise that is one of the other ways.
fn takes_codes(context: &Context<'_>) -> bool {
    let profile = &context.machine.profile;
    profile.ways.is_empty() && profile.channel.may_book()
}

fn card_state<'a>(context: &Context<'a>) -> &'a CardState {
    context.visit.map_or(&CardState::Absent, |visit| &visit.card)
}

/// Whether no card can be read, or not this one.
pub fn shows_trouble(context: &Context<'_>) -> bool {
    context.machine.reader_lost || matches!(card_state(context), CardState::Faulty(_))
}

/// What the screen says and, in more words, what to do.
fn said(context: &Context<'_>) -> (&'static dyn Message, &'static dyn Message) {
    match card_state(context) {
        CardState::Absent if context.machine.reader_lost => {
            (&say::CardNoReaderTitle, &say::CardNoReaderBody)
        }
        CardState::Absent => (&say::CardInsertTitle, &say::CardInsertBody),
        CardState::Reading | CardState::Read(_) => (&say::CardReadingTitle, &say::CardReadingBody),
        CardState::Faulty(fault) => card_fault(*fault),
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let mut page = Column::new(area);
    let waits = matches!(card_state(context), CardState::Absent | CardState::Faulty(_));
    let has_ways = !context.machine.profile.ways.is_empty();
    if waits && (has_ways || takes_codes(context)) {
        let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
        let foot = page.take_bottom(if upright { 4 } else { 3 });
        let (message, action): (&dyn Message, _) = match has_ways {
            true => (&say::CardWays, ScreenAction::OtherWays),
            false => (&say::CardHaveCode, ScreenAction::HaveCode),
        };
        let mut words = ui.say_alone(message);
        if !context.language_chosen() && ui.language != Language::En {
            let english = ui.texts.say(Language::En, message);
            words.main = format!("{}  {english}", words.main);
        }
        Button::new(words, action).digit(1).draw(ui, foot);
    }
    if context.language_chosen() {
        in_own_language(ui, page.rest(), context);
    } else {
        in_all_languages(ui, page.rest(), context);
    }
}

/// Before a language was chosen: one line in each, and a picture.
fn in_all_languages(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let (title, _) = said(context);
    let languages = &context.machine.profile.languages;
    let trouble = shows_trouble(context);
    let style = if trouble { theme::WARNING_PANEL } else { theme::PANEL };
    let mut beside = Column::new(every_language::band(ui, area, languages, title, style));
    // The sign first where there is room for both: the card below it shows how it goes in.
    if trouble && (context.machine.reader_lost || beside.rest().height >= 13) {
        let sign = beside.take(6);
        ui.pictogram(middle(sign, 12, 6), Pictogram::Cross, style);
    }
    if !context.machine.reader_lost {
        ui.card(beside.rest(), CardWay::In, context.card_frame(), style);
    }
}

fn in_own_language(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let (title, body) = said(context);
    let mut page = Column::under(ui, area, title);
    let trouble = shows_trouble(context);
    let style = if trouble { theme::WARNING_PANEL } else { theme::PANEL };
    ui.fill(page.rest(), style);
    page = page.inset(1);
    if page.rest().height >= 14 {
        page.gap(1);
    }
    let mut text = page;
    if trouble {
        ui.pictogram(Column::new(text.take_left(6)).take(3), Pictogram::Cross, style);
        text.take_left(2);
    }
    let words = ui.say(body);
    text.paragraph(ui, &words, style);
    page.gap(text.rest().y - page.rest().y);
    if !context.machine.reader_lost {
        ui.card(page.rest(), CardWay::In, context.card_frame(), style);
    }
}

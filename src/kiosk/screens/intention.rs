//! What was registered (接種意願結果): number, when, phone, region, vaccines; to change it or
//! to withdraw it.

use super::context::Context;
use crate::api::intentions::IntentionView;
use crate::domain::region;
use crate::domain::taipei;
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::district_name;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IntentionAnswer {
    Done,
    ToServices,
    Change,
    Withdraw,
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<IntentionAnswer> {
    let person = context.person()?;
    match action {
        ScreenAction::Done => Some(IntentionAnswer::Done),
        ScreenAction::ToServices => Some(IntentionAnswer::ToServices),
        ScreenAction::ChangeIntention => {
            let refusal = person.registering_refusal(context.machine.now.wall);
            refusal.is_none().then_some(IntentionAnswer::Change)
        }
        ScreenAction::WithdrawIntention => {
            person.booking().is_none().then_some(IntentionAnswer::Withdraw)
        }
        _ => None,
    }
}

/// `existing`: registered before, and shown again.
pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, existing: bool) {
    let title: &dyn Message = if existing { &say::IntentionExisting } else { &say::IntentionDone };
    let mut page = Column::under(ui, area, title);
    let Some((person, intention)) =
        context.person().and_then(|person| Some((person, person.intention()?)))
    else {
        return;
    };
    let stacked = area.width < 70;
    let narrow = SizeClass::of(ui.buffer.area) == SizeClass::Compact;
    let buttons = page.take_bottom(if stacked { 8 } else { 4 });
    let refusal = person.registering_refusal(context.machine.now.wall);
    let mut page = page.inset(2);
    told(&mut page, ui, intention);
    let last = match refusal {
        Some(refusal) if existing => ui.refusal(refusal),
        Some(_) | None => ui.say(&say::IntentionReminder),
    };
    let last = if narrow { last.alone() } else { last };
    page.paragraph(ui, &last, theme::PLAIN);
    let grid = if stacked { Grid { columns: 2, rows: 2 } } else { Grid { columns: 4, rows: 1 } };
    let closed = [false, false, refusal.is_some(), person.booking().is_some()];
    let mut choices: [(&dyn Message, ScreenAction); 4] = [
        (&say::ReceiptDone, ScreenAction::Done),
        (&say::OfferServices, ScreenAction::ToServices),
        (&say::IntentionChange, ScreenAction::ChangeIntention),
        (&say::IntentionWithdraw, ScreenAction::WithdrawIntention),
    ];
    // Who only looked goes on to the services; who has just registered is done.
    if existing {
        choices.swap(0, 1);
    }
    for (at, (words, action)) in choices.into_iter().enumerate() {
        // Four in a row leave no room for the Chinese.
        let words = if narrow { ui.say_alone(words) } else { ui.say(words) };
        let button = Button::new(words, action).digit(at as u8 + 1);
        let button = if at == 0 { button.main() } else { button };
        let button = if closed[at] { button.disabled() } else { button };
        button.draw(ui, grid.cell(buttons, at));
    }
}

/// What was registered, a line each.
fn told(page: &mut Column, ui: &mut Ui<'_>, intention: &IntentionView) {
    let number = ui.say(&say::IntentionNumber { number: intention.number.to_string().into() });
    page.paragraph(ui, &number, theme::TITLE);
    page.paragraph(ui, &ui.say(&say::IntentionNotATurn), theme::QUIET_TEXT);
    let registered = taipei::civil(intention.registered);
    let when = ui.labelled(&say::IntentionRegistered, |texts, language| {
        format!("{} {}", texts.long_date(language, registered.date()), clock(registered))
    });
    page.paragraph(ui, &when, theme::PLAIN);
    let mobile = ui.labelled(&say::ReviewPhone, |_, _| intention.mobile_masked.expose().to_owned());
    page.paragraph(ui, &mobile.alone(), theme::PLAIN);
    if let Some(district) = region::district(intention.district) {
        let place = ui.labelled(&say::IntentionRegion, |texts, language| {
            district_name(texts, language, district)
        });
        page.paragraph(ui, &place, theme::PLAIN);
    }
    page.paragraph(ui, &booking_lines::vaccines(ui, &intention.brands), theme::PLAIN);
}

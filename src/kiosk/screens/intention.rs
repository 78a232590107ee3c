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
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IntentionAnswer {
    Done,
    Change,
    Withdraw,
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<IntentionAnswer> {
    let person = context.person()?;
    match action {
        ScreenAction::Done => Some(IntentionAnswer::Done),
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
    let stacked = area.width < 80;
    let buttons = page.take_bottom(if stacked { 12 } else { 4 });
    let refusal = person.registering_refusal(context.machine.now.wall);
    let mut page = page.inset(2);
    told(&mut page, ui, intention);
    let last = match refusal {
        Some(refusal) if existing => ui.refusal(refusal),
        Some(_) | None => ui.say(&say::IntentionReminder),
    };
    page.paragraph(ui, &last, theme::PLAIN);
    let grid = if stacked { Grid { columns: 1, rows: 3 } } else { Grid { columns: 3, rows: 1 } };
    let done = Button::new(ui.say(&say::ReceiptDone), ScreenAction::Done).digit(1).main();
    done.draw(ui, grid.cell(buttons, 0));
    let change = Button::new(ui.say(&say::IntentionChange), ScreenAction::ChangeIntention).digit(2);
    let change = if refusal.is_some() { change.disabled() } else { change };
    change.draw(ui, grid.cell(buttons, 1));
    let withdraw =
        Button::new(ui.say(&say::IntentionWithdraw), ScreenAction::WithdrawIntention).digit(3);
    let withdraw = if person.booking().is_some() { withdraw.disabled() } else { withdraw };
    withdraw.draw(ui, grid.cell(buttons, 2));
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

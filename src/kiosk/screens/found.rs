//! What the simple query found: the latest booking, masked.

use super::context::Context;
use crate::domain::taipei;
use crate::i18n::dates::{clock, hours};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let title = ui.say(&say::FoundTitle);
    let rest = ui.heading(area, &title, None);
    let Some(found) = context.visit.and_then(|visit| visit.sign_in.found()) else { return };
    let button = Rect { y: rest.bottom().saturating_sub(4), height: 4, ..rest };
    let mut y = rest.y;
    let mut put = |ui: &mut Ui<'_>, words: &Words, style| {
        let room = Rect {
            x: rest.x + 2,
            y,
            width: rest.width.saturating_sub(4),
            height: button.y.saturating_sub(y),
        };
        y += ui.paragraph(room, words, style);
    };
    put(ui, &ui.say(&say::ReceiptNumber { number: found.number.to_string().into() }), theme::TITLE);
    let (name, id) = (found.name_masked.as_str(), found.id_masked.as_str());
    put(ui, &ui.say_alone(&say::ReviewPerson { name: name.into(), id: id.into() }), theme::PLAIN);
    put(
        ui,
        &ui.say_alone(&say::ReceiptPhone { mobile: found.mobile_masked.as_str().into() }),
        theme::PLAIN,
    );
    let when = ui.labelled(&say::ReceiptWhen, |texts, language| {
        format!(
            "{}  {}",
            texts.long_date(language, found.starts.date()),
            hours(found.starts, found.ends)
        )
    });
    put(ui, &when, theme::PLAIN);
    let place = ui.labelled(&say::ReceiptWhere, |_, _| found.site.name_zh.clone());
    put(ui, &place.alone(), theme::PLAIN);
    if !ui.language.reads_chinese() {
        put(ui, &Words::same(found.site.name_en.clone()), theme::PLAIN);
    }
    put(ui, &Words::same(found.site.address_zh.clone()), theme::PLAIN);
    let brand = ui.brand(found.site.brand).main;
    put(ui, &ui.labelled(&say::ReceiptVaccine, |_, _| brand.clone()).alone(), theme::PLAIN);
    let made = taipei::civil(found.made);
    let made = ui.say_with(|texts, language| {
        let text = format!("{} {}", texts.short_date(language, made.date()), clock(made));
        texts.say(language, &say::ReceiptMade { made: text.into() })
    });
    put(ui, &made.alone(), theme::QUIET_TEXT);
    put(ui, &ui.say(&say::ReceiptReminder), theme::PLAIN);
    Button::new(ui.say(&say::ReceiptDone), ScreenAction::Done).digit(1).main().draw(ui, button);
}

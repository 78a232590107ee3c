//! Everything before it counts: each line changeable, then confirm.

use super::facts::Facts;
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::kiosk::journey::event::{Action, Part};
use crate::kiosk::journey::session::CardState;
use crate::kiosk::theme;
use crate::kiosk::widgets::brands::brand_words;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::places::reads_chinese;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    let title = ui.say(&say::ReviewTitle);
    let mut rest = ui.heading(area, &title, None);
    let Some(session) = facts.session else { return };
    let (Some(site), Some(slot), Some(mobile)) = (&session.site, &session.slot, &session.mobile) else { return };
    if let CardState::Read(card) = &session.card {
        let words = say::ReviewPerson { name: card.name.masked().into(), id: card.id.masked().into() };
        let text = ui.say(&words).main;
        let row = Rect { x: rest.x + 2, width: rest.width.saturating_sub(4), height: 1, ..rest };
        ui.line(row, &text, Align::Left, theme::PLAIN);
        rest = Rect { y: rest.y + 1, height: rest.height.saturating_sub(1), ..rest };
    }
    let spare = rest.height.saturating_sub(14);
    let heights = [3, 4 + spare.min(1), 3 + u16::from(spare > 1), 3 + u16::from(spare > 3)];
    let mut y = rest.y;
    let mut row = |height: u16| {
        let room = Rect { y, height, ..rest };
        y += height;
        room
    };
    let brand = brand_words(ui, site.brand).main;
    let rows = heights.map(&mut row);
    // Drawn first, so that it has the focus: whoever agrees presses Enter.
    Button::new(ui.say(&say::ReviewConfirm), Action::Confirm).digit(1).main().draw(ui, rows[3]);
    let phone = ui.labelled(&say::ReviewPhone, |_, _| mobile.shown.expose().to_owned());
    let phone = Words { zh: ui.say(&say::ReviewPhone).zh, ..phone };
    let place = ui.labelled(&say::ReviewPlace, |_, _| format!("{}  {brand}", site.name_zh));
    let time = ui.labelled(&say::ReviewTime, |texts, language| {
        format!("{}  {}", texts.long_date(language, slot.starts.date()), hours(slot.starts, slot.ends))
    });
    let below = if reads_chinese(ui.language) { site.address_zh.clone() } else { site.name_en.clone() };
    line(ui, phone, Part::Phone, 2).draw(ui, rows[0]);
    line(ui, place, Part::Place, 3).detail(Words::same(below)).draw(ui, rows[1]);
    line(ui, time, Part::Time, 4).draw(ui, rows[2]);
}

fn line(ui: &Ui<'_>, words: Words, part: Part, digit: u8) -> Button {
    let change = ui.say(&say::ReviewChange).main;
    let words = Words { main: format!("{}  [{change}]", words.main), ..words };
    Button::new(words, Action::Change(part)).digit(digit).left()
}

//! What the simple query found: the latest booking, masked.

use super::context::Context;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let mut page = Column::under(ui, area, &say::FoundTitle);
    let Some(found) = context.visit.and_then(|visit| visit.sign_in.found()) else { return };
    let button = page.take_bottom(4);
    let mut page = page.inset(2);
    booking_lines::number(&mut page, ui, found.number);
    let (name, id) = (found.name_masked.as_str(), found.id_masked.as_str());
    let person = ui.say_alone(&say::ReviewPerson { name: name.into(), id: id.into() });
    page.paragraph(ui, &person, theme::PLAIN);
    let mobile = say::ReceiptPhone { mobile: found.mobile_masked.as_str().into() };
    let mobile = ui.say_alone(&mobile);
    page.paragraph(ui, &mobile, theme::PLAIN);
    booking_lines::when(&mut page, ui, found.starts, found.ends);
    for line in booking_lines::place_and_address(ui, &found.site) {
        page.paragraph(ui, &line, theme::PLAIN);
    }
    let vaccine = booking_lines::vaccines(ui, &[found.site.brand]);
    page.paragraph(ui, &vaccine, theme::PLAIN);
    page.paragraph(ui, &booking_lines::made(ui, found.made), theme::QUIET_TEXT);
    // The smallest size has no room for the Chinese of the longest text.
    let compact = SizeClass::of(ui.buffer.area) == SizeClass::Compact;
    let reminder =
        if compact { ui.say_alone(&say::ReceiptReminder) } else { ui.say(&say::ReceiptReminder) };
    page.paragraph(ui, &reminder, theme::PLAIN);
    Button::new(ui.say(&say::ReceiptDone), ScreenAction::Done).digit(1).main().draw(ui, button);
}

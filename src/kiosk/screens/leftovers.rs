//! Doses that are left at the end of a site's day (殘劑): what being told of them means, to ask for
//! it, and to ask for it no more.

use super::context::Context;
use crate::domain::leftover::COME_WITHIN;
use crate::i18n::messages as say;
use crate::i18n::names::place_name;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeftoversAnswer {
    /// At the site for which they wait.
    Here,
    /// At a site that they choose.
    Choose,
    /// Does not want to be told any more.
    Stop,
    ToServices,
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<LeftoversAnswer> {
    match action {
        ScreenAction::Confirm => context.waited_site().map(|_| LeftoversAnswer::Here),
        ScreenAction::OtherSite => Some(LeftoversAnswer::Choose),
        ScreenAction::LeaveLeftovers => Some(LeftoversAnswer::Stop),
        ScreenAction::ToServices => Some(LeftoversAnswer::ToServices),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let mut page = Column::under(ui, area, &say::LeftoversTitle);
    let compact = SizeClass::of(ui.buffer.area) == SizeClass::Compact;
    let rows = if compact { 3 } else { 4 };
    let small = page.take_bottom(rows);
    let site = context.waited_site();
    let choose = Button::new(ui.say(&say::LeftoversChoose), ScreenAction::OtherSite);
    let mut above = Column::new(page.take_bottom(4 + if site.is_some() { rows } else { 0 }));
    match site {
        Some(site) => {
            let name = place_name(ui.language, &site.name_zh, &site.name_en).to_owned();
            let here = Button::new(
                ui.say_alone(&say::LeftoversHere { site: name.into() }),
                ScreenAction::Confirm,
            );
            here.digit(1).main().pictogram(Pictogram::Dose).draw(ui, above.take(4));
            let choose = Button { words: ui.say_alone(&say::LeftoversChoose), ..choose };
            choose.digit(2).pictogram(Pictogram::Place).draw(ui, above.take(rows));
        }
        None => choose.digit(1).main().pictogram(Pictogram::Dose).draw(ui, above.take(4)),
    }
    let first = if site.is_some() { 3 } else { 2 };
    let width = small.width.div_ceil(2);
    let words = ui.say_alone(&say::LeftoversStop);
    let stop = Button::new(words, ScreenAction::LeaveLeftovers).digit(first);
    stop.draw(ui, Rect { width: width - 1, ..small });
    let services = Button::new(ui.say_alone(&say::OfferServices), ScreenAction::ToServices);
    let beside = Rect { x: small.x + width, width: width - 1, ..small };
    services.digit(first + 1).pictogram(Pictogram::Help).draw(ui, beside);
    let sign = page.take_left(14);
    ui.pictogram(middle(Column::new(sign).take(6), 12, 6), Pictogram::Dose, theme::TITLE);
    page.take_right(1);
    let minutes = COME_WITHIN.as_mins().into();
    let body = ui.say(&say::LeftoversBody { minutes });
    let body = if compact { body.alone() } else { body };
    page.paragraph(ui, &body, theme::PLAIN);
}

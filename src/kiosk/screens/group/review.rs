//! Everything before it counts, for all: date, hours and place in large, each person with their
//! hour and phone, then one press for all.

use super::super::context::Context;
use super::{GroupAnswer, people};
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::action::{Part, ScreenAction};
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines::{sign_and_street, vaccines};
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

/// Keys that are no person's.
const TIME: u8 = 8;
const PLACE: u8 = 9;
/// Columns of the two buttons that change time and place.
const CHANGE_WIDTH: u16 = 18;

pub fn act(action: ScreenAction) -> Option<GroupAnswer> {
    match action {
        ScreenAction::Confirm => Some(GroupAnswer::Book),
        ScreenAction::Change(Part::Time) => Some(GroupAnswer::OtherTime),
        ScreenAction::Change(Part::Place) => Some(GroupAnswer::OtherPlace),
        ScreenAction::Member(nth) => Some(GroupAnswer::Member(nth)),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let group = context.visit.and_then(|visit| visit.group.as_ref());
    let Some(group) = group else { return };
    let class = SizeClass::of(ui.buffer.area);
    let count = group.people();
    let of_all = (
        &say::GroupReviewTitle { people: count.into() } as &dyn Message,
        &say::GroupReviewHint as &dyn Message,
        &say::GroupBook { people: count.into() } as &dyn Message,
    );
    // Whoever is left of several, with the hour that they chose together.
    let (title, hint, book_words) = match count {
        1 => (&say::ReviewTitle as _, &say::GroupReviewHintOne as _, &say::ReviewConfirm as _),
        _ => of_all,
    };
    let (title, hint, words) = (ui.say(title), ui.say_alone(hint), ui.say(book_words));
    let mut page = match class {
        SizeClass::Compact => close_heading(ui, area, &title, &hint),
        SizeClass::Standard | SizeClass::Upright | SizeClass::Wide => {
            let hint = Some(&hint).filter(|_| title.zh.is_none());
            Column::headed(ui, area, &title, hint)
        }
    };
    let book = match class {
        SizeClass::Compact => 3,
        SizeClass::Standard | SizeClass::Upright => 4,
        SizeClass::Wide => 6,
    };
    let book = page.take_bottom(book);
    // Drawn first, so that it has the focus: whoever agrees presses Enter.
    Button::new(words, ScreenAction::Confirm).digit(7).main().draw(ui, book);
    let rows = people::rows(ui, count);
    facts(ui, &mut page, rows, context);
    people::draw(ui, page.take(rows), context, 1);
}

/// The title in one row: six people and all of the facts need the other one.
fn close_heading(ui: &mut Ui<'_>, area: Rect, title: &Words, hint: &Words) -> Column {
    let mut page = Column::new(area);
    let mut text = Column::new(page.take(2)).inset(1);
    ui.line(text.take(1), &title.main, Align::Left, theme::TITLE);
    let below = title.zh.as_ref().unwrap_or(&hint.main);
    ui.line(text.rest(), below, Align::Left, theme::QUIET_TEXT);
    page
}

/// When, where and by which vaccine. `below`: rows of what comes below it.
fn facts(ui: &mut Ui<'_>, page: &mut Column, below: u16, context: &Context<'_>) {
    let Some(visit) = context.visit else { return };
    let class = SizeClass::of(ui.buffer.area);
    let hours_of = visit.group.as_ref().map(|group| &group.hours);
    let site = visit.errand.as_ref().and_then(|errand| errand.seat()?.site());
    let Some((Some(first), Some(last), site)) =
        hours_of.zip(site).map(|(hours, site)| (hours.first(), hours.last(), site))
    else {
        return;
    };
    let (rows, gap) = match class {
        SizeClass::Compact => (6, 0),
        SizeClass::Standard => (7, 1),
        SizeClass::Upright => (11, 1),
        SizeClass::Wide => (9, 1),
    };
    let room = page.rest().height.saturating_sub(below + gap);
    let mut panel = Column::new(page.take(rows.min(room)));
    page.gap(gap);
    ui.fill(panel.rest(), theme::PANEL);
    let (areas, under) = if class == SizeClass::Upright {
        let row = panel.take_bottom(3);
        let half = row.width / 2;
        ([Rect { width: half - 1, ..row }, Rect { x: row.x + half, width: half, ..row }], None)
    } else {
        let rows = panel.rest().height.saturating_sub(3);
        let under = Column::new(panel.take_bottom(rows)).inset(1);
        let row = panel.take_right(2 * CHANGE_WIDTH + 1);
        let second = Rect { x: row.x + CHANGE_WIDTH + 1, width: CHANGE_WIDTH, ..row };
        ([Rect { width: CHANGE_WIDTH, ..row }, second], Some(under))
    };
    let mut text = panel.inset(1);
    let when = ui.say_with(|texts, language| {
        let date = texts.short_date(language, first.starts.date());
        format!("{date}  {}", hours(first.starts, last.ends))
    });
    let rows = if class == SizeClass::Compact { 1 } else { 2 };
    ui.heading(text.take(rows), &when.main, Align::Left, theme::PANEL_TITLE);
    let name = place_name(ui.language, &site.name_zh, &site.name_en).to_owned();
    text.lines(ui, &name, Align::Left, theme::PANEL);
    let mut text = under.unwrap_or(text);
    text.lines(ui, &vaccines(ui, &[site.brand]).main, Align::Left, theme::PANEL);
    text.lines(ui, &sign_and_street(ui.language, site), Align::Left, theme::PANEL);
    let changes = [
        (&say::OfferOtherTime as &dyn Message, Part::Time, TIME, Pictogram::Time),
        (&say::OfferOtherPlace, Part::Place, PLACE, Pictogram::Place),
    ];
    for ((words, part, digit, pictogram), area) in changes.into_iter().zip(areas) {
        let button = Button::new(ui.say_alone(words), ScreenAction::Change(part)).digit(digit);
        button.pictogram(pictogram).draw(ui, area);
    }
}

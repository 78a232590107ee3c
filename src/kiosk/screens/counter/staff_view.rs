//! The managers' page as it is drawn: who there is, what they may do, and somebody new.

use super::form::Listed;
use super::form_view::{draw_field, framed, row_style};
use super::layout::Places;
use super::staff_list::{NewUser, Opened};
use super::{Working, institution_figures};
use crate::api::staff::StaffView;
use crate::domain::staff::{Right, Rights, StaffRole};
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::listed;
use crate::kiosk::model::counter::{CounterAction, Field};
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;

pub fn role_name(role: StaffRole) -> &'static dyn Message {
    match role {
        StaffRole::Representative => &say::CounterRoleRepresentative,
        StaffRole::Manager => &say::CounterRoleManager,
        StaffRole::User => &say::CounterRoleUser,
    }
}

fn right_name(right: Right) -> &'static dyn Message {
    match right {
        Right::Book => &say::CounterRightBook,
        Right::Change => &say::CounterRightChange,
        Right::CheckIn => &say::CounterRightCheckIn,
        Right::Manage => &say::CounterRightManage,
    }
}

pub fn view(ui: &mut Ui<'_>, places: &Places, working: &Working) {
    let staff = &working.staff;
    if let Some(figures) = &staff.figures {
        return institution_figures::view(ui, places.middle, figures, staff.at);
    }
    match &staff.open {
        Some(Opened::New(new)) => return new_user(ui, places, new),
        Some(Opened::AwaitCard) => return sentence(ui, places.middle, &say::CounterUserCard),
        Some(Opened::Sending { .. }) => return sentence(ui, places.middle, &say::CounterSending),
        Some(Opened::User { user, rights, at }) => {
            rights_box(ui, places.choices, user.name.expose(), *rights, Some(*at));
        }
        None => {}
    }
    let area = if staff.open.is_some() { places.fields } else { places.middle };
    let title = ui.say_alone(&say::CounterUsers).main;
    let inner = framed(ui, area, &title);
    match &staff.users {
        Listed::Known(users) => list(ui, inner, users, staff.at),
        Listed::Asked | Listed::Nothing => sentence(ui, inner, &say::WaitPlease),
        Listed::Failed => sentence(ui, inner, &say::LineLost),
    }
}

fn sentence(ui: &mut Ui<'_>, area: Rect, message: &dyn Message) {
    let words = ui.say_alone(message);
    Column::new(area).inset(2).paragraph(ui, &words, theme::TITLE);
}

fn list(ui: &mut Ui<'_>, area: Rect, users: &[StaffView], marked: usize) {
    let mut page = Column::new(area);
    let new = page.take_bottom(1);
    let rows = usize::from(page.rest().height).max(1);
    let first = marked.saturating_sub(rows / 2).min(users.len().saturating_sub(rows));
    for (at, user) in users.iter().enumerate().skip(first).take(rows) {
        let mark = if at == marked { "▶" } else { " " };
        // Whoever manages people has to know them apart.
        let name = user.name.expose();
        let role = ui.say_alone(role_name(user.role)).main;
        let rights: Vec<String> =
            user.rights.iter().map(|right| ui.say_alone(right_name(right)).main).collect();
        let rights = match user.withdrawn {
            Some(_) => format!("✗ {}", ui.say_alone(&say::CounterUserWithdrawn).main),
            None => listed(ui.language, &rights),
        };
        let text = format!("{mark}{name}  {role}  {rights}");
        row(ui, page.take(1), &text, (at, marked), user.withdrawn.is_none());
    }
    let mark = if marked == users.len() { "▶" } else { " " };
    let text = format!("{mark}+ {}", ui.say_alone(&say::CounterUserNew).main);
    row(ui, new, &text, (users.len(), marked), true);
}

fn row(ui: &mut Ui<'_>, area: Rect, text: &str, (at, marked): (usize, usize), open: bool) {
    let action = CounterAction::Choose(at);
    let style = row_style(ui, action, at == marked, open);
    ui.line_on(area, &fitted(text, area.width), Align::Left, style);
    ui.record(area, action, None);
}

fn rights_box(ui: &mut Ui<'_>, area: Rect, title: &str, rights: Rights, marked: Option<usize>) {
    let inner = framed(ui, area, title);
    let mut page = Column::new(inner);
    for (at, right) in Right::ALL.into_iter().enumerate() {
        let tick = if rights.contains(right) { "[✓]" } else { "[ ]" };
        let mark = if marked == Some(at) { "▶" } else { " " };
        let words = ui.say_alone(right_name(right)).main;
        let text = format!("{mark}{} {tick} {words}", at + 1);
        row(ui, page.take(1), &text, (at, marked.unwrap_or(usize::MAX)), true);
    }
    page.gap(1);
    let words = ui.say_alone(&say::CounterRightsHint);
    page.paragraph(ui, &words, theme::QUIET_TEXT);
}

fn new_user(ui: &mut Ui<'_>, places: &Places, new: &NewUser) {
    let role = ui.say_alone(role_name(new.role)).main;
    let names: Vec<String> =
        new.rights.iter().map(|right| ui.say_alone(right_name(right)).main).collect();
    let name = new.name.expose();
    let values = [
        (Field::StaffName, name.to_owned()),
        (Field::StaffRole, role),
        (Field::StaffRights, listed(ui.language, &names)),
    ];
    for (at, (field, value)) in values.iter().enumerate() {
        let typed = if *field == Field::StaffName { name } else { "" };
        let focus = (new.field == *field).then_some(typed);
        draw_field(ui, places, at, *field, value, focus);
    }
    let title = ui.say_alone(&say::CounterStaffRights).main;
    let marked = (new.field == Field::StaffRights).then_some(new.at);
    rights_box(ui, places.choices, &title, new.rights, marked);
}

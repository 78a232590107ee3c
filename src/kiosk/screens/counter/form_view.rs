//! The form as it is drawn: its fields, and the choices beside the one that has the focus.

use super::choices::Choice;
use super::form::{Form, Listed, Phone, Purpose, Wrong};
use super::layout::Places;
use super::line_view::part_name;
use crate::domain::region;
use crate::domain::site::Site;
use crate::i18n::dates::{clock, hours};
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::{county_name, district_alone, listed, place_name, seats_text};
use crate::kiosk::model::counter::{CounterAction, Field};
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::{Margin, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, BorderType, Widget};
use unicode_width::UnicodeWidthStr;

/// Below this, few seats are left in an hour.
const FEW_BELOW: u32 = 5;
/// Columns of the list of sites below which each takes two rows.
const NARROW: u16 = 32;

pub fn label(field: Field) -> &'static dyn Message {
    match field {
        Field::Consent => &say::CounterConsent,
        Field::Phone => &say::CounterPhone,
        Field::County => &say::CounterCounty,
        Field::District => &say::CounterDistrict,
        Field::Site => &say::CounterSite,
        Field::Vaccine | Field::Brands => &say::CounterVaccine,
        Field::Date => &say::CounterDate,
        Field::Slot => &say::CounterSlot,
        Field::Days => &say::CounterDate,
        Field::Part => &say::CounterPart,
        Field::Code => &say::CounterCode,
        Field::Id => &say::CounterId,
        Field::CardNumber => &say::CounterCardNumber,
        Field::StaffName => &say::CounterStaffName,
        Field::StaffRole => &say::CounterStaffRole,
        Field::StaffRights => &say::CounterStaffRights,
    }
}

/// The fields, and beside them the choices. `witness`: the staff member's name.
pub fn view(ui: &mut Ui<'_>, places: &Places, form: &Form, context: &Context<'_>, witness: &str) {
    for (at, field) in form.fields().iter().enumerate() {
        let value = value(ui, form, *field, witness);
        let focus = (form.field == *field).then(|| form.typed.expose());
        draw_field(ui, places, at, *field, &value, focus);
    }
    choices(ui, places.choices, form, context);
}

/// One field: its label, and what is typed or chosen in it.
pub fn draw_field(
    ui: &mut Ui<'_>,
    places: &Places,
    at: usize,
    field: Field,
    value: &str,
    focus: Option<&str>,
) {
    let (label_area, area) = places.field(at);
    let words = ui.say_alone(label(field)).main;
    let bold = if focus.is_some() { theme::TITLE } else { theme::PLAIN };
    ui.line(label_area, &words, Align::Right, bold);
    let action = CounterAction::Focus(field);
    let style = match focus {
        _ if ui.hold.is_pressed(action) => theme::PRESSED,
        Some(_) => theme::CHOSEN.add_modifier(Modifier::BOLD),
        None => theme::PANEL,
    };
    ui.fill(area, style);
    // Not by colour alone: what has the focus has a mark, and what is typed has a cursor.
    let text = match focus {
        Some("") => format!("▶{value}"),
        Some(typed) => format!("▶{typed}▏"),
        None => format!(" {value}"),
    };
    ui.line(area, &fitted(&text, area.width), Align::Left, style);
    ui.record(area, action, None);
}

fn value(ui: &Ui<'_>, form: &Form, field: Field, witness: &str) -> String {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    match field {
        Field::Consent if form.consent => said(&say::CounterAgreed { witness: witness.into() }),
        Field::Consent => said(&say::CounterNotAgreed),
        Field::Phone => match &form.phone {
            Phone::Missing => String::new(),
            Phone::Registered(shown) => shown.expose().to_owned(),
            Phone::Given(mobile) => mobile.grouped().expose().to_owned(),
        },
        Field::County => {
            form.county.map_or(String::new(), |it| county_name(ui.texts, ui.language, it))
        }
        Field::District => districts(ui, form),
        Field::Site => match (&form.site, form.wish.site) {
            (Some(site), _) => place_name(ui.language, &site.name_zh, &site.name_en).to_owned(),
            (None, Some(site)) => said(&say::DeskNumber { number: site.0.to_string().into() }),
            (None, None) if form.purpose == Purpose::Wait => said(&say::CounterAnySite),
            (None, None) => String::new(),
        },
        Field::Vaccine => match form.vaccine.or(form.site.as_ref().map(|site| site.brand)) {
            Some(brand) => ui.brand(brand).alone().main,
            None => said(&say::CounterAnyVaccine),
        },
        Field::Date => {
            form.date.map_or(String::new(), |date| ui.texts.short_date(ui.language, date))
        }
        Field::Slot => {
            form.slot.as_ref().map_or(String::new(), |slot| hours(slot.starts, slot.ends))
        }
        Field::Brands => {
            let names = form.brands.iter().map(|brand| ui.brand(*brand).alone().main);
            listed(ui.language, &names.collect::<Vec<_>>())
        }
        Field::Days if form.wish.days.is_empty() => said(&say::CounterAnyDay),
        Field::Days => {
            let days = form.wish.days.iter();
            let days = days.map(|day| format!("{}/{}", day.month(), day.day()));
            listed(ui.language, &days.collect::<Vec<_>>())
        }
        Field::Part => said(part_name(form.wish.part)),
        Field::Id
        | Field::CardNumber
        | Field::Code
        | Field::StaffName
        | Field::StaffRole
        | Field::StaffRights => String::new(),
    }
}

/// The district; of a wish that was made elsewhere there may be several.
fn districts(ui: &Ui<'_>, form: &Form) -> String {
    let of = |district| district_alone(ui.texts, ui.language, district);
    let wished = form.wish.districts.iter().filter_map(|code| region::district(*code));
    let names: Vec<String> = wished.map(of).collect();
    match names.len() {
        0 | 1 => form.district.map_or(String::new(), of),
        _ => listed(ui.language, &names),
    }
}

/// A framed list with the label of its field.
pub fn framed(ui: &mut Ui<'_>, area: Rect, title: &str) -> Rect {
    ui.fill(area, theme::PLAIN);
    let block = Block::bordered().border_type(BorderType::Rounded).style(theme::FRAME);
    block.render(area, ui.buffer);
    let mut top = Column::new(area).inset(2);
    let title = format!(" {} ", fitted(title, area.width.saturating_sub(6)));
    ui.line(top.take(1), &title, Align::Left, theme::TITLE);
    area.inner(Margin::new(1, 1))
}

fn choices(ui: &mut Ui<'_>, area: Rect, form: &Form, context: &Context<'_>) {
    let title = match (form.field, form.date) {
        (Field::Slot, Some(date)) => ui.texts.short_date(ui.language, date),
        (field, _) => ui.say_alone(label(field)).main,
    };
    let inner = framed(ui, area, &title);
    let mut page = Column::new(inner);
    if let Some(wrong) = form.wrong {
        let words = wrong_words(ui, wrong);
        page.lines(ui, &words, Align::Left, theme::WARNING);
    }
    match form.field {
        Field::Consent => {
            let words = ui.say_alone(&say::CounterConsentHint);
            page.paragraph(ui, &words, theme::PLAIN);
        }
        Field::Phone => pad(ui, page),
        Field::Site if waits(&form.sites) => waiting(ui, page, &form.sites),
        Field::Date | Field::Slot if waits(&form.slots) => waiting(ui, page, &form.slots),
        _ => list(ui, page, form, context),
    }
}

fn wrong_words(ui: &Ui<'_>, wrong: Wrong) -> String {
    let message: &dyn Message = match wrong {
        Wrong::Phone => &say::PhoneWrong,
        Wrong::NoSuchChoice => &say::CounterNoSuchChoice,
        Wrong::Full => &say::CounterFull,
        Wrong::Missing(_) => &say::CounterMissing,
        Wrong::Taken => &say::RefusedFull,
        Wrong::HoldOver => &say::CounterHeldOver,
    };
    format!("▲ {}", ui.say_alone(message).main)
}

fn waits<T>(listed: &Listed<T>) -> bool {
    !matches!(listed, Listed::Known(_))
}

fn waiting<T>(ui: &mut Ui<'_>, mut page: Column, listed: &Listed<T>) {
    let message: &dyn Message = match listed {
        Listed::Asked => &say::WaitPlease,
        Listed::Failed => &say::LineLost,
        Listed::Nothing | Listed::Known(_) => &say::CounterFirstAbove,
    };
    let words = ui.say_alone(message);
    page.paragraph(ui, &words, theme::QUIET_TEXT);
}

fn list(ui: &mut Ui<'_>, mut page: Column, form: &Form, context: &Context<'_>) {
    let choices = form.choices();
    if page.rest().height > 8 {
        let hint = ui.say_alone(&say::CounterChoose).main;
        ui.line(page.take_bottom(1), &hint, Align::Left, theme::QUIET_TEXT);
    }
    if choices.is_empty() {
        let words = ui.say_alone(&say::CounterNothing);
        return page.paragraph(ui, &words, theme::QUIET_TEXT);
    }
    // A site's name needs a row of its own where there is little room beside it.
    let high = if form.field == Field::Site && page.rest().width < NARROW { 2 } else { 1 };
    let rows = usize::from(page.rest().height / high).max(1);
    // The marked one stays in sight.
    let first = form.at.saturating_sub(rows / 2).min(choices.len().saturating_sub(rows));
    for (at, choice) in choices.iter().enumerate().skip(first).take(rows) {
        let area = page.take(high);
        let mut row = Column::new(area);
        let (left, right, few) = said(ui, choice, context);
        let style = row_style(ui, CounterAction::Choose(at), at == form.at, form.is_open(choice));
        if high == 2 {
            draw_row(ui, row.take(1), (at == form.at, &left, ""), style, false);
            draw_row(ui, row.take(1), (false, "", &right), style, few);
        } else {
            draw_row(ui, area, (at == form.at, &left, &right), style, few);
        }
        ui.record(area, CounterAction::Choose(at), None);
    }
}

/// How a line of a list is drawn.
pub fn row_style(ui: &Ui<'_>, action: CounterAction, marked: bool, open: bool) -> Style {
    match () {
        () if ui.hold.is_pressed(action) => theme::PRESSED,
        () if marked => theme::MAIN_BUTTON.add_modifier(Modifier::BOLD),
        () if !open => theme::QUIET_TEXT,
        () => theme::PLAIN,
    }
}

fn draw_row(
    ui: &mut Ui<'_>,
    row: Rect,
    (marked, left, right): (bool, &str, &str),
    style: Style,
    few: bool,
) {
    ui.fill(row, style);
    let mut row = Column::new(row);
    let right = if few { format!("▲{right}") } else { right.to_owned() };
    let mark = if marked { "▶" } else { " " };
    let columns = right.width() as u16;
    // A column lies between it and the frame, where there is one.
    if columns > 0 && left.width() as u16 + columns + 3 < row.rest().width {
        row.take_right(1);
    }
    let place = row.take_right(columns.min(row.rest().width));
    ui.line(place, &right, Align::Right, style);
    let room = row.rest().width;
    ui.line(row.rest(), &fitted(&format!("{mark}{left}"), room), Align::Left, style);
}

/// A choice, what stands at its right, and whether few seats are left.
fn said(ui: &Ui<'_>, choice: &Choice, context: &Context<'_>) -> (String, String, bool) {
    let seats = |free: u32| seats_text(ui.texts, ui.language, free);
    let known = context.machine.seats.are_known();
    match choice {
        Choice::County(number, county) => {
            let name = county_name(ui.texts, ui.language, *county);
            let free = known.then(|| context.machine.seats.in_county(*county).to_string());
            (format!("{number:02} {name}"), free.unwrap_or_default(), false)
        }
        Choice::District(number, district) => {
            let name = district_alone(ui.texts, ui.language, district);
            let free = known.then(|| context.machine.seats.of(district.code).to_string());
            (format!("{number:02} {name}"), free.unwrap_or_default(), false)
        }
        Choice::Site(number, view) => {
            let name = name_in_district(ui, &view.site);
            let earliest = view.earliest.as_ref().map(|slot| {
                let date = slot.starts.date();
                format!(" {}/{} {}", date.month(), date.day(), clock(slot.starts))
            });
            let full = || format!(" {}", seats(0));
            (format!("{number:02} {name}"), earliest.unwrap_or_else(full), false)
        }
        Choice::Vaccine(None) => (ui.say_alone(&say::CounterAnyVaccine).main, String::new(), false),
        Choice::Vaccine(Some(brand)) => (ui.brand(*brand).alone().main, String::new(), false),
        Choice::Date(date, free) => (ui.texts.short_date(ui.language, *date), seats(*free), false),
        Choice::Slot(slot) => {
            let few = slot.free() < FEW_BELOW && !slot.is_full();
            (clock(slot.starts), seats(slot.free()), few)
        }
        Choice::Tick(brand, ticked) => {
            let tick = if *ticked { "[✓]" } else { "[ ]" };
            (format!("{tick} {}", ui.brand(*brand).alone().main), String::new(), false)
        }
        Choice::AnySite => {
            (format!("00 {}", ui.say_alone(&say::CounterAnySite).main), String::new(), false)
        }
        Choice::Day(date, ticked) => {
            let tick = if *ticked { "[✓]" } else { "[ ]" };
            let date = ui.texts.short_date(ui.language, *date);
            (format!("{tick} {date}"), String::new(), false)
        }
        Choice::Part(part) => (ui.say_alone(part_name(*part)).main, String::new(), false),
    }
}

/// A site's name without that of the district, which stands above and would hide the rest of it.
fn name_in_district<'a>(ui: &Ui<'_>, site: &'a Site) -> &'a str {
    let name = place_name(ui.language, &site.name_zh, &site.name_en);
    let Some(district) = region::district(site.district) else { return name };
    let begins = place_name(ui.language, district.zh, district.en);
    name.strip_prefix(begins).map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// Digits for a finger.
pub fn pad(ui: &mut Ui<'_>, page: Column) {
    let mut page = page;
    let rows = 4;
    let height = (page.rest().height / rows).clamp(1, 3);
    let area = page.take(height * rows);
    let width = area.width / 3;
    for (at, key) in "123456789⌫0✓".chars().enumerate() {
        let (column, row) = (at as u16 % 3, at as u16 / 3);
        let place = Rect::new(area.x + column * width, area.y + row * height, width, height);
        let action = match key {
            '⌫' => CounterAction::Erase,
            '✓' => CounterAction::Enter,
            digit => CounterAction::Type(digit),
        };
        let style = if ui.hold.is_pressed(action) { theme::PRESSED } else { theme::KEY_CHIP };
        let inner = Rect { width: width.saturating_sub(1), height: height.max(2) - 1, ..place };
        ui.fill(inner, style);
        let mut middle = Column::new(inner);
        middle.gap((inner.height - 1) / 2);
        ui.line(middle.take(1), &key.to_string(), Align::Centre, style);
        ui.record(place, action, None);
    }
}

//! The county: all of them as tiles with their free seats, beside a map that can be touched. The
//! district of the registration is offered first, or the nearest to it with seats.

use super::context::Context;
use crate::api::sites::Seats;
use crate::domain::language::Language;
use crate::domain::region::{CountyIndex, District, counties, nearest, north_to_south};
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::{county_name, county_short, district_alone, district_name, seats_figure};
use crate::i18n::texts::Texts;
use crate::kiosk::model::action::{Action, ScreenAction};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::taiwan;
use crate::kiosk::widgets::targets::Key;
use crate::kiosk::widgets::tile::{Shade, Steps, Tile};
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

/// Free seats of a county from which its tile is filled more.
const STEPS: Steps = Steps { some: 20, more: 200, many: 1000 };
/// The tiles: the counties, and at least two for the main button.
const TILES: u16 = 24;
/// The key of the main button; the counties have 01 to 22.
const MAIN_NUMBER: u8 = 0;

#[derive(Clone, PartialEq, Debug)]
pub struct CountyPick {
    /// Marked on the map until another has the focus.
    county: CountyIndex,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CountyAnswer {
    County(CountyIndex),
    /// The district that was offered first, at a press.
    District(&'static District),
}

/// What the main button offers.
struct Offered {
    district: &'static District,
    action: ScreenAction,
    label: &'static dyn Message,
}

impl CountyPick {
    pub fn at(county: CountyIndex) -> Self {
        Self { county }
    }

    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<CountyAnswer> {
        let registered = context.person().and_then(Person::registered_district);
        match action {
            ScreenAction::Pick(at) if at < counties().len() => {
                Some(CountyAnswer::County(CountyIndex(at)))
            }
            ScreenAction::RegisteredDistrict => registered.map(CountyAnswer::District),
            ScreenAction::NearestDistrict => {
                let found = nearest_free(registered?, &context.machine.seats);
                found.map(CountyAnswer::District)
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let seats = seats(context);
        let hint = hint(ui, context);
        let page = Column::headed(ui, area, &ui.say(&say::CountyTitle), hint.as_ref());
        if seats.is_some() {
            let above = Rect { height: area.height - page.rest().height, ..area };
            legend(ui, above);
        }
        let layout = Layout::of(ui, page);
        if let Some(offered) = offered(context) {
            main_tile(ui, layout.main(), context, &offered);
        }
        let name = names(ui, layout.width());
        for (at, county) in north_to_south().iter().enumerate() {
            let tile = tile(ui, seats, *county, at, name);
            tile.draw(ui, layout.cell(at as u16));
        }
        self.map(ui, layout.map, seats);
    }

    fn map(&self, ui: &mut Ui<'_>, area: Rect, seats: Option<&Seats>) {
        let focused = match ui.hold.focus {
            Some(Action::Screen(ScreenAction::Pick(at))) => CountyIndex(at),
            _ => self.county,
        };
        let free: Vec<u32> = (0..counties().len())
            .map(|at| seats.map_or(STEPS.some, |seats| seats.in_county(CountyIndex(at))))
            .collect();
        let colour = |county: CountyIndex| {
            let style = match free[county.0] {
                0 => theme::DISABLED,
                free => STEPS.shade(free).style(),
            };
            style.bg.unwrap_or(Color::Reset)
        };
        taiwan::draw(ui, area, focused, colour, |county| free[county.0] > 0);
    }
}

/// Free seats, where they matter and are known.
fn seats<'a>(context: &Context<'a>) -> Option<&'a Seats> {
    let matter = context.visit.is_some_and(Visit::looks_for_seats);
    let seats = &context.machine.seats;
    (matter && seats.are_known()).then_some(seats)
}

fn nearest_free(from: &District, seats: &Seats) -> Option<&'static District> {
    nearest(from, |other| seats.of(other.code) > 0).map(|(district, _)| district)
}

fn offered(context: &Context<'_>) -> Option<Offered> {
    let district = context.person().and_then(Person::registered_district)?;
    match seats(context).filter(|seats| seats.of(district.code) == 0) {
        None => Some(Offered {
            district,
            action: ScreenAction::RegisteredDistrict,
            label: &say::CountyRegistered,
        }),
        Some(seats) => match nearest_free(district, seats) {
            Some(district) => Some(Offered {
                district,
                action: ScreenAction::NearestDistrict,
                label: &say::CountyNearest,
            }),
            // Nothing is free in the whole country.
            None => context.may_wait().then_some(Offered {
                district,
                action: ScreenAction::AskToWait,
                label: &say::WaitService,
            }),
        },
    }
}

/// What the numbers are, or that nothing is free where one registered.
fn hint(ui: &Ui<'_>, context: &Context<'_>) -> Option<Words> {
    let seats = seats(context)?;
    let registered = context.person().and_then(Person::registered_district);
    if let Some(district) = registered.filter(|district| seats.of(district.code) == 0) {
        let words = ui.say_with(|texts, language| {
            let district = district_alone(texts, language, district).into();
            texts.say(language, &say::CountyRegisteredFull { district })
        });
        return Some(words);
    }
    (!ui.bilingual).then(|| ui.say(&say::CountyHint))
}

/// The district that is offered, and why it is.
fn main_tile(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, offered: &Offered) {
    let district = offered.district;
    let name = ui.say_with(|texts, language| district_name(texts, language, district));
    let alone = ui.say_with(|texts, language| district_alone(texts, language, district));
    let room = usize::from(area.width) - 1;
    let words = if name.main.width() <= room { name.main } else { alone.main };
    let zh = name.zh.filter(|zh| zh.width() <= room).or(alone.zh);
    let label = ui.say_alone(offered.label).main;
    let figure = seats(context)
        .map(|seats| seats_figure(ui.texts, ui.language, seats.of(district.code), STEPS.some));
    let both = figure.map(|figure| format!("{label}  {figure}"));
    let second = both.filter(|both| both.width() + 4 <= usize::from(area.width)).unwrap_or(label);
    Tile {
        words,
        zh: zh.filter(|_| area.height > 2),
        second,
        key: Some(Key::Number(MAIN_NUMBER)),
        shade: Shade::Main,
        action: Some(offered.action.into()),
    }
    .draw(ui, area);
}

type Name = fn(&Texts, Language, CountyIndex) -> String;

/// Whole names where all of them have room.
fn names(ui: &Ui<'_>, width: u16) -> Name {
    let fits = |county: &CountyIndex| {
        county_name(ui.texts, ui.language, *county).width() <= usize::from(width)
    };
    if north_to_south().iter().all(fits) { county_name } else { county_short }
}

fn tile(ui: &Ui<'_>, seats: Option<&Seats>, county: CountyIndex, at: usize, name: Name) -> Tile {
    let words = ui.say_with(|texts, language| name(texts, language, county));
    let free = seats.map(|seats| seats.in_county(county));
    Tile::of_seats(ui, words, at as u8 + 1, free, STEPS, ScreenAction::Pick(county.0))
}

/// What the shades mean, at the right of the sentence, where that leaves room.
fn legend(ui: &mut Ui<'_>, above: Rect) {
    let from = |ui: &Ui<'_>, seats: u32| ui.say_alone(&say::SeatsFrom { seats: seats.into() }).main;
    let parts = [
        (ui.say_alone(&say::SeatsBelow { seats: STEPS.some.into() }).main, Shade::Few),
        (from(ui, STEPS.some), Shade::Some),
        (from(ui, STEPS.more), Shade::More),
        (from(ui, STEPS.many), Shade::Many),
    ];
    let width = parts.iter().map(|(text, _)| text.width() as u16 + 3).sum::<u16>();
    let y = above.bottom().saturating_sub(1);
    let mut x = above.right().saturating_sub(width);
    let blank = |x: u16| ui.buffer.cell((x, y)).is_some_and(|cell| cell.symbol() == " ");
    if !(x.saturating_sub(1)..above.right()).all(blank) {
        return;
    }
    ui.unwritten(|ui| {
        for (text, shade) in parts {
            let part = Rect::new(x, y, text.width() as u16 + 2, 1);
            ui.line_on(part, &text, Align::Centre, shade.style());
            x = part.right() + 1;
        }
    });
}

/// The map at the left, and the tiles in columns with one column and row of the page between.
struct Layout {
    map: Rect,
    tiles: Rect,
    columns: u16,
    height: u16,
}

impl Layout {
    /// Where names in two scripts need the map's room, there is none.
    fn of(ui: &Ui<'_>, mut page: Column) -> Self {
        let class = SizeClass::of(ui.buffer.area);
        let (map, columns) = match (class, ui.bilingual) {
            (SizeClass::Compact, false) if ui.buffer.area.width >= 85 => (23, 5),
            (SizeClass::Compact, false) => (18, 5),
            (SizeClass::Compact, true) => (0, 6),
            (SizeClass::Upright, false) => (18, 3),
            (SizeClass::Upright, true) => (0, 4),
            (SizeClass::Standard, _) => (30, 5),
            (SizeClass::Wide, _) => (50, 4),
        };
        let rows = TILES.div_ceil(columns);
        let most = if ui.bilingual { 5 } else { 4 };
        let height = ((page.rest().height + 1) / rows).saturating_sub(1).clamp(2, most);
        if page.rest().height > rows * (height + 1) - 1 {
            page.gap(1);
        }
        let map = page.take_left(map);
        if map.width > 0 {
            page.take_left(1);
        }
        Self { map, tiles: page.rest(), columns, height }
    }

    fn width(&self) -> u16 {
        (self.tiles.width + 1) / self.columns - 1
    }

    fn cell(&self, at: u16) -> Rect {
        let (column, row) = (at % self.columns, at / self.columns);
        let x = self.tiles.x + column * (self.width() + 1);
        Rect::new(x, self.tiles.y + row * (self.height + 1), self.width(), self.height)
    }

    /// What is left of the last row behind the counties.
    fn main(&self) -> Rect {
        let first = self.cell(counties().len() as u16);
        let last = self.cell(TILES.div_ceil(self.columns) * self.columns - 1);
        Rect { width: last.right() - first.x, ..first }
    }
}

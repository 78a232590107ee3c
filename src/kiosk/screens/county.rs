//! The county: a map beside a list; the district of the registration is offered first.

use super::facts::Facts;
use crate::domain::region::{CountyIndex, District, counties};
use crate::i18n::messages as say;
use crate::kiosk::journey::event::Action;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::{A_PAGE, Grid};
use crate::kiosk::widgets::taiwan;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Debug)]
pub struct CountyPick {
    pub page: usize,
    /// Marked on the map until another has the focus.
    county: CountyIndex,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CountyAnswer {
    County(CountyIndex),
    /// The district of the registration, at a press.
    Registered(&'static District),
}

impl CountyPick {
    /// With this county in view.
    pub fn at(county: CountyIndex) -> Self {
        Self { page: county.0 / A_PAGE, county }
    }

    pub fn act(&mut self, action: Action, registered: Option<&'static District>) -> Option<CountyAnswer> {
        match action {
            Action::Pick(at) if at < counties().len() => Some(CountyAnswer::County(CountyIndex(at))),
            Action::Nearest => registered.map(CountyAnswer::Registered),
            Action::More => {
                self.page = (self.page + 1) % counties().len().div_ceil(A_PAGE);
                None
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
        let title = ui.say(&say::CountyTitle);
        let mut rest = ui.heading(area, &title, None);
        if let Some(district) = facts.session.and_then(|session| session.registered_district()) {
            let height = 3 + u16::from(ui.bilingual) + u16::from(rest.width < 80);
            let row = Rect { height, ..rest };
            rest = Rect { y: rest.y + height, height: rest.height.saturating_sub(height), ..rest };
            registered(ui, facts, district).draw(ui, row);
        }
        let map_width = match rest.width {
            100.. => 22,
            // Names in two scripts need the map's room.
            80.. if !ui.bilingual => 16,
            _ => 0,
        };
        let focused = match ui.hold.focus {
            Some(Action::Pick(at)) => CountyIndex(at),
            _ => self.county,
        };
        if map_width > 0 {
            taiwan::draw(ui, Rect { width: map_width, ..rest }, Some(focused));
        }
        let list = Rect { x: rest.x + map_width, width: rest.width - map_width, ..rest };
        Grid { columns: 3, rows: 3 }.draw(ui, list, self.page, counties().len(), |ui, at| {
            Button::new(place_name(ui, counties()[at].zh, counties()[at].en), Action::Pick(at))
        });
    }
}

fn registered(ui: &Ui<'_>, facts: &Facts<'_>, district: &District) -> Button {
    let name = |zh: bool| {
        let county = district.county.county();
        if zh { format!("{}{}", county.zh, district.zh) } else { format!("{}, {}", district.en, county.en) }
    };
    let seats = facts.seats.of(district.code);
    let words = ui.say_with(|texts, language| {
        let name = name(super::facts::reads_chinese(language));
        let place = texts.say(language, &say::RegionRegistered { district: name.into() });
        let free = match seats {
            0 => texts.say(language, &say::SeatsFull),
            _ => texts.say(language, &say::SeatsFree { seats: seats.into() }),
        };
        format!("{place}　{free}")
    });
    Button::new(words, Action::Nearest).main()
}

/// A place in the reader's script: Chinese for those who read it, else the post's English; both with 中文對照.
fn place_name(ui: &Ui<'_>, zh: &str, en: &str) -> Words {
    ui.say_with(|_, language| if super::facts::reads_chinese(language) { zh.to_owned() } else { en.to_owned() })
}

//! The site: number, name, vaccine, address, free seats. Where all are full, the nearest district
//! with seats is offered.

use super::context::Context;
use crate::api::sites::{Seats, SiteView};
use crate::domain::region::{District, nearest};
use crate::domain::site::Site;
use crate::i18n::messages as say;
use crate::i18n::names::{district_alone, district_name, seats_text};
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Debug)]
pub struct SitePick {
    pub district: &'static District,
    sites: Vec<SiteView>,
    pub page: usize,
}

#[derive(Clone, PartialEq, Debug)]
pub enum SiteAnswer {
    Site { district: &'static District, site: Box<Site> },
    Nearest(&'static District),
}

/// Sites on a page, whatever the screen's size: the numbers then stay the same.
const GRID: Grid = Grid { columns: 1, rows: 3 };

impl SitePick {
    pub fn new(district: &'static District, sites: Vec<SiteView>) -> Self {
        Self { district, sites, page: 0 }
    }

    pub fn refresh(&mut self, sites: Vec<SiteView>) {
        self.sites = sites;
    }

    /// Whether no seat is free here: also where no site of the round lies.
    pub fn all_full(&self) -> bool {
        self.sites.iter().all(|site| site.free == 0)
    }

    fn nearest_free(&self, seats: &Seats) -> Option<(&'static District, f64)> {
        nearest(self.district, |other| seats.of(other.code) > 0)
    }

    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<SiteAnswer> {
        match action {
            ScreenAction::Pick(at) => {
                let site = self.sites.get(at).filter(|site| site.free > 0)?;
                Some(SiteAnswer::Site {
                    district: self.district,
                    site: Box::new(site.site.clone()),
                })
            }
            ScreenAction::NearestDistrict if self.all_full() => self
                .nearest_free(&context.machine.seats)
                .map(|(district, _)| SiteAnswer::Nearest(district)),
            ScreenAction::More => {
                self.page = GRID.next_page(self.page, self.sites.len());
                None
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let title = ui.say_with(|texts, language| {
            let name = district_alone(texts, language, self.district);
            texts.say(language, &say::SiteTitle { district: name.into() })
        });
        let made_up = ui.say_alone(&say::SiteMadeUp);
        let hint = context.machine.profile.training.then_some(&made_up);
        let mut page = Column::headed(ui, area, &title, hint);
        if self.all_full() {
            self.offer_nearest(&mut page, ui, context);
        }
        if self.sites.is_empty() {
            let words = ui.say(&say::NoSites);
            page.inset(2).paragraph(ui, &words, theme::PLAIN);
            return;
        }
        GRID.draw(ui, page.rest(), self.page, self.sites.len(), |ui, at| {
            site_button(ui, &self.sites[at], at)
        });
    }

    fn offer_nearest(&self, page: &mut Column, ui: &mut Ui<'_>, context: &Context<'_>) {
        let Some((district, kilometres)) = self.nearest_free(&context.machine.seats) else {
            return;
        };
        let words = ui.say_with(|texts, language| {
            let name = if language.reads_chinese() {
                district_name(texts, language, district)
            } else {
                district_alone(texts, language, district)
            };
            let kilometres = format!("{kilometres:.0}");
            texts.say(
                language,
                &say::SiteNearest { district: name.into(), kilometres: kilometres.into() },
            )
        });
        Button::new(words, ScreenAction::NearestDistrict).digit(9).main().draw(ui, page.take(3));
    }
}

/// Names and addresses stay in Chinese with the official English beside them: people show them to
/// taxi drivers and clerks.
fn site_button(ui: &Ui<'_>, view: &SiteView, at: usize) -> Button {
    let site = &view.site;
    let free = seats_text(ui.texts, ui.language, view.free);
    let brand = ui.brand(site.brand).main;
    let name = Words::same(format!("{}　{free}　{brand}", site.name_zh));
    let mut button = Button::new(name, ScreenAction::Pick(at));
    if view.free == 0 {
        return button.disabled();
    }
    if ui.language.reads_chinese() {
        button = button.detail(Words::same(site.address_zh.clone()));
    } else {
        button = button.detail(Words::same(site.name_en.clone()));
        button = button.detail(Words::same(site.address_zh.clone()));
    }
    button
}

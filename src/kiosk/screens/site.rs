//! The site: name, vaccine, address, free seats and the earliest free time of each. Where none is
//! free, the nearest district with seats is offered.

use super::context::Context;
use crate::api::sites::{Seats, SiteView};
use crate::domain::region::{District, nearest};
use crate::domain::round::Brand;
use crate::domain::site::Site;
use crate::i18n::messages as say;
use crate::i18n::names::{district_alone, district_name};
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::site_row::SiteRow;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Debug)]
pub struct SitePick {
    pub district: &'static District,
    /// In the order in which they are shown, which stays when free seats change.
    sites: Vec<SiteView>,
    order: Order,
    /// Only sites with this vaccine.
    only: Option<Brand>,
    pub page: usize,
    /// Free seats do not matter: one waits at a site, or is told of its leftover doses.
    any: bool,
}

/// All sites of the page lie in one district, so none is known to be nearer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    /// As the service lists them.
    Listed,
    Time,
    Seats,
}

#[derive(Clone, PartialEq, Debug)]
pub enum SiteAnswer {
    Site {
        district: &'static District,
        site: Box<Site>,
    },
    Nearest(&'static District),
    /// Waits for a seat in this district.
    AskToWait(&'static District),
}

/// Keys that are no site's.
const SORT: u8 = 8;
const VACCINE: u8 = 9;
const NEAREST: u8 = 7;
/// Instead of a sixth site, where all of them are full.
const WAIT: u8 = 6;
const MOST_ON_A_PAGE: usize = 6;

impl SitePick {
    pub fn new(district: &'static District, sites: Vec<SiteView>) -> Self {
        Self { district, sites, order: Order::Listed, only: None, page: 0, any: false }
    }

    /// The sites of a district, of which each can be chosen although it is full.
    pub fn of_any(district: &'static District, sites: Vec<SiteView>) -> Self {
        Self { any: true, ..Self::new(district, sites) }
    }

    /// Free seats change; each site keeps its place under the finger.
    pub fn refresh(&mut self, mut sites: Vec<SiteView>) {
        let place = |view: &SiteView| {
            self.sites.iter().position(|shown| shown.site.id == view.site.id).unwrap_or(usize::MAX)
        };
        sites.sort_by_key(place);
        self.sites = sites;
    }

    /// By time and by seats in turn; what is full comes last.
    fn sort(&mut self) {
        self.page = 0;
        self.order = match self.order {
            Order::Listed | Order::Seats => Order::Time,
            Order::Time => Order::Seats,
        };
        match self.order {
            Order::Listed => {}
            Order::Time => self.sites.sort_by_key(|view| {
                let starts = view.earliest.as_ref().map(|slot| slot.starts);
                (starts.is_none(), starts)
            }),
            Order::Seats => self.sites.sort_by_key(|view| std::cmp::Reverse(view.free)),
        }
    }

    /// The vaccines of these sites.
    fn brands(&self) -> Vec<Brand> {
        let here = |brand: &Brand| self.sites.iter().any(|view| view.site.brand == *brand);
        Brand::ALL.into_iter().filter(here).collect()
    }

    /// What the vaccine's button chooses: each alone, and then all.
    fn next_only(&self) -> Option<Brand> {
        let brands = self.brands();
        let at = self.only.and_then(|only| brands.iter().position(|brand| *brand == only));
        brands.get(at.map_or(0, |at| at + 1)).copied()
    }

    /// The sites that are shown, with their places among all.
    fn shown(&self) -> Vec<(usize, &SiteView)> {
        let wanted = |view: &SiteView| self.only.is_none_or(|only| view.site.brand == only);
        self.sites.iter().enumerate().filter(|(_, view)| wanted(view)).collect()
    }

    /// Whether no seat is free here: also where no site of the round lies.
    pub fn all_full(&self) -> bool {
        !self.any && self.sites.iter().all(|site| site.free == 0)
    }

    fn most_on_a_page(&self) -> usize {
        if self.all_full() { MOST_ON_A_PAGE - 1 } else { MOST_ON_A_PAGE }
    }

    fn nearest_free(&self, seats: &Seats) -> Option<(&'static District, f64)> {
        nearest(self.district, |other| seats.of(other.code) > 0)
    }

    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<SiteAnswer> {
        match action {
            ScreenAction::Pick(at) => {
                let site = self.sites.get(at).filter(|site| self.any || site.free > 0)?;
                Some(SiteAnswer::Site {
                    district: self.district,
                    site: Box::new(site.site.clone()),
                })
            }
            ScreenAction::NearestDistrict if self.all_full() => self
                .nearest_free(&context.machine.seats)
                .map(|(district, _)| SiteAnswer::Nearest(district)),
            ScreenAction::AskToWait if self.all_full() && context.may_wait() => {
                Some(SiteAnswer::AskToWait(self.district))
            }
            ScreenAction::More => {
                // How many pages there are depends on the screen.
                self.page = self.page.wrapping_add(1);
                None
            }
            ScreenAction::Sort => {
                self.sort();
                None
            }
            ScreenAction::OnlyVaccine => {
                self.page = 0;
                self.only = self.next_only();
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
        let earliest = ui.say_alone(&say::SiteHint);
        let hint = if context.machine.profile.training { &made_up } else { &earliest };
        let mut page = Column::headed(ui, area, &title, Some(hint));
        if self.all_full() {
            self.instead(&mut page, ui, context);
        }
        if self.sites.is_empty() {
            let words = ui.say(&say::NoSites);
            page.inset(2).paragraph(ui, &words, theme::PLAIN);
            return;
        }
        self.list(ui, page);
    }

    /// As many sites as there is room for, and below them what changes the list.
    fn list(&self, ui: &mut Ui<'_>, mut page: Column) {
        let class = SizeClass::of(ui.buffer.area);
        let (row, foot) = if class == SizeClass::Upright { (5, 5) } else { (4, 3) };
        let foot = page.take_bottom(foot);
        let shown = self.shown();
        let a_page = usize::from(page.rest().height / row).clamp(1, self.most_on_a_page());
        let pages = shown.len().div_ceil(a_page).max(1);
        let first = self.page % pages * a_page;
        for (at, (index, view)) in shown.iter().enumerate().skip(first).take(a_page) {
            let digit = (at - first + 1) as u8;
            SiteRow { view, action: ScreenAction::Pick(*index), digit, any: self.any }
                .draw(ui, page.take(row));
        }
        self.foot(ui, Column::new(foot), pages);
    }

    fn foot(&self, ui: &mut Ui<'_>, mut foot: Column, pages: usize) {
        let width = foot.rest().width.saturating_sub(2);
        let sort = foot.take_left(width * 32 / 100);
        foot.take_left(1);
        let vaccine = foot.take_left(width * 42 / 100);
        foot.take_left(1);
        if self.sites.len() > 1 {
            let words = match self.order {
                Order::Listed | Order::Seats => ui.say_alone(&say::SiteByTime),
                Order::Time => ui.say_alone(&say::SiteBySeats),
            };
            Button::new(words, ScreenAction::Sort)
                .digit(SORT)
                .pictogram(Pictogram::Time)
                .draw(ui, sort);
        }
        if self.brands().len() > 1 {
            let words = match self.next_only() {
                Some(brand) => ui.say_alone(&say::SiteOnly { brand: ui.brand(brand).main.into() }),
                None => ui.say_alone(&say::SiteAllVaccines),
            };
            Button::new(words, ScreenAction::OnlyVaccine)
                .digit(VACCINE)
                .pictogram(Pictogram::Dose)
                .draw(ui, vaccine);
        }
        if pages > 1 {
            let page = self.page % pages + 1;
            let words = ui.say_alone(&say::SiteMore { page: page.into(), pages: pages.into() });
            Button::new(words, ScreenAction::More).digit(0).draw(ui, foot.rest());
        }
    }

    /// What one can do where nothing is free: go to the nearest district with seats, or wait.
    fn instead(&self, page: &mut Column, ui: &mut Ui<'_>, context: &Context<'_>) {
        let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
        let waits = context.may_wait() && !self.sites.is_empty();
        let nearest = self.nearest_free(&context.machine.seats).is_some();
        let rows = u16::from(nearest && (upright || !waits)) + u16::from(waits);
        if rows == 0 {
            return;
        }
        let mut room = Column::new(page.take(3 * rows));
        let ask = match (waits, nearest) {
            (true, true) if upright => room.take_bottom(3),
            (true, true) => room.take_right(room.rest().width * 2 / 5),
            (true, false) => room.take(3),
            (false, _) => Rect::default(),
        };
        self.offer_nearest(ui, room.rest(), context);
        if waits {
            let words = ui.say_alone(&say::WaitAsk);
            let button = Button::new(words, ScreenAction::AskToWait).digit(WAIT);
            let button = if nearest { button } else { button.main() };
            button.pictogram(Pictogram::Wait).draw(ui, ask);
        }
    }

    fn offer_nearest(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
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
        Button::new(words, ScreenAction::NearestDistrict).digit(NEAREST).main().draw(ui, area);
    }
}

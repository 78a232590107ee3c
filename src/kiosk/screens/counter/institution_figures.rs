//! The institution's day as its managers see it: each of its vaccination sites by hour, and its
//! sum.

use super::figures_table::{cells, heads, row};
use super::form::Listed;
use super::form_view::framed;
use crate::api::attendance::{SiteFigures, SlotFigures};
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::site::total;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A line of the page.
enum Line {
    Site(String),
    Figures([String; 5], Style),
}

/// `at`: the line that is at the top.
pub fn view(ui: &mut Ui<'_>, area: Rect, figures: &Listed<SiteFigures>, at: usize) {
    let title = ui.say_alone(&say::DeskFiguresTitle).main;
    let mut page = Column::new(framed(ui, area, &title));
    let sites = match figures {
        Listed::Known(sites) if sites.is_empty() => {
            return sentence(ui, &mut page, &say::CounterNoSites);
        }
        Listed::Known(sites) => sites,
        Listed::Asked | Listed::Nothing => return sentence(ui, &mut page, &say::WaitPlease),
        Listed::Failed => return sentence(ui, &mut page, &say::LineLost),
    };
    let words = heads(ui);
    row(ui, page.take(1), &words, theme::TITLE);
    let lines: Vec<Line> = sites.iter().flat_map(|site| of_site(ui, site)).collect();
    let room = usize::from(page.rest().height).max(1);
    let from = at.min(lines.len().saturating_sub(room));
    for line in lines.iter().skip(from).take(room) {
        let area = page.take(1);
        match line {
            Line::Site(name) => ui.line(area, name, Align::Left, theme::TITLE),
            Line::Figures(cells, style) => row(ui, area, cells, *style),
        }
    }
}

fn of_site(ui: &Ui<'_>, SiteFigures { site, hours }: &SiteFigures) -> Vec<Line> {
    let name = place_name(ui.language, &site.name_zh, &site.name_en).to_owned();
    let mut lines = vec![Line::Site(name)];
    let hour = |hour: &SlotFigures| Line::Figures(cells(clock(hour.starts), hour), theme::PLAIN);
    lines.extend(hours.iter().map(hour));
    lines.push(match total(hours) {
        Some(sum) => {
            let words = ui.say_alone(&say::DeskFiguresTotal).main;
            Line::Figures(cells(words, &sum), theme::TITLE)
        }
        None => Line::Site(format!("  {}", ui.say_alone(&say::DeskNobody).main)),
    });
    lines
}

fn sentence(ui: &mut Ui<'_>, page: &mut Column, message: &dyn Message) {
    let words = ui.say_alone(message);
    page.paragraph(ui, &words, theme::PLAIN);
}

//! Somebody is not in, or not any more: who, by which rule, and that the others go on.

use super::super::context::Context;
use super::{GroupAnswer, gathering};
use crate::api::problem::Code;
use crate::devices::card_reader::CardFault;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::round::Brand;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::refusals::sentence;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::card_fault::card_fault;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Debug)]
pub struct NotAdded {
    /// Masked; `None` where nobody knows who it is.
    pub name: Option<Personal>,
    pub why: WhyNotAdded,
    /// They were in until the service said no to their booking.
    pub was_in: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhyNotAdded {
    Card(CardFault),
    /// They are in already.
    Twice,
    /// It is the card of whoever began the visit, who may want to book alone.
    OwnCard,
    Refused(Refusal),
    /// They did not choose the vaccine of the site.
    OtherVaccine(Brand),
    Unknown,
    Failed(Code),
}

impl NotAdded {
    /// In large, and the sentences below it.
    fn said(&self, ui: &Ui<'_>, context: &Context<'_>) -> (Words, Vec<Words>) {
        let name = || self.name.as_ref().map(|name| name.expose().to_owned()).unwrap_or_default();
        let titled = |rule: Words| {
            let title = match (self.was_in, name()) {
                (true, name) => ui.say(&say::GroupLeftOut { name: name.into() }),
                (false, name) if name.is_empty() => ui.say(&say::GroupNotAddedTyped),
                (false, name) => ui.say(&say::GroupNotAdded { name: name.into() }),
            };
            let register = self.why == WhyNotAdded::Refused(Refusal::NotRegistered);
            let register = register.then(|| ui.say(&say::GroupRegisterFirst));
            let lines = [Some(rule), register, Some(ui.say(&say::GroupOthersGoOn))];
            (title, lines.into_iter().flatten().collect())
        };
        match self.why {
            WhyNotAdded::Card(fault) => {
                let (title, body) = card_fault(fault);
                (ui.say(title), vec![ui.say(body)])
            }
            WhyNotAdded::Twice => {
                let title = ui.say(&say::GroupTwice { name: name().into() });
                let next: &dyn Message = match context.machine.card_in {
                    true => &say::GroupTwiceNext,
                    false => &say::GroupOthersGoOn,
                };
                (title, vec![ui.say(next)])
            }
            WhyNotAdded::OwnCard => {
                let title = ui.say(&say::GroupTwice { name: name().into() });
                (title, vec![ui.say(&say::GroupOwnCardNext)])
            }
            WhyNotAdded::Refused(refusal) if self.name.is_some() => {
                titled(ui.say_with(|texts, language| {
                    let rule = sentence(texts, language, refusal).into();
                    texts.say(language, &say::GroupRuleFor { name: name().into(), rule })
                }))
            }
            WhyNotAdded::Refused(refusal) => titled(ui.refusal(refusal)),
            WhyNotAdded::OtherVaccine(brand) => {
                let brand = ui.brand(brand).main;
                titled(ui.say(&say::GroupOtherVaccine { brand: brand.into() }))
            }
            WhyNotAdded::Unknown => titled(ui.say(&say::UnknownPersonTitle)),
            WhyNotAdded::Failed(code) => {
                titled(ui.say(&say::FailedNext { code: code.spoken().into() }))
            }
        }
    }

    fn code(&self) -> Option<&'static str> {
        match self.why {
            WhyNotAdded::Refused(refusal) => Some(refusal.code()),
            WhyNotAdded::OtherVaccine(_) => Some(Refusal::BrandNotChosen.code()),
            WhyNotAdded::Unknown => Some("R10"),
            WhyNotAdded::Card(_)
            | WhyNotAdded::Twice
            | WhyNotAdded::OwnCard
            | WhyNotAdded::Failed(_) => None,
        }
    }

    pub fn act(&self, action: ScreenAction) -> Option<GroupAnswer> {
        match action {
            ScreenAction::Confirm => Some(GroupAnswer::GoOn),
            ScreenAction::OnlyMe => {
                (self.why == WhyNotAdded::OwnCard).then_some(GroupAnswer::Alone)
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let class = SizeClass::of(ui.buffer.area);
        let (title, lines) = self.said(ui, context);
        let mut page = Column::new(area);
        let rows = if class == SizeClass::Compact { 4 } else { 6 };
        let alone = (self.why == WhyNotAdded::OwnCard).then(|| page.take_bottom(rows));
        let button = page.take_bottom(rows);
        let code = page.take_bottom(1);
        if let Some(code_text) = self.code() {
            let words = ui.say_alone(&say::RefusalCode { code: code_text.into() }).main;
            ui.line(Column::new(code).inset(1).rest(), &words, Align::Right, theme::QUIET_TEXT);
        }
        page.gap(area.height.saturating_sub(20).min(3));
        let style = theme::WARNING;
        if class == SizeClass::Upright {
            let sign = page.take(6);
            ui.pictogram(middle(sign, 12, 6), Pictogram::Stop, style);
            page.gap(1);
        } else {
            let sign = page.take_left(16);
            ui.pictogram(Rect::new(sign.x + 1, sign.y, 12, 6), Pictogram::Stop, style);
        }
        page.take_left(1);
        page.take_right(1);
        let headline = page.take(if ui.bilingual { 2 } else { 3 });
        ui.heading(headline, &title.main, Align::Left, style);
        if let Some(zh) = &title.zh {
            page.lines(ui, zh, Align::Left, theme::QUIET_TEXT);
        }
        for words in &lines {
            page.paragraph(ui, words, theme::PLAIN);
        }
        let says_so = matches!(self.why, WhyNotAdded::Twice | WhyNotAdded::OwnCard);
        if context.machine.card_in && !says_so {
            page.paragraph(ui, &ui.say(&say::GroupTakeOut), theme::TITLE);
        }
        let words = ui.say(&say::GroupGoOn);
        Button::new(words, ScreenAction::Confirm).digit(1).main().draw(ui, button);
        if let Some(alone) = alone {
            gathering::only_me(ui).draw(ui, alone);
        }
    }
}

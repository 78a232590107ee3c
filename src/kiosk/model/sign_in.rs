//! How a person shows who they are, with what they have typed so far, and in which order it is
//! typed.

use crate::api::captchas::CaptchaAnswer;
use crate::api::queries::{Query, QueryView};
use crate::api::sessions::OpenSession;
use crate::config::profile::WayIn;
use crate::domain::card::{Card, CardNumber};
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;

/// How a person shows who they are. Each way holds only what is typed for it.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum SignIn {
    /// The card is put in, and nothing is typed.
    #[default]
    Card,
    /// The card and its registered password.
    CardPassword { password: Personal },
    /// The one-time code of the NHI app.
    App { id: Option<IdNumber>, code: Personal, captcha: Option<CaptchaAnswer> },
    /// ID and card number.
    Numbers { id: Option<IdNumber>, card: Option<CardNumber>, captcha: Option<CaptchaAnswer> },
    /// The simple query (簡易查詢), which shows the latest booking and signs nobody in.
    Query {
        id: Option<IdNumber>,
        mobile_end: Personal,
        captcha: Option<CaptchaAnswer>,
        found: Option<Box<QueryView>>,
    },
    /// The code of a text message, which takes one seat and signs nobody in.
    OfferCode { code: Personal },
}

/// One of the things that can be typed to come in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    Id,
    CardNumber,
    AppCode,
    Password,
    /// The last digits of the mobile number.
    MobileEnd,
    /// The code of a text message that offers a seat.
    OfferCode,
    /// The digits of a picture.
    Captcha,
}

/// Something typed whole.
#[derive(Clone, PartialEq, Debug)]
pub enum Typed {
    Id(IdNumber),
    CardNumber(CardNumber),
    AppCode(Personal),
    Password(Personal),
    MobileEnd(Personal),
    OfferCode(Personal),
    Captcha(CaptchaAnswer),
}

impl Typed {
    /// What was typed.
    pub fn field(&self) -> Field {
        match self {
            Typed::Id(_) => Field::Id,
            Typed::CardNumber(_) => Field::CardNumber,
            Typed::AppCode(_) => Field::AppCode,
            Typed::Password(_) => Field::Password,
            Typed::MobileEnd(_) => Field::MobileEnd,
            Typed::OfferCode(_) => Field::OfferCode,
            Typed::Captcha(_) => Field::Captcha,
        }
    }
}

impl SignIn {
    /// A way in, with nothing typed yet.
    pub fn by(way: WayIn) -> Self {
        match way {
            WayIn::CardPassword => SignIn::CardPassword { password: Personal::default() },
            WayIn::App => SignIn::App { id: None, code: Personal::default(), captcha: None },
            WayIn::Numbers => SignIn::Numbers { id: None, card: None, captcha: None },
            WayIn::Query => SignIn::Query {
                id: None,
                mobile_end: Personal::default(),
                captcha: None,
                found: None,
            },
            WayIn::OfferCode => SignIn::OfferCode { code: Personal::default() },
        }
    }

    /// Which of the profile's ways this is; `None` if the card is just put in.
    pub fn way(&self) -> Option<WayIn> {
        match self {
            SignIn::Card => None,
            SignIn::CardPassword { .. } => Some(WayIn::CardPassword),
            SignIn::App { .. } => Some(WayIn::App),
            SignIn::Numbers { .. } => Some(WayIn::Numbers),
            SignIn::Query { .. } => Some(WayIn::Query),
            SignIn::OfferCode { .. } => Some(WayIn::OfferCode),
        }
    }

    /// Whether the person's card is in the reader meanwhile.
    pub fn uses_card(&self) -> bool {
        match self {
            SignIn::Card | SignIn::CardPassword { .. } => true,
            SignIn::App { .. }
            | SignIn::Numbers { .. }
            | SignIn::Query { .. }
            | SignIn::OfferCode { .. } => false,
        }
    }

    /// The same way from its beginning: what was typed is dropped.
    pub fn begin_again(&mut self) {
        *self = self.way().map_or(SignIn::Card, SignIn::by);
    }

    /// Whether the person comes in without a card.
    pub fn is_without_card(&self) -> bool {
        match self {
            SignIn::Card | SignIn::CardPassword { .. } => false,
            SignIn::App { .. }
            | SignIn::Numbers { .. }
            | SignIn::Query { .. }
            | SignIn::OfferCode { .. } => true,
        }
    }

    /// What is typed, in its order. Forward and back both read it.
    pub fn fields(&self) -> &'static [Field] {
        match self {
            SignIn::Card => &[],
            SignIn::CardPassword { .. } => &[Field::Password],
            SignIn::App { .. } => &[Field::Id, Field::AppCode, Field::Captcha],
            SignIn::Numbers { .. } => &[Field::Id, Field::CardNumber, Field::Captcha],
            SignIn::Query { .. } => &[Field::Id, Field::MobileEnd, Field::Captcha],
            SignIn::OfferCode { .. } => &[Field::OfferCode],
        }
    }

    /// What is typed after this; `None` after the last.
    pub fn after(&self, field: Field) -> Option<Field> {
        self.fields().iter().copied().skip_while(|at| *at != field).nth(1)
    }

    /// What was typed before this; `None` before the first.
    pub fn before(&self, field: Field) -> Option<Field> {
        self.fields().iter().copied().take_while(|at| *at != field).last()
    }

    /// Keeps what was typed. What this way does not ask for is dropped.
    pub fn keep(&mut self, typed: Typed) {
        match (self, typed) {
            (SignIn::CardPassword { password }, Typed::Password(typed)) => *password = typed,
            (
                SignIn::App { id, .. } | SignIn::Numbers { id, .. } | SignIn::Query { id, .. },
                Typed::Id(typed),
            ) => *id = Some(typed),
            (SignIn::App { code, .. }, Typed::AppCode(typed)) => *code = typed,
            (SignIn::Numbers { card, .. }, Typed::CardNumber(typed)) => *card = Some(typed),
            (SignIn::Query { mobile_end, .. }, Typed::MobileEnd(typed)) => *mobile_end = typed,
            (SignIn::OfferCode { code }, Typed::OfferCode(typed)) => *code = typed,
            (
                SignIn::App { captcha, .. }
                | SignIn::Numbers { captcha, .. }
                | SignIn::Query { captcha, .. },
                Typed::Captcha(answer),
            ) => *captcha = Some(answer),
            (
                _,
                Typed::Id(_)
                | Typed::CardNumber(_)
                | Typed::AppCode(_)
                | Typed::Password(_)
                | Typed::MobileEnd(_)
                | Typed::OfferCode(_)
                | Typed::Captcha(_),
            ) => {}
        }
    }

    /// What was typed for a field. A password is never shown again, nor is the answer of a captcha
    /// of use twice.
    pub fn typed(&self, field: Field) -> Option<Personal> {
        let typed = match (self, field) {
            (_, Field::Id) => Personal::new(self.id()?.expose()),
            (SignIn::Numbers { card, .. }, Field::CardNumber) => {
                Personal::new(card.as_ref()?.expose())
            }
            (SignIn::App { code, .. }, Field::AppCode) => code.clone(),
            (SignIn::Query { mobile_end, .. }, Field::MobileEnd) => mobile_end.clone(),
            (SignIn::OfferCode { code }, Field::OfferCode) => code.clone(),
            (
                _,
                Field::CardNumber
                | Field::AppCode
                | Field::Password
                | Field::MobileEnd
                | Field::OfferCode
                | Field::Captcha,
            ) => return None,
        };
        (!typed.is_empty()).then_some(typed)
    }

    /// The ID number that was typed.
    pub fn id(&self) -> Option<&IdNumber> {
        match self {
            SignIn::Card | SignIn::CardPassword { .. } | SignIn::OfferCode { .. } => None,
            SignIn::App { id, .. } | SignIn::Numbers { id, .. } | SignIn::Query { id, .. } => {
                id.as_ref()
            }
        }
    }

    /// What proves who the person is, once it is all there. `card` is the one in the reader.
    pub fn proof(&self, card: Option<&Card>) -> Option<OpenSession> {
        let by_card = |password| {
            let card = card?;
            Some(OpenSession::Card { id: card.id.clone(), card: card.number.clone(), password })
        };
        match self {
            SignIn::Card => by_card(None),
            SignIn::CardPassword { password } => by_card(Some(password.clone())),
            SignIn::App { id, code, captcha } => Some(OpenSession::App {
                id: id.clone()?,
                code: code.clone(),
                graphic: captcha.clone()?,
            }),
            SignIn::Numbers { id, card, captcha } => Some(OpenSession::Numbers {
                id: id.clone()?,
                card: card.clone()?,
                graphic: captcha.clone()?,
            }),
            SignIn::Query { .. } | SignIn::OfferCode { .. } => None,
        }
    }

    /// What the simple query asks, once it is all there.
    pub fn query(&self) -> Option<Query> {
        match self {
            SignIn::Query { id, mobile_end, captcha, .. } => Some(Query {
                id: id.clone()?,
                mobile_end: mobile_end.clone(),
                graphic: captcha.clone()?,
            }),
            SignIn::Card
            | SignIn::CardPassword { .. }
            | SignIn::App { .. }
            | SignIn::Numbers { .. }
            | SignIn::OfferCode { .. } => None,
        }
    }

    /// What the simple query found.
    pub fn found(&self) -> Option<&QueryView> {
        match self {
            SignIn::Query { found, .. } => found.as_deref(),
            SignIn::Card
            | SignIn::CardPassword { .. }
            | SignIn::App { .. }
            | SignIn::Numbers { .. }
            | SignIn::OfferCode { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::password(WayIn::CardPassword)]
    #[case::app(WayIn::App)]
    #[case::numbers(WayIn::Numbers)]
    #[case::query(WayIn::Query)]
    #[case::offer_code(WayIn::OfferCode)]
    fn back_is_the_way_forward_read_backwards(#[case] way: WayIn) {
        let sign_in = SignIn::by(way);
        assert_eq!(sign_in.way(), Some(way));
        let mut forward = sign_in.fields()[0];
        assert_eq!(sign_in.before(forward), None);
        while let Some(next) = sign_in.after(forward) {
            assert_eq!(sign_in.before(next), Some(forward));
            forward = next;
        }
        assert_eq!(Some(&forward), sign_in.fields().last());
    }

    #[test]
    fn what_a_way_does_not_ask_for_is_not_kept() {
        let mut sign_in = SignIn::by(WayIn::App);
        sign_in.keep(Typed::MobileEnd(Personal::new("678")));
        assert_eq!(sign_in, SignIn::by(WayIn::App));
        sign_in.keep(Typed::AppCode(Personal::new("123456")));
        assert_ne!(sign_in, SignIn::by(WayIn::App));
        sign_in.begin_again();
        assert_eq!(sign_in, SignIn::by(WayIn::App));
    }
}

//! Captchas (圖形驗證碼): a picture of digits to be typed, accepted once, which keeps programs
//! from guessing numbers. On the wire they are called graphic codes, as in the manuals.

use crate::domain::personal::Personal;
use serde::{Deserialize, Serialize};

/// How many digits a captcha has.
pub const CAPTCHA_DIGITS: usize = 4;

/// `POST /v1/graphic-codes`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(as = AskGraphic))]
pub struct AskCaptcha {
    /// Draws the digits large, upright and clear, for people who cannot read the usual picture.
    #[serde(default)]
    pub larger: bool,
}

/// The picture, and the token that goes back with the answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(as = GraphicCode))]
pub struct Captcha {
    /// Contains the digits; only the service can read it.
    pub token: String,
    /// Rows from the top, `#` for ink and `.` for paper: all of the same width, at most 76 by 24.
    pub rows: Vec<String>,
}

/// The digits that a person typed, with the picture's token.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(as = GraphicAnswer))]
pub struct CaptchaAnswer {
    pub token: String,
    pub digits: Personal,
}

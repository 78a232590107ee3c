//! Captchas (圖形驗證碼): a picture of digits to be typed, once only, that keeps programs from
//! guessing numbers. On the wire they are called graphic codes, as in the manuals.

use crate::domain::personal::Personal;
use serde::{Deserialize, Serialize};

/// How many digits a captcha has.
pub const CAPTCHA_DIGITS: usize = 4;

/// `POST /v1/graphic-codes`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(as = AskGraphic))]
pub struct AskCaptcha {
    /// Large, upright and clear, for those who cannot read the usual one.
    #[serde(default)]
    pub larger: bool,
}

/// The picture, and what goes back with the answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(as = GraphicCode))]
pub struct Captcha {
    /// Says to the service alone which digits it asked for.
    pub token: String,
    /// Rows from the top, `#` for ink and `.` for paper: all of the same width, at most 76 by 24.
    pub rows: Vec<String>,
}

/// What a person typed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(as = GraphicAnswer))]
pub struct CaptchaAnswer {
    pub token: String,
    pub digits: Personal,
}

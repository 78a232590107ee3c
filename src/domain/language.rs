//! The six languages and what each is called in its own script. What is said in them is in `i18n`.

use serde::{Deserialize, Serialize};

/// A language of the kiosk.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Language {
    #[default]
    #[serde(rename = "zh-TW")]
    ZhTw,
    #[serde(rename = "en")]
    En,
    #[serde(rename = "ja")]
    Ja,
    #[serde(rename = "vi")]
    Vi,
    #[serde(rename = "id")]
    Id,
    #[serde(rename = "th")]
    Th,
}

impl Language {
    pub const ALL: [Language; 6] =
        [Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th];

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::ZhTw => "zh-TW",
            Language::En => "en",
            Language::Ja => "ja",
            Language::Vi => "vi",
            Language::Id => "id",
            Language::Th => "th",
        }
    }

    /// Its name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::ZhTw => "中文（臺灣）",
            Language::En => "English",
            Language::Ja => "日本語",
            Language::Vi => "Tiếng Việt",
            Language::Id => "Bahasa Indonesia",
            Language::Th => "ภาษาไทย",
        }
    }

    /// The language of a tag or of a locale's name (`th`, `th-TH`, `th_TH.UTF-8`), if it is one of
    /// ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "zh" => Some(Language::ZhTw),
            "en" => Some(Language::En),
            "ja" => Some(Language::Ja),
            "vi" => Some(Language::Vi),
            "id" | "in" => Some(Language::Id),
            "th" => Some(Language::Th),
            _ => None,
        }
    }

    pub fn index(self) -> usize {
        match self {
            Language::ZhTw => 0,
            Language::En => 1,
            Language::Ja => 2,
            Language::Vi => 3,
            Language::Id => 4,
            Language::Th => 5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_tag() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
            assert_eq!(Language::ALL[language.index()], language);
        }
        assert_eq!(Language::from_tag("vi_VN.UTF-8"), Some(Language::Vi));
        assert_eq!(Language::from_tag("C.UTF-8"), None);
    }
}

//! The languages of the kiosk, one row each. The command line, fonts, samples, grids, the language
//! button, dates and the wire format all read the row. The messages are in `locales/`, one file a
//! language, which the row includes.

use serde::{Deserialize, Serialize};

/// What the program has to know about a language.
struct Row {
    /// Its BCP 47 tag.
    tag: &'static str,
    /// Other primary tags that mean this language, as the first part of a locale's name.
    also: &'static [&'static str],
    own_name: &'static str,
    /// Its own name, short enough for the language button: 10 columns at most.
    short_name: &'static str,
    /// The locale by which dates are written, with its calendar.
    locale: &'static str,
    colon: &'static str,
    reads_chinese: bool,
    fonts: &'static str,
    sample: &'static str,
    messages: &'static str,
}

/// The Chinese font comes first, since the Japanese one draws some shared characters differently.
const CHINESE_FONTS: &str = "'Noto Sans CJK TC', 'Noto Sans Thai', 'Noto Sans', sans-serif";
const JAPANESE_FONTS: &str = "'Noto Sans CJK JP', 'Noto Sans', sans-serif";
const LATIN_FONTS: &str = "'Noto Sans', 'Noto Sans Thai', 'Noto Sans CJK TC', sans-serif";

/// Makes the enum, the list of all languages and the rows, so that each language is written once.
/// The messages are read from the file in `locales/` that has the tag as its name. The tag is a
/// `tt`, because utoipa does not see a name that comes to it as a `literal` of a macro.
macro_rules! languages {
    ($($(#[$attribute:meta])* $name:ident = $tag:tt { $($field:ident: $value:expr,)+ })+) => {
        /// A language of the kiosk.
        #[derive(
            Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize,
        )]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
        pub enum Language {
            $($(#[$attribute])* #[serde(rename = $tag)] $name,)+
        }

        impl Language {
            pub const ALL: [Language; ROWS.len()] = [$(Language::$name),+];
        }

        const ROWS: &[Row] = &[$(Row {
            tag: $tag,
            messages: include_str!(concat!("../../locales/", $tag, ".ftl")),
            $($field: $value,)+
        }),+];
    };
}

languages! {
    #[default]
    ZhTw = "zh-TW" {
        also: &["zh"],
        own_name: "中文（臺灣）",
        short_name: "中文",
        locale: "zh-TW-u-ca-roc",
        colon: "：",
        reads_chinese: true,
        fonts: CHINESE_FONTS,
        sample: "疫苗預約",
    }
    En = "en" {
        also: &[],
        own_name: "English",
        short_name: "English",
        locale: "en-GB",
        colon: ": ",
        reads_chinese: false,
        fonts: LATIN_FONTS,
        sample: "vaccine",
    }
    // Japanese readers know places by their characters too: the Japanese guide prints 縣市 and
    // 行政區 as they are.
    Ja = "ja" {
        also: &[],
        own_name: "日本語",
        short_name: "日本語",
        locale: "ja",
        colon: "：",
        reads_chinese: true,
        fonts: JAPANESE_FONTS,
        sample: "ワクチンの予約",
    }
    Vi = "vi" {
        also: &[],
        own_name: "Tiếng Việt",
        short_name: "Tiếng Việt",
        locale: "vi",
        colon: ": ",
        reads_chinese: false,
        fonts: LATIN_FONTS,
        sample: "Đặt lịch tiêm",
    }
    // "in" was the code of Indonesian until 1989, and some machines still say it.
    Id = "id" {
        also: &["in"],
        own_name: "Bahasa Indonesia",
        short_name: "Bahasa",
        locale: "id",
        colon: ": ",
        reads_chinese: false,
        fonts: LATIN_FONTS,
        sample: "vaksin",
    }
    Th = "th" {
        also: &[],
        own_name: "ภาษาไทย",
        short_name: "ไทย",
        locale: "th",
        colon: ": ",
        reads_chinese: false,
        fonts: LATIN_FONTS,
        sample: "ลงทะเบียน",
    }
}

impl Language {
    /// How many languages there are.
    pub const COUNT: usize = Self::ALL.len();

    fn row(self) -> &'static Row {
        &ROWS[self.index()]
    }

    /// Its position in [`Self::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        self.row().tag
    }

    /// Its name, written in the language itself.
    pub fn own_name(self) -> &'static str {
        self.row().own_name
    }

    /// Its own name, short enough for the language button.
    pub fn short_name(self) -> &'static str {
        self.row().short_name
    }

    /// The locale of its dates, with the calendar that its readers use (Unicode TR 35).
    pub fn locale(self) -> &'static str {
        self.row().locale
    }

    /// The colon between a label and its value, with the space that follows it.
    pub fn colon(self) -> &'static str {
        self.row().colon
    }

    /// Whether places are named in Chinese characters for its readers.
    pub fn reads_chinese(self) -> bool {
        self.row().reads_chinese
    }

    /// The fonts by which a receipt in it is drawn, in the order of preference (CSS font-family).
    pub fn fonts(self) -> &'static str {
        self.row().fonts
    }

    /// A short text whose letters the machine's fonts must have; the system check draws it.
    pub fn sample(self) -> &'static str {
        self.row().sample
    }

    /// Its messages, as they are in `locales/` (Fluent).
    pub fn messages(self) -> &'static str {
        self.row().messages
    }

    /// The language of a tag or of a locale's name (`th`, `th-TH`, `th_TH.UTF-8`), if it is one of
    /// ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        let is_it = |language: &Language| {
            let row = language.row();
            row.tag == primary || row.also.contains(&primary.as_str())
        };
        Self::ALL.into_iter().find(is_it)
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
            let on_the_wire = serde_json::to_value(language).unwrap();
            assert_eq!(on_the_wire, language.tag());
        }
        assert_eq!(Language::from_tag("vi_VN.UTF-8"), Some(Language::Vi));
        assert_eq!(Language::from_tag("in_ID"), Some(Language::Id));
        assert_eq!(Language::from_tag("C.UTF-8"), None);
        assert_eq!(Language::default(), Language::ZhTw);
    }

    /// What is read wrongly is read by the person in front of the kiosk: a name, a word or a letter
    /// of another language.
    #[test]
    fn what_is_shown_of_a_language_is_its_own() {
        let shown = |language: Language| {
            [language.own_name(), language.short_name(), language.sample(), language.messages()]
        };
        for language in Language::ALL {
            assert!(shown(language).iter().all(|text| !text.is_empty()), "{language:?}");
            for other in Language::ALL.into_iter().filter(|other| *other != language) {
                let same = shown(language).into_iter().zip(shown(other)).any(|(a, b)| a == b);
                assert!(!same, "{language:?} and {other:?}");
            }
        }
    }

    #[test]
    fn chinese_and_japanese_readers_see_characters_in_their_own_form() {
        let reads_chinese: Vec<_> =
            Language::ALL.into_iter().filter(|language| language.reads_chinese()).collect();
        assert_eq!(reads_chinese, [Language::ZhTw, Language::Ja]);
        let first = |language: Language| language.fonts().split(',').next();
        assert_eq!(first(Language::ZhTw), Some("'Noto Sans CJK TC'"));
        assert_eq!(first(Language::Ja), Some("'Noto Sans CJK JP'"));
        for language in Language::ALL {
            let wide = reads_chinese.contains(&language);
            assert_eq!(language.colon(), if wide { "：" } else { ": " }, "{language:?}");
            assert!(language.fonts().contains("Noto Sans"), "{language:?}");
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn the_contract_names_the_languages_by_their_tags() {
        let schema = serde_json::to_value(<Language as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(schema["enum"], serde_json::json!(Language::ALL.map(Language::tag)));
    }
}

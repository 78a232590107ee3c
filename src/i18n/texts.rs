//! The Fluent bundles of all languages, and what is said with them. Made once at start; saying
//! a message reads no file.

use super::dates::{Dates, clock, countdown};
use super::messages as say;
use super::messages::Message;
use crate::domain::language::Language;
use crate::domain::taipei;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentBundle, FluentResource, FluentValue};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use intl_memoizer::{IntlLangMemoizer, Memoizable};
use jiff::Timestamp;
use jiff::civil::Date;
use std::cell::OnceCell;
use unic_langid::LanguageIdentifier;

/// Sections at the beginning of each file that hold what the first page says: it says a line in
/// every language, and whoever stands there waits for it.
const FIRST_SECTIONS: usize = 3;

struct Voice {
    language: Language,
    /// The first sections alone.
    first: FluentBundle<FluentResource>,
    /// All of the file, read when something else is said.
    whole: OnceCell<FluentBundle<FluentResource>>,
    dates: OnceCell<Dates>,
}

/// Says messages and dates in any of the languages. A language is read when it first speaks.
pub struct Texts {
    language: [OnceCell<Voice>; Language::COUNT],
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

/// Numbers grouped as the language writes them; fluent-bundle itself groups none.
struct Grouped(DecimalFormatter);

impl Memoizable for Grouped {
    type Args = ();
    type Error = ();
    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let locale: icu_locale_core::Locale = language.to_string().parse().map_err(|_| ())?;
        DecimalFormatter::try_new(locale.into(), Default::default()).map(Self).map_err(|_| ())
    }
}

fn grouped(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else { return None };
    let whole = Decimal::from(*value as i64);
    memoizer.with_try_get::<Grouped, _, _>((), |format| format.0.format(&whole).to_string()).ok()
}

impl Voice {
    fn new(language: Language) -> Self {
        let first = bundle(language, first_sections(language.messages()));
        Self { language, first, whole: OnceCell::new(), dates: OnceCell::new() }
    }

    /// The bundle that has a message.
    fn bundle_of(&self, key: &str) -> &FluentBundle<FluentResource> {
        if self.first.has_message(key) {
            return &self.first;
        }
        self.whole.get_or_init(|| bundle(self.language, self.language.messages()))
    }

    fn dates(&self) -> &Dates {
        self.dates.get_or_init(|| Dates::new(self.language))
    }
}

fn bundle(language: Language, messages: &str) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = language.tag().parse().expect("a fixed tag");
    let mut bundle = FluentBundle::new(vec![id]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(grouped));
    // A test reads every file without an error. If one had an error all the same, the messages
    // that could be read stay usable.
    let resource =
        FluentResource::try_new(messages.into()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A file up to the heading behind its first sections.
fn first_sections(messages: &str) -> &str {
    let next = messages.match_indices("\n## ").nth(FIRST_SECTIONS);
    next.map_or(messages, |(at, _)| &messages[..at])
}

impl Default for Texts {
    fn default() -> Self {
        Self { language: [const { OnceCell::new() }; Language::COUNT] }
    }
}

impl Texts {
    fn voice(&self, language: Language) -> &Voice {
        self.language[language.index()].get_or_init(|| Voice::new(language))
    }

    /// The message in this language.
    pub fn say(&self, language: Language, message: &dyn Message) -> String {
        let bundle = self.voice(language).bundle_of(message.key());
        let Some(pattern) = bundle.get_message(message.key()).and_then(|found| found.value())
        else {
            return message.key().to_owned();
        };
        bundle.format_pattern(pattern, message.arguments().as_ref(), &mut Vec::new()).into_owned()
    }

    /// A label and what it is about, with the colon of the language.
    pub fn labelled(&self, language: Language, label: &dyn Message, value: &str) -> String {
        format!("{}{}{value}", self.say(language, label), language.colon())
    }

    /// A date with year and weekday, in the language's calendar.
    pub fn long_date(&self, language: Language, date: Date) -> String {
        self.voice(language).dates().long(date)
    }

    /// An instant as Taiwan's clocks show it: month, day, weekday and time.
    pub fn moment(&self, language: Language, instant: Timestamp) -> String {
        let civil = taipei::civil(instant);
        let date = self.short_date(language, civil.date());
        self.say(language, &say::Moment { date: date.into(), time: clock(civil).into() })
    }

    /// A span of time that is running out: as a clock counts down, from a day on in words.
    pub fn span(&self, language: Language, seconds: u64) -> String {
        const DAY: u64 = 24 * 3600;
        if seconds < DAY {
            return countdown(seconds);
        }
        let (days, hours) = (seconds / DAY, seconds % DAY / 3600);
        self.say(language, &say::SpanDays { days: days.into(), hours: hours.into() })
    }

    /// Month, day and weekday.
    pub fn short_date(&self, language: Language, date: Date) -> String {
        self.voice(language).dates().short(date)
    }

    /// Month and day.
    pub fn day_and_month(&self, language: Language, date: Date) -> String {
        self.voice(language).dates().day(date)
    }

    /// The weekday alone, short.
    pub fn weekday(&self, language: Language, date: Date) -> String {
        self.voice(language).dates().weekday(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_first_page_says_in_every_language_needs_no_whole_file() {
        let texts = Texts::default();
        for language in Language::ALL {
            for message in [&say::AttractTouch as &dyn Message, &say::AttractStart] {
                assert_ne!(texts.say(language, message), message.key());
            }
            assert!(texts.say(language, &say::AttractHotline).starts_with('1'));
            let voice = texts.voice(language);
            assert!(voice.whole.get().is_none() && voice.dates.get().is_none());
            assert_ne!(texts.say(language, &say::ReceiptTitle), say::ReceiptTitle.key());
            assert!(voice.whole.get().is_some());
        }
    }
}

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

struct Voice {
    bundle: FluentBundle<FluentResource>,
    dates: Dates,
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
        let id: LanguageIdentifier = language.tag().parse().expect("a fixed tag");
        let mut bundle = FluentBundle::new(vec![id]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(grouped));
        // A test reads every file without an error. If one had an error all the same, the messages
        // that could be read stay usable.
        let resource = FluentResource::try_new(language.messages().into())
            .unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { bundle, dates: Dates::new(language) }
    }
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
        let bundle = &self.voice(language).bundle;
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
        self.voice(language).dates.long(date)
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
        self.voice(language).dates.short(date)
    }

    /// Month and day.
    pub fn day_and_month(&self, language: Language, date: Date) -> String {
        self.voice(language).dates.day(date)
    }

    /// The weekday alone, short.
    pub fn weekday(&self, language: Language, date: Date) -> String {
        self.voice(language).dates.weekday(date)
    }
}

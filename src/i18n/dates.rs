//! Dates and times in each language's calendar: the Republic's in zh-TW, the Buddhist in th, else
//! the Gregorian.

use crate::domain::language::Language;
use icu_calendar::{Date as IcuDate, Iso};
use icu_datetime::{DateTimeFormatter, fieldsets};
use icu_locale_core::Locale;
use jiff::civil::{Date, DateTime};

/// The date formats of one language.
pub(super) struct Dates {
    language: Language,
    long: DateTimeFormatter<fieldsets::YMDE>,
    /// The day, and the month by its name.
    named: DateTimeFormatter<fieldsets::MD>,
    weekday: DateTimeFormatter<fieldsets::E>,
    long_weekday: DateTimeFormatter<fieldsets::E>,
}

fn iso(date: Date) -> IcuDate<Iso> {
    IcuDate::try_new_iso(
        i32::from(date.year()),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )
    .expect("a date of the Gregorian calendar is one of ISO 8601")
}

impl Dates {
    pub(super) fn new(language: Language) -> Self {
        let locale: Locale = language.locale().parse().expect("a fixed locale");
        // The data of all languages is compiled in, and a test makes the formats of each.
        let expect = "date formats are compiled in";
        Self {
            language,
            long: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMDE::long())
                .expect(expect),
            named: DateTimeFormatter::try_new((&locale).into(), fieldsets::MD::medium())
                .expect(expect),
            weekday: DateTimeFormatter::try_new((&locale).into(), fieldsets::E::short())
                .expect(expect),
            long_weekday: DateTimeFormatter::try_new((&locale).into(), fieldsets::E::long())
                .expect(expect),
        }
    }

    /// With year and weekday: `民國116年7月16日星期五`, `Friday, 16 July 2027`.
    pub(super) fn long(&self, date: Date) -> String {
        match self.language {
            // CLDR leaves out the words for day and year, without which it is no Vietnamese.
            Language::Vi => {
                let weekday = self.long_weekday.format(&iso(date));
                let (year, month, day) = (date.year(), date.month(), date.day());
                format!("{weekday}, ngày {day} tháng {month} năm {year}")
            }
            Language::ZhTw | Language::En | Language::Ja | Language::Id | Language::Th => {
                self.long.format(&iso(date)).to_string()
            }
        }
    }

    /// `週五`, `Fri`. A weekday of two words (Thứ 6) is not torn apart at a line's end.
    pub(super) fn weekday(&self, date: Date) -> String {
        self.weekday.format(&iso(date)).to_string().replace(' ', "\u{A0}")
    }

    /// Month, day and weekday as short as they are clear: `7/16 週五`, `Fri 16 Jul`. The month has
    /// its name where readers of one language write both 7/8 and 8/7 for it.
    pub(super) fn short(&self, date: Date) -> String {
        let (weekday, day) = (self.weekday(date), self.day(date));
        match self.language {
            Language::ZhTw => format!("{day} {weekday}"),
            Language::Ja => format!("{day}（{weekday}）"),
            Language::En | Language::Th => format!("{weekday} {day}"),
            Language::Vi | Language::Id => format!("{weekday}, {day}"),
        }
    }

    /// A day with its month: `8/1`, `1/8`, `1 Aug`.
    pub(super) fn day(&self, date: Date) -> String {
        let (month, day) = (date.month(), date.day());
        match self.language {
            Language::ZhTw | Language::Ja => format!("{month}/{day}"),
            Language::Vi => format!("{day}/{month}"),
            Language::En | Language::Id | Language::Th => self.named.format(&iso(date)).to_string(),
        }
    }
}

/// A time of day as `10:00`, which readers of all six languages know.
pub fn clock(time: DateTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `10:00–11:00`
pub fn hours(starts: DateTime, ends: DateTime) -> String {
    format!("{}–{}", clock(starts), clock(ends))
}

/// A span of time as it counts down: `09:52`, or `1:09:52` from an hour on.
pub fn countdown(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    const THAI_DATE: &str = "วันศุกร์ที่ 16 กรกฎาคม 2570";

    #[rstest]
    #[case(Language::ZhTw, "民國116年7月16日星期五", "7/16 週五")]
    #[case(Language::En, "Friday, 16 July 2027", "Fri 16 Jul")]
    #[case(Language::Ja, "2027年7月16日金曜日", "7/16（金）")]
    #[case(Language::Vi, "Thứ Sáu, ngày 16 tháng 7 năm 2027", "Thứ\u{A0}6, 16/7")]
    #[case(Language::Id, "Jumat, 16 Juli 2027", "Jum, 16 Jul")]
    #[case(Language::Th, THAI_DATE, "ศุกร์ 16 ก.ค.")]
    fn each_language_has_its_calendar(
        #[case] language: Language,
        #[case] long: &str,
        #[case] short: &str,
    ) {
        let dates = Dates::new(language);
        assert_eq!(
            (dates.long(date(2027, 7, 16)).as_str(), dates.short(date(2027, 7, 16)).as_str()),
            (long, short)
        );
    }

    #[rstest]
    #[case(Language::ZhTw, "8/7")]
    #[case(Language::En, "7 Aug")]
    #[case(Language::Ja, "8/7")]
    #[case(Language::Vi, "7/8")]
    #[case(Language::Id, "7 Agu")]
    #[case(Language::Th, "7 ส.ค.")]
    fn a_day_and_its_month_are_told_apart(#[case] language: Language, #[case] day: &str) {
        assert_eq!(Dates::new(language).day(date(2027, 8, 7)), day);
    }

    #[test]
    fn a_countdown_shows_hours_only_when_it_has_some() {
        assert_eq!(
            [0, 59, 592, 3600, 86_399].map(countdown),
            ["00:00", "00:59", "09:52", "1:00:00", "23:59:59"]
        );
    }
}

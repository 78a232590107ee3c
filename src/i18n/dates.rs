//! Dates and times in each language's calendar: the Republic's in zh-TW, the Buddhist in th, else
//! the Gregorian.

use crate::domain::language::Language;
use icu_calendar::{Date as IcuDate, Iso};
use icu_datetime::{DateTimeFormatter, fieldsets};
use icu_locale_core::Locale;
use jiff::civil::{Date, DateTime};

/// The date formats of one language.
pub(super) struct Dates {
    long: DateTimeFormatter<fieldsets::YMDE>,
    short: DateTimeFormatter<fieldsets::MD>,
    weekday: DateTimeFormatter<fieldsets::E>,
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
            long: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMDE::long())
                .expect(expect),
            short: DateTimeFormatter::try_new((&locale).into(), fieldsets::MD::short())
                .expect(expect),
            weekday: DateTimeFormatter::try_new((&locale).into(), fieldsets::E::short())
                .expect(expect),
        }
    }

    /// With year and weekday: `民國116年7月16日星期五`, `Friday, 16 July 2027`.
    pub(super) fn long(&self, date: Date) -> String {
        self.long.format(&iso(date)).to_string()
    }

    /// Month, day and weekday as short as they are clear: `7/16 週五`.
    pub(super) fn short(&self, date: Date) -> String {
        // A weekday of two words (Thứ 6) is not torn apart at a line's end.
        let weekday = self.weekday.format(&iso(date)).to_string().replace(' ', "\u{A0}");
        format!("{} {weekday}", self.short.format(&iso(date)))
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
    #[case(Language::En, "Friday, 16 July 2027", "16/07 Fri")]
    #[case(Language::Ja, "2027年7月16日金曜日", "07/16 金")]
    #[case(Language::Vi, "Thứ Sáu, 16 tháng 7 2027", "16-07 Thứ\u{A0}6")]
    #[case(Language::Id, "Jumat, 16 Juli 2027", "16/07 Jum")]
    #[case(Language::Th, THAI_DATE, "16/7 ศุกร์")]
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

    #[test]
    fn a_countdown_shows_hours_only_when_it_has_some() {
        assert_eq!(
            [0, 59, 592, 3600, 86_399].map(countdown),
            ["00:00", "00:59", "09:52", "1:00:00", "23:59:59"]
        );
    }
}

//! A text of one line that is cut where its room ends.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// As much of a name or an address as has room, with a sign where it goes on.
pub fn fitted(text: &str, columns: u16) -> String {
    let columns = usize::from(columns);
    if text.width() <= columns {
        return text.to_owned();
    }
    let (mut short, mut width) = (String::new(), 1);
    for letter in text.graphemes(true) {
        width += letter.width();
        if width > columns {
            break;
        }
        short.push_str(letter);
    }
    if columns > 0 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("大安區練習診所", 14, "大安區練習診所")]
    #[case("大安區練習診所", 13, "大安區練習診…")]
    #[case("大安區練習診所", 12, "大安區練習…")]
    #[case("Practice", 4, "Pra…")]
    #[case("Practice", 0, "")]
    fn a_name_that_is_too_long_says_so(
        #[case] text: &str,
        #[case] columns: u16,
        #[case] shown: &str,
    ) {
        assert_eq!(fitted(text, columns), shown);
    }

    #[test]
    fn a_long_name_is_cut_between_letters() {
        assert_eq!(fitted("陳小姐", 6), "陳小姐");
        assert_eq!(fitted("陳小姐", 5), "陳小…");
        assert_eq!(fitted("陳小姐", 4), "陳…");
        assert_eq!(fitted("ที่นี่", 1), "…");
        assert_eq!(fitted("abc", 0), "");
    }
}

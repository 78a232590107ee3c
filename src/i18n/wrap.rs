//! Breaking lines where each language allows it (UAX 14 by icu_segmenter; Thai by its dictionary),
//! and the mending of SARA AM for terminals. Widths are terminal cells.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Lines of at most `width` cells. A word longer than a line is broken between graphemes; nothing
/// is ever lost but the spaces at line ends.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        if paragraph.width() <= width {
            lines.push(paragraph.trim_end().to_owned());
            continue;
        }
        // The dictionary finds Thai words in 3 µs for 82 characters; the LSTM model takes 322 µs.
        let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
        let mut line = String::new();
        let mut start = 0;
        for end in segmenter.segment_str(paragraph).skip(1) {
            if is_one_word(paragraph, end) {
                continue;
            }
            let piece = &paragraph[start..end];
            start = end;
            if !line.is_empty() && line.width() + piece.trim_end().width() > width {
                lines.push(line.trim_end().to_owned());
                line.clear();
            }
            push_piece(piece, width, &mut line, &mut lines);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Joins what UAX 14 would break and a reader would not: a span of time (`09:00–10:00`) and a
/// masked number (`0912 *** 678`).
fn is_one_word(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].trim_end_matches(' '), text[at..].chars().next());
    let is_digit = |c: char| c.is_ascii_digit();
    match before.chars().next_back() {
        Some('–' | '*') => after.is_some_and(is_digit),
        Some(last) => is_digit(last) && after == Some('*'),
        None => false,
    }
}

fn push_piece(piece: &str, width: usize, line: &mut String, lines: &mut Vec<String>) {
    if line.width() + piece.trim_end().width() <= width {
        line.push_str(piece);
        return;
    }
    for grapheme in piece.graphemes(true) {
        if line.width() + grapheme.width() > width && !line.is_empty() {
            lines.push(std::mem::take(line));
        }
        line.push_str(grapheme);
    }
}

/// foot and kitty draw a cluster with SARA AM (U+0E33) wrongly: base + tone + U+0E33 becomes base +
/// U+0E4D + tone, then U+0E32, which is right in every terminal. For drawing only.
pub fn mend_sara_am(text: &str) -> std::borrow::Cow<'_, str> {
    const SARA_AM: char = '\u{0E33}';
    if !text.contains(SARA_AM) {
        return text.into();
    }
    let mut mended = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c != SARA_AM {
            mended.push(c);
            continue;
        }
        let tone = mended.chars().next_back().filter(|c| ('\u{0E48}'..='\u{0E4B}').contains(c));
        if tone.is_some() {
            mended.pop();
        }
        mended.push('\u{0E4D}');
        mended.extend(tone);
        mended.push('\u{0E32}');
    }
    mended.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_and_japanese_lines_never_begin_with_closing_marks() {
        let text = concat!(
            "請插入您的健保卡。讀卡時請勿取出，",
            "完成後再取回。カードを抜かないでください。ー"
        );
        for width in 10..40 {
            let lines = wrap(text, width);
            assert!(
                lines.iter().all(|line| !line.starts_with(['。', '，', 'ー', '、'])),
                "{width}: {lines:?}"
            );
        }
    }

    #[test]
    fn thai_is_broken_between_words() {
        let first = "กรุณาเสียบบัตรประกัน";
        let second = "สุขภาพ";
        assert_eq!(wrap(&format!("{first}{second}"), 16), [first, second]);
    }

    #[test]
    fn from_when_to_when_and_a_masked_number_stay_on_one_line() {
        assert_eq!(wrap("เบอร์ 0912 *** 678", 16), ["เบอร์", "0912 *** 678"]);
        assert_eq!(wrap("7月16日 09:00–10:00", 14), ["7月16日", "09:00–10:00"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_rather_than_lost() {
        assert_eq!(wrap("Pneumonoultra", 5), ["Pneum", "onoul", "tra"]);
    }

    #[test]
    fn sara_am_is_mended_with_and_without_a_tone() {
        assert_eq!(mend_sara_am("กำ น้ำ"), "ก\u{0E4D}า น\u{0E4D}\u{0E49}า");
        assert_eq!(mend_sara_am("กำ น้ำ").width(), "กา นา".width());
        for tone in '\u{0E48}'..='\u{0E4B}' {
            let mended = format!("น\u{0E4D}{tone}\u{0E32}");
            assert_eq!(mend_sara_am(&format!("น{tone}\u{0E33}")), mended);
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in "[a-zก-ฮา-เ一-龥ぁ-ん、。 \
            ]{0,80}", width in 4usize..60) {
            let lines = wrap(&text, width);
            prop_assert!(lines.iter().all(|line| line.width() <= width));
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}

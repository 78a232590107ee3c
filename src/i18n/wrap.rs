//! Breaking lines where each language allows it (UAX 14 by icu_segmenter; Thai by its dictionary)
//! and its readers expect it, into lines of similar width. Widths are terminal cells. The mending
//! of SARA AM for terminals is here too.

use icu_segmenter::options::{LineBreakOptions, WordBreakInvariantOptions};
use icu_segmenter::{LineSegmenter, WordSegmenter};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Lines of at most `width` cells, as few as can be, and as narrow as that number of lines allows:
/// then no line is left over with a single short word. A word longer than a line is broken between
/// graphemes; nothing is ever lost but the spaces at line ends.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        if paragraph.width() <= width {
            lines.push(paragraph.trim_end().to_owned());
        } else {
            wrap_paragraph(paragraph, width, &mut lines);
        }
    }
    lines
}

/// A part of a paragraph inside which no line is broken.
struct Piece<'a> {
    text: &'a str,
    /// Its width with the spaces at its end, and without them.
    full: usize,
    bare: usize,
}

impl<'a> Piece<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, full: text.width(), bare: text.trim_end().width() }
    }
}

fn wrap_paragraph(paragraph: &str, width: usize, lines: &mut Vec<String>) {
    let breaks = breaks(paragraph);
    let all: Vec<usize> = breaks.iter().map(|found| found.at).collect();
    let welcome: Vec<usize> =
        breaks.iter().filter(|found| !found.is_unwelcome).map(|found| found.at).collect();
    let mut pieces = broken_at(paragraph, &welcome, &all, width);
    let mut fewest = starts(&pieces, width).len();
    if welcome.len() < all.len() {
        // A text does not take another line only to read better: its page has no room for it.
        let tight = broken_at(paragraph, &all, &all, width);
        let count = starts(&tight, width).len();
        if count < fewest {
            (pieces, fewest) = (tight, count);
        }
    }
    let mut starts = starts(&pieces, narrowest(&pieces, width, fewest));
    take_to_the_last(&pieces, &mut starts, width);
    let ends = starts.iter().skip(1).copied().chain([pieces.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let line: String = pieces[start..end].iter().map(|piece| piece.text).collect();
        lines.push(line.trim_end().to_owned());
    }
}

/// The smallest width in which the pieces still need no more than this number of lines.
fn narrowest(pieces: &[Piece<'_>], width: usize, lines: usize) -> usize {
    let widest = pieces.iter().map(|piece| piece.bare).max().unwrap_or(width);
    let (mut low, mut high) = (widest.min(width), width);
    while low < high {
        let middle = low.midpoint(high);
        if starts(pieces, middle).len() <= lines {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

/// The piece with which each line begins when every line takes what it has room for.
fn starts(pieces: &[Piece<'_>], width: usize) -> Vec<usize> {
    let (mut starts, mut used) = (vec![0], 0);
    for (at, piece) in pieces.iter().enumerate() {
        if used > 0 && used + piece.bare > width {
            starts.push(at);
            used = 0;
        }
        used += piece.full;
    }
    starts
}

/// A last line of one short word gets another from the line before, if that has some to give.
fn take_to_the_last(pieces: &[Piece<'_>], starts: &mut [usize], width: usize) {
    let [.., before, last] = starts else { return };
    let alone = pieces.len() - *last == 1;
    if !alone || *last - *before < 3 {
        return;
    }
    let (given, left) = (&pieces[*last - 1], &pieces[*last]);
    if left.bare * 4 < width && given.full + left.bare <= width {
        *last -= 1;
    }
}

/// The pieces between `wanted` breaks. One that is wider than a line is broken at any of `all` that
/// is in it, and where there is none, between graphemes.
fn broken_at<'a>(text: &'a str, wanted: &[usize], all: &[usize], width: usize) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(wanted.len());
    let mut start = 0;
    for end in wanted.iter().copied() {
        let piece = Piece::new(&text[start..end]);
        if piece.bare <= width {
            pieces.push(piece);
        } else {
            let inside = start + 1..=end;
            for part in all.iter().copied().filter(|at| inside.contains(at)) {
                push_parts(&text[start..part], width, &mut pieces);
                start = part;
            }
        }
        start = end;
    }
    pieces
}

fn push_parts<'a>(text: &'a str, width: usize, pieces: &mut Vec<Piece<'a>>) {
    let (mut start, mut used) = (0, 0);
    if text.trim_end().width() > width {
        for (at, grapheme) in text.grapheme_indices(true) {
            if used + grapheme.width() > width && used > 0 {
                pieces.push(Piece::new(&text[start..at]));
                (start, used) = (at, 0);
            }
            used += grapheme.width();
        }
    }
    pieces.push(Piece::new(&text[start..]));
}

/// Where a line may end.
struct Break {
    at: usize,
    /// It is allowed, but a reader stumbles over it: it is used only to save a line.
    is_unwelcome: bool,
}

fn breaks(paragraph: &str) -> Vec<Break> {
    // The dictionary finds Thai words in 3 µs for 82 characters; the LSTM model takes 322 µs.
    let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
    let compounds = thai_compounds(paragraph);
    let mixed = has_few_han(paragraph);
    let words = chinese_words(paragraph);
    segmenter
        .segment_str(paragraph)
        .skip(1)
        .filter(|at| !is_one_word(paragraph, *at))
        .map(|at| Break {
            at,
            is_unwelcome: at < paragraph.len()
                && (is_number_and_noun(paragraph, at)
                    || is_hyphenated(paragraph, at)
                    || is_end_of_sentence(paragraph, at)
                    || is_before_last_character(paragraph, at)
                    || is_between(paragraph, at, is_katakana)
                    || (mixed && is_between(paragraph, at, is_han))
                    || (is_between(paragraph, at, is_unspaced)
                        && words.binary_search(&at).is_err())
                    || compounds.iter().any(|word| word.start < at && at < word.end)),
        })
        .collect()
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn is_between(text: &str, at: usize, is: impl Fn(char) -> bool) -> bool {
    before(text, at).is_some_and(&is) && after(text, at).is_some_and(&is)
}

/// Joins what UAX 14 would break and a reader would not: a span of time (`09:00–10:00`) and a
/// masked number (`0912 *** 678`).
fn is_one_word(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].trim_end_matches(' '), after(text, at));
    let is_digit = |c: char| c.is_ascii_digit();
    match before.chars().next_back() {
        Some('–' | '*') => after.is_some_and(is_digit),
        Some(last) => is_digit(last) && after == Some('*'),
        None => false,
    }
}

/// `3 minutes`, `12 桁`, `16 Jul`
fn is_number_and_noun(text: &str, at: usize) -> bool {
    let number = text[..at].trim_end_matches(' ').chars().next_back();
    number.is_some_and(|c| c.is_ascii_digit()) && after(text, at).is_some_and(char::is_alphabetic)
}

/// `vắc-xin`, `Wi-Fi`
fn is_hyphenated(text: &str, at: usize) -> bool {
    let word = text[..at].strip_suffix('-');
    word.and_then(|word| word.chars().next_back()).is_some_and(char::is_alphabetic)
        && after(text, at).is_some_and(char::is_alphabetic)
}

/// Inside the last five kana of a Japanese sentence: `くださ|い。`
fn is_end_of_sentence(text: &str, at: usize) -> bool {
    let is_hiragana = |c: char| ('ぁ'..='ん').contains(&c);
    if !is_between(text, at, is_hiragana) {
        return false;
    }
    let kana = text[at..].chars().take(5).take_while(|c| is_hiragana(*c)).count();
    kana < 5 && matches!(text[at..].chars().nth(kana), None | Some('。' | '？' | '、'))
}

/// Before the last Chinese character of a sentence or clause: `有|效。`
fn is_before_last_character(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    is_between(text, at, is_han) && rest.nth(1).is_none_or(|next| "。，；、：".contains(next))
}

/// Whether words of this script follow one another without spaces: Chinese and Japanese.
fn is_unspaced(c: char) -> bool {
    is_han(c) || is_katakana(c) || ('ぁ'..='ん').contains(&c)
}

/// Where the dictionary sees words of Chinese or Japanese begin and end (`登錄|預約`). UAX 14
/// allows a break between any two characters.
fn chinese_words(text: &str) -> Vec<usize> {
    if !text.contains(is_unspaced) {
        return Vec::new();
    }
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    segmenter.segment_str(text).collect()
}

fn is_katakana(c: char) -> bool {
    ('ァ'..='ヺ').contains(&c) || c == 'ー'
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

/// Whether Chinese characters are rare in it: then they are a name (`健保快易通`), which is not
/// torn.
fn has_few_han(text: &str) -> bool {
    let mut all = 0;
    let han = text.chars().inspect(|_| all += 1).filter(|c| is_han(*c)).count();
    han > 0 && han * 3 < all
}

/// Words that the dictionary breaks, since it knows their parts.
const THAI_COMPOUNDS: [&str; 9] = [
    "เข้าสู่ระบบ",
    "ออกจากระบบ",
    "ลงทะเบียน",
    "ยืนยันตัวตน",
    "ค้างชำระ",
    "หมดเขต",
    "ร้านสะดวกซื้อ",
    "ร้านขายยา",
    "สถานีอนามัย",
];

fn thai_compounds(text: &str) -> Vec<Range<usize>> {
    if !text.contains(|c: char| ('\u{0E01}'..='\u{0E5B}').contains(&c)) {
        return Vec::new();
    }
    let words = THAI_COMPOUNDS.iter().flat_map(|word| text.match_indices(word));
    words.map(|(at, word)| at..at + word.len()).collect()
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
    fn thai_is_broken_between_words_and_not_in_those_of_several() {
        let (first, second) = ("กรุณาเสียบบัตร", "ประกันสุขภาพ");
        assert_eq!(wrap(&format!("{first}{second}"), 16), [first, second]);
        let (first, second) = ("เปิดแอปแล้ว", "เข้าสู่ระบบ");
        assert_eq!(wrap(&format!("{first}{second}"), 14), [first, second]);
    }

    #[test]
    fn lines_are_as_few_as_can_be_and_of_similar_width() {
        let text = "The six digits are valid for three minutes after that.";
        assert_eq!(wrap(text, 50), ["The six digits are valid for", "three minutes after that."]);
        assert_eq!(wrap("Vui lòng quay về trang chủ", 24), ["Vui lòng quay", "về trang chủ"]);
        assert_eq!(
            wrap("請確認您的資料都正確，再按確認。", 28),
            ["請確認您的資料都", "正確，再按確認。"]
        );
    }

    #[test]
    fn a_last_line_of_one_short_word_gets_another() {
        let text = "Vaccinations can be as it is";
        assert_eq!(wrap(text, 13), ["Vaccinations", "can be as", "it is"]);
    }

    #[test]
    fn a_number_stays_with_its_noun_and_a_hyphenated_word_whole() {
        assert_eq!(wrap("Valid for about 3 minutes", 18), ["Valid for about", "3 minutes"]);
        assert_eq!(wrap("Đặt lịch tiêm vắc-xin", 19), ["Đặt lịch", "tiêm vắc-xin"]);
        assert_eq!(wrap("全部で 12 桁です", 14), ["全部で", "12 桁です"]);
    }

    #[test]
    fn a_japanese_sentence_keeps_its_end_and_a_foreign_one_its_names() {
        assert_eq!(wrap("入力してください。", 16), ["入力し", "てください。"]);
        assert_eq!(wrap("次のプリペイド", 12), ["次の", "プリペイド"]);
        assert_eq!(wrap("三分有效。", 8), ["三分", "有效。"]);
        let lines = wrap("Mở ứng dụng 健保快易通 rồi bấm nút", 22);
        assert!(lines.iter().any(|line| line.contains("健保快易通")), "{lines:?}");
    }

    #[test]
    fn what_is_unwelcome_is_done_before_a_line_more_is_needed() {
        assert_eq!(wrap("aaaaaa 12 bbbb cccc", 9), ["aaaaaa 12", "bbbb cccc"]);
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

//! The six locales against each other and against the code: no key, no argument and no message may
//! differ, miss or lie unused; and the rules of `locales/TERMS.md`, by their numbers there.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use vaxkiosk::domain::language::Language;
use vaxkiosk::i18n::messages::declared;

type Messages = BTreeMap<String, BTreeSet<String>>;

fn variables(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| variables(&variant.value, found));
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = inline {
            found.insert(id.name.to_owned());
        }
    }
}

fn messages(language: Language) -> Messages {
    let resource =
        fluent_syntax::parser::parse(language.messages()).unwrap_or_else(|(_, errors)| {
            panic!("{} cannot be read: {errors:?}", language.tag());
        });
    let mut messages = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut found = BTreeSet::new();
        variables(message.value.as_ref().expect("a message says something"), &mut found);
        let before = messages.insert(message.id.name.to_owned(), found);
        assert!(before.is_none(), "{} says {} twice", language.tag(), message.id.name);
    }
    messages
}

#[test]
fn every_language_has_every_declared_message_with_its_arguments_and_no_other() {
    let all: Messages = declared()
        .map(|message| {
            (
                message.key.to_owned(),
                message.arguments.iter().map(|name| (*name).to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(all.len(), declared().count(), "a key is declared twice");
    for language in Language::ALL {
        let spoken = messages(language);
        let keys = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&spoken), keys(&all), "keys of {}", language.tag());
        for (key, arguments) in &all {
            assert_eq!(&spoken[key], arguments, "arguments of {key} in {}", language.tag());
        }
    }
}

#[test]
fn every_declared_message_is_said_somewhere() {
    let mut code = String::new();
    read_all(Path::new("src"), &mut code);
    for message in declared() {
        let name = format!("say::{}", message.name);
        let said = code.split(&name).skip(1);
        let whole = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
        assert!(said.into_iter().any(whole), "no code says {}", message.name);
    }
}

fn read_all(folder: &Path, code: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, code);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            code.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn all_texts_are_normalised_and_five_are_translations() {
    let nfc = icu_normalizer::ComposingNormalizer::new_nfc();
    for language in Language::ALL {
        assert!(nfc.is_normalized(language.messages()), "{} is not NFC", language.tag());
        if language != Language::ZhTw {
            let same = language
                .messages()
                .lines()
                .filter(|line| line.contains('='))
                // Places are written with the same characters in Chinese and Japanese.
                .filter(|line| !line.starts_with("county-") && !line.starts_with("district-"))
                .filter(|line| has_words(line))
                .filter(|line| Language::ZhTw.messages().lines().any(|zh| zh == *line));
            // Hotline numbers, brand names, and in Japanese words such as 同意 and 管理.
            assert!(same.count() <= 10, "{} repeats zh-TW", language.tag());
        }
    }
}

/// Whether a message says anything besides its arguments.
fn has_words(line: &str) -> bool {
    let text = line.split_once('=').map_or("", |(_, text)| text);
    let outside = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    outside.flat_map(str::chars).any(char::is_alphabetic)
}

#[test]
fn no_text_mixes_in_another_script() {
    let han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c);
    let kana = |c: char| ('\u{3041}'..='\u{30FF}').contains(&c) && c != '・' && c != 'ー';
    let thai = |c: char| ('\u{0E01}'..='\u{0E5B}').contains(&c);
    for language in Language::ALL {
        for line in language.messages().lines().filter(|line| !line.starts_with('#')) {
            // What stands on another system's buttons is quoted as it stands there.
            let line = line.replace("健保快易通", "").replace("健保卡 OTP 認證", "");
            let foreign = |c: char| match language {
                Language::ZhTw => kana(c) || thai(c),
                Language::Ja => thai(c),
                Language::Th => han(c) || kana(c),
                Language::En | Language::Vi | Language::Id => han(c) || kana(c) || thai(c),
            };
            assert!(!line.contains(foreign), "{}: {line}", language.tag());
        }
    }
}

/// What a pattern says, with `{ name }` for what is put in, and all variants one after the other.
fn spelled(pattern: &Pattern<&str>) -> String {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Select { variants, .. } => {
                    let all = variants.iter().map(|variant| spelled(&variant.value));
                    text.push_str(&all.collect::<Vec<_>>().join("|"));
                }
                Expression::Inline(InlineExpression::VariableReference { id }) => {
                    text.push_str(&format!("{{ {} }}", id.name));
                }
                Expression::Inline(InlineExpression::TermReference { id, .. }) => {
                    text.push_str(&format!("{{ -{} }}", id.name));
                }
                Expression::Inline(InlineExpression::MessageReference { id, .. }) => {
                    text.push_str(&format!("{{ {} }}", id.name));
                }
                Expression::Inline(other) => panic!("no rule for {other:?}"),
            },
        }
    }
    text
}

/// Every message and term (with its dash) of a language, spelled.
fn spoken(language: Language) -> BTreeMap<String, String> {
    let resource = fluent_syntax::parser::parse(language.messages()).expect("a file that is read");
    let entries = resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => {
            let value = message.value.as_ref().expect("a message says something");
            Some((message.id.name.to_owned(), spelled(value)))
        }
        Entry::Term(term) => Some((format!("-{}", term.id.name), spelled(&term.value))),
        _ => None,
    });
    entries.collect()
}

/// Fails on each text of a language that `is_wrong` finds wrong.
fn none_is(what: &str, is_wrong: impl Fn(Language, &str, &str) -> bool) {
    let mut wrong = Vec::new();
    for language in Language::ALL {
        for (key, text) in spoken(language) {
            if is_wrong(language, &key, &text) {
                wrong.push(format!("{} {key} = {text}", language.tag()));
            }
        }
    }
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

#[test]
fn rule_1_names_the_residence_card_first_and_no_other_countrys_card() {
    let papers = |language| match language {
        Language::ZhTw => ("", ""),
        Language::En => ("ARC", "ID number"),
        Language::Ja => ("居留証", "身分証"),
        Language::Vi => ("ARC", "căn cước Đài Loan"),
        Language::Id => ("ARC", "ID Taiwan"),
        Language::Th => ("ARC", "บัตรประชาชนไต้หวัน"),
    };
    none_is("the residence card comes first", |language, _, text| {
        let (first, second) = papers(language);
        let (first, second) = (text.find(first), text.find(second));
        language != Language::ZhTw && second.is_some() && first.is_none_or(|at| Some(at) > second)
    });
    none_is("whose card is it", |language, _, text| match language {
        Language::Vi => text.replace("căn cước Đài Loan", "").contains("căn cước"),
        Language::Id => text.contains("KTP"),
        Language::Th => text.contains("เลขประจำตัว"),
        Language::ZhTw | Language::En | Language::Ja => false,
    });
}

/// What counts down on the screen, second by second; and a moment, which is a time of day.
const MAY_LOOK_LIKE_A_CLOCK: [&str; 5] =
    ["TimeLeft", "AttractCountdown", "Moment", "CounterLocksIn", "TaskTimeLeft"];

#[test]
fn rule_2_writes_a_span_of_time_with_its_units() {
    for message in declared() {
        let may = MAY_LOOK_LIKE_A_CLOCK.contains(&message.name);
        assert!(may || !message.arguments.contains(&"time"), "{} looks like a clock", message.key);
    }
    none_is("a figure that looks like a time of day", |_, key, text| {
        let digits: Vec<bool> = text.chars().map(|c| c.is_ascii_digit()).collect();
        let colons = text.chars().enumerate().filter(|(_, c)| *c == ':').map(|(at, _)| at);
        let mut clocks = colons.filter(|at| {
            *at > 0
                && digits[at - 1]
                && digits.get(at + 1..at + 3) == Some(&[true, true])
                && digits.get(at + 3) != Some(&true)
        });
        // The form of a time in an imported file.
        key != "row-time" && clocks.next().is_some()
    });
}

#[test]
fn rule_3_names_on_a_button_what_it_cancels_and_what_a_no_keeps() {
    const ALONE: [&str; 14] = [
        "取消",
        "Cancel",
        "Cancel it",
        "Yes, cancel",
        "Yes, cancel it",
        "取り消す",
        "はい、取り消す",
        "Hủy",
        "Có, hủy",
        "Batal",
        "Batalkan",
        "Ya, batalkan",
        "ยกเลิก",
        "ใช่ ยกเลิก",
    ];
    none_is("it closes a window", |_, _, text| ALONE.contains(&text));
    for (language, no) in [
        (Language::Vi, "Không hủy"),
        (Language::Id, "Tidak, jangan batalkan"),
        (Language::Th, "ไม่ยกเลิก"),
    ] {
        for key in ["cancel-no", "withdraw-no"] {
            assert!(spoken(language)[key].starts_with(no), "{} {key}", language.tag());
        }
    }
}

#[test]
fn rule_4_tears_no_thai_not_from_its_verb() {
    // At the end of a question it is "or not", and belongs to what is before it.
    none_is("ไม่ stands alone", |_, _, text| text.replace("หรือไม่ ", "").contains("ไม่ "));
}

#[test]
fn rule_5_quotes_the_apps_button_as_the_app_writes_it() {
    for language in Language::ALL {
        for key in ["entry-app-hint", "help-app"] {
            let text = spoken(language)[key].replace(' ', "");
            assert!(text.contains("健保卡OTP認證"), "{} {key}", language.tag());
        }
    }
}

/// The words that a term of `locales/TERMS.md` replaces.
fn replaced_words(language: Language) -> &'static [&'static str] {
    match language {
        Language::ZhTw => &["收據", "電洽", "店員", "結算", "稍候再", "QR Code"],
        Language::En => &[
            "erase",
            "wiped",
            "cut-off",
            " seat",
            "Enter ",
            " enter ",
            "NHI app",
            "WiFi",
            "fraud",
            "the line ",
            "withdraw",
        ],
        Language::Ja => {
            &["今期", "次の期", "満員", "移住労働者", "店員", "研修", "合格です", "WiFi"]
        }
        Language::Vi => &[
            "xác thực",
            "Trang đầu",
            "trang đầu",
            "phiên làm việc",
            "cắm thẻ",
            "mã thông báo",
            "hư cấu",
            "giả định",
            "luyện tập",
            "Số đặt lịch",
            "Số đăng ký",
            "ứng dụng BHYT",
            "WiFi",
        ],
        Language::Id => &[
            "emesan",
            "dipesan",
            "Pesan jadwal",
            " toko",
            "Toko ",
            "Ketik",
            "ketik",
            "ganda",
            "putaran",
            "Dgn.",
            "aplikasi NHI",
            "Silakan tunggu",
            "WiFi",
        ],
        Language::Th => &[
            "ใส่",
            "ท่าน",
            "ใบถิ่นที่อยู่",
            "สมมุติ",
            "ที่นั่ง",
            "คิวอาร์โค้ด",
            "ความประสงค์",
            "จุดฉีด",
            "แอปประกันสุขภาพ",
            "ค่ากลาง",
            "WiFi",
        ],
    }
}

#[test]
fn rule_6_has_one_word_for_one_thing() {
    none_is("another word is the term", |language, _, text| {
        // Two words that have one of the replaced in them; and names of arguments are no words.
        let text = text.replace("เท่านั้น", "").replace("{ seats }", "");
        let torn = language == Language::Ja && text.replace("取消し", "").contains("取消");
        torn || replaced_words(language).iter().any(|word| text.contains(word))
    });
}

#[test]
fn rule_7_quotes_a_button_by_reference() {
    for language in Language::ALL {
        let spoken = spoken(language);
        for (key, text) in &spoken {
            for quoted in text.split(['“', '「']).skip(1) {
                let quoted = quoted.split(['”', '」']).next().unwrap_or_default();
                let button = spoken.iter().find(|(_, said)| *said == quoted && !said.contains('{'));
                assert!(button.is_none(), "{} {key} spells {button:?}", language.tag());
            }
        }
    }
}

#[test]
fn rule_8_has_a_singular_where_a_one_can_come() {
    for plural in ["{ $seconds } seconds", "{ $days } days", "{ $rows } bad rows"] {
        for line in Language::En.messages().lines().filter(|line| line.contains(plural)) {
            assert!(line.trim_start().starts_with("*[other]"), "{line}");
        }
    }
}

#[test]
fn rule_9_sends_each_reader_to_a_line_that_speaks_the_language() {
    const LINES: [&str; 3] = ["1922", "1955", "1990"];
    for (language, own) in [
        (Language::ZhTw, "1922"),
        (Language::En, "1990"),
        (Language::Ja, "1990"),
        (Language::Vi, "1955"),
        (Language::Id, "1955"),
        (Language::Th, "1955"),
    ] {
        assert!(spoken(language)["-hotline"].starts_with(own), "{}", language.tag());
    }
    none_is("a hotline by its figure", |_, key, text| {
        // The list of all lines; who made the code, which is 1922; and the platform's own site.
        let may = key.starts_with("help-line-")
            || ["-hotline", "service-help-detail", "refusal-code", "sms-settled"].contains(&key);
        !may && LINES.iter().any(|line| text.replace("1922.gov.tw", "").contains(line))
    });
}

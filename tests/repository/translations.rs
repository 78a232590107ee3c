//! The pages in zh-TW against the English ones: the same commands byte for byte, the same names of
//! files and settings, as many headings and rows of tables, and a link each way.

use std::collections::BTreeSet;

const PAGES: [(&str, &str); 5] = [
    ("README.md", "README.zh-TW.md"),
    ("docs/kiosk.md", "docs/kiosk.zh-TW.md"),
    ("docs/service.md", "docs/service.zh-TW.md"),
    ("docs/exercises.md", "docs/exercises.zh-TW.md"),
    ("docs/trainer.md", "docs/trainer.zh-TW.md"),
];

/// A page, taken apart.
struct Page {
    name: &'static str,
    text: String,
    /// The fenced blocks in their order, with their fences.
    blocks: Vec<String>,
    /// The level of each heading in its order.
    headings: Vec<usize>,
    /// How many rows its tables have.
    rows: usize,
    /// What stands between backticks in its prose.
    spans: BTreeSet<String>,
}

fn page(name: &'static str) -> Page {
    let text = std::fs::read_to_string(name).expect("a page");
    let (mut blocks, mut headings, mut rows) = (Vec::<String>::new(), Vec::new(), 0);
    let (mut prose, mut is_in_block) = (String::new(), false);
    for line in text.lines() {
        let is_fence = line.starts_with("```");
        if is_fence && !is_in_block {
            blocks.push(String::new());
        }
        if is_fence || is_in_block {
            let block = blocks.last_mut().expect("one has begun");
            block.push_str(line);
            block.push('\n');
        } else {
            let level = line.chars().take_while(|letter| *letter == '#').count();
            headings.extend((level > 0).then_some(level));
            rows += usize::from(line.starts_with('|'));
            prose.push_str(line);
            prose.push('\n');
        }
        is_in_block ^= is_fence;
    }
    assert!(!is_in_block, "{name} has a block without an end");
    assert_eq!(prose.matches('`').count() % 2, 0, "{name} has a backtick without its other");
    let spans = prose.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Page { name, text, blocks, headings, rows, spans }
}

#[test]
fn a_page_in_chinese_has_the_commands_and_names_of_the_english_one() {
    for (english, chinese) in PAGES {
        let (english, chinese) = (page(english), page(chinese));
        assert!(!english.blocks.is_empty() && english.spans.len() > 10, "{}", english.name);
        assert_eq!(english.blocks, chinese.blocks, "blocks of {}", chinese.name);
        assert_eq!(english.headings, chinese.headings, "headings of {}", chinese.name);
        assert_eq!(english.rows, chinese.rows, "rows of tables of {}", chinese.name);
        let missing: Vec<_> = english.spans.difference(&chinese.spans).collect();
        assert!(missing.is_empty(), "{} does not have {missing:?}", chinese.name);
        let other: Vec<_> =
            chinese.spans.iter().filter(|span| !english.text.contains(*span)).collect();
        assert!(other.is_empty(), "{} has {other:?}, {} has not", chinese.name, english.name);
    }
}

#[test]
fn a_page_leads_to_the_same_page_in_the_other_language() {
    for (english, chinese) in PAGES {
        let file = |path: &'static str| path.rsplit('/').next().unwrap_or(path);
        let top = |name| page(name).text.lines().take(6).collect::<Vec<_>>().join("\n");
        let (to_chinese, to_english) =
            (format!("[正體中文]({})", file(chinese)), format!("[English]({})", file(english)));
        assert!(top(english).contains(&to_chinese), "{english} does not lead to {chinese}");
        assert!(top(chinese).contains(&to_english), "{chinese} does not lead to {english}");
    }
}

//! The six locales against each other and against the code: no key, no argument and no message may
//! differ, miss or lie unused.

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
                .filter(|line| Language::ZhTw.messages().lines().any(|zh| zh == *line));
            // Hotline numbers and brand names are the same everywhere.
            assert!(same.count() <= 8, "{} repeats zh-TW", language.tag());
        }
    }
}

#[test]
fn no_text_mixes_in_another_script() {
    let han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c);
    let kana = |c: char| ('\u{3041}'..='\u{30FF}').contains(&c) && c != '・' && c != 'ー';
    let thai = |c: char| ('\u{0E01}'..='\u{0E5B}').contains(&c);
    for language in Language::ALL {
        for line in language.messages().lines().filter(|line| !line.starts_with('#')) {
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

//! Every screen, in every language and size, as a picture in text; and that nowhere a text is cut
//! off or a language mixed in.

use crate::every_screen::steps::identified;
use crate::every_screen::{all_screens, staged};
use crate::pages::has_one_language;
use crate::stage::{LARGE, SMALL};
use rstest::rstest;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::ScreenAction;
use vaxkiosk::kiosk::widgets::graphic::Figure;
use vaxkiosk::kiosk::widgets::targets::Key;

#[test]
fn every_screen_in_every_language_and_size_looks_as_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, way) in all_screens() {
            let mut pictures = [String::new(), String::new()];
            for language in Language::ALL {
                let mut stage = staged(language, SMALL, way);
                // Another size shows more or larger; what is too small stays so.
                for (picture, (columns, rows)) in pictures.iter_mut().zip([SMALL, LARGE]) {
                    if (columns, rows) != SMALL && stage.shows(ScreenAction::ShowQr) {
                        // A button that only one size has would leave its focus somewhere.
                        stage = staged(language, (columns, rows), way);
                    } else if (columns, rows) != SMALL && !name.starts_with("too_small") {
                        stage.resize((columns, rows));
                    }
                    let of = format!("=== {} {columns}x{rows}\n{}", language.tag(), stage.text());
                    picture.push_str(&of);
                }
            }
            insta::assert_snapshot!(name, pictures.concat());
        }
    });
}

/// Each screen is staged once a language, and drawn in each size without the Chinese beside it and
/// then with it.
#[rstest]
fn no_text_is_cut_off_on_any_screen_with_or_without_chinese_beside_it(
    #[values(Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th)]
    language: Language,
) {
    let mut failures = Vec::new();
    for (name, way) in all_screens().filter(|(name, _)| !name.starts_with("too_small")) {
        let mut stage = staged(language, SMALL, way);
        for size in [SMALL, LARGE, (60, 50), (60, 40), (160, 50)] {
            for bilingual in [false, true] {
                stage.set_bilingual(bilingual);
                stage.resize(size);
                if !stage.cut_off.is_empty() {
                    let how = format!("{name} at {size:?} bilingual {bilingual}");
                    failures.push(format!("{how}: {:?}", stage.cut_off));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} cut off:\n{}", failures.len(), failures.join("\n"));
}

/// Where the cells of a code have no room beside the words, a picture of it has.
#[rstest]
#[case::small(SMALL)]
#[case::kiosk((85, 24))]
#[case::large(LARGE)]
#[case::low_portrait((60, 40))]
fn with_pictures_a_code_stands_beside_the_words_or_has_a_button(#[case] size: (u16, u16)) {
    for (name, way) in
        all_screens().filter(|(name, _)| name.starts_with("receipt") && *name != "receipt_qr")
    {
        for language in Language::ALL {
            let mut stage = staged(language, size, way);
            stage.cabinet.shows_pictures();
            for bilingual in [false, true] {
                stage.set_bilingual(bilingual);
                stage.draw();
                let what = format!("{name} {} {bilingual}", language.tag());
                assert!(stage.cut_off.is_empty(), "{what}: {:?}", stage.cut_off);
                let pictures = stage.cabinet.graphics().iter();
                let codes = pictures.filter(|it| matches!(it.figure, Figure::Code(_))).count();
                let in_cells = stage.text().contains("▀▀▀▀▀▀▀▀");
                let by_a_press = stage.shows(ScreenAction::ShowQr);
                assert!(codes == 1 || in_cells || by_a_press, "{what}:\n{}", stage.text());
                let is_alone = language == Language::ZhTw || !bilingual;
                assert!(codes == 1 || in_cells || !is_alone, "{what}: no press");
            }
        }
    }
}

#[test]
fn no_screen_mixes_two_languages() {
    // Names and addresses of places stay in Chinese; the language buttons and the card's picture
    // have their own scripts, and so have the app and its button.
    let own = [
        "練習",
        "甄",
        "語言",
        "全民健康保險",
        "臺北市",
        "中文",
        "日本語",
        "ภาษา",
        "〇",
        "健保",
        "認證",
    ];
    // Before a language was chosen all of them stand on the screen.
    let speaks_all = ["attract", "card_before_language", "too_small_before_language"];
    for (name, way) in all_screens() {
        if speaks_all.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        has_one_language(name, &own, |language| staged(language, SMALL, way));
    }
}

#[test]
fn every_button_of_a_page_is_three_rows_high_but_for_the_tiles_of_a_table() {
    for (name, way) in all_screens().filter(|(name, _)| !name.starts_with("too_small")) {
        let stage = staged(Language::ZhTw, SMALL, way);
        for target in stage.cabinet.targets().all() {
            let around = target.area.y < 2 || target.area.y >= 22;
            let table =
                ["slot", "county", "district", "wish"].iter().any(|page| name.starts_with(page));
            assert!(around || table || target.area.height >= 3, "{name}: {target:?}");
        }
    }
}

#[test]
fn no_two_digits_or_buttons_share_a_place() {
    for (name, way) in all_screens() {
        let stage = staged(Language::En, SMALL, way);
        let keys: Vec<Key> =
            stage.cabinet.targets().all().iter().filter_map(|target| target.key).collect();
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[..at].contains(key), "{name} has {key:?} twice");
            // The first of two digits is no button of its own.
            if let Key::Number(number) = key {
                assert!(!keys.contains(&Key::Digit(number / 10)), "{name}: {key:?}");
            }
        }
    }
}

#[test]
fn every_button_is_reached_by_tab_and_by_arrows() {
    use vaxkiosk::kiosk::widgets::targets::Direction;
    // A pause has no button.
    let has_buttons = |name: &str| !name.starts_with("too_small") && name != "trainers_pause";
    for (name, way) in all_screens().filter(|(name, _)| has_buttons(name)) {
        let stage = staged(Language::ZhTw, SMALL, way);
        let targets = stage.cabinet.targets();
        let mut reached = vec![targets.focused(None).unwrap()];
        let mut at = 0;
        while at < reached.len() {
            for direction in [Direction::Up, Direction::Down, Direction::Left, Direction::Right] {
                let next = targets.towards(Some(reached[at]), direction).unwrap();
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        for target in targets.all() {
            assert!(
                reached.contains(&target.action),
                "{name}: arrows never reach {:?}",
                target.action
            );
        }
    }
    let mut stage = staged(Language::ZhTw, SMALL, identified);
    stage.input(Input::Tab);
    stage.input(Input::BackTab);
    stage.input(Input::Enter);
    assert!(stage.cabinet.journey.overlay.is_none());
}

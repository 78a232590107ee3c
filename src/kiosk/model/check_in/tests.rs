//! What the desk says, as tables.

use super::*;
use crate::domain::personal::Personal;
use crate::domain::region::DistrictCode;
use crate::domain::round::Brand;
use crate::domain::site::{Site, SiteId};
use crate::domain::taipei::instant;
use crate::receipt::signing::ReceiptSigner;
use jiff::civil::date;
use rstest::rstest;

const HERE: u32 = 7;

fn at(day: i8, hour: i8, minute: i8) -> DateTime {
    date(2027, 7, day).at(hour, minute, 0, 0)
}

fn number(nth: u32) -> BookingNumber {
    BookingNumber::new(RoundNumber::try_from(2).unwrap(), nth).unwrap()
}

fn claims(nth: u32, site: u32, slot: DateTime, issued: DateTime) -> Claims {
    Claims { booking: number(nth), site: SiteId(site), slot, issued: instant(issued) }
}

fn entry(nth: u32, person: &str, hour: i8, attendance: Attendance) -> DayEntry {
    DayEntry {
        number: number(nth),
        name_masked: Personal::new("王〇明"),
        person: person.into(),
        starts: at(16, hour, 0),
        ends: at(16, hour + 1, 0),
        attendance,
    }
}

/// Taken on the 16th at 8:50.
fn list() -> DayList {
    DayList {
        site: Site {
            id: SiteId(HERE),
            district: DistrictCode(6_300_300),
            name_zh: "練習".into(),
            name_en: "Practice".into(),
            address_zh: "練習路".into(),
            address_en: "Lianxi Rd.".into(),
            brand: Brand::Moderna,
        },
        date: date(2027, 7, 16),
        round: RoundNumber::try_from(2).unwrap(),
        taken: instant(at(16, 8, 50)),
        key: Personal::default(),
        entries: vec![
            entry(1, "a", 9, Attendance::Expected),
            entry(2, "b", 9, Attendance::Moved),
            entry(2, "b", 14, Attendance::Expected),
            entry(3, "c", 9, Attendance::Cancelled),
            entry(4, "d", 9, Attendance::Absent),
        ],
        conflicts: Vec::new(),
    }
}

fn said(presented: &Presented) -> Finding {
    find(&list(), presented, at(16, 9, 5))
}

#[rstest]
#[case::right(claims(1, HERE, at(16, 9, 0), at(13, 10, 0)), None)]
#[case::moved_here_since(claims(1, 9, at(17, 9, 0), at(13, 10, 0)), None)]
#[case::cancelled(claims(3, HERE, at(16, 9, 0), at(13, 10, 0)), Some("C05"))]
#[case::absent(claims(4, HERE, at(16, 9, 0), at(13, 10, 0)), Some("C07"))]
#[case::another_day(claims(90, HERE, at(17, 9, 0), at(13, 10, 0)), Some("C02"))]
#[case::another_site(claims(91, 9, at(16, 9, 0), at(13, 10, 0)), Some("C03"))]
#[case::never_on_the_list(claims(92, HERE, at(16, 9, 0), at(13, 10, 0)), Some("C09"))]
#[case::newer_than_the_list(claims(93, HERE, at(16, 9, 0), at(16, 8, 55)), None)]
#[case::newer_and_early(claims(94, HERE, at(16, 14, 0), at(16, 8, 55)), Some("C01"))]
fn what_the_list_says_counts_before_what_a_receipt_says(
    #[case] claims: Claims,
    #[case] code: Option<&str>,
) {
    let finding = said(&Presented::Receipt(claims));
    assert_eq!(finding.answer.code(), code, "{:?}", finding.answer);
    let by_receipt = matches!(finding.answer, Answer::Receipt(_));
    assert_eq!(by_receipt, claims.booking.sequence() >= 90 && code != Some("C09"));
    assert_eq!(finding.number(), Some(claims.booking));
}

#[test]
fn a_number_and_a_card_find_the_live_booking() {
    assert_eq!(said(&Presented::typed("0200000001")).answer.code(), None);
    assert_eq!(said(&Presented::typed("0200000099")).answer, Answer::NotListed);
    let other = RoundNumber::try_from(1).unwrap();
    assert_eq!(said(&Presented::typed("0100000001")).answer, Answer::OtherRound(other));
    assert_eq!(said(&Presented::typed("02000001")).answer, Answer::NotANumber);
    let moved = said(&Presented::Card("b".into()));
    assert_eq!(moved.entry.unwrap().starts, at(16, 14, 0), "not the slot that was given up");
    assert_eq!(said(&Presented::Card("c".into())).answer.code(), Some("C05"));
    assert_eq!(said(&Presented::Card("z".into())).answer, Answer::NotListed);
}

#[test]
fn a_signature_is_checked_before_anything_else_is_believed() {
    let signer = ReceiptSigner::from_secret(&[6; 32]);
    let claims = claims(1, HERE, at(16, 9, 0), at(13, 10, 0));
    let text = signer.sign(claims).unwrap();
    let keys = [ReceiptSigner::from_secret(&[5; 32]).public_key(), signer.public_key()];
    assert_eq!(Presented::scanned(&text, &keys), Presented::Receipt(claims));
    let forged = Presented::Wrong(ReceiptError::WrongSignature);
    assert_eq!(Presented::scanned(&text, &keys[..1]), forged);
    assert!(!said(&forged).answer.may_check_in() && said(&forged).number().is_none());
    assert_eq!(Presented::scanned(&text, &[]), Presented::NoKey);
    let nothing = Presented::Wrong(ReceiptError::NotAReceipt);
    assert_eq!(Presented::scanned("4710088412345", &keys), nothing);
    assert_eq!(Presented::scanned(" 0200000001\r", &keys), Presented::Number(number(1)));
}

#[test]
fn each_answer_that_turns_somebody_away_has_a_code_of_its_own() {
    let round = RoundNumber::try_from(1).unwrap();
    let is_in = Attendance::CheckedIn { at: instant(at(16, 9, 0)), desk: String::new() };
    let answers = [
        Answer::Listed(Verdict::Early { starts: at(16, 9, 0) }),
        Answer::Listed(Verdict::AnotherDay { starts: at(17, 9, 0) }),
        Answer::Listed(Verdict::AnotherSite),
        Answer::Listed(Verdict::Moved),
        Answer::Listed(Verdict::Cancelled),
        Answer::Listed(Verdict::AlreadyIn { attendance: is_in }),
        Answer::Listed(Verdict::Absent),
        Answer::Listed(Verdict::Late { ended: at(16, 10, 0) }),
        Answer::NotListed,
        Answer::OtherRound(round),
        Answer::Wrong(ReceiptError::WrongSignature),
        Answer::Wrong(ReceiptError::Damaged),
        Answer::Wrong(ReceiptError::NotAReceipt),
        Answer::NoKey,
        Answer::NotANumber,
        Answer::CardFaulty(CardFault::Unreadable),
    ];
    for (nth, answer) in (1..).zip(&answers) {
        assert_eq!(answer.code(), Some(format!("C{nth:02}").as_str()), "{answer:?}");
        assert_eq!(answer.may_check_in(), [1, 8].contains(&nth), "{answer:?}");
    }
}

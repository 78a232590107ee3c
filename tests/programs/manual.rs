//! The citizen's manual (file 000), page by page, done by keys and touches at the built program's
//! training, in zh-TW and Vietnamese.

use crate::manual_reader::Do::{AppCode, Graphic, Keys, Look, Touch};
use crate::manual_reader::*;
use rstest::rstest;
use vaxkiosk::domain::language::Language;

#[rstest]
#[case::zh_tw(Language::ZhTw)]
#[case::vi(Language::Vi)]
fn part_1_registering_an_intention(#[case] language: Language) {
    let mut person = Person::at("convenience-store", language);
    begin(&mut person, "3");
    person.does(&by_numbers("F223456786", "000000000006"));
    const ERROR: &str = "接種意願登記：相關證號、卡號輸入錯誤，則會出現錯誤訊息";
    // What was typed stays: one digit is mended.
    person.does(&[
        (ERROR, "unknown-person-title", Keys("1")),
        (ERROR, "graphic-title", Touch("entry-kept-card")),
        (ERROR, "entry-card", Keys("\x7f5")),
        (ERROR, "graphic-title", Graphic),
    ]);
    const FORM: &str = "接種意願登記：輸入相關資訊，點選確認送出";
    const RESULT: &str = "接種意願登記：登記結果";
    person.does(&[
        (FORM, "service-title", Keys("2")),
        (FORM, "phone-title", Keys("0900123456")),
        (FORM, "phone-check-title", Keys("1")),
        (FORM, "county-title", Keys("02")),
        (FORM, "district-title", Keys("01")),
        (FORM, "brands-title", Touch("brands-confirm")),
        (FORM, "review-intention-title", Keys("1")),
        (RESULT, "intention-done", Look),
    ]);
}

#[rstest]
#[case::zh_tw(Language::ZhTw)]
#[case::vi(Language::Vi)]
fn part_1_changing_and_withdrawing_it(#[case] language: Language) {
    let mut person = Person::at("convenience-store", language);
    begin(&mut person, "3");
    person.does(&by_numbers("F223456786", "000000000005"));
    const FORM: &str = "接種意願登記：輸入相關資訊，點選確認送出";
    person.does(&[
        (FORM, "service-title", Keys("2")),
        (FORM, "phone-title", Keys("0900123456")),
        (FORM, "phone-check-title", Keys("1")),
        (FORM, "county-title", Keys("02")),
        (FORM, "district-title", Keys("01")),
        (FORM, "brands-title", Touch("brands-confirm")),
        (FORM, "review-intention-title", Keys("1")),
    ]);
    const CHANGE: &str = "接種意願登記：修改手機號碼、接種區域或是疫苗種類等相關資料";
    const WITHDRAW: &str = "接種意願登記：登記完成後，可修改登記或取消登記";
    // 基隆市安樂區, as in the manual; of the two brands one is taken off.
    person.does(&[
        (CHANGE, "intention-done", Touch("intention-change")),
        (CHANGE, "phone-offer-title", Keys("2")),
        (CHANGE, "phone-title", Keys("0912345678")),
        (CHANGE, "phone-check-title", Keys("1")),
        (CHANGE, "county-title", Look),
    ]);
    let keelung = if language == Language::ZhTw { "基隆市" } else { "Cơ Long" };
    let anle = if language == Language::ZhTw { "安樂區" } else { "Anle" };
    person.terminal.touch(keelung);
    person.does(&[(CHANGE, "district-title", Look)]);
    person.terminal.touch(anle);
    person.does(&[
        (CHANGE, "brands-title", Touch("brand-az")),
        (CHANGE, "brands-title", Touch("brands-confirm")),
        (CHANGE, "review-intention-title", Keys("1")),
        (CHANGE, "intention-done", Look),
    ]);
    person.sees("0912 *** 678");
    person.sees(anle);
    assert!(
        !person.terminal.text().contains(&person.said("brand-az")),
        "{}",
        person.terminal.text()
    );
    person.does(&[
        (WITHDRAW, "intention-done", Touch("intention-withdraw")),
        (WITHDRAW, "withdraw-title", Touch("withdraw-yes")),
        (WITHDRAW, "withdrawn-title", Keys("2")),
        ("接種意願登記", "service-title", Keys("2")),
        (FORM, "phone-title", Look),
    ]);
}

/// The form, from region to result, as the manual has it once for each way in.
const BOOKING: [Step; 9] = [
    ("預約接種", "offer-title", Keys("5")),
    ("預約接種操作說明 1：所有欄位皆為必填欄位", "service-title", Keys("1")),
    ("預約接種操作說明 1：手機號碼", "phone-offer-title", Keys("1")),
    ("預約接種操作說明 2：請選擇接種區縣市", "county-title", Keys("02")),
    ("預約接種操作說明 2：鄉鎮市區", "district-title", Keys("01")),
    ("預約接種操作說明 3、4：施打地點及疫苗種類", "site-title", Keys("1")),
    ("預約接種操作說明 5、6：可選擇日期/時段", "slot-title", Keys("\r")),
    ("預約接種操作說明：確認送出", "review-title", Keys("1")),
    ("預約接種操作說明 7：預約完成時間及預約資訊", "receipt-title", Look),
];

/// Manual, 8: the record is photographed. The practice phone has the message.
fn has_receipt_and_message(person: &mut Person) {
    person.terminal.wait_until("a QR", |terminal| terminal.read_qr().is_some());
    person.terminal.wait_for("F5 SMS 1");
    person.terminal.keys("\x1b[15~"); // F5
    let text = person.said("practice-phone-title");
    person.sees(&text);
    person.sees("0912 *** 678");
    person.sees("0200");
}

#[rstest]
#[case::zh_tw(Language::ZhTw)]
#[case::vi(Language::Vi)]
fn part_2_booking_by_card_and_registered_password(#[case] language: Language) {
    let mut person = Person::at("pharmacy", language);
    begin(&mut person, "1");
    person.does(&[
        ("健保卡+註冊密碼", "privacy-title", Keys("1")),
        (
            "健保卡+註冊密碼：系統環境檢查，通過即可前往身分驗證頁面",
            "check-title",
            Touch("check-proceed"),
        ),
        ("健保卡+註冊密碼：讀卡機狀態", "card-insert-title", Keys(F2)),
        ("健保卡+註冊密碼：輸入註冊密碼，執行身分認證", "entry-password", Keys("abc124")),
        ("健保卡+註冊密碼：輸入註冊密碼，執行身分認證", "entry-password", Touch("entry-done")),
        ("健保卡+註冊密碼：密碼錯誤", "unknown-person-title", Keys("1")),
    ]);
    person.does(&[
        ("健保卡+註冊密碼：系統環境檢查", "check-title", Touch("check-proceed")),
        ("健保卡+註冊密碼：輸入註冊密碼，執行身分認證", "entry-password", Keys("abc123")),
        ("健保卡+註冊密碼：輸入註冊密碼，執行身分認證", "entry-password", Touch("entry-done")),
    ]);
    person.does(&BOOKING);
    has_receipt_and_message(&mut person);
}

#[rstest]
#[case::zh_tw(Language::ZhTw)]
#[case::vi(Language::Vi)]
fn part_2_booking_by_the_nhi_app_and_its_code(#[case] language: Language) {
    let mut person = Person::at("convenience-store", language);
    begin(&mut person, "2");
    person.does(&[
        ("健保APP+OTP認證碼", "privacy-title", Keys("1")),
        ("健保APP+OTP認證碼：系統環境檢查", "check-title", Touch("check-proceed")),
        (
            "健保APP+OTP認證碼：輸入身分證號、健保APP認證碼及圖形驗證碼",
            "entry-id",
            Keys("A223456781"),
        ),
        (
            "健保APP+OTP認證碼：輸入身分證號、健保APP認證碼及圖形驗證碼",
            "entry-app",
            AppCode("A223456781"),
        ),
        ("健保APP+OTP認證碼：輸入身分證號、健保APP認證碼及圖形驗證碼", "graphic-title", Graphic),
    ]);
    person.does(&BOOKING);
    has_receipt_and_message(&mut person);
}

#[rstest]
#[case::zh_tw(Language::ZhTw)]
#[case::vi(Language::Vi)]
fn part_2_booking_by_id_and_card_number(#[case] language: Language) {
    let mut person = Person::at("health-station", language);
    begin(&mut person, "3");
    person.does(&by_numbers("A223456781", "000000000001"));
    person.does(&BOOKING);
    has_receipt_and_message(&mut person);
}

#[rstest]
#[case::zh_tw(Language::ZhTw, "pharmacy")]
#[case::vi(Language::Vi, "health-station")]
fn part_3_cancelling_a_booking(#[case] language: Language, #[case] channel: &str) {
    let mut person = Person::at(channel, language);
    begin(&mut person, "3");
    person.does(&by_numbers("Y123456788", "000000000004"));
    const CANCEL: &str = "三、取消預約：身分驗證成功，若已有預約登錄結果，請點選「取消預約」";
    const YES: &str = "三、取消預約：詢問是否取消預約疫苗注射？點選「是」，即完成取消預約";
    person.does(&[
        (CANCEL, "service-title", Keys("3")),
        (CANCEL, "receipt-existing-title", Touch("receipt-cancel")),
        (YES, "cancel-title", Touch("cancel-no")),
        (CANCEL, "receipt-existing-title", Touch("receipt-cancel")),
        (YES, "cancel-title", Touch("cancel-yes")),
        (YES, "cancelled-title", Keys("2")),
        (YES, "service-title", Look),
    ]);
    person.terminal.wait_for("F5 SMS 1");
}

#[rstest]
#[case::zh_tw(Language::ZhTw)]
#[case::vi(Language::Vi)]
fn part_3_a_convenience_store_says_where_one_cancels(#[case] language: Language) {
    let mut person = Person::at("convenience-store", language);
    begin(&mut person, "3");
    person.does(&by_numbers("Y123456788", "000000000004"));
    const STORE: &str =
        "三、取消預約 2：超商預約，僅能透過網站、健保快易通APP或透過衛生所/藥局取消預約";
    person.does(&[(STORE, "service-title", Keys("3")), (STORE, "receipt-existing-title", Look)]);
    person.sees("1922.gov.tw");
    assert!(person.terminal.place_of(&format!(" {} ", person.said("receipt-cancel"))).is_none());
}

#[rstest]
#[case::zh_tw(Language::ZhTw)]
#[case::vi(Language::Vi)]
fn part_4_the_simple_query(#[case] language: Language) {
    let mut person = Person::at("convenience-store", language);
    begin(&mut person, "4");
    const ASK: &str = "四、簡易查詢：輸入預約成功者身分證號、手機號碼後三碼及圖形驗證碼";
    person.does(&[
        (ASK, "privacy-title", Keys("1")),
        (ASK, "entry-id", Keys("Y123456788")),
        (ASK, "entry-mobile-end", Keys("321")),
        (ASK, "graphic-title", Graphic),
        ("四、簡易查詢：顯示預約完成時間及預約資訊", "found-title", Look),
    ]);
    person.sees("Y********8");
    person.sees("甄〇約");
    let text = person.terminal.text();
    assert!(!text.contains("Y123456788") && !text.contains("甄有約"), "{text}");
}

/// By card, in the order of the drawer and of the list of people: how to put it in, whose it is,
/// what the answer begins with.
#[rstest]
#[case::zh_tw(Language::ZhTw)]
#[case::vi(Language::Vi)]
fn each_who_may_not_book_gets_an_answer_of_their_own(#[case] language: Language) {
    let people = [
        ("\x1bOP", "3", "refused-not-in-round", "R02"),
        (F6, "1", "refused-not-registered", "R03"),
        (F6, "2", "refused-too-late", "R04"),
        (F6, "3", "refused-age", "R11"),
    ];
    let mut person = Person::at("convenience-store", language);
    for (at, (drawer, key, answer, code)) in people.into_iter().enumerate() {
        person.terminal.keys(drawer);
        person.terminal.wait_until("the cards", |terminal| terminal.text().contains(" 3  "));
        person.terminal.keys(key);
        // Each session begins anew, with the choice of a language.
        person.sees("Choose your language");
        person.terminal.keys(language_key(language));
        person.does(&[
            ("預約接種登記", "privacy-title", Keys("1")),
            ("預約接種登記", "service-title", Keys("1")),
        ]);
        person.does(&[("非本期開放對象", answer, Look)]);
        person.sees(code);
        if at + 1 < people.len() {
            person.terminal.keys("\x1bOS");
            person
                .terminal
                .wait_until("the next person", |terminal| !terminal.text().contains(code));
        }
    }
}

//! The receipt on paper: drawn in the six languages, sent to a loopback printer, decoded to a
//! picture again, its QR read by `zbarimg` and verified. With the pictures kept in the target
//! folder, to be looked at.

use crate::loopback;
use crate::loopback::{READY, decode, printer, read_code};
use jiff::Timestamp;
use jiff::civil::date;
use portable_pty::{PtyPair, PtySize, native_pty_system};
use rstest::rstest;
use std::path::{Path, PathBuf};
use vaxkiosk::api::bookings::BookingView;
use vaxkiosk::config::kiosk::KioskConfig;
use vaxkiosk::config::mistake::MistakeKind;
use vaxkiosk::devices::escpos::DevicePrinter;
use vaxkiosk::devices::printer::{PrintFault, Printer};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::{Site, SiteId};
use vaxkiosk::i18n::texts::Texts;
use vaxkiosk::kiosk::model::printing::Paper;
use vaxkiosk::kiosk::receipt_page::receipt_page;
use vaxkiosk::receipt::bitmap::Bitmap;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::drawing::{Drawer, PAPER};
use vaxkiosk::receipt::signing::{ReceiptSigner, verify};

/// Any port that is free.
const ANYWHERE: &str = "127.0.0.1:0";

fn booking() -> BookingView {
    let number = BookingNumber::parse("0200014637").unwrap();
    let starts = date(2027, 7, 16).at(10, 0, 0, 0);
    let made = Timestamp::from_second(1_815_000_000).unwrap();
    let claims = Claims { booking: number, site: SiteId(4711), slot: starts, issued: made };
    BookingView {
        number,
        made,
        site: Site {
            id: SiteId(4711),
            district: DistrictCode(6_300_300),
            name_zh: "大安區練習衛生所".into(),
            name_en: "Da'an District Practice Health Station".into(),
            address_zh: "臺北市大安區練習路8號".into(),
            address_en: "No. 8, Lianxi Rd., Da'an District, Taipei City".into(),
            brand: Brand::Moderna,
        },
        starts,
        ends: date(2027, 7, 16).at(11, 0, 0, 0),
        mobile_masked: Personal::new("0912 *** 678"),
        receipt: ReceiptSigner::from_secret(DEMO_ONLY_SECRET).sign(claims).unwrap(),
    }
}

fn drawn(language: Language) -> Bitmap {
    let paper = Paper { booking: booking(), language, training: true, cancels_elsewhere: true };
    Drawer::default().draw(&receipt_page(&paper, &Texts::default()), PAPER)
}

fn picture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("receipt-{name}.png"))
}

#[rstest]
fn a_receipt_is_printed_and_its_code_is_read_from_the_paper(
    #[values(Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th)]
    language: Language,
) {
    let sent = drawn(language);
    let (printer, recording) = printer(ANYWHERE, vec![READY, READY]);
    assert_eq!(printer.print(&sent), Ok(()));
    let paper = decode(&recording.join().unwrap());
    assert_eq!(paper, sent, "what comes out is what was drawn");
    assert_eq!(paper.width(), 576);
    let text = read_code(&paper, &picture(language.tag()));
    let key = ReceiptSigner::from_secret(DEMO_ONLY_SECRET).public_key();
    assert_eq!(verify(&text, &key).unwrap().booking.to_string(), "0200014637");
}

#[test]
fn nothing_is_printed_where_nothing_is_said() {
    // Ink in the upper half of a page in each language, and no two languages alike.
    let pages: Vec<Bitmap> = Language::ALL.map(drawn).to_vec();
    for page in &pages {
        let ink = (0..page.height() / 2).flat_map(|y| (0..page.width()).map(move |x| (x, y)));
        assert!(ink.filter(|(x, y)| page.is_ink(*x, *y)).count() > 5_000);
    }
    assert!(pages.iter().enumerate().all(|(at, page)| !pages[..at].contains(page)));
}

#[rstest]
#[case::no_paper([0x12, 0x72], PrintFault::PaperOut)]
#[case::cover_open([0x16, 0x12], PrintFault::CoverOpen)]
#[case::error([0x52, 0x12], PrintFault::Offline)]
fn a_printer_that_cannot_print_says_so_and_is_sent_nothing(
    #[case] state: [u8; 2],
    #[case] fault: PrintFault,
) {
    let (printer, recording) = printer(ANYWHERE, vec![state]);
    assert_eq!(printer.print(&Bitmap::new(576, 10)), Err(fault));
    assert_eq!(recording.join().unwrap(), b"");
}

#[test]
fn paper_that_ends_while_it_prints_is_told() {
    let (printer, recording) = printer(ANYWHERE, vec![READY, [0x12, 0x72]]);
    assert_eq!(printer.print(&Bitmap::new(576, 10)), Err(PrintFault::PaperOut));
    assert!(!recording.join().unwrap().is_empty());
}

#[test]
fn a_printer_that_tells_no_state_prints() {
    let (printer, recording) = printer(ANYWHERE, Vec::new());
    assert_eq!(printer.print(&Bitmap::new(576, 10)), Ok(()));
    assert_eq!(decode(&recording.join().unwrap()).height(), 10);
}

/// A serial line with a printer at its end: the kernel's own, so that what a terminal would change
/// of the bytes is changed.
struct SerialLine {
    pair: PtyPair,
    printer: DevicePrinter,
}

impl SerialLine {
    fn new(speed: Option<u32>) -> Self {
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let path = pair.master.tty_name().expect("it has a name");
        Self { pair, printer: DevicePrinter { path, speed } }
    }

    fn record(&self, states: Vec<[u8; 2]>) -> std::thread::JoinHandle<Vec<u8>> {
        let (from, to) =
            (self.pair.master.try_clone_reader().unwrap(), self.pair.master.take_writer().unwrap());
        std::thread::spawn(move || loopback::record(from, to, states))
    }
}

/// Every byte there is, in each row: line ends, chords, "stop" and "go".
fn every_byte() -> Bitmap {
    let mut picture = Bitmap::new(256 * 8, 40);
    for (byte, bit) in (0..256).flat_map(|byte| (0..8).map(move |bit| (byte, bit))) {
        if byte & (0x80 >> bit) != 0 {
            (0..40).for_each(|y| picture.ink(byte * 8 + bit, y));
        }
    }
    picture
}

#[test]
fn a_serial_line_changes_no_byte_and_tells_the_printers_state() {
    let line = SerialLine::new(Some(19_200));
    let recording = line.record(vec![READY, READY, [0x12, 0x72]]);
    assert_eq!(line.printer.print(&every_byte()), Ok(()));
    assert_eq!(line.printer.check(), Err(PrintFault::PaperOut));
    drop(line);
    assert_eq!(decode(&recording.join().unwrap()), every_byte());
}

#[test]
fn a_serial_line_where_nobody_takes_anything_is_offline_and_nobody_waits_for_ever() {
    let line = SerialLine::new(None);
    let mut large = Bitmap::new(576, 4000);
    (0..576).for_each(|x| large.ink(x, x));
    assert_eq!(line.printer.print(&large), Err(PrintFault::Offline));
}

#[test]
fn a_device_that_tells_nothing_is_written_and_a_file_that_is_no_device_is_left_alone() {
    let printer = DevicePrinter { path: "/dev/null".into(), speed: None };
    assert_eq!((printer.check(), printer.print(&every_byte())), (Ok(()), Ok(())));
    let file = std::env::temp_dir().join(format!("vaxkiosk-lp-{}", std::process::id()));
    std::fs::write(&file, b"dear diary").unwrap();
    let printer = DevicePrinter { path: file.clone(), speed: None };
    assert_eq!(printer.check().and(printer.print(&every_byte())), Err(PrintFault::Offline));
    assert_eq!(std::fs::read(&file).unwrap(), b"dear diary");
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn a_kiosk_takes_no_receipts_of_the_training_for_real() {
    let key = ReceiptSigner::from_secret(DEMO_ONLY_SECRET).public_key();
    let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let settings = include_str!("../../kiosk-config/pharmacy.toml");
    let settings = settings
        .replace("# receipt_key = \"64 hexadecimal digits\"", &format!("receipt_key = \"{key}\""));
    let refused = KioskConfig::read(Path::new("kiosk.toml"), &settings).expect_err(&key);
    assert!(matches!(refused.kind, MistakeKind::TrainingOnly { .. }), "{key}: {refused:?}");
}

//! Staff cards by a real PKCS#11 module, SoftHSM's, in the helper process; and by modules that are
//! missing, are none, crash, hang and talk.

use crate::program::vaxkiosk;
use crate::staff_desk::{Ca, Desk, PIN, TEXT, is_signed_by, limits, options};
use rcgen::{KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256};
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use vaxkiosk::devices::pkcs11::reader::Limits;
use vaxkiosk::devices::staff_card::StaffCardEvent::{NoCard, NoModule, NotStaffCard};
use vaxkiosk::devices::staff_card::{ModuleFault, SignFault, SignedBy, StaffCardReader, Tries};
use vaxkiosk::domain::personal::Personal;

pub const SOFTHSM: &str = "/usr/lib/softhsm/libsofthsm2.so";
const QUIET: Duration = Duration::from_millis(800);

fn run(command: &mut Command) {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A folder with tokens of SoftHSM, and this program as it finds them.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("staff-card-{name}-{}", std::process::id()));
        std::fs::create_dir_all(path.join("tokens")).unwrap();
        let folder = Self { path };
        let tokens = folder.path.join("tokens");
        let conf = format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display());
        std::fs::write(folder.conf(), conf).unwrap();
        // The module finds its settings by a variable, which each test has for itself in this way.
        let program = format!(
            "#!/bin/sh\nSOFTHSM2_CONF='{}' exec '{}' \"$@\"\n",
            folder.conf().display(),
            env!("CARGO_BIN_EXE_vaxkiosk")
        );
        std::fs::write(folder.program(), program).unwrap();
        let executable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.program(), executable).unwrap();
        folder
    }

    pub fn conf(&self) -> PathBuf {
        self.path.join("softhsm2.conf")
    }

    fn program(&self) -> PathBuf {
        self.path.join("vaxkiosk")
    }

    pub fn token(&self, label: &str) {
        let mut command = Command::new("softhsm2-util");
        command.env("SOFTHSM2_CONF", self.conf()).args(["--init-token", "--free", "--label"]);
        run(command.arg(label).args(["--so-pin", "87654321", "--pin", PIN]));
    }

    pub fn write(&self, token: &str, what: &[u8], kind: &str, id: &str) {
        let file = self.path.join(format!("{kind}-{id}"));
        std::fs::write(&file, what).unwrap();
        let mut command = Command::new("pkcs11-tool");
        command.env("SOFTHSM2_CONF", self.conf()).args(["--module", SOFTHSM]);
        command.args(["--token-label", token, "--login", "--pin", PIN, "--write-object"]);
        command.arg(&file).args(["--type", kind, "--id", id, "--label", "k1"]);
        run(command.args(if kind == "privkey" { &["--usage-sign"][..] } else { &[] }));
    }

    /// A card as Taiwan's GPKI has them: a key for encryption and one for signatures, both with the
    /// same label, and the CA's certificate.
    fn card(&self, token: &str, ca: &Ca, key: &KeyPair) -> Vec<u8> {
        self.token(token);
        let encrypts = KeyPair::generate().unwrap();
        let certificate = ca.issue(&encrypts, KeyUsagePurpose::KeyEncipherment);
        self.write(token, &certificate, "cert", "4b455958");
        self.write(token, &encrypts.serialize_der(), "privkey", "4b455958");
        self.write(token, ca.between.der(), "cert", "434143657274");
        self.write(token, ca.root.der(), "cert", "524f4f54");
        let own = ca.issue(key, KeyUsagePurpose::DigitalSignature);
        self.write(token, &own, "cert", "5349474e");
        self.write(token, &key.serialize_der(), "privkey", "5349474e");
        own
    }

    fn desk(&self, limits: Limits) -> Desk {
        Desk::new(self.program(), options(Path::new(SOFTHSM)), limits)
    }

    /// A module of these lines of C.
    fn module(&self, name: &str, lines: &str) -> PathBuf {
        let (source, library) =
            (self.path.join(format!("{name}.c")), self.path.join(format!("{name}.so")));
        std::fs::write(&source, lines).unwrap();
        run(Command::new("gcc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&source));
        library
    }

    /// The helper that runs for a module or settings in this folder: its number and all that other
    /// processes see of it.
    fn helper(&self) -> Option<(Pid, String)> {
        let processes = std::fs::read_dir("/proc").unwrap();
        processes.filter_map(Result::ok).find_map(|process| {
            let number = process.file_name().to_str()?.parse().ok()?;
            let read = |name: &str| std::fs::read(process.path().join(name)).ok();
            let (line, environment) = (read("cmdline")?, read("environ")?);
            let line = String::from_utf8_lossy(&line).into_owned();
            let environment = String::from_utf8_lossy(&environment).into_owned();
            let is_ours = line.contains("card-helper")
                && environment.contains(self.conf().to_str()?)
                && !line.contains("/bin/sh");
            is_ours.then_some((Pid::from_raw(number)?, line + &environment))
        })
    }

    fn signal(&self, signal: Signal) -> Pid {
        let (helper, _) = self.helper().expect("a helper runs");
        kill_process(helper, signal).unwrap();
        helper
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

fn rsa() -> KeyPair {
    KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap()
}

#[test]
fn cards_of_both_kinds_are_read_without_a_pin_and_sign_with_it() {
    let ca = Ca::new();
    for (key, by) in [(rsa(), SignedBy::Rsa), (KeyPair::generate().unwrap(), SignedBy::P256)] {
        let folder = Folder::new(&format!("sign-{by:?}"));
        let own = folder.card("staff-1", &ca, &key);
        let desk = folder.desk(limits());
        let card = desk.card();
        assert!(card.own.der() == own, "the certificate of the key that signs");
        assert!(card.between.iter().map(|one| one.der()).eq([&ca.between.der()[..]]));
        assert_eq!(card.tries, Tries::Untold);
        // More than once: r and s are shorter than 32 bytes now and then.
        for _ in 0..20 {
            let signature = desk.sign(&card, PIN).unwrap();
            assert!(signature.by == by && is_signed_by(&signature, &key));
            assert!(!is_signed_by(&signature, &KeyPair::generate().unwrap()));
        }
        desk.quiet(QUIET);
    }
}

#[test]
fn a_wrong_pin_is_told_and_one_of_another_length_costs_no_try() {
    let folder = Folder::new("pin");
    folder.card("staff-1", &Ca::new(), &rsa());
    let desk = folder.desk(limits());
    let card = desk.card();
    let length = card.pin_length;
    assert_eq!(desk.sign(&card, "123"), Err(SignFault::PinLength(length)));
    assert_eq!(desk.sign(&card, &"1".repeat(256)), Err(SignFault::PinLength(length)));
    assert!(desk.sign(&card, PIN).is_ok());
    assert_eq!(desk.sign(&card, "654321"), Err(SignFault::WrongPin(Tries::Low)));
    let (_, seen) = folder.helper().unwrap();
    assert!(seen.contains(SOFTHSM) && !seen.contains("654321") && !seen.contains(PIN), "{seen}");
    assert!(desk.sign(&card, PIN).is_ok(), "a right PIN forgives");
    // SoftHSM does not lock.
    for _ in 0..4 {
        assert_eq!(desk.sign(&card, "654321"), Err(SignFault::WrongPin(Tries::Low)));
    }
}

#[test]
fn a_pin_goes_to_no_card_but_that_for_which_it_was_typed() {
    let (folder, ca) = (Folder::new("other"), Ca::new());
    folder.card("staff-1", &ca, &rsa());
    let desk = folder.desk(limits());
    let mut card = desk.card();
    card.own = vaxkiosk::devices::staff_card::Certificate::new(
        ca.issue(&rsa(), KeyUsagePurpose::DigitalSignature),
    );
    assert_eq!(desk.sign(&card, "654321"), Err(SignFault::CardRemoved));
}

#[test]
fn a_token_is_chosen_by_its_label_and_one_without_a_key_is_no_staff_card() {
    let (folder, ca) = (Folder::new("label"), Ca::new());
    let key = rsa();
    folder.card("staff-1", &ca, &rsa());
    let own = folder.card("staff-2", &ca, &key);
    folder.token("empty");
    let labelled = |label: &str| {
        let mut options = options(Path::new(SOFTHSM));
        options.token_label = Some(label.into());
        Desk::new(folder.program(), options, limits())
    };
    let desk = labelled("staff-2");
    let card = desk.card();
    assert!(card.own.der() == own && is_signed_by(&desk.sign(&card, PIN).unwrap(), &key));
    labelled("empty").expect(NotStaffCard);
    let info = desk.reader.inspect().unwrap();
    assert!(info.name.contains("SoftHSM"), "{info:?}");
    let tokens: Vec<_> = info.slots.iter().filter_map(|slot| slot.token.as_deref()).collect();
    assert!(["staff-1", "staff-2", "empty"].iter().all(|label| tokens.contains(label)), "{info:?}");
    Folder::new("none").desk(limits()).expect(NoCard);
}

#[test]
fn what_is_no_module_is_named() {
    let folder = Folder::new("modules");
    let text = folder.path.join("text.so");
    std::fs::write(&text, "no library").unwrap();
    let empty = folder.module("empty", "int nothing;\n");
    let crash = "#include <stdlib.h>\nunsigned long C_GetFunctionList(void **list) { abort(); }\n";
    let crash = folder.module("crash", crash);
    let needs = folder.module("needs", "int absent(void); int f(void) { return absent(); }\n");
    run(Command::new("gcc")
        .args(["-shared", "-Wl,--no-as-needed", "-o"])
        .arg(folder.path.join("chained.so"))
        .arg(&needs));
    let chained = folder.path.join("chained.so");
    std::fs::remove_file(&needs).unwrap();
    for (module, fault) in [
        (folder.path.join("missing.so"), ModuleFault::Missing),
        (chained, ModuleFault::Missing),
        (text, ModuleFault::NotAModule),
        (empty, ModuleFault::NotAModule),
        (crash, ModuleFault::Failed),
    ] {
        let desk = Desk::new(folder.program(), options(&module), limits());
        desk.expect(NoModule(fault));
        desk.quiet(QUIET);
        assert_eq!(desk.reader.inspect(), Err(fault), "{module:?}");
    }
}

const HANGS: &str = "#include <unistd.h>
unsigned long C_GetFunctionList(void **list) { for (;;) sleep(1000); }\n";

#[test]
fn a_module_that_hangs_is_given_up_and_mended_by_itself() {
    let folder = Folder::new("hangs");
    let module = folder.module("hangs", HANGS);
    let soon = Limits { look: Duration::from_millis(700), ..limits() };
    let desk = Desk::new(folder.program(), options(&module), soon);
    desk.expect(NoModule(ModuleFault::Hangs));
    let (first, _) = folder.helper().unwrap_or_else(|| {
        std::thread::sleep(Duration::from_millis(1500));
        folder.helper().expect("another one is tried")
    });
    // The vendor's fix is installed while the kiosk runs.
    folder.card("staff-1", &Ca::new(), &rsa());
    std::fs::remove_file(&module).unwrap();
    std::fs::copy(SOFTHSM, &module).unwrap();
    desk.card();
    assert_ne!(folder.helper().unwrap().0, first, "it was replaced");
}

#[test]
fn a_helper_that_hangs_at_a_signature_is_replaced_and_the_card_stays_in() {
    let folder = Folder::new("stopped");
    folder.card("staff-1", &Ca::new(), &rsa());
    // It looks so seldom that it is between two looks when it is stopped.
    let (every, sign) = (Duration::from_secs(3), Duration::from_secs(1));
    let desk = folder.desk(Limits { every, sign, ..limits() });
    let card = desk.card();
    std::thread::sleep(Duration::from_millis(300));
    let stopped = folder.signal(Signal::STOP);
    assert_eq!(desk.sign(&card, PIN), Err(SignFault::TookTooLong));
    assert!(desk.sign(&card, PIN).is_ok(), "by the next helper");
    assert_ne!(folder.helper().unwrap().0, stopped);
    desk.quiet(QUIET);
}

#[test]
fn a_helper_that_is_killed_is_replaced_and_the_card_stays_in() {
    let folder = Folder::new("killed");
    folder.card("staff-1", &Ca::new(), &rsa());
    let desk = folder.desk(Limits { every: Duration::from_secs(3), ..limits() });
    let card = desk.card();
    // In the middle of a signature: it is stopped before, so that it is surely not done.
    let killed = folder.signal(Signal::STOP);
    let reader = &desk.reader;
    let signed = std::thread::scope(|scope| {
        let signing = scope.spawn(|| reader.sign(&card, &Personal::new(PIN), TEXT));
        std::thread::sleep(Duration::from_millis(300));
        kill_process(killed, Signal::KILL).unwrap();
        signing.join().unwrap()
    });
    assert_eq!(signed, Err(SignFault::ModuleFailed));
    assert!(desk.sign(&card, PIN).is_ok(), "by the next helper");
    // Again and again, at any moment.
    for nth in 0..5 {
        folder.signal(Signal::KILL);
        std::thread::sleep(Duration::from_millis(37 * nth));
        let signed = desk.sign(&card, PIN);
        assert!(matches!(signed, Ok(_) | Err(SignFault::ModuleFailed)), "{signed:?}");
        assert!(desk.sign(&card, PIN).is_ok());
    }
    desk.quiet(QUIET);
}

#[test]
fn a_module_that_talks_does_not_talk_into_the_answers() {
    let folder = Folder::new("loud");
    folder.card("staff-1", &Ca::new(), &rsa());
    let lines = format!(
        "#include <stdio.h>\n#include <dlfcn.h>\n
unsigned long C_GetFunctionList(void **list) {{
    unsigned long (*real)(void **) =
        (unsigned long (*)(void **)) dlsym(dlopen(\"{SOFTHSM}\", RTLD_NOW), \"C_GetFunctionList\");
    puts(\"debug\"); fflush(stdout); getchar();
    return real(list);
}}\n"
    );
    let desk = Desk::new(folder.program(), options(&folder.module("loud", &lines)), limits());
    let card = desk.card();
    assert!(desk.sign(&card, PIN).is_ok());
}

#[test]
fn the_helper_ends_with_its_desk() {
    let folder = Folder::new("ends");
    folder.card("staff-1", &Ca::new(), &rsa());
    let desk = folder.desk(limits());
    desk.card();
    assert!(folder.helper().is_some());
    drop(desk);
    let mut looks = 0;
    while folder.helper().is_some() {
        assert!(looks < 200, "it is still there");
        looks += 1;
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_doctor_shows_module_slots_cards_and_readers() {
    let folder = Folder::new("doctor");
    folder.card("HCA-4711", &Ca::new(), &rsa());
    let file = folder.path.join("pharmacy.toml");
    let settings = std::fs::read_to_string("kiosk-config/pharmacy.toml").unwrap();
    std::fs::write(folder.path.join("vaxkiosk-device-token"), "0a0b").unwrap();
    let doctor = |counter: &str| {
        std::fs::write(&file, format!("{settings}\n[counter]\n{counter}")).unwrap();
        let mut command = vaxkiosk();
        command.env("SOFTHSM2_CONF", folder.conf()).current_dir(&folder.path);
        command.args(["doctor", "--language", "en", "--config"]).arg(&file);
        let done = command.output().unwrap();
        let told = String::from_utf8(done.stdout).unwrap();
        assert_eq!(done.status.code(), Some(1), "the service is not there: {told}");
        told
    };
    let told = doctor(&format!(
        "module = \"{SOFTHSM}\"\nstaff_reader = \"SoftHSM\"\ncitizen_reader = \"CASTLES\"\n"
    ));
    for part in [
        "✓ Pass\tStaff card module\tSoftHSM",
        "Reader for staff\tSoftHSM",
        "Reader for citizens\tCASTLES",
        "(staff)\tSoftHSM slot ID",
        "card HCA-4711",
        ": no card",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let other = doctor(&format!("module = \"{SOFTHSM}\"\nslot = \"ACS\"\n"));
    assert!(other.contains("✗ Fail\tStaff card module\tNo slot for staff"), "{other}");
    let missing = doctor("module = \"/nowhere.so\"\n");
    assert!(missing.contains("✗ Fail\tStaff card module\tThe file cannot be loaded"), "{missing}");
    let none = doctor("nhi_staff_cards = true\n");
    assert!(none.contains("— Not needed\tStaff card module\tNone"), "{none}");
}

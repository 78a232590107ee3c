//! What is kept of staff: under new keys, after an erasure, by the commands of the administrator;
//! and the files of `[staff]` under a real program.

use crate::counter::{
    Counter, STATION, all_rights, as_staff, at_the_counter, log_in, send, session, until,
};
use crate::databases::{Fresh, Kind};
use crate::program::Program;
use crate::running::{client, code, generous, start_keyed};
use crate::staff_cards::{Ca, Facts};
use crate::town;
use crate::town::{card, open};
use rstest::rstest;
use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::staff::OpenStaffSession;
use vaxkiosk::client::calls::Call;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::staff::StaffRole;
use vaxkiosk::domain::taipei;
use vaxkiosk::server::keys::Secrets;
use vaxkiosk::server::lockout::FORGOTTEN_AFTER;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::erasure::Erased;
use vaxkiosk::server::store::ids::StaffId;
use vaxkiosk::server::store::import::RosterEntry;
use vaxkiosk::server::store::lockouts::LoginSubject;
use vaxkiosk::server::store::staff_card::StaffCard;

/// A counter with staff who log in with the NHI card of somebody who has registered a password.
async fn with_an_nhi_card(kind: Kind) -> Counter {
    let counter = Counter::start(kind).await;
    let mut import = counter.running.service.store.import().await.unwrap();
    import.people(&[town::with_password()]).await.unwrap();
    import.finish().await.unwrap();
    let id = card(town::WITH_PASSWORD).id;
    counter.add(STATION, StaffCard::NhiCard { id }, StaffRole::User, all_rights()).await;
    counter
}

fn nhi(nth: u32, password: &str) -> OpenStaffSession {
    let card = card(nth);
    let password = Personal::new(password);
    OpenStaffSession::NhiCard { id: card.id, card: card.number, password }
}

/// What somebody would send who is no staff, and has registered a password.
async fn a_citizen(counter: &Counter) -> OpenStaffSession {
    let nth = town::WITH_PASSWORD + 1;
    let password_hash = town::with_password().password_hash;
    let citizen = RosterEntry { password_hash, ..town::person(nth) };
    let mut import = counter.running.service.store.import().await.unwrap();
    import.people(&[citizen]).await.unwrap();
    import.finish().await.unwrap();
    nhi(nth, town::PASSWORD)
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_log_in_with_their_nhi_card_and_its_password(#[case] kind: Kind) {
    let counter = with_an_nhi_card(kind).await;
    let client = &counter.client;
    let opened = session(send(client, nhi(town::WITH_PASSWORD, town::PASSWORD)).await);
    client.call(as_staff(&opened.token, at_the_counter(1, true, false))).await.unwrap();
    let wrong = send(client, nhi(town::WITH_PASSWORD, "abc124")).await;
    assert_eq!(code(wrong), Some(Code::UnknownPerson));
    assert_eq!(code(send(client, nhi(1, "abc123")).await), Some(Code::UnknownPerson));
    // Of who is no staff it says nothing of the password.
    let citizen = a_citizen(&counter).await;
    assert_eq!(code(send(client, citizen).await), Some(Code::UnknownPerson));
    let told = counter.told().await;
    for line in [
        "staff 1 at device 2 staff-log-in institution a health station, nhi-card",
        "device 2 refuse-staff unknown-person: nhi-card",
    ] {
        assert!(told.iter().any(|row| row == line), "{line} in {told:#?}");
    }
    // Whoever is erased is staff no more, and nothing tells who they were.
    let store = &counter.running.service.store;
    let person = vaxkiosk::server::store::people::Credentials {
        id: card(town::WITH_PASSWORD).id,
        card: None,
    };
    let person = store.person_of_number(&person).await.unwrap().unwrap();
    let erased = store.erase_person(person, open(), taipei::civil(open())).await.unwrap();
    assert_eq!(erased, Erased::Done);
    assert_eq!(store.staff_of(counter.institution(STATION)).await.unwrap(), []);
    let (roster, of) = (&counter.running.service.staff.roster, counter.institution(STATION));
    until(|| roster.of_institution(StaffId(1), of).is_none()).await;
    let after = client.call(as_staff(&opened.token, at_the_counter(1, true, false))).await;
    assert_eq!(code(after), Some(Code::StaffUnknown));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_a_new_root_staff_are_known_by_the_same_cards(#[case] kind: Kind) {
    let counter = with_an_nhi_card(kind).await;
    let signing = counter.staff("1", StaffRole::Manager, all_rights()).await;
    // A failure that is counted goes on counting.
    let wrong = send(&counter.client, nhi(town::WITH_PASSWORD, "abc124")).await;
    assert_eq!(code(wrong), Some(Code::UnknownPerson));
    let fresh: Arc<Fresh> = Arc::clone(&counter.running.random);
    counter.running.service.store.close().await;
    let secrets = Secrets::numbered(2, [102; 32], [202; 32]);
    let sealed = |secrets: &Secrets| seal(secrets, &town::env(open()));
    let (old, new) = (sealed(&town::secrets()), sealed(&secrets));
    let store = Store::open_alone(&fresh.address, new.clone()).await.unwrap();
    let mut rotation = store.rotate(old, new).await.unwrap();
    while rotation.next(open()).await.unwrap().is_some() {}
    assert_eq!(rotation.damaged, 0);
    store.close().await;
    let after = start_keyed(fresh, open(), generous(), &secrets).await;
    after.service.staff.set_trust(counter.ca.trusted_but(&[]));
    let key = StaffCard::NhiCard { id: card(town::WITH_PASSWORD).id };
    let subject = LoginSubject::Staff(after.service.store.staff_key(&key));
    let failed = after.service.store.failed_logins(open() - FORGOTTEN_AFTER).await.unwrap();
    assert!(failed.iter().any(|one| one.subject == subject && one.count == 1), "{failed:?}");
    let client = client(&after.base, "station");
    let opened = session(log_in(&client, &signing).await);
    assert_eq!((opened.staff.id, opened.staff.name.expose()), (2, "甄藥師"));
    session(send(&client, nhi(town::WITH_PASSWORD, town::PASSWORD)).await);
}

/// The administrator adds all that a counter needs, and a renewed list of what was revoked counts
/// without a restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_administrator_names_a_representative_and_a_renewed_list_counts() {
    let fresh = Kind::Sqlite.fresh();
    let program = Program::new(&fresh);
    let ca = Ca::new("staff cards");
    let facts = Facts { years: (2020, 2099), ..Facts::default() };
    let (card, other) = (ca.rsa_card(&facts), ca.card(&Facts { owner: "2", ..facts.clone() }));
    let file = |name: &str, bytes: &[u8]| {
        let path = program.folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let (certificate, pem) =
        (file("card.der", &card.certificate), file("ca.pem", ca.pem.as_bytes()));
    let list = file("ca.crl", ca.lasting_list(&[]).as_bytes());
    let settings = std::fs::read_to_string(&program.config).unwrap();
    let staff = format!("[staff]\nname = \"tests\"\nca = [\"{pem}\"]\ncrl = [\"{list}\"]\n");
    std::fs::write(&program.config, settings + &staff).unwrap();
    let institution =
        |arguments: &[&str]| program.run(&[&["admin", "institution"], arguments].concat());
    let status = |arguments: &[&str]| institution(arguments).status.code();
    let add = ["add", "5901", "--name-zh", "健全藥局", "--name-en", "Jianquan Pharmacy"];
    assert_eq!(
        status(&["representative", "5901", "--name", "甄", "--certificate", &certificate]),
        Some(1)
    );
    assert_eq!((status(&add), status(&add)), (Some(0), Some(1)), "twice");
    let representative = ["representative", "5901", "--name", "甄藥師", "--certificate"];
    let named = |file: &str| status(&[representative.as_slice(), &[file]].concat());
    assert_eq!((named(&certificate), named(&certificate)), (Some(0), Some(1)), "twice");
    let encrypting = rcgen::KeyUsagePurpose::KeyEncipherment;
    let unusable = ca.card(&Facts { owner: "3", usage: encrypting, ..facts.clone() });
    let unusable = file("unusable.der", &unusable.certificate);
    assert_eq!((named(&unusable), named(&pem)), (Some(1), Some(1)));
    let by_number = |number: &str| {
        let arguments = ["admin", "institution", "representative", "5901", "--name", "x", "--id"];
        let mut child = program.command(&arguments).stdin(Stdio::piped()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{number}").unwrap();
        child.wait().unwrap().code()
    };
    assert_eq!((by_number("A123456789"), by_number("A123456788")), (Some(0), Some(1)));
    let listed = program.succeed(&["admin", "institution", "staff", "5901"]);
    let lines: Vec<Vec<&str>> = listed.lines().map(|line| line.split('\t').collect()).collect();
    let all = "book,change,check-in,manage";
    assert_eq!(lines[0], ["1", "甄藥師", "representative", all, "certificate", ""]);
    assert_eq!(lines[1][4], "nhi-card");
    let device = ["admin", "device", "add", "counter", "--channel", "pharmacy", "--counter"];
    let added = program.succeed(&[device.as_slice(), &["--institution", "5901"]].concat());
    let token = added.trim_end().rsplit(|c: char| !c.is_ascii_hexdigit()).next().unwrap();
    let server = program.serve();
    let counter = client(&program.url(), token);
    let opened = session(log_in(&counter, &card).await);
    assert_eq!(opened.institution.name_zh, "健全藥局");
    assert_eq!(code(log_in(&counter, &other).await), Some(Code::StaffUnknown));
    file("ca.crl", ca.lasting_list(&[facts.serial]).as_bytes());
    let refused = async {
        while code(log_in(&counter, &card).await) != Some(Code::CertificateRevoked) {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), refused).await.expect("the new list counts");
    let shown = program.succeed(&["admin", "audit", "show", "--by", "staff 1"]);
    assert!(shown.lines().any(|line| line.contains("staff 1 at counter\tstaff-log-in")), "{shown}");
    let shown = program.succeed(&["admin", "audit", "show", "--by", "counter"]);
    assert!(shown.contains("refuse-staff") && shown.contains("staff-log-in"), "{shown}");
    assert_eq!(status(&["withdraw", "5901", "1"]), Some(0));
    assert_eq!(status(&["withdraw", "5901", "9"]), Some(1));
    assert_eq!((status(&["close", "5901"]), status(&["close", "5901"])), (Some(0), Some(1)));
    let closed = async {
        while code(counter.call(Call::StaffChallenge).await) != Some(Code::NotACounter) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), closed).await.expect("it is closed");
    assert_eq!(program.succeed(&["admin", "institution", "list"]).lines().count(), 1);
    assert!(server.terminate().0.success());
    std::fs::write(program.folder.join("ca.crl"), "nothing").unwrap();
    let done = program.run(&["serve"]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.code() == Some(2) && said.contains("[staff]"), "{said}");
}

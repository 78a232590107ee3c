//! A queue of CUPS, with a real scheduler in a folder of the test's own and a printer behind its
//! socket: what is printed comes out, what cannot be printed does not come out later, and nothing
//! stays in the spool.

use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use vaxkiosk::devices::cups::CupsPrinter;
use vaxkiosk::devices::printer::{PrintFault, Printer};
use vaxkiosk::receipt::bitmap::Bitmap;

/// The scheduler. It ends with its test.
struct Scheduler {
    folder: PathBuf,
    child: Child,
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Scheduler {
    /// `keeps`: as CUPS is without the kiosk's guide.
    fn start(name: &str, keeps: bool) -> Self {
        // A socket's path has no more than 107 bytes.
        let folder =
            std::env::temp_dir().join(format!("vaxkiosk-cups-{name}-{}", std::process::id()));
        for part in ["spool", "tmp", "cache", "state", "log"] {
            std::fs::create_dir_all(folder.join(part)).unwrap();
        }
        let at = folder.display();
        let keeps = if keeps { "" } else { "PreserveJobFiles No\nPreserveJobHistory No\n" };
        let settings = format!(
            "Listen {at}/socket\nBrowsing No\nWebInterface No\nDefaultAuthType None\n{keeps}\
             <Location />\nOrder allow,deny\nAllow all\n</Location>\n<Policy default>\n<Limit \
             All>\nOrder allow,deny\n</Limit>\n</Policy>\n"
        );
        let files = format!(
            "ServerRoot {at}\nRequestRoot {at}/spool\nTempDir {at}/tmp\nCacheDir \
                {at}/cache\nStateDir {at}/state\n\
             AccessLog {at}/log/access\nErrorLog {at}/log/error\nPageLog \
             {at}/log/page\nSystemGroup root\n"
        );
        let (config, config_files) = (folder.join("cupsd.conf"), folder.join("cups-files.conf"));
        std::fs::write(&config, settings).unwrap();
        std::fs::write(&config_files, files).unwrap();
        let mut command = Command::new("/usr/sbin/cupsd");
        command.arg("-f").arg("-c").arg(&config).arg("-s").arg(&config_files);
        let child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("cups is installed");
        let scheduler = Self { folder, child };
        wait_for("the scheduler", || scheduler.socket().exists());
        scheduler
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    fn queue(&self, port: u16) -> CupsPrinter {
        let (server, uri) = (
            self.socket().display().to_string(),
            format!("socket://127.0.0.1:{port}/?waiteof=false"),
        );
        let arguments = ["-h", &server, "-p", "receipts", "-E", "-v", &uri, "-m", "raw"];
        let made = Command::new("/usr/sbin/lpadmin")
            .args(arguments)
            .output()
            .expect("cups-client is installed");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        CupsPrinter { queue: "receipts".into(), server: Some(server) }
    }

    /// Files of jobs, with or without what was printed.
    fn kept(&self) -> usize {
        let files = std::fs::read_dir(self.folder.join("spool")).unwrap();
        files.filter(|file| file.as_ref().unwrap().path().is_file()).count()
    }
}

fn wait_for(what: &str, done: impl Fn() -> bool) {
    for _ in 0..500 {
        if done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{what} does not come");
}

/// What one connection brings.
fn printer() -> (u16, std::thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let recording = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        listener.accept().unwrap().0.read_to_end(&mut bytes).unwrap();
        bytes
    });
    (port, recording)
}

fn picture() -> Bitmap {
    let mut picture = Bitmap::new(576, 200);
    (0..200).for_each(|at| picture.ink(at, at));
    picture
}

#[test]
fn what_is_printed_comes_out_and_nothing_stays() {
    let scheduler = Scheduler::start("prints", false);
    let (port, recording) = printer();
    let queue = scheduler.queue(port);
    assert_eq!(queue.check(), Ok(()));
    assert_eq!(queue.print(&picture()), Ok(()));
    assert_eq!(recording.join().unwrap(), picture().to_png().unwrap());
    wait_for("an empty spool", || scheduler.kept() == 0);
    assert_eq!(queue.check(), Ok(()));
}

#[test]
fn a_printer_that_is_away_does_not_print_somebodys_receipt_later() {
    let scheduler = Scheduler::start("away", false);
    // A port where nobody is: bound, and let go.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let queue = scheduler.queue(port);
    assert_eq!(queue.print(&picture()), Err(PrintFault::Offline));
    wait_for("an empty spool", || scheduler.kept() == 0);
}

#[test]
fn a_queue_that_keeps_what_it_printed_gets_no_second_receipt() {
    let scheduler = Scheduler::start("keeps", true);
    let (port, recording) = printer();
    let queue = scheduler.queue(port);
    assert_eq!(queue.print(&picture()), Ok(()));
    recording.join().unwrap();
    assert_eq!(queue.check(), Err(PrintFault::KeepsCopies));
    assert_eq!(queue.print(&picture()), Err(PrintFault::KeepsCopies));
}

#[test]
fn a_scheduler_that_takes_the_call_and_says_nothing_is_offline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = listener.local_addr().unwrap().to_string();
    let queue = CupsPrinter { queue: "receipts".into(), server: Some(server) };
    assert_eq!(queue.check(), Err(PrintFault::Offline));
}

#[test]
fn a_queue_that_is_not_there_or_stopped_is_offline() {
    let scheduler = Scheduler::start("none", false);
    let nowhere = CupsPrinter {
        queue: "nowhere".into(),
        server: Some(scheduler.socket().display().to_string()),
    };
    assert_eq!(nowhere.check(), Err(PrintFault::Offline));
    assert_eq!(nowhere.print(&picture()), Err(PrintFault::Offline));
    let queue = scheduler.queue(9);
    let stop = Command::new("/usr/sbin/cupsdisable")
        .arg("-h")
        .arg(scheduler.socket())
        .arg("receipts")
        .status();
    assert!(stop.unwrap().success());
    assert_eq!(queue.check(), Err(PrintFault::Offline));
    let gone = CupsPrinter {
        queue: "receipts".into(),
        server: Some(Path::new("/nowhere/socket").display().to_string()),
    };
    assert_eq!(gone.check(), Err(PrintFault::Offline));
}

//! A room for tests: a console on a port or a socket of its own, its code read from its screen, and
//! trainees who come to it.

use crate::pty::Terminal;
use portable_pty::CommandBuilder;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Rows of the console: the list of a full room has forty.
const ROWS: u16 = 48;

pub struct Room {
    pub console: Terminal,
    /// What trainees type behind `--trainer`.
    pub address: String,
    pub code: String,
    pub folder: PathBuf,
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn command(arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.args(arguments);
    command.env("TERM", "xterm-256color");
    command.env("COLORTERM", "truecolor");
    command.env("LC_ALL", "zh_TW.UTF-8");
    command
}

fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

impl Room {
    pub fn open(name: &str, more: &[&str]) -> Self {
        Self::open_with(name, &format!("127.0.0.1:{}", free_port()), more)
    }

    pub fn open_keeping(name: &str) -> Self {
        let results = folder(name).join("results");
        Self::open(name, &["--results", results.to_str().unwrap()])
    }

    pub fn open_at_socket(name: &str) -> Self {
        let socket = std::env::temp_dir().join(format!("room-{}-{name}", std::process::id()));
        Self::open_with(name, &format!("unix:{}", socket.display()), &[])
    }

    fn open_with(name: &str, address: &str, more: &[&str]) -> Self {
        let folder = folder(name);
        std::fs::create_dir_all(&folder).unwrap();
        let arguments = [&["trainer", "--listen", address], more].concat();
        let mut console = Terminal::run(command(&arguments), 120, ROWS);
        console.wait_for("--code ");
        let text = console.text();
        let code = text.split("--code ").nth(1).unwrap()[..9].to_owned();
        assert!(text.contains(&format!("--trainer {address} ")), "{text}");
        Self { console, address: address.to_owned(), code, folder }
    }

    pub fn trainee(&self, name: &str, more: &[&str]) -> Terminal {
        self.trainee_with_code(name, &self.code, more)
    }

    pub fn trainee_with_code(&self, name: &str, code: &str, more: &[&str]) -> Terminal {
        self.trainee_at(&self.address, name, code, more)
    }

    pub fn trainee_at(&self, address: &str, name: &str, code: &str, more: &[&str]) -> Terminal {
        let own = ["demo", "--trainer", address, "--code", code, "--name", name];
        Terminal::run(command(&[&own, more].concat()), 80, 24)
    }

    /// A trainee's row of the list.
    pub fn row_of(&self, name: &str) -> String {
        let text = self.console.text();
        text.lines().find(|line| line.contains(name)).expect("a row").to_owned()
    }

    /// The four letters in a trainee's row.
    pub fn sign_of(&self, name: &str) -> String {
        let row = self.row_of(name);
        row.split_whitespace().find(|word| is_sign(word)).expect("a sign").to_owned()
    }

    /// The lines of results, once there are so many.
    pub fn wait_for_results(&mut self, many: usize) -> Vec<Vec<String>> {
        let table = self.folder.join("results/results.csv");
        let read = || -> Vec<Vec<String>> {
            let mut reader = csv::Reader::from_path(&table).unwrap();
            let line = |line: csv::StringRecord| line.iter().map(str::to_owned).collect();
            reader.records().map(|record| line(record.unwrap())).collect()
        };
        self.console.wait_until("results", |_| read().len() >= many);
        read()
    }

    /// The names of people's pages, once there are so many.
    pub fn wait_for_pages(&mut self, many: usize) -> Vec<String> {
        let folder = self.folder.join("results");
        let pages = || -> Vec<String> {
            let files = std::fs::read_dir(&folder).unwrap();
            let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
            names.filter(|name| name.ends_with(".pdf")).collect()
        };
        self.console.wait_until("pages", |_| pages().len() >= many);
        for page in pages() {
            assert!(std::fs::read(folder.join(page)).unwrap().starts_with(b"%PDF-"));
        }
        pages()
    }
}

fn is_sign(word: &str) -> bool {
    word.len() == 4 && word.chars().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}

fn folder(name: &str) -> PathBuf {
    let folder = format!("room-{}-{name}", std::process::id());
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(folder)
}

pub fn assert_says(terminal: &Terminal, text: &str) {
    std::thread::sleep(Duration::from_millis(300));
    assert!(terminal.text().contains(text), "no {text}:\n{}", terminal.text());
}

/// Something that speaks as a console does and does not know the room's code: it takes any proof,
/// and sends the trainee's own back as its own. Its port.
pub fn another_console() -> u16 {
    use vaxkiosk::classroom::wire::{FromTrainee, FromTrainer, LONGEST_UNPROVEN};
    use vaxkiosk::commands::trainer::line::{receive, send, tls};
    let network = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listener = network.block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0))).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        network.block_on(async move {
            let (config, _) = tls::console().unwrap();
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = tokio_rustls::TlsAcceptor::from(Arc::clone(&config));
            let mut stream = acceptor.accept(stream).await.unwrap();
            let first: FromTrainee = receive(&mut stream, LONGEST_UNPROVEN).await.unwrap();
            let FromTrainee::Prove { proof, .. } = first else { panic!("{first:?}") };
            send(&mut stream, &FromTrainer::Proven { proof }).await.unwrap();
            let second = receive::<FromTrainee>(&mut stream, LONGEST_UNPROVEN).await;
            assert!(second.is_err(), "it was told {second:?}");
        });
    });
    port
}

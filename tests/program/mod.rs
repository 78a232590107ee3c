//! The built program with a folder, settings and keys of its own, as whoever runs a service has
//! them.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::databases::Fresh;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vaxkiosk::server::store::database::Address;

pub fn vaxkiosk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.env("LC_ALL", "C.UTF-8").env_remove("NOTIFY_SOCKET").stdin(Stdio::null());
    command
}

/// Settings of one server.
pub struct Program {
    pub folder: PathBuf,
    pub config: PathBuf,
    pub port: u16,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

impl Program {
    /// A server over this database, with keys of its own.
    pub fn new(fresh: &Fresh) -> Self {
        let port = free_port();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("program-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let program = Self { config: folder.join("server.toml"), folder, port };
        program.configure(fresh, &program.folder.join("keys.toml"));
        program.succeed(&["admin", "keys"]);
        program
    }

    /// A server beside another, over its database and with its keys.
    pub fn beside(other: &Program, fresh: &Fresh) -> Self {
        let port = free_port();
        let program = Self {
            folder: other.folder.join("beside"),
            config: other.folder.join("beside.toml"),
            port,
        };
        program.configure(fresh, &other.folder.join("keys.toml"));
        program
    }

    fn configure(&self, fresh: &Fresh, keys: &Path) {
        let database = match &fresh.address {
            Address::Sqlite(path) => format!("sqlite:{}", path.display()),
            Address::Postgres(url) => url.clone(),
        };
        let text = format!(
            "listen = \"127.0.0.1:{}\"\ndatabase = \"{database}\"\nkeys = \
                \"{}\"\n[limits]\ndevice_a_second = 10000\n\
             device_burst = 10000\nperson_a_minute = 10000\nperson_burst = 10000\n[messages]\nfile \
             = \"{}\"\nphones = true\n",
            self.port,
            keys.display(),
            self.messages().display()
        );
        std::fs::write(&self.config, text).unwrap();
    }

    /// The file that text messages go to: one for all servers of a database.
    pub fn messages(&self) -> PathBuf {
        self.config.parent().unwrap().join("messages.jsonl")
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = vaxkiosk();
        command.args(arguments).arg("--config").arg(&self.config);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn succeed(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the server, and waits until it says that it is ready.
    pub fn serve(&self) -> Server {
        Server::start(self.command(&["serve"]))
    }
}

/// A server that runs. It ends with its test.
pub struct Server {
    pub process: Child,
    pub log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| kept.lock().unwrap().push(line))
        });
        let mut server = Self { process, log };
        // A minute at most.
        let mut looks = 0;
        while !server.log.lock().unwrap().iter().any(|line| line.contains("\"ready\"")) {
            let over = server.process.try_wait().unwrap();
            assert!(over.is_none() && looks < 12_000, "{over:?} {:?}", server.log);
            std::thread::sleep(Duration::from_millis(5));
            looks += 1;
        }
        server
    }

    /// As the power does: no chance to tidy up.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// As systemd does.
    pub fn terminate(mut self) -> (ExitStatus, Vec<String>) {
        let pid = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        let status = self.process.wait().unwrap();
        // The last lines are on their way.
        std::thread::sleep(Duration::from_millis(100));
        let log = self.log.lock().unwrap().clone();
        (status, log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! A real browser with a training in it: headless Chromium, told what to do by its DevTools
//! protocol (<https://chromedevtools.github.io/devtools-protocol/>). What stands on the screen is
//! read from the bytes that the page was sent; clicks, touches and keys go through the page.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a program measures time")]

use crate::pty::{cells, place_of};
use crate::visitor::{Line, line, shaken};
use crate::web_training::{PATIENCE, wait_until};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::{Cursor, ErrorKind};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tungstenite::protocol::WebSocket;
use tungstenite::{Error, Message};

/// Until somebody has seen a screen.
const SEEN: Duration = Duration::from_millis(700);

/// A window.
#[derive(Clone, Copy)]
pub struct Window {
    pub width: u32,
    pub height: u32,
    /// It is touched, and has no mouse.
    pub touch: bool,
}

pub const DESK: Window = Window { width: 1280, height: 860, touch: false };
pub const TABLET: Window = Window { width: 1024, height: 768, touch: true };
pub const TELEPHONE: Window = Window { width: 390, height: 780, touch: true };

/// A browser with one page. It ends with its test.
pub struct Chromium {
    process: Child,
    folder: PathBuf,
    socket: WebSocket<Box<dyn Line>>,
    calls: u64,
    window: Window,
    screen: vt100::Parser,
    /// What the page or its rules complained of.
    pub faults: Vec<String>,
}

impl Chromium {
    /// Starts a browser that asks for pages in this language, without WebGL if it is told so.
    pub fn start(language: &str, window: Window, webgl: bool) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let nth = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("chromium-{}-{nth}", std::process::id()));
        let graphics: &[&str] = match webgl {
            true => &["--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
            false => &["--disable-gpu", "--disable-3d-apis"],
        };
        let process = Command::new("chromium")
            .args(["--headless=new", "--no-sandbox", "--ignore-certificate-errors"])
            .args(["--remote-debugging-port=0", "--disable-dev-shm-usage"])
            .arg(format!("--user-data-dir={}", folder.display()))
            .args(graphics)
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromium is installed: .ci/packages browser");
        let socket = socket(&folder);
        let screen = vt100::Parser::new(cells(24), cells(80), 0);
        let mut chromium =
            Self { process, folder, socket, calls: 0, window, screen, faults: Vec::new() };
        for domain in ["Page", "Network", "Runtime", "Log"] {
            chromium.call(&format!("{domain}.enable"), json!({}));
        }
        let agent = chromium.evaluate("navigator.userAgent");
        let named = json!({ "userAgent": agent, "acceptLanguage": language });
        chromium.call("Network.setUserAgentOverride", named);
        chromium.resize(window);
        chromium
    }

    pub fn resize(&mut self, window: Window) {
        self.window = window;
        let Window { width, height, touch } = window;
        let scale = if touch { 2 } else { 1 };
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({
                "width": width, "height": height, "deviceScaleFactor": scale, "mobile": touch
            }),
        );
        self.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": touch }));
    }

    pub fn go(&mut self, url: &str) {
        self.call("Page.navigate", json!({ "url": url }));
    }

    /// Gives a command, and waits for its answer.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let id = self.calls;
        let command = json!({ "id": id, "method": method, "params": parameters });
        self.socket.send(Message::text(command.to_string())).unwrap();
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "{method} is not answered");
            if let Some(message) = self.next() {
                if message["id"] == id {
                    assert!(message["error"].is_null(), "{method}: {message}");
                    return message["result"].clone();
                }
                self.hear(&message);
            }
        }
    }

    pub fn evaluate(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true });
        self.call("Runtime.evaluate", asked)["result"]["value"].clone()
    }

    fn next(&mut self) -> Option<Value> {
        match self.socket.read() {
            Ok(Message::Text(text)) => Some(serde_json::from_str(&text).unwrap()),
            Ok(_) => None,
            Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => None,
            Err(error) => panic!("{error}"),
        }
    }

    fn hear(&mut self, message: &Value) {
        let told = &message["params"];
        let frame = &told["response"]["payloadData"];
        match message["method"].as_str().unwrap_or_default() {
            "Network.webSocketFrameReceived" if told["response"]["opcode"] == 2 => {
                self.screen.process(&STANDARD.decode(frame.as_str().unwrap()).unwrap());
            }
            "Network.webSocketFrameSent" if told["response"]["opcode"] == 1 => {
                let size: Value = serde_json::from_str(frame.as_str().unwrap()).unwrap();
                let count =
                    |name: &str| cells(u16::try_from(size[name].as_u64().unwrap()).unwrap());
                self.screen.screen_mut().set_size(count("rows"), count("columns"));
            }
            "Runtime.exceptionThrown" => self.faults.push(told.to_string()),
            "Log.entryAdded" if told["entry"]["level"] == "error" => {
                self.faults.push(told["entry"].to_string());
            }
            _ => {}
        }
    }

    /// Hears what happens for a while.
    pub fn look(&mut self, how_long: Duration) {
        let begun = Instant::now();
        while begun.elapsed() < how_long {
            if let Some(message) = self.next() {
                self.hear(&message);
            }
        }
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    pub fn wait_for(&mut self, text: &str) {
        let begun = Instant::now();
        while !self.text().contains(text) {
            let faults = &self.faults;
            assert!(begun.elapsed() < PATIENCE, "waited for {text}, saw {}{faults:?}", self.text());
            self.look(Duration::from_millis(100));
        }
        self.look(SEEN);
    }

    /// Waits until the page says so outside the terminal.
    pub fn wait_for_page(&mut self, text: &str) {
        let begun = Instant::now();
        loop {
            let shown = self.evaluate("document.body.innerText");
            if shown.as_str().is_some_and(|shown| shown.contains(text)) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "waited for {text}, saw {shown}");
            self.look(Duration::from_millis(100));
        }
    }

    /// Clicks or touches the cell where a text of the terminal begins.
    pub fn press(&mut self, text: &str) {
        self.wait_for(text);
        // A press at once is taken for one that was meant for the page before.
        self.look(Duration::from_millis(600));
        let (column, row) = place_of(self.screen.screen(), text)
            .unwrap_or_else(|| panic!("{text} is on the screen:\n{}", self.text()));
        let (rows, columns) = self.screen.screen().size();
        let area = self.rectangle(".xterm-screen");
        let at = |begins: f64, long: f64, cell: u16, of: u16| {
            begins + (f64::from(cell) - 0.5) * long / f64::from(of)
        };
        let [left, top, width, height] = area;
        let (x, y) = (at(left, width, column, columns.get()), at(top, height, row, rows.get()));
        self.press_at(x, y);
    }

    /// Clicks or touches an element of the page.
    pub fn press_element(&mut self, selector: &str) {
        let [left, top, width, height] = self.rectangle(selector);
        self.press_at(left + width / 2.0, top + height / 2.0);
    }

    fn press_at(&mut self, x: f64, y: f64) {
        if self.window.touch {
            let point = json!([{ "x": x, "y": y }]);
            let begins = json!({ "type": "touchStart", "touchPoints": point });
            self.call("Input.dispatchTouchEvent", begins);
            // As long as a finger stays; meanwhile the page is drawn anew.
            self.look(Duration::from_millis(120));
            let ends = json!({ "type": "touchEnd", "touchPoints": [] });
            self.call("Input.dispatchTouchEvent", ends);
            return;
        }
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// Presses a key: a digit, or `F2`.
    pub fn key(&mut self, key: &str) {
        let (text, code, number) = match key.strip_prefix('F') {
            Some(nth) => (None, key.to_owned(), 111 + nth.parse::<u32>().unwrap()),
            None => (Some(key), format!("Digit{key}"), u32::from(key.as_bytes()[0])),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({
                "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number
            });
            if let (Some(text), "keyDown") = (text, kind) {
                event["text"] = json!(text);
            }
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    pub fn types(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    pub fn rectangle(&mut self, selector: &str) -> [f64; 4] {
        let found = self.evaluate(&format!(
            "(() => {{ const it = document.querySelector({selector:?}).getBoundingClientRect(); \
             return [it.left, it.top, it.width, it.height]; }})()"
        ));
        std::array::from_fn(|at| found[at].as_f64().unwrap())
    }

    /// The page as it is seen, as a file of this name in the folder for photographs.
    pub fn photograph(&mut self, name: &str) -> Vec<u8> {
        self.look(SEEN);
        let taken = self.call("Page.captureScreenshot", json!({ "format": "png" }));
        let bytes = STANDARD.decode(taken["data"].as_str().unwrap()).unwrap();
        let folder = std::env::var_os("PHOTOGRAPHS")
            .map_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser"), PathBuf::from);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), &bytes).unwrap();
        bytes
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The DevTools of the browser's one page. Those of the browser itself, whose place it writes down
/// when it is ready, know which that is.
fn socket(folder: &Path) -> WebSocket<Box<dyn Line>> {
    let mut told = String::new();
    wait_until("the browser", || {
        told = std::fs::read_to_string(folder.join("DevToolsActivePort")).unwrap_or_default();
        told.lines().count() == 2
    });
    let (port, path) = told.trim().split_once('\n').unwrap();
    let address = SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap()));
    let open = |path: &str| {
        shaken(tungstenite::client(format!("ws://{address}{path}"), line(address))).unwrap()
    };
    let mut browser = open(path);
    let ask = json!({ "id": 1, "method": "Target.getTargets" });
    browser.send(Message::text(ask.to_string())).unwrap();
    let mut page = None;
    wait_until("the browser's page", || {
        let Ok(Message::Text(text)) = browser.read() else { return false };
        let answer: Value = serde_json::from_str(&text).unwrap();
        let all = answer["result"]["targetInfos"].as_array();
        let found = all.and_then(|all| all.iter().find(|target| target["type"] == "page"));
        page = found.map(|page| page["targetId"].as_str().unwrap().to_owned());
        page.is_some()
    });
    open(&format!("/devtools/page/{}", page.unwrap()))
}

/// The QR in a photograph, as a decoder reads it.
pub fn qr(photograph: &[u8]) -> Option<String> {
    let mut reader = png::Decoder::new(Cursor::new(photograph)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let about = reader.next_frame(&mut pixels).unwrap();
    let each = about.color_type.samples();
    let (width, height) = (about.width as usize, about.height as usize);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels[(y * width + x) * each]
    });
    let found = image.detect_grids();
    found.first().and_then(|grid| grid.decode().ok()).map(|(_, text)| text)
}

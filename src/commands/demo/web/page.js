// A visit: the terminal of a program on the machine that serves this page, drawn by xterm.js. Bytes go both ways as they are; what the
// window can show goes there as text. Why a visit ended is in the number by which the websocket is closed.

import { FitAddon } from '/addon-fit.mjs';
import { Unicode11Addon } from '/addon-unicode11.mjs';
import { WebglAddon } from '/addon-webgl.mjs';
import { Terminal } from '/xterm.mjs';

// The page allows only style elements that carry its nonce, and xterm.js makes some.
const nonce = document.querySelector('link[nonce]').nonce;
const createElement = document.createElement.bind(document);
document.createElement = (name, options) => {
    const element = createElement(name, options);
    if (name === 'style') {
        element.nonce = nonce;
    }
    return element;
};

// Letters of one width, then Chinese and Thai of whichever kind the machine has.
const LETTERS = ['Noto Sans Mono', 'Cascadia Mono', 'Consolas', 'Menlo', 'DejaVu Sans Mono'];
const OTHERS = [
    'Noto Sans Mono CJK TC', 'Noto Sans CJK TC', 'MingLiU', 'Microsoft JhengHei', 'PingFang TC', 'Arundina Sans Mono', 'Tlwg Mono',
    'Noto Sans Thai', 'Leelawadee UI', 'Tahoma',
];
const family = (letters) => [...letters, ...OTHERS].map((font) => `"${font}"`).concat('monospace').join(', ');
// The pages are laid out for as many cells as the first, and need the second.
const WISHED = { columns: 100, rows: 32 };
const LEAST = { columns: 80, rows: 24 };
const LARGEST_TYPE = 28;
const READABLE_TYPE = 13;
const SMALLEST_TYPE = 5;
// Characters of one message: they are four bytes at most, and a message may have 4,096.
const AT_ONCE = 1000;
const ENDINGS = { 4000: 'ended', 4001: 'full', 4002: 'ended' };

const place = document.getElementById('terminal');
const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: false,
    drawBoldTextInBrightColors: false,
    fontFamily: family(LETTERS),
    fontSize: LARGEST_TYPE,
    fontWeightBold: '700',
    minimumContrastRatio: 1,
    rescaleOverlappingGlyphs: true,
    scrollback: 0,
    theme: { background: '#101418' },
});
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.loadAddon(new Unicode11Addon());
terminal.unicode.activeVersion = '11';
terminal.open(place);

// WebGL draws frames, bars and the receipt's QR to the cell's very edges, so that rows can be as high as the marks of Thai and Vietnamese
// need: in units of the size of type. Where there is none, or where the machine takes it back, they are letters of a font: of one in which
// they have no gaps, in rows no higher than it is, over which marks may stand out.
const ROW = 1.36;

function withoutWebgl() {
    terminal.options.lineHeight = 1;
    terminal.options.fontFamily = family(['DejaVu Sans Mono', ...LETTERS]);
}

try {
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => {
        webgl.dispose();
        withoutWebgl();
        fitType();
    });
    terminal.loadAddon(webgl);
    const row = terminal.element.querySelector('.xterm-screen').clientHeight / terminal.rows;
    terminal.options.lineHeight = Math.max(1, ROW * LARGEST_TYPE / row);
} catch (cause) {
    console.info('no WebGL', cause);
    withoutWebgl();
}

// The largest type with which the window has the cells that the pages are laid out for, if it can be read; otherwise the largest with
// which they can be shown.
function fitType() {
    const isEnough = ({ columns, rows }, size) => {
        terminal.options.fontSize = size;
        const cells = fit.proposeDimensions();
        return cells !== undefined && cells.cols >= columns && cells.rows >= rows;
    };
    let size = LARGEST_TYPE;
    while (size > SMALLEST_TYPE && !isEnough(size > READABLE_TYPE ? WISHED : LEAST, size)) {
        size -= 1;
    }
    terminal.options.fontSize = size;
    fit.fit();
}

const title = document.querySelector('h1');

// One of the sections with the title, or the terminal, whose every page says itself that it is a training.
function show(name) {
    title.hidden = name === 'terminal';
    for (const section of document.querySelectorAll('section')) {
        section.hidden = section.id !== name;
    }
    document.querySelector(`#${name} button`)?.focus();
}

for (const button of document.querySelectorAll('section button')) {
    button.addEventListener('click', () => location.reload());
}

// A finger is the left button of a mouse. What a browser itself makes of a touch comes late, scrolls and magnifies. A page is drawn anew
// while it is touched, so the end is waited for at the element that the touch began on, even if that is gone by then.
function press(kind, at) {
    const area = terminal.element.querySelector('.xterm-screen');
    const buttons = kind === 'mousedown' ? 1 : 0;
    area.dispatchEvent(new MouseEvent(kind, {
        bubbles: true, cancelable: true, view: window, detail: 1, button: 0, buttons,
        clientX: at.clientX, clientY: at.clientY, screenX: at.screenX, screenY: at.screenY,
    }));
}

let finger = null;
place.addEventListener('touchstart', (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (finger !== null) {
        return;
    }
    const [touch] = event.changedTouches;
    finger = touch.identifier;
    press('mousedown', touch);
    const over = new AbortController();
    const ours = (later) => [...later.changedTouches].find((other) => other.identifier === finger);
    const end = (later) => {
        const last = ours(later);
        if (last) {
            later.preventDefault();
            over.abort();
            finger = null;
            // A touch that the machine takes back ends where nothing is.
            press('mouseup', later.type === 'touchend' ? last : { clientX: -1, clientY: -1, screenX: -1, screenY: -1 });
        }
    };
    const listening = { passive: false, signal: over.signal };
    event.target.addEventListener('touchmove', (later) => later.preventDefault(), listening);
    event.target.addEventListener('touchend', end, listening);
    event.target.addEventListener('touchcancel', end, listening);
}, { capture: true, passive: false });

// All that is typed can be touched: no keyboard comes up over the page.
if (matchMedia('(pointer: coarse)').matches) {
    terminal.textarea.inputMode = 'none';
}

const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
const socket = new WebSocket(`${scheme}://${location.host}/training`);
socket.binaryType = 'arraybuffer';
const encoder = new TextEncoder();

function send(text) {
    for (let at = 0; at < text.length && socket.readyState === WebSocket.OPEN; at += AT_ONCE) {
        socket.send(encoder.encode(text.slice(at, at + AT_ONCE)));
    }
}

function tellSize() {
    if (socket.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify({ columns: terminal.cols, rows: terminal.rows }));
    }
}

socket.addEventListener('open', () => {
    fitType();
    tellSize();
});
socket.addEventListener('message', (message) => {
    if (!document.getElementById('connecting').hidden) {
        show('terminal');
        terminal.focus();
    }
    terminal.write(new Uint8Array(message.data));
});
socket.addEventListener('close', (closed) => {
    terminal.blur();
    show(ENDINGS[closed.code] ?? 'lost');
});
terminal.onData(send);
terminal.onResize(tellSize);
new ResizeObserver(() => fitType()).observe(place);

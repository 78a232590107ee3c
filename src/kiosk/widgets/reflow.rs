//! A page in type that is too large for its usual layout: all of it one below the other, on as many
//! screens as it takes, with no text cut off (WCAG 2.1, 1.4.10, "Reflow").

use super::button::{Button, Look};
use super::column::Column;
use super::outline::{Piece, What};
use super::pictogram::Pictogram;
use super::picture;
use super::qr;
use super::tile::Tile;
use super::ui::{Align, Ui, Words};
use crate::i18n::wrap::wrap;
use crate::kiosk::theme;
use crate::receipt::qr::Qr;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Columns and rows of a sign beside a text, and the columns that it takes from a button.
const SIGN: (u16, u16) = (4, 2);
const BUTTON_SIGN: u16 = 8;
/// Columns of a button's frame and key.
const AROUND: u16 = 2 + 5;
const TILES_A_ROW: usize = 3;
/// Rows of a picture of dots.
const INK_ROWS: u16 = 4;

/// A part that stays on one screen, except for a text.
enum Block {
    Text {
        sign: Option<(Pictogram, Style)>,
        lines: Vec<String>,
        style: Style,
    },
    /// Side by side, equally wide.
    Buttons(Vec<Button>, u16),
    /// Side by side as well, with their rows and one of the page.
    Tiles(Vec<Tile>, u16),
    /// With the rows between them.
    Keys(Vec<Vec<Button>>, u16),
    Code(Qr),
    Ink(Vec<String>),
}

/// Draws one of the screens; how many there are.
pub fn draw(ui: &mut Ui<'_>, area: Rect, pieces: Vec<Piece>, page: usize) -> usize {
    for piece in &pieces {
        if let What::Anywhere(action) = piece.what {
            ui.record(area, action, None);
        }
    }
    let pages = paginate(blocks(in_order(pieces), area), area.height);
    let count = pages.len();
    let mut column = Column::new(area);
    for block in pages.into_iter().nth(page % count).into_iter().flatten() {
        let rows = block.rows(area.height);
        if rows > column.rest().height {
            ui.cut_off.push(block.name());
        }
        block.draw(ui, column.take(rows));
    }
    count
}

/// The texts beside keys stand before them, since keys type into what is there; and a code behind
/// the texts that say what it is for.
fn in_order(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_key_piece = |piece: &Piece| matches!(&piece.what, What::Button(it) if is_key(it));
    let last_key = pieces.iter().filter(|piece| is_key_piece(piece)).map(|it| it.area.y).max();
    let is_before = |piece: &Piece| {
        let is_text = matches!(piece.what, What::Text { .. } | What::Pictogram(..) | What::Ink(_));
        is_text && last_key.is_some_and(|y| piece.area.y <= y)
    };
    let (mut before, rest): (Vec<_>, Vec<_>) = pieces.into_iter().partition(is_before);
    let (keys, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_key_piece);
    before.extend(keys);
    let is_code = |piece: &Piece| matches!(piece.what, What::Code(_));
    let (codes, mut rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_code);
    let is_choice = |piece: &Piece| matches!(piece.what, What::Button(_) | What::Tile(_));
    let choices = rest.iter().position(is_choice).unwrap_or(rest.len());
    let choices = rest.split_off(choices);
    before.into_iter().chain(rest).chain(codes).chain(choices).collect()
}

fn blocks(pieces: Vec<Piece>, area: Rect) -> Vec<Block> {
    let width = area.width;
    let mut blocks: Vec<Block> = Vec::new();
    let mut sign = None;
    let mut before: Option<Rect> = None;
    for piece in pieces {
        let row = before.replace(piece.area);
        let same_row = row.is_some_and(|row| row.y == piece.area.y);
        match piece.what {
            What::Anywhere(_) => {}
            What::Pictogram(pictogram, style) => sign = Some((pictogram, style)),
            What::Text { text, style } => {
                let text = text.expose();
                if same_row && sign.is_none() && join(&mut blocks, text, style, width) {
                    continue;
                }
                let sign = sign.take();
                let room = width - sign.map_or(0, |_| SIGN.0 + 1);
                blocks.push(Block::Text { sign, lines: wrap(text, usize::from(room)), style });
            }
            What::Button(button) if is_key(&button) => push_key(&mut blocks, button, same_row),
            What::Button(button) => push_button(&mut blocks, button, width),
            What::Tile(tile) => push_tile(&mut blocks, tile, width),
            What::Code(code) => blocks.push(Block::Code(code)),
            What::Ink(rows) => blocks.push(Block::Ink(rows)),
        }
    }
    close_keys(&mut blocks, area.height);
    blocks
}

fn push_key(blocks: &mut Vec<Block>, key: Button, same_row: bool) {
    match blocks.last_mut() {
        Some(Block::Keys(rows, _)) => match rows.last_mut().filter(|_| same_row) {
            Some(row) => row.push(key),
            None => rows.push(vec![key]),
        },
        _ => blocks.push(Block::Keys(vec![vec![key]], 1)),
    }
}

/// No rows between keys where what they type, or what erases it, would have no room beside them.
fn close_keys(blocks: &mut [Block], height: u16) {
    let Some(at) = blocks.iter().position(|block| matches!(block, Block::Keys(..))) else { return };
    let to = blocks.len().min(at + 2);
    let rows: u16 = blocks[..to].iter().map(|block| block.rows(height)).sum();
    if let (true, Block::Keys(_, gap)) = (rows > height, &mut blocks[at]) {
        *gap = 0;
    }
}

/// Beside those before it where their words have room, as many as three.
fn push_tile(blocks: &mut Vec<Block>, tile: Tile, width: u16) {
    let least = |tile: &Tile| {
        let words = tile.words.width().max(tile.zh.as_deref().unwrap_or_default().width());
        words.max(tile.second.width() + 4) + 1
    };
    let rows = Tile::rows(tile.zh.is_some()) + 1;
    if let Some(Block::Tiles(row, height)) = blocks.last_mut()
        && row.len() < TILES_A_ROW
    {
        let count = row.len() as u16 + 1;
        let room = usize::from((width - 2 - (count - 1)) / count);
        if row.iter().chain([&tile]).all(|tile| least(tile) <= room) {
            *height = rows.max(*height);
            row.push(tile);
            return;
        }
    }
    blocks.push(Block::Tiles(vec![tile], rows));
}

/// Adds a text to the one that stands before it on the same row, if both have room on one.
fn join(blocks: &mut [Block], text: &str, style: Style, width: u16) -> bool {
    let Some(Block::Text { sign, lines, style: before }) = blocks.last_mut() else { return false };
    let [line] = lines.as_mut_slice() else { return false };
    let room = usize::from(width - sign.map_or(0, |_| SIGN.0 + 1));
    if before.bg != style.bg || line.width() + 2 + text.width() > room {
        return false;
    }
    line.push_str("  ");
    line.push_str(text);
    true
}

/// A key of a keyboard: what it types is all that it says.
fn is_key(button: &Button) -> bool {
    button.bare && button.words.main.chars().count() == 1
}

/// Beside the one before it where both are short.
fn push_button(blocks: &mut Vec<Block>, button: Button, width: u16) {
    let half = (width - 1) / 2;
    let is_short = |button: &Button| {
        let line = one_line(button).map_or(usize::MAX, |line| line.width());
        button.look != Look::Main && line <= usize::from(half.saturating_sub(AROUND))
    };
    if let Some(Block::Buttons(row, rows)) = blocks.last_mut()
        && row.len() == 1
        && is_short(&row[0])
        && is_short(&button)
    {
        row[0].pictogram = None;
        row.push(Button { pictogram: None, ..button });
        *rows = 3;
        return;
    }
    let (button, rows) = fitted(button, width);
    blocks.push(Block::Buttons(vec![button], rows));
}

/// All that a button says on one row, where it says it in one language.
fn one_line(button: &Button) -> Option<String> {
    let all = || std::iter::once(&button.words).chain(&button.detail);
    let texts = all().map(|words| words.main.as_str()).filter(|text| !text.is_empty());
    all().all(|words| words.zh.is_none()).then(|| texts.collect::<Vec<_>>().join("  "))
}

/// A button with its sign only if there is room for it, and the rows that it needs.
fn fitted(mut button: Button, width: u16) -> (Button, u16) {
    let room = usize::from(width.saturating_sub(AROUND).max(2));
    if let Some(line) = one_line(&button).filter(|line| line.width() <= room) {
        if line.width() + usize::from(BUTTON_SIGN) > room {
            button.pictogram = None;
        }
        return (button, 3);
    }
    let rows = |room: usize| {
        let all = std::iter::once(&button.words).chain(&button.detail);
        let texts = all.flat_map(|words: &Words| [Some(&words.main), words.zh.as_ref()]);
        let texts = texts.flatten().filter(|text| !text.is_empty());
        texts.map(|text| wrap(text, room).len() as u16).sum::<u16>()
    };
    let beside = room.saturating_sub(usize::from(BUTTON_SIGN));
    let widest = button.words.main.width().min(24);
    if button.pictogram.is_some() && beside >= widest && rows(beside) < 5 {
        let rows = rows(beside);
        return (button, rows + 2);
    }
    let rows = rows(room);
    button.pictogram = None;
    (button, rows + 2)
}

fn paginate(blocks: Vec<Block>, height: u16) -> Vec<Vec<Block>> {
    let mut pages: Vec<Vec<Block>> = vec![Vec::new()];
    let mut left = height;
    for mut block in blocks {
        while block.rows(height) > left {
            let page = pages.last_mut();
            let Some(page) = page.filter(|page| !page.is_empty()) else { break };
            if let Some(rest) = block.split(left) {
                page.push(block);
                block = rest;
                pages.push(Vec::new());
            } else {
                let carried = carried(page, &block, height);
                pages.push(carried);
            }
            let used: u16 =
                pages.last().iter().flat_map(|page| page.iter()).map(|it| it.rows(height)).sum();
            left = height - used.min(height);
        }
        left = left.saturating_sub(block.rows(height));
        if let Some(page) = pages.last_mut() {
            page.push(block);
        }
        // A text longer than a screen goes on over several.
        while let Some(rest) = overlong(&mut pages, height) {
            left = height.saturating_sub(rest.rows(height));
            pages.push(vec![rest]);
        }
    }
    pages
}

/// What is left over of a screen that is one text alone.
fn overlong(pages: &mut [Vec<Block>], height: u16) -> Option<Block> {
    match pages.last_mut()?.as_mut_slice() {
        [only] if only.rows(height) > height => only.split(height),
        _ => None,
    }
}

/// What goes over to the next screen with a block: its heading, and before keys what they type.
fn carried(page: &mut Vec<Block>, block: &Block, height: u16) -> Vec<Block> {
    let mut room = height.saturating_sub(block.rows(height));
    let mut from = page.len();
    let most = if matches!(block, Block::Keys(..)) { from } else { 1 };
    let least = from.saturating_sub(most).max(1);
    while from > least && page[from - 1].goes_with(block) && page[from - 1].rows(height) <= room {
        from -= 1;
        room -= page[from].rows(height);
    }
    page.split_off(from)
}

impl Block {
    fn rows(&self, height: u16) -> u16 {
        match self {
            Block::Text { sign, lines, .. } => (lines.len() as u16).max(sign.map_or(1, |_| SIGN.1)),
            Block::Buttons(_, rows) => *rows,
            Block::Tiles(_, rows) => *rows,
            Block::Keys(rows, gap) => {
                let count = rows.len() as u16;
                count + gap * count.saturating_sub(1)
            }
            Block::Code(_) => height,
            Block::Ink(_) => INK_ROWS,
        }
    }

    /// Takes the lines behind the first ones off a text, if that leaves two at least.
    fn split(&mut self, rows: u16) -> Option<Block> {
        match self {
            Block::Text { sign: None, lines, style } if rows >= 2 => {
                let rest = lines.split_off(usize::from(rows).min(lines.len()));
                (!rest.is_empty()).then_some(Block::Text { sign: None, lines: rest, style: *style })
            }
            _ => None,
        }
    }

    /// Whether this belongs to what follows it.
    fn goes_with(&self, next: &Block) -> bool {
        match (self, next) {
            (Block::Text { .. }, Block::Keys(..)) => true,
            (Block::Text { .. }, Block::Text { style, .. }) if is_bold(*style) => false,
            (Block::Text { style, .. }, _) => is_bold(*style),
            _ => false,
        }
    }

    /// For whoever looks for what had no room.
    fn name(&self) -> String {
        match self {
            Block::Text { lines, .. } => lines.join(" "),
            Block::Buttons(row, _) => row.iter().map(|button| &*button.words.main).collect(),
            Block::Tiles(row, _) => row.iter().map(|tile| &*tile.words).collect(),
            Block::Keys(..) => "keys".into(),
            Block::Code(_) => "QR".into(),
            Block::Ink(_) => "a picture".into(),
        }
    }

    fn draw(&self, ui: &mut Ui<'_>, area: Rect) {
        match self {
            Block::Text { sign, lines, style } => {
                let mut area = Column::new(area);
                if let Some((pictogram, style)) = sign {
                    let sign = Column::new(area.take_left(SIGN.0)).take(SIGN.1);
                    ui.pictogram(sign, *pictogram, *style);
                    area.take_left(1);
                }
                for line in lines {
                    ui.line_on(area.take(1), line, Align::Left, *style);
                }
            }
            Block::Buttons(row, _) => {
                for (button, room) in row.iter().zip(side_by_side(area, row.len())) {
                    button.draw(ui, room);
                }
            }
            Block::Tiles(row, rows) => {
                // Inside of the page, so that the ring of the focus has room.
                let area = Column::new(Column::new(area).take(rows - 1)).inset(1).rest();
                for (tile, room) in row.iter().zip(side_by_side(area, row.len())) {
                    tile.draw(ui, room);
                }
            }
            Block::Keys(rows, gap) => {
                let mut area = Column::new(area);
                for row in rows {
                    let mut line = Column::new(area.take(1));
                    area.gap(*gap);
                    let width = (line.rest().width + 1) / row.len() as u16;
                    for key in row {
                        let room = line.take_left(width);
                        draw_key(ui, key, Rect { width: room.width.saturating_sub(1), ..room });
                    }
                }
            }
            Block::Code(code) => qr::picture(ui, area, code),
            Block::Ink(rows) => picture::draw_large(ui, area, rows),
        }
    }
}

/// Equal parts of an area with a column between them.
fn side_by_side(area: Rect, count: usize) -> impl Iterator<Item = Rect> {
    let count = count as u16;
    let width = (area.width - (count - 1)) / count;
    (0..count).map(move |at| Rect { x: area.x + at * (width + 1), width, ..area })
}

fn is_bold(style: Style) -> bool {
    style.add_modifier.contains(Modifier::BOLD)
}

fn draw_key(ui: &mut Ui<'_>, key: &Button, area: Rect) {
    let Some(action) = key.action else { return };
    let style = match () {
        () if ui.hold.is_pressed(action) => theme::PRESSED,
        () if ui.is_focused(action) => theme::MAIN_BUTTON,
        () => theme::KEY_CHIP,
    };
    ui.line_on(area, &key.words.main, Align::Centre, style.add_modifier(Modifier::BOLD));
    ui.record_key(area, action, key.key);
}

//! A receipt's code as a picture together with what was booked, as large as the page has room for
//! both: for terminals that show pictures.

use super::booking_facts::{self, Facts, Size};
use super::column::{Column, middle};
use super::qr::{self, Codes};
use super::size_class::SizeClass;
use super::ui::Ui;
use crate::kiosk::theme;
use ratatui::layout::Rect;

/// How the code and what was booked share the page, from the best on: the code's size in quarters
/// of the largest, which of both ways to tell it, and the sizes of date, hours and number.
const PICTURED: [(u16, usize, &[Size]); 6] = [
    (4, 0, &[Size::Large, Size::Medium]),
    (4, 1, &[Size::Large, Size::Medium]),
    (3, 1, &[Size::Medium]),
    (4, 1, &[Size::Close]),
    (3, 1, &[Size::Close]),
    (2, 1, &[Size::Close, Size::Small]),
];

/// Columns of what is told beside a code that is a picture, at least, and of the code at most.
const WORDS: u16 = 42;
const WIDEST: u16 = 80;

/// Columns of what is told beside a code in cells, at least, and from which on both stand inside
/// header and footer.
const WORDS_WIDTH: u16 = 33;
const INSIDE_WIDTH: u16 = 46;

/// Where a code that is a picture stands, in quarters of the largest, and the room for what is told
/// with it: beside it, or above it on a standing screen. A cell is two to three times as high as
/// wide; the picture is white at its edges where its room is not square.
fn beside(mut page: Column, screen: Rect, quarters: u16) -> (Rect, Rect) {
    let room = page.rest();
    let rows_of = |columns: u16| match SizeClass::of(screen) {
        SizeClass::Upright | SizeClass::Compact => (columns * 3).div_ceil(8),
        SizeClass::Standard | SizeClass::Wide => columns.div_ceil(2),
    };
    let widest = match room.width < room.height * 2 {
        true => {
            let columns = room.width.min(48) * quarters / 4;
            let place = page.take_bottom(rows_of(columns));
            page.take_bottom(1);
            return (middle(place, columns, place.height), page.rest());
        }
        false => room.width.saturating_sub(WORDS + 1).min(room.height * 8 / 3).min(WIDEST),
    };
    let columns = (widest * quarters / 4).max(qr::PICTURE.0);
    let place = page.take_left(columns);
    page.take_left(1);
    (Rect { height: rows_of(columns).min(place.height), ..place }, page.rest())
}

/// Whether a page of both takes the whole screen, header and footer included. A code that is a
/// picture stands inside.
pub fn takes_all(ui: &Ui<'_>, body: Rect, codes: &Codes) -> bool {
    if is_pictured(ui) {
        return false;
    }
    let room = Rect { width: body.width.saturating_sub(INSIDE_WIDTH + 1), ..body };
    codes.for_room(room).is_none_or(|code| {
        let (columns, rows) = qr::cells(code, room);
        columns > room.width || rows > room.height
    })
}

/// A page of both: as a picture with the best of `facts`, or the code in cells with `in_cells`
/// beside or below it. `foot` draws what stands at the end of the column that it is given.
pub fn page(
    ui: &mut Ui<'_>,
    area: Rect,
    codes: &Codes,
    (facts, in_cells): (&[Facts<'_>; 2], usize),
    foot: impl Fn(&mut Ui<'_>, &mut Column),
) {
    let mut page = Column::new(area);
    if is_pictured(ui) {
        foot(ui, &mut page);
        draw(ui, page, codes, facts);
        return;
    }
    let upright = area.width < area.height * 2;
    let room = match upright {
        true => Rect { height: area.height.saturating_sub(15), ..area },
        false => Rect { width: area.width.saturating_sub(WORDS_WIDTH + 1), ..area },
    };
    let Some(code) = codes.for_room(room) else { return };
    let (columns, rows) = qr::cells(code, room);
    let place = match upright {
        true => middle(page.take(rows), columns, rows),
        false => middle(page.take_left(columns), columns, rows),
    };
    if upright {
        page = page.inset(1);
    } else {
        page.take_left(1);
    }
    qr::draw(ui, place, code);
    foot(ui, &mut page);
    booking_facts::draw(ui, page.rest(), &facts[in_cells]);
}

/// Whether codes are pictures here: not on a page of larger type, which is turned.
pub fn is_pictured(ui: &Ui<'_>) -> bool {
    ui.has_pictures && !ui.turns_pages()
}

/// Draws both in the best way that has room; whether there is one. `facts` are all, and those
/// without what the person knows. Nothing is drawn that stays where there is no room.
pub fn draw(ui: &mut Ui<'_>, room: Column, codes: &Codes, facts: &[Facts<'_>; 2]) -> bool {
    let Some(code) = codes.smallest() else { return false };
    for (share, told, sizes) in PICTURED {
        ui.fill(room.rest(), theme::PLAIN);
        let (place, words) = beside(room, ui.buffer.area, share);
        if booking_facts::draw_fitting(ui, words, &facts[told], sizes) {
            qr::picture(ui, place, code);
            return true;
        }
    }
    ui.fill(room.rest(), theme::PLAIN);
    false
}

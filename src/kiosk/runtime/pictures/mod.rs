//! Large type and pictures in kitty, laid over the cells of the frame that was just drawn. What was
//! sent is kept, here and in the terminal, and only the difference to the frame before is sent.
//! Pictures of texts are forgotten with the visit: they may show a person's data.

mod card;
mod coverage;
mod lettering;
mod map;
mod protocol;
mod raster;
mod svg;

use crate::kiosk::widgets::graphic::{Figure, Graphic};
use coverage::Rgb;
use raster::Raster;
use ratatui::layout::Rect;
use ratatui::style::Color;
use zeroize::{Zeroize, Zeroizing};

/// The most bytes of pictures that are kept though nothing shows them.
const KEPT_BYTES: usize = 1 << 20;

/// The pictures of one terminal.
#[derive(Default)]
pub struct Pictures {
    raster: Raster,
    kept: Vec<Kept>,
    placed: Vec<Placed>,
    wanted: Vec<Placed>,
    /// The screen that was drawn last: when its size changes, the terminal is cleared, and a clear
    /// frees every picture in it.
    screen: Rect,
    last_id: u32,
    frame: u64,
    in_visit: bool,
    out: Zeroizing<Vec<u8>>,
}

/// A picture that was made.
struct Kept {
    figure: Figure,
    look: Look,
    id: u32,
    /// Empty if the text does not fit larger than the cells have it: then these stay.
    png: Zeroizing<Vec<u8>>,
    /// Whether the terminal has it.
    sent: bool,
    /// The last frame that showed it.
    shown: u64,
}

/// How a figure is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    /// Dots of a cell and of the whole.
    cell: (u16, u16),
    size: (u16, u16),
    colours: (Rgb, Rgb),
}

impl Look {
    /// `None` if it cannot be drawn.
    fn of(graphic: &Graphic, cell: (u16, u16)) -> Option<Self> {
        let Graphic { area, figure: _, ink, ground } = graphic;
        let colours = (rgb(*ink)?, rgb(*ground)?);
        let size = (area.width.checked_mul(cell.0)?, area.height.checked_mul(cell.1)?);
        (size.0 > 0 && size.1 > 0).then_some(Self { cell, size, colours })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Placed {
    id: u32,
    area: Rect,
}

/// What a frame is drawn on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Surface {
    pub screen: Rect,
    /// Dots of a cell, across and down.
    pub cell: (u16, u16),
    /// Whether there is a visit. When it has ended, its texts are forgotten.
    pub in_visit: bool,
}

impl Pictures {
    /// What has to be written to the terminal at once after a frame, so that nothing of the frame
    /// before lies over it while the new pictures are made.
    pub fn take_away(&mut self, graphics: &[Graphic], surface: Surface) -> &[u8] {
        self.out.zeroize();
        // After a change of size there is nothing left to take away.
        if self.screen == surface.screen {
            self.wanted.clear();
            for graphic in graphics {
                let look = Look::of(graphic, surface.cell);
                if let Some(at) = look.and_then(|look| self.position(&graphic.figure, look)) {
                    self.wanted.push(Placed { id: self.kept[at].id, area: graphic.area });
                }
            }
            self.take_away_unwanted();
        }
        &self.out
    }

    /// What has to be written to the terminal after a frame, so that it shows these graphics and no
    /// others. Empty if nothing has changed.
    pub fn update(&mut self, graphics: &[Graphic], surface: Surface) -> &[u8] {
        self.out.zeroize();
        self.frame += 1;
        if self.screen != surface.screen {
            self.screen = surface.screen;
            self.placed.clear();
            self.kept.iter_mut().for_each(|kept| kept.sent = false);
        }
        self.wanted.clear();
        for graphic in graphics {
            if let Some(id) = self.picture(graphic, surface.cell) {
                self.wanted.push(Placed { id, area: graphic.area });
            }
        }
        self.take_away_unwanted();
        for new in self.wanted.iter().filter(|new| !self.placed.contains(new)) {
            protocol::place(&mut self.out, new.id, new.area);
        }
        std::mem::swap(&mut self.placed, &mut self.wanted);
        let ended = self.in_visit && !surface.in_visit;
        self.in_visit = surface.in_visit;
        if ended {
            self.forget_texts();
        }
        self.keep_within(KEPT_BYTES);
        &self.out
    }

    /// The number of a graphic's picture, which the terminal has then. `None` if it has none.
    fn picture(&mut self, graphic: &Graphic, cell: (u16, u16)) -> Option<u32> {
        let (figure, look) = (&graphic.figure, Look::of(graphic, cell)?);
        let at = match self.position(figure, look) {
            Some(at) => at,
            None => {
                let Look { size, colours, .. } = look;
                let dots = (usize::from(size.0), usize::from(size.1));
                let png = self.raster.png(figure, dots, usize::from(cell.1), colours);
                let png = png.unwrap_or_default();
                self.last_id += 1;
                let (figure, id, shown) = (figure.clone(), self.last_id, self.frame);
                self.kept.push(Kept { figure, look, id, png, sent: false, shown });
                self.kept.len() - 1
            }
        };
        let kept = &mut self.kept[at];
        kept.shown = self.frame;
        if kept.png.is_empty() {
            return None;
        }
        if !kept.sent {
            protocol::transmit(&mut self.out, kept.id, &kept.png);
            kept.sent = true;
        }
        Some(kept.id)
    }

    /// Where the picture of a figure is kept.
    fn position(&self, figure: &Figure, look: Look) -> Option<usize> {
        self.kept.iter().position(|kept| kept.look == look && kept.figure == *figure)
    }

    fn take_away_unwanted(&mut self) {
        for old in self.placed.iter().filter(|old| !self.wanted.contains(old)) {
            protocol::take_away(&mut self.out, old.id, old.area);
        }
        self.placed.retain(|old| self.wanted.contains(old));
    }

    /// Forgets the texts and codes that are not shown now, here and in the terminal.
    fn forget_texts(&mut self) {
        let now = self.frame;
        self.drop_where(|kept| match kept.figure {
            Figure::Text(_) | Figure::Code(_) | Figure::Dots(_) => kept.shown < now,
            Figure::Pictogram(_) | Figure::Card { .. } | Figure::Map(_) => false,
        });
        self.raster.forget();
    }

    /// Drops the pictures that were not shown for longest until the rest has at most so many bytes.
    fn keep_within(&mut self, most: usize) {
        let mut bytes: usize = self.kept.iter().map(|kept| kept.png.len()).sum();
        while bytes > most {
            let hidden = self.kept.iter().filter(|kept| kept.shown < self.frame);
            let Some(oldest) = hidden.min_by_key(|kept| kept.shown) else { return };
            let (id, freed) = (oldest.id, oldest.png.len());
            self.drop_where(|kept| kept.id == id);
            bytes -= freed;
        }
    }

    fn drop_where(&mut self, is_dropped: impl Fn(&Kept) -> bool) {
        let out = &mut self.out;
        let mut deleted = false;
        self.kept.retain(|kept| {
            let dropped = is_dropped(kept);
            if dropped && kept.sent {
                protocol::delete(out, kept.id);
                deleted = true;
            }
            !dropped
        });
        if deleted {
            // With one picture kitty (0.26) frees all others that are nowhere on the screen.
            let placed = &self.placed;
            let is_placed = |id| placed.iter().any(|placed| placed.id == id);
            self.kept.iter_mut().for_each(|kept| kept.sent &= is_placed(kept.id));
        }
    }
}

/// Only explicit colours can be drawn with: the terminal's own are not known here.
fn rgb(colour: Color) -> Option<Rgb> {
    if let Color::Rgb(red, green, blue) = colour { Some((red, green, blue)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::domain::personal::Personal;
    use crate::kiosk::widgets::graphic::Lettering;
    use crate::kiosk::widgets::pictogram::Pictogram;
    use crate::kiosk::widgets::ui::Align;
    use crate::receipt::qr::{Qr, QrSize};

    const SURFACE: Surface =
        Surface { screen: Rect::new(0, 0, 85, 24), cell: (12, 32), in_visit: true };

    fn graphic(figure: Figure, x: u16) -> Graphic {
        let (ink, ground) = (Color::Rgb(10, 62, 88), Color::Rgb(250, 248, 243));
        Graphic { area: Rect::new(x, 3, 4, 2), figure, ink, ground }
    }

    fn number(text: &str) -> Figure {
        let (text, align) = (Personal::new(text), Align::Left);
        Figure::Text(Lettering { text, language: Language::En, align, is_label: false })
    }

    /// The actions of the sequences: `t` sent, `p` shown, `i` taken away, `I` deleted.
    fn actions(out: &[u8]) -> String {
        let text = String::from_utf8(out.to_vec()).unwrap();
        let parts = text.split("\x1b_Ga=").skip(1);
        parts
            .map(|part| part.strip_prefix("d,d=").unwrap_or(part).chars().next().unwrap())
            .collect()
    }

    #[test]
    fn only_the_difference_to_the_frame_before_is_sent() {
        let mut pictures = Pictures::default();
        let (home, back) = (Figure::Pictogram(Pictogram::Home), Figure::Pictogram(Pictogram::Back));
        let mut show = |graphics: &[Graphic]| actions(pictures.update(graphics, SURFACE));
        assert_eq!(show(&[graphic(home.clone(), 0), graphic(back.clone(), 10)]), "ttpp");
        assert_eq!(show(&[graphic(home.clone(), 0), graphic(back.clone(), 10)]), "");
        assert_eq!(show(&[graphic(home.clone(), 0), graphic(back, 20)]), "ip", "it was moved");
        assert_eq!(show(&[graphic(home.clone(), 0), graphic(home, 20)]), "ip", "one at two places");
        assert_eq!(show(&[]), "ii", "its data stays in the terminal");
    }

    #[test]
    fn what_is_gone_is_taken_away_before_anything_new_is_made() {
        let mut pictures = Pictures::default();
        let (home, back) = (Figure::Pictogram(Pictogram::Home), Figure::Pictogram(Pictogram::Back));
        pictures.update(&[graphic(home.clone(), 0), graphic(back.clone(), 10)], SURFACE);
        let next = [graphic(home, 0), graphic(number("47"), 10), graphic(back, 20)];
        assert_eq!(actions(pictures.take_away(&next, SURFACE)), "i", "the one that moves");
        assert_eq!(actions(pictures.update(&next, SURFACE)), "tpp");
        assert_eq!(actions(pictures.take_away(&[], SURFACE)), "iii");
        assert_eq!(actions(pictures.update(&[], SURFACE)), "");
    }

    #[test]
    fn after_a_change_of_size_everything_is_sent_again() {
        let mut pictures = Pictures::default();
        let graphics = [graphic(Figure::Pictogram(Pictogram::Home), 0)];
        pictures.update(&graphics, SURFACE);
        let larger = Surface { screen: Rect::new(0, 0, 100, 32), ..SURFACE };
        assert_eq!(actions(pictures.update(&graphics, larger)), "tp");
        let clearer = Surface { cell: (18, 48), ..larger };
        assert_eq!(actions(pictures.update(&graphics, clearer)), "tip", "other dots");
    }

    #[test]
    fn when_the_visit_ends_its_texts_are_deleted_and_pictograms_are_not() {
        let mut pictures = Pictures::default();
        let home = Figure::Pictogram(Pictogram::Home);
        let code = Figure::Code(Qr::new("6BFOXN", QrSize::Small).unwrap());
        let code = Graphic { area: Rect::new(20, 3, 12, 5), ..graphic(code, 0) };
        let shown = [graphic(number("47"), 0), graphic(home.clone(), 10), code];
        pictures.update(&shown, SURFACE);
        let rest = Surface { in_visit: false, ..SURFACE };
        assert_eq!(actions(pictures.update(&[graphic(home.clone(), 10)], rest)), "iiII");
        assert!(pictures.kept.iter().all(|kept| kept.figure == home));
        assert_eq!(actions(pictures.update(&[graphic(number("47"), 0)], SURFACE)), "tip");
    }

    #[test]
    fn what_the_terminal_freed_with_another_picture_is_sent_again() {
        let mut pictures = Pictures::default();
        let (home, back) = (Figure::Pictogram(Pictogram::Home), Figure::Pictogram(Pictogram::Back));
        let both = [graphic(number("47"), 0), graphic(home.clone(), 10), graphic(back.clone(), 20)];
        pictures.update(&both, SURFACE);
        let rest = Surface { in_visit: false, ..SURFACE };
        assert_eq!(actions(pictures.update(&[graphic(home.clone(), 10)], rest)), "iiI");
        let again = [graphic(home, 10), graphic(back, 20)];
        assert_eq!(actions(pictures.update(&again, SURFACE)), "tp", "the one that was nowhere");
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let mut pictures = Pictures::default();
        let figures = Pictogram::ALL.iter().map(|pictogram| Figure::Pictogram(*pictogram));
        for figure in figures {
            pictures.update(&[graphic(figure, 0)], SURFACE);
            pictures.keep_within(2000);
        }
        let bytes: usize = pictures.kept.iter().map(|kept| kept.png.len()).sum();
        assert!(bytes <= 2000, "{bytes} bytes");
        assert!(!pictures.kept.is_empty());
    }
}

//! The NHI card that moves into the reader or out of it. It is drawn from lines alone, as the words
//! on a card cannot be read from where a person stands.

use super::coverage::Coverage;
use super::svg::{self, Place};
use crate::kiosk::widgets::graphic::{CARD_FRAMES, CardWay};

/// The drawing's width and height in its own units.
const SIZE: (f32, f32) = (600.0, 320.0);
/// Where the card begins when it is farthest from the reader, and how far it moves with a frame.
const CARD_AT: (f32, f32) = (6.0, 74.0);
const STEP: f32 = 34.0;
const CARD_WIDTH: f32 = 280.0;
/// The left edge of the slot.
const SLOT: f32 = 478.0;
/// Between two chevrons.
const CHEVRONS: f32 = 27.0;

const CARD: &str = include_str!("../../pictograms/large/card.svg");
const READER: &str = include_str!("../../pictograms/large/reader.svg");
const CHEVRON_IN: &str = include_str!("../../pictograms/large/chevron_in.svg");
const CHEVRON_OUT: &str = include_str!("../../pictograms/large/chevron_out.svg");

/// Draws one frame of it in an area, counted round and round.
pub fn draw(coverage: &mut Coverage, area: (usize, usize), way: CardWay, frame: u8) {
    let place = Place::inside(area, SIZE);
    let frame = frame % CARD_FRAMES;
    let steps = match way {
        CardWay::In => frame,
        CardWay::Out => CARD_FRAMES - 1 - frame,
    };
    let left = CARD_AT.0 + STEP * f32::from(steps);
    svg::draw(coverage, CARD, place.moved(left, CARD_AT.1), 1.0);
    svg::draw(coverage, READER, place, 1.0);
    // In the middle between the card and the slot; the dark one is nearest to where the card goes.
    let middle = (left + CARD_WIDTH + SLOT) / 2.0;
    let (chevron, strengths) = match way {
        CardWay::In => (CHEVRON_IN, [0.3, 0.6, 1.0]),
        CardWay::Out => (CHEVRON_OUT, [1.0, 0.6, 0.3]),
    };
    for (at, strength) in [-CHEVRONS, 0.0, CHEVRONS].into_iter().zip(strengths) {
        svg::draw(coverage, chevron, place.moved(middle + at, SIZE.1 / 2.0), strength);
    }
}

//! What the repository says about itself: walls between rooms, texts in six languages, crates.

mod architecture;
mod dependencies;
mod locales;
mod translations;

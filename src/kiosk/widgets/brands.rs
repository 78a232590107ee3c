//! A vaccine's brand, as people know it.

use super::ui::{Ui, Words};
use crate::domain::round::Brand;
use crate::i18n::messages as say;

pub fn brand_name(brand: Brand) -> &'static dyn say::Message {
    match brand {
        Brand::AstraZeneca => &say::BrandAstraZeneca,
        Brand::Moderna => &say::BrandModerna,
    }
}

pub fn brand_words(ui: &Ui<'_>, brand: Brand) -> Words {
    ui.say(brand_name(brand))
}

//! A vaccine's brand, as people know it.

use super::ui::{Ui, Words};
use crate::domain::round::Brand;
use crate::i18n::messages as say;

pub fn brand_words(ui: &Ui<'_>, brand: Brand) -> Words {
    match brand {
        Brand::AstraZeneca => ui.say(&say::BrandAstraZeneca),
        Brand::Moderna => ui.say(&say::BrandModerna),
    }
}

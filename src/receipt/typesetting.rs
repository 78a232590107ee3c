//! Shapes text and draws its glyphs with the machine's fonts: for paper, and for large type on a
//! screen. Text is shaped and broken into lines by a library that knows Thai, Chinese and Japanese.

use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontWeight, GlyphRun, Layout,
    LayoutContext, Line, PositionedLayoutItem, StyleProperty,
};
use std::borrow::Cow;
use swash::FontRef;
use swash::scale::{Render, ScaleContext, Source};
use swash::zeno::{Format, Vector};

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub struct TextStyle {
    /// Font families in the order of preference (CSS font-family).
    pub fonts: &'static str,
    /// Dots of an em.
    pub size: f32,
    /// 400 is regular and 700 bold (CSS font-weight).
    pub weight: f32,
}

/// Sets text. It is kept, because it looks up the machine's fonts only once.
pub struct Typesetter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    scaling: ScaleContext,
}

impl Default for Typesetter {
    fn default() -> Self {
        Self {
            fonts: FontContext::new(),
            layouts: LayoutContext::new(),
            scaling: ScaleContext::new(),
        }
    }
}

impl Typesetter {
    /// Drops what shaping has kept of texts; the fonts stay.
    pub fn forget(&mut self) {
        self.layouts = LayoutContext::new();
    }

    /// Lines of at most `width` dots. Without a width the text stays on one line.
    pub fn layout(
        &mut self,
        text: &str,
        style: TextStyle,
        width: Option<f32>,
        alignment: Alignment,
    ) -> Layout<()> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, true);
        let families = FontFamily::Source(Cow::Borrowed(style.fonts));
        builder.push_default(StyleProperty::FontFamily(families));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(style.weight)));
        let mut layout: Layout<()> = builder.build(text);
        layout.break_all_lines(width);
        layout.align(alignment, AlignmentOptions::default());
        layout
    }

    /// Draws a line, moved by `(x, y)` from its place in the layout. `put` is told of each dot how
    /// much of it the glyph covers, up to 255; neighbouring glyphs may tell of the same dot.
    pub fn ink(
        &mut self,
        line: &Line<'_, ()>,
        (x, y): (f32, f32),
        mut put: impl FnMut(usize, usize, u8),
    ) {
        for item in line.items() {
            if let PositionedLayoutItem::GlyphRun(run) = item {
                self.run(&run, (x, y), &mut put);
            }
        }
    }

    fn run(
        &mut self,
        glyphs: &GlyphRun<'_, ()>,
        (left, top): (f32, f32),
        put: &mut impl FnMut(usize, usize, u8),
    ) {
        let run = glyphs.run();
        let font = run.font();
        let Some(font) = FontRef::from_index(font.data.as_ref(), font.index as usize) else {
            return;
        };
        let scaler = self.scaling.builder(font).size(run.font_size()).hint(true);
        let mut scaler = scaler
            .normalized_coords(
                run.normalized_coords().iter().map(|coordinate| coordinate.to_bits()),
            )
            .build();
        for glyph in glyphs.positioned_glyphs() {
            let (x, y) = (glyph.x + left, glyph.y + top);
            let mut render = Render::new(&[Source::Outline]);
            render.format(Format::Alpha).offset(Vector::new(x.fract(), y.fract()));
            if run.synthesis().embolden() {
                render.embolden(run.font_size() / 36.0);
            }
            let Ok(id) = u16::try_from(glyph.id) else { continue };
            let Some(image) = render.render(&mut scaler, id) else { continue };
            let (left, up) = (
                x.floor() as i64 + i64::from(image.placement.left),
                y.floor() as i64 - i64::from(image.placement.top),
            );
            let across = image.placement.width.max(1) as usize;
            for (at, alpha) in image.data.iter().enumerate() {
                if let (Ok(x), Ok(y)) = (
                    usize::try_from(left + (at % across) as i64),
                    usize::try_from(up + (at / across) as i64),
                ) {
                    put(x, y, *alpha);
                }
            }
        }
    }
}

/// Whether the fonts that a layout was set with have every letter of it.
pub fn has_all_letters(layout: &Layout<()>) -> bool {
    let runs = layout.lines().flat_map(|line| line.items().collect::<Vec<_>>());
    runs.into_iter().all(|item| match item {
        // Glyph 0 is the box that a font draws for a letter that it does not have.
        PositionedLayoutItem::GlyphRun(run) => run.glyphs().all(|glyph| glyph.id != 0),
        PositionedLayoutItem::InlineBox(_) => true,
    })
}

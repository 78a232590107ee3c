//! Draws our own SVG files: paths, circles and rectangles of one colour, filled or with lines that
//! have round ends. This is all of SVG that they use; glyphs are drawn by the same library.

use super::coverage::Coverage;
use swash::zeno::{Cap, Fill, Join, Mask, Stroke, Style, Transform, Vector};

/// The width of a line that says none of its own.
const LINE: f32 = 6.0;

/// Where a drawing's upper left corner lies in dots, and how many dots its unit has.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub left: f32,
    pub top: f32,
    pub scale: f32,
}

impl Place {
    /// In the middle of an area, as large as it allows.
    pub fn inside(area: (usize, usize), size: (f32, f32)) -> Self {
        let (width, height) = (area.0 as f32, area.1 as f32);
        let scale = (width / size.0).min(height / size.1);
        let left = ((width - size.0 * scale) / 2.0).round();
        Self { left, top: ((height - size.1 * scale) / 2.0).round(), scale }
    }

    /// The same, moved by so many units.
    pub fn moved(self, x: f32, y: f32) -> Self {
        Self { left: self.left + x * self.scale, top: self.top + y * self.scale, ..self }
    }
}

/// Draws every shape of a file. `strength` is for those that are to be paler than their file says.
pub fn draw(coverage: &mut Coverage, svg: &str, place: Place, strength: f32) {
    for element in svg.split('<').skip(1) {
        let Some(path) = path_of(element) else { continue };
        let number = |name: &str, usual: f32| {
            attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(usual)
        };
        if attribute(element, "fill").is_some_and(|fill| fill != "none") {
            let fill = match attribute(element, "fill-rule") {
                Some("evenodd") => Fill::EvenOdd,
                Some(_) | None => Fill::NonZero,
            };
            ink(coverage, &path, fill, place, strength * number("fill-opacity", 1.0));
        }
        if attribute(element, "stroke") != Some("none") {
            let mut line = Stroke::new(number("stroke-width", LINE));
            line.cap(Cap::Round).join(Join::Round);
            ink(coverage, &path, line, place, strength * number("stroke-opacity", 1.0));
        }
    }
}

fn ink<'a>(
    coverage: &mut Coverage,
    path: &str,
    style: impl Into<Style<'a>>,
    place: Place,
    strength: f32,
) {
    let (width, height) = (coverage.width(), coverage.height());
    let transform =
        Transform::scale(place.scale, place.scale).then_translate(place.left, place.top);
    let (dots, _) = Mask::new(path)
        .transform(Some(transform))
        .style(style)
        .size(width as u32, height as u32)
        .offset(Vector::ZERO)
        .render();
    for (at, share) in dots.into_iter().enumerate() {
        if share > 0 {
            coverage.ink(at % width, at / width, (f32::from(share) * strength).round() as u8);
        }
    }
}

/// The outline of a shape; `None` for what is no shape.
fn path_of(element: &str) -> Option<String> {
    let name = element.split([' ', '\n']).next()?;
    let number = |name: &str| attribute(element, name).and_then(|text| text.parse::<f32>().ok());
    match name {
        "path" => attribute(element, "d").map(str::to_owned),
        "circle" => {
            let (x, y, r) = (number("cx")?, number("cy")?, number("r")?);
            let (left, across) = (x - r, r * 2.0);
            Some(format!("M{left} {y}a{r} {r} 0 1 1 {across} 0a{r} {r} 0 1 1 -{across} 0z"))
        }
        "rect" => {
            let (x, y) = (number("x")?, number("y")?);
            let (width, height) = (number("width")?, number("height")?);
            let r = number("rx").unwrap_or(0.0);
            let (across, down) = (width - r * 2.0, height - r * 2.0);
            Some(format!(
                "M{} {y}h{across}a{r} {r} 0 0 1 {r} {r}v{down}a{r} {r} 0 0 1 -{r} {r}\
                 h-{across}a{r} {r} 0 0 1 -{r} -{r}v-{down}a{r} {r} 0 0 1 {r} -{r}z",
                x + r
            ))
        }
        _ => None,
    }
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let rest = element.split_once(&format!(" {name}=\""))?.1;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(svg: &str) -> Coverage {
        let mut coverage = Coverage::new(20, 20);
        draw(&mut coverage, svg, Place { left: 0.0, top: 0.0, scale: 0.5 }, 1.0);
        coverage
    }

    #[test]
    fn shapes_are_filled_or_have_lines_and_holes_stay_open() {
        let disc = drawn(r#"<circle cx="20" cy="20" r="16" fill="currentColor" stroke="none"/>"#);
        assert_eq!((disc.share(10, 10), disc.share(0, 0)), (255, 0));
        let ring = drawn(r#"<circle cx="20" cy="20" r="16"/>"#);
        assert_eq!((ring.share(10, 10), ring.share(10, 2)), (0, 255));
        let frame = drawn(r#"<rect x="4" y="4" width="32" height="32" rx="4" stroke-width="4"/>"#);
        assert_eq!((frame.share(10, 10), frame.share(2, 10), frame.share(10, 18)), (0, 255, 255));
        let hole = drawn(
            r#"<path d="M4 4h32v32h-32zM12 12h16v16h-16z" fill="currentColor"
 stroke="none" fill-rule="evenodd"/>"#,
        );
        assert_eq!((hole.share(10, 10), hole.share(4, 4)), (0, 255));
        let pale = drawn(r#"<path d="M0 0h40v40h-40z" fill="currentColor" fill-opacity="0.2"/>"#);
        assert_eq!(pale.share(10, 10), 51);
    }
}

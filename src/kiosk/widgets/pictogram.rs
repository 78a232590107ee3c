//! The pictograms: small pictures that say without words what a button or a step is about.

/// Makes the enum and the list of all pictograms, with the file of each.
macro_rules! pictograms {
    ($($(#[$attribute:meta])* $name:ident = $file:literal,)+) => {
        /// A picture of one colour in a square box.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Pictogram {
            $($(#[$attribute])* $name,)+
        }

        impl Pictogram {
            pub const ALL: &[Pictogram] = &[$(Pictogram::$name),+];

            /// The picture as SVG: a box of 96x96, lines of 6 with round ends, one colour.
            pub fn svg(self) -> &'static str {
                match self {
                    $(Pictogram::$name => {
                        include_str!(concat!("../pictograms/", $file, ".svg"))
                    })+
                }
            }
        }
    };
}

pictograms! {
    /// A calendar with a plus: book a vaccination.
    Book = "book",
    /// A clipboard and a pencil: register.
    Register = "register",
    /// A calendar with a tick: my booking.
    Mine = "mine",
    /// A question mark in a ring.
    Help = "help",
    /// A pin on a map.
    Place = "place",
    /// A clock.
    Time = "time",
    /// A page with days.
    Calendar = "calendar",
    Phone = "phone",
    /// A card with a chip.
    Card = "card",
    /// A card that goes into a slot.
    In = "in",
    /// A card that comes out of a slot.
    Out = "out",
    Print = "print",
    Family = "family",
    Person = "person",
    Home = "home",
    Back = "back",
    /// 文 and 中: Chinese beside the language.
    Zh = "zh",
    /// A half-filled ring: high contrast.
    Contrast = "contrast",
    Sound = "sound",
    /// A syringe.
    Dose = "dose",
    /// The morning.
    Sun = "sun",
    Noon = "noon",
    /// The evening.
    Moon = "moon",
    /// A plug out of its socket: the service is not reached.
    Line = "line",
    /// A ring with a bar: not possible.
    Stop = "stop",
    /// A tick in a filled disc.
    Check = "check",
    /// A cross in a filled octagon, so that the shape tells it from the tick.
    Cross = "cross",
    /// An hourglass.
    Wait = "wait",
    /// 文A: choose a language.
    Language = "language",
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of a stretch of path data: `-` and a second point begin another one.
    fn numbers(data: &str) -> usize {
        let (mut count, mut inside, mut point) = (0, false, false);
        for sign in data.chars() {
            let begins = match sign {
                '0'..='9' => !inside,
                '.' => !inside || point,
                '-' => true,
                _ => {
                    inside = false;
                    continue;
                }
            };
            if begins {
                (count, inside, point) = (count + 1, true, false);
            }
            point |= sign == '.';
        }
        count
    }

    /// The renderer draws the first of several arcs after one letter, and no other.
    #[test]
    fn each_arc_has_its_letter() {
        for pictogram in Pictogram::ALL {
            let paths = pictogram.svg().split(" d=\"").skip(1);
            for path in paths.filter_map(|path| path.split('"').next()) {
                for (at, _) in path.match_indices(['a', 'A']) {
                    let data = &path[at + 1..];
                    let end = data.find(|sign: char| sign.is_ascii_alphabetic());
                    let data = &data[..end.unwrap_or(data.len())];
                    assert_eq!(numbers(data), 7, "{pictogram:?}: {data}");
                }
            }
        }
        assert_eq!(numbers("42 42 0 1 1 0-84.5.5"), 8);
    }
}

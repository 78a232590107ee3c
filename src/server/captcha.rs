//! Captchas: four digits, a picture of them, and a sealed token that contains the digits. The
//! answer is checked against the token, so only the tokens that were used have to be stored. A
//! captcha slows down a program that guesses, but does not stop a determined one; lockout and
//! limits do.

use super::auth::CLOCKS_DIFFER_BY;
use super::keys::fingerprint;
use super::sealer::Sealer;
use crate::api::captchas::{CAPTCHA_DIGITS, Captcha, CaptchaAnswer};
use crate::domain::splitmix::SplitMix64;
use crate::server::hexadecimal::hexadecimal;
use jiff::{SignedDuration, Timestamp};

/// What tokens are sealed for: a session's token is no captcha. The text is older than the name
/// captcha, and changing it would refuse the tokens that kiosks hold.
const CONTEXT: &[u8] = b"graphic";

/// How long a captcha may be answered.
pub const VALID_FOR: SignedDuration = SignedDuration::from_mins(5);

/// The digits: five columns, seven rows, the leftmost column in the highest of the five bits.
pub const GLYPHS: [[u8; 7]; 10] = [
    [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
    [0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
];

/// Draws captchas and checks the answers.
pub struct Captchas {
    sealer: Sealer,
}

/// A captcha of ours with somebody's answer to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answered {
    pub is_right: bool,
    pub expires: Timestamp,
    /// Of the token's bytes, to remember by that it was used: however it is spelled, it is the
    /// same.
    pub fingerprint: [u8; 32],
}

impl Captchas {
    pub fn new(key: &[u8; 32]) -> Self {
        Self { sealer: Sealer::new(key) }
    }

    /// A new captcha. `random` must never be the same twice: the nonce, the digits and the specks
    /// are made from different bytes of it.
    pub fn draw(&self, larger: bool, now: Timestamp, random: [u8; 32]) -> Captcha {
        let number = u64::from_be_bytes([
            random[12], random[13], random[14], random[15], random[16], random[17], random[18],
            random[19],
        ]);
        let digits: Vec<u8> =
            (0..CAPTCHA_DIGITS as u32).map(|at| (number / 10_u64.pow(at) % 10) as u8).collect();
        let mut noise = SplitMix64::new(u64::from_be_bytes([
            random[20], random[21], random[22], random[23], random[24], random[25], random[26],
            random[27],
        ]));
        let rows = if larger { large(&digits) } else { usual(&digits, &mut noise) };
        let mut plain = digits;
        plain.extend_from_slice(&(now + VALID_FOR).as_second().to_be_bytes());
        let token = self.sealer.seal(&random, CONTEXT, &plain);
        Captcha { token: hexadecimal(token), rows }
    }

    /// Reads a token and looks at the digits. `None` if the token is not ours or has expired.
    /// Whether it was used before is checked in `routes::login`.
    pub fn read(&self, answer: &CaptchaAnswer, now: Timestamp) -> Option<Answered> {
        let mut bytes = hex::decode(&answer.token).ok()?;
        let fingerprint = fingerprint(&bytes);
        let opened = self.sealer.open(CONTEXT, &mut bytes)?;
        let (digits, expires) = opened.split_at_checked(CAPTCHA_DIGITS)?;
        let expires = Timestamp::from_second(i64::from_be_bytes(expires.try_into().ok()?)).ok()?;
        let is_right = answer
            .digits
            .expose()
            .bytes()
            .map(|byte| byte.wrapping_sub(b'0'))
            .eq(digits.iter().copied());
        let is_of_now = expires > now && expires <= now + VALID_FOR + CLOCKS_DIFFER_BY;
        is_of_now.then_some(Answered { is_right, expires, fingerprint })
    }
}

/// The usual picture: each digit at another height and with another lean, and specks between them.
fn usual(digits: &[u8], noise: &mut SplitMix64) -> Vec<String> {
    const WIDTH: usize = 17;
    const HEIGHT: usize = 20;
    let mut ink = vec![vec![false; WIDTH * digits.len()]; HEIGHT];
    for (at, digit) in digits.iter().enumerate() {
        let (right, down) = (1 + noise.below(4) as usize, noise.below(6) as usize);
        let lean = noise.below(3) as i64 - 1;
        for (row, bits) in GLYPHS[usize::from(*digit)].iter().enumerate() {
            for column in (0..5).filter(|column| bits >> (4 - column) & 1 == 1) {
                for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    let y = down + row * 2 + y;
                    let shift = lean * (7 - y as i64) / 5;
                    let x = (at * WIDTH + right + column * 2 + x) as i64 + shift;
                    if let Some(cell) =
                        usize::try_from(x).ok().and_then(|x| ink.get_mut(y)?.get_mut(x))
                    {
                        *cell = true;
                    }
                }
            }
        }
    }
    for row in &mut ink {
        for cell in row {
            // One cell in twenty-five is flipped. People still read the digits.
            *cell ^= noise.below(25) == 0;
        }
    }
    rows(&ink)
}

/// The larger picture: digits upright, three times as large, without specks.
fn large(digits: &[u8]) -> Vec<String> {
    const SCALE: usize = 3;
    const WIDTH: usize = 18;
    let mut ink = vec![vec![false; WIDTH * digits.len()]; 7 * SCALE];
    for (at, digit) in digits.iter().enumerate() {
        for (row, bits) in GLYPHS[usize::from(*digit)].iter().enumerate() {
            for column in (0..5).filter(|column| bits >> (4 - column) & 1 == 1) {
                for (x, y) in (0..SCALE).flat_map(|x| (0..SCALE).map(move |y| (x, y))) {
                    ink[row * SCALE + y][at * WIDTH + 1 + column * SCALE + x] = true;
                }
            }
        }
    }
    rows(&ink)
}

/// The wire's form of a picture: `#` for ink and `.` for paper.
fn rows(ink: &[Vec<bool>]) -> Vec<String> {
    ink.iter().map(|row| row.iter().map(|ink| if *ink { '#' } else { '.' }).collect()).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::personal::Personal;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// Reads the large picture back, as a person does.
    pub(crate) fn read(rows: &[String]) -> String {
        let lit = |x: usize, y: usize| rows[y].as_bytes()[x] == b'#';
        let glyph = |at: usize| {
            let bits = |row: usize| {
                (0..5).fold(0, |bits, column| {
                    bits << 1 | u8::from(lit(at * 18 + 2 + column * 3, row * 3 + 1))
                })
            };
            let seen: Vec<u8> = (0..7).map(bits).collect();
            GLYPHS.iter().position(|glyph| glyph.as_slice() == seen).expect("a digit")
        };
        (0..CAPTCHA_DIGITS).map(|at| glyph(at).to_string()).collect()
    }

    /// Each digit is in one of these pictures, and each lean.
    #[test]
    fn the_usual_picture_is_as_agreed() {
        let agreed = [
            concat!(
                ".....##.###......................#......######....#.................",
                ".....######....................#........##.###.##....########.......",
                "...##......#..........#.#.............##......##.....########.......",
                "....##......##.##..........#.........##......###........#.#..##.....",
                "..#..#..#...##...........##..................##..............##.....",
                "....##......##..........###..#.....#.........##..............##.....",
                "....##.....###.........####..#...........####................##.....",
                "....##......##.........####..............####.........#######.......",
                "....##....#.##...........##............##..............###..#.......",
                "....##......###...........#............##.............#....####..#..",
                "....##......##...........##..........###.....................##.....",
                "....##......##...........##...........#.....#...#............##.....",
                ".#.....##..##.............##........#.########.....#...#.....##.....",
                ".......######.............##.......#####.#####........#######.......",
                ".............#..#.........##.....#...................#########...#..",
                "..........................##........................................",
                "......##.........##...#.######...........................#.......#..",
                ".............#............#####..........#...............#..........",
                "#...............................#...................................",
                ".......#.........#............................#.....................",
            ),
            concat!(
                ".......................................#####.................#......",
                "..................#.....................####........#...............",
                "..........................#...........##................#########...",
                "..........##.......................#...##..............###########..",
                "..........##........##########.#.....##..........#.............##...",
                "........####....#...##########.......##.............................",
                "........####........##...............########................##.....",
                "......##..##........##............#..####.###................##.....",
                "..#...##..##.#......########.........##......###.#.........##.......",
                ".....#....##........########..#......##......##............##.#.....",
                "....##....##................##..#....##......###.....#...##.........",
                "....##########......#..#....##.......##......##..#.......##.........",
                ".....##########.............##..........######..........##.#........",
                "..........###.#.............##..........##.###..........##......#...",
                "......#.#..##.......##......##.......#...#..............##..........",
                "...........##.......##......##...................#......##...##.....",
                "...........##......#..######.#............................#........#",
                "#.....................######...............#........................",
                "#.......#.................#...#........#....#.......................",
                "............#.......#...........##...........................#......",
            ),
            concat!(
                ".....#...#...................#...................#......#########...",
                "...##.###............#.................#....#...........####.#####..",
                "...######.....#......#.......#....#....#..............#.........##..",
                "...#......##..........#####............#........................#...",
                "..#.......##.........##.###...#.............................##..#...",
                "..##......##.......##......##.....#...###.##.................##.....",
                "..##......##.......##......##.........###.##...............##.......",
                "....######....#....##......##.......#.......###............##.......",
                "....######.........##....#.##.......##......##...........##.........",
                "..##......##.........########..............####..........##.........",
                "..##......#.......#..########.............#.##...........##.........",
                "..##......##...#........#..#............####.............##.........",
                "...##...#.###.......#......##........#.####.............##..........",
                ".....######..............##..........##............#....##..........",
                ".....######..............##..........##......#......................",
                ".....................###.......#...#......#......#.#................",
                "..#.............#....####..........##..........#........#.......#...",
                "..........#.........#.............##########.#...............#......",
                ".....#............................##########........................",
                "#..#........................#..........................#............",
            ),
        ];
        let mut noise = SplitMix64::new(7);
        for (digits, agreed) in [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 2, 7]].into_iter().zip(agreed) {
            assert_eq!(usual(&digits, &mut noise).concat(), agreed, "{digits:?}");
        }
    }

    #[test]
    fn the_picture_shows_what_the_token_asks_for() {
        let captchas = Captchas::new(&[3; 32]);
        let mut seen = std::collections::HashSet::new();
        for random in 0..40 {
            let captcha = captchas.draw(true, at(0), [random; 32]);
            let digits = read(&captcha.rows);
            seen.insert(digits.clone());
            let answer = |digits: &str| CaptchaAnswer {
                token: captcha.token.clone(),
                digits: Personal::new(digits),
            };
            let right = captchas.read(&answer(&digits), at(299)).unwrap();
            assert!(right.is_right && right.expires == at(300), "{right:?}");
            assert_eq!(captchas.read(&answer(&digits), at(300)), None, "over");
            let other = Captchas::new(&[4; 32]).read(&answer(&digits), at(0));
            assert_eq!(other, None, "another service's");
            let capitals = CaptchaAnswer { token: captcha.token.to_uppercase(), ..answer(&digits) };
            assert_eq!(captchas.read(&capitals, at(299)), Some(right), "the same one");
            for wrong in ["", "12", "abcd", "99999", &digits.replace(&digits[..1], "x")] {
                let answered = captchas.read(&answer(wrong), at(0)).unwrap();
                assert!(!answered.is_right, "{wrong}");
            }
        }
        assert!(seen.len() > 30, "it is not always the same");
    }

    #[test]
    fn both_pictures_fit_the_smallest_screen() {
        for larger in [false, true] {
            for random in 0..40 {
                let rows = Captchas::new(&[3; 32]).draw(larger, at(0), [random; 32]).rows;
                assert!(
                    rows.len() <= 24
                        && rows.iter().all(|row| row.len() == rows[0].len() && row.len() <= 76)
                );
                assert!(rows.iter().any(|row| row.contains('#')));
            }
        }
    }

    #[test]
    fn a_larger_digit_stands_in_its_eighteen_columns() {
        // 8 fills its five columns of three, with one of paper before them and two after.
        let rows = large(&[8, 8]);
        assert_eq!((rows.len(), rows[0].len()), (21, 36));
        let inked = |column: usize| rows.iter().any(|row| row.as_bytes()[column] == b'#');
        let all: Vec<usize> = (0..36).filter(|column| inked(*column)).collect();
        assert!(all.iter().copied().eq((1..16).chain(19..34)), "{all:?}");
    }
}

//! SplitMix64 (Steele, Lea and Flood, 2014): numbers that look random and are the same for the same
//! seed. It makes practice data, the captcha's noise and the rush's spread; what must be secret or
//! unguessable is never made with it.

#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The next number below a limit; 0 if the limit is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next_u64() % limit.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gives_the_numbers_of_the_reference() {
        // The first outputs of Vigna's splitmix64.c for the seed 1234567.
        let mut numbers = SplitMix64::new(1_234_567);
        let first = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973];
        assert_eq!([numbers.next_u64(), numbers.next_u64()], first);
        assert_eq!(numbers.below(0), 0);
        let again = &mut SplitMix64::new(1_234_567);
        assert_eq!([again.below(1000), again.below(1000)], first.map(|number| number % 1000));
    }
}

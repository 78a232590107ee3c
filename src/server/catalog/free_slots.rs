//! Which slots of a site have a free seat: a bit for each, in the order of time, so that the first
//! of hundreds is found by looking at a few numbers. Written by whoever changes seats, and read by
//! requests without waiting.

use std::sync::atomic::{AtomicU64, Ordering};

const BITS: usize = u64::BITS as usize;

#[derive(Debug, Default)]
pub struct FreeSlots(Box<[AtomicU64]>);

impl FreeSlots {
    pub fn new(free: impl ExactSizeIterator<Item = bool>) -> Self {
        let mut words = vec![0_u64; free.len().div_ceil(BITS)];
        for (at, free) in free.enumerate() {
            words[at / BITS] |= u64::from(free) << (at % BITS);
        }
        Self(words.into_iter().map(AtomicU64::new).collect())
    }

    /// Notes whether the slot at this position has a free seat, after its seats were changed.
    ///
    /// Two may note the same slot at once, and the one that looked first may write last. So each
    /// looks again after it has written: whoever writes last has then seen the last change.
    pub fn note(&self, at: usize, is_free: impl Fn() -> bool) {
        let (word, bit) = (&self.0[at / BITS], 1 << (at % BITS));
        loop {
            let free = is_free();
            if free {
                word.fetch_or(bit, Ordering::SeqCst);
            } else {
                word.fetch_and(!bit, Ordering::SeqCst);
            }
            if is_free() == free {
                return;
            }
        }
    }

    /// The position of the first slot with a free seat, `from` or later.
    pub fn first(&self, from: usize) -> Option<usize> {
        let mut mask = u64::MAX << (from % BITS);
        for (nth, word) in self.0.iter().enumerate().skip(from / BITS) {
            let free = word.load(Ordering::SeqCst) & mask;
            if free != 0 {
                return Some(nth * BITS + free.trailing_zeros() as usize);
            }
            mask = u64::MAX;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::atomic::AtomicBool;

    proptest! {
        #[test]
        fn the_first_from_anywhere_is_that_of_the_list(
            free in proptest::collection::vec(prop::bool::weighted(0.03), 0..200),
            changes in proptest::collection::vec((0_usize..200, any::<bool>()), 0..8),
            from in 0_usize..220,
        ) {
            let slots = FreeSlots::new(free.iter().copied());
            let mut list = free;
            for (at, free) in changes {
                if let Some(bit) = list.get_mut(at) {
                    *bit = free;
                    slots.note(at, || free);
                }
            }
            let expected = (from..list.len()).find(|at| list[*at]);
            prop_assert_eq!(slots.first(from), expected);
        }
    }

    /// Two threads that change one slot at once, as the writer and the watch do.
    #[test]
    fn after_changes_at_once_the_bit_says_what_is_true() {
        for round in 0..2_000 {
            let slots = FreeSlots::new([round % 2 == 0].into_iter());
            let free = AtomicBool::new(round % 2 == 0);
            std::thread::scope(|scope| {
                for will_be in [true, false] {
                    let (slots, free) = (&slots, &free);
                    scope.spawn(move || {
                        free.store(will_be, Ordering::SeqCst);
                        slots.note(0, || free.load(Ordering::SeqCst));
                    });
                }
            });
            assert_eq!(slots.first(0).is_some(), free.load(Ordering::SeqCst));
        }
    }
}

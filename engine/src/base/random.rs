//! The engine's own seeded generator: ids and choices are the same for the same seed.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};

use crate::base::id::RequestId;

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random(u64);

impl Random {
    /// A generator that begins at this seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A number that is no key of the map yet.
pub(crate) fn fresh<K: Ord, V>(
    random: &mut Random,
    taken: &BTreeMap<K, V>,
    make: impl Fn(u64) -> K,
) -> K {
    loop {
        let id = make(random.draw());
        if !taken.contains_key(&id) {
            return id;
        }
    }
}

/// A hardware address that is locally administered, as AWS's are.
pub(crate) fn mac(random: &mut Random) -> [u8; 6] {
    let bits = random.draw().to_be_bytes();
    [0x02, bits[1], bits[2], bits[3], bits[4], bits[5]]
}

/// Some UUID, for a name.
pub(crate) fn uuid(random: &mut Random) -> String {
    let bits = u128::from(random.draw()) << 64 | u128::from(random.draw());
    RequestId(bits).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_the_published_algorithm() {
        let mut random = Random::new(1_234_567);
        assert_eq!(random.draw(), 6_457_827_717_110_365_317);
        assert_eq!(random.draw(), 3_203_168_211_198_807_973);
    }
}

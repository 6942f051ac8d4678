//! Hash keys: where in the range of all of them a partition key is, and how shards share it.

use md5::{Digest as _, Md5};

/// The hash key of a partition key.
pub(super) fn of(partition_key: &str) -> u128 {
    u128::from_be_bytes(Md5::digest(partition_key).into())
}

/// A hash key as it is stored.
pub(super) fn stored(hash: u128) -> String {
    format!("{hash:032x}")
}

/// The hash key that was stored so.
pub(super) fn read(text: &str) -> u128 {
    u128::from_str_radix(text, 16).unwrap_or(0)
}

/// The ranges of so many shards, which are as large as each other.
pub(super) fn even(shards: u32) -> Vec<(u128, u128)> {
    let count = u128::from(shards.max(1));
    // One less than there are hash keys, so that it can be counted.
    let width = u128::MAX / count;
    let low = |at: u128| if at == 0 { 0 } else { at * width + at.min(u128::MAX % count) };
    (0..count)
        .map(|at| (low(at), if at + 1 == count { u128::MAX } else { low(at + 1) - 1 }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_follow_each_other_and_leave_nothing_out() {
        for count in [1, 2, 3, 7, 100, 500] {
            let ranges = even(count);
            assert_eq!((ranges.len(), ranges[0].0), (count as usize, 0));
            assert_eq!(ranges.last().map(|range| range.1), Some(u128::MAX));
            for pair in ranges.windows(2) {
                assert!(pair[0].0 < pair[0].1 && pair[1].0 == pair[0].1 + 1, "{count}");
            }
        }
        assert_eq!(read(&stored(12)), 12);
        assert_eq!(stored(of("a")), "0cc175b9c0f1b6a831c399e269772661");
    }
}

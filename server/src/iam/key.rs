//! Ids of access keys, which tell their account as AWS's do, and secrets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Where the account stands in the 80 bits that an id spells: behind the first bit, which says so.
const ACCOUNT: u32 = 39;
const ACCOUNT_BITS: u128 = (1 << 40) - 1;
const TELLS: u128 = 1 << 79;

/// Bytes that nobody can foresee.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .expect("the kernel's generator is seeded long before a server runs");
    bytes
}

/// An id of IAM's: a prefix and 17 letters and digits.
pub(crate) fn fresh_id(prefix: &str) -> String {
    spelled(prefix, random::<17>())
}

/// An id of IAM's that is the same for the same name.
pub(crate) fn id_of(prefix: &str, name: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    spelled(prefix, digest.into_iter().take(17))
}

fn spelled(prefix: &str, bytes: impl IntoIterator<Item = u8>) -> String {
    let letters = bytes.into_iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    prefix.chars().chain(letters).collect()
}

/// A new id of a key: `AKIA` for one that lasts, `ASIA` for one of a session.
pub(crate) fn fresh_key(prefix: &str, account: u64) -> String {
    let drawn = u128::from_be_bytes(random()) & ((1 << ACCOUNT) - 1);
    let bits = TELLS | (u128::from(account) & ACCOUNT_BITS) << ACCOUNT | drawn;
    spelled(prefix, (0..16).rev().map(|place| (bits >> (5 * place) & 31) as u8))
}

/// The account that the id of a key tells; none of an id that tells none.
pub(crate) fn account_of(key: &str) -> Option<u64> {
    let letters = key.strip_prefix("AKIA").or_else(|| key.strip_prefix("ASIA"))?;
    if letters.len() != 16 {
        return None;
    }
    let bits = letters.bytes().try_fold(0_u128, |bits, letter| {
        let value = LETTERS.iter().position(|it| *it == letter)?;
        Some(bits << 5 | value as u128)
    })?;
    let account = (bits >> ACCOUNT & ACCOUNT_BITS) as u64;
    (bits & TELLS != 0 && account < 1_000_000_000_000).then_some(account)
}

/// The account that a key of 12 digits is.
pub(crate) fn account_number(key: &str) -> Option<u64> {
    let is_account = key.len() == 12 && key.bytes().all(|byte| byte.is_ascii_digit());
    if is_account { key.parse().ok() } else { None }
}

/// A new secret: 40 characters, as AWS's have.
pub(crate) fn fresh_secret() -> String {
    STANDARD.encode(random::<30>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_their_accounts() {
        for account in [0, 7, 123_456_789_012, 999_999_999_999] {
            let key = fresh_key("ASIA", account);
            assert_eq!((key.len(), account_of(&key)), (20, Some(account)), "{key}");
            assert_ne!(key, fresh_key("ASIA", account));
        }
        // What AWS's documentation shows tells nothing, nor does what is no key.
        for other in
            ["AKIAIOSFODNN7EXAMPLE", "test", "000000000000", "ASIA", "AKIAQQQQQQQQQQQQQQQ1"]
        {
            assert_eq!(account_of(other), None, "{other}");
        }
        // A key of AWS's own whose account is known from its documentation of the form.
        assert_eq!(account_of("ASIAQNZGKIQY56JQ7WML"), Some(29_608_264_753));
        assert_eq!(account_number("000000000012"), Some(12));
        assert_eq!(account_number("12"), None);
        assert_eq!(fresh_secret().len(), 40);
        assert_eq!(id_of("AROA", "r"), id_of("AROA", "r"));
    }
}

//! Versions of records: each kind's first, and how each later one comes out of the one before.
//!
//! A noun whose record changes gets a module `v2` beside `v1`, which stays as it is. `v2` gets
//! `impl Migrate` with `From = v1::Noun`, and `v1` alone stays in [`first_versions!`].

use alloc::vec::Vec;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::record::Record;

/// A version of a kind of record, and how it comes out of the version before.
pub trait Migrate: Sized + DeserializeOwned {
    /// Its number, from 1 on.
    const VERSION: u32;
    /// The version before; [`Unwritten`] for the first.
    type From: Migrate;

    /// What was stored in the version before, in this one. Records that are split off it go into
    /// `beside`: they are stored from then on, together with this one.
    fn migrate(from: Self::From, beside: &mut Vec<Record>) -> Self;
}

/// What comes before the first version of a kind: nothing that was ever written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Unwritten {}

impl Migrate for Unwritten {
    const VERSION: u32 = 0;
    type From = Unwritten;

    fn migrate(from: Unwritten, _: &mut Vec<Record>) -> Unwritten {
        from
    }
}

/// Reads what was stored in a version, through all versions since; none when it is a later version
/// than `T`.
///
/// # Errors
/// When it is not what that version has stored.
pub fn read<'de, T: Migrate, D: Deserializer<'de>>(
    version: u32,
    body: D,
    beside: &mut Vec<Record>,
) -> Result<Option<T>, D::Error> {
    if version == 0 || version > T::VERSION {
        return Ok(None);
    }
    if version == T::VERSION {
        return T::deserialize(body).map(Some);
    }
    let from = read::<T::From, D>(version, body, beside)?;
    Ok(from.map(|from| T::migrate(from, beside)))
}

/// Says of types that they are the first versions of their kinds.
macro_rules! first_versions {
    ($($noun:ty),*) => {
        $(impl crate::record::Migrate for $noun {
            const VERSION: u32 = 1;
            type From = crate::record::Unwritten;

            fn migrate(
                from: crate::record::Unwritten,
                _: &mut alloc::vec::Vec<crate::record::Record>,
            ) -> Self {
                match from {}
            }
        })*
    };
}
pub(super) use first_versions;

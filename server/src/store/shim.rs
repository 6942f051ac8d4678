//! Versions of records (to be in engine/src/record/version.rs).

use engine::effect::{Event, Key, Record};
use engine::function::Function;
use engine::network::eni::Eni;
use engine::network::group::Group;
use engine::network::resource::Resource;
use engine::network::subnet::Subnet;
use engine::network::vpc::Vpc;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A version of a kind of record, and how it comes out of the version before.
pub trait Migrate: Sized + DeserializeOwned {
    /// Its number, from 1 on.
    const VERSION: u32;
    /// The version before; [`Unwritten`] for the first.
    type From: Migrate;

    /// What was stored in the version before, in this one. Records that are split off it go into
    /// `beside`.
    fn migrate(from: Self::From, beside: &mut Vec<Record>) -> Self;
}

/// What comes before the first version of a kind: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Unwritten {}

impl Migrate for Unwritten {
    const VERSION: u32 = 0;
    type From = Unwritten;

    fn migrate(from: Unwritten, _: &mut Vec<Record>) -> Unwritten {
        from
    }
}

/// Reads what was stored in a version, through all the versions since; none when it is a later
/// version than this.
pub fn read<'de, T: Migrate, D: Deserializer<'de>>(
    version: u32,
    body: D,
    beside: &mut Vec<Record>,
) -> Result<Option<T>, D::Error> {
    if version == T::VERSION {
        return T::deserialize(body).map(Some);
    }
    if version > T::VERSION || T::VERSION == 0 {
        return Ok(None);
    }
    Ok(read::<T::From, D>(version, body, beside)?.map(|from| T::migrate(from, beside)))
}

macro_rules! first {
    ($($noun:ty),*) => {
        $(impl Migrate for $noun {
            const VERSION: u32 = 1;
            type From = Unwritten;

            fn migrate(from: Unwritten, _: &mut Vec<Record>) -> Self {
                match from {}
            }
        })*
    };
}
first!(Vpc, Subnet, Group, Eni, Resource, Function, Event);

macro_rules! kinds {
    ($($noun:ident: $kind:literal by $field:ident;)*) => {
        pub fn read_record<'de, D: Deserializer<'de>>(
            kind: &str,
            version: u32,
            body: D,
            beside: &mut Vec<Record>,
        ) -> Result<Option<Record>, D::Error> {
            match kind {
                $($kind => {
                    let read = read::<$noun, D>(version, body, beside)?;
                    Ok(read.map(|stored| Record::$noun(stored.into())))
                })*
                _ => Ok(None),
            }
        }
        pub fn kind(key: &Key) -> &'static str {
            match key { $(Key::$noun(_) => $kind,)* }
        }
        pub fn key(record: &Record) -> Key {
            match record { $(Record::$noun(stored) => Key::$noun(stored.$field),)* }
        }
        pub fn version(record: &Record) -> u32 {
            match record { $(Record::$noun(_) => <$noun as Migrate>::VERSION,)* }
        }
        pub fn body(record: &Record) -> String {
            match record { $(Record::$noun(stored) => serde_json::to_string(stored).expect("plain"),)* }
        }
    };
}
kinds! {
    Vpc: "vpc" by id;
    Subnet: "subnet" by id;
    Group: "group" by id;
    Eni: "eni" by id;
    Resource: "resource" by id;
    Function: "function" by id;
    Event: "event" by request;
}

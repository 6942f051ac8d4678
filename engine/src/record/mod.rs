//! Records: what is stored of each noun. Each is its own versioned type; what changes becomes a
//! new version, with [`Migrate`] from the one before, and the old one stays for those who stored it.

pub mod decision;
pub mod eni;
pub mod event;
pub mod function;
pub mod group;
pub mod resource;
pub mod subnet;
mod version;
pub mod vpc;

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, Serialize};

use crate::base::id::{EniId, FunctionId, GroupId, RequestId, ResourceId, SubnetId, VpcId};
use eni::Eni;
use event::Event;
use function::Function;
use group::Group;
use resource::Resource;
use subnet::Subnet;
use version::first_versions;
pub use version::{Migrate, Unwritten, read};
use vpc::Vpc;

/// A noun that is stored under a key.
pub trait Stored {
    /// The word by which a store keeps its kind apart, for instance `subnet`.
    const KIND: &'static str;
    /// What tells two of the kind apart.
    type Key;

    /// The key of this one.
    fn key(&self) -> Self::Key;
}

/// A change to the store: what is to be there, or no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Put the record in the place of any other of its key.
    Put(Box<Record>),
    /// No record of this key.
    Delete(Key),
}

/// Something stored; serialised as what it is, without a word of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Record {
    /// A VPC.
    Vpc(Vpc),
    /// A subnet.
    Subnet(Subnet),
    /// A security group with its rules.
    Group(Group),
    /// An ENI; classic ones of environments are not stored.
    Eni(Eni),
    /// A resource.
    Resource(Resource),
    /// A function with its versions.
    Function(Box<Function>),
    /// An asynchronous event that was answered with 202; the store adds the bytes.
    Event(Event),
}

/// The key of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    /// Of a VPC.
    Vpc(VpcId),
    /// Of a subnet.
    Subnet(SubnetId),
    /// Of a security group.
    Group(GroupId),
    /// Of an ENI.
    Eni(EniId),
    /// Of a resource.
    Resource(ResourceId),
    /// Of a function.
    Function(FunctionId),
    /// Of an asynchronous event.
    Event(RequestId),
}

macro_rules! stored {
    ($($noun:ident: $kind:literal by $field:ident: $id:ident;)*) => {
        $(impl Stored for $noun {
            const KIND: &'static str = $kind;
            type Key = $id;
            fn key(&self) -> $id {
                self.$field
            }
        })*

        impl Record {
            /// The key that it is stored under.
            pub fn key(&self) -> Key {
                match self {
                    $(Record::$noun(stored) => Key::$noun(<$noun as Stored>::key(stored)),)*
                }
            }

            /// The version of its kind that it is stored in.
            pub fn version(&self) -> u32 {
                match self {
                    $(Record::$noun(_) => <$noun as Migrate>::VERSION,)*
                }
            }

            /// Reads what was stored of a kind in a version; none when this engine does not know
            /// them. Records that a later version has split off it go into `beside`.
            ///
            /// # Errors
            /// When it is not what that version has stored.
            pub fn read<'de, D: Deserializer<'de>>(
                kind: &str,
                version: u32,
                body: D,
                beside: &mut Vec<Record>,
            ) -> Result<Option<Record>, D::Error> {
                match kind {
                    $($kind => {
                        let stored = read::<$noun, D>(version, body, beside)?;
                        Ok(stored.map(|stored| Record::$noun(stored.into())))
                    })*
                    _ => Ok(None),
                }
            }
        }

        impl Key {
            /// The word by which a store keeps its kind apart.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Key::$noun(_) => $noun::KIND,)*
                }
            }
        }
    };
}

stored! {
    Vpc: "vpc" by id: VpcId;
    Subnet: "subnet" by id: SubnetId;
    Group: "group" by id: GroupId;
    Eni: "eni" by id: EniId;
    Resource: "resource" by id: ResourceId;
    Function: "function" by id: FunctionId;
    Event: "event" by request: RequestId;
}

first_versions!(Vpc, Subnet, Group, Eni, Resource, Function, Event);

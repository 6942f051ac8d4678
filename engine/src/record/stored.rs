//! What a store keeps: changes, records of every kind, and the keys that tell them apart.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::base::id::{
    AliasId, CheckpointId, CidrAssociationId, EniId, FunctionId, LayerId, MappingId, PolicyId,
    RequestId, ResourceId, TokenId, UrlId,
};
use crate::record::alias::Alias;
use crate::record::checkpoint::Checkpoint;
use crate::record::event::Event;
use crate::record::function::Function;
use crate::record::function_url::FunctionUrl;
use crate::record::layer::Layer;
use crate::record::mapping::Mapping;
use crate::record::policy::ResourcePolicy;
use crate::record::resource::Resource;
use crate::record::secondary_addresses::SecondaryAddresses;
use crate::record::token::Token;
use crate::record::version::{Migrate, read};
use crate::record::vpc_block::VpcBlock;

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

macro_rules! records {
    ($($module:ident: $noun:ident($id:ident) in $table:ident, $kind:literal, $resource:literal;)*) => {
        $(use crate::record::$module::$noun;)*

        /// Something stored; serialised as what it is, without a word of its kind.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Record {
            $(
                #[doc = concat!("Of the kind `", $kind, "`.")]
                $noun($noun),
            )*
            /// A resource.
            Resource(Resource),
            /// A secondary block of a VPC.
            VpcBlock(VpcBlock),
            /// The secondary addresses of an ENI.
            SecondaryAddresses(SecondaryAddresses),
            /// A function with its versions.
            Function(Box<Function>),
            /// An alias of a function.
            Alias(Alias),
            /// A resource policy of a function.
            ResourcePolicy(ResourcePolicy),
            /// A URL of a function.
            FunctionUrl(Box<FunctionUrl>),
            /// An asynchronous event that was answered with 202; the store adds the bytes.
            Event(Event),
            /// A client token.
            Token(Token),
            /// An event source mapping.
            Mapping(Box<Mapping>),
            /// Up to where a shard is done with.
            Checkpoint(Checkpoint),
            /// A layer with its versions.
            Layer(Layer),
        }

        /// The key of a record; shown as the id alone.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Key {
            $(
                #[doc = concat!("Of the kind `", $kind, "`.")]
                $noun(crate::base::id::$id),
            )*
            /// Of a resource.
            Resource(ResourceId),
            /// Of a VPC's secondary block.
            VpcBlock(CidrAssociationId),
            /// Of an ENI's secondary addresses.
            SecondaryAddresses(EniId),
            /// Of a function.
            Function(FunctionId),
            /// Of an alias.
            Alias(AliasId),
            /// Of a resource policy.
            ResourcePolicy(PolicyId),
            /// Of a URL of a function.
            FunctionUrl(UrlId),
            /// Of an asynchronous event.
            Event(RequestId),
            /// Of a client token.
            Token(TokenId),
            /// Of an event source mapping.
            Mapping(MappingId),
            /// Of a checkpoint.
            Checkpoint(CheckpointId),
            /// Of a layer.
            Layer(LayerId),
        }

        stored! {
            $($noun: $kind by id: crate::base::id::$id;)*
            Resource: "resource" by id: ResourceId;
            VpcBlock: "vpc-block" by association: CidrAssociationId;
            SecondaryAddresses: "secondary-addresses" by eni: EniId;
            Function: "function" by id: FunctionId;
            Alias: "alias" by id: AliasId;
            ResourcePolicy: "resource-policy" by id: PolicyId;
            FunctionUrl: "function-url" by id: UrlId;
            Event: "event" by request: RequestId;
            Token: "token" by id: TokenId;
            Mapping: "mapping" by id: MappingId;
            Checkpoint: "checkpoint" by id: CheckpointId;
            Layer: "layer" by id: LayerId;
        }
    };
}

macro_rules! stored {
    ($($noun:ident: $kind:literal by $field:ident: $id:ty;)*) => {
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

        impl fmt::Display for Key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Key::$noun(id) => fmt::Display::fmt(id, f),)*
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

nouns!(records);

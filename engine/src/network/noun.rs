//! What every noun of a VPC has in common, and what each has to say when others come and go.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::base::id::Missing;
use crate::base::scope::{Scope, Tags};
use crate::cx::Cx;
use crate::engine::Engine;
use crate::network::Network;
use crate::plan::VpcPlan;
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::record::{Change, Stored};

/// A noun that a scope owns, tags and describes.
pub trait Noun: Stored<Key: Copy + Ord> + Clone + 'static {
    /// Who owns it.
    fn scope(&self) -> &Scope;
    /// Its tags.
    fn tags(&self) -> &Tags;
    /// Its tags, to be changed.
    fn tags_mut(&mut self) -> &mut Tags;
    /// All of them.
    fn table(network: &Network) -> &BTreeMap<Self::Key, Self>;
    /// All of them, to be changed.
    fn table_mut(network: &mut Network) -> &mut BTreeMap<Self::Key, Self>;
}

macro_rules! impl_noun {
    ($($module:ident: $noun:ident($id:ident) in $table:ident, $kind:literal, $resource:literal;)*) => {$(
        impl Noun for crate::record::$module::$noun {
            fn scope(&self) -> &Scope {
                &self.scope
            }

            fn tags(&self) -> &Tags {
                &self.tags
            }

            fn tags_mut(&mut self) -> &mut Tags {
                &mut self.tags
            }

            fn table(network: &Network) -> &BTreeMap<Self::Key, Self> {
                &network.$table
            }

            fn table_mut(network: &mut Network) -> &mut BTreeMap<Self::Key, Self> {
                &mut network.$table
            }
        }
    )*};
}
nouns!(impl_noun);

/// What a noun has to do with a VPC that it is part of. Most have to do with little of it.
pub(crate) trait Part {
    /// Makes what a new VPC has from the beginning.
    fn vpc_comes(_: &mut Network, _: &Vpc, _: &mut Vec<Change>) {}

    /// Whether there are some that keep a VPC from being deleted.
    fn keeps_vpc(_: &Network, _: &Vpc) -> bool {
        false
    }

    /// Removes what goes with a VPC that is deleted.
    fn vpc_goes(_: &mut Network, _: &Vpc, _: &mut Vec<Change>) {}

    /// Removes what goes with a subnet that is deleted.
    fn subnet_goes(_: &mut Network, _: &Subnet, _: &mut Vec<Change>) {}

    /// Makes what is missing among what was stored, for instance by a release that did not have
    /// the noun yet.
    fn restored(_: &mut Network, _: &mut Vec<Change>) {}

    /// Writes its share of a VPC's plan; groups that the plan has already are as they should be.
    fn plan(_: &Network, _: &Vpc, _: &mut VpcPlan) {}

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    fn check(_: &Network) {}
}

macro_rules! impl_parts {
    ($($module:ident: $noun:ident($id:ident) in $table:ident, $kind:literal, $resource:literal;)*) => {
        impl Network {
            pub(crate) fn vpc_comes(&mut self, vpc: &Vpc, changes: &mut Vec<Change>) {
                $(<crate::record::$module::$noun as Part>::vpc_comes(self, vpc, changes);)*
            }

            pub(crate) fn keeps_vpc(&self, vpc: &Vpc) -> bool {
                false $(|| <crate::record::$module::$noun as Part>::keeps_vpc(self, vpc))*
            }

            pub(crate) fn vpc_goes(&mut self, vpc: &Vpc, changes: &mut Vec<Change>) {
                $(<crate::record::$module::$noun as Part>::vpc_goes(self, vpc, changes);)*
            }

            pub(crate) fn subnet_goes(&mut self, subnet: &Subnet, changes: &mut Vec<Change>) {
                $(<crate::record::$module::$noun as Part>::subnet_goes(self, subnet, changes);)*
            }

            pub(crate) fn restored(&mut self, cx: &mut Cx<'_>) {
                let mut changes = Vec::new();
                $(<crate::record::$module::$noun as Part>::restored(self, &mut changes);)*
                cx.persist(changes);
            }

            pub(crate) fn fill_plan(&self, vpc: &Vpc, plan: &mut VpcPlan) {
                $(<crate::record::$module::$noun as Part>::plan(self, vpc, plan);)*
            }

            pub(crate) fn check_parts(&self) {
                $(<crate::record::$module::$noun as Part>::check(self);)*
            }
        }
    };
}
nouns!(impl_parts);

impl Network {
    /// A noun of a scope by its id.
    pub(crate) fn find<N: Noun>(&self, scope: &Scope, id: N::Key) -> Result<&N, Missing<N::Key>> {
        N::table(self).get(&id).filter(|noun| noun.scope() == scope).ok_or(Missing(id))
    }
}

impl Engine {
    /// The nouns of a kind that a scope has, in the order of their ids.
    pub fn all<'a, N: Noun>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a N> {
        N::table(&self.network).values().filter(move |noun| noun.scope() == scope)
    }

    /// A noun of a scope by its id.
    ///
    /// # Errors
    /// When the scope has no such noun.
    pub fn find<N: Noun>(&self, scope: &Scope, id: N::Key) -> Result<&N, Missing<N::Key>> {
        self.network.find(scope, id)
    }
}

//! The network as a whole: all of its nouns, the addresses that are held, and what must hold.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use core::net::{Ipv4Addr, Ipv6Addr};

use crate::base::cidr::Cidr;
use crate::base::id::{
    CidrAssociationId, EniId, Generation, GroupId, Missing, NatGatewayId, ResourceId, SubnetId,
    VpcId,
};
use crate::base::scope::Scope;
use crate::network::address::Pool;
use crate::network::eni::Tally;
use crate::network::once::Tokens;
use crate::network::pair::Pairs;
use crate::network::planned::Planned;
use crate::network::resource::Making;
use crate::node::Failure;
use crate::record::Record;
use crate::record::alias::Alias;
use crate::record::checkpoint::Checkpoint;
use crate::record::eni::{Eni, EniUser};
use crate::record::event::Event;
use crate::record::function::Function;
use crate::record::function_url::FunctionUrl;
use crate::record::group::Group;
use crate::record::layer::Layer;
use crate::record::mapping::Mapping;
use crate::record::policy::ResourcePolicy;
use crate::record::resource::Resource;
use crate::record::secondary_addresses::SecondaryAddresses;
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::record::vpc_block::VpcBlock;

/// What is stored and is not the network's.
#[derive(Debug)]
pub(crate) enum OfOthers {
    Function(Box<Function>),
    Alias(Alias),
    ResourcePolicy(ResourcePolicy),
    FunctionUrl(Box<FunctionUrl>),
    Event(Event),
    Mapping(Box<Mapping>),
    Checkpoint(Checkpoint),
    Layer(Layer),
}

macro_rules! network {
    ($($module:ident: $noun:ident($id:ident) in $table:ident, $kind:literal, $resource:literal;)*) => {
        /// VPCs with all that is in them, addresses, pairs and resources.
        #[derive(Debug, Clone, Default)]
        pub struct Network {
            $(pub(crate) $table: BTreeMap<crate::base::id::$id, crate::record::$module::$noun>,)*
            /// What public addresses are of, those of AWS's services too.
            pub(crate) public_block: Option<Cidr>,
            pub(crate) pools: BTreeMap<SubnetId, Pool>,
            /// Who holds which IPv6 address.
            pub(crate) held6: BTreeMap<Ipv6Addr, EniId>,
            pub(crate) tally: Tally,
            pub(crate) pairs: Pairs,
            pub(crate) resources: BTreeMap<ResourceId, Resource>,
            /// What the node was told of each VPC.
            pub(crate) plans: BTreeMap<VpcId, Planned>,
            /// Of how many VPCs the plan has failed and is not in force yet.
            pub(crate) failed_plans: usize,
            /// NAT gateways that work once the node has their VPC's plan of this generation.
            pub(crate) pending_nats: BTreeMap<NatGatewayId, Generation>,
            /// The blocks that VPCs have beside their primary ones.
            pub(crate) vpc_blocks: BTreeMap<CidrAssociationId, VpcBlock>,
            /// The private addresses that ENIs have beside their primary ones.
            pub(crate) secondaries: BTreeMap<EniId, SecondaryAddresses>,
            /// Under which tokens something was made.
            pub(crate) tokens: Tokens,
            /// Resources that are being made.
            pub(crate) making: BTreeMap<ResourceId, Making>,
            /// The paths of the namespaces that resources have.
            pub(crate) namespaces: BTreeMap<ResourceId, String>,
            /// Why the node does not have ENIs of mappings.
            pub(crate) failed: BTreeMap<ResourceId, Failure>,
        }

        impl Network {
            /// Takes what was stored of the network; gives back what is not the network's.
            pub(crate) fn take(&mut self, record: Record) -> Option<OfOthers> {
                match &record {
                    Record::Subnet(subnet) => {
                        self.pools.insert(subnet.id, Pool::new(subnet.cidr));
                    }
                    Record::Eni(eni) => self.tally.add(eni),
                    _ => {}
                }
                match record {
                    $(Record::$noun(noun) => drop(self.$table.insert(noun.id, noun)),)*
                    Record::Resource(resource) => {
                        self.resources.insert(resource.id, resource);
                    }
                    Record::VpcBlock(block) => {
                        self.vpc_blocks.insert(block.association, block);
                    }
                    Record::SecondaryAddresses(held) => drop(self.secondaries.insert(held.eni, held)),
                    Record::Token(token) => self.tokens.insert(token),
                    Record::Function(function) => return Some(OfOthers::Function(function)),
                    Record::Event(event) => return Some(OfOthers::Event(event)),
                    Record::Mapping(mapping) => return Some(OfOthers::Mapping(mapping)),
                    Record::Checkpoint(stored) => return Some(OfOthers::Checkpoint(stored)),
                    Record::Layer(layer) => return Some(OfOthers::Layer(layer)),
                    Record::Alias(alias) => return Some(OfOthers::Alias(alias)),
                    Record::ResourcePolicy(policy) => {
                        return Some(OfOthers::ResourcePolicy(policy));
                    }
                    Record::FunctionUrl(url) => return Some(OfOthers::FunctionUrl(url)),
                }
                None
            }
        }
    };
}
nouns!(network);

impl Network {
    pub(crate) fn vpc(&self, scope: &Scope, id: VpcId) -> Result<&Vpc, Missing<VpcId>> {
        self.find(scope, id)
    }

    pub(crate) fn subnet(&self, scope: &Scope, id: SubnetId) -> Result<&Subnet, Missing<SubnetId>> {
        self.find(scope, id)
    }

    pub(crate) fn group(&self, scope: &Scope, id: GroupId) -> Result<&Group, Missing<GroupId>> {
        self.find(scope, id)
    }

    pub(crate) fn eni(&self, scope: &Scope, id: EniId) -> Result<&Eni, Missing<EniId>> {
        self.find(scope, id)
    }

    pub(crate) fn default_vpc(&self, scope: &Scope) -> Option<&Vpc> {
        self.vpcs.values().find(|vpc| vpc.is_default && vpc.scope == *scope)
    }

    /// How many addresses of a subnet are free: `AvailableIpAddressCount`; none when it is gone.
    pub(crate) fn free_addresses(&self, subnet: SubnetId) -> u32 {
        self.pools.get(&subnet).map_or(0, Pool::free)
    }

    /// Which ENI holds which address of a subnet, in rising order.
    pub(crate) fn holders(&self, subnet: SubnetId) -> impl Iterator<Item = (Ipv4Addr, EniId)> + '_ {
        self.pools.get(&subnet).into_iter().flat_map(Pool::holders)
    }

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    pub(crate) fn check(&self) {
        self.check_plans();
        self.check_parts();
        self.check_addresses6();
        let mut held = 0;
        for (id, pool) in &self.pools {
            let subnet = &self.subnets[id];
            assert!(self.vpcs.contains_key(&subnet.vpc), "{id} is of a VPC that is gone");
            for (address, eni) in pool.holders() {
                let eni = &self.enis[&eni];
                let is_own =
                    eni.address == address || self.secondaries_of(eni.id).contains(&address);
                assert!(is_own && eni.subnet == *id, "{} and its address {address}", eni.id);
                held += 1;
            }
        }
        let secondary = self.secondaries.values().map(|held| held.addresses.len()).sum::<usize>();
        assert_eq!(held, self.enis.len() + secondary, "addresses that ENIs have");
        self.check_secondaries();
        self.check_blocks();
        let mut tally = Tally::default();
        self.enis.values().for_each(|eni| tally.add(eni));
        assert_eq!(self.tally, tally, "ENIs as they are counted");
        assert_eq!(self.pools.len(), self.subnets.len(), "one pool for each subnet");
        for eni in self.enis.values() {
            let is_nat = matches!(eni.user, EniUser::NatGateway(_));
            assert_eq!(eni.groups.is_empty(), is_nat, "the security groups of {}", eni.id);
            for group in &eni.groups {
                assert_eq!(self.groups[group].vpc, eni.vpc, "{} and its groups", eni.id);
            }
        }
        for vpc in self.vpcs.values() {
            assert!(
                self.groups.contains_key(&vpc.default_group),
                "{} has no default group",
                vpc.id
            );
        }
    }
}

//! VPCs: address blocks that belong together, with one implied router.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::id::{
    AclAssociationId, AclId, CidrAssociationId, GroupId, Missing, RouteAssociationId, RouteTableId,
    SubnetId, VpcId,
};
use crate::base::limits::Limits;
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::address::Pool;
use crate::network::noun::Part;
use crate::network::{internet_gateway, route_table};
use crate::node::NodeCommand;
use crate::plan::VpcPlan;
use crate::record::group::Group;
use crate::record::route_table::{Route, Target};
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// `CreateVpc`; answered with the VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// The primary block, /16 to /28.
    pub cidr: Cidr,
    /// Whether it gets an IPv6 block of Amazon's.
    pub has_ipv6: bool,
    /// Tags to begin with.
    pub tags: Tags,
}

/// A new scope's default VPC: 172.31.0.0/16 with a /20 subnet in each zone, and an internet gateway
/// to which its main table leads. Done already: answered with the one there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDefault {
    /// The owner.
    pub scope: Scope,
    /// The region's availability zones, by name and zone id.
    pub zones: Vec<(String, String)>,
}

/// `DeleteVpc`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub vpc: VpcId,
}

/// `ModifyVpcAttribute`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modify {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub vpc: VpcId,
    /// `EnableDnsSupport`, if it changes.
    pub dns_support: Option<bool>,
    /// `EnableDnsHostnames`, if it changes.
    pub dns_hostnames: Option<bool>,
    /// `EnableNetworkAddressUsageMetrics`, if it changes.
    pub usage_metrics: Option<bool>,
}

/// Why a question about VPCs is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The block is not of /16 to /28.
    Size(Cidr),
    /// The block has addresses that no interface can have.
    Reserved(Cidr),
    /// The scope has as many VPCs as it may.
    TooMany,
    /// The installation has no IPv6 block left.
    NoIpv6Block,
    /// Subnets or security groups are in it.
    InUse(VpcId),
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

/// The block of a default VPC, and its subnets' prefix.
const DEFAULT_BLOCK: (Ipv4Addr, u8, u8) = (Ipv4Addr::new(172, 31, 0, 0), 16, 20);

impl Ask for Create {
    type Answer = Vpc;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        if !(16..=28).contains(&self.cidr.prefix()) {
            return Err(Refusal::Size(self.cidr));
        }
        if !self.cidr.is_usable() {
            return Err(Refusal::Reserved(self.cidr));
        }
        if self.has_ipv6 && !engine.network.has_block6_free() {
            return Err(Refusal::NoIpv6Block);
        }
        engine.network.may_have_vpc(&self.scope, &engine.config.limits)?;
        Ok(self)
    }

    fn apply(granted: Create, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) -> Vpc {
        let (network, mut cx) = engine.network_cx(now, out);
        let (vpc, changes) = network.create_vpc(&mut cx, granted, false);
        network.plan_vpc(&mut cx, vpc.id);
        cx.persist(changes);
        vpc
    }
}

impl Ask for CreateDefault {
    type Answer = Vpc;
    type Refusal = Refusal;
    /// The one there is, or the question.
    type Granted = Result<Vpc, CreateDefault>;

    fn check(self, engine: &Engine) -> Result<Result<Vpc, CreateDefault>, Refusal> {
        if let Some(vpc) = engine.network.default_vpc(&self.scope) {
            return Ok(Ok(vpc.clone()));
        }
        engine.network.may_have_vpc(&self.scope, &engine.config.limits)?;
        Ok(Err(self))
    }

    fn apply(
        granted: Result<Vpc, CreateDefault>,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Vpc {
        granted.unwrap_or_else(|wanted| {
            let (network, mut cx) = engine.network_cx(now, out);
            network.create_default_vpc(&mut cx, wanted)
        })
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = VpcId;

    fn check(self, engine: &Engine) -> Result<VpcId, Refusal> {
        let network = &engine.network;
        let vpc = network.vpc(&self.scope, self.vpc)?;
        if network.keeps_vpc(vpc) { Err(Refusal::InUse(self.vpc)) } else { Ok(self.vpc) }
    }

    fn apply(granted: VpcId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let vpc = network.vpcs.remove(&granted).expect("it was found");
        let mut changes = Vec::new();
        network.vpc_goes(&vpc, &mut changes);
        changes.push(Change::Delete(Key::Vpc(granted)));
        network.forget_plan(&mut cx, granted);
        cx.command(NodeCommand::DeleteVpc(granted));
        cx.persist(changes);
    }
}

impl Ask for Modify {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Modify;

    fn check(self, engine: &Engine) -> Result<Modify, Refusal> {
        engine.network.vpc(&self.scope, self.vpc)?;
        Ok(self)
    }

    fn apply(granted: Modify, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let vpc = network.vpcs.get_mut(&granted.vpc).expect("it was found");
        vpc.dns_support = granted.dns_support.unwrap_or(vpc.dns_support);
        vpc.dns_hostnames = granted.dns_hostnames.unwrap_or(vpc.dns_hostnames);
        vpc.usage_metrics = granted.usage_metrics.unwrap_or(vpc.usage_metrics);
        cx.persist(Vec::from([Change::Put(Box::new(Record::Vpc(vpc.clone())))]));
    }
}

impl Part for Vpc {
    fn vpc_goes(network: &mut Network, vpc: &Vpc, changes: &mut Vec<Change>) {
        network.release_blocks(vpc.id, changes);
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        plan.cidrs = network.cidrs_of(vpc).collect();
        plan.cidrs6 = vpc.blocks6.iter().map(|block| block.cidr).collect();
    }
}

impl Network {
    fn may_have_vpc(&self, scope: &Scope, limits: &Limits) -> Result<(), Refusal> {
        let count = self.vpcs.values().filter(|vpc| vpc.scope == *scope).count();
        if count >= limits.vpcs_per_scope as usize { Err(Refusal::TooMany) } else { Ok(()) }
    }

    /// Makes a VPC with its default group, which no node knows of yet.
    fn create_vpc(
        &mut self,
        cx: &mut Cx<'_>,
        wanted: Create,
        is_default: bool,
    ) -> (Vpc, Vec<Change>) {
        let Create { scope, cidr, has_ipv6, tags } = wanted;
        let id = fresh(cx.random, &self.vpcs, VpcId);
        let group_id = fresh(cx.random, &self.groups, GroupId);
        let group = Group::default_of(id, &scope, group_id, has_ipv6, cx.random);
        let block6 = has_ipv6.then(|| self.draw_block6(cx.random));
        let dhcp_options = self.options_of_new(cx.random, &scope);
        let vpc = Vpc {
            id,
            scope,
            cidr,
            cidr_association: CidrAssociationId(cx.random.draw()),
            is_default,
            dns_support: true,
            dns_hostnames: is_default,
            dhcp_options,
            main_route_table: RouteTableId(cx.random.draw()),
            main_association: RouteAssociationId(cx.random.draw()),
            default_acl: AclId(cx.random.draw()),
            default_group: group.id,
            usage_metrics: false,
            blocks6: block6.into_iter().collect(),
            tags,
        };
        self.vpcs.insert(id, vpc.clone());
        self.groups.insert(group.id, group.clone());
        let mut changes = Vec::from([
            Change::Put(Box::new(Record::Vpc(vpc.clone()))),
            Change::Put(Box::new(Record::Group(group))),
        ]);
        self.vpc_comes(&vpc, &mut changes);
        (vpc, changes)
    }

    fn create_default_vpc(&mut self, cx: &mut Cx<'_>, wanted: CreateDefault) -> Vpc {
        let CreateDefault { scope, zones } = wanted;
        let (base, prefix, subnet_prefix) = DEFAULT_BLOCK;
        let block = Cidr::containing(base, prefix).expect("the default block is a block");
        let tags = Tags::new();
        let create = Create { scope: scope.clone(), cidr: block, has_ipv6: false, tags };
        let (vpc, mut changes) = self.create_vpc(cx, create, true);
        let step = 1u64 << (32 - subnet_prefix);
        for (number, (zone, zone_id)) in zones.into_iter().enumerate() {
            let Some(base) = block.nth(number as u64 * step) else { break };
            let cidr = Cidr::containing(base, subnet_prefix).expect("a /20 of the default block");
            let subnet = Subnet {
                id: fresh(cx.random, &self.subnets, SubnetId),
                scope: scope.clone(),
                vpc: vpc.id,
                cidr,
                zone,
                zone_id,
                default_for_zone: true,
                map_public: true,
                block6: None,
                assign_ipv6: false,
                acl_association: AclAssociationId(cx.random.draw()),
                tags: Tags::new(),
            };
            changes.push(Change::Put(Box::new(Record::Subnet(subnet.clone()))));
            self.pools.insert(subnet.id, Pool::new(cidr));
            self.subnets.insert(subnet.id, subnet);
        }
        self.open_vpc(cx, &vpc, &mut changes);
        self.plan_vpc(cx, vpc.id);
        cx.persist(changes);
        vpc
    }

    /// Gives a VPC an internet gateway, and its main table a route there.
    fn open_vpc(&mut self, cx: &mut Cx<'_>, vpc: &Vpc, changes: &mut Vec<Change>) {
        let scope = vpc.scope.clone();
        let gateway = self.add_gateway(cx.random, scope, Some(vpc.id), Tags::new());
        changes.push(internet_gateway::put(&gateway));
        let table = self.route_tables.get_mut(&vpc.main_route_table).expect("each VPC has one");
        let target = Target::InternetGateway(gateway.id);
        table.routes.push(Route { destination: Cidr::ANYWHERE, target });
        changes.push(route_table::put(table));
    }
}

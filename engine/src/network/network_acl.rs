//! Network ACLs: which packets cross the boundaries of subnets, whatever connections they are of.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::cidr6::Cidr6;
use crate::base::id::{AclAssociationId, AclId, Missing, SubnetId, VpcId};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::plan::{AclPlan, AclRulePlan, VpcPlan};
use crate::record::group::{Direction, Protocol};
use crate::record::network_acl::{AclBlock, AclEntry, NetworkAcl};
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// Network ACLs of a VPC (AWS: 200).
const ACLS_PER_VPC: usize = 200;
/// Entries of an ACL, for each way and each family of addresses (AWS: 20).
const ENTRIES: usize = 20;
/// The number of a new VPC's entry that lets everything through.
const FIRST: u16 = 100;

/// `CreateNetworkAcl`: begins without entries, so that nothing passes; answered with the ACL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// In which VPC.
    pub vpc: VpcId,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteNetworkAcl`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub acl: AclId,
}

/// `CreateNetworkAclEntry`, or `ReplaceNetworkAclEntry` of one that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutEntry {
    /// The owner.
    pub scope: Scope,
    /// Of which ACL.
    pub acl: AclId,
    /// Which way.
    pub direction: Direction,
    /// Its number: entries are asked in rising order.
    pub number: u16,
    /// What is done with which packets.
    pub entry: AclEntry,
    /// Whether one of this number is there already, whose place it takes.
    pub replaces: bool,
}

/// `DeleteNetworkAclEntry`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteEntry {
    /// The owner.
    pub scope: Scope,
    /// Of which ACL.
    pub acl: AclId,
    /// Which way.
    pub direction: Direction,
    /// Its number.
    pub number: u16,
}

/// `ReplaceNetworkAclAssociation`: the subnet gets another ACL; answered with the new association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replace {
    /// The owner.
    pub scope: Scope,
    /// Which association.
    pub association: AclAssociationId,
    /// The ACL from now on.
    pub acl: AclId,
}

/// Why a question about network ACLs is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such ACL.
    NoAcl(AclId),
    /// No subnet of the scope has this association.
    NoAssociation(AclAssociationId),
    /// The ACL has no entry of this number that way.
    NoEntry(Direction, u16),
    /// The ACL has an entry of this number that way already.
    EntryExists(u16),
    /// The VPC has as many ACLs as it may.
    TooMany,
    /// The ACL has as many entries that way as it may.
    TooManyEntries,
    /// Subnets are associated with it.
    InUse(AclId),
    /// It is its VPC's default ACL, which stays.
    Default(AclId),
    /// The subnet is of another VPC.
    Elsewhere(AclId, SubnetId),
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl From<Missing<AclId>> for Refusal {
    fn from(Missing(id): Missing<AclId>) -> Refusal {
        Refusal::NoAcl(id)
    }
}

impl Ask for Create {
    type Answer = NetworkAcl;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let network = &engine.network;
        network.vpc(&self.scope, self.vpc)?;
        let count = network.network_acls.values().filter(|acl| acl.vpc == self.vpc).count();
        if count >= ACLS_PER_VPC { Err(Refusal::TooMany) } else { Ok(self) }
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> NetworkAcl {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, vpc, tags } = granted;
        let id = fresh(cx.random, &network.network_acls, AclId);
        let (subnets, ingress, egress) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
        let acl = NetworkAcl { id, scope, vpc, subnets, ingress, egress, tags };
        network.put_acl(&mut cx, acl.clone());
        acl
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = AclId;

    fn check(self, engine: &Engine) -> Result<AclId, Refusal> {
        let network = &engine.network;
        let acl = network.find::<NetworkAcl>(&self.scope, self.acl)?;
        if network.vpcs[&acl.vpc].default_acl == acl.id {
            return Err(Refusal::Default(acl.id));
        }
        if acl.subnets.is_empty() { Ok(acl.id) } else { Err(Refusal::InUse(acl.id)) }
    }

    fn apply(granted: AclId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let acl = network.network_acls.remove(&granted).expect("it was found");
        network.replan(&mut cx, acl.vpc, |plan| drop(plan.acls.remove(&granted)));
        cx.persist(Vec::from([Change::Delete(Key::NetworkAcl(granted))]));
    }
}

impl Ask for PutEntry {
    type Answer = ();
    type Refusal = Refusal;
    /// The ACL as it comes to be.
    type Granted = NetworkAcl;

    fn check(self, engine: &Engine) -> Result<NetworkAcl, Refusal> {
        let PutEntry { scope, acl, direction, number, entry, replaces } = self;
        let mut acl = engine.network.find::<NetworkAcl>(&scope, acl)?.clone();
        let entries = acl.entries_mut(direction);
        let before = entries.insert(number, entry);
        match before {
            Some(_) if !replaces => return Err(Refusal::EntryExists(number)),
            None if replaces => return Err(Refusal::NoEntry(direction, number)),
            Some(_) | None => {}
        }
        let is_v6 = |entry: &AclEntry| matches!(entry.block, AclBlock::V6(_));
        let of_family = entries.values().filter(|each| is_v6(each) == is_v6(&entry)).count();
        if of_family > ENTRIES {
            return Err(Refusal::TooManyEntries);
        }
        Ok(acl)
    }

    fn apply(granted: NetworkAcl, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.put_acl(&mut cx, granted);
    }
}

impl Ask for DeleteEntry {
    type Answer = ();
    type Refusal = Refusal;
    /// The ACL as it comes to be.
    type Granted = NetworkAcl;

    fn check(self, engine: &Engine) -> Result<NetworkAcl, Refusal> {
        let DeleteEntry { scope, acl, direction, number } = self;
        let mut acl = engine.network.find::<NetworkAcl>(&scope, acl)?.clone();
        let gone = acl.entries_mut(direction).remove(&number);
        gone.ok_or(Refusal::NoEntry(direction, number)).map(|_| acl)
    }

    fn apply(granted: NetworkAcl, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.put_acl(&mut cx, granted);
    }
}

impl Ask for Replace {
    type Answer = AclAssociationId;
    type Refusal = Refusal;
    /// The subnet, and its ACL from now on.
    type Granted = (SubnetId, AclId);

    fn check(self, engine: &Engine) -> Result<(SubnetId, AclId), Refusal> {
        let network = &engine.network;
        let mut subnets = network.subnets.values().filter(|subnet| subnet.scope == self.scope);
        let subnet = subnets.find(|subnet| subnet.acl_association == self.association);
        let subnet = subnet.ok_or(Refusal::NoAssociation(self.association))?;
        if network.find::<NetworkAcl>(&self.scope, self.acl)?.vpc != subnet.vpc {
            return Err(Refusal::Elsewhere(self.acl, subnet.id));
        }
        Ok((subnet.id, self.acl))
    }

    fn apply(
        (subnet, acl): (SubnetId, AclId),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> AclAssociationId {
        let (network, mut cx) = engine.network_cx(now, out);
        network.replace_acl(&mut cx, subnet, acl)
    }
}

impl NetworkAcl {
    /// The entries of a way.
    pub fn entries(&self, direction: Direction) -> &BTreeMap<u16, AclEntry> {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    fn entries_mut(&mut self, direction: Direction) -> &mut BTreeMap<u16, AclEntry> {
        match direction {
            Direction::Ingress => &mut self.ingress,
            Direction::Egress => &mut self.egress,
        }
    }
}

impl Network {
    /// Stores an ACL that is new or has changed, and plans its VPC with it.
    fn put_acl(&mut self, cx: &mut Cx<'_>, acl: NetworkAcl) {
        let plan = Arc::new(acl_plan(&acl));
        self.replan(cx, acl.vpc, |vpc| drop(vpc.acls.insert(plan.acl, plan)));
        self.network_acls.insert(acl.id, acl.clone());
        cx.persist(Vec::from([put(&acl)]));
    }

    fn replace_acl(&mut self, cx: &mut Cx<'_>, id: SubnetId, acl: AclId) -> AclAssociationId {
        let association = AclAssociationId(cx.random.draw());
        let subnet = self.subnets.get_mut(&id).expect("it was found");
        subnet.acl_association = association;
        let vpc = subnet.vpc;
        let mut changes = Vec::from([Change::Put(Box::new(Record::Subnet(subnet.clone())))]);
        self.leave_acl(vpc, id, &mut changes);
        if self.vpcs[&vpc].default_acl != acl {
            let chosen = self.network_acls.get_mut(&acl).expect("it was found");
            chosen.subnets.insert(id);
            changes.push(put(chosen));
        }
        self.replan(cx, vpc, |plan| {
            let of_it = plan.subnets.iter_mut().filter(|subnet| subnet.subnet == id);
            of_it.for_each(|subnet| subnet.acl = acl);
        });
        cx.persist(changes);
        association
    }

    /// A VPC's default ACL lets IPv6 through once the VPC has that, unless its entries were changed.
    pub(crate) fn open_default_acl(&mut self, vpc: &Vpc, changes: &mut Vec<Change>) {
        let acl = self.network_acls.get_mut(&vpc.default_acl).expect("each VPC has one");
        let as_made = open(false);
        if (&acl.ingress, &acl.egress) == (&as_made, &as_made) {
            (acl.ingress, acl.egress) = (open(true), open(true));
            changes.push(put(acl));
        }
    }

    /// Takes a subnet from the ACL that it chose, if it did.
    fn leave_acl(&mut self, vpc: VpcId, subnet: SubnetId, changes: &mut Vec<Change>) {
        for acl in self.network_acls.values_mut().filter(|acl| acl.vpc == vpc) {
            if acl.subnets.remove(&subnet) {
                changes.push(put(acl));
            }
        }
    }
}

fn put(acl: &NetworkAcl) -> Change {
    Change::Put(Box::new(Record::NetworkAcl(acl.clone())))
}

/// What a node is to have for an ACL.
fn acl_plan(acl: &NetworkAcl) -> AclPlan {
    let rules = |entries: &BTreeMap<u16, AclEntry>| {
        let rule = |(number, entry): (&u16, &AclEntry)| AclRulePlan {
            number: *number,
            allows: entry.allows,
            protocol: entry.protocol,
            block: entry.block,
        };
        entries.iter().map(rule).collect()
    };
    AclPlan { acl: acl.id, ingress: rules(&acl.ingress), egress: rules(&acl.egress) }
}

/// What a VPC's default ACL begins with, each way: everything passes, of IPv6 too where the VPC has that.
fn open(has_ipv6: bool) -> BTreeMap<u16, AclEntry> {
    let of = |block| AclEntry { allows: true, protocol: Protocol::All, block };
    let of_ipv4 = (FIRST, of(AclBlock::V4(Cidr::ANYWHERE)));
    let of_ipv6 = has_ipv6.then(|| (FIRST + 1, of(AclBlock::V6(Cidr6::ANYWHERE))));
    [Some(of_ipv4), of_ipv6].into_iter().flatten().collect()
}

/// The default ACL that a VPC begins with: it lets everything through.
fn default_of(vpc: &Vpc) -> NetworkAcl {
    let everything = open(!vpc.blocks6.is_empty());
    NetworkAcl {
        id: vpc.default_acl,
        scope: vpc.scope.clone(),
        vpc: vpc.id,
        subnets: BTreeSet::new(),
        ingress: everything.clone(),
        egress: everything,
        tags: Tags::new(),
    }
}

impl Part for NetworkAcl {
    fn vpc_comes(network: &mut Network, vpc: &Vpc, changes: &mut Vec<Change>) {
        let acl = default_of(vpc);
        changes.push(put(&acl));
        network.network_acls.insert(acl.id, acl);
    }

    fn keeps_vpc(network: &Network, vpc: &Vpc) -> bool {
        let mut acls = network.network_acls.values().filter(|acl| acl.vpc == vpc.id);
        acls.any(|acl| acl.id != vpc.default_acl)
    }

    fn vpc_goes(network: &mut Network, vpc: &Vpc, changes: &mut Vec<Change>) {
        network.network_acls.remove(&vpc.default_acl);
        changes.push(Change::Delete(Key::NetworkAcl(vpc.default_acl)));
    }

    fn subnet_goes(network: &mut Network, subnet: &Subnet, changes: &mut Vec<Change>) {
        network.leave_acl(subnet.vpc, subnet.id, changes);
    }

    fn restored(network: &mut Network, changes: &mut Vec<Change>) {
        for vpc in network.vpcs.values() {
            network.network_acls.entry(vpc.default_acl).or_insert_with(|| {
                let acl = default_of(vpc);
                changes.push(put(&acl));
                acl
            });
        }
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        let mut chosen: BTreeMap<SubnetId, AclId> = BTreeMap::new();
        for acl in network.network_acls.values().filter(|acl| acl.vpc == vpc.id) {
            chosen.extend(acl.subnets.iter().map(|subnet| (*subnet, acl.id)));
            plan.acls.insert(acl.id, Arc::new(acl_plan(acl)));
        }
        for subnet in &mut plan.subnets {
            subnet.acl = chosen.get(&subnet.subnet).copied().unwrap_or(vpc.default_acl);
        }
    }

    fn check(network: &Network) {
        for vpc in network.vpcs.values() {
            let default = network.network_acls.get(&vpc.default_acl);
            assert_eq!(default.map(|acl| acl.vpc), Some(vpc.id), "the default ACL of {}", vpc.id);
            assert!(default.is_some_and(|acl| acl.subnets.is_empty()), "{} is chosen", vpc.id);
        }
        let mut chosen = BTreeSet::new();
        for acl in network.network_acls.values() {
            for subnet in &acl.subnets {
                assert_eq!(network.subnets[subnet].vpc, acl.vpc, "{subnet} and {}", acl.id);
                assert!(chosen.insert(*subnet), "{subnet} has two ACLs");
            }
        }
    }
}

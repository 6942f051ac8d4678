//! Elastic network interfaces: an address of a subnet, its security groups, and who holds it.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

use crate::ask::Ask;
use crate::base::id::{EniId, GroupId, Missing, SubnetId, VpcId};
use crate::base::limits::Limits;
use crate::base::random::{fresh, mac};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::address::AddressError;
use crate::network::address6::{self, Wish};
use crate::network::noun::Part;
use crate::node::NodeCommand;
use crate::plan::{EniPlan, Holder, VpcPlan};
use crate::record::decision::{Cause, Choice, Decision};
use crate::record::eni::{Eni, EniUser};
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// `CreateNetworkInterface`; answered with the ENI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// In which subnet.
    pub subnet: SubnetId,
    /// Its groups; none is the VPC's default group.
    pub groups: BTreeSet<GroupId>,
    /// The address asked for, if any.
    pub address: Option<Ipv4Addr>,
    /// The IPv6 addresses asked for.
    pub ipv6: Wish,
    /// Its description.
    pub description: String,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteNetworkInterface`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub eni: EniId,
}

/// `ModifyNetworkInterfaceAttribute`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modify {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub eni: EniId,
    /// Its groups from now on, if they change.
    pub groups: Option<BTreeSet<GroupId>>,
    /// Its description, if it changes.
    pub description: Option<String>,
    /// `SourceDestCheck`, if it changes: whether it neither takes nor sends what is another's.
    pub source_dest_check: Option<bool>,
}

/// Why a question about ENIs is refused, or an ENI cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such subnet.
    NoSubnet(SubnetId),
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such security group.
    NoGroup(GroupId),
    /// The scope has no such ENI.
    NoEni(EniId),
    /// These groups are of another VPC than the subnet, which is of this one.
    GroupsElsewhere(BTreeSet<GroupId>, VpcId),
    /// More groups than an ENI may have.
    TooManyGroups,
    /// The scope has as many ENIs as it may.
    TooMany,
    /// The subnet has no free address.
    NoFreeAddress(SubnetId),
    /// The address asked for is taken.
    AddressInUse(Ipv4Addr),
    /// The address asked for is not one of the subnet's.
    AddressOutside(Ipv4Addr, SubnetId),
    /// The address asked for is one that AWS keeps.
    AddressReserved(Ipv4Addr, SubnetId),
    /// The IPv6 addresses asked for are not to be had.
    Ipv6(address6::Refusal),
    /// The ENI is in use.
    InUse(EniId),
    /// The ENI is Lambda's.
    Managed(EniId),
}

impl From<Missing<SubnetId>> for Refusal {
    fn from(Missing(id): Missing<SubnetId>) -> Refusal {
        Refusal::NoSubnet(id)
    }
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl From<Missing<GroupId>> for Refusal {
    fn from(Missing(id): Missing<GroupId>) -> Refusal {
        Refusal::NoGroup(id)
    }
}

impl From<Missing<EniId>> for Refusal {
    fn from(Missing(id): Missing<EniId>) -> Refusal {
        Refusal::NoEni(id)
    }
}

/// Where an ENI can be.
#[derive(Debug)]
pub struct Home {
    /// The subnet's VPC.
    pub(crate) vpc: VpcId,
    /// The groups that it gets.
    pub(crate) groups: BTreeSet<GroupId>,
}

impl Ask for Create {
    type Answer = Eni;
    type Refusal = Refusal;
    type Granted = (Create, Home);

    fn check(mut self, engine: &Engine) -> Result<(Create, Home), Refusal> {
        let Create { scope, subnet, groups, address, .. } = &self;
        let limits = &engine.config.limits;
        let wish = (*subnet, groups.clone(), *address);
        let home = engine.network.may_have_eni(scope, wish, limits)?;
        let subnet = &engine.network.subnets[subnet];
        self.ipv6.as_of(subnet);
        let may = engine.network.may_have_addresses6((EniId(0), 0), subnet, &self.ipv6);
        may.map_err(Refusal::Ipv6)?;
        Ok((self, home))
    }

    fn apply(
        (granted, home): (Create, Home),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Eni {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, subnet, groups, address, ipv6, description, tags } = granted;
        let id = fresh(cx.random, &network.enis, EniId);
        let cause = Cause::Api { operation: "CreateNetworkInterface".into(), function: None };
        let choice = Choice::CreateEni { eni: id, subnet, cursor: 0 };
        let decision = cx.journal.draft(cx.now, cause, choice, Vec::new());
        let new = NewEni {
            id,
            mac: mac(cx.random),
            scope,
            subnet,
            groups,
            address,
            addresses6: network.choose_addresses6(subnet, &ipv6, cx.random),
            description,
            user: EniUser::Customer,
            tags,
            decision: decision.clone(),
        };
        let eni = network.add_eni(new, home).clone();
        network.eni_comes(&mut cx, id);
        cx.journal.keep(decision);
        cx.persist(Vec::from([Change::Put(Box::new(Record::Eni(eni.clone())))]));
        eni
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = EniId;

    fn check(self, engine: &Engine) -> Result<EniId, Refusal> {
        match engine.network.eni(&self.scope, self.eni)?.user {
            EniUser::Customer | EniUser::Released(_) => Ok(self.eni),
            EniUser::Environment(..)
            | EniUser::Pair
            | EniUser::Resource(_)
            | EniUser::NatGateway(_) => Err(Refusal::InUse(self.eni)),
        }
    }

    fn apply(granted: EniId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let mut changes = Vec::from([Change::Delete(Key::Eni(granted))]);
        network.remove_eni(&mut cx, granted, &mut changes);
        cx.persist(changes);
    }
}

impl Ask for Modify {
    type Answer = Eni;
    type Refusal = Refusal;
    /// The question, and the groups that the ENI gets.
    type Granted = (Modify, BTreeSet<GroupId>);

    fn check(self, engine: &Engine) -> Result<(Modify, BTreeSet<GroupId>), Refusal> {
        let network = &engine.network;
        let eni = network.eni(&self.scope, self.eni)?;
        match eni.user {
            EniUser::Resource(id) if network.resources[&id].is_managed() => {
                return Err(Refusal::Managed(self.eni));
            }
            EniUser::Customer | EniUser::Released(_) | EniUser::Resource(_) => {}
            EniUser::Environment(..) | EniUser::Pair | EniUser::NatGateway(_) => {
                return Err(Refusal::Managed(self.eni));
            }
        }
        let groups = match &self.groups {
            Some(groups) => {
                network.groups_for(&self.scope, eni.vpc, groups.clone(), &engine.config.limits)?
            }
            None => eni.groups.clone(),
        };
        Ok((self, groups))
    }

    fn apply(
        (granted, groups): (Modify, BTreeSet<GroupId>),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Eni {
        let (network, mut cx) = engine.network_cx(now, out);
        let Modify { eni: id, description, source_dest_check, .. } = granted;
        let eni = network.enis.get_mut(&id).expect("it was found");
        eni.groups = groups;
        if let Some(description) = description {
            eni.description = description;
        }
        eni.source_dest_check = source_dest_check.unwrap_or(eni.source_dest_check);
        let eni = eni.clone();
        if matches!(eni.user, EniUser::Resource(_)) {
            if source_dest_check.is_some() {
                network.replan_all(&mut cx, eni.vpc);
            }
            cx.command(NodeCommand::PutEni(network.eni_plan(id, Holder::Resource)));
        }
        network.members_changed(&mut cx, eni.vpc);
        cx.persist(Vec::from([Change::Put(Box::new(Record::Eni(eni.clone())))]));
        eni
    }
}

/// An ENI to be made.
#[derive(Debug)]
pub(crate) struct NewEni {
    pub(crate) id: EniId,
    pub(crate) mac: [u8; 6],
    pub(crate) scope: Scope,
    pub(crate) subnet: SubnetId,
    pub(crate) groups: BTreeSet<GroupId>,
    pub(crate) address: Option<Ipv4Addr>,
    /// Such as were chosen for it.
    pub(crate) addresses6: Vec<Ipv6Addr>,
    pub(crate) description: String,
    pub(crate) user: EniUser,
    pub(crate) tags: Tags,
    pub(crate) decision: Decision,
}

/// How many ENIs there are, so that a quota is asked about without a look at each of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    of_scopes: BTreeMap<Scope, usize>,
    /// Those that functions hold, by their VPCs.
    of_functions: BTreeMap<VpcId, usize>,
}

impl Tally {
    pub(crate) fn add(&mut self, eni: &Eni) {
        match self.of_scopes.get_mut(&eni.scope) {
            Some(count) => *count += 1,
            None => drop(self.of_scopes.insert(eni.scope.clone(), 1)),
        }
        if eni.user.is_function() {
            *self.of_functions.entry(eni.vpc).or_default() += 1;
        }
    }

    fn subtract(&mut self, eni: &Eni) {
        let of_scope = self.of_scopes.get_mut(&eni.scope).expect("it was counted");
        *of_scope -= 1;
        if *of_scope == 0 {
            self.of_scopes.remove(&eni.scope);
        }
        if eni.user.is_function() {
            let of_vpc = self.of_functions.get_mut(&eni.vpc).expect("it was counted");
            *of_vpc -= 1;
            if *of_vpc == 0 {
                self.of_functions.remove(&eni.vpc);
            }
        }
    }

    /// All of a scope.
    pub(crate) fn of_scope(&self, scope: &Scope) -> usize {
        self.of_scopes.get(scope).copied().unwrap_or(0)
    }

    /// Those that functions hold in a VPC.
    pub(crate) fn of_functions(&self, vpc: VpcId) -> usize {
        self.of_functions.get(&vpc).copied().unwrap_or(0)
    }
}

impl EniUser {
    /// Whether a function holds it, by an environment or by a pair.
    fn is_function(&self) -> bool {
        match self {
            EniUser::Environment(..) | EniUser::Pair => true,
            EniUser::Customer
            | EniUser::Resource(_)
            | EniUser::Released(_)
            | EniUser::NatGateway(_) => false,
        }
    }
}

impl Part for Eni {
    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        plan.secondaries = network.planned_secondaries(vpc.id);
    }
}

impl Network {
    /// Whether an ENI can be made in a subnet with these groups and the address that is asked for.
    pub(crate) fn may_have_eni(
        &self,
        scope: &Scope,
        (subnet, groups, address): (SubnetId, BTreeSet<GroupId>, Option<Ipv4Addr>),
        limits: &Limits,
    ) -> Result<Home, Refusal> {
        let vpc = self.subnet(scope, subnet)?.vpc;
        let groups = self.groups_for(scope, vpc, groups, limits)?;
        if self.tally.of_scope(scope) >= limits.enis_per_scope as usize {
            return Err(Refusal::TooMany);
        }
        let pool = &self.pools[&subnet];
        match address {
            None if pool.free() == 0 => return Err(Refusal::NoFreeAddress(subnet)),
            None => {}
            Some(address) => pool.may_take(address).map_err(|error| match error {
                AddressError::Outside => Refusal::AddressOutside(address, subnet),
                AddressError::Reserved => Refusal::AddressReserved(address, subnet),
                AddressError::Taken(_) => Refusal::AddressInUse(address),
            })?,
        }
        Ok(Home { vpc, groups })
    }

    /// The groups of an ENI to be: those given, which must be of the VPC, or its default group.
    pub(crate) fn groups_for(
        &self,
        scope: &Scope,
        vpc: VpcId,
        groups: BTreeSet<GroupId>,
        limits: &Limits,
    ) -> Result<BTreeSet<GroupId>, Refusal> {
        if groups.is_empty() {
            return Ok(BTreeSet::from([self.vpc(scope, vpc)?.default_group]));
        }
        if groups.len() > limits.groups_per_eni as usize {
            return Err(Refusal::TooManyGroups);
        }
        let mut elsewhere = BTreeSet::new();
        for id in &groups {
            if self.group(scope, *id)?.vpc != vpc {
                elsewhere.insert(*id);
            }
        }
        if elsewhere.is_empty() {
            Ok(groups)
        } else {
            Err(Refusal::GroupsElsewhere(elsewhere, vpc))
        }
    }

    /// Makes an ENI and takes its address, if it can be.
    pub(crate) fn create_eni(&mut self, new: NewEni, limits: &Limits) -> Result<&Eni, Refusal> {
        let wish = (new.subnet, new.groups.clone(), new.address);
        let home = self.may_have_eni(&new.scope, wish, limits)?;
        Ok(self.add_eni(new, home))
    }

    /// Makes an ENI that was found to be possible, and takes its address.
    pub(crate) fn add_eni(&mut self, new: NewEni, home: Home) -> &Eni {
        let pool = self.pools.get_mut(&new.subnet).expect("each subnet has a pool");
        let address = match new.address {
            None => pool.take_any(new.id).expect("an address was free"),
            Some(address) => {
                pool.take(address, new.id).expect("the address was free");
                address
            }
        };
        self.hold_addresses6(new.id, &new.addresses6);
        self.put_eni(Eni {
            id: new.id,
            scope: new.scope,
            vpc: home.vpc,
            subnet: new.subnet,
            address,
            addresses6: new.addresses6,
            mac: new.mac,
            groups: home.groups,
            description: new.description,
            source_dest_check: true,
            user: new.user,
            created: new.decision.at,
            tags: new.tags,
            decision: new.decision,
        })
    }

    /// Puts in an ENI that has its address.
    pub(crate) fn put_eni(&mut self, eni: Eni) -> &Eni {
        self.tally.add(&eni);
        self.enis.entry(eni.id).or_insert(eni)
    }

    /// An environment gives its ENI up, which stays until then.
    pub(crate) fn release_eni(&mut self, id: EniId, until: Time) {
        let eni = self.enis.get_mut(&id).expect("its environment held it");
        self.tally.subtract(eni);
        eni.user = EniUser::Released(until);
        self.tally.add(eni);
    }

    /// Takes an ENI away, and gives its addresses back.
    pub(crate) fn remove_eni(&mut self, cx: &mut Cx<'_>, id: EniId, changes: &mut Vec<Change>) {
        let eni = self.enis.remove(&id).expect("an ENI is removed once");
        self.tally.subtract(&eni);
        self.pools.get_mut(&eni.subnet).expect("each subnet has a pool").release(eni.address);
        let secondaries = self.release_secondaries(cx, &eni, changes);
        self.release_addresses6(eni.addresses6.iter());
        self.forsake(cx, &eni, changes);
        self.eni_goes(cx, &eni, &secondaries);
        self.eni_is_unwatched(cx, (id, eni.vpc), changes);
    }

    /// What the node is to have for an ENI.
    pub(crate) fn eni_plan(&self, id: EniId, holder: Holder) -> EniPlan {
        let eni = &self.enis[&id];
        let block = self.subnets[&eni.subnet].cidr;
        EniPlan {
            eni: id,
            vpc: eni.vpc,
            subnet: eni.subnet,
            gateway: block.nth(1).expect("a subnet has a router's address"),
            address: eni.address,
            addresses6: eni.addresses6.clone(),
            mac: eni.mac,
            groups: eni.groups.clone(),
            holder,
        }
    }
}

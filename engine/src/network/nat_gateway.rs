//! NAT gateways: by which private addresses begin connections to the internet.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::ask::Ask;
use crate::base::id::{AllocationId, EniId, Missing, NatGatewayId, SubnetId};
use crate::base::limits::{Limits, NAT_SHOWN, NATS_GONE};
use crate::base::random::{fresh, mac};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::address::AddressError;
use crate::network::eni::{Home, NewEni};
use crate::network::noun::Part;
use crate::plan::{NatPlan, VpcPlan};
use crate::record::decision::{Cause, Choice};
use crate::record::eni::EniUser;
use crate::record::nat_gateway::{Connectivity, NatGateway, NatState};
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// `CreateNatGateway`; answered with the gateway, which may have failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// In which subnet.
    pub subnet: SubnetId,
    /// What it gives its senders.
    pub connectivity: Connectivity,
    /// Its private address, if one is asked for.
    pub address: Option<Ipv4Addr>,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteNatGateway`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub nat: NatGatewayId,
}

/// Why a question about NAT gateways is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such subnet.
    NoSubnet(SubnetId),
    /// The scope has no such address.
    NoAddress(AllocationId),
    /// The scope has no such NAT gateway.
    NoNat(NatGatewayId),
    /// The scope has as many NAT gateways in the zone, or ENIs, as it may.
    TooMany,
    /// The private address asked for is not one of the subnet's, or AWS keeps it.
    Outside(Ipv4Addr, SubnetId),
    /// An ENI holds the private address asked for.
    Taken(Ipv4Addr),
}

impl From<Missing<SubnetId>> for Refusal {
    fn from(Missing(id): Missing<SubnetId>) -> Refusal {
        Refusal::NoSubnet(id)
    }
}

impl From<Missing<AllocationId>> for Refusal {
    fn from(Missing(id): Missing<AllocationId>) -> Refusal {
        Refusal::NoAddress(id)
    }
}

impl From<Missing<NatGatewayId>> for Refusal {
    fn from(Missing(id): Missing<NatGatewayId>) -> Refusal {
        Refusal::NoNat(id)
    }
}

/// Why a gateway that was asked for is shown as failed: AWS's code and message.
type Fault = (&'static str, String);

impl Ask for Create {
    type Answer = NatGateway;
    type Refusal = Refusal;
    type Granted = (Create, Option<Fault>);

    fn check(self, engine: &Engine) -> Result<(Create, Option<Fault>), Refusal> {
        let fault = engine.network.may_have_nat(&self, &engine.config.limits)?;
        Ok((self, fault))
    }

    fn apply(
        (granted, fault): (Create, Option<Fault>),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> NatGateway {
        let (network, mut cx) = engine.network_cx(now, out);
        network.create_nat(&mut cx, granted, fault)
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = NatGatewayId;

    fn check(self, engine: &Engine) -> Result<NatGatewayId, Refusal> {
        Ok(engine.network.find::<NatGateway>(&self.scope, self.nat)?.id)
    }

    fn apply(granted: NatGatewayId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.delete_nat(&mut cx, granted);
    }
}

impl Engine {
    /// Whether the node has yet to be told of a NAT gateway, or to do what it was told.
    pub fn is_pending(&self, nat: NatGatewayId) -> bool {
        self.network.pending_nats.contains_key(&nat)
    }
}

impl NatGateway {
    /// When it was over with it: it was deleted, or could not be made.
    fn gone(&self) -> Option<Time> {
        match self.state {
            NatState::Made(_) => None,
            NatState::Failed { .. } => Some(self.created),
            NatState::Deleted { at, .. } => Some(at),
        }
    }
}

impl Network {
    /// Whether a NAT gateway can be made; some faults are told by its state alone, as AWS does.
    fn may_have_nat(&self, wanted: &Create, limits: &Limits) -> Result<Option<Fault>, Refusal> {
        let subnet = self.subnet(&wanted.scope, wanted.subnet)?;
        let mut fault = None;
        if let Connectivity::Public(allocation) = wanted.connectivity {
            let ip = self.allocated(&wanted.scope, allocation)?;
            if ip.association.is_some() {
                let text = format!("Elastic IP address {allocation} is already associated");
                fault = Some(("Resource.AlreadyAssociated", text));
            }
            if self.gateway_of(subnet.vpc).is_none() {
                let text = format!("Network {} has no Internet gateway attached", subnet.vpc);
                fault = Some(("Gateway.NotAttached", text));
            }
        }
        let own = self.nat_gateways.values().filter(|nat| nat.scope == wanted.scope);
        let made = own.filter(|nat| nat.gone().is_none());
        let in_zone = made.filter(|nat| {
            self.subnets.get(&nat.subnet).is_some_and(|other| other.zone == subnet.zone)
        });
        if in_zone.count() >= limits.nats_per_zone as usize
            || self.tally.of_scope(&wanted.scope) >= limits.enis_per_scope as usize
        {
            return Err(Refusal::TooMany);
        }
        let pool = &self.pools[&wanted.subnet];
        match wanted.address {
            Some(address) => pool.may_take(address).map_err(|error| match error {
                AddressError::Outside | AddressError::Reserved => {
                    Refusal::Outside(address, wanted.subnet)
                }
                AddressError::Taken(_) => Refusal::Taken(address),
            })?,
            None if pool.free() == 0 => {
                let text = "Subnet has insufficient free addresses to create this NAT gateway";
                fault = Some(("InsufficientFreeAddressesInSubnet", text.into()));
            }
            None => {}
        }
        Ok(fault)
    }

    fn create_nat(&mut self, cx: &mut Cx<'_>, wanted: Create, fault: Option<Fault>) -> NatGateway {
        let Create { scope, subnet, connectivity, address, tags } = wanted;
        let id = fresh(cx.random, &self.nat_gateways, NatGatewayId);
        let vpc = self.subnets[&subnet].vpc;
        let mut changes = Vec::new();
        let state = match fault {
            Some((code, message)) => NatState::Failed { code: code.into(), message },
            None => {
                let eni = self.add_nat_eni(cx, (id, subnet), scope.clone(), address);
                changes.push(Change::Put(Box::new(Record::Eni(self.enis[&eni].clone()))));
                NatState::Made(eni)
            }
        };
        let created = cx.now;
        let nat = NatGateway { id, scope, vpc, subnet, connectivity, state, created, tags };
        self.nat_gateways.insert(id, nat.clone());
        changes.push(put(&nat));
        match (&nat.state, connectivity) {
            (NatState::Made(eni), Connectivity::Public(allocation)) => {
                self.associate_address(cx, allocation, (*eni, None), &mut changes);
            }
            (NatState::Made(_), Connectivity::Private) => self.replan_all(cx, vpc),
            _ => self.nat_is_gone(cx, id, &mut changes),
        }
        if nat.gone().is_none() {
            self.pending_nats.insert(id, self.generation(vpc));
        }
        cx.persist(changes);
        nat
    }

    fn add_nat_eni(
        &mut self,
        cx: &mut Cx<'_>,
        (nat, subnet): (NatGatewayId, SubnetId),
        scope: Scope,
        address: Option<Ipv4Addr>,
    ) -> EniId {
        let id = fresh(cx.random, &self.enis, EniId);
        let cause = Cause::Api { operation: "CreateNatGateway".into(), function: None };
        let choice = Choice::CreateEni { eni: id, subnet, cursor: 0 };
        let decision = cx.journal.draft(cx.now, cause, choice, Vec::new());
        let new = NewEni {
            id,
            mac: mac(cx.random),
            scope,
            subnet,
            groups: BTreeSet::new(),
            address,
            addresses6: Vec::new(),
            description: format!("Interface for NAT Gateway {nat}"),
            user: EniUser::NatGateway(nat),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        // No security group is asked about what goes through a NAT gateway.
        let home = Home { vpc: self.subnets[&subnet].vpc, groups: BTreeSet::new() };
        self.add_eni(new, home);
        cx.journal.keep(decision);
        id
    }

    fn delete_nat(&mut self, cx: &mut Cx<'_>, id: NatGatewayId) {
        let nat = &self.nat_gateways[&id];
        // Of one that is gone already nothing is left to be deleted.
        let NatState::Made(eni) = nat.state else { return };
        let (private, vpc) = (self.enis[&eni].address, nat.vpc);
        let public = self.public_of(eni).map(|ip| ip.address);
        let nat = self.nat_gateways.get_mut(&id).expect("it was found");
        nat.state = NatState::Deleted { at: cx.now, eni, private, public };
        let mut changes = Vec::from([put(nat), Change::Delete(Key::Eni(eni))]);
        self.pending_nats.remove(&id);
        self.remove_eni(cx, eni, &mut changes);
        cx.journal.forget(eni);
        self.replan_all(cx, vpc);
        self.nat_is_gone(cx, id, &mut changes);
        cx.persist(changes);
    }

    /// One that is gone is shown for a while, and only so many of a scope are.
    fn nat_is_gone(&mut self, cx: &mut Cx<'_>, id: NatGatewayId, changes: &mut Vec<Change>) {
        cx.timers.set(Timer::NatGateway(id), cx.now + NAT_SHOWN);
        let scope = &self.nat_gateways[&id].scope;
        let own = self.nat_gateways.values().filter(|nat| nat.scope == *scope);
        let mut gone: Vec<_> = own.filter_map(|nat| Some((nat.gone()?, nat.id))).collect();
        gone.sort_unstable();
        let beyond = gone.len().saturating_sub(NATS_GONE);
        for (_, oldest) in gone.into_iter().take(beyond) {
            self.nat_gateways.remove(&oldest);
            cx.timers.cancel(Timer::NatGateway(oldest));
            changes.push(Change::Delete(Key::NatGateway(oldest)));
        }
    }

    /// One that was gone for a while is shown no longer.
    pub(crate) fn forget_nat(&mut self, cx: &mut Cx<'_>, id: NatGatewayId) {
        if self.nat_gateways.remove(&id).is_some() {
            cx.persist(Vec::from([Change::Delete(Key::NatGateway(id))]));
        }
    }

    /// After a restart: those that are gone are forgotten in their time.
    pub(crate) fn watch_nats(&self, cx: &mut Cx<'_>) {
        for nat in self.nat_gateways.values() {
            if let Some(at) = nat.gone() {
                cx.timers.set(Timer::NatGateway(nat.id), at + NAT_SHOWN);
            }
        }
    }
}

fn put(nat: &NatGateway) -> Change {
    Change::Put(Box::new(Record::NatGateway(nat.clone())))
}

impl Part for NatGateway {
    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        for nat in network.nat_gateways.values().filter(|nat| nat.vpc == vpc.id) {
            let NatState::Made(eni) = nat.state else { continue };
            let private = network.enis[&eni].address;
            let public = network.public_of(eni).map(|ip| ip.address);
            let planned = NatPlan { nat: nat.id, eni, subnet: nat.subnet, private, public };
            plan.nats.insert(nat.id, planned);
        }
    }

    fn check(network: &Network) {
        for nat in network.nat_gateways.values() {
            let NatState::Made(eni) = nat.state else { continue };
            let eni = &network.enis[&eni];
            assert_eq!(eni.user, EniUser::NatGateway(nat.id), "{} and its ENI", nat.id);
            assert_eq!((eni.subnet, eni.vpc), (nat.subnet, nat.vpc), "{} and its ENI", nat.id);
        }
    }
}

//! VPC endpoints: ways to AWS's services that lead over nothing outside.
//!
//! A gateway endpoint is a route of tables to its service's addresses. An interface endpoint has ENIs of
//! its own, at which the service answers.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::ask::Ask;
use crate::base::id::{
    EniId, GroupId, Missing, PrefixListId, RouteTableId, SubnetId, VpcEndpointId, VpcId,
};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::eni;
use crate::network::exit::Exit;
use crate::network::noun::Part;
use crate::network::service::{Served, Service, reserved};
use crate::plan::{RoutePlan, RouteTarget};
use crate::record::route_table::RouteTable;
use crate::record::vpc::Vpc;
use crate::record::vpc_endpoint::{EndpointKind, VpcEndpoint};
use crate::record::{Change, Key, Record};

/// Gateway endpoints of a scope (AWS: 20), and interface endpoints of a VPC (AWS: 50).
const GATEWAYS: usize = 20;
const INTERFACES: usize = 50;

/// `CreateVpcEndpoint`; answered with the endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// In which VPC.
    pub vpc: VpcId,
    /// To which service.
    pub service: String,
    /// How it is to be reached; an interface endpoint without groups has the VPC's default one.
    pub kind: EndpointKind,
    /// What may be done through it.
    pub policy: Option<String>,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `ModifyVpcEndpoint`; answered with the endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modify {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub endpoint: VpcEndpointId,
    /// What may be done through it, if that changes: everything, where it is to be so.
    pub policy: Option<Option<String>>,
    /// Tables that come and go.
    pub tables: (BTreeSet<RouteTableId>, BTreeSet<RouteTableId>),
    /// Subnets that come and go.
    pub subnets: (BTreeSet<SubnetId>, BTreeSet<SubnetId>),
    /// Security groups that come and go.
    pub groups: (BTreeSet<GroupId>, BTreeSet<GroupId>),
    /// Whether the service's names lead to it, if that changes.
    pub private_dns: Option<bool>,
}

/// One of `DeleteVpcEndpoints`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub endpoint: VpcEndpointId,
}

/// Why a question about VPC endpoints is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such endpoint.
    NoEndpoint(VpcEndpointId),
    /// The scope has no such route table.
    NoTable(RouteTableId),
    /// There is no such service in the region.
    NoService(String),
    /// The service has no gateway endpoints.
    KindOfService(String),
    /// The service has no interface endpoints here.
    KindOfInterface(String),
    /// The endpoint is of another kind than what is to be changed of it.
    KindOfEndpoint(VpcEndpointId),
    /// The table is of another VPC.
    TableElsewhere(RouteTableId, VpcId),
    /// The subnet is of another VPC.
    SubnetElsewhere(SubnetId, VpcId),
    /// The table has a route to the service's addresses already.
    RouteExists(RouteTableId, PrefixListId),
    /// Two of the subnets are in one zone.
    SameZone(SubnetId, SubnetId),
    /// The VPC's attributes do not let names be private.
    NoDns(VpcId),
    /// Another endpoint of the VPC has the service's names.
    NamesTaken(VpcId, String),
    /// An interface endpoint needs a security group.
    NoGroupLeft(VpcEndpointId),
    /// The scope, or the VPC, has as many as it may.
    TooMany,
    /// An ENI cannot be made.
    Eni(eni::Refusal),
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl From<Missing<VpcEndpointId>> for Refusal {
    fn from(Missing(id): Missing<VpcEndpointId>) -> Refusal {
        Refusal::NoEndpoint(id)
    }
}

impl From<Missing<RouteTableId>> for Refusal {
    fn from(Missing(id): Missing<RouteTableId>) -> Refusal {
        Refusal::NoTable(id)
    }
}

impl Ask for Create {
    type Answer = VpcEndpoint;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        engine.network.may_have_endpoint(&self, engine)?;
        Ok(self)
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> VpcEndpoint {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, vpc, service, mut kind, policy, tags } = granted;
        if let EndpointKind::Interface { groups, .. } = &mut kind
            && groups.is_empty()
        {
            groups.insert(network.vpcs[&vpc].default_group);
        }
        let id = fresh(cx.random, &network.vpc_endpoints, VpcEndpointId);
        let created = cx.now;
        let made = VpcEndpoint { id, scope, vpc, service, kind, policy, created, tags };
        network.put_endpoint(&mut cx, made.clone());
        made
    }
}

impl Ask for Modify {
    type Answer = VpcEndpoint;
    type Refusal = Refusal;
    /// The endpoint as it comes to be.
    type Granted = VpcEndpoint;

    fn check(self, engine: &Engine) -> Result<VpcEndpoint, Refusal> {
        engine.network.modified_endpoint(self, engine)
    }

    fn apply(
        granted: VpcEndpoint,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> VpcEndpoint {
        let (network, mut cx) = engine.network_cx(now, out);
        network.put_endpoint(&mut cx, granted.clone());
        granted
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = VpcEndpointId;

    fn check(self, engine: &Engine) -> Result<VpcEndpointId, Refusal> {
        Ok(engine.network.find::<VpcEndpoint>(&self.scope, self.endpoint)?.id)
    }

    fn apply(granted: VpcEndpointId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let endpoint = network.vpc_endpoints.remove(&granted).expect("it was found");
        cx.journal.forget_refusals(granted);
        network.put_endpoint_enis(&mut cx, &endpoint, &BTreeSet::new());
        network.replan_all(&mut cx, endpoint.vpc);
        cx.persist(Vec::from([Change::Delete(Key::VpcEndpoint(granted))]));
    }
}

impl VpcEndpoint {
    /// Its service, which this release may not have any more.
    pub fn served(&self) -> Option<Served<'_>> {
        let region = &self.scope.region;
        let service = Service::of_endpoint(&self.service, region)?;
        Some(Served { service, region })
    }

    /// The tables whose routes lead by it.
    pub fn tables(&self) -> impl Iterator<Item = RouteTableId> + '_ {
        let tables = match &self.kind {
            EndpointKind::Gateway { tables } => Some(tables),
            EndpointKind::Interface { .. } => None,
        };
        tables.into_iter().flatten().copied()
    }

    /// Whether its ENIs carry a security group, also while it has none.
    pub(super) fn has_group(&self, group: GroupId) -> bool {
        matches!(&self.kind, EndpointKind::Interface { groups, .. } if groups.contains(&group))
    }

    fn leads_from(&self, table: RouteTableId) -> bool {
        self.tables().any(|known| known == table)
    }
}

/// A name of an interface endpoint, and in which subnet its ENI is, where it is that of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointName {
    /// The name.
    pub name: String,
    /// Which subnet's; of all where there is none.
    pub subnet: Option<SubnetId>,
    /// Whether it is the service's own, which means the endpoint within its VPC alone.
    pub is_private: bool,
}

impl Engine {
    /// The names of an interface endpoint: its own, that of each zone, and the service's.
    pub fn endpoint_names(&self, endpoint: &VpcEndpoint) -> Vec<EndpointName> {
        let EndpointKind::Interface { subnets, private_dns, .. } = &endpoint.kind else {
            return Vec::new();
        };
        let Some(served) = endpoint.served() else { return Vec::new() };
        let (own, base) = (own_name(endpoint.id), served.endpoint_base());
        let named = |name, subnet, is_private| EndpointName { name, subnet, is_private };
        let mut names = Vec::from([named(format!("{own}.{base}"), None, false)]);
        let zones = subnets.iter().filter_map(|id| self.network.subnets.get(id));
        names.extend(
            zones.map(|subnet| {
                named(format!("{own}-{}.{base}", subnet.zone), Some(subnet.id), false)
            }),
        );
        names.extend(private_dns.then(|| named(served.host(), None, true)));
        names
    }

    /// Where a name leads that is one of AWS's services', asked for from within a VPC or from outside of
    /// all: in lower case, without the dot that may end it. None where it is no such name.
    pub fn service_addresses(&self, vpc: Option<VpcId>, name: &str) -> Option<Vec<Ipv4Addr>> {
        let network = &self.network;
        let served = Served::named(name);
        let is_private = |endpoint: &&VpcEndpoint| {
            let has_names =
                matches!(endpoint.kind, EndpointKind::Interface { private_dns: true, .. });
            has_names && Some(endpoint.vpc) == vpc && endpoint.served() == served
        };
        if let (Some(served), own) = (served, network.vpc_endpoints.values().find(is_private)) {
            let own = own.map(|endpoint| self.addresses_of(endpoint, None)).unwrap_or_default();
            return match own.is_empty() {
                true => served.address(network.public_block?).map(|address| Vec::from([address])),
                false => Some(own),
            };
        }
        // The endpoint's own names mean it everywhere.
        let (first, _) =
            name.split_once('.').filter(|_| name.starts_with(VpcEndpointId::PREFIX))?;
        let id = first.get(..VpcEndpointId::PREFIX.len() + 17)?.parse().ok()?;
        let endpoint = network.vpc_endpoints.get(&id)?;
        let known = self.endpoint_names(endpoint).into_iter().find(|known| known.name == name)?;
        Some(self.addresses_of(endpoint, known.subnet))
    }

    /// The addresses of an endpoint's ENIs, or of the one in a subnet.
    fn addresses_of(&self, endpoint: &VpcEndpoint, subnet: Option<SubnetId>) -> Vec<Ipv4Addr> {
        let enis = self.endpoint_enis(endpoint.id).map(|(eni, _)| eni);
        let own = enis.filter(|eni| subnet.is_none_or(|subnet| eni.subnet == subnet));
        own.map(|eni| eni.address).collect()
    }

    /// The service that a host names, behind an endpoint or without one.
    pub fn served_by_name<'a>(&'a self, name: &'a str) -> Option<Served<'a>> {
        if let Some(served) = Served::named(name) {
            return Some(served);
        }
        let own = name.split('.').find(|label| label.starts_with(VpcEndpointId::PREFIX))?;
        let id = own.get(..VpcEndpointId::PREFIX.len() + 17)?.parse().ok()?;
        let endpoint = self.network.vpc_endpoints.get(&id)?;
        let served = endpoint.served()?;
        name.ends_with(&served.endpoint_base()).then_some(served)
    }

    /// The gateway endpoint by which packets of an ENI get to a service, if that is their way.
    pub fn endpoint_to(&self, eni: EniId, served: Served<'_>) -> Option<&VpcEndpoint> {
        let network = &self.network;
        let eni = network.enis.get(&eni)?;
        let address = served.address(network.public_block?)?;
        match network.planned(eni.vpc).exit((eni.id, eni.subnet), address, TCP) {
            Ok(Exit::Endpoint(id)) => network.vpc_endpoints.get(&id),
            _ => None,
        }
    }

    /// Whether an address is one of AWS's services'.
    pub fn is_of_service(&self, address: Ipv4Addr) -> bool {
        let all = self.network.public_block.and_then(reserved);
        all.is_some_and(|all| all.contains(address))
    }

    /// The private address of an ENI, whoever owns it.
    pub fn eni_address(&self, eni: EniId) -> Option<Ipv4Addr> {
        self.network.enis.get(&eni).map(|eni| eni.address)
    }

    /// An endpoint, whoever owns it.
    pub fn vpc_endpoint(&self, id: VpcEndpointId) -> Option<&VpcEndpoint> {
        self.network.vpc_endpoints.get(&id)
    }
}

const TCP: u8 = 6;

/// What the names of an endpoint begin with: its id, and something that nobody guesses from that on AWS.
fn own_name(id: VpcEndpointId) -> String {
    let mut rest = id.0 ^ id.0.rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut name = format!("{id}-");
    for _ in 0..8 {
        let digit = (rest % 36) as u8;
        name.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
        rest /= 36;
    }
    name
}

impl Network {
    fn may_have_endpoint(&self, wanted: &Create, engine: &Engine) -> Result<(), Refusal> {
        let Create { scope, vpc, service, kind, .. } = wanted;
        self.vpc(scope, *vpc)?;
        let found = Service::of_endpoint(service, &scope.region);
        let found = found.ok_or_else(|| Refusal::NoService(service.clone()))?;
        let all = || self.vpc_endpoints.values();
        match kind {
            EndpointKind::Gateway { tables } => {
                if !found.has_gateway() {
                    return Err(Refusal::KindOfService(service.clone()));
                }
                let own = all().filter(|it| it.scope == *scope && is_gateway(it));
                if own.count() >= GATEWAYS {
                    return Err(Refusal::TooMany);
                }
                self.may_lead_to(scope, *vpc, service, tables.iter().copied())
            }
            EndpointKind::Interface { subnets, groups, private_dns } => {
                if !found.has_interface() {
                    return Err(Refusal::KindOfInterface(service.clone()));
                }
                let own = all().filter(|it| it.vpc == *vpc && !is_gateway(it));
                if own.count() >= INTERFACES {
                    return Err(Refusal::TooMany);
                }
                if *private_dns {
                    self.may_have_names(None, *vpc, service)?;
                }
                self.may_have_endpoint_enis(
                    engine,
                    (scope, *vpc),
                    (&BTreeSet::new(), subnets),
                    groups,
                )
            }
        }
    }

    /// Whether tables may have routes to a service.
    fn may_lead_to(
        &self,
        scope: &Scope,
        vpc: VpcId,
        service: &str,
        tables: impl Iterator<Item = RouteTableId>,
    ) -> Result<(), Refusal> {
        let list = self.lists_of_aws(&scope.region).into_iter().find(|list| list.name == service);
        let list = list.ok_or_else(|| Refusal::NoService(service.into()))?.id;
        for id in tables {
            let table = self.find::<RouteTable>(scope, id)?;
            if table.vpc != vpc {
                return Err(Refusal::TableElsewhere(id, vpc));
            }
            if table.lists.contains_key(&list) || self.has_endpoint_for(table, list) {
                return Err(Refusal::RouteExists(id, list));
            }
        }
        Ok(())
    }

    /// Whether the names of a service may lead to an endpoint in its VPC.
    fn may_have_names(
        &self,
        endpoint: Option<VpcEndpointId>,
        vpc: VpcId,
        service: &str,
    ) -> Result<(), Refusal> {
        let of = &self.vpcs[&vpc];
        if !of.dns_support || !of.dns_hostnames {
            return Err(Refusal::NoDns(vpc));
        }
        let has_names = |it: &&VpcEndpoint| {
            let is_private = matches!(it.kind, EndpointKind::Interface { private_dns: true, .. });
            it.vpc == vpc && it.service == service && is_private && Some(it.id) != endpoint
        };
        match self.vpc_endpoints.values().find(has_names) {
            Some(_) => Err(Refusal::NamesTaken(vpc, service.into())),
            None => Ok(()),
        }
    }

    fn modified_endpoint(&self, wanted: Modify, engine: &Engine) -> Result<VpcEndpoint, Refusal> {
        let Modify { scope, endpoint: id, policy, tables, subnets, groups, private_dns } = wanted;
        let mut endpoint = self.find::<VpcEndpoint>(&scope, id)?.clone();
        let (vpc, service) = (endpoint.vpc, endpoint.service.clone());
        let of_interface = !(subnets.0.is_empty()
            && subnets.1.is_empty()
            && groups.0.is_empty()
            && groups.1.is_empty()
            && private_dns.is_none());
        match &mut endpoint.kind {
            EndpointKind::Gateway { tables: known } => {
                if of_interface {
                    return Err(Refusal::KindOfEndpoint(id));
                }
                let (add, remove) = tables;
                for table in &remove {
                    self.find::<RouteTable>(&scope, *table)?;
                }
                let new = add.iter().copied().filter(|table| !remove.contains(table));
                self.may_lead_to(&scope, vpc, &service, new)?;
                known.extend(add);
                known.retain(|table| !remove.contains(table));
            }
            EndpointKind::Interface { subnets: known, groups: own, private_dns: has_names } => {
                if !(tables.0.is_empty() && tables.1.is_empty()) {
                    return Err(Refusal::KindOfEndpoint(id));
                }
                let before = known.clone();
                known.extend(subnets.0);
                known.retain(|subnet| !subnets.1.contains(subnet));
                own.extend(groups.0);
                own.retain(|group| !groups.1.contains(group));
                if own.is_empty() {
                    return Err(Refusal::NoGroupLeft(id));
                }
                if private_dns == Some(true) && !*has_names {
                    self.may_have_names(Some(id), vpc, &service)?;
                }
                *has_names = private_dns.unwrap_or(*has_names);
                self.may_have_endpoint_enis(engine, (&scope, vpc), (&before, known), own)?;
            }
        }
        endpoint.policy = policy.unwrap_or(endpoint.policy);
        Ok(endpoint)
    }

    /// Stores an endpoint that is new or has changed, and has its VPC be so.
    fn put_endpoint(&mut self, cx: &mut Cx<'_>, endpoint: VpcEndpoint) {
        let vpc = endpoint.vpc;
        self.vpc_endpoints.insert(endpoint.id, endpoint.clone());
        if let EndpointKind::Interface { subnets, .. } = &endpoint.kind {
            self.put_endpoint_enis(cx, &endpoint, subnets);
        }
        self.replan_all(cx, vpc);
        cx.persist(Vec::from([put(&endpoint)]));
    }

    /// The routes that gateway endpoints have in a table.
    pub(crate) fn endpoint_routes(&self, table: &RouteTable) -> Vec<RoutePlan> {
        let own = self.vpc_endpoints.values().filter(|it| it.leads_from(table.id));
        let routes = own.filter_map(|it| {
            let destination = it.served()?.addresses(self.public_block?)?;
            Some(RoutePlan { destination, target: RouteTarget::Endpoint(it.id) })
        });
        routes.collect()
    }

    /// A table is gone, and gateway endpoints have no route in it any more.
    pub(super) fn leave_endpoints(&mut self, table: RouteTableId, changes: &mut Vec<Change>) {
        for endpoint in self.vpc_endpoints.values_mut() {
            if let EndpointKind::Gateway { tables } = &mut endpoint.kind
                && tables.remove(&table)
            {
                changes.push(put(endpoint));
            }
        }
    }

    /// Whether a table has a gateway endpoint's route to a list.
    pub(crate) fn has_endpoint_for(&self, table: &RouteTable, list: PrefixListId) -> bool {
        let lists = self.lists_of_aws(&table.scope.region);
        let Some(list) = lists.iter().find(|known| known.id == list) else { return false };
        let mut all = self.vpc_endpoints.values();
        all.any(|it| it.service == list.name && it.leads_from(table.id))
    }
}

fn is_gateway(endpoint: &VpcEndpoint) -> bool {
    matches!(endpoint.kind, EndpointKind::Gateway { .. })
}

/// What is to be stored of an endpoint.
fn put(endpoint: &VpcEndpoint) -> Change {
    Change::Put(Box::new(Record::VpcEndpoint(endpoint.clone())))
}

impl Part for VpcEndpoint {
    fn keeps_vpc(network: &Network, vpc: &Vpc) -> bool {
        network.vpc_endpoints.values().any(|it| it.vpc == vpc.id)
    }

    fn check(network: &Network) {
        for it in network.vpc_endpoints.values() {
            for table in it.tables() {
                let table = &network.route_tables[&table];
                assert_eq!(table.vpc, it.vpc, "{} and {}", it.id, table.id);
            }
        }
    }
}

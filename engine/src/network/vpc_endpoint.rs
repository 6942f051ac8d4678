//! VPC endpoints: ways to AWS's services that lead over nothing outside.
//!
//! A gateway endpoint is a route of tables to its service's addresses. An interface endpoint has ENIs of
//! its own, at which the service answers.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
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
use crate::network::endpoint_name::{Names, NamesRefusal};
use crate::network::eni;
use crate::network::exit::Exit;
use crate::network::noun::Part;
use crate::network::service::{Served, Service, reserved};
use crate::plan::{RoutePlan, RouteTarget};
use crate::record::route_table::RouteTable;
use crate::record::vpc::Vpc;
use crate::record::vpc_endpoint::{EndpointKind, PrivateDns, VpcEndpoint};
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
    /// How it is to be reached.
    pub kind: Kind,
    /// What may be done through it.
    pub policy: Option<String>,
    /// Tags to begin with.
    pub tags: Tags,
}

/// How an endpoint is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// By routes of these tables.
    Gateway(BTreeSet<RouteTableId>),
    /// By ENIs in these subnets with these groups, or without any with the VPC's default one.
    Interface(BTreeSet<SubnetId>, BTreeSet<GroupId>, Names),
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
    /// What changes of the service's own names.
    pub names: Names,
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
    /// The service's own names cannot lead where they are to.
    Names(NamesRefusal),
    /// An interface endpoint needs a security group.
    NoGroupLeft(VpcEndpointId),
    /// The scope, or the VPC, has as many as it may.
    TooMany,
    /// An ENI cannot be made.
    Eni(eni::Refusal),
}

impl From<NamesRefusal> for Refusal {
    fn from(why: NamesRefusal) -> Refusal {
        Refusal::Names(why)
    }
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
    type Granted = (Create, EndpointKind);

    fn check(self, engine: &Engine) -> Result<(Create, EndpointKind), Refusal> {
        let kind = engine.network.may_have_endpoint(&self, engine)?;
        Ok((self, kind))
    }

    fn apply(
        (wanted, mut kind): (Create, EndpointKind),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> VpcEndpoint {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, vpc, service, policy, tags, .. } = wanted;
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
        let endpoint = engine.network.find::<VpcEndpoint>(&self.scope, self.endpoint)?;
        match engine.network.needs_gateway(endpoint) {
            Some(other) => Err(NamesRefusal::GatewayKept(other).into()),
            None => Ok(endpoint.id),
        }
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

    /// For whom its service's own names lead to it.
    pub fn private_dns(&self) -> PrivateDns {
        match self.kind {
            EndpointKind::Interface { private_dns, .. } => private_dns,
            EndpointKind::Gateway { .. } => PrivateDns::Off,
        }
    }

    /// Whether its ENIs carry a security group, also while it has none.
    pub(super) fn has_group(&self, group: GroupId) -> bool {
        matches!(&self.kind, EndpointKind::Interface { groups, .. } if groups.contains(&group))
    }

    fn leads_from(&self, table: RouteTableId) -> bool {
        self.tables().any(|known| known == table)
    }
}

impl Engine {
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

impl Network {
    /// How an endpoint that is wished for is reached, where the VPC may have it.
    fn may_have_endpoint(&self, wanted: &Create, engine: &Engine) -> Result<EndpointKind, Refusal> {
        let Create { scope, vpc, service, kind, .. } = wanted;
        self.vpc(scope, *vpc)?;
        let found = Service::of_endpoint(service, &scope.region);
        let found = found.ok_or_else(|| Refusal::NoService(service.clone()))?;
        let all = || self.vpc_endpoints.values();
        match kind {
            Kind::Gateway(tables) => {
                if !found.has_gateway() {
                    return Err(Refusal::KindOfService(service.clone()));
                }
                let own = all().filter(|it| it.scope == *scope && is_gateway(it));
                if own.count() >= GATEWAYS {
                    return Err(Refusal::TooMany);
                }
                self.may_lead_to(scope, *vpc, service, tables.iter().copied())?;
                Ok(EndpointKind::Gateway { tables: tables.clone() })
            }
            Kind::Interface(subnets, groups, names) => {
                let private_dns = names.over(found, service, PrivateDns::of_new(found))?;
                let own = all().filter(|it| it.vpc == *vpc && !is_gateway(it));
                if own.count() >= INTERFACES {
                    return Err(Refusal::TooMany);
                }
                let served = Served { service: found, region: &scope.region };
                self.may_have_names(None, *vpc, (service, served), private_dns)?;
                self.may_have_endpoint_enis(
                    engine,
                    (scope, *vpc),
                    (&BTreeSet::new(), subnets),
                    groups,
                )?;
                let (subnets, groups) = (subnets.clone(), groups.clone());
                Ok(EndpointKind::Interface { subnets, groups, private_dns })
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
        (name, served): (&str, Served<'_>),
        wanted: PrivateDns,
    ) -> Result<(), NamesRefusal> {
        if wanted == PrivateDns::Off {
            return Ok(());
        }
        let of = &self.vpcs[&vpc];
        if !of.dns_support || !of.dns_hostnames {
            return Err(NamesRefusal::NoDns(vpc));
        }
        let same = || self.endpoints_to(vpc, name).filter(|it| Some(it.id) != endpoint);
        if same().any(|it| it.private_dns() != PrivateDns::Off) {
            return Err(NamesRefusal::Taken(vpc, served.host()));
        }
        match wanted == PrivateDns::Inbound && !same().any(is_gateway) {
            true => Err(NamesRefusal::NoGateway(vpc)),
            false => Ok(()),
        }
    }

    /// The endpoints of a VPC to a service.
    fn endpoints_to<'a>(
        &'a self,
        vpc: VpcId,
        service: &'a str,
    ) -> impl Iterator<Item = &'a VpcEndpoint> {
        self.vpc_endpoints.values().filter(move |it| it.vpc == vpc && it.service == service)
    }

    /// The interface endpoint that needs a gateway endpoint beside it, which is to be the last.
    fn needs_gateway(&self, endpoint: &VpcEndpoint) -> Option<VpcEndpointId> {
        if !is_gateway(endpoint) {
            return None;
        }
        let same = || {
            let all = self.endpoints_to(endpoint.vpc, &endpoint.service);
            all.filter(|it| it.id != endpoint.id)
        };
        let other = same().find(|it| it.private_dns() == PrivateDns::Inbound)?;
        (!same().any(is_gateway)).then_some(other.id)
    }

    fn modified_endpoint(&self, wanted: Modify, engine: &Engine) -> Result<VpcEndpoint, Refusal> {
        let Modify { scope, endpoint: id, policy, tables, subnets, groups, names } = wanted;
        let mut endpoint = self.find::<VpcEndpoint>(&scope, id)?.clone();
        let (vpc, service) = (endpoint.vpc, endpoint.service.clone());
        let found = Service::of_endpoint(&service, &scope.region);
        let of_interface = !(subnets.0.is_empty()
            && subnets.1.is_empty()
            && groups.0.is_empty()
            && groups.1.is_empty()
            && names == Names::default());
        match &mut endpoint.kind {
            EndpointKind::Gateway { tables: known } => {
                if names.are_inbound.is_some() {
                    return Err(NamesRefusal::InboundAtGateway.into());
                }
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
            EndpointKind::Interface { subnets: known, groups: own, private_dns } => {
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
                if names != Names::default() {
                    let found = found.ok_or_else(|| Refusal::NoService(service.clone()))?;
                    let wished = names.over(found, &service, *private_dns)?;
                    let served = Served { service: found, region: &scope.region };
                    if wished != *private_dns {
                        self.may_have_names(Some(id), vpc, (&service, served), wished)?;
                    }
                    *private_dns = wished;
                }
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

//! Route tables: by which routes the packets of a subnet go.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{Missing, RouteAssociationId, RouteTableId, SubnetId, VpcId};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::plan::{RoutePlan, RouteTablePlan, RouteTarget, VpcPlan};
use crate::record::route_table::RouteTable;
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// Route tables of a VPC (AWS: 200).
const TABLES_PER_VPC: usize = 200;

/// `CreateRouteTable`; answered with the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// In which VPC.
    pub vpc: VpcId,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteRouteTable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub table: RouteTableId,
}

/// `AssociateRouteTable`; answered with the association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Associate {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub table: RouteTableId,
    /// With which subnet, which has no association of its own.
    pub subnet: SubnetId,
}

/// `DisassociateRouteTable`: the subnet goes by the main table again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disassociate {
    /// The owner.
    pub scope: Scope,
    /// Which association.
    pub association: RouteAssociationId,
}

/// `ReplaceRouteTableAssociation`: the subnet, or for the main association the VPC, gets another
/// table; answered with the new association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replace {
    /// The owner.
    pub scope: Scope,
    /// Which association.
    pub association: RouteAssociationId,
    /// The table from now on.
    pub table: RouteTableId,
}

/// Why a question about route tables is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such subnet.
    NoSubnet(SubnetId),
    /// The scope has no such route table.
    NoTable(RouteTableId),
    /// The scope has no such association.
    NoAssociation(RouteAssociationId),
    /// The VPC has as many tables as it may.
    TooMany,
    /// It is its VPC's main table, or subnets are associated with it.
    InUse(RouteTableId),
    /// The subnet is of another VPC.
    SubnetElsewhere(RouteTableId, SubnetId),
    /// The association is of another VPC.
    AssociationElsewhere(RouteTableId, RouteAssociationId),
    /// The subnet is associated with a table already.
    AlreadyAssociated(RouteTableId),
    /// The main association can be replaced, not removed.
    Main(RouteAssociationId),
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl From<Missing<SubnetId>> for Refusal {
    fn from(Missing(id): Missing<SubnetId>) -> Refusal {
        Refusal::NoSubnet(id)
    }
}

impl From<Missing<RouteTableId>> for Refusal {
    fn from(Missing(id): Missing<RouteTableId>) -> Refusal {
        Refusal::NoTable(id)
    }
}

/// What an association is between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Associated {
    /// A table and a subnet.
    Subnet(RouteTableId, SubnetId),
    /// A VPC and its main table.
    Main(VpcId),
}

impl Ask for Create {
    type Answer = RouteTable;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let network = &engine.network;
        network.vpc(&self.scope, self.vpc)?;
        let count = network.route_tables.values().filter(|table| table.vpc == self.vpc).count();
        if count >= TABLES_PER_VPC { Err(Refusal::TooMany) } else { Ok(self) }
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> RouteTable {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, vpc, tags } = granted;
        let id = fresh(cx.random, &network.route_tables, RouteTableId);
        let (associations, lists) = (BTreeMap::new(), BTreeMap::new());
        let (routes, routes6) = (Vec::new(), Vec::new());
        let table = RouteTable { id, scope, vpc, associations, routes, lists, routes6, tags };
        network.route_tables.insert(id, table.clone());
        network.replan_all(&mut cx, vpc);
        cx.persist(Vec::from([put(&table)]));
        table
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = RouteTableId;

    fn check(self, engine: &Engine) -> Result<RouteTableId, Refusal> {
        let network = &engine.network;
        let table = network.find::<RouteTable>(&self.scope, self.table)?;
        let is_main = network.vpcs[&table.vpc].main_route_table == table.id;
        if is_main || !table.associations.is_empty() {
            return Err(Refusal::InUse(table.id));
        }
        Ok(table.id)
    }

    fn apply(granted: RouteTableId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let table = network.route_tables.remove(&granted).expect("it was found");
        let mut changes = Vec::from([Change::Delete(Key::RouteTable(granted))]);
        network.leave_endpoints(granted, &mut changes);
        network.replan_all(&mut cx, table.vpc);
        cx.persist(changes);
    }
}

impl Ask for Associate {
    type Answer = RouteAssociationId;
    type Refusal = Refusal;
    type Granted = Associate;

    fn check(self, engine: &Engine) -> Result<Associate, Refusal> {
        let network = &engine.network;
        let table = network.find::<RouteTable>(&self.scope, self.table)?;
        if network.subnet(&self.scope, self.subnet)?.vpc != table.vpc {
            return Err(Refusal::SubnetElsewhere(self.table, self.subnet));
        }
        let mut all = network.route_tables.values().flat_map(|table| table.associations.values());
        if all.any(|subnet| *subnet == self.subnet) {
            return Err(Refusal::AlreadyAssociated(self.table));
        }
        Ok(self)
    }

    fn apply(
        granted: Associate,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> RouteAssociationId {
        let (network, mut cx) = engine.network_cx(now, out);
        let id = RouteAssociationId(cx.random.draw());
        let table = network.route_tables.get_mut(&granted.table).expect("it was found");
        table.associations.insert(id, granted.subnet);
        let (vpc, change) = (table.vpc, put(table));
        network.replan_all(&mut cx, vpc);
        cx.persist(Vec::from([change]));
        id
    }
}

impl Ask for Disassociate {
    type Answer = ();
    type Refusal = Refusal;
    /// The table, and its association.
    type Granted = (RouteTableId, RouteAssociationId);

    fn check(self, engine: &Engine) -> Result<(RouteTableId, RouteAssociationId), Refusal> {
        match engine.network.associated(&self.scope, self.association)? {
            Associated::Subnet(table, _) => Ok((table, self.association)),
            Associated::Main(_) => Err(Refusal::Main(self.association)),
        }
    }

    fn apply(
        (table, association): (RouteTableId, RouteAssociationId),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) {
        let (network, mut cx) = engine.network_cx(now, out);
        let table = network.route_tables.get_mut(&table).expect("it was found");
        table.associations.remove(&association);
        let (vpc, change) = (table.vpc, put(table));
        network.replan_all(&mut cx, vpc);
        cx.persist(Vec::from([change]));
    }
}

impl Ask for Replace {
    type Answer = RouteAssociationId;
    type Refusal = Refusal;
    type Granted = (Replace, Associated);

    fn check(self, engine: &Engine) -> Result<(Replace, Associated), Refusal> {
        let network = &engine.network;
        let associated = network.associated(&self.scope, self.association)?;
        let vpc = match associated {
            Associated::Subnet(table, _) => network.route_tables[&table].vpc,
            Associated::Main(vpc) => vpc,
        };
        if network.find::<RouteTable>(&self.scope, self.table)?.vpc != vpc {
            return Err(Refusal::AssociationElsewhere(self.table, self.association));
        }
        Ok((self, associated))
    }

    fn apply(
        (granted, associated): (Replace, Associated),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> RouteAssociationId {
        let (network, mut cx) = engine.network_cx(now, out);
        network.replace_association(&mut cx, &granted, associated)
    }
}

impl Network {
    fn associated(
        &self,
        scope: &Scope,
        association: RouteAssociationId,
    ) -> Result<Associated, Refusal> {
        let mut vpcs = self.vpcs.values().filter(|vpc| vpc.scope == *scope);
        if let Some(vpc) = vpcs.find(|vpc| vpc.main_association == association) {
            return Ok(Associated::Main(vpc.id));
        }
        let mut tables = self.route_tables.values().filter(|table| table.scope == *scope);
        let found = tables.find_map(|table| {
            table.associations.get(&association).map(|subnet| (table.id, *subnet))
        });
        let (table, subnet) = found.ok_or(Refusal::NoAssociation(association))?;
        Ok(Associated::Subnet(table, subnet))
    }

    fn replace_association(
        &mut self,
        cx: &mut Cx<'_>,
        wanted: &Replace,
        associated: Associated,
    ) -> RouteAssociationId {
        let id = RouteAssociationId(cx.random.draw());
        let (vpc, changes) = match associated {
            Associated::Main(vpc) => {
                let vpc = self.vpcs.get_mut(&vpc).expect("it was found");
                (vpc.main_route_table, vpc.main_association) = (wanted.table, id);
                (vpc.id, Vec::from([Change::Put(Box::new(Record::Vpc(vpc.clone())))]))
            }
            Associated::Subnet(before, subnet) => {
                let table = self.route_tables.get_mut(&before).expect("it was found");
                table.associations.remove(&wanted.association);
                let left = put(table);
                let table = self.route_tables.get_mut(&wanted.table).expect("it was found");
                table.associations.insert(id, subnet);
                let mut changes = Vec::from([left, put(table)]);
                if before == wanted.table {
                    changes.remove(0);
                }
                (table.vpc, changes)
            }
        };
        self.replan_all(cx, vpc);
        cx.persist(changes);
        id
    }
}

/// What is to be stored of a table.
pub(crate) fn put(table: &RouteTable) -> Change {
    Change::Put(Box::new(Record::RouteTable(table.clone())))
}

/// The main table that a VPC begins with.
fn main_of(vpc: &Vpc) -> RouteTable {
    RouteTable {
        id: vpc.main_route_table,
        scope: vpc.scope.clone(),
        vpc: vpc.id,
        associations: BTreeMap::new(),
        routes: Vec::new(),
        lists: BTreeMap::new(),
        routes6: Vec::new(),
        tags: Tags::new(),
    }
}

impl Part for RouteTable {
    fn vpc_comes(network: &mut Network, vpc: &Vpc, changes: &mut Vec<Change>) {
        let table = main_of(vpc);
        changes.push(put(&table));
        network.route_tables.insert(table.id, table);
    }

    fn keeps_vpc(network: &Network, vpc: &Vpc) -> bool {
        let mut tables = network.route_tables.values().filter(|table| table.vpc == vpc.id);
        tables.any(|table| table.id != vpc.main_route_table)
    }

    fn vpc_goes(network: &mut Network, vpc: &Vpc, changes: &mut Vec<Change>) {
        network.route_tables.remove(&vpc.main_route_table);
        changes.push(Change::Delete(Key::RouteTable(vpc.main_route_table)));
    }

    fn subnet_goes(network: &mut Network, subnet: &Subnet, changes: &mut Vec<Change>) {
        for table in network.route_tables.values_mut().filter(|table| table.vpc == subnet.vpc) {
            let before = table.associations.len();
            table.associations.retain(|_, associated| *associated != subnet.id);
            if table.associations.len() < before {
                changes.push(put(table));
            }
        }
    }

    fn restored(network: &mut Network, changes: &mut Vec<Change>) {
        for vpc in network.vpcs.values() {
            network.route_tables.entry(vpc.main_route_table).or_insert_with(|| {
                let table = main_of(vpc);
                changes.push(put(&table));
                table
            });
        }
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        let local = |destination| RoutePlan { destination, target: RouteTarget::Local };
        let locals: Vec<RoutePlan> = network.cidrs_of(vpc).map(local).collect();
        for table in network.route_tables.values().filter(|table| table.vpc == vpc.id) {
            let made = table.routes.iter().copied().chain(network.listed_routes(table));
            let made = made.map(|route| network.planned_route(vpc.id, &route));
            // A local route may have got another target.
            let local = locals.iter().filter(|local| !table.has(local.destination)).copied();
            let services = network.endpoint_routes(table);
            let routes = local.chain(made).chain(services).collect();
            let routes6 = network.planned_routes6(table);
            let planned = RouteTablePlan { table: table.id, routes, routes6 };
            plan.tables.insert(table.id, Arc::new(planned));
            for subnet in table.associations.values() {
                let planned = plan.subnets.iter_mut().filter(|planned| planned.subnet == *subnet);
                planned.for_each(|planned| planned.table = table.id);
            }
        }
        network.plan_middleboxes(vpc, plan);
    }

    fn check(network: &Network) {
        for vpc in network.vpcs.values() {
            let main = network.route_tables.get(&vpc.main_route_table);
            assert_eq!(main.map(|table| table.vpc), Some(vpc.id), "the main table of {}", vpc.id);
        }
        let mut associated = BTreeSet::new();
        for table in network.route_tables.values() {
            for subnet in table.associations.values() {
                assert_eq!(network.subnets[subnet].vpc, table.vpc, "{subnet} and {}", table.id);
                assert!(associated.insert(*subnet), "{subnet} is associated twice");
            }
        }
    }
}

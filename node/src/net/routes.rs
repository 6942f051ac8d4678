//! Routes in a router's rules: what leads out of a VPC, and by which address.
//!
//! What no ENI of the VPC has is led by the route table of its sender's subnet, found by the sender's group
//! set, which is of one subnet. So an ENI needs nothing of its own, and packets between ENIs meet none of
//! this. The routes of all tables are one map of intervals: from a table's number and a destination to a
//! target, for which there is a chain; however many tables there are, the kernel has no more chains to go
//! through. A NAT gateway has chains, in which it looks up the routes of its own subnet; what it lets out
//! has its code in the lower half of the mark, where the group set was, and gets its address behind the
//! routing.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use engine::id::{EniId, NatGatewayId, RouteTableId, SubnetId};
use engine::network::exit::TRANSLATED;
use engine::plan::{NatPlan, RoutePlan, RouteTablePlan, RouteTarget, VpcPlan};

use super::endpoints;
use super::hops::Hops;
use super::intervals::{Interval, addresses, first_of, key_of_address, number_after};
use super::names::{NEAR, SHARED, set_key};
use super::nft::{Batch, Rule, Side, Verdict};
use super::shares;

/// Group set to the number of its subnet's route table.
const TABLES: &str = "tables";
/// A table's number and a destination to the code of a target.
const ROUTES: &str = "routes";
/// The code of a target to its chain. Those of NAT gateways have their own codes.
const TARGETS: &str = "targets";
const TO_GATEWAY: u16 = 1;
const TO_NOTHING: u16 = 2;
const TO_ENDPOINT: u16 = 3;
const TO_NOWHERE: u16 = 4;
/// Sender's address to its public one.
pub(super) const PUBLICS: &str = "publics";
/// Public address to the private one that it stands for.
pub(super) const ADDRESSED: &str = "addressed";
/// Code of a NAT gateway to its public address.
pub(super) const NATS: &str = "nats";
/// The chain of what is led to the internet gateway.
const GATEWAY: &str = "gateway";

/// An object's name, a protocol, and its states with their seconds.
type Timeout = (&'static str, u8, &'static [(u16, u32)]);

/// How long the connections of NAT gateways are remembered that carry nothing, in seconds, and the
/// objects that say so.
const IDLE: u32 = 350;
const TIMEOUTS: [Timeout; 2] = [
    // CTA_TIMEOUT_TCP_ESTABLISHED.
    ("nat_tcp", 6, &[(3, IDLE)]),
    // CTA_TIMEOUT_UDP_UNREPLIED and CTA_TIMEOUT_UDP_REPLIED.
    ("nat_udp", 17, &[(1, IDLE), (2, IDLE)]),
];

/// NAT gateways have codes from here on; below are those of hops, and the numbers of group sets.
const FIRST_CODE: u16 = 0xf000;

/// What of the routes is in force in a router.
#[derive(Debug, Clone, Default)]
pub(super) struct Routing {
    /// The numbers of tables that lead out; one whose routes change gets another.
    numbers: BTreeMap<RouteTableId, u16>,
    last_number: u16,
    /// Which of them subnets are led by.
    subnets: BTreeMap<SubnetId, u16>,
    /// Of which subnet each group set is, and which table it is led by.
    sets: BTreeMap<u16, (SubnetId, Option<u16>)>,
    codes: BTreeMap<NatGatewayId, u16>,
    /// What is in the maps of addresses.
    publics: BTreeMap<Ipv4Addr, Ipv4Addr>,
    addressed: BTreeMap<Ipv4Addr, Ipv4Addr>,
    nats: BTreeMap<u16, Ipv4Addr>,
    /// The private addresses of NAT gateways, which take no connections, as shared ENIs do.
    one_way: BTreeSet<Ipv4Addr>,
    pub(super) hops: Hops,
}

/// The chain of what is led to a NAT gateway, and of its own routes.
fn nat_chains(nat: NatGatewayId) -> [String; 2] {
    [format!("nat_{:016x}", nat.0), format!("nat_out_{:016x}", nat.0)]
}

/// What is there before any table is.
pub(super) fn base(batch: &mut Batch) {
    batch.add_map(TABLES);
    batch.add_interval_map(ROUTES, 8);
    batch.add_verdict_map(TARGETS);
    batch.add_map(PUBLICS);
    batch.add_map(ADDRESSED);
    batch.add_map(NATS);
    for (name, protocol, states) in TIMEOUTS {
        batch.add_timeout(name, protocol, states);
    }
    batch.add_chain(NEAR, None);
    batch.add_chain(GATEWAY, None);
    batch.add_rule(GATEWAY, &Rule::new().in_map(Side::Source, PUBLICS).then(Verdict::Goto(NEAR)));
    batch.add_rule(GATEWAY, &Rule::new().then(Verdict::Goto("drop_no_public")));
    batch.add_jump(TARGETS, code_key(TO_GATEWAY), GATEWAY);
    batch.add_jump(TARGETS, code_key(TO_NOTHING), "drop_blackhole");
    batch.add_jump(TARGETS, code_key(TO_NOWHERE), "drop_no_route");
    batch.add_jump(TARGETS, code_key(TO_ENDPOINT), endpoints::ENDPOINT);
}

/// A number as a key, and as what is found.
fn code_key(code: u16) -> [u8; 4] {
    u32::from(code).to_be_bytes()
}

/// Goes on by the table of the sender's subnet, if that leads anywhere.
pub(super) fn led() -> Rule {
    let table = Rule::new().mark_in_map(TABLES);
    table.with_address_in(Side::Destination, ROUTES).verdict(TARGETS)
}

/// Whether a table leads out of its VPC.
fn leads_out(table: &RouteTablePlan) -> bool {
    table.routes.iter().any(|route| is_out(route.target))
}

/// Whether a route is none to who has the address, nor to a hop, which is taken before.
fn is_out(target: RouteTarget) -> bool {
    match target {
        RouteTarget::InternetGateway(_)
        | RouteTarget::NatGateway(_)
        | RouteTarget::Endpoint(_)
        | RouteTarget::Blackhole => true,
        RouteTarget::Local | RouteTarget::NetworkInterface(_) | RouteTarget::Peering(_) => false,
    }
}

/// Where each destination is led by a table, which is by the longest prefix.
fn intervals(
    table: &RouteTablePlan,
    number: u16,
    codes: &BTreeMap<NatGatewayId, u16>,
) -> Vec<Interval<8>> {
    let leads = |route: &&RoutePlan| route.target != RouteTarget::Local;
    let mut routes: Vec<RoutePlan> = table.routes.iter().filter(leads).copied().collect();
    routes.sort_by_key(|route| std::cmp::Reverse(route.destination.prefix()));
    let code = |target| match target {
        RouteTarget::InternetGateway(_) => TO_GATEWAY,
        RouteTarget::NatGateway(id) => codes.get(&id).copied().unwrap_or(TO_NOTHING),
        // A wider route is not taken in the place of one to a hop.
        RouteTarget::NetworkInterface(_) | RouteTarget::Peering(_) => TO_NOWHERE,
        RouteTarget::Endpoint(_) => TO_ENDPOINT,
        RouteTarget::Blackhole | RouteTarget::Local => TO_NOTHING,
    };
    let ranges: Vec<_> =
        routes.iter().map(|each| (addresses(each.destination), code(each.target))).collect();
    let key = |at| key_of_address(number.into(), at);
    let left = first_of(&ranges).into_iter();
    left.map(|(range, code)| (key(range.start), key(range.end), code_key(code))).collect()
}

/// The chains of a NAT gateway whose subnet is led by the table of this number, or not out of the VPC.
fn put_nat(batch: &mut Batch, nat: &NatPlan, code: u16, table: Option<u16>) {
    let [inward, outward] = nat_chains(nat.nat);
    batch.flush_chain(&inward);
    batch.flush_chain(&outward);
    for protocol in TRANSLATED {
        let rule = Rule::new().protocol(protocol);
        batch.add_rule(&inward, &rule.then(Verdict::Goto(&outward)));
    }
    batch.add_rule(&inward, &Rule::new().then(Verdict::Goto("drop_nat_protocol")));
    let led = |table, to| {
        let led = Rule::new().load_bytes(code_key(table));
        led.with_address_in(Side::Destination, ROUTES).is(code_key(to))
    };
    if let Some(table) = table {
        let endpoint = led(table, TO_ENDPOINT);
        batch.add_rule(&outward, &endpoint.then(Verdict::Goto(endpoints::ENDPOINT)));
    }
    if let (Some(public), Some(table)) = (nat.public, table) {
        shares::gate_nat(batch, &outward, public);
        let led = led(table, TO_GATEWAY);
        let marked = led.set_lower_mark(code);
        let timed = TIMEOUTS.iter().fold(marked, |rule, (name, ..)| rule.with_timeout(name));
        batch.add_rule(&outward, &timed.then(Verdict::Goto(NEAR)));
    }
    batch.add_rule(&outward, &Rule::new().then(Verdict::Goto("drop_nat_route")));
}

/// The table that a subnet goes by.
fn table_of(plan: &VpcPlan, subnet: SubnetId) -> Option<&RouteTablePlan> {
    let subnet = plan.subnets.iter().find(|known| known.subnet == subnet)?;
    plan.tables.get(&subnet.table).map(|table| &**table)
}

impl Routing {
    /// Has the routes of a plan in force in the place of those of another; of none where a table of
    /// rules begins. `sharers` are the slots behind shared ENIs that have a public address, with that.
    pub(super) fn change(
        &mut self,
        batch: &mut Batch,
        before: Option<&VpcPlan>,
        plan: &VpcPlan,
        sharers: impl Iterator<Item = (Ipv4Addr, Ipv4Addr)>,
    ) {
        let nats: Vec<NatGatewayId> = self.codes.keys().copied().collect();
        let gone = nats.into_iter().filter(|id| !plan.nats.contains_key(id));
        let gone: Vec<NatGatewayId> = gone.collect();
        let known = (self.numbers.clone(), self.codes.clone());
        self.put_tables(batch, before, plan);
        self.put_nats(batch, before, plan, &known.0);
        self.put_subnets(batch, plan);
        // Nothing leads to the old ones any more.
        for (id, table) in before.into_iter().flat_map(|before| &before.tables) {
            if let Some(number) =
                known.0.get(id).filter(|known| self.numbers.get(id) != Some(known))
            {
                batch.remove_intervals(ROUTES, &intervals(table, *number, &known.1));
            }
        }
        for id in gone {
            let code = self.codes.remove(&id).expect("it was there");
            batch.remove_key(TARGETS, code_key(code));
            let chains = nat_chains(id);
            chains.iter().for_each(|chain| batch.flush_chain(chain));
            chains.iter().for_each(|chain| batch.delete_chain(chain));
        }
        self.put_addresses(batch, plan, sharers);
    }

    /// The routes of tables that are other ones, by new numbers.
    fn put_tables(&mut self, batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
        for nat in plan.nats.keys() {
            self.code(*nat);
        }
        let known = std::mem::take(&mut self.numbers);
        for (id, table) in plan.tables.iter().filter(|(_, table)| leads_out(table)) {
            let had = before.and_then(|before| before.tables.get(id));
            if let (Some(number), true) = (known.get(id), had == Some(table)) {
                self.numbers.insert(*id, *number);
                continue;
            }
            let is_taken = |number| {
                let is = |(_, known): (_, &u16)| *known == number;
                known.iter().any(is) || self.numbers.iter().any(is)
            };
            let number = number_after(self.last_number, is_taken);
            let number = number.expect("a VPC has fewer tables");
            self.last_number = number;
            self.numbers.insert(*id, number);
            batch.add_intervals(ROUTES, &intervals(table, number, &self.codes));
        }
    }

    /// The chains of NAT gateways, where they or the routes of their subnets are other ones.
    fn put_nats(
        &mut self,
        batch: &mut Batch,
        before: Option<&VpcPlan>,
        plan: &VpcPlan,
        known: &BTreeMap<RouteTableId, u16>,
    ) {
        let table_in = |plan: &VpcPlan, numbers: &BTreeMap<RouteTableId, u16>, nat: &NatPlan| {
            table_of(plan, nat.subnet).and_then(|table| numbers.get(&table.table).copied())
        };
        for nat in plan.nats.values() {
            let had = before.and_then(|before| Some((before, before.nats.get(&nat.nat)?)));
            let table = table_in(plan, &self.numbers, nat);
            if had.is_some_and(|(before, had)| had == nat && table_in(before, known, nat) == table)
            {
                continue;
            }
            let code = self.code(nat.nat);
            if had.is_none() {
                let chains = nat_chains(nat.nat);
                chains.iter().for_each(|chain| batch.add_chain(chain, None));
                batch.add_jump(TARGETS, code_key(code), &chains[0]);
            }
            put_nat(batch, nat, code, table);
        }
    }

    /// The code of a NAT gateway; there are more than a VPC has NAT gateways.
    fn code(&mut self, nat: NatGatewayId) -> u16 {
        if let Some(code) = self.codes.get(&nat) {
            return *code;
        }
        let mut free =
            (FIRST_CODE..endpoints::CODE).filter(|code| !self.codes.values().any(|c| c == code));
        let code = free.next().expect("a VPC has fewer NAT gateways");
        self.codes.insert(nat, code);
        code
    }

    /// Leads each group set by the table of its subnet.
    fn put_subnets(&mut self, batch: &mut Batch, plan: &VpcPlan) {
        let numbers = &self.numbers;
        let led = plan
            .subnets
            .iter()
            .filter_map(|subnet| Some((subnet.subnet, *numbers.get(&subnet.table)?)));
        self.subnets = led.collect();
        for (set, (subnet, table)) in &mut self.sets {
            let wanted = self.subnets.get(subnet).copied();
            if *table == wanted {
                continue;
            }
            if table.is_some() {
                batch.remove_key(TABLES, set_key(*set));
            }
            if let Some(wanted) = wanted {
                batch.add_mapping(TABLES, set_key(*set), code_key(wanted));
            }
            *table = wanted;
        }
    }

    /// A group set that comes, of a subnet.
    pub(super) fn add_set(&mut self, batch: &mut Batch, set: u16, subnet: SubnetId) {
        let table = self.subnets.get(&subnet).copied();
        if let Some(table) = table {
            batch.add_mapping(TABLES, set_key(set), code_key(table));
        }
        self.hops.add_set(batch, set, subnet);
        self.sets.insert(set, (subnet, table));
    }

    /// A group set that goes.
    pub(super) fn remove_set(&mut self, batch: &mut Batch, set: u16) {
        self.hops.remove_set(batch, set);
        if let Some((_, Some(_))) = self.sets.remove(&set) {
            batch.remove_key(TABLES, set_key(set));
        }
    }

    fn put_addresses(
        &mut self,
        batch: &mut Batch,
        plan: &VpcPlan,
        sharers: impl Iterator<Item = (Ipv4Addr, Ipv4Addr)>,
    ) {
        let one_way: BTreeSet<Ipv4Addr> = plan.nats.values().map(|nat| nat.private).collect();
        self.one_way.difference(&one_way).for_each(|at| batch.remove_key(SHARED, at.octets()));
        one_way.difference(&self.one_way).for_each(|at| batch.add_member(SHARED, *at));
        self.one_way = one_way;
        let is_open = plan.gateway.is_some();
        let publics = plan.all_publics().filter(|_| is_open);
        let own = publics.clone().map(|each| (each.private, each.public));
        let wanted = own.chain(sharers.filter(|_| is_open)).collect();
        differ(batch, PUBLICS, &mut self.publics, wanted, |key| key.octets());
        // What comes in finds its way back by its subnet's routes, or is not let in.
        let is_led_back = |private: Ipv4Addr| {
            let subnet = plan.subnets.iter().find(|subnet| subnet.cidr.contains(private));
            let table = subnet.and_then(|subnet| table_of(plan, subnet.subnet));
            let mut routes = table.into_iter().flat_map(|table| &table.routes);
            routes.any(|route| matches!(route.target, RouteTarget::InternetGateway(_)))
        };
        let reached = publics.filter(|each| !each.is_shared && is_led_back(each.private));
        let wanted = reached.map(|each| (each.public, each.private)).collect();
        differ(batch, ADDRESSED, &mut self.addressed, wanted, |key| key.octets());
        let nats = plan.nats.values().filter(|_| is_open);
        let codes = &self.codes;
        let wanted = nats.filter_map(|nat| Some((codes[&nat.nat], nat.public?))).collect();
        differ(batch, NATS, &mut self.nats, wanted, |code| set_key(*code));
    }

    /// A slot behind a shared ENI that has a public address.
    pub(super) fn add_sharer(&mut self, batch: &mut Batch, slot: Ipv4Addr, public: Ipv4Addr) {
        batch.add_mapping(PUBLICS, slot.octets(), public.octets());
        self.publics.insert(slot, public);
    }

    /// Forgets a slot that could not be attached.
    pub(super) fn forget_sharer(&mut self, slot: Ipv4Addr) {
        self.publics.remove(&slot);
    }

    /// The slot is behind none any more.
    pub(super) fn remove_sharer(&mut self, batch: &mut Batch, slot: Ipv4Addr) {
        if self.publics.remove(&slot).is_some() {
            batch.remove_key(PUBLICS, slot.octets());
        }
    }
}

/// Has a map of addresses be as wanted.
fn differ<K: Ord + Copy>(
    batch: &mut Batch,
    map: &str,
    now: &mut BTreeMap<K, Ipv4Addr>,
    wanted: BTreeMap<K, Ipv4Addr>,
    key: impl Fn(&K) -> [u8; 4],
) {
    for (gone, _) in now.iter().filter(|(each, value)| wanted.get(each) != Some(value)) {
        batch.remove_key(map, key(gone));
    }
    for (new, value) in wanted.iter().filter(|(each, value)| now.get(each) != Some(value)) {
        batch.add_mapping(map, key(new), value.octets());
    }
    *now = wanted;
}

/// The public addresses of the ENIs of a plan that are shared.
pub(super) fn shared_publics(plan: &VpcPlan) -> BTreeMap<EniId, Ipv4Addr> {
    let shared = plan.publics.iter().filter(|(_, public)| public.is_shared);
    shared.filter(|_| plan.gateway.is_some()).map(|(eni, public)| (*eni, public.public)).collect()
}

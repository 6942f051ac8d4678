//! Hops of a router: the middleboxes and peers that a VPC's routes lead to, and the links to them.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use engine::cidr::Cidr;
use engine::id::{EniId, GroupId, PeeringId, SubnetId};
use engine::network::hop::Hop;
use engine::plan::{MiddleboxPlan, PeerPlan, RouteTarget, SubnetPlan, VpcPlan};

use super::hop_rules::{
    self, BLACKHOLE, CHECKED, FIRST_HOP, FIRST_PEER, HOP_SETS, LEADS, MIDDLE_LINKS, MIDDLE_OWN,
    NOT_OF_PEER, PEER_LINKS,
};
use super::names::{PEERED, mark, members, set_key};
use super::nft::{Batch, Rule, Side, Verdict};

/// The link of a middlebox, with its primary address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    /// Its index.
    pub(super) link: u32,
    pub(super) slot: u16,
    pub(super) set: u16,
    pub(super) address: Ipv4Addr,
}

/// What is done with packets to a block, and of what the chain of a subnet that leads is made.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lead {
    to: Cidr,
    /// A narrower block of it, where it is not all.
    within: Option<Cidr>,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// Nobody leads it: it goes to who has the address, or leaves the VPC.
    Stays,
    Leads(u16),
    Drops(u16),
}

/// What of the hops is in force in a router.
#[derive(Debug, Clone, Default)]
pub(super) struct Hops {
    /// Whether there is anything to be led, or was since the router was made.
    pub(super) is_on: bool,
    codes: BTreeMap<Hop, u16>,
    leads: BTreeMap<SubnetId, Vec<Lead>>,
    /// Of which subnet each group set is, and whether that leads.
    sets: BTreeMap<u16, (SubnetId, bool)>,
    middleboxes: BTreeMap<EniId, MiddleboxPlan>,
    /// The middleboxes that are attached.
    held: BTreeMap<EniId, Held>,
    /// Those of them that pass packets on.
    passing: BTreeMap<EniId, Held>,
    /// The secondary addresses of middleboxes.
    secondaries: BTreeMap<EniId, BTreeSet<Ipv4Addr>>,
    /// The links of those that pass packets on, with their own addresses.
    own: BTreeSet<(u32, Ipv4Addr)>,
    /// The group sets of those that routes lead to, by their codes.
    hop_sets: BTreeMap<u16, u16>,
    pub(super) peers: BTreeMap<PeeringId, PeerPlan>,
    /// The links of peers.
    pub(super) links: BTreeMap<PeeringId, u32>,
}

fn lead_chain(subnet: SubnetId) -> String {
    format!("lead_{:016x}", subnet.0)
}

fn peer_chain(peering: PeeringId) -> String {
    format!("peer_{:016x}", peering.0)
}

/// Whether a plan leads anything, or takes what others lead.
fn needs_hops(plan: &VpcPlan) -> bool {
    !plan.middleboxes.is_empty()
        || !plan.peers.is_empty()
        || plan.subnets.iter().any(|subnet| !leads_of(plan, subnet, |_| FIRST_HOP).is_empty())
}

/// What a subnet's routes lead elsewhere, the longest prefix first; nothing where that is nothing.
fn leads_of(plan: &VpcPlan, subnet: &SubnetPlan, mut code: impl FnMut(Hop) -> u16) -> Vec<Lead> {
    let mut routes: Vec<_> =
        plan.tables.get(&subnet.table).into_iter().flat_map(|it| &it.routes).collect();
    routes.sort_by_key(|route| std::cmp::Reverse(route.destination.prefix()));
    let mut all = Vec::new();
    for route in routes {
        let to = route.destination;
        let mut add = |within, what| all.push(Lead { to, within, what });
        match route.target {
            RouteTarget::NetworkInterface(id) => match plan.middleboxes.get(&id) {
                None => add(None, What::Drops(BLACKHOLE)),
                Some(it) => {
                    let secondary = plan.secondaries.get(&id).into_iter().flatten();
                    for own in secondary.chain([&it.address]) {
                        add(Cidr::containing(*own, 32), What::Stays);
                    }
                    let code = code(Hop::Middlebox(id));
                    let leads = if it.forwards { What::Leads(code) } else { What::Drops(CHECKED) };
                    add(None, leads);
                }
            },
            RouteTarget::Peering(id) => {
                let Some(peer) = plan.peers.get(&id) else {
                    add(None, What::Drops(BLACKHOLE));
                    continue;
                };
                let code = code(Hop::Peer(id));
                peer.cidrs.iter().for_each(|block| add(Some(*block), What::Leads(code)));
                add(None, What::Drops(NOT_OF_PEER));
            }
            RouteTarget::Blackhole if plan.cidrs.iter().any(|block| block.covers(to)) => {
                add(None, What::Drops(BLACKHOLE));
            }
            RouteTarget::Blackhole
            | RouteTarget::Local
            | RouteTarget::InternetGateway(_)
            | RouteTarget::NatGateway(_)
            | RouteTarget::Endpoint(_) => add(None, What::Stays),
        }
    }
    if all.iter().all(|lead| lead.what == What::Stays) { Vec::new() } else { all }
}

fn put_leads(batch: &mut Batch, subnet: &SubnetPlan, leads: &[Lead]) {
    let chain = lead_chain(subnet.subnet);
    batch.flush_chain(&chain);
    let to = |block: Cidr| Rule::new().in_block(Side::Destination, block.base(), block.prefix());
    // Within a subnet no route is asked.
    batch.add_rule(&chain, &to(subnet.cidr).then(Verdict::Accept));
    for lead in leads {
        let rule = match lead.within {
            Some(within) => to(lead.to).in_block(Side::Destination, within.base(), within.prefix()),
            None => to(lead.to),
        };
        let rule = match lead.what {
            What::Stays => rule.then(Verdict::Accept),
            What::Leads(code) | What::Drops(code) => {
                rule.set_lower_mark(code).then(Verdict::Accept)
            }
        };
        batch.add_rule(&chain, &rule);
    }
}

impl Hops {
    /// Has the hops of a plan in force in the place of those of another; says whether the gates of the
    /// router are to be filled anew.
    pub(super) fn change(
        &mut self,
        batch: &mut Batch,
        before: Option<&VpcPlan>,
        plan: &VpcPlan,
        held: impl Fn(EniId) -> Option<Held>,
    ) -> bool {
        let begins = !self.is_on && needs_hops(plan);
        if begins {
            self.is_on = true;
            hop_rules::base(batch);
        }
        if !self.is_on {
            return false;
        }
        if begins || before.is_none_or(|before| before.cidrs != plan.cidrs) {
            hop_rules::blocks(batch, plan);
        }
        self.put_peers(batch, plan);
        self.put_leads(batch, plan);
        self.middleboxes.clone_from(&plan.middleboxes);
        let secondaries = plan.secondaries.iter();
        let secondaries = secondaries.filter(|(eni, _)| plan.middleboxes.contains_key(eni));
        self.secondaries = secondaries.map(|(eni, held)| (*eni, held.clone())).collect();
        let there = plan.middleboxes.keys().filter_map(|id| Some((*id, held(*id)?)));
        self.held = there.collect();
        self.codes.retain(|hop, _| match hop {
            Hop::Middlebox(id) => plan.middleboxes.contains_key(id),
            Hop::Peer(id) => plan.peers.contains_key(id),
        });
        self.put_held(batch);
        begins
    }

    /// The code of a hop; there are more than a VPC's routes may lead to.
    fn code(codes: &mut BTreeMap<Hop, u16>, hop: Hop) -> u16 {
        if let Some(code) = codes.get(&hop) {
            return *code;
        }
        let mut all = match hop {
            Hop::Middlebox(_) => FIRST_HOP..FIRST_PEER,
            Hop::Peer(_) => FIRST_PEER..CHECKED,
        };
        let code = all.find(|code| !codes.values().any(|known| known == code));
        let code = code.expect("a VPC's routes lead to fewer");
        codes.insert(hop, code);
        code
    }

    fn put_leads(&mut self, batch: &mut Batch, plan: &VpcPlan) {
        let codes = &mut self.codes;
        let mut wanted = BTreeMap::new();
        for subnet in &plan.subnets {
            let leads = leads_of(plan, subnet, |hop| Hops::code(codes, hop));
            if leads.is_empty() {
                continue;
            }
            let had = self.leads.get(&subnet.subnet);
            if had.is_none() {
                batch.add_chain(&lead_chain(subnet.subnet), None);
            }
            if had != Some(&leads) {
                put_leads(batch, subnet, &leads);
            }
            wanted.insert(subnet.subnet, leads);
        }
        let before = std::mem::replace(&mut self.leads, wanted);
        for (set, (subnet, is_led)) in &mut self.sets {
            let leads = self.leads.contains_key(subnet);
            match (*is_led, leads) {
                (true, false) => batch.remove_key(LEADS, set_key(*set)),
                (false, true) => batch.add_jump(LEADS, set_key(*set), &lead_chain(*subnet)),
                _ => {}
            }
            *is_led = leads;
        }
        for subnet in before.keys().filter(|subnet| !self.leads.contains_key(subnet)) {
            batch.flush_chain(&lead_chain(*subnet));
            batch.delete_chain(&lead_chain(*subnet));
        }
    }

    /// A group set that comes, of a subnet.
    pub(super) fn add_set(&mut self, batch: &mut Batch, set: u16, subnet: SubnetId) {
        let is_led = self.leads.contains_key(&subnet);
        if is_led {
            batch.add_jump(LEADS, set_key(set), &lead_chain(subnet));
        }
        self.sets.insert(set, (subnet, is_led));
    }

    /// A group set that goes.
    pub(super) fn remove_set(&mut self, batch: &mut Batch, set: u16) {
        if let Some((_, true)) = self.sets.remove(&set) {
            batch.remove_key(LEADS, set_key(set));
        }
    }

    /// The rules of what comes from peers, and the members of their groups.
    fn put_peers(&mut self, batch: &mut Batch, plan: &VpcPlan) {
        let before = std::mem::replace(&mut self.peers, plan.peers.clone());
        for (id, peer) in &plan.peers {
            let had = before.get(id);
            if had.is_none() {
                batch.add_chain(&peer_chain(*id), None);
            }
            if had.is_none_or(|had| had.cidrs != peer.cidrs) {
                put_peer(batch, peer);
            }
        }
        let all = |peers: &BTreeMap<PeeringId, PeerPlan>| -> BTreeSet<(GroupId, Ipv4Addr)> {
            let groups = peers.values().flat_map(|peer| &peer.members);
            groups.flat_map(|(group, all)| all.iter().map(|member| (*group, *member))).collect()
        };
        let (had, has) = (all(&before), all(&plan.peers));
        for (group, member) in had.difference(&has) {
            batch.remove_key(&members(*group), member.octets());
        }
        for (group, member) in has.difference(&had) {
            batch.add_member(&members(*group), *member);
        }
        for id in before.keys().filter(|id| !plan.peers.contains_key(id)) {
            if let Some(link) = self.links.get(id) {
                batch.remove_key(PEER_LINKS, link.to_ne_bytes());
            }
            batch.flush_chain(&peer_chain(*id));
            batch.delete_chain(&peer_chain(*id));
        }
    }

    /// The links of peers that are none any more, which are forgotten with this.
    pub(super) fn take_stale_links(&mut self) -> Vec<u32> {
        let peers = &self.peers;
        let gone = self.links.extract_if(.., |id, _| !peers.contains_key(id));
        gone.map(|(_, link)| link).collect()
    }

    /// Takes what comes by a link as a peer's.
    pub(super) fn add_link(&mut self, batch: &mut Batch, peering: PeeringId, link: u32) {
        if let Some(before) = self.links.insert(peering, link) {
            batch.remove_key(PEER_LINKS, before.to_ne_bytes());
        }
        batch.add_jump(PEER_LINKS, link.to_ne_bytes(), &peer_chain(peering));
    }

    /// Whether routes may lead to an ENI, or it passes on what is not for it.
    pub(super) fn leads_to(&self, eni: EniId) -> bool {
        self.middleboxes.contains_key(&eni)
    }

    /// An ENI has come by a slot's link, or has got another group set there.
    pub(super) fn hold(&mut self, batch: &mut Batch, eni: EniId, held: Held) {
        if self.middleboxes.contains_key(&eni) {
            self.held.insert(eni, held);
            self.put_held(batch);
        }
    }

    /// An ENI has gone; says whether anything was led to it.
    pub(super) fn let_go(&mut self, batch: &mut Batch, eni: EniId) -> bool {
        let was_held = self.held.remove(&eni).is_some();
        if was_held {
            self.put_held(batch);
        }
        was_held
    }

    /// Has the middleboxes that are attached, and pass packets on, be known by their links.
    fn put_held(&mut self, batch: &mut Batch) {
        let passing = self.middleboxes.values().filter(|it| it.forwards);
        let wanted: BTreeMap<EniId, Held> =
            passing.filter_map(|it| Some((it.eni, *self.held.get(&it.eni)?))).collect();
        let before = std::mem::replace(&mut self.passing, wanted);
        for (_, held) in before.iter().filter(|(eni, held)| self.passing.get(eni) != Some(held)) {
            batch.remove_key(MIDDLE_LINKS, held.link.to_ne_bytes());
        }
        for (_, held) in self.passing.iter().filter(|(eni, held)| before.get(eni) != Some(held)) {
            let link = held.link.to_ne_bytes();
            batch.add_mapping(MIDDLE_LINKS, link, mark(held.slot, held.set));
        }
        let own = self.passing.iter().flat_map(|(eni, held)| {
            let secondary = self.secondaries.get(eni).into_iter().flatten();
            secondary.chain([&held.address]).map(|address| (held.link, *address))
        });
        let before = std::mem::replace(&mut self.own, own.collect());
        for (link, address) in before.difference(&self.own) {
            batch.remove_pair(MIDDLE_OWN, [link.to_ne_bytes(), address.octets()]);
        }
        for (link, address) in self.own.difference(&before) {
            batch.add_pair(MIDDLE_OWN, [link.to_ne_bytes(), address.octets()]);
        }
        let sets = self.codes.iter().filter_map(|(hop, code)| match hop {
            Hop::Middlebox(id) => Some((*code, self.passing.get(id)?.set)),
            Hop::Peer(_) => None,
        });
        let before = std::mem::replace(&mut self.hop_sets, sets.collect());
        for (code, _) in before.iter().filter(|(code, set)| self.hop_sets.get(code) != Some(set)) {
            batch.remove_key(HOP_SETS, set_key(*code));
        }
        for (code, set) in self.hop_sets.iter().filter(|(code, set)| before.get(code) != Some(set))
        {
            batch.add_mapping(HOP_SETS, set_key(*code), set_key(*set));
        }
    }

    /// The links to which packets of a code are routed, with the address that takes them there.
    pub(super) fn ways(&self) -> Vec<(u16, Option<(u32, Ipv4Addr)>)> {
        let way = |hop: &Hop| match hop {
            Hop::Middlebox(id) => self.passing.get(id).map(|held| (held.link, held.address)),
            Hop::Peer(id) => self.links.get(id).map(|link| (*link, PEER_GATEWAY)),
        };
        self.codes.iter().map(|(hop, code)| (*code, way(hop))).collect()
    }

    /// The links by which packets come that are from others than who is there.
    pub(super) fn passing_links(&self) -> impl Iterator<Item = u32> + '_ {
        self.passing.values().map(|held| held.link).chain(self.links.values().copied())
    }
}

/// By which address a peer is reached over the link to it.
pub(super) const PEER_GATEWAY: Ipv4Addr = Ipv4Addr::new(169, 254, 0, 5);

/// What comes from a peer is from its blocks.
fn put_peer(batch: &mut Batch, peer: &PeerPlan) {
    let chain = peer_chain(peer.peering);
    batch.flush_chain(&chain);
    for block in &peer.cidrs {
        let from = Rule::new().in_block(Side::Source, block.base(), block.prefix());
        batch.add_rule(&chain, &from.note(PEERED).then(Verdict::Accept));
    }
    batch.add_rule(&chain, &Rule::new().then(Verdict::Goto("drop_not_of_peer")));
}

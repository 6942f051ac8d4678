//! Security groups and their rules.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::cidr6::Cidr6;
use crate::base::id::{GroupId, Missing, PrefixListId, RuleId, VpcId};
use crate::base::limits::Limits;
use crate::base::random::{Random, fresh};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::plan::{GroupPlan, RulePlan, VpcPlan};
use crate::record::group::{Direction, Group, Peer, Protocol, Rule, RuleSpec};
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// Which rules are to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revocation {
    /// By their ids.
    Ids(Vec<RuleId>),
    /// By what they permit; descriptions do not count.
    Specs(Vec<RuleSpec>),
}

/// `CreateSecurityGroup`: begins with a rule that lets everything out; answered with the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// In which VPC; none is the default VPC.
    pub vpc: Option<VpcId>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteSecurityGroup`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub group: GroupId,
}

/// `AuthorizeSecurityGroupIngress` and `…Egress`: all of the rules or none; answered with the
/// new rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorize {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub group: GroupId,
    /// Which way.
    pub direction: Direction,
    /// What to permit.
    pub rules: Vec<RuleSpec>,
    /// Tags for each new rule.
    pub tags: Tags,
}

/// `RevokeSecurityGroupIngress` and `…Egress`; answered with the rules that are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoke {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub group: GroupId,
    /// Which way.
    pub direction: Direction,
    /// What to take away.
    pub rules: Revocation,
}

/// Why a question about security groups is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no default VPC.
    NoDefaultVpc,
    /// The scope has no such security group.
    NoGroup(GroupId),
    /// The scope has no such prefix list.
    NoList(PrefixListId),
    /// The group has no such rule.
    NoRule(RuleId),
    /// The group has no rule that permits what is to be revoked.
    NoPermission(GroupId),
    /// The name `default` is AWS's.
    NameReserved,
    /// The group's name is taken in its VPC.
    NameTaken(String, VpcId),
    /// The scope has as many groups as it may.
    TooMany,
    /// The group would have more rules of a direction than it may.
    TooManyRules,
    /// The default security group cannot be deleted.
    Default(GroupId),
    /// ENIs carry it, or rules of other groups name it.
    InUse(GroupId),
    /// The rule is there already.
    RuleExists(RuleSpec),
    /// The same rule stands twice in one question.
    RuleRepeated,
    /// A rule's other end is of another kind than it would come to be.
    KindOfPeer(RuleId),
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

impl Ask for Create {
    type Answer = Group;
    type Refusal = Refusal;
    /// The question, and its VPC.
    type Granted = (Create, VpcId);

    fn check(self, engine: &Engine) -> Result<(Create, VpcId), Refusal> {
        let vpc = engine.network.may_have_group(&self, &engine.config.limits)?;
        Ok((self, vpc))
    }

    fn apply(
        (granted, vpc): (Create, VpcId),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Group {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, name, description, tags, .. } = granted;
        let id = fresh(cx.random, &network.groups, GroupId);
        let mut group = Group { id, scope, vpc, name, description, rules: BTreeMap::new(), tags };
        group.let_everything_out(!network.vpcs[&vpc].blocks6.is_empty(), cx.random);
        network.put_group(&mut cx, group.clone());
        group
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = GroupId;

    fn check(self, engine: &Engine) -> Result<GroupId, Refusal> {
        engine.network.may_delete_group(&self.scope, self.group)?;
        Ok(self.group)
    }

    fn apply(granted: GroupId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let group = network.groups.remove(&granted).expect("it was found");
        network.replan(&mut cx, group.vpc, |plan| drop(plan.groups.remove(&granted)));
        network.refresh_peers(&mut cx, group.vpc);
        network.members_changed(&mut cx, group.vpc);
        cx.persist(Vec::from([Change::Delete(Key::Group(granted))]));
    }
}

impl Ask for Authorize {
    type Answer = Vec<Rule>;
    type Refusal = Refusal;
    type Granted = Authorize;

    fn check(self, engine: &Engine) -> Result<Authorize, Refusal> {
        engine.network.may_authorize(&self, &engine.config.limits)?;
        Ok(self)
    }

    fn apply(
        granted: Authorize,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Vec<Rule> {
        let (network, mut cx) = engine.network_cx(now, out);
        let Authorize { group, direction, rules, tags, .. } = granted;
        let mut group = network.groups[&group].clone();
        let made = rules
            .into_iter()
            .map(|spec| group.add(direction, spec, tags.clone(), cx.random))
            .collect();
        network.put_group(&mut cx, group);
        made
    }
}

impl Ask for Revoke {
    type Answer = Vec<Rule>;
    type Refusal = Refusal;
    /// Of which group, which rules.
    type Granted = (GroupId, BTreeSet<RuleId>);

    fn check(self, engine: &Engine) -> Result<(GroupId, BTreeSet<RuleId>), Refusal> {
        Ok((self.group, engine.network.to_revoke(&self)?))
    }

    fn apply(
        (group, revoked): (GroupId, BTreeSet<RuleId>),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Vec<Rule> {
        let (network, mut cx) = engine.network_cx(now, out);
        let mut group = network.groups[&group].clone();
        let gone = revoked.iter().filter_map(|id| group.rules.remove(id)).collect();
        network.put_group(&mut cx, group);
        gone
    }
}

impl RuleSpec {
    /// Whether both permit the same; descriptions do not count.
    pub fn permits_as(&self, other: &RuleSpec) -> bool {
        (self.protocol, self.peer) == (other.protocol, other.peer)
    }

    fn everything(peer: Peer) -> RuleSpec {
        RuleSpec { protocol: Protocol::All, peer, description: None }
    }
}

impl Group {
    /// A new VPC's default group: everything in from its own members, everything out.
    pub(crate) fn default_of(
        vpc: VpcId,
        scope: &Scope,
        id: GroupId,
        has_ipv6: bool,
        random: &mut Random,
    ) -> Group {
        let mut group = Group {
            id,
            scope: scope.clone(),
            vpc,
            name: "default".to_string(),
            description: "default VPC security group".to_string(),
            rules: BTreeMap::new(),
            tags: Tags::new(),
        };
        let within = RuleSpec::everything(Peer::Group(id));
        group.add(Direction::Ingress, within, Tags::new(), random);
        group.let_everything_out(has_ipv6, random);
        group
    }

    /// Lets everything out; of IPv6 too in a VPC that has it.
    fn let_everything_out(&mut self, has_ipv6: bool, random: &mut Random) {
        let of_ipv4 = Peer::Cidr(Cidr::ANYWHERE);
        let of_ipv6 = has_ipv6.then_some(Peer::Cidr6(Cidr6::ANYWHERE));
        for peer in [Some(of_ipv4), of_ipv6].into_iter().flatten() {
            self.add(Direction::Egress, RuleSpec::everything(peer), Tags::new(), random);
        }
    }

    /// Whether what it lets out is as it was when it was made, by IPv4 alone.
    fn lets_out_as_made(&self) -> bool {
        let everything = RuleSpec::everything(Peer::Cidr(Cidr::ANYWHERE));
        let mut out = self.of(Direction::Egress);
        out.next().is_some_and(|rule| rule.spec == everything) && out.next().is_none()
    }

    fn add(
        &mut self,
        direction: Direction,
        spec: RuleSpec,
        tags: Tags,
        random: &mut Random,
    ) -> Rule {
        let rule = Rule { id: fresh(random, &self.rules, RuleId), direction, spec, tags };
        self.rules.insert(rule.id, rule.clone());
        rule
    }

    fn of(&self, direction: Direction) -> impl Iterator<Item = &Rule> {
        self.rules.values().filter(move |rule| rule.direction == direction)
    }
}

impl Part for Group {
    fn keeps_vpc(network: &Network, vpc: &Vpc) -> bool {
        let mut groups = network.groups.values().filter(|group| group.vpc == vpc.id);
        groups.any(|group| group.id != vpc.default_group)
    }

    fn vpc_goes(network: &mut Network, vpc: &Vpc, changes: &mut Vec<Change>) {
        network.groups.remove(&vpc.default_group);
        changes.push(Change::Delete(Key::Group(vpc.default_group)));
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        for group in network.groups.values().filter(|group| group.vpc == vpc.id) {
            plan.groups.entry(group.id).or_insert_with(|| Arc::new(network.group_plan(group)));
        }
    }
}

impl Network {
    /// Stores a group that is new or has changed, and plans its VPC with it.
    pub(super) fn put_group(&mut self, cx: &mut Cx<'_>, group: Group) {
        let plan = Arc::new(self.group_plan(&group));
        self.replan(cx, group.vpc, |vpc| drop(vpc.groups.insert(plan.group, plan)));
        self.groups.insert(group.id, group.clone());
        self.refresh_peers(cx, group.vpc);
        cx.persist(Vec::from([Change::Put(Box::new(Record::Group(group)))]));
    }

    /// A VPC's default group lets IPv6 out too once the VPC has that, unless what it lets out was
    /// changed.
    pub(crate) fn open_default_group(&mut self, cx: &mut Cx<'_>, vpc: &Vpc) {
        let mut group = self.groups[&vpc.default_group].clone();
        if group.lets_out_as_made() {
            let everything = RuleSpec::everything(Peer::Cidr6(Cidr6::ANYWHERE));
            group.add(Direction::Egress, everything, Tags::new(), cx.random);
            self.put_group(cx, group);
        }
    }

    /// Plans the VPC of a group anew, to whose rules a list refers that has changed.
    pub(super) fn replan_group(&mut self, cx: &mut Cx<'_>, id: GroupId) {
        let group = &self.groups[&id];
        let (vpc, plan) = (group.vpc, Arc::new(self.group_plan(group)));
        self.replan(cx, vpc, |vpc| drop(vpc.groups.insert(id, plan)));
    }

    fn may_have_group(&self, wanted: &Create, limits: &Limits) -> Result<VpcId, Refusal> {
        let Create { scope, name, .. } = wanted;
        let vpc = match wanted.vpc {
            Some(id) => self.vpc(scope, id)?,
            None => self.default_vpc(scope).ok_or(Refusal::NoDefaultVpc)?,
        };
        if name == "default" {
            return Err(Refusal::NameReserved);
        }
        if self.groups.values().any(|group| group.vpc == vpc.id && group.name == *name) {
            return Err(Refusal::NameTaken(name.clone(), vpc.id));
        }
        let count = self.groups.values().filter(|group| group.scope == *scope).count();
        if count >= limits.groups_per_scope as usize {
            return Err(Refusal::TooMany);
        }
        Ok(vpc.id)
    }

    fn may_delete_group(&self, scope: &Scope, id: GroupId) -> Result<(), Refusal> {
        let vpc = self.group(scope, id)?.vpc;
        if self.vpcs[&vpc].default_group == id {
            return Err(Refusal::Default(id));
        }
        // Rules of peers that name it become stale.
        let names = |group: &Group| {
            group.id != id
                && group.vpc == vpc
                && group.rules.values().any(|rule| rule.spec.peer == Peer::Group(id))
        };
        let is_used = self.enis.values().any(|eni| eni.groups.contains(&id))
            || self.vpc_endpoints.values().any(|endpoint| endpoint.has_group(id));
        if is_used || self.groups.values().any(names) { Err(Refusal::InUse(id)) } else { Ok(()) }
    }

    fn may_authorize(&self, wanted: &Authorize, limits: &Limits) -> Result<(), Refusal> {
        let Authorize { scope, direction, rules, .. } = wanted;
        let group = self.group(scope, wanted.group)?;
        for (at, spec) in rules.iter().enumerate() {
            if rules[..at].iter().any(|other| other.permits_as(spec)) {
                return Err(Refusal::RuleRepeated);
            }
            if let Peer::Group(peer) = spec.peer
                && !self.may_name(scope, group.vpc, peer)
            {
                return Err(Refusal::NoGroup(peer));
            }
            if let Peer::List(list) = spec.peer {
                self.weight_of(scope, list).map_err(|Missing(id)| Refusal::NoList(id))?;
            }
            if group.of(*direction).any(|rule| rule.spec.permits_as(spec)) {
                return Err(Refusal::RuleExists(spec.clone()));
            }
        }
        let specs = group.of(*direction).map(|rule| &rule.spec).chain(rules);
        match self.count(scope, specs) > limits.rules_per_group as usize {
            true => Err(Refusal::TooManyRules),
            false => Ok(()),
        }
    }

    /// For how many rules some count: those of one family of addresses, of which there are more. A rule
    /// that names a group counts for both, as on AWS, and one that names a list for as many as that may
    /// have entries.
    fn count<'a>(&self, scope: &Scope, specs: impl Iterator<Item = &'a RuleSpec>) -> usize {
        let (mut of_ipv4, mut of_ipv6) = (0, 0);
        for spec in specs {
            match spec.peer {
                Peer::Cidr(_) => of_ipv4 += 1,
                Peer::Cidr6(_) => of_ipv6 += 1,
                Peer::Group(_) => {
                    of_ipv4 += 1;
                    of_ipv6 += 1;
                }
                Peer::List(list) => of_ipv4 += self.weight_of(scope, list).unwrap_or(1),
            }
        }
        of_ipv4.max(of_ipv6)
    }

    /// Whether a group may have its rules where each that refers to a list counts for so many more.
    pub(crate) fn may_have_rules(
        &self,
        group: &Group,
        (list, grows): (PrefixListId, usize),
        limits: &Limits,
    ) -> bool {
        [Direction::Ingress, Direction::Egress].into_iter().all(|direction| {
            let specs = || group.of(direction).map(|rule| &rule.spec);
            let refer = specs().filter(|spec| spec.peer == Peer::List(list)).count();
            let count = self.count(&group.scope, specs()) + refer * grows;
            refer == 0 || count <= limits.rules_per_group as usize
        })
    }

    fn to_revoke(&self, wanted: &Revoke) -> Result<BTreeSet<RuleId>, Refusal> {
        let Revoke { scope, group: id, direction, rules } = wanted;
        let group = self.group(scope, *id)?;
        match rules {
            Revocation::Ids(ids) => ids
                .iter()
                .map(|id| match group.rules.get(id) {
                    Some(rule) if rule.direction == *direction => Ok(*id),
                    Some(_) | None => Err(Refusal::NoRule(*id)),
                })
                .collect(),
            Revocation::Specs(specs) => specs
                .iter()
                .map(|spec| {
                    let rule = group.of(*direction).find(|rule| rule.spec.permits_as(spec));
                    rule.map(|rule| rule.id).ok_or(Refusal::NoPermission(*id))
                })
                .collect(),
        }
    }
}

impl Network {
    /// What a node is to have for a security group: of lists their blocks.
    fn group_plan(&self, group: &Group) -> GroupPlan {
        let peers = |peer: Peer| match peer {
            Peer::List(list) => {
                self.blocks_of(&group.scope, list).into_iter().map(Peer::Cidr).collect()
            }
            Peer::Cidr(_) | Peer::Cidr6(_) | Peer::Group(_) => Vec::from([peer]),
        };
        let of = |direction: Direction| {
            let planned = group.of(direction).flat_map(|rule| {
                let (id, protocol) = (rule.id, rule.spec.protocol);
                let peers = peers(rule.spec.peer).into_iter();
                peers.map(move |peer| RulePlan { rule: id, protocol, peer })
            });
            planned.collect()
        };
        let (ingress, egress) = (of(Direction::Ingress), of(Direction::Egress));
        GroupPlan { group: group.id, vpc: group.vpc, ingress, egress }
    }
}

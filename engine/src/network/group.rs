//! Security groups and their rules.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::cidr::Cidr;
use crate::base::id::{GroupId, RuleId, VpcId};
use crate::base::limits::Limits;
use crate::base::random::{Random, fresh};
use crate::base::scope::{Scope, Tags};
use crate::effect::{Refusal, Reply};
use crate::network::{Done, Network, Outcome, group_plan};
use crate::node::NodeCommand;
use crate::record::group::{Direction, Group, Peer, Protocol, Rule, RuleSpec};
use crate::record::{Change, Key, Record};

/// Which rules are to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revocation {
    /// By their ids.
    Ids(Vec<RuleId>),
    /// By what they permit; descriptions do not count.
    Specs(Vec<RuleSpec>),
}

/// What may be asked about security groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupRequest {
    /// `CreateSecurityGroup`: begins with a rule that lets everything out.
    Create {
        /// The owner.
        scope: Scope,
        /// In which VPC; none is the default VPC.
        vpc: Option<VpcId>,
        /// Its name.
        name: String,
        /// What it is for.
        description: String,
        /// Tags to begin with.
        tags: Tags,
    },
    /// `DeleteSecurityGroup`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        group: GroupId,
    },
    /// `AuthorizeSecurityGroupIngress` and `…Egress`: all of the rules or none.
    Authorize {
        /// The owner.
        scope: Scope,
        /// Which one.
        group: GroupId,
        /// Which way.
        direction: Direction,
        /// What to permit.
        rules: Vec<RuleSpec>,
        /// Tags for each new rule.
        tags: Tags,
    },
    /// `RevokeSecurityGroupIngress` and `…Egress`.
    Revoke {
        /// The owner.
        scope: Scope,
        /// Which one.
        group: GroupId,
        /// Which way.
        direction: Direction,
        /// What to take away.
        rules: Revocation,
    },
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
    pub(crate) fn default_of(vpc: VpcId, scope: &Scope, id: GroupId, random: &mut Random) -> Group {
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
        group.let_everything_out(random);
        group
    }

    fn let_everything_out(&mut self, random: &mut Random) {
        let anywhere = Cidr::containing(Ipv4Addr::UNSPECIFIED, 0).expect("0.0.0.0/0 is a block");
        let spec = RuleSpec::everything(Peer::Cidr(anywhere));
        self.add(Direction::Egress, spec, Tags::new(), random);
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

impl Network {
    pub(crate) fn group_request(
        &mut self,
        request: GroupRequest,
        random: &mut Random,
        limits: &Limits,
    ) -> Outcome {
        match request {
            GroupRequest::Create { scope, vpc, name, description, tags } => {
                let vpc = self.may_have_group(&scope, vpc, &name, limits)?;
                let id = fresh(random, &self.groups, GroupId);
                let rules = BTreeMap::new();
                let mut group = Group { id, scope, vpc, name, description, rules, tags };
                group.let_everything_out(random);
                self.groups.insert(id, group.clone());
                Ok(put(group.clone(), Reply::Group(group)))
            }
            GroupRequest::Delete { scope, group } => self.delete_group(&scope, group),
            GroupRequest::Authorize { scope, group, direction, rules, tags } => {
                self.may_authorize(&scope, group, direction, &rules, limits)?;
                let changed = self.groups.get_mut(&group).expect("it was just found");
                let made = rules
                    .into_iter()
                    .map(|spec| changed.add(direction, spec, tags.clone(), random))
                    .collect();
                Ok(put(changed.clone(), Reply::Rules(group, made)))
            }
            GroupRequest::Revoke { scope, group, direction, rules } => {
                let revoked = self.to_revoke(&scope, group, direction, &rules)?;
                let changed = self.groups.get_mut(&group).expect("it was just found");
                let gone = revoked.iter().filter_map(|id| changed.rules.remove(id)).collect();
                Ok(put(changed.clone(), Reply::Rules(group, gone)))
            }
        }
    }

    fn may_have_group(
        &self,
        scope: &Scope,
        vpc: Option<VpcId>,
        name: &str,
        limits: &Limits,
    ) -> Result<VpcId, Refusal> {
        let vpc = match vpc {
            Some(id) => self.vpc(scope, id)?,
            None => self.default_vpc(scope).ok_or(Refusal::NoDefaultVpc)?,
        };
        if name == "default" {
            return Err(Refusal::GroupNameReserved);
        }
        if self.groups.values().any(|group| group.vpc == vpc.id && group.name == name) {
            return Err(Refusal::GroupExists(name.to_string(), vpc.id));
        }
        let count = self.groups.values().filter(|group| group.scope == *scope).count();
        if count >= limits.groups_per_scope as usize {
            return Err(Refusal::Limit("SecurityGroupLimitExceeded"));
        }
        Ok(vpc.id)
    }

    fn delete_group(&mut self, scope: &Scope, id: GroupId) -> Outcome {
        let vpc = self.group(scope, id)?.vpc;
        if self.vpcs[&vpc].default_group == id {
            return Err(Refusal::DefaultGroup(id));
        }
        let names = |group: &Group| {
            group.id != id && group.rules.values().any(|rule| rule.spec.peer == Peer::Group(id))
        };
        let is_used = self.enis.values().any(|eni| eni.groups.contains(&id));
        if is_used || self.groups.values().any(names) {
            return Err(Refusal::GroupInUse(id));
        }
        self.groups.remove(&id);
        Ok(Done {
            reply: Reply::Done,
            changes: Vec::from([Change::Delete(Key::Group(id))]),
            commands: Vec::from([NodeCommand::DeleteGroup(id)]),
        })
    }

    fn may_authorize(
        &self,
        scope: &Scope,
        id: GroupId,
        direction: Direction,
        rules: &[RuleSpec],
        limits: &Limits,
    ) -> Result<(), Refusal> {
        let group = self.group(scope, id)?;
        for (at, spec) in rules.iter().enumerate() {
            if rules[..at].iter().any(|other| other.permits_as(spec)) {
                return Err(Refusal::RuleRepeated);
            }
            if let Peer::Group(peer) = spec.peer
                && self.group(scope, peer)?.vpc != group.vpc
            {
                return Err(Refusal::NoGroup(peer));
            }
            if group.of(direction).any(|rule| rule.spec.permits_as(spec)) {
                return Err(Refusal::RuleExists(spec.clone()));
            }
        }
        if group.of(direction).count() + rules.len() > limits.rules_per_group as usize {
            return Err(Refusal::Limit("RulesPerSecurityGroupLimitExceeded"));
        }
        Ok(())
    }

    fn to_revoke(
        &self,
        scope: &Scope,
        id: GroupId,
        direction: Direction,
        rules: &Revocation,
    ) -> Result<BTreeSet<RuleId>, Refusal> {
        let group = self.group(scope, id)?;
        match rules {
            Revocation::Ids(ids) => ids
                .iter()
                .map(|id| match group.rules.get(id) {
                    Some(rule) if rule.direction == direction => Ok(*id),
                    Some(_) | None => Err(Refusal::NoRule(*id)),
                })
                .collect(),
            Revocation::Specs(specs) => specs
                .iter()
                .map(|spec| {
                    let rule = group.of(direction).find(|rule| rule.spec.permits_as(spec));
                    rule.map(|rule| rule.id).ok_or(Refusal::NoSuchPermission(id))
                })
                .collect(),
        }
    }
}

fn put(group: Group, reply: Reply) -> Done {
    Done {
        reply,
        commands: Vec::from([NodeCommand::PutGroup(group_plan(&group))]),
        changes: Vec::from([Change::Put(Box::new(Record::Group(group)))]),
    }
}

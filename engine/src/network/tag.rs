//! Tags of EC2's things.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{EniId, GroupId, RuleId, SubnetId, VpcId};
use crate::base::scope::{Scope, Tags};
use crate::effect::{Refusal, Reply};
use crate::network::{Done, Network, Outcome};
use crate::record::{Change, Record};

/// Something of EC2's that carries tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tagged {
    /// A VPC.
    Vpc(VpcId),
    /// A subnet.
    Subnet(SubnetId),
    /// A security group.
    Group(GroupId),
    /// A rule of a security group.
    Rule(RuleId),
    /// An ENI.
    Eni(EniId),
}

/// What may be asked about tags: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagRequest {
    /// `CreateTags`.
    Put {
        /// The owner.
        scope: Scope,
        /// On what.
        on: Vec<Tagged>,
        /// Which ones.
        tags: Tags,
    },
    /// `DeleteTags`: no keys is all of them, a value restricts the deletion to it.
    Delete {
        /// The owner.
        scope: Scope,
        /// From what.
        on: Vec<Tagged>,
        /// Which ones.
        keys: Vec<(String, Option<String>)>,
    },
}

impl Network {
    pub(crate) fn tag_request(&mut self, request: TagRequest) -> Outcome {
        let (scope, on) = match &request {
            TagRequest::Put { scope, on, .. } | TagRequest::Delete { scope, on, .. } => (scope, on),
        };
        for one in on {
            self.tags_of(scope, *one)?;
        }
        let mut changes = Vec::new();
        for one in on {
            let tags = self.tags_of(scope, *one).expect("it was just found");
            match &request {
                TagRequest::Put { tags: put, .. } => {
                    tags.extend(put.iter().map(|(key, value)| (key.clone(), value.clone())));
                }
                TagRequest::Delete { keys, .. } if keys.is_empty() => tags.clear(),
                TagRequest::Delete { keys, .. } => tags.retain(|key, value| {
                    !keys.iter().any(|(name, only)| {
                        name == key && only.as_ref().is_none_or(|only| only == value)
                    })
                }),
            }
            changes.push(Change::Put(Box::new(self.record_of(*one))));
        }
        Ok(Done { reply: Reply::Done, changes, commands: Vec::new() })
    }

    fn tags_of(&mut self, scope: &Scope, on: Tagged) -> Result<&mut Tags, Refusal> {
        match on {
            Tagged::Vpc(id) => {
                self.vpc(scope, id)?;
                Ok(&mut self.vpcs.get_mut(&id).expect("it was just found").tags)
            }
            Tagged::Subnet(id) => {
                self.subnet(scope, id)?;
                Ok(&mut self.subnets.get_mut(&id).expect("it was just found").tags)
            }
            Tagged::Group(id) => {
                self.group(scope, id)?;
                Ok(&mut self.groups.get_mut(&id).expect("it was just found").tags)
            }
            Tagged::Eni(id) => {
                self.eni(scope, id)?;
                Ok(&mut self.enis.get_mut(&id).expect("it was just found").tags)
            }
            Tagged::Rule(id) => {
                let mut own = self.groups.values_mut().filter(|group| group.scope == *scope);
                let rule = own.find_map(|group| group.rules.get_mut(&id));
                rule.map(|rule| &mut rule.tags).ok_or(Refusal::NoRule(id))
            }
        }
    }

    fn record_of(&self, on: Tagged) -> Record {
        match on {
            Tagged::Vpc(id) => Record::Vpc(self.vpcs[&id].clone()),
            Tagged::Subnet(id) => Record::Subnet(self.subnets[&id].clone()),
            Tagged::Group(id) => Record::Group(self.groups[&id].clone()),
            Tagged::Eni(id) => Record::Eni(self.enis[&id].clone()),
            Tagged::Rule(id) => {
                let group = self.groups.values().find(|group| group.rules.contains_key(&id));
                Record::Group(group.expect("its tags were just changed").clone())
            }
        }
    }
}

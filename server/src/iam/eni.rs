//! What a function's role must allow, so that the function may have ENIs in its subnets.

use std::collections::BTreeSet;

use engine::engine::Engine;
use engine::id::{GroupId, SubnetId};
use engine::network::tag::Tagged;
use engine::record::function::VpcConfig;
use engine::scope::Scope;

use super::condition::Values;
use super::ec2_keys::of_thing;

/// Where a function's ENIs are to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Enis<'a> {
    engine: &'a Engine,
    subnets: &'a [SubnetId],
    groups: &'a BTreeSet<GroupId>,
}

/// A call of EC2's, by whose name its permission goes, on what, and what is so of that.
pub(super) type Call = (&'static str, String, Values);

impl<'a> Enis<'a> {
    /// Those of a function with these settings; none where it is in no VPC.
    pub(crate) fn of(engine: &'a Engine, vpc: &'a VpcConfig) -> Option<Enis<'a>> {
        let (subnets, groups) = (vpc.subnets.as_slice(), &vpc.groups);
        (!subnets.is_empty()).then_some(Enis { engine, subnets, groups })
    }

    /// The calls that are made for them in the name of the role. What is described is allowed for all or
    /// for nothing; an ENI is made in a subnet, with groups, each of which is asked about.
    pub(super) fn calls(&self, scope: &Scope) -> Vec<Call> {
        let arn = |kind: &str, id: &str| {
            format!("arn:aws:ec2:{}:{:012}:{kind}/{id}", scope.region, scope.account)
        };
        let makes = "ec2:CreateNetworkInterface";
        let mut calls = vec![("ec2:DescribeNetworkInterfaces", "*".into(), Values::default())];
        let subnets = self.subnets.iter().map(|id| (Tagged::Subnet(*id), id.to_string()));
        let groups = self.groups.iter().map(|id| (Tagged::Group(*id), id.to_string()));
        for (thing, id) in subnets.clone().chain(groups) {
            let values = of_thing(self.engine, scope, (thing, &id));
            calls.push((makes, arn(thing.resource(), &id), values));
        }
        // What is made has nothing yet that a policy could ask about.
        let any = arn("network-interface", "*");
        calls.push((makes, any.clone(), Values::default()));
        for (thing, id) in subnets {
            let mut values = of_thing(self.engine, scope, (thing, &id));
            values.set("ec2:Subnet", arn("subnet", &id));
            calls.push(("ec2:DeleteNetworkInterface", any.clone(), values));
        }
        calls
    }
}

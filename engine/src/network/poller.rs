//! ENIs of event source mappings: by which their pollers reach a source in a VPC, one for each subnet.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{GroupId, MappingId, ResourceId, SubnetId};
use crate::base::limits::Limits;
use crate::base::random::{fresh, mac};
use crate::base::scope::{Scope, Tags};
use crate::cx::Cx;
use crate::network::Network;
use crate::network::eni::{self, NewEni};
use crate::node::Failure;
use crate::record::decision::{Cause, Choice};
use crate::record::eni::{Eni, EniUser};
use crate::record::mapping::Mapping;
use crate::record::resource::{Resource, ResourceKind};
use crate::record::{Change, Record};

/// A way out of a subnet: an ENI of a mapping's own.
#[derive(Debug, Clone, Copy)]
pub struct WayOut<'a> {
    /// The ENI.
    pub eni: &'a Eni,
    /// The path of its network namespace, once the node has it.
    pub namespace: Option<&'a str>,
    /// Why the node does not have it, if that is known.
    pub failure: Option<&'a Failure>,
}

impl Network {
    /// Whether a mapping can have an ENI in each of these subnets.
    pub(crate) fn may_have_pollers(
        &self,
        scope: &Scope,
        (subnets, groups): (&BTreeSet<SubnetId>, &BTreeSet<GroupId>),
        limits: &Limits,
    ) -> Result<(), eni::Refusal> {
        for subnet in subnets {
            self.may_have_eni(scope, (*subnet, groups.clone(), None), limits)?;
        }
        match self.tally.of_scope(scope) + subnets.len() > limits.enis_per_scope as usize {
            true => Err(eni::Refusal::TooMany),
            false => Ok(()),
        }
    }

    /// The ENIs of a mapping.
    pub(crate) fn ways_out(&self, mapping: MappingId) -> impl Iterator<Item = WayOut<'_>> {
        let own = self.resources.values().filter(move |it| it.is_of(mapping));
        own.filter_map(|it| {
            let namespace = self.namespaces.get(&it.id).map(String::as_str);
            let failure = self.failed.get(&it.id);
            Some(WayOut { eni: self.enis.get(&it.eni)?, namespace, failure })
        })
    }

    /// Has a mapping have the ENIs that it is to have, and no others; those that cannot be made are
    /// missing.
    pub(crate) fn put_pollers(&mut self, cx: &mut Cx<'_>, mapping: &Mapping) {
        let (mut missing, groups) = (mapping.settings.subnets(), mapping.settings.groups());
        let mut over = Vec::new();
        for it in self.resources.values().filter(|it| it.is_of(mapping.id)) {
            let eni = &self.enis[&it.eni];
            let is_as_wanted = groups.is_empty() || eni.groups == groups;
            match is_as_wanted && missing.remove(&eni.subnet) {
                true => {}
                false => over.push(it.id),
            }
        }
        over.into_iter().for_each(|id| self.remove_resource(cx, id));
        for subnet in missing {
            self.put_poller(cx, mapping, subnet, &groups);
        }
    }

    fn put_poller(
        &mut self,
        cx: &mut Cx<'_>,
        mapping: &Mapping,
        subnet: SubnetId,
        groups: &BTreeSet<GroupId>,
    ) {
        let wish = (subnet, groups.clone(), None);
        let Ok(home) = self.may_have_eni(&mapping.scope, wish, cx.limits) else { return };
        let id = fresh(cx.random, &self.resources, ResourceId);
        let eni = fresh(cx.random, &self.enis, crate::base::id::EniId);
        let choice = Choice::CreateEni { eni, subnet, cursor: 0 };
        let decision = cx.journal.draft(cx.now, Cause::Resource(id), choice, Vec::new());
        let new = NewEni {
            id: eni,
            mac: mac(cx.random),
            scope: mapping.scope.clone(),
            subnet,
            groups: groups.clone(),
            address: None,
            addresses6: Vec::new(),
            description: format!("AWS Lambda VPC ENI-armadillo-{}", mapping.id),
            user: EniUser::Resource(id),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        let record = self.add_eni(new, home).clone();
        self.eni_comes(cx, eni);
        cx.journal.keep(decision);
        let resource = Resource {
            id,
            scope: mapping.scope.clone(),
            name: format!("{}-{subnet}", mapping.id),
            eni,
            kind: ResourceKind::Mapping(mapping.id),
            created: cx.now,
            dns_name: None,
        };
        self.resources.insert(id, resource.clone());
        cx.command(self.put_resource(&resource));
        cx.persist(Vec::from([
            Change::Put(Record::Eni(record).into()),
            Change::Put(Record::Resource(resource).into()),
        ]));
    }

    /// A mapping is gone, and its ENIs with it.
    pub(crate) fn remove_pollers(&mut self, cx: &mut Cx<'_>, mapping: MappingId) {
        let own = self.resources.values().filter(|it| it.is_of(mapping));
        let own: Vec<ResourceId> = own.map(|it| it.id).collect();
        own.into_iter().for_each(|id| self.remove_resource(cx, id));
    }

    /// Tries once more to have ENIs of a mapping that the node could not make.
    pub(crate) fn try_pollers_again(&mut self, cx: &mut Cx<'_>, mapping: MappingId) {
        let failed = self.failed.keys().filter(|id| self.resources[*id].is_of(mapping));
        let failed: Vec<ResourceId> = failed.copied().collect();
        for id in failed {
            self.failed.remove(&id);
            cx.command(self.put_resource(&self.resources[&id]));
        }
    }

    /// Removes ENIs of mappings that were not stored.
    pub(crate) fn remove_stray_pollers(&mut self, cx: &mut Cx<'_>, known: &[MappingId]) {
        let strays = self.resources.values().filter_map(|it| match it.kind {
            ResourceKind::Mapping(mapping) if !known.contains(&mapping) => Some(it.id),
            _ => None,
        });
        let strays: Vec<ResourceId> = strays.collect();
        strays.into_iter().for_each(|id| self.remove_resource(cx, id));
    }
}

impl Resource {
    /// Whether it is an ENI of this mapping.
    pub fn is_of(&self, mapping: MappingId) -> bool {
        self.kind == ResourceKind::Mapping(mapping)
    }

    /// Whether it is an ENI of a mapping or an endpoint, which its owner does not change.
    pub fn is_managed(&self) -> bool {
        matches!(self.kind, ResourceKind::Mapping(_) | ResourceKind::Endpoint(_))
    }
}

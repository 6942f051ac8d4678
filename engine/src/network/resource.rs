//! Resources: what lives in a subnet without being a function.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{CallerId, EniId, GroupId, MappingId, ResourceId, SubnetId, VpcEndpointId};
use crate::base::random::{fresh, mac};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::{Effect, EffectSink};
use crate::engine::Engine;
use crate::network::Network;
use crate::network::address6::Wish;
use crate::network::elastic_ip;
use crate::network::eni::{self, Home, NewEni};
use crate::node::{Failure, NodeCommand};
use crate::plan::Holder;
use crate::record::decision::{Cause, Choice};
use crate::record::eni::EniUser;
use crate::record::resource::{Resource, ResourceKind};
use crate::record::{Change, Key, Record};
use crate::tickets::Waiting;

/// `warren attach` and `warren expose`. Answered with the id of what is being made; the caller is
/// told by `Effect::Made` what became of it, once it is durable and the node has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// Who is told what becomes of it.
    pub caller: CallerId,
    /// The owner.
    pub scope: Scope,
    /// Its name.
    pub name: String,
    /// In which subnet.
    pub subnet: SubnetId,
    /// Its groups; none is the VPC's default group.
    pub groups: BTreeSet<GroupId>,
    /// What it is.
    pub kind: ResourceKind,
    /// The name that resolves to its address, in small letters and without a dot at its end.
    pub dns_name: Option<String>,
}

/// `warren attach` of a name that is there already: another command runs at its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCommand {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub resource: ResourceId,
    /// The words of the command, for people.
    pub command: Vec<String>,
}

/// `warren resources remove`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub resource: ResourceId,
}

/// Why a question about resources is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such resource, or it is still being made.
    NoResource(ResourceId),
    /// It is no process, and has no command.
    NoProcess(ResourceId),
    /// It is an ENI of an event source mapping.
    OfMapping(ResourceId, MappingId),
    /// It is an ENI of an interface endpoint.
    OfEndpoint(ResourceId, VpcEndpointId),
    /// The name is taken.
    NameTaken(String),
    /// It cannot have an ENI.
    Eni(eni::Refusal),
    /// Its subnet gives public addresses, of which none is free.
    NoPublicAddress(SubnetId),
}

/// A resource that is being made: its caller is told when it is durable and the node has it.
#[derive(Debug, Clone)]
pub(crate) struct Making {
    caller: CallerId,
    is_durable: bool,
    has_namespace: bool,
}

impl Ask for Create {
    type Answer = ResourceId;
    type Refusal = Refusal;
    type Granted = (Create, Home);

    fn check(self, engine: &Engine) -> Result<(Create, Home), Refusal> {
        let Create { scope, name, subnet, groups, .. } = &self;
        let network = &engine.network;
        if network.resources.values().any(|other| other.scope == *scope && other.name == *name) {
            return Err(Refusal::NameTaken(self.name));
        }
        let (wish, limits) = ((*subnet, groups.clone(), None), &engine.config.limits);
        let home = network.may_have_eni(scope, wish, limits).map_err(Refusal::Eni)?;
        let wants_public = network.subnets[subnet].map_public;
        if wants_public && !network.has_public_address_free(limits.public_addresses) {
            return Err(Refusal::NoPublicAddress(*subnet));
        }
        Ok((self, home))
    }

    fn apply(
        (granted, home): (Create, Home),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> ResourceId {
        let (network, mut cx) = engine.network_cx(now, out);
        network.create_resource(&mut cx, granted, home)
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = ResourceId;

    fn check(self, engine: &Engine) -> Result<ResourceId, Refusal> {
        let Delete { scope, resource: id } = self;
        let resource = engine.network.made_resource(&scope, id)?;
        match resource.kind {
            ResourceKind::Mapping(mapping) => Err(Refusal::OfMapping(id, mapping)),
            ResourceKind::Endpoint(endpoint) => Err(Refusal::OfEndpoint(id, endpoint)),
            ResourceKind::Process(_) | ResourceKind::Exposed(_) => Ok(id),
        }
    }

    fn apply(granted: ResourceId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.remove_resource(&mut cx, granted);
    }
}

impl Ask for SetCommand {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Resource;

    fn check(self, engine: &Engine) -> Result<Resource, Refusal> {
        let SetCommand { scope, resource: id, command } = self;
        let mut resource = engine.network.made_resource(&scope, id)?.clone();
        match &mut resource.kind {
            ResourceKind::Process(words) => *words = command,
            ResourceKind::Exposed(_) | ResourceKind::Mapping(_) | ResourceKind::Endpoint(_) => {
                return Err(Refusal::NoProcess(id));
            }
        }
        Ok(resource)
    }

    fn apply(granted: Resource, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.resources.insert(granted.id, granted.clone());
        cx.persist(Vec::from([Change::Put(Box::new(Record::Resource(granted)))]));
    }
}

impl Network {
    /// A resource of the scope that is no longer being made.
    fn made_resource(&self, scope: &Scope, id: ResourceId) -> Result<&Resource, Refusal> {
        let found = self.resources.get(&id).filter(|it| it.scope == *scope);
        found.filter(|_| !self.making.contains_key(&id)).ok_or(Refusal::NoResource(id))
    }

    fn create_resource(&mut self, cx: &mut Cx<'_>, wanted: Create, home: Home) -> ResourceId {
        let Create { caller, scope, name, subnet, groups, kind, dns_name } = wanted;
        let id = fresh(cx.random, &self.resources, ResourceId);
        let eni = fresh(cx.random, &self.enis, EniId);
        let choice = Choice::CreateEni { eni, subnet, cursor: 0 };
        let decision = cx.journal.draft(cx.now, Cause::Resource(id), choice, Vec::new());
        let mut ipv6 = Wish::default();
        ipv6.as_of(&self.subnets[&subnet]);
        let new = NewEni {
            id: eni,
            mac: mac(cx.random),
            scope: scope.clone(),
            subnet,
            groups,
            address: None,
            addresses6: self.choose_addresses6(subnet, &ipv6, cx.random),
            description: format!("Warren resource {name}"),
            user: EniUser::Resource(id),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        let record = self.add_eni(new, home).clone();
        self.eni_comes(cx, eni);
        cx.journal.keep(decision);
        let public = self.subnets[&subnet].map_public.then(|| {
            let ip = self.add_address(cx, scope.clone(), Tags::new(), Some(eni));
            self.replan_all(cx, record.vpc);
            elastic_ip::put(&ip)
        });
        let resource = Resource { id, scope, name, eni, kind, created: cx.now, dns_name };
        self.resources.insert(id, resource.clone());
        self.making.insert(id, Making { caller, is_durable: false, has_namespace: false });
        cx.command(self.put_resource(&resource));
        let mut changes = Vec::from([
            Change::Put(Box::new(Record::Eni(record))),
            Change::Put(Box::new(Record::Resource(resource))),
        ]);
        changes.extend(public);
        cx.tickets.persist_for(Waiting::Resource(id), changes, &mut cx.out);
        id
    }

    pub(crate) fn put_resource(&self, resource: &Resource) -> NodeCommand {
        let (ports, serves) = match &resource.kind {
            ResourceKind::Process(_) | ResourceKind::Mapping(_) => (Vec::new(), None),
            ResourceKind::Exposed(ports) => (ports.clone(), None),
            ResourceKind::Endpoint(endpoint) => (Vec::new(), Some(*endpoint)),
        };
        let eni = self.eni_plan(resource.eni, Holder::Resource);
        NodeCommand::PutResource { resource: resource.id, eni, ports, serves }
    }

    pub(crate) fn remove_resource(&mut self, cx: &mut Cx<'_>, id: ResourceId) {
        let resource = self.resources.remove(&id).expect("the caller found it");
        let mut changes =
            Vec::from([Change::Delete(Key::Resource(id)), Change::Delete(Key::Eni(resource.eni))]);
        let eni = &self.enis[&resource.eni];
        let led = self.is_planned_middlebox(eni).then_some(eni.vpc);
        self.remove_eni(cx, resource.eni, &mut changes);
        // Routes that led to it are blackholes by now.
        led.into_iter().for_each(|vpc| self.replan_all(cx, vpc));
        cx.journal.forget(resource.eni);
        self.namespaces.remove(&id);
        self.failed.remove(&id);
        cx.command(NodeCommand::DeleteResource(id));
        cx.persist(changes);
    }

    pub(crate) fn resource_is_durable(&mut self, cx: &mut Cx<'_>, id: ResourceId) {
        if let Some(making) = self.making.get_mut(&id) {
            making.is_durable = true;
            self.resource_is_made(cx, id);
        }
    }

    /// The node says that the resource's namespace is there.
    pub(crate) fn resource_is_ready(&mut self, cx: &mut Cx<'_>, id: ResourceId, path: String) {
        if self.resources.contains_key(&id) {
            self.namespaces.insert(id, path);
            self.failed.remove(&id);
        }
        if let Some(making) = self.making.get_mut(&id) {
            making.has_namespace = true;
            self.resource_is_made(cx, id);
        }
    }

    fn resource_is_made(&mut self, cx: &mut Cx<'_>, id: ResourceId) {
        let Making { caller, is_durable, has_namespace } = self.making[&id];
        if is_durable && has_namespace {
            let resource = Box::new(self.resources[&id].clone());
            cx.out.push(Effect::Made(caller, Ok(resource)));
            self.making.remove(&id);
        }
    }

    /// The node says that it cannot make the resource: it is taken back.
    pub(crate) fn resource_has_failed(
        &mut self,
        cx: &mut Cx<'_>,
        id: ResourceId,
        failure: Failure,
    ) {
        let Some(making) = self.making.remove(&id) else {
            if self.resources.get(&id).is_some_and(Resource::is_managed) {
                self.failed.insert(id, failure);
            }
            return;
        };
        self.remove_resource(cx, id);
        cx.out.push(Effect::Made(making.caller, Err(failure)));
    }
}

//! Resources: what lives in a subnet without being a function.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::SocketAddrV4;

use serde::{Deserialize, Serialize};

use crate::decision::{Cause, Choice};
use crate::effect::{Change, Effect, Key, Record, Refusal, Reply, Sink};
use crate::engine::{Engine, Waiting, mac};
use crate::id::{CallerId, EniId, GroupId, ResourceId, SubnetId};
use crate::network::eni::{EniUser, NewEni};
use crate::network::state::{Done, Outcome, fresh};
use crate::node::NodeCommand;
use crate::plan::Holder;
use crate::scope::{Scope, Tags};
use crate::time::Time;

/// A resource, as it is stored and listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Its id.
    pub id: ResourceId,
    /// Who owns it.
    pub scope: Scope,
    /// Its name, unique in the scope.
    pub name: String,
    /// Its ENI.
    pub eni: EniId,
    /// What it is.
    pub kind: ResourceKind,
    /// When it was made.
    pub created: Time,
}

/// What a resource is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResourceKind {
    /// A process in a namespace of its own; the words of its command, for people.
    Process(Vec<String>),
    /// Ports of the ENI's address that lead to the host's.
    Exposed(Vec<ExposedPort>),
}

/// One exposed TCP port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExposedPort {
    /// The port at the ENI's address.
    pub port: u16,
    /// Where it leads on the host.
    pub target: SocketAddrV4,
}

/// What may be asked about resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourceRequest {
    /// `warren attach` and `warren expose`.
    Create {
        /// The owner.
        scope: Scope,
        /// Its name.
        name: String,
        /// In which subnet.
        subnet: SubnetId,
        /// Its groups; none is the VPC's default group.
        groups: BTreeSet<GroupId>,
        /// What it is.
        kind: ResourceKind,
    },
    /// `warren resources remove`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        resource: ResourceId,
    },
}

/// A resource that is being made: answered when it is durable and the node has it.
#[derive(Debug, Clone)]
pub(crate) struct Making {
    caller: CallerId,
    is_durable: bool,
    path: Option<String>,
}

impl Engine {
    pub(crate) fn resource_request(
        &mut self,
        now: Time,
        caller: CallerId,
        request: ResourceRequest,
        out: &mut dyn Sink,
    ) {
        match request {
            ResourceRequest::Create { scope, name, subnet, groups, kind } => {
                let new = (scope, name, kind);
                if let Err(refusal) = self.create_resource(now, caller, new, (subnet, groups), out)
                {
                    out.push(Effect::Respond(caller, Box::new(Err(refusal))));
                }
            }
            ResourceRequest::Delete { scope, resource } => {
                let outcome = self.delete_resource(&scope, resource);
                self.conclude(caller, outcome, out);
            }
        }
    }

    fn create_resource(
        &mut self,
        now: Time,
        caller: CallerId,
        (scope, name, kind): (Scope, String, ResourceKind),
        (subnet, groups): (SubnetId, BTreeSet<GroupId>),
        out: &mut dyn Sink,
    ) -> Result<(), Refusal> {
        if self.resources.values().any(|other| other.scope == scope && other.name == name) {
            return Err(Refusal::ResourceExists(name));
        }
        let id = fresh(&mut self.random, &self.resources, ResourceId);
        let eni = fresh(&mut self.random, &self.network.enis, EniId);
        let choice = Choice::CreateEni { eni, subnet, cursor: 0 };
        let decision = self.journal.draft(now, Cause::Resource(id), choice, Vec::new());
        let new = NewEni {
            id: eni,
            mac: mac(&mut self.random),
            scope: scope.clone(),
            subnet,
            groups,
            address: None,
            description: format!("Warren resource {name}"),
            user: EniUser::Resource(id),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        let record = self.network.create_eni(new, &self.config.limits)?.clone();
        self.journal.keep(decision);
        let resource = Resource { id, scope, name, eni, kind, created: now };
        self.resources.insert(id, resource.clone());
        self.making.insert(id, Making { caller, is_durable: false, path: None });
        out.push(Effect::Command(self.put_resource(&resource)));
        let changes = Vec::from([
            Change::Put(Box::new(Record::Eni(record))),
            Change::Put(Box::new(Record::Resource(resource))),
        ]);
        self.persist_for(Waiting::Resource(id), changes, out);
        Ok(())
    }

    pub(crate) fn put_resource(&self, resource: &Resource) -> NodeCommand {
        let ports = match &resource.kind {
            ResourceKind::Process(_) => Vec::new(),
            ResourceKind::Exposed(ports) => ports.clone(),
        };
        let eni = self.network.eni_plan(resource.eni, Holder::Resource);
        NodeCommand::PutResource { resource: resource.id, eni, ports }
    }

    fn delete_resource(&mut self, scope: &Scope, id: ResourceId) -> Outcome {
        let found = self.resources.get(&id).filter(|resource| resource.scope == *scope);
        if found.is_none() || self.making.contains_key(&id) {
            return Err(Refusal::NoResource(id));
        }
        let (changes, command) = self.remove_resource(id);
        Ok(Done { reply: Reply::Done, changes, commands: Vec::from([command]) })
    }

    fn remove_resource(&mut self, id: ResourceId) -> (Vec<Change>, NodeCommand) {
        let resource = self.resources.remove(&id).expect("the caller found it");
        self.network.remove_eni(resource.eni);
        self.journal.forget(resource.eni);
        self.namespaces.remove(&id);
        let changes =
            Vec::from([Change::Delete(Key::Resource(id)), Change::Delete(Key::Eni(resource.eni))]);
        (changes, NodeCommand::DeleteResource(id))
    }

    pub(crate) fn resource_is_durable(&mut self, id: ResourceId, out: &mut dyn Sink) {
        if let Some(making) = self.making.get_mut(&id) {
            making.is_durable = true;
            self.resource_is_made(id, out);
        }
    }

    /// The node says that the resource's namespace is there.
    pub(crate) fn resource_is_ready(&mut self, id: ResourceId, path: String, out: &mut dyn Sink) {
        if self.resources.contains_key(&id) {
            self.namespaces.insert(id, path.clone());
        }
        if let Some(making) = self.making.get_mut(&id) {
            making.path = Some(path);
            self.resource_is_made(id, out);
        }
    }

    fn resource_is_made(&mut self, id: ResourceId, out: &mut dyn Sink) {
        let Making { caller, is_durable, path } = &self.making[&id];
        if let (true, Some(path)) = (is_durable, path) {
            let resource = self.resources[&id].clone();
            let eni = Box::new(self.network.enis[&resource.eni].clone());
            let reply = Reply::Resource(resource, eni, path.clone());
            out.push(Effect::Respond(*caller, Box::new(Ok(reply))));
            self.making.remove(&id);
        }
    }

    /// The node says that it cannot make the resource: it is taken back.
    pub(crate) fn resource_has_failed(&mut self, id: ResourceId, text: String, out: &mut dyn Sink) {
        let Some(making) = self.making.remove(&id) else { return };
        let (changes, command) = self.remove_resource(id);
        out.push(Effect::Command(command));
        self.persist(changes, out);
        let refusal = Refusal::NodeFailed(text);
        out.push(Effect::Respond(making.caller, Box::new(Err(refusal))));
    }
}

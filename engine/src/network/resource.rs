//! Resources: what lives in a subnet without being a function.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{CallerId, EniId, GroupId, ResourceId, SubnetId};
use crate::base::random::{fresh, mac};
use crate::base::scope::{Scope, Tags};
use crate::cx::Cx;
use crate::effect::{Effect, Refusal, Reply};
use crate::network::eni::NewEni;
use crate::network::{Done, Network, Outcome, conclude};
use crate::node::NodeCommand;
use crate::plan::Holder;
use crate::record::decision::{Cause, Choice};
use crate::record::eni::EniUser;
use crate::record::resource::{Resource, ResourceKind};
use crate::record::{Change, Key, Record};
use crate::tickets::Waiting;

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

impl Network {
    pub(crate) fn resource_request(
        &mut self,
        cx: &mut Cx<'_>,
        caller: CallerId,
        request: ResourceRequest,
    ) {
        match request {
            ResourceRequest::Create { scope, name, subnet, groups, kind } => {
                let new = (scope, name, kind);
                if let Err(refusal) = self.create_resource(cx, caller, new, (subnet, groups)) {
                    cx.out.push(Effect::Respond(caller, Box::new(Err(refusal))));
                }
            }
            ResourceRequest::Delete { scope, resource } => {
                let outcome = self.delete_resource(cx, &scope, resource);
                conclude(cx, caller, outcome);
            }
        }
    }

    fn create_resource(
        &mut self,
        cx: &mut Cx<'_>,
        caller: CallerId,
        (scope, name, kind): (Scope, String, ResourceKind),
        (subnet, groups): (SubnetId, BTreeSet<GroupId>),
    ) -> Result<(), Refusal> {
        if self.resources.values().any(|other| other.scope == scope && other.name == name) {
            return Err(Refusal::ResourceExists(name));
        }
        let id = fresh(cx.random, &self.resources, ResourceId);
        let eni = fresh(cx.random, &self.enis, EniId);
        let choice = Choice::CreateEni { eni, subnet, cursor: 0 };
        let decision = cx.journal.draft(cx.now, Cause::Resource(id), choice, Vec::new());
        let new = NewEni {
            id: eni,
            mac: mac(cx.random),
            scope: scope.clone(),
            subnet,
            groups,
            address: None,
            description: format!("Warren resource {name}"),
            user: EniUser::Resource(id),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        let record = self.create_eni(new, cx.limits)?.clone();
        cx.journal.keep(decision);
        let resource = Resource { id, scope, name, eni, kind, created: cx.now };
        self.resources.insert(id, resource.clone());
        self.making.insert(id, Making { caller, is_durable: false, path: None });
        cx.command(self.put_resource(&resource));
        let changes = Vec::from([
            Change::Put(Box::new(Record::Eni(record))),
            Change::Put(Box::new(Record::Resource(resource))),
        ]);
        cx.tickets.persist_for(Waiting::Resource(id), changes, &mut cx.out);
        Ok(())
    }

    pub(crate) fn put_resource(&self, resource: &Resource) -> NodeCommand {
        let ports = match &resource.kind {
            ResourceKind::Process(_) => Vec::new(),
            ResourceKind::Exposed(ports) => ports.clone(),
        };
        let eni = self.eni_plan(resource.eni, Holder::Resource);
        NodeCommand::PutResource { resource: resource.id, eni, ports }
    }

    fn delete_resource(&mut self, cx: &mut Cx<'_>, scope: &Scope, id: ResourceId) -> Outcome {
        let found = self.resources.get(&id).filter(|resource| resource.scope == *scope);
        if found.is_none() || self.making.contains_key(&id) {
            return Err(Refusal::NoResource(id));
        }
        let (changes, command) = self.remove_resource(cx, id);
        Ok(Done { reply: Reply::Done, changes, commands: Vec::from([command]) })
    }

    fn remove_resource(&mut self, cx: &mut Cx<'_>, id: ResourceId) -> (Vec<Change>, NodeCommand) {
        let resource = self.resources.remove(&id).expect("the caller found it");
        self.remove_eni(resource.eni);
        cx.journal.forget(resource.eni);
        self.namespaces.remove(&id);
        let changes =
            Vec::from([Change::Delete(Key::Resource(id)), Change::Delete(Key::Eni(resource.eni))]);
        (changes, NodeCommand::DeleteResource(id))
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
            self.namespaces.insert(id, path.clone());
        }
        if let Some(making) = self.making.get_mut(&id) {
            making.path = Some(path);
            self.resource_is_made(cx, id);
        }
    }

    fn resource_is_made(&mut self, cx: &mut Cx<'_>, id: ResourceId) {
        let Making { caller, is_durable, path } = &self.making[&id];
        if let (true, Some(path)) = (is_durable, path) {
            let resource = self.resources[&id].clone();
            let eni = Box::new(self.enis[&resource.eni].clone());
            let reply = Reply::Resource(resource, eni, path.clone());
            cx.out.push(Effect::Respond(*caller, Box::new(Ok(reply))));
            self.making.remove(&id);
        }
    }

    /// The node says that it cannot make the resource: it is taken back.
    pub(crate) fn resource_has_failed(&mut self, cx: &mut Cx<'_>, id: ResourceId, text: String) {
        let Some(making) = self.making.remove(&id) else { return };
        let (changes, command) = self.remove_resource(cx, id);
        cx.command(command);
        cx.persist(changes);
        let refusal = Refusal::NodeFailed(text);
        cx.out.push(Effect::Respond(making.caller, Box::new(Err(refusal))));
    }
}

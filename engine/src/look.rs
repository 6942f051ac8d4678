//! What can be looked at: the engine's nouns as they are now, for who shows them.

use crate::base::id::{
    EniId, EnvironmentId, FunctionId, GroupId, MappingId, Missing, ResourceId, SubnetId, UrlId,
    VpcId,
};
use crate::base::limits::Limits;
use crate::base::scope::{Scope, Tags};
use crate::compute::environment::Environment;
use crate::compute::layer::known::UseRefusal;
use crate::engine::Engine;
use crate::network::poller::WayOut;
use crate::record::alias::Alias;
use crate::record::eni::{Eni, EniUser};
use crate::record::function::{EniModel, Function, UsedLayer};
use crate::record::function_url::FunctionUrl;
use crate::record::group::Group;
use crate::record::layer::{Layer, LayerReference};
use crate::record::policy::ResourcePolicy;
use crate::record::resource::Resource;
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::tell::trail::Trail;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;
use core::ops::Bound;

impl Engine {
    /// A function of a scope by its name.
    pub fn function(&self, scope: &Scope, name: &str) -> Option<&Function> {
        self.compute.functions.named(scope, name)
    }

    /// Whether an invocation would be one too many of a chain that comes back to its function.
    pub fn is_loop(&self, function: FunctionId, hops: u32) -> bool {
        self.compute.is_loop(function, hops)
    }

    /// An alias of a function by its name.
    pub fn alias(&self, function: FunctionId, name: &str) -> Option<&Alias> {
        self.compute.aliases.named(function, name)
    }

    /// The aliases of a function, in the order of their names.
    pub fn aliases(&self, function: FunctionId) -> impl Iterator<Item = &Alias> {
        self.compute.aliases.of(function)
    }

    /// The resource policy of a function, or of its version or alias.
    pub fn resource_policy(
        &self,
        function: FunctionId,
        qualifier: Option<&str>,
    ) -> Option<&ResourcePolicy> {
        self.compute.policies.find(function, qualifier)
    }

    /// The URL of a function, or of its alias.
    pub fn url_of(&self, function: FunctionId, alias: Option<&str>) -> Option<&FunctionUrl> {
        self.compute.urls.find(function, alias)
    }

    /// The URLs of a function: its own, and those of its aliases in the order of their names.
    pub fn urls(&self, function: FunctionId) -> impl Iterator<Item = &FunctionUrl> {
        self.compute.urls.of(function)
    }

    /// A URL of a function by its id.
    pub fn url(&self, id: UrlId) -> Option<&FunctionUrl> {
        self.compute.urls.get(id)
    }

    /// The functions of a scope, in the order of their names.
    pub fn functions<'a>(&'a self, scope: &Scope) -> impl Iterator<Item = &'a Function> {
        let names = self.compute.functions.names.get(scope).into_iter().flat_map(BTreeMap::values);
        names.map(|id| &*self.compute.functions.by_id[id])
    }

    /// A function by its id.
    pub fn known_function(&self, id: FunctionId) -> Option<&Function> {
        self.compute.functions.by_id.get(&id).map(|function| &**function)
    }

    /// Every function of every scope.
    pub fn all_functions(&self) -> impl Iterator<Item = &Function> {
        self.compute.functions.by_id.values().map(|function| &**function)
    }

    /// A layer of a scope by its name.
    pub fn layer(&self, scope: &Scope, name: &str) -> Option<&Layer> {
        self.compute.layers.named(scope, name)
    }

    /// The layers of a scope, in the order of their names.
    pub fn layers(&self, scope: &Scope) -> impl Iterator<Item = &Layer> {
        self.compute.layers.of(scope)
    }

    /// What a function of a scope holds when it is given these layers.
    ///
    /// # Errors
    /// When it cannot be given them.
    pub fn used_layers(
        &self,
        scope: &Scope,
        layers: Vec<LayerReference>,
    ) -> Result<Vec<UsedLayer>, UseRefusal> {
        self.compute.layers.used(scope, layers)
    }

    /// Every layer of every scope.
    pub fn all_layers(&self) -> impl Iterator<Item = &Layer> {
        self.compute.layers.all()
    }

    /// Every ENI of every scope.
    pub fn all_enis(&self) -> impl Iterator<Item = &Eni> {
        self.network.enis.values()
    }

    /// An environment that is not gone.
    pub fn environment(&self, id: EnvironmentId) -> Option<&Environment> {
        self.compute.environments.get(&id)
    }

    /// Every subnet of every scope.
    pub fn all_subnets(&self) -> impl Iterator<Item = &Subnet> {
        self.network.subnets.values()
    }

    /// Who uses an ENI.
    pub fn eni_user(&self, id: EniId) -> Option<&EniUser> {
        self.network.enis.get(&id).map(|eni| &eni.user)
    }

    /// Invocations that are remembered, from this number on, each with its number.
    pub fn invocations(&self, from: u64) -> impl Iterator<Item = (u64, &Trail)> {
        self.journal.counted_trails(from)
    }

    /// An environment that is there, or was of late.
    pub fn known_environment(&self, id: EnvironmentId) -> Option<&Environment> {
        self.compute.known_environment(id)
    }

    /// Whether environments of a function are being reaped at present.
    pub fn is_reaped(&self, function: FunctionId) -> bool {
        self.compute.is_reaped(function)
    }

    /// Every environment, in every phase.
    pub fn environments(&self) -> impl Iterator<Item = &Environment> {
        self.compute.environments.values()
    }

    /// Invocations in flight of each function that has any.
    pub fn in_flight(&self) -> impl Iterator<Item = (FunctionId, u32)> {
        let busy = self.compute.live.values().filter(|live| live.inflight > 0);
        busy.map(|live| (live.id, live.inflight))
    }

    /// Asynchronous events that wait or run.
    pub fn queued_events(&self) -> usize {
        self.compute.events.len()
    }

    /// The resources of a scope.
    pub fn resources<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Resource> {
        self.network.resources.values().filter(move |resource| resource.scope == *scope)
    }

    /// The path of a resource's network namespace, once the node has it.
    pub fn namespace(&self, resource: ResourceId) -> Option<&str> {
        self.network.namespaces.get(&resource).map(String::as_str)
    }

    /// The ENIs by which a mapping reaches its source, where that is in a VPC.
    pub fn ways_out(&self, mapping: MappingId) -> impl Iterator<Item = WayOut<'_>> {
        self.network.ways_out(mapping)
    }

    /// The quotas and times of the installation.
    pub fn limits(&self) -> &Limits {
        &self.config.limits
    }

    /// Whether the scope has been given its default VPC, or anything else.
    pub fn has_scope(&self, scope: &Scope) -> bool {
        self.network.vpcs.values().any(|vpc| vpc.scope == *scope)
    }

    /// The VPCs of a scope.
    pub fn vpcs<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Vpc> {
        self.network.vpcs.values().filter(move |vpc| vpc.scope == *scope)
    }

    /// The subnets of a scope.
    pub fn subnets<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Subnet> {
        self.network.subnets.values().filter(move |subnet| subnet.scope == *scope)
    }

    /// The security groups of a scope.
    pub fn groups<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Group> {
        self.network.groups.values().filter(move |group| group.scope == *scope)
    }

    /// The ENIs of a scope.
    pub fn enis<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Eni> {
        self.network.enis.values().filter(move |eni| eni.scope == *scope)
    }

    /// The ENIs of a scope in the order of their ids, from after one on if one is given.
    pub fn enis_after<'a>(
        &'a self,
        scope: &'a Scope,
        after: Option<EniId>,
    ) -> impl Iterator<Item = &'a Eni> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let later = self.network.enis.range((from, Bound::Unbounded));
        later.map(|(_, eni)| eni).filter(move |eni| eni.scope == *scope)
    }

    /// A VPC of a scope.
    ///
    /// # Errors
    /// When the scope has no such VPC; likewise for the others.
    pub fn vpc(&self, scope: &Scope, id: VpcId) -> Result<&Vpc, Missing<VpcId>> {
        self.network.vpc(scope, id)
    }

    /// A subnet of a scope.
    pub fn subnet(&self, scope: &Scope, id: SubnetId) -> Result<&Subnet, Missing<SubnetId>> {
        self.network.subnet(scope, id)
    }

    /// A security group of a scope.
    pub fn group(&self, scope: &Scope, id: GroupId) -> Result<&Group, Missing<GroupId>> {
        self.network.group(scope, id)
    }

    /// An ENI of a scope.
    pub fn eni(&self, scope: &Scope, id: EniId) -> Result<&Eni, Missing<EniId>> {
        self.network.eni(scope, id)
    }

    /// How many addresses of a subnet are free: `AvailableIpAddressCount`; none when it is gone.
    pub fn free_addresses(&self, subnet: SubnetId) -> u32 {
        self.network.free_addresses(subnet)
    }

    /// Which ENI holds which address of a subnet, in rising order.
    pub fn holders(&self, subnet: SubnetId) -> impl Iterator<Item = (Ipv4Addr, EniId)> + '_ {
        self.network.holders(subnet)
    }

    /// Whose an environment is, without a look at its story.
    pub fn owner(&self, environment: &Environment) -> FunctionId {
        self.compute.live.at(environment.home()).id
    }

    /// Which ENI model a function with these tags has: the tag's, or the installation's.
    pub fn eni_model(&self, tags: &Tags) -> EniModel {
        self.compute.eni_model(tags)
    }
}

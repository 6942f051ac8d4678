//! Sets of DHCP options: whom those who live in a VPC ask for names, and in which domain.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{DhcpOptionsId, Missing, VpcId};
use crate::base::random::{Random, fresh};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::name;
use crate::network::noun::Part;
use crate::plan::{DnsPlan, VpcPlan};
use crate::record::dhcp_options::{DhcpOptions, Server};
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// Sets that a scope may have.
const MOST: usize = 100;

/// The set of a VPC that has none: `AssociateDhcpOptions` with `default`.
pub const NONE: DhcpOptionsId = DhcpOptionsId(0);

/// `CreateDhcpOptions`; answered with the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// `domain-name`.
    pub domain: Option<String>,
    /// `domain-name-servers`.
    pub servers: Vec<Server>,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteDhcpOptions`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub options: DhcpOptionsId,
}

/// `AssociateDhcpOptions`: environments that start from now on have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Associate {
    /// The owner.
    pub scope: Scope,
    /// Which one; none is no set.
    pub options: Option<DhcpOptionsId>,
    /// With which VPC.
    pub vpc: VpcId,
}

/// Why a question about DHCP options is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such set.
    NoOptions(DhcpOptionsId),
    /// VPCs have it.
    InUse(DhcpOptionsId),
    /// The scope has as many as it may.
    TooMany,
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl From<Missing<DhcpOptionsId>> for Refusal {
    fn from(Missing(id): Missing<DhcpOptionsId>) -> Refusal {
        Refusal::NoOptions(id)
    }
}

impl Ask for Create {
    type Answer = DhcpOptions;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let all = engine.network.dhcp_options.values();
        let count = all.filter(|options| options.scope == self.scope).count();
        if count >= MOST { Err(Refusal::TooMany) } else { Ok(self) }
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> DhcpOptions {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, domain, servers, tags } = granted;
        let id = fresh(cx.random, &network.dhcp_options, DhcpOptionsId);
        let options = DhcpOptions { id, scope, domain, servers, is_default: false, tags };
        network.dhcp_options.insert(id, options.clone());
        cx.persist(Vec::from([put(&options)]));
        options
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = DhcpOptionsId;

    fn check(self, engine: &Engine) -> Result<DhcpOptionsId, Refusal> {
        let network = &engine.network;
        let options = network.find::<DhcpOptions>(&self.scope, self.options)?;
        match network.vpcs.values().any(|vpc| vpc.dhcp_options == options.id) {
            true => Err(Refusal::InUse(options.id)),
            false => Ok(options.id),
        }
    }

    fn apply(granted: DhcpOptionsId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.dhcp_options.remove(&granted).expect("it was found");
        cx.persist(Vec::from([Change::Delete(Key::DhcpOptions(granted))]));
    }
}

impl Ask for Associate {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Associate;

    fn check(self, engine: &Engine) -> Result<Associate, Refusal> {
        let network = &engine.network;
        if let Some(options) = self.options {
            network.find::<DhcpOptions>(&self.scope, options)?;
        }
        network.vpc(&self.scope, self.vpc)?;
        Ok(self)
    }

    fn apply(granted: Associate, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let vpc = network.vpcs.get_mut(&granted.vpc).expect("it was found");
        vpc.dhcp_options = granted.options.unwrap_or(NONE);
        let change = Change::Put(Box::new(Record::Vpc(vpc.clone())));
        network.replan_all(&mut cx, granted.vpc);
        cx.persist(Vec::from([change]));
    }
}

/// What is to be stored of a set.
fn put(options: &DhcpOptions) -> Change {
    Change::Put(Box::new(Record::DhcpOptions(options.clone())))
}

impl Network {
    /// The set that new VPCs of a scope have, if it is there already.
    fn default_options(&self, scope: &Scope) -> Option<DhcpOptionsId> {
        let mut all = self.dhcp_options.values();
        all.find(|options| options.is_default && options.scope == *scope).map(|options| options.id)
    }

    /// The id of the set that a new VPC has: of the one that there is, or of one that comes with it.
    pub(crate) fn options_of_new(&self, random: &mut Random, scope: &Scope) -> DhcpOptionsId {
        self.default_options(scope)
            .unwrap_or_else(|| fresh(random, &self.dhcp_options, DhcpOptionsId))
    }

    /// Has the set that a VPC names be there: the default of its scope.
    fn ensure_options(&mut self, vpc: &Vpc, changes: &mut Vec<Change>) {
        let id = vpc.dhcp_options;
        if id == NONE || self.dhcp_options.contains_key(&id) {
            return;
        }
        let scope = vpc.scope.clone();
        let options = DhcpOptions {
            id,
            domain: Some(name::domain(&scope.region)),
            servers: Vec::from([Server::Amazon]),
            is_default: self.default_options(&scope).is_none(),
            scope,
            tags: Tags::new(),
        };
        changes.push(put(&options));
        self.dhcp_options.insert(id, options);
    }
}

impl Part for DhcpOptions {
    fn vpc_comes(network: &mut Network, vpc: &Vpc, changes: &mut Vec<Change>) {
        network.ensure_options(vpc, changes);
    }

    fn restored(network: &mut Network, changes: &mut Vec<Change>) {
        // Releases before these had VPCs name sets that there were not.
        let vpcs: Vec<Vpc> = network.vpcs.values().cloned().collect();
        for mut vpc in vpcs {
            if vpc.dhcp_options == NONE || network.dhcp_options.contains_key(&vpc.dhcp_options) {
                continue;
            }
            if let Some(default) = network.default_options(&vpc.scope) {
                vpc.dhcp_options = default;
                changes.push(Change::Put(Box::new(Record::Vpc(vpc.clone()))));
                network.vpcs.insert(vpc.id, vpc);
                continue;
            }
            network.ensure_options(&vpc, changes);
        }
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        let own = name::resolver(vpc);
        let options = network.dhcp_options.get(&vpc.dhcp_options);
        let servers = options.into_iter().flat_map(|options| &options.servers);
        let servers = servers.map(|server| match server {
            Server::Amazon => own,
            Server::At(address) => *address,
        });
        plan.dns = DnsPlan {
            resolver: Some(own),
            servers: servers.collect(),
            domain: options.and_then(|options| options.domain.clone()),
        };
    }

    fn check(network: &Network) {
        for vpc in network.vpcs.values().filter(|vpc| vpc.dhcp_options != NONE) {
            let options = &network.dhcp_options[&vpc.dhcp_options];
            assert_eq!(options.scope, vpc.scope, "{} and its DHCP options", vpc.id);
        }
    }
}

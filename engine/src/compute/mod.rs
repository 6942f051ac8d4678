//! Compute: functions, their environments and their invocations.
//!
//! It knows the network by four calls: `use_pairs` and `attach`, `release_pairs` and `detach`,
//! `are_ready`, and `attachment`, the plan of an ENI; and by what may be asked before each.

pub mod alias;
pub mod environment;
pub(crate) mod event;
pub mod function;
pub mod hot;
pub(crate) mod invocation;
pub(crate) mod keep;
pub mod layer;
pub mod policy;
pub mod url;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;

use crate::base::fetch::Fetch;
use crate::base::id::{EniId, EnvironmentId, FunctionId, RequestId};
use crate::base::table::Table;
use crate::compute::alias::known::Aliases;
use crate::compute::environment::Environment;
use crate::compute::environment::idle::IdleLinks;
use crate::compute::environment::past::Past;
use crate::compute::event::Queued;
use crate::compute::event::telling::Tellings;
use crate::compute::function::known::Functions;
use crate::compute::function::scopes::Scopes;
use crate::compute::hot::{FORESEE_FROM, Foreseen, Live, Places, Stage};
use crate::compute::keep::Keeper;
use crate::compute::layer::known::Layers;
use crate::compute::policy::known::Policies;
use crate::compute::url::known::Urls;
use crate::network::Network;
use crate::record::event::Event;
use crate::record::function::{EniModel, Function};

/// Functions with what they have at present.
#[derive(Debug, Clone)]
pub(crate) struct Compute {
    /// The ENI model of functions that do not choose one.
    pub(crate) eni_model: EniModel,
    pub(crate) functions: Functions,
    pub(crate) aliases: Aliases,
    pub(crate) policies: Policies,
    pub(crate) urls: Urls,
    pub(crate) layers: Layers,
    pub(crate) live: Table<Live>,
    pub(crate) scopes: Scopes,
    pub(crate) environments: Table<Environment>,
    pub(crate) idle_links: IdleLinks,
    pub(crate) past: Past,
    pub(crate) events: BTreeMap<RequestId, Queued>,
    pub(crate) tellings: Tellings,
    pub(crate) keeper: Keeper,
}

impl Compute {
    /// Without functions.
    pub(crate) fn new(eni_model: EniModel) -> Compute {
        Compute {
            eni_model,
            functions: Functions::default(),
            aliases: Aliases::default(),
            policies: Policies::default(),
            urls: Urls::default(),
            layers: Layers::default(),
            live: Table::default(),
            scopes: Scopes::default(),
            environments: Table::default(),
            idle_links: IdleLinks::default(),
            past: Past::default(),
            events: BTreeMap::new(),
            tellings: Tellings::default(),
            keeper: Keeper::default(),
        }
    }

    /// Takes a function that was stored.
    pub(crate) fn take_function(&mut self, function: Box<Function>) {
        if function.reserved.is_some() {
            let scope = self.scopes.place(&function.scope);
            self.scopes.reserve(scope, function.id, function.reserved, 0);
        }
        self.functions.insert(function);
    }

    /// Takes an event that was stored.
    pub(crate) fn take_event(&mut self, event: Event) {
        self.events.insert(event.request, Queued::restored(event));
    }

    /// The slot of what a function has at present, which is begun for one that is known.
    pub(crate) fn home(&mut self, id: FunctionId) -> u32 {
        if let Some(home) = self.live.slot(&id) {
            return home;
        }
        let function = &self.functions.by_id[&id];
        let scope = self.scopes.place(&function.scope);
        let reserved = function.reserved;
        self.live.reach(self.functions.by_id.slots());
        self.live.insert(Live::new(id, scope, reserved));
        self.live.slot(&id).expect("it was just put in")
    }

    /// What a function has at present; begun for one that is known.
    pub(crate) fn live(&mut self, id: FunctionId) -> &mut Live {
        let home = self.home(id);
        self.live.at_mut(home)
    }

    /// Forgets what was derived from functions that have changed.
    pub(crate) fn settle_touched(&mut self) {
        while let Some(id) = self.functions.touched.pop() {
            if let Some(live) = self.live.get_mut(&id) {
                live.forget_derived();
            }
        }
    }

    /// Forgets what a deleted function had, once it has nothing any more.
    pub(crate) fn forget_if_gone(&mut self, function: FunctionId) {
        let is_done = self.live.get(&function).is_some_and(|live| {
            live.is_deleted && live.inflight == 0 && live.rest.environments.is_empty()
        });
        if is_done {
            self.live.remove(&function);
        }
    }

    /// An environment that is there, or was of late.
    pub(crate) fn known_environment(&self, id: EnvironmentId) -> Option<&Environment> {
        self.environments.get(&id).or_else(|| self.past.find(id))
    }

    /// Whether there is so much that what a step needs must be fetched from far.
    pub(crate) fn is_large(&self) -> bool {
        self.environments.len() >= FORESEE_FROM
    }

    /// Fetches from memory what an input to come will need. Changes nothing.
    #[inline]
    pub(crate) fn foresee(&self, input: Foreseen, stage: Stage, fetch: impl Fetch) {
        let Compute { live, environments, idle_links, .. } = self;
        Places { live, environments, idle_links }.foresee(input, stage, fetch);
    }

    /// How many environments are attached to each shared ENI.
    pub(crate) fn attached(&self) -> BTreeMap<EniId, u32> {
        let mut attached = BTreeMap::new();
        for eni in self.environments.values().filter_map(Environment::shared_eni) {
            *attached.entry(eni).or_default() += 1;
        }
        attached
    }

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    pub(crate) fn check(&self, network: &Network) {
        self.check_environments(network);
        self.check_invocations();
    }
}

//! What may be asked about functions, and what it brings about.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{FunctionId, Version};
use crate::base::limits::UNRESERVED_MINIMUM;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::compute::function::{FunctionRequest, SettingsPatch};
use crate::effect::{EffectSink, Refusal, Reply};
use crate::engine::Engine;
use crate::network::{Done, Outcome};
use crate::record::decision::Cause;
use crate::record::function::{
    Code, Configuration, Function, FunctionBusy, FunctionState, FunctionUpdate, RoleVerdict,
    Settings, VpcConfig,
};
use crate::record::{Change, Key, Record};

impl Engine {
    pub(crate) fn function_request(
        &mut self,
        now: Time,
        request: FunctionRequest,
        out: &mut dyn EffectSink,
    ) -> Outcome {
        match request {
            FunctionRequest::Create { scope, name, settings, code, tags, publish, role } => {
                let new = New { scope, name, settings: *settings, code, tags };
                self.create_function(now, new, publish, role)
            }
            FunctionRequest::UpdateCode { scope, name, code, revision, publish } => {
                let id = self.may_change(&scope, &name, revision)?;
                self.update_code(now, id, code, publish, out)
            }
            FunctionRequest::UpdateConfiguration { scope, name, patch, revision, role } => {
                let id = self.may_change(&scope, &name, revision)?;
                self.update_configuration(now, id, *patch, role, out)
            }
            FunctionRequest::Publish { scope, name, description } => {
                let id = self.may_change(&scope, &name, None)?;
                let version = self.publish(now, id, description)?;
                Ok(self.function_done(id, Some(version)))
            }
            FunctionRequest::Delete { scope, name, version } => {
                self.delete_function(now, &scope, &name, version, out)
            }
            FunctionRequest::Reserve { scope, name, reserved } => {
                self.reserve(&scope, &name, reserved)
            }
            FunctionRequest::Tag { scope, name, put, remove } => {
                let id = self.may_change(&scope, &name, None)?;
                self.tag_function(now, id, put, &remove, out)
            }
        }
    }

    /// The function, if it may be changed now.
    fn may_change(
        &self,
        scope: &Scope,
        name: &str,
        revision: Option<u128>,
    ) -> Result<FunctionId, Refusal> {
        let function = self
            .function(scope, name)
            .ok_or_else(|| Refusal::NoFunction(scope.clone(), name.into(), None))?;
        let busy = match (&function.latest.state, &function.latest.update) {
            (FunctionState::Pending, _) => Some(FunctionBusy::Pending),
            (FunctionState::Failed(_), _) => Some(FunctionBusy::Failed),
            (FunctionState::Restoring, _) => Some(FunctionBusy::Restoring),
            (FunctionState::Active | FunctionState::Inactive, FunctionUpdate::InProgress(_)) => {
                Some(FunctionBusy::Updating)
            }
            (
                FunctionState::Active | FunctionState::Inactive,
                FunctionUpdate::Successful | FunctionUpdate::Failed(_),
            ) => None,
        };
        if let Some(busy) = busy {
            return Err(Refusal::FunctionBusy(name.into(), busy));
        }
        if revision.is_some_and(|revision| revision != function.latest.revision) {
            return Err(Refusal::RevisionMismatch);
        }
        Ok(function.id)
    }

    fn create_function(
        &mut self,
        now: Time,
        new: New,
        publish: bool,
        role: RoleVerdict,
    ) -> Outcome {
        let New { scope, name, mut settings, code, tags } = new;
        if self.function(&scope, &name).is_some() {
            return Err(Refusal::FunctionExists(name));
        }
        settings.vpc = match settings.vpc {
            Some(asked) => Some(self.checked_vpc(&scope, asked, role)?)
                .filter(|checked| !checked.subnets.is_empty()),
            None => None,
        };
        let id = self.functions.by_id.fresh(&mut self.random);
        let revision = self.revision();
        let latest = Configuration {
            settings,
            code,
            state: FunctionState::Pending,
            update: FunctionUpdate::Successful,
            revision,
            modified: now,
        };
        let mut function = Function {
            id,
            scope,
            name,
            latest,
            versions: BTreeMap::new(),
            published: 0,
            reserved: None,
            tags,
            used: now,
            decision: None,
        };
        let keys = self.pairs_of(&function.tags, &function.latest.settings);
        let cause = Cause::Api { operation: "CreateFunction".into(), function: Some(id) };
        let acquired = self.acquire_pairs(now, &cause, (&function, Version(0)), &keys)?;
        function.decision = acquired.decision;
        self.functions.insert(Box::new(function));
        let version = if publish { Some(self.publish(now, id, None)?) } else { None };
        let mut shown = self.functions.by_id[&id].clone();
        if acquired.ready {
            // AWS answers Pending in any case; what it shows afterwards has another revision.
            let revision = self.revision();
            let function = self.functions.get_mut(&id).expect("it was just made");
            function.latest.state = FunctionState::Active;
            function.latest.revision = revision;
            if let Some(first) = version.and_then(|each| function.configuration_mut(each)) {
                first.state = FunctionState::Active;
            }
        }
        if let Some(first) = version.and_then(|each| shown.configuration_mut(each)) {
            first.state = FunctionState::Pending;
        }
        self.watch_idleness(now, id);
        let mut done = self.function_done(id, version);
        done.changes.extend(acquired.changes);
        done.commands = acquired.commands;
        done.reply = Reply::Function(shown, version);
        Ok(done)
    }

    fn update_code(
        &mut self,
        now: Time,
        id: FunctionId,
        code: Code,
        publish: bool,
        out: &mut dyn EffectSink,
    ) -> Outcome {
        let (shown, settled) = (self.revision(), self.revision());
        let latest = &mut self.functions.get_mut(&id).expect("it was found").latest;
        latest.code = code;
        latest.modified = now;
        latest.update = FunctionUpdate::Successful;
        latest.revision = settled;
        self.supersede(now, id, Some(Version(0)), out);
        let version = if publish { Some(self.publish(now, id, None)?) } else { None };
        let mut done = self.function_done(id, version);
        if let Reply::Function(function, _) = &mut done.reply {
            function.latest.update =
                FunctionUpdate::InProgress(Box::new(function.latest.settings.clone()));
            function.latest.revision = shown;
        }
        Ok(done)
    }

    fn update_configuration(
        &mut self,
        now: Time,
        id: FunctionId,
        patch: SettingsPatch,
        role: RoleVerdict,
        out: &mut dyn EffectSink,
    ) -> Outcome {
        let function = &self.functions.by_id[&id];
        let earlier = function.latest.settings.clone();
        let settings = self.patched(&function.scope, &earlier, patch, role)?;
        self.apply_settings(now, id, "UpdateFunctionConfiguration", (earlier, settings), out)
    }

    /// Puts settings in force, or begins to: ENIs may have to be made first.
    fn apply_settings(
        &mut self,
        now: Time,
        id: FunctionId,
        operation: &str,
        (earlier, settings): (Settings, Settings),
        out: &mut dyn EffectSink,
    ) -> Outcome {
        let function = self.functions.by_id[&id].clone();
        let cause = Cause::Api { operation: operation.into(), function: Some(id) };
        let latest = Version(0);
        let keys = match function.latest.state.holds_network() {
            true => self.pairs_of(&function.tags, &settings),
            false => Vec::new(),
        };
        let acquired = self.acquire_pairs(now, &cause, (&function, latest), &keys)?;
        let (shown, settled) = (self.revision(), self.revision());
        let changed = self.functions.get_mut(&id).expect("it was found");
        changed.decision = acquired.decision.or(changed.decision.take());
        changed.latest.settings = settings;
        changed.latest.modified = now;
        let in_progress = FunctionUpdate::InProgress(Box::new(earlier));
        if acquired.ready {
            changed.latest.update = FunctionUpdate::Successful;
            changed.latest.revision = settled;
            self.supersede(now, id, Some(latest), out);
            self.release_pairs(now, (id, latest), &keys, out);
        } else {
            changed.latest.update = in_progress.clone();
            changed.latest.revision = shown;
        }
        self.watch_idleness(now, id);
        let mut done = self.function_done(id, None);
        if let Reply::Function(function, _) = &mut done.reply {
            function.latest.update = in_progress;
            function.latest.revision = shown;
        }
        done.changes.extend(acquired.changes);
        done.commands = acquired.commands;
        Ok(done)
    }

    /// Settings with a patch applied.
    fn patched(
        &self,
        scope: &Scope,
        earlier: &Settings,
        patch: SettingsPatch,
        role: RoleVerdict,
    ) -> Result<Settings, Refusal> {
        let mut settings = earlier.clone();
        if patch.subnets.is_some() || patch.groups.is_some() {
            let now = settings.vpc.clone().unwrap_or_default();
            let asked = VpcConfig {
                vpc: None,
                subnets: patch.subnets.unwrap_or(now.subnets),
                groups: patch.groups.map_or(now.groups, BTreeSet::from_iter),
            };
            let checked = self.checked_vpc(scope, asked, role)?;
            // AWS goes on to show the empty lists of a function that was attached once.
            let is_detached = checked.subnets.is_empty() && settings.vpc.is_none();
            settings.vpc = (!is_detached).then_some(checked);
        }
        let SettingsPatch {
            runtime,
            handler,
            role,
            description,
            timeout,
            memory,
            ephemeral,
            variables,
            tracing,
            subnets: _,
            groups: _,
        } = patch;
        settings.runtime = runtime.unwrap_or(settings.runtime);
        settings.handler = handler.unwrap_or(settings.handler);
        settings.role = role.unwrap_or(settings.role);
        settings.description = description.unwrap_or(settings.description);
        settings.timeout = timeout.unwrap_or(settings.timeout);
        settings.memory = memory.unwrap_or(settings.memory);
        settings.ephemeral = ephemeral.unwrap_or(settings.ephemeral);
        settings.variables = variables.unwrap_or(settings.variables);
        settings.tracing = tracing.unwrap_or(settings.tracing);
        Ok(settings)
    }

    /// Publishes `$LATEST`, unless it is what was published last.
    fn publish(
        &mut self,
        now: Time,
        id: FunctionId,
        description: Option<String>,
    ) -> Result<Version, Refusal> {
        let function = &self.functions.by_id[&id];
        let mut configuration = function.latest.clone();
        if let Some(description) = description {
            configuration.settings.description = description;
        }
        if let Some((version, last)) = function.versions.last_key_value()
            && last.code == configuration.code
            && last.settings == configuration.settings
        {
            return Ok(*version);
        }
        // Numbers are never used again, also when the last version is deleted.
        let version = Version(function.published + 1);
        configuration.modified = now;
        configuration.update = FunctionUpdate::Successful;
        configuration.revision = self.revision();
        let keys = match configuration.state.holds_network() {
            true => self.pairs_shown(id, Version(0)),
            false => Vec::new(),
        };
        for key in keys {
            let pair = self.network.pairs.by_key.get_mut(&key).expect("$LATEST uses it");
            pair.users.insert((id, version));
        }
        let function = self.functions.get_mut(&id).expect("it was just found");
        function.published = version.0;
        function.versions.insert(version, configuration);
        Ok(version)
    }

    fn delete_function(
        &mut self,
        now: Time,
        scope: &Scope,
        name: &str,
        version: Option<Version>,
        out: &mut dyn EffectSink,
    ) -> Outcome {
        let missing = || Refusal::NoFunction(scope.clone(), name.into(), version);
        let function = self.function(scope, name).ok_or_else(missing)?;
        let id = function.id;
        if let Some(version) = version {
            function.versions.get(&version).ok_or_else(missing)?;
            self.supersede(now, id, Some(version), out);
            self.release_pairs(now, (id, version), &[], out);
            let function = self.functions.get_mut(&id).expect("it was just found");
            function.versions.remove(&version);
            let mut done = self.function_done(id, None);
            done.reply = Reply::Done;
            return Ok(done);
        }
        let versions: Vec<Version> = function.configurations().map(|(each, _)| each).collect();
        self.supersede(now, id, None, out);
        for version in versions {
            self.release_pairs(now, (id, version), &[], out);
        }
        self.timers.cancel(crate::base::timer::Timer::Inactive(id));
        self.functions.remove(id);
        let scope = self.scopes.place(scope);
        let inflight = self.live.get(&id).map_or(0, |live| live.inflight);
        self.scopes.reserve(scope, id, None, inflight);
        if let Some(live) = self.live.get_mut(&id) {
            live.reserved = None;
            live.is_deleted = true;
        }
        self.forget_if_gone(id);
        self.delete_events(id, out);
        Ok(Done {
            reply: Reply::Done,
            changes: Vec::from([Change::Delete(Key::Function(id))]),
            commands: Vec::new(),
        })
    }

    fn reserve(&mut self, scope: &Scope, name: &str, reserved: Option<u32>) -> Outcome {
        let missing = || Refusal::NoFunction(scope.clone(), name.into(), None);
        let id = self.function(scope, name).ok_or_else(missing)?.id;
        let place = self.scopes.place(scope);
        if let Some(wanted) = reserved {
            let used = self.scopes.of(place);
            let others = used.reserved_sum - used.reserved.get(&id).copied().unwrap_or(0);
            let most = self.config.limits.concurrency.saturating_sub(UNRESERVED_MINIMUM);
            if others.saturating_add(wanted) > most {
                return Err(Refusal::ReserveTooMuch(UNRESERVED_MINIMUM));
            }
        }
        let live = self.live(id);
        live.reserved = reserved;
        let inflight = live.inflight;
        self.scopes.reserve(place, id, reserved, inflight);
        self.functions.get_mut(&id).expect("it was just found").reserved = reserved;
        Ok(self.function_done(id, None))
    }

    /// Changes tags; another ENI model is another network.
    fn tag_function(
        &mut self,
        now: Time,
        id: FunctionId,
        put: Tags,
        remove: &[String],
        out: &mut dyn EffectSink,
    ) -> Outcome {
        let function = &self.functions.by_id[&id];
        let before = self.eni_model(&function.tags);
        let mut tags = function.tags.clone();
        tags.extend(put);
        tags.retain(|key, _| !remove.contains(key));
        let earlier = core::mem::replace(
            &mut self.functions.get_mut(&id).expect("it was found").tags,
            tags.clone(),
        );
        if self.eni_model(&tags) == before {
            return Ok(self.function_done(id, None));
        }
        let settings = self.functions.by_id[&id].latest.settings.clone();
        let both = (settings.clone(), settings);
        let outcome = self.apply_settings(now, id, "TagResource", both, out);
        let Ok(mut done) = outcome else {
            self.functions.get_mut(&id).expect("it was found").tags = earlier;
            return outcome;
        };
        self.renetwork_versions(now, id, &mut done, out);
        Ok(done)
    }

    /// Gives published versions the network of another ENI model; one whose ENIs have to be made
    /// first, or cannot be, is restored when it is invoked.
    fn renetwork_versions(
        &mut self,
        now: Time,
        id: FunctionId,
        done: &mut Done,
        out: &mut dyn EffectSink,
    ) {
        let function = self.functions.by_id[&id].clone();
        let cause = Cause::Api { operation: "TagResource".into(), function: Some(id) };
        for (version, configuration) in &function.versions {
            if !configuration.state.holds_network() {
                continue;
            }
            let keys = self.pairs_of(&function.tags, &configuration.settings);
            let state = match self.acquire_pairs(now, &cause, (&function, *version), &keys) {
                Ok(acquired) => {
                    done.changes.extend(acquired.changes);
                    done.commands.extend(acquired.commands);
                    if acquired.ready { FunctionState::Active } else { FunctionState::Restoring }
                }
                Err(_) => FunctionState::Inactive,
            };
            let kept: &[_] = if state == FunctionState::Inactive { &[] } else { &keys };
            self.supersede(now, id, Some(*version), out);
            self.release_pairs(now, (id, *version), kept, out);
            let function = self.functions.get_mut(&id).expect("it was found");
            function.configuration_mut(*version).expect("it was listed").state = state;
        }
        let record = Record::Function(self.functions.by_id[&id].clone());
        done.changes.push(Change::Put(Box::new(record)));
    }

    /// The function as it is now, to be stored and shown.
    fn function_done(&self, id: FunctionId, version: Option<Version>) -> Done {
        let function = &self.functions.by_id[&id];
        Done {
            reply: Reply::Function(function.clone(), version),
            changes: Vec::from([Change::Put(Box::new(Record::Function(function.clone())))]),
            commands: Vec::new(),
        }
    }
}

/// A function to be made.
struct New {
    scope: Scope,
    name: String,
    settings: Settings,
    code: Code,
    tags: Tags,
}

//! Changing the code and the settings of functions.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{FunctionId, GroupId, SubnetId, Version};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::function::create::{Shown, Work};
use crate::compute::function::network::{checked_vpc, pair_use, revision};
use crate::compute::function::refusal::Refusal;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::pair::{PairKey, PairUser};
use crate::record::decision::Cause;
use crate::record::function::{
    Code, Function, FunctionBusy, FunctionState, FunctionUpdate, LogFormat, LogLevel, Logging,
    RoleVerdict, Settings, VpcConfig,
};
use crate::record::layer::LayerReference;

/// `UpdateFunctionCode`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateCode {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// Its code from now on.
    pub code: Code,
    /// The revision it must have, if one is named.
    pub revision: Option<u128>,
    /// Whether a version is published as well.
    pub publish: bool,
}

/// `UpdateFunctionConfiguration`; answered with the function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateConfiguration {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// What changes.
    pub patch: Box<SettingsPatch>,
    /// The revision it must have, if one is named.
    pub revision: Option<u128>,
    /// Whether its role may manage ENIs.
    pub role: RoleVerdict,
}

/// Changes of settings; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsPatch {
    /// `Runtime`.
    pub runtime: Option<String>,
    /// `Handler`.
    pub handler: Option<String>,
    /// `Role`.
    pub role: Option<String>,
    /// `Description`.
    pub description: Option<String>,
    /// `Timeout`.
    pub timeout: Option<u32>,
    /// `MemorySize`.
    pub memory: Option<u32>,
    /// `EphemeralStorage`.
    pub ephemeral: Option<u32>,
    /// `Environment`.
    pub variables: Option<BTreeMap<String, String>>,
    /// `TracingConfig`.
    pub tracing: Option<String>,
    /// `DeadLetterConfig.TargetArn`; empty for none.
    pub dead_letter: Option<String>,
    /// `Layers`.
    pub layers: Option<Vec<LayerReference>>,
    /// `LoggingConfig`.
    pub logging: LoggingPatch,
    /// `VpcConfig.SubnetIds`.
    pub subnets: Option<Vec<SubnetId>>,
    /// `VpcConfig.SecurityGroupIds`.
    pub groups: Option<Vec<GroupId>>,
    /// `VpcConfig.Ipv6AllowedForDualStack`.
    pub ipv6: Option<bool>,
}

impl SettingsPatch {
    /// Where a function is to be attached then, not checked yet; none where that stays as it is.
    pub fn vpc(&self, earlier: &Settings) -> Option<VpcConfig> {
        if self.subnets.is_none() && self.groups.is_none() && self.ipv6.is_none() {
            return None;
        }
        let now = earlier.vpc.clone().unwrap_or_default();
        let groups = self.groups.as_ref().map(|groups| groups.iter().copied().collect());
        Some(VpcConfig {
            vpc: None,
            subnets: self.subnets.clone().unwrap_or(now.subnets),
            groups: groups.unwrap_or(now.groups),
            ipv6: self.ipv6.unwrap_or(now.ipv6),
        })
    }
}

/// Changes of a function's logging; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoggingPatch {
    /// `LogFormat`.
    pub format: Option<LogFormat>,
    /// `ApplicationLogLevel`.
    pub application: Option<LogLevel>,
    /// `SystemLogLevel`.
    pub system: Option<LogLevel>,
    /// `LogGroup`; none within is the function's own.
    pub group: Option<Option<String>>,
}

impl LoggingPatch {
    /// How logs are kept with these changes.
    ///
    /// # Errors
    /// When levels are given for text, which has none.
    pub fn applied(self, earlier: &Logging) -> Result<Logging, LevelOfText> {
        let LoggingPatch { format, application, system, group } = self;
        let format = format.unwrap_or(earlier.format);
        let group = group.unwrap_or_else(|| earlier.group.clone());
        if format == LogFormat::Text {
            return match application.or(system) {
                Some(_) => Err(LevelOfText),
                None => Ok(Logging { group, ..Logging::default() }),
            };
        }
        let application = application.or(earlier.application).or(Some(LogLevel::Info));
        let system = system.or(earlier.system).or(Some(LogLevel::Info));
        Ok(Logging { format, application, system, group })
    }
}

/// A level was given for a log of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelOfText;

/// Code that may be changed.
#[derive(Debug)]
pub struct CodeUpdate {
    function: FunctionId,
    code: Code,
    publish: bool,
}

/// Settings that may be put in force, with the pairs that they need.
#[derive(Debug)]
pub struct NewSettings {
    pub(super) function: FunctionId,
    pub(super) settings: Settings,
    pub(super) keys: Vec<PairKey>,
}

impl Ask for UpdateCode {
    type Answer = Shown;
    type Refusal = Refusal;
    type Granted = CodeUpdate;

    fn check(self, engine: &Engine) -> Result<CodeUpdate, Refusal> {
        let function = may_change(&engine.compute, &self.scope, &self.name, self.revision)?;
        Ok(CodeUpdate { function: function.id, code: self.code, publish: self.publish })
    }

    fn apply(
        granted: CodeUpdate,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Shown {
        let (compute, network, mut cx) = engine.parts(now, out);
        compute.update_code(&mut cx, network, granted)
    }
}

impl Ask for UpdateConfiguration {
    type Answer = Box<Function>;
    type Refusal = Refusal;
    type Granted = NewSettings;

    fn check(mut self, engine: &Engine) -> Result<NewSettings, Refusal> {
        let Engine { compute, network, config, .. } = engine;
        let function = may_change(compute, &self.scope, &self.name, self.revision)?;
        let earlier = &function.latest.settings;
        let layers = self.patch.layers.take();
        let layers = layers.map(|layers| compute.layers.used(&self.scope, layers)).transpose()?;
        let mut settings = patched(network, &self.scope, earlier, *self.patch, self.role)?;
        settings.layers = layers.unwrap_or(settings.layers);
        let keys = match function.latest.state.holds_network() {
            true => compute.pairs_of(&function.tags, &settings),
            false => Vec::new(),
        };
        network.may_use_pairs(&function.scope, &keys, &config.limits)?;
        Ok(NewSettings { function: function.id, settings, keys })
    }

    fn apply(
        granted: NewSettings,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Box<Function> {
        let (compute, network, mut cx) = engine.parts(now, out);
        let operation = "UpdateFunctionConfiguration";
        let (function, work) = compute.apply_settings(&mut cx, network, operation, granted);
        work.finish(&mut cx);
        function
    }
}

impl Compute {
    fn update_code(&mut self, cx: &mut Cx<'_>, network: &mut Network, update: CodeUpdate) -> Shown {
        let (shown, settled) = (revision(cx.random), revision(cx.random));
        let id = update.function;
        let latest = &mut self.functions.get_mut(&id).expect("it was found").latest;
        latest.code = update.code;
        latest.modified = cx.now;
        let in_progress = FunctionUpdate::InProgress(Box::new(latest.settings.clone()));
        (latest.update, latest.revision) = match cx.limits.settle.is_zero() {
            true => (FunctionUpdate::Successful, settled),
            false => (in_progress.clone(), shown),
        };
        self.supersede(cx, id, Some(Version(0)));
        let before = self.functions.by_id[&id].published;
        let version = update.publish.then(|| self.publish(cx, network, id, None));
        // One that was published before stays as it is.
        let made = version.filter(|version| version.0 != before);
        let takes_time = !cx.limits.settle.is_zero();
        if let Some(made) = made.filter(|_| takes_time) {
            let function = self.functions.get_mut(&id).expect("it was found");
            function.configuration_mut(made).expect("it was just made").state =
                FunctionState::Pending;
        }
        let mut function = self.functions.by_id[&id].clone();
        let mut work = Work::default();
        work.store(&function);
        work.finish(cx);
        self.settle_later(cx, id);
        function.latest.update = in_progress;
        function.latest.revision = shown;
        if let Some(published) = made.and_then(|each| function.configuration_mut(each)) {
            published.state = FunctionState::Pending;
        }
        Shown { function, version }
    }

    /// Puts settings in force, or begins to: ENIs may have to be made first. Answers the function
    /// as it is shown, and what is left to be done.
    pub(super) fn apply_settings(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        operation: &str,
        NewSettings { function: id, settings, keys }: NewSettings,
    ) -> (Box<Function>, Work) {
        let function = self.functions.by_id[&id].clone();
        let cause = Cause::Api { operation: operation.into(), function: Some(id) };
        let latest = Version(0);
        let used = network.use_pairs(cx, pair_use(&function, latest, &cause), &keys);
        let (shown, settled) = (revision(cx.random), revision(cx.random));
        let changed = self.functions.get_mut(&id).expect("it was found");
        changed.decision = used.decision.or(changed.decision.take());
        changed.latest.settings = settings;
        changed.latest.modified = cx.now;
        let in_progress = FunctionUpdate::InProgress(Box::new(function.latest.settings));
        if used.ready && cx.limits.settle.is_zero() {
            changed.latest.update = FunctionUpdate::Successful;
            changed.latest.revision = settled;
            self.supersede(cx, id, Some(latest));
            network.release_pairs(cx, PairUser { function: id, version: latest }, &keys);
        } else {
            changed.latest.update = in_progress.clone();
            changed.latest.revision = shown;
        }
        self.watch_idleness(cx, id);
        self.settle_later(cx, id);
        let mut function = self.functions.by_id[&id].clone();
        let mut work = Work { commands: used.commands, changes: Vec::new() };
        work.store(&function);
        work.changes.extend(used.changes);
        function.latest.update = in_progress;
        function.latest.revision = shown;
        (function, work)
    }
}

/// The function, if it may be changed now.
pub(super) fn may_change<'a>(
    compute: &'a Compute,
    scope: &Scope,
    name: &str,
    revision: Option<u128>,
) -> Result<&'a Function, Refusal> {
    let function = compute.functions.named(scope, name);
    let missing = || Refusal::NoFunction(scope.clone(), name.into(), None);
    let function = function.ok_or_else(missing)?;
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
        return Err(Refusal::Busy(name.into(), busy));
    }
    if revision.is_some_and(|revision| revision != function.latest.revision) {
        return Err(Refusal::RevisionMismatch);
    }
    Ok(function)
}

/// Settings with a patch applied.
fn patched(
    network: &Network,
    scope: &Scope,
    earlier: &Settings,
    patch: SettingsPatch,
    role: RoleVerdict,
) -> Result<Settings, Refusal> {
    let mut settings = earlier.clone();
    if let Some(asked) = patch.vpc(earlier) {
        let checked = checked_vpc(network, scope, asked, role)?;
        // AWS goes on to show the empty lists of a function that was attached once.
        let is_detached = checked.subnets.is_empty() && settings.vpc.is_none();
        settings.vpc = (!is_detached).then_some(checked);
    } else if patch.role.is_some() && role == RoleVerdict::Denied {
        let is_attached = settings.vpc.as_ref().is_some_and(|vpc| !vpc.subnets.is_empty());
        if is_attached {
            return Err(Refusal::RoleMayNot);
        }
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
        dead_letter,
        layers: _,
        logging,
        subnets: _,
        groups: _,
        ipv6: _,
    } = patch;
    settings.runtime = runtime.unwrap_or(settings.runtime);
    settings.handler = handler.unwrap_or(settings.handler);
    settings.role = role.unwrap_or(settings.role);
    settings.description = description.unwrap_or(settings.description);
    settings.timeout = timeout.unwrap_or(settings.timeout);
    settings.memory = memory.unwrap_or(settings.memory);
    settings.ephemeral = ephemeral.unwrap_or(settings.ephemeral);
    settings.variables = variables.or(settings.variables);
    settings.tracing = tracing.unwrap_or(settings.tracing);
    settings.dead_letter = match dead_letter {
        Some(arn) => Some(arn).filter(|arn| !arn.is_empty()),
        None => settings.dead_letter,
    };
    settings.logging = logging.applied(&settings.logging).map_err(|_| Refusal::LevelOfText)?;
    Ok(settings)
}

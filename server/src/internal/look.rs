//! What is there at present, and why: the data of `warren ps` and `warren explain`.

use engine::compute::environment::Environment;
use std::collections::HashMap;

use engine::engine::Engine;
use engine::id::{EniId, MappingId, ResourceId};
use engine::node::Stages;
use engine::record::eni::{Eni, EniUser};
use engine::record::insights_analysis::InsightsAnalysis;
use engine::record::mapping::Mapping;
use engine::scope::Scope;
use engine::tell::explain::{Explanation, Outline, Piece, Subject};
use neighbours::{Caller, Neighbours, Told};
use serde::{Deserialize, Serialize};

use crate::driver::Driver;
use crate::endpoint::Endpoint;
use crate::internal::{analysis, thing};

/// Environments and ENIs, as `/_warren/ps` shows them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Overview {
    /// Every environment.
    pub environments: Vec<EnvironmentRow>,
    /// Every ENI.
    pub enis: Vec<EniRow>,
    /// Every event source mapping.
    #[serde(default)]
    pub mappings: Vec<MappingRow>,
    /// Every rule and schedule.
    #[serde(default)]
    pub callers: Vec<CallerRow>,
}

/// One rule of EventBridge, or one schedule.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CallerRow {
    /// Its ARN.
    pub caller: String,
    /// Account and region.
    pub scope: String,
    /// A schedule, or `events`.
    pub waits_for: String,
    /// The ARNs of its targets.
    pub targets: Vec<String>,
    /// `ENABLED` or `DISABLED`.
    pub state: String,
    /// When it is due next, in milliseconds of the Unix epoch.
    pub next: Option<i64>,
    /// What came of it last, since the server was started.
    pub last: Option<String>,
}

/// One event source mapping.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MappingRow {
    /// Its UUID.
    pub mapping: String,
    /// Account and region.
    pub scope: String,
    /// `Enabled`, `Disabled`, or a state that is passed through.
    pub state: String,
    /// The ARN of its source.
    pub source: String,
    /// Its function, as the mapping names it.
    pub function: String,
    /// Batches under way.
    pub running: usize,
    /// Records that are read and wait.
    pub waiting: usize,
    /// Records that the function took since the server was started.
    pub taken: u64,
    /// Records of a topic of Kafka that are there and not done.
    #[serde(default)]
    pub behind: u64,
    /// What keeps it, if something does.
    pub blocked: Option<String>,
}

/// One environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnvironmentRow {
    /// Its id.
    pub environment: String,
    /// Account and region.
    pub scope: String,
    /// Its function's name.
    pub function: String,
    /// `$LATEST` or the version's number.
    pub version: String,
    /// `init`, `idle`, `busy` or `reaping`.
    pub phase: String,
    /// Since when, in milliseconds of the Unix epoch.
    pub since: u64,
    /// When it was started, likewise.
    pub created: u64,
    /// How many invocations it has had.
    pub invocations: u64,
    /// Its ENI.
    pub eni: Option<String>,
    /// The ENI's address.
    pub address: Option<String>,
    /// The ENI's subnet.
    pub subnet: Option<String>,
    /// Bytes of memory at the highest.
    pub memory_peak: u64,
    /// How long the stages of its start took.
    pub stages: Option<Stages>,
    /// The invocation that it has or had last.
    pub request: Option<String>,
}

/// One ENI.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EniRow {
    /// Its id.
    pub eni: String,
    /// Account and region.
    pub scope: String,
    /// Its private address.
    pub address: String,
    /// Its subnet.
    pub subnet: String,
    /// Its security groups.
    pub groups: Vec<String>,
    /// `customer`, `environment`, `shared`, `resource`, `mapping` with its id, `nat-gateway` or
    /// `released`.
    pub user: String,
    /// Environments that are attached to it.
    pub environments: usize,
    /// Its description.
    pub description: String,
    /// When it was made, in milliseconds of the Unix epoch.
    pub created: u64,
}

/// Everything that is there, of all scopes: copied, and looked at once the engine is let go.
pub(crate) async fn overview(endpoint: &Endpoint) -> Overview {
    let callers = callers(&endpoint.neighbours).await;
    let driver = &endpoint.driver;
    let (environments, enis, mappings, of_mappings) = driver.read(|engine| {
        let environments: Vec<Environment> = engine.environments().cloned().collect();
        let enis: Vec<Eni> = engine.all_enis().cloned().collect();
        let mappings: Vec<MappingRow> = engine.mappings().map(|it| mapping(engine, it)).collect();
        let of_mappings = enis.iter().filter_map(|eni| match eni.user {
            EniUser::Resource(id) => Some((id, engine.mapping_of(id)?)),
            _ => None,
        });
        let of_mappings: HashMap<ResourceId, MappingId> = of_mappings.collect();
        (environments, enis, mappings, of_mappings)
    });
    let mut attached: HashMap<EniId, usize> = HashMap::new();
    for eni in environments.iter().filter_map(Environment::eni) {
        *attached.entry(eni).or_default() += 1;
    }
    let by_id: HashMap<EniId, &Eni> = enis.iter().map(|eni| (eni.id, eni)).collect();
    let eni_of = |each: &Environment| each.eni().and_then(|id| by_id.get(&id).copied());
    Overview {
        environments: environments.iter().map(|each| environment(each, eni_of(each))).collect(),
        enis: enis.iter().map(|each| eni(each, &of_mappings, attached.get(&each.id))).collect(),
        mappings,
        callers,
    }
}

/// Rules and schedules; none of a store that cannot be read, which is logged.
async fn callers(neighbours: &Neighbours) -> Vec<CallerRow> {
    let (rules, schedules) =
        tokio::join!(neighbours.events().callers(), neighbours.scheduler().callers());
    let told = |found: Result<Vec<Caller>, neighbours::Failure>| {
        found.unwrap_or_else(|why| {
            tracing::warn!(%why, "rules and schedules cannot be told");
            Vec::new()
        })
    };
    let row = |caller: Caller| {
        let Caller { arn, account, region, waits_for, targets, state, next, last } = caller;
        let scope = Scope { account, region };
        CallerRow {
            caller: arn,
            scope: scope.to_string(),
            waits_for,
            targets,
            state: state.to_owned(),
            next,
            last,
        }
    };
    told(rules).into_iter().chain(told(schedules)).map(row).collect()
}

fn mapping(engine: &Engine, each: &Mapping) -> MappingRow {
    let course = engine.mapping_course(each.id).unwrap_or_default();
    MappingRow {
        mapping: each.id.to_string(),
        scope: each.scope.to_string(),
        state: each.state.to_string(),
        source: match &each.topic {
            Some(topic) => format!("{} of {}", topic.name, each.source),
            None => each.source.clone(),
        },
        function: match &each.qualifier {
            Some(qualifier) => format!("{}:{qualifier}", each.function),
            None => each.function.clone(),
        },
        running: course.running,
        waiting: course.waiting,
        taken: course.taken,
        behind: course.behind,
        blocked: course.blocked,
    }
}

fn environment(each: &Environment, eni: Option<&Eni>) -> EnvironmentRow {
    EnvironmentRow {
        environment: each.id().to_string(),
        scope: each.story().launch.scope.to_string(),
        function: each.story().launch.name.clone(),
        version: each.version().spelled(),
        phase: each.phase().to_string(),
        since: each.since().millis(),
        created: each.story().created.millis(),
        invocations: each.invocations(),
        eni: eni.map(|eni| eni.id.to_string()),
        address: eni.map(|eni| eni.address.to_string()),
        subnet: eni.map(|eni| eni.subnet.to_string()),
        memory_peak: each.memory_peak(),
        stages: each.story().stages,
        request: each.last().map(|request| request.to_string()),
    }
}

fn eni(
    each: &Eni,
    of_mappings: &HashMap<ResourceId, MappingId>,
    attached: Option<&usize>,
) -> EniRow {
    let user = match each.user {
        EniUser::Customer => "customer",
        EniUser::Environment(..) => "environment",
        EniUser::Pair => "shared",
        EniUser::Resource(id) => match of_mappings.get(&id) {
            Some(mapping) => &format!("mapping {mapping}"),
            None => "resource",
        },
        EniUser::Released(_) => "released",
        EniUser::NatGateway(_) => "nat-gateway",
    };
    EniRow {
        eni: each.id.to_string(),
        scope: each.scope.to_string(),
        address: each.address.to_string(),
        subnet: each.subnet.to_string(),
        groups: each.groups.iter().map(ToString::to_string).collect(),
        user: user.to_owned(),
        environments: attached.copied().unwrap_or_default(),
        description: each.description.clone(),
        created: each.created.millis(),
    }
}

/// Explains what a word names: an id, a request id, the name or ARN of a function, a rule, a schedule or of
/// what triggers functions in the scope, to whoever names this server by a host.
pub(crate) async fn explain(
    endpoint: &Endpoint,
    scope: &Scope,
    (word, host): (&str, &str),
) -> Option<Explanation> {
    if let Some(known) = explain_known(&endpoint.driver, scope, word) {
        return Some(known);
    }
    let (neighbours, region) = (&endpoint.neighbours, scope.region.to_string());
    let scope = neighbours::Scope { account: scope.account, region };
    let found = match neighbours.events().explain(&scope, word).await {
        Ok(None) => neighbours.scheduler().explain(&scope, word).await,
        found => found,
    };
    let found = found.unwrap_or_else(|why| {
        tracing::warn!(%why, "a rule or schedule cannot be told");
        None
    });
    match found {
        Some(found) => Some(told(found)),
        None => thing::explain(endpoint, &scope, (word, host)).await,
    }
}

fn told(told: Told) -> Explanation {
    Explanation::with(told.text, told.because.into_iter().map(self::told).collect())
}

/// How a function or a resource is named where another thing may have its name, too.
const FUNCTION: &str = "function:";
const RESOURCE: &str = "resource:";

/// Explains what the engine knows: by an id, by the name or the ARN of a function with or without a version or an
/// alias, by the name of a resource, or by an address.
fn explain_known(driver: &Driver, scope: &Scope, word: &str) -> Option<Explanation> {
    let named = driver.read(|engine| of_kind(engine, scope, word));
    if let Some(outline) = named {
        return Some(completed(driver, outline));
    }
    let name = match word.strip_prefix("arn:") {
        Some(arn) if arn.split(':').nth(1) != Some("lambda") => return None,
        Some(arn) => arn.splitn(6, ':').nth(5).unwrap_or_default(),
        None => word,
    };
    let (name, qualifier) = match name.split_once(':') {
        Some((name, qualifier)) => (name, Some(qualifier)),
        None => (name, None),
    };
    let (outline, also) = driver.read(|engine| {
        let known =
            word.parse::<Subject>().ok().and_then(|subject| outline_of(engine, scope, subject));
        if known.is_some() {
            return (known, None);
        }
        let function = of_function(engine, scope, name, qualifier);
        let resource = of_resource(engine, scope, word);
        match function {
            None => (resource, None),
            Some(_) => (
                function,
                resource.map(|_| {
                    format!(
                        "there is a resource of that name, too: warren explain {RESOURCE}{word}"
                    )
                }),
            ),
        }
    });
    let Some(outline) = outline else {
        // Of an IPv6 address as URLs have it.
        let bare = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let address = bare.unwrap_or(word).parse().ok()?;
        return driver.read(|engine| engine.explain_address(scope, address));
    };
    let mut told = completed(driver, outline);
    told.because.extend(also.map(|also| Explanation::with(also, Vec::new())));
    Some(told)
}

/// An explanation with its parts, each for itself: a subnet has thousands of addresses, and invocations wait for
/// the engine.
fn completed(driver: &Driver, Outline { mut told, parts }: Outline) -> Explanation {
    told.because
        .extend(parts.iter().filter_map(|part| driver.read(|engine| engine.explain_part(part))));
    told
}

/// A function or a resource that is named as such.
fn of_kind(engine: &Engine, scope: &Scope, word: &str) -> Option<Outline> {
    if let Some(name) = word.strip_prefix(RESOURCE) {
        return of_resource(engine, scope, name);
    }
    let name = word.strip_prefix(FUNCTION)?;
    let (name, qualifier) = match name.split_once(':') {
        Some((name, qualifier)) => (name, Some(qualifier)),
        None => (name, None),
    };
    of_function(engine, scope, name, qualifier)
}

fn of_resource(engine: &Engine, scope: &Scope, name: &str) -> Option<Outline> {
    let resource = engine.resources(scope).find(|resource| resource.name == name)?;
    engine.outline(Subject::Resource(resource.id))
}

/// What an id means; of an analysis of Reachability Analyzer with what is closed.
fn outline_of(engine: &Engine, scope: &Scope, subject: Subject) -> Option<Outline> {
    let mut outline = engine.outline(subject)?;
    if let Subject::Part(Piece::Analysis(id)) = subject {
        let analysis = engine.find::<InsightsAnalysis>(scope, id).ok();
        outline.told.because.extend(analysis.into_iter().flat_map(analysis::causes));
    }
    Some(outline)
}

fn of_function(
    engine: &Engine,
    scope: &Scope,
    name: &str,
    qualifier: Option<&str>,
) -> Option<Outline> {
    let function = engine.function(scope, name)?.id;
    let Some(qualifier) = qualifier else {
        return engine.outline(Subject::Function(function));
    };
    let (subject, led) = engine.explain_qualified(function, qualifier)?;
    let mut outline = engine.outline(subject)?;
    let led = led.map(|led| Explanation::with(led, Vec::new()));
    outline.told.because.splice(0..0, led);
    Some(outline)
}

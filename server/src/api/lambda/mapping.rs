//! Event source mappings: made, shown, listed, changed and deleted.

mod access;
mod destination;
mod settings;
mod source;
mod view;

use std::future::Future;
use std::time::Duration;

use engine::engine::Engine;
use engine::id::MappingId;
use engine::record::mapping::Mapping;
use engine::scope::Tags;
use engine::sources::ask::{Create, Delete, Refusal, Tag, Update};
use wire::ApiError;
use wire::arn::Arn;
use wire::lambda::error;
use wire::lambda::input::{
    CreateEventSourceMapping, DeleteEventSourceMapping, GetEventSourceMapping,
    ListEventSourceMappings, UpdateEventSourceMapping,
};
use wire::lambda::output::{EventSourceMappingConfiguration, ListEventSourceMappingsResponse};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::mapping::settings::Given;
use crate::api::lambda::mapping::source::{Named, Needs, Source};
use crate::api::lambda::mapping::view::view;
use crate::api::lambda::name::arn;
use crate::api::lambda::tag;
use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};
use crate::api::page::{self, NotAToken, Order};
use crate::driver::Refused;

/// How long a source, or a destination, may take to say that it is there: one that is elsewhere may say
/// nothing at all.
const CHECK: Duration = Duration::from_millis(2_500);

async fn in_time(
    arn: &str,
    check: impl Future<Output = Result<(), ApiError>>,
) -> Result<(), ApiError> {
    let checked = tokio::time::timeout(CHECK, check).await;
    checked.unwrap_or_else(|_| {
        Err(invalid(format!("Cannot access {arn}: it does not answer in time.")))
    })
}

/// As many as AWS lists at once.
const LISTED: usize = 100;

impl Operation for CreateEventSourceMapping {
    type Output = EventSourceMappingConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<EventSourceMappingConfiguration, ApiError> {
        let CreateEventSourceMapping {
            event_source_arn,
            function_name,
            enabled,
            batch_size,
            filter_criteria,
            scaling_config,
            maximum_batching_window_in_seconds,
            parallelization_factor,
            starting_position,
            starting_position_timestamp,
            destination_config,
            maximum_record_age_in_seconds,
            bisect_batch_on_function_error,
            maximum_retry_attempts,
            tags,
            tumbling_window_in_seconds,
            function_response_types,
            topics,
            source_access_configurations,
            self_managed_event_source,
            amazon_managed_kafka_event_source_config,
            self_managed_kafka_event_source_config,
            provisioned_poller_config,
        } = self;
        let target = Target::read(cx, &function_name, None)?;
        let source = Source::read(Named {
            arn: event_source_arn,
            cluster: self_managed_event_source,
            topics,
            of_msk: amazon_managed_kafka_event_source_config,
            of_cluster: self_managed_kafka_event_source_config,
        })?;
        let position = starting_position.as_deref();
        let starting = source.starting(position, starting_position_timestamp)?;
        let given = Given {
            enabled,
            batch_size,
            filter_criteria,
            scaling_config,
            window: maximum_batching_window_in_seconds,
            parallelization: parallelization_factor,
            destination_config,
            age: maximum_record_age_in_seconds,
            bisects: bisect_batch_on_function_error,
            retries: maximum_retry_attempts,
            tumbling: tumbling_window_in_seconds,
            response_types: function_response_types,
            access: source_access_configurations,
            pollers: provisioned_poller_config,
        };
        let settings = given.settings(&source, None)?;
        let needs = needs(cx, &target)?;
        access::check_role(cx, &settings, &needs.role)?;
        look_at_ends(cx, &source, &target, &needs, settings.on_failure.as_deref()).await?;
        let question = Create {
            scope: cx.scope.clone(),
            function: target.name.clone(),
            qualifier: target.qualifier.clone(),
            source: source.arn.clone(),
            kind: source.kind,
            topic: source.topic.clone(),
            starting,
            settings,
            tags: tag::checked(tags.unwrap_or_default())?,
        };
        answer(cx, cx.driver.ask(question).await, &source, &target)
    }
}

/// Looks whether there is a source, and a destination, such as the role may use.
async fn look_at_ends(
    cx: &Context<'_>,
    source: &Source,
    target: &Target,
    needs: &Needs,
    destination: Option<&str>,
) -> Result<(), ApiError> {
    in_time(&source.arn, source.check(cx, needs)).await?;
    let check = destination::check(cx, destination, target, &needs.role);
    in_time(destination.unwrap_or_default(), check).await
}

impl Operation for GetEventSourceMapping {
    type Output = EventSourceMappingConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<EventSourceMappingConfiguration, ApiError> {
        let GetEventSourceMapping { uuid } = self;
        found(cx, &uuid).map(|mapping| shown(cx, &mapping))
    }
}

impl Operation for ListEventSourceMappings {
    type Output = ListEventSourceMappingsResponse;

    /// AWS does not tell whether there is the function.
    async fn run(self, cx: &Context<'_>) -> Result<ListEventSourceMappingsResponse, ApiError> {
        let ListEventSourceMappings { event_source_arn, function_name, marker, max_items } = self;
        let target = function_name.map(|name| Target::read(cx, &name, None)).transpose()?;
        let is_meant = |mapping: &Mapping| {
            mapping.scope == cx.scope
                && event_source_arn.as_ref().is_none_or(|arn| *arn == mapping.source)
                && target.as_ref().is_none_or(|target| {
                    target.name == mapping.function && target.qualifier == mapping.qualifier
                })
        };
        let found: Vec<(String, Mapping)> = cx.driver.read(|engine| {
            let meant = engine.mappings().filter(|mapping| is_meant(mapping));
            meant.map(|mapping| (mapping.id.to_string(), mapping.clone())).collect()
        });
        let wanted = max_items.and_then(|items| usize::try_from(items).ok()).unwrap_or(LISTED);
        let page = page::page(found, Order::Rising, wanted.min(LISTED), marker.as_deref())
            .map_err(|NotAToken| invalid("Invalid Marker."))?;
        Ok(ListEventSourceMappingsResponse {
            next_marker: page.next_token,
            event_source_mappings: Some(
                page.items.iter().map(|mapping| shown(cx, mapping)).collect(),
            ),
        })
    }
}

impl Operation for UpdateEventSourceMapping {
    type Output = EventSourceMappingConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<EventSourceMappingConfiguration, ApiError> {
        let UpdateEventSourceMapping {
            uuid,
            function_name,
            enabled,
            batch_size,
            filter_criteria,
            scaling_config,
            maximum_batching_window_in_seconds,
            parallelization_factor,
            destination_config,
            maximum_record_age_in_seconds,
            bisect_batch_on_function_error,
            maximum_retry_attempts,
            tumbling_window_in_seconds,
            function_response_types,
            source_access_configurations,
            provisioned_poller_config,
        } = self;
        let before = found(cx, &uuid)?;
        let source = Source::of(&before);
        let given = Given {
            enabled,
            batch_size,
            filter_criteria,
            scaling_config,
            window: maximum_batching_window_in_seconds,
            parallelization: parallelization_factor,
            destination_config,
            age: maximum_record_age_in_seconds,
            bisects: bisect_batch_on_function_error,
            retries: maximum_retry_attempts,
            tumbling: tumbling_window_in_seconds,
            response_types: function_response_types,
            access: source_access_configurations,
            pollers: provisioned_poller_config,
        };
        let settings = given.settings(&source, Some(&before.settings))?;
        let own = named(&before);
        let other = function_name.map(|name| Target::read(cx, &name, None)).transpose()?;
        if let Some(target) = &other {
            let needs = needs(cx, target)?;
            in_time(&source.arn, source.check(cx, &needs)).await?;
        }
        // A function that is gone meanwhile asks for nothing.
        if let Ok(needs) = needs(cx, other.as_ref().unwrap_or(&own)) {
            access::check_role(cx, &settings, &needs.role)?;
        }
        let asked = other.as_ref().unwrap_or(&own);
        if let Some(told) = settings.on_failure.as_deref()
            && (other.is_some() || before.settings.on_failure.as_deref() != Some(told))
        {
            let role = needs(cx, asked)?.role;
            in_time(told, destination::check(cx, Some(told), asked, &role)).await?;
        }
        let question = Update {
            scope: cx.scope.clone(),
            id: before.id,
            function: other.clone().map(|target| (target.name, target.qualifier)),
            settings,
        };
        let changed = cx.driver.ask(question).await;
        let target = other.unwrap_or(own);
        answer(cx, changed, &source, &target)
    }
}

impl Operation for DeleteEventSourceMapping {
    type Output = EventSourceMappingConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<EventSourceMappingConfiguration, ApiError> {
        let DeleteEventSourceMapping { uuid } = self;
        let before = found(cx, &uuid)?;
        let source = Source::of(&before);
        let target = named(&before);
        let deleted = cx.driver.ask(Delete { scope: cx.scope.clone(), id: before.id }).await;
        answer(cx, deleted, &source, &target)
    }
}

/// The mapping that a question came to, or why it was refused.
fn answer(
    cx: &Context<'_>,
    outcome: Result<Box<Mapping>, Refused<Refusal>>,
    source: &Source,
    target: &Target,
) -> Result<EventSourceMappingConfiguration, ApiError> {
    let mapping = outcome.map_err(|refused| spell(refused, source, target))?;
    Ok(shown(cx, &mapping))
}

/// The mapping as it is shown, with what came of its last batch.
fn shown(cx: &Context<'_>, mapping: &Mapping) -> EventSourceMappingConfiguration {
    view(mapping, cx.driver.read(|engine| engine.last_result(mapping.id)))
}

/// The mapping of a UUID.
fn found(cx: &Context<'_>, uuid: &str) -> Result<Mapping, ApiError> {
    let id: Option<MappingId> = uuid.parse().ok();
    let mapping =
        id.and_then(|id| cx.driver.read(|engine: &Engine| engine.mapping(&cx.scope, id).cloned()));
    mapping.ok_or_else(missing)
}

/// The mapping that an ARN names, which must be there; none where it names something else.
pub(super) fn tagged(cx: &Context<'_>, resource: &str) -> Result<Option<Mapping>, ApiError> {
    let arn = Arn::parse(resource).filter(|arn| arn.service == "lambda");
    let uuid = arn.and_then(|arn| arn.resource.strip_prefix("event-source-mapping:"));
    uuid.map(|uuid| found(cx, uuid)).transpose()
}

/// Changes tags of a mapping.
pub(super) async fn tag(
    cx: &Context<'_>,
    id: MappingId,
    put: Tags,
    remove: Vec<String>,
) -> Result<(), ApiError> {
    let question = Tag { scope: cx.scope.clone(), id, put, remove };
    cx.driver.ask(question).await.map_err(unanswered)
}

fn missing() -> ApiError {
    error("ResourceNotFoundException", "The resource you requested does not exist.")
}

/// The function of a mapping.
fn named(mapping: &Mapping) -> Target {
    let Mapping { scope, function, qualifier, .. } = mapping;
    Target { scope: scope.clone(), name: function.clone(), qualifier: qualifier.clone() }
}

/// What a function needs of a source; it must be there.
fn needs(cx: &Context<'_>, target: &Target) -> Result<Needs, ApiError> {
    let found = cx.driver.read(|engine| {
        let (_, configuration) = target.find(engine, &cx.scope).ok()?;
        let settings = &configuration.settings;
        Some(Needs { timeout: settings.timeout, role: settings.role.clone() })
    });
    found.ok_or_else(no_function)
}

fn no_function() -> ApiError {
    invalid("Function does not exist")
}

/// A question about a mapping that was not answered.
fn spell(refused: Refused<Refusal>, source: &Source, target: &Target) -> ApiError {
    match refused {
        Refused::Refused(Refusal::Exists(id)) => {
            let (arn, function) = (&source.arn, &target.name);
            let what = match (source.kind.is_queue(), &source.topic) {
                (_, Some(topic)) => format!(
                    "An event source mapping with event source (\"{arn}\"), function (\"{}\"), topics \
                     (\"{}\") already exists.",
                    arn_of(target),
                    topic.name
                ),
                (true, None) => format!(
                    "An event source mapping with SQS arn (\" {arn} \") and function \
                     (\" {function} \") already exists."
                ),
                (false, None) => format!(
                    "The event source arn (\" {arn} \") and function (\" {function} \") provided \
                     mapping already exists."
                ),
            };
            let message =
                format!("{what} Please update or delete the existing mapping with UUID {id}");
            error("ResourceConflictException", message)
        }
        other => unanswered(other),
    }
}

/// A question that names no source and was not answered.
fn unanswered(refused: Refused<Refusal>) -> ApiError {
    let refusal = match refused {
        Refused::Refused(refusal) => refusal,
        Refused::Draining => return error("ServiceException", "The server is shutting down."),
        Refused::Unavailable(why) => return error("ServiceException", why),
    };
    match refusal {
        Refusal::NoMapping => missing(),
        Refusal::NoFunction => no_function(),
        Refusal::Exists(id) => {
            let message = format!("The mapping {id} has the same event source and function.");
            error("ResourceConflictException", message)
        }
        Refusal::InUse(state) => {
            let message = format!(
                "Cannot change the event source mapping because it is in use: its state is {state}."
            );
            error("ResourceInUseException", message)
        }
        Refusal::Eni(refusal) => access::without_eni(&refusal),
        Refusal::TooMany(most) => {
            invalid(format!("The account has {most} event source mappings, as many as it can."))
        }
    }
}

/// The ARN of a mapping.
fn mapping_arn(mapping: &Mapping) -> String {
    let (region, account) = (&mapping.scope.region, mapping.scope.account);
    format!("arn:aws:lambda:{region}:{account:012}:event-source-mapping:{}", mapping.id)
}

/// The ARN of a function as somebody names it.
fn arn_of(target: &Target) -> String {
    arn(&target.scope, &target.name, target.qualifier.as_deref())
}

/// The ARN of a mapping's function, as the mapping names it.
fn function_arn(mapping: &Mapping) -> String {
    arn(&mapping.scope, &mapping.function, mapping.qualifier.as_deref())
}

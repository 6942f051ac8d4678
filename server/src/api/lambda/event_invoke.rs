//! What becomes of asynchronous events: how long and how often they are tried, and who is told.

use engine::compute::function::{DeleteEventInvoke, PutEventInvoke};
use engine::id::Version;
use engine::record::function::EventInvoke;
use engine::time::Time;
use neighbours::Actor;
use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{
    self, DeleteFunctionEventInvokeConfig, GetFunctionEventInvokeConfig,
    ListFunctionEventInvokeConfigs, PutFunctionEventInvokeConfig, UpdateFunctionEventInvokeConfig,
};
use wire::lambda::output::{
    DestinationConfig, FunctionEventInvokeConfig, ListFunctionEventInvokeConfigsResponse,
    OnFailure, OnSuccess,
};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::name::arn;
use crate::api::lambda::target::Target;
use crate::api::lambda::{page, refusal};
use crate::api::operation::{Context, Operation};
use crate::destination::Place;
use crate::driver::Refused;

impl Operation for PutFunctionEventInvokeConfig {
    type Output = FunctionEventInvokeConfig;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionEventInvokeConfig, ApiError> {
        let PutFunctionEventInvokeConfig {
            function_name,
            qualifier,
            maximum_retry_attempts,
            maximum_event_age_in_seconds,
            destination_config,
        } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        let given =
            Given { maximum_retry_attempts, maximum_event_age_in_seconds, destination_config };
        put(cx, target, given, false).await
    }
}

impl Operation for UpdateFunctionEventInvokeConfig {
    type Output = FunctionEventInvokeConfig;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionEventInvokeConfig, ApiError> {
        let UpdateFunctionEventInvokeConfig {
            function_name,
            qualifier,
            maximum_retry_attempts,
            maximum_event_age_in_seconds,
            destination_config,
        } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        let given =
            Given { maximum_retry_attempts, maximum_event_age_in_seconds, destination_config };
        put(cx, target, given, true).await
    }
}

impl Operation for GetFunctionEventInvokeConfig {
    type Output = FunctionEventInvokeConfig;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionEventInvokeConfig, ApiError> {
        let GetFunctionEventInvokeConfig { function_name, qualifier } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        let qualifier = spelled(&target);
        let found = cx.driver.read(|engine| {
            let function = engine.function(&cx.scope, &target.name)?;
            function.event_invoke.get(&qualifier).cloned()
        });
        let found = found.ok_or_else(|| no_config(cx, &target))?;
        Ok(show(target.qualified_arn(&cx.scope), found))
    }
}

impl Operation for DeleteFunctionEventInvokeConfig {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteFunctionEventInvokeConfig { function_name, qualifier } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        let (scope, name) = (cx.scope.clone(), target.name.clone());
        let question = DeleteEventInvoke { scope, name, qualifier: spelled(&target) };
        let asked = cx.driver.ask(question).await;
        asked.map_err(|refused| refuse(cx, &target, refused))
    }
}

impl Operation for ListFunctionEventInvokeConfigs {
    type Output = ListFunctionEventInvokeConfigsResponse;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<ListFunctionEventInvokeConfigsResponse, ApiError> {
        let ListFunctionEventInvokeConfigs { function_name, marker, max_items } = self;
        let target = Target::read(cx, &function_name, None)?;
        let found = cx.driver.read(|engine| {
            let function = engine.function(&cx.scope, &target.name)?;
            Some(function.event_invoke.clone())
        });
        let found = found.ok_or_else(no_function)?;
        let keyed = found.into_iter().map(|(qualifier, each)| {
            let arn = arn(&cx.scope, &target.name, Some(&qualifier));
            (qualifier, show(arn, each))
        });
        let page = page(keyed.collect(), max_items, marker.as_deref())?;
        Ok(ListFunctionEventInvokeConfigsResponse {
            function_event_invoke_configs: Some(page.items),
            next_marker: page.next_token,
        })
    }
}

/// What a request gives.
struct Given {
    maximum_retry_attempts: Option<i32>,
    maximum_event_age_in_seconds: Option<i32>,
    destination_config: Option<input::DestinationConfig>,
}

async fn put(
    cx: &Context<'_>,
    target: Target,
    given: Given,
    is_update: bool,
) -> Result<FunctionEventInvokeConfig, ApiError> {
    let Given { maximum_retry_attempts, maximum_event_age_in_seconds, destination_config } = given;
    let has_destinations = destination_config.is_some();
    let (on_success, on_failure) = match destination_config {
        Some(input::DestinationConfig { on_success, on_failure }) => (
            on_success.and_then(|input::OnSuccess { destination }| destination),
            on_failure.and_then(|input::OnFailure { destination }| destination),
        ),
        None => (None, None),
    };
    let is_empty = maximum_retry_attempts.is_none() && maximum_event_age_in_seconds.is_none();
    if is_empty && !has_destinations {
        return Err(invalid(
            "You must specify at least one of error handling or destination setting.",
        ));
    }
    // AWS does not tell which of the two is not there.
    let role = cx.driver.read(|engine| {
        let (_, configuration) = target.find(engine, &cx.scope).ok()?;
        Some(configuration.settings.role.clone())
    });
    let role = role.ok_or_else(no_function)?;
    let own = arn(&cx.scope, &target.name, None);
    for destination in [&on_success, &on_failure].into_iter().flatten().filter(|it| !it.is_empty())
    {
        let whole = (on_success.as_deref(), on_failure.as_deref());
        check_destination(cx, &own, &role, destination, whole).await?;
    }
    let question = PutEventInvoke {
        scope: cx.scope.clone(),
        name: target.name.clone(),
        qualifier: spelled(&target),
        given: EventInvoke {
            modified: Time(0),
            retries: maximum_retry_attempts.and_then(|retries| u8::try_from(retries).ok()),
            age: maximum_event_age_in_seconds.and_then(|age| u32::try_from(age).ok()),
            on_success,
            on_failure,
        },
        is_update,
    };
    let asked = cx.driver.ask(question).await;
    let put = asked.map_err(|refused| refuse(cx, &target, refused))?;
    Ok(show(target.qualified_arn(&cx.scope), put))
}

/// Checks that a destination can be told.
async fn check_destination(
    cx: &Context<'_>,
    own: &str,
    role: &str,
    destination: &str,
    (on_success, on_failure): (Option<&str>, Option<&str>),
) -> Result<(), ApiError> {
    let place = Place::of(destination)
        .ok_or_else(|| invalid(format!("The destination ARN {destination} is invalid.")))?;
    if destination == own || destination.strip_prefix(own).is_some_and(|it| it.starts_with(':')) {
        return Err(invalid("You can't specify the function as a destination for itself."));
    }
    // Only what failed is put into buckets.
    if matches!(place, Place::Bucket(_)) && on_success == Some(destination) {
        return Err(invalid(format!("The destination ARN {destination} is invalid.")));
    }
    let spell = |name: &str, arn: Option<&str>| match arn {
        Some(arn) => format!("{name}(destination={arn})"),
        None => "null".to_owned(),
    };
    match is_there(cx, &place, own, role).await {
        true => Ok(()),
        false => Err(invalid(format!(
            "The provided destination config DestinationConfig(onSuccess={}, onFailure={}) is invalid.",
            spell("OnSuccess", on_success),
            spell("OnFailure", on_failure),
        ))),
    }
}

/// Whether something can be delivered to, as far as that can be told now.
async fn is_there(cx: &Context<'_>, place: &Place, own: &str, role: &str) -> bool {
    let actor = Actor {
        principal: "lambda.amazonaws.com",
        source_arn: own.to_owned(),
        source_account: cx.scope.account,
        role: Some(role.to_owned()),
        trace: None,
    };
    let reach = &*cx.endpoint.reach;
    if let Place::Function(arn) = place {
        return reach.has_function(arn);
    }
    place.is_open(reach, &actor).await
}

/// Checks the dead-letter queue or topic that a function is given; an empty one is none.
pub(crate) async fn check_dead_letter(
    cx: &Context<'_>,
    name: &str,
    role: &str,
    given: &str,
) -> Result<(), ApiError> {
    if given.is_empty() {
        return Ok(());
    }
    let own = arn(&cx.scope, name, None);
    let call = match Place::of(given) {
        Some(place @ Place::Queue(..)) if is_there(cx, &place, &own, role).await => return Ok(()),
        Some(place @ Place::Topic(_)) if is_there(cx, &place, &own, role).await => return Ok(()),
        Some(Place::Topic(_)) => "Publish on SNS",
        _ => "SendMessage on SQS",
    };
    Err(invalid(format!("The provided execution role does not have permissions to call {call}")))
}

/// The qualifier under which a configuration is kept.
fn spelled(target: &Target) -> String {
    target.qualifier.clone().unwrap_or_else(|| Version(0).spelled())
}

fn refuse(
    cx: &Context<'_>,
    target: &Target,
    refused: Refused<engine::compute::function::Refusal>,
) -> ApiError {
    use engine::compute::function::Refusal;
    match refused {
        Refused::Refused(Refusal::NoEventInvoke(_)) => no_config(cx, target),
        Refused::Refused(Refusal::NoFunction(..)) => no_function(),
        other => refusal::spell(cx, other),
    }
}

fn no_config(cx: &Context<'_>, target: &Target) -> ApiError {
    let arn = target.qualified_arn(&cx.scope);
    let message = format!("The function {arn} doesn't have an EventInvokeConfig");
    error("ResourceNotFoundException", message)
}

fn no_function() -> ApiError {
    error("ResourceNotFoundException", "The function doesn't exist.")
}

fn show(arn: String, config: EventInvoke) -> FunctionEventInvokeConfig {
    let EventInvoke { modified, retries, age, on_success, on_failure } = config;
    FunctionEventInvokeConfig {
        last_modified: Some(i64::try_from(modified.millis()).unwrap_or(i64::MAX)),
        function_arn: Some(arn),
        maximum_retry_attempts: retries.map(i32::from),
        maximum_event_age_in_seconds: age.and_then(|age| i32::try_from(age).ok()),
        destination_config: Some(DestinationConfig {
            on_success: Some(OnSuccess { destination: on_success }),
            on_failure: Some(OnFailure { destination: on_failure }),
        }),
    }
}

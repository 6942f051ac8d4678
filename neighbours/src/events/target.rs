//! The targets of rules: put, listed, removed.

use std::sync::Arc;

use rusqlite::Connection;
use wire::ApiError;
use wire::arn::Arn;
use wire::events::input::{
    DeadLetterConfig, InputTransformer, ListTargetsByRule, PutTargets, RemoveTargets, RetryPolicy,
    SqsParameters, Target,
};
use wire::events::output::{
    DeadLetterConfig as ShownDeadLetters, InputTransformer as ShownTransformer,
    ListTargetsByRuleResponse, PutTargetsResponse, RemoveTargetsResponse,
    RetryPolicy as ShownRetryPolicy, SqsParameters as ShownSqsParameters, Target as ShownTarget,
};

use crate::delivery::{PlaceKind, place_of};
use crate::events::input::Input;
use crate::events::name::BusName;
use crate::events::operations::bus::PAGE;
use crate::events::refusal::{bad_token, invalid, too_many};
use crate::events::service::Events;
use crate::events::stored::{Bus, RuleTarget};
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::{NotAToken, page};

/// Targets of a rule.
const MOST: usize = 5;

impl Operation<Events> for PutTargets {
    type Output = PutTargetsResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<PutTargetsResponse, Failure> {
        let PutTargets { rule, event_bus_name, targets } = self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        let targets = targets.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let put = move |connection: &Connection| {
            let rule = Bus::find(connection, &bus)?.rule(connection, &rule)?;
            for target in &targets {
                rule.put_target(connection, target)?;
            }
            match rule.targets(connection)?.len() {
                0..=MOST => Ok(()),
                _ => Err(Failure::from(too_many())),
            }
        };
        events.store.run(put).await?;
        Ok(PutTargetsResponse { failed_entry_count: Some(0), failed_entries: Some(Vec::new()) })
    }
}

/// A target as it is stored.
///
/// # Errors
/// When it is none that there can be.
fn read(target: Target) -> Result<RuleTarget, ApiError> {
    let Target {
        id,
        arn,
        role_arn,
        input,
        input_path,
        input_transformer,
        sqs_parameters,
        dead_letter_config,
        retry_policy,
    } = target;
    let place = place(&arn)?;
    let input = read_input(&id, input, input_path, input_transformer)?;
    if place == PlaceKind::Bus && input != Input::Whole {
        let message = format!("Warren does not support an input of the event bus {arn}.");
        return Err(invalid(message));
    }
    let SqsParameters { message_group_id } = sqs_parameters.unwrap_or_default();
    match (place, &message_group_id) {
        (PlaceKind::Queue, Some(_)) | (_, None) => {}
        _ => {
            let message = format!("Parameter(s) SqsParameters not valid for target: {id}.");
            return Err(invalid(message));
        }
    }
    if place == PlaceKind::Queue && arn.ends_with(".fifo") && message_group_id.is_none() {
        let message = format!("Parameter(s) SqsParameters must be specified for target: {id}.");
        return Err(invalid(message));
    }
    let dead_letters = dead_letter_config.and_then(|DeadLetterConfig { arn }| arn);
    if let Some(queue) = &dead_letters {
        let is_queue = place_of(queue) == Some(PlaceKind::Queue) && !queue.ends_with(".fifo");
        if !is_queue {
            let message = format!(
                "Parameter DeadLetterConfig.Arn is not valid for target {id}. Reason: {queue} is not \
                 the ARN of a standard SQS queue."
            );
            return Err(invalid(message));
        }
    }
    let RetryPolicy { maximum_retry_attempts, maximum_event_age_in_seconds } =
        retry_policy.unwrap_or_default();
    Ok(RuleTarget {
        id,
        arn,
        role: role_arn,
        input,
        group: message_group_id,
        dead_letters,
        retries: maximum_retry_attempts,
        age: maximum_event_age_in_seconds,
    })
}

fn place(arn: &str) -> Result<PlaceKind, ApiError> {
    if let Some(place) = place_of(arn) {
        return Ok(place);
    }
    Err(match Arn::parse(arn) {
        None => invalid(format!(
            "Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
        )),
        Some(parsed) => invalid(format!(
            "Warren does not support targets of {}, such as {arn}: functions, SQS queues, SNS topics and \
             event buses are.",
            parsed.service
        )),
    })
}

fn read_input(
    id: &str,
    input: Option<String>,
    path: Option<String>,
    transformer: Option<InputTransformer>,
) -> Result<Input, ApiError> {
    let input = input.filter(|text| !text.is_empty());
    let path = path.filter(|text| !text.is_empty());
    let read = match (input, path, transformer) {
        (None, None, None) => Input::Whole,
        (Some(text), None, None) => Input::Text(text),
        (None, Some(path), None) => Input::Path(path),
        (None, None, Some(InputTransformer { input_paths_map, input_template })) => {
            Input::Template { paths: input_paths_map.unwrap_or_default(), template: input_template }
        }
        _ => {
            return Err(invalid(format!(
                "Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
            )));
        }
    };
    match read.fault(id) {
        None => Ok(read),
        Some(fault) => Err(invalid(fault)),
    }
}

impl Operation<Events> for ListTargetsByRule {
    type Output = ListTargetsByRuleResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<ListTargetsByRuleResponse, Failure> {
        let ListTargetsByRule { rule, event_bus_name, next_token, limit } = self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        let list = move |connection: &Connection| {
            let rule = Bus::find(connection, &bus)?.rule(connection, &rule)?;
            Ok::<_, Failure>(rule.targets(connection)?)
        };
        let all = events.store.run_lean(list).await?.into_iter();
        let all = all.map(|target| (target.id.clone(), shown(target))).collect();
        let size = usize::try_from(limit.unwrap_or(PAGE)).unwrap_or_default();
        let (targets, next_token) =
            page(all, size, next_token.as_deref()).map_err(|NotAToken| bad_token())?;
        Ok(ListTargetsByRuleResponse { targets: Some(targets), next_token })
    }
}

fn shown(target: RuleTarget) -> ShownTarget {
    let RuleTarget { id, arn, role, input, group, dead_letters, retries, age } = target;
    let (input, input_path, input_transformer) = match input {
        Input::Whole => (None, None, None),
        Input::Text(text) => (Some(text), None, None),
        Input::Path(path) => (None, Some(path), None),
        Input::Template { paths, template } => {
            let input_paths_map = Some(paths).filter(|paths| !paths.is_empty());
            (None, None, Some(ShownTransformer { input_paths_map, input_template: template }))
        }
    };
    let has_policy = retries.is_some() || age.is_some();
    ShownTarget {
        id,
        arn,
        role_arn: role,
        input,
        input_path,
        input_transformer,
        kinesis_parameters: None,
        run_command_parameters: None,
        ecs_parameters: None,
        batch_parameters: None,
        sqs_parameters: group.map(|group| ShownSqsParameters { message_group_id: Some(group) }),
        http_parameters: None,
        redshift_data_parameters: None,
        sage_maker_pipeline_parameters: None,
        dead_letter_config: dead_letters.map(|arn| ShownDeadLetters { arn: Some(arn) }),
        retry_policy: has_policy.then_some(ShownRetryPolicy {
            maximum_retry_attempts: retries,
            maximum_event_age_in_seconds: age,
        }),
        app_sync_parameters: None,
    }
}

impl Operation<Events> for RemoveTargets {
    type Output = RemoveTargetsResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<RemoveTargetsResponse, Failure> {
        let RemoveTargets { rule, event_bus_name, ids } = self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        let remove = move |connection: &Connection| {
            let rule = Bus::find(connection, &bus)?.rule(connection, &rule)?;
            for id in &ids {
                rule.remove_target(connection, id)?;
            }
            Ok::<_, Failure>(())
        };
        events.store.run_lean(remove).await?;
        Ok(RemoveTargetsResponse { failed_entry_count: Some(0), failed_entries: Some(Vec::new()) })
    }
}

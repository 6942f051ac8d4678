//! Subscriptions: made, confirmed, listed and given up.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};
use wire::ApiError;
use wire::arn::Arn;
use wire::sns::error;
use wire::sns::input::{
    ConfirmSubscription, ListSubscriptions, ListSubscriptionsByTopic, Subscribe, Unsubscribe,
};
use wire::sns::output::{
    ConfirmSubscriptionResponse, ListSubscriptionsByTopicResponse, ListSubscriptionsResponse,
    SubscribeResponse, Subscription as ShownSubscription,
};

use crate::boolean;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::page;
use crate::random;
use crate::sns::name::{self, TopicName, account_number, is_fifo};
use crate::sns::operations::topic::PAGE;
use crate::sns::outbox;
use crate::sns::refusal::{invalid, unsupported};
use crate::sns::service::{Sns, topic_of};
use crate::sns::stored::{Subscription, Topic};
use crate::sns::terms::{Endpoint, Given, Terms};
use crate::time::now;

/// Subscriptions of one topic, and of one that keeps the order of messages.
const MOST: usize = 10_000;
const MOST_FIFO: usize = 100;
/// Subscriptions of one topic that filter.
const MOST_FILTERS: usize = 200;
/// Protocols that AWS has and Warren has not.
const UNSUPPORTED: [&str; 7] =
    ["application", "email", "email-json", "firehose", "http", "https", "sms"];

/// What is subscribed.
struct New {
    protocol: String,
    endpoint: String,
    attributes: BTreeMap<String, String>,
    terms: Terms,
    owner: u64,
    principal: String,
    host: String,
    is_confirmed: bool,
}

/// What an endpoint is subscribed as.
struct Made {
    arn: String,
    is_confirmed: bool,
}

impl Operation<Sns> for Subscribe {
    type Output = SubscribeResponse;

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<SubscribeResponse, Failure> {
        let Subscribe { topic_arn, protocol, endpoint, attributes, return_subscription_arn } = self;
        let topic = topic_of(cx, "TopicArn", &topic_arn)?;
        let endpoint = endpoint.unwrap_or_default();
        let owner = check_endpoint(&topic, &protocol, &endpoint)?;
        let attributes = boolean::values(attributes);
        let of = Endpoint { protocol: &protocol, is_fifo: topic.is_fifo() && is_fifo(&endpoint) };
        let terms = Terms::default().with(of, &attributes, Given::WithNew)?;
        let new = New {
            terms,
            attributes,
            // Whose endpoint it is need not be asked.
            is_confirmed: owner == cx.scope.account,
            owner: cx.scope.account,
            principal: cx.caller.clone(),
            host: cx.host.to_owned(),
            protocol,
            endpoint,
        };
        let made = sns.store.run(move |connection| subscribe(connection, &topic, &new)).await?;
        sns.filled.notify_one();
        let is_told = made.is_confirmed || return_subscription_arn == Some(true);
        let arn = if is_told { made.arn } else { "pending confirmation".to_owned() };
        Ok(SubscribeResponse { subscription_arn: Some(arn) })
    }
}

/// Whether a topic may have an endpoint of a protocol; tells whose it is.
fn check_endpoint(topic: &TopicName, protocol: &str, endpoint: &str) -> Result<u64, ApiError> {
    if UNSUPPORTED.contains(&protocol) {
        return Err(unsupported(format!("the protocol {protocol} of subscriptions")));
    }
    let arn = Arn::parse(endpoint);
    let of_service = |service: &str| {
        let arn = arn.filter(|arn| arn.service == service)?;
        account_number(arn.account)
    };
    match protocol {
        "sqs" => {
            let owner = of_service("sqs").ok_or_else(|| invalid("SQS endpoint ARN"))?;
            match is_fifo(endpoint) && !topic.is_fifo() {
                false => Ok(owner),
                true => Err(invalid(
                    "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to \
                     standard SNS topics",
                )),
            }
        }
        "lambda" if topic.is_fifo() => {
            Err(invalid("Invalid parameter: Endpoint Reason: Please use FIFO SQS queue"))
        }
        "lambda" => {
            let is_function = arn.is_some_and(|arn| arn.resource.starts_with("function:"));
            let owner = of_service("lambda").filter(|_| is_function);
            owner.ok_or_else(|| invalid("Lambda endpoint ARN"))
        }
        other => {
            let message = format!("Amazon SNS does not support this protocol string: {other}");
            Err(invalid(message))
        }
    }
}

/// Makes a subscription, unless the same is there.
fn subscribe(connection: &Connection, name: &TopicName, new: &New) -> Result<Made, Failure> {
    let topic = Topic::find(connection, name)?;
    let known = Subscription::of_endpoint(connection, &topic, &new.protocol, &new.endpoint)?;
    if let Some(known) = known {
        return match known.terms.has(&new.attributes) {
            true => Ok(Made { arn: known.arn(), is_confirmed: known.token.is_none() }),
            false => {
                let message =
                    "Attributes Reason: Subscription already exists with different attributes";
                Err(invalid(message).into())
            }
        };
    }
    let all = Subscription::of_topic(connection, &topic)?;
    let most = if name.is_fifo() { MOST_FIFO } else { MOST };
    if all.len() >= most {
        let message = format!("There may be {most} subscriptions of a topic.");
        return Err(error("SubscriptionLimitExceeded", message).into());
    }
    if new.terms.has_filter() {
        check_filters(&all)?;
    }
    let uuid = random::spelled(random::uuid());
    let token = (!new.is_confirmed).then(|| {
        let bytes: [u8; 32] = random::random();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    });
    connection
        .prepare_cached(
            "INSERT INTO subscription
             (uuid, topic, protocol, endpoint, owner, principal, host, token, attributes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            uuid,
            topic.id,
            new.protocol,
            new.endpoint,
            new.owner.cast_signed(),
            new.principal,
            new.host,
            token,
            new.terms.spell()
        ])?;
    if let Some(token) = &token {
        outbox::ask(connection, connection.last_insert_rowid(), token, now())?;
    }
    Ok(Made { arn: name.subscription(&uuid), is_confirmed: new.is_confirmed })
}

/// Whether one more subscription of a topic may filter.
pub(in crate::sns) fn check_filters(all: &[Subscription]) -> Result<(), Failure> {
    match all.iter().filter(|it| it.terms.has_filter()).count() >= MOST_FILTERS {
        false => Ok(()),
        true => {
            let message = format!("There may be {MOST_FILTERS} filter policies of a topic.");
            Err(error("FilterPolicyLimitExceeded", message).into())
        }
    }
}

impl Operation<Sns> for ConfirmSubscription {
    type Output = ConfirmSubscriptionResponse;

    async fn run(
        self,
        sns: &Arc<Sns>,
        cx: &Context<'_>,
    ) -> Result<ConfirmSubscriptionResponse, Failure> {
        let ConfirmSubscription { topic_arn, token } = self;
        let name = topic_of(cx, "TopicArn", &topic_arn).map_err(|_| invalid("Topic"))?;
        let confirm = move |connection: &Connection| {
            let topic = Topic::find(connection, &name)?;
            let uuid: Option<String> = connection
                .prepare_cached(
                    "UPDATE subscription SET token = NULL WHERE topic = ?1 AND token = ?2
                     RETURNING uuid",
                )?
                .query_row(params![topic.id, token], |row| row.get(0))
                .optional()?;
            let uuid = uuid.ok_or_else(|| invalid("Token"))?;
            Ok::<_, Failure>(name.subscription(&uuid))
        };
        let arn = sns.store.run(confirm).await?;
        Ok(ConfirmSubscriptionResponse { subscription_arn: Some(arn) })
    }
}

impl Operation<Sns> for Unsubscribe {
    type Output = ();

    async fn run(self, sns: &Arc<Sns>, _: &Context<'_>) -> Result<(), Failure> {
        let Unsubscribe { subscription_arn } = self;
        if subscription_arn.is_empty() {
            let message = "SubscriptionArn Reason: no value for required parameter";
            return Err(invalid(message).into());
        }
        let (topic, uuid) = name::subscription(&subscription_arn)?;
        let (of, id) = (topic.clone(), uuid.clone());
        sns.empty(move |connection| {
            let found = Subscription::look(connection, &of, &id)?;
            Ok(found.into_iter().map(|subscription| subscription.id).collect())
        })
        .await?;
        let remove = move |connection: &Connection| {
            // One that is not there is given up.
            let Some(found) = Subscription::look(connection, &topic, &uuid)? else { return Ok(()) };
            outbox::forget(connection, found.id)?;
            connection
                .prepare_cached(
                    "UPDATE topic SET deleted = deleted + 1
                     WHERE account = ?1 AND region = ?2 AND name = ?3",
                )?
                .execute(params![topic.account.cast_signed(), topic.region, topic.name])?;
            Ok::<_, Failure>(())
        };
        sns.store.run_lean(remove).await
    }
}

/// One page of subscriptions, and the token for the next.
fn shown(
    subscriptions: Vec<Subscription>,
    token: Option<&str>,
) -> Result<(Vec<ShownSubscription>, Option<String>), Failure> {
    let shown = |it: Subscription| {
        let arn = match &it.token {
            None => it.arn(),
            Some(_) => "PendingConfirmation".to_owned(),
        };
        let shown = ShownSubscription {
            subscription_arn: Some(arn),
            owner: Some(format!("{:012}", it.owner)),
            protocol: Some(it.protocol),
            endpoint: Some(it.endpoint),
            topic_arn: Some(it.topic.arn()),
        };
        (it.uuid, shown)
    };
    let all = subscriptions.into_iter().map(shown).collect();
    Ok(page(all, PAGE, token).map_err(|_| invalid("NextToken"))?)
}

impl Operation<Sns> for ListSubscriptions {
    type Output = ListSubscriptionsResponse;

    async fn run(
        self,
        sns: &Arc<Sns>,
        cx: &Context<'_>,
    ) -> Result<ListSubscriptionsResponse, Failure> {
        let ListSubscriptions { next_token } = self;
        let scope = cx.scope.clone();
        let list = move |connection: &Connection| {
            Ok::<_, Failure>(Subscription::of_owner(connection, scope.account, &scope.region)?)
        };
        let (subscriptions, next_token) = shown(sns.store.run(list).await?, next_token.as_deref())?;
        Ok(ListSubscriptionsResponse { subscriptions: Some(subscriptions), next_token })
    }
}

impl Operation<Sns> for ListSubscriptionsByTopic {
    type Output = ListSubscriptionsByTopicResponse;

    async fn run(
        self,
        sns: &Arc<Sns>,
        cx: &Context<'_>,
    ) -> Result<ListSubscriptionsByTopicResponse, Failure> {
        let ListSubscriptionsByTopic { topic_arn, next_token } = self;
        let name = topic_of(cx, "TopicArn", &topic_arn)?;
        let list = move |connection: &Connection| {
            let topic = Topic::find(connection, &name)?;
            Ok::<_, Failure>(Subscription::of_topic(connection, &topic)?)
        };
        let (subscriptions, next_token) = shown(sns.store.run(list).await?, next_token.as_deref())?;
        Ok(ListSubscriptionsByTopicResponse { subscriptions: Some(subscriptions), next_token })
    }
}

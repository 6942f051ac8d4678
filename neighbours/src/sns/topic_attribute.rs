//! The attributes of topics, as requests ask for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use serde_json::json;
use wire::sns::input::{GetTopicAttributes, SetTopicAttributes};
use wire::sns::output::GetTopicAttributesResponse;

use crate::boolean;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sns::name::TopicName;
use crate::sns::service::{Sns, topic_of};
use crate::sns::stored::Topic;

impl Operation<Sns> for GetTopicAttributes {
    type Output = GetTopicAttributesResponse;

    async fn run(
        self,
        sns: &Arc<Sns>,
        cx: &Context<'_>,
    ) -> Result<GetTopicAttributesResponse, Failure> {
        let GetTopicAttributes { topic_arn } = self;
        let name = topic_of(cx, "TopicArn", &topic_arn)?;
        let attributes = sns.store.run(move |connection| all(connection, &name)).await?;
        Ok(GetTopicAttributesResponse { attributes: Some(attributes) })
    }
}

/// All that a topic tells.
fn all(connection: &Connection, name: &TopicName) -> Result<BTreeMap<String, String>, Failure> {
    let topic = Topic::find(connection, name)?;
    let (confirmed, pending, deleted): (i64, i64, i64) = connection
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE token IS NULL), count(*) FILTER (WHERE token IS NOT NULL),
                    (SELECT deleted FROM topic WHERE id = ?1)
             FROM subscription WHERE topic = ?1",
        )?
        .query_row([topic.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut all = topic.settings.all(name);
    for (attribute, value) in [
        ("TopicArn", name.arn()),
        ("Owner", format!("{:012}", name.account)),
        ("SubscriptionsConfirmed", confirmed.to_string()),
        ("SubscriptionsPending", pending.to_string()),
        ("SubscriptionsDeleted", deleted.to_string()),
        ("EffectiveDeliveryPolicy", delivery_policy()),
    ] {
        all.insert(attribute.to_owned(), value);
    }
    Ok(all)
}

/// What AWS tells of every topic of which nothing else was said, about a protocol that is not served.
fn delivery_policy() -> String {
    json!({"http": {
        "defaultHealthyRetryPolicy": {
            "minDelayTarget": 20,
            "maxDelayTarget": 20,
            "numRetries": 3,
            "numMaxDelayRetries": 0,
            "numNoDelayRetries": 0,
            "numMinDelayRetries": 0,
            "backoffFunction": "linear",
        },
        "disableSubscriptionOverrides": false,
        "defaultRequestPolicy": {"headerContentType": "text/plain; charset=UTF-8"},
    }})
    .to_string()
}

impl Operation<Sns> for SetTopicAttributes {
    type Output = ();

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<(), Failure> {
        let SetTopicAttributes { topic_arn, attribute_name, attribute_value } = self;
        let name = topic_of(cx, "TopicArn", &topic_arn)?;
        let set = move |connection: &Connection| {
            let mut topic = Topic::find(connection, &name)?;
            let value = boolean::value(&attribute_name, attribute_value.unwrap_or_default());
            let set = topic.settings.set(&name, &attribute_name, &value);
            set.map_err(|why| why.of_change(&attribute_name))?;
            Ok::<_, Failure>(topic.keep(connection)?)
        };
        sns.store.run(set).await
    }
}

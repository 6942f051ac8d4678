//! Permissions: statements of a topic's policy, each by its label.

use std::sync::Arc;

use rusqlite::Connection;
use serde_json::{Value, json};
use wire::sns::input::{AddPermission, RemovePermission};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sns::name::{TopicName, account_number};
use crate::sns::refusal::invalid;
use crate::sns::service::{Sns, topic_of};
use crate::sns::settings::{ACTIONS, default_policy};
use crate::sns::stored::Topic;

/// Changes the statements of a topic's policy.
async fn change(
    sns: &Sns,
    name: TopicName,
    change: impl FnOnce(&mut Vec<Value>) -> Result<(), Failure> + Send + 'static,
) -> Result<(), Failure> {
    let work = move |connection: &Connection| {
        let mut topic = Topic::find(connection, &name)?;
        let policy = topic.settings.policy().and_then(|text| serde_json::from_str(text).ok());
        let mut policy: Value = policy.unwrap_or_else(|| default_policy(&name));
        let mut statements = match policy["Statement"].take() {
            Value::Array(statements) => statements,
            one => vec![one],
        };
        change(&mut statements)?;
        let text = match statements.is_empty() {
            true => String::new(),
            false => {
                policy["Statement"] = Value::Array(statements);
                policy.to_string()
            }
        };
        let set = topic.settings.set(&name, "Policy", &text);
        set.map_err(|why| why.of_change("Policy"))?;
        Ok(topic.keep(connection)?)
    };
    sns.store.run(work).await
}

/// One value as itself, several as a list.
fn listed(mut values: Vec<String>) -> Value {
    match values.len() {
        1 => values.remove(0).into(),
        _ => values.into(),
    }
}

impl Operation<Sns> for AddPermission {
    type Output = ();

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<(), Failure> {
        let AddPermission { topic_arn, label, aws_account_id, action_name } = self;
        let name = topic_of(cx, "TopicArn", &topic_arn)?;
        let is_label = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if label.is_empty() || label.len() > 80 || !label.chars().all(is_label) {
            return Err(invalid("Label").into());
        }
        if aws_account_id.is_empty()
            || !aws_account_id.iter().all(|id| account_number(id).is_some())
        {
            return Err(invalid("AWSAccountId").into());
        }
        if action_name.is_empty() || !action_name.iter().all(|it| ACTIONS.contains(&it.as_str())) {
            return Err(invalid("Policy statement action out of service scope!").into());
        }
        let resource = name.arn();
        change(sns, name, move |statements| {
            if statements.iter().any(|statement| statement["Sid"] == label.as_str()) {
                return Err(invalid("Statement already exists").into());
            }
            let of = |id: String| format!("arn:aws:iam::{id}:root");
            let accounts = aws_account_id.into_iter().map(of).collect();
            let actions = action_name.into_iter().map(|action| format!("SNS:{action}")).collect();
            statements.push(json!({
                "Sid": label,
                "Effect": "Allow",
                "Principal": {"AWS": listed(accounts)},
                "Action": listed(actions),
                "Resource": resource,
            }));
            Ok(())
        })
        .await
    }
}

impl Operation<Sns> for RemovePermission {
    type Output = ();

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<(), Failure> {
        let RemovePermission { topic_arn, label } = self;
        let name = topic_of(cx, "TopicArn", &topic_arn)?;
        // A label that is not there is removed.
        change(sns, name, move |statements| {
            statements.retain(|statement| statement["Sid"] != label.as_str());
            Ok(())
        })
        .await
    }
}

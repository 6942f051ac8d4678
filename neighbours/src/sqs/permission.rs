//! Permissions: statements of a queue's policy, each by its label.

use std::sync::Arc;

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use wire::sqs::error;
use wire::sqs::input::{AddPermission, RemovePermission};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sqs::name::{QueueName, of_url};
use crate::sqs::refusal::not_taken;
use crate::sqs::service::Sqs;
use crate::sqs::settings::POLICY;
use crate::sqs::stored::Queue;
use crate::time::now;

/// What may be permitted.
const ACTIONS: [&str; 7] = [
    "*",
    "ChangeMessageVisibility",
    "DeleteMessage",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ReceiveMessage",
    "SendMessage",
];

/// Actions of one statement, and statements of a policy.
const MOST_ACTIONS: usize = 7;
const STATEMENTS: usize = 20;

/// Changes the statements of a queue's policy.
async fn change(
    sqs: &Sqs,
    name: QueueName,
    change: impl FnOnce(&QueueName, &mut Vec<Value>) -> Result<(), Failure> + Send + 'static,
) -> Result<(), Failure> {
    let work = move |connection: &Connection| {
        let queue = Queue::find(connection, &name)?;
        let policy = queue.settings.policy().and_then(|text| serde_json::from_str(text).ok());
        let mut policy: Value = policy.unwrap_or_else(
            || json!({"Version": "2008-10-17", "Id": format!("{}/SQSDefaultPolicy", name.arn())}),
        );
        let mut statements = match policy["Statement"].take() {
            Value::Array(statements) => statements,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        let before = statements.len();
        change(&name, &mut statements)?;
        let text = match statements.is_empty() {
            true => String::new(),
            false => {
                let count = statements.len();
                policy["Statement"] = Value::Array(statements);
                let text = policy.to_string();
                if count > before && (count > STATEMENTS || text.len() > POLICY) {
                    let message = format!(
                        "A queue's policy can have {STATEMENTS} statements and {POLICY} bytes."
                    );
                    return Err(error("OverLimit", message).into());
                }
                text
            }
        };
        let given = [("Policy".to_owned(), text)].into();
        let settings = queue.settings.with(&name, queue.is_fifo(), &given)?;
        connection
            .prepare_cached("UPDATE queue SET attributes = ?2, modified = ?3 WHERE id = ?1")?
            .execute(params![queue.row, settings.spell(), now()])?;
        Ok(())
    };
    sqs.store.run(work).await
}

/// One value as itself, several as a list.
fn listed(mut values: Vec<String>) -> Value {
    match values.len() {
        1 => values.remove(0).into(),
        _ => values.into(),
    }
}

impl Operation<Sqs> for AddPermission {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let AddPermission { queue_url, label, aws_account_ids, actions } = self;
        let name = of_url(cx, &queue_url)?;
        let is_label = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if label.is_empty() || label.len() > 80 || !label.chars().all(is_label) {
            let reason = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 \
                          in length";
            return Err(not_taken(&label, "Label", reason).into());
        }
        let is_account = |id: &String| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
        if let Some(bad) = aws_account_ids.iter().find(|id| !is_account(id)) {
            let reason = "Unable to verify.";
            return Err(not_taken(bad, "PrincipalId", reason).into());
        }
        let reason = "Please refer to the appropriate WSDL for a list of valid actions. ";
        if let Some(bad) = actions.iter().find(|action| !ACTIONS.contains(&action.as_str())) {
            let value = format!("SQS:{bad}");
            return Err(not_taken(&value, "ActionName", reason.trim_end()).into());
        }
        if actions.len() > MOST_ACTIONS {
            let message =
                format!("{} Actions were found, maximum allowed is {MOST_ACTIONS}.", actions.len());
            return Err(error("OverLimit", message).into());
        }
        change(sqs, name, move |name, statements| {
            if statements.iter().any(|statement| statement["Sid"] == label.as_str()) {
                return Err(not_taken(&label, "Label", "Already exists.").into());
            }
            let of = |id: String| format!("arn:aws:iam::{id}:root");
            let accounts = aws_account_ids.into_iter().map(of).collect();
            let actions = actions.into_iter().map(|action| format!("SQS:{action}")).collect();
            statements.push(json!({
                "Sid": label,
                "Effect": "Allow",
                "Principal": {"AWS": listed(accounts)},
                "Action": listed(actions),
                "Resource": name.arn(),
            }));
            Ok(())
        })
        .await
    }
}

impl Operation<Sqs> for RemovePermission {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let RemovePermission { queue_url, label } = self;
        let name = of_url(cx, &queue_url)?;
        change(sqs, name, move |_, statements| {
            let before = statements.len();
            statements.retain(|statement| statement["Sid"] != label.as_str());
            match statements.len() == before {
                false => Ok(()),
                true => {
                    let reason = "can't find label on existing policy.";
                    Err(not_taken(&label, "Label", reason).into())
                }
            }
        })
        .await
    }
}

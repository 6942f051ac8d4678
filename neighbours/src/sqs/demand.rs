//! What operations of SQS demand of their callers: actions on queues.

use rusqlite::Connection;
use serde_json::Value;

use super::name::QueueName;
use super::stored::Queue;
use super::task::{source_of, task_of};
use crate::failure::Failure;
use crate::operation::{Demand, Scope};

/// The members that say what an operation is about.
const TELLING: [&str; 9] = [
    "DestinationArn",
    "QueueName",
    "QueueOwnerAWSAccountId",
    "QueueUrl",
    "SourceArn",
    "TagKeys",
    "Tags",
    "TaskHandle",
    "tags",
];

/// What of an input says what the operation is about: messages are long.
pub(super) fn telling(input: &Value) -> Value {
    let members = TELLING.iter().map(|member| ((*member).to_owned(), input[*member].clone()));
    members.filter(|(_, value)| !value.is_null()).collect()
}

/// What is done to the dead-letter queue of a task beside what the task's operation is called.
const OF_SOURCE: [&str; 3] = ["DeleteMessage", "GetQueueAttributes", "ReceiveMessage"];

/// What an operation demands. Queues that are not there are refused as such, or made.
pub(super) fn of(
    connection: &Connection,
    scope: &Scope,
    operation: &str,
    input: &Value,
) -> Result<Vec<Demand>, Failure> {
    let text = |member: &str| input[member].as_str();
    // A batch is its operation many times.
    let own = operation.strip_suffix("Batch").unwrap_or(operation);
    let named = match (text("QueueUrl"), text("QueueName")) {
        (Some(url), _) => QueueName::of_url(url, &scope.region),
        (None, Some(name)) => {
            let mut name = QueueName::new(scope, name);
            let owner = text("QueueOwnerAWSAccountId").and_then(|number| number.parse().ok());
            name.account = owner.unwrap_or(name.account);
            Some(name)
        }
        (None, None) => {
            let given = text("TaskHandle").and_then(task_of);
            let of_task = given.map(|id| source_of(connection, &id)).transpose()?.flatten();
            let source = text("SourceArn").map(str::to_owned).or(of_task);
            match source.as_deref().and_then(QueueName::of_arn) {
                Some(source) => return of_moves(connection, own, source, input),
                None => None,
            }
        }
    };
    let Some(name) = named else { return Ok(vec![Demand::new(format!("sqs:{own}"), "*")]) };
    let mut demand = on(connection, own, &name)?;
    let given = ["Tags", "tags"].iter().find_map(|member| input[*member].as_object());
    let given = given
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| value.as_str().map(|value| (key.clone(), value.to_owned())));
    demand.request_tags = given.collect();
    demand.tag_keys(&input["TagKeys"]);
    Ok(vec![demand])
}

/// What a task that moves messages demands: what it does to each queue.
fn of_moves(
    connection: &Connection,
    own: &str,
    source: QueueName,
    input: &Value,
) -> Result<Vec<Demand>, Failure> {
    let mut all = vec![on(connection, own, &source)?];
    for action in OF_SOURCE {
        all.push(on(connection, action, &source)?);
    }
    if own == "StartMessageMoveTask" {
        let targets = match input["DestinationArn"].as_str() {
            Some(arn) => QueueName::of_arn(arn).into_iter().collect(),
            // Back to wherever they may have come from.
            None => match Queue::look(connection, &source)? {
                Some(queue) => queue.sources(connection)?,
                None => Vec::new(),
            },
        };
        for target in targets {
            all.push(on(connection, "SendMessage", &target)?);
        }
    }
    Ok(all)
}

/// An action on a queue.
fn on(connection: &Connection, action: &str, name: &QueueName) -> Result<Demand, Failure> {
    let mut demand = Demand::new(format!("sqs:{action}"), name.arn());
    demand.owner = Some(name.account);
    if let Some(queue) = Queue::look(connection, name)? {
        demand.policy = queue.settings.policy().map(str::to_owned);
        demand.resource_tags = queue.tags(connection)?.into_iter().collect();
    }
    Ok(demand)
}

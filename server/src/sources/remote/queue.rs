//! A queue at an endpoint.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::OnceCell;
use wire::arn::Arn;

use super::{Call, Remote};
use crate::sources::queue::{Asking, Queue, QueueFacts, SourceError};

/// Seconds for which a poll waits for messages: as long as SQS does.
const WAIT: u64 = 20;
/// How long a call may take, beside what it waits.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A queue at an endpoint.
pub(crate) struct RemoteQueue {
    remote: Arc<Remote>,
    region: String,
    account: String,
    name: String,
    url: OnceCell<String>,
}

impl RemoteQueue {
    pub(crate) fn new(remote: Arc<Remote>, arn: &Arn<'_>) -> RemoteQueue {
        RemoteQueue {
            remote,
            region: arn.region.to_owned(),
            account: arn.account.to_owned(),
            name: arn.resource.to_owned(),
            url: OnceCell::new(),
        }
    }

    async fn call(&self, operation: &str, input: &Value) -> Result<Value, SourceError> {
        let target = format!("AmazonSQS.{operation}");
        let call = Call {
            service: "sqs",
            region: &self.region,
            target: &target,
            version: "1.0",
            input,
            timeout: TIMEOUT + Duration::from_secs(WAIT),
        };
        self.remote.call(call).await
    }

    /// The queue's URL, asked for once.
    async fn url(&self) -> Result<&str, SourceError> {
        let url = self.url.get_or_try_init(|| async {
            let input = json!({"QueueName": self.name, "QueueOwnerAWSAccountId": self.account});
            let answer = self.call("GetQueueUrl", &input).await?;
            let url = answer["QueueUrl"].as_str().map(str::to_owned);
            url.ok_or_else(|| SourceError::new("InternalError", "the queue has no URL"))
        });
        url.await.map(String::as_str)
    }
}

impl Queue for RemoteQueue {
    fn describe(&self) -> Asking<'_, QueueFacts> {
        Box::pin(async {
            let input =
                json!({"QueueUrl": self.url().await?, "AttributeNames": ["VisibilityTimeout"]});
            let answer = self.call("GetQueueAttributes", &input).await?;
            let seconds = answer["Attributes"]["VisibilityTimeout"].as_str();
            let seconds = seconds.and_then(|text| text.parse().ok());
            Ok(QueueFacts { visibility_timeout: seconds.unwrap_or(30) })
        })
    }

    fn receive(&self, most: u32) -> Asking<'_, Vec<Value>> {
        Box::pin(async move {
            let input = json!({
                "QueueUrl": self.url().await?, "MaxNumberOfMessages": most, "WaitTimeSeconds": WAIT,
                "AttributeNames": ["All"], "MessageAttributeNames": ["All"],
            });
            let mut answer = self.call("ReceiveMessage", &input).await?;
            Ok(answer["Messages"].as_array_mut().map(std::mem::take).unwrap_or_default())
        })
    }

    fn delete(&self, handles: Vec<String>) -> Asking<'_, Vec<usize>> {
        Box::pin(async move {
            let entries: Vec<Value> = handles
                .iter()
                .enumerate()
                .map(|(at, handle)| json!({"Id": at.to_string(), "ReceiptHandle": handle}))
                .collect();
            let input = json!({"QueueUrl": self.url().await?, "Entries": entries});
            let answer = self.call("DeleteMessageBatch", &input).await?;
            let failed = answer["Failed"].as_array().into_iter().flatten();
            // What the caller is at fault for does not become better.
            let failed = failed.filter(|each| each["SenderFault"].as_bool() != Some(true));
            Ok(failed.filter_map(|each| each["Id"].as_str()?.parse().ok()).collect())
        })
    }

    fn send(&self, body: String) -> Asking<'_, ()> {
        Box::pin(async move {
            let input = json!({"QueueUrl": self.url().await?, "MessageBody": body});
            self.call("SendMessage", &input).await.map(drop)
        })
    }
}

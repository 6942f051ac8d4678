//! A queue that is asked by SQS's operations.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::OnceCell;
use wire::arn::Arn;

use crate::sources::place::{Call, Place};
use crate::sources::queue::{Asking, Queue, QueueFacts, SourceError};

/// Seconds for which a poll waits for messages: as long as SQS does.
const WAIT: u64 = 20;
/// How long a poll that brings nothing takes at the least, where the service does not wait.
const EMPTY: Duration = Duration::from_millis(250);
/// How long a call may take, beside what it waits.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A queue, wherever it is.
pub(crate) struct QueueAt {
    place: Place,
    region: String,
    account: String,
    name: String,
    url: OnceCell<String>,
}

impl QueueAt {
    pub(crate) fn new(place: Place, arn: &Arn<'_>) -> QueueAt {
        QueueAt {
            place,
            region: arn.region.to_owned(),
            account: arn.account.to_owned(),
            name: arn.resource.to_owned(),
            url: OnceCell::new(),
        }
    }

    async fn call(&self, operation: &str, input: &Value) -> Result<Value, SourceError> {
        let call = Call {
            service: "sqs",
            region: &self.region,
            account: &self.account,
            prefix: "AmazonSQS",
            operation,
            version: "1.0",
            input,
            timeout: TIMEOUT + Duration::from_secs(WAIT),
        };
        self.place.call(call).await.map_err(as_told)
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

/// Lambda tells of a queue that is not there by its older code.
fn as_told(error: SourceError) -> SourceError {
    const OLDER: &str = "AWS.SimpleQueueService.NonExistentQueue";
    match error.code.as_str() {
        "QueueDoesNotExist" => SourceError { code: OLDER.to_owned(), ..error },
        _ => error,
    }
}

impl Queue for QueueAt {
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
            let began = Instant::now();
            let mut answer = self.call("ReceiveMessage", &input).await?;
            let messages = answer["Messages"].as_array_mut().map(std::mem::take);
            let messages = messages.unwrap_or_default();
            if messages.is_empty() && matches!(self.place, Place::There(_)) {
                tokio::time::sleep(EMPTY.saturating_sub(began.elapsed())).await;
            }
            // More than were asked for come again.
            Ok(messages.into_iter().take(most as usize).collect())
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

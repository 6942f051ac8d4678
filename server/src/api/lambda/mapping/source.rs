//! Event sources as mappings name them: which there are, and whether one is there.

use engine::record::mapping::{SourceKind, Starting};
use wire::ApiError;
use wire::arn::Arn;

use crate::api::lambda::invalid::invalid;
use crate::api::operation::Context;
use crate::iam::{Question, Values, account_number};

/// What a function needs of its source.
pub(super) struct Needs {
    /// Seconds for which it runs at the most.
    pub(super) timeout: u32,
    /// The ARN of the role in whose name the source is read.
    pub(super) role: String,
}

/// An event source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) arn: String,
    pub(super) kind: SourceKind,
}

impl Source {
    /// Reads an ARN.
    pub(super) fn read(arn: Option<&str>) -> Result<Source, ApiError> {
        let unknown = || invalid("Unrecognized event source.");
        let text = arn.ok_or_else(unknown)?;
        let arn = Arn::parse(text).ok_or_else(unknown)?;
        let kind = match arn.service {
            "sqs" if arn.resource.ends_with(".fifo") => SourceKind::FifoQueue,
            "sqs" => SourceKind::Queue,
            "kinesis" if arn.resource.starts_with("stream/") => SourceKind::Kinesis,
            "dynamodb" if arn.resource.contains("/stream/") => SourceKind::DynamoDb,
            other => {
                return Err(invalid(format!(
                    "Unrecognized event source. Warren has event source mappings of queues of sqs and of \
                     streams of kinesis and dynamodb, not of this resource of {other}."
                )));
            }
        };
        Ok(Source { arn: text.to_owned(), kind })
    }

    /// Where it is read from at first, which streams want to be told.
    pub(super) fn starting(
        &self,
        position: Option<&str>,
        timestamp: Option<i64>,
    ) -> Result<Option<Starting>, ApiError> {
        let unsupported =
            || invalid(format!("Unsupported starting position for arn type: {}", self.arn));
        if self.kind.is_queue() {
            return match (position, timestamp) {
                (None, None) => Ok(None),
                _ => Err(unsupported()),
            };
        }
        let starting = match (position, timestamp) {
            (None, _) => {
                return Err(invalid(
                    "1 validation error detected: Value null at 'startingPosition' failed to satisfy \
                     constraint: Member must not be null.",
                ));
            }
            (Some("TRIM_HORIZON"), None) => Starting::TrimHorizon,
            (Some("LATEST"), None) => Starting::Latest,
            (Some("AT_TIMESTAMP"), Some(at)) if self.kind == SourceKind::Kinesis => {
                Starting::At(u64::try_from(at).unwrap_or(0))
            }
            _ => return Err(unsupported()),
        };
        Ok(Some(starting))
    }

    /// Whether it is there, and does what the function needs.
    pub(super) async fn check(&self, cx: &Context<'_>, needs: &Needs) -> Result<(), ApiError> {
        self.check_owner(cx)?;
        if !self.kind.is_queue() {
            return self.check_stream(cx, &needs.role).await;
        }
        if let Some(action) = self.first_refused(cx, &needs.role) {
            return Err(invalid(format!(
                "The provided execution role does not have permissions to call {action} on SQS"
            )));
        }
        let timeout = needs.timeout;
        let queue = cx.endpoint.sources.queue(&self.arn);
        let described = match queue {
            Ok(queue) => queue.describe().await,
            Err(error) => Err(error),
        };
        let facts = described.map_err(|error| {
            invalid(format!(
                "Error occurred while ReceiveMessage. SQS Error Code: {}. SQS Error Message: {}",
                error.code, error.message
            ))
        })?;
        match facts.visibility_timeout < timeout {
            true => Err(invalid(format!(
                "Queue visibility timeout: {} seconds is less than Function timeout: {timeout} seconds",
                facts.visibility_timeout
            ))),
            false => Ok(()),
        }
    }

    /// Whether it is the function's account's own, where this server has it: it is read as that
    /// account, whose things it must be.
    fn check_owner(&self, cx: &Context<'_>) -> Result<(), ApiError> {
        let arn = Arn::parse(&self.arn);
        let is_own = arn.is_some_and(|it| account_number(it.account) == Some(cx.scope.account));
        match is_own || !cx.endpoint.sources.are_here(self.kind) {
            true => Ok(()),
            false => Err(invalid(format!(
                "Warren does not support event sources of another account ({}).",
                self.arn
            ))),
        }
    }

    /// What a role may not do of what reading the source takes, where that is asked.
    fn first_refused(&self, cx: &Context<'_>, role: &str) -> Option<&'static str> {
        let stream = &["DescribeStream", "GetShardIterator", "GetRecords"];
        let (service, actions) = match self.kind {
            SourceKind::Queue | SourceKind::FifoQueue => {
                ("sqs", &["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"])
            }
            SourceKind::Kinesis => ("kinesis", stream),
            SourceKind::DynamoDb => ("dynamodb", stream),
        };
        let iam = &cx.endpoint.iam;
        // A role reads the stream for a consumer of it.
        let resource = self.arn.split("/consumer/").next().unwrap_or(&self.arn);
        let may = |action: &&str| {
            let (action, values) = (format!("{service}:{action}"), Values::default());
            iam.lets_role(role, &Question { action: &action, resource, values: &values })
        };
        actions.iter().copied().find(|action| iam.enforces() && !may(action))
    }

    /// Whether a stream is there, and a role may read it.
    async fn check_stream(&self, cx: &Context<'_>, role: &str) -> Result<(), ApiError> {
        if self.first_refused(cx, role).is_some() {
            return Err(invalid(format!(
                "Cannot access stream {}. Please ensure the role can perform the GetRecords, \
                 GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.",
                self.arn
            )));
        }
        let stream = cx.endpoint.sources.stream(self.kind, &self.arn);
        let found = match stream {
            Ok(stream) => stream.shards().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(_) => Ok(()),
            Err(error) if error.code == "ResourceNotFoundException" => {
                Err(invalid(format!("Stream not found: {}", self.arn)))
            }
            Err(error) => Err(invalid(format!(
                "Cannot access stream {}. Please ensure the role can perform the GetRecords, \
                 GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. \
                 ({error})",
                self.arn
            ))),
        }
    }
}

//! Event sources as mappings name them: which there are, and whether one is there.

use engine::record::mapping::{Mapping, SourceKind, Starting, Topic};
use wire::ApiError;
use wire::arn::Arn;
use wire::lambda::input::{
    AmazonManagedKafkaEventSourceConfig, SelfManagedEventSource, SelfManagedKafkaEventSourceConfig,
};

use crate::api::lambda::invalid::invalid;
use crate::api::operation::Context;
use crate::iam::account_number;
use crate::sources::permission::first_refused;

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
    /// What is read of a cluster of Kafka.
    pub(super) topic: Option<Topic>,
}

/// What a request names a source by.
pub(super) struct Named {
    pub(super) arn: Option<String>,
    pub(super) cluster: Option<SelfManagedEventSource>,
    pub(super) topics: Option<Vec<String>>,
    pub(super) of_msk: Option<AmazonManagedKafkaEventSourceConfig>,
    pub(super) of_cluster: Option<SelfManagedKafkaEventSourceConfig>,
}

/// How a self-managed cluster is found.
const SERVERS: &str = "KAFKA_BOOTSTRAP_SERVERS";

impl Source {
    /// The source of a mapping.
    pub(super) fn of(mapping: &Mapping) -> Source {
        let Mapping { source, kind, topic, .. } = mapping;
        Source { arn: source.clone(), kind: *kind, topic: topic.clone() }
    }

    /// Reads what a source is named by.
    pub(super) fn read(named: Named) -> Result<Source, ApiError> {
        let unknown = || invalid("Unrecognized event source.");
        let Named { arn, cluster, topics, of_msk, of_cluster } = named;
        let source = match (&arn, &cluster) {
            (Some(arn), None) => Source::of_arn(arn)?,
            (None, Some(cluster)) => Source::of_cluster(cluster)?,
            (None, None) | (Some(_), Some(_)) => return Err(unknown()),
        };
        let unsupported: &[(&str, bool)] = match source.kind {
            SourceKind::Msk => &[("SelfManagedKafkaEventSourceConfig", of_cluster.is_some())],
            SourceKind::Kafka => &[("AmazonManagedKafkaEventSourceConfig", of_msk.is_some())],
            _ => &[
                ("SelfManagedKafkaEventSourceConfig", of_cluster.is_some()),
                ("AmazonManagedKafkaEventSourceConfig", of_msk.is_some()),
                ("Topics", topics.is_some()),
            ],
        };
        if let Some((name, _)) = unsupported.iter().find(|(_, is_given)| *is_given) {
            return Err(invalid(format!(
                "Unsupported {name} parameter for given event source mapping type."
            )));
        }
        if !source.kind.is_kafka() {
            return Ok(source);
        }
        let name = topics.into_iter().flatten().next();
        let name = name.ok_or_else(|| invalid("Required 'topics' parameter is missing."))?;
        let group = of_msk.and_then(|config| config.consumer_group_id);
        let group = group.or(of_cluster.and_then(|config| config.consumer_group_id));
        Ok(Source { topic: Some(Topic { name, group }), ..source })
    }

    /// A self-managed cluster.
    fn of_cluster(cluster: &SelfManagedEventSource) -> Result<Source, ApiError> {
        let endpoints = cluster.endpoints.as_ref();
        let servers = endpoints.and_then(|endpoints| endpoints.get(SERVERS));
        let servers = servers.filter(|servers| !servers.is_empty());
        let servers = servers.ok_or_else(|| invalid("Unrecognized event source."))?;
        Ok(Source { arn: servers.join(","), kind: SourceKind::Kafka, topic: None })
    }

    fn of_arn(text: &str) -> Result<Source, ApiError> {
        let unknown = || invalid("Unrecognized event source.");
        let arn = Arn::parse(text).ok_or_else(unknown)?;
        let kind = match arn.service {
            "sqs" if arn.resource.ends_with(".fifo") => SourceKind::FifoQueue,
            "sqs" => SourceKind::Queue,
            "kinesis" if arn.resource.starts_with("stream/") => SourceKind::Kinesis,
            "dynamodb" if arn.resource.contains("/stream/") => SourceKind::DynamoDb,
            "kafka" if arn.resource.starts_with("cluster/") => SourceKind::Msk,
            other => {
                return Err(invalid(format!(
                    "Unrecognized event source. Warren has event source mappings of queues of sqs, of \
                     streams of kinesis and dynamodb, and of clusters of kafka, not of this resource of \
                     {other}."
                )));
            }
        };
        Ok(Source { arn: text.to_owned(), kind, topic: None })
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
            (Some("AT_TIMESTAMP"), Some(at)) if self.kind != SourceKind::DynamoDb => {
                Starting::At(u64::try_from(at).unwrap_or(0))
            }
            _ => return Err(unsupported()),
        };
        Ok(Some(starting))
    }

    /// Whether it is there, and does what the function needs.
    pub(super) async fn check(&self, cx: &Context<'_>, needs: &Needs) -> Result<(), ApiError> {
        if self.kind.is_kafka() {
            return self.check_cluster(cx, &needs.role);
        }
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
        let refused = first_refused(&cx.endpoint.iam, self.kind, &self.arn, role);
        refused.map(|refused| refused.action)
    }

    /// Whether it is known where a cluster is, and a role may ask for that. That it can be read is seen when
    /// it is.
    fn check_cluster(&self, cx: &Context<'_>, role: &str) -> Result<(), ApiError> {
        if self.kind == SourceKind::Kafka {
            return Ok(());
        }
        if let Some(action) = self.first_refused(cx, role) {
            return Err(invalid(format!(
                "Cannot access cluster {}. Please ensure the role can perform the 'kafka:{action}' action on \
                 your cluster in IAM.",
                self.arn
            )));
        }
        match cx.endpoint.sources.cluster(&self.arn) {
            Some(_) => Ok(()),
            None => Err(invalid(format!(
                "Cluster not found: {}. Warren is told where a cluster is when it is started: warren serve \
                 --msk ARN=HOST:PORT.",
                self.arn
            ))),
        }
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

//! Why a cluster is not read, and what AWS tells of it.

use std::io;

use crate::sources::queue::SourceError;

/// Why a cluster is not read.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum KafkaError {
    #[error("broker {broker} is not reached: {why}")]
    Unreached { broker: String, why: String },
    #[error("connection to broker {broker} broke: {why}")]
    Broken { broker: String, why: String },
    #[error("broker {0} did not answer in time")]
    Silent(String),
    #[error("an answer of a broker is not understood")]
    Answer,
    #[error("a broker's answer of {0} bytes is larger than one may be")]
    AnswerTooLarge(usize),
    #[error(
        "broker {broker} speaks {request} in versions {least} to {most}, and not in version {ours}"
    )]
    Version { broker: String, request: &'static str, least: i16, most: i16, ours: i16 },
    #[error("certificate of broker {broker} is not trusted: {why}")]
    Untrusted { broker: String, why: String },
    #[error("broker {broker} does not take this client's certificate: {why}")]
    NotTaken { broker: String, why: String },
    #[error("secret {secret} cannot be used: {why}")]
    Secret { secret: String, why: String },
    #[error("certificate or private key of secret {secret} cannot be used: {why}")]
    Certificate { secret: String, why: String },
    #[error("broker {broker} does not take name and password by {mechanism}: {why}")]
    Login { broker: String, mechanism: &'static str, why: String },
    #[error("{what}: {} (error {code})", code_word(*code))]
    Code { what: String, code: i16 },
    #[error("topic {0} has no partition {1}")]
    NoPartition(String, i32),
    #[error("records of offset {0} on are of a message format that is older than Kafka 0.11")]
    Format(i64),
    #[error("records of offset {0} on cannot be read: {1}")]
    Records(i64, &'static str),
}

/// Codes of errors that are told apart.
pub(super) mod code {
    pub(crate) const OFFSET_OUT_OF_RANGE: i16 = 1;
    pub(crate) const UNKNOWN_TOPIC_OR_PARTITION: i16 = 3;
    pub(crate) const LEADER_NOT_AVAILABLE: i16 = 5;
    pub(crate) const NOT_LEADER: i16 = 6;
    pub(crate) const REPLICA_NOT_AVAILABLE: i16 = 9;
    pub(crate) const COORDINATOR_NOT_AVAILABLE: i16 = 15;
    pub(crate) const NOT_COORDINATOR: i16 = 16;
    pub(crate) const TOPIC_AUTHORIZATION_FAILED: i16 = 29;
    pub(crate) const GROUP_AUTHORIZATION_FAILED: i16 = 30;
    pub(crate) const CLUSTER_AUTHORIZATION_FAILED: i16 = 31;
    pub(crate) const UNSUPPORTED_SASL_MECHANISM: i16 = 33;
    pub(crate) const FENCED_LEADER: i16 = 74;
}

/// What Kafka calls an error.
fn code_word(code: i16) -> &'static str {
    match code {
        code::OFFSET_OUT_OF_RANGE => "offset out of range",
        code::UNKNOWN_TOPIC_OR_PARTITION => "unknown topic or partition",
        code::LEADER_NOT_AVAILABLE => "leader not available",
        code::NOT_LEADER => "not leader for partition",
        code::REPLICA_NOT_AVAILABLE => "replica not available",
        code::COORDINATOR_NOT_AVAILABLE => "coordinator not available",
        code::NOT_COORDINATOR => "not coordinator",
        code::TOPIC_AUTHORIZATION_FAILED => "topic authorization failed",
        code::GROUP_AUTHORIZATION_FAILED => "group authorization failed",
        code::CLUSTER_AUTHORIZATION_FAILED => "cluster authorization failed",
        code::UNSUPPORTED_SASL_MECHANISM => "unsupported SASL mechanism",
        code::FENCED_LEADER => "fenced leader epoch",
        _ => "refused",
    }
}

impl KafkaError {
    /// What AWS tells of it.
    fn problem(&self) -> Option<&'static str> {
        match self {
            KafkaError::Unreached { .. } | KafkaError::Broken { .. } | KafkaError::Silent(_) => {
                Some(
                    "PROBLEM: Connection error. Please check your event source connection \
                     configuration.",
                )
            }
            KafkaError::Untrusted { .. } => Some("PROBLEM: Lambda failed to authenticate server"),
            KafkaError::NotTaken { .. } => Some("PROBLEM: Server failed to authenticate Lambda"),
            KafkaError::Certificate { .. } => {
                Some("PROBLEM: Provided certificate or private key is invalid")
            }
            KafkaError::Login { .. } => Some("PROBLEM: SASL authentication failed"),
            KafkaError::Code {
                code:
                    code::TOPIC_AUTHORIZATION_FAILED
                    | code::GROUP_AUTHORIZATION_FAILED
                    | code::CLUSTER_AUTHORIZATION_FAILED,
                ..
            } => Some("PROBLEM: Cluster failed to authorize Lambda"),
            _ => None,
        }
    }

    /// Whether somebody else may answer what this broker did not.
    pub(super) fn is_of_broker(&self) -> bool {
        match self {
            KafkaError::Unreached { .. } | KafkaError::Broken { .. } | KafkaError::Silent(_) => {
                true
            }
            KafkaError::Code { code, .. } => matches!(
                *code,
                code::UNKNOWN_TOPIC_OR_PARTITION
                    | code::LEADER_NOT_AVAILABLE
                    | code::NOT_LEADER
                    | code::REPLICA_NOT_AVAILABLE
                    | code::COORDINATOR_NOT_AVAILABLE
                    | code::NOT_COORDINATOR
                    | code::FENCED_LEADER
            ),
            _ => false,
        }
    }

    pub(super) fn broken(broker: &str, error: &io::Error) -> KafkaError {
        KafkaError::Broken { broker: broker.to_owned(), why: error.to_string() }
    }
}

impl From<KafkaError> for SourceError {
    fn from(error: KafkaError) -> SourceError {
        let problem = error.problem();
        SourceError { problem, ..SourceError::new("Kafka", error.to_string()) }
    }
}

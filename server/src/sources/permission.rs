//! What reading a source takes of the role of a mapping's function, where roles are enforced: asked when a
//! mapping is made, and each time that its source is read.

use engine::record::mapping::SourceKind;

use crate::iam::{Iam, Question, Values};
use crate::sources::queue::SourceError;

/// An action that a role may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused {
    /// For instance `sqs`.
    pub(crate) service: &'static str,
    /// For instance `ReceiveMessage`.
    pub(crate) action: &'static str,
}

impl Refused {
    /// As a service says it that is asked by the role.
    pub(super) fn told(self, role: &str, source: &str) -> SourceError {
        let Refused { service, action } = self;
        let message = format!(
            "User: {role} is not authorized to perform: {service}:{action} on resource: {source}"
        );
        SourceError::new("AccessDeniedException", message)
    }
}

/// What a role may not do of what reading a source takes, if anything.
pub(crate) fn first_refused(
    iam: &Iam,
    kind: SourceKind,
    source: &str,
    role: &str,
) -> Option<Refused> {
    if !iam.enforces() {
        return None;
    }
    let stream = &["DescribeStream", "GetShardIterator", "GetRecords"];
    let (service, actions): (&'static str, &[&'static str]) = match kind {
        SourceKind::Queue | SourceKind::FifoQueue => {
            ("sqs", &["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"])
        }
        SourceKind::Kinesis => ("kinesis", stream),
        SourceKind::DynamoDb => ("dynamodb", stream),
        SourceKind::Msk => ("kafka", &["DescribeCluster", "GetBootstrapBrokers"]),
        // Whoever has its name and password may read it.
        SourceKind::Kafka => return None,
    };
    // A role reads the stream for a consumer of it.
    let resource = source.split("/consumer/").next().unwrap_or(source);
    let may = |action: &&str| {
        let (action, values) = (format!("{service}:{action}"), Values::default());
        iam.lets_role(role, &Question { action: &action, resource, values: &values })
    };
    let action = actions.iter().copied().find(|action| !may(action))?;
    Some(Refused { service, action })
}

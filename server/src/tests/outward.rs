//! What services do to each other's things, where IAM is enforced and where it is not.

use neighbours::{Actor, Context, Outward, Scope};
use serde_json::{Value, json};

use super::harness::{Server, Setup};
use crate::iam::Rules;

const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";
const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:t";

/// Asks SQS as the root of the account does.
async fn ask(server: &Server, operation: &str, input: Value) {
    let operation = wire::sqs::SERVICE.operation(operation).expect("an operation");
    let cx = Context {
        scope: Scope { account: 0, region: "us-east-1".into() },
        caller: "root".into(),
        caller_id: "root".into(),
        host: "localhost",
        is_tls: false,
        trace: None,
        exchange: None,
        judge: None,
    };
    let answered = server.endpoint.neighbours.answer(&cx, operation, input).await;
    answered.expect("SQS is served").expect("granted");
}

/// Has a topic send to the queue; the code of what refuses it.
async fn send(server: &Server) -> Option<String> {
    let actor = Actor {
        principal: "sns.amazonaws.com",
        source_arn: TOPIC.into(),
        source_account: 0,
        role: None,
        trace: None,
    };
    let operation = wire::sqs::SERVICE.operation("SendMessage").expect("an operation");
    let input = json!({"QueueUrl": "http://localhost/000000000000/q", "MessageBody": "x"});
    let sent = server.endpoint.reach.call(&actor, operation, QUEUE, input).await;
    sent.err().map(|why| why.code.into_owned())
}

#[tokio::test]
async fn a_service_is_let_through_or_not_and_kindness_is_told() {
    for enforces in [false, true] {
        let rules = Rules { enforces, ..Rules::default() };
        let server = Server::start_with(Setup { rules, ..Setup::default() });
        ask(&server, "CreateQueue", json!({"QueueName": "q"})).await;
        let (refused, told) = match enforces {
            true => (Some("AccessDeniedException".to_owned()), Vec::new()),
            false => (None, vec![format!("sns.amazonaws.com {QUEUE}")]),
        };
        assert_eq!(send(&server).await, refused);
        assert_eq!(send(&server).await, refused);
        assert_eq!(server.endpoint.reach.kinder(), told);
        let policy = json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Resource": QUEUE,
            "Action": "sqs:SendMessage", "Condition": {"ArnEquals": {"aws:SourceArn": TOPIC}},
        }});
        let attributes = json!({"Policy": policy.to_string()});
        let url = "http://localhost/000000000000/q";
        ask(&server, "SetQueueAttributes", json!({"QueueUrl": url, "Attributes": attributes}))
            .await;
        assert_eq!(send(&server).await, None);
        assert_eq!(server.endpoint.reach.kinder(), told);
    }
}

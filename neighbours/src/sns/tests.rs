//! SNS with SQS beside it, as they are asked within the process.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use wire::ApiError;

use crate::Neighbours;
use crate::operation::{Context, Scope, Setup};
use crate::outward::{Actor, InvokeError, Outward, Promise};
use crate::sqs::{QueueName, Receive};

/// Queues are those beside it; functions are remembered, and take what their names say.
#[derive(Debug, Default)]
struct Near {
    neighbours: OnceLock<Weak<Neighbours>>,
    invoked: Mutex<Vec<(String, Value, String)>>,
    /// How many calls of queues are still to fail.
    failures: AtomicUsize,
}

impl Near {
    fn fails(&self) -> bool {
        let left = |left: usize| left.checked_sub(1);
        self.failures.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).is_ok()
    }
}

impl Outward for Near {
    fn invoke<'a>(
        &'a self,
        actor: &'a Actor,
        function: &'a str,
        event: Bytes,
        cause: &'a str,
    ) -> Promise<'a, Result<(), InvokeError>> {
        Box::pin(async move {
            assert_eq!(actor.principal, "sns.amazonaws.com");
            if function.ends_with(":denied") {
                return Err(InvokeError::Denied(function.to_owned()));
            }
            let event = serde_json::from_slice(&event).expect("JSON");
            let mut invoked = self.invoked.lock().expect("whole");
            invoked.push((function.to_owned(), event, cause.to_owned()));
            Ok(())
        })
    }

    fn call<'a>(
        &'a self,
        _: &'a Actor,
        operation: &'static wire::Operation,
        resource: &'a str,
        input: Value,
    ) -> Promise<'a, Result<Value, ApiError>> {
        Box::pin(async move {
            if self.fails() {
                return Err(ApiError::internal(operation.service));
            }
            assert!(resource.starts_with("arn:aws:sqs:eu-west-1:000000000007:"), "{resource}");
            if resource.ends_with(":silent") {
                // As one that is elsewhere may do it.
                return std::future::pending().await;
            }
            let neighbours = self.neighbours.get().and_then(Weak::upgrade).expect("there");
            neighbours.answer(&cx(), operation, input).await.expect("a neighbour's")
        })
    }
}

fn cx() -> Context<'static> {
    Context {
        scope: Scope { account: 7, region: "eu-west-1".into() },
        caller: "arn:aws:iam::000000000007:root".into(),
        caller_id: "000000000007".into(),
        host: "localhost:4566",
        is_tls: false,
        trace: None,
        exchange: None,
        judge: None,
    }
}

/// The services on a directory of their own, which goes with them.
struct Made {
    neighbours: Arc<Neighbours>,
    near: Arc<Near>,
    directory: PathBuf,
}

impl Made {
    fn new(name: &str) -> Made {
        let own = format!("warren-neighbours-sns-{name}-{}", std::process::id());
        Made::at(std::env::temp_dir().join(own))
    }

    fn at(directory: PathBuf) -> Made {
        let near = Arc::new(Near::default());
        let outward = Arc::clone(&near) as Arc<dyn Outward>;
        let setup = Setup { directory: directory.clone(), outward, takes_time: false };
        let neighbours = Neighbours::new(&setup);
        near.neighbours.set(Arc::downgrade(&neighbours)).expect("once");
        Made { neighbours, near, directory }
    }

    async fn try_ask(
        &self,
        service: &str,
        operation: &str,
        input: Value,
    ) -> Result<Value, ApiError> {
        let service = wire::SERVICES.into_iter().find(|it| it.name == service).expect("a service");
        let operation = service.operation(operation).expect("an operation");
        self.neighbours.answer(&cx(), operation, input).await.expect("a neighbour's")
    }

    async fn ask(&self, operation: &str, input: Value) -> Value {
        self.try_ask("sns", operation, input).await.expect(operation)
    }

    async fn refused(&self, operation: &str, input: Value) -> (String, String) {
        let why = self.try_ask("sns", operation, input).await.expect_err(operation);
        (why.query_code().to_owned(), why.message)
    }

    async fn topic(&self, name: &str, attributes: Value) -> String {
        let made = self.ask("CreateTopic", json!({"Name": name, "Attributes": attributes})).await;
        made["TopicArn"].as_str().expect("an ARN").to_owned()
    }

    async fn queue(&self, name: &str, attributes: Value) -> String {
        let input = json!({"QueueName": name, "Attributes": attributes});
        self.try_ask("sqs", "CreateQueue", input).await.expect("made");
        format!("arn:aws:sqs:eu-west-1:000000000007:{name}")
    }

    async fn subscribe(&self, topic: &str, endpoint: &str, attributes: Value) -> String {
        let protocol = endpoint.split(':').nth(2).expect("an ARN");
        let input = json!({"TopicArn": topic, "Protocol": protocol, "Endpoint": endpoint,
            "Attributes": attributes});
        let made = self.ask("Subscribe", input).await;
        made["SubscriptionArn"].as_str().expect("an ARN").to_owned()
    }

    /// The bodies of so many messages of a queue, in the order in which they come.
    async fn bodies(&self, queue: &str, count: usize) -> Vec<String> {
        let name = QueueName::of_arn(queue).expect("a queue");
        let mut bodies = Vec::new();
        while bodies.len() < count {
            let wait = Some(Duration::from_secs(20));
            let request = Receive { most: 10, visibility: None, wait, attempt: None };
            let received = self.neighbours.sqs().receive(&name, request).await.expect("there");
            assert!(!received.is_empty(), "{} of {count} came", bodies.len());
            let handles = received.iter().map(|message| message.handle.clone()).collect();
            bodies.extend(received.into_iter().map(|message| message.content.body));
            self.neighbours.sqs().delete(&name, handles).await.expect("there");
        }
        bodies
    }

    /// Ends the services as a server does, without removing what they have stored.
    fn end(self) -> PathBuf {
        self.neighbours.close();
        self.directory.clone()
    }
}

fn removed(directory: PathBuf) {
    // What stays is the next run's.
    drop(std::fs::remove_dir_all(directory));
}

#[tokio::test]
async fn a_queue_that_says_nothing_keeps_nothing_from_others() {
    let made = Made::new("silent");
    let topic = made.topic("t", json!({})).await;
    let (silent, other) = (made.queue("silent", json!({})).await, made.queue("q", json!({})).await);
    made.subscribe(&topic, &silent, json!({})).await;
    made.subscribe(&topic, &other, json!({"RawMessageDelivery": "true"})).await;
    let bodies: Vec<String> = (0..300).map(|number| number.to_string()).collect();
    for body in &bodies {
        made.ask("Publish", json!({"TopicArn": topic, "Message": body})).await;
    }
    let came: HashSet<String> = made.bodies(&other, bodies.len()).await.into_iter().collect();
    assert_eq!(came, bodies.into_iter().collect());
    removed(made.end());
}

#[tokio::test]
async fn queues_and_functions_get_what_they_want_of_a_topic() {
    let made = Made::new("fan");
    let topic = made.topic("t", json!({})).await;
    let (all, raw) = (made.queue("all", json!({})).await, made.queue("raw", json!({})).await);
    made.subscribe(&topic, &all, json!({})).await;
    let filter = json!({"RawMessageDelivery": "true", "FilterPolicy": r#"{"kind": ["b"]}"#});
    made.subscribe(&topic, &raw, filter).await;
    let function = "arn:aws:lambda:eu-west-1:000000000007:function:f";
    let subscription = made.subscribe(&topic, function, json!({})).await;
    let kind = |value: &str| json!({"kind": {"DataType": "String", "StringValue": value}});
    let mut ids = Vec::new();
    for value in ["a", "b"] {
        let input = json!({"TopicArn": topic, "Message": format!("m{value}"), "Subject": "s",
            "MessageAttributes": kind(value)});
        let published = made.ask("Publish", input).await;
        ids.push(published["MessageId"].as_str().expect("an id").to_owned());
    }
    assert_eq!(made.bodies(&raw, 1).await, ["mb"]);
    let texts = made.bodies(&all, 2).await;
    let found: HashSet<String> = texts
        .iter()
        .map(|text| {
            let read: Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(read["Type"], "Notification");
            assert_eq!((&read["Subject"], &read["Signature"]), (&json!("s"), &json!("")));
            assert!(
                text.starts_with("{\n  \"Type\" : \"Notification\",\n  \"MessageId\" : \""),
                "{text}"
            );
            assert!(
                text.contains(
                    r#""MessageAttributes" : {
    "kind" : {"Type":"String","Value":""#
                ),
                "{text}"
            );
            read["MessageId"].as_str().expect("an id").to_owned()
        })
        .collect();
    assert_eq!(found, ids.iter().cloned().collect());
    let invoked = loop {
        let invoked = made.near.invoked.lock().expect("whole").clone();
        if invoked.len() == 2 {
            break invoked;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    for (to, event, cause) in invoked {
        let record = &event["Records"][0];
        assert_eq!((to.as_str(), &record["EventSource"]), (function, &json!("aws:sns")));
        assert_eq!(record["EventSubscriptionArn"], subscription);
        let id = record["Sns"]["MessageId"].as_str().expect("an id");
        assert!(ids.iter().any(|known| known == id));
        assert_eq!(cause, format!("message {id} of {topic}"));
    }
    made.ask("Unsubscribe", json!({"SubscriptionArn": subscription})).await;
    let told = made.ask("GetTopicAttributes", json!({"TopicArn": topic})).await;
    let counts = ["SubscriptionsConfirmed", "SubscriptionsDeleted"];
    assert_eq!(counts.map(|name| told["Attributes"][name].clone()), [json!("2"), json!("1")]);
    removed(made.end());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_stay_in_order_though_deliveries_fail() {
    let made = Made::new("order");
    let topic = made.topic("t.fifo", json!({"FifoTopic": "true"})).await;
    let queue = made.queue("q.fifo", json!({"FifoQueue": "true"})).await;
    made.subscribe(&topic, &queue, json!({"RawMessageDelivery": "true"})).await;
    made.near.failures.store(9, Ordering::Relaxed);
    let mut last = String::new();
    for number in 0..60 {
        let input = json!({"TopicArn": topic, "Message": number.to_string(),
            "MessageGroupId": format!("g{}", number % 3), "MessageDeduplicationId": number.to_string()});
        let published = made.ask("Publish", input.clone()).await;
        assert_eq!(made.ask("Publish", input).await, published, "the same twice is one");
        let sequence = published["SequenceNumber"].as_str().expect("a number").to_owned();
        assert!(sequence > last && sequence.len() == 20, "{sequence} after {last}");
        last = sequence;
    }
    let numbers = made.bodies(&queue, 60).await;
    for group in 0..3 {
        let of_group = numbers.iter().map(|text| text.parse::<usize>().expect("a number"));
        let of_group: Vec<usize> = of_group.filter(|number| number % 3 == group).collect();
        assert_eq!(of_group.len(), 20);
        assert!(of_group.is_sorted(), "{of_group:?}");
    }
    removed(made.end());
}

#[tokio::test]
async fn what_cannot_be_delivered_goes_to_the_dead_letter_queue() {
    let made = Made::new("dead");
    let topic = made.topic("t", json!({})).await;
    let dead = made.queue("dead", json!({})).await;
    let redrive = json!({"RedrivePolicy": json!({"deadLetterTargetArn": dead}).to_string()});
    let denied = "arn:aws:lambda:eu-west-1:000000000007:function:denied";
    made.subscribe(&topic, denied, redrive.clone()).await;
    made.subscribe(&topic, "arn:aws:sqs:eu-west-1:000000000007:none", redrive).await;
    made.ask("Publish", json!({"TopicArn": topic, "Message": "m"})).await;
    for text in made.bodies(&dead, 2).await {
        let read: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read["Message"], "m");
    }
    removed(made.end());
}

#[tokio::test]
async fn what_was_published_is_delivered_by_the_next_server() {
    let made = Made::new("next");
    let topic = made.topic("t", json!({})).await;
    let queue = made.queue("q", json!({})).await;
    made.subscribe(&topic, &queue, json!({"RawMessageDelivery": "true"})).await;
    made.near.failures.store(usize::MAX, Ordering::Relaxed);
    let entries: Vec<Value> =
        (0..10).map(|n| json!({"Id": n.to_string(), "Message": n.to_string()})).collect();
    let input = json!({"TopicArn": topic, "PublishBatchRequestEntries": entries});
    let published = made.ask("PublishBatch", input).await;
    assert_eq!(published["Successful"].as_array().expect("a list").len(), 10);
    let next = Made::at(made.end());
    next.neighbours.resume();
    let mut bodies = next.bodies(&queue, 10).await;
    bodies.sort();
    assert_eq!(bodies, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    removed(next.end());
}

#[tokio::test]
async fn bad_requests_are_refused_in_the_words_of_sns() {
    let made = Made::new("refused");
    let topic = made.topic("t", json!({"DisplayName": "d"})).await;
    let ordered = made.topic("t.fifo", json!({"FifoTopic": "true"})).await;
    let queue = made.queue("q.fifo", json!({"FifoQueue": "true"})).await;
    let publish = |more: Value| {
        let mut input = json!({"TopicArn": topic, "Message": "m"});
        input.as_object_mut().expect("an object").extend(more.as_object().expect("one").clone());
        ("Publish", input)
    };
    let subscribe = |topic: &str, protocol: &str, endpoint: &str| {
        ("Subscribe", json!({"TopicArn": topic, "Protocol": protocol, "Endpoint": endpoint}))
    };
    let invalid = |what: &str| ("InvalidParameter", format!("Invalid parameter: {what}"));
    let function = "arn:aws:lambda:eu-west-1:000000000007:function:f";
    let none = "arn:aws:sns:eu-west-1:000000000007:none";
    let entries = |ids: &[&str]| {
        let entries: Vec<Value> = ids.iter().map(|id| json!({"Id": id, "Message": "m"})).collect();
        ("PublishBatch", json!({"TopicArn": topic, "PublishBatchRequestEntries": entries}))
    };
    for ((operation, input), (code, message)) in [
        (("CreateTopic", json!({"Name": "a b"})), invalid("Topic Name")),
        (("CreateTopic", json!({"Name": "a", "Attributes": {"FifoTopic": "true"}})), invalid("Topic Name")),
        (("CreateTopic", json!({"Name": "t", "Attributes": {"DisplayName": "e"}})),
         invalid("Attributes Reason: Topic already exists with different attributes")),
        (("CreateTopic", json!({"Name": "t", "Tags": [{"Key": "k", "Value": "v"}]})),
         invalid("Tags Reason: Topic already exists with different tags")),
        (("CreateTopic", json!({"Name": "u", "Tags": [{"Key": "k", "Value": "v"}, {"Key": "k", "Value": "w"}]})),
         invalid("Duplicated keys are not allowed.")),
        (("CreateTopic", json!({"Name": "u", "Attributes": {"KmsMasterKeyId": "alias/aws/sns"}})),
         ("InvalidParameter", "Warren does not support the attribute KmsMasterKeyId of topics.".into())),
        (("GetTopicAttributes", json!({"TopicArn": none})), ("NotFound", "Topic does not exist".into())),
        (("GetTopicAttributes", json!({"TopicArn": "t"})),
         invalid("TopicArn Reason: An ARN must have at least 6 elements, not 1")),
        (("GetSubscriptionAttributes", json!({"SubscriptionArn": format!("{topic}:none")})),
         ("NotFound", "Subscription does not exist".into())),
        (publish(json!({"TopicArn": none})), ("NotFound", "Topic does not exist".into())),
        (publish(json!({"MessageDeduplicationId": "d"})),
         invalid("MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter \
                  that is not valid for this topic type")),
        (publish(json!({"TopicArn": ordered})),
         invalid("The MessageGroupId parameter is required for FIFO topics")),
        (publish(json!({"TopicArn": ordered, "MessageGroupId": "g"})),
         invalid("The topic should either have ContentBasedDeduplication enabled or \
                  MessageDeduplicationId provided explicitly")),
        (entries(&[]), ("EmptyBatchRequest", "The batch request doesn't contain any entries.".into())),
        (entries(&["a", "a"]),
         ("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.".into())),
        (entries(&["a.b"]),
         ("InvalidBatchEntryId",
          "The Id of a batch entry in the batch request contains an impermissible character: a.b".into())),
        (subscribe(&topic, "sms", "+1555"),
         ("InvalidParameter", "Warren does not support the protocol sms of subscriptions.".into())),
        (subscribe(&topic, "x", "y"), invalid("Amazon SNS does not support this protocol string: x")),
        (subscribe(&topic, "sqs", "http://q"), invalid("SQS endpoint ARN")),
        (subscribe(&topic, "sqs", &queue),
         invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard \
                  SNS topics")),
        (subscribe(&ordered, "lambda", function),
         invalid("Invalid parameter: Endpoint Reason: Please use FIFO SQS queue")),
        (("ConfirmSubscription", json!({"TopicArn": topic, "Token": "x"})), invalid("Token")),
    ] {
        let refused = made.refused(operation, input.clone()).await;
        assert_eq!(refused, (code.to_owned(), message), "{operation} {input}");
    }
    assert_eq!(made.ask("ListSubscriptions", json!({})).await["Subscriptions"], json!([]));
    made.ask("Unsubscribe", json!({"SubscriptionArn": format!("{topic}:none")})).await;
    made.ask("DeleteTopic", json!({"TopicArn": none})).await;
    removed(made.end());
}

//! EventBridge as it is called within the process, with targets that say what they are told to say.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use wire::ApiError;
use wire::events::input;

use super::*;
use crate::failure::Failure;
use crate::operation::{Context, Demand, Operation, Scope, Service, Setup};
use crate::outward::{Actor, InvokeError, Outward, Promise};
use crate::time::now;

/// Functions and queues: what each is given is told, and answered as was asked for, or well.
#[derive(Debug, Default)]
struct Targets {
    given: Mutex<Vec<(String, Actor, Value)>>,
    answers: Mutex<VecDeque<InvokeError>>,
}

impl Targets {
    fn given(&self) -> Vec<(String, Value)> {
        let given = self.given.lock().expect("no panic");
        given.iter().map(|(target, _, value)| (target.clone(), value.clone())).collect()
    }

    /// Waits until so many have come.
    async fn wait_for(&self, count: usize) -> Vec<(String, Value)> {
        for _ in 0..2_000 {
            let given = self.given();
            if given.len() >= count {
                return given;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{count} do not come, but {:?}", self.given());
    }
}

impl Outward for Targets {
    fn invoke<'a>(
        &'a self,
        actor: &'a Actor,
        function: &'a str,
        event: Bytes,
        _: &'a str,
    ) -> Promise<'a, Result<(), InvokeError>> {
        let value = serde_json::from_slice(&event).expect("JSON");
        self.given.lock().expect("no panic").push((function.to_owned(), actor.clone(), value));
        let answer = self.answers.lock().expect("no panic").pop_front();
        Box::pin(async move { answer.map_or(Ok(()), Err) })
    }

    fn call<'a>(
        &'a self,
        actor: &'a Actor,
        _: &'static wire::Operation,
        resource: &'a str,
        input: Value,
    ) -> Promise<'a, Result<Value, ApiError>> {
        self.given.lock().expect("no panic").push((resource.to_owned(), actor.clone(), input));
        Box::pin(async { Ok(json!({})) })
    }

    fn may(&self, _: &Actor, _: &Demand) -> bool {
        true
    }
}

/// EventBridge on a directory of its own, which goes with it.
struct Made {
    events: Arc<Events>,
    targets: Arc<Targets>,
    directory: PathBuf,
}

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:000000000007:function:f";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:000000000007:dead";

fn scope() -> Scope {
    Scope { account: 7, region: "eu-west-1".into() }
}

impl Made {
    fn new(name: &str) -> Made {
        let own = format!("warren-neighbours-events-{name}-{}", std::process::id());
        let directory = std::env::temp_dir().join(own);
        drop(std::fs::remove_dir_all(&directory));
        let mut made = Made {
            events: Events::new(&Setup {
                directory: directory.clone(),
                outward: Arc::new(Targets::default()),
                takes_time: false,
            }),
            targets: Arc::default(),
            directory,
        };
        made.restart();
        made
    }

    /// As a server that was killed starts again: on the same store, with nothing in memory.
    fn restart(&mut self) {
        self.events.close();
        let outward = Arc::clone(&self.targets) as Arc<dyn Outward>;
        let directory = self.directory.clone();
        self.events = Events::new(&Setup { directory, outward, takes_time: false });
    }

    async fn ask<O: Operation<Events>>(&self, input: Value) -> Result<O::Output, Failure> {
        let cx = Context {
            scope: scope(),
            caller: "arn:aws:iam::000000000007:root".into(),
            caller_id: "000000000007".into(),
            host: "localhost:4566",
            is_tls: false,
            trace: None,
            exchange: None,
            judge: None,
        };
        wire::filled::<O>(input).expect("an input").run(&self.events, &cx).await
    }

    async fn rule(&self, rule: Value, targets: Value) {
        let name = rule["Name"].clone();
        let bus = rule["EventBusName"].clone();
        self.ask::<input::PutRule>(rule).await.expect("a rule");
        let targets = json!({"Rule": name, "EventBusName": bus, "Targets": targets});
        self.ask::<input::PutTargets>(targets).await.expect("targets");
    }

    async fn put(&self, kind: &str) {
        let entry = json!({"Source": "shop", "DetailType": kind, "Detail": "{\"n\": 1}"});
        let put = self.ask::<input::PutEvents>(json!({"Entries": [entry]})).await.expect("put");
        assert_eq!(put.failed_entry_count, Some(0));
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        self.events.close();
        drop(std::fs::remove_dir_all(&self.directory));
    }
}

#[tokio::test]
async fn what_was_put_is_delivered_also_by_the_next_server() {
    let mut made = Made::new("next");
    let pattern = json!({"detail-type": ["order"]}).to_string();
    let rule = json!({"Name": "orders", "EventPattern": pattern});
    made.rule(rule, json!([{"Id": "f", "Arn": FUNCTION}])).await;
    // Nothing is delivered before the service begins, as if it had been killed at once.
    made.put("order").await;
    made.put("other").await;
    assert_eq!(made.targets.given(), []);
    made.restart();
    made.events.resume();
    let given = made.targets.wait_for(1).await;
    assert_eq!(given[0].1["detail"], json!({"n": 1}));
    let actor = made.targets.given.lock().expect("no panic")[0].1.clone();
    assert_eq!(actor.source_arn, "arn:aws:events:eu-west-1:000000000007:rule/orders");
    assert_eq!(actor.principal, "events.amazonaws.com");
    made.restart();
    made.events.resume();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(made.targets.given().len(), 1, "what was delivered is delivered no more");
}

#[tokio::test]
async fn what_a_target_does_not_take_is_tried_again_and_given_up_at_last() {
    let made = Made::new("retry");
    let later = || InvokeError::Later("busy".into());
    made.targets.answers.lock().expect("no panic").extend([later(), later()]);
    let pattern = json!({"source": ["shop"]}).to_string();
    let target = json!([{"Id": "f", "Arn": FUNCTION, "DeadLetterConfig": {"Arn": QUEUE},
        "RetryPolicy": {"MaximumRetryAttempts": 1}}]);
    made.rule(json!({"Name": "r", "EventPattern": pattern}), target).await;
    made.events.begin();
    made.put("order").await;
    let given = made.targets.wait_for(3).await;
    assert_eq!(given[0], given[1]);
    let (queue, letter) = &given[2];
    assert_eq!(queue, QUEUE);
    let body: Value =
        serde_json::from_str(letter["MessageBody"].as_str().expect("a body")).expect("JSON");
    assert_eq!(body, given[0].1);
    let told = |name: &str| letter["MessageAttributes"][name]["StringValue"].clone();
    assert_eq!(told("EXHAUSTED_RETRY_CONDITION"), "MaximumRetryAttempts");
    assert_eq!(told("RETRY_ATTEMPTS"), "1");
    assert_eq!(told("TARGET_ARN"), FUNCTION);
    assert_eq!(told("ERROR_CODE"), "INTERNAL_ERROR");
    let told = made.events.explain(&scope(), "r").await.expect("read").expect("a rule");
    assert!(format!("{told:?}").contains("given to arn:aws:sqs"), "{told:?}");
}

#[tokio::test]
async fn what_a_target_never_takes_is_not_tried_again() {
    let made = Made::new("never");
    let denied = InvokeError::Denied(FUNCTION.into());
    made.targets.answers.lock().expect("no panic").push_back(denied);
    let target = json!([{"Id": "f", "Arn": FUNCTION, "DeadLetterConfig": {"Arn": QUEUE}}]);
    let pattern = json!({"source": ["shop"]}).to_string();
    made.rule(json!({"Name": "r", "EventPattern": pattern}), target).await;
    made.events.begin();
    made.put("order").await;
    let given = made.targets.wait_for(2).await;
    let attributes = &given[1].1["MessageAttributes"];
    assert_eq!(attributes["ERROR_CODE"]["StringValue"], "NO_PERMISSIONS");
    assert_eq!(attributes["EXHAUSTED_RETRY_CONDITION"], Value::Null);
}

#[tokio::test]
async fn rules_that_pass_events_on_to_each_other_do_so_for_a_while() {
    let made = Made::new("round");
    let pattern = json!({"source": ["shop"]}).to_string();
    for (bus, other) in [("a", "b"), ("b", "a")] {
        made.ask::<input::CreateEventBus>(json!({"Name": bus})).await.expect("a bus");
        let rule = json!({"Name": "on", "EventBusName": bus, "EventPattern": pattern});
        let next = format!("arn:aws:events:eu-west-1:000000000007:event-bus/{other}");
        made.rule(rule, json!([{"Id": "bus", "Arn": next}, {"Id": "f", "Arn": FUNCTION}])).await;
    }
    made.events.begin();
    let entry = json!({"Source": "shop", "DetailType": "x", "Detail": "{}", "EventBusName": "a"});
    let put = made.ask::<input::PutEvents>(json!({"Entries": [entry]})).await.expect("put");
    let given = made.targets.wait_for(17).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(made.targets.given().len(), 17);
    let id = put.entries.expect("told")[0].event_id.clone();
    assert!(
        given.iter().all(|(_, event)| event["id"].as_str() == id.as_deref()),
        "it is one event"
    );
}

#[tokio::test]
async fn schedules_fire_at_their_time_and_not_for_what_was_missed() {
    let mut made = Made::new("time");
    let target = json!([{"Id": "f", "Arn": FUNCTION}]);
    for rule in ["late", "missed", "off"] {
        let rule = json!({"Name": rule, "ScheduleExpression": "rate(1 minute)"});
        made.rule(rule, target.clone()).await;
    }
    made.ask::<input::DisableRule>(json!({"Name": "off"})).await.expect("off");
    // A server was away: for two seconds of one rule's time, and for an hour of the other's.
    let now = now();
    let set = move |connection: &rusqlite::Connection| {
        let hour = 3_600_000;
        connection.execute(
            "UPDATE rule SET begun = ?1, next = ?2 WHERE name = 'late'",
            [now - 62_000, now - 2_000],
        )?;
        connection.execute(
            "UPDATE rule SET begun = ?1, next = ?2 WHERE name = 'missed'",
            [now - hour - 30_000, now - hour],
        )?;
        Ok::<_, Failure>(())
    };
    made.events.store.run(set).await.expect("set");
    made.restart();
    made.events.resume();
    let given = made.targets.wait_for(2).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(made.targets.given().len(), 2, "each of them once, and not sixty times");
    let arn = "arn:aws:events:eu-west-1:000000000007:rule/late";
    let late =
        given.iter().find(|(_, event)| event["resources"] == json!([arn])).expect("it fired");
    assert_eq!(late.1["detail-type"], "Scheduled Event");
    assert_eq!(late.1["time"], wire::time::iso8601(now - 2_000));
    assert_eq!(late.1["detail"], json!({}));
    let told = made.events.explain(&scope(), arn).await.expect("read").expect("a rule");
    assert!(format!("{told:?}").contains("due next"), "{told:?}");
    let callers = made.events.callers().await.expect("read");
    let next: Vec<_> = callers.iter().map(|caller| caller.next.is_some()).collect();
    assert_eq!(next, [true, true, false]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_for_a_fifo_queue_keep_their_order() {
    let made = Made::new("order");
    let queue = "arn:aws:sqs:eu-west-1:000000000007:q.fifo";
    let target = json!([{"Id": "q", "Arn": queue, "InputPath": "$.detail.n",
        "SqsParameters": {"MessageGroupId": "g"}}]);
    let pattern = json!({"source": ["shop"]}).to_string();
    made.rule(json!({"Name": "r", "EventPattern": pattern}), target).await;
    made.events.begin();
    for ten in 0..20 {
        let entry = |n: i32| {
            let detail = json!({"n": 10 * ten + n}).to_string();
            json!({"Source": "shop", "DetailType": "t", "Detail": detail})
        };
        let entries: Vec<Value> = (0..10).map(entry).collect();
        made.ask::<input::PutEvents>(json!({"Entries": entries})).await.expect("put");
    }
    let given = made.targets.wait_for(200).await;
    let order: Vec<&str> = given.iter().filter_map(|(_, it)| it["MessageBody"].as_str()).collect();
    assert_eq!(order, (0..200).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_service_puts_events_of_its_own() {
    let made = Made::new("own");
    let pattern = json!({"source": ["aws.s3"]}).to_string();
    made.rule(json!({"Name": "r", "EventPattern": pattern}), json!([{"Id": "f", "Arn": FUNCTION}]))
        .await;
    let event = NewEvent {
        source: "aws.s3".into(),
        detail_type: "Object Created".into(),
        detail: json!({"bucket": {"name": "b"}}),
        resources: vec!["arn:aws:s3:::b".into()],
        time: now(),
        trace: None,
    };
    made.events.put_own(&scope(), event).await.expect("put");
    let given = made.targets.wait_for(1).await;
    assert_eq!(given[0].1["detail"]["bucket"]["name"], "b");
}

#[tokio::test]
async fn what_is_to_be_delivered_does_not_become_more_than_so_much() {
    let made = Made::new("backlog");
    let pattern = json!({"source": ["shop"]}).to_string();
    made.rule(json!({"Name": "r", "EventPattern": pattern}), json!([{"Id": "f", "Arn": FUNCTION}]))
        .await;
    let count = |sql: &'static str| {
        made.events.store.run(move |connection| Ok::<_, Failure>(connection.execute(sql, [])?))
    };
    count("UPDATE delivery_total SET jobs = 99999").await.expect("set");
    let entry = json!({"Source": "shop", "DetailType": "t", "Detail": "{}"});
    let two = json!({"Entries": [entry, entry]});
    let refused = made.ask::<input::PutEvents>(two).await.expect_err("full");
    let told = refused.told_by(&wire::events::SERVICE);
    assert_eq!((&*told.code, told.status), ("ServiceUnavailable", 503));
    made.put("one").await;
    count("UPDATE delivery_total SET jobs = 0").await.expect("set");
    made.put("two").await;
    made.events.begin();
    let given = made.targets.wait_for(2).await;
    assert_eq!(given[0].1["detail-type"], "one", "nothing of what was refused");
}

//! EventBridge Scheduler as it is called within the process, with a target that notes its calls.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use wire::ApiError;
use wire::scheduler::input;

use super::*;
use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope, Service, Setup};
use crate::outward::{Actor, InvokeError, Outward, Promise};
use crate::time::now;

/// What was called, with what, and as whom.
#[derive(Debug, Default)]
struct Targets(Mutex<Vec<(String, String, Actor)>>);

impl Targets {
    fn calls(&self) -> Vec<(String, String, Actor)> {
        self.0.lock().expect("no panic").clone()
    }

    async fn wait_for(&self, count: usize) -> Vec<(String, String, Actor)> {
        for _ in 0..1_000 {
            let calls = self.calls();
            if calls.len() >= count {
                return calls;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{count} do not come, but {:?}", self.calls());
    }

    fn note(&self, target: &str, body: String, actor: &Actor) {
        self.0.lock().expect("no panic").push((target.to_owned(), body, actor.clone()));
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
        self.note(function, String::from_utf8_lossy(&event).into_owned(), actor);
        Box::pin(async { Ok(()) })
    }

    fn call<'a>(
        &'a self,
        actor: &'a Actor,
        operation: &'static wire::Operation,
        resource: &'a str,
        input: Value,
    ) -> Promise<'a, Result<Value, ApiError>> {
        self.note(resource, format!("{} {input}", operation.name), actor);
        Box::pin(async { Ok(json!({})) })
    }

    fn may_assume(&self, actor: &Actor) -> bool {
        actor.role.as_deref() != Some("arn:aws:iam::000000000007:role/other")
    }
}

struct Made {
    scheduler: Arc<Scheduler>,
    targets: Arc<Targets>,
    directory: PathBuf,
}

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:000000000007:function:f";
const ROLE: &str = "arn:aws:iam::000000000007:role/r";

impl Made {
    fn new(name: &str) -> Made {
        let own = format!("warren-neighbours-scheduler-{name}-{}", std::process::id());
        let directory = std::env::temp_dir().join(own);
        drop(std::fs::remove_dir_all(&directory));
        let targets: Arc<Targets> = Arc::default();
        let outward = Arc::clone(&targets) as Arc<dyn Outward>;
        let setup = Setup { directory: directory.clone(), outward, takes_time: false };
        Made { scheduler: Scheduler::new(&setup), targets, directory }
    }

    fn restart(&mut self) {
        self.scheduler.close();
        let outward = Arc::clone(&self.targets) as Arc<dyn Outward>;
        let directory = self.directory.clone();
        self.scheduler = Scheduler::new(&Setup { directory, outward, takes_time: false });
    }

    async fn ask<O: Operation<Scheduler>>(&self, input: Value) -> Result<O::Output, Failure> {
        let cx = Context {
            scope: Scope { account: 7, region: "eu-west-1".into() },
            caller: "arn:aws:iam::000000000007:root".into(),
            caller_id: "000000000007".into(),
            host: "localhost:4566",
            is_tls: false,
            trace: None,
            exchange: None,
            judge: None,
        };
        wire::filled::<O>(input).expect("an input").run(&self.scheduler, &cx).await
    }

    async fn create(&self, name: &str, expression: &str, more: Value) -> Result<String, Failure> {
        let mut input = json!({
            "Name": name, "ScheduleExpression": expression,
            "Target": {"Arn": FUNCTION, "RoleArn": ROLE}, "FlexibleTimeWindow": {"Mode": "OFF"},
        });
        for (key, value) in more.as_object().expect("an object") {
            input[key] = value.clone();
        }
        Ok(self.ask::<input::CreateSchedule>(input).await?.schedule_arn)
    }

    /// Sets when a schedule is due next, as if that had been asked for.
    async fn set(&self, name: &'static str, begun: i64, next: i64) {
        let set = move |connection: &rusqlite::Connection| {
            let sql = "UPDATE schedule SET begun = ?1, next = ?2 WHERE name = ?3";
            let changed = connection.execute(sql, rusqlite::params![begun, next, name])?;
            assert_eq!(changed, 1);
            Ok::<_, Failure>(())
        };
        self.scheduler.store.run(set).await.expect("set");
    }

    async fn is_there(&self, name: &str) -> bool {
        self.ask::<input::GetSchedule>(json!({"Name": name})).await.is_ok()
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        self.scheduler.close();
        drop(std::fs::remove_dir_all(&self.directory));
    }
}

fn at(millis: i64) -> String {
    format!("at({})", wire::time::iso8601(millis).trim_end_matches('Z'))
}

#[tokio::test]
async fn what_happens_once_calls_its_target_as_its_role_and_goes() {
    let made = Made::new("once");
    made.scheduler.begin();
    let soon = now() / 1_000 * 1_000 + 1_000;
    let input = r#"{"at": "<aws.scheduler.scheduled-time>", "n": <aws.scheduler.attempt-number>}"#;
    let target = json!({"Arn": FUNCTION, "RoleArn": ROLE, "Input": input});
    let refused = made.create("a", &at(soon), json!({"Target": target})).await;
    refused.expect_err("an input of a function is JSON before anything is put in");
    let input =
        input.replace("<aws.scheduler.attempt-number>", "\"<aws.scheduler.attempt-number>\"");
    let target = json!({"Arn": FUNCTION, "RoleArn": ROLE, "Input": input});
    let more = json!({"Target": target, "ActionAfterCompletion": "DELETE"});
    let arn = made.create("a", &at(soon), more).await.expect("made");
    assert_eq!(arn, "arn:aws:scheduler:eu-west-1:000000000007:schedule/default/a");
    let calls = made.targets.wait_for(1).await;
    let (function, body, actor) = &calls[0];
    assert_eq!(function, FUNCTION);
    let expected = format!(r#"{{"at": "{}", "n": "1"}}"#, wire::time::iso8601(soon));
    assert_eq!(*body, expected);
    assert_eq!(actor.role.as_deref(), Some(ROLE));
    assert_eq!(actor.principal, "scheduler.amazonaws.com");
    let group = "arn:aws:scheduler:eu-west-1:000000000007:schedule-group/default";
    assert_eq!(actor.source_arn, group);
    assert!(!made.is_there("a").await);
}

#[tokio::test]
async fn what_was_missed_happens_where_it_happens_once() {
    let mut made = Made::new("missed");
    let (now, hour) = (now(), 3_600_000);
    for (name, expression) in
        [("once", at(now + hour)), ("old", at(now + hour)), ("rate", "rate(1 hour)".to_owned())]
    {
        made.create(name, &expression, json!({})).await.expect("made");
    }
    made.set("once", now - hour, now - hour).await;
    made.set("old", now - 25 * hour, now - 25 * hour).await;
    made.set("rate", now - hour * 5 / 2, now - hour * 3 / 2).await;
    made.restart();
    made.scheduler.resume();
    let calls = made.targets.wait_for(1).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(made.targets.calls().len(), 1, "what repeats waits for its next time");
    let body: Value = serde_json::from_str(&calls[0].1).expect("JSON");
    assert_eq!(body["time"], wire::time::iso8601(now - hour));
    assert_eq!(
        body["resources"][0],
        "arn:aws:scheduler:eu-west-1:000000000007:schedule/default/once"
    );
    let told =
        made.scheduler.explain(&Scope { account: 7, region: "eu-west-1".into() }, "rate").await;
    let told = format!("{:?}", told.expect("read").expect("a schedule"));
    assert!(told.contains(&wire::time::iso8601(now + hour / 2)), "{told}");
}

#[tokio::test]
async fn rates_begin_at_once_and_end_with_their_date() {
    let made = Made::new("rates");
    made.scheduler.begin();
    made.create("now", "rate(1 minute)", json!({})).await.expect("made");
    made.create("off", "rate(1 minute)", json!({"State": "DISABLED"})).await.expect("made");
    let (start, end) = (now() + 3_600_000, now() + 3_600_500);
    let dates = json!({"StartDate": start, "EndDate": end});
    made.create("later", "rate(1 minute)", dates).await.expect("made");
    made.targets.wait_for(1).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(made.targets.calls().len(), 1);
    let next: Vec<_> = made.scheduler.callers().await.expect("read").into_iter().collect();
    let next = |name: &str| {
        let found = next.iter().find(|caller| caller.arn.ends_with(name)).expect("it is there");
        found.next
    };
    assert_eq!((next("/off"), next("/later")), (None, Some(start)));
    made.set("later", start, now()).await;
    made.scheduler.clock.ring();
    tokio::time::sleep(Duration::from_millis(100)).await;
    made.create("over", "rate(1 minute)", json!({"EndDate": now() + 500})).await.expect("made");
    made.targets.wait_for(2).await;
}

#[tokio::test]
async fn operations_are_called_by_name() {
    let made = Made::new("universal");
    made.scheduler.begin();
    let url = "http://localhost/000000000007/q";
    let call = |operation: &str, input: Value| {
        json!({"Target": {"Arn": format!("arn:aws:scheduler:::aws-sdk:{operation}"), "RoleArn": ROLE,
            "Input": input.to_string()}})
    };
    let send = call("sqs:sendMessage", json!({"QueueUrl": url, "MessageBody": "b"}));
    made.create("send", "rate(1 day)", send).await.expect("made");
    let invoke = json!({"FunctionName": "f", "InvocationType": "Event", "Payload": "{\"n\":1}"});
    made.create("invoke", "rate(1 day)", call("lambda:invoke", invoke)).await.expect("made");
    let mut calls = made.targets.wait_for(2).await;
    calls.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!((calls[0].0.as_str(), calls[0].1.as_str()), (FUNCTION, "{\"n\":1}"));
    assert_eq!(calls[1].0, "arn:aws:sqs:eu-west-1:000000000007:q");
    assert!(calls[1].1.starts_with("SendMessage {"), "{}", calls[1].1);
    for (operation, input) in [
        ("ec2:startInstances", json!({})),
        ("sqs:sendMessage", json!({"QueueUrl": url, "MessageBody": "b", "Nope": 1})),
        ("sqs:sendMessage", json!({})),
        ("sqs:sendMessage", json!({"QueueUrl": url})),
        ("sqs:sendMessage", json!({"QueueUrl": "q", "MessageBody": "b"})),
        ("sqs:sendMessage", json!({"QueueUrl": "http://localhost/q", "MessageBody": "b"})),
        ("sqs:sendMessage", json!({"QueueUrl": 1, "MessageBody": "b"})),
        ("sns:publish", json!({"Message": "m"})),
        ("sns:publish", json!({"TopicArn": "arn:aws:sns:eu-west-1:000000000007:t"})),
        ("eventbridge:putEvents", json!({})),
        ("lambda:invoke", json!({"FunctionName": "f"})),
        ("lambda:invoke", json!({"FunctionName": "f", "InvocationType": "DryRun"})),
        (
            "lambda:invoke",
            json!({"FunctionName": "f", "InvocationType": "Event", "Qualifier": "1"}),
        ),
    ] {
        made.create("x", "rate(1 day)", call(operation, input)).await.expect_err("refused");
    }
    assert!(!made.is_there("x").await);
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_what_is_asked_twice_is_done_once() {
    let made = Made::new("refused");
    let target = |role: &str| json!({"Target": {"Arn": FUNCTION, "RoleArn": role}});
    for (expression, more) in [
        ("cron(0 1 * * * *)", json!({})),
        ("at(2021-12-31)", json!({})),
        ("rate(1 day)", json!({"ScheduleExpressionTimezone": "Mars/Base"})),
        ("rate(1 day)", json!({"StartDate": now() - 600_000})),
        ("rate(1 day)", json!({"EndDate": now() - 1_000})),
        ("rate(1 day)", json!({"FlexibleTimeWindow": {"Mode": "FLEXIBLE"}})),
        ("rate(1 day)", json!({"GroupName": "none"})),
        ("rate(1 day)", target("arn:aws:iam::000000000007:role/other")),
    ] {
        made.create("x", expression, more.clone())
            .await
            .expect_err(&format!("{expression} {more}"));
    }
    let token = json!({"ClientToken": "t"});
    let arn = made.create("x", "rate(1 day)", token.clone()).await.expect("made");
    assert_eq!(made.create("x", "rate(1 day)", token.clone()).await.expect("again"), arn);
    made.create("x", "rate(1 day)", json!({"ClientToken": "u"})).await.expect_err("it is there");
    let delete = |token: &str| json!({"Name": "x", "ClientToken": token});
    made.ask::<input::DeleteSchedule>(delete("d")).await.expect("gone");
    made.ask::<input::DeleteSchedule>(delete("d")).await.expect("it was this that deleted it");
    made.ask::<input::DeleteSchedule>(delete("e")).await.expect_err("it is not there");
    made.ask::<input::CreateScheduleGroup>(json!({"Name": "g"})).await.expect("made");
    made.create("y", "rate(1 day)", json!({"GroupName": "g"})).await.expect("made");
    made.ask::<input::DeleteScheduleGroup>(json!({"Name": "g"})).await.expect("gone");
    assert_eq!(made.scheduler.callers().await.expect("read"), [], "with what was in it");
    made.ask::<input::DeleteScheduleGroup>(json!({"Name": "default"})).await.expect_err("it stays");
}

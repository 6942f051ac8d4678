//! SQS as it is called within the process.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use wire::ApiError;

use super::*;
use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope, Service, Setup};
use crate::outward::{Actor, InvokeError, Outward, Promise};

/// Nothing is asked of others here.
#[derive(Debug)]
struct Nobody;

impl Outward for Nobody {
    fn invoke<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: Bytes,
        _: &'a str,
    ) -> Promise<'a, Result<(), InvokeError>> {
        unreachable!("SQS invokes nothing")
    }

    fn may_invoke(&self, _: &Actor, _: &str) -> Result<(), InvokeError> {
        unreachable!("SQS invokes nothing")
    }

    fn call<'a>(
        &'a self,
        _: &'a Actor,
        _: &'static wire::Operation,
        _: &'a str,
        _: Value,
    ) -> Promise<'a, Result<Value, ApiError>> {
        unreachable!("SQS calls nobody")
    }
}

/// SQS on a directory of its own, which goes with it.
struct Made {
    sqs: Arc<Sqs>,
    directory: PathBuf,
}

impl Made {
    fn new(name: &str) -> Made {
        let own = format!("warren-neighbours-sqs-{name}-{}", std::process::id());
        let directory = std::env::temp_dir().join(own);
        let outward = Arc::new(Nobody);
        let setup = Setup { directory: directory.clone(), outward, takes_time: true };
        Made { sqs: Sqs::new(&setup), directory }
    }

    async fn ask<O: Operation<Sqs>>(&self, input: Value) -> Result<O::Output, Failure> {
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
        wire::filled::<O>(input).expect("an input").run(&self.sqs, &cx).await
    }

    async fn queue(&self, name: &str, attributes: Value) -> QueueName {
        let input = json!({"QueueName": name, "Attributes": attributes});
        self.ask::<wire::sqs::input::CreateQueue>(input).await.expect("made");
        QueueName::new(&scope(), name)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        self.sqs.close();
        // What stays is the next run's.
        drop(std::fs::remove_dir_all(&self.directory));
    }
}

fn scope() -> Scope {
    Scope { account: 7, region: "eu-west-1".into() }
}

fn message(body: &str) -> NewMessage {
    let content = Content { body: body.into(), ..Content::default() };
    NewMessage { content, sender: "s".into(), ..NewMessage::default() }
}

fn at_once() -> Receive {
    Receive { most: 10, visibility: None, wait: Some(Duration::ZERO), attempt: None }
}

fn waiting() -> Receive {
    Receive { wait: Some(Duration::from_secs(20)), ..at_once() }
}

#[tokio::test]
async fn whoever_listens_is_woken_and_told_what_time_alone_brings() {
    let made = Made::new("wake");
    let queue = made.queue("q", json!({})).await;
    let mut ears = made.sqs.listen(&queue);
    assert_eq!(made.sqs.due(&queue).await.expect("there"), None);
    let delayed = NewMessage { delay: Some(1), ..message("later") };
    made.sqs.send(&queue, vec![delayed]).await.expect("sent");
    ears.ring().await;
    assert_eq!(made.sqs.receive(&queue, at_once()).await.expect("there"), []);
    let due = made.sqs.due(&queue).await.expect("there").expect("a message waits");
    let [received] = &made.sqs.receive(&queue, waiting()).await.expect("there")[..] else {
        panic!("one message")
    };
    assert!(crate::time::now() >= due && received.content.body == "later");
    assert_eq!(received.md5_of_body(), digest::of_body("later"));
    let deleted = made.sqs.delete(&queue, vec![received.handle.clone()]).await.expect("there");
    assert!(deleted[0].is_ok());
}

#[tokio::test]
async fn whoever_waits_is_answered_when_the_server_stops_or_the_queue_goes() {
    let made = Made::new("stop");
    let queue = made.queue("q", json!({})).await;
    let (sqs, name) = (Arc::clone(&made.sqs), queue.clone());
    let gone = tokio::spawn(async move { sqs.receive(&name, waiting()).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let input = json!({"QueueUrl": queue.url("http://h")});
    made.ask::<wire::sqs::input::DeleteQueue>(input).await.expect("deleted");
    assert!(matches!(gone.await.expect("no panic"), Err(Failure::Refused(_))));
    let other = made.queue("other", json!({})).await;
    let (sqs, name) = (Arc::clone(&made.sqs), other.clone());
    let waits = tokio::spawn(async move { sqs.receive(&name, waiting()).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    made.sqs.stop_waiting();
    assert_eq!(waits.await.expect("no panic").expect("there"), []);
    let again = json!({"QueueName": "q"});
    let refused = made.ask::<wire::sqs::input::CreateQueue>(again).await.expect_err("too early");
    assert!(refused.to_string().starts_with("QueueDeletedRecently"), "{refused}");
}

async fn rows(made: &Made, table: &'static str) -> i64 {
    let count = move |connection: &rusqlite::Connection| {
        let sql = format!("SELECT count(*) FROM {table}");
        Ok::<i64, crate::StoreError>(connection.query_row(&sql, [], |row| row.get(0))?)
    };
    made.sqs.store.run(count).await.expect("counted")
}

#[tokio::test]
async fn what_a_purge_or_a_deletion_leaves_behind_goes() {
    for is_purge in [true, false] {
        let made = Made::new(if is_purge { "purge" } else { "delete" });
        let queue = made.queue("q.fifo", json!({"FifoQueue": "true"})).await;
        let other = made.queue("other", json!({})).await;
        for n in 0..30 {
            let messages = (0..10).map(|i| NewMessage {
                group: Some(format!("g{i}")),
                deduplication_id: Some(format!("{n}-{i}")),
                ..message("x")
            });
            made.sqs.send(&queue, messages.collect()).await.expect("there");
        }
        made.sqs.send(&other, vec![message("kept")]).await.expect("there");
        let attempt = Receive { attempt: Some("a".into()), ..at_once() };
        let received = made.sqs.receive(&queue, attempt).await.expect("there").remove(0);
        let input = json!({"QueueUrl": queue.url("http://h")});
        match is_purge {
            true => made.ask::<wire::sqs::input::PurgeQueue>(input).await.expect("purged"),
            false => made.ask::<wire::sqs::input::DeleteQueue>(input).await.expect("deleted"),
        }
        let tables = ["message", "content", "fifo_group", "receive_attempt", "deduplication"];
        for (table, left) in tables.into_iter().zip([1, 1, 0, 0, if is_purge { 300 } else { 0 }]) {
            for _ in 0..1_000 {
                if rows(&made, table).await == left {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            assert_eq!(rows(&made, table).await, left, "{table}");
        }
        if is_purge {
            // What was received before is as good as deleted, and new messages come.
            let deleted = made.sqs.delete(&queue, vec![received.handle]).await.expect("there");
            assert!(deleted[0].is_ok(), "{deleted:?}");
            let new = NewMessage {
                group: Some("g".into()),
                deduplication_id: Some("new".into()),
                ..message("new")
            };
            made.sqs.send(&queue, vec![new]).await.expect("there");
            let received = made.sqs.receive(&queue, at_once()).await.expect("there");
            assert_eq!(received.len(), 1);
        }
        assert_eq!(made.sqs.receive(&other, at_once()).await.expect("there").len(), 1);
    }
}

/// How fast messages pass; a figure for people, since no test depends on speed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it measures"]
async fn speed() {
    let made = Made::new("speed");
    let queue = made.queue("q", json!({})).await;
    let began = std::time::Instant::now();
    const BATCHES: usize = 1_000;
    let tasks = (0..4).map(|_| {
        let (sqs, queue) = (Arc::clone(&made.sqs), queue.clone());
        tokio::spawn(async move {
            for _ in 0..BATCHES / 4 {
                let messages = (0..10).map(|_| message(&"x".repeat(300))).collect();
                sqs.send(&queue, messages).await.expect("sent");
                let received = sqs.receive(&queue, at_once()).await.expect("there");
                let handles = received.into_iter().map(|message| message.handle).collect();
                sqs.delete(&queue, handles).await.expect("there");
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("no panic");
    }
    let rate = (BATCHES * 10) as f64 / began.elapsed().as_secs_f64();
    println!("{rate:.0} messages/s sent, received and deleted in batches of 10");
    let mut took = Vec::new();
    for _ in 0..200 {
        let (sqs, name) = (Arc::clone(&made.sqs), queue.clone());
        let waits = tokio::spawn(async move {
            sqs.receive(&name, waiting()).await.expect("there");
            std::time::Instant::now()
        });
        tokio::time::sleep(Duration::from_millis(2)).await;
        let began = std::time::Instant::now();
        made.sqs.send(&queue, vec![message("x")]).await.expect("sent");
        took.push(waits.await.expect("no panic") - began);
    }
    took.sort();
    println!("{:?} from send to receive at the median, {:?} at the 99th", took[100], took[197]);
}

//! Figures of event sources: how long after a message or a record was sent its function begins, beside
//! the same function when it is called, how many messages go through, and what it costs to wait.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use serde_json::{Value, json};

use super::client::{Connection, Served};
use super::error::BenchError;
use super::figure::{Figures, percentile};
use super::functions::{Kind, Measured};

/// What is asked of SQS, for instance, by its target.
const SQS: (&str, &str) = ("sqs", "AmazonSQS");
const KINESIS: (&str, &str) = ("kinesis", "Kinesis_20131202");
const DYNAMODB: (&str, &str) = ("dynamodb", "DynamoDB_20120810");
const LOGS: (&str, &str) = ("logs", "Logs_20140328");
/// What functions begin by, as they name it, how it is told, and within which microseconds half of them
/// are to begin.
const WAYS: [(&str, &str, Option<f64>); 4] = [
    ("call", "a call to the start of its function", None),
    ("queue", "a message of a queue to the start of its function", Some(5_000.0)),
    ("kinesis", "a record of Kinesis to the start of its function", Some(20_000.0)),
    ("table", "a change of a table to the start of its function", Some(20_000.0)),
];
/// Between two that are sent: each finds the function at rest.
const PAUSE: Duration = Duration::from_millis(25);
/// Messages of a batch, and so many that a second is to see at least.
const BATCH: usize = 10;
const LEAST: f64 = 5_000.0;
/// How long what is to come is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// A line that the function printed.
struct Began {
    kind: String,
    /// How long after it was sent.
    span: Duration,
    /// When, in nanoseconds of the Unix epoch.
    at: u64,
    count: usize,
}

pub(super) fn measure(
    figures: &mut Figures,
    program: &Path,
    is_quick: bool,
) -> Result<(), BenchError> {
    let served = Served::start(program, &[])?;
    let connection = Connection::open(served.at)?;
    let mut measured = Measured::new(served, connection)?;
    let (function, _) = measured.create(Kind::Sources, None)?;
    let rest = Duration::from_secs(if is_quick { 2 } else { 10 });
    let before = idle(&measured.served, rest);
    let sources = Sources::make(&mut measured.connection)?;
    sources.map(&mut measured.connection, &function)?;
    starts(figures, &mut measured, &sources, &function, if is_quick { 20 } else { 400 })?;
    let after = idle(&measured.served, rest);
    figures.note("processor's time with three mappings that wait", "µs/s", after, None, None);
    figures.note("  the same without mappings", "µs/s", before, None, None);
    let memory = measured.served.memory();
    figures.note("memory of the server with three mappings", "MiB", memory, None, Some(20.0));
    flow(figures, &mut measured, if is_quick { 2_000 } else { 30_000 })
}

/// A queue, a stream and a table, by their ARNs.
struct Sources {
    queue: String,
    url: String,
    stream: String,
    changes: String,
}

impl Sources {
    fn make(connection: &mut Connection) -> Result<Sources, BenchError> {
        let (url, queue) = make_queue(connection, "bench")?;
        let stream = "arn:aws:kinesis:us-east-1:000000000000:stream/bench".to_owned();
        connection.target(
            KINESIS,
            "CreateStream",
            &json!({"StreamName": "bench", "ShardCount": 1}),
        )?;
        let made = connection.target(
            DYNAMODB,
            "CreateTable",
            &json!({
                "TableName": "bench", "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [{"AttributeName": "k", "KeyType": "HASH"}],
                "AttributeDefinitions": [{"AttributeName": "k", "AttributeType": "S"}],
                "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
            }),
        )?;
        let changes = text(&made["TableDescription"]["LatestStreamArn"]);
        Ok(Sources { queue, url, stream, changes })
    }

    fn map(&self, connection: &mut Connection, function: &str) -> Result<(), BenchError> {
        for (source, starting) in
            [(&self.queue, None), (&self.stream, Some("LATEST")), (&self.changes, Some("LATEST"))]
        {
            map(connection, function, source, starting)?;
        }
        Ok(())
    }

    /// Sends what is to begin the function, with the time.
    fn send(
        &self,
        connection: &mut Connection,
        function: &str,
        kind: &str,
    ) -> Result<(), BenchError> {
        let at = now();
        match kind {
            "queue" => {
                let input = json!({"QueueUrl": self.url, "MessageBody": at.to_string()});
                connection.target(SQS, "SendMessage", &input).map(drop)
            }
            "kinesis" => {
                let data = base64::engine::general_purpose::STANDARD.encode(at.to_string());
                let input = json!({"StreamName": "bench", "PartitionKey": "k", "Data": data});
                connection.target(KINESIS, "PutRecord", &input).map(drop)
            }
            "table" => {
                let item = json!({"k": {"S": "k"}, "at": {"N": at.to_string()}});
                let input = json!({"TableName": "bench", "Item": item});
                connection.target(DYNAMODB, "PutItem", &input).map(drop)
            }
            _ => {
                let path = format!("/2015-03-31/functions/{function}/invocations");
                connection.json("POST", &path, &json!({"at": at})).map(drop)
            }
        }
    }
}

/// How long after they were sent functions begin: by turns, so that what else the machine does falls on
/// all alike.
fn starts(
    figures: &mut Figures,
    measured: &mut Measured,
    sources: &Sources,
    function: &str,
    count: usize,
) -> Result<(), BenchError> {
    // The first has an environment made.
    for _ in 0..=count {
        for (kind, _, _) in WAYS {
            sources.send(&mut measured.connection, function, kind)?;
            std::thread::sleep(PAUSE);
        }
    }
    let lines = began(&mut measured.connection, function, (count + 1) * WAYS.len())?;
    for (kind, what, target) in WAYS {
        let of_kind = lines.iter().filter(|line| line.kind == kind).skip(1);
        let mut spans: Vec<Duration> = of_kind.map(|line| line.span).collect();
        let p95 = percentile(&mut spans, 95).as_secs_f64() * 1e6;
        figures.spans(what, spans, target);
        figures.note("  95 of 100 within", "µs", p95, None, None);
    }
    Ok(())
}

/// How many messages go through, which are there already when their mapping is made.
fn flow(figures: &mut Figures, measured: &mut Measured, count: usize) -> Result<(), BenchError> {
    let (function, _) = measured.create(Kind::Sources, None)?;
    let connection = &mut measured.connection;
    let (url, queue) = make_queue(connection, "flow")?;
    let began_at = Instant::now();
    for _ in 0..count / BATCH {
        let entries: Vec<Value> = (0..BATCH)
            .map(|id| json!({"Id": id.to_string(), "MessageBody": now().to_string()}))
            .collect();
        let input = json!({"QueueUrl": url, "Entries": entries});
        connection.target(SQS, "SendMessageBatch", &input)?;
    }
    let sent = count as f64 / began_at.elapsed().as_secs_f64();
    map(connection, &function, &queue, None)?;
    let names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
    let asked = json!({"QueueUrl": url, "AttributeNames": names});
    wait(|| {
        let told = connection.target(SQS, "GetQueueAttributes", &asked)?;
        Ok(names.iter().all(|name| told["Attributes"][name] == "0"))
    })?;
    let lines = began(connection, &function, count)?;
    let first = lines.iter().map(|line| line.at).min().unwrap_or_default();
    let last = lines.iter().map(|line| line.at).max().unwrap_or_default();
    let taken: usize = lines.iter().map(|line| line.count).sum();
    let rate = taken as f64 / (last.saturating_sub(first) as f64 / 1e9);
    let what = format!("messages of a queue in batches of {BATCH} to their function");
    figures.note(&what, "/s", rate, None, Some(LEAST));
    figures.note("  messages sent by one client in batches of 10", "/s", sent, None, None);
    Ok(())
}

fn make_queue(connection: &mut Connection, name: &str) -> Result<(String, String), BenchError> {
    let attributes = json!({"VisibilityTimeout": "120"});
    let input = json!({"QueueName": name, "Attributes": attributes});
    let url = text(&connection.target(SQS, "CreateQueue", &input)?["QueueUrl"]);
    Ok((url, format!("arn:aws:sqs:us-east-1:000000000000:{name}")))
}

/// Maps a source to a function, and waits until that is in force.
fn map(
    connection: &mut Connection,
    function: &str,
    source: &str,
    starting: Option<&str>,
) -> Result<(), BenchError> {
    let mut asked = json!({"EventSourceArn": source, "FunctionName": function, "BatchSize": BATCH});
    if let Some(starting) = starting {
        asked["StartingPosition"] = starting.into();
    }
    let path = "/2015-03-31/event-source-mappings";
    let made = connection.json("POST", path, &asked)?;
    let path = format!("{path}/{}", text(&made["UUID"]));
    wait(|| Ok(connection.json("GET", &path, &Value::Null)?["State"] == "Enabled"))?;
    // Who starts at the latest record has to have looked which that is.
    std::thread::sleep(Duration::from_millis(300));
    Ok(())
}

/// What a function printed, once it has been given so many records.
fn began(
    connection: &mut Connection,
    function: &str,
    count: usize,
) -> Result<Vec<Began>, BenchError> {
    let mut lines = Vec::new();
    wait(|| {
        lines.clear();
        let mut asked =
            json!({"logGroupName": format!("/aws/lambda/{function}"), "filterPattern": "began"});
        loop {
            let told = connection.target(LOGS, "FilterLogEvents", &asked)?;
            let events = told["events"].as_array().into_iter().flatten();
            lines.extend(events.filter_map(|event| parse(event["message"].as_str()?)));
            match &told["nextToken"] {
                Value::Null => break,
                token => asked["nextToken"] = token.clone(),
            }
        }
        Ok(lines.iter().map(|line| line.count).sum::<usize>() >= count)
    })?;
    Ok(lines)
}

fn parse(line: &str) -> Option<Began> {
    let mut words = line.split_whitespace().skip(1);
    let kind = words.next()?.to_owned();
    // A clock that was set back is no reason to stop.
    let span = Duration::from_nanos(u64::try_from(words.next()?.parse::<i64>().ok()?).unwrap_or(0));
    let (at, count) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(Began { kind, span, at, count })
}

fn wait(mut look: impl FnMut() -> Result<bool, BenchError>) -> Result<(), BenchError> {
    let end = Instant::now() + PATIENCE;
    while !look()? {
        if Instant::now() > end {
            return Err(BenchError::Waited(PATIENCE.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Microseconds of processors' time that a server takes in a second while nobody asks.
fn idle(served: &Served, rest: Duration) -> f64 {
    std::thread::sleep(Duration::from_secs(1));
    let before = served.ran();
    std::thread::sleep(rest);
    // Threads that have ended meanwhile count no more.
    let spans = served.ran().into_iter().map(|(thread, span)| {
        span.saturating_sub(before.get(&thread).copied().unwrap_or_default())
    });
    spans.sum::<Duration>().as_secs_f64() * 1e6 / rest.as_secs_f64()
}

/// Nanoseconds of the Unix epoch.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

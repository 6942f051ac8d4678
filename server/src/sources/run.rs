//! Batches: the function is invoked with records, as anybody invokes it.

use bytes::Bytes;
use engine::effect::{InvokeResult, Invoked};
use engine::engine::Engine;
use engine::id::{FunctionId, RequestId, Version};
use engine::input::{Invoke, InvokeKind, Qualifier, Target};
use engine::node::EventContext;
use engine::record::mapping::Mapping;
use engine::sources::command::{Batch, BatchOutcome, RecordKey, SourceReport};

use serde_json::json;
use wire::time::iso8601;

use crate::driver::{Driver, InvokeReply, Refused};
use crate::iam::{Enis, Iam};
use crate::sources::answer;
use crate::sources::carrier::Carrier;
use crate::sources::chain::Chain;
use crate::sources::kafka::event as kafka;

const MISSING: &str = "its version or alias is not there";

/// Runs a batch, and reports what came of it.
pub(super) async fn run(carrier: &Carrier, driver: &Driver, iam: &Iam, batch: Batch) {
    let mapping = carrier.mapping.id;
    let mut chain = Chain::of(carrier, driver, &batch.records);
    let given = match chain.given(&batch.records) {
        Ok(given) => given,
        Err(outcome) => {
            let (batch, request, state) = (batch.number, None, None);
            return driver.carried(SourceReport::Ran { mapping, batch, request, outcome, state });
        }
    };
    let records: Vec<(String, RecordKey)> = {
        let ids = carrier.held.look(&given, |record| record.id.clone());
        ids.into_iter().zip(given.iter().copied()).collect()
    };
    let events = carrier.held.look(&given, |record| record.event.clone());
    let event = event(carrier, &batch, &events.join(","));
    let by = called(&carrier.mapping, &records);
    let mut state = None;
    let (request, outcome) =
        match invoke(carrier, driver, iam, event, (by, chain.context.take())).await {
            Ok((invoked, payload)) => {
                let outcome = match (&invoked.result, payload) {
                    (InvokeResult::Response(_), payload) => {
                        let answer = payload.as_deref().unwrap_or(b"null");
                        let mut outcome = match carrier.mapping.settings.reports_failures {
                            true => answer::read(answer, &records),
                            false => BatchOutcome::Taken,
                        };
                        if batch.window.as_ref().is_some_and(|window| !window.is_final) {
                            match answer::state(answer) {
                                Ok(told) => state = Some(told),
                                Err(why) => outcome = BatchOutcome::Failed(why.to_owned()),
                            }
                        }
                        outcome
                    }
                    (failed, _) => BatchOutcome::Failed(word(failed).to_owned()),
                };
                (Some(invoked.request), outcome)
            }
            Err(why) => (None::<RequestId>, BatchOutcome::NotRun(why)),
        };
    let outcome = chain.outcome(outcome);
    driver.carried(SourceReport::Ran { mapping, batch: batch.number, request, outcome, state });
}

/// What the function is given: records, and what is told of their tumbling window.
fn event(carrier: &Carrier, batch: &Batch, records: &str) -> Bytes {
    let mapping = &carrier.mapping;
    if let (true, Some(shard)) = (mapping.kind.is_kafka(), &batch.shard) {
        return Bytes::from(kafka::document(mapping, &carrier.servers, shard, records));
    }
    let Some(window) = &batch.window else {
        return Bytes::from(format!("{{\"Records\":[{records}]}}"));
    };
    let time = |millis: u64| iso8601(i64::try_from(millis).unwrap_or(i64::MAX));
    let told = json!({
        "window": {"start": time(window.start), "end": time(window.end)},
        "shardId": batch.shard,
        "eventSourceARN": mapping.source,
        "isFinalInvokeForWindow": window.is_final,
        "isWindowTerminatedEarly": window.is_early,
    })
    .to_string();
    let state = &window.state;
    Bytes::from(format!("{{\"Records\":[{records}],\"state\":{state},{}", &told[1..]))
}

/// Invokes the mapping's function.
async fn invoke(
    carrier: &Carrier,
    driver: &Driver,
    iam: &Iam,
    event: Bytes,
    (by, context): (String, Option<EventContext>),
) -> Result<(Invoked, Option<Bytes>), String> {
    let mapping = &carrier.mapping;
    let length = event.len();
    let answer = driver
        .invoke(event, false, |engine, caller, payload| {
            let scope = &mapping.scope;
            let function =
                engine.function(scope, &mapping.function).ok_or("its function is not there")?;
            let (qualifier, version) = match mapping.qualifier.as_deref() {
                None => (None, Version(0)),
                Some(name) => called_by(engine, function.id, name).ok_or(MISSING)?,
            };
            let found = function.configuration(version).ok_or(MISSING)?;
            let enis = found.settings.vpc.as_ref().and_then(|vpc| Enis::of(engine, vpc));
            let verdict = iam.verdict(scope, &found.settings.role, enis);
            let role = verdict.map_err(|_| "its role cannot be assumed by Lambda".to_owned())?;
            Ok::<_, String>(Invoke {
                caller,
                function: Target::Known(function.id),
                qualifier,
                kind: InvokeKind::Sync,
                payload,
                length,
                context: context.map(Box::new),
                by,
                role,
            })
        })
        .await?;
    match answer.answer {
        Ok(InvokeReply::Invoked(invoked)) => Ok((invoked, answer.payload)),
        Ok(InvokeReply::Accepted(_)) => Err("it was taken for an asynchronous event".to_owned()),
        Err(Refused::Refused(refusal)) => Err(refusal.exception().to_owned()),
        Err(Refused::Draining) => Err("the server is shutting down".to_owned()),
        Err(Refused::Unavailable(why)) => Err(why),
    }
}

/// What a qualifier names: a version, or an alias and the version that it has first.
fn called_by(
    engine: &Engine,
    function: FunctionId,
    name: &str,
) -> Option<(Option<Qualifier>, Version)> {
    if name == "$LATEST" {
        return Some((Some(Qualifier::Version(Version(0))), Version(0)));
    }
    match Version::numbered(name) {
        Some(version) => Some((Some(Qualifier::Version(version)), version)),
        None => {
            let alias = engine.alias(function, name)?;
            Some((Some(Qualifier::Alias(alias.id)), alias.version))
        }
    }
}

/// The records of a batch, as explanations name whoever invokes.
fn called(mapping: &Mapping, records: &[(String, RecordKey)]) -> String {
    let kind = if mapping.kind.is_queue() { "message" } else { "record" };
    let (first, source) = (records.first().map_or("", |(id, _)| id), &mapping.source);
    match records.len() {
        0 | 1 => format!("{kind} {first} of {source}"),
        count => format!("{kind} {first} of {source} and {} more", count - 1),
    }
}

fn word(result: &InvokeResult) -> &'static str {
    match result {
        InvokeResult::Response(_) => "it answered",
        InvokeResult::Error(_) => "the function answered an error",
        InvokeResult::TimedOut(_) | InvokeResult::InitTimedOut(_) => "the function timed out",
        InvokeResult::Died(_) => "the function's process ended",
        InvokeResult::TooLarge(_) => "the function's answer is too large",
    }
}

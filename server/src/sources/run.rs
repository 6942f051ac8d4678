//! Batches: the function is invoked with records, as anybody invokes it.

use bytes::Bytes;
use engine::effect::{InvokeResult, Invoked};
use engine::id::{RequestId, Version};
use engine::input::{Invoke, InvokeKind, Target};
use engine::record::mapping::Mapping;
use engine::sources::command::{Batch, BatchOutcome, RecordKey, SourceReport};

use crate::driver::{Driver, InvokeReply, Refused};
use crate::iam::Iam;
use crate::sources::answer;
use crate::sources::carrier::Carrier;

/// Runs a batch, and reports what came of it.
pub(super) async fn run(carrier: &Carrier, driver: &Driver, iam: &Iam, batch: Batch) {
    let mapping = carrier.mapping.id;
    let records: Vec<(String, RecordKey)> = {
        let ids = carrier.held.look(&batch.records, |record| record.id.clone());
        ids.into_iter().zip(batch.records.iter().copied()).collect()
    };
    let events = carrier.held.look(&batch.records, |record| record.event.clone());
    let event = Bytes::from(format!("{{\"Records\":[{}]}}", events.join(",")));
    let by = called(&carrier.mapping, &records);
    let (request, outcome) = match invoke(carrier, driver, iam, event, by).await {
        Ok((invoked, payload)) => {
            let outcome = match (&invoked.result, payload) {
                (InvokeResult::Response(_), payload) => {
                    match carrier.mapping.settings.reports_failures {
                        true => answer::read(payload.as_deref().unwrap_or(b"null"), &records),
                        false => BatchOutcome::Taken,
                    }
                }
                (failed, _) => BatchOutcome::Failed(word(failed).to_owned()),
            };
            (Some(invoked.request), outcome)
        }
        Err(why) => (None::<RequestId>, BatchOutcome::NotRun(why)),
    };
    driver.carried(SourceReport::Ran { mapping, batch: batch.number, request, outcome });
}

/// Invokes the mapping's function.
async fn invoke(
    carrier: &Carrier,
    driver: &Driver,
    iam: &Iam,
    event: Bytes,
    by: String,
) -> Result<(Invoked, Option<Bytes>), String> {
    let mapping = &carrier.mapping;
    let length = event.len();
    let answer = driver
        .invoke(event, false, |engine, caller, payload| {
            let scope = &mapping.scope;
            let function =
                engine.function(scope, &mapping.function).ok_or("its function is not there")?;
            let version =
                version(mapping.qualifier.as_deref()).ok_or("its version is not there")?;
            let found = function.configuration(version).ok_or("its version is not there")?;
            let verdict = iam.verdict(scope.account, &scope.region, &found.settings.role);
            let role = verdict.map_err(|_| "its role cannot be assumed by Lambda".to_owned())?;
            Ok::<_, String>(Invoke {
                caller,
                function: Target::Known(function.id),
                qualifier: mapping.qualifier.as_ref().map(|_| version),
                kind: InvokeKind::Sync,
                payload,
                length,
                context: None,
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

/// The version that a qualifier names: 0 is `$LATEST`.
fn version(qualifier: Option<&str>) -> Option<Version> {
    match qualifier {
        None | Some("$LATEST") => Some(Version(0)),
        Some(number) => number.parse().ok().filter(|number| *number > 0).map(Version),
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

//! Every decision of a replay, written as lines of JSON.

use std::io::{BufWriter, Write};
use std::path::Path;

use engine::engine::Engine;
use engine::id::EnvironmentId;
use engine::time::Time;
use serde::Serialize;
use sim::plan::report::Report;
use sim::plan::{Decided, Progress, Setup, replay_with};
use sim::trace::Trace;

use super::{PlanningError, unwritable};
use crate::file::NewFile;

/// One decision.
#[derive(Serialize)]
struct DecisionLine<'a> {
    /// Nanoseconds of the Unix epoch.
    at: u64,
    function: &'a str,
    /// `started`, `prewarmed`, `reused`, `stopped` or the exception's name.
    decided: &'a str,
    environment: Option<String>,
    eni: Option<String>,
    subnet: Option<&'a str>,
}

/// Replays a trace and writes its decisions.
pub(super) fn replay(
    (path, file): (&Path, &mut NewFile),
    trace: Trace,
    setup: &Setup,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, PlanningError> {
    let failed = |error: std::io::Error| unwritable(path, error);
    let mut out = BufWriter::new(&mut *file);
    let names: Vec<String> = trace.functions.iter().map(|each| each.name.clone()).collect();
    let mut outcome = Ok(());
    let mut watch = |at: Time, function: u32, decided: Decided, engine: &Engine| {
        let (word, id): (&str, Option<EnvironmentId>) = match decided {
            Decided::Started(id) => ("started", Some(id)),
            Decided::Prewarmed(id) => ("prewarmed", Some(id)),
            Decided::Reused(id) => ("reused", Some(id)),
            Decided::Stopped(id) => ("stopped", Some(id)),
            Decided::Refused(exception) => (exception, None),
        };
        let environment = id.and_then(|id| engine.environment(id));
        let subnet = environment.and_then(|each| each.subnet());
        let subnet = subnet.and_then(|id| engine.all_subnets().find(|subnet| subnet.id == id));
        let line = DecisionLine {
            at: at.0,
            function: &names[function as usize],
            decided: word,
            environment: id.map(|id| id.to_string()),
            eni: environment.and_then(|each| each.eni()).map(|id| id.to_string()),
            subnet: subnet.and_then(|subnet| subnet.tags.get("Name")).map(String::as_str),
        };
        if outcome.is_ok() {
            outcome = serde_json::to_writer(&mut out, &line)
                .map_err(std::io::Error::from)
                .and_then(|()| out.write_all(b"\n"));
        }
    };
    let report = replay_with(trace, setup, node::memory::fetch, progress, &mut watch);
    outcome.and_then(|()| out.flush()).map_err(failed)?;
    drop(out);
    let report = report?;
    file.keep().map_err(failed)?;
    Ok(report)
}

//! Figures of the whole: a server of its own, started, and asked for functions that were never run.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use server::internal::look::Overview;

use super::client::{Connection, Served};
use super::error::BenchError;
use super::figure::{Figures, timed};
use super::functions::{Kind, Measured};
use super::{burst, warm};

/// What of the server is to be measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) cold: bool,
    pub(super) warm: bool,
    pub(super) burst: bool,
}

pub(super) fn measure(
    figures: &mut Figures,
    program: &Path,
    is_quick: bool,
    parts: Parts,
) -> Result<(), BenchError> {
    let (span, started) = timed(|| {
        let served = Served::start(program, &[])?;
        let mut connection = Connection::open(served.at)?;
        connection.json("GET", "/_warren/ps", &Value::Null)?;
        Ok::<_, BenchError>((served, connection))
    });
    let (served, connection) = started?;
    let millis = span.as_secs_f64() * 1e3;
    figures.note("start of the server to its first answer", "ms", millis, None, Some(20.0));
    std::thread::sleep(Duration::from_millis(300));
    figures.note("memory of the idle server", "MiB", served.memory(), None, Some(15.0));
    let mut measured = Measured::new(served, connection)?;
    if parts.cold {
        cold(figures, &mut measured, if is_quick { 4 } else { 25 })?;
    }
    if parts.warm {
        warm::measure(figures, &mut measured, is_quick)?;
    }
    if parts.burst {
        burst::measure(figures, &mut measured, is_quick)?;
    }
    Ok(())
}

/// What the server says of itself.
fn overview(connection: &mut Connection) -> Result<Overview, BenchError> {
    let path = "/_warren/ps";
    let (_, answer) = connection.ask("GET", path, b"")?;
    serde_json::from_slice(&answer).map_err(|source| BenchError::Answer { path, source })
}

fn cold(figures: &mut Figures, measured: &mut Measured, count: u32) -> Result<(), BenchError> {
    let mut created = Vec::new();
    for (kind, target) in [(Kind::Python, 8000.0), (Kind::Node, 12_000.0)] {
        for model in [None, Some("classic"), Some("hyperplane")] {
            let (mut whole, mut platform, mut own) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..count {
                let (name, span) = measured.create(kind, model)?;
                created.push(span);
                // Sandboxes are built ahead while nothing else is to be done.
                std::thread::sleep(Duration::from_millis(80));
                let (span, done) = timed(|| measured.invoke(&name, "{}"));
                done?;
                whole.push(span);
                let seen = overview(&mut measured.connection)?;
                let mut of_it = seen.environments.iter().filter(|each| each.function == name);
                if let Some(stages) = of_it.next().and_then(|each| each.stages) {
                    platform.push(stages.network + stages.sandbox);
                    own.push(stages.runtime);
                }
                measured.delete(&name)?;
            }
            let at = model.map_or("without VPC".into(), |model| format!("{model} ENI"));
            let what = format!("cold start of {}, {at}", kind.name());
            figures.spans(&format!("{what}: to the caller's answer"), whole, Some(target));
            figures.spans(&format!("{what}: network and sandbox"), platform, Some(500.0));
            figures.spans(&format!("{what}: runtime"), own, None);
        }
    }
    figures.spans("CreateFunction until Active", created, Some(30_000.0));
    Ok(())
}

//! What was invoked: the data of `warren record`.

use engine::engine::Engine;
use engine::scope::Scope;
use engine::tell::trail::Trail;
use serde::{Deserialize, Serialize};

use crate::driver::Driver;

/// A part of the record.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Part {
    /// Invocations that have ended, in the order in which they came.
    pub invocations: Vec<Invocation>,
    /// From which number on to ask next: what is before has been told.
    pub next: u64,
    /// The number of the first invocation that is still remembered.
    pub first: u64,
}

/// One invocation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invocation {
    /// Its number, of all functions together.
    pub number: u64,
    /// Its request id.
    pub request: String,
    /// When it came, in nanoseconds of the Unix epoch.
    pub at: u64,
    /// The function's name.
    pub function: String,
    /// The published version that ran, unless it was `$LATEST` or none did.
    pub version: Option<u64>,
    /// MB of memory.
    pub memory: u32,
    /// Nanoseconds from its delivery to its answer; none when it was refused.
    pub duration: Option<u64>,
    /// Nanoseconds that the start of its environment took, where one was started.
    pub start: Option<u64>,
    /// How it ended: `ok`, `error`, `timeout`, or an exception's name.
    pub outcome: String,
    /// Its environment.
    pub environment: Option<String>,
    /// The environment's ENI.
    pub eni: Option<String>,
    /// The ENI's subnet.
    pub subnet: Option<String>,
}

/// Invocations that are looked at while the engine is held.
const AT_ONCE: usize = 256;

/// The invocations of a scope from a number on.
pub(crate) fn part(driver: &Driver, scope: &Scope, from: u64) -> Part {
    let first = driver.read(|engine| engine.invocations(0).next().map(|(number, _)| number));
    let first = first.unwrap_or(from);
    let mut part = Part { invocations: Vec::new(), next: from.max(first), first };
    let mut all_ended = true;
    let mut at = Some(from);
    while let Some(from) = at {
        at = driver.read(|engine| {
            let (mut seen, mut next) = (0, None);
            for (number, trail) in engine.invocations(from).take(AT_ONCE) {
                (seen, next) = (seen + 1, Some(number + 1));
                all_ended &= trail.ended().is_some();
                if all_ended {
                    part.next = number + 1;
                }
                part.invocations.extend(invocation(engine, scope, number, trail));
            }
            // Those that come meanwhile are told the next time.
            next.filter(|_| seen == AT_ONCE)
        });
    }
    part
}

/// An invocation that has ended, if it is of this scope.
fn invocation(engine: &Engine, scope: &Scope, number: u64, trail: &Trail) -> Option<Invocation> {
    let ended = trail.ended()?;
    let function = engine.known_function(trail.function)?;
    if function.scope != *scope {
        return None;
    }
    let environment = trail.environment().and_then(|id| engine.known_environment(id));
    let delivered = trail.delivered().filter(|_| environment.is_some());
    Some(Invocation {
        number,
        request: trail.request.to_string(),
        at: trail.began.0,
        function: function.name.clone(),
        version: environment.map(|each| each.version().0).filter(|version| *version > 0),
        memory: environment
            .map_or(function.latest.settings.memory, |each| each.story().launch.memory),
        duration: delivered.map(|delivered| (ended - delivered).as_nanos() as u64),
        start: delivered
            .filter(|_| trail.started)
            .map(|delivered| (delivered - trail.began).as_nanos() as u64),
        outcome: trail.outcome.to_owned(),
        environment: trail.environment().map(|id| id.to_string()),
        eni: environment.and_then(|each| each.eni()).map(|id| id.to_string()),
        subnet: environment.and_then(|each| each.subnet()).map(|id| id.to_string()),
    })
}

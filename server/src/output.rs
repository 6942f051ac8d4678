//! What environments print and what the platform says of them: into the log, and into the tail
//! that an invocation may ask for.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use engine::effect::{LogEvent, LogLine};
use engine::id::EnvironmentId;
use engine::node::{Delivery, EnvironmentSpec};
use engine::scope::Scope;
use engine::time::Time;

use crate::platform::{self, Place};

/// Bytes of a log's tail.
const TAIL: usize = 4096;

/// Where lines are logged.
pub trait Sink: Send + Sync {
    /// Takes lines of a stream, with their times in milliseconds; must not wait.
    fn append(&self, scope: &Scope, group: &str, stream: &str, lines: Vec<(i64, String)>);
}

/// What is known of the output of every environment.
#[derive(Default)]
pub(crate) struct Outputs {
    environments: HashMap<EnvironmentId, Output>,
    sink: Option<Arc<dyn Sink>>,
}

impl fmt::Debug for Outputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outputs").field("environments", &self.environments.len()).finish()
    }
}

struct Output {
    scope: Scope,
    group: String,
    stream: String,
    place: Place,
    code: [u8; 32],
    /// The last lines of the invocation under way.
    tail: Vec<u8>,
}

impl Outputs {
    pub(crate) fn log_to(&mut self, sink: Arc<dyn Sink>) {
        self.sink = Some(sink);
    }

    /// An environment is started.
    pub(crate) fn begin(&mut self, spec: &EnvironmentSpec) {
        let output = Output {
            scope: spec.scope.clone(),
            group: format!("/aws/lambda/{}", spec.name),
            stream: spec.log_stream.to_string(),
            place: Place {
                version: spec.version.clone(),
                runtime: spec.runtime.clone(),
                region: spec.scope.region.clone(),
            },
            code: spec.code,
            tail: Vec::new(),
        };
        self.environments.insert(spec.environment, output);
    }

    /// An environment is gone.
    pub(crate) fn end(&mut self, environment: EnvironmentId) {
        self.environments.remove(&environment);
    }

    /// The code that environments have.
    pub(crate) fn code(&self) -> impl Iterator<Item = [u8; 32]> + '_ {
        self.environments.values().map(|output| output.code)
    }

    /// An environment printed lines.
    pub(crate) fn printed(&mut self, environment: EnvironmentId, lines: Vec<(Time, String)>) {
        let Some(output) = self.environments.get_mut(&environment) else { return };
        lines.iter().for_each(|(_, line)| output.extend_tail(line));
        if let Some(sink) = &self.sink {
            let lines = lines.into_iter().map(|(at, line)| (millis(at), line)).collect();
            sink.append(&output.scope, &output.group, &output.stream, lines);
        }
    }

    /// An environment is given an event.
    pub(crate) fn delivered(&mut self, at: Time, delivery: &Delivery) {
        let line = LogLine::Start(delivery.request);
        self.platform(&LogEvent { at, environment: delivery.environment, line });
    }

    /// The platform says something of an environment.
    pub(crate) fn platform(&mut self, event: &LogEvent) {
        let Some(output) = self.environments.get_mut(&event.environment) else { return };
        if let LogLine::Start(_) = event.line {
            output.tail.clear();
        }
        let lines = platform::spell(&event.line, &output.place);
        lines.iter().for_each(|line| output.extend_tail(line));
        if let Some(sink) = &self.sink {
            let lines = lines.into_iter().map(|line| (millis(event.at), line)).collect();
            sink.append(&output.scope, &output.group, &output.stream, lines);
        }
    }

    /// The last of what was logged in the time of an environment's last invocation.
    pub(crate) fn tail(&self, environment: EnvironmentId) -> Vec<u8> {
        let tail = self.environments.get(&environment).map_or(&[][..], |output| &output.tail);
        tail[tail.len().saturating_sub(TAIL)..].to_vec()
    }
}

impl Output {
    fn extend_tail(&mut self, line: &str) {
        self.tail.extend_from_slice(line.as_bytes());
        // Moved only now and then, so that each line costs no more than its bytes.
        if self.tail.len() > 4 * TAIL {
            let surplus = self.tail.len() - TAIL;
            self.tail.drain(..surplus);
        }
    }
}

fn millis(at: Time) -> i64 {
    i64::try_from(at.millis()).unwrap_or(i64::MAX)
}

//! What environments print and what the platform says of them: into the log, and into the tail
//! that an invocation may ask for.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use engine::effect::LogLine;
use engine::id::{EnvironmentId, RequestId};
use engine::node::EnvironmentSpec;
use engine::scope::Scope;
use engine::time::Time;

use crate::level;
use crate::metrics::Figures;
use crate::platform::{self, Place};
use crate::thread;

/// Bytes of a log's tail.
const TAIL: usize = 4096;

/// Where lines are logged.
pub trait Sink: Send + Sync {
    /// Takes lines of a stream, with their times in milliseconds; must not wait.
    fn append(&self, place: &Arc<LogPlace>, lines: Vec<(i64, String)>);

    /// Whether a stream is to go on: whoever prints without end is stopped for a while.
    fn has_room(&self, place: &LogPlace) -> bool;
}

/// A stream, and what of it is on its way.
#[derive(Debug)]
pub struct LogPlace {
    pub(crate) scope: Scope,
    pub(crate) group: String,
    pub(crate) stream: String,
    /// Bytes of its lines that are not written yet.
    pub(crate) waiting: AtomicUsize,
    /// Its lines that were not kept, until that is told in it.
    pub(crate) dropped: AtomicUsize,
}

impl LogPlace {
    /// A stream of a group.
    pub(crate) fn new(scope: Scope, group: String, stream: String) -> LogPlace {
        let (waiting, dropped) = (AtomicUsize::new(0), AtomicUsize::new(0));
        LogPlace { scope, group, stream, waiting, dropped }
    }
}

/// What is known of the output of every environment. Each has a lock of its own.
#[derive(Default)]
pub(crate) struct Outputs {
    environments: Mutex<HashMap<EnvironmentId, Arc<Output>>>,
    sink: OnceLock<Arc<dyn Sink>>,
}

impl fmt::Debug for Outputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outputs").field("environments", &self.all().len()).finish()
    }
}

/// The output of one environment.
pub(crate) struct Output {
    stream: Arc<LogPlace>,
    place: Place,
    /// Its code and its layers.
    code: Vec<[u8; 32]>,
    figures: Option<Arc<Figures>>,
    current: Mutex<Current>,
}

/// Takes the tail of a log.
pub(crate) type TakesTail = Box<dyn FnOnce(Vec<u8>) + Send>;

/// What concerns the invocation under way.
#[derive(Default)]
struct Current {
    /// Its last lines.
    tail: Vec<u8>,
    /// Whether the function has answered with an error.
    is_error: bool,
    /// Who is to have them once the last is there.
    waiting: Option<(RequestId, TakesTail)>,
}

/// The output of an environment, to which nobody else writes meanwhile.
pub(crate) struct HeldOutput<'a> {
    output: &'a Output,
    current: MutexGuard<'a, Current>,
}

impl Outputs {
    /// Sets where lines are logged; once.
    pub(crate) fn log_to(&self, sink: Arc<dyn Sink>) {
        assert!(self.sink.set(sink).is_ok(), "lines are logged to one sink");
    }

    fn all(&self) -> MutexGuard<'_, HashMap<EnvironmentId, Arc<Output>>> {
        thread::lock(&self.environments, "outputs of environments")
    }

    /// An environment is started.
    pub(crate) fn begin(&self, spec: &EnvironmentSpec, figures: Option<Arc<Figures>>) {
        if let Some(figures) = &figures {
            figures.started();
        }
        let output = Output {
            stream: Arc::new(LogPlace::new(
                spec.scope.clone(),
                spec.log_group(),
                spec.log_stream(),
            )),
            place: Place::of(spec),
            code: spec.layers.iter().copied().chain([spec.code]).collect(),
            figures,
            current: Mutex::default(),
        };
        self.all().insert(spec.environment, Arc::new(output));
    }

    /// An environment is gone.
    pub(crate) fn end(&self, environment: EnvironmentId) {
        self.all().remove(&environment);
    }

    /// The output of an environment.
    pub(crate) fn of(&self, environment: EnvironmentId) -> Option<Arc<Output>> {
        self.all().get(&environment).cloned()
    }

    /// Gives everybody who waits for the end of an invocation's log what there is.
    pub(crate) fn end_waiting(&self) {
        let all: Vec<_> = self.all().values().cloned().collect();
        for output in all {
            let mut held = output.hold();
            let waiting = held.current.waiting.take();
            if let Some((_, takes)) = waiting {
                takes(held.tail());
            }
        }
    }

    /// The code and the layers that environments have.
    pub(crate) fn code(&self) -> BTreeSet<[u8; 32]> {
        self.all().values().flat_map(|output| output.code.clone()).collect()
    }

    /// Whether an environment may print on.
    pub(crate) fn has_room(&self, environment: EnvironmentId) -> bool {
        let output = self.of(environment);
        let known = output.zip(self.sink.get());
        known.is_none_or(|(output, sink)| sink.has_room(&output.stream))
    }

    /// An environment printed lines.
    pub(crate) fn printed(&self, environment: EnvironmentId, lines: Vec<(Time, String)>) {
        let Some(output) = self.of(environment) else { return };
        let mut held = output.hold();
        let lines = held.output.wanted(lines);
        lines.iter().for_each(|(_, line)| held.extend_tail(line));
        let lines = lines.into_iter().map(|(at, line)| (millis(at), line)).collect();
        self.log(&held, lines);
    }

    /// The platform says something of an environment.
    pub(crate) fn platform(&self, held: &mut HeldOutput<'_>, at: Time, line: &LogLine) {
        if let LogLine::Start(_) = line {
            held.current.tail.clear();
            held.current.is_error = false;
        }
        let lines = platform::spell(line, at, &held.output.place, held.current.is_error);
        lines.iter().for_each(|line| held.extend_tail(line));
        self.log(held, lines.into_iter().map(|line| (millis(at), line)).collect());
        if let LogLine::Report { request, .. } = line {
            held.ended(*request);
        }
    }

    fn log(&self, held: &HeldOutput<'_>, lines: Vec<(i64, String)>) {
        if let Some(sink) = self.sink.get()
            && !lines.is_empty()
        {
            sink.append(&held.output.stream, lines);
        }
    }
}

impl Output {
    /// Of what a function has logged, what matters as much as it is to.
    fn wanted(&self, mut lines: Vec<(Time, String)>) -> Vec<(Time, String)> {
        if let Some(least) = self.place.logging.application {
            lines.retain(|(_, line)| level::of(line) >= least);
        }
        lines
    }

    /// Keeps others from writing; lines come in the order in which it is held.
    pub(crate) fn hold(&self) -> HeldOutput<'_> {
        let current = thread::lock(&self.current, "output of an environment");
        HeldOutput { output: self, current }
    }
}

impl<'a> HeldOutput<'a> {
    /// The figures of its function.
    pub(crate) fn figures(&self) -> Option<&'a Figures> {
        self.output.figures.as_deref()
    }

    /// The last of what was logged in the time of the environment's last invocation.
    pub(crate) fn tail(&self) -> Vec<u8> {
        let tail = &self.current.tail;
        tail[tail.len().saturating_sub(TAIL)..].to_vec()
    }

    /// The function has answered its invocation with an error.
    pub(crate) fn failed(&mut self) {
        self.current.is_error = true;
    }

    /// Gives the tail of an invocation's log to somebody once it has ended.
    pub(crate) fn give_tail(&mut self, request: RequestId, to: TakesTail) {
        self.current.waiting = Some((request, to));
    }

    fn ended(&mut self, request: RequestId) {
        let waiting = self.current.waiting.take_if(|(of, _)| *of == request);
        if let Some((_, takes)) = waiting {
            takes(self.tail());
        }
    }

    fn extend_tail(&mut self, line: &str) {
        let tail = &mut self.current.tail;
        tail.extend_from_slice(line.as_bytes());
        if self.output.place.is_json() && !line.ends_with('\n') {
            tail.push(b'\n');
        }
        // Moved only now and then, so that each line costs no more than its bytes.
        if tail.len() > 4 * TAIL {
            let surplus = tail.len() - TAIL;
            tail.drain(..surplus);
        }
    }
}

fn millis(at: Time) -> i64 {
    i64::try_from(at.millis()).unwrap_or(i64::MAX)
}

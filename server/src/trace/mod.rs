//! Traces: each invocation as spans, for who collects them by OTLP.

pub(crate) mod context;
pub mod export;
pub(crate) mod lineage;
mod span;

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::effect::{Course, Ended};
use engine::engine::Engine;
use engine::id::RequestId;
use engine::node::Stages;
use engine::scope::Scope;
use engine::time::Time;
use tokio::sync::mpsc;

use crate::thread;
use context::TraceContext;

/// Invocations that may wait to be sent; further ones are counted and not sent.
const WAITING: usize = 8192;
/// Callers' spans that are remembered.
const PARENTS: usize = 65_536;

/// An invocation that is over.
#[derive(Debug, Clone)]
pub(crate) struct Traced {
    pub(crate) trace: u128,
    /// Its own span, as the function is told.
    pub(crate) span: u64,
    /// The caller's span.
    pub(crate) parent: Option<u64>,
    pub(crate) course: Course,
    pub(crate) at: Time,
    pub(crate) outcome: &'static str,
    pub(crate) scope: Scope,
    pub(crate) function: String,
    pub(crate) environment: Option<Ran>,
}

/// The environment in which an invocation ran.
#[derive(Debug, Clone)]
pub(crate) struct Ran {
    pub(crate) id: String,
    pub(crate) created: Time,
    pub(crate) stages: Option<Stages>,
}

/// Collects invocations that are over, on their way to who wants them.
#[derive(Debug)]
pub struct Tracer {
    over: mpsc::Sender<Traced>,
    /// What was delivered and is not over.
    delivered: Mutex<HashMap<RequestId, TraceContext>>,
    parents: Mutex<Parents>,
    lost: AtomicU64,
}

/// Callers' spans by those of their invocations; the oldest are forgotten.
#[derive(Debug, Default)]
struct Parents {
    known: HashMap<u64, u64>,
    order: VecDeque<u64>,
}

impl Tracer {
    fn new() -> (Tracer, mpsc::Receiver<Traced>) {
        let (over, arriving) = mpsc::channel(WAITING);
        let (delivered, parents) = (Mutex::default(), Mutex::default());
        (Tracer { over, delivered, parents, lost: AtomicU64::new(0) }, arriving)
    }

    /// How many invocations were not sent.
    pub(crate) fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    pub(super) fn lose(&self, count: usize) {
        self.lost.fetch_add(count as u64, Ordering::Relaxed);
    }

    /// The trace header of an invocation whose span this is to be: who continues the trace in the
    /// function is its child. One that says nothing that is understood stays as it is.
    pub(crate) fn enter(&self, header: String, span: u64) -> String {
        let Some(context) = TraceContext::of_xray(&header) else { return header };
        if let Some(parent) = context.parent.filter(|parent| *parent != span) {
            let mut parents = thread::lock(&self.parents, "spans of callers");
            parents.known.insert(span, parent);
            parents.order.push_back(span);
            if parents.order.len() > PARENTS
                && let Some(oldest) = parents.order.pop_front()
            {
                parents.known.remove(&oldest);
            }
        }
        let is_sampled = context.is_sampled.or(Some(true));
        TraceContext { is_sampled, ..context }.xray(Some(span))
    }

    /// An event is given to its environment, with this header.
    pub(crate) fn delivered(&self, request: RequestId, header: Option<&str>) {
        if let Some(context) = header.and_then(TraceContext::of_xray) {
            thread::lock(&self.delivered, "traces of invocations").insert(request, context);
        }
    }

    /// An invocation is over.
    pub(crate) fn ended(&self, engine: &Engine, ended: &Ended) {
        let Some(course) = ended.course else { return };
        let delivered =
            thread::lock(&self.delivered, "traces of invocations").remove(&course.request);
        // One that was not delivered is a trace of its own.
        let own = TraceContext { trace: course.request.0, parent: None, is_sampled: Some(true) };
        let context = delivered.unwrap_or(own);
        let Some(function) = engine.known_function(course.function) else { return };
        if context.is_sampled == Some(false) {
            return;
        }
        let span = context.parent.unwrap_or(course.request.0 as u64 | 1);
        let parent = thread::lock(&self.parents, "spans of callers").known.get(&span).copied();
        let environment = ended.environment.and_then(|id| engine.known_environment(id));
        let traced = Traced {
            trace: context.trace,
            span,
            parent,
            course,
            at: ended.at,
            outcome: ended.outcome,
            scope: function.scope.clone(),
            function: function.name.clone(),
            environment: environment.map(|environment| Ran {
                id: environment.id().to_string(),
                created: environment.story().created,
                stages: environment.story().stages,
            }),
        };
        if self.over.try_send(traced).is_err() {
            self.lose(1);
        }
    }
}

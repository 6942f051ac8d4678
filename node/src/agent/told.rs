//! What sandboxes tell: their runtimes by the Runtime API, their processes by the fork server.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use engine::id::EnvironmentId;
use engine::node::{NodeReport, Outcome};
use engine::time::Time;

use super::environment::{self, InitFailure, Service};
use super::queue::Task;
use super::table::Told;
use super::{Inner, LogLine, Parts, Report};
use crate::error::{chain, failure, kind_of};
use crate::runtime::api::{Event, Happening};
use crate::runtime::instance::{Instance, Stream};
use crate::runtime::invocation::Answer;
use crate::sandbox::{SandboxError, Stage};

impl Inner {
    pub(super) fn happened(&self, instance: Option<&Arc<Instance>>, happening: Happening) {
        if let Happening::Sandbox(event) = happening {
            return self.sandbox_told(event);
        }
        let Some(instance) = instance else { return };
        let Some(environment) = instance.environment() else { return };
        match happening {
            Happening::Ready => self.ready(instance.sandbox),
            Happening::Lines(stream, lines) => self.log(environment, stream, lines),
            Happening::Answered { request, answer, duration, asks } => {
                // Of one that is not done yet, it is told when it is.
                let memory_peak = if asks { instance.group.memory_peak() } else { 0 };
                let (outcome, bytes) = self.outcome(answer);
                let report = NodeReport::Finished {
                    environment,
                    request,
                    outcome,
                    memory_peak,
                    duration,
                    asks,
                };
                (self.report)(Report::Node(report, bytes));
            }
            Happening::Asked { request, duration } => {
                let memory_peak = instance.group.memory_peak();
                self.tell(NodeReport::Asked { environment, request, memory_peak, duration });
            }
            Happening::InitError { body, error_type } => {
                let stages = self.table().service(instance.sandbox).map(|it| it.stages());
                let failure = InitFailure { document: body, error_type };
                self.init_failed(environment, failure, stages.unwrap_or_default());
            }
            Happening::Sandbox(_) => unreachable!("handled above"),
        }
    }

    /// What the fork server or a sandbox's first processes tell.
    pub(super) fn sandbox_told(&self, event: Event) {
        if let Event::Gone { id } = event {
            return self.queue.push(Task::Clean(id));
        }
        let follows = self.table().tell(event);
        match follows {
            Told::Nothing => {}
            Told::Kill { parts } => parts.kill(),
            Told::Exited { parts, service, status } => self.exited(&parts, &service, status),
            Told::Failed { service, stages, stage: Stage::Exec, error } => {
                let failure = InitFailure::not_executable(service.bootstrap, &error);
                self.init_failed(service.environment, failure, stages);
            }
            Told::Failed { service, stage, error, .. } => {
                let kind = kind_of(&error);
                let error = SandboxError::Stage(stage, error);
                tracing::warn!(
                    environment = %service.environment,
                    function = service.function,
                    error = chain(&error),
                    "sandbox not made"
                );
                let failure = failure(&error, kind);
                self.tell(NodeReport::StartFailed(service.environment, failure));
            }
        }
    }

    /// An environment's processes have ended without having been told to.
    pub(super) fn exited(&self, parts: &Parts, service: &Service, status: i32) {
        let group = &parts.instance.group;
        let exit = environment::exit(status, group.out_of_memory() > 0);
        let environment = service.environment;
        tracing::info!(%environment, function = service.function, ?exit, "environment exited");
        self.tell(NodeReport::Exited { environment, exit, memory_peak: group.memory_peak() });
    }

    fn outcome(&self, answer: Answer) -> (Outcome, Option<Bytes>) {
        let payload = self.payload();
        match answer {
            Answer::Response(bytes) => {
                (Outcome::Response { payload, length: bytes.len() }, Some(bytes))
            }
            Answer::Error(bytes) => (Outcome::Error { payload, length: bytes.len() }, Some(bytes)),
            Answer::TooLarge(length) => (Outcome::TooLarge(length), None),
        }
    }

    fn log(&self, environment: EnvironmentId, stream: Stream, lines: Vec<Vec<u8>>) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let time = Time(now.as_nanos() as u64);
        let is_error = stream == Stream::Error;
        let lines = lines.into_iter().map(|text| LogLine { time, is_error, text }).collect();
        (self.report)(Report::Log(environment, lines));
    }
}

//! Decisions: what the engine chose, why, and what lost. Ordinary data, for explanations.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use crate::base::id::{DecisionId, EniId, EnvironmentId, FunctionId, GroupId, RequestId, Version};
use crate::base::time::Time;
use crate::effect::Course;
use crate::node::PacketDrop;
use crate::record::decision::{Cause, Choice, Decision};
use crate::tell::led::Led;
use crate::tell::refused::Refusal;

/// What is known of an invocation, for its explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// Which invocation.
    pub request: RequestId,
    /// Of which function.
    pub function: FunctionId,
    /// When it came.
    pub began: Time,
    /// Whether an environment was started for it.
    pub started: bool,
    /// Whether the runtime of its environment began once more for it.
    pub began_anew: bool,
    /// How it ended, in a word: `ok`, `error`, `timeout`, or the exception's name; else nothing.
    pub outcome: &'static str,
    /// The packets dropped meanwhile.
    pub drops: Vec<Judged>,
    /// What failed meanwhile beside packets; nothing is the usual.
    pub(crate) beside: Option<Box<Beside>>,
    /// Where it ran last; zero is nowhere.
    pub(crate) environment: EnvironmentId,
    /// When it was given to its environment last; zero is never.
    pub(crate) delivered: Time,
    /// When it was answered; zero is never.
    pub(crate) ended: Time,
    pub(crate) reuse: Reuse,
    /// The alias by which it was invoked, and where that led it.
    pub(crate) route: Option<Box<Route>>,
}

/// What failed during an invocation beside packets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// Names that did not resolve, each with why.
    pub(crate) names: Vec<(String, String)>,
    /// What policies of VPC endpoints refused.
    pub(crate) refused: VecDeque<Refusal>,
}

/// Where an alias led an invocation.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The alias's name.
    pub alias: String,
    /// The version.
    pub version: Version,
    /// In how many of the cases it leads there; none where it leads nowhere else.
    pub weight: Option<f64>,
}

// A weight is always a number.
impl Eq for Route {}

/// The decision to use an idle environment again, in short: nearly every invocation has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reuse {
    /// Its number; zero while there is none.
    pub(crate) id: u64,
    /// The environment's ENI; zero is none.
    pub(crate) eni: u64,
    /// Who asked, where that is known.
    pub(crate) by: Option<Box<str>>,
    /// How many invocations the environment has had, this one included.
    pub(crate) nth: u32,
    /// Which attempt of an asynchronous event it is, from 1; 0 when a caller waits.
    pub(crate) attempt: u8,
}

/// A drop, and the security groups that all together let none of it through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The packets that did not pass.
    pub drop: PacketDrop,
    /// The security groups that were asked; none where no rule decided.
    pub groups: Vec<GroupId>,
    /// Where the routes led it, if they decided.
    pub led: Option<Led>,
}

impl Trail {
    /// The trail of an invocation that has just come.
    pub(crate) fn new(now: Time, request: RequestId, function: FunctionId) -> Trail {
        Trail {
            request,
            function,
            began: now,
            started: false,
            began_anew: false,
            outcome: "",
            drops: Vec::new(),
            beside: None,
            environment: EnvironmentId(0),
            delivered: Time(0),
            ended: Time(0),
            reuse: Reuse::default(),
            route: None,
        }
    }

    /// Becomes the trail of an invocation that has just come.
    #[inline]
    pub(crate) fn begin(&mut self, now: Time, request: RequestId, function: FunctionId) {
        (self.request, self.function, self.began) = (request, function, now);
        (self.started, self.began_anew) = (false, false);
        self.outcome = "";
        if !self.drops.is_empty() {
            self.drops = Vec::new();
        }
        if self.beside.is_some() {
            self.beside = None;
        }
        self.environment = EnvironmentId(0);
        (self.delivered, self.ended) = (Time(0), Time(0));
        self.reuse.id = 0;
        if self.reuse.by.is_some() {
            self.reuse.by = None;
        }
        if self.route.is_some() {
            self.route = None;
        }
    }

    /// What of it is told when it ends.
    #[inline]
    pub(crate) fn course(&self) -> Course {
        let Trail { request, function, began, started, .. } = *self;
        Course { request, function, began, delivered: self.delivered(), started }
    }

    /// Where it ran last.
    pub fn environment(&self) -> Option<EnvironmentId> {
        (self.environment != EnvironmentId(0)).then_some(self.environment)
    }

    /// When it was given to its environment last.
    pub fn delivered(&self) -> Option<Time> {
        (self.delivered != Time(0)).then_some(self.delivered)
    }

    /// When it was answered.
    pub fn ended(&self) -> Option<Time> {
        (self.ended != Time(0)).then_some(self.ended)
    }

    /// The decision to use an idle environment again, if that was decided at first.
    pub fn reuse(&self) -> Option<Decision> {
        let Trail { request, function, environment, .. } = *self;
        let Reuse { id, eni, nth, attempt, .. } = self.reuse;
        let cause = match attempt {
            0 => {
                let caller = self.reuse.by.as_deref().unwrap_or_default().into();
                Cause::Sync { request, function, caller }
            }
            attempt => Cause::Async { request, function, attempt },
        };
        let eni = (eni != 0).then_some(EniId(eni));
        let choice = Choice::Reuse { environment, eni, nth: u64::from(nth) };
        let decision =
            Decision { id: DecisionId(id), at: self.began, cause, choice, passed_over: Vec::new() };
        (id != 0).then_some(decision)
    }
}

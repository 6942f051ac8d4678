//! What the agent is told to do and has not done yet, and who takes it: starts and ends of
//! environments side by side, changes of the network alone, all begun in the order given.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use engine::id::EnvironmentId;
use engine::node::{EnvironmentSpec, NodeCommand};

/// How long nothing must have been to do, nor any start come to its end, before something is built
/// ahead.
const QUIET: Duration = Duration::from_millis(15);
/// How often it is looked for stock that nobody has wanted for long.
const PERIOD: Duration = Duration::from_secs(30);

/// Something to do.
#[derive(Debug)]
pub(super) enum Task {
    Start(Box<EnvironmentSpec>),
    /// A start whose sandbox was killed before it was ready; not a second time.
    StartAgain(Box<EnvironmentSpec>),
    Stop(EnvironmentId),
    Reset(EnvironmentId),
    /// A sandbox is gone.
    Clean(u64),
    Network(NodeCommand),
    /// All that a restart restores was told.
    Settle,
}

impl Task {
    /// Whether everything before it must be done first, and everything after it wait: starts that
    /// follow a change of the network find it in force, and those before it are not overtaken.
    fn is_exclusive(&self) -> bool {
        match self {
            Task::Start(_)
            | Task::StartAgain(_)
            | Task::Stop(_)
            | Task::Reset(_)
            | Task::Clean(_) => false,
            Task::Network(_) | Task::Settle => true,
        }
    }
}

/// What a worker is to do next.
#[derive(Debug)]
pub(super) enum Next {
    /// This, and tell [`Queue::done`].
    Task(Task),
    /// It has been quiet: build ahead, and tell [`Queue::rested`].
    Quiet,
    /// Nothing ever again.
    End,
}

#[derive(Debug)]
struct Waiting {
    tasks: VecDeque<Task>,
    /// Workers on tasks.
    busy: usize,
    is_exclusive: bool,
    /// Somebody builds ahead.
    is_building: bool,
    /// Something is to be built ahead.
    is_wanted: bool,
    idle_since: Instant,
    has_ended: bool,
}

/// Tasks, from many to several workers.
#[derive(Debug)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Queue {
    pub(super) fn new() -> Queue {
        Queue {
            waiting: Mutex::new(Waiting {
                tasks: VecDeque::new(),
                busy: 0,
                is_exclusive: false,
                is_building: false,
                is_wanted: false,
                idle_since: Instant::now(),
                has_ended: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, task: Task) {
        self.lock().tasks.push_back(task);
        self.changed.notify_one();
    }

    /// Whether what is to be done next is a start by this runtime.
    pub(super) fn is_start_next(&self, runtime: &str) -> bool {
        let waiting = self.lock();
        matches!(waiting.tasks.front(), Some(Task::Start(spec)) if spec.runtime == runtime)
    }

    /// Lets the workers end once what waits is done.
    pub(super) fn end(&self) {
        self.lock().has_ended = true;
        self.changed.notify_all();
    }

    /// Waits for something to do.
    pub(super) fn next(&self) -> Next {
        let mut waiting = self.lock();
        loop {
            if let Some(next) = waiting.take() {
                return next;
            }
            let span = if waiting.is_wanted { QUIET } else { PERIOD };
            let due = waiting.idle_since + span;
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() && waiting.is_idle() {
                waiting.is_building = true;
                return Next::Quiet;
            }
            let left = if waiting.is_idle() { left } else { PERIOD };
            let woken = self.changed.wait_timeout(waiting, left);
            waiting = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A task is done; `wants_stock` when it was one that something may be built ahead after.
    pub(super) fn done(&self, wants_stock: bool) {
        let mut waiting = self.lock();
        waiting.busy -= 1;
        waiting.is_exclusive = false;
        waiting.is_wanted |= wants_stock;
        waiting.idle_since = Instant::now();
        // All look again: one has to wait for quiet, others for what was held back.
        self.changed.notify_all();
    }

    /// A runtime that was started has come to ask for its first event. Where many are started they
    /// take the processors until then, long after the last start was begun.
    pub(super) fn postpone_quiet(&self) {
        self.lock().idle_since = Instant::now();
    }

    /// What was to be done in quiet is done, and may be again at the next.
    pub(super) fn rested(&self, is_wanted: bool) {
        let mut waiting = self.lock();
        waiting.is_building = false;
        waiting.is_wanted = is_wanted;
        waiting.idle_since = Instant::now();
        self.changed.notify_all();
    }
}

impl Waiting {
    fn take(&mut self) -> Option<Next> {
        match self.tasks.front() {
            None if self.has_ended => return Some(Next::End),
            None => return None,
            Some(task) if task.is_exclusive() && self.busy > 0 => return None,
            Some(_) if self.is_exclusive => return None,
            Some(_) => {}
        }
        let task = self.tasks.pop_front()?;
        self.busy += 1;
        self.is_exclusive = task.is_exclusive();
        Some(Next::Task(task))
    }

    fn is_idle(&self) -> bool {
        self.busy == 0 && !self.is_building && self.tasks.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(number: u64) -> Task {
        Task::Stop(EnvironmentId(number))
    }

    #[test]
    fn a_change_of_the_network_is_carried_out_alone() {
        let queue = Queue::new();
        queue.push(stop(1));
        queue.push(Task::Settle);
        queue.push(stop(2));
        assert!(matches!(queue.next(), Next::Task(Task::Stop(EnvironmentId(1)))));
        assert!(queue.lock().take().is_none(), "the first is not done");
        queue.done(false);
        assert!(matches!(queue.next(), Next::Task(Task::Settle)));
        assert!(queue.lock().take().is_none(), "the change is under way");
        queue.done(false);
        queue.end();
        assert!(matches!(queue.next(), Next::Task(Task::Stop(EnvironmentId(2)))));
        queue.done(true);
        assert!(matches!(queue.next(), Next::End));
    }

    #[test]
    fn ends_and_starts_go_side_by_side() {
        let queue = Queue::new();
        queue.push(stop(1));
        queue.push(stop(2));
        assert!(matches!(queue.next(), Next::Task(_)));
        assert!(matches!(queue.next(), Next::Task(_)));
    }

    #[test]
    fn only_quiet_is_for_building_ahead_and_only_one_builds() {
        let queue = Queue::new();
        queue.push(stop(1));
        assert!(matches!(queue.next(), Next::Task(_)));
        queue.done(true);
        assert!(matches!(queue.next(), Next::Quiet));
        assert!(!queue.lock().is_idle());
        queue.rested(false);
        assert!(queue.lock().is_idle());
    }

    #[test]
    fn it_is_not_quiet_while_runtimes_come_to_be_ready() {
        let queue = Queue::new();
        queue.push(stop(1));
        assert!(matches!(queue.next(), Next::Task(_)));
        queue.done(true);
        std::thread::sleep(QUIET);
        let ready = Instant::now();
        queue.postpone_quiet();
        assert!(matches!(queue.next(), Next::Quiet));
        assert!(ready.elapsed() >= QUIET);
    }
}

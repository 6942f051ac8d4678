//! Doing what is in the outbox: each job as soon as it is due, some at a time, by deadlines alone.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::watch;

use super::attempt::Refusal;
use super::job::Job;
use super::letter::{self, About, Exhausted};
use super::outbox::{self, Due};
use super::told::{Outcome, Outcomes};
use crate::failure::Failure;
use crate::outward::{Actor, Outward};
use crate::random;
use crate::store::{Store, StoreError};
use crate::time::{instant_of, now};

/// Jobs that are under way at a time.
const AT_ONCE: usize = 64;
/// Those of them that are for one target: one that is slow leaves others room.
const OF_TARGET: usize = 48;
/// How long is waited before a job is tried again, at first and at the most, in milliseconds.
const FIRST_WAIT: i64 = 1_000;
const LONGEST_WAIT: i64 = 5 * 60 * 1_000;
/// How long a store that fails is left alone.
const PAUSE: Duration = Duration::from_secs(1);

/// The jobs that are under way.
#[derive(Debug, Default)]
struct UnderWay {
    jobs: HashSet<i64>,
    busy: Busy,
}

/// What jobs are for.
#[derive(Debug, Default, Clone)]
struct Busy {
    /// The FIFO queues and groups of some of them.
    lanes: HashSet<(String, String)>,
    /// How many of them each target has.
    targets: HashMap<String, usize>,
}

impl Busy {
    /// Notes that a job is taken, unless another one of its lane is, or its target has as many as it
    /// may have.
    fn take(&mut self, job: &Job) -> bool {
        let lane = job.target.lane().map(|(queue, group)| (queue.to_owned(), group.to_owned()));
        let of_target = self.targets.entry(job.target.arn().to_owned()).or_default();
        if *of_target >= OF_TARGET || lane.as_ref().is_some_and(|lane| self.lanes.contains(lane)) {
            return false;
        }
        *of_target += 1;
        self.lanes.extend(lane);
        true
    }

    fn let_go(&mut self, job: &Job) {
        if let Some((queue, group)) = job.target.lane() {
            self.lanes.remove(&(queue.to_owned(), group.to_owned()));
        }
        if let Some(count) = self.targets.get_mut(job.target.arn()) {
            *count -= 1;
            if *count == 0 {
                self.targets.remove(job.target.arn());
            }
        }
    }
}

/// What a service knows of its deliveries beside its store.
#[derive(Debug)]
pub(crate) struct Deliveries {
    bell: watch::Sender<u64>,
    under_way: Mutex<UnderWay>,
    pub(crate) outcomes: Outcomes,
}

impl Default for Deliveries {
    fn default() -> Deliveries {
        Deliveries {
            bell: watch::Sender::new(0),
            under_way: Mutex::default(),
            outcomes: Outcomes::default(),
        }
    }
}

impl Deliveries {
    /// Tells that there is something new to deliver.
    pub(crate) fn ring(&self) {
        self.bell.send_modify(|rung| *rung += 1);
    }

    /// Notes that a job is under way, unless it is not for it now.
    fn take(&self, due: &Due) -> bool {
        let mut under_way = self.under_way();
        !under_way.jobs.contains(&due.id)
            && under_way.busy.take(&due.job)
            && under_way.jobs.insert(due.id)
    }

    fn let_go(&self, id: i64, job: &Job) {
        let mut under_way = self.under_way();
        under_way.jobs.remove(&id);
        under_way.busy.let_go(job);
        drop(under_way);
        self.ring();
    }

    fn under_way(&self) -> MutexGuard<'_, UnderWay> {
        // Nothing that is done under the lock leaves it half changed.
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A service that delivers.
pub(crate) trait Sender: Send + Sync + 'static {
    /// In whose name it does so.
    const PRINCIPAL: &'static str;

    fn store(&self) -> &Store;
    fn deliveries(&self) -> &Deliveries;
    fn outward(&self) -> &dyn Outward;

    /// What policies are told that a job is done for.
    fn source_arn(job: &Job) -> String {
        job.source.clone()
    }

    /// Asks a target to take a body.
    fn attempt(
        &self,
        actor: &Actor,
        job: &Job,
        body: String,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;
}

/// Delivers for as long as the service is there.
pub(crate) fn drive<S: Sender>(service: &Arc<S>) {
    let rung = service.deliveries().bell.subscribe();
    tokio::spawn(run(Arc::downgrade(service), rung));
}

async fn run<S: Sender>(service: Weak<S>, mut rung: watch::Receiver<u64>) {
    loop {
        rung.mark_unchanged();
        let Some(held) = service.upgrade() else { return };
        let next = match begin(&held).await {
            Ok(next) => next,
            Err(StoreError::Closed) => return,
            Err(why) => {
                tracing::warn!(%why, principal = S::PRINCIPAL, "nothing is delivered");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        drop(held);
        let changed = rung.changed();
        let is_over = match next {
            Some(next) => tokio::select! {
                changed = changed => changed.is_err(),
                () = tokio::time::sleep_until(instant_of(next)) => false,
            },
            None => changed.await.is_err(),
        };
        if is_over {
            return;
        }
    }
}

/// Begins with what is due, as far as there is room; tells when something else is.
async fn begin<S: Sender>(service: &Arc<S>) -> Result<Option<i64>, StoreError> {
    let (under_way, mut busy) = {
        let under_way = service.deliveries().under_way();
        (under_way.jobs.clone(), under_way.busy.clone())
    };
    let room = AT_ONCE.saturating_sub(under_way.len());
    if room == 0 {
        // Whichever is over first rings.
        return Ok(None);
    }
    // Of those that are found none waits for another: the first of a lane that is busy is not passed by.
    let mut passed_over = HashSet::new();
    let wanted = move |id: i64, job: &Job| {
        if under_way.contains(&id) {
            return false;
        }
        let lane = job.target.lane().map(|(queue, group)| (queue.to_owned(), group.to_owned()));
        if lane.as_ref().is_some_and(|lane| passed_over.contains(lane)) {
            return false;
        }
        let is_free = busy.take(job);
        if !is_free {
            passed_over.extend(lane);
        }
        is_free
    };
    let find =
        move |connection: &_| Ok::<_, StoreError>(outbox::due(connection, now(), room, wanted)?);
    let (due, next) = service.store().run_lean(find).await?;
    for due in due {
        // Whatever was let go in the meantime has rung.
        if !service.deliveries().take(&due) {
            continue;
        }
        let service = Arc::clone(service);
        tokio::spawn(async move {
            let (id, job) = (due.id, due.job.clone());
            deliver(&*service, due).await;
            service.deliveries().let_go(id, &job);
        });
    }
    Ok(next)
}

/// What is done about a job after an attempt.
enum Next {
    Done,
    At(i64),
}

async fn deliver<S: Sender>(service: &S, due: Due) {
    let Due { id, created, attempts, job } = due;
    let actor = Actor {
        principal: S::PRINCIPAL,
        source_arn: S::source_arn(&job),
        source_account: job.account,
        role: job.role.clone(),
        trace: job.trace.clone(),
    };
    let attempt = attempts.saturating_add(1);
    let execution = format!("{:016x}", u64::from_be_bytes(random::random()));
    let body = job.body_of(attempt, &execution);
    let (what, next) = match service.attempt(&actor, &job, body).await {
        Ok(()) => ("delivered".to_owned(), Next::Done),
        Err(refusal) => {
            let wait = put_off(attempt);
            match exhausted(&refusal, &job, attempt, now() + wait - created) {
                None => {
                    let what = format!("{}, tried again", refusal.message);
                    (what, Next::At(now() + wait))
                }
                Some(exhausted) => {
                    let about = About {
                        refusal: &refusal,
                        exhausted,
                        attempts: attempt,
                        execution: &execution,
                    };
                    give_up(service, &actor, &job, about).await
                }
            }
        }
    };
    let (at, cause, target) = (now(), job.cause.clone(), job.target.arn().to_owned());
    service.deliveries().outcomes.note(&job.source, Outcome { at, cause, target, what });
    settle(service, id, next).await;
}

/// Has a dead-letter queue take it; one that cannot at present is tried again.
async fn give_up<S: Sender>(
    service: &S,
    actor: &Actor,
    job: &Job,
    about: About<'_>,
) -> (String, Next) {
    let why = about.refusal.message.clone();
    let attempts = about.attempts;
    tracing::warn!(source = job.source, to = job.target.arn(), why, "an event is given up");
    let Some(letter) = &job.letter else {
        return (format!("given up: {why}"), Next::Done);
    };
    match letter::send(service.outward(), actor, job, about).await {
        Ok(()) => (format!("given to {}: {why}", letter.queue), Next::Done),
        Err(refusal) if refusal.is_passing => {
            let what = format!("given up: {why}; {} is tried again", letter.queue);
            (what, Next::At(now() + put_off(attempts)))
        }
        Err(refusal) => {
            let what =
                format!("given up: {why}; {} does not take it: {}", letter.queue, refusal.message);
            (what, Next::Done)
        }
    }
}

/// Whether nobody tries again, and by which bound.
fn exhausted(refusal: &Refusal, job: &Job, attempt: u32, age: i64) -> Option<Exhausted> {
    match refusal.is_passing {
        false => Some(Exhausted::No),
        true if attempt > job.retries => Some(Exhausted::Attempts),
        true if age > job.age => Some(Exhausted::Age),
        true => None,
    }
}

/// How long is waited after so many attempts: twice as long each time, and not at once with others.
fn put_off(attempts: u32) -> i64 {
    let doubled =
        FIRST_WAIT.checked_shl(attempts.saturating_sub(1).min(20)).unwrap_or(LONGEST_WAIT);
    let wait = doubled.min(LONGEST_WAIT);
    let [drawn] = random::random::<1>();
    wait / 2 + wait / 2 * i64::from(drawn) / 255
}

/// Stores what came of a job, until it is stored.
async fn settle<S: Sender>(service: &S, id: i64, next: Next) {
    let until = match next {
        Next::Done => None,
        Next::At(due) => Some(due),
    };
    loop {
        let work = move |connection: &_| {
            match until {
                None => outbox::done(connection, id)?,
                Some(due) => outbox::put_off(connection, id, due)?,
            }
            Ok::<_, Failure>(())
        };
        match service.store().run_lean(work).await {
            // A server that ends does it again when it is back.
            Ok(()) | Err(Failure::Store(StoreError::Closed)) => return,
            Err(why) => {
                tracing::warn!(%why, id, "what came of a delivery is not stored");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

//! Schedules that are due: what their targets are given goes into the outbox, and their next time is
//! set, in one work.

use rusqlite::Connection;

use super::stored::{self, Schedule, group_of};
use crate::delivery::{Job, Letter, outbox};
use crate::failure::Failure;
use crate::random;
use crate::schedule::Fired;
use crate::store::StoreError;

/// How often a call is tried again, and how old it becomes in seconds, where nobody says otherwise.
pub(super) const RETRIES: i32 = 185;
pub(super) const AGE: i32 = 24 * 60 * 60;
/// How late a schedule that repeats may be, in milliseconds: within a minute AWS is, too. What was due
/// before, while nobody was there, does not happen; what happens once does, as long as it would be tried
/// again.
const LATE: i64 = 60_000;
const MINUTE: i64 = 60_000;
/// How long a schedule waits for room in the outbox.
const WAIT: i64 = 10_000;

/// Puts what is due into the outbox.
pub(super) fn due(connection: &Connection, now: i64) -> Result<Fired, Failure> {
    let (due, mut next) = stored::due(connection, now)?;
    let mut any = false;
    for mut schedule in due {
        if let Some(at) = last(&schedule, now) {
            match call(connection, &schedule, at) {
                // What happens once would be lost: it stays due, with what comes after it.
                Err(Failure::Store(why @ StoreError::Backlog)) => {
                    tracing::warn!(schedule = schedule.name, %why, "a schedule waits");
                    return Ok(Fired { any, next: Some(now + WAIT) });
                }
                called => called?,
            }
            any = true;
        }
        schedule.next = schedule.settings.next(schedule.begun, now);
        match schedule.next {
            None if schedule.settings.goes => schedule.remove(connection)?,
            _ => schedule.store(connection)?,
        }
        next = [next, schedule.next].into_iter().flatten().min();
    }
    Ok(Fired { any, next })
}

/// The last of its times that has come, unless that is too long ago.
fn last(schedule: &Schedule, now: i64) -> Option<i64> {
    let settings = &schedule.settings;
    let first = schedule.next?;
    let (expression, zone) = settings.times()?;
    if expression.is_once() {
        let age = i64::from(settings.target.age.unwrap_or(AGE)) * 1_000;
        return Some(first).filter(|at| *at >= now - age);
    }
    let until = settings.end.map_or(now, |end| end.min(now));
    let last = expression.last(&zone, schedule.begun, first - 1, until)?;
    Some(last).filter(|at| *at >= now - LATE)
}

/// Has its target called.
fn call(connection: &Connection, schedule: &Schedule, at: i64) -> Result<(), Failure> {
    let group = group_of(connection, schedule.group)?;
    let source = group.schedule_arn(&schedule.name);
    let called = &schedule.settings.target;
    let (target, body) = called.call(&group.scope, &source, at);
    let job = Job {
        cause: format!("{} of {source}", wire::time::iso8601(at)),
        account: group.scope.account,
        target,
        role: Some(called.role.clone()),
        body,
        trace: None,
        letter: called.dead_letters.clone().map(|queue| Letter { queue, body: None }),
        retries: u32::try_from(called.retries.unwrap_or(RETRIES)).unwrap_or_default(),
        age: i64::from(called.age.unwrap_or(AGE)) * 1_000,
        hops: 0,
        scheduled: Some(at),
        source,
    };
    outbox::put(connection, &job, at + delay(schedule.settings.window))?;
    Ok(())
}

/// How much later than its time something happens, within its window.
fn delay(window: Option<i32>) -> i64 {
    let length = i64::from(window.unwrap_or_default()) * MINUTE;
    let drawn = i64::from(u32::from_be_bytes(random::random()));
    length * drawn / i64::from(u32::MAX)
}

//! What meets a rule, by its pattern or by time, and what its targets are given of it.

use rusqlite::Connection;
use serde_json::json;

use super::event::{Event, NewEvent};
use super::input::Met;
use super::name::BusName;
use super::patterns::Patterns;
use super::stored::{self, Bus, Rule, RuleTarget, bus_of};
use crate::delivery::{Job, Letter, PlaceKind, Target, outbox, place_of};
use crate::failure::Failure;
use crate::schedule::{Fired, Zone};
use crate::store::StoreError;

/// How late a schedule may be, in milliseconds: within a minute AWS is, too. What was due before, while
/// nobody was there, does not happen.
const LATE: i64 = 60_000;
/// How often an event is tried again, and how old it becomes in seconds, where nobody says otherwise.
const RETRIES: i32 = 185;
const AGE: i32 = 24 * 60 * 60;
/// How many buses an event goes through: rules that pass events on to each other would do so for ever.
const BUSES: u32 = 16;

/// Puts an event into a bus: what its rules have to deliver of it. Returns how much that is.
pub(super) fn put(
    connection: &Connection,
    patterns: &Patterns,
    bus: &BusName,
    event: &Event,
    now: i64,
) -> Result<usize, Failure> {
    // Whoever puts into a bus that is not there is told nothing, as on AWS.
    let Some(bus) = Bus::look(connection, bus)? else { return Ok(0) };
    let mut count = 0;
    for rule in bus.rules(connection)? {
        let pattern = rule.pattern.as_deref().filter(|_| rule.is_enabled);
        let pattern = pattern.and_then(|text| patterns.read(text));
        if pattern.is_some_and(|pattern| pattern.matches(&event.value)) {
            count += meet(connection, &bus, &rule, event, now)?;
        }
    }
    Ok(count)
}

/// Has the rules that are due by time meet their events.
pub(super) fn due(connection: &Connection, now: i64) -> Result<Fired, Failure> {
    let (due, mut next) = stored::due(connection, now)?;
    let mut count = 0;
    for mut rule in due {
        let zone = Zone::default();
        let expression = rule.expression();
        let since = rule.next.unwrap_or(now) - 1;
        let last = expression.as_ref().and_then(|it| it.last(&zone, rule.begun, since, now));
        if let Some(at) = last.filter(|at| *at >= now - LATE) {
            let bus = bus_of(connection, rule.bus)?;
            let event = NewEvent {
                source: "aws.events".to_owned(),
                detail_type: "Scheduled Event".to_owned(),
                detail: json!({}),
                resources: vec![bus.name.rule_arn(&rule.name)],
                time: at,
                trace: None,
            };
            let event = Event::new(&bus.name.scope, event, now);
            count += match meet(connection, &bus, &rule, &event, now) {
                Err(Failure::Store(why @ StoreError::Backlog)) => {
                    tracing::warn!(rule = rule.name, %why, "a rule's time comes for nothing");
                    0
                }
                met => met?,
            };
        }
        rule.next = expression.and_then(|it| it.next(&zone, rule.begun, now));
        rule.store(connection)?;
        next = [next, rule.next].into_iter().flatten().min();
    }
    Ok(Fired { any: count > 0, next })
}

/// Puts what a rule's targets are given of an event into the outbox.
fn meet(
    connection: &Connection,
    bus: &Bus,
    rule: &Rule,
    event: &Event,
    now: i64,
) -> Result<usize, Failure> {
    let arn = bus.name.rule_arn(&rule.name);
    let mut count = 0;
    for target in rule.targets(connection)? {
        let met = Met { arn: &arn, name: &rule.name };
        let body = match target.input.of(event, met) {
            Ok(body) => body,
            Err(why) => {
                tracing::warn!(rule = arn, target = target.id, %why, "a target is given nothing");
                continue;
            }
        };
        if let Some(job) = job(bus, &arn, rule, target, event, body) {
            outbox::put(connection, &job, now)?;
            count += 1;
        }
    }
    Ok(count)
}

/// What is to be delivered to a target; none where it is one of another kind than there are.
fn job(
    bus: &Bus,
    arn: &str,
    rule: &Rule,
    target: RuleTarget,
    event: &Event,
    body: String,
) -> Option<Job> {
    let RuleTarget { arn: to, role, input: _, id: _, group, dead_letters, retries, age } = target;
    let place = place_of(&to)?;
    if place == PlaceKind::Bus && event.hops >= BUSES {
        tracing::warn!(rule = arn, event = event.id, "an event goes round through buses, and ends");
        return None;
    }
    let (target, role) = match place {
        PlaceKind::Function => (Target::Function(to), role),
        PlaceKind::Queue => (Target::Queue { arn: to, group }, role),
        PlaceKind::Topic => (Target::Topic(to), role),
        // A role of the rule's own is for this alone.
        PlaceKind::Bus => (Target::Bus(to), role.or_else(|| rule.role.clone())),
    };
    let whole = event.value.to_string();
    let letter = dead_letters.map(|queue| Letter { queue, body: (whole != body).then_some(whole) });
    Some(Job {
        source: arn.to_owned(),
        account: bus.name.scope.account,
        target,
        role,
        body,
        cause: format!("event {} of {arn}", event.id),
        trace: event.trace.clone(),
        letter,
        retries: u32::try_from(retries.unwrap_or(RETRIES)).unwrap_or_default(),
        age: i64::from(age.unwrap_or(AGE)) * 1_000,
        hops: event.hops,
        scheduled: None,
    })
}

//! Schedules, as `warren explain` and `warren ps --sources` tell of them.

use rusqlite::Connection;
use wire::arn::Arn;

use super::service::Scheduler;
use super::stored::{Group, Schedule, all_schedules};
use crate::delivery::explain;
use crate::failure::Failure;
use crate::operation::Scope;
use crate::told::{Caller, Told};

/// The group and the name of a schedule that an ARN names, with whose it is.
fn of_arn(text: &str) -> Option<(Scope, String, String)> {
    let arn = Arn::parse(text).filter(|arn| arn.service == "scheduler")?;
    let (group, name) = arn.resource.strip_prefix("schedule/")?.split_once('/')?;
    let scope = Scope { account: arn.account.parse().ok()?, region: arn.region.to_owned() };
    Some((scope, group.to_owned(), name.to_owned()))
}

impl Scheduler {
    /// What there is to tell of a schedule, by its ARN or its name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn explain(&self, scope: &Scope, word: &str) -> Result<Option<Told>, Failure> {
        if !self.store.is_there() {
            return Ok(None);
        }
        let (scope, word) = (scope.clone(), word.to_owned());
        let find = move |connection: &Connection| {
            let places = match of_arn(&word) {
                Some((scope, group, name)) => {
                    let group = Group::look(connection, &scope, &group)?;
                    group.into_iter().map(|group| (group, name.clone())).collect()
                }
                None => {
                    let all = Group::all(connection, &scope)?.into_iter();
                    all.map(|group| (group, word.clone())).collect::<Vec<_>>()
                }
            };
            for (group, name) in places {
                if let Some(schedule) = group.look_schedule(connection, &name)? {
                    return Ok::<_, Failure>(Some((group, schedule)));
                }
            }
            Ok(None)
        };
        let found = self.store.run_lean(find).await?;
        Ok(found.map(|(group, schedule)| self.tell(&group, &schedule)))
    }

    fn tell(&self, group: &Group, schedule: &Schedule) -> Told {
        let settings = &schedule.settings;
        let state = settings.state().to_lowercase();
        let mut told =
            Told::new(format!("schedule {} of group {}: {state}", schedule.name, group.name));
        let zone = settings.zone.as_deref().unwrap_or("UTC");
        let mut line = Told::new(format!("{} in {zone}", settings.expression));
        let then = |at| settings.next(schedule.begun, at);
        line.because.push(explain::times(schedule.next, then));
        if let Some(minutes) = settings.window {
            line.because.push(Told::new(format!("within {minutes} minutes of its time")));
        }
        told.because.push(line);
        let target = &settings.target;
        told.because.push(Told::new(format!("target {} as {}", target.arn, target.role)));
        let arn = group.schedule_arn(&schedule.name);
        told.because.extend(explain::outcomes(&self.deliveries.outcomes, &arn));
        told
    }

    /// All schedules.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn callers(&self) -> Result<Vec<Caller>, Failure> {
        if !self.store.is_there() {
            return Ok(Vec::new());
        }
        let list = |connection: &Connection| Ok::<_, Failure>(all_schedules(connection)?);
        let all = self.store.run_lean(list).await?;
        let caller = |(group, schedule): (Group, Schedule)| {
            let arn = group.schedule_arn(&schedule.name);
            let last = self.deliveries.outcomes.of(&arn).into_iter().next();
            let settings = schedule.settings;
            Caller {
                arn,
                account: group.scope.account,
                region: group.scope.region,
                state: settings.state(),
                waits_for: settings.expression,
                targets: vec![settings.target.arn],
                next: schedule.next,
                last: last.map(|outcome| outcome.what),
            }
        };
        Ok(all.into_iter().map(caller).collect())
    }
}

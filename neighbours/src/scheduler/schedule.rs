//! Schedules: made, told, changed, listed, removed.

use std::sync::Arc;

use rusqlite::Connection;
use wire::ApiError;
use wire::scheduler::input::{
    CreateSchedule, DeleteSchedule, FlexibleTimeWindow, GetSchedule, ListSchedules, Target,
    UpdateSchedule,
};
use wire::scheduler::output::{
    CreateScheduleOutput, DeleteScheduleOutput, FlexibleTimeWindow as ShownWindow,
    GetScheduleOutput, ListSchedulesOutput, ScheduleSummary, TargetSummary, UpdateScheduleOutput,
};

use crate::delivery::Sender;
use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::outward::{Actor, Outward};
use crate::page::{NotAToken, page};
use crate::schedule::{Expression, Zone};
use crate::scheduler::operations::group::PAGE;
use crate::scheduler::refusal::{conflict, invalid, no_schedule, too_many};
use crate::scheduler::service::Scheduler;
use crate::scheduler::stored::{
    DEFAULT, Group, Schedule, Settings, group_arn, remember, schedule_arn, was_deleted,
};
use crate::scheduler::target::CalledTarget;
use crate::time::now;

/// Schedules of a group.
const MOST: usize = 100_000;
/// How long ago a schedule may have begun that is made, in milliseconds.
const GRACE: i64 = 5 * 60 * 1_000;

/// What is asked of a schedule, in a request.
struct Asked {
    expression: String,
    zone: Option<String>,
    start: Option<i64>,
    end: Option<i64>,
    description: Option<String>,
    state: Option<String>,
    target: Target,
    window: FlexibleTimeWindow,
    after: Option<String>,
}

impl Asked {
    /// Reads it.
    ///
    /// # Errors
    /// When it is not what a schedule can be.
    fn read(
        self,
        outward: &dyn Outward,
        scope: &Scope,
        group: &str,
        now: i64,
    ) -> Result<Settings, ApiError> {
        let Asked { expression, zone, start, end, description, state, target, window, after } =
            self;
        if Expression::of_schedule(&expression).is_none() {
            return Err(invalid(format!("Invalid Schedule Expression {expression}.")));
        }
        if let Some(zone) = zone.as_deref().filter(|zone| Zone::named(zone).is_none()) {
            return Err(invalid(format!("Invalid ScheduleExpressionTimezone {zone}.")));
        }
        if start.is_some_and(|start| start < now - GRACE) {
            let message = "The StartDate you specify cannot be earlier than 5 minutes ago.";
            return Err(invalid(message));
        }
        if end.is_some_and(|end| end < now) {
            return Err(invalid("The EndDate you specify cannot be in the past."));
        }
        if let (Some(start), Some(end)) = (start, end)
            && start >= end
        {
            return Err(invalid("The StartDate you specify must come before the EndDate."));
        }
        let FlexibleTimeWindow { mode, maximum_window_in_minutes } = window;
        let window = match (mode.as_str(), maximum_window_in_minutes) {
            ("OFF", None) => None,
            ("OFF", Some(_)) => {
                return Err(invalid(
                    "MaximumWindowInMinutes must not be given where the FlexibleTimeWindow is OFF.",
                ));
            }
            (_, None) => {
                return Err(invalid(
                    "MaximumWindowInMinutes must be given where the FlexibleTimeWindow is FLEXIBLE.",
                ));
            }
            (_, minutes) => minutes,
        };
        let target = CalledTarget::read(target)?;
        let actor = Actor {
            principal: Scheduler::PRINCIPAL,
            source_arn: group_arn(scope, group),
            source_account: scope.account,
            role: Some(target.role.clone()),
            trace: None,
        };
        if !outward.may_assume(&actor) {
            return Err(invalid(
                "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
            ));
        }
        Ok(Settings {
            expression,
            zone,
            start,
            end,
            description,
            is_enabled: state.as_deref() != Some("DISABLED"),
            target,
            window,
            goes: after.as_deref() == Some("DELETE"),
        })
    }
}

impl Operation<Scheduler> for CreateSchedule {
    type Output = CreateScheduleOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<CreateScheduleOutput, Failure> {
        let CreateSchedule {
            name,
            group_name,
            schedule_expression,
            start_date,
            end_date,
            description,
            schedule_expression_timezone,
            state,
            target,
            flexible_time_window,
            client_token,
            action_after_completion,
        } = self;
        let now = now();
        let asked = Asked {
            expression: schedule_expression,
            zone: schedule_expression_timezone,
            start: start_date,
            end: end_date,
            description,
            state,
            target,
            window: flexible_time_window,
            after: action_after_completion,
        };
        let scope = cx.scope.clone();
        let group = group_name.unwrap_or_else(|| DEFAULT.to_owned());
        let settings = asked.read(&*scheduler.outward, &scope, &group, now)?;
        let create = move |connection: &Connection| {
            let group = Group::find(connection, &scope, &group)?;
            let arn = group.schedule_arn(&name);
            if let Some(known) = group.look_schedule(connection, &name)? {
                return match known.token.is_some() && known.token == client_token {
                    true => Ok(arn),
                    false => {
                        Err(Failure::from(conflict(format!("Schedule {name} already exists."))))
                    }
                };
            }
            if group.count(connection)? >= MOST {
                return Err(too_many("schedules in a group", MOST).into());
            }
            let mut schedule = Schedule {
                id: 0,
                group: group.id,
                name,
                settings,
                token: client_token,
                created: now,
                modified: now,
                begun: now,
                next: None,
            };
            schedule.begin(now);
            schedule.store(connection)?;
            Ok(arn)
        };
        let schedule_arn = scheduler.store.run(create).await?;
        scheduler.clock.ring();
        Ok(CreateScheduleOutput { schedule_arn })
    }
}

impl Operation<Scheduler> for UpdateSchedule {
    type Output = UpdateScheduleOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<UpdateScheduleOutput, Failure> {
        let UpdateSchedule {
            name,
            group_name,
            schedule_expression,
            start_date,
            end_date,
            description,
            schedule_expression_timezone,
            state,
            target,
            flexible_time_window,
            client_token,
            action_after_completion,
        } = self;
        let now = now();
        let asked = Asked {
            expression: schedule_expression,
            zone: schedule_expression_timezone,
            start: start_date,
            end: end_date,
            description,
            state,
            target,
            window: flexible_time_window,
            after: action_after_completion,
        };
        let scope = cx.scope.clone();
        let group = group_name.unwrap_or_else(|| DEFAULT.to_owned());
        let settings = asked.read(&*scheduler.outward, &scope, &group, now)?;
        let update = move |connection: &Connection| {
            let group = Group::find(connection, &scope, &group)?;
            let mut schedule = group.schedule(connection, &name)?;
            let arn = group.schedule_arn(&name);
            // Asked for again by whoever is not sure that it was done.
            if client_token.is_some() && schedule.settings == settings {
                return Ok::<_, Failure>(arn);
            }
            (schedule.settings, schedule.modified) = (settings, now);
            schedule.begin(now);
            schedule.store(connection)?;
            Ok(arn)
        };
        let schedule_arn = scheduler.store.run(update).await?;
        scheduler.clock.ring();
        Ok(UpdateScheduleOutput { schedule_arn })
    }
}

impl Operation<Scheduler> for GetSchedule {
    type Output = GetScheduleOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<GetScheduleOutput, Failure> {
        let GetSchedule { name, group_name } = self;
        let scope = cx.scope.clone();
        let group = group_name.unwrap_or_else(|| DEFAULT.to_owned());
        let find = move |connection: &Connection| {
            let group = Group::find(connection, &scope, &group)?;
            let schedule = group.schedule(connection, &name)?;
            Ok::<_, Failure>((group, schedule))
        };
        let (group, schedule) = scheduler.store.run_lean(find).await?;
        let Schedule { name, settings, created, modified, .. } = schedule;
        let mode = if settings.window.is_some() { "FLEXIBLE" } else { "OFF" };
        Ok(GetScheduleOutput {
            arn: Some(group.schedule_arn(&name)),
            group_name: Some(group.name),
            name: Some(name),
            start_date: settings.start,
            end_date: settings.end,
            state: Some(settings.state().to_owned()),
            target: Some(settings.target.shown()),
            flexible_time_window: Some(ShownWindow {
                mode: mode.to_owned(),
                maximum_window_in_minutes: settings.window,
            }),
            action_after_completion: Some(if settings.goes { "DELETE" } else { "NONE" }.to_owned()),
            schedule_expression: Some(settings.expression),
            description: settings.description,
            schedule_expression_timezone: Some(settings.zone.unwrap_or_else(|| "UTC".to_owned())),
            creation_date: Some(created),
            last_modification_date: Some(modified),
            kms_key_arn: None,
        })
    }
}

impl Operation<Scheduler> for ListSchedules {
    type Output = ListSchedulesOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<ListSchedulesOutput, Failure> {
        let ListSchedules { group_name, name_prefix, state, next_token, max_results } = self;
        let scope = cx.scope.clone();
        let prefix = name_prefix.unwrap_or_default();
        let list = move |connection: &Connection| {
            let groups = match group_name {
                Some(name) => vec![Group::find(connection, &scope, &name)?],
                None => Group::all(connection, &scope)?,
            };
            let mut all = Vec::new();
            for group in groups {
                for schedule in group.schedules(connection)? {
                    let is_meant = schedule.name.starts_with(&prefix)
                        && state.as_deref().is_none_or(|state| state == schedule.settings.state());
                    if is_meant {
                        let key = format!("{}/{}", group.name, schedule.name);
                        all.push((key, summary(&group, schedule)));
                    }
                }
            }
            Ok::<_, Failure>(all)
        };
        let all = scheduler.store.run_lean(list).await?;
        let size = usize::try_from(max_results.unwrap_or(PAGE)).unwrap_or_default();
        let (schedules, next_token) = page(all, size, next_token.as_deref())
            .map_err(|NotAToken| invalid("Invalid NextToken."))?;
        Ok(ListSchedulesOutput { next_token, schedules })
    }
}

fn summary(group: &Group, schedule: Schedule) -> ScheduleSummary {
    ScheduleSummary {
        arn: Some(group.schedule_arn(&schedule.name)),
        name: Some(schedule.name),
        group_name: Some(group.name.clone()),
        state: Some(schedule.settings.state().to_owned()),
        creation_date: Some(schedule.created),
        last_modification_date: Some(schedule.modified),
        target: Some(TargetSummary { arn: schedule.settings.target.arn }),
    }
}

impl Operation<Scheduler> for DeleteSchedule {
    type Output = DeleteScheduleOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<DeleteScheduleOutput, Failure> {
        let DeleteSchedule { name, group_name, client_token } = self;
        let scope = cx.scope.clone();
        let group = group_name.unwrap_or_else(|| DEFAULT.to_owned());
        let delete = move |connection: &Connection| {
            let arn = schedule_arn(&scope, &group, &name);
            let group = Group::find(connection, &scope, &group)?;
            match group.look_schedule(connection, &name)? {
                Some(schedule) => {
                    schedule.remove(connection)?;
                    Ok(remember(connection, &arn, client_token.as_deref())?)
                }
                None if was_deleted(connection, &arn, client_token.as_deref())? => Ok(()),
                None => Err(Failure::from(no_schedule(&name))),
            }
        };
        scheduler.store.run_lean(delete).await?;
        Ok(DeleteScheduleOutput {})
    }
}

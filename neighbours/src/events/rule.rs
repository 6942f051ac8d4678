//! Rules: put, told, switched on and off, removed.

use std::sync::Arc;

use rusqlite::Connection;
use wire::ApiError;
use wire::event_pattern::EventPattern;
use wire::events::input::{
    DeleteRule, DescribeRule, DisableRule, EnableRule, ListRuleNamesByTarget, ListRules, PutRule,
};
use wire::events::output::{
    DescribeRuleResponse, ListRuleNamesByTargetResponse, ListRulesResponse, PutRuleResponse,
    Rule as ShownRule,
};

use crate::events::name::{BusName, DEFAULT};
use crate::events::operations::bus::PAGE;
use crate::events::operations::tag;
use crate::events::refusal::{bad_pattern, bad_token, invalid, too_many};
use crate::events::service::Events;
use crate::events::stored::{Bus, Rule, Tags};
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::{NotAToken, page};
use crate::schedule::Expression;
use crate::time::now;

/// Rules of a bus.
const MOST: usize = 300;

impl Operation<Events> for PutRule {
    type Output = PutRuleResponse;

    async fn run(self, events: &Arc<Events>, cx: &Context<'_>) -> Result<PutRuleResponse, Failure> {
        let PutRule {
            name,
            schedule_expression,
            event_pattern,
            state,
            description,
            role_arn,
            tags,
            event_bus_name,
        } = self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        let schedule = schedule_expression.filter(|text| !text.is_empty());
        let pattern = event_pattern.filter(|text| !text.is_empty());
        check(&bus, schedule.as_deref(), pattern.as_deref())?;
        let is_enabled = match state.as_deref() {
            None | Some("ENABLED") => true,
            Some("DISABLED") => false,
            Some(other) => {
                return Err(invalid(format!("Warren does not support the State {other}.")).into());
            }
        };
        let mut given = Tags::new();
        tag::add(&mut given, tags.unwrap_or_default())?;
        let arn = bus.rule_arn(&name);
        let put = move |connection: &Connection| {
            let bus = Bus::find(connection, &bus)?;
            let known = bus.look_rule(connection, &name)?;
            if known.is_none() && bus.rules(connection)?.len() >= MOST {
                return Err(Failure::from(too_many()));
            }
            // Tags are given to a rule that is new.
            let tags = known.as_ref().map_or(given, |known| known.tags.clone());
            let mut rule = Rule {
                id: 0,
                bus: bus.id,
                name,
                pattern,
                schedule,
                is_enabled,
                description,
                role: role_arn,
                tags,
                begun: 0,
                next: None,
            };
            let as_before = known.filter(|known| {
                known.schedule == rule.schedule && known.is_enabled == rule.is_enabled
            });
            match as_before {
                Some(known) => (rule.begun, rule.next) = (known.begun, known.next),
                None => rule.begin(now()),
            }
            Ok(rule.store(connection)?)
        };
        events.store.run(put).await?;
        events.clock.ring();
        Ok(PutRuleResponse { rule_arn: Some(arn) })
    }
}

fn check(bus: &BusName, schedule: Option<&str>, pattern: Option<&str>) -> Result<(), ApiError> {
    if schedule.is_none() && pattern.is_none() {
        return Err(invalid("Parameter(s) EventPattern or ScheduleExpression must be specified."));
    }
    if let Some(schedule) = schedule {
        if bus.name != DEFAULT {
            return Err(invalid("ScheduleExpression is supported only on the default event bus."));
        }
        if Expression::of_rule(schedule).is_none() {
            return Err(invalid("Parameter ScheduleExpression is not valid."));
        }
    }
    if let Some(pattern) = pattern {
        EventPattern::parse(pattern).map_err(|why| bad_pattern(&why.0))?;
    }
    Ok(())
}

/// Does something with a rule that is there.
async fn with<T: Send + 'static>(
    events: &Events,
    cx: &Context<'_>,
    bus: Option<String>,
    name: String,
    work: impl FnOnce(&Connection, &Bus, Rule) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let bus = BusName::read(&cx.scope, bus.as_deref());
    let work = move |connection: &Connection| {
        let bus = Bus::find(connection, &bus)?;
        let rule = bus.rule(connection, &name)?;
        work(connection, &bus, rule)
    };
    events.store.run_lean(work).await
}

impl Operation<Events> for DescribeRule {
    type Output = DescribeRuleResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<DescribeRuleResponse, Failure> {
        let DescribeRule { name, event_bus_name } = self;
        let look = |_: &Connection, bus: &Bus, rule| Ok((bus.name.clone(), rule));
        let (bus, rule): (BusName, Rule) = with(events, cx, event_bus_name, name, look).await?;
        Ok(DescribeRuleResponse {
            arn: Some(bus.rule_arn(&rule.name)),
            state: Some(rule.state().to_owned()),
            name: Some(rule.name),
            event_pattern: rule.pattern,
            schedule_expression: rule.schedule,
            description: rule.description,
            role_arn: rule.role,
            managed_by: None,
            event_bus_name: Some(bus.name),
            created_by: Some(format!("{:012}", bus.scope.account)),
        })
    }
}

async fn switch(
    events: &Events,
    cx: &Context<'_>,
    bus: Option<String>,
    name: String,
    on: bool,
) -> Result<(), Failure> {
    let switch = move |connection: &Connection, _: &Bus, mut rule: Rule| {
        if rule.is_enabled != on {
            rule.is_enabled = on;
            rule.begin(now());
            rule.store(connection)?;
        }
        Ok(())
    };
    with(events, cx, bus, name, switch).await?;
    events.clock.ring();
    Ok(())
}

impl Operation<Events> for EnableRule {
    type Output = ();

    async fn run(self, events: &Arc<Events>, cx: &Context<'_>) -> Result<(), Failure> {
        let EnableRule { name, event_bus_name } = self;
        switch(events, cx, event_bus_name, name, true).await
    }
}

impl Operation<Events> for DisableRule {
    type Output = ();

    async fn run(self, events: &Arc<Events>, cx: &Context<'_>) -> Result<(), Failure> {
        let DisableRule { name, event_bus_name } = self;
        switch(events, cx, event_bus_name, name, false).await
    }
}

impl Operation<Events> for DeleteRule {
    type Output = ();

    async fn run(self, events: &Arc<Events>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteRule { name, event_bus_name } = self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        let delete = move |connection: &Connection| {
            let bus = Bus::find(connection, &bus)?;
            // One that is not there is as good as deleted.
            let Some(rule) = bus.look_rule(connection, &name)? else { return Ok(()) };
            if !rule.targets(connection)?.is_empty() {
                let message = "Rule can't be deleted since it has targets.";
                return Err(Failure::from(invalid(message)));
            }
            Ok(rule.remove(connection)?)
        };
        events.store.run_lean(delete).await
    }
}

impl Operation<Events> for ListRules {
    type Output = ListRulesResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<ListRulesResponse, Failure> {
        let ListRules { name_prefix, event_bus_name, next_token, limit } = self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        let name = bus.clone();
        let list = move |connection: &Connection| {
            Ok::<_, Failure>(Bus::find(connection, &name)?.rules(connection)?)
        };
        let prefix = name_prefix.unwrap_or_default();
        let all = events.store.run_lean(list).await?.into_iter();
        let all = all.filter(|rule| rule.name.starts_with(&prefix));
        let all = all.map(|rule| (rule.name.clone(), shown(&bus, rule))).collect();
        let size = usize::try_from(limit.unwrap_or(PAGE)).unwrap_or_default();
        let (rules, next_token) =
            page(all, size, next_token.as_deref()).map_err(|NotAToken| bad_token())?;
        Ok(ListRulesResponse { rules: Some(rules), next_token })
    }
}

fn shown(bus: &BusName, rule: Rule) -> ShownRule {
    ShownRule {
        arn: Some(bus.rule_arn(&rule.name)),
        state: Some(rule.state().to_owned()),
        name: Some(rule.name),
        event_pattern: rule.pattern,
        description: rule.description,
        schedule_expression: rule.schedule,
        role_arn: rule.role,
        managed_by: None,
        event_bus_name: Some(bus.name.clone()),
    }
}

impl Operation<Events> for ListRuleNamesByTarget {
    type Output = ListRuleNamesByTargetResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<ListRuleNamesByTargetResponse, Failure> {
        let ListRuleNamesByTarget { target_arn, event_bus_name, next_token, limit } = self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        let list = move |connection: &Connection| {
            let mut names = Vec::new();
            for rule in Bus::find(connection, &bus)?.rules(connection)? {
                if rule.has_target(connection, &target_arn)? {
                    names.push((rule.name.clone(), rule.name));
                }
            }
            Ok::<_, Failure>(names)
        };
        let names = events.store.run_lean(list).await?;
        let size = usize::try_from(limit.unwrap_or(PAGE)).unwrap_or_default();
        let (names, next_token) =
            page(names, size, next_token.as_deref()).map_err(|NotAToken| bad_token())?;
        Ok(ListRuleNamesByTargetResponse { rule_names: Some(names), next_token })
    }
}

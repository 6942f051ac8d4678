//! Rules, as `warren explain` and `warren ps --sources` tell of them.

use rusqlite::Connection;

use super::name::{BusName, Resource};
use super::service::Events;
use super::stored::{Bus, Rule, RuleTarget, all_rules};
use crate::delivery::explain;
use crate::failure::Failure;
use crate::operation::Scope;
use crate::schedule::Zone;
use crate::told::{Caller, Told};

impl Events {
    /// What there is to tell of a rule, by its ARN or its name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn explain(&self, scope: &Scope, word: &str) -> Result<Option<Told>, Failure> {
        if !self.store.is_there() {
            return Ok(None);
        }
        let (scope, word) = (scope.clone(), word.to_owned());
        let find = move |connection: &Connection| {
            let buses = match Resource::of(&word) {
                Some(Resource::Rule(bus, rule)) => vec![(bus, rule)],
                Some(Resource::Bus(_)) => Vec::new(),
                None => {
                    let all = Bus::all(connection, &scope)?.into_iter();
                    all.map(|bus| (bus.name, word.clone())).collect()
                }
            };
            for (bus, name) in buses {
                let Some(bus) = Bus::look(connection, &bus)? else { continue };
                if let Some(rule) = bus.look_rule(connection, &name)? {
                    let targets = rule.targets(connection)?;
                    return Ok::<_, Failure>(Some((bus.name, rule, targets)));
                }
            }
            Ok(None)
        };
        let found = self.store.run_lean(find).await?;
        Ok(found.map(|(bus, rule, targets)| self.tell(&bus, &rule, &targets)))
    }

    fn tell(&self, bus: &BusName, rule: &Rule, targets: &[RuleTarget]) -> Told {
        let arn = bus.rule_arn(&rule.name);
        let state = rule.state().to_lowercase();
        let mut told = Told::new(format!("rule {} of event bus {}: {state}", rule.name, bus.name));
        if let Some(expression) = rule.expression() {
            let zone = Zone::default();
            let schedule = rule.schedule.as_deref().unwrap_or_default();
            let mut line = Told::new(format!("schedule {schedule}"));
            let then = |at| expression.next(&zone, rule.begun, at);
            line.because.push(explain::times(rule.next, then));
            told.because.push(line);
        }
        if let Some(pattern) = &rule.pattern {
            told.because.push(Told::new(format!("events that match {pattern}")));
        }
        for target in targets {
            told.because.push(Told::new(format!("target {}: {}", target.id, target.arn)));
        }
        if targets.is_empty() {
            told.because.push(Told::new("it has no targets"));
        }
        told.because.extend(explain::outcomes(&self.deliveries.outcomes, &arn));
        told
    }

    /// All rules.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn callers(&self) -> Result<Vec<Caller>, Failure> {
        if !self.store.is_there() {
            return Ok(Vec::new());
        }
        let list = |connection: &Connection| Ok::<_, Failure>(all_rules(connection)?);
        let rules = self.store.run_lean(list).await?;
        let caller = |(bus, rule, targets): (BusName, Rule, Vec<RuleTarget>)| {
            let arn = bus.rule_arn(&rule.name);
            let last = self.deliveries.outcomes.of(&arn).into_iter().next();
            Caller {
                arn,
                account: bus.scope.account,
                region: bus.scope.region,
                state: rule.state(),
                waits_for: rule.schedule.unwrap_or_else(|| "events".to_owned()),
                targets: targets.into_iter().map(|target| target.arn).collect(),
                next: rule.next,
                last: last.map(|outcome| outcome.what),
            }
        };
        Ok(rules.into_iter().map(caller).collect())
    }
}

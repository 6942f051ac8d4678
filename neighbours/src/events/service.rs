//! EventBridge as a whole, and its calls within the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use serde_json::Value;
use wire::ApiError;

use crate::delivery::{self, Deliveries, Job, Refusal, Sender, Target};
use crate::events::event::{Event, NewEvent};
use crate::events::fire;
use crate::events::name::{BusName, Resource};
use crate::events::patterns::Patterns;
use crate::events::schema::SCHEMA;
use crate::events::stored::Bus;
use crate::failure::Failure;
use crate::operation::{Context, Demand, Scope, Service, Setup, listed_tags};
use crate::outward::{Actor, Outward};
use crate::schedule::{self, Clock, Fired, Timed};
use crate::store::{Store, StoreError};
use crate::time::now;

/// EventBridge.
#[derive(Debug)]
pub struct Events {
    pub(in crate::events) store: Store,
    pub(in crate::events) patterns: Patterns,
    pub(in crate::events) clock: Clock,
    pub(in crate::events) deliveries: Deliveries,
    pub(in crate::events) outward: Arc<dyn Outward>,
    has_begun: AtomicBool,
}

impl Service for Events {
    fn new(setup: &Setup) -> Arc<Events> {
        Arc::new(Events {
            store: Store::new(&setup.directory, SCHEMA),
            patterns: Patterns::default(),
            clock: Clock::default(),
            deliveries: Deliveries::default(),
            outward: Arc::clone(&setup.outward),
            has_begun: AtomicBool::new(false),
        })
    }

    async fn demands(
        self: &Arc<Events>,
        cx: &Context<'_>,
        operation: &'static wire::Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let mut demands = demands_of(&cx.scope, operation.name, input);
        for (demand, bus) in &mut demands {
            let Some(name) = bus.take() else { continue };
            demand.owner = Some(name.scope.account);
            let look =
                move |connection: &Connection| Ok::<_, Failure>(Bus::look(connection, &name)?);
            let found =
                self.store.run_lean(look).await.map_err(|why| why.told_by(operation.service))?;
            demand.policy = found.and_then(|bus| bus.policy);
        }
        Ok(demands.into_iter().map(|(demand, _)| demand).collect())
    }

    fn begin(self: &Arc<Events>) {
        if !self.has_begun.swap(true, Ordering::Relaxed) {
            schedule::tick(self);
            delivery::drive(self);
        }
    }

    fn resume(self: &Arc<Events>) {
        if self.store.is_there() {
            self.begin();
        }
    }

    fn close(&self) {
        self.store.close();
    }
}

/// What an operation demands, each with the bus whose policy has a say in it.
fn demands_of(scope: &Scope, operation: &str, input: &Value) -> Vec<(Demand, Option<BusName>)> {
    let action = format!("events:{operation}");
    let text = |member: &str| input[member].as_str();
    let rule = text("Rule").or(text("Name").filter(|_| operation.ends_with("Rule")));
    let mut demands = match operation {
        "PutEvents" => {
            let entries = input["Entries"].as_array().map_or(&[][..], Vec::as_slice);
            entries.iter().map(|entry| put_demand(scope, entry)).collect()
        }
        "ListEventBuses" | "ListRules" | "ListRuleNamesByTarget" | "TestEventPattern" => {
            let bus = text("EventBusName").map(|given| BusName::read(scope, Some(given)));
            match bus.filter(|bus| bus.scope.account != scope.account) {
                // Of one's own buses there is nothing to name.
                None => vec![(Demand::new(action, "*"), None)],
                Some(bus) => vec![(Demand::new(action, bus.arn()), Some(bus))],
            }
        }
        "TagResource" | "UntagResource" | "ListTagsForResource" => {
            let arn = text("ResourceARN").unwrap_or("*");
            let mut demand = Demand::new(action, arn);
            demand.owner = Resource::of(arn).map(|resource| resource.owner());
            demand.tag_keys(&input["TagKeys"]);
            vec![(demand, None)]
        }
        _ => {
            let given = text("EventBusName").or(text("Name").filter(|_| rule.is_none()));
            let bus = BusName::read(scope, given);
            let arn = rule.map_or_else(|| bus.arn(), |rule| bus.rule_arn(rule));
            vec![(Demand::new(action, arn), Some(bus))]
        }
    };
    if let Some((first, _)) = demands.first_mut() {
        first.request_tags = listed_tags(&input["Tags"]);
    }
    let targets = input["Targets"].as_array().into_iter().flatten();
    let roles = targets.map(|target| &target["RoleArn"]).chain([&input["RoleArn"]]);
    for role in roles.filter_map(Value::as_str) {
        demands.push((Demand::pass_role(role, Events::PRINCIPAL), None));
    }
    demands
}

fn put_demand(scope: &Scope, entry: &Value) -> (Demand, Option<BusName>) {
    let bus = BusName::read(scope, entry["EventBusName"].as_str());
    let mut demand = Demand::new("events:PutEvents", bus.arn());
    for (key, member) in [("events:source", "Source"), ("events:detail-type", "DetailType")] {
        if let Some(value) = entry[member].as_str() {
            demand.values.push((key.to_owned(), value.to_owned()));
        }
    }
    (demand, Some(bus))
}

impl Sender for Events {
    const PRINCIPAL: &'static str = "events.amazonaws.com";

    fn store(&self) -> &Store {
        &self.store
    }

    fn deliveries(&self) -> &Deliveries {
        &self.deliveries
    }

    fn outward(&self) -> &dyn Outward {
        &*self.outward
    }

    async fn attempt(&self, actor: &Actor, job: &Job, body: String) -> Result<(), Refusal> {
        match &job.target {
            Target::Bus(arn) => self.pass_on(actor, job, arn, &body).await,
            _ => delivery::attempt(&*self.outward, actor, job, body).await,
        }
    }
}

impl Timed for Events {
    fn timed_store(&self) -> &Store {
        &self.store
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn fire(&self) -> impl FnOnce(&Connection, i64) -> Result<Fired, Failure> + Send + 'static {
        fire::due
    }

    fn has_fired(&self) {
        self.deliveries.ring();
    }
}

impl Events {
    /// Puts an event of a service's own into the default bus of an account; told once what its rules
    /// have to deliver is durable.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn put_own(
        self: &Arc<Events>,
        scope: &Scope,
        event: NewEvent,
    ) -> Result<(), Failure> {
        self.begin();
        let now = now();
        let bus = BusName::read(scope, None);
        let event = Event::new(scope, event, now);
        self.put(vec![(bus, event)], now).await
    }

    /// Puts events into buses: each that is there has its rules look at it.
    pub(in crate::events) async fn put(
        &self,
        events: Vec<(BusName, Event)>,
        now: i64,
    ) -> Result<(), Failure> {
        let patterns = self.patterns.clone();
        let put = move |connection: &Connection| {
            let mut matched = 0;
            for (bus, event) in events {
                matched += fire::put(connection, &patterns, &bus, &event, now)?;
            }
            Ok::<_, Failure>(matched)
        };
        if self.store.run(put).await? > 0 {
            self.deliveries.ring();
        }
        Ok(())
    }

    /// Puts an event into another bus, as it is.
    async fn pass_on(
        &self,
        actor: &Actor,
        job: &Job,
        arn: &str,
        body: &str,
    ) -> Result<(), Refusal> {
        let scope = Scope { account: job.account, region: String::new() };
        let name = BusName::read(&scope, Some(arn));
        let of = name.clone();
        let look = move |connection: &Connection| Ok::<_, Failure>(Bus::look(connection, &of)?);
        let broken = |why: Failure| Refusal {
            code: "INTERNAL_ERROR",
            message: why.to_string(),
            is_passing: true,
        };
        let bus = self.store.run_lean(look).await.map_err(broken)?;
        let missing =
            || Refusal::for_good("NO_RESOURCE", format!("Event bus {arn} does not exist."));
        let bus = bus.ok_or_else(missing)?;
        let mut demand = Demand::new("events:PutEvents", arn);
        demand.policy = bus.policy;
        demand.owner = Some(name.scope.account);
        if !self.outward.may(actor, &demand) {
            let message = format!("{} may not put events into {arn}", job.source);
            return Err(Refusal::for_good("NO_PERMISSIONS", message));
        }
        let event = Event::again(body, job.trace.clone(), job.hops + 1, now());
        let event = event.ok_or_else(|| Refusal::for_good("INVALID_PARAMETER", "no event"))?;
        self.put(vec![(name, event)], now()).await.map_err(|why| match why {
            // Tried again, it would keep full what rules that go round have filled.
            Failure::Store(StoreError::Backlog) => {
                Refusal::for_good("INTERNAL_ERROR", why.to_string())
            }
            why => broken(why),
        })
    }
}

//! EventBridge Scheduler as a whole.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use serde_json::Value;
use wire::{ApiError, Operation};

use crate::delivery::{self, Deliveries, Job, Refusal, Sender};
use crate::failure::Failure;
use crate::operation::{Context, Demand, Scope, Service, Setup, listed_tags};
use crate::outward::{Actor, Outward};
use crate::schedule::{self, Clock, Fired, Timed};
use crate::scheduler::fire;
use crate::scheduler::schema::SCHEMA;
use crate::scheduler::stored::{DEFAULT, group_arn, schedule_arn};
use crate::store::Store;

/// EventBridge Scheduler.
#[derive(Debug)]
pub struct Scheduler {
    pub(in crate::scheduler) store: Store,
    pub(in crate::scheduler) clock: Clock,
    pub(in crate::scheduler) deliveries: Deliveries,
    pub(in crate::scheduler) outward: Arc<dyn Outward>,
    has_begun: AtomicBool,
}

impl Service for Scheduler {
    fn new(setup: &Setup) -> Arc<Scheduler> {
        Arc::new(Scheduler {
            store: Store::new(&setup.directory, SCHEMA),
            clock: Clock::default(),
            deliveries: Deliveries::default(),
            outward: Arc::clone(&setup.outward),
            has_begun: AtomicBool::new(false),
        })
    }

    async fn demands(
        self: &Arc<Scheduler>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let mut demand = Demand::new(
            format!("scheduler:{}", operation.name),
            resource(&cx.scope, operation.name, input),
        );
        demand.request_tags = listed_tags(&input["Tags"]);
        demand.tag_keys(&input["TagKeys"]);
        let mut demands = vec![demand];
        if let Some(role) = input["Target"]["RoleArn"].as_str() {
            demands.push(Demand::pass_role(role, Scheduler::PRINCIPAL));
        }
        Ok(demands)
    }

    fn begin(self: &Arc<Scheduler>) {
        if !self.has_begun.swap(true, Ordering::Relaxed) {
            schedule::tick(self);
            delivery::drive(self);
        }
    }

    fn resume(self: &Arc<Scheduler>) {
        if self.store.is_there() {
            self.begin();
        }
    }

    fn close(&self) {
        self.store.close();
    }
}

/// The ARN of what an operation is about.
fn resource(scope: &Scope, operation: &str, input: &Value) -> String {
    let text = |member: &str| input[member].as_str();
    match operation {
        "ListSchedules" | "ListScheduleGroups" => "*".to_owned(),
        "TagResource" | "UntagResource" | "ListTagsForResource" => {
            text("ResourceArn").unwrap_or("*").to_owned()
        }
        name if name.ends_with("Group") => group_arn(scope, text("Name").unwrap_or_default()),
        _ => {
            let group = text("GroupName").unwrap_or(DEFAULT);
            schedule_arn(scope, group, text("Name").unwrap_or_default())
        }
    }
}

impl Sender for Scheduler {
    const PRINCIPAL: &'static str = "scheduler.amazonaws.com";

    fn store(&self) -> &Store {
        &self.store
    }

    fn deliveries(&self) -> &Deliveries {
        &self.deliveries
    }

    fn outward(&self) -> &dyn Outward {
        &*self.outward
    }

    fn source_arn(job: &Job) -> String {
        // Trust policies of roles name the group.
        let group = job.source.rsplit_once('/').map_or(job.source.as_str(), |(group, _)| group);
        group.replacen(":schedule/", ":schedule-group/", 1)
    }

    async fn attempt(&self, actor: &Actor, job: &Job, body: String) -> Result<(), Refusal> {
        delivery::attempt(&*self.outward, actor, job, body).await
    }
}

impl Timed for Scheduler {
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

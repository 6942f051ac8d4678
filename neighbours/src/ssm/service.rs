//! The Parameter Store as a whole.

use std::sync::Arc;

use serde_json::Value;
use wire::{ApiError, Operation};

use crate::operation::{Context, Demand, Service, Setup};
use crate::ssm::name::{Name, arn};
use crate::ssm::schema::SCHEMA;
use crate::store::Store;

/// SSM.
#[derive(Debug)]
pub struct Ssm {
    pub(in crate::ssm) store: Store,
}

impl Service for Ssm {
    fn new(setup: &Setup) -> Arc<Ssm> {
        Arc::new(Ssm { store: Store::new(&setup.directory, SCHEMA) })
    }

    async fn demands(
        self: &Arc<Ssm>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let action = format!("ssm:{}", operation.name);
        let texts = |member: &str| -> Vec<String> {
            let list = input[member].as_array().into_iter().flatten();
            list.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let one = ["Name", "Path", "ResourceId"].iter().find_map(|member| input[*member].as_str());
        let mut names = texts("Names");
        names.extend(one.map(str::to_owned));
        if names.is_empty() {
            return Ok(vec![Demand::new(action, cx.scope.arn("ssm", "*"))]);
        }
        let mut tags = Vec::new();
        for tag in input["Tags"].as_array().into_iter().flatten() {
            let text = |member: &str| tag[member].as_str().unwrap_or_default().to_owned();
            tags.push((text("Key"), text("Value")));
        }
        let demand = |name: &String| {
            let name = Name::read(name).map_or_else(|| name.clone(), |read| read.name);
            let mut demand = Demand::new(&*action, arn(&cx.scope, &name));
            demand.request_tags.clone_from(&tags);
            demand
        };
        Ok(names.iter().map(demand).collect())
    }

    fn close(&self) {
        self.store.close();
    }
}

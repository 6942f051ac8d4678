//! The Parameter Store as a whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use serde_json::Value;
use wire::{ApiError, Operation};

use crate::failure::Failure;
use crate::operation::{Context, Demand, Service, Setup, listed_tags};
use crate::ssm::name::{Name, arn};
use crate::ssm::schema::SCHEMA;
use crate::ssm::stored::Parameter;
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
        let request_tags = listed_tags(&input["Tags"]);
        let scope = cx.scope.clone();
        let look = move |connection: &Connection| {
            let known = |text: String| {
                let name = Name::read(&scope, &text);
                let found = match &name {
                    Some(name) => Parameter::look(connection, &scope, &name.name)?,
                    None => None,
                };
                // What cannot be a parameter's name here is what it is.
                let resource = name.map_or(text, |name| arn(&scope, &name.name));
                Ok::<_, Failure>((resource, found.map(|it| it.tags).unwrap_or_default()))
            };
            names.into_iter().map(known).collect::<Result<Vec<_>, _>>()
        };
        let known = self.store.run(look).await.map_err(|why| why.told_by(operation.service))?;
        let demand = |(resource, tags): (String, BTreeMap<String, String>)| {
            let mut demand = Demand::new(&*action, resource);
            for (key, value) in &tags {
                demand.values.push((format!("ssm:resourceTag/{key}"), value.clone()));
            }
            demand.resource_tags = tags.into_iter().collect();
            demand.request_tags.clone_from(&request_tags);
            demand.tag_keys(&input["TagKeys"]);
            demand
        };
        Ok(known.into_iter().map(demand).collect())
    }

    fn close(&self) {
        self.store.close();
    }
}

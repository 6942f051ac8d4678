//! Secrets Manager as a whole.

use std::sync::Arc;

use rusqlite::Connection;
use serde_json::Value;
use wire::{ApiError, Operation};

use crate::failure::Failure;
use crate::operation::{Context, Demand, Service, Setup, listed_tags};
use crate::secretsmanager::across::scope_of;
use crate::secretsmanager::schema::SCHEMA;
use crate::secretsmanager::stored::Secret;
use crate::store::Store;

/// Secrets Manager.
#[derive(Debug)]
pub struct Secretsmanager {
    pub(in crate::secretsmanager) store: Store,
}

impl Service for Secretsmanager {
    fn new(setup: &Setup) -> Arc<Secretsmanager> {
        Arc::new(Secretsmanager { store: Store::new(&setup.directory, SCHEMA) })
    }

    async fn demands(
        self: &Arc<Secretsmanager>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let action = format!("secretsmanager:{}", operation.name);
        let request_tags = listed_tags(&input["Tags"]);
        if let (None, Some(name)) = (input["SecretId"].as_str(), input["Name"].as_str()) {
            let arn = cx.scope.arn("secretsmanager", &format!("secret:{name}-??????"));
            let mut demand = Demand::new(action, arn);
            demand.request_tags = request_tags;
            return Ok(vec![demand]);
        }
        let Some(id) = input["SecretId"].as_str().map(str::to_owned) else {
            let mut all = vec![Demand::new(action, "*")];
            // Who finds values by filters is told which secrets there are. Each of them is demanded as
            // it is found.
            let filters = input["Filters"].as_array();
            if operation.name == "BatchGetSecretValue" && filters.is_some_and(|it| !it.is_empty()) {
                all.push(Demand::new("secretsmanager:ListSecrets", "*"));
            }
            return Ok(all);
        };
        let of = scope_of(cx, input);
        let (scope, given) = (of.clone(), id.clone());
        let look = move |connection: &Connection| {
            Ok::<_, Failure>(Secret::look(connection, &scope, &given)?)
        };
        let found =
            self.store.run_lean(look).await.map_err(|why| why.told_by(operation.service))?;
        let mut demand = Secret::demand(&of, operation.name, &id, found);
        demand.owner = Some(of.account);
        demand.request_tags = request_tags;
        demand.tag_keys(&input["TagKeys"]);
        Ok(vec![demand])
    }

    fn close(&self) {
        self.store.close();
    }
}

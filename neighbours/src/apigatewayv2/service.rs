//! HTTP APIs as a whole.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use serde_json::Value;
use wire::{ApiError, Operation};

use super::answers::Answers;
use super::choose::Served;
use super::schema::SCHEMA;
use super::stored::Api;
use crate::failure::Failure;
use crate::operation::{Context, Demand, Scope, Service, Setup};
use crate::store::Store;

/// API Gateway's HTTP APIs.
#[derive(Debug)]
pub struct Apigatewayv2 {
    pub(in crate::apigatewayv2) store: Store,
    pub(super) served: Mutex<Kept>,
    pub(super) answers: Mutex<Answers>,
}

/// APIs that were asked for lately, as they are served.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) by_id: HashMap<String, Option<Arc<Served>>>,
    /// How often something has changed.
    pub(super) changes: u64,
}

impl Service for Apigatewayv2 {
    fn new(setup: &Setup) -> Arc<Apigatewayv2> {
        let store = Store::new(&setup.directory, SCHEMA);
        Arc::new(Apigatewayv2 { store, served: Mutex::default(), answers: Mutex::default() })
    }

    async fn demands(
        self: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        // IAM knows these operations by their methods and paths.
        let action = format!("apigateway:{}", operation.method);
        let mut path = operation.uri.to_owned();
        let labels =
            ["ApiId", "AuthorizerId", "DeploymentId", "IntegrationId", "RouteId", "StageName"];
        for label in labels.into_iter().chain(["ResourceArn"]) {
            let Some(value) = input[label].as_str() else { continue };
            let wire = format!("{{{}{}}}", label[..1].to_ascii_lowercase(), &label[1..]);
            path = path.replace(&wire, value).replace("{resource-arn}", value);
        }
        let path = path.strip_prefix("/v2").unwrap_or(&path);
        let mut demand =
            Demand::new(action, format!("arn:aws:apigateway:{}::{path}", cx.scope.region));
        for (key, value) in input["Tags"].as_object().into_iter().flatten() {
            let value = value.as_str().unwrap_or_default();
            demand.request_tags.push((key.clone(), value.to_owned()));
        }
        Ok(vec![demand])
    }

    fn close(&self) {
        self.store.close();
    }
}

impl Apigatewayv2 {
    /// Works on an API of a scope, and stores it.
    ///
    /// # Errors
    /// When there is none, or what the work fails with: then nothing has changed.
    pub(super) async fn change<T: Send + 'static>(
        &self,
        scope: &Scope,
        id: &str,
        work: impl FnOnce(&mut Api) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, Failure> {
        let done = self.store.run(stored(scope.clone(), id.to_owned(), work)).await;
        self.forget(id);
        done
    }

    /// The same of a work that takes something out of an API: also where there is no room for more.
    ///
    /// # Errors
    /// When there is none, or what the work fails with: then nothing has changed.
    pub(super) async fn change_lean<T: Send + 'static>(
        &self,
        scope: &Scope,
        id: &str,
        work: impl FnOnce(&mut Api) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, Failure> {
        let done = self.store.run_lean(stored(scope.clone(), id.to_owned(), work)).await;
        self.forget(id);
        done
    }

    /// Looks at an API of a scope.
    ///
    /// # Errors
    /// When there is none, or what the look fails with.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        scope: &Scope,
        id: &str,
        look: impl FnOnce(Api) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, Failure> {
        let (scope, id) = (scope.clone(), id.to_owned());
        let look = move |connection: &Connection| {
            let api = Api::find(connection, &scope, &id)?;
            Ok::<_, Failure>(look(api)?)
        };
        self.store.run_lean(look).await
    }

    /// Has an API that has changed be read again.
    pub(super) fn forget(&self, id: &str) {
        let mut kept = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        kept.changes += 1;
        kept.by_id.remove(id);
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).forget(id);
    }
}

/// A work on an API of a scope, which stores it.
fn stored<T>(
    scope: Scope,
    id: String,
    work: impl FnOnce(&mut Api) -> Result<T, ApiError>,
) -> impl FnOnce(&Connection) -> Result<T, Failure> {
    move |connection| {
        let mut api = Api::find(connection, &scope, &id)?;
        let done = work(&mut api)?;
        api.put(connection)?;
        Ok(done)
    }
}

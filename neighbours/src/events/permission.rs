//! The policies of buses, statement by statement or whole.

use std::sync::Arc;

use rusqlite::Connection;
use serde_json::{Value, json};
use wire::ApiError;
use wire::events::error;
use wire::events::input::{Condition, PutPermission, RemovePermission};
use wire::policy::check_resource;

use crate::events::name::BusName;
use crate::events::refusal::invalid;
use crate::events::service::Events;
use crate::events::stored::Bus;
use crate::failure::Failure;
use crate::operation::{Context, Operation};

/// Bytes of a policy.
const MOST: usize = 10_240;

/// Changes the policy of a bus.
async fn change(
    events: &Events,
    bus: BusName,
    change: impl FnOnce(&Bus, Option<Value>) -> Result<Option<Value>, ApiError> + Send + 'static,
) -> Result<(), Failure> {
    let work = move |connection: &Connection| {
        let mut bus = Bus::find(connection, &bus)?;
        let known = bus.policy.as_deref().and_then(|text| serde_json::from_str(text).ok());
        bus.policy = change(&bus, known)?.map(|policy| policy.to_string());
        if bus.policy.as_ref().is_some_and(|policy| policy.len() > MOST) {
            let message = "The size of the policy of the event bus exceeds 10240 bytes.";
            return Err(Failure::from(error("PolicyLengthExceededException", message)));
        }
        Ok(bus.update(connection)?)
    };
    events.store.run(work).await
}

impl Operation<Events> for PutPermission {
    type Output = ();

    async fn run(self, events: &Arc<Events>, cx: &Context<'_>) -> Result<(), Failure> {
        let PutPermission { event_bus_name, action, principal, statement_id, condition, policy } =
            self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        if let Some(policy) = policy {
            let is_policy = check_resource(&policy).is_ok();
            let policy: Option<Value> = serde_json::from_str(&policy).ok();
            let policy = policy.filter(|_| is_policy).ok_or_else(|| {
                invalid(
                    "Parameter Policy is not valid. Reason: Policy is not a valid policy document.",
                )
            })?;
            return change(events, bus, move |_, _| Ok(Some(policy))).await;
        }
        let (Some(action), Some(principal), Some(sid)) = (action, principal, statement_id) else {
            let message = "Parameter(s) Action, Principal and StatementId must be specified where Policy \
                           is not.";
            return Err(invalid(message).into());
        };
        change(events, bus, move |bus, policy| {
            let principal = match principal.as_str() {
                "*" => json!("*"),
                account => json!({"AWS": format!("arn:aws:iam::{account}:root")}),
            };
            let mut statement = json!({
                "Sid": sid,
                "Effect": "Allow",
                "Principal": principal,
                "Action": action,
                "Resource": bus.name.arn(),
            });
            if let Some(Condition { r#type, key, value }) = condition {
                statement["Condition"] = json!({r#type: {key: value}});
            }
            let mut policy = policy.unwrap_or_else(|| json!({"Version": "2012-10-17"}));
            let mut all = statements(&mut policy);
            all.retain(|known| known["Sid"] != sid.as_str());
            all.push(statement);
            policy["Statement"] = all.into();
            Ok(Some(policy))
        })
        .await
    }
}

fn statements(policy: &mut Value) -> Vec<Value> {
    match policy["Statement"].take() {
        Value::Array(all) => all,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

impl Operation<Events> for RemovePermission {
    type Output = ();

    async fn run(self, events: &Arc<Events>, cx: &Context<'_>) -> Result<(), Failure> {
        let RemovePermission { statement_id, remove_all_permissions, event_bus_name } = self;
        let bus = BusName::read(&cx.scope, event_bus_name.as_deref());
        if remove_all_permissions == Some(true) {
            return change(events, bus, |_, _| Ok(None)).await;
        }
        let Some(sid) = statement_id else {
            let message = "Parameter StatementId must be specified.";
            return Err(invalid(message).into());
        };
        change(events, bus, move |_, policy| {
            let mut policy = policy.unwrap_or_default();
            let mut all = statements(&mut policy);
            let before = all.len();
            all.retain(|known| known["Sid"] != sid.as_str());
            if all.len() == before {
                let message = "Statement with the provided id does not exist.";
                return Err(error("ResourceNotFoundException", message));
            }
            let is_empty = all.is_empty();
            policy["Statement"] = all.into();
            Ok((!is_empty).then_some(policy))
        })
        .await
    }
}

//! How DynamoDB refuses, of what dynoxide says.

use dynoxide::DynoxideError;
use wire::ApiError;
use wire::dynamodb::error;

use crate::dynamodb::question::{LOCAL, prefix};
use crate::failure::Failure;
use crate::operation::Scope;
use crate::store::StoreError;

/// What a caller in a scope is told.
pub(in crate::dynamodb) fn refused(scope: &Scope, why: DynoxideError) -> Failure {
    if let DynoxideError::SqliteError(why) = why {
        return Failure::Store(StoreError::from(why));
    }
    let told = match serde_json::from_str(&why.to_json()) {
        Ok(serde_json::Value::Object(members)) => members,
        _ => serde_json::Map::new(),
    };
    let message = why.to_string().replace(LOCAL, &prefix(scope));
    let code = why.error_type().rsplit('#').next().expect("a split has a part");
    let mut refusal: ApiError = error(code, message);
    refusal.status = why.status_code();
    for name in ["CancellationReasons", "Item"] {
        if let Some(value) = told.get(name) {
            refusal = refusal.with(name, value.clone());
        }
    }
    refusal.into()
}

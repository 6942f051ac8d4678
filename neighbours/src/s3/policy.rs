//! Policies of buckets: who else may do what with them.

use std::sync::Arc;

use serde_json::Value;
use wire::ApiError;
use wire::s3::error;
use wire::s3::input::{DeleteBucketPolicy, GetBucketPolicy, PutBucketPolicy};
use wire::s3::output::GetBucketPolicyOutput;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::bucket_name::arn;
use crate::s3::service::S3;
use crate::s3::stored::Bucket;

/// The kind of configuration that a policy is.
const POLICY: &str = "policy";
/// Bytes of a policy.
const LIMIT: usize = 20 << 10;

impl Operation<S3> for GetBucketPolicy {
    type Output = GetBucketPolicyOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<GetBucketPolicyOutput, Failure> {
        let GetBucketPolicy { bucket, expected_bucket_owner } = self;
        s3.work(move |connection| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            match found.document(connection, POLICY)? {
                Some(policy) => Ok(GetBucketPolicyOutput { policy: Some(policy) }),
                None => {
                    let message = "The bucket policy does not exist";
                    let refused = error("NoSuchBucketPolicy", message);
                    Err(refused.with("BucketName", bucket.as_str()).into())
                }
            }
        })
        .await
    }
}

impl Operation<S3> for PutBucketPolicy {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        let PutBucketPolicy { bucket, policy, expected_bucket_owner } = self;
        check(&policy, &bucket)?;
        s3.change(move |connection, _| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            Ok(found.configure(connection, POLICY, Some(&policy))?)
        })
        .await
    }
}

impl Operation<S3> for DeleteBucketPolicy {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        let DeleteBucketPolicy { bucket, expected_bucket_owner } = self;
        s3.change(move |connection, _| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            Ok(found.configure(connection, POLICY, None)?)
        })
        .await
    }
}

/// Whether a bucket may have a policy.
///
/// # Errors
/// As S3 says it.
fn check(policy: &str, bucket: &str) -> Result<(), ApiError> {
    let malformed = |message: &str| Err(error("MalformedPolicy", message));
    if policy.len() > LIMIT {
        return malformed("Normalized Policy document exceeds the maximum allowed size");
    }
    let Ok(document) = serde_json::from_str::<Value>(policy) else {
        return malformed("Policies must be valid JSON and the first byte must be '{'");
    };
    if !document.is_object() {
        return malformed("Policies must be valid JSON and the first byte must be '{'");
    }
    let known = ["Version", "Id", "Statement"];
    if let Some(other) =
        document.as_object().into_iter().flatten().find(|(name, _)| !known.contains(&name.as_str()))
    {
        return malformed(&format!("Unknown field {}", other.0));
    }
    let statements = match &document["Statement"] {
        Value::Array(statements) => statements.as_slice(),
        one @ Value::Object(_) => std::slice::from_ref(one),
        _ => return malformed("Missing required field Statement"),
    };
    let words = |value: &Value| -> Vec<String> {
        match value {
            Value::String(text) => vec![text.clone()],
            Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    };
    for statement in statements {
        let has = |name: &str| !statement[name].is_null();
        if !matches!(statement["Effect"].as_str(), Some("Allow" | "Deny")) {
            return malformed("Missing required field Effect");
        }
        if !has("Principal") && !has("NotPrincipal") {
            return malformed("Missing required field Principal");
        }
        if !has("Action") && !has("NotAction") {
            return malformed("Missing required field Action");
        }
        if !has("Resource") && !has("NotResource") {
            return malformed("Missing required field Resource");
        }
        let own = arn(bucket);
        let is_own = |resource: &String| {
            resource == "*" || resource.starts_with(&own) || resource.contains(['*', '?', '$'])
        };
        if !words(&statement["Resource"]).iter().all(is_own) {
            return malformed("Policy has invalid resource");
        }
        let is_action = |action: &String| action == "*" || action.contains(':');
        if !words(&statement["Action"]).iter().all(is_action) {
            return malformed("Policy has invalid action");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn policies_are_of_their_bucket() {
        let of = |resource: &str| {
            let statement = json!({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": resource});
            check(&json!({"Version": "2012-10-17", "Statement": [statement]}).to_string(), "mine")
        };
        of("arn:aws:s3:::mine/*").expect("its own");
        assert_eq!(of("arn:aws:s3:::other").expect_err("another's").code, "MalformedPolicy");
        for bad in ["", "[]", "{}", "{\"Statement\": [{}]}", "{\"Statements\": []}"] {
            check(bad, "mine").expect_err(bad);
        }
    }
}

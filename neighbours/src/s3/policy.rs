//! Policies of buckets: who else may do what with them.

use std::sync::Arc;

use serde_json::Value;
use wire::ApiError;
use wire::policy::{are_principals, check_resource, is_operator};
use wire::s3::error;
use wire::s3::input::{DeleteBucketPolicy, GetBucketPolicy, PutBucketPolicy};
use wire::s3::output::GetBucketPolicyOutput;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::bucket_name::arn;
use crate::s3::public::is_public;
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

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<(), Failure> {
        let PutBucketPolicy { bucket, policy, expected_bucket_owner } = self;
        let is_public = is_public(&check(&policy, &bucket)?);
        let caller = cx.caller.clone();
        s3.change(move |connection, _| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            let block = found.value(connection, "publicAccessBlock")?;
            if is_public && block.is_some_and(|block| block["BlockPublicPolicy"] == true) {
                return Err(blocked(&caller, &bucket).into());
            }
            Ok(found.configure(connection, POLICY, Some(&policy))?)
        })
        .await
    }
}

impl Operation<S3> for DeleteBucketPolicy {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        let DeleteBucketPolicy { bucket, expected_bucket_owner } = self;
        s3.change_lean(move |connection, _| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            Ok(found.configure(connection, POLICY, None)?)
        })
        .await
    }
}

/// The refusal of a policy that lets everybody in.
fn blocked(caller: &str, bucket: &str) -> ApiError {
    let message = format!(
        "User: {caller} is not authorized to perform: s3:PutBucketPolicy on resource: \"{}\" because \
         public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
        arn(bucket)
    );
    error("AccessDenied", message)
}

fn malformed(message: impl Into<String>) -> ApiError {
    error("MalformedPolicy", message.into())
}

/// Whether a bucket may have a policy; what it says.
///
/// # Errors
/// As S3 says it.
fn check(policy: &str, bucket: &str) -> Result<Value, ApiError> {
    if policy.len() > LIMIT {
        return Err(malformed("Normalized Policy document exceeds the maximum allowed size"));
    }
    let no_json = || malformed("Policies must be valid JSON and the first byte must be '{'");
    let document: Value = serde_json::from_str(policy).map_err(|_| no_json())?;
    let members = document.as_object().ok_or_else(no_json)?;
    let known = ["Version", "Id", "Statement"];
    if let Some(other) = members.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(malformed(format!("Unknown field {other}")));
    }
    let statements = match &document["Statement"] {
        Value::Array(statements) => statements.as_slice(),
        one @ Value::Object(_) => std::slice::from_ref(one),
        _ => return Err(malformed("Missing required field Statement")),
    };
    for statement in statements {
        check_statement(statement, bucket)?;
    }
    // What S3 has no words of its own for.
    check_resource(policy).map_err(|why| malformed(why.0))?;
    Ok(document)
}

fn check_statement(statement: &Value, bucket: &str) -> Result<(), ApiError> {
    let either = |one: &str, other: &str| {
        let found = [one, other].iter().map(|name| &statement[*name]).find(|it| !it.is_null());
        found.ok_or_else(|| malformed(format!("Missing required field {one}")))
    };
    if !matches!(statement["Effect"].as_str(), Some("Allow" | "Deny")) {
        return Err(malformed("Missing required field Effect"));
    }
    if !are_principals(either("Principal", "NotPrincipal")?) {
        return Err(malformed("Invalid principal in policy"));
    }
    if !all(either("Action", "NotAction")?, is_action) {
        return Err(malformed("Policy has invalid action"));
    }
    if !all(either("Resource", "NotResource")?, |resource| is_within(resource, bucket)) {
        return Err(malformed("Policy has invalid resource"));
    }
    let mut operators = statement["Condition"].as_object().into_iter().flatten();
    match operators.find(|(operator, _)| !is_operator(operator)) {
        Some((other, _)) => Err(malformed(format!("Invalid Condition type : {other}"))),
        None => Ok(()),
    }
}

/// Whether a member is a text, or a list of such, that are all good.
fn all(value: &Value, is_good: impl Fn(&str) -> bool) -> bool {
    let is_good = |value: &Value| value.as_str().is_some_and(&is_good);
    value.as_array().map_or_else(|| is_good(value), |list| list.iter().all(is_good))
}

/// Whether an action is one of S3's.
fn is_action(action: &str) -> bool {
    let service = action.split_once(':').map(|(service, _)| service);
    action == "*" || service.is_some_and(|service| service.eq_ignore_ascii_case("s3"))
}

/// Whether a resource is a bucket, or what is in it.
fn is_within(resource: &str, bucket: &str) -> bool {
    let Some(path) = resource.strip_prefix("arn:aws:s3:::") else { return resource == "*" };
    let name = path.split_once('/').map_or(path, |(name, _)| name);
    is_like(name.as_bytes(), bucket.as_bytes())
}

/// Whether a name is as a pattern with `*` and `?` has it.
fn is_like(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut of, mut star) = (0, 0, None);
    while at < name.len() {
        match pattern.get(of) {
            Some(b'*') => {
                star = Some((of, at));
                of += 1;
            }
            Some(byte) if *byte == b'?' || *byte == name[at] => (at, of) = (at + 1, of + 1),
            _ => {
                // The last star takes one more.
                let Some((from, until)) = star else { return false };
                (at, of, star) = (until + 1, from + 1, Some((from, until + 1)));
            }
        }
    }
    pattern[of..].iter().all(|byte| *byte == b'*')
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
        for own in ["*", "mine", "mine/*", "mine*", "m?ne/k", "*/k", "*"] {
            of(&format!("arn:aws:s3:::{own}")).expect(own);
        }
        of("*").expect("all that is within");
        for other in ["other", "mine-other/*", "mine-*", "min", "", "other*"] {
            let refused = of(&format!("arn:aws:s3:::{other}")).expect_err(other);
            assert_eq!(refused.code, "MalformedPolicy");
        }
        of("arn:aws:sqs:us-east-1:000000000000:*").expect_err("another service's");
        for bad in ["", "[]", "{}", "{\"Statement\": [{}]}", "{\"Statements\": []}"] {
            check(bad, "mine").expect_err(bad);
        }
    }
    #[test]
    fn what_is_not_understood_is_refused_in_s3s_words() {
        for (name, value, message) in [
            ("Principal", json!(7), "Invalid principal in policy"),
            ("Principal", json!({"Aws": "1"}), "Invalid principal in policy"),
            ("Action", json!("sqs:SendMessage"), "Policy has invalid action"),
            ("Action", json!(["s3:GetObject", 7]), "Policy has invalid action"),
            ("Resource", json!([7]), "Policy has invalid resource"),
            ("Condition", json!({"Resembles": {"a": "b"}}), "Invalid Condition type : Resembles"),
            ("Effects", json!("Deny"), "Syntax errors in policy."),
        ] {
            let mut statement = json!({"Effect": "Allow", "Principal": "*", "Action": "S3:Get*",
                "Resource": "arn:aws:s3:::mine/*"});
            check(&json!({"Statement": [statement]}).to_string(), "mine").expect("a good one");
            statement[name] = value;
            let refused = check(&json!({"Statement": statement}).to_string(), "mine");
            let refused = refused.expect_err(name);
            assert_eq!((&*refused.code, &*refused.message), ("MalformedPolicy", message));
            let dated = json!({"Version": "2020-01-01", "Statement": [statement]});
            check(&dated.to_string(), "mine").expect_err("a version that there is not");
        }
    }
}

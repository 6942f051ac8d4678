//! Lambda: what each operation answers to each kind of input. But for one file, there is no node.

mod alias;
mod change;
mod create;
mod invoke;
mod layer;
mod look;
mod page;
mod permission;
mod served;
mod source;
mod unsupported;
mod url;
mod vpc;

use serde_json::{Value, json};

use crate::tests::harness::Setup;
use crate::tests::rows::{Expected, World, package, refused};

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:";
const ROLE: &str = "arn:aws:iam::000000000000:role/role";
const LEVEL_OF_TEXT: &str = "LogLevel is not supported when LogFormat is set to \"Text\". Remove \
                             LogLevel from your request or change the LogFormat to \"Json\" and try \
                             again.";
const INVALID: &str = "InvalidParameterValueException";
const VALIDATION: &str = "ValidationException";
const MISSING: &str = "ResourceNotFoundException";
const CONFLICT: &str = "ResourceConflictException";
const UNQUALIFIED: &str = "This operation is permitted on Lambda functions only. Aliases and versions do \
    not support this operation. Please specify either a function name or an unqualified function ARN.";
const REVISION: &str = "The Revision Id provided does not match the latest Revision Id. Call the \
    GetFunction/GetAlias API to retrieve the latest Revision Id";

/// A world in which any role will do.
fn world() -> World {
    World::new(&wire::lambda::SERVICE, Setup { is_alone: true, ..Setup::default() })
}

/// What makes a function.
fn function(name: &str) -> Value {
    json!({
        "FunctionName": name,
        "Runtime": "python3.11",
        "Role": ROLE,
        "Handler": "app.handler",
        "Code": {"ZipFile": package("def handler(event, context): return event")},
    })
}

/// An input with further members, or others.
fn with(mut input: Value, more: Value) -> Value {
    let more = more.as_object().expect("an object").clone();
    input.as_object_mut().expect("an object").extend(more);
    input
}

/// Makes a function.
fn create(world: &World, name: &str) {
    world.check([("CreateFunction", function(name), Expected::Shows(201, json!({})))]);
}

/// The configuration of a function that is there.
fn configuration(world: &World, name: &str) -> Value {
    world.ask("GetFunctionConfiguration", &json!({"FunctionName": name})).body
}

fn not_found(name: &str) -> Expected {
    refused(404, MISSING, format!("Function not found: {ARN}{name}"))
}

/// The model's constraint on one member.
fn constraint(value: &str, at: &str, constraint: &str) -> Expected {
    let message = format!(
        "1 validation error detected: Value {value} at '{at}' failed to satisfy constraint: {constraint}"
    );
    refused(400, VALIDATION, message)
}

fn unsupported(what: &str) -> Expected {
    refused(400, INVALID, format!("Warren does not support the parameter {what}."))
}

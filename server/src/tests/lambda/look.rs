//! Functions are looked at, by every name, and what is never set of them.

use serde_json::json;

use super::{ARN, INVALID, MISSING, configuration, create, not_found, refused, world};
use crate::tests::rows::{Expected, Row};

const DERIVED: &str =
    "The derived qualifier from the function name does not match the specified qualifier.";

#[test]
fn functions_are_named_in_every_way() {
    let world = world();
    create(&world, "f");
    world.check([(
        "PublishVersion",
        json!({"FunctionName": "f"}),
        Expected::Shows(201, json!({})),
    )]);
    let shown = |arn: &str, version: &str| {
        let arn = format!("{ARN}{arn}");
        Expected::Shows(200, json!({"FunctionName": "f", "FunctionArn": arn, "Version": version}))
    };
    let get = |name: &str, qualifier: Option<&str>| match qualifier {
        None => json!({"FunctionName": name}),
        Some(qualifier) => json!({"FunctionName": name, "Qualifier": qualifier}),
    };
    let arn = format!("{ARN}f");
    let elsewhere = format!("{}f", ARN.replace("us-east-1", "eu-west-1"));
    let foreign = format!("{}f", ARN.replace("0:function", "1:function"));
    let away = "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')";
    let denied = format!(
        "User: arn:aws:iam::000000000000:root is not authorized to access this resource: {foreign}"
    );
    let operation = "GetFunctionConfiguration";
    let rows: Vec<Row> = vec![
        (operation, get("f", None), shown("f", "$LATEST")),
        (operation, get(&arn, None), shown("f", "$LATEST")),
        (operation, get("000000000000:function:f", None), shown("f", "$LATEST")),
        (operation, get("function:f", None), shown("f", "$LATEST")),
        (operation, get("f:$LATEST", None), shown("f:$LATEST", "$LATEST")),
        (operation, get("f", Some("$LATEST")), shown("f:$LATEST", "$LATEST")),
        (operation, get("f:1", None), shown("f:1", "1")),
        (operation, get("f:1", Some("1")), shown("f:1", "1")),
        (operation, get(&arn, Some("1")), shown("f:1", "1")),
        (operation, get("f:1", Some("2")), refused(400, INVALID, DERIVED)),
        (operation, get("g", None), not_found("g")),
        (operation, get("g", Some("$LATEST")), not_found("g:$LATEST")),
        (operation, get("f", Some("1221")), not_found("f:1221")),
        (operation, get("f:live", None), not_found("f:live")),
        (operation, get(&elsewhere, None), refused(404, MISSING, away)),
        (operation, get(&foreign, None), refused(403, "AccessDeniedException", denied)),
        ("GetFunction", get("f:1", Some("2")), refused(400, INVALID, DERIVED)),
        ("GetFunction", get("g", None), not_found("g")),
        ("GetFunction", get("f", Some("1221")), not_found("f:1221")),
    ];
    world.check(rows);
}

#[test]
fn functions_are_shown_with_their_code_tags_and_concurrency() {
    let world = world();
    create(&world, "f");
    let configuration = configuration(&world, "f");
    let name = || json!({"FunctionName": "f"});
    let answer = world.ask("GetFunction", &name()).body;
    assert_eq!(answer["Configuration"], configuration);
    assert_eq!(answer["Code"]["RepositoryType"], "S3");
    let location = answer["Code"]["Location"].as_str().expect("an address");
    assert!(location.starts_with("http://localhost/_warren/code/"), "{location}");
    assert_eq!(answer.as_object().map(serde_json::Map::len), Some(2), "{answer}");
    let reserve = json!({"FunctionName": "f", "ReservedConcurrentExecutions": 7});
    let tag = json!({"Resource": format!("{ARN}f"), "Tags": {"a": "b"}});
    let shown = json!({
        "Configuration": {"FunctionName": "f"}, "Tags": {"a": "b"},
        "Concurrency": {"ReservedConcurrentExecutions": 7},
    });
    world.check([
        ("PutFunctionConcurrency", reserve, Expected::Shows(200, json!({}))),
        ("TagResource", tag, Expected::Shows(204, json!(null))),
        ("GetFunction", name(), Expected::Shows(200, shown)),
    ]);
}

#[test]
fn what_cannot_be_set_is_told_as_it_is() {
    let world = world();
    create(&world, "f");
    let name = |name: &str| json!({"FunctionName": name});
    let at = |name: &str, qualifier: &str| json!({"FunctionName": name, "Qualifier": qualifier});
    let no_policy = || refused(404, MISSING, "The resource you requested does not exist.");
    let no_config = |name: &str| {
        refused(404, MISSING, format!("The function {ARN}{name} doesn't have an EventInvokeConfig"))
    };
    let auto = |name: &str| {
        let arn = format!("{ARN}{name}");
        Expected::Is(200, json!({"UpdateRuntimeOn": "Auto", "FunctionArn": arn}))
    };
    let unsigned = json!({"CodeSigningConfigArn": "", "FunctionName": "f"});
    let nothing = json!({"FunctionEventInvokeConfigs": []});
    let signing = "GetFunctionCodeSigningConfig";
    let invoke = "GetFunctionEventInvokeConfig";
    let list = "ListFunctionEventInvokeConfigs";
    let rows: Vec<Row> = vec![
        ("GetPolicy", name("f"), no_policy()),
        ("GetPolicy", name("g"), no_policy()),
        ("GetPolicy", at("f", "1"), no_policy()),
        ("GetPolicy", at("f:1", "2"), refused(400, INVALID, DERIVED)),
        (signing, name("f"), Expected::Is(200, unsigned)),
        (signing, name("g"), not_found("g")),
        (
            "GetFunctionRecursionConfig",
            name("f"),
            Expected::Is(200, json!({"RecursiveLoop": "Terminate"})),
        ),
        ("GetFunctionRecursionConfig", name("g"), not_found("g")),
        ("GetRuntimeManagementConfig", name("f"), auto("f:$LATEST")),
        ("GetRuntimeManagementConfig", at("f", "$LATEST"), auto("f:$LATEST")),
        ("GetRuntimeManagementConfig", at("f", "1"), not_found("f:1")),
        ("GetRuntimeManagementConfig", name("g"), not_found("g")),
        (invoke, name("f"), no_config("f:$LATEST")),
        (invoke, name("g"), no_config("g:$LATEST")),
        (invoke, at("f", "1221"), no_config("f:1221")),
        (invoke, name("f:live"), no_config("f:live")),
        (list, name("f"), Expected::Is(200, nothing.clone())),
        (
            list,
            json!({"FunctionName": "f", "MaxItems": 1, "Marker": "m"}),
            Expected::Is(200, nothing),
        ),
        (list, name("g"), refused(404, MISSING, "The function doesn't exist.")),
    ];
    world.check(rows);
}

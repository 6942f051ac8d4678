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
        "User: arn:aws:iam::000000000000:root is not authorized to perform: \
         lambda:GetFunctionConfiguration on resource: {foreign} because no resource-based policy allows \
         the lambda:GetFunctionConfiguration action"
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
        (list, name("f"), Expected::Is(200, nothing)),
        (
            list,
            json!({"FunctionName": "f", "MaxItems": 1, "Marker": "m"}),
            refused(400, INVALID, "Invalid Marker."),
        ),
        (list, name("g"), refused(404, MISSING, "The function doesn't exist.")),
    ];
    world.check(rows);
}

#[test]
fn tools_that_look_for_what_cannot_be_made_are_told_that_there_is_none() {
    let world = world();
    create(&world, "f");
    let name = |name: &str| json!({"FunctionName": name});
    let at = |name: &str, qualifier: &str| json!({"FunctionName": name, "Qualifier": qualifier});
    let alias = |name: &str| json!({"FunctionName": name, "Name": "live"});
    let is = |body| Expected::Is(200, body);
    let none = || refused(404, MISSING, "The resource you requested does not exist.");
    let no_policy = || refused(404, MISSING, "No policy is associated with the given resource.");
    let no_config = refused(
        404,
        MISSING,
        format!("The function {ARN}f:$LATEST doesn't have an EventInvokeConfig"),
    );
    let unpublished =
        "Provisioned Concurrency Configs cannot be applied to unpublished function versions.";
    let no_provisioned = refused(
        404,
        "ProvisionedConcurrencyConfigNotFoundException",
        "No Provisioned Concurrency Config found for this function",
    );
    let url = "GetFunctionUrlConfig";
    let provisioned = "GetProvisionedConcurrencyConfig";
    let remove = |name: &str| json!({"FunctionName": name, "StatementId": "s"});
    let rows: Vec<Row> = vec![
        ("PublishVersion", name("f"), Expected::Shows(201, json!({"Version": "1"}))),
        (
            "GetAlias",
            alias("f"),
            refused(404, MISSING, format!("Cannot find alias arn: {ARN}f:live")),
        ),
        ("GetAlias", alias("g"), not_found("g")),
        ("ListAliases", name("f"), is(json!({"Aliases": []}))),
        ("ListAliases", name("g"), not_found("g")),
        ("DeleteAlias", alias("f"), Expected::Is(204, json!(null))),
        (url, name("f"), none()),
        (url, name("g"), none()),
        (url, at("f", "live"), none()),
        ("DeleteFunctionUrlConfig", name("f"), none()),
        ("ListFunctionUrlConfigs", name("f"), is(json!({"FunctionUrlConfigs": []}))),
        ("ListFunctionUrlConfigs", name("g"), refused(404, MISSING, "Function does not exist")),
        ("ListEventSourceMappings", json!({}), is(json!({"EventSourceMappings": []}))),
        ("ListEventSourceMappings", name("g"), is(json!({"EventSourceMappings": []}))),
        ("GetEventSourceMapping", json!({"UUID": "01234567-0123-0123-0123-0123456789ab"}), none()),
        (provisioned, at("f", "1"), no_provisioned),
        (provisioned, at("f", "2"), not_found("f:2")),
        (provisioned, at("f", "$LATEST"), refused(400, INVALID, unpublished)),
        (
            "ListProvisionedConcurrencyConfigs",
            name("f"),
            is(json!({"ProvisionedConcurrencyConfigs": []})),
        ),
        ("DeleteProvisionedConcurrencyConfig", at("f", "1"), Expected::Is(204, json!(null))),
        ("DeleteFunctionEventInvokeConfig", name("f"), no_config),
        ("RemovePermission", remove("f"), no_policy()),
        (
            "RemovePermission",
            remove("g"),
            refused(404, MISSING, format!("No policy found for: {ARN}g")),
        ),
    ];
    world.check(rows);
    // Names of aliases are no numbers, which are those of versions.
    for (operation, input) in
        [("GetAlias", json!({"FunctionName": "f", "Name": "12"})), (url, at("f", "12"))]
    {
        let answer = world.ask(operation, &input);
        let told = answer.body.to_string();
        assert_eq!(answer.status, 400, "{told}");
        assert!(told.contains("failed to satisfy constraint"), "{told}");
    }
}

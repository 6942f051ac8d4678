//! Functions change: their settings, code, versions, concurrency and tags.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    ARN, CONFLICT, INVALID, LEVEL_OF_TEXT, MISSING, REVISION, UNQUALIFIED, VALIDATION,
    configuration, constraint, create, function, not_found, refused, with, world,
};
use crate::tests::harness::Setup;
use crate::tests::rows::{Expected, Row, World, package};

const DONE: Expected = Expected::Is(204, Value::Null);

fn f(more: Value) -> Value {
    with(json!({"FunctionName": "f"}), more)
}

#[test]
fn settings_change_where_they_are_given() {
    let world = world();
    create(&world, "f");
    let before = configuration(&world, "f");
    let change = json!({
        "Timeout": 10, "MemorySize": 256, "Handler": "b.handler", "Runtime": "python3.12",
        "Description": "d", "Environment": {"Variables": {"AB": "1"}},
        "EphemeralStorage": {"Size": 1024}, "TracingConfig": {"Mode": "PassThrough"},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"},
        "RevisionId": before["RevisionId"],
    });
    let changed = json!({
        "FunctionArn": format!("{ARN}f"), "Timeout": 10, "MemorySize": 256,
        "Handler": "b.handler", "Runtime": "python3.12", "Description": "d",
        "Environment": {"Variables": {"AB": "1"}}, "EphemeralStorage": {"Size": 1024},
        "State": "Active", "LastUpdateStatus": "InProgress",
        "LastUpdateStatusReason": "The function is being created.",
        "LastUpdateStatusReasonCode": "Creating", "CodeSha256": before["CodeSha256"],
    });
    let in_force = json!({"Timeout": 10, "LastUpdateStatus": "Successful"});
    let name = || json!({"FunctionName": "f"});
    let kept =
        json!({"Timeout": 10, "Environment": {"Variables": {"AB": "1"}}, "Description": "e"});
    let emptied = json!({"Environment": {"Variables": {}}, "Description": "e"});
    let update = "UpdateFunctionConfiguration";
    world.check([
        (update, f(change), Expected::Shows(200, changed)),
        ("GetFunctionConfiguration", name(), Expected::Shows(200, in_force)),
        (update, f(json!({"Description": "e"})), Expected::Shows(200, kept)),
        (update, f(json!({"Environment": {"Variables": {}}})), Expected::Shows(200, emptied)),
    ]);
    assert_ne!(configuration(&world, "f")["RevisionId"], before["RevisionId"]);
}

#[test]
fn logging_changes_where_it_is_given() {
    let world = world();
    create(&world, "f");
    let (own, update) = ("/aws/lambda/f", "UpdateFunctionConfiguration");
    let logging = |given: Value| f(json!({"LoggingConfig": given}));
    let shows = |shown: Value| Expected::Shows(200, json!({"LoggingConfig": shown}));
    let text = |group: &str| {
        shows(json!({
            "LogFormat": "Text", "LogGroup": group, "ApplicationLogLevel": null,
            "SystemLogLevel": null,
        }))
    };
    let json = |application: &str, system: &str, group: &str| {
        shows(json!({
            "LogFormat": "JSON", "ApplicationLogLevel": application, "SystemLogLevel": system,
            "LogGroup": group,
        }))
    };
    world.check([
        (update, logging(json!({"LogFormat": "JSON"})), json("INFO", "INFO", own)),
        (update, logging(json!({"SystemLogLevel": "DEBUG"})), json("INFO", "DEBUG", own)),
        (
            update,
            logging(json!({"ApplicationLogLevel": "FATAL", "LogGroup": "shared"})),
            json("FATAL", "DEBUG", "shared"),
        ),
        (update, f(json!({"Description": "d"})), json("FATAL", "DEBUG", "shared")),
        (update, logging(json!({"LogFormat": "Text"})), text("shared")),
        (
            update,
            logging(json!({"ApplicationLogLevel": "INFO"})),
            refused(400, INVALID, LEVEL_OF_TEXT),
        ),
        (update, logging(json!({"LogGroup": own})), text(own)),
    ]);
}

#[test]
fn wrong_changes_are_refused_and_change_nothing() {
    let world = world();
    create(&world, "f");
    let before = configuration(&world, "f");
    let at_most = |limit: u32| format!("Member must have value less than or equal to {limit}");
    let stale = json!({"RevisionId": "00000000-0000-4000-8000-000000000000"});
    let other = json!({"RevisionId": "something else"});
    let precondition = || refused(412, "PreconditionFailedException", REVISION);
    let zip = package("other");
    let code = |more| f(with(json!({"ZipFile": zip}), more));
    let sha256 = before["CodeSha256"].as_str().expect("a text");
    let different = format!(
        "CodeSHA256 (x) is different from current CodeSHA256 in $LATEST ({sha256}). Please try again \
         with the CodeSHA256 in $LATEST."
    );
    let own = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
    let foreign = if own == "arm64" { "x86_64" } else { "arm64" };
    let architecture = format!(
        "Warren runs functions on this machine's architecture alone, {own}, not {foreign}."
    );
    let update = "UpdateFunctionConfiguration";
    let rows: Vec<Row> = vec![
        (update, f(json!({"Timeout": 901})), constraint("'901'", "timeout", &at_most(900))),
        (update, f(stale.clone()), precondition()),
        (update, f(other), precondition()),
        (update, json!({"FunctionName": "g", "Timeout": 9}), not_found("g")),
        (update, json!({"FunctionName": "f:1"}), refused(400, INVALID, UNQUALIFIED)),
        ("UpdateFunctionCode", code(with(stale.clone(), json!({"DryRun": true}))), precondition()),
        ("UpdateFunctionCode", code(stale.clone()), precondition()),
        (
            "UpdateFunctionCode",
            f(json!({})),
            refused(400, INVALID, "Please provide a source for function code."),
        ),
        (
            "UpdateFunctionCode",
            code(json!({"Architectures": [foreign]})),
            refused(400, INVALID, architecture),
        ),
        ("UpdateFunctionCode", json!({"FunctionName": "g", "ZipFile": zip}), not_found("g")),
        ("UpdateFunctionCode", json!({"FunctionName": "f:1"}), refused(400, INVALID, UNQUALIFIED)),
        ("PublishVersion", f(stale), precondition()),
        ("PublishVersion", f(json!({"CodeSha256": "x"})), refused(400, INVALID, different)),
        ("PublishVersion", json!({"FunctionName": "g"}), not_found("g")),
        ("PublishVersion", json!({"FunctionName": "f:1"}), refused(400, INVALID, UNQUALIFIED)),
    ];
    world.check(rows);
    assert_eq!(configuration(&world, "f"), before);
}

#[test]
fn code_changes_and_dry_runs_change_nothing() {
    let world = world();
    create(&world, "f");
    let before = configuration(&world, "f");
    let zip = package("def handler(event, context): return 'other'");
    let tried = f(json!({"ZipFile": zip, "DryRun": true, "Publish": true}));
    let tried = world.ask("UpdateFunctionCode", &tried);
    assert_eq!((tried.status, &tried.body["Version"]), (200, &json!("$LATEST")));
    assert_ne!(tried.body["CodeSha256"], before["CodeSha256"]);
    assert_eq!(configuration(&world, "f"), before);
    let changed = json!({
        "CodeSha256": tried.body["CodeSha256"], "Version": "$LATEST",
        "LastUpdateStatus": "InProgress",
    });
    let published = json!({
        "Version": "1", "FunctionArn": format!("{ARN}f:1"), "State": "Pending",
        "StateReason": "The function is being created.", "StateReasonCode": "Creating",
        "LastUpdateStatus": null,
    });
    let revision = before["RevisionId"].clone();
    let code = |more| f(with(json!({"ZipFile": zip, "Architectures": null}), more));
    world.check([
        (
            "UpdateFunctionCode",
            code(json!({"RevisionId": revision})),
            Expected::Shows(200, changed),
        ),
        ("UpdateFunctionCode", code(json!({"Publish": true})), Expected::Shows(200, published)),
    ]);
}

#[test]
fn versions_are_published_once_and_deleted() {
    let world = world();
    create(&world, "f");
    let latest = configuration(&world, "f");
    let first = json!({
        "Version": "1", "FunctionArn": format!("{ARN}f:1"), "Description": "first",
        "State": "Active", "LastUpdateStatus": "Successful",
    });
    let exact = json!({
        "Description": "first", "RevisionId": latest["RevisionId"],
        "CodeSha256": latest["CodeSha256"],
    });
    let unchanged = json!({"Version": "1", "Description": "first"});
    let changed = json!({"Description": "changed"});
    let second = json!({"Version": "2", "Description": "changed"});
    let cannot = "$LATEST version cannot be deleted without deleting the function.";
    let aliases = "Deletion of aliases is not currently supported.";
    let deleted = |number: u32| json!({"FunctionName": "f", "Qualifier": number.to_string()});
    let derived =
        "The derived qualifier from the function name does not match the specified qualifier.";
    world.check([
        ("PublishVersion", f(exact), Expected::Shows(201, first.clone())),
        ("PublishVersion", f(json!({"Description": "first"})), Expected::Shows(201, first)),
        // Another description alone makes no version, and changes none.
        ("PublishVersion", f(json!({})), Expected::Shows(201, unchanged.clone())),
        ("PublishVersion", f(json!({"Description": "other"})), Expected::Shows(201, unchanged)),
        ("UpdateFunctionConfiguration", f(changed), Expected::Shows(200, json!({}))),
        ("PublishVersion", f(json!({})), Expected::Shows(201, second)),
        ("DeleteFunction", f(json!({"Qualifier": "$latest"})), DONE),
        ("DeleteFunction", json!({"FunctionName": "g", "Qualifier": "$latest"}), not_found("g")),
        ("DeleteFunction", f(json!({"Qualifier": "$LATEST"})), refused(400, INVALID, cannot)),
        ("DeleteFunction", json!({"FunctionName": "f:$LATEST"}), refused(400, INVALID, cannot)),
        ("DeleteFunction", f(json!({"Qualifier": "live"})), refused(400, INVALID, aliases)),
        (
            "DeleteFunction",
            with(deleted(2), json!({"FunctionName": "f:1"})),
            refused(400, INVALID, derived),
        ),
        ("DeleteFunction", deleted(2), DONE),
        ("DeleteFunction", deleted(2), DONE),
        ("DeleteFunction", deleted(1233), DONE),
        ("GetFunction", deleted(2), not_found("f:2")),
        ("GetFunction", deleted(1), Expected::Shows(200, json!({}))),
        (
            "PublishVersion",
            f(json!({"Description": "third"})),
            Expected::Shows(201, json!({"Version": "3", "Description": "third"})),
        ),
        ("DeleteFunction", json!({"FunctionName": "f"}), DONE),
        ("DeleteFunction", json!({"FunctionName": "f"}), not_found("f")),
        ("DeleteFunction", deleted(1), not_found("f")),
    ]);
}

/// As long as AWS takes.
#[test]
fn changes_take_their_time_where_aws_s_is_imitated() {
    let setup = Setup { settle: Duration::from_millis(300), ..Setup::default() };
    let world = World::new(&wire::lambda::SERVICE, setup);
    let state = |what: &str| configuration(&world, "f")[what].clone();
    let until = |what: &str, wanted: &str| {
        let is_so = |_| {
            world.wait(Duration::from_millis(5));
            state(what) == json!(wanted)
        };
        assert!((0..2000).any(is_so), "{what} is {}", state(what));
    };
    world.check([("CreateFunction", function("f"), Expected::Shows(201, json!({})))]);
    assert_eq!(state("State"), "Pending");
    until("State", "Active");
    let busy = || {
        let message = format!(
            "The operation cannot be performed at this time. An update is in progress for \
             resource: {ARN}f"
        );
        refused(409, CONFLICT, message)
    };
    let under_way = json!({"Timeout": 9, "LastUpdateStatus": "InProgress"});
    world.check([
        ("UpdateFunctionConfiguration", f(json!({"Timeout": 9})), Expected::Shows(200, under_way)),
        ("UpdateFunctionConfiguration", f(json!({"Timeout": 8})), busy()),
        ("PublishVersion", f(json!({})), busy()),
    ]);
    until("LastUpdateStatus", "Successful");
    let code = || f(json!({"ZipFile": package("other")}));
    world.check([
        ("UpdateFunctionCode", code(), Expected::Shows(200, json!({}))),
        ("UpdateFunctionCode", code(), busy()),
    ]);
    until("LastUpdateStatus", "Successful");
    assert_eq!(state("Timeout"), 9);
    // A version that is published with the code is there when the code is.
    let published = || {
        let asked = json!({"FunctionName": "f", "Qualifier": "1"});
        world.ask("GetFunctionConfiguration", &asked).body["State"].clone()
    };
    let code = f(json!({"ZipFile": package("another"), "Publish": true}));
    let pending = "The operation cannot be performed at this time. The function is currently in the \
                   following state: Pending";
    world.check([
        ("UpdateFunctionCode", code, Expected::Shows(200, json!({"State": "Pending"}))),
        (
            "GetFunctionConfiguration",
            f(json!({"Qualifier": "1"})),
            Expected::Shows(200, json!({"State": "Pending", "StateReasonCode": "Creating"})),
        ),
        ("Invoke", f(json!({"Qualifier": "1"})), refused(409, CONFLICT, pending)),
    ]);
    until("LastUpdateStatus", "Successful");
    assert_eq!(published(), "Active");
    let same = f(json!({"ZipFile": package("another"), "Publish": true}));
    world.check([(
        "UpdateFunctionCode",
        same,
        Expected::Shows(200, json!({"Version": "1", "State": "Active"})),
    )]);
    assert_eq!(published(), "Active");
}

#[test]
fn concurrency_is_reserved_within_the_accounts() {
    let world = world();
    create(&world, "f");
    create(&world, "g");
    let reserve = |name: &str, number: i64| json!({"FunctionName": name, "ReservedConcurrentExecutions": number});
    let reserved = |number: i64| Expected::Is(200, json!({"ReservedConcurrentExecutions": number}));
    let too_much = "Specified ReservedConcurrentExecutions for function decreases account's \
        UnreservedConcurrentExecution below its minimum value of [100].";
    let limits = |unreserved: u32| {
        let limit = json!({
            "TotalCodeSize": 322_122_547_200_u64, "CodeSizeUnzipped": 262_144_000,
            "CodeSizeZipped": 52_428_800, "ConcurrentExecutions": 1000,
            "UnreservedConcurrentExecutions": unreserved,
        });
        Expected::Shows(200, json!({"AccountLimit": limit, "AccountUsage": {"FunctionCount": 2}}))
    };
    let (put, get, delete) =
        ("PutFunctionConcurrency", "GetFunctionConcurrency", "DeleteFunctionConcurrency");
    let name = |name: &str| json!({"FunctionName": name});
    let at_least = "Member must have value greater than or equal to 0";
    let negative = constraint("'-1'", "reservedConcurrentExecutions", at_least);
    let null = constraint("null", "reservedConcurrentExecutions", "Member must not be null");
    world.check([
        (get, name("f"), Expected::Is(200, json!({}))),
        ("GetAccountSettings", json!({}), limits(1000)),
        (put, reserve("f", 900), reserved(900)),
        (get, name("f"), reserved(900)),
        (put, reserve("g", 1), refused(400, INVALID, too_much)),
        ("GetAccountSettings", json!({}), limits(100)),
        (put, reserve("f", 0), reserved(0)),
        (get, name("f"), reserved(0)),
        (put, reserve("f", 901), refused(400, INVALID, too_much)),
        (put, reserve("f", -1), negative),
        (put, name("f"), null),
        (put, reserve("h", 1), not_found("h:$LATEST")),
        (put, reserve("f:1", 1), refused(400, INVALID, UNQUALIFIED)),
        (get, name("h"), not_found("h")),
        (get, name("f:1"), refused(400, INVALID, UNQUALIFIED)),
        (delete, name("f"), DONE),
        (delete, name("f"), DONE),
        (get, name("f"), Expected::Is(200, json!({}))),
        (delete, name("h"), not_found("h")),
        (delete, name("f:1"), refused(400, INVALID, UNQUALIFIED)),
    ]);
}

#[test]
fn packages_count_once_a_version() {
    let world = world();
    create(&world, "f");
    let size = configuration(&world, "f")["CodeSize"].as_u64().expect("a size");
    let usage = |number: u64| {
        let usage = json!({"TotalCodeSize": number * size, "FunctionCount": 1});
        Expected::Shows(200, json!({"AccountUsage": usage}))
    };
    world.check([
        ("GetAccountSettings", json!({}), usage(1)),
        ("PublishVersion", f(json!({})), Expected::Shows(201, json!({}))),
        ("GetAccountSettings", json!({}), usage(2)),
    ]);
}

#[test]
fn tags_are_put_and_removed() {
    let world = world();
    let tagged = with(function("f"), json!({"Tags": {"a": "1"}}));
    world.check([("CreateFunction", tagged, Expected::Shows(201, json!({})))]);
    let arn = format!("{ARN}f");
    let resource = |more| with(json!({"Resource": arn}), more);
    let tags = |tags: Value| Expected::Is(200, json!({"Tags": tags}));
    let many =
        |number: u32| -> Value { (0..number).map(|n| (format!("k{n}"), json!(""))).collect() };
    let too_many = || refused(400, INVALID, "Number of tags exceeds resource tag limit.");
    let versions =
        "Tags on function aliases and versions are not supported. Please specify a function ARN.";
    let null = || constraint("null", "tagKeys", "Member must not be null");
    let other = ARN.replace("function:", "code-signing-config:csc-0123456789abcdefg");
    let gone = "The resource you requested does not exist.";
    let (put, remove, list) = ("TagResource", "UntagResource", "ListTags");
    let of = |name: &str, more| with(json!({"Resource": format!("{ARN}{name}")}), more);
    let x = || json!({"Tags": {"x": "y"}});
    world.check([
        (list, resource(json!({})), tags(json!({"a": "1"}))),
        (put, resource(json!({"Tags": {"a": "2", "b": "3"}})), DONE),
        (list, resource(json!({})), tags(json!({"a": "2", "b": "3"}))),
        (remove, resource(json!({"TagKeys": ["a", "nothing"]})), DONE),
        (list, resource(json!({})), tags(json!({"b": "3"}))),
        (put, resource(json!({"Tags": many(51)})), too_many()),
        (put, resource(json!({"Tags": many(49)})), DONE),
        (put, resource(json!({"Tags": {"one": "more"}})), too_many()),
        (
            put,
            resource(json!({"Tags": {}})),
            refused(400, INVALID, "An error occurred and the request cannot be processed."),
        ),
        (put, resource(json!({})), constraint("null", "tags", "Member must not be null")),
        (remove, resource(json!({})), null()),
        (put, of("g", x()), not_found("g")),
        (remove, of("g", json!({"TagKeys": ["x"]})), not_found("g")),
        (list, of("g", json!({})), not_found("g")),
        (put, of("f:1", x()), refused(400, INVALID, versions)),
        (put, of("f:$LATEST", x()), refused(400, INVALID, versions)),
        (list, json!({"Resource": other}), refused(404, MISSING, gone)),
    ]);
    let answer = world.ask(list, &json!({"Resource": "arn:aws:something"}));
    assert_eq!((answer.status, answer.code.as_deref()), (400, Some(VALIDATION)));
}

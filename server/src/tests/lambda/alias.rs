//! Aliases: made, found, changed and deleted, with the errors recorded on AWS.

use serde_json::{Value, json};

use super::{
    ARN, CONFLICT, INVALID, MISSING, REVISION, configuration, constraint, create, not_found,
    refused, unsupported, with, world,
};
use crate::tests::rows::{Expected, Row, World};

/// A function `f` with versions 1 and 2.
fn versioned() -> World {
    let world = world();
    create(&world, "f");
    for number in ["1", "2"] {
        let change = json!({"FunctionName": "f", "Description": number});
        let publish = json!({"FunctionName": "f"});
        world.check([
            ("UpdateFunctionConfiguration", change, Expected::Shows(200, json!({}))),
            ("PublishVersion", publish, Expected::Shows(201, json!({"Version": number}))),
        ]);
    }
    world
}

fn alias(name: &str, version: &str) -> Value {
    json!({"FunctionName": "f", "Name": name, "FunctionVersion": version})
}

fn routed(name: &str, version: &str, weights: Value) -> Value {
    with(alias(name, version), json!({"RoutingConfig": {"AdditionalVersionWeights": weights}}))
}

fn named(name: &str) -> Value {
    json!({"FunctionName": "f", "Name": name})
}

#[test]
fn aliases_live() {
    let world = versioned();
    let description = json!({"Description": "an alias"});
    let made = world
        .ask("CreateAlias", &with(routed("live", "1", json!({"2": 0.2})), description.clone()));
    assert_eq!(made.status, 201, "{made:?}");
    let revision = made.body["RevisionId"].clone();
    let whole = json!({
        "AliasArn": format!("{ARN}f:live"), "Name": "live", "FunctionVersion": "1",
        "Description": "an alias", "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.2}},
        "RevisionId": revision,
    });
    assert_eq!(made.body, whole);
    let latest = configuration(&world, "f");
    let empty = routed("plain", "2", json!({}));
    let shown = json!({"RoutingConfig": null, "Description": "", "FunctionVersion": "2"});
    let conflict = format!("Alias already exists: {ARN}f:live");
    let update = |more: Value| with(named("live"), more);
    let wrong = json!({"RevisionId": "wrong"});
    world.check([
        ("GetAlias", named("live"), Expected::Is(200, whole.clone())),
        ("CreateAlias", empty, Expected::Shows(201, shown)),
        ("CreateAlias", alias("live", "1"), refused(409, CONFLICT, conflict)),
        ("UpdateAlias", update(wrong), refused(412, "PreconditionFailedException", REVISION)),
        ("GetAlias", named("live"), Expected::Is(200, whole)),
    ]);
    // What is not named stays; that nothing is named makes a new revision too.
    let moved = world.ask("UpdateAlias", &update(json!({"RevisionId": revision})));
    let weights = json!({"AdditionalVersionWeights": {"2": 0.2}});
    assert_eq!((moved.status, &moved.body["RoutingConfig"]), (200, &weights), "{moved:?}");
    assert_ne!(moved.body["RevisionId"], revision);
    assert_eq!(moved.body["Description"], "an alias");
    let twice = "Invalid function version 2. Function version 2 is already included in routing \
        configuration.";
    let routing = json!({"AdditionalVersionWeights": {}});
    let both = json!({"FunctionVersion": "2", "RoutingConfig": routing});
    world.check([
        ("UpdateAlias", update(json!({"FunctionVersion": "2"})), refused(400, INVALID, twice)),
        (
            "UpdateAlias",
            update(both),
            Expected::Shows(200, json!({"FunctionVersion": "2", "RoutingConfig": null})),
        ),
        ("DeleteAlias", named("live"), Expected::Is(204, Value::Null)),
        ("DeleteAlias", named("live"), Expected::Is(204, Value::Null)),
        (
            "GetAlias",
            named("live"),
            refused(404, MISSING, format!("Cannot find alias arn: {ARN}f:live")),
        ),
    ]);
    assert_eq!(configuration(&world, "f"), latest, "the function is no other for its aliases");
}

#[test]
fn wrong_aliases_are_refused() {
    let world = versioned();
    let weights = |told: &str| {
        let constraint = "Map value must satisfy constraint: [Member must have value less than or equal \
            to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]";
        super::constraint(told, "routingConfig.additionalVersionWeights", constraint)
    };
    let keys = "Map keys must satisfy constraint: [Member must have length less than or equal to 1024, \
        Member must have length greater than or equal to 1, Member must satisfy regular expression \
        pattern: [0-9]+]";
    let pattern = "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)";
    let many = "Number of items in AdditionalVersionWeights cannot be greater than 1";
    let same = "Invalid function version 1. Function version 1 is already included in routing \
        configuration.";
    let latest = "$LATEST is not supported for an alias pointing to more than 1 version";
    let missing = format!("Alias not found: {ARN}f:none");
    let elsewhere = with(alias("a", "1"), json!({"FunctionName": "g"}));
    let rows: Vec<Row> = vec![
        ("CreateAlias", routed("a", "1", json!({"1": 0.8, "2": 0.2})), refused(400, INVALID, many)),
        ("CreateAlias", routed("a", "1", json!({"2": 2})), weights("'{2=2.0}'")),
        ("CreateAlias", routed("a", "1", json!({"2": -1})), weights("'{2=-1.0}'")),
        ("CreateAlias", routed("a", "1", json!({"1": 0.5})), refused(400, INVALID, same)),
        ("CreateAlias", routed("a", "10", json!({"2": 0.5})), not_found("f:10")),
        ("CreateAlias", routed("a", "1", json!({"10": 0.5})), not_found("f:10")),
        (
            "CreateAlias",
            routed("a", "$LATEST", json!({"1": 0.5})),
            Expected::Is(400, json!({"message": latest})),
        ),
        (
            "CreateAlias",
            routed("a", "1", json!({"$LATEST": 0.5})),
            constraint("'{$LATEST=0.5}'", "routingConfig.additionalVersionWeights", keys),
        ),
        ("CreateAlias", elsewhere, not_found("g:1")),
        ("CreateAlias", alias("2024", "1"), constraint("'2024'", "name", pattern)),
        ("CreateAlias", alias("2024-01-02", "1"), Expected::Shows(201, json!({}))),
        (
            "CreateAlias",
            alias("latest", "$LATEST"),
            Expected::Shows(201, json!({"FunctionVersion": "$LATEST"})),
        ),
        ("UpdateAlias", named("none"), refused(404, MISSING, missing)),
        ("UpdateAlias", json!({"FunctionName": "g", "Name": "a"}), not_found("g")),
        ("ListAliases", json!({"FunctionName": "g"}), not_found("g")),
    ];
    world.check(rows);
    let to = json!({"FunctionName": "f", "PublishTo": "LATEST_PUBLISHED"});
    world.check([("PublishVersion", to, unsupported("PublishTo of PublishVersion"))]);
}

#[test]
fn aliases_are_listed_by_page_and_version() {
    let world = versioned();
    for (name, version) in [("c", "1"), ("a", "2"), ("b", "1")] {
        world.check([("CreateAlias", alias(name, version), Expected::Shows(201, json!({})))]);
    }
    let list = |more: Value| with(json!({"FunctionName": "f"}), more);
    let names = |input: &Value| {
        let answer = world.ask("ListAliases", input).body;
        let found = answer["Aliases"].as_array().expect("a list");
        let names = found.iter().map(|alias| alias["Name"].as_str().expect("a name").to_owned());
        (names.collect::<Vec<_>>(), answer["NextMarker"].clone())
    };
    assert_eq!(names(&list(json!({}))), (vec!["a".into(), "b".into(), "c".into()], Value::Null));
    let of_first = list(json!({"FunctionVersion": "1"}));
    assert_eq!(names(&of_first), (vec!["b".into(), "c".into()], Value::Null));
    assert_eq!(names(&list(json!({"FunctionVersion": "7"}))).0, Vec::<String>::new());
    let (first, marker) = names(&list(json!({"MaxItems": 2})));
    assert_eq!(first, ["a", "b"]);
    assert_eq!(names(&list(json!({"MaxItems": 2, "Marker": marker}))).0, ["c"]);
    let invalid = refused(400, INVALID, "Invalid Marker.");
    world.check([("ListAliases", list(json!({"Marker": "?"})), invalid)]);
}

#[test]
fn an_alias_is_a_qualifier_and_keeps_its_versions() {
    let world = versioned();
    let at = |qualifier: &str| json!({"FunctionName": "f", "Qualifier": qualifier});
    let shown = json!({
        "FunctionArn": format!("{ARN}f:live"), "Version": "1", "Description": "1",
    });
    let used = |names: &str| {
        let message = format!(
            "Unable to delete version because the following aliases reference it: [{names}]"
        );
        refused(409, CONFLICT, message)
    };
    let tag = json!({"Resource": format!("{ARN}f:live"), "Tags": {"a": "b"}});
    let dry = with(at("live"), json!({"InvocationType": "DryRun"}));
    let untaggable =
        "Tags on function aliases and versions are not supported. Please specify a function ARN.";
    let deletion = "Deletion of aliases is not currently supported.";
    world.check([
        ("CreateAlias", routed("live", "1", json!({"2": 0})), Expected::Shows(201, json!({}))),
        ("CreateAlias", alias("also", "1"), Expected::Shows(201, json!({}))),
        ("GetFunctionConfiguration", at("live"), Expected::Shows(200, shown.clone())),
        (
            "GetFunctionConfiguration",
            json!({"FunctionName": "f:live"}),
            Expected::Shows(200, shown.clone()),
        ),
        ("GetFunction", at("live"), Expected::Shows(200, json!({"Configuration": shown}))),
        ("Invoke", dry, Expected::Is(204, Value::Null)),
        ("TagResource", tag, refused(400, INVALID, untaggable)),
        ("DeleteFunction", at("live"), refused(400, INVALID, deletion)),
        ("DeleteFunction", at("1"), used("also, live")),
        ("DeleteFunction", at("2"), used("live")),
        ("DeleteAlias", named("live"), Expected::Is(204, Value::Null)),
        ("DeleteFunction", at("2"), Expected::Is(204, Value::Null)),
        // The aliases of a function go with it.
        ("DeleteFunction", json!({"FunctionName": "f"}), Expected::Is(204, Value::Null)),
    ]);
    create(&world, "f");
    let none = Expected::Is(200, json!({"Aliases": []}));
    world.check([("ListAliases", json!({"FunctionName": "f"}), none)]);
}

#[test]
fn publishing_gives_the_latest_another_revision() {
    let world = world();
    create(&world, "f");
    let before = configuration(&world, "f")["RevisionId"].clone();
    let publish = || json!({"FunctionName": "f"});
    world.check([("PublishVersion", publish(), Expected::Shows(201, json!({"Version": "1"})))]);
    let after = configuration(&world, "f")["RevisionId"].clone();
    assert_ne!(before, after);
    world.check([("PublishVersion", publish(), Expected::Shows(201, json!({"Version": "1"})))]);
    assert_eq!(configuration(&world, "f")["RevisionId"], after, "nothing was published");
}

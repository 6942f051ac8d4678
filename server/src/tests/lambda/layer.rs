//! Layers: published, shown, listed by what they are compatible with, shared, refused.

use serde_json::{Value, json};

use super::{INVALID, MISSING, VALIDATION, function, refused, with, world};
use crate::tests::rows::{Expected, World, package};

const LAYER: &str = "arn:aws:lambda:us-east-1:000000000000:layer:";

fn publish(world: &World, name: &str, more: Value) -> Value {
    let content = json!({"LayerName": name, "Content": {"ZipFile": package(name)}});
    let answer = world.ask("PublishLayerVersion", &with(content, more));
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body
}

#[test]
fn versions_are_shown_as_they_were_published() {
    let world = world();
    let given = json!({
        "Description": "d", "LicenseInfo": "MIT", "CompatibleRuntimes": ["python3.11", "nodejs20.x"],
        "CompatibleArchitectures": ["x86_64"],
    });
    let made = publish(&world, "l", given.clone());
    assert_eq!(made["LayerArn"], format!("{LAYER}l"));
    assert_eq!(made["LayerVersionArn"], format!("{LAYER}l:1"));
    for member in ["Description", "LicenseInfo", "CompatibleRuntimes", "CompatibleArchitectures"] {
        assert_eq!(made[member], given[member], "{member}");
    }
    let plain = publish(&world, "l", json!({}));
    assert_eq!((&plain["Version"], &plain["Description"]), (&json!(2), &json!("")));
    assert!(plain["CompatibleRuntimes"].is_null() && plain["LicenseInfo"].is_null());
    let version = |number: i64| json!({"LayerName": "l", "VersionNumber": number});
    world.check([
        ("GetLayerVersion", version(1), Expected::Is(200, made.clone())),
        (
            "GetLayerVersion",
            json!({"LayerName": format!("{LAYER}l"), "VersionNumber": 1}),
            Expected::Is(200, made.clone()),
        ),
        (
            "GetLayerVersionByArn",
            json!({"Arn": format!("{LAYER}l:1")}),
            Expected::Is(200, made.clone()),
        ),
        ("DeleteLayerVersion", version(1), Expected::Is(204, Value::Null)),
        ("DeleteLayerVersion", version(1), Expected::Is(204, Value::Null)),
    ]);
    assert_eq!(publish(&world, "l", json!({}))["Version"], 3);
}

#[test]
fn what_is_not_there_or_not_allowed_is_refused() {
    let world = world();
    publish(&world, "l", json!({}));
    let of = |number: i64| json!({"LayerName": "l", "VersionNumber": number});
    let statement =
        json!({"StatementId": "s", "Action": "lambda:GetLayerVersion", "Principal": "*"});
    let gone = "The resource you requested does not exist.";
    let absent = format!("Layer version {LAYER}l:7 does not exist.");
    let least = "Layer Version Cannot be less than 1.";
    world.check([
        ("GetLayerVersion", of(7), refused(404, MISSING, gone)),
        ("GetLayerVersion", of(0), refused(400, INVALID, least)),
        ("DeleteLayerVersion", of(-1), refused(400, INVALID, least)),
        (
            "GetLayerVersionByArn",
            json!({"Arn": format!("{LAYER}l:7")}),
            refused(404, MISSING, gone),
        ),
        (
            // No number is spelled so, and a policy about version 1 would not be about it.
            "GetLayerVersionByArn",
            json!({"Arn": format!("{LAYER}l:01")}),
            refused(404, MISSING, gone),
        ),
        (
            "GetLayerVersionByArn",
            json!({"Arn": format!("{LAYER}l:1").replace("aws", "aws-cn")}),
            refused(404, MISSING, gone),
        ),
        ("GetLayerVersionPolicy", of(7), refused(404, MISSING, absent.clone())),
        (
            "GetLayerVersionPolicy",
            of(1),
            refused(404, MISSING, "No policy is associated with the given resource."),
        ),
        (
            "AddLayerVersionPermission",
            with(of(7), statement.clone()),
            refused(404, MISSING, absent),
        ),
        (
            "RemoveLayerVersionPermission",
            with(of(1), json!({"StatementId": "s"})),
            refused(404, MISSING, "Statement s is not found in resource policy."),
        ),
        (
            "PublishLayerVersion",
            json!({"LayerName": "m", "Content": {"ZipFile": "bm8="}}),
            refused(
                400,
                INVALID,
                "Could not unzip uploaded file. Please check your file, then try to upload again.",
            ),
        ),
        (
            "CreateFunction",
            with(function("f"), json!({"Layers": [format!("{LAYER}l:7")]})),
            refused(400, INVALID, format!("Layer version {LAYER}l:7 does not exist.")),
        ),
        (
            "ListLayerVersions",
            json!({"LayerName": "m"}),
            Expected::Is(200, json!({"LayerVersions": []})),
        ),
    ]);
    let bad = world.ask("PublishLayerVersion", &json!({"LayerName": "a b", "Content": {}}));
    assert_eq!((bad.status, bad.code.as_deref()), (400, Some(VALIDATION)));
}

#[test]
fn the_policy_of_a_layer_version_has_a_bound() {
    let world = world();
    publish(&world, "l", json!({}));
    let of = |number: i64| json!({"LayerName": "l", "VersionNumber": number});
    let statement = json!({"Action": "lambda:GetLayerVersion", "Principal": "*"});
    let organization = json!({"OrganizationId": "o-1234567890"});
    let code = (0..200).find_map(|number| {
        let statement = with(statement.clone(), json!({"StatementId": format!("s{number}")}));
        world
            .ask("AddLayerVersionPermission", &with(with(of(1), statement), organization.clone()))
            .code
    });
    assert_eq!(code.as_deref(), Some("PolicyLengthExceededException"));
}

#[test]
fn lists_hold_what_matches_page_by_page() {
    let world = world();
    publish(&world, "a", json!({"CompatibleRuntimes": ["python3.11"]}));
    publish(&world, "a", json!({"CompatibleRuntimes": ["nodejs20.x"]}));
    publish(&world, "b", json!({"CompatibleArchitectures": ["arm64"]}));
    publish(
        &world,
        "c",
        json!({"CompatibleRuntimes": ["nodejs20.x"], "CompatibleArchitectures": ["arm64"]}),
    );
    let latest = |input: &Value| {
        let answer = world.ask("ListLayers", input).body;
        let layers = answer["Layers"].as_array().expect("a list").iter();
        let arns = layers.map(|each| &each["LatestMatchingVersion"]["LayerVersionArn"]);
        let arns: Vec<String> =
            arns.map(|arn| arn.as_str().expect("an ARN").replace(LAYER, "")).collect();
        (arns, answer["NextMarker"].clone())
    };
    let listed = |input: Value| latest(&input).0;
    assert_eq!(listed(json!({})), ["a:2", "b:1", "c:1"]);
    assert_eq!(listed(json!({"CompatibleRuntime": "python3.11"})), ["a:1"]);
    assert_eq!(listed(json!({"CompatibleArchitecture": "arm64"})), ["b:1", "c:1"]);
    let both = json!({"CompatibleRuntime": "nodejs20.x", "CompatibleArchitecture": "arm64"});
    assert_eq!(listed(both), ["c:1"]);
    let (first, marker) = latest(&json!({"MaxItems": 2}));
    assert_eq!(first, ["a:2", "b:1"]);
    assert_eq!(
        latest(&json!({"MaxItems": 2, "Marker": marker})),
        (vec!["c:1".to_owned()], Value::Null)
    );
    let versions = world.ask("ListLayerVersions", &json!({"LayerName": "a"})).body;
    let numbers = versions["LayerVersions"].as_array().expect("a list").iter();
    assert_eq!(numbers.map(|each| each["Version"].clone()).collect::<Vec<_>>(), [2, 1]);
}

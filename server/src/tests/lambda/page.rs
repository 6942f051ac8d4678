//! Lists, page by page.

use serde_json::{Value, json};

use super::{ARN, INVALID, constraint, create, not_found, refused, world};
use crate::tests::rows::{Expected, Row, World};

/// The ARNs of all pages of a list, by page.
fn pages(world: &World, operation: &str, list: &str, input: &Value) -> Vec<Vec<String>> {
    let mut input = input.clone();
    let mut pages = Vec::new();
    loop {
        let answer = world.ask(operation, &input);
        assert_eq!(answer.status, 200, "{answer:?}");
        let items = answer.body[list].as_array().expect("a list").iter();
        let arns = items.map(|item| item["FunctionArn"].as_str().expect("an ARN"));
        pages.push(arns.map(|arn| arn.replace(ARN, "")).collect());
        match &answer.body["NextMarker"] {
            Value::Null => return pages,
            marker => input["Marker"] = marker.clone(),
        }
    }
}

#[test]
fn functions_are_listed_in_the_order_of_their_names() {
    let world = world();
    world.check([("ListFunctions", json!({}), Expected::Is(200, json!({"Functions": []})))]);
    for name in ["b", "a-b", "a", "c"] {
        create(&world, name);
    }
    let publish = json!({"FunctionName": "b"});
    world.check([("PublishVersion", publish, Expected::Shows(201, json!({})))]);
    for (input, expected) in [
        (json!({}), vec![vec!["a", "a-b", "b", "c"]]),
        (json!({"MaxItems": 4}), vec![vec!["a", "a-b", "b", "c"]]),
        (json!({"MaxItems": 3}), vec![vec!["a", "a-b", "b"], vec!["c"]]),
        (json!({"MaxItems": 1}), vec![vec!["a"], vec!["a-b"], vec!["b"], vec!["c"]]),
        (
            json!({"MaxItems": 3, "FunctionVersion": "ALL", "MasterRegion": "ALL"}),
            vec![vec!["a:$LATEST", "a-b:$LATEST", "b:$LATEST"], vec!["b:1", "c:$LATEST"]],
        ),
    ] {
        assert_eq!(pages(&world, "ListFunctions", "Functions", &input), expected, "{input}");
    }
    let answer = world.ask("ListFunctions", &json!({})).body;
    let first = answer["Functions"][0].as_object().expect("an object");
    for left_out in ["State", "StateReason", "LastUpdateStatus", "RuntimeVersionConfig"] {
        assert!(!first.contains_key(left_out), "{left_out}");
    }
}

#[test]
fn versions_are_listed_from_the_latest() {
    let world = world();
    create(&world, "f");
    for number in 1..=3 {
        let change = json!({"FunctionName": "f", "Description": number.to_string()});
        let publish = json!({"FunctionName": "f"});
        world.check([
            ("UpdateFunctionConfiguration", change, Expected::Shows(200, json!({}))),
            ("PublishVersion", publish, Expected::Shows(201, json!({}))),
        ]);
    }
    for (input, expected) in [
        (json!({"FunctionName": "f"}), vec![vec!["f:$LATEST", "f:1", "f:2", "f:3"]]),
        (
            json!({"FunctionName": "f", "MaxItems": 2}),
            vec![vec!["f:$LATEST", "f:1"], vec!["f:2", "f:3"]],
        ),
    ] {
        let found = pages(&world, "ListVersionsByFunction", "Versions", &input);
        assert_eq!(found, expected, "{input}");
    }
}

#[test]
fn a_page_has_fifty_at_the_most() {
    let world = world();
    for number in 0..51 {
        create(&world, &format!("f{number:02}"));
    }
    let found = pages(&world, "ListFunctions", "Functions", &json!({"MaxItems": 10_000}));
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [50, 1]);
}

#[test]
fn wrong_pages_are_refused() {
    let world = world();
    create(&world, "f");
    let at_least = "Member must have value greater than or equal to 1";
    let at_most = "Member must have value less than or equal to 10000";
    let values = "Member must satisfy enum value set: [ALL]";
    let marker = || refused(400, INVALID, "Invalid Marker.");
    let versions = "ListVersionsByFunction";
    let f = |name: &str, value: Value| json!({"FunctionName": "f", name: value});
    let rows: Vec<Row> = vec![
        ("ListFunctions", json!({"MaxItems": 0}), constraint("'0'", "maxItems", at_least)),
        ("ListFunctions", json!({"MaxItems": 10_001}), constraint("'10001'", "maxItems", at_most)),
        (
            "ListFunctions",
            json!({"MaxItems": "x"}),
            refused(
                400,
                "SerializationException",
                "Value 'x' at 'MaxItems' can not be converted to an Integer",
            ),
        ),
        (
            "ListFunctions",
            json!({"FunctionVersion": "invalid"}),
            constraint("'invalid'", "functionVersion", values),
        ),
        ("ListFunctions", json!({"Marker": "?"}), marker()),
        (versions, f("MaxItems", json!(0)), constraint("'0'", "maxItems", at_least)),
        (versions, f("Marker", json!("?")), marker()),
        (versions, json!({"FunctionName": "g"}), not_found("g")),
    ];
    world.check(rows);
}

//! Resource policies, statement by statement, with the texts recorded on AWS.

use serde_json::{Value, json};

use super::{ARN, CONFLICT, INVALID, MISSING, constraint, create, not_found, refused, with, world};
use crate::tests::rows::{Expected, Row, World};

const PRECONDITION: &str = "PreconditionFailedException";
const REVISION: &str = "The Revision Id provided does not match the latest Revision Id. Call the \
    GetPolicy API to retrieve the latest Revision Id";

/// A permission of S3's.
fn s3(sid: &str, more: Value) -> Value {
    let permission = json!({
        "FunctionName": "f", "StatementId": sid, "Action": "lambda:InvokeFunction",
        "Principal": "s3.amazonaws.com",
    });
    with(permission, more)
}

fn at(qualifier: &str) -> Value {
    json!({"FunctionName": "f", "Qualifier": qualifier})
}

fn policy(world: &World, input: &Value) -> (String, Value) {
    let answer = world.ask("GetPolicy", input);
    assert_eq!(answer.status, 200, "{answer:?}");
    let text = answer.body["Policy"].as_str().expect("a text").to_owned();
    (text, answer.body["RevisionId"].clone())
}

/// A function `f` with version 1 and alias `live`.
fn aliased() -> World {
    let world = world();
    create(&world, "f");
    let alias = json!({"FunctionName": "f", "Name": "live", "FunctionVersion": "1"});
    world.check([
        ("PublishVersion", json!({"FunctionName": "f"}), Expected::Shows(201, json!({}))),
        ("CreateAlias", alias, Expected::Shows(201, json!({}))),
    ]);
    world
}

/// Statements: their id, what else is asked for, and how they are written.
fn statements() -> Vec<(&'static str, Value, String)> {
    let account = "123456789012";
    let bucket = "arn:aws:s3:::bucket";
    let resource = format!("\"Resource\":\"{ARN}f\"");
    let invoke = "\"Action\":\"lambda:InvokeFunction\"";
    let head = |sid: &str, principal: &str| {
        format!("{{\"Sid\":\"{sid}\",\"Effect\":\"Allow\",\"Principal\":{principal},")
    };
    let service = "{\"Service\":\"s3.amazonaws.com\"}";
    let all = json!({
        "Principal": "*", "Action": "lambda:InvokeFunctionUrl", "SourceArn": bucket,
        "SourceAccount": account, "PrincipalOrgID": "o-1234567890", "FunctionUrlAuthType": "NONE",
    });
    let token = json!({"Principal": "*", "EventSourceToken": "amzn1.ask.skill.x"});
    vec![
        ("plain", json!({}), format!("{}{invoke},{resource}}}", head("plain", service))),
        (
            "arn",
            json!({"SourceArn": bucket}),
            format!(
                "{}{invoke},{resource},\"Condition\":{{\"ArnLike\":{{\"AWS:SourceArn\":\"{bucket}\"}}}}}}",
                head("arn", service)
            ),
        ),
        (
            "number",
            json!({"Principal": account}),
            format!(
                "{}{invoke},{resource}}}",
                head("number", &format!("{{\"AWS\":\"arn:aws:iam::{account}:root\"}}"))
            ),
        ),
        (
            "user",
            json!({"Principal": "arn:aws:iam::123456789012:user/u", "SourceAccount": account}),
            format!(
                "{}{invoke},{resource},\"Condition\":{{\"StringEquals\":{{\"AWS:SourceAccount\":\
                 \"{account}\"}}}}}}",
                head("user", "{\"AWS\":\"arn:aws:iam::123456789012:user/u\"}")
            ),
        ),
        (
            "all",
            all,
            format!(
                "{}\"Action\":\"lambda:InvokeFunctionUrl\",{resource},\"Condition\":{{\"StringEquals\":\
                 {{\"AWS:SourceAccount\":\"{account}\",\"lambda:FunctionUrlAuthType\":\"NONE\",\
                 \"aws:PrincipalOrgID\":\"o-1234567890\"}},\"ArnLike\":{{\"AWS:SourceArn\":\
                 \"{bucket}\"}}}}}}",
                head("all", "\"*\"")
            ),
        ),
        (
            "url",
            json!({"Principal": "*", "InvokedViaFunctionUrl": true}),
            format!(
                "{}{invoke},{resource},\"Condition\":{{\"Bool\":{{\"lambda:InvokedViaFunctionUrl\":\
                 \"true\"}}}}}}",
                head("url", "\"*\"")
            ),
        ),
        (
            "token",
            token,
            format!(
                "{}{invoke},{resource},\"Condition\":{{\"StringEquals\":{{\"lambda:EventSourceToken\":\
                 \"amzn1.ask.skill.x\"}}}}}}",
                head("token", "\"*\"")
            ),
        ),
    ]
}

#[test]
fn statements_are_written_as_on_aws() {
    let world = aliased();
    for (sid, more, written) in statements() {
        let answer = world.ask("AddPermission", &s3(sid, more));
        assert_eq!((answer.status, answer.body), (201, json!({"Statement": written})));
        let (text, _) = policy(&world, &json!({"FunctionName": "f"}));
        let begins = "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[";
        assert!(text.starts_with(begins) && text.ends_with(&format!("{written}]}}")), "{text}");
    }
}

#[test]
fn functions_versions_and_aliases_have_policies_of_their_own() {
    let world = aliased();
    let none = || refused(404, MISSING, "The resource you requested does not exist.");
    let f = || json!({"FunctionName": "f"});
    let add = |more: Value| ("AddPermission", s3("s3", more), Expected::Shows(201, json!({})));
    world.check([add(json!({}))]);
    let (whole, first) = policy(&world, &f());
    assert!(whole.contains(&format!("\"Resource\":\"{ARN}f\"")), "{whole}");
    let alias = world.ask("GetAlias", &json!({"FunctionName": "f", "Name": "live"})).body;
    let wrong = s3("s3", json!({"Qualifier": "live", "RevisionId": "wrong"}));
    world.check([
        ("GetPolicy", at("1"), none()),
        ("GetPolicy", at("live"), none()),
        add(json!({"FunctionName": "f:1", "Qualifier": "1"})),
        ("AddPermission", wrong, refused(412, PRECONDITION, REVISION)),
        // Without a policy, the revision is that of the alias.
        add(json!({"Qualifier": "live", "RevisionId": alias["RevisionId"]})),
    ]);
    assert!(policy(&world, &at("1")).0.contains(&format!("\"{ARN}f:1\"")));
    let (text, of_alias) = policy(&world, &at("live"));
    assert!(text.contains(&format!("\"{ARN}f:live\"")), "{text}");
    assert_eq!(policy(&world, &f()), (whole, first.clone()));
    let more = |revision: &Value| s3("more", json!({"RevisionId": revision}));
    let remove = |sid: &str, revision: &Value| json!({"FunctionName": "f", "StatementId": sid, "RevisionId": revision});
    world.check([
        ("AddPermission", more(&of_alias), refused(412, PRECONDITION, REVISION)),
        ("AddPermission", more(&first), Expected::Shows(201, json!({}))),
        ("RemovePermission", remove("more", &first), refused(412, PRECONDITION, REVISION)),
    ]);
    let (_, second) = policy(&world, &f());
    let plain = |sid: &str| json!({"FunctionName": "f", "StatementId": sid});
    world.check([
        ("RemovePermission", remove("more", &second), Expected::Is(204, Value::Null)),
        ("RemovePermission", plain("s3"), Expected::Is(204, Value::Null)),
        ("GetPolicy", f(), none()),
        // The policy of an alias goes with it.
        (
            "DeleteAlias",
            json!({"FunctionName": "f", "Name": "live"}),
            Expected::Is(204, Value::Null),
        ),
        ("GetPolicy", at("live"), none()),
        (
            "CreateAlias",
            json!({"FunctionName": "f", "Name": "live", "FunctionVersion": "$LATEST"}),
            Expected::Shows(201, json!({})),
        ),
        ("GetPolicy", at("live"), none()),
        ("DeleteFunction", at("1"), Expected::Is(204, Value::Null)),
        ("GetPolicy", at("1"), none()),
    ]);
}

#[test]
fn wrong_permissions_are_refused() {
    let world = aliased();
    let principal = "The provided principal was invalid. Please check the principal and try again.";
    let derived =
        "The derived qualifier from the function name does not match the specified qualifier.";
    let latest = "We currently do not support adding policies for $LATEST.";
    let sid = "Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)";
    let pattern = "Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";
    let alias = || refused(404, MISSING, format!("Cannot find alias arn: {ARN}f:none"));
    let auth = "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action";
    let add = |more: Value| s3("s3", more);
    let of = |name: &str| json!({"FunctionName": name});
    let rows: Vec<Row> = vec![
        (
            "AddPermission",
            s3("example.com", json!({})),
            constraint("'example.com'", "statementId", sid),
        ),
        (
            "AddPermission",
            add(json!({"FunctionName": "f:live", "Qualifier": "42"})),
            refused(400, INVALID, derived),
        ),
        (
            "AddPermission",
            add(json!({"FunctionName": "f:$LATEST", "Qualifier": "$LATEST"})),
            refused(400, INVALID, latest),
        ),
        (
            "AddPermission",
            add(json!({"Principal": "invalid.nonaws.com"})),
            refused(400, INVALID, principal),
        ),
        ("AddPermission", add(json!({"Principal": "1234"})), refused(400, INVALID, principal)),
        (
            "AddPermission",
            add(json!({"Principal": "arn:aws:s3:::b"})),
            refused(400, INVALID, principal),
        ),
        ("AddPermission", add(json!({"FunctionUrlAuthType": "NONE"})), refused(400, INVALID, auth)),
        ("AddPermission", add(of("g")), not_found("g")),
        ("AddPermission", add(of("f:none")), alias()),
        ("AddPermission", add(json!({"Qualifier": "42"})), not_found("f:42")),
        (
            "AddPermission",
            add(json!({"Qualifier": "a-?"})),
            constraint("'a-?'", "qualifier", pattern),
        ),
        ("AddPermission", add(json!({"Qualifier": "with-$"})), not_found("f:with-$")),
    ];
    world.check(rows);
}

#[test]
fn permissions_that_are_not_there_cannot_be_removed() {
    let world = aliased();
    let alias = || refused(404, MISSING, format!("Cannot find alias arn: {ARN}f:none"));
    let exists = "The statement id (s3) provided already exists. Please provide a new statement id, or \
        remove the existing statement.";
    let add = || s3("s3", json!({}));
    let remove = |more: Value| with(json!({"FunctionName": "f", "StatementId": "s3"}), more);
    let rows: Vec<Row> = vec![
        (
            "RemovePermission",
            remove(json!({})),
            refused(404, MISSING, "No policy is associated with the given resource."),
        ),
        ("AddPermission", add(), Expected::Shows(201, json!({}))),
        ("AddPermission", add(), refused(409, CONFLICT, exists)),
        (
            "RemovePermission",
            remove(json!({"FunctionName": "g"})),
            refused(404, MISSING, format!("No policy found for: {ARN}g")),
        ),
        ("RemovePermission", remove(json!({"Qualifier": "none"})), alias()),
        (
            "RemovePermission",
            remove(json!({"StatementId": "none"})),
            refused(404, MISSING, "Statement none is not found in resource policy."),
        ),
    ];
    world.check(rows);
}

#[test]
fn a_policy_has_20_kb_at_the_most() {
    let world = aliased();
    let arn = format!("arn:aws:s3:::{}", "b".repeat(9_000));
    let add = |sid: &str| s3(sid, json!({"SourceArn": arn}));
    let first = world.ask("AddPermission", &add("a"));
    let length = first.body["Statement"].as_str().expect("a statement").len();
    world.check([("AddPermission", add("b"), Expected::Shows(201, json!({})))]);
    let before = policy(&world, &json!({"FunctionName": "f"}));
    let answer = world.ask("AddPermission", &add("c"));
    // One of the same length, with a comma before it.
    let bytes = before.0.len() + length + 1;
    let message = format!("The final policy size ({bytes}) is bigger than the limit (20480).");
    assert_eq!(
        (answer.status, answer.code.as_deref()),
        (400, Some("PolicyLengthExceededException"))
    );
    assert_eq!(answer.body["message"], message);
    assert_eq!(policy(&world, &json!({"FunctionName": "f"})), before);
}

#[test]
fn a_whole_document_takes_the_place_of_a_policy() {
    let world = aliased();
    let arn = format!("{ARN}f");
    let statement = json!({
        "Sid": "one", "Effect": "Allow", "Principal": {"AWS": "123456789012"},
        "Action": "lambda:InvokeFunction", "Resource": arn,
    });
    let document = json!({"Version": "2012-10-17", "Statement": [statement]});
    let put = |more: Value| with(json!({"ResourceArn": arn, "Policy": document.to_string()}), more);
    let of = || json!({"ResourceArn": arn});
    let none = || refused(404, MISSING, "The resource you requested does not exist.");
    world.check([
        ("GetResourcePolicy", of(), none()),
        ("AddPermission", s3("s3", json!({})), Expected::Shows(201, json!({}))),
    ]);
    let answer = world.ask("PutResourcePolicy", &put(json!({})));
    assert_eq!(answer.status, 200, "{answer:?}");
    let told: Value =
        serde_json::from_str(answer.body["Policy"].as_str().expect("a text")).expect("JSON");
    assert_eq!(told, document);
    let (text, revision) = policy(&world, &json!({"FunctionName": "f"}));
    assert_eq!(
        (Value::from(text), revision.clone()),
        (answer.body["Policy"].clone(), answer.body["RevisionId"].clone())
    );
    let stale = json!({"RevisionId": "00000000-0000-4000-8000-000000000000"});
    let invalid =
        |why: &str| refused(400, INVALID, format!("The resource policy is invalid: {why}"));
    let nobody = json!({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]});
    let twice = json!({"Statement": [statement, statement]});
    let text = |document: Value| json!({"Policy": document.to_string()});
    world.check([
        ("PutResourcePolicy", put(stale.clone()), refused(412, PRECONDITION, REVISION)),
        (
            "PutResourcePolicy",
            put(json!({"Policy": "{"})),
            invalid("This policy contains invalid Json"),
        ),
        ("PutResourcePolicy", put(text(nobody)), invalid("Missing required field Principal")),
        (
            "PutResourcePolicy",
            put(text(twice)),
            invalid("Statement IDs (SID) in a single policy must be unique."),
        ),
        ("GetResourcePolicy", of(), Expected::Is(200, answer.body.clone())),
        ("DeleteResourcePolicy", with(of(), stale), refused(412, PRECONDITION, REVISION)),
        (
            "DeleteResourcePolicy",
            with(of(), json!({"RevisionId": revision})),
            Expected::Is(204, Value::Null),
        ),
        ("GetResourcePolicy", of(), none()),
    ]);
}

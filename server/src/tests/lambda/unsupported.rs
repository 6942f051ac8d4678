//! What is not supported is refused by its name.

use serde_json::{Value, json};

use super::{create, function, refused, unsupported, with, world};
use crate::tests::harness::{Server, signed_for};
use crate::tests::rows::Row;

#[test]
fn parameters_without_an_effect_are_refused_by_name() {
    let world = world();
    create(&world, "f");
    for (change, what) in [
        (json!({"KMSKeyArn": "arn:aws:kms:us-east-1:0:key/k"}), "KMSKeyArn"),
        (json!({"ImageConfig": {"Command": ["c"]}}), "ImageConfig"),
    ] {
        let update = with(json!({"FunctionName": "f"}), change.clone());
        let rows: [Row; 2] = [
            (
                "CreateFunction",
                with(function("g"), change),
                unsupported(&format!("{what} of CreateFunction")),
            ),
            (
                "UpdateFunctionConfiguration",
                update,
                unsupported(&format!("{what} of UpdateFunctionConfiguration")),
            ),
        ];
        world.check(rows);
    }
}

#[test]
fn what_is_supported_in_part_is_refused_but_for_that() {
    let world = world();
    let g = |more| with(function("g"), more);
    let rows: Vec<Row> = vec![
        (
            "CreateFunction",
            g(json!({"TracingConfig": {"Mode": "Active"}})),
            unsupported("TracingConfig.Mode of CreateFunction, except as PassThrough"),
        ),
        (
            "CreateFunction",
            g(json!({"PackageType": "Image"})),
            unsupported("PackageType of CreateFunction, except as Zip"),
        ),
        (
            "CreateFunction",
            g(json!({"Code": {"ImageUri": "image"}})),
            unsupported("Code.ImageUri of CreateFunction"),
        ),
        (
            "CreateFunction",
            g(json!({"Code": {"S3ObjectStorageMode": "REFERENCE"}})),
            unsupported("Code.S3ObjectStorageMode of CreateFunction, except as COPY"),
        ),
        (
            "CreateFunction",
            g(json!({"SnapStart": {"ApplyOn": "PublishedVersions"}})),
            unsupported("SnapStart.ApplyOn of CreateFunction, except as None"),
        ),
        (
            "CreateFunction",
            g(json!({"PublishTo": "LATEST_PUBLISHED"})),
            unsupported("PublishTo of CreateFunction"),
        ),
    ];
    world.check(rows);
}

#[test]
fn operations_refuse_by_name_what_they_do_not_read() {
    let world = world();
    create(&world, "f");
    let f = |more| with(json!({"FunctionName": "f"}), more);
    let rows: Vec<Row> = vec![
        (
            "UpdateFunctionCode",
            f(json!({"ImageUri": "image"})),
            unsupported("ImageUri of UpdateFunctionCode"),
        ),
        (
            "UpdateFunctionCode",
            f(json!({"PublishTo": "LATEST_PUBLISHED"})),
            unsupported("PublishTo of UpdateFunctionCode"),
        ),
        (
            "PublishVersion",
            f(json!({"PublishTo": "LATEST_PUBLISHED"})),
            unsupported("PublishTo of PublishVersion"),
        ),
        (
            "ListFunctions",
            json!({"MasterRegion": "us-east-1"}),
            unsupported("MasterRegion of ListFunctions, except as ALL"),
        ),
        ("Invoke", f(json!({"TenantId": "t"})), unsupported("TenantId of Invoke")),
        (
            "Invoke",
            f(json!({"DurableExecutionName": "d"})),
            unsupported("DurableExecutionName of Invoke"),
        ),
    ];
    world.check(rows);
}

#[test]
fn operations_that_are_not_there_are_refused_by_name() {
    let world = world();
    for (method, path, name) in [
        ("PUT", "/2021-07-20/functions/f/runtime-management-config", "PutRuntimeManagementConfig"),
        ("PUT", "/2020-06-30/functions/f/code-signing-config", "PutFunctionCodeSigningConfig"),
    ] {
        let request =
            http::Request::builder().method(method).uri(format!("http://localhost{path}")).header(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/lambda/aws4_request, \
                 SignedHeaders=host, Signature=0",
            );
        let answer = world.send(request.body("{}".to_owned()).expect("a request"));
        let message = format!("Warren does not support the operation lambda:{name}.");
        let expected = refused(404, "UnknownOperationException", message);
        crate::tests::rows::expect(&answer, &expected);
    }
}

/// What a model does not have is no parameter that could be promised: AWS's services but EC2 pass it over.
#[tokio::test]
async fn what_no_model_has_is_passed_over() {
    let server = Server::start();
    let body = with(function("f"), json!({"Nonsense": 1}));
    assert_eq!(server.lambda("POST functions", &body).await.status, 201);
    let listed = server.lambda("GET functions?Nonsense=1&MaxItems=5", &Value::Null).await;
    assert_eq!(listed.status, 200, "{}", listed.text);
    let request = http::Request::post("/")
        .header("authorization", signed_for("logs"))
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", "Logs_20140328.DescribeLogGroups")
        .body(r#"{"nonsense": 1}"#.to_owned());
    let listed = server.ask(request.expect("a request")).await;
    assert_eq!(listed.status, 200, "{}", listed.text);
    let refused = server.ec2("Action=DescribeVpcs&Nonsense=1").await;
    let expected =
        "<Code>UnknownParameter</Code><Message>The parameter Nonsense is not recognized<";
    assert!(refused.status == 400 && refused.text.contains(expected), "{}", refused.text);
}

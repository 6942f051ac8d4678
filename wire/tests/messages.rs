//! Refusals have AWS's codes, statuses and messages.

use http::HeaderMap;
use serde_json::json;
use wire::{ApiError, Request, Response};

/// What a server answers: the operation's name for good input, else the rendered error.
fn serve(
    service: &str,
    (method, path): (&str, &str),
    headers: &[(&'static str, &str)],
    body: &str,
) -> Result<&'static str, ApiError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().expect("a header's value"));
    }
    if !service.is_empty() {
        let scope =
            format!("AWS4-HMAC-SHA256 Credential=A/20250101/us-east-1/{service}/aws4_request, x");
        map.insert("authorization", scope.parse().expect("a header's value"));
    }
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let request = Request { method, path, query, headers: &map, body: body.as_bytes() };
    let operation = wire::recognise(&request)?;
    wire::parse(operation, &request)?;
    Ok(operation.name)
}

fn refused(answer: Result<&'static str, ApiError>) -> (String, u16, String) {
    let error = answer.expect_err("a refusal");
    (error.code.to_string(), error.status, error.message)
}

fn ec2(body: &str) -> Result<&'static str, ApiError> {
    serve("ec2", ("POST", "/"), &[], &format!("{body}&Version=2016-11-15"))
}

fn create_function(change: impl FnOnce(&mut serde_json::Value)) -> Result<&'static str, ApiError> {
    let mut body = json!({
        "FunctionName": "f", "Role": "arn:aws:iam::123456789012:role/r", "Runtime": "python3.12",
        "Handler": "main.handler", "Code": {"ZipFile": "UEs="}
    });
    change(&mut body);
    serve("lambda", ("POST", "/2015-03-31/functions"), &[], &body.to_string())
}

fn text(response: &Response) -> String {
    String::from_utf8(response.body().to_vec()).expect("UTF-8")
}

#[test]
fn lambda_validates_as_recorded() {
    let validation = |change: fn(&mut serde_json::Value), message: &str| {
        let (code, status, found) = refused(create_function(change));
        assert_eq!((code.as_str(), status), ("ValidationException", 400));
        assert_eq!(found, format!("1 validation error detected: {message}"));
    };
    validation(
        |b| b["Role"] = json!("r1"),
        "Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: \
         arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    );
    validation(
        |b| b["Architectures"] = json!(["x86_64", "arm64"]),
        "Value '[x86_64, arm64]' at 'architectures' failed to satisfy constraint: \
         Member must have length less than or equal to 1",
    );
    validation(
        |b| b["Architectures"] = json!(["X86_64"]),
        "Value '[X86_64]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: \
         [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    );
    validation(
        |b| b["VpcConfig"] = json!({"SubnetIds": ["x"]}),
        "Value '[x]' at 'vpcConfig.subnetIds' failed to satisfy constraint: Member must satisfy constraint: \
         [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, \
         Member must satisfy regular expression pattern: subnet-[0-9a-z]*]",
    );
    validation(
        |b| b["FunctionName"] = json!("invalid:function:name"),
        "Value 'invalid:function:name' at 'functionName' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: \
         (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?\
         (\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?",
    );
    validation(
        |b| b["Role"] = json!(null),
        "Value null at 'role' failed to satisfy constraint: Member must not be null",
    );
    validation(
        |b| b["Environment"] = json!({"Variables": {"1": "a"}}),
        "Value '{1=a}' at 'environment.variables' failed to satisfy constraint: \
         Map keys must satisfy constraint: \
         [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    );
    let (_, _, message) = refused(create_function(|b| {
        b["Timeout"] = json!(0);
        b["SnapStart"] = json!({"ApplyOn": "invalidOption"});
    }));
    assert_eq!(
        message,
        "2 validation errors detected: Value '0' at 'timeout' failed to satisfy constraint: \
         Member must have value greater than or equal to 1; Value 'invalidOption' at 'snapStart.applyOn' \
         failed to satisfy constraint: Member must satisfy enum value set: [PublishedVersions, None]"
    );
}

#[test]
fn nothing_within_a_list_or_a_map_is_told_as_such() {
    let body = json!({
        "FunctionName": "f",
        "SelfManagedEventSource": {"Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": null}},
    });
    let path = "/2015-03-31/event-source-mappings";
    let refusal = refused(serve("lambda", ("POST", path), &[], &body.to_string()));
    assert_eq!((refusal.0.as_str(), refusal.1), ("ValidationException", 400));
    assert_eq!(
        refusal.2,
        "1 validation error detected: Value null at \
         'selfManagedEventSource.endpoints.KAFKA_BOOTSTRAP_SERVERS.member' failed to satisfy constraint: \
         Member must not be null"
    );
}

#[test]
fn lambda_checks_some_by_itself() {
    let (code, _, message) = refused(create_function(|b| b["Runtime"] = json!("PYTHON3.9")));
    assert_eq!(code, "InvalidParameterValueException");
    assert!(message.starts_with(
        "Value PYTHON3.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \
         [nodejs20.x, python3.14, provided.al2023, "
    ));
    assert!(message.ends_with(", provided.al2, java8.al2] or be a valid ARN"));
    let long = "a".repeat(65);
    let (code, _, message) = refused(create_function(|b| b["FunctionName"] = json!(long)));
    assert_eq!(code, "InvalidParameterValueException");
    assert_eq!(
        message,
        format!(
            "1 validation error detected: Value '{long}' at 'functionName' failed to satisfy constraint: \
             Member must have length less than or equal to 64"
        )
    );
    assert_eq!(create_function(|_| ()).expect("good"), "CreateFunction");
}

#[test]
fn lambda_refuses_bodies_it_cannot_read() {
    let post = |body: &str| refused(serve("lambda", ("POST", "/2015-03-31/functions"), &[], body));
    let (code, status, message) = post("{");
    assert_eq!((code.as_str(), status), ("InvalidRequestContentException", 400));
    assert!(message.starts_with("Could not parse request body into json: "), "{message}");
    let (code, _, message) = refused(create_function(|b| b["Timeout"] = json!("3")));
    assert_eq!(code, "SerializationException");
    assert_eq!(message, "class java.lang.String can not be converted to an Integer");
    let (code, _, message) =
        refused(create_function(|b| b["Environment"] = json!({"Variables": {"AB": 1}})));
    assert_eq!(code, "SerializationException");
    assert_eq!(
        message,
        "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String"
    );
    let (_, _, message) = refused(create_function(|b| b["Layers"] = json!({})));
    assert_eq!(message, "Expected list or null");
    assert_eq!(post("[]").0, "SerializationException");
}

#[test]
fn ec2_names_the_parameter() {
    assert_eq!(ec2("Action=CreateVpc&CidrBlock=10.0.0.0%2F16").expect("good"), "CreateVpc");
    let (code, status, message) = refused(ec2("Action=DeleteVpc"));
    assert_eq!((code.as_str(), status), ("MissingParameter", 400));
    assert_eq!(message, "The request must contain the parameter VpcId");
    let (code, _, message) = refused(ec2("Action=DescribeVpcs&Filters.1.Name=a"));
    assert_eq!(code, "UnknownParameter");
    assert_eq!(message, "The parameter Filters is not recognized");
    let (code, _, message) = refused(ec2("Action=DescribeVpcs&VpcId=vpc-1"));
    assert_eq!(code, "UnknownParameter");
    assert_eq!(message, "The parameter VpcId is not recognized");
    let (code, _, message) = refused(ec2("Action=DescribeVpcs&MaxResults=2"));
    assert_eq!(code, "InvalidParameterValue");
    assert_eq!(
        message,
        "Value ( 2 ) for parameter maxResults is invalid. Expecting a value greater than 5."
    );
    assert_eq!(refused(ec2("Action=DescribeVpcs&DryRun=maybe")).0, "InvalidParameterValue");
    assert_eq!(refused(ec2("CidrBlock=x")).0, "MissingAction");
}

#[test]
fn query_and_logs_use_their_codes() {
    let (code, status, message) =
        refused(serve("iam", ("POST", "/"), &[], "Action=GetRole&Version=2010-05-08"));
    assert_eq!((code.as_str(), status), ("ValidationError", 400));
    assert_eq!(
        message,
        "1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null"
    );
    let (_, _, message) = refused(serve(
        "iam",
        ("POST", "/"),
        &[],
        "Action=GetRole&Version=2010-05-08&RoleName=a%20b",
    ));
    assert_eq!(
        message,
        "1 validation error detected: Value at 'roleName' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [\\w+=,.@-]+"
    );
    let target = [("x-amz-target", "Logs_20140328.CreateLogGroup")];
    let (code, status, message) =
        refused(serve("logs", ("POST", "/"), &target, r#"{"logGroupName":""}"#));
    assert_eq!((code.as_str(), status), ("InvalidParameterException", 400));
    assert!(
        message.contains("Value '' at 'logGroupName' failed to satisfy constraint: "),
        "{message}"
    );
    assert_eq!(
        serve("logs", ("POST", "/"), &target, r#"{"logGroupName":"g"}"#).expect("good"),
        "CreateLogGroup"
    );
}

#[test]
fn sqs_is_spelled_in_both_protocols() {
    let target = [("x-amz-target", "AmazonSQS.SendMessage")];
    let error = serve("sqs", ("POST", "/"), &target, r#"{"QueueUrl":"q"}"#).expect_err("a refusal");
    assert_eq!(error.message, "The request must contain the parameter MessageBody.");
    let response = error.render("r");
    assert_eq!(response.headers()["x-amzn-query-error"], "MissingParameter;Sender");
    assert_eq!(response.headers()["content-type"], "application/x-amz-json-1.0");
    let kind = r#"{"__type":"com.amazonaws.sqs#MissingRequiredParameterException","#;
    assert!(text(&response).starts_with(kind), "{}", text(&response));
    let form = "Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a";
    let error = serve("sqs", ("POST", "/000000000000/q"), &[], form).expect_err("a refusal");
    let named = "parameter SendMessageBatchRequestEntry.1.MessageBody.</Message>";
    let body = text(&error.render("r"));
    assert!(body.contains("<Code>MissingParameter</Code>") && body.contains(named), "{body}");
    let form = "Action=SendMessage&MessageBody=x&Version=2012-11-05";
    assert_eq!(serve("", ("POST", "/000000000000/q"), &[], form).expect("good"), "SendMessage");
}

#[test]
fn unsupported_operations_are_named() {
    let error = ec2("Action=CreateTransitGateway").expect_err("a refusal");
    let body = text(&error.render("r"));
    assert!(body.contains("<Code>InvalidAction</Code><Message>Warren does not support the operation ec2:CreateTransitGateway."), "{body}");
    let error = serve("lambda", ("GET", "/2020-04-22/code-signing-configs"), &[], "")
        .expect_err("a refusal");
    assert_eq!((error.status, error.code.as_ref()), (404, "UnknownOperationException"));
    let message = "Warren does not support the operation lambda:ListCodeSigningConfigs.";
    assert_eq!(error.message, message);
    let error = serve("s3", ("PUT", "/bucket?abac"), &[], "").expect_err("a refusal");
    assert_eq!((error.status, error.code.as_ref()), (501, "NotImplemented"));
    let body = text(&error.render("r"));
    assert!(body.contains("<Error><Code>NotImplemented</Code><Message>Warren does not support the operation s3:PutBucketAbac.</Message>"), "{body}");
    assert!(body.contains("<RequestId>r</RequestId><HostId>"), "{body}");
    let target = [("x-amz-target", "Kinesis_20131202.EnableEnhancedMonitoring")];
    let error = serve("kinesis", ("POST", "/"), &target, "{}").expect_err("a refusal");
    assert_eq!(
        error.message,
        "Warren does not support the operation kinesis:EnableEnhancedMonitoring."
    );
    let error = serve("apigateway", ("POST", "/restapis"), &[], "{}").expect_err("a refusal");
    assert_eq!(error.message, "Warren does not support the service apigateway (POST /restapis).");
    let path = "/service/GraniteServiceVersion20100801/operation/PutDashboard";
    let error = serve("graphs", ("POST", path), &[], "").expect_err("a refusal");
    assert_eq!(error.message, "Warren does not support the operation graphs:PutDashboard.");
    let error = serve("", ("GET", "/health"), &[], "").expect_err("a refusal");
    assert_eq!(error.message, "Warren supports no operation of AWS's at GET /health.");
    let path = "/2019-09-30/functions/f/provisioned-concurrency";
    let named =
        |query| serve("lambda", ("GET", &format!("{path}?{query}")), &[], "").expect("good");
    assert_eq!(named("List=ALL"), "ListProvisionedConcurrencyConfigs");
    assert_eq!(named("Qualifier=1"), "GetProvisionedConcurrencyConfig");
    let error = serve("redshift", ("POST", "/"), &[], "Action=DescribeClusters&Version=2012-12-01")
        .expect_err("a refusal");
    assert!(text(&error.render("r")).contains("redshift:DescribeClusters"), "{error}");
}

#[test]
fn operations_of_s3_are_told_by_path_query_and_headers() {
    for (method, path, name) in [
        ("GET", "/", "ListBuckets"),
        ("PUT", "/bucket", "CreateBucket"),
        ("HEAD", "/bucket", "HeadBucket"),
        ("DELETE", "/bucket/", "DeleteBucket"),
        ("GET", "/bucket?list-type=2&prefix=a", "ListObjectsV2"),
        ("GET", "/bucket?prefix=a&encoding-type=url", "ListObjects"),
        ("GET", "/bucket?location", "GetBucketLocation"),
        ("GET", "/bucket?policy=", "GetBucketPolicy"),
        ("GET", "/bucket?versions&max-keys=1", "ListObjectVersions"),
        ("GET", "/bucket?notification", "GetBucketNotificationConfiguration"),
        ("GET", "/bucket/a/key", "GetObject"),
        ("GET", "/bucket/key?x-id=GetObject", "GetObject"),
        ("GET", "/bucket/key?uploadId=u", "ListParts"),
        ("GET", "/bucket/dir/", "GetObject"),
        ("HEAD", "/bucket/key", "HeadObject"),
        ("PUT", "/bucket/key", "PutObject"),
        ("PUT", "/bucket/key?partNumber=1&uploadId=u", "UploadPart"),
        ("POST", "/bucket/key?uploads", "CreateMultipartUpload"),
        ("POST", "/bucket/key?uploadId=u", "CompleteMultipartUpload"),
        ("DELETE", "/bucket/key", "DeleteObject"),
        ("DELETE", "/bucket/key?uploadId=u", "AbortMultipartUpload"),
    ] {
        let recognised = serve("s3", (method, path), &[], "").expect(path);
        assert_eq!(recognised, name, "{method} {path}");
    }
    let copied = [("x-amz-copy-source", "b/k")];
    for (path, name) in [("/b/k", "CopyObject"), ("/b/k?partNumber=1&uploadId=u", "UploadPartCopy")]
    {
        assert_eq!(serve("s3", ("PUT", path), &copied, "").expect(path), name);
    }
    for (method, path, name) in [
        ("PUT", "/bucket?replication", "s3:PutBucketReplication"),
        ("POST", "/bucket/key?restore", "s3:RestoreObject"),
        ("OPTIONS", "/bucket/key", "s3:OPTIONS /bucket/key"),
    ] {
        let error = serve("s3", (method, path), &[], "").expect_err("a refusal");
        let told = format!("Warren does not support the operation {name}.");
        assert_eq!((error.message.as_str(), error.status), (told.as_str(), 501));
    }
}

#[test]
fn unsigned_requests_are_told_apart() {
    assert_eq!(
        serve("", ("GET", "/2015-03-31/functions/"), &[], "").expect("good"),
        "ListFunctions"
    );
    let form = |body| serve("", ("POST", "/"), &[], body);
    assert_eq!(
        form("Action=GetCallerIdentity&Version=2011-06-15").expect("good"),
        "GetCallerIdentity"
    );
    assert_eq!(form("Action=DescribeVpcs").expect("good"), "DescribeVpcs");
    let get = serve("", ("GET", "/?Action=GetCallerIdentity&Version=2011-06-15"), &[], "");
    assert_eq!(get.expect("good"), "GetCallerIdentity");
    let presigned =
        "/?Action=GetCallerIdentity&X-Amz-Credential=A%2F20250101%2Fus-east-1%2Fsts%2Faws4_request";
    assert_eq!(serve("", ("GET", presigned), &[], "").expect("good"), "GetCallerIdentity");
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "has no member Vpcc")]
fn an_unknown_member_of_an_output_is_a_bug() {
    let operation = wire::ec2::SERVICE.operation("CreateVpc").expect("CreateVpc");
    wire::render(operation, &json!({"Vpcc": {}}), "r");
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "Role lacks its member")]
fn a_missing_member_of_an_output_is_a_bug() {
    let operation = wire::iam::SERVICE.operation("GetRole").expect("GetRole");
    wire::render(operation, &json!({"Role": {"RoleName": "r"}}), "r");
}

#[test]
fn bytes_that_are_too_many_are_counted_and_not_repeated() {
    let data = "A".repeat((10 << 20) / 3 * 4 + 8);
    let body = format!(r#"{{"StreamName": "s", "PartitionKey": "k", "Data": "{data}"}}"#);
    let target = [("x-amz-target", "Kinesis_20131202.PutRecord")];
    let error = serve("kinesis", ("POST", "/"), &target, &body).expect_err("a refusal");
    let bytes = data.len() / 4 * 3;
    assert_eq!(
        error.message,
        format!(
            "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim={bytes} cap={bytes}]' at \
             'data' failed to satisfy constraint: Member must have length less than or equal to 10485760"
        )
    );
}

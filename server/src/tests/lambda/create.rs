//! Functions are made, or refused.

use serde_json::{Value, json};

use super::{
    CONFLICT, INVALID, LEVEL_OF_TEXT, ROLE, UNQUALIFIED, configuration, constraint, create,
    function, not_found, refused, with, world,
};
use crate::iam::Rules;
use crate::tests::harness::Setup;
use crate::tests::lambda::ARN;
use crate::tests::rows::{Expected, Row, World};

const LATEST: &str = "function:f:$LATEST";

#[test]
fn functions_are_shown_as_they_are_made() {
    let world = world();
    let plain = json!({
        "FunctionName": "f", "FunctionArn": format!("{ARN}f"), "Runtime": "python3.11",
        "Role": ROLE, "Handler": "app.handler", "Description": "", "Timeout": 3,
        "MemorySize": 128, "Version": "$LATEST", "TracingConfig": {"Mode": "PassThrough"},
        "State": "Pending", "StateReason": "The function is being created.",
        "StateReasonCode": "Creating", "LastUpdateStatus": null, "PackageType": "Zip",
        "EphemeralStorage": {"Size": 512}, "VpcConfig": null, "Environment": null,
        "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"},
    });
    let whole = json!({
        "Description": "d", "Timeout": 900, "MemorySize": 10240, "Publish": true,
        "Environment": {"Variables": {"AB": "1"}}, "Tags": {"team": "a"},
        "Architectures": [architecture()], "EphemeralStorage": {"Size": 10240},
        "TracingConfig": {"Mode": "PassThrough"}, "PackageType": "Zip",
        "SnapStart": {"ApplyOn": "None"}, "Layers": [], "DeadLetterConfig": {"TargetArn": ""},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/g"},
        "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []},
    });
    let published = json!({
        "FunctionArn": format!("{ARN}g"), "Version": "1", "Description": "d", "Timeout": 900,
        "MemorySize": 10240, "EphemeralStorage": {"Size": 10240},
        "Environment": {"Variables": {"AB": "1"}}, "Architectures": [architecture()],
        "VpcConfig": null, "State": "Pending",
    });
    world.check([
        ("CreateFunction", function("f"), Expected::Shows(201, plain)),
        ("CreateFunction", with(function("g"), whole), Expected::Shows(201, published)),
        (
            "CreateFunction",
            with(function("h"), json!({"Environment": {"Variables": {}}})),
            Expected::Shows(201, json!({"Environment": {"Variables": {}}})),
        ),
        (
            "GetFunctionConfiguration",
            json!({"FunctionName": "h"}),
            Expected::Shows(200, json!({"Environment": {"Variables": {}}})),
        ),
    ]);
    let made = configuration(&world, "f");
    let active = json!({"State": "Active", "StateReason": null, "LastUpdateStatus": "Successful"});
    world.check([
        ("GetFunctionConfiguration", json!({"FunctionName": "f"}), Expected::Shows(200, active)),
        ("GetFunctionConfiguration", json!({"FunctionName": "f"}), Expected::Is(200, made)),
    ]);
}

fn architecture() -> &'static str {
    if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" }
}

#[test]
fn names_are_checked() {
    let world = world();
    create(&world, "f");
    let name = |name: &str| with(function("g"), json!({"FunctionName": name}));
    let pattern = "Member must satisfy regular expression pattern: \
        (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?\
        (\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
    let long = "x".repeat(65);
    let too_long = format!(
        "1 validation error detected: Value '{long}' at 'functionName' failed to satisfy constraint: \
         Member must have length less than or equal to 64"
    );
    let longer = "x".repeat(141);
    let elsewhere = ARN.replace("us-east-1", "eu-west-1");
    let foreign = ARN.replace("0:function", "1:function");
    let rows: Vec<Row> = vec![
        ("CreateFunction", name("f"), refused(409, CONFLICT, "Function already exist: f")),
        (
            "CreateFunction",
            name(&format!("{ARN}f")),
            refused(409, CONFLICT, "Function already exist: f"),
        ),
        ("CreateFunction", name("a b"), constraint("'a b'", "functionName", pattern)),
        ("CreateFunction", name(&long), refused(400, INVALID, too_long)),
        (
            "CreateFunction",
            name(&longer),
            constraint(
                &format!("'{longer}'"),
                "functionName",
                "Member must have length less than or equal to 140",
            ),
        ),
        ("CreateFunction", name("f:1"), refused(400, INVALID, UNQUALIFIED)),
        ("CreateFunction", name(LATEST), refused(400, INVALID, UNQUALIFIED)),
        (
            "CreateFunction",
            name(&format!("{elsewhere}f")),
            refused(
                404,
                "ResourceNotFoundException",
                "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
            ),
        ),
        (
            "CreateFunction",
            name(&format!("{foreign}f")),
            refused(
                403,
                "AccessDeniedException",
                format!(
                    "User: arn:aws:iam::000000000000:root is not authorized to access this resource: \
                     {foreign}f"
                ),
            ),
        ),
    ];
    world.check(rows);
    world.check([("GetFunction", json!({"FunctionName": "g"}), not_found("g"))]);
}

/// What numbers of a new function are refused for.
fn numbers() -> Vec<(Value, Expected)> {
    let at_most = |limit: u32| format!("Member must have value less than or equal to {limit}");
    let at_least = |limit: u32| format!("Member must have value greater than or equal to {limit}");
    let not_null = "Member must not be null";
    vec![
        (json!({"Timeout": 0}), constraint("'0'", "timeout", &at_least(1))),
        (json!({"Timeout": 901}), constraint("'901'", "timeout", &at_most(900))),
        (json!({"Timeout": 5401}), constraint("'5401'", "timeout", &at_most(5400))),
        (json!({"MemorySize": 127}), constraint("'127'", "memorySize", &at_least(128))),
        (
            json!({"MemorySize": 10_241}),
            refused(
                400,
                INVALID,
                "'MemorySize' value failed to satisfy constraint: Member must have value less than \
                 or equal to 10240",
            ),
        ),
        (
            json!({"EphemeralStorage": {"Size": 511}}),
            constraint("'511'", "ephemeralStorage.size", &at_least(512)),
        ),
        (
            json!({"EphemeralStorage": {"Size": 10_241}}),
            constraint("'10241'", "ephemeralStorage.size", &at_most(10_240)),
        ),
        (json!({"EphemeralStorage": {}}), constraint("null", "ephemeralStorage.size", not_null)),
        (
            json!({"Timeout": "3"}),
            refused(
                400,
                "SerializationException",
                "class java.lang.String can not be converted to an Integer",
            ),
        ),
    ]
}

/// What the code's and the role's parts of a new function are refused for.
fn parts() -> Vec<(Value, Expected)> {
    let not_null = "Member must not be null";
    let role = "Member must satisfy regular expression pattern: \
        arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
    let mandatory = "Runtime and Handler are mandatory parameters for functions created with \
        deployment packages.";
    vec![
        (json!({"Role": null}), constraint("null", "role", not_null)),
        (json!({"Role": "r1"}), constraint("'r1'", "role", role)),
        (json!({"Code": null}), constraint("null", "code", not_null)),
        (json!({"Runtime": null}), refused(400, INVALID, mandatory)),
        (json!({"Handler": null}), refused(400, INVALID, mandatory)),
        (
            json!({"Description": "x".repeat(257)}),
            constraint(
                &format!("'{}'", "x".repeat(257)),
                "description",
                "Member must have length less than or equal to 256",
            ),
        ),
        (
            json!({"Runtime": "java21"}),
            refused(
                400,
                INVALID,
                "Warren does not support the runtime java21; it runs python3.x, nodejs and provided.*.",
            ),
        ),
        (
            json!({"Runtime": "nodejs8.10"}),
            refused(
                400,
                INVALID,
                "The runtime parameter of nodejs8.10 is no longer supported for creating or updating \
                 AWS Lambda functions. We recommend you use a supported runtime while creating or \
                 updating functions.",
            ),
        ),
        (
            json!({"Runtime": "PYTHON3.9"}),
            refused(
                400,
                INVALID,
                "Value PYTHON3.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum \
                 value set: [nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, \
                 nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, \
                 ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, \
                 dotnet6, nodejs18.x, provided.al2, java8.al2] or be a valid ARN",
            ),
        ),
        (
            json!({"Architectures": ["x86_64", "arm64"]}),
            constraint(
                "'[x86_64, arm64]'",
                "architectures",
                "Member must have length less than or equal to 1",
            ),
        ),
        (
            json!({"Architectures": ["X86_64"]}),
            constraint(
                "'[X86_64]'",
                "architectures",
                "Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], \
                 Member must not be null]",
            ),
        ),
    ]
}

/// What texts by names are refused for.
fn texts() -> Vec<(Value, Expected)> {
    let environment = "Lambda was unable to configure your environment variables because the \
        environment variables you have provided";
    let measured = format!("{{\"AB\":\"{}\"}}", "x".repeat(4087));
    let enormous = format!("{{\"AB\":\"{}\"}}", "x".repeat(4088));
    assert_eq!((measured.len(), enormous.len()), (4096, 4097));
    let many: serde_json::Map<String, Value> =
        (0..51).map(|number| (format!("k{number}"), json!(""))).collect();
    vec![
        (
            json!({"Environment": {"Variables": {"AWS_REGION": "x", "AWS_SESSION_TOKEN": "y"}}}),
            refused(
                400,
                INVALID,
                format!(
                    "{environment} contains reserved keys that are currently not supported for \
                     modification. Reserved keys used in this request: AWS_REGION, AWS_SESSION_TOKEN"
                ),
            ),
        ),
        (
            json!({"Environment": {"Variables": {"AB": "x".repeat(4088)}}}),
            refused(
                400,
                INVALID,
                format!("{environment} exceeded the 4KB limit. String measured: {enormous}"),
            ),
        ),
        (
            json!({"Tags": many}),
            refused(400, INVALID, "Number of tags exceeds resource tag limit."),
        ),
        (
            json!({"Tags": {"aws:x": "y"}}),
            refused(
                400,
                INVALID,
                "Invalid Tag Key: aws: prefixed tag key names are not allowed for external use.",
            ),
        ),
        (
            json!({"Tags": {"warren:eni-model": "neither"}}),
            refused(
                400,
                INVALID,
                "The tag warren:eni-model chooses between classic and hyperplane; neither is neither.",
            ),
        ),
        (
            json!({"Environment": ["a"]}),
            refused(400, "SerializationException", "Unexpected field type"),
        ),
        (
            json!({"LoggingConfig": {"LogFormat": "Text", "SystemLogLevel": "WARN"}}),
            refused(400, INVALID, LEVEL_OF_TEXT),
        ),
    ]
}

#[test]
fn wrong_settings_are_refused_and_make_nothing() {
    let world = world();
    for (change, expected) in [numbers(), parts(), texts()].concat() {
        world.check([("CreateFunction", with(function("g"), change), expected)]);
    }
    world.check([("ListFunctions", json!({}), Expected::Is(200, json!({"Functions": []})))]);
    let fits = json!({"Environment": {"Variables": {"AB": "x".repeat(4087)}}});
    let made = ("CreateFunction", with(function("g"), fits), Expected::Shows(201, json!({})));
    world.check([made]);
}

#[test]
fn code_must_be_one_package() {
    let world = world();
    let zip = function("g")["Code"]["ZipFile"].clone();
    let none = "Please provide a source for function code.";
    let not_a_zip =
        "Could not unzip uploaded file. Please check your file, then try to upload again.";
    let both = "Please do not provide other FunctionCode parameters when providing a ZipFile.";
    let object = json!({"S3Bucket": "bucket", "S3Key": "key"});
    for (code, message) in [
        (json!({}), none),
        (json!({"S3Bucket": "bucket"}), none),
        (json!({"S3Key": "key"}), none),
        (json!({"ZipFile": "bm8gemlw"}), not_a_zip),
        (json!({"ZipFile": "?"}), not_a_zip),
        (with(object.clone(), json!({"ZipFile": zip})), both),
        (json!({"ZipFile": zip, "S3ObjectVersion": "1"}), both),
        (
            object,
            "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The \
             specified bucket does not exist",
        ),
    ] {
        let expected = refused(400, INVALID, message);
        world.check([("CreateFunction", with(function("g"), json!({"Code": code})), expected)]);
    }
    let bucket = with(function("g"), json!({"Code": {"S3Bucket": "b.", "S3Key": "key"}}));
    let answer = world.ask("CreateFunction", &bucket);
    assert_eq!((answer.status, answer.code.as_deref()), (400, Some("ValidationException")));
}

#[test]
fn roles_must_be_assumable() {
    let world = World::new(
        &wire::lambda::SERVICE,
        Setup {
            is_alone: true,
            rules: Rules { enforces: true, ..Rules::default() },
            ..Setup::default()
        },
    );
    let message = "The role defined for the function cannot be assumed by Lambda.";
    world.check([("CreateFunction", function("f"), refused(400, INVALID, message))]);
}

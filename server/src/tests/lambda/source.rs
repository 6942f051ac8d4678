//! Whether services and URLs may have functions invoked.

use engine::scope::Scope;
use serde_json::json;

use crate::source::{Invoked, NotPermitted, Source};
use crate::tests::harness::{Server, function};

const BUCKET: &str = "arn:aws:s3:::bucket";

fn may(server: &Server, source: Source<'_>, qualifier: Option<&str>) -> bool {
    let scope = Scope { account: 0, region: "us-east-1".into() };
    let driver = &server.endpoint.driver;
    match source.may_invoke(driver, Invoked { scope: &scope, name: "f", qualifier }) {
        Ok(()) => true,
        Err(NotPermitted::NoPermission) => false,
        Err(NotPermitted::NoFunction) => panic!("the function is there"),
    }
}

fn s3(arn: &'static str, account: &'static str) -> Source<'static> {
    Source::Service { principal: "s3.amazonaws.com", arn, account }
}

async fn add(server: &Server, qualifier: &str, sid: &str, more: serde_json::Value) {
    let mut permission = json!({
        "StatementId": sid, "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com",
    });
    let more = more.as_object().expect("an object").clone();
    permission.as_object_mut().expect("an object").extend(more);
    let path = format!("POST functions/f/policy{qualifier}");
    let answer = server.lambda(&path, &permission).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[tokio::test]
async fn a_service_has_a_function_invoked_as_its_policy_says() {
    let server = Server::start();
    server.create_function(&function("f")).await;
    let published = server.lambda("POST functions/f/versions", &json!({})).await;
    assert_eq!(published.status, 201, "{}", published.text);
    let (own, other) = ("000000000001", "000000000002");
    assert!(!may(&server, s3(BUCKET, own), None), "without a policy nobody may");
    let of_bucket = json!({"SourceArn": BUCKET, "SourceAccount": own});
    add(&server, "", "bucket", of_bucket).await;
    assert!(may(&server, s3(BUCKET, own), None));
    assert!(may(&server, s3(BUCKET, own), Some("$LATEST")));
    assert!(!may(&server, s3(BUCKET, other), None), "a bucket of that name of another account");
    assert!(!may(&server, s3("arn:aws:s3:::other", own), None), "another bucket");
    let sns = Source::Service { principal: "sns.amazonaws.com", arn: BUCKET, account: own };
    assert!(!may(&server, sns, None), "another service");
    assert!(!may(&server, s3(BUCKET, own), Some("1")), "a version has a policy of its own");
    add(&server, "?Qualifier=1", "any", json!({"SourceArn": "arn:aws:s3:::b*"})).await;
    assert!(may(&server, s3(BUCKET, other), Some("1")));
    add(&server, "", "everyone", json!({"Principal": "*"})).await;
    assert!(may(&server, sns, None), "everyone includes services");
    assert_eq!(
        sns.may_invoke(
            &server.endpoint.driver,
            Invoked {
                scope: &Scope { account: 1, region: "us-east-1".into() },
                name: "f",
                qualifier: None,
            },
        ),
        Err(NotPermitted::NoFunction)
    );
}

#[tokio::test]
async fn a_url_needs_leave_for_itself_and_for_the_function() {
    let server = Server::start();
    server.create_function(&function("f")).await;
    let url = json!({
        "Principal": "*", "Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE",
    });
    add(&server, "", "url", url).await;
    assert!(!may(&server, Source::Url, None));
    add(&server, "", "function", json!({"Principal": "*", "InvokedViaFunctionUrl": true})).await;
    assert!(may(&server, Source::Url, None));
    assert!(!may(&server, s3(BUCKET, "000000000001"), None), "others have not come by the URL");
}

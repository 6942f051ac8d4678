//! Policies of functions, for callers of their own account and of others.

use http::Request;
use serde_json::{Value, json};

use super::{Keys, document, refusal, root, run, user};
use crate::iam::Rules;
use crate::tests::harness::{Server, Setup, function};

const OTHER: &str = "arn:aws:iam::000000000008:root";
const USER: &str = "arn:aws:iam::000000000007:user/p/u";
const ARN: &str = "arn:aws:lambda:us-east-1:000000000007:function:f";

fn other() -> Keys {
    Keys { key: "000000000008".into(), secret: "secret".into(), token: None }
}

fn server(enforces: bool) -> Server {
    let rules = Rules { enforces, ..Rules::default() };
    Server::start_with(Setup { rules, ..Setup::default() })
}

/// Asks Lambda; the status, and the code and message of an error.
async fn ask(keys: &Keys, server: &Server, what: &str, body: &Value) -> (u16, String, String) {
    let (method, path) = what.split_once(' ').expect("a method and a path");
    let request = Request::builder().method(method).uri(format!("/2015-03-31/{path}"));
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let request = request.body(text).expect("a request");
    refusal(&server.ask(keys.sign("lambda", request, crate::logs::now())).await)
}

/// A function `f` of account 7, with a role that Lambda may assume.
async fn make(server: &Server) {
    let trust = r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},
        "Action":"sts:AssumeRole"}}"#;
    let trust = percent_encoding::utf8_percent_encode(trust, percent_encoding::NON_ALPHANUMERIC);
    let role = format!("Action=CreateRole&RoleName=r&AssumeRolePolicyDocument={trust}");
    root().granted(server, "iam", &role).await;
    let mut body = function("f");
    body["Role"] = json!("arn:aws:iam::000000000007:role/r");
    assert_eq!(ask(&root(), server, "POST functions", &body).await.0, 201);
}

async fn allow(server: &Server, sid: &str, principal: &str, action: &str) {
    let body = json!({"StatementId": sid, "Principal": principal, "Action": action});
    assert_eq!(ask(&root(), server, "POST functions/f/policy", &body).await.0, 201);
}

fn unmentioned(who: &str, action: &str, on: &str) -> (u16, String, String) {
    let message = format!(
        "User: {who} is not authorized to perform: lambda:{action} on resource: {on} because no \
         resource-based policy allows the lambda:{action} action"
    );
    (403, "AccessDeniedException".to_owned(), message)
}

#[test]
fn callers_of_other_accounts_need_the_functions_policy() {
    for enforces in [false, true] {
        run(async {
            let server = server(enforces);
            make(&server).await;
            let invoke = format!("POST functions/{ARN}/invocations");
            let get = format!("GET functions/{ARN}");
            let asked = async |what: &str| ask(&other(), &server, what, &Value::Null).await;
            assert_eq!(asked(&invoke).await, unmentioned(OTHER, "InvokeFunction", ARN));
            assert_eq!(asked(&get).await, unmentioned(OTHER, "GetFunction", ARN));
            allow(&server, "invoke", "000000000008", "lambda:InvokeFunction").await;
            assert_eq!(asked(&invoke).await.0, 200);
            assert_eq!(asked(&get).await, unmentioned(OTHER, "GetFunction", ARN));
            allow(&server, "get", "000000000008", "lambda:GetFunction").await;
            assert_eq!(asked(&get).await.0, 200);
            let qualified = format!("{ARN}:1");
            let version = format!("POST functions/{qualified}/invocations");
            assert_eq!(asked(&version).await, unmentioned(OTHER, "InvokeFunction", &qualified));
            // What is not served between accounts is refused, whoever allows it.
            allow(&server, "delete", "000000000008", "lambda:DeleteFunction").await;
            assert_eq!(asked(&format!("DELETE functions/{ARN}")).await.0, 403);
        });
    }
}

#[test]
fn a_user_of_another_account_needs_its_own_policy_too() {
    run(async {
        let server = server(true);
        make(&server).await;
        let keys = user(&other(), &server, "v").await;
        allow(&server, "invoke", "000000000008", "lambda:InvokeFunction").await;
        let invoke = format!("POST functions/{ARN}/invocations");
        let (status, _, message) = ask(&keys, &server, &invoke, &Value::Null).await;
        assert_eq!(status, 403);
        assert!(message.contains("because no identity-based policy allows"), "{message}");
        let statement = r#"{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"*"}"#;
        let text = document(statement);
        let query = format!("Action=PutUserPolicy&UserName=v&PolicyName=p&PolicyDocument={text}");
        other().granted(&server, "iam", &query).await;
        assert_eq!(ask(&keys, &server, &invoke, &Value::Null).await.0, 200);
    });
}

#[test]
fn within_an_account_either_policy_is_enough() {
    run(async {
        let server = server(true);
        make(&server).await;
        let keys = user(&root(), &server, "u").await;
        let invoke = "POST functions/f/invocations";
        let (status, _, message) = ask(&keys, &server, invoke, &Value::Null).await;
        assert_eq!(status, 403);
        assert!(message.contains("because no identity-based policy allows"), "{message}");
        // What is given to the account is its policies' to give on.
        allow(&server, "account", "000000000007", "lambda:InvokeFunction").await;
        assert_eq!(ask(&keys, &server, invoke, &Value::Null).await.0, 403);
        allow(&server, "user", USER, "lambda:InvokeFunction").await;
        assert_eq!(ask(&keys, &server, invoke, &Value::Null).await.0, 200);
        let statement = r#"{"Effect":"Deny","Action":"lambda:*","Resource":"*"}"#;
        let text = document(statement);
        let query = format!("Action=PutUserPolicy&UserName=u&PolicyName=p&PolicyDocument={text}");
        root().granted(&server, "iam", &query).await;
        let (status, _, message) = ask(&keys, &server, invoke, &Value::Null).await;
        assert_eq!(status, 403);
        assert!(
            message.ends_with("with an explicit deny in an identity-based policy"),
            "{message}"
        );
    });
}

#[test]
fn conditions_of_a_functions_policy_hold() {
    run(async {
        let server = server(true);
        make(&server).await;
        let keys = user(&root(), &server, "u").await;
        let body = json!({
            "StatementId": "org", "Principal": USER, "Action": "lambda:InvokeFunction",
            "PrincipalOrgID": "o-1234567890",
        });
        assert_eq!(ask(&root(), &server, "POST functions/f/policy", &body).await.0, 201);
        assert_eq!(ask(&keys, &server, "POST functions/f/invocations", &Value::Null).await.0, 403);
    });
}

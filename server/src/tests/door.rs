//! Who is let in, and who is not.

use http::Request;
use serde_json::{Value, json};

use super::harness::{Server, signed_for};
use crate::gate::Gate;

/// What a gate for `served.example` answers to a request with these headers.
fn refused(gate: &Gate, method: &str, path: &str, headers: &[(&str, &str)]) -> Option<u16> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (parts, ()) = request.body(()).expect("a request").into_parts();
    gate.check(&parts, gate.place(&parts.headers).as_ref(), false)
        .err()
        .map(|refusal| refusal.render().status().as_u16())
}

#[test]
fn a_host_that_is_not_served_is_refused() {
    let gate = Gate::for_hosts(["Served.example".to_owned(), "[fd00::7]".to_owned()]);
    for host in [
        "localhost",
        "localhost:4566",
        "LOCALHOST:1",
        "s3.localhost:4566",
        "localhost.:80",
        "127.0.0.1",
        "127.0.0.1:4566",
        "127.1.2.3:4566",
        "[::1]",
        "[::1]:4566",
        "[::ffff:127.0.0.1]:80",
        "served.example",
        "SERVED.example:4566",
        "a.served.example",
        "[fd00::7]:4566",
    ] {
        assert_eq!(refused(&gate, "GET", "/", &[("host", host)]), None, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:21405",
        "localhost.evil.example",
        "notlocalhost",
        "xserved.example",
        "10.0.0.1:4566",
        "0.0.0.0:4566",
        "[::]:4566",
        "127.0.0.1.evil.example",
        "2130706433",
        "127.1",
        "lambda.us-east-1.amazonaws.com",
        "a.lambda-url.us-east-1.evil.example",
        "a.lambda-url.us-east-1.evil.on.aws",
        "on.aws",
        "[fd00::8]",
        "a.127.0.0.1",
    ] {
        assert_eq!(refused(&gate, "GET", "/", &[("host", host)]), Some(403), "{host}");
    }
    for host in [
        "",
        "localhost:",
        "localhost:65536",
        "127.0.0.1:x",
        "a@localhost",
        "localhost/",
        "local host",
    ] {
        assert_eq!(refused(&gate, "GET", "/", &[("host", host)]), Some(400), "{host:?}");
    }
    assert_eq!(refused(&gate, "GET", "/", &[]), Some(400), "no host");
    let two = [("host", "localhost"), ("host", "localhost")];
    assert_eq!(refused(&gate, "GET", "/", &two), Some(400), "two hosts");
    let here = [("host", "localhost")];
    assert_eq!(refused(&gate, "GET", "http://localhost/", &here), None);
    assert_eq!(refused(&gate, "GET", "http://evil.example/", &here), Some(403), "another target");
    let gate = gate.with_any_address();
    assert_eq!(refused(&gate, "GET", "/", &[("host", "10.0.0.1:4566")]), None);
    assert_eq!(refused(&gate, "GET", "/", &[("host", "evil.example")]), Some(403));
}

#[test]
fn pages_of_other_sites_are_refused() {
    let gate = Gate::default();
    let ask = |name, value| {
        let headers = [("host", "localhost:4566"), (name, value)];
        refused(&gate, "POST", "/2015-03-31/functions", &headers)
    };
    assert_eq!(ask("origin", "http://localhost:4566"), None);
    for origin in [
        "http://evil.example",
        "null",
        "",
        "http://localhost",
        "http://localhost:3000",
        "localhost:4566",
    ] {
        assert_eq!(ask("origin", origin), Some(403), "{origin:?}");
    }
    for site in ["same-origin", "none"] {
        assert_eq!(ask("sec-fetch-site", site), None);
    }
    for site in ["cross-site", "same-site", "", "anything"] {
        assert_eq!(ask("sec-fetch-site", site), Some(403), "{site:?}");
    }
    let two =
        [("host", "localhost"), ("origin", "http://localhost"), ("origin", "http://evil.example")];
    assert_eq!(refused(&gate, "GET", "/", &two), Some(403));
}

#[test]
fn changes_of_warrens_own_are_meant() {
    let gate = Gate::default();
    let ask = |method, headers: &[(&str, &str)]| {
        let host = [("host", "localhost")];
        refused(&gate, method, "/_warren/resources", &[&host, headers].concat())
    };
    let json = ("content-type", "application/json");
    let (meant, body) = (("x-warren", "1"), ("content-length", "2"));
    assert_eq!(ask("GET", &[]), None);
    assert_eq!(ask("POST", &[meant, json, body]), None);
    assert_eq!(
        ask("POST", &[meant, ("content-type", "Application/JSON; charset=utf-8"), body]),
        None
    );
    assert_eq!(ask("DELETE", &[meant]), None);
    assert_eq!(ask("DELETE", &[meant, ("content-length", "0")]), None);
    for method in ["POST", "DELETE", "PUT", "OPTIONS"] {
        assert_eq!(ask(method, &[json]), Some(403), "{method}");
    }
    assert_eq!(ask("POST", &[meant, body]), Some(415));
    assert_eq!(ask("POST", &[meant, ("transfer-encoding", "chunked")]), Some(415));
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
        assert_eq!(ask("POST", &[meant, body, ("content-type", kind)]), Some(415), "{kind}");
    }
}

#[tokio::test]
async fn who_says_nothing_of_itself_is_refused_as_its_service_does() {
    let server = Server::start();
    let form = |body: &str| Request::post("/").body(body.to_owned()).expect("a request");
    let missing = "<Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message>";
    for body in [
        "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16",
        "Action=GetCallerIdentity&Version=2011-06-15",
        "Action=ListRoles&Version=2010-05-08",
        "Action=Nonsense&Version=2016-11-15",
    ] {
        let answered = server.ask(form(body)).await;
        assert_eq!(answered.status, 403, "{body}");
        assert!(answered.text.contains(missing), "{}", answered.text);
    }
    let lambda = json!({"message": "Missing Authentication Token"}).to_string();
    for path in ["/2015-03-31/functions", "/2015-03-31/functions/f/invocations"] {
        let answered =
            server.ask(Request::post(path).body("{}".to_owned()).expect("a request")).await;
        let code = answered.code.as_deref();
        assert_eq!(
            (answered.status, code),
            (403, Some("MissingAuthenticationTokenException")),
            "{path}"
        );
        assert_eq!(answered.text, lambda, "{path}");
    }
    for (method, path) in [("GET", "/bucket/key"), ("PUT", "/bucket/key"), ("DELETE", "/bucket")] {
        let request = Request::builder().method(method).uri(path);
        let answered = server.ask(request.body(String::new()).expect("a request")).await;
        let denied = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message>";
        assert_eq!(answered.status, 403, "{path}");
        assert!(answered.text.contains(denied), "{}", answered.text);
    }
    let logs = Request::post("/").header("x-amz-target", "Logs_20140328.DescribeLogGroups");
    let answered = server.ask(logs.body("{}".to_owned()).expect("a request")).await;
    assert_eq!(answered.status, 400);
    assert!(answered.text.contains("MissingAuthenticationTokenException"), "{}", answered.text);
    // Signed in its query, or by anybody in its head.
    let presigned = "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256\
        &X-Amz-Credential=a%2F20260101%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Signature=0";
    let answered =
        server.ask(Request::get(presigned).body(String::new()).expect("a request")).await;
    assert_eq!(answered.status, 200, "{}", answered.text);
    let signed = Request::post("/").header("authorization", signed_for("sts"));
    let signed = signed.body("Action=GetCallerIdentity&Version=2011-06-15".to_owned());
    assert_eq!(server.ask(signed.expect("a request")).await.status, 200);
    // Nothing was made.
    let vpcs = server.ec2("Action=DescribeVpcs").await;
    assert_eq!(vpcs.text.matches("<vpcId>").count(), 1, "{}", vpcs.text);
}

#[tokio::test]
async fn what_was_not_let_in_changes_nothing() {
    let server = Server::start();
    let evil = Request::post("/2015-03-31/functions")
        .header("host", "evil.example:21405")
        .header("origin", "http://evil.example")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "text/plain")
        .header("authorization", signed_for("lambda"))
        .body(super::harness::function("f").to_string());
    let answered = server.ask(evil.expect("a request")).await;
    assert_eq!(answered.status, 403);
    assert_eq!(server.lambda("GET functions/f", &Value::Null).await.status, 404);
}

#[test]
fn urls_of_functions_are_for_pages_of_other_sites_too() {
    let gate = Gate::for_hosts(["served.example".to_owned()]);
    let foreign = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    for host in [
        "a.lambda-url.us-east-1.localhost:4566",
        "a.lambda-url.us-east-1.on.aws",
        "a.lambda-url.us-east-1.served.example",
        "a.execute-api.us-east-1.amazonaws.com",
    ] {
        let headers = [&[("host", host)], &foreign[..]].concat();
        assert_eq!(refused(&gate, "POST", "/_warren/health", &headers), None, "{host}");
        let target = "http://localhost/_warren/health";
        assert_eq!(refused(&gate, "GET", target, &headers), Some(400), "another target");
    }
    let headers = [&[("host", "a.lambda.us-east-1.localhost")], &foreign[..]].concat();
    assert_eq!(refused(&gate, "POST", "/", &headers), Some(403));
}

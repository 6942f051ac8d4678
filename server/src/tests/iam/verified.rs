//! Signatures that are verified.

use http::Request;

use super::{Keys, element, refusal, run, user};
use crate::iam::{RootKey, Rules};
use crate::tests::harness::{Answered, Server, Setup};

const MINUTE: i64 = 60_000;

fn root() -> Keys {
    Keys { key: "AKIDROOT".into(), secret: "s3cret".into(), token: None }
}

fn server() -> Server {
    let Keys { key, secret, .. } = root();
    let roots = vec![RootKey { account: 7, key, secret }];
    let rules = Rules { verifies: true, roots, ..Rules::default() };
    Server::start_with(Setup { rules, ..Setup::default() })
}

/// A request of each protocol.
fn requests() -> [(&'static str, Request<String>); 4] {
    let form = |body: &str| {
        Request::post("/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.to_owned())
    };
    let of_logs = Request::post("/")
        .header("x-amz-target", "Logs_20140328.DescribeLogGroups")
        .body("{}".to_owned());
    let of_lambda = Request::get("/2015-03-31/functions/").body(String::new());
    [
        ("ec2", form("Action=DescribeVpcs&Version=2016-11-15").expect("a request")),
        ("sts", form("Action=GetCallerIdentity&Version=2011-06-15").expect("a request")),
        ("logs", of_logs.expect("a request")),
        ("lambda", of_lambda.expect("a request")),
    ]
}

fn same(request: &Request<String>) -> Request<String> {
    let mut copy = Request::new(request.body().clone());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    copy
}

#[test]
fn each_protocol_refuses_a_signature_in_its_own_words() {
    run(async {
        let server = server();
        let now = crate::logs::now();
        let unknown = Keys { key: "AKIAIOSFODNN7EXAMPLE".into(), ..root() };
        let wrong = Keys { secret: "other".into(), ..root() };
        let account = Keys { key: "000000000007".into(), ..root() };
        let mismatch = "The request signature we calculated does not match";
        let invalid = "The security token included in the request is invalid.";
        let ec2 = "AWS was not able to validate the provided access credentials";
        let (early, late) = ("Signature not yet current: ", "Signature expired: ");
        for (service, request) in requests() {
            let ask = async |keys: &Keys, at: i64| {
                server.ask(keys.sign(service, same(&request), at)).await
            };
            assert_eq!(ask(&root(), now).await.status, 200, "{service}");
            assert_eq!(ask(&root(), now - 14 * MINUTE).await.status, 200, "{service}");
            let expected = |answered: &Answered,
                            codes: [(u16, &str); 4],
                            text: &str,
                            of_ec2: &str| {
                let (status, code, message) = refusal(answered);
                let at = ["ec2", "sts", "logs", "lambda"].iter().position(|it| *it == service);
                let (wanted, text) =
                    (codes[at.expect("one of them")], if service == "ec2" { of_ec2 } else { text });
                assert_eq!((status, code.as_str()), wanted, "{service} {}", answered.text);
                assert!(message.starts_with(text), "{service}: {message}");
            };
            let no_match = [
                (401, "AuthFailure"),
                (403, "SignatureDoesNotMatch"),
                (400, "InvalidSignatureException"),
                (403, "InvalidSignatureException"),
            ];
            let no_key = [
                (401, "AuthFailure"),
                (403, "InvalidClientTokenId"),
                (400, "UnrecognizedClientException"),
                (403, "UnrecognizedClientException"),
            ];
            let out_of_time = [
                (400, "RequestExpired"),
                (403, "SignatureDoesNotMatch"),
                (400, "InvalidSignatureException"),
                (403, "InvalidSignatureException"),
            ];
            expected(&ask(&wrong, now).await, no_match, mismatch, ec2);
            expected(&ask(&unknown, now).await, no_key, invalid, ec2);
            // An account's number is no key here.
            expected(&ask(&account, now).await, no_key, invalid, ec2);
            expected(
                &ask(&root(), now - 16 * MINUTE).await,
                out_of_time,
                late,
                "Request has expired.",
            );
            expected(
                &ask(&root(), now + 16 * MINUTE).await,
                out_of_time,
                early,
                "Request has expired.",
            );
            // What was signed for another service, or changed on the way.
            let other = root().sign("iam", same(&request), now);
            assert_ne!(server.ask(other).await.status, 200, "{service}");
            let mut changed = root().sign(service, same(&request), now);
            changed.body_mut().push(' ');
            expected(&server.ask(changed).await, no_match, mismatch, ec2);
        }
    });
}

/// It is told by its path alone, so that no service's operations are looked through for it.
#[test]
fn an_invocation_that_was_signed_for_another_service_is_refused() {
    run(async {
        let server = server();
        let now = crate::logs::now();
        for service in ["iam", "ec2", "logs", "s3", "sts"] {
            let invoke = Request::post("/2015-03-31/functions/orders/invocations");
            let signed = root().sign(service, invoke.body("{}".to_owned()).expect("it"), now);
            let answer = server.ask(signed).await;
            let (status, code, _) = refusal(&answer);
            assert_eq!((status, code.as_str()), (403, "InvalidSignatureException"), "{service}");
        }
        let invoke = Request::post("/2015-03-31/functions/orders/invocations");
        let signed = root().sign("lambda", invoke.body("{}".to_owned()).expect("it"), now);
        assert_eq!(refusal(&server.ask(signed).await).1, "ResourceNotFoundException");
    });
}

#[test]
fn a_presigned_request_is_good_for_as_long_as_it_says() {
    run(async {
        let server = server();
        let ask = async |signed_ago: i64, spoil: bool| {
            let host = http::HeaderMap::from_iter([(
                http::header::HOST,
                http::HeaderValue::from_static("localhost"),
            )]);
            let request = wire::Request {
                method: "GET",
                path: "/",
                query: "Action=GetCallerIdentity&Version=2011-06-15",
                headers: &host,
                body: b"",
            };
            let Keys { key, secret, .. } = root();
            let signer = wire::sigv4::Signer {
                access_key: &key,
                secret: &secret,
                token: None,
                region: "us-east-1",
                service: "sts",
                paths: wire::sigv4::Paths::Normalized,
                omit_token: false,
                sign_body: false,
            };
            let mut query = signer.presign(&request, crate::logs::now() - signed_ago, 60);
            if spoil {
                query = query.replace("X-Amz-Expires=60", "X-Amz-Expires=3600");
            }
            let request = Request::get(format!("/?{query}")).body(String::new());
            server.ask(request.expect("a request")).await
        };
        let good = ask(0, false).await;
        assert_eq!(element(&good.text, "Arn"), Some("arn:aws:iam::000000000007:root"), "{good:?}");
        assert_eq!(refusal(&ask(2 * MINUTE, false).await).1, "SignatureDoesNotMatch");
        assert_eq!(refusal(&ask(0, true).await).1, "SignatureDoesNotMatch");
    });
}

#[test]
fn keys_of_users_and_sessions_are_verified_until_they_are_taken_back() {
    run(async {
        let server = server();
        let keys = user(&root(), &server, "u").await;
        let arn = "arn:aws:iam::000000000007:user/p/u";
        assert_eq!(keys.arn(&server).await, arn);
        let session = Keys::of(&keys.granted(&server, "sts", "Action=GetSessionToken").await);
        assert_eq!(session.arn(&server).await, arn);
        let who = "Action=GetCallerIdentity";
        for (spoilt, code) in [
            (Keys { secret: keys.secret.clone(), ..session.clone() }, "SignatureDoesNotMatch"),
            (Keys { token: None, ..session.clone() }, "InvalidClientTokenId"),
            (Keys { token: Some("AAAA".into()), ..session.clone() }, "InvalidClientTokenId"),
        ] {
            assert_eq!(spoilt.refused(&server, "sts", who).await.1, code, "{spoilt:?}");
        }
        let key = &keys.key;
        for status in ["Inactive", "Active"] {
            let query =
                format!("Action=UpdateAccessKey&UserName=u&AccessKeyId={key}&Status={status}");
            root().granted(&server, "iam", &query).await;
            let answered = keys.form(&server, "sts", who).await;
            assert_eq!(answered.status, if status == "Active" { 200 } else { 403 });
        }
        let query = format!("Action=DeleteAccessKey&UserName=u&AccessKeyId={key}");
        root().granted(&server, "iam", &query).await;
        assert_eq!(keys.refused(&server, "sts", who).await.1, "InvalidClientTokenId");
    });
}

#[test]
fn a_body_may_come_unsigned_or_in_chunks() {
    run(async {
        let server = server();
        let ask = async |digest: &str, body: &str, length: Option<usize>| {
            let mut request = Request::post("/2015-03-31/functions/none/invocations")
                .header("x-amz-content-sha256", digest);
            if let Some(length) = length {
                request = request.header("x-amz-decoded-content-length", length);
            }
            let signed = root().sign(
                "lambda",
                request.body(String::new()).expect("a request"),
                crate::logs::now(),
            );
            let (parts, _) = signed.into_parts();
            server.ask(Request::from_parts(parts, body.to_owned())).await
        };
        // It gets as far as the function, which is not there.
        let missing = (404, "ResourceNotFoundException".to_owned());
        let told = |answered: Answered| {
            let (status, code, _) = refusal(&answered);
            (status, code)
        };
        assert_eq!(told(ask("UNSIGNED-PAYLOAD", "{}", None).await), missing);
        let form = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
        let good = "2\r\n{}\r\n0\r\nx-amz-checksum-crc32:o6a/Qw==\r\n\r\n";
        let spoilt = good.replace("o6a/Qw==", "AAAAAA==");
        let refused = (403, "InvalidSignatureException".to_owned());
        assert_eq!(told(ask(form, &spoilt, Some(2)).await), refused);
        assert_eq!(told(ask(form, good, Some(3)).await), refused);
        assert_eq!(told(ask(form, good, Some(2)).await), missing);
        // Chunks that are to be signed, and are not.
        let form = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
        assert_eq!(told(ask(form, good, Some(2)).await), refused);
    });
}

#[test]
fn what_is_not_signed_is_taken_from_this_machine_alone() {
    run(async {
        let server = server();
        let ask = async |path: &str, peer: [u8; 4]| {
            let request =
                Request::get(path).header("host", "localhost").body(()).expect("a request");
            server.ask_from(peer.into(), request.into_parts().0).await
        };
        assert_eq!(ask("/_warren/ps", [127, 0, 0, 1]).await, 200);
        assert_eq!(ask("/_warren/ps", [192, 0, 2, 1]).await, 403);
        assert_eq!(ask("/_warren/code/00.zip", [192, 0, 2, 1]).await, 404);
    });
}

//! Who calls, and what they may: requests that are really signed.

mod allowed;
mod listing;
mod policy;
mod resource;
mod session;
mod verified;

use std::future::Future;

use http::{HeaderValue, Request};
use serde_json::Value;
use wire::sigv4::{Paths, Signer};

use super::harness::{Answered, Server};

/// What requests are signed with.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    pub(super) key: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

/// The root of account 000000000007, where any credentials are taken.
pub(super) fn root() -> Keys {
    Keys { key: "000000000007".into(), secret: "secret".into(), token: None }
}

/// Runs a test that asks a server.
pub(super) fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(test)
}

/// The text of the first element of a name.
pub(super) fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(inside, _)| inside)
}

/// An error's status, code and message.
pub(super) fn refusal(answered: &Answered) -> (u16, String, String) {
    let json: Option<Value> = serde_json::from_str(&answered.text).ok();
    let of_json = |names: [&str; 2]| {
        let json = json.as_ref()?;
        names.iter().find_map(|name| json[*name].as_str()).map(str::to_owned)
    };
    let of_xml = |name| element(&answered.text, name).map(str::to_owned);
    let code = answered.code.clone().or_else(|| of_xml("Code"));
    let message = of_json(["message", "Message"]).or_else(|| of_xml("Message"));
    (answered.status, code.unwrap_or_default(), message.unwrap_or_default())
}

impl Keys {
    /// Signs a request, as clients do.
    pub(super) fn sign(
        &self,
        service: &str,
        request: Request<String>,
        now: i64,
    ) -> Request<String> {
        let (mut parts, body) = request.into_parts();
        parts.headers.insert("host", HeaderValue::from_static("localhost"));
        let signer = Signer {
            access_key: &self.key,
            secret: &self.secret,
            token: self.token.as_deref(),
            region: "us-east-1",
            service,
            paths: Paths::Normalized,
            omit_token: false,
            sign_body: false,
        };
        let signed = wire::Request {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &parts.headers,
            body: body.as_bytes(),
        };
        for (name, value) in signer.sign(&signed, now) {
            parts.headers.insert(name, value.parse().expect("a header's value"));
        }
        Request::from_parts(parts, body)
    }

    /// Asks a service of forms; `query` is `Action=…` and what follows.
    pub(super) async fn form(&self, server: &Server, service: &str, query: &str) -> Answered {
        let version = match service {
            "ec2" => "2016-11-15",
            "iam" => "2010-05-08",
            _ => "2011-06-15",
        };
        let request = Request::post("/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("Version={version}&{query}"));
        let request = self.sign(service, request.expect("a request"), crate::logs::now());
        server.ask(request).await
    }

    /// Asks for what is granted.
    pub(super) async fn granted(&self, server: &Server, service: &str, query: &str) -> String {
        let answered = self.form(server, service, query).await;
        assert_eq!(answered.status, 200, "{query}: {}", answered.text);
        answered.text
    }

    /// Asks for what is refused: status, code and message.
    pub(super) async fn refused(
        &self,
        server: &Server,
        service: &str,
        query: &str,
    ) -> (u16, String, String) {
        let answered = self.form(server, service, query).await;
        assert_ne!(answered.status, 200, "{query}: {}", answered.text);
        refusal(&answered)
    }

    /// The ARN by which STS knows the caller.
    pub(super) async fn arn(&self, server: &Server) -> String {
        let text = self.granted(server, "sts", "Action=GetCallerIdentity").await;
        element(&text, "Arn").expect("an ARN").to_owned()
    }

    /// The keys that an answer of IAM's or STS's has.
    pub(super) fn of(text: &str) -> Keys {
        let told = |name| element(text, name).map(str::to_owned);
        Keys {
            key: told("AccessKeyId").expect("a key"),
            secret: told("SecretAccessKey").expect("a secret"),
            token: told("SessionToken"),
        }
    }
}

/// A user with a key, made by somebody.
pub(super) async fn user(by: &Keys, server: &Server, name: &str) -> Keys {
    by.granted(server, "iam", &format!("Action=CreateUser&UserName={name}&Path=/p/")).await;
    let query = format!("Action=CreateAccessKey&UserName={name}");
    Keys::of(&by.granted(server, "iam", &query).await)
}

/// A policy document, percent-encoded.
pub(super) fn document(statement: &str) -> String {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
    percent_encoding::utf8_percent_encode(&text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

//! Signature Version 4 against the published test cases, and against mutations of signed requests.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::Random;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use wire::Request;
use wire::sigv4::{Paths, Presented, SignatureError, Signer};

/// A request that owns its parts.
#[derive(Clone, Debug, PartialEq)]
struct Owned {
    method: String,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Owned {
    /// Parses a request of the suite; folded header lines are unfolded, as HTTP prescribes.
    fn parse(text: &str) -> Owned {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let (method, rest) =
            lines.next().expect("a request line").split_once(' ').expect("a method");
        let target = rest.strip_suffix(" HTTP/1.1").expect("a version");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            if line.starts_with(' ') {
                let last = fields.last_mut().expect("a line to continue");
                last.1.push_str(line);
            } else {
                let (name, value) = line.split_once(':').expect("a header");
                fields.push((name.to_owned(), value.to_owned()));
            }
        }
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(
                HeaderName::from_bytes(name.as_bytes()).expect("a header's name"),
                HeaderValue::from_bytes(value.as_bytes()).expect("a header's value"),
            );
        }
        Owned {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body.as_bytes().to_vec(),
        }
    }

    fn request(&self) -> Request<'_> {
        Request {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            body: &self.body,
        }
    }
}

struct Case {
    dir: PathBuf,
    context: Value,
}

impl Case {
    fn all() -> Vec<Case> {
        let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sigv4/v4");
        let mut cases: Vec<Case> = fs::read_dir(suite)
            .expect("the suite")
            .map(|entry| {
                let dir = entry.expect("a case").path();
                let context = fs::read_to_string(dir.join("context.json")).expect("a context");
                Case { dir, context: serde_json::from_str(&context).expect("JSON") }
            })
            .collect();
        cases.sort_by(|a, b| a.dir.cmp(&b.dir));
        assert_eq!(cases.len(), 38);
        cases
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.dir.join(file)).expect("a file of the case")
    }

    fn now(&self) -> i64 {
        wire::time::parse_iso8601(self.context["timestamp"].as_str().expect("a time"))
            .expect("a time")
    }

    fn expires(&self) -> u32 {
        self.context["expiration_in_seconds"].as_u64().expect("seconds") as u32
    }

    fn secret(&self) -> &str {
        self.context["credentials"]["secret_access_key"].as_str().expect("a secret")
    }

    fn paths(&self) -> Paths {
        if self.context["normalize"] == true { Paths::Normalized } else { Paths::AsSent }
    }

    fn signer(&self) -> Signer<'_> {
        Signer {
            access_key: self.context["credentials"]["access_key_id"].as_str().expect("a key"),
            secret: self.secret(),
            token: self.context["credentials"]["token"].as_str(),
            region: self.context["region"].as_str().expect("a region"),
            service: self.context["service"].as_str().expect("a service"),
            paths: self.paths(),
            omit_token: self.context["omit_session_token"] == true,
            sign_body: self.context["sign_body"] == true,
        }
    }

    fn verify(&self, owned: &Owned) -> Result<(), SignatureError> {
        let request = owned.request();
        Presented::read(&request)?.verify(&request, self.secret(), self.paths(), self.now())
    }
}

#[test]
fn signs_as_the_suite_does() {
    for case in Case::all() {
        let name = case.dir.display();
        let owned = Owned::parse(&case.text("request.txt"));
        let added = case.signer().sign(&owned.request(), case.now());
        let (_, authorization) = added.last().expect("an authorization");
        let signature = case.text("header-signature.txt");
        assert!(authorization.ends_with(&format!("Signature={}", signature.trim())), "{name}");
        let query = case.signer().presign(&owned.request(), case.now(), case.expires());
        let signature = case.text("query-signature.txt");
        assert!(query.ends_with(&format!("X-Amz-Signature={}", signature.trim())), "{name}");
    }
}

#[test]
fn verifies_the_suites_signed_requests() {
    for case in Case::all() {
        for file in ["header-signed-request.txt", "query-signed-request.txt"] {
            let owned = Owned::parse(&case.text(file));
            assert_eq!(case.verify(&owned), Ok(()), "{} {file}", case.dir.display());
            let request = owned.request();
            let presented = Presented::read(&request).expect("a signature");
            let wrong = presented.verify(&request, "another secret", case.paths(), case.now());
            assert_eq!(wrong, Err(SignatureError::Mismatch));
        }
    }
}

/// The first of AWS's earlier test cases, which are signed with the header that HTTP has for dates.
#[test]
fn verifies_what_is_dated_as_http_does() {
    let text = "GET / HTTP/1.1\nHost:host.foo.com\nDate:Mon, 09 Sep 2011 23:36:00 GMT\n\
                Authorization:AWS4-HMAC-SHA256 \
                Credential=AKIDEXAMPLE/20110909/us-east-1/host/aws4_request, \
                SignedHeaders=date;host, \
                Signature=b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470\n\n";
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    let verify = |text: &str, late: i64| {
        let owned = Owned::parse(text);
        let now = wire::time::parse_basic("20110909T233600Z").expect("a time") + late;
        let request = owned.request();
        Presented::read(&request)?.verify(&request, secret, Paths::Normalized, now)
    };
    assert_eq!(verify(text, 0), Ok(()));
    assert!(matches!(verify(text, 901_000), Err(SignatureError::Expired(_))));
    assert_eq!(verify(&text.replace("23:36:00", "23:36:01"), 0), Err(SignatureError::Mismatch));
    let nonsense = text.replace("09 Sep", "9 Sep");
    assert!(matches!(verify(&nonsense, 0), Err(SignatureError::Incomplete(_))));
    let undated = text.replace("Date:", "Dated:");
    assert!(matches!(verify(&undated, 0), Err(SignatureError::Incomplete(_))));
    // The other header is what counts where there are both.
    let both = text.replace("Date:", "X-Amz-Date:20110909T233601Z\nDate:");
    assert_eq!(verify(&both, 0), Err(SignatureError::Mismatch));
}

#[test]
fn refuses_what_is_out_of_date() {
    let case = &Case::all()[0];
    let expired = |file: &str, at: i64| {
        let owned = Owned::parse(&case.text(file));
        let request = owned.request();
        let presented = Presented::read(&request).expect("a signature");
        matches!(
            presented.verify(&request, case.secret(), case.paths(), case.now() + at),
            Err(SignatureError::Expired(_) | SignatureError::PresignedExpired(_))
        )
    };
    let (header, query) = ("header-signed-request.txt", "query-signed-request.txt");
    assert!(!expired(header, 900_000) && expired(header, 900_001));
    assert!(!expired(header, -900_000) && expired(header, -900_001));
    let good_for = i64::from(case.expires()) * 1_000;
    assert!(!expired(query, good_for) && expired(query, good_for + 1));
    assert!(expired(query, -900_001));
}

/// Every request signed here is refused after any change of what it asks for.
#[test]
fn refuses_every_mutation() {
    for seed in 0..3_000 {
        let mut random = Random::new(seed);
        let signer = Signer {
            access_key: "AKIDEXAMPLE",
            secret: "secret",
            token: random.chance(3).then_some("token"),
            region: "us-east-1",
            service: "lambda",
            paths: Paths::Normalized,
            omit_token: false,
            sign_body: random.chance(2),
        };
        let now = 1_764_037_614_000;
        let original = random_request(&mut random);
        let mut signed = original.clone();
        if random.chance(2) {
            for (name, value) in signer.sign(&original.request(), now) {
                signed.headers.insert(name, value.parse().expect("a header's value"));
            }
        } else {
            signed.query = signer.presign(&original.request(), now, 60);
        }
        let verdict = |owned: &Owned| {
            let request = owned.request();
            let presented = Presented::read(&request)?;
            // The signature does not cover whose key it is: another key has another secret.
            if presented.credential.access_key != signer.access_key {
                return Err(SignatureError::UnknownKey);
            }
            presented.verify(&request, signer.secret, Paths::Normalized, now)
        };
        assert_eq!(verdict(&signed), Ok(()), "seed {seed}: {signed:?}");
        for _ in 0..20 {
            let mutant = mutate(&mut random, &signed);
            assert!(verdict(&mutant).is_err(), "seed {seed}: {mutant:?} passes for {signed:?}");
        }
    }
}

fn random_request(random: &mut Random) -> Owned {
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("lambda.us-east-1.amazonaws.com"));
    for name in ["content-type", "x-amz-invocation-type", "x-amz-target"] {
        if random.chance(2) {
            headers.insert(name, random.word().parse().expect("a header's value"));
        }
    }
    let path: String = (0..random.below(4)).map(|_| format!("/{}", random.word())).collect();
    let query: Vec<String> =
        (0..random.below(3)).map(|i| format!("k{i}={}", random.word())).collect();
    Owned {
        method: ["GET", "POST", "PUT"][random.below(3)].to_owned(),
        path: if path.is_empty() { "/".to_owned() } else { path },
        query: query.join("&"),
        headers,
        body: random.bytes(40),
    }
}

/// The signed request with one change that no canonical form hides.
fn mutate(random: &mut Random, signed: &Owned) -> Owned {
    let mut mutant = signed.clone();
    loop {
        match random.below(7) {
            0 => mutant.method = ["GET", "POST", "PUT", "DELETE"][random.below(4)].to_owned(),
            1 => mutant.path = format!("{}x", mutant.path),
            2 => mutant.query = format!("{}&extra={}", mutant.query, random.word()),
            3 => {
                let at = random.below(mutant.body.len() + 1);
                mutant.body.insert(at, random.next() as u8);
            }
            4 => {
                let extra = format!("x-amz-{}", random.word());
                let name: HeaderName = extra.parse().expect("a header's name");
                if !mutant.headers.contains_key(&name) {
                    mutant.headers.insert(name, HeaderValue::from_static("1"));
                }
            }
            5 => mutate_text(random, &mut mutant.query),
            _ => {
                let names: Vec<HeaderName> = mutant.headers.keys().cloned().collect();
                let name = names[random.below(names.len())].clone();
                let mut value = mutant.headers[&name].to_str().expect("ASCII").to_owned();
                mutate_text(random, &mut value);
                mutant.headers.insert(name, value.parse().expect("a header's value"));
            }
        }
        if mutant != *signed {
            return mutant;
        }
    }
}

/// Replaces one letter or digit, which no encoding or trimming hides; `%2f` is `%2F`, so escapes stay.
fn mutate_text(random: &mut Random, text: &mut String) {
    let bytes = text.as_bytes();
    let escaped = |i: usize| bytes[i.saturating_sub(2)..i].contains(&b'%');
    let places: Vec<usize> =
        (0..bytes.len()).filter(|i| bytes[*i].is_ascii_alphanumeric() && !escaped(*i)).collect();
    if let Some(at) = places.get(random.below(places.len().max(1))) {
        let replacement = char::from(b'a' + random.below(26) as u8).to_string();
        text.replace_range(*at..at + 1, &replacement);
    }
}

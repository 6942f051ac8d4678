//! What is told of requests to S3 that are passed on: whoever watches a bucket hears what was done in it.
//!
//! Who watches is kept here, and what was done is in S3's outbox before its caller is answered. Whoever
//! writes to a bucket past Warren is not heard of.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Response};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use neighbours::s3::{By, Change, Kind};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::time::timeout;
use wire::s3::error;
use wire::sigv4::chunked;
use wire::{ApiError, Op};

use crate::body::{Answer, Bodies};
use crate::dial;
use crate::endpoint::Endpoint;
use crate::signature::Sender;
use crate::sources::remote::Keys;
use crate::upstream::Elsewhere;
use crate::upstream::feed::{Given, Passed};
use crate::upstream::pass::{Failure, With, keys};
use crate::upstream::resign::{Passing, without_hops};

/// Bytes of an answer that is looked into: a thousand objects that are deleted have some.
const ANSWER: usize = 8 << 20;
/// Bytes of a list of objects that are to be deleted.
pub(super) const LIST: usize = 2 << 20;
/// How long it may take to learn more of what was done.
const LOOK: Duration = Duration::from_secs(10);
/// The entity tag of nothing, which markers have.
const NOTHING: &str = "d41d8cd98f00b204e9800998ecf8427e";

/// Who asks for something in S3, and where that is.
pub(super) struct At {
    pub(super) elsewhere: Arc<Elsewhere>,
    keys: Keys,
    region: String,
    /// As it came, but for a bucket that the host names.
    path: String,
}

impl At {
    pub(super) fn new(elsewhere: &Arc<Elsewhere>, sender: &Sender, path: &str) -> At {
        At {
            elsewhere: Arc::clone(elsewhere),
            keys: keys(elsewhere, sender),
            region: sender.region.clone(),
            path: path.to_owned(),
        }
    }

    fn bucket_path(&self) -> String {
        let bucket = self.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        format!("/{bucket}")
    }

    /// Asks for something that has a short answer.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        query: &str,
    ) -> Result<(http::response::Parts, Bytes), String> {
        let asked = timeout(LOOK, self.asked(method, path, query)).await;
        asked.map_err(|_| "it did not answer in time".to_owned())?
    }

    async fn asked(
        &self,
        method: Method,
        path: &str,
        query: &str,
    ) -> Result<(http::response::Parts, Bytes), String> {
        let request = http::Request::builder().method(method).uri(format!("{path}?{query}"));
        let (parts, ()) = request.body(()).map_err(|why| why.to_string())?.into_parts();
        let passing =
            Passing { parts: &parts, path, body: b"", service: "s3", region: &self.region };
        let head =
            passing.signed(&self.elsewhere.uri, &self.keys).map_err(|why| why.to_string())?;
        let made = dial::connect(&self.elsewhere.uri).await;
        let mut made: SendRequest<Passed> = made.map_err(|why| why.to_string())?;
        let response = made.send_request(head.map(|()| Passed::Whole(None))).await;
        let (head, body) = response.map_err(|why| why.to_string())?.into_parts();
        let body = Limited::new(body, 64 << 10).collect().await;
        Ok((head, body.map_err(|why| why.to_string())?.to_bytes()))
    }

    /// The region of a bucket that is there.
    ///
    /// # Errors
    /// As S3 says that there is none.
    pub(super) async fn region_of_bucket(&self) -> Result<String, ApiError> {
        let path = self.bucket_path();
        let name = &path[1..];
        let unreachable = |why: String| {
            let message = format!("The upstream {} does not answer: {why}", self.elsewhere.uri);
            let mut error = error("ServiceUnavailable", message);
            error.status = 503;
            error
        };
        let (head, _) = self.ask(Method::HEAD, &path, "").await.map_err(unreachable)?;
        let region = text(&head.headers, "x-amz-bucket-region");
        match head.status.as_u16() {
            200..=399 => Ok(region.unwrap_or_else(|| self.region.clone())),
            404 => {
                let message = "The specified bucket does not exist";
                Err(error("NoSuchBucket", message).with("BucketName", name))
            }
            401 | 403 => Err(error("AccessDenied", "Access Denied")),
            status => Err(unreachable(format!("it says {status}"))),
        }
    }

    /// The size and the entity tag of the object, or of a version of it.
    async fn object(&self, version: Option<&str>) -> Option<(u64, String)> {
        let query = version.map(|version| format!("versionId={version}")).unwrap_or_default();
        let (head, _) = self.ask(Method::HEAD, &self.path, &query).await.ok()?;
        let size = text(&head.headers, "content-length")?.parse().ok()?;
        head.status.is_success().then(|| (size, etag(&head.headers)))
    }

    /// Whether the bucket hides what is deleted behind markers.
    async fn makes_markers(&self) -> bool {
        let asked = self.ask(Method::GET, &self.bucket_path(), "versioning").await;
        let text = asked.ok().and_then(|(_, body)| String::from_utf8(body.to_vec()).ok());
        let tree = text.and_then(|text| wire::xml_tree(&text));
        tree.is_some_and(|(_, tree)| first(&tree, "Status").is_some())
    }
}

/// A request of which somebody is to be told once it is done.
pub(super) struct Watching {
    endpoint: Arc<Endpoint>,
    bodies: Arc<Bodies>,
    at: At,
    operation: wire::s3::Op,
    bucket: String,
    key: String,
    /// The version that it names.
    version: Option<String>,
    /// Bytes of what it puts, where its head tells them.
    size: Option<u64>,
    /// Whether its body is passed on in chunks.
    is_chunked: bool,
    by: By,
}

/// The answer once those are told who are to be.
pub(super) enum Told {
    /// All of it.
    Whole(Response<Answer>),
    /// Its body is still to come.
    ToCome(Response<Incoming>),
}

/// Whether a request is one of those that say who is told, which are answered here.
pub(crate) fn is_own(request: &wire::Request<'_>) -> bool {
    use wire::s3::Op::{GetBucketNotificationConfiguration, PutBucketNotificationConfiguration};
    let operation = wire::recognise(request).map(|operation| operation.op);
    matches!(
        operation,
        Ok(Op::S3(GetBucketNotificationConfiguration | PutBucketNotificationConfiguration))
    )
}

impl Watching {
    /// Whoever is told of a request, if anybody is.
    ///
    /// # Errors
    /// When it cannot be known: then nothing is done that somebody should have heard of.
    pub(super) async fn of(
        with: &With<'_>,
        request: &wire::Request<'_>,
        (at, sender, is_chunked): (At, &Sender, bool),
        (id, peer): (&str, IpAddr),
    ) -> Result<Option<Watching>, ApiError> {
        use wire::s3::Op;
        let Ok(wire::Op::S3(operation)) = wire::recognise(request).map(|it| it.op) else {
            return Ok(None);
        };
        let (bucket, key) = named(request.path);
        let is_told_of = matches!(
            operation,
            Op::PutObject
                | Op::CopyObject
                | Op::CompleteMultipartUpload
                | Op::DeleteObject
                | Op::DeleteObjects
                | Op::PutObjectTagging
                | Op::DeleteObjectTagging
                | Op::DeleteBucket
        );
        let s3 = with.endpoint.neighbours.s3();
        let looked = if is_told_of { s3.is_told_of_elsewhere(&bucket).await } else { Ok(false) };
        if !looked.map_err(|why| why.told_by(&wire::s3::SERVICE))? {
            return Ok(None);
        }
        let number = |name| request.header(name).and_then(|it| it.parse().ok());
        let length = number("content-length").filter(|_| !chunked::is_chunked(request));
        Ok(Some(Watching {
            endpoint: Arc::clone(with.endpoint),
            bodies: Arc::clone(with.bodies),
            at,
            operation,
            bucket,
            key,
            version: request.query_value("versionId").map(|it| it.into_owned()),
            size: number("x-amz-decoded-content-length").or(length),
            is_chunked,
            by: By { caller_id: sender.caller.user_id(), peer, request: id.to_owned() },
        }))
    }

    /// Bytes of the request's body that are to be known.
    pub(super) fn keeps(&self) -> usize {
        if self.operation == wire::s3::Op::DeleteObjects { LIST } else { 0 }
    }

    /// Whether the answer itself says what was done.
    fn looks_into_answer(&self) -> bool {
        use wire::s3::Op::{CompleteMultipartUpload, CopyObject, DeleteObjects};
        matches!(self.operation, CompleteMultipartUpload | CopyObject | DeleteObjects)
    }

    /// Has those be told who watch, and then answers: with the whole of the answer where that was looked
    /// into, or else with what is still to come of it.
    pub(super) async fn tell(
        mut self,
        response: Response<Incoming>,
        given: Given,
    ) -> Result<Told, Failure> {
        if !response.status().is_success() {
            return Ok(Told::ToCome(response));
        }
        if let Some(id) = text(response.headers(), "x-amz-request-id") {
            self.by.request = id;
        }
        if !self.looks_into_answer() {
            let changes = self.by_head(response.headers(), &given).await;
            self.post(changes).await?;
            return Ok(Told::ToCome(response));
        }
        let (mut head, body) = response.into_parts();
        head.headers = without_hops(&head.headers);
        let (body, _share) = self.bodies.read(ANSWER, body).await.map_err(Failure::Unread)?;
        let answer = std::str::from_utf8(&body).ok().and_then(wire::xml_tree);
        let changes = self.by_answer(&head.headers, answer, &given).await;
        self.post(changes).await?;
        Ok(Told::Whole(Response::from_parts(head, self.bodies.answer(body))))
    }

    async fn post(&self, changes: Vec<Change>) -> Result<(), Failure> {
        let s3 = self.endpoint.neighbours.s3();
        let posted = match self.operation {
            wire::s3::Op::DeleteBucket => s3.forget_elsewhere(&self.bucket).await,
            _ => s3.tell_of_elsewhere(&self.bucket, self.by.clone(), changes).await,
        };
        // Whoever is told so asks again, and then they are told who should have been.
        posted.map_err(|why| Failure::Refused(why.told_by(&wire::s3::SERVICE)))
    }

    /// What was done, as the head of the answer tells it.
    async fn by_head(&self, headers: &HeaderMap, given: &Given) -> Vec<Change> {
        use wire::s3::Op;
        let version = text(headers, "x-amz-version-id");
        let kind = match self.operation {
            Op::PutObject => Kind::Put,
            Op::PutObjectTagging => Kind::Tagged,
            Op::DeleteObjectTagging => Kind::Untagged,
            Op::DeleteObject => {
                let is_marker = text(headers, "x-amz-delete-marker").as_deref() == Some("true");
                return vec![match &self.version {
                    Some(version) => self.deleted(&self.key, Some(version.clone())),
                    None if is_marker => self.marked(&self.key, version),
                    None => self.deleted(&self.key, None),
                }];
            }
            _ => return Vec::new(),
        };
        let size = self.size.or((!self.is_chunked && kind == Kind::Put).then_some(given.bytes));
        vec![self.created(kind, version, size, etag(headers)).await]
    }

    /// What was done, as the body of the answer tells it.
    async fn by_answer(
        &self,
        headers: &HeaderMap,
        answer: Option<(String, Value)>,
        given: &Given,
    ) -> Vec<Change> {
        use wire::s3::Op;
        // What has begun well may still have failed, which the body alone says. One that is not understood
        // says nothing of the kind.
        let (name, answer) = answer.unwrap_or_default();
        if name == "Error" {
            return Vec::new();
        }
        let kind = match self.operation {
            Op::CopyObject => Kind::Copied,
            Op::CompleteMultipartUpload => Kind::Completed,
            _ => return self.by_list(&answer, given).await,
        };
        let version = text(headers, "x-amz-version-id");
        let told = first(&answer, "ETag").unwrap_or_default();
        vec![self.created(kind, version, None, told.trim_matches('"').to_owned()).await]
    }

    /// What was deleted of several objects: as the answer tells it, or, where only failures were to be
    /// told, all that was asked for and did not fail.
    async fn by_list(&self, answer: &Value, given: &Given) -> Vec<Change> {
        let all = |tree: &Value, name: &str| tree[name].as_array().cloned().unwrap_or_default();
        let mut changes = Vec::new();
        for each in all(answer, "Deleted") {
            let Some(key) = first(&each, "Key") else { continue };
            let marker = first(&each, "DeleteMarkerVersionId");
            let is_marker = first(&each, "DeleteMarker").as_deref() == Some("true");
            changes.push(match first(&each, "VersionId").filter(|it| !it.is_empty()) {
                Some(version) => self.deleted(&key, Some(version)),
                None if is_marker => self.marked(&key, marker),
                None => self.deleted(&key, None),
            });
        }
        let asked = std::str::from_utf8(&given.kept).ok().and_then(wire::xml_tree);
        let Some((_, asked)) = asked else { return changes };
        // Some tell what was deleted all the same.
        if first(&asked, "Quiet").as_deref() != Some("true") || !changes.is_empty() {
            return changes;
        }
        let failed: Vec<_> = all(answer, "Error")
            .iter()
            .map(|each| (first(each, "Key"), first(each, "VersionId")))
            .collect();
        let makes_markers = self.at.makes_markers().await;
        for each in all(&asked, "Object") {
            let version = first(&each, "VersionId").filter(|it| !it.is_empty());
            let Some(key) = first(&each, "Key") else { continue };
            let has_failed = failed.iter().any(|(of, which)| {
                of.as_deref() == Some(&*key)
                    && which.as_deref().unwrap_or_default()
                        == version.as_deref().unwrap_or_default()
            });
            if !has_failed {
                changes.push(match version {
                    None if makes_markers => self.marked(&key, None),
                    version => self.deleted(&key, version),
                });
            }
        }
        changes
    }

    /// That an object is there anew; what of it is not told yet is asked for.
    async fn created(
        &self,
        kind: Kind,
        version: Option<String>,
        size: Option<u64>,
        etag: String,
    ) -> Change {
        let version = version.filter(|it| it != "null");
        let known = match size {
            Some(size) if !etag.is_empty() => Some((size, etag.clone())),
            _ => self.at.object(version.as_deref()).await,
        };
        let (size, etag) = match known {
            Some((size, found)) if etag.is_empty() => (Some(size), found),
            Some((size, _)) => (Some(size), etag),
            None => (None, etag),
        };
        Change { kind, key: self.key.clone(), size, etag, version }
    }

    fn deleted(&self, key: &str, version: Option<String>) -> Change {
        Change {
            kind: Kind::Deleted,
            key: key.to_owned(),
            size: None,
            etag: String::new(),
            version,
        }
    }

    fn marked(&self, key: &str, version: Option<String>) -> Change {
        let (key, etag) = (key.to_owned(), NOTHING.to_owned());
        Change { kind: Kind::MarkerCreated, key, size: None, etag, version }
    }
}

/// The bucket and the key that a path names.
fn named(path: &str) -> (String, String) {
    let path = path.strip_prefix('/').unwrap_or(path);
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    (decoded(bucket), decoded(key))
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn etag(headers: &HeaderMap) -> String {
    text(headers, "etag").map(|it| it.trim_matches('"').to_owned()).unwrap_or_default()
}

/// The first text of a name within an element.
fn first(tree: &Value, name: &str) -> Option<String> {
    tree[name][0].as_str().map(str::to_owned)
}

/// The head of a request, with the path as it would be if the host named no bucket.
pub(crate) fn path_of(endpoint: &Endpoint, parts: &Parts) -> String {
    let host = parts.headers.get("host").and_then(|host| host.to_str().ok());
    match host.and_then(|host| endpoint.gate.bucket(host)) {
        Some(bucket) => format!("/{bucket}{}", parts.uri.path()),
        None => parts.uri.path().to_owned(),
    }
}

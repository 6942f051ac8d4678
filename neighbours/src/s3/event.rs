//! Events: what happened to an object, as those who are to know are told.

use std::net::IpAddr;

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wire::time::iso8601_millis;

use super::bucket_name::arn;
use super::effects::Effects;
use super::stored::Bucket;
use super::target::Notifications;
use crate::failure::Failure;
use crate::operation::Context;
use crate::random::{spelled, uuid};
use crate::time::now;

/// The kind of configuration that says who is told.
pub(super) const NOTIFICATION: &str = "notification";

/// Who caused an event, and by which request.
#[derive(Debug, Clone)]
pub(super) struct Cause {
    principal: String,
    peer: String,
    request: String,
    trace: Option<String>,
}

/// What happened to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was put at once.
    Put,
    /// It was copied.
    Copied,
    /// It was put together of its parts.
    Completed,
    /// It, or a version of it, was deleted for good.
    Deleted,
    /// It was hidden behind a marker.
    MarkerCreated,
    /// It got tags.
    Tagged,
    /// It lost its tags.
    Untagged,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Put => "ObjectCreated:Put",
            Kind::Copied => "ObjectCreated:Copy",
            Kind::Completed => "ObjectCreated:CompleteMultipartUpload",
            Kind::Deleted => "ObjectRemoved:Delete",
            Kind::MarkerCreated => "ObjectRemoved:DeleteMarkerCreated",
            Kind::Tagged => "ObjectTagging:Put",
            Kind::Untagged => "ObjectTagging:Delete",
        }
    }

    /// What an event bus is told: the type, the reason, and how it was deleted.
    fn on_bus(self) -> (&'static str, Option<&'static str>, Option<&'static str>) {
        match self {
            Kind::Put => ("Object Created", Some("PutObject"), None),
            Kind::Copied => ("Object Created", Some("CopyObject"), None),
            Kind::Completed => ("Object Created", Some("CompleteMultipartUpload"), None),
            Kind::Deleted => ("Object Deleted", Some("DeleteObject"), Some("Permanently Deleted")),
            Kind::MarkerCreated => {
                ("Object Deleted", Some("DeleteObject"), Some("Delete Marker Created"))
            }
            Kind::Tagged => ("Object Tags Added", None, None),
            Kind::Untagged => ("Object Tags Deleted", None, None),
        }
    }
}

/// What happened to which object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Happened<'a> {
    pub(super) kind: Kind,
    pub(super) key: &'a str,
    /// Where it is known.
    pub(super) size: Option<u64>,
    pub(super) etag: &'a str,
    pub(super) version: Option<&'a str>,
}

impl Cause {
    /// A request's caller.
    pub(super) fn of(cx: &Context<'_>) -> Cause {
        let exchange = cx.exchange;
        let own = || spelled(uuid());
        Cause {
            principal: format!("AWS:{}", cx.caller_id),
            peer: exchange.map_or_else(
                || "127.0.0.1".to_owned(),
                |exchange| exchange.peer.to_canonical().to_string(),
            ),
            request: exchange.map_or_else(own, |exchange| exchange.request_id.clone()),
            trace: cx.trace.clone(),
        }
    }

    /// Somebody whose request was answered elsewhere.
    pub(super) fn at(caller_id: &str, peer: IpAddr, request: String) -> Cause {
        let (principal, peer) = (format!("AWS:{caller_id}"), peer.to_canonical().to_string());
        Cause { principal, peer, request, trace: None }
    }

    /// Somebody within the process.
    pub(super) fn within(by: &str) -> Cause {
        let (peer, request) = ("127.0.0.1".into(), spelled(uuid()));
        Cause { principal: by.to_owned(), peer, request, trace: None }
    }
}

/// Puts what happened into the outbox for all who are to know of it.
pub(super) fn tell(
    connection: &Connection,
    effects: &mut Effects,
    bucket: &Bucket,
    cause: &Cause,
    happened: &Happened<'_>,
) -> Result<(), Failure> {
    let Some(configured) = bucket.value(connection, NOTIFICATION)? else { return Ok(()) };
    let Ok(configured) = serde_json::from_value::<Notifications>(configured) else { return Ok(()) };
    tell_as(connection, effects, (bucket, &configured), cause, happened)
}

/// The same, for those whom a configuration names.
pub(super) fn tell_as(
    connection: &Connection,
    effects: &mut Effects,
    (bucket, configured): (&Bucket, &Notifications),
    cause: &Cause,
    happened: &Happened<'_>,
) -> Result<(), Failure> {
    let at = now();
    let event = format!("s3:{}", happened.kind.name());
    let mut sequencer = None;
    let mut sequence = || match sequencer {
        Some(known) => Ok::<_, Failure>(known),
        None => Ok(*sequencer.insert(next(connection, at)?)),
    };
    for told in configured.all().filter(|told| told.wants(&event, happened.key)) {
        let id = told.id.as_deref().unwrap_or_default();
        let record = record(bucket, cause, happened, (at, sequence()?), id);
        let body = json!({"Records": [record]}).to_string();
        post(connection, bucket, (happened.key, told.arn()), cause, &body)?;
        effects.has_posted = true;
    }
    if configured.event_bridge_configuration.is_some() {
        let body = on_bus(bucket, cause, happened, (at, sequence()?)).to_string();
        let Bucket { region, account, .. } = bucket;
        let bus = format!("arn:aws:events:{region}:{account:012}:event-bus/default");
        post(connection, bucket, (happened.key, &bus), cause, &body)?;
        effects.has_posted = true;
    }
    Ok(())
}

fn post(
    connection: &Connection,
    bucket: &Bucket,
    (key, target): (&str, &str),
    cause: &Cause,
    body: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO outbox (bucket, account, key, target, body, created, due, trace)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
        )?
        .execute(params![
            bucket.name,
            bucket.account.cast_signed(),
            key,
            target,
            body,
            now(),
            cause.trace
        ])
        .map(drop)
}

/// A number that is greater than all before it.
fn next(connection: &Connection, at: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("UPDATE sequence SET value = max(value + 1, ?1) RETURNING value")?
        .query_row([at << 16], |row| row.get(0))
}

fn record(
    bucket: &Bucket,
    cause: &Cause,
    happened: &Happened<'_>,
    (at, sequence): (i64, i64),
    configuration: &str,
) -> Value {
    let Happened { kind, key, size, etag, version } = *happened;
    let mut object = json!({"key": encoded(key), "sequencer": format!("{sequence:018X}")});
    if kind != Kind::Deleted {
        object["eTag"] = etag.into();
    }
    if !matches!(kind, Kind::Deleted | Kind::MarkerCreated) {
        size.inspect(|size| object["size"] = (*size).into());
    }
    if let Some(version) = version {
        object["versionId"] = version.into();
    }
    json!({
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": bucket.region,
        "eventTime": iso8601_millis(at),
        "eventName": kind.name(),
        "userIdentity": {"principalId": cause.principal},
        "requestParameters": {"sourceIPAddress": cause.peer},
        "responseElements": {"x-amz-request-id": cause.request, "x-amz-id-2": cause.request},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": configuration,
            "bucket": {
                "name": bucket.name,
                "ownerIdentity": {"principalId": principal_id(bucket.account)},
                "arn": arn(&bucket.name),
            },
            "object": object,
        },
    })
}

/// What the event bus is given: its entry.
fn on_bus(
    bucket: &Bucket,
    cause: &Cause,
    happened: &Happened<'_>,
    (at, sequence): (i64, i64),
) -> Value {
    let Happened { kind, key, size, etag, version } = *happened;
    let (detail_type, reason, deletion) = kind.on_bus();
    let mut object = json!({"key": key, "sequencer": format!("{sequence:018X}")});
    if kind != Kind::Deleted {
        object["etag"] = etag.into();
    }
    if !matches!(kind, Kind::Deleted | Kind::MarkerCreated) {
        size.inspect(|size| object["size"] = (*size).into());
    }
    if let Some(version) = version {
        object["version-id"] = version.into();
    }
    let mut detail = json!({
        "version": "0",
        "bucket": {"name": bucket.name},
        "object": object,
        "request-id": cause.request,
        "requester": format!("{:012}", bucket.account),
        "source-ip-address": cause.peer,
    });
    if let Some(reason) = reason {
        detail["reason"] = reason.into();
    }
    if let Some(deletion) = deletion {
        detail["deletion-type"] = deletion.into();
    }
    json!({
        "Source": "aws.s3",
        "DetailType": detail_type,
        "Detail": detail.to_string(),
        "Resources": [arn(&bucket.name)],
        "Time": at,
    })
}

/// An account as S3 tells it: by letters and digits that are nobody else's.
pub(super) fn canonical_id(account: u64) -> String {
    let digest = Sha256::digest(format!("warren s3 owner {account:012}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn principal_id(account: u64) -> String {
    format!("A{}", canonical_id(account)[..13].to_ascii_uppercase())
}

/// A key as notifications have it: form-encoded, but slashes.
fn encoded(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for byte in key.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'-' | b'.' | b'_' | b'*' | b'/' => out.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            byte => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_encoded_as_forms_are() {
        assert_eq!(encoded("a b/ü+.txt"), "a+b/%C3%BC%2B.txt");
    }
}

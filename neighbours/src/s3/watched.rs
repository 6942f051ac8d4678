//! What is done through here to objects of buckets that are elsewhere: whoever watches is told.

use std::net::IpAddr;
use std::sync::Arc;

use rusqlite::Connection;

use super::effects::Effects;
use super::elsewhere::{Told, bucket, configure, look};
use super::event::{Cause, Happened, Kind, tell_as};
use super::service::S3;
use super::stored::Bucket;
use super::target::Notifications;
use crate::failure::Failure;
use crate::operation::Service;

/// Something that was done to an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it was.
    pub kind: Kind,
    /// The object's key.
    pub key: String,
    /// How large it is, where that is known.
    pub size: Option<u64>,
    /// Its entity tag, without quotes.
    pub etag: String,
    /// Which version of it, where the bucket keeps such.
    pub version: Option<String>,
}

/// Who did it, and by which request.
#[derive(Debug, Clone)]
pub struct By {
    /// The id that policies know the caller by.
    pub caller_id: String,
    /// Where the request came from.
    pub peer: IpAddr,
    /// Its id.
    pub request: String,
}

impl S3 {
    /// Whether anybody is to be told of what is done to objects of a bucket that is elsewhere.
    ///
    /// # Errors
    /// When that cannot be looked at.
    pub async fn is_told_of_elsewhere(&self, name: &str) -> Result<bool, Failure> {
        if !self.is_there() {
            return Ok(false);
        }
        let name = name.to_owned();
        self.work(move |connection| Ok(look(connection, &name)?.is_some())).await
    }

    /// Has those be told who want to know what was done to objects of a bucket that is elsewhere: once
    /// this is answered, they are, whatever happens.
    ///
    /// # Errors
    /// When that cannot be stored.
    pub async fn tell_of_elsewhere(
        self: &Arc<S3>,
        name: &str,
        by: By,
        changes: Vec<Change>,
    ) -> Result<(), Failure> {
        self.begin();
        let name = name.to_owned();
        self.change(move |connection, effects| {
            let Some(Told { bucket, configured }) = look(connection, &name)? else {
                return Ok(());
            };
            let Ok(configured) = serde_json::from_str(&configured) else { return Ok(()) };
            let By { caller_id, peer, request } = by;
            let cause = Cause::at(&caller_id, peer, request);
            tell_all(connection, effects, (&bucket, &configured), &cause, &changes)
        })
        .await
    }

    /// Has nobody be told of a bucket that is gone elsewhere.
    ///
    /// # Errors
    /// When that cannot be stored.
    pub async fn forget_elsewhere(&self, name: &str) -> Result<(), Failure> {
        let name = name.to_owned();
        let forget = move |connection: &Connection, _: &mut Effects| {
            Ok(configure(connection, &bucket(&name, 0, ""), None)?)
        };
        self.change_lean(forget).await
    }
}

fn tell_all(
    connection: &Connection,
    effects: &mut Effects,
    told: (&Bucket, &Notifications),
    cause: &Cause,
    changes: &[Change],
) -> Result<(), Failure> {
    for Change { kind, key, size, etag, version } in changes {
        let (kind, size, version) = (*kind, *size, version.as_deref());
        let happened = Happened { kind, key, size, etag, version };
        tell_as(connection, effects, told, cause, &happened)?;
    }
    Ok(())
}

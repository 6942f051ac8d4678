//! S3 as a whole, and its calls within the process.

use std::collections::HashSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use serde_json::Value;
use tokio::sync::{Notify, OnceCell};
use wire::checksum::Algorithm;
use wire::s3::error;
use wire::{ApiError, Operation};

use super::attributes::Attributes;
use super::bucket_name::check_key;
use super::demand;
use super::effects::Effects;
use super::event::{Cause, Happened, Kind, tell};
use super::outbox;
use super::refusal::full;
use super::schema::{BYTES, SCHEMA};
use super::stored::Bucket;
use super::version::{New, Sum, Version};
use crate::blobs::{Blobs, Expected, Incoming, Outgoing, ReceiveError, Upload};
use crate::failure::Failure;
use crate::operation::{Context, Demand, Service, Setup};
use crate::outward::Outward;
use crate::store::{Store, StoreError};

/// Bytes of an object that comes at once, and of a part.
pub(super) const LARGEST: u64 = 5 << 30;

/// S3.
pub struct S3 {
    store: Store,
    pub(in crate::s3) blobs: Arc<Blobs>,
    directory: PathBuf,
    /// Whether what a killed server left is gone.
    is_ready: OnceCell<()>,
    pub(in crate::s3) outward: Arc<dyn Outward>,
    /// Told when there is something to tell.
    pub(in crate::s3) posted: Arc<Notify>,
    has_begun: AtomicBool,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3").field("store", &self.store).finish_non_exhaustive()
    }
}

/// An object of a bucket, or a version of it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The bucket's name.
    pub bucket: &'a str,
    /// The object's key.
    pub key: &'a str,
    /// Which version of it, where not the latest.
    pub version: Option<&'a str>,
}

/// Bytes that are put within the process.
#[derive(Debug, Clone, Copy)]
pub struct Body<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// What they are.
    pub content_type: &'a str,
    /// Who puts them, as events tell it.
    pub by: &'a str,
}

impl Service for S3 {
    fn new(setup: &Setup) -> Arc<S3> {
        Arc::new(S3 {
            store: Store::new(&setup.directory, SCHEMA),
            blobs: Blobs::new(setup.directory.join("s3"), BYTES),
            directory: setup.directory.clone(),
            is_ready: OnceCell::new(),
            outward: Arc::clone(&setup.outward),
            posted: Arc::new(Notify::new()),
            has_begun: AtomicBool::new(false),
        })
    }

    async fn demands(
        self: &Arc<S3>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        demand::of(self, cx, operation, input).await
    }

    fn begin(self: &Arc<S3>) {
        if !self.has_begun.swap(true, Ordering::Relaxed) {
            outbox::begin(self);
        }
    }

    fn resume(self: &Arc<S3>) {
        if self.is_there() {
            self.begin();
        }
    }

    fn close(&self) {
        self.store.close();
    }
}

impl S3 {
    /// Whether anything was ever stored.
    pub(super) fn is_there(&self) -> bool {
        self.directory.join(SCHEMA.file).exists()
    }

    /// Whether a bucket is here.
    ///
    /// # Errors
    /// When that cannot be looked at.
    pub async fn has_bucket(&self, name: &str) -> Result<bool, Failure> {
        if !self.is_there() {
            return Ok(false);
        }
        let name = name.to_owned();
        self.work(move |connection| Ok(Bucket::look(connection, &name)?.is_some())).await
    }

    /// Whose a bucket is, and its policy if it has one that counts for a service, or for a role of an
    /// account; none where there is no such bucket.
    ///
    /// # Errors
    /// When that cannot be looked at.
    pub async fn owner_of(
        &self,
        name: &str,
        role_of: Option<u64>,
    ) -> Result<Option<(u64, Option<String>)>, Failure> {
        let name = name.to_owned();
        self.work(move |connection| {
            let Some(bucket) = Bucket::look(connection, &name)? else { return Ok(None) };
            let policy = bucket.policy_for(connection, role_of.unwrap_or(bucket.account))?;
            Ok(Some((bucket.account, policy)))
        })
        .await
    }

    /// Begins to receive the bytes of an object or of a part.
    ///
    /// # Errors
    /// When there is no room for any.
    pub async fn receive(&self, mut expected: Expected) -> Result<Incoming, ApiError> {
        expected.limit = LARGEST;
        let ready = self.ready().await;
        ready.map_err(|why| why.told_by(&wire::s3::SERVICE))?;
        Incoming::begin(&self.blobs, expected).map_err(refused)
    }

    /// The bytes of an object.
    ///
    /// # Errors
    /// When there is none.
    pub async fn read(&self, place: Place<'_>) -> Result<Outgoing, ApiError> {
        let Place { bucket, key, version } = place;
        let [bucket, key] = [bucket, key].map(str::to_owned);
        let version = version.map(str::to_owned);
        let blobs = Arc::clone(&self.blobs);
        let read = self.work(move |connection| {
            let bucket = Bucket::find(connection, &bucket, &None)?;
            let found = Version::find(connection, &bucket, &key, version.as_deref())?;
            let pieces = found.pieces(connection)?;
            Ok(Outgoing::new(&blobs, pieces, 0, found.size))
        });
        read.await.map_err(|why| why.told_by(&wire::s3::SERVICE))
    }

    /// Puts an object within the process.
    ///
    /// # Errors
    /// When there is no such bucket, or no room.
    pub async fn put(self: &Arc<S3>, place: Place<'_>, body: Body<'_>) -> Result<(), ApiError> {
        self.begin();
        check_key(place.key)?;
        let mut incoming = self.receive(Expected::default()).await?;
        let bytes = body.bytes.to_vec();
        let received = tokio::task::spawn_blocking(move || {
            incoming.write(&bytes)?;
            incoming.finish(&[])
        });
        let received = received.await.map_err(|_| ApiError::internal(&wire::s3::SERVICE))?;
        let upload = received.map_err(refused)?;
        let content_type = Some(body.content_type.to_owned());
        let given = Attributes { content_type, ..Attributes::default() }.checked()?;
        let [name, key] = [place.bucket, place.key].map(str::to_owned);
        let cause = Cause::within(body.by);
        let put = self.commit(upload, move |connection, effects, upload| {
            let bucket = Bucket::find(connection, &name, &None)?;
            let encryption = bucket.value(connection, "encryption")?;
            let attributes = given.encrypted_by(encryption.as_ref());
            let new = New {
                key: key.clone(),
                size: upload.size(),
                etag: upload.md5_hex(),
                attributes,
                checksum: whole(upload),
                pieces: vec![(upload.id().to_owned(), upload.size())],
                ..New::default()
            };
            let (size, etag) = (new.size, new.etag.clone());
            let version = new.put(connection, &bucket, &mut effects.removed)?;
            let happened = Happened {
                kind: Kind::Put,
                key: &key,
                size: Some(size),
                etag: &etag,
                version: version.as_deref(),
            };
            tell(connection, effects, &bucket, &cause, &happened)
        });
        put.await.map_err(|why| why.told_by(&wire::s3::SERVICE))
    }

    async fn ready(&self) -> Result<(), Failure> {
        let begin = async {
            let known = self.store.run(|connection| {
                let sql = "SELECT blob FROM piece UNION ALL SELECT blob FROM part";
                let mut statement = connection.prepare(sql)?;
                let known = statement.query_map([], |row| row.get(0))?;
                Ok::<_, Failure>(known.collect::<rusqlite::Result<HashSet<String>>>()?)
            });
            let (known, blobs) = (known.await?, Arc::clone(&self.blobs));
            let begun = tokio::task::spawn_blocking(move || blobs.begin(&known)).await;
            let path = self.directory.join("s3");
            match begun {
                Ok(begun) => begun.map_err(|why| StoreError::File { path, why }.into()),
                Err(_) => Err(Failure::from(StoreError::Closed)),
            }
        };
        self.is_ready.get_or_try_init(|| begin).await.map(drop)
    }

    /// Does a work that changes nothing, or takes no room to speak of.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.ready().await?;
        self.store.run_lean(work).await
    }

    /// Does a work, and then what comes of it.
    pub(super) async fn change<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &mut Effects) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.ready().await?;
        Ok(self.follow(self.store.run(with_effects(work)).await?).await)
    }

    /// The same of a work that frees room, or takes none to speak of: also where there is none for others.
    pub(super) async fn change_lean<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &mut Effects) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        Ok(self.follow(self.work(with_effects(work)).await?).await)
    }

    /// Does what comes of a work; returns its answer.
    async fn follow<T>(&self, (answer, effects): (T, Effects)) -> T {
        if effects.has_posted {
            self.posted.notify_one();
        }
        if !effects.removed.is_empty() {
            let blobs = Arc::clone(&self.blobs);
            // What is not removed now is by the next start.
            drop(tokio::task::spawn_blocking(move || blobs.remove(&effects.removed)).await);
        }
        answer
    }

    /// Has a work make somebody's what was received.
    pub(super) async fn commit<T: Send + 'static>(
        &self,
        upload: Upload,
        work: impl FnOnce(&Connection, &mut Effects, &Upload) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let id = upload.id().to_owned();
        let done = self.change(move |connection, effects| {
            // Whoever asked may be gone before it is known whether this was committed.
            let upload = upload.keep();
            work(connection, effects, &upload)
        });
        let done = done.await;
        if done.is_err() {
            self.blobs.remove(&[id]);
        }
        done
    }
}

/// A work with what comes of it.
fn with_effects<T>(
    work: impl FnOnce(&Connection, &mut Effects) -> Result<T, Failure>,
) -> impl FnOnce(&Connection) -> Result<(T, Effects), Failure> {
    move |connection| {
        let mut effects = Effects::default();
        Ok((work(connection, &mut effects)?, effects))
    }
}

/// The checksum of what came at once.
pub(super) fn whole(upload: &Upload) -> Option<Sum> {
    let (algorithm, value) = upload.checksums().first()?;
    let algorithm = algorithm.name().to_owned();
    Some(Sum { algorithm, value: value.clone(), kind: "FULL_OBJECT".to_owned() })
}

/// How S3 says that bytes are not taken.
pub fn refused(why: ReceiveError) -> ApiError {
    match why {
        ReceiveError::Full => full(),
        ReceiveError::TooLarge => {
            let message = "Your proposed upload exceeds the maximum allowed size";
            error("EntityTooLarge", message).with("MaxSizeAllowed", LARGEST.to_string())
        }
        ReceiveError::Md5 => {
            error("BadDigest", "The Content-MD5 you specified did not match what we received.")
        }
        ReceiveError::Sha256 => {
            let message =
                "The provided 'x-amz-content-sha256' header does not match what was computed.";
            error("XAmzContentSHA256Mismatch", message)
        }
        ReceiveError::Checksum(algorithm) => wire::bad_checksum(&wire::s3::SERVICE, algorithm),
        ReceiveError::Io(why) => {
            tracing::error!(%why, "body cannot be written");
            ApiError::internal(&wire::s3::SERVICE)
        }
    }
}

/// What a checksum's header and trailer say it is made by.
pub(super) fn algorithm(name: &str) -> Result<Algorithm, ApiError> {
    Algorithm::named(name).ok_or_else(|| {
        let message = format!("Warren does not support the checksum {name}.");
        error("NotImplemented", message)
    })
}

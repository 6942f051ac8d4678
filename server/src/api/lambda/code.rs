//! A function's code: where it comes from, and how it is replaced.

use std::io::{self, Read};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use engine::compute::function::{self, Shown};
use engine::id::Version;
use engine::record::function::Configuration;
use neighbours::s3::Place;
use serde_json::json;
use tokio::sync::mpsc;
use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{FunctionCode, UpdateFunctionCode};
use wire::lambda::output::FunctionConfiguration;

use crate::api::authorize;
use crate::api::lambda::account::check_code_size;
use crate::api::lambda::configuration::revision;
use crate::api::lambda::invalid::invalid;
use crate::api::lambda::target::Target;
use crate::api::lambda::view::FunctionVersion;
use crate::api::lambda::{ask, layer, refusal, settings};
use crate::api::operation::{Context, Operation};
use crate::code::{CodeError, Pinned, UNZIPPED_LIMIT, ZIPPED_LIMIT};
use crate::driver::Refused;
use crate::s3::{Object, S3, S3Error};

/// Parts of a package that is fetched which may wait to be written.
const PARTS: usize = 16;

impl Operation for UpdateFunctionCode {
    type Output = FunctionConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionConfiguration, ApiError> {
        let UpdateFunctionCode {
            function_name,
            zip_file,
            s3_bucket,
            s3_key,
            s3_object_version,
            architectures,
            publish,
            dry_run,
            revision_id,
        } = self;
        let target = Target::unqualified(cx, &function_name)?;
        settings::architecture(architectures)?;
        target.check(cx)?;
        let source = FunctionCode { zip_file, s3_bucket, s3_key, s3_object_version };
        let pinned = package(cx, Source::of(source)?).await?;
        let code = pinned.code.clone();
        let held = cx.driver.read(|engine| {
            let (_, configuration) = target.find(engine, &cx.scope)?;
            Ok::<_, ApiError>(configuration.settings.layers.clone())
        })?;
        layer::check_size(cx, &code, layer::Layers::Held(&held)).await?;
        let question = function::UpdateCode {
            scope: cx.scope.clone(),
            name: target.name.clone(),
            code: code.clone(),
            revision: revision_id.as_deref().map(revision),
            publish: publish == Some(true),
        };
        if dry_run == Some(true) {
            let rehearsed = cx.driver.rehearse(question).map_err(Refused::Refused);
            rehearsed.map_err(|refused| refusal::spell(cx, refused))?;
            let function = cx.driver.read(|engine| {
                let (function, _) = target.find(engine, &cx.scope)?;
                Ok::<_, ApiError>(function.clone())
            })?;
            let configuration = Configuration { code, ..function.latest.clone() };
            return Ok(FunctionVersion::of(&function, &configuration, Version(0), false).view());
        }
        let Shown { function, version } = ask(cx, question).await?;
        Ok(FunctionVersion::published(&function, version, true).view())
    }
}

/// Where a package comes from.
pub(crate) enum Source {
    /// It is in the request, in base64.
    Zip(String),
    /// It is an object in a store.
    Object { bucket: String, key: String, version: Option<String> },
}

impl Source {
    /// The one source that is given.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub(crate) fn of(code: FunctionCode) -> Result<Source, ApiError> {
        let FunctionCode { zip_file, s3_bucket, s3_key, s3_object_version: version } = code;
        match (zip_file, s3_bucket, s3_key, &version) {
            (Some(text), None, None, None) => Ok(Source::Zip(text)),
            (Some(_), _, _, _) => Err(invalid(
                "Please do not provide other FunctionCode parameters when providing a ZipFile.",
            )),
            (None, Some(bucket), Some(key), _) => Ok(Source::Object { bucket, key, version }),
            (None, None, _, _) | (None, Some(_), None, _) => {
                Err(invalid("Please provide a source for function code."))
            }
        }
    }
}

/// The package that a request brings or names, unpacked.
pub(crate) async fn package(cx: &Context<'_>, source: Source) -> Result<Pinned, ApiError> {
    let pinned = match source {
        Source::Zip(text) => {
            let bytes = STANDARD.decode(text).map_err(|_| not_a_zip())?;
            let store = Arc::clone(&cx.endpoint.code);
            put(move || store.put(&bytes)).await?
        }
        Source::Object { bucket, key, version } => {
            let region = &cx.scope.region;
            let object = Object { bucket: &bucket, key: &key, version: version.as_deref(), region };
            match cx.endpoint.s3.as_ref() {
                Some(s3) => fetch(cx, s3, &object).await?,
                None => read(cx, &object).await?,
            }
        }
    };
    check_code_size(cx, pinned.code.size)?;
    Ok(pinned)
}

/// Reads a package of the caller's own, or of another account whose bucket lets it, from Warren's S3.
async fn read(cx: &Context<'_>, object: &Object<'_>) -> Result<Pinned, ApiError> {
    let Object { bucket, key, version, .. } = *object;
    let refused =
        |why: ApiError| invalid(S3Error::Refused(why.code.into_owned(), why.message).to_string());
    let named = json!({"Bucket": bucket, "Key": key, "VersionId": version});
    let get = wire::s3::SERVICE.operation("GetObject").expect("objects can be read");
    authorize::check(cx, get, &named).await.map_err(refused)?;
    let place = Place { bucket, key, version };
    let mut bytes = cx.endpoint.neighbours.s3().read(place).await.map_err(refused)?;
    let (sender, receiver) = mpsc::channel(PARTS);
    let store = Arc::clone(&cx.endpoint.code);
    let taking = put(move || store.receive(Arriving { receiver, part: Bytes::new() }));
    let sending = tokio::task::spawn_blocking(move || {
        // Whoever takes it refuses it when no more of it is wanted.
        while let Some(part) = bytes.read().transpose() {
            if sender.blocking_send(part).is_err() {
                return;
            }
        }
    });
    let (taken, _) = tokio::join!(taking, sending);
    taken
}

/// Fetches a package, and unpacks it while it comes.
async fn fetch(cx: &Context<'_>, s3: &S3, object: &Object<'_>) -> Result<Pinned, ApiError> {
    let (sender, receiver) = mpsc::channel(PARTS);
    let store = Arc::clone(&cx.endpoint.code);
    let taking = put(move || store.receive(Arriving { receiver, part: Bytes::new() }));
    let sending = async move {
        // Whoever takes it refuses it when no more of it is wanted.
        let fetched = s3.get(object, |bytes| {
            let sent = sender.clone();
            async move { sent.send(Ok(bytes)).await.is_ok() }
        });
        let fetched = fetched.await;
        if fetched.is_err() {
            let ended = io::Error::from(io::ErrorKind::UnexpectedEof);
            drop(sender.send(Err(ended)).await);
        }
        fetched
    };
    let (taken, fetched) = tokio::join!(taking, sending);
    fetched.map_err(|why| invalid(why.to_string()))?;
    taken
}

/// Does what may take long and fails with a `CodeError`.
async fn put(
    work: impl FnOnce() -> Result<Pinned, CodeError> + Send + 'static,
) -> Result<Pinned, ApiError> {
    let put = tokio::task::spawn_blocking(work).await;
    let put = put.map_err(|_| error("ServiceException", "The package could not be unpacked."))?;
    put.map_err(|why| match why {
        CodeError::ZippedTooLarge => error(
            "RequestEntityTooLargeException",
            format!("Zipped size must be smaller than {ZIPPED_LIMIT} bytes"),
        ),
        CodeError::UnzippedTooLarge => {
            invalid(format!("Unzipped size must be smaller than {UNZIPPED_LIMIT} bytes"))
        }
        CodeError::Empty => invalid("Uploaded file must be a non-empty zip"),
        CodeError::NotAZip(_) => not_a_zip(),
        CodeError::Io(why) if why.kind() == io::ErrorKind::StorageFull => {
            error("ServiceException", "The package cannot be kept: disk is full")
        }
        CodeError::Io(_) | CodeError::Damaged(_) | CodeError::Unreadable { .. } => {
            error("ServiceException", why.to_string())
        }
    })
}

fn not_a_zip() -> ApiError {
    invalid("Could not unzip uploaded file. Please check your file, then try to upload again.")
}

/// A package as it comes, for a thread that may wait.
struct Arriving {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    /// What is left of the part that came last.
    part: Bytes,
}

impl Read for Arriving {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.part.is_empty() {
            match self.receiver.blocking_recv() {
                Some(part) => self.part = part?,
                None => return Ok(0),
            }
        }
        let count = self.part.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.part.split_to(count));
        Ok(count)
    }
}

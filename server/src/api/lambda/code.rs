//! A function's code: where it comes from, and how it is replaced.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use engine::compute::function::{Shown, UpdateCode};
use serde_json::Value;
use wire::ApiError;
use wire::lambda::error;

use crate::api::Context;
use crate::api::lambda::configuration::{revision, view};
use crate::api::lambda::target::Target;
use crate::api::lambda::{ask, invalid, settings};
use crate::code::{CodeError, Pinned, UNZIPPED_LIMIT, ZIPPED_LIMIT};

pub(crate) async fn update(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::unqualified(context, input)?;
    settings::architecture(input)?;
    if !input["PublishTo"].is_null() {
        return Err(invalid("Warren does not support the parameter PublishTo."));
    }
    context.driver.read(|engine| target.find(engine, &context.scope).map(drop))?;
    let pinned = package(context, input).await?;
    if input["DryRun"] == true {
        return context.driver.read(|engine| {
            let (function, configuration) = target.find(engine, &context.scope)?;
            let mut configuration = configuration.clone();
            configuration.code = pinned.code.clone();
            Ok(view(function, &configuration, None, None))
        });
    }
    let question = UpdateCode {
        scope: context.scope.clone(),
        name: target.name,
        code: pinned.code.clone(),
        revision: revision(input)?,
        publish: input["Publish"] == true,
    };
    let Shown { function, version } = ask(context, question).await?;
    let published = version.and_then(|version| function.versions.get(&version));
    Ok(view(&function, published.unwrap_or(&function.latest), version, version))
}

/// The package that a request brings or names, unpacked.
pub(crate) async fn package(context: &Context<'_>, code: &Value) -> Result<Pinned, ApiError> {
    let bytes = fetch(context, code).await?;
    let store = std::sync::Arc::clone(&context.endpoint.code);
    let put = tokio::task::spawn_blocking(move || store.put(&bytes)).await;
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
        CodeError::Io(error) => wire::lambda::error("ServiceException", error.to_string()),
    })
}

fn not_a_zip() -> ApiError {
    invalid("Could not unzip uploaded file. Please check your file, then try to upload again.")
}

async fn fetch(context: &Context<'_>, code: &Value) -> Result<Bytes, ApiError> {
    if !code["ImageUri"].is_null() {
        return Err(invalid("Warren does not support container images; give a package."));
    }
    if code["S3ObjectStorageMode"] == "REFERENCE" {
        return Err(invalid("Warren does not support the S3ObjectStorageMode REFERENCE."));
    }
    if !code["SourceKMSKeyArn"].is_null() {
        return Err(invalid("Warren does not support the parameter SourceKMSKeyArn."));
    }
    let object = (code["S3Bucket"].as_str(), code["S3Key"].as_str());
    match (code["ZipFile"].as_str(), object) {
        (Some(text), (None, None)) => {
            STANDARD.decode(text).map(Bytes::from).map_err(|_| not_a_zip())
        }
        (Some(_), _) => Err(invalid(
            "Please do not provide other FunctionCode parameters when providing a ZipFile.",
        )),
        (None, (Some(bucket), Some(key))) => {
            let s3 = context.endpoint.s3.as_ref().ok_or_else(|| {
                invalid(
                    "Warren has no S3 endpoint to fetch code from; start it with --s3 URL, or give \
                     the package as ZipFile.",
                )
            })?;
            let version = code["S3ObjectVersion"].as_str();
            let fetched = s3.get(bucket, key, version, &context.scope.region).await;
            fetched.map_err(|why| invalid(why.to_string()))
        }
        _ => Err(invalid("Please provide a source for function code.")),
    }
}

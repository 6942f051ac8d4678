//! What is configured of a bucket, kept as it was put and told again; what nobody put is said not to
//! be there.
//!
//! None of it has an effect here but encryption, which objects are said to have, and the blocking of
//! policies that let everybody in: they are refused when they are put, and those that were there before
//! let nobody in of other accounts. Not having the others harms nobody: objects stay longer than their
//! lifecycle has it, nobody is let in without signing or by public lists of access, which are refused
//! in any case, and browsers of other sites are not let in at all.

use std::sync::Arc;

use rusqlite::Connection;
use serde_json::{Value, json};
use wire::ApiError;
use wire::s3::error;
use wire::s3::input::{
    DeleteBucketCors, DeleteBucketEncryption, DeleteBucketLifecycle, DeleteBucketOwnershipControls,
    DeleteBucketWebsite, DeletePublicAccessBlock, GetBucketAccelerateConfiguration, GetBucketCors,
    GetBucketEncryption, GetBucketLifecycleConfiguration, GetBucketLogging,
    GetBucketOwnershipControls, GetBucketReplication, GetBucketRequestPayment, GetBucketWebsite,
    GetObjectLockConfiguration, GetPublicAccessBlock, PutBucketCors, PutBucketEncryption,
    PutBucketLifecycleConfiguration, PutBucketLogging, PutBucketOwnershipControls,
    PutBucketWebsite, PutPublicAccessBlock,
};
use wire::s3::output::{GetBucketRequestPaymentOutput, PutBucketLifecycleConfigurationOutput};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::effects::Effects;
use crate::s3::refusal::malformed_xml;
use crate::s3::service::S3;
use crate::s3::stored::{Bucket, Owner};

/// What a bucket of which nothing is said is encrypted by.
fn own_encryption() -> Value {
    json!({"Rules": [{
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
        "BucketKeyEnabled": false,
    }]})
}

/// What is configured of a bucket, or the refusal that nothing is.
async fn told(
    s3: &S3,
    bucket: String,
    owner: Owner,
    kind: &'static str,
    nothing: impl FnOnce(&str) -> Result<Value, ApiError> + Send + 'static,
) -> Result<Value, Failure> {
    s3.work(move |connection| {
        let found = Bucket::find(connection, &bucket, &owner)?;
        match found.value(connection, kind)? {
            Some(value) => Ok(value),
            None => Ok(nothing(&bucket)?),
        }
    })
    .await
}

/// Configures something of a bucket, or nothing any more.
async fn put(
    s3: &S3,
    bucket: String,
    owner: Owner,
    kind: &'static str,
    value: Option<Value>,
) -> Result<(), Failure> {
    let is_lean = value.is_none();
    let configure = move |connection: &Connection, _: &mut Effects| {
        let found = Bucket::find(connection, &bucket, &owner)?;
        let body = value.map(|value| value.to_string());
        Ok(found.configure(connection, kind, body.as_deref())?)
    };
    match is_lean {
        true => s3.change_lean(configure).await,
        false => s3.change(configure).await,
    }
}

/// A refusal that something is not configured.
fn none(
    code: &'static str,
    message: &'static str,
) -> impl FnOnce(&str) -> Result<Value, ApiError> + Send {
    move |bucket| Err(error(code, message).with("BucketName", bucket))
}

/// An operation that tells what is configured: as it was put, or within a member.
macro_rules! tells {
    ($operation:ident, $kind:literal, $nothing:expr $(, within $member:literal)?) => {
        impl Operation<S3> for $operation {
            type Output = Value;

            async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<Value, Failure> {
                let $operation { bucket, expected_bucket_owner } = self;
                let value = told(s3, bucket, expected_bucket_owner, $kind, $nothing).await?;
                $(let value = json!({$member: value});)?
                Ok(value)
            }
        }
    };
}
tells!(
    GetBucketCors,
    "cors",
    none("NoSuchCORSConfiguration", "The CORS configuration does not exist")
);
tells!(GetBucketEncryption, "encryption", |_| Ok(own_encryption()),
    within "ServerSideEncryptionConfiguration");
tells!(
    GetBucketLifecycleConfiguration,
    "lifecycle",
    none("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")
);
tells!(GetBucketLogging, "logging", |_| Ok(json!({})));
tells!(GetBucketOwnershipControls, "ownershipControls",
    none("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
    within "OwnershipControls");
tells!(
    GetBucketReplication,
    "replication",
    none("ReplicationConfigurationNotFoundError", "The replication configuration was not found")
);
tells!(
    GetBucketWebsite,
    "website",
    none(
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration"
    )
);
tells!(
    GetObjectLockConfiguration,
    "objectLock",
    none(
        "ObjectLockConfigurationNotFoundError",
        "Object Lock configuration does not exist for this bucket"
    )
);
tells!(GetPublicAccessBlock, "publicAccessBlock",
    none(
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found"
    ),
    within "PublicAccessBlockConfiguration");
tells!(GetBucketAccelerateConfiguration, "accelerate", |_| Ok(json!({})));

/// An operation that puts what is configured.
macro_rules! puts {
    ($operation:ident, $kind:literal, $member:ident) => {
        impl Operation<S3> for $operation {
            type Output = ();

            async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
                let $operation { bucket, $member, expected_bucket_owner } = self;
                put(s3, bucket, expected_bucket_owner, $kind, Some($member)).await
            }
        }
    };
}
puts!(PutBucketCors, "cors", cors_configuration);
puts!(PutBucketLogging, "logging", bucket_logging_status);
puts!(PutBucketOwnershipControls, "ownershipControls", ownership_controls);
puts!(PutBucketWebsite, "website", website_configuration);
puts!(PutPublicAccessBlock, "publicAccessBlock", public_access_block_configuration);

/// An operation that has nothing be configured.
macro_rules! removes {
    ($($operation:ident, $kind:literal;)*) => {$(
        impl Operation<S3> for $operation {
            type Output = ();

            async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
                let $operation { bucket, expected_bucket_owner } = self;
                put(s3, bucket, expected_bucket_owner, $kind, None).await
            }
        }
    )*};
}
removes! {
    DeleteBucketCors, "cors";
    DeleteBucketEncryption, "encryption";
    DeleteBucketLifecycle, "lifecycle";
    DeleteBucketOwnershipControls, "ownershipControls";
    DeleteBucketWebsite, "website";
    DeletePublicAccessBlock, "publicAccessBlock";
}

impl Operation<S3> for PutBucketEncryption {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        let PutBucketEncryption {
            bucket,
            server_side_encryption_configuration,
            expected_bucket_owner,
        } = self;
        let rules = server_side_encryption_configuration["Rules"].as_array();
        for rule in rules.into_iter().flatten() {
            let default = &rule["ApplyServerSideEncryptionByDefault"];
            match default["SSEAlgorithm"].as_str() {
                None | Some("AES256" | "aws:kms") => {}
                Some(other) => {
                    let message = format!(
                        "Warren does not support the encryption {other}, but AES256 and aws:kms."
                    );
                    return Err(error("NotImplemented", message).into());
                }
            }
        }
        let value = Some(server_side_encryption_configuration);
        put(s3, bucket, expected_bucket_owner, "encryption", value).await
    }
}

impl Operation<S3> for PutBucketLifecycleConfiguration {
    type Output = PutBucketLifecycleConfigurationOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        _: &Context<'_>,
    ) -> Result<PutBucketLifecycleConfigurationOutput, Failure> {
        let PutBucketLifecycleConfiguration {
            bucket,
            lifecycle_configuration,
            expected_bucket_owner,
            transition_default_minimum_object_size,
        } = self;
        let mut value = lifecycle_configuration.ok_or_else(malformed_xml)?;
        let size = transition_default_minimum_object_size
            .unwrap_or_else(|| "all_storage_classes_128K".to_owned());
        for rule in value["Rules"].as_array_mut().into_iter().flatten() {
            if rule["ID"].is_null() {
                rule["ID"] = crate::random::spelled(crate::random::uuid()).into();
            }
        }
        value["TransitionDefaultMinimumObjectSize"] = size.as_str().into();
        put(s3, bucket, expected_bucket_owner, "lifecycle", Some(value)).await?;
        Ok(PutBucketLifecycleConfigurationOutput {
            transition_default_minimum_object_size: Some(size),
        })
    }
}

impl Operation<S3> for GetBucketRequestPayment {
    type Output = GetBucketRequestPaymentOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        _: &Context<'_>,
    ) -> Result<GetBucketRequestPaymentOutput, Failure> {
        let GetBucketRequestPayment { bucket, expected_bucket_owner } = self;
        s3.work(move |connection| Bucket::find(connection, &bucket, &expected_bucket_owner))
            .await?;
        Ok(GetBucketRequestPaymentOutput { payer: Some("BucketOwner".to_owned()) })
    }
}

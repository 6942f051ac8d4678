//! Whether buckets keep versions of objects.

use std::sync::Arc;

use rusqlite::params;
use wire::s3::input::{GetBucketVersioning, PutBucketVersioning, VersioningConfiguration};
use wire::s3::output::GetBucketVersioningOutput;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::refusal::malformed_xml;
use crate::s3::service::S3;
use crate::s3::stored::{Bucket, Versioning};

impl Operation<S3> for GetBucketVersioning {
    type Output = GetBucketVersioningOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        _: &Context<'_>,
    ) -> Result<GetBucketVersioningOutput, Failure> {
        let GetBucketVersioning { bucket, expected_bucket_owner } = self;
        let find =
            s3.work(move |connection| Bucket::find(connection, &bucket, &expected_bucket_owner));
        let status = find.await?.versioning.word().map(str::to_owned);
        Ok(GetBucketVersioningOutput { status, ..GetBucketVersioningOutput::default() })
    }
}

impl Operation<S3> for PutBucketVersioning {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        let PutBucketVersioning { bucket, versioning_configuration, expected_bucket_owner } = self;
        let VersioningConfiguration { status } = versioning_configuration;
        let versioning = Versioning::of(status.as_deref());
        let word = versioning.word().ok_or_else(malformed_xml)?;
        s3.change(move |connection, _| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            connection
                .prepare_cached("UPDATE bucket SET versioning = ?2 WHERE id = ?1")?
                .execute(params![found.id, word])?;
            Ok(())
        })
        .await
    }
}

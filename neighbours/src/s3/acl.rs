//! Lists of who has access: their owner alone, since what others may is said by policies.

use std::sync::Arc;

use wire::s3::input::{GetBucketAcl, GetObjectAcl, PutBucketAcl, PutObjectAcl};
use wire::s3::output::{
    GetBucketAclOutput, GetObjectAclOutput, Grant, Grantee, Owner, PutObjectAclOutput,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::event::canonical_id;
use crate::s3::service::S3;
use crate::s3::stored::{Bucket, Owner as Expected};
use crate::s3::version::Version;

/// The owner of a bucket, and of an object in it where one is named.
async fn owner(
    s3: &S3,
    bucket: String,
    expected: Expected,
    object: Option<(String, Option<String>)>,
) -> Result<Owner, Failure> {
    let account = s3.work(move |connection| {
        let found = Bucket::find(connection, &bucket, &expected)?;
        if let Some((key, version)) = object {
            Version::find(connection, &found, &key, version.as_deref())?;
        }
        Ok(found.account)
    });
    Ok(Owner { id: Some(canonical_id(account.await?)), ..Owner::default() })
}

/// What an owner may: everything.
fn grants(owner: &Owner) -> Vec<Grant> {
    let grantee = Grantee {
        r#type: "CanonicalUser".to_owned(),
        id: owner.id.clone(),
        display_name: None,
        email_address: None,
        uri: None,
    };
    vec![Grant { grantee: Some(grantee), permission: Some("FULL_CONTROL".to_owned()) }]
}

impl Operation<S3> for GetBucketAcl {
    type Output = GetBucketAclOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<GetBucketAclOutput, Failure> {
        let GetBucketAcl { bucket, expected_bucket_owner } = self;
        let owner = owner(s3, bucket, expected_bucket_owner, None).await?;
        Ok(GetBucketAclOutput { grants: Some(grants(&owner)), owner: Some(owner) })
    }
}

impl Operation<S3> for GetObjectAcl {
    type Output = GetObjectAclOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<GetObjectAclOutput, Failure> {
        let GetObjectAcl { bucket, key, version_id, expected_bucket_owner } = self;
        let object = Some((key, version_id));
        let owner = owner(s3, bucket, expected_bucket_owner, object).await?;
        let grants = Some(grants(&owner));
        Ok(GetObjectAclOutput { grants, owner: Some(owner), ..GetObjectAclOutput::default() })
    }
}

impl Operation<S3> for PutBucketAcl {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        // What else than that its owner alone has access is refused by name.
        let PutBucketAcl { bucket, expected_bucket_owner } = self;
        owner(s3, bucket, expected_bucket_owner, None).await.map(drop)
    }
}

impl Operation<S3> for PutObjectAcl {
    type Output = PutObjectAclOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<PutObjectAclOutput, Failure> {
        let PutObjectAcl { bucket, key, version_id, expected_bucket_owner } = self;
        owner(s3, bucket, expected_bucket_owner, Some((key, version_id))).await?;
        Ok(PutObjectAclOutput::default())
    }
}

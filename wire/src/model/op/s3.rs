//! s3's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AbortMultipartUpload`.
    AbortMultipartUpload,
    /// `CompleteMultipartUpload`.
    CompleteMultipartUpload,
    /// `CopyObject`.
    CopyObject,
    /// `CreateBucket`.
    CreateBucket,
    /// `CreateMultipartUpload`.
    CreateMultipartUpload,
    /// `DeleteBucket`.
    DeleteBucket,
    /// `DeleteBucketCors`.
    DeleteBucketCors,
    /// `DeleteBucketEncryption`.
    DeleteBucketEncryption,
    /// `DeleteBucketLifecycle`.
    DeleteBucketLifecycle,
    /// `DeleteBucketOwnershipControls`.
    DeleteBucketOwnershipControls,
    /// `DeleteBucketPolicy`.
    DeleteBucketPolicy,
    /// `DeleteBucketTagging`.
    DeleteBucketTagging,
    /// `DeleteBucketWebsite`.
    DeleteBucketWebsite,
    /// `DeleteObject`.
    DeleteObject,
    /// `DeleteObjectTagging`.
    DeleteObjectTagging,
    /// `DeleteObjects`.
    DeleteObjects,
    /// `DeletePublicAccessBlock`.
    DeletePublicAccessBlock,
    /// `GetBucketAccelerateConfiguration`.
    GetBucketAccelerateConfiguration,
    /// `GetBucketAcl`.
    GetBucketAcl,
    /// `GetBucketCors`.
    GetBucketCors,
    /// `GetBucketEncryption`.
    GetBucketEncryption,
    /// `GetBucketLifecycleConfiguration`.
    GetBucketLifecycleConfiguration,
    /// `GetBucketLocation`.
    GetBucketLocation,
    /// `GetBucketLogging`.
    GetBucketLogging,
    /// `GetBucketNotificationConfiguration`.
    GetBucketNotificationConfiguration,
    /// `GetBucketOwnershipControls`.
    GetBucketOwnershipControls,
    /// `GetBucketPolicy`.
    GetBucketPolicy,
    /// `GetBucketReplication`.
    GetBucketReplication,
    /// `GetBucketRequestPayment`.
    GetBucketRequestPayment,
    /// `GetBucketTagging`.
    GetBucketTagging,
    /// `GetBucketVersioning`.
    GetBucketVersioning,
    /// `GetBucketWebsite`.
    GetBucketWebsite,
    /// `GetObject`.
    GetObject,
    /// `GetObjectAcl`.
    GetObjectAcl,
    /// `GetObjectAttributes`.
    GetObjectAttributes,
    /// `GetObjectLockConfiguration`.
    GetObjectLockConfiguration,
    /// `GetObjectTagging`.
    GetObjectTagging,
    /// `GetPublicAccessBlock`.
    GetPublicAccessBlock,
    /// `HeadBucket`.
    HeadBucket,
    /// `HeadObject`.
    HeadObject,
    /// `ListBuckets`.
    ListBuckets,
    /// `ListMultipartUploads`.
    ListMultipartUploads,
    /// `ListObjectVersions`.
    ListObjectVersions,
    /// `ListObjects`.
    ListObjects,
    /// `ListObjectsV2`.
    ListObjectsV2,
    /// `ListParts`.
    ListParts,
    /// `PutBucketAcl`.
    PutBucketAcl,
    /// `PutBucketCors`.
    PutBucketCors,
    /// `PutBucketEncryption`.
    PutBucketEncryption,
    /// `PutBucketLifecycleConfiguration`.
    PutBucketLifecycleConfiguration,
    /// `PutBucketLogging`.
    PutBucketLogging,
    /// `PutBucketNotificationConfiguration`.
    PutBucketNotificationConfiguration,
    /// `PutBucketOwnershipControls`.
    PutBucketOwnershipControls,
    /// `PutBucketPolicy`.
    PutBucketPolicy,
    /// `PutBucketTagging`.
    PutBucketTagging,
    /// `PutBucketVersioning`.
    PutBucketVersioning,
    /// `PutBucketWebsite`.
    PutBucketWebsite,
    /// `PutObject`.
    PutObject,
    /// `PutObjectAcl`.
    PutObjectAcl,
    /// `PutObjectTagging`.
    PutObjectTagging,
    /// `PutPublicAccessBlock`.
    PutPublicAccessBlock,
    /// `UploadPart`.
    UploadPart,
    /// `UploadPartCopy`.
    UploadPartCopy,
}

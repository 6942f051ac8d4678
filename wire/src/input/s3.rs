//! The inputs of s3's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AbortMultipartUpload {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "UploadId")] pub upload_id: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CompleteMultipartUpload {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "MultipartUpload")] pub multipart_upload: Option<CompletedMultipartUpload>,
    #[serde(rename = "UploadId")] pub upload_id: String,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "MpuObjectSize")] pub mpu_object_size: Option<i64>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "IfMatch")] pub if_match: Option<String>,
    #[serde(rename = "IfNoneMatch")] pub if_none_match: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CopyObject {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "CacheControl")] pub cache_control: Option<String>,
    #[serde(rename = "ChecksumAlgorithm")] pub checksum_algorithm: Option<String>,
    #[serde(rename = "ContentDisposition")] pub content_disposition: Option<String>,
    #[serde(rename = "ContentEncoding")] pub content_encoding: Option<String>,
    #[serde(rename = "ContentLanguage")] pub content_language: Option<String>,
    #[serde(rename = "ContentType")] pub content_type: Option<String>,
    #[serde(rename = "CopySource")] pub copy_source: String,
    #[serde(rename = "CopySourceIfMatch")] pub copy_source_if_match: Option<String>,
    #[serde(rename = "CopySourceIfModifiedSince")] pub copy_source_if_modified_since: Option<i64>,
    #[serde(rename = "CopySourceIfNoneMatch")] pub copy_source_if_none_match: Option<String>,
    #[serde(rename = "CopySourceIfUnmodifiedSince")] pub copy_source_if_unmodified_since: Option<i64>,
    #[serde(rename = "Expires")] pub expires: Option<String>,
    #[serde(rename = "IfMatch")] pub if_match: Option<String>,
    #[serde(rename = "IfNoneMatch")] pub if_none_match: Option<String>,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Metadata")] pub metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "MetadataDirective")] pub metadata_directive: Option<String>,
    #[serde(rename = "TaggingDirective")] pub tagging_directive: Option<String>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "Tagging")] pub tagging: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "ExpectedSourceBucketOwner")] pub expected_source_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateBucket {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "CreateBucketConfiguration")] pub create_bucket_configuration: Option<CreateBucketConfiguration>,
    #[serde(rename = "ObjectOwnership")] pub object_ownership: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateMultipartUpload {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "CacheControl")] pub cache_control: Option<String>,
    #[serde(rename = "ContentDisposition")] pub content_disposition: Option<String>,
    #[serde(rename = "ContentEncoding")] pub content_encoding: Option<String>,
    #[serde(rename = "ContentLanguage")] pub content_language: Option<String>,
    #[serde(rename = "ContentType")] pub content_type: Option<String>,
    #[serde(rename = "Expires")] pub expires: Option<String>,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Metadata")] pub metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "Tagging")] pub tagging: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "ChecksumAlgorithm")] pub checksum_algorithm: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteBucket {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteBucketCors {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteBucketEncryption {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteBucketLifecycle {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteBucketOwnershipControls {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteBucketPolicy {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteBucketTagging {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteBucketWebsite {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteObject {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "IfMatch")] pub if_match: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteObjectTagging {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteObjects {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Delete")] pub delete: Delete,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeletePublicAccessBlock {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketAccelerateConfiguration {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketAcl {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketCors {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketEncryption {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketLifecycleConfiguration {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketLocation {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketLogging {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketNotificationConfiguration {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketOwnershipControls {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketPolicy {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketReplication {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketRequestPayment {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketTagging {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketVersioning {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetBucketWebsite {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetObject {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "IfMatch")] pub if_match: Option<String>,
    #[serde(rename = "IfModifiedSince")] pub if_modified_since: Option<i64>,
    #[serde(rename = "IfNoneMatch")] pub if_none_match: Option<String>,
    #[serde(rename = "IfUnmodifiedSince")] pub if_unmodified_since: Option<i64>,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Range")] pub range: Option<String>,
    #[serde(rename = "ResponseCacheControl")] pub response_cache_control: Option<String>,
    #[serde(rename = "ResponseContentDisposition")] pub response_content_disposition: Option<String>,
    #[serde(rename = "ResponseContentEncoding")] pub response_content_encoding: Option<String>,
    #[serde(rename = "ResponseContentLanguage")] pub response_content_language: Option<String>,
    #[serde(rename = "ResponseContentType")] pub response_content_type: Option<String>,
    #[serde(rename = "ResponseExpires")] pub response_expires: Option<i64>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "PartNumber")] pub part_number: Option<i32>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "ChecksumMode")] pub checksum_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetObjectAcl {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetObjectAttributes {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "ObjectAttributes")] pub object_attributes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetObjectLockConfiguration {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetObjectTagging {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetPublicAccessBlock {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct HeadBucket {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct HeadObject {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "IfMatch")] pub if_match: Option<String>,
    #[serde(rename = "IfModifiedSince")] pub if_modified_since: Option<i64>,
    #[serde(rename = "IfNoneMatch")] pub if_none_match: Option<String>,
    #[serde(rename = "IfUnmodifiedSince")] pub if_unmodified_since: Option<i64>,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Range")] pub range: Option<String>,
    #[serde(rename = "ResponseCacheControl")] pub response_cache_control: Option<String>,
    #[serde(rename = "ResponseContentDisposition")] pub response_content_disposition: Option<String>,
    #[serde(rename = "ResponseContentEncoding")] pub response_content_encoding: Option<String>,
    #[serde(rename = "ResponseContentLanguage")] pub response_content_language: Option<String>,
    #[serde(rename = "ResponseContentType")] pub response_content_type: Option<String>,
    #[serde(rename = "ResponseExpires")] pub response_expires: Option<i64>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "PartNumber")] pub part_number: Option<i32>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "ChecksumMode")] pub checksum_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListBuckets {
    #[serde(rename = "MaxBuckets")] pub max_buckets: Option<i32>,
    #[serde(rename = "ContinuationToken")] pub continuation_token: Option<String>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "BucketRegion")] pub bucket_region: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListMultipartUploads {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Delimiter")] pub delimiter: Option<String>,
    #[serde(rename = "EncodingType")] pub encoding_type: Option<String>,
    #[serde(rename = "KeyMarker")] pub key_marker: Option<String>,
    #[serde(rename = "MaxUploads")] pub max_uploads: Option<i32>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "UploadIdMarker")] pub upload_id_marker: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListObjectVersions {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Delimiter")] pub delimiter: Option<String>,
    #[serde(rename = "EncodingType")] pub encoding_type: Option<String>,
    #[serde(rename = "KeyMarker")] pub key_marker: Option<String>,
    #[serde(rename = "MaxKeys")] pub max_keys: Option<i32>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "VersionIdMarker")] pub version_id_marker: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListObjects {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Delimiter")] pub delimiter: Option<String>,
    #[serde(rename = "EncodingType")] pub encoding_type: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxKeys")] pub max_keys: Option<i32>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListObjectsV2 {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Delimiter")] pub delimiter: Option<String>,
    #[serde(rename = "EncodingType")] pub encoding_type: Option<String>,
    #[serde(rename = "MaxKeys")] pub max_keys: Option<i32>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "ContinuationToken")] pub continuation_token: Option<String>,
    #[serde(rename = "FetchOwner")] pub fetch_owner: Option<bool>,
    #[serde(rename = "StartAfter")] pub start_after: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListParts {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "MaxParts")] pub max_parts: Option<i32>,
    #[serde(rename = "PartNumberMarker")] pub part_number_marker: Option<i32>,
    #[serde(rename = "UploadId")] pub upload_id: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketAcl {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketCors {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "CORSConfiguration")] pub cors_configuration: serde_json::Value,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketEncryption {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ServerSideEncryptionConfiguration")] pub server_side_encryption_configuration: serde_json::Value,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketLifecycleConfiguration {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "LifecycleConfiguration")] pub lifecycle_configuration: Option<serde_json::Value>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "TransitionDefaultMinimumObjectSize")] pub transition_default_minimum_object_size: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketLogging {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "BucketLoggingStatus")] pub bucket_logging_status: serde_json::Value,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketNotificationConfiguration {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "NotificationConfiguration")] pub notification_configuration: serde_json::Value,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "SkipDestinationValidation")] pub skip_destination_validation: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketOwnershipControls {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "OwnershipControls")] pub ownership_controls: serde_json::Value,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketPolicy {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Policy")] pub policy: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketTagging {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Tagging")] pub tagging: Tagging,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketVersioning {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "VersioningConfiguration")] pub versioning_configuration: VersioningConfiguration,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutBucketWebsite {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "WebsiteConfiguration")] pub website_configuration: serde_json::Value,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutObject {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "CacheControl")] pub cache_control: Option<String>,
    #[serde(rename = "ContentDisposition")] pub content_disposition: Option<String>,
    #[serde(rename = "ContentEncoding")] pub content_encoding: Option<String>,
    #[serde(rename = "ContentLanguage")] pub content_language: Option<String>,
    #[serde(rename = "ContentType")] pub content_type: Option<String>,
    #[serde(rename = "Expires")] pub expires: Option<String>,
    #[serde(rename = "IfMatch")] pub if_match: Option<String>,
    #[serde(rename = "IfNoneMatch")] pub if_none_match: Option<String>,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Metadata")] pub metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "Tagging")] pub tagging: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutObjectAcl {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutObjectTagging {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "Tagging")] pub tagging: Tagging,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutPublicAccessBlock {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "PublicAccessBlockConfiguration")] pub public_access_block_configuration: serde_json::Value,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UploadPart {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "PartNumber")] pub part_number: i32,
    #[serde(rename = "UploadId")] pub upload_id: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UploadPartCopy {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "CopySource")] pub copy_source: String,
    #[serde(rename = "CopySourceIfMatch")] pub copy_source_if_match: Option<String>,
    #[serde(rename = "CopySourceIfModifiedSince")] pub copy_source_if_modified_since: Option<i64>,
    #[serde(rename = "CopySourceIfNoneMatch")] pub copy_source_if_none_match: Option<String>,
    #[serde(rename = "CopySourceIfUnmodifiedSince")] pub copy_source_if_unmodified_since: Option<i64>,
    #[serde(rename = "CopySourceRange")] pub copy_source_range: Option<String>,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "PartNumber")] pub part_number: i32,
    #[serde(rename = "UploadId")] pub upload_id: String,
    #[serde(rename = "ExpectedBucketOwner")] pub expected_bucket_owner: Option<String>,
    #[serde(rename = "ExpectedSourceBucketOwner")] pub expected_source_bucket_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CompletedMultipartUpload {
    #[serde(rename = "Parts")] pub parts: Option<Vec<CompletedPart>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CompletedPart {
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "PartNumber")] pub part_number: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateBucketConfiguration {
    #[serde(rename = "LocationConstraint")] pub location_constraint: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Delete {
    #[serde(rename = "Objects")] pub objects: Vec<ObjectIdentifier>,
    #[serde(rename = "Quiet")] pub quiet: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ObjectIdentifier {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tagging {
    #[serde(rename = "TagSet")] pub tag_set: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct VersioningConfiguration {
    #[serde(rename = "Status")] pub status: Option<String>,
}

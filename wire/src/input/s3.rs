//! The inputs of s3's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AbortMultipartUpload {
    must "Bucket" bucket: String,
    must "Key" key: String,
    must "UploadId" upload_id: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { CompleteMultipartUpload {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "MultipartUpload" multipart_upload: Option<CompletedMultipartUpload>,
    must "UploadId" upload_id: String,
    may "ChecksumCRC32" checksum_crc32: Option<String>,
    may "ChecksumCRC32C" checksum_crc32_c: Option<String>,
    may "ChecksumCRC64NVME" checksum_crc64_nvme: Option<String>,
    may "ChecksumSHA1" checksum_sha1: Option<String>,
    may "ChecksumSHA256" checksum_sha256: Option<String>,
    may "ChecksumType" checksum_type: Option<String>,
    may "MpuObjectSize" mpu_object_size: Option<i64>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "IfMatch" if_match: Option<String>,
    may "IfNoneMatch" if_none_match: Option<String>,
} }

input! { CopyObject {
    must "Bucket" bucket: String,
    may "CacheControl" cache_control: Option<String>,
    may "ChecksumAlgorithm" checksum_algorithm: Option<String>,
    may "ContentDisposition" content_disposition: Option<String>,
    may "ContentEncoding" content_encoding: Option<String>,
    may "ContentLanguage" content_language: Option<String>,
    may "ContentType" content_type: Option<String>,
    must "CopySource" copy_source: String,
    may "CopySourceIfMatch" copy_source_if_match: Option<String>,
    may "CopySourceIfModifiedSince" copy_source_if_modified_since: Option<i64>,
    may "CopySourceIfNoneMatch" copy_source_if_none_match: Option<String>,
    may "CopySourceIfUnmodifiedSince" copy_source_if_unmodified_since: Option<i64>,
    may "Expires" expires: Option<String>,
    may "IfMatch" if_match: Option<String>,
    may "IfNoneMatch" if_none_match: Option<String>,
    must "Key" key: String,
    may "Metadata" metadata: Option<BTreeMap<String, String>>,
    may "MetadataDirective" metadata_directive: Option<String>,
    may "TaggingDirective" tagging_directive: Option<String>,
    may "ServerSideEncryption" server_side_encryption: Option<String>,
    may "SSEKMSKeyId" ssekms_key_id: Option<String>,
    may "BucketKeyEnabled" bucket_key_enabled: Option<bool>,
    may "Tagging" tagging: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "ExpectedSourceBucketOwner" expected_source_bucket_owner: Option<String>,
} }

input! { CreateBucket {
    must "Bucket" bucket: String,
    may "CreateBucketConfiguration" create_bucket_configuration: Option<CreateBucketConfiguration>,
    may "ObjectOwnership" object_ownership: Option<String>,
} }

input! { CreateMultipartUpload {
    must "Bucket" bucket: String,
    may "CacheControl" cache_control: Option<String>,
    may "ContentDisposition" content_disposition: Option<String>,
    may "ContentEncoding" content_encoding: Option<String>,
    may "ContentLanguage" content_language: Option<String>,
    may "ContentType" content_type: Option<String>,
    may "Expires" expires: Option<String>,
    must "Key" key: String,
    may "Metadata" metadata: Option<BTreeMap<String, String>>,
    may "ServerSideEncryption" server_side_encryption: Option<String>,
    may "SSEKMSKeyId" ssekms_key_id: Option<String>,
    may "BucketKeyEnabled" bucket_key_enabled: Option<bool>,
    may "Tagging" tagging: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "ChecksumAlgorithm" checksum_algorithm: Option<String>,
    may "ChecksumType" checksum_type: Option<String>,
} }

input! { DeleteBucket {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteBucketCors {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteBucketEncryption {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteBucketLifecycle {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteBucketOwnershipControls {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteBucketPolicy {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteBucketTagging {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteBucketWebsite {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteObject {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "VersionId" version_id: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "IfMatch" if_match: Option<String>,
} }

input! { DeleteObjectTagging {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "VersionId" version_id: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeleteObjects {
    must "Bucket" bucket: String,
    must "Delete" delete: Delete,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { DeletePublicAccessBlock {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketAccelerateConfiguration {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketAcl {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketCors {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketEncryption {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketLifecycleConfiguration {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketLocation {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketLogging {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketNotificationConfiguration {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketOwnershipControls {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketPolicy {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketReplication {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketRequestPayment {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketTagging {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketVersioning {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetBucketWebsite {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetObject {
    must "Bucket" bucket: String,
    may "IfMatch" if_match: Option<String>,
    may "IfModifiedSince" if_modified_since: Option<i64>,
    may "IfNoneMatch" if_none_match: Option<String>,
    may "IfUnmodifiedSince" if_unmodified_since: Option<i64>,
    must "Key" key: String,
    may "Range" range: Option<String>,
    may "ResponseCacheControl" response_cache_control: Option<String>,
    may "ResponseContentDisposition" response_content_disposition: Option<String>,
    may "ResponseContentEncoding" response_content_encoding: Option<String>,
    may "ResponseContentLanguage" response_content_language: Option<String>,
    may "ResponseContentType" response_content_type: Option<String>,
    may "ResponseExpires" response_expires: Option<i64>,
    may "VersionId" version_id: Option<String>,
    may "PartNumber" part_number: Option<i32>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "ChecksumMode" checksum_mode: Option<String>,
} }

input! { GetObjectAcl {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "VersionId" version_id: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetObjectAttributes {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "VersionId" version_id: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    must "ObjectAttributes" object_attributes: Vec<String>,
} }

input! { GetObjectLockConfiguration {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetObjectTagging {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "VersionId" version_id: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { GetPublicAccessBlock {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { HeadBucket {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { HeadObject {
    must "Bucket" bucket: String,
    may "IfMatch" if_match: Option<String>,
    may "IfModifiedSince" if_modified_since: Option<i64>,
    may "IfNoneMatch" if_none_match: Option<String>,
    may "IfUnmodifiedSince" if_unmodified_since: Option<i64>,
    must "Key" key: String,
    may "Range" range: Option<String>,
    may "ResponseCacheControl" response_cache_control: Option<String>,
    may "ResponseContentDisposition" response_content_disposition: Option<String>,
    may "ResponseContentEncoding" response_content_encoding: Option<String>,
    may "ResponseContentLanguage" response_content_language: Option<String>,
    may "ResponseContentType" response_content_type: Option<String>,
    may "ResponseExpires" response_expires: Option<i64>,
    may "VersionId" version_id: Option<String>,
    may "PartNumber" part_number: Option<i32>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "ChecksumMode" checksum_mode: Option<String>,
} }

input! { ListBuckets {
    may "MaxBuckets" max_buckets: Option<i32>,
    may "ContinuationToken" continuation_token: Option<String>,
    may "Prefix" prefix: Option<String>,
    may "BucketRegion" bucket_region: Option<String>,
} }

input! { ListMultipartUploads {
    must "Bucket" bucket: String,
    may "Delimiter" delimiter: Option<String>,
    may "EncodingType" encoding_type: Option<String>,
    may "KeyMarker" key_marker: Option<String>,
    may "MaxUploads" max_uploads: Option<i32>,
    may "Prefix" prefix: Option<String>,
    may "UploadIdMarker" upload_id_marker: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { ListObjectVersions {
    must "Bucket" bucket: String,
    may "Delimiter" delimiter: Option<String>,
    may "EncodingType" encoding_type: Option<String>,
    may "KeyMarker" key_marker: Option<String>,
    may "MaxKeys" max_keys: Option<i32>,
    may "Prefix" prefix: Option<String>,
    may "VersionIdMarker" version_id_marker: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { ListObjects {
    must "Bucket" bucket: String,
    may "Delimiter" delimiter: Option<String>,
    may "EncodingType" encoding_type: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxKeys" max_keys: Option<i32>,
    may "Prefix" prefix: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { ListObjectsV2 {
    must "Bucket" bucket: String,
    may "Delimiter" delimiter: Option<String>,
    may "EncodingType" encoding_type: Option<String>,
    may "MaxKeys" max_keys: Option<i32>,
    may "Prefix" prefix: Option<String>,
    may "ContinuationToken" continuation_token: Option<String>,
    may "FetchOwner" fetch_owner: Option<bool>,
    may "StartAfter" start_after: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { ListParts {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "MaxParts" max_parts: Option<i32>,
    may "PartNumberMarker" part_number_marker: Option<i32>,
    must "UploadId" upload_id: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutBucketAcl {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutBucketCors {
    must "Bucket" bucket: String,
    must "CORSConfiguration" cors_configuration: serde_json::Value,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutBucketEncryption {
    must "Bucket" bucket: String,
    must "ServerSideEncryptionConfiguration" server_side_encryption_configuration: serde_json::Value,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutBucketLifecycleConfiguration {
    must "Bucket" bucket: String,
    may "LifecycleConfiguration" lifecycle_configuration: Option<serde_json::Value>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "TransitionDefaultMinimumObjectSize" transition_default_minimum_object_size: Option<String>,
} }

input! { PutBucketLogging {
    must "Bucket" bucket: String,
    must "BucketLoggingStatus" bucket_logging_status: serde_json::Value,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutBucketNotificationConfiguration {
    must "Bucket" bucket: String,
    must "NotificationConfiguration" notification_configuration: serde_json::Value,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "SkipDestinationValidation" skip_destination_validation: Option<bool>,
} }

input! { PutBucketOwnershipControls {
    must "Bucket" bucket: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    must "OwnershipControls" ownership_controls: serde_json::Value,
} }

input! { PutBucketPolicy {
    must "Bucket" bucket: String,
    must "Policy" policy: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutBucketTagging {
    must "Bucket" bucket: String,
    must "Tagging" tagging: Tagging,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutBucketVersioning {
    must "Bucket" bucket: String,
    must "VersioningConfiguration" versioning_configuration: VersioningConfiguration,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutBucketWebsite {
    must "Bucket" bucket: String,
    must "WebsiteConfiguration" website_configuration: serde_json::Value,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutObject {
    must "Bucket" bucket: String,
    may "CacheControl" cache_control: Option<String>,
    may "ContentDisposition" content_disposition: Option<String>,
    may "ContentEncoding" content_encoding: Option<String>,
    may "ContentLanguage" content_language: Option<String>,
    may "ContentType" content_type: Option<String>,
    may "Expires" expires: Option<String>,
    may "IfMatch" if_match: Option<String>,
    may "IfNoneMatch" if_none_match: Option<String>,
    must "Key" key: String,
    may "Metadata" metadata: Option<BTreeMap<String, String>>,
    may "ServerSideEncryption" server_side_encryption: Option<String>,
    may "SSEKMSKeyId" ssekms_key_id: Option<String>,
    may "BucketKeyEnabled" bucket_key_enabled: Option<bool>,
    may "Tagging" tagging: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutObjectAcl {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "VersionId" version_id: Option<String>,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutObjectTagging {
    must "Bucket" bucket: String,
    must "Key" key: String,
    may "VersionId" version_id: Option<String>,
    must "Tagging" tagging: Tagging,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { PutPublicAccessBlock {
    must "Bucket" bucket: String,
    must "PublicAccessBlockConfiguration" public_access_block_configuration: serde_json::Value,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { UploadPart {
    must "Bucket" bucket: String,
    must "Key" key: String,
    must "PartNumber" part_number: i32,
    must "UploadId" upload_id: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
} }

input! { UploadPartCopy {
    must "Bucket" bucket: String,
    must "CopySource" copy_source: String,
    may "CopySourceIfMatch" copy_source_if_match: Option<String>,
    may "CopySourceIfModifiedSince" copy_source_if_modified_since: Option<i64>,
    may "CopySourceIfNoneMatch" copy_source_if_none_match: Option<String>,
    may "CopySourceIfUnmodifiedSince" copy_source_if_unmodified_since: Option<i64>,
    may "CopySourceRange" copy_source_range: Option<String>,
    must "Key" key: String,
    must "PartNumber" part_number: i32,
    must "UploadId" upload_id: String,
    may "ExpectedBucketOwner" expected_bucket_owner: Option<String>,
    may "ExpectedSourceBucketOwner" expected_source_bucket_owner: Option<String>,
} }

input! { CompletedMultipartUpload {
    may "Parts" parts: Option<Vec<CompletedPart>>,
} }

input! { CompletedPart {
    may "ETag" e_tag: Option<String>,
    may "ChecksumCRC32" checksum_crc32: Option<String>,
    may "ChecksumCRC32C" checksum_crc32_c: Option<String>,
    may "ChecksumCRC64NVME" checksum_crc64_nvme: Option<String>,
    may "ChecksumSHA1" checksum_sha1: Option<String>,
    may "ChecksumSHA256" checksum_sha256: Option<String>,
    may "PartNumber" part_number: Option<i32>,
} }

input! { CreateBucketConfiguration {
    may "LocationConstraint" location_constraint: Option<String>,
    may "Tags" tags: Option<Vec<Tag>>,
} }

input! { Delete {
    must "Objects" objects: Vec<ObjectIdentifier>,
    may "Quiet" quiet: Option<bool>,
} }

input! { ObjectIdentifier {
    must "Key" key: String,
    may "VersionId" version_id: Option<String>,
    may "ETag" e_tag: Option<String>,
} }

input! { Tag {
    must "Key" key: String,
    must "Value" value: String,
} }

input! { Tagging {
    must "TagSet" tag_set: Vec<Tag>,
} }

input! { VersioningConfiguration {
    may "Status" status: Option<String>,
} }

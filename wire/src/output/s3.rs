//! The outputs of s3's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AbortIncompleteMultipartUpload {
    #[serde(rename = "DaysAfterInitiation")] pub days_after_initiation: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AbortMultipartUploadOutput {
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccessControlTranslation {
    #[serde(rename = "Owner")] pub owner: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Bucket {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "CreationDate")] pub creation_date: Option<i64>,
    #[serde(rename = "BucketRegion")] pub bucket_region: Option<String>,
    #[serde(rename = "BucketArn")] pub bucket_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CORSRule {
    #[serde(rename = "ID")] pub id: Option<String>,
    #[serde(rename = "AllowedHeaders")] pub allowed_headers: Option<Vec<String>>,
    #[serde(rename = "AllowedMethods")] pub allowed_methods: Vec<String>,
    #[serde(rename = "AllowedOrigins")] pub allowed_origins: Vec<String>,
    #[serde(rename = "ExposeHeaders")] pub expose_headers: Option<Vec<String>>,
    #[serde(rename = "MaxAgeSeconds")] pub max_age_seconds: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Checksum {
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CommonPrefix {
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CompleteMultipartUploadOutput {
    #[serde(rename = "Location")] pub location: Option<String>,
    #[serde(rename = "Bucket")] pub bucket: Option<String>,
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Expiration")] pub expiration: Option<String>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Condition {
    #[serde(rename = "HttpErrorCodeReturnedEquals")] pub http_error_code_returned_equals: Option<String>,
    #[serde(rename = "KeyPrefixEquals")] pub key_prefix_equals: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CopyObjectOutput {
    #[serde(rename = "CopyObjectResult")] pub copy_object_result: Option<CopyObjectResult>,
    #[serde(rename = "Expiration")] pub expiration: Option<String>,
    #[serde(rename = "CopySourceVersionId")] pub copy_source_version_id: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "SSECustomerAlgorithm")] pub sse_customer_algorithm: Option<String>,
    #[serde(rename = "SSECustomerKeyMD5")] pub sse_customer_key_md5: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "SSEKMSEncryptionContext")] pub ssekms_encryption_context: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CopyObjectResult {
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CopyPartResult {
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateBucketOutput {
    #[serde(rename = "Location")] pub location: Option<String>,
    #[serde(rename = "BucketArn")] pub bucket_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateMultipartUploadOutput {
    #[serde(rename = "AbortDate")] pub abort_date: Option<i64>,
    #[serde(rename = "AbortRuleId")] pub abort_rule_id: Option<String>,
    #[serde(rename = "Bucket")] pub bucket: Option<String>,
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "UploadId")] pub upload_id: Option<String>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "SSECustomerAlgorithm")] pub sse_customer_algorithm: Option<String>,
    #[serde(rename = "SSECustomerKeyMD5")] pub sse_customer_key_md5: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "SSEKMSEncryptionContext")] pub ssekms_encryption_context: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "ChecksumAlgorithm")] pub checksum_algorithm: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DefaultRetention {
    #[serde(rename = "Mode")] pub mode: Option<String>,
    #[serde(rename = "Days")] pub days: Option<i32>,
    #[serde(rename = "Years")] pub years: Option<i32>,
    #[serde(rename = "DefaultEventHold")] pub default_event_hold: Option<EventHoldDuration>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteMarkerEntry {
    #[serde(rename = "Owner")] pub owner: Option<Owner>,
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "IsLatest")] pub is_latest: Option<bool>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteMarkerReplication {
    #[serde(rename = "Status")] pub status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteObjectOutput {
    #[serde(rename = "DeleteMarker")] pub delete_marker: Option<bool>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteObjectTaggingOutput {
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteObjectsOutput {
    #[serde(rename = "Deleted")] pub deleted: Option<Vec<DeletedObject>>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "Errors")] pub errors: Option<Vec<Error>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeletedObject {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "DeleteMarker")] pub delete_marker: Option<bool>,
    #[serde(rename = "DeleteMarkerVersionId")] pub delete_marker_version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Destination {
    #[serde(rename = "Bucket")] pub bucket: String,
    #[serde(rename = "Account")] pub account: Option<String>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "AccessControlTranslation")] pub access_control_translation: Option<AccessControlTranslation>,
    #[serde(rename = "EncryptionConfiguration")] pub encryption_configuration: Option<EncryptionConfiguration>,
    #[serde(rename = "ReplicationTime")] pub replication_time: Option<ReplicationTime>,
    #[serde(rename = "Metrics")] pub metrics: Option<Metrics>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EncryptionConfiguration {
    #[serde(rename = "ReplicaKmsKeyID")] pub replica_kms_key_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Error {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "Code")] pub code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorDocument {
    #[serde(rename = "Key")] pub key: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EventHoldDuration {
    #[serde(rename = "Days")] pub days: Option<i32>,
    #[serde(rename = "Years")] pub years: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExistingObjectReplication {
    #[serde(rename = "Status")] pub status: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketAccelerateConfigurationOutput {
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketAclOutput {
    #[serde(rename = "Owner")] pub owner: Option<Owner>,
    #[serde(rename = "Grants")] pub grants: Option<Vec<Grant>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketCorsOutput {
    #[serde(rename = "CORSRules")] pub cors_rules: Option<Vec<CORSRule>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketEncryptionOutput {
    #[serde(rename = "ServerSideEncryptionConfiguration")] pub server_side_encryption_configuration: Option<serde_json::Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketLifecycleConfigurationOutput {
    #[serde(rename = "Rules")] pub rules: Option<Vec<LifecycleRule>>,
    #[serde(rename = "TransitionDefaultMinimumObjectSize")] pub transition_default_minimum_object_size: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketLocationOutput {
    #[serde(rename = "LocationConstraint")] pub location_constraint: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketLoggingOutput {
    #[serde(rename = "LoggingEnabled")] pub logging_enabled: Option<LoggingEnabled>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketOwnershipControlsOutput {
    #[serde(rename = "OwnershipControls")] pub ownership_controls: Option<serde_json::Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketPolicyOutput {
    #[serde(rename = "Policy")] pub policy: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketReplicationOutput {
    #[serde(rename = "ReplicationConfiguration")] pub replication_configuration: Option<ReplicationConfiguration>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketRequestPaymentOutput {
    #[serde(rename = "Payer")] pub payer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetBucketTaggingOutput {
    #[serde(rename = "TagSet")] pub tag_set: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketVersioningOutput {
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "MFADelete")] pub mfa_delete: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetBucketWebsiteOutput {
    #[serde(rename = "RedirectAllRequestsTo")] pub redirect_all_requests_to: Option<RedirectAllRequestsTo>,
    #[serde(rename = "IndexDocument")] pub index_document: Option<IndexDocument>,
    #[serde(rename = "ErrorDocument")] pub error_document: Option<ErrorDocument>,
    #[serde(rename = "RoutingRules")] pub routing_rules: Option<Vec<RoutingRule>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetObjectAclOutput {
    #[serde(rename = "Owner")] pub owner: Option<Owner>,
    #[serde(rename = "Grants")] pub grants: Option<Vec<Grant>>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetObjectAttributesOutput {
    #[serde(rename = "DeleteMarker")] pub delete_marker: Option<bool>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "Checksum")] pub checksum: Option<Checksum>,
    #[serde(rename = "ObjectParts")] pub object_parts: Option<GetObjectAttributesParts>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "ObjectSize")] pub object_size: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetObjectAttributesParts {
    #[serde(rename = "TotalPartsCount")] pub total_parts_count: Option<i32>,
    #[serde(rename = "PartNumberMarker")] pub part_number_marker: Option<i32>,
    #[serde(rename = "NextPartNumberMarker")] pub next_part_number_marker: Option<i32>,
    #[serde(rename = "MaxParts")] pub max_parts: Option<i32>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Parts")] pub parts: Option<Vec<ObjectPart>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetObjectLockConfigurationOutput {
    #[serde(rename = "ObjectLockConfiguration")] pub object_lock_configuration: Option<ObjectLockConfiguration>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetObjectOutput {
    #[serde(rename = "DeleteMarker")] pub delete_marker: Option<bool>,
    #[serde(rename = "AcceptRanges")] pub accept_ranges: Option<String>,
    #[serde(rename = "Expiration")] pub expiration: Option<String>,
    #[serde(rename = "Restore")] pub restore: Option<String>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "ContentLength")] pub content_length: Option<i64>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "MissingMeta")] pub missing_meta: Option<i32>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "CacheControl")] pub cache_control: Option<String>,
    #[serde(rename = "ContentDisposition")] pub content_disposition: Option<String>,
    #[serde(rename = "ContentEncoding")] pub content_encoding: Option<String>,
    #[serde(rename = "ContentLanguage")] pub content_language: Option<String>,
    #[serde(rename = "ContentRange")] pub content_range: Option<String>,
    #[serde(rename = "ContentType")] pub content_type: Option<String>,
    #[serde(rename = "Expires")] pub expires: Option<String>,
    #[serde(rename = "WebsiteRedirectLocation")] pub website_redirect_location: Option<String>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "Metadata")] pub metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "SSECustomerAlgorithm")] pub sse_customer_algorithm: Option<String>,
    #[serde(rename = "SSECustomerKeyMD5")] pub sse_customer_key_md5: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "ReplicationStatus")] pub replication_status: Option<String>,
    #[serde(rename = "PartsCount")] pub parts_count: Option<i32>,
    #[serde(rename = "TagCount")] pub tag_count: Option<i32>,
    #[serde(rename = "ObjectLockMode")] pub object_lock_mode: Option<String>,
    #[serde(rename = "ObjectLockRetainUntilDate")] pub object_lock_retain_until_date: Option<i64>,
    #[serde(rename = "ObjectLockLegalHoldStatus")] pub object_lock_legal_hold_status: Option<String>,
    #[serde(rename = "ObjectLockEventHold")] pub object_lock_event_hold: Option<String>,
    #[serde(rename = "ObjectLockEventHoldDurationDays")] pub object_lock_event_hold_duration_days: Option<i32>,
    #[serde(rename = "ObjectLockEventHoldDurationYears")] pub object_lock_event_hold_duration_years: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetObjectTaggingOutput {
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "TagSet")] pub tag_set: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetPublicAccessBlockOutput {
    #[serde(rename = "PublicAccessBlockConfiguration")] pub public_access_block_configuration: Option<serde_json::Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Grant {
    #[serde(rename = "Grantee")] pub grantee: Option<Grantee>,
    #[serde(rename = "Permission")] pub permission: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Grantee {
    #[serde(rename = "DisplayName")] pub display_name: Option<String>,
    #[serde(rename = "EmailAddress")] pub email_address: Option<String>,
    #[serde(rename = "ID")] pub id: Option<String>,
    #[serde(rename = "Type")] pub r#type: String,
    #[serde(rename = "URI")] pub uri: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct HeadBucketOutput {
    #[serde(rename = "BucketArn")] pub bucket_arn: Option<String>,
    #[serde(rename = "BucketLocationType")] pub bucket_location_type: Option<String>,
    #[serde(rename = "BucketLocationName")] pub bucket_location_name: Option<String>,
    #[serde(rename = "BucketRegion")] pub bucket_region: Option<String>,
    #[serde(rename = "AccessPointAlias")] pub access_point_alias: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct HeadObjectOutput {
    #[serde(rename = "DeleteMarker")] pub delete_marker: Option<bool>,
    #[serde(rename = "AcceptRanges")] pub accept_ranges: Option<String>,
    #[serde(rename = "Expiration")] pub expiration: Option<String>,
    #[serde(rename = "Restore")] pub restore: Option<String>,
    #[serde(rename = "ArchiveStatus")] pub archive_status: Option<String>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "ContentLength")] pub content_length: Option<i64>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "MissingMeta")] pub missing_meta: Option<i32>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "CacheControl")] pub cache_control: Option<String>,
    #[serde(rename = "ContentDisposition")] pub content_disposition: Option<String>,
    #[serde(rename = "ContentEncoding")] pub content_encoding: Option<String>,
    #[serde(rename = "ContentLanguage")] pub content_language: Option<String>,
    #[serde(rename = "ContentType")] pub content_type: Option<String>,
    #[serde(rename = "ContentRange")] pub content_range: Option<String>,
    #[serde(rename = "Expires")] pub expires: Option<String>,
    #[serde(rename = "WebsiteRedirectLocation")] pub website_redirect_location: Option<String>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "Metadata")] pub metadata: Option<BTreeMap<String, String>>,
    #[serde(rename = "SSECustomerAlgorithm")] pub sse_customer_algorithm: Option<String>,
    #[serde(rename = "SSECustomerKeyMD5")] pub sse_customer_key_md5: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "ReplicationStatus")] pub replication_status: Option<String>,
    #[serde(rename = "PartsCount")] pub parts_count: Option<i32>,
    #[serde(rename = "TagCount")] pub tag_count: Option<i32>,
    #[serde(rename = "ObjectLockMode")] pub object_lock_mode: Option<String>,
    #[serde(rename = "ObjectLockRetainUntilDate")] pub object_lock_retain_until_date: Option<i64>,
    #[serde(rename = "ObjectLockLegalHoldStatus")] pub object_lock_legal_hold_status: Option<String>,
    #[serde(rename = "ObjectLockEventHold")] pub object_lock_event_hold: Option<String>,
    #[serde(rename = "ObjectLockEventHoldDurationDays")] pub object_lock_event_hold_duration_days: Option<i32>,
    #[serde(rename = "ObjectLockEventHoldDurationYears")] pub object_lock_event_hold_duration_years: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexDocument {
    #[serde(rename = "Suffix")] pub suffix: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Initiator {
    #[serde(rename = "ID")] pub id: Option<String>,
    #[serde(rename = "DisplayName")] pub display_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LifecycleExpiration {
    #[serde(rename = "Date")] pub date: Option<i64>,
    #[serde(rename = "Days")] pub days: Option<i32>,
    #[serde(rename = "ExpiredObjectDeleteMarker")] pub expired_object_delete_marker: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LifecycleRule {
    #[serde(rename = "Expiration")] pub expiration: Option<LifecycleExpiration>,
    #[serde(rename = "ID")] pub id: Option<String>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Filter")] pub filter: Option<LifecycleRuleFilter>,
    #[serde(rename = "Status")] pub status: String,
    #[serde(rename = "Transitions")] pub transitions: Option<Vec<Transition>>,
    #[serde(rename = "NoncurrentVersionTransitions")] pub noncurrent_version_transitions: Option<Vec<NoncurrentVersionTransition>>,
    #[serde(rename = "NoncurrentVersionExpiration")] pub noncurrent_version_expiration: Option<NoncurrentVersionExpiration>,
    #[serde(rename = "AbortIncompleteMultipartUpload")] pub abort_incomplete_multipart_upload: Option<AbortIncompleteMultipartUpload>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LifecycleRuleAndOperator {
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "ObjectSizeGreaterThan")] pub object_size_greater_than: Option<i64>,
    #[serde(rename = "ObjectSizeLessThan")] pub object_size_less_than: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LifecycleRuleFilter {
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Tag")] pub tag: Option<Tag>,
    #[serde(rename = "ObjectSizeGreaterThan")] pub object_size_greater_than: Option<i64>,
    #[serde(rename = "ObjectSizeLessThan")] pub object_size_less_than: Option<i64>,
    #[serde(rename = "And")] pub and: Option<LifecycleRuleAndOperator>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListBucketsOutput {
    #[serde(rename = "Buckets")] pub buckets: Option<Vec<Bucket>>,
    #[serde(rename = "Owner")] pub owner: Option<Owner>,
    #[serde(rename = "ContinuationToken")] pub continuation_token: Option<String>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListMultipartUploadsOutput {
    #[serde(rename = "Bucket")] pub bucket: Option<String>,
    #[serde(rename = "KeyMarker")] pub key_marker: Option<String>,
    #[serde(rename = "UploadIdMarker")] pub upload_id_marker: Option<String>,
    #[serde(rename = "NextKeyMarker")] pub next_key_marker: Option<String>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Delimiter")] pub delimiter: Option<String>,
    #[serde(rename = "NextUploadIdMarker")] pub next_upload_id_marker: Option<String>,
    #[serde(rename = "MaxUploads")] pub max_uploads: Option<i32>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Uploads")] pub uploads: Option<Vec<MultipartUpload>>,
    #[serde(rename = "CommonPrefixes")] pub common_prefixes: Option<Vec<CommonPrefix>>,
    #[serde(rename = "EncodingType")] pub encoding_type: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListObjectVersionsOutput {
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "KeyMarker")] pub key_marker: Option<String>,
    #[serde(rename = "VersionIdMarker")] pub version_id_marker: Option<String>,
    #[serde(rename = "NextKeyMarker")] pub next_key_marker: Option<String>,
    #[serde(rename = "NextVersionIdMarker")] pub next_version_id_marker: Option<String>,
    #[serde(rename = "Versions")] pub versions: Option<Vec<ObjectVersion>>,
    #[serde(rename = "DeleteMarkers")] pub delete_markers: Option<Vec<DeleteMarkerEntry>>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Delimiter")] pub delimiter: Option<String>,
    #[serde(rename = "MaxKeys")] pub max_keys: Option<i32>,
    #[serde(rename = "CommonPrefixes")] pub common_prefixes: Option<Vec<CommonPrefix>>,
    #[serde(rename = "EncodingType")] pub encoding_type: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListObjectsOutput {
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
    #[serde(rename = "Contents")] pub contents: Option<Vec<Object>>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Delimiter")] pub delimiter: Option<String>,
    #[serde(rename = "MaxKeys")] pub max_keys: Option<i32>,
    #[serde(rename = "CommonPrefixes")] pub common_prefixes: Option<Vec<CommonPrefix>>,
    #[serde(rename = "EncodingType")] pub encoding_type: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListObjectsV2Output {
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Contents")] pub contents: Option<Vec<Object>>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Delimiter")] pub delimiter: Option<String>,
    #[serde(rename = "MaxKeys")] pub max_keys: Option<i32>,
    #[serde(rename = "CommonPrefixes")] pub common_prefixes: Option<Vec<CommonPrefix>>,
    #[serde(rename = "EncodingType")] pub encoding_type: Option<String>,
    #[serde(rename = "KeyCount")] pub key_count: Option<i32>,
    #[serde(rename = "ContinuationToken")] pub continuation_token: Option<String>,
    #[serde(rename = "NextContinuationToken")] pub next_continuation_token: Option<String>,
    #[serde(rename = "StartAfter")] pub start_after: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListPartsOutput {
    #[serde(rename = "AbortDate")] pub abort_date: Option<i64>,
    #[serde(rename = "AbortRuleId")] pub abort_rule_id: Option<String>,
    #[serde(rename = "Bucket")] pub bucket: Option<String>,
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "UploadId")] pub upload_id: Option<String>,
    #[serde(rename = "PartNumberMarker")] pub part_number_marker: Option<i32>,
    #[serde(rename = "NextPartNumberMarker")] pub next_part_number_marker: Option<i32>,
    #[serde(rename = "MaxParts")] pub max_parts: Option<i32>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Parts")] pub parts: Option<Vec<Part>>,
    #[serde(rename = "Initiator")] pub initiator: Option<Initiator>,
    #[serde(rename = "Owner")] pub owner: Option<Owner>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "ChecksumAlgorithm")] pub checksum_algorithm: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LoggingEnabled {
    #[serde(rename = "TargetBucket")] pub target_bucket: String,
    #[serde(rename = "TargetGrants")] pub target_grants: Option<Vec<TargetGrant>>,
    #[serde(rename = "TargetPrefix")] pub target_prefix: String,
    #[serde(rename = "TargetObjectKeyFormat")] pub target_object_key_format: Option<TargetObjectKeyFormat>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metrics {
    #[serde(rename = "Status")] pub status: String,
    #[serde(rename = "EventThreshold")] pub event_threshold: Option<ReplicationTimeValue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct MultipartUpload {
    #[serde(rename = "UploadId")] pub upload_id: Option<String>,
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Initiated")] pub initiated: Option<i64>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "Owner")] pub owner: Option<Owner>,
    #[serde(rename = "Initiator")] pub initiator: Option<Initiator>,
    #[serde(rename = "ChecksumAlgorithm")] pub checksum_algorithm: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NoncurrentVersionExpiration {
    #[serde(rename = "NoncurrentDays")] pub noncurrent_days: Option<i32>,
    #[serde(rename = "NewerNoncurrentVersions")] pub newer_noncurrent_versions: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NoncurrentVersionTransition {
    #[serde(rename = "NoncurrentDays")] pub noncurrent_days: Option<i32>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "NewerNoncurrentVersions")] pub newer_noncurrent_versions: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Object {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "ChecksumAlgorithm")] pub checksum_algorithm: Option<Vec<String>>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "Size")] pub size: Option<i64>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "Owner")] pub owner: Option<Owner>,
    #[serde(rename = "RestoreStatus")] pub restore_status: Option<RestoreStatus>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ObjectLockConfiguration {
    #[serde(rename = "ObjectLockEnabled")] pub object_lock_enabled: Option<String>,
    #[serde(rename = "Rule")] pub rule: Option<ObjectLockRule>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ObjectLockRule {
    #[serde(rename = "DefaultRetention")] pub default_retention: Option<DefaultRetention>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ObjectPart {
    #[serde(rename = "PartNumber")] pub part_number: Option<i32>,
    #[serde(rename = "Size")] pub size: Option<i64>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ObjectVersion {
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "ChecksumAlgorithm")] pub checksum_algorithm: Option<Vec<String>>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "Size")] pub size: Option<i64>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "IsLatest")] pub is_latest: Option<bool>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "Owner")] pub owner: Option<Owner>,
    #[serde(rename = "RestoreStatus")] pub restore_status: Option<RestoreStatus>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Owner {
    #[serde(rename = "DisplayName")] pub display_name: Option<String>,
    #[serde(rename = "ID")] pub id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Part {
    #[serde(rename = "PartNumber")] pub part_number: Option<i32>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "Size")] pub size: Option<i64>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PartitionedPrefix {
    #[serde(rename = "PartitionDateSource")] pub partition_date_source: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutBucketLifecycleConfigurationOutput {
    #[serde(rename = "TransitionDefaultMinimumObjectSize")] pub transition_default_minimum_object_size: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutObjectAclOutput {
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutObjectOutput {
    #[serde(rename = "Expiration")] pub expiration: Option<String>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
    #[serde(rename = "ChecksumType")] pub checksum_type: Option<String>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "SSECustomerAlgorithm")] pub sse_customer_algorithm: Option<String>,
    #[serde(rename = "SSECustomerKeyMD5")] pub sse_customer_key_md5: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "SSEKMSEncryptionContext")] pub ssekms_encryption_context: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "Size")] pub size: Option<i64>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutObjectTaggingOutput {
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Redirect {
    #[serde(rename = "HostName")] pub host_name: Option<String>,
    #[serde(rename = "HttpRedirectCode")] pub http_redirect_code: Option<String>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
    #[serde(rename = "ReplaceKeyPrefixWith")] pub replace_key_prefix_with: Option<String>,
    #[serde(rename = "ReplaceKeyWith")] pub replace_key_with: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RedirectAllRequestsTo {
    #[serde(rename = "HostName")] pub host_name: String,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplicaModifications {
    #[serde(rename = "Status")] pub status: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplicationConfiguration {
    #[serde(rename = "Role")] pub role: String,
    #[serde(rename = "Rules")] pub rules: Vec<ReplicationRule>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplicationRule {
    #[serde(rename = "ID")] pub id: Option<String>,
    #[serde(rename = "Priority")] pub priority: Option<i32>,
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Filter")] pub filter: Option<ReplicationRuleFilter>,
    #[serde(rename = "Status")] pub status: String,
    #[serde(rename = "SourceSelectionCriteria")] pub source_selection_criteria: Option<SourceSelectionCriteria>,
    #[serde(rename = "ExistingObjectReplication")] pub existing_object_replication: Option<ExistingObjectReplication>,
    #[serde(rename = "Destination")] pub destination: Destination,
    #[serde(rename = "DeleteMarkerReplication")] pub delete_marker_replication: Option<DeleteMarkerReplication>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReplicationRuleAndOperator {
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReplicationRuleFilter {
    #[serde(rename = "Prefix")] pub prefix: Option<String>,
    #[serde(rename = "Tag")] pub tag: Option<Tag>,
    #[serde(rename = "And")] pub and: Option<ReplicationRuleAndOperator>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplicationTime {
    #[serde(rename = "Status")] pub status: String,
    #[serde(rename = "Time")] pub time: ReplicationTimeValue,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReplicationTimeValue {
    #[serde(rename = "Minutes")] pub minutes: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RestoreStatus {
    #[serde(rename = "IsRestoreInProgress")] pub is_restore_in_progress: Option<bool>,
    #[serde(rename = "RestoreExpiryDate")] pub restore_expiry_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoutingRule {
    #[serde(rename = "Condition")] pub condition: Option<Condition>,
    #[serde(rename = "Redirect")] pub redirect: Redirect,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SimplePrefix {}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SourceSelectionCriteria {
    #[serde(rename = "SseKmsEncryptedObjects")] pub sse_kms_encrypted_objects: Option<SseKmsEncryptedObjects>,
    #[serde(rename = "ReplicaModifications")] pub replica_modifications: Option<ReplicaModifications>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SseKmsEncryptedObjects {
    #[serde(rename = "Status")] pub status: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TargetGrant {
    #[serde(rename = "Grantee")] pub grantee: Option<Grantee>,
    #[serde(rename = "Permission")] pub permission: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TargetObjectKeyFormat {
    #[serde(rename = "SimplePrefix")] pub simple_prefix: Option<SimplePrefix>,
    #[serde(rename = "PartitionedPrefix")] pub partitioned_prefix: Option<PartitionedPrefix>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Transition {
    #[serde(rename = "Date")] pub date: Option<i64>,
    #[serde(rename = "Days")] pub days: Option<i32>,
    #[serde(rename = "StorageClass")] pub storage_class: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UploadPartCopyOutput {
    #[serde(rename = "CopySourceVersionId")] pub copy_source_version_id: Option<String>,
    #[serde(rename = "CopyPartResult")] pub copy_part_result: Option<CopyPartResult>,
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "SSECustomerAlgorithm")] pub sse_customer_algorithm: Option<String>,
    #[serde(rename = "SSECustomerKeyMD5")] pub sse_customer_key_md5: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UploadPartOutput {
    #[serde(rename = "ServerSideEncryption")] pub server_side_encryption: Option<String>,
    #[serde(rename = "ETag")] pub e_tag: Option<String>,
    #[serde(rename = "ChecksumCRC32")] pub checksum_crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C")] pub checksum_crc32_c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME")] pub checksum_crc64_nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1")] pub checksum_sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256")] pub checksum_sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512")] pub checksum_sha512: Option<String>,
    #[serde(rename = "ChecksumMD5")] pub checksum_md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64")] pub checksum_xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3")] pub checksum_xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128")] pub checksum_xxhash128: Option<String>,
    #[serde(rename = "SSECustomerAlgorithm")] pub sse_customer_algorithm: Option<String>,
    #[serde(rename = "SSECustomerKeyMD5")] pub sse_customer_key_md5: Option<String>,
    #[serde(rename = "SSEKMSKeyId")] pub ssekms_key_id: Option<String>,
    #[serde(rename = "BucketKeyEnabled")] pub bucket_key_enabled: Option<bool>,
    #[serde(rename = "RequestCharged")] pub request_charged: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

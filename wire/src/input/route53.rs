//! The inputs of route53's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssociateVPCWithHostedZone {
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: String,
    #[serde(rename = "VPC")] pub vpc: VPC,
    #[serde(rename = "Comment")] pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ChangeResourceRecordSets {
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: String,
    #[serde(rename = "ChangeBatch")] pub change_batch: ChangeBatch,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ChangeTagsForResource {
    #[serde(rename = "ResourceType")] pub resource_type: String,
    #[serde(rename = "ResourceId")] pub resource_id: String,
    #[serde(rename = "AddTags")] pub add_tags: Option<Vec<Tag>>,
    #[serde(rename = "RemoveTagKeys")] pub remove_tag_keys: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateHostedZone {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "VPC")] pub vpc: Option<VPC>,
    #[serde(rename = "CallerReference")] pub caller_reference: String,
    #[serde(rename = "HostedZoneConfig")] pub hosted_zone_config: Option<HostedZoneConfig>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteHostedZone {
    #[serde(rename = "Id")] pub id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DisassociateVPCFromHostedZone {
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: String,
    #[serde(rename = "VPC")] pub vpc: VPC,
    #[serde(rename = "Comment")] pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetChange {
    #[serde(rename = "Id")] pub id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetHostedZone {
    #[serde(rename = "Id")] pub id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetHostedZoneCount {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListHostedZones {
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<String>,
    #[serde(rename = "HostedZoneType")] pub hosted_zone_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListHostedZonesByName {
    #[serde(rename = "DNSName")] pub dns_name: Option<String>,
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListHostedZonesByVPC {
    #[serde(rename = "VPCId")] pub vpc_id: String,
    #[serde(rename = "VPCRegion")] pub vpc_region: String,
    #[serde(rename = "MaxItems")] pub max_items: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListResourceRecordSets {
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: String,
    #[serde(rename = "StartRecordName")] pub start_record_name: Option<String>,
    #[serde(rename = "StartRecordType")] pub start_record_type: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsForResource {
    #[serde(rename = "ResourceType")] pub resource_type: String,
    #[serde(rename = "ResourceId")] pub resource_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateHostedZoneComment {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "Comment")] pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ChangeBatch {
    #[serde(rename = "Comment")] pub comment: Option<String>,
    #[serde(rename = "Changes")] pub changes: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Change {
    #[serde(rename = "Action")] pub action: String,
    #[serde(rename = "ResourceRecordSet")] pub resource_record_set: ResourceRecordSet,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct HostedZoneConfig {
    #[serde(rename = "Comment")] pub comment: Option<String>,
    #[serde(rename = "PrivateZone")] pub private_zone: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ResourceRecordSet {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Type")] pub r#type: String,
    #[serde(rename = "TTL")] pub ttl: Option<i64>,
    #[serde(rename = "ResourceRecords")] pub resource_records: Option<Vec<ResourceRecord>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ResourceRecord {
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct VPC {
    #[serde(rename = "VPCRegion")] pub vpc_region: Option<String>,
    #[serde(rename = "VPCId")] pub vpc_id: Option<String>,
}

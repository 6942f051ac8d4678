//! The inputs of route53's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AssociateVPCWithHostedZone {
    must "HostedZoneId" hosted_zone_id: String,
    must "VPC" vpc: VPC,
    may "Comment" comment: Option<String>,
} }

input! { ChangeResourceRecordSets {
    must "HostedZoneId" hosted_zone_id: String,
    must "ChangeBatch" change_batch: ChangeBatch,
} }

input! { ChangeTagsForResource {
    must "ResourceType" resource_type: String,
    must "ResourceId" resource_id: String,
    may "AddTags" add_tags: Option<Vec<Tag>>,
    may "RemoveTagKeys" remove_tag_keys: Option<Vec<String>>,
} }

input! { CreateHostedZone {
    must "Name" name: String,
    may "VPC" vpc: Option<VPC>,
    must "CallerReference" caller_reference: String,
    may "HostedZoneConfig" hosted_zone_config: Option<HostedZoneConfig>,
} }

input! { DeleteHostedZone {
    must "Id" id: String,
} }

input! { DisassociateVPCFromHostedZone {
    must "HostedZoneId" hosted_zone_id: String,
    must "VPC" vpc: VPC,
    may "Comment" comment: Option<String>,
} }

input! { GetChange {
    must "Id" id: String,
} }

input! { GetHostedZone {
    must "Id" id: String,
} }

input! { GetHostedZoneCount {} }

input! { ListHostedZones {
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<String>,
    may "HostedZoneType" hosted_zone_type: Option<String>,
} }

input! { ListHostedZonesByName {
    may "DNSName" dns_name: Option<String>,
    may "HostedZoneId" hosted_zone_id: Option<String>,
    may "MaxItems" max_items: Option<String>,
} }

input! { ListHostedZonesByVPC {
    must "VPCId" vpc_id: String,
    must "VPCRegion" vpc_region: String,
    may "MaxItems" max_items: Option<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { ListResourceRecordSets {
    must "HostedZoneId" hosted_zone_id: String,
    may "StartRecordName" start_record_name: Option<String>,
    may "StartRecordType" start_record_type: Option<String>,
    may "MaxItems" max_items: Option<String>,
} }

input! { ListTagsForResource {
    must "ResourceType" resource_type: String,
    must "ResourceId" resource_id: String,
} }

input! { UpdateHostedZoneComment {
    must "Id" id: String,
    may "Comment" comment: Option<String>,
} }

input! { ChangeBatch {
    may "Comment" comment: Option<String>,
    must "Changes" changes: Vec<Change>,
} }

input! { Change {
    must "Action" action: String,
    must "ResourceRecordSet" resource_record_set: ResourceRecordSet,
} }

input! { HostedZoneConfig {
    may "Comment" comment: Option<String>,
    may "PrivateZone" private_zone: Option<bool>,
} }

input! { ResourceRecordSet {
    must "Name" name: String,
    must "Type" r#type: String,
    may "TTL" ttl: Option<i64>,
    may "ResourceRecords" resource_records: Option<Vec<ResourceRecord>>,
} }

input! { ResourceRecord {
    must "Value" value: String,
} }

input! { Tag {
    may "Key" key: Option<String>,
    may "Value" value: Option<String>,
} }

input! { VPC {
    may "VPCRegion" vpc_region: Option<String>,
    may "VPCId" vpc_id: Option<String>,
} }

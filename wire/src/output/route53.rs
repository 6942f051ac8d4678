//! The outputs of route53's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AliasTarget {
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: String,
    #[serde(rename = "DNSName")] pub dns_name: String,
    #[serde(rename = "EvaluateTargetHealth")] pub evaluate_target_health: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssociateVPCWithHostedZoneResponse {
    #[serde(rename = "ChangeInfo")] pub change_info: ChangeInfo,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeInfo {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "Status")] pub status: String,
    #[serde(rename = "SubmittedAt")] pub submitted_at: i64,
    #[serde(rename = "Comment")] pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeResourceRecordSetsResponse {
    #[serde(rename = "ChangeInfo")] pub change_info: ChangeInfo,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ChangeTagsForResourceResponse {}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CidrRoutingConfig {
    #[serde(rename = "CollectionId")] pub collection_id: String,
    #[serde(rename = "LocationName")] pub location_name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coordinates {
    #[serde(rename = "Latitude")] pub latitude: String,
    #[serde(rename = "Longitude")] pub longitude: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateHostedZoneResponse {
    #[serde(rename = "HostedZone")] pub hosted_zone: HostedZone,
    #[serde(rename = "ChangeInfo")] pub change_info: ChangeInfo,
    #[serde(rename = "DelegationSet")] pub delegation_set: DelegationSet,
    #[serde(rename = "VPC")] pub vpc: Option<VPC>,
    #[serde(rename = "Location")] pub location: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DelegationSet {
    #[serde(rename = "Id")] pub id: Option<String>,
    #[serde(rename = "CallerReference")] pub caller_reference: Option<String>,
    #[serde(rename = "NameServers")] pub name_servers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeleteHostedZoneResponse {
    #[serde(rename = "ChangeInfo")] pub change_info: ChangeInfo,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DisassociateVPCFromHostedZoneResponse {
    #[serde(rename = "ChangeInfo")] pub change_info: ChangeInfo,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GeoLocation {
    #[serde(rename = "ContinentCode")] pub continent_code: Option<String>,
    #[serde(rename = "CountryCode")] pub country_code: Option<String>,
    #[serde(rename = "SubdivisionCode")] pub subdivision_code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GeoProximityLocation {
    #[serde(rename = "AWSRegion")] pub aws_region: Option<String>,
    #[serde(rename = "LocalZoneGroup")] pub local_zone_group: Option<String>,
    #[serde(rename = "Coordinates")] pub coordinates: Option<Coordinates>,
    #[serde(rename = "Bias")] pub bias: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetChangeResponse {
    #[serde(rename = "ChangeInfo")] pub change_info: ChangeInfo,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetHostedZoneCountResponse {
    #[serde(rename = "HostedZoneCount")] pub hosted_zone_count: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetHostedZoneResponse {
    #[serde(rename = "HostedZone")] pub hosted_zone: HostedZone,
    #[serde(rename = "DelegationSet")] pub delegation_set: Option<DelegationSet>,
    #[serde(rename = "VPCs")] pub vp_cs: Option<Vec<VPC>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HostedZone {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "CallerReference")] pub caller_reference: String,
    #[serde(rename = "Config")] pub config: Option<HostedZoneConfig>,
    #[serde(rename = "ResourceRecordSetCount")] pub resource_record_set_count: Option<i64>,
    #[serde(rename = "LinkedService")] pub linked_service: Option<LinkedService>,
    #[serde(rename = "Features")] pub features: Option<HostedZoneFeatures>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct HostedZoneConfig {
    #[serde(rename = "Comment")] pub comment: Option<String>,
    #[serde(rename = "PrivateZone")] pub private_zone: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct HostedZoneFailureReasons {
    #[serde(rename = "AcceleratedRecovery")] pub accelerated_recovery: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct HostedZoneFeatures {
    #[serde(rename = "AcceleratedRecoveryStatus")] pub accelerated_recovery_status: Option<String>,
    #[serde(rename = "FailureReasons")] pub failure_reasons: Option<HostedZoneFailureReasons>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct HostedZoneOwner {
    #[serde(rename = "OwningAccount")] pub owning_account: Option<String>,
    #[serde(rename = "OwningService")] pub owning_service: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HostedZoneSummary {
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: String,
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Owner")] pub owner: HostedZoneOwner,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LinkedService {
    #[serde(rename = "ServicePrincipal")] pub service_principal: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListHostedZonesByNameResponse {
    #[serde(rename = "HostedZones")] pub hosted_zones: Vec<HostedZone>,
    #[serde(rename = "DNSName")] pub dns_name: Option<String>,
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: Option<String>,
    #[serde(rename = "IsTruncated")] pub is_truncated: bool,
    #[serde(rename = "NextDNSName")] pub next_dns_name: Option<String>,
    #[serde(rename = "NextHostedZoneId")] pub next_hosted_zone_id: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListHostedZonesByVPCResponse {
    #[serde(rename = "HostedZoneSummaries")] pub hosted_zone_summaries: Vec<HostedZoneSummary>,
    #[serde(rename = "MaxItems")] pub max_items: String,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListHostedZonesResponse {
    #[serde(rename = "HostedZones")] pub hosted_zones: Vec<HostedZone>,
    #[serde(rename = "Marker")] pub marker: String,
    #[serde(rename = "IsTruncated")] pub is_truncated: bool,
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListResourceRecordSetsResponse {
    #[serde(rename = "ResourceRecordSets")] pub resource_record_sets: Vec<ResourceRecordSet>,
    #[serde(rename = "IsTruncated")] pub is_truncated: bool,
    #[serde(rename = "NextRecordName")] pub next_record_name: Option<String>,
    #[serde(rename = "NextRecordType")] pub next_record_type: Option<String>,
    #[serde(rename = "NextRecordIdentifier")] pub next_record_identifier: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListTagsForResourceResponse {
    #[serde(rename = "ResourceTagSet")] pub resource_tag_set: ResourceTagSet,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResourceRecord {
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResourceRecordSet {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Type")] pub r#type: String,
    #[serde(rename = "SetIdentifier")] pub set_identifier: Option<String>,
    #[serde(rename = "Weight")] pub weight: Option<i64>,
    #[serde(rename = "Region")] pub region: Option<String>,
    #[serde(rename = "GeoLocation")] pub geo_location: Option<GeoLocation>,
    #[serde(rename = "Failover")] pub failover: Option<String>,
    #[serde(rename = "MultiValueAnswer")] pub multi_value_answer: Option<bool>,
    #[serde(rename = "TTL")] pub ttl: Option<i64>,
    #[serde(rename = "ResourceRecords")] pub resource_records: Option<Vec<ResourceRecord>>,
    #[serde(rename = "AliasTarget")] pub alias_target: Option<AliasTarget>,
    #[serde(rename = "HealthCheckId")] pub health_check_id: Option<String>,
    #[serde(rename = "TrafficPolicyInstanceId")] pub traffic_policy_instance_id: Option<String>,
    #[serde(rename = "CidrRoutingConfig")] pub cidr_routing_config: Option<CidrRoutingConfig>,
    #[serde(rename = "GeoProximityLocation")] pub geo_proximity_location: Option<GeoProximityLocation>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ResourceTagSet {
    #[serde(rename = "ResourceType")] pub resource_type: Option<String>,
    #[serde(rename = "ResourceId")] pub resource_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UpdateHostedZoneCommentResponse {
    #[serde(rename = "HostedZone")] pub hosted_zone: HostedZone,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VPC {
    #[serde(rename = "VPCRegion")] pub vpc_region: Option<String>,
    #[serde(rename = "VPCId")] pub vpc_id: Option<String>,
}

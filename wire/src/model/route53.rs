//! Amazon Route 53 2013-04-01. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, route53::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "route53", signing: "route53", version: "2013-04-01", protocol: Protocol::RestXml, namespace: "", target: "", json: "", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 15] = [
    Operation { op: op::Op::Route53(Op::AssociateVPCWithHostedZone), name: "AssociateVPCWithHostedZone", service: &SERVICE, method: "POST", uri: "/2013-04-01/hostedzone/{Id}/associatevpc", status: 200, input: Some(&S_ASSOCIATE_VPCWITH_HOSTED_ZONE_REQUEST), output: Some(&S_ASSOCIATE_VPCWITH_HOSTED_ZONE_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::ChangeResourceRecordSets), name: "ChangeResourceRecordSets", service: &SERVICE, method: "POST", uri: "/2013-04-01/hostedzone/{Id}/rrset/", status: 200, input: Some(&S_CHANGE_RESOURCE_RECORD_SETS_REQUEST), output: Some(&S_CHANGE_RESOURCE_RECORD_SETS_RESPONSE), note: "records with one policy: of A, AAAA, CNAME, MX, NS, PTR, SOA, SRV and TXT, without aliases, weights, places, failover and health checks" },
    Operation { op: op::Op::Route53(Op::ChangeTagsForResource), name: "ChangeTagsForResource", service: &SERVICE, method: "POST", uri: "/2013-04-01/tags/{ResourceType}/{ResourceId}", status: 200, input: Some(&S_CHANGE_TAGS_FOR_RESOURCE_REQUEST), output: Some(&S_CHANGE_TAGS_FOR_RESOURCE_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::CreateHostedZone), name: "CreateHostedZone", service: &SERVICE, method: "POST", uri: "/2013-04-01/hostedzone", status: 201, input: Some(&S_CREATE_HOSTED_ZONE_REQUEST), output: Some(&S_CREATE_HOSTED_ZONE_RESPONSE), note: "private zones alone: a zone is of the VPCs that it is made for" },
    Operation { op: op::Op::Route53(Op::DeleteHostedZone), name: "DeleteHostedZone", service: &SERVICE, method: "DELETE", uri: "/2013-04-01/hostedzone/{Id}", status: 200, input: Some(&S_DELETE_HOSTED_ZONE_REQUEST), output: Some(&S_DELETE_HOSTED_ZONE_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::DisassociateVPCFromHostedZone), name: "DisassociateVPCFromHostedZone", service: &SERVICE, method: "POST", uri: "/2013-04-01/hostedzone/{Id}/disassociatevpc", status: 200, input: Some(&S_DISASSOCIATE_VPCFROM_HOSTED_ZONE_REQUEST), output: Some(&S_DISASSOCIATE_VPCFROM_HOSTED_ZONE_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::GetChange), name: "GetChange", service: &SERVICE, method: "GET", uri: "/2013-04-01/change/{Id}", status: 200, input: Some(&S_GET_CHANGE_REQUEST), output: Some(&S_GET_CHANGE_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::GetHostedZone), name: "GetHostedZone", service: &SERVICE, method: "GET", uri: "/2013-04-01/hostedzone/{Id}", status: 200, input: Some(&S_GET_HOSTED_ZONE_REQUEST), output: Some(&S_GET_HOSTED_ZONE_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::GetHostedZoneCount), name: "GetHostedZoneCount", service: &SERVICE, method: "GET", uri: "/2013-04-01/hostedzonecount", status: 200, input: Some(&S_GET_HOSTED_ZONE_COUNT_REQUEST), output: Some(&S_GET_HOSTED_ZONE_COUNT_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::ListHostedZones), name: "ListHostedZones", service: &SERVICE, method: "GET", uri: "/2013-04-01/hostedzone", status: 200, input: Some(&S_LIST_HOSTED_ZONES_REQUEST), output: Some(&S_LIST_HOSTED_ZONES_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::ListHostedZonesByName), name: "ListHostedZonesByName", service: &SERVICE, method: "GET", uri: "/2013-04-01/hostedzonesbyname", status: 200, input: Some(&S_LIST_HOSTED_ZONES_BY_NAME_REQUEST), output: Some(&S_LIST_HOSTED_ZONES_BY_NAME_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::ListHostedZonesByVPC), name: "ListHostedZonesByVPC", service: &SERVICE, method: "GET", uri: "/2013-04-01/hostedzonesbyvpc", status: 200, input: Some(&S_LIST_HOSTED_ZONES_BY_VPCREQUEST), output: Some(&S_LIST_HOSTED_ZONES_BY_VPCRESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::ListResourceRecordSets), name: "ListResourceRecordSets", service: &SERVICE, method: "GET", uri: "/2013-04-01/hostedzone/{Id}/rrset", status: 200, input: Some(&S_LIST_RESOURCE_RECORD_SETS_REQUEST), output: Some(&S_LIST_RESOURCE_RECORD_SETS_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::ListTagsForResource), name: "ListTagsForResource", service: &SERVICE, method: "GET", uri: "/2013-04-01/tags/{ResourceType}/{ResourceId}", status: 200, input: Some(&S_LIST_TAGS_FOR_RESOURCE_REQUEST), output: Some(&S_LIST_TAGS_FOR_RESOURCE_RESPONSE), note: "" },
    Operation { op: op::Op::Route53(Op::UpdateHostedZoneComment), name: "UpdateHostedZoneComment", service: &SERVICE, method: "POST", uri: "/2013-04-01/hostedzone/{Id}", status: 200, input: Some(&S_UPDATE_HOSTED_ZONE_COMMENT_REQUEST), output: Some(&S_UPDATE_HOSTED_ZONE_COMMENT_RESPONSE), note: "" },
];

static ERRORS: [ErrorShape; 25] = [
    ErrorShape { code: "AccessDenied", query: None, status: 403, members: &[] },
    ErrorShape { code: "ConflictingDomainExists", query: None, status: 400, members: &[] },
    ErrorShape { code: "DelegationSetNotAvailable", query: None, status: 400, members: &[] },
    ErrorShape { code: "DelegationSetNotReusable", query: None, status: 400, members: &[] },
    ErrorShape { code: "HostedZoneAlreadyExists", query: None, status: 409, members: &[] },
    ErrorShape { code: "HostedZoneNotEmpty", query: None, status: 400, members: &[] },
    ErrorShape { code: "InternalError", query: None, status: 500, members: &[] },
    ErrorShape { code: "InvalidChangeBatch", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidDomainName", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidInput", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidPaginationToken", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidVPCId", query: None, status: 400, members: &[] },
    ErrorShape { code: "LastVPCAssociation", query: None, status: 400, members: &[] },
    ErrorShape { code: "LimitsExceeded", query: None, status: 400, members: &[] },
    ErrorShape { code: "NoSuchChange", query: None, status: 404, members: &[] },
    ErrorShape { code: "NoSuchDelegationSet", query: None, status: 400, members: &[] },
    ErrorShape { code: "NoSuchHealthCheck", query: None, status: 404, members: &[] },
    ErrorShape { code: "NoSuchHostedZone", query: None, status: 404, members: &[] },
    ErrorShape { code: "NotAuthorizedException", query: None, status: 401, members: &[] },
    ErrorShape { code: "NotImplemented", query: None, status: 501, members: &[] },
    ErrorShape { code: "PriorRequestNotComplete", query: None, status: 400, members: &[] },
    ErrorShape { code: "PublicZoneVPCAssociation", query: None, status: 400, members: &[] },
    ErrorShape { code: "ThrottlingException", query: None, status: 400, members: &[] },
    ErrorShape { code: "TooManyHostedZones", query: None, status: 400, members: &[] },
    ErrorShape { code: "VPCAssociationNotFound", query: None, status: 404, members: &[] },
];

static UNSUPPORTED: [Route; 59] = [
    Route { name: "ActivateKeySigningKey", method: "POST", uri: "/2013-04-01/keysigningkey/{HostedZoneId}/{Name}/activate" },
    Route { name: "ChangeCidrCollection", method: "POST", uri: "/2013-04-01/cidrcollection/{CidrCollectionId}" },
    Route { name: "CreateCidrCollection", method: "POST", uri: "/2013-04-01/cidrcollection" },
    Route { name: "CreateHealthCheck", method: "POST", uri: "/2013-04-01/healthcheck" },
    Route { name: "CreateKeySigningKey", method: "POST", uri: "/2013-04-01/keysigningkey" },
    Route { name: "CreateQueryLoggingConfig", method: "POST", uri: "/2013-04-01/queryloggingconfig" },
    Route { name: "CreateResourceRecordSetProtections", method: "POST", uri: "/2013-04-01/hostedzone/{Id}/rrsetprotection" },
    Route { name: "CreateReusableDelegationSet", method: "POST", uri: "/2013-04-01/delegationset" },
    Route { name: "CreateTrafficPolicy", method: "POST", uri: "/2013-04-01/trafficpolicy" },
    Route { name: "CreateTrafficPolicyInstance", method: "POST", uri: "/2013-04-01/trafficpolicyinstance" },
    Route { name: "CreateTrafficPolicyVersion", method: "POST", uri: "/2013-04-01/trafficpolicy/{Id}" },
    Route { name: "CreateVPCAssociationAuthorization", method: "POST", uri: "/2013-04-01/hostedzone/{Id}/authorizevpcassociation" },
    Route { name: "DeactivateKeySigningKey", method: "POST", uri: "/2013-04-01/keysigningkey/{HostedZoneId}/{Name}/deactivate" },
    Route { name: "DeleteCidrCollection", method: "DELETE", uri: "/2013-04-01/cidrcollection/{CidrCollectionId}" },
    Route { name: "DeleteHealthCheck", method: "DELETE", uri: "/2013-04-01/healthcheck/{HealthCheckId}" },
    Route { name: "DeleteKeySigningKey", method: "DELETE", uri: "/2013-04-01/keysigningkey/{HostedZoneId}/{Name}" },
    Route { name: "DeleteQueryLoggingConfig", method: "DELETE", uri: "/2013-04-01/queryloggingconfig/{Id}" },
    Route { name: "DeleteResourceRecordSetProtections", method: "POST", uri: "/2013-04-01/hostedzone/{Id}/rrsetprotection/delete" },
    Route { name: "DeleteReusableDelegationSet", method: "DELETE", uri: "/2013-04-01/delegationset/{Id}" },
    Route { name: "DeleteTrafficPolicy", method: "DELETE", uri: "/2013-04-01/trafficpolicy/{Id}/{Version}" },
    Route { name: "DeleteTrafficPolicyInstance", method: "DELETE", uri: "/2013-04-01/trafficpolicyinstance/{Id}" },
    Route { name: "DeleteVPCAssociationAuthorization", method: "POST", uri: "/2013-04-01/hostedzone/{Id}/deauthorizevpcassociation" },
    Route { name: "DisableHostedZoneDNSSEC", method: "POST", uri: "/2013-04-01/hostedzone/{Id}/disable-dnssec" },
    Route { name: "EnableHostedZoneDNSSEC", method: "POST", uri: "/2013-04-01/hostedzone/{Id}/enable-dnssec" },
    Route { name: "GetAccountLimit", method: "GET", uri: "/2013-04-01/accountlimit/{Type}" },
    Route { name: "GetCheckerIpRanges", method: "GET", uri: "/2013-04-01/checkeripranges" },
    Route { name: "GetDNSSEC", method: "GET", uri: "/2013-04-01/hostedzone/{Id}/dnssec" },
    Route { name: "GetGeoLocation", method: "GET", uri: "/2013-04-01/geolocation" },
    Route { name: "GetHealthCheck", method: "GET", uri: "/2013-04-01/healthcheck/{HealthCheckId}" },
    Route { name: "GetHealthCheckCount", method: "GET", uri: "/2013-04-01/healthcheckcount" },
    Route { name: "GetHealthCheckLastFailureReason", method: "GET", uri: "/2013-04-01/healthcheck/{HealthCheckId}/lastfailurereason" },
    Route { name: "GetHealthCheckStatus", method: "GET", uri: "/2013-04-01/healthcheck/{HealthCheckId}/status" },
    Route { name: "GetHostedZoneLimit", method: "GET", uri: "/2013-04-01/hostedzonelimit/{Id}/{Type}" },
    Route { name: "GetQueryLoggingConfig", method: "GET", uri: "/2013-04-01/queryloggingconfig/{Id}" },
    Route { name: "GetReusableDelegationSet", method: "GET", uri: "/2013-04-01/delegationset/{Id}" },
    Route { name: "GetReusableDelegationSetLimit", method: "GET", uri: "/2013-04-01/reusabledelegationsetlimit/{Id}/{Type}" },
    Route { name: "GetTrafficPolicy", method: "GET", uri: "/2013-04-01/trafficpolicy/{Id}/{Version}" },
    Route { name: "GetTrafficPolicyInstance", method: "GET", uri: "/2013-04-01/trafficpolicyinstance/{Id}" },
    Route { name: "GetTrafficPolicyInstanceCount", method: "GET", uri: "/2013-04-01/trafficpolicyinstancecount" },
    Route { name: "ListCidrBlocks", method: "GET", uri: "/2013-04-01/cidrcollection/{CidrCollectionId}/cidrblocks" },
    Route { name: "ListCidrCollections", method: "GET", uri: "/2013-04-01/cidrcollection" },
    Route { name: "ListCidrLocations", method: "GET", uri: "/2013-04-01/cidrcollection/{CidrCollectionId}" },
    Route { name: "ListGeoLocations", method: "GET", uri: "/2013-04-01/geolocations" },
    Route { name: "ListHealthChecks", method: "GET", uri: "/2013-04-01/healthcheck" },
    Route { name: "ListQueryLoggingConfigs", method: "GET", uri: "/2013-04-01/queryloggingconfig" },
    Route { name: "ListResourceRecordSetProtections", method: "GET", uri: "/2013-04-01/hostedzone/{Id}/rrsetprotection" },
    Route { name: "ListReusableDelegationSets", method: "GET", uri: "/2013-04-01/delegationset" },
    Route { name: "ListTagsForResources", method: "POST", uri: "/2013-04-01/tags/{ResourceType}" },
    Route { name: "ListTrafficPolicies", method: "GET", uri: "/2013-04-01/trafficpolicies" },
    Route { name: "ListTrafficPolicyInstances", method: "GET", uri: "/2013-04-01/trafficpolicyinstances" },
    Route { name: "ListTrafficPolicyInstancesByHostedZone", method: "GET", uri: "/2013-04-01/trafficpolicyinstances/hostedzone" },
    Route { name: "ListTrafficPolicyInstancesByPolicy", method: "GET", uri: "/2013-04-01/trafficpolicyinstances/trafficpolicy" },
    Route { name: "ListTrafficPolicyVersions", method: "GET", uri: "/2013-04-01/trafficpolicies/{Id}/versions" },
    Route { name: "ListVPCAssociationAuthorizations", method: "GET", uri: "/2013-04-01/hostedzone/{Id}/authorizevpcassociation" },
    Route { name: "TestDNSAnswer", method: "GET", uri: "/2013-04-01/testdnsanswer" },
    Route { name: "UpdateHealthCheck", method: "POST", uri: "/2013-04-01/healthcheck/{HealthCheckId}" },
    Route { name: "UpdateHostedZoneFeatures", method: "POST", uri: "/2013-04-01/hostedzone/{Id}/features" },
    Route { name: "UpdateTrafficPolicyComment", method: "POST", uri: "/2013-04-01/trafficpolicy/{Id}/{Version}" },
    Route { name: "UpdateTrafficPolicyInstance", method: "POST", uri: "/2013-04-01/trafficpolicyinstance/{Id}" },
];

static S_AWSACCOUNT_ID: Shape = string("AWSAccountID", Bounds::NONE, None, &[]);
static S_AWSREGION: Shape = string("AWSRegion", b(1, 64), None, &[]);
static S_ACCELERATED_RECOVERY_STATUS: Shape = string("AcceleratedRecoveryStatus", Bounds::NONE, None, &[]);
static S_ALIAS_HEALTH_ENABLED: Shape = scalar("AliasHealthEnabled", Kind::Boolean);
static S_ALIAS_TARGET: Shape = structure("AliasTarget", &[m("HostedZoneId", &S_RESOURCE_ID).required(), m("DNSName", &S_DNSNAME).required(), m("EvaluateTargetHealth", &S_ALIAS_HEALTH_ENABLED).required()]);
static S_ASSOCIATE_VPCCOMMENT: Shape = string("AssociateVPCComment", Bounds::NONE, None, &[]);
static S_ASSOCIATE_VPCWITH_HOSTED_ZONE_REQUEST: Shape = structure("AssociateVPCWithHostedZoneRequest", &[ml("HostedZoneId", "Id", Location::Uri, &S_RESOURCE_ID).required().read(), m("VPC", &S_VPC).required().read(), m("Comment", &S_ASSOCIATE_VPCCOMMENT).read()]);
static S_ASSOCIATE_VPCWITH_HOSTED_ZONE_RESPONSE: Shape = structure("AssociateVPCWithHostedZoneResponse", &[m("ChangeInfo", &S_CHANGE_INFO).required()]);
static S_BIAS: Shape = scalar("Bias", Kind::Integer(b(-99, 99)));
static S_CHANGE: Shape = structure("Change", &[m("Action", &S_CHANGE_ACTION).required().read(), m("ResourceRecordSet", &S_RESOURCE_RECORD_SET).required().read()]);
static S_CHANGE_ACTION: Shape = string("ChangeAction", Bounds::NONE, None, &["CREATE", "DELETE", "UPSERT"]);
static S_CHANGE_BATCH: Shape = structure("ChangeBatch", &[m("Comment", &S_RESOURCE_DESCRIPTION).read(), m("Changes", &S_CHANGES).required().read()]);
static S_CHANGE_ID: Shape = string("ChangeId", b(1, 6500), None, &[]);
static S_CHANGE_INFO: Shape = structure("ChangeInfo", &[m("Id", &S_RESOURCE_ID).required(), m("Status", &S_CHANGE_STATUS).required(), m("SubmittedAt", &S_TIME_STAMP).required(), m("Comment", &S_RESOURCE_DESCRIPTION)]);
static S_CHANGE_RESOURCE_RECORD_SETS_REQUEST: Shape = structure("ChangeResourceRecordSetsRequest", &[ml("HostedZoneId", "Id", Location::Uri, &S_RESOURCE_ID).required().read(), m("ChangeBatch", &S_CHANGE_BATCH).required().read()]);
static S_CHANGE_RESOURCE_RECORD_SETS_RESPONSE: Shape = structure("ChangeResourceRecordSetsResponse", &[m("ChangeInfo", &S_CHANGE_INFO).required()]);
static S_CHANGE_STATUS: Shape = string("ChangeStatus", Bounds::NONE, None, &[]);
static S_CHANGE_TAGS_FOR_RESOURCE_REQUEST: Shape = structure("ChangeTagsForResourceRequest", &[ml("ResourceType", "ResourceType", Location::Uri, &S_TAG_RESOURCE_TYPE).required().read(), ml("ResourceId", "ResourceId", Location::Uri, &S_TAG_RESOURCE_ID).required().read(), m("AddTags", &S_TAG_LIST).read(), m("RemoveTagKeys", &S_TAG_KEY_LIST).read()]);
static S_CHANGE_TAGS_FOR_RESOURCE_RESPONSE: Shape = structure("ChangeTagsForResourceResponse", &[]);
static S_CHANGES: Shape = list("Changes", &S_CHANGE, "Change", b(1, i64::MAX));
static S_CIDR_LOCATION_NAME_DEFAULT_ALLOWED: Shape = string("CidrLocationNameDefaultAllowed", b(1, 16), Some(&P0), &[]);
static S_CIDR_ROUTING_CONFIG: Shape = structure("CidrRoutingConfig", &[m("CollectionId", &S_UUID).required(), m("LocationName", &S_CIDR_LOCATION_NAME_DEFAULT_ALLOWED).required()]);
static S_COORDINATES: Shape = structure("Coordinates", &[m("Latitude", &S_LATITUDE).required(), m("Longitude", &S_LONGITUDE).required()]);
static S_CREATE_HOSTED_ZONE_REQUEST: Shape = structure("CreateHostedZoneRequest", &[m("Name", &S_DNSNAME).required().read(), m("VPC", &S_VPC).read(), m("CallerReference", &S_NONCE).required().read(), m("HostedZoneConfig", &S_HOSTED_ZONE_CONFIG).read(), m("DelegationSetId", &S_RESOURCE_ID)]);
static S_CREATE_HOSTED_ZONE_RESPONSE: Shape = structure("CreateHostedZoneResponse", &[m("HostedZone", &S_HOSTED_ZONE).required(), m("ChangeInfo", &S_CHANGE_INFO).required(), m("DelegationSet", &S_DELEGATION_SET).required(), m("VPC", &S_VPC), ml("Location", "Location", Location::Header, &S_RESOURCE_URI).required()]);
static S_DNSNAME: Shape = string("DNSName", b(i64::MIN, 1024), None, &[]);
static S_DELEGATION_SET: Shape = structure("DelegationSet", &[m("Id", &S_RESOURCE_ID), m("CallerReference", &S_NONCE), m("NameServers", &S_DELEGATION_SET_NAME_SERVERS).required()]);
static S_DELEGATION_SET_NAME_SERVERS: Shape = list("DelegationSetNameServers", &S_DNSNAME, "NameServer", Bounds::NONE);
static S_DELETE_HOSTED_ZONE_REQUEST: Shape = structure("DeleteHostedZoneRequest", &[ml("Id", "Id", Location::Uri, &S_RESOURCE_ID).required().read()]);
static S_DELETE_HOSTED_ZONE_RESPONSE: Shape = structure("DeleteHostedZoneResponse", &[m("ChangeInfo", &S_CHANGE_INFO).required()]);
static S_DISASSOCIATE_VPCCOMMENT: Shape = string("DisassociateVPCComment", Bounds::NONE, None, &[]);
static S_DISASSOCIATE_VPCFROM_HOSTED_ZONE_REQUEST: Shape = structure("DisassociateVPCFromHostedZoneRequest", &[ml("HostedZoneId", "Id", Location::Uri, &S_RESOURCE_ID).required().read(), m("VPC", &S_VPC).required().read(), m("Comment", &S_DISASSOCIATE_VPCCOMMENT).read()]);
static S_DISASSOCIATE_VPCFROM_HOSTED_ZONE_RESPONSE: Shape = structure("DisassociateVPCFromHostedZoneResponse", &[m("ChangeInfo", &S_CHANGE_INFO).required()]);
static S_FAILURE_REASON: Shape = string("FailureReason", Bounds::NONE, None, &[]);
static S_GEO_LOCATION: Shape = structure("GeoLocation", &[m("ContinentCode", &S_GEO_LOCATION_CONTINENT_CODE), m("CountryCode", &S_GEO_LOCATION_COUNTRY_CODE), m("SubdivisionCode", &S_GEO_LOCATION_SUBDIVISION_CODE)]);
static S_GEO_LOCATION_CONTINENT_CODE: Shape = string("GeoLocationContinentCode", b(2, 2), None, &[]);
static S_GEO_LOCATION_COUNTRY_CODE: Shape = string("GeoLocationCountryCode", b(1, 2), None, &[]);
static S_GEO_LOCATION_SUBDIVISION_CODE: Shape = string("GeoLocationSubdivisionCode", b(1, 3), None, &[]);
static S_GEO_PROXIMITY_LOCATION: Shape = structure("GeoProximityLocation", &[m("AWSRegion", &S_AWSREGION), m("LocalZoneGroup", &S_LOCAL_ZONE_GROUP), m("Coordinates", &S_COORDINATES), m("Bias", &S_BIAS)]);
static S_GET_CHANGE_REQUEST: Shape = structure("GetChangeRequest", &[ml("Id", "Id", Location::Uri, &S_CHANGE_ID).required().read()]);
static S_GET_CHANGE_RESPONSE: Shape = structure("GetChangeResponse", &[m("ChangeInfo", &S_CHANGE_INFO).required()]);
static S_GET_HOSTED_ZONE_COUNT_REQUEST: Shape = structure("GetHostedZoneCountRequest", &[]);
static S_GET_HOSTED_ZONE_COUNT_RESPONSE: Shape = structure("GetHostedZoneCountResponse", &[m("HostedZoneCount", &S_HOSTED_ZONE_COUNT).required()]);
static S_GET_HOSTED_ZONE_REQUEST: Shape = structure("GetHostedZoneRequest", &[ml("Id", "Id", Location::Uri, &S_RESOURCE_ID).required().read()]);
static S_GET_HOSTED_ZONE_RESPONSE: Shape = structure("GetHostedZoneResponse", &[m("HostedZone", &S_HOSTED_ZONE).required(), m("DelegationSet", &S_DELEGATION_SET), m("VPCs", &S_VPCS)]);
static S_HEALTH_CHECK_ID: Shape = string("HealthCheckId", b(i64::MIN, 64), None, &[]);
static S_HOSTED_ZONE: Shape = structure("HostedZone", &[m("Id", &S_RESOURCE_ID).required(), m("Name", &S_DNSNAME).required(), m("CallerReference", &S_NONCE).required(), m("Config", &S_HOSTED_ZONE_CONFIG), m("ResourceRecordSetCount", &S_HOSTED_ZONE_RRSET_COUNT), m("LinkedService", &S_LINKED_SERVICE), m("Features", &S_HOSTED_ZONE_FEATURES)]);
static S_HOSTED_ZONE_CONFIG: Shape = structure("HostedZoneConfig", &[m("Comment", &S_RESOURCE_DESCRIPTION).read(), m("PrivateZone", &S_IS_PRIVATE_ZONE).read()]);
static S_HOSTED_ZONE_COUNT: Shape = scalar("HostedZoneCount", Kind::Long(Bounds::NONE));
static S_HOSTED_ZONE_FAILURE_REASONS: Shape = structure("HostedZoneFailureReasons", &[m("AcceleratedRecovery", &S_FAILURE_REASON)]);
static S_HOSTED_ZONE_FEATURES: Shape = structure("HostedZoneFeatures", &[m("AcceleratedRecoveryStatus", &S_ACCELERATED_RECOVERY_STATUS), m("FailureReasons", &S_HOSTED_ZONE_FAILURE_REASONS)]);
static S_HOSTED_ZONE_OWNER: Shape = structure("HostedZoneOwner", &[m("OwningAccount", &S_AWSACCOUNT_ID), m("OwningService", &S_HOSTED_ZONE_OWNING_SERVICE)]);
static S_HOSTED_ZONE_OWNING_SERVICE: Shape = string("HostedZoneOwningService", Bounds::NONE, None, &[]);
static S_HOSTED_ZONE_RRSET_COUNT: Shape = scalar("HostedZoneRRSetCount", Kind::Long(Bounds::NONE));
static S_HOSTED_ZONE_SUMMARIES: Shape = list("HostedZoneSummaries", &S_HOSTED_ZONE_SUMMARY, "HostedZoneSummary", Bounds::NONE);
static S_HOSTED_ZONE_SUMMARY: Shape = structure("HostedZoneSummary", &[m("HostedZoneId", &S_RESOURCE_ID).required(), m("Name", &S_DNSNAME).required(), m("Owner", &S_HOSTED_ZONE_OWNER).required()]);
static S_HOSTED_ZONE_TYPE: Shape = string("HostedZoneType", Bounds::NONE, None, &["PrivateHostedZone"]);
static S_HOSTED_ZONES: Shape = list("HostedZones", &S_HOSTED_ZONE, "HostedZone", Bounds::NONE);
static S_IS_PRIVATE_ZONE: Shape = scalar("IsPrivateZone", Kind::Boolean);
static S_LATITUDE: Shape = string("Latitude", b(1, 6), Some(&P1), &[]);
static S_LINKED_SERVICE: Shape = structure("LinkedService", &[m("ServicePrincipal", &S_SERVICE_PRINCIPAL), m("Description", &S_RESOURCE_DESCRIPTION)]);
static S_LIST_HOSTED_ZONES_BY_NAME_REQUEST: Shape = structure("ListHostedZonesByNameRequest", &[ml("DNSName", "dnsname", Location::Query, &S_DNSNAME).read(), ml("HostedZoneId", "hostedzoneid", Location::Query, &S_RESOURCE_ID).read(), ml("MaxItems", "maxitems", Location::Query, &S_PAGE_MAX_ITEMS).read()]);
static S_LIST_HOSTED_ZONES_BY_NAME_RESPONSE: Shape = structure("ListHostedZonesByNameResponse", &[m("HostedZones", &S_HOSTED_ZONES).required(), m("DNSName", &S_DNSNAME), m("HostedZoneId", &S_RESOURCE_ID), m("IsTruncated", &S_PAGE_TRUNCATED).required(), m("NextDNSName", &S_DNSNAME), m("NextHostedZoneId", &S_RESOURCE_ID), m("MaxItems", &S_PAGE_MAX_ITEMS).required()]);
static S_LIST_HOSTED_ZONES_BY_VPCREQUEST: Shape = structure("ListHostedZonesByVPCRequest", &[ml("VPCId", "vpcid", Location::Query, &S_VPCID).required().read(), ml("VPCRegion", "vpcregion", Location::Query, &S_VPCREGION).required().read(), ml("MaxItems", "maxitems", Location::Query, &S_PAGE_MAX_ITEMS).read(), ml("NextToken", "nexttoken", Location::Query, &S_PAGINATION_TOKEN).read()]);
static S_LIST_HOSTED_ZONES_BY_VPCRESPONSE: Shape = structure("ListHostedZonesByVPCResponse", &[m("HostedZoneSummaries", &S_HOSTED_ZONE_SUMMARIES).required(), m("MaxItems", &S_PAGE_MAX_ITEMS).required(), m("NextToken", &S_PAGINATION_TOKEN)]);
static S_LIST_HOSTED_ZONES_REQUEST: Shape = structure("ListHostedZonesRequest", &[ml("Marker", "marker", Location::Query, &S_PAGE_MARKER).read(), ml("MaxItems", "maxitems", Location::Query, &S_PAGE_MAX_ITEMS).read(), ml("DelegationSetId", "delegationsetid", Location::Query, &S_RESOURCE_ID), ml("HostedZoneType", "hostedzonetype", Location::Query, &S_HOSTED_ZONE_TYPE).read()]);
static S_LIST_HOSTED_ZONES_RESPONSE: Shape = structure("ListHostedZonesResponse", &[m("HostedZones", &S_HOSTED_ZONES).required(), m("Marker", &S_PAGE_MARKER).required(), m("IsTruncated", &S_PAGE_TRUNCATED).required(), m("NextMarker", &S_PAGE_MARKER), m("MaxItems", &S_PAGE_MAX_ITEMS).required()]);
static S_LIST_RESOURCE_RECORD_SETS_REQUEST: Shape = structure("ListResourceRecordSetsRequest", &[ml("HostedZoneId", "Id", Location::Uri, &S_RESOURCE_ID).required().read(), ml("StartRecordName", "name", Location::Query, &S_DNSNAME).read(), ml("StartRecordType", "type", Location::Query, &S_RRTYPE).read(), ml("StartRecordIdentifier", "identifier", Location::Query, &S_RESOURCE_RECORD_SET_IDENTIFIER), ml("MaxItems", "maxitems", Location::Query, &S_PAGE_MAX_ITEMS).read()]);
static S_LIST_RESOURCE_RECORD_SETS_RESPONSE: Shape = structure("ListResourceRecordSetsResponse", &[m("ResourceRecordSets", &S_RESOURCE_RECORD_SETS).required(), m("IsTruncated", &S_PAGE_TRUNCATED).required(), m("NextRecordName", &S_DNSNAME), m("NextRecordType", &S_RRTYPE), m("NextRecordIdentifier", &S_RESOURCE_RECORD_SET_IDENTIFIER), m("MaxItems", &S_PAGE_MAX_ITEMS).required()]);
static S_LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = structure("ListTagsForResourceRequest", &[ml("ResourceType", "ResourceType", Location::Uri, &S_TAG_RESOURCE_TYPE).required().read(), ml("ResourceId", "ResourceId", Location::Uri, &S_TAG_RESOURCE_ID).required().read()]);
static S_LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = structure("ListTagsForResourceResponse", &[m("ResourceTagSet", &S_RESOURCE_TAG_SET).required()]);
static S_LOCAL_ZONE_GROUP: Shape = string("LocalZoneGroup", b(1, 64), None, &[]);
static S_LONGITUDE: Shape = string("Longitude", b(1, 7), Some(&P2), &[]);
static S_NONCE: Shape = string("Nonce", b(1, 128), None, &[]);
static S_PAGE_MARKER: Shape = string("PageMarker", b(i64::MIN, 64), None, &[]);
static S_PAGE_MAX_ITEMS: Shape = string("PageMaxItems", Bounds::NONE, None, &[]);
static S_PAGE_TRUNCATED: Shape = scalar("PageTruncated", Kind::Boolean);
static S_PAGINATION_TOKEN: Shape = string("PaginationToken", b(i64::MIN, 1024), None, &[]);
static S_RDATA: Shape = string("RData", b(i64::MIN, 4000), None, &[]);
static S_RRTYPE: Shape = string("RRType", Bounds::NONE, None, &["SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS", "TLSA", "SSHFP", "SVCB", "HTTPS"]);
static S_RESOURCE_DESCRIPTION: Shape = string("ResourceDescription", b(i64::MIN, 256), None, &[]);
static S_RESOURCE_ID: Shape = string("ResourceId", b(i64::MIN, 32), None, &[]);
static S_RESOURCE_RECORD: Shape = structure("ResourceRecord", &[m("Value", &S_RDATA).required().read()]);
static S_RESOURCE_RECORD_SET: Shape = structure("ResourceRecordSet", &[m("Name", &S_DNSNAME).required().read(), m("Type", &S_RRTYPE).required().read(), m("SetIdentifier", &S_RESOURCE_RECORD_SET_IDENTIFIER), m("Weight", &S_RESOURCE_RECORD_SET_WEIGHT), m("Region", &S_RESOURCE_RECORD_SET_REGION), m("GeoLocation", &S_GEO_LOCATION), m("Failover", &S_RESOURCE_RECORD_SET_FAILOVER), m("MultiValueAnswer", &S_RESOURCE_RECORD_SET_MULTI_VALUE_ANSWER), m("TTL", &S_TTL).read(), m("ResourceRecords", &S_RESOURCE_RECORDS).read(), m("AliasTarget", &S_ALIAS_TARGET), m("HealthCheckId", &S_HEALTH_CHECK_ID), m("TrafficPolicyInstanceId", &S_TRAFFIC_POLICY_INSTANCE_ID), m("CidrRoutingConfig", &S_CIDR_ROUTING_CONFIG), m("GeoProximityLocation", &S_GEO_PROXIMITY_LOCATION)]);
static S_RESOURCE_RECORD_SET_FAILOVER: Shape = string("ResourceRecordSetFailover", Bounds::NONE, None, &["PRIMARY", "SECONDARY"]);
static S_RESOURCE_RECORD_SET_IDENTIFIER: Shape = string("ResourceRecordSetIdentifier", b(1, 128), None, &[]);
static S_RESOURCE_RECORD_SET_MULTI_VALUE_ANSWER: Shape = scalar("ResourceRecordSetMultiValueAnswer", Kind::Boolean);
static S_RESOURCE_RECORD_SET_REGION: Shape = string("ResourceRecordSetRegion", b(1, 64), None, &["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-central-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "eu-north-1", "sa-east-1", "cn-north-1", "cn-northwest-1", "ap-east-1", "me-south-1", "me-central-1", "ap-south-1", "ap-south-2", "af-south-1", "eu-south-1", "eu-south-2", "ap-southeast-4", "il-central-1", "ca-west-1", "ap-southeast-5", "mx-central-1", "ap-southeast-7", "us-gov-east-1", "us-gov-west-1", "ap-east-2", "ap-southeast-6", "eusc-de-east-1"]);
static S_RESOURCE_RECORD_SET_WEIGHT: Shape = scalar("ResourceRecordSetWeight", Kind::Long(b(0, 255)));
static S_RESOURCE_RECORD_SETS: Shape = list("ResourceRecordSets", &S_RESOURCE_RECORD_SET, "ResourceRecordSet", Bounds::NONE);
static S_RESOURCE_RECORDS: Shape = list("ResourceRecords", &S_RESOURCE_RECORD, "ResourceRecord", b(1, i64::MAX));
static S_RESOURCE_TAG_SET: Shape = structure("ResourceTagSet", &[m("ResourceType", &S_TAG_RESOURCE_TYPE), m("ResourceId", &S_TAG_RESOURCE_ID), m("Tags", &S_TAG_LIST)]);
static S_RESOURCE_URI: Shape = string("ResourceURI", Bounds::NONE, None, &[]);
static S_SERVICE_PRINCIPAL: Shape = string("ServicePrincipal", Bounds::NONE, None, &[]);
static S_TTL: Shape = scalar("TTL", Kind::Long(b(0, 2147483647)));
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY).read(), m("Value", &S_TAG_VALUE).read()]);
static S_TAG_KEY: Shape = string("TagKey", b(i64::MIN, 128), None, &[]);
static S_TAG_KEY_LIST: Shape = list("TagKeyList", &S_TAG_KEY, "Key", b(1, 10));
static S_TAG_LIST: Shape = list("TagList", &S_TAG, "Tag", b(1, 10));
static S_TAG_RESOURCE_ID: Shape = string("TagResourceId", b(i64::MIN, 64), None, &[]);
static S_TAG_RESOURCE_TYPE: Shape = string("TagResourceType", Bounds::NONE, None, &["healthcheck", "hostedzone"]);
static S_TAG_VALUE: Shape = string("TagValue", b(i64::MIN, 256), None, &[]);
static S_TIME_STAMP: Shape = scalar("TimeStamp", Kind::Timestamp);
static S_TRAFFIC_POLICY_INSTANCE_ID: Shape = string("TrafficPolicyInstanceId", b(1, 36), None, &[]);
static S_UUID: Shape = string("UUID", Bounds::NONE, Some(&P3), &[]);
static S_UPDATE_HOSTED_ZONE_COMMENT_REQUEST: Shape = structure("UpdateHostedZoneCommentRequest", &[ml("Id", "Id", Location::Uri, &S_RESOURCE_ID).required().read(), m("Comment", &S_RESOURCE_DESCRIPTION).read()]);
static S_UPDATE_HOSTED_ZONE_COMMENT_RESPONSE: Shape = structure("UpdateHostedZoneCommentResponse", &[m("HostedZone", &S_HOSTED_ZONE).required()]);
static S_VPC: Shape = structure("VPC", &[m("VPCRegion", &S_VPCREGION).read(), m("VPCId", &S_VPCID).read()]);
static S_VPCID: Shape = string("VPCId", b(i64::MIN, 1024), None, &[]);
static S_VPCREGION: Shape = string("VPCRegion", b(1, 64), None, &["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-central-2", "ap-east-1", "me-south-1", "us-gov-west-1", "us-gov-east-1", "us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "me-central-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-south-1", "ap-south-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "eu-north-1", "sa-east-1", "ca-central-1", "cn-north-1", "cn-northwest-1", "af-south-1", "eu-south-1", "eu-south-2", "ap-southeast-4", "il-central-1", "ca-west-1", "ap-southeast-5", "mx-central-1", "us-isof-south-1", "us-isof-east-1", "ap-southeast-7", "ap-east-2", "eu-isoe-west-1", "ap-southeast-6", "us-isob-west-1", "eusc-de-east-1"]);
static S_VPCS: Shape = list("VPCs", &S_VPC, "VPC", Bounds::NONE);
static P0: Pattern = Pattern::new("[0-9A-Za-z_\\-\\*]+", "[0-9A-Za-z_\\-\\*]+");
static P1: Pattern = Pattern::new("[-+]?[0-9]{1,2}(\\.[0-9]{0,2})?", "[-+]?[0-9]{1,2}(\\.[0-9]{0,2})?");
static P2: Pattern = Pattern::new("[-+]?[0-9]{1,3}(\\.[0-9]{0,2})?", "[-+]?[0-9]{1,3}(\\.[0-9]{0,2})?");
static P3: Pattern = Pattern::new("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}");

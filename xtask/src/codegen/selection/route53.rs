//! What is supported of Route 53: private hosted zones.

use super::{Home, Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "route53",
    title: "Route 53",
    home: Home::Neighbours,
    version: "2013-04-01",
    files: &["association", "change", "record", "tag", "zone", "zone_list"],
    operations: &[
        op!(AssociateVPCWithHostedZone, reads: [HostedZoneId, VPC, Comment]),
        op!(ChangeResourceRecordSets, reads: [HostedZoneId, ChangeBatch],
            note: "records with one policy: of A, AAAA, CNAME, MX, NS, PTR, SOA, SRV and TXT, without aliases, \
                   weights, places, failover and health checks"),
        op!(ChangeTagsForResource, reads: [ResourceType, ResourceId, AddTags, RemoveTagKeys]),
        op!(CreateHostedZone, reads: [Name, VPC, CallerReference, HostedZoneConfig],
            note: "private zones alone: a zone is of the VPCs that it is made for"),
        op!(DeleteHostedZone, reads: [Id]),
        op!(DisassociateVPCFromHostedZone, reads: [HostedZoneId, VPC, Comment]),
        op!(GetChange, reads: [Id]),
        op!(GetHostedZone, reads: [Id]),
        op!(GetHostedZoneCount, reads: []),
        op!(ListHostedZones, reads: [Marker, MaxItems, HostedZoneType]),
        op!(ListHostedZonesByName, reads: [DNSName, HostedZoneId, MaxItems]),
        op!(ListHostedZonesByVPC, reads: [VPCId, VPCRegion, MaxItems, NextToken]),
        op!(ListResourceRecordSets,
            reads: [HostedZoneId, StartRecordName, StartRecordType, MaxItems]),
        op!(ListTagsForResource, reads: [ResourceType, ResourceId]),
        op!(UpdateHostedZoneComment, reads: [Id, Comment]),
    ],
    shapes: &[
        shape!(Change, reads: [Action, ResourceRecordSet]),
        shape!(ChangeBatch, reads: [Comment, Changes]),
        shape!(HostedZoneConfig, reads: [Comment, PrivateZone]),
        shape!(ResourceRecord, reads: [Value]),
        shape!(ResourceRecordSet, reads: [Name, Type, TTL, ResourceRecords]),
        shape!(Tag, reads: [Key, Value]),
        shape!(VPC, reads: [VPCRegion, VPCId]),
    ],
    errors: &[("AccessDenied", 403), ("InternalError", 500), ("NotImplemented", 501)],
    ..Selected::PLAIN
};

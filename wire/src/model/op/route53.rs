//! route53's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AssociateVPCWithHostedZone`.
    AssociateVPCWithHostedZone,
    /// `ChangeResourceRecordSets`.
    ChangeResourceRecordSets,
    /// `ChangeTagsForResource`.
    ChangeTagsForResource,
    /// `CreateHostedZone`.
    CreateHostedZone,
    /// `DeleteHostedZone`.
    DeleteHostedZone,
    /// `DisassociateVPCFromHostedZone`.
    DisassociateVPCFromHostedZone,
    /// `GetChange`.
    GetChange,
    /// `GetHostedZone`.
    GetHostedZone,
    /// `GetHostedZoneCount`.
    GetHostedZoneCount,
    /// `ListHostedZones`.
    ListHostedZones,
    /// `ListHostedZonesByName`.
    ListHostedZonesByName,
    /// `ListHostedZonesByVPC`.
    ListHostedZonesByVPC,
    /// `ListResourceRecordSets`.
    ListResourceRecordSets,
    /// `ListTagsForResource`.
    ListTagsForResource,
    /// `UpdateHostedZoneComment`.
    UpdateHostedZoneComment,
}

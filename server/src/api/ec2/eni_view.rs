//! ENIs as EC2 shows them.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use engine::engine::Engine;
use engine::id::{EniId, GroupId, SubnetId, VpcId};
use engine::network::name;
use engine::record::elastic_ip::ElasticIp;
use engine::record::eni::{Eni, EniUser};
use engine::record::group::Group;
use engine::record::resource::{Resource, ResourceKind};
use engine::record::subnet::Subnet;
use engine::scope::{Scope, Tags};
use engine::time::Time;
use wire::ec2::output::{
    GroupIdentifier, NetworkInterface, NetworkInterfaceAssociation, NetworkInterfaceAttachment,
    NetworkInterfaceIpv6Address, NetworkInterfacePrivateIpAddress,
};

use crate::api::ec2::describe::{Attribute, Described};
use crate::api::ec2::show;

/// What is told with ENIs of their scope, subnets and groups.
pub(crate) struct Places {
    scope: Scope,
    /// The names and ids of the subnets' zones.
    zones: BTreeMap<SubnetId, (String, String)>,
    group_names: BTreeMap<GroupId, String>,
    /// The private addresses that ENIs have beside their primary ones.
    secondaries: BTreeMap<EniId, Vec<Ipv4Addr>>,
    /// The public addresses that ENIs have, for their primary private addresses or for secondary ones.
    publics: BTreeMap<(EniId, Option<Ipv4Addr>), ElasticIp>,
    /// ENIs of event source mappings, which are Lambda's.
    of_mappings: BTreeSet<EniId>,
    /// ENIs of interface endpoints.
    of_endpoints: BTreeSet<EniId>,
    /// VPCs whose ENIs are shown with host names.
    with_names: BTreeSet<VpcId>,
}

impl Places {
    /// Those of all ENIs of a scope.
    pub(crate) fn all(engine: &Engine, scope: &Scope) -> Places {
        let managed = managed(engine.resources(scope));
        let (subnets, groups) = (engine.subnets(scope), engine.groups(scope));
        let mut places = Places::of(scope, subnets, groups, engine.associated(scope), managed);
        let with_names = engine.vpcs(scope).filter(|vpc| vpc.dns_hostnames);
        places.with_names = with_names.map(|vpc| vpc.id).collect();
        places.know(engine, engine.enis(scope));
        places
    }

    fn of<'e>(
        scope: &Scope,
        subnets: impl IntoIterator<Item = &'e Subnet>,
        groups: impl IntoIterator<Item = &'e Group>,
        publics: impl IntoIterator<Item = &'e ElasticIp>,
        (of_mappings, of_endpoints): Managed,
    ) -> Places {
        let zone = |subnet: &Subnet| (subnet.id, (subnet.zone.clone(), subnet.zone_id.clone()));
        let name = |group: &Group| (group.id, group.name.clone());
        let public = |ip: &ElasticIp| {
            let held = ip.association?;
            Some(((held.eni, held.secondary), ip.clone()))
        };
        Places {
            scope: scope.clone(),
            zones: subnets.into_iter().map(zone).collect(),
            group_names: groups.into_iter().map(name).collect(),
            publics: publics.into_iter().filter_map(public).collect(),
            of_mappings,
            of_endpoints,
            with_names: BTreeSet::new(),
            secondaries: BTreeMap::new(),
        }
    }

    /// Has the secondary addresses of these ENIs.
    fn know<'e>(&mut self, engine: &Engine, enis: impl Iterator<Item = &'e Eni>) {
        let held =
            enis.map(|eni| (eni.id, engine.private_addresses(eni).skip(1).collect::<Vec<_>>()));
        self.secondaries = held.filter(|(_, addresses)| !addresses.is_empty()).collect();
    }
}

/// The ENIs of event source mappings, and those of interface endpoints.
type Managed = (BTreeSet<EniId>, BTreeSet<EniId>);

/// The ENIs of resources that somebody else manages than their owner.
fn managed<'e>(resources: impl Iterator<Item = &'e Resource>) -> Managed {
    let (mut of_mappings, mut of_endpoints) = Managed::default();
    for it in resources {
        match it.kind {
            ResourceKind::Mapping(_) => drop(of_mappings.insert(it.eni)),
            ResourceKind::Endpoint(_) => drop(of_endpoints.insert(it.eni)),
            ResourceKind::Process(_) | ResourceKind::Exposed(_) => {}
        }
    }
    (of_mappings, of_endpoints)
}

/// An ENI as far as it is shown.
pub(crate) struct Shown {
    places: Arc<Places>,
    id: EniId,
    vpc: VpcId,
    subnet: SubnetId,
    address: Ipv4Addr,
    addresses6: Vec<Ipv6Addr>,
    mac: [u8; 6],
    groups: Vec<GroupId>,
    description: String,
    source_dest_check: bool,
    user: EniUser,
    created: Time,
    tags: Tags,
}

impl Shown {
    /// An ENI by itself.
    pub(crate) fn of(engine: &Engine, eni: &Eni) -> Shown {
        let subnet = engine.subnet(&eni.scope, eni.subnet).ok();
        let groups = eni.groups.iter().filter_map(|id| engine.group(&eni.scope, *id).ok());
        let managed = managed(engine.resources(&eni.scope).filter(|it| it.eni == eni.id));
        let public = engine.publics_of(eni);
        let mut places = Places::of(&eni.scope, subnet, groups, public, managed);
        let vpc = engine.vpc(&eni.scope, eni.vpc).ok().filter(|vpc| vpc.dns_hostnames);
        places.with_names.extend(vpc.map(|vpc| vpc.id));
        places.know(engine, std::iter::once(eni));
        Shown::at(&Arc::new(places), eni)
    }

    /// One of many ENIs.
    pub(crate) fn at(places: &Arc<Places>, eni: &Eni) -> Shown {
        Shown {
            places: Arc::clone(places),
            id: eni.id,
            vpc: eni.vpc,
            subnet: eni.subnet,
            address: eni.address,
            addresses6: eni.addresses6.clone(),
            mac: eni.mac,
            groups: eni.groups.iter().copied().collect(),
            description: eni.description.clone(),
            source_dest_check: eni.source_dest_check,
            user: eni.user.clone(),
            created: eni.created,
            tags: eni.tags.clone(),
        }
    }

    fn zone(&self) -> String {
        self.places.zones.get(&self.subnet).map(|(name, _)| name.clone()).unwrap_or_default()
    }

    fn zone_id(&self) -> String {
        self.places.zones.get(&self.subnet).map(|(_, id)| id.clone()).unwrap_or_default()
    }

    fn group_name(&self, id: &GroupId) -> String {
        self.places.group_names.get(id).cloned().unwrap_or_default()
    }

    fn owner(&self) -> String {
        show::owner(&self.places.scope)
    }

    fn is_free(&self) -> bool {
        matches!(self.user, EniUser::Customer | EniUser::Released(_))
    }

    fn status(&self) -> &'static str {
        if self.is_free() { "available" } else { "in-use" }
    }

    fn kind(&self) -> &'static str {
        match self.user {
            EniUser::Resource(_) if self.places.of_mappings.contains(&self.id) => "lambda",
            EniUser::Resource(_) if self.is_of_endpoint() => "vpc_endpoint",
            EniUser::Customer | EniUser::Resource(_) => "interface",
            EniUser::Environment(..) | EniUser::Pair | EniUser::Released(_) => "lambda",
            EniUser::NatGateway(_) => "nat_gateway",
        }
    }

    fn mac(&self) -> String {
        self.mac.map(|byte| format!("{byte:02x}")).join(":")
    }

    /// `ip-10-0-1-5.ec2.internal`, and by region elsewhere, where its VPC has host names.
    fn dns_name(&self) -> Option<String> {
        self.dns_name_of(self.address)
    }

    fn dns_name_of(&self, address: Ipv4Addr) -> Option<String> {
        let has_names = self.places.with_names.contains(&self.vpc);
        has_names.then(|| name::private(&self.places.scope.region, address))
    }

    fn secondaries(&self) -> &[Ipv4Addr] {
        self.places.secondaries.get(&self.id).map_or(&[], Vec::as_slice)
    }

    /// All of its private addresses.
    fn addresses(&self) -> Vec<String> {
        let all = std::iter::once(&self.address).chain(self.secondaries());
        all.map(ToString::to_string).collect()
    }

    fn secondary(&self, address: Ipv4Addr) -> NetworkInterfacePrivateIpAddress {
        NetworkInterfacePrivateIpAddress {
            association: self.association_of(Some(address)),
            primary: Some(false),
            private_dns_name: self.dns_name_of(address),
            private_ip_address: Some(address.to_string()),
        }
    }

    /// The same of a public address.
    fn public_dns_name(&self, address: Ipv4Addr) -> String {
        match self.places.with_names.contains(&self.vpc) {
            true => name::public(&self.places.scope.region, address),
            false => String::new(),
        }
    }

    /// Who asked for an ENI that Lambda made, also where Lambda has given it up, or that is a NAT gateway's:
    /// the account in the form that AWS gives to sessions of its own.
    fn requester(&self) -> Option<String> {
        let owner = self.owner();
        match self.kind() {
            "lambda" => Some(format!("AROALAMBDA:{owner}")),
            "nat_gateway" | "vpc_endpoint" => Some(owner),
            _ => None,
        }
    }

    /// Whether only who asked for it may change it: so it is with those of NAT gateways and endpoints.
    fn is_managed(&self) -> bool {
        matches!(self.user, EniUser::NatGateway(_)) || self.is_of_endpoint()
    }

    fn is_of_endpoint(&self) -> bool {
        self.places.of_endpoints.contains(&self.id)
    }

    /// The public address, if it has one.
    fn association(&self) -> Option<NetworkInterfaceAssociation> {
        self.association_of(None)
    }

    /// All public addresses, of whichever private ones.
    fn associations(&self) -> impl Iterator<Item = NetworkInterfaceAssociation> {
        let secondary = self.secondaries().iter().copied().map(Some);
        std::iter::once(None).chain(secondary).filter_map(|each| self.association_of(each))
    }

    fn association_of(&self, secondary: Option<Ipv4Addr>) -> Option<NetworkInterfaceAssociation> {
        let ip = self.places.publics.get(&(self.id, secondary))?;
        let shown = NetworkInterfaceAssociation {
            ip_owner_id: Some(if ip.automatic { "amazon".into() } else { self.owner() }),
            public_dns_name: Some(self.public_dns_name(ip.address)),
            public_ip: Some(ip.address.to_string()),
            ..NetworkInterfaceAssociation::default()
        };
        if ip.automatic {
            return Some(shown);
        }
        Some(NetworkInterfaceAssociation {
            allocation_id: Some(ip.id.to_string()),
            association_id: ip.association.map(|held| held.id.to_string()),
            ..shown
        })
    }

    /// A value of the public address, if there is one.
    fn associated(&self, value: fn(NetworkInterfaceAssociation) -> Option<String>) -> Vec<String> {
        self.association().and_then(value).into_iter().collect()
    }

    /// The attachment to what is Lambda's, or to a NAT gateway: without an instance.
    fn attachment(&self) -> Option<NetworkInterfaceAttachment> {
        let is_attached = self.kind() != "interface" && !self.is_free();
        is_attached.then(|| NetworkInterfaceAttachment {
            attachment_id: Some(format!("ela-attach-0{:016x}", self.id.0)),
            attach_time: Some(i64::try_from(self.created.millis()).unwrap_or(i64::MAX)),
            delete_on_termination: Some(false),
            device_index: Some(1),
            instance_owner_id: Some("amazon-aws".into()),
            status: Some("attached".into()),
            ..NetworkInterfaceAttachment::default()
        })
    }

    fn group(&self, id: &GroupId) -> GroupIdentifier {
        let (id, name) = (id.to_string(), self.group_name(id));
        GroupIdentifier { group_id: Some(id), group_name: Some(name) }
    }

    /// A value of the attachment, if there is one.
    fn attached(&self, value: fn(NetworkInterfaceAttachment) -> Option<String>) -> Vec<String> {
        self.attachment().and_then(value).into_iter().collect()
    }
}

fn ipv6_address(address: &Ipv6Addr) -> NetworkInterfaceIpv6Address {
    NetworkInterfaceIpv6Address {
        ipv6_address: Some(address.to_string()),
        is_primary_ipv6: Some(false),
        ..NetworkInterfaceIpv6Address::default()
    }
}

impl Described for Shown {
    type Id = EniId;
    type View = NetworkInterface;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("addresses.association.owner-id", |each| {
            each.associations().filter_map(|one| one.ip_owner_id).collect()
        }),
        ("addresses.association.public-ip", |each| {
            each.associations().filter_map(|one| one.public_ip).collect()
        }),
        ("addresses.primary", |each| {
            let secondary = each.secondaries().first().map(|_| "false".into());
            std::iter::once("true".into()).chain(secondary).collect()
        }),
        ("addresses.private-ip-address", Shown::addresses),
        ("association.allocation-id", |each| each.associated(|one| one.allocation_id)),
        ("association.association-id", |each| each.associated(|one| one.association_id)),
        ("association.ip-owner-id", |each| each.associated(|one| one.ip_owner_id)),
        ("association.public-dns-name", |each| each.associated(|one| one.public_dns_name)),
        ("association.public-ip", |each| each.associated(|one| one.public_ip)),
        ("attachment.attach-time", |each| {
            each.attached(|attachment| attachment.attach_time.map(wire::time::iso8601_millis))
        }),
        ("attachment.attachment-id", |each| each.attached(|attachment| attachment.attachment_id)),
        ("attachment.delete-on-termination", |each| {
            each.attached(|attachment| attachment.delete_on_termination.map(|is| is.to_string()))
        }),
        ("attachment.device-index", |each| {
            each.attached(|attachment| attachment.device_index.map(|index| index.to_string()))
        }),
        ("attachment.instance-id", |_| vec![]),
        ("attachment.instance-owner-id", |each| {
            each.attached(|attachment| attachment.instance_owner_id)
        }),
        ("attachment.status", |each| each.attached(|attachment| attachment.status)),
        ("availability-zone", |each| vec![each.zone()]),
        ("availability-zone-id", |each| vec![each.zone_id()]),
        ("description", |each| vec![each.description.clone()]),
        ("group-id", |each| each.groups.iter().map(ToString::to_string).collect()),
        ("group-name", |each| each.groups.iter().map(|id| each.group_name(id)).collect()),
        ("interface-type", |each| vec![each.kind().into()]),
        ("ipv6-addresses.ipv6-address", |each| {
            each.addresses6.iter().map(ToString::to_string).collect()
        }),
        ("mac-address", |each| vec![each.mac()]),
        ("network-interface-id", |each| vec![each.id.to_string()]),
        ("operator.managed", |_| vec!["false".into()]),
        ("operator.principal", |_| vec![]),
        ("owner-id", |each| vec![each.owner()]),
        ("private-dns-name", |each| each.dns_name().into_iter().collect()),
        ("private-ip-address", Shown::addresses),
        ("requester-id", |each| each.requester().into_iter().collect()),
        ("requester-managed", |each| vec![each.is_managed().to_string()]),
        ("source-dest-check", |each| vec![each.source_dest_check.to_string()]),
        ("status", |each| vec![each.status().into()]),
        ("subnet-id", |each| vec![each.subnet.to_string()]),
        ("vpc-id", |each| vec![each.vpc.to_string()]),
    ];

    fn id(&self) -> EniId {
        self.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> NetworkInterface {
        let address = self.address.to_string();
        let primary = NetworkInterfacePrivateIpAddress {
            association: self.association(),
            primary: Some(true),
            private_dns_name: self.dns_name(),
            private_ip_address: Some(address.clone()),
        };
        let secondary = self.secondaries().iter().map(|each| self.secondary(*each));
        let addresses = std::iter::once(primary).chain(secondary).collect();
        NetworkInterface {
            association: self.association(),
            attachment: self.attachment(),
            interface_type: Some(self.kind().into()),
            ipv6_addresses: Some(self.addresses6.iter().map(ipv6_address).collect()),
            mac_address: Some(self.mac()),
            network_interface_id: Some(self.id.to_string()),
            owner_id: Some(self.owner()),
            private_dns_name: self.dns_name(),
            private_ip_addresses: Some(addresses),
            private_ip_address: Some(address),
            requester_id: self.requester(),
            requester_managed: Some(self.is_managed()),
            source_dest_check: Some(self.source_dest_check),
            status: Some(self.status().into()),
            subnet_id: Some(self.subnet.to_string()),
            tag_set: Some(show::tags(&self.tags)),
            vpc_id: Some(self.vpc.to_string()),
            availability_zone: Some(self.zone()),
            groups: Some(self.groups.iter().map(|id| self.group(id)).collect()),
            description: Some(self.description),
            ..NetworkInterface::default()
        }
    }
}

//! ENIs, as EC2 shows and changes them.

use std::net::Ipv4Addr;

use engine::effect::Reply;
use engine::engine::Engine;
use engine::id::EniId;
use engine::input::Request;
use engine::network::eni::EniRequest;
use engine::record::eni::{Eni, EniUser};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces, ModifyNetworkInterfaceAttribute, PrivateIpAddressSpecification,
};
use wire::ec2::output::{
    AttributeBooleanValue, AttributeValue, CreateNetworkInterfaceResult,
    DescribeNetworkInterfaceAttributeResult, DescribeNetworkInterfacesResult, GroupIdentifier,
    NetworkInterface, NetworkInterfaceAttachment, NetworkInterfacePrivateIpAddress,
};

use crate::api::ec2::describe::{Attribute, Described, SLICE, Wanted, describe, gather};
use crate::api::ec2::input::{id, ids, tags_for};
use crate::api::ec2::{dry_run, refusal, request, show};
use crate::api::{Context, Operation};

impl Operation for CreateNetworkInterface {
    type Output = CreateNetworkInterfaceResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateNetworkInterfaceResult, ApiError> {
        let CreateNetworkInterface {
            tag_specifications,
            client_token,
            subnet_id,
            description,
            private_ip_address,
            groups,
            private_ip_addresses,
            dry_run,
        } = self;
        let question = EniRequest::Create {
            scope: cx.scope.clone(),
            subnet: id(&subnet_id)?,
            groups: ids(&groups)?.into_iter().collect(),
            address: address(private_ip_address, private_ip_addresses)?,
            description: description.unwrap_or_default(),
            tags: tags_for("network-interface", &tag_specifications)?,
        };
        let Reply::Eni(eni) = request(cx, dry_run, Request::Eni(question)).await? else {
            unreachable!("an ENI is answered with an ENI")
        };
        let shown = cx.driver.read(|engine| Shown::of(engine, &eni));
        let shown = NetworkInterface { status: Some("pending".into()), ..shown.view() };
        Ok(CreateNetworkInterfaceResult { network_interface: Some(shown), client_token })
    }
}

/// The address asked for, which is an ENI's only one, in either of two ways.
fn address(
    one: Option<String>,
    several: Vec<PrivateIpAddressSpecification>,
) -> Result<Option<Ipv4Addr>, ApiError> {
    let mut primary = one;
    for PrivateIpAddressSpecification { primary: is_primary, private_ip_address } in several {
        if is_primary != Some(true) {
            let message = "Warren does not support secondary addresses in PrivateIpAddresses.";
            return Err(error("UnsupportedOperation", message));
        }
        if primary.is_some() {
            let message = "Only one primary private IP address can be specified.";
            return Err(error("InvalidParameterCombination", message));
        }
        primary = private_ip_address;
    }
    let parsed = primary.map(|text| {
        text.parse().map_err(|_| {
            let message = format!("Invalid value '{text}' for privateIpAddress. Not an address.");
            error("InvalidParameterValue", message)
        })
    });
    parsed.transpose()
}

impl Operation for DeleteNetworkInterface {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteNetworkInterface { dry_run, network_interface_id } = self;
        let eni = id(&network_interface_id)?;
        let question = EniRequest::Delete { scope: cx.scope.clone(), eni };
        request(cx, dry_run, Request::Eni(question)).await.map(drop)
    }
}

impl Operation for ModifyNetworkInterfaceAttribute {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let ModifyNetworkInterfaceAttribute {
            dry_run,
            network_interface_id,
            description,
            source_dest_check,
            groups,
        } = self;
        let groups: Vec<_> = ids(&groups)?;
        let question = EniRequest::Modify {
            scope: cx.scope.clone(),
            eni: id(&network_interface_id)?,
            groups: (!groups.is_empty()).then(|| groups.into_iter().collect()),
            description: description.and_then(|given| given.value),
            source_dest_check: source_dest_check.and_then(|given| given.value),
        };
        request(cx, dry_run, Request::Eni(question)).await.map(drop)
    }
}

impl Operation for DescribeNetworkInterfaceAttribute {
    type Output = DescribeNetworkInterfaceAttributeResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<DescribeNetworkInterfaceAttributeResult, ApiError> {
        let DescribeNetworkInterfaceAttribute { dry_run: is_dry, network_interface_id, attribute } =
            self;
        let eni = id(&network_interface_id)?;
        let shown = cx.driver.read(|engine| {
            let eni = engine.eni(&cx.scope, eni).map_err(refusal::spell)?;
            Ok::<_, ApiError>(Shown::of(engine, eni).view())
        })?;
        let mut answer = DescribeNetworkInterfaceAttributeResult {
            network_interface_id: shown.network_interface_id,
            ..Default::default()
        };
        match attribute.as_deref() {
            Some("attachment") => answer.attachment = shown.attachment,
            Some("description") => {
                answer.description = Some(AttributeValue { value: shown.description });
            }
            Some("groupSet") => answer.groups = shown.groups,
            Some("sourceDestCheck") => {
                answer.source_dest_check =
                    Some(AttributeBooleanValue { value: shown.source_dest_check });
            }
            Some("associatePublicIpAddress") => answer.associate_public_ip_address = Some(false),
            _ => return Err(error("InvalidParameterCombination", "No attributes specified.")),
        }
        dry_run(is_dry)?;
        Ok(answer)
    }
}

impl Operation for DescribeNetworkInterfaces {
    type Output = DescribeNetworkInterfacesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeNetworkInterfacesResult, ApiError> {
        let DescribeNetworkInterfaces {
            next_token,
            max_results,
            dry_run,
            network_interface_ids,
            filters,
        } = self;
        let chosen: Vec<EniId> = ids(&network_interface_ids)?;
        let enis = match chosen.is_empty() {
            true => gather(cx, |engine, after| {
                let enis = engine.enis_after(&cx.scope, after);
                enis.take(SLICE).map(|eni| Shown::of(engine, eni)).collect()
            }),
            false => cx.driver.read(|engine| {
                let found = chosen.iter().filter_map(|id| engine.eni(&cx.scope, *id).ok());
                found.map(|eni| Shown::of(engine, eni)).collect()
            }),
        };
        let ids = network_interface_ids;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let page = describe::<Shown>(wanted, enis)?;
        Ok(DescribeNetworkInterfacesResult {
            network_interfaces: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// An ENI with what is told of its subnet and of its groups.
struct Shown {
    eni: Eni,
    zone: String,
    zone_id: String,
    /// Ids and names.
    groups: Vec<(String, String)>,
}

impl Shown {
    fn of(engine: &Engine, eni: &Eni) -> Shown {
        let subnet = engine.subnet(&eni.scope, eni.subnet).ok();
        let groups = eni.groups.iter().map(|id| {
            let name = engine.group(&eni.scope, *id).map(|group| group.name.clone());
            (id.to_string(), name.unwrap_or_default())
        });
        Shown {
            eni: eni.clone(),
            zone: subnet.map(|subnet| subnet.zone.clone()).unwrap_or_default(),
            zone_id: subnet.map(|subnet| subnet.zone_id.clone()).unwrap_or_default(),
            groups: groups.collect(),
        }
    }

    fn is_free(&self) -> bool {
        matches!(self.eni.user, EniUser::Customer | EniUser::Released(_))
    }

    fn status(&self) -> &'static str {
        if self.is_free() { "available" } else { "in-use" }
    }

    fn kind(&self) -> &'static str {
        match self.eni.user {
            EniUser::Customer | EniUser::Resource(_) => "interface",
            EniUser::Environment(..) | EniUser::Pair | EniUser::Released(_) => "lambda",
        }
    }

    fn mac(&self) -> String {
        self.eni.mac.map(|byte| format!("{byte:02x}")).join(":")
    }

    /// `ip-10-0-1-5.ec2.internal`, and by region elsewhere.
    fn dns_name(&self) -> String {
        let address = self.eni.address.to_string().replace('.', "-");
        match self.eni.scope.region.as_str() {
            "us-east-1" => format!("ip-{address}.ec2.internal"),
            region => format!("ip-{address}.{region}.compute.internal"),
        }
    }

    /// Who asked for an ENI that Lambda made, also where Lambda has given it up: the account in the form
    /// that AWS gives to sessions of its own.
    fn requester(&self) -> Option<String> {
        let owner = show::owner(&self.eni.scope);
        (self.kind() == "lambda").then(|| format!("AROALAMBDA:{owner}"))
    }

    /// The attachment to what is Lambda's: without an instance.
    fn attachment(&self) -> Option<NetworkInterfaceAttachment> {
        let is_attached = self.kind() == "lambda" && !self.is_free();
        is_attached.then(|| NetworkInterfaceAttachment {
            attachment_id: Some(format!("ela-attach-0{:016x}", self.eni.id.0)),
            attach_time: Some(i64::try_from(self.eni.created.millis()).unwrap_or(i64::MAX)),
            delete_on_termination: Some(false),
            device_index: Some(1),
            instance_owner_id: Some("amazon-aws".into()),
            status: Some("attached".into()),
            ..NetworkInterfaceAttachment::default()
        })
    }

    /// A value of the attachment, if there is one.
    fn attached(&self, value: fn(NetworkInterfaceAttachment) -> Option<String>) -> Vec<String> {
        self.attachment().and_then(value).into_iter().collect()
    }
}

impl Described for Shown {
    type Id = EniId;
    type View = NetworkInterface;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("addresses.association.owner-id", |_| vec![]),
        ("addresses.association.public-ip", |_| vec![]),
        ("addresses.primary", |_| vec!["true".into()]),
        ("addresses.private-ip-address", |each| vec![each.eni.address.to_string()]),
        ("association.allocation-id", |_| vec![]),
        ("association.association-id", |_| vec![]),
        ("association.ip-owner-id", |_| vec![]),
        ("association.public-dns-name", |_| vec![]),
        ("association.public-ip", |_| vec![]),
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
        ("availability-zone", |each| vec![each.zone.clone()]),
        ("availability-zone-id", |each| vec![each.zone_id.clone()]),
        ("description", |each| vec![each.eni.description.clone()]),
        ("group-id", |each| each.groups.iter().map(|(id, _)| id.clone()).collect()),
        ("group-name", |each| each.groups.iter().map(|(_, name)| name.clone()).collect()),
        ("interface-type", |each| vec![each.kind().into()]),
        ("ipv6-addresses.ipv6-address", |_| vec![]),
        ("mac-address", |each| vec![each.mac()]),
        ("network-interface-id", |each| vec![each.eni.id.to_string()]),
        ("operator.managed", |_| vec!["false".into()]),
        ("operator.principal", |_| vec![]),
        ("owner-id", |each| vec![show::owner(&each.eni.scope)]),
        ("private-dns-name", |each| vec![each.dns_name()]),
        ("private-ip-address", |each| vec![each.eni.address.to_string()]),
        ("requester-id", |each| each.requester().into_iter().collect()),
        ("requester-managed", |_| vec!["false".into()]),
        ("source-dest-check", |each| vec![each.eni.source_dest_check.to_string()]),
        ("status", |each| vec![each.status().into()]),
        ("subnet-id", |each| vec![each.eni.subnet.to_string()]),
        ("vpc-id", |each| vec![each.eni.vpc.to_string()]),
    ];

    fn id(&self) -> EniId {
        self.eni.id
    }

    fn tags(&self) -> &Tags {
        &self.eni.tags
    }

    fn view(self) -> NetworkInterface {
        let address = self.eni.address.to_string();
        NetworkInterface {
            attachment: self.attachment(),
            interface_type: Some(self.kind().into()),
            ipv6_addresses: Some(Vec::new()),
            mac_address: Some(self.mac()),
            network_interface_id: Some(self.eni.id.to_string()),
            owner_id: Some(show::owner(&self.eni.scope)),
            private_dns_name: Some(self.dns_name()),
            private_ip_addresses: Some(vec![NetworkInterfacePrivateIpAddress {
                primary: Some(true),
                private_dns_name: Some(self.dns_name()),
                private_ip_address: Some(address.clone()),
                ..NetworkInterfacePrivateIpAddress::default()
            }]),
            private_ip_address: Some(address),
            requester_id: self.requester(),
            requester_managed: Some(false),
            source_dest_check: Some(self.eni.source_dest_check),
            status: Some(self.status().into()),
            subnet_id: Some(self.eni.subnet.to_string()),
            tag_set: Some(show::tags(&self.eni.tags)),
            vpc_id: Some(self.eni.vpc.to_string()),
            availability_zone: Some(self.zone),
            description: Some(self.eni.description),
            groups: Some(self.groups.into_iter().map(group).collect()),
            ..NetworkInterface::default()
        }
    }
}

fn group((id, name): (String, String)) -> GroupIdentifier {
    GroupIdentifier { group_id: Some(id), group_name: Some(name) }
}

//! Subnets, as EC2 shows and changes them.

use engine::id::SubnetId;
use engine::network::subnet::{self, Refusal};
use engine::record::subnet::{Subnet, SubnetBlock6};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateSubnet, DeleteSubnet, DescribeSubnets, ModifySubnetAttribute};
use wire::ec2::output::{self, CreateSubnetResult, DescribeSubnetsResult};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{block, block6, given, id, missing, no_such, together};
use crate::api::ec2::operations::cidr_block;
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, show};
use crate::api::operation::{Context, Operation};
use crate::zone::zones;

impl Operation for CreateSubnet {
    type Output = CreateSubnetResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateSubnetResult, ApiError> {
        let CreateSubnet {
            tag_specifications,
            availability_zone,
            availability_zone_id,
            cidr_block,
            ipv6_cidr_block,
            vpc_id,
            dry_run,
        } = self;
        let vpc = id(&vpc_id)?;
        let cidr_block = cidr_block.ok_or_else(|| missing("CidrBlock"))?;
        let cidr = block(&cidr_block, "cidrBlock")?;
        let cidr6 = given(ipv6_cidr_block);
        let cidr6 = cidr6.map(|text| block6(&text, "ipv6CidrBlock")).transpose()?;
        let tags = tags_for("subnet", &tag_specifications)?;
        let (zone, zone_id) = zone(cx, given(availability_zone), given(availability_zone_id))?;
        let scope = cx.scope.clone();
        let question = subnet::Create { scope, vpc, cidr, cidr6, zone, zone_id, tags };
        let (subnet, free) = ask(cx, dry_run, question).await?;
        Ok(CreateSubnetResult { subnet: Some(view(&subnet, free)) })
    }
}

/// The zone asked for by name or id; the region's first when none is.
pub(crate) fn zone(
    cx: &Context<'_>,
    name: Option<String>,
    zone_id: Option<String>,
) -> Result<(String, String), ApiError> {
    let mut zones = zones(&cx.scope.region);
    let (parameter, given, is_id) = match (name, zone_id) {
        (None, None) => return Ok(zones.remove(0)),
        (Some(name), None) => ("availabilityZone", name, false),
        (None, Some(id)) => ("availabilityZoneId", id, true),
        (Some(_), Some(_)) => return Err(together("availabilityZone", "availabilityZoneId")),
    };
    let all: Vec<&str> =
        zones.iter().map(|(name, id)| if is_id { id.as_str() } else { name }).collect();
    let found = all.iter().position(|zone| *zone == given);
    found.map(|at| zones[at].clone()).ok_or_else(|| {
        let message = format!(
            "Value ({given}) for parameter {parameter} is invalid. Subnets can currently \
             only be created in the following availability zones: {}.",
            all.join(", ")
        );
        error("InvalidParameterValue", message)
    })
}

impl Operation for DeleteSubnet {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteSubnet { subnet_id, dry_run } = self;
        let question = subnet::Delete { scope: cx.scope.clone(), subnet: id(&subnet_id)? };
        ask(cx, dry_run, question).await
    }
}

impl Operation for ModifySubnetAttribute {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let ModifySubnetAttribute {
            assign_ipv6_address_on_creation,
            map_public_ip_on_launch,
            subnet_id,
            map_customer_owned_ip_on_launch,
            enable_dns64,
            private_dns_hostname_type_on_launch,
            enable_resource_name_dns_a_record_on_launch,
            enable_resource_name_dns_aaaa_record_on_launch,
        } = self;
        let subnet = id(&subnet_id)?;
        let scope = cx.scope.clone();
        let map_public = map_public_ip_on_launch.and_then(|given| given.value);
        // What can be asked for of these is what every subnet has.
        let assign_ipv6 = assign_ipv6_address_on_creation.and_then(|given| given.value);
        let fixed = [
            ("MapCustomerOwnedIpOnLaunch", map_customer_owned_ip_on_launch),
            ("EnableDns64", enable_dns64),
            ("EnableResourceNameDnsARecordOnLaunch", enable_resource_name_dns_a_record_on_launch),
            (
                "EnableResourceNameDnsAAAARecordOnLaunch",
                enable_resource_name_dns_aaaa_record_on_launch,
            ),
        ];
        let fixed = fixed.map(|(name, given)| (name, given.and_then(|given| given.value)));
        if let Some((name, _)) = fixed.iter().find(|(_, value)| *value == Some(true)) {
            return Err(unsupported(name, "false"));
        }
        let hostnames = private_dns_hostname_type_on_launch;
        if hostnames.as_deref().is_some_and(|given| given != "ip-name") {
            return Err(unsupported("PrivateDnsHostnameTypeOnLaunch", "ip-name"));
        }
        let number = fixed.iter().filter(|(_, value)| value.is_some()).count()
            + usize::from(map_public.is_some())
            + usize::from(assign_ipv6.is_some())
            + usize::from(hostnames.is_some());
        match number {
            0 => Err(missing("MapPublicIpOnLaunch")),
            // The operation has no dry run.
            1 => ask(cx, None, subnet::Modify { scope, subnet, map_public, assign_ipv6 }).await,
            _ => {
                let message = "Fields for multiple attribute types specified";
                Err(error("InvalidParameterCombination", message))
            }
        }
    }
}

/// The refusal of an attribute that no subnet has but in one way.
fn unsupported(name: &str, only: &str) -> ApiError {
    let message = format!(
        "Warren does not support the parameter {name} of ModifySubnetAttribute, except as {only}."
    );
    error("UnsupportedOperation", message)
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::NoVpc(id) => no_such(id),
            Refusal::NoSubnet(id) => no_such(id),
            Refusal::Size(cidr) | Refusal::Outside(cidr) => {
                error("InvalidSubnet.Range", format!("The CIDR '{cidr}' is invalid."))
            }
            Refusal::Conflict(cidr) => {
                let message = format!("The CIDR '{cidr}' conflicts with another subnet");
                error("InvalidSubnet.Conflict", message)
            }
            Refusal::Ipv6(refusal) => refusal.spell(),
            Refusal::NoIpv6Block(id) => {
                let message = format!(
                    "Value (true) for parameter assignIpv6AddressOnCreation is invalid. The subnet '{id}' has \
                     no IPv6 CIDR block."
                );
                error("InvalidParameterValue", message)
            }
            Refusal::TooMany => {
                error("SubnetLimitExceeded", "The maximum number has been reached.")
            }
            Refusal::InUse(id) => {
                let message = format!("The subnet '{id}' has dependencies and cannot be deleted.");
                error("DependencyViolation", message)
            }
        }
    }
}

/// A subnet, and how many of its addresses are free.
struct Counted {
    subnet: Subnet,
    free: u32,
}

impl Counted {
    fn of_block6(&self, value: fn(&SubnetBlock6) -> String) -> Vec<String> {
        self.subnet.block6.iter().map(value).collect()
    }
}

impl Operation for DescribeSubnets {
    type Output = DescribeSubnetsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeSubnetsResult, ApiError> {
        let DescribeSubnets { filters, subnet_ids: ids, next_token, max_results, dry_run } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let subnets = cx.driver.read(|engine| {
            let subnets = engine.subnets(&cx.scope).cloned();
            let count = |subnet: Subnet| Counted { free: engine.free_addresses(subnet.id), subnet };
            subnets.map(count).collect()
        });
        let page = describe::<Counted>(wanted, subnets)?;
        Ok(DescribeSubnetsResult { subnets: Some(page.items), next_token: page.next_token })
    }
}

impl Described for Counted {
    type Id = SubnetId;
    type View = output::Subnet;
    const FILTERS: &'static [Attribute<Counted>] = &[
        ("availability-zone", |each| vec![each.subnet.zone.clone()]),
        ("availabilityZone", |each| vec![each.subnet.zone.clone()]),
        ("availability-zone-id", |each| vec![each.subnet.zone_id.clone()]),
        ("availabilityZoneId", |each| vec![each.subnet.zone_id.clone()]),
        ("available-ip-address-count", |each| vec![each.free.to_string()]),
        ("cidr", |each| vec![each.subnet.cidr.to_string()]),
        ("cidr-block", |each| vec![each.subnet.cidr.to_string()]),
        ("cidrBlock", |each| vec![each.subnet.cidr.to_string()]),
        ("customer-owned-ipv4-pool", |_| vec![]),
        ("default-for-az", |each| vec![each.subnet.default_for_zone.to_string()]),
        ("defaultForAz", |each| vec![each.subnet.default_for_zone.to_string()]),
        ("enable-dns64", |_| vec!["false".into()]),
        ("enable-lni-at-device-index", |_| vec![]),
        ("ipv6-cidr-block-association.association-id", |each| {
            each.of_block6(|block| block.association.to_string())
        }),
        ("ipv6-cidr-block-association.ipv6-cidr-block", |each| {
            each.of_block6(|block| block.cidr.to_string())
        }),
        ("ipv6-cidr-block-association.state", |each| each.of_block6(|_| "associated".into())),
        ("ipv6-native", |_| vec!["false".into()]),
        ("map-customer-owned-ip-on-launch", |_| vec!["false".into()]),
        ("map-public-ip-on-launch", |each| vec![each.subnet.map_public.to_string()]),
        ("outpost-arn", |_| vec![]),
        ("owner-id", |each| vec![show::owner(&each.subnet.scope)]),
        ("private-dns-name-options-on-launch.enable-resource-name-dns-a-record", |_| {
            vec!["false".into()]
        }),
        ("private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record", |_| {
            vec!["false".into()]
        }),
        ("private-dns-name-options-on-launch.hostname-type", |_| vec!["ip-name".into()]),
        ("state", |_| vec!["available".into()]),
        ("subnet-arn", |each| vec![show::arn(&each.subnet.scope, "subnet", each.subnet.id)]),
        ("subnet-id", |each| vec![each.subnet.id.to_string()]),
        ("vpc-id", |each| vec![each.subnet.vpc.to_string()]),
    ];

    fn id(&self) -> SubnetId {
        self.subnet.id
    }

    fn tags(&self) -> &Tags {
        &self.subnet.tags
    }

    fn view(self) -> output::Subnet {
        view(&self.subnet, self.free)
    }
}

/// A subnet as it is shown, with its free addresses.
pub(crate) fn view(subnet: &Subnet, free: u32) -> output::Subnet {
    output::Subnet {
        availability_zone_id: Some(subnet.zone_id.clone()),
        map_customer_owned_ip_on_launch: Some(false),
        owner_id: Some(show::owner(&subnet.scope)),
        assign_ipv6_address_on_creation: Some(subnet.assign_ipv6),
        ipv6_cidr_block_association_set: Some(
            subnet.block6.iter().map(|block| cidr_block::of_subnet(block, "associated")).collect(),
        ),
        tags: Some(show::tags(&subnet.tags)),
        subnet_arn: Some(show::arn(&subnet.scope, "subnet", subnet.id)),
        enable_dns64: Some(false),
        ipv6_native: Some(false),
        private_dns_name_options_on_launch: Some(output::PrivateDnsNameOptionsOnLaunch {
            hostname_type: Some("ip-name".into()),
            enable_resource_name_dns_a_record: Some(false),
            enable_resource_name_dns_aaaa_record: Some(false),
        }),
        subnet_id: Some(subnet.id.to_string()),
        state: Some("available".into()),
        vpc_id: Some(subnet.vpc.to_string()),
        cidr_block: Some(subnet.cidr.to_string()),
        available_ip_address_count: Some(i32::try_from(free).unwrap_or(i32::MAX)),
        availability_zone: Some(subnet.zone.clone()),
        default_for_az: Some(subnet.default_for_zone),
        map_public_ip_on_launch: Some(subnet.map_public),
        ..output::Subnet::default()
    }
}

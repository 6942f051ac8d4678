//! Subnets, as EC2 shows and changes them.

use engine::id::SubnetId;
use engine::network::subnet::{self, Refusal};
use engine::record::subnet::Subnet;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateSubnet, DeleteSubnet, DescribeSubnets, ModifySubnetAttribute};
use wire::ec2::output::{self, CreateSubnetResult, DescribeSubnetsResult};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{block, id, missing, no_such, tags_for};
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
            vpc_id,
            dry_run,
        } = self;
        let vpc = id(&vpc_id)?;
        let cidr_block = cidr_block.ok_or_else(|| missing("CidrBlock"))?;
        let cidr = block(&cidr_block, "cidrBlock")?;
        let tags = tags_for("subnet", &tag_specifications)?;
        let (zone, zone_id) =
            zone(cx, availability_zone.as_deref(), availability_zone_id.as_deref())?;
        let scope = cx.scope.clone();
        let question = subnet::Create { scope, vpc, cidr, zone, zone_id, tags };
        let (subnet, free) = ask(cx, dry_run, question).await?;
        Ok(CreateSubnetResult { subnet: Some(view(&subnet, free)) })
    }
}

/// The zone asked for by name or id; the region's first when none is.
fn zone(
    cx: &Context<'_>,
    name: Option<&str>,
    zone_id: Option<&str>,
) -> Result<(String, String), ApiError> {
    let zones = zones(&cx.scope.region);
    let found = zones.iter().find(|zone| {
        name.is_none_or(|name| zone.0 == name) && zone_id.is_none_or(|id| zone.1 == id)
    });
    found.cloned().ok_or_else(|| {
        let names: Vec<&str> = zones.iter().map(|zone| zone.0.as_str()).collect();
        let given = name.or(zone_id).unwrap_or_default();
        let message = format!(
            "Value ({given}) for parameter availabilityZone is invalid. Subnets can currently \
             only be created in the following availability zones: {}.",
            names.join(", ")
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
        let ModifySubnetAttribute { map_public_ip_on_launch, subnet_id } = self;
        let subnet = id(&subnet_id)?;
        let Some(map_public) = map_public_ip_on_launch.and_then(|given| given.value) else {
            let message = "Warren supports MapPublicIpOnLaunch alone in ModifySubnetAttribute.";
            return Err(error("UnsupportedOperation", message));
        };
        // The operation has no dry run.
        ask(cx, None, subnet::Modify { scope: cx.scope.clone(), subnet, map_public }).await
    }
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
        ("ipv6-cidr-block-association.association-id", |_| vec![]),
        ("ipv6-cidr-block-association.ipv6-cidr-block", |_| vec![]),
        ("ipv6-cidr-block-association.state", |_| vec![]),
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

fn view(subnet: &Subnet, free: u32) -> output::Subnet {
    output::Subnet {
        availability_zone_id: Some(subnet.zone_id.clone()),
        map_customer_owned_ip_on_launch: Some(false),
        owner_id: Some(show::owner(&subnet.scope)),
        assign_ipv6_address_on_creation: Some(false),
        ipv6_cidr_block_association_set: Some(Vec::new()),
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

//! Default VPCs and subnets that are made again, and the groups that a VPC's ENIs may have.

use engine::id::{GroupId, VpcId};
use engine::network::defaults::{self, Refusal};
use engine::record::group::Group;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateDefaultSubnet, CreateDefaultVpc, GetSecurityGroupsForVpc};
use wire::ec2::output::{
    CreateDefaultSubnetResult, CreateDefaultVpcResult, GetSecurityGroupsForVpcResult,
    SecurityGroupForVpc,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{given, id, missing};
use crate::api::ec2::operations::{subnet, vpc};
use crate::api::ec2::{Spell, ask, show};
use crate::api::operation::{Context, Operation};
use crate::zone::zones;

impl Operation for CreateDefaultVpc {
    type Output = CreateDefaultVpcResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateDefaultVpcResult, ApiError> {
        let CreateDefaultVpc { dry_run } = self;
        let (scope, zones) = (cx.scope.clone(), zones(&cx.scope.region));
        let made = ask(cx, dry_run, defaults::CreateVpc { scope, zones }).await?;
        Ok(CreateDefaultVpcResult { vpc: Some(vpc::view(&made, "pending")) })
    }
}

impl Operation for CreateDefaultSubnet {
    type Output = CreateDefaultSubnetResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateDefaultSubnetResult, ApiError> {
        let CreateDefaultSubnet { availability_zone, dry_run, availability_zone_id } = self;
        let (name, zone_id) = (given(availability_zone), given(availability_zone_id));
        if name.is_none() && zone_id.is_none() {
            return Err(missing("AvailabilityZone"));
        }
        let (zone, zone_id) = subnet::zone(cx, name, zone_id)?;
        let question = defaults::CreateSubnet { scope: cx.scope.clone(), zone, zone_id };
        let (made, free) = ask(cx, dry_run, question).await?;
        Ok(CreateDefaultSubnetResult { subnet: Some(subnet::view(&made, free)) })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::Vpc(refusal) => return refusal.spell(),
            Refusal::Subnet(refusal) => return refusal.spell(),
            Refusal::VpcExists => (
                "DefaultVpcAlreadyExists",
                "A Default VPC already exists for this account in this region.".to_owned(),
            ),
            Refusal::NoVpc => (
                "DefaultVpcDoesNotExist",
                "No default VPC exists for this account in this region.".into(),
            ),
            Refusal::SubnetExists(zone) => (
                "DefaultSubnetAlreadyExistsInAvailabilityZone",
                format!("A default subnet already exists in the availability zone '{zone}'."),
            ),
            Refusal::NoRoom => (
                "InvalidSubnet.Conflict",
                "The default VPC has no free block of the size of a default subnet.".into(),
            ),
        };
        error(code, message)
    }
}

impl Operation for GetSecurityGroupsForVpc {
    type Output = GetSecurityGroupsForVpcResult;

    async fn run(self, cx: &Context<'_>) -> Result<GetSecurityGroupsForVpcResult, ApiError> {
        let GetSecurityGroupsForVpc { vpc_id, next_token, max_results, filters, dry_run } = self;
        let vpc: VpcId = id(&vpc_id)?;
        let wanted = Wanted { ids: Vec::new(), filters, max_results, next_token, dry_run };
        let groups = cx.driver.read(|engine| {
            engine.vpc(&cx.scope, vpc).map_err(Spell::spell)?;
            let groups = engine.groups(&cx.scope).filter(|group| group.vpc == vpc);
            Ok::<_, ApiError>(groups.map(|group| ForVpc(group.clone())).collect())
        })?;
        let page = describe::<ForVpc>(wanted, groups)?;
        Ok(GetSecurityGroupsForVpcResult {
            next_token: page.next_token,
            security_group_for_vpcs: Some(page.items),
        })
    }
}

/// A group that ENIs of a VPC may have.
struct ForVpc(Group);

impl Described for ForVpc {
    type Id = GroupId;
    type View = SecurityGroupForVpc;
    const FILTERS: &'static [Attribute<ForVpc>] = &[
        ("description", |each| vec![each.0.description.clone()]),
        ("group-id", |each| vec![each.0.id.to_string()]),
        ("group-name", |each| vec![each.0.name.clone()]),
        ("owner-id", |each| vec![show::owner(&each.0.scope)]),
        ("primary-vpc-id", |each| vec![each.0.vpc.to_string()]),
    ];

    fn id(&self) -> GroupId {
        self.0.id
    }

    fn tags(&self) -> &Tags {
        &self.0.tags
    }

    fn view(self) -> SecurityGroupForVpc {
        let ForVpc(group) = self;
        SecurityGroupForVpc {
            group_id: Some(group.id.to_string()),
            owner_id: Some(show::owner(&group.scope)),
            primary_vpc_id: Some(group.vpc.to_string()),
            tags: Some(show::tags(&group.tags)),
            description: Some(group.description),
            group_name: Some(group.name),
        }
    }
}

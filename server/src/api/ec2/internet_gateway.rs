//! Internet gateways, as EC2 shows and changes them.

use engine::id::InternetGatewayId;
use engine::network::internet_gateway::{self, Refusal};
use engine::record::internet_gateway::InternetGateway;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    AttachInternetGateway, CreateInternetGateway, DeleteInternetGateway, DescribeInternetGateways,
    DetachInternetGateway,
};
use wire::ec2::output::{
    self, CreateInternetGatewayResult, DescribeInternetGatewaysResult, InternetGatewayAttachment,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{id, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, show};
use crate::api::operation::{Context, Operation};

impl Operation for CreateInternetGateway {
    type Output = CreateInternetGatewayResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateInternetGatewayResult, ApiError> {
        let CreateInternetGateway { tag_specifications, dry_run } = self;
        let tags = tags_for("internet-gateway", &tag_specifications)?;
        let question = internet_gateway::Create { scope: cx.scope.clone(), tags };
        let gateway = ask(cx, dry_run, question).await?;
        Ok(CreateInternetGatewayResult { internet_gateway: Some(gateway.view()) })
    }
}

impl Operation for DeleteInternetGateway {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteInternetGateway { dry_run, internet_gateway_id } = self;
        let gateway = id(&internet_gateway_id)?;
        ask(cx, dry_run, internet_gateway::Delete { scope: cx.scope.clone(), gateway }).await
    }
}

impl Operation for AttachInternetGateway {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let AttachInternetGateway { dry_run, internet_gateway_id, vpc_id } = self;
        let question = internet_gateway::Attach {
            scope: cx.scope.clone(),
            gateway: id(&internet_gateway_id)?,
            vpc: id(&vpc_id)?,
        };
        ask(cx, dry_run, question).await
    }
}

impl Operation for DetachInternetGateway {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DetachInternetGateway { dry_run, internet_gateway_id, vpc_id } = self;
        let question = internet_gateway::Detach {
            scope: cx.scope.clone(),
            gateway: id(&internet_gateway_id)?,
            vpc: id(&vpc_id)?,
        };
        ask(cx, dry_run, question).await
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoVpc(id) => return no_such(id),
            Refusal::NoGateway(id) => return no_such(id),
            Refusal::TooMany => {
                ("InternetGatewayLimitExceeded", "The maximum number has been reached.".into())
            }
            Refusal::InUse(id) => (
                "DependencyViolation",
                format!("The internetGateway '{id}' has dependencies and cannot be deleted."),
            ),
            Refusal::Attached(gateway, vpc) => (
                "Resource.AlreadyAssociated",
                format!("resource {gateway} is already attached to network {vpc}"),
            ),
            Refusal::HasOne(vpc) => (
                "InvalidParameterValue",
                format!("Network {vpc} already has an internet gateway attached"),
            ),
            Refusal::NotAttached(gateway, vpc) => (
                "Gateway.NotAttached",
                format!("resource {gateway} is not attached to network {vpc}"),
            ),
            Refusal::Mapped(vpc) => (
                "DependencyViolation",
                format!(
                    "Network {vpc} has some mapped public address(es). Please unmap those public \
                     address(es) before detaching the gateway."
                ),
            ),
        };
        error(code, message)
    }
}

impl Operation for DescribeInternetGateways {
    type Output = DescribeInternetGatewaysResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeInternetGatewaysResult, ApiError> {
        let DescribeInternetGateways {
            next_token,
            max_results,
            dry_run,
            internet_gateway_ids: ids,
            filters,
        } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let all = |engine: &engine::engine::Engine| {
            engine.all::<InternetGateway>(&cx.scope).cloned().collect()
        };
        let page = describe::<InternetGateway>(wanted, cx.driver.read(all))?;
        Ok(DescribeInternetGatewaysResult {
            internet_gateways: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Described for InternetGateway {
    type Id = InternetGatewayId;
    type View = output::InternetGateway;
    const FILTERS: &'static [Attribute<InternetGateway>] = &[
        ("attachment.state", |each| each.vpc.iter().map(|_| "available".into()).collect()),
        ("attachment.vpc-id", |each| each.vpc.iter().map(ToString::to_string).collect()),
        ("internet-gateway-id", |each| vec![each.id.to_string()]),
        ("owner-id", |each| vec![show::owner(&each.scope)]),
    ];

    fn id(&self) -> InternetGatewayId {
        self.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> output::InternetGateway {
        let attachment = self.vpc.map(|vpc| InternetGatewayAttachment {
            state: Some("available".into()),
            vpc_id: Some(vpc.to_string()),
        });
        output::InternetGateway {
            attachments: Some(attachment.into_iter().collect()),
            internet_gateway_id: Some(self.id.to_string()),
            owner_id: Some(show::owner(&self.scope)),
            tags: Some(show::tags(&self.tags)),
        }
    }
}

//! Egress-only internet gateways, as EC2 shows and changes them.

use engine::id::EgressOnlyGatewayId;
use engine::network::egress_only_gateway::{self, Refusal};
use engine::record::egress_only_gateway::EgressOnlyGateway;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    CreateEgressOnlyInternetGateway, DeleteEgressOnlyInternetGateway,
    DescribeEgressOnlyInternetGateways,
};
use wire::ec2::output::{
    CreateEgressOnlyInternetGatewayResult, DeleteEgressOnlyInternetGatewayResult,
    DescribeEgressOnlyInternetGatewaysResult, EgressOnlyInternetGateway, InternetGatewayAttachment,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{id, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, show};
use crate::api::operation::{Context, Operation};

impl Operation for CreateEgressOnlyInternetGateway {
    type Output = CreateEgressOnlyInternetGatewayResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<CreateEgressOnlyInternetGatewayResult, ApiError> {
        let CreateEgressOnlyInternetGateway { client_token, dry_run, vpc_id, tag_specifications } =
            self;
        let tags = tags_for("egress-only-internet-gateway", &tag_specifications)?;
        let (scope, vpc) = (cx.scope.clone(), id(&vpc_id)?);
        let question = egress_only_gateway::Create { scope, vpc, tags };
        let gateway = ask_once(cx, dry_run, question).await?;
        Ok(CreateEgressOnlyInternetGatewayResult {
            client_token,
            egress_only_internet_gateway: Some(gateway.view()),
        })
    }
}

impl Operation for DeleteEgressOnlyInternetGateway {
    type Output = DeleteEgressOnlyInternetGatewayResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<DeleteEgressOnlyInternetGatewayResult, ApiError> {
        let DeleteEgressOnlyInternetGateway { dry_run, egress_only_internet_gateway_id } = self;
        let gateway = id(&egress_only_internet_gateway_id)?;
        let question = egress_only_gateway::Delete { scope: cx.scope.clone(), gateway };
        ask(cx, dry_run, question).await?;
        Ok(DeleteEgressOnlyInternetGatewayResult { return_code: Some(true) })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::NoVpc(id) => no_such(id),
            Refusal::NoGateway(id) => no_such(id),
            Refusal::TooMany => error(
                "EgressOnlyInternetGatewayLimitExceeded",
                "The maximum number has been reached.",
            ),
        }
    }
}

impl Operation for DescribeEgressOnlyInternetGateways {
    type Output = DescribeEgressOnlyInternetGatewaysResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<DescribeEgressOnlyInternetGatewaysResult, ApiError> {
        let DescribeEgressOnlyInternetGateways {
            dry_run,
            egress_only_internet_gateway_ids: ids,
            max_results,
            next_token,
            filters,
        } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let all = |engine: &engine::engine::Engine| {
            engine.all::<EgressOnlyGateway>(&cx.scope).cloned().collect()
        };
        let page = describe::<EgressOnlyGateway>(wanted, cx.driver.read(all))?;
        Ok(DescribeEgressOnlyInternetGatewaysResult {
            egress_only_internet_gateways: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Described for EgressOnlyGateway {
    type Id = EgressOnlyGatewayId;
    type View = EgressOnlyInternetGateway;
    // AWS has filters for tags alone.
    const FILTERS: &'static [Attribute<EgressOnlyGateway>] = &[];

    fn id(&self) -> EgressOnlyGatewayId {
        self.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> EgressOnlyInternetGateway {
        EgressOnlyInternetGateway {
            attachments: Some(vec![InternetGatewayAttachment {
                state: Some("attached".into()),
                vpc_id: Some(self.vpc.to_string()),
            }]),
            egress_only_internet_gateway_id: Some(self.id.to_string()),
            tags: Some(show::tags(&self.tags)),
        }
    }
}

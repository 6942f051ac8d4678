//! Deployments: copies of what an API is made of, for stages that do not deploy by themselves.

use std::sync::Arc;

use wire::apigatewayv2::error;
use wire::apigatewayv2::input::{
    CreateDeployment, DeleteDeployment, GetDeployment, GetDeployments,
};
use wire::apigatewayv2::output::{self, GetDeploymentsResponse};

use crate::apigatewayv2::operations::api::paged;
use crate::apigatewayv2::service::Apigatewayv2;
use crate::apigatewayv2::stored::{Api, Deployment, bad, check_count, fresh, missing};
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::time::now;

/// Deployments of an API.
pub(crate) const MOST: usize = 300;

impl Operation<Apigatewayv2> for CreateDeployment {
    type Output = output::Deployment;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<output::Deployment, Failure> {
        let CreateDeployment { api_id, description, stage_name } = self;
        let change = move |api: &mut Api| {
            check_count("deployments", api.deployments.len(), MOST)?;
            if api.parts.routes.is_empty() {
                return Err(bad("At least one route is required before deploying the Api."));
            }
            let id = fresh(&api.deployments, 6);
            if let Some(name) = stage_name {
                let stage = api.stages.get_mut(&name).ok_or_else(|| missing("stage", &name))?;
                if stage.deploys_itself {
                    return Err(bad("Deployment cannot be created for a stage with auto-deploy."));
                }
                stage.deployment = Some(id.clone());
                stage.updated = now();
            }
            let parts = Some(api.parts.clone());
            let deployment = Deployment { description, created: now(), parts };
            api.deployments.insert(id.clone(), deployment.clone());
            Ok(show(id, deployment))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for GetDeployment {
    type Output = output::Deployment;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<output::Deployment, Failure> {
        let GetDeployment { api_id, deployment_id: id } = self;
        let look = move |mut api: Api| match api.deployments.remove(&id) {
            Some(found) => Ok(show(id, found)),
            None => Err(missing("Deployment", &id)),
        };
        of.look(&cx.scope, &api_id, look).await
    }
}

impl Operation<Apigatewayv2> for GetDeployments {
    type Output = GetDeploymentsResponse;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<GetDeploymentsResponse, Failure> {
        let GetDeployments { api_id, max_results, next_token } = self;
        let all = of.look(&cx.scope, &api_id, |api| Ok(api.deployments)).await?;
        let all = all.into_iter().map(|(id, each)| (id.clone(), show(id, each))).collect();
        let (items, next_token) = paged(all, max_results.as_deref(), next_token.as_deref())?;
        Ok(GetDeploymentsResponse { items: Some(items), next_token })
    }
}

impl Operation<Apigatewayv2> for DeleteDeployment {
    type Output = ();

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteDeployment { api_id, deployment_id: id } = self;
        let change = move |api: &mut Api| {
            if api.stages.values().any(|stage| stage.deployment.as_ref() == Some(&id)) {
                let message = "Active stages pointing to this deployment must be moved or deleted";
                return Err(error("BadRequestException", message));
            }
            let removed = api.deployments.remove(&id);
            removed.map(drop).ok_or_else(|| missing("Deployment", &id))
        };
        of.change_lean(&cx.scope, &api_id, change).await
    }
}

fn show(id: String, deployment: Deployment) -> output::Deployment {
    let Deployment { description, created, parts } = deployment;
    output::Deployment {
        auto_deployed: Some(parts.is_none()),
        created_date: Some(wire::time::iso8601(created)),
        deployment_id: Some(id),
        deployment_status: Some("DEPLOYED".to_owned()),
        deployment_status_message: None,
        description,
    }
}

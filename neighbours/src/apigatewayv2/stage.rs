//! Stages: by which names an API is served, with which variables.

use std::collections::BTreeMap;
use std::sync::Arc;

use wire::ApiError;
use wire::apigatewayv2::error;
use wire::apigatewayv2::input::{CreateStage, DeleteStage, GetStage, GetStages, UpdateStage};
use wire::apigatewayv2::output::{self, GetStagesResponse};

use crate::apigatewayv2::choose::DEFAULT;
use crate::apigatewayv2::operations::{api::paged, deployment, tag};
use crate::apigatewayv2::service::Apigatewayv2;
use crate::apigatewayv2::stored::{Api, Deployment, Stage, bad, check_count, fresh, missing};
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::time::now;

/// Stages of an API.
const MOST: usize = 10;
/// Bytes of a variable's value.
const VALUE: usize = 512;

impl Stage {
    /// The stage of an API that is made with its target.
    pub(crate) fn managed(created: i64) -> Stage {
        Stage {
            description: None,
            deploys_itself: true,
            deployment: None,
            variables: BTreeMap::new(),
            tags: BTreeMap::new(),
            created,
            updated: created,
            is_managed: true,
        }
    }
}

impl Operation<Apigatewayv2> for CreateStage {
    type Output = output::Stage;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Stage, Failure> {
        let CreateStage {
            api_id,
            auto_deploy,
            deployment_id,
            description,
            stage_name: name,
            stage_variables,
            tags,
        } = self;
        check_name(&name)?;
        let variables = stage_variables.unwrap_or_default();
        check_variables(&variables)?;
        let tags = tags.unwrap_or_default();
        tag::check(&tags)?;
        let change = move |api: &mut Api| {
            if api.stages.contains_key(&name) {
                return Err(error("ConflictException", "Stage already exists"));
            }
            check_count("stages", api.stages.len(), MOST)?;
            let mut stage = Stage {
                description,
                deploys_itself: auto_deploy.unwrap_or_default(),
                deployment: None,
                variables,
                tags,
                created: now(),
                updated: now(),
                is_managed: false,
            };
            deploy(api, &mut stage, deployment_id)?;
            api.stages.insert(name.clone(), stage.clone());
            Ok(show(name, stage))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for GetStage {
    type Output = output::Stage;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Stage, Failure> {
        let GetStage { api_id, stage_name: name } = self;
        let look = move |mut api: Api| match api.stages.remove(&name) {
            Some(found) => Ok(show(name, found)),
            None => Err(missing("stage", &name)),
        };
        of.look(&cx.scope, &api_id, look).await
    }
}

impl Operation<Apigatewayv2> for GetStages {
    type Output = GetStagesResponse;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<GetStagesResponse, Failure> {
        let GetStages { api_id, max_results, next_token } = self;
        let all = of.look(&cx.scope, &api_id, |api| Ok(api.stages)).await?;
        let all = all.into_iter().map(|(name, each)| (name.clone(), show(name, each))).collect();
        let (items, next_token) = paged(all, max_results.as_deref(), next_token.as_deref())?;
        Ok(GetStagesResponse { items: Some(items), next_token })
    }
}

impl Operation<Apigatewayv2> for UpdateStage {
    type Output = output::Stage;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Stage, Failure> {
        let UpdateStage {
            api_id,
            auto_deploy,
            deployment_id,
            description,
            stage_name: name,
            stage_variables,
        } = self;
        stage_variables.as_ref().map_or(Ok(()), check_variables)?;
        let change = move |api: &mut Api| {
            let known = api.stages.get(&name).ok_or_else(|| missing("stage", &name))?;
            let mut stage = known.clone();
            stage.description = description.or(stage.description);
            stage.variables = stage_variables.unwrap_or(stage.variables);
            stage.deploys_itself = auto_deploy.unwrap_or(stage.deploys_itself);
            deploy(api, &mut stage, deployment_id)?;
            stage.updated = now();
            api.stages.insert(name.clone(), stage.clone());
            Ok(show(name, stage))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for DeleteStage {
    type Output = ();

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteStage { api_id, stage_name: name } = self;
        let change = move |api: &mut Api| {
            let removed = api.stages.remove(&name);
            removed.map(drop).ok_or_else(|| missing("stage", &name))
        };
        of.change_lean(&cx.scope, &api_id, change).await
    }
}

/// Has a stage serve a deployment: the one that is named or, of one that deploys by itself, its own.
fn deploy(api: &mut Api, stage: &mut Stage, named: Option<String>) -> Result<(), ApiError> {
    if let Some(id) = named {
        if stage.deploys_itself {
            return Err(bad("Deployment ID cannot be set on a stage with auto-deploy."));
        }
        if !api.deployments.contains_key(&id) {
            return Err(missing("Deployment", &id));
        }
        stage.deployment = Some(id);
    }
    let has_own = stage.deployment.as_ref().and_then(|id| api.deployments.get(id));
    if stage.deploys_itself && has_own.is_none_or(|own| own.parts.is_some()) {
        check_count("deployments", api.deployments.len(), deployment::MOST)?;
        let id = fresh(&api.deployments, 6);
        let deployment = Deployment { description: None, created: now(), parts: None };
        api.deployments.insert(id.clone(), deployment);
        stage.deployment = Some(id);
    } else if !stage.deploys_itself
        && let Some(own) = stage.deployment.as_ref().and_then(|id| api.deployments.get_mut(id))
        && own.parts.is_none()
    {
        // It goes on serving what it served.
        own.parts = Some(api.parts.clone());
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), ApiError> {
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_');
    match name == DEFAULT || !name.is_empty() && name.bytes().all(plain) {
        true => Ok(()),
        false => Err(bad(
            "Stage name only allows alphanumeric characters, hyphens, and underscores, or $default",
        )),
    }
}

fn check_variables(variables: &BTreeMap<String, String>) -> Result<(), ApiError> {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
    };
    match variables.iter().all(|(name, value)| is_name(name) && value.len() <= VALUE) {
        true => Ok(()),
        false => Err(bad(
            "Stage variable names are of letters, digits and underscores, and values of 512 bytes.",
        )),
    }
}

fn show(name: String, stage: Stage) -> output::Stage {
    let Stage {
        description,
        deploys_itself,
        deployment,
        variables,
        tags,
        created,
        updated,
        is_managed,
    } = stage;
    output::Stage {
        api_gateway_managed: is_managed.then_some(true),
        auto_deploy: Some(deploys_itself),
        created_date: Some(wire::time::iso8601(created)),
        default_route_settings: Some(output::RouteSettings {
            detailed_metrics_enabled: Some(false),
            ..output::RouteSettings::default()
        }),
        deployment_id: deployment,
        description,
        last_updated_date: Some(wire::time::iso8601(updated)),
        route_settings: Some(BTreeMap::new()),
        stage_name: name,
        stage_variables: Some(variables),
        tags: Some(tags),
        access_log_settings: None,
        client_certificate_id: None,
        last_deployment_status_message: None,
    }
}

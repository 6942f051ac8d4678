//! A version's configuration: shown, and changed.

use engine::compute::function::{self, SettingsPatch};
use engine::id::RequestId;
use engine::record::function::RoleVerdict;
use wire::ApiError;
use wire::lambda::input::{
    DeadLetterConfig, GetFunctionConfiguration, UpdateFunctionConfiguration,
};
use wire::lambda::output::FunctionConfiguration;

use crate::api::lambda::event_invoke::check_dead_letter;
use crate::api::lambda::invalid::{INVALID, invalid, role_verdict};
use crate::api::lambda::settings::Given;
use crate::api::lambda::target::Target;
use crate::api::lambda::view::FunctionVersion;
use crate::api::lambda::{ask, layer};
use crate::api::operation::{Context, Operation};

impl Operation for GetFunctionConfiguration {
    type Output = FunctionConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionConfiguration, ApiError> {
        let GetFunctionConfiguration { function_name, qualifier } = self;
        let target = Target::across(cx, &function_name, qualifier.as_deref())?;
        let found = cx.driver.read(|engine| target.version_in(engine, &target.scope))?;
        Ok(found.view_with(&cx.endpoint.code))
    }
}

impl Operation for UpdateFunctionConfiguration {
    type Output = FunctionConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionConfiguration, ApiError> {
        let UpdateFunctionConfiguration {
            function_name,
            role,
            handler,
            description,
            timeout,
            memory_size,
            vpc_config,
            environment,
            runtime,
            revision_id,
            ephemeral_storage,
            logging_config,
            layers,
            dead_letter_config,
        } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let given = Given {
            function: &target.name,
            body: cx.body,
            runtime,
            role,
            handler,
            description,
            timeout,
            memory_size,
            vpc_config,
            environment,
            ephemeral_storage,
            logging_config,
        };
        let mut patch = given.patch()?;
        patch
            .runtime
            .as_deref()
            .map_or(Ok(()), |it| cx.driver.runtimes.has(it))
            .map_err(invalid)?;
        let role = match &patch.role {
            Some(role) => role.clone(),
            None => cx.driver.read(|engine| {
                let (_, configuration) = target.find(engine, &cx.scope)?;
                Ok::<_, ApiError>(configuration.settings.role.clone())
            })?,
        };
        if let Some(layers) = layers {
            let layers = layer::given(layers)?;
            let code = cx.driver.read(|engine| {
                let (_, configuration) = target.find(engine, &cx.scope)?;
                Ok::<_, ApiError>(configuration.code.clone())
            })?;
            layer::check_size(cx, &code, layer::Layers::Given(&layers)).await?;
            patch.layers = Some(layers);
        }
        patch.dead_letter = dead_letter_config
            .map(|DeadLetterConfig { target_arn }| target_arn.unwrap_or_default());
        if let Some(arn) = &patch.dead_letter {
            check_dead_letter(cx, &target.name, &role, arn).await?;
        }
        let verdict = verdict_then(cx, &target, &patch, &role)?;
        let question = function::UpdateConfiguration {
            scope: cx.scope.clone(),
            name: target.name,
            patch: Box::new(patch),
            revision: revision_id.as_deref().map(revision),
            role: verdict,
        };
        let function = ask(cx, question).await?;
        Ok(FunctionVersion::published(&function, None, false).view())
    }
}

/// Whether the role that a function is to have may manage the ENIs that it is to have.
fn verdict_then(
    cx: &Context<'_>,
    target: &Target,
    patch: &SettingsPatch,
    role: &str,
) -> Result<RoleVerdict, ApiError> {
    cx.driver.read(|engine| {
        let (_, configuration) = target.find(engine, &cx.scope)?;
        let earlier = &configuration.settings;
        let asked = patch.vpc(earlier);
        let of = (role, asked.as_ref().or(earlier.vpc.as_ref()));
        role_verdict(cx, (engine, &cx.scope), of, INVALID)
    })
}

/// The revision that a `RevisionId` names.
pub(crate) fn revision(id: &str) -> u128 {
    // One that is no revision of Warren's matches none.
    id.parse::<RequestId>().map_or(0, |id| id.0)
}

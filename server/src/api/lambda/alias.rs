//! Aliases: names for versions, each for one or, by weights, for two.

use std::collections::BTreeMap;

use engine::compute::alias;
use engine::id::{RequestId, Version};
use engine::record::alias::{Alias, Further, Weight};
use engine::scope::Scope;
use wire::ApiError;
use wire::lambda::input::{
    AliasRoutingConfiguration as Routing, CreateAlias, DeleteAlias, GetAlias, ListAliases,
    UpdateAlias,
};
use wire::lambda::output::{AliasConfiguration, AliasRoutingConfiguration, ListAliasesResponse};

use crate::api::lambda::configuration::revision;
use crate::api::lambda::invalid::invalid;
use crate::api::lambda::name::{arn, cannot_find};
use crate::api::lambda::target::Target;
use crate::api::lambda::{ask, page};
use crate::api::operation::{Context, Operation};
use crate::api::page::Page;

impl Operation for CreateAlias {
    type Output = AliasConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<AliasConfiguration, ApiError> {
        let CreateAlias { function_name, name, function_version, description, routing_config } =
            self;
        let target = Target::unqualified(cx, &function_name)?;
        let question = alias::CreateAlias {
            scope: cx.scope.clone(),
            function: target.name.clone(),
            name,
            description: description.unwrap_or_default(),
            version: version(&function_version)?,
            further: routing_config.map_or(Ok(None), further)?,
        };
        let made = ask(cx, question).await?;
        Ok(show(&cx.scope, &target.name, made))
    }
}

impl Operation for GetAlias {
    type Output = AliasConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<AliasConfiguration, ApiError> {
        let GetAlias { function_name, name } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let found = cx.driver.read(|engine| {
            let (function, _) = target.find(engine, &cx.scope)?;
            Ok::<_, ApiError>(engine.alias(function.id, &name).cloned())
        })?;
        match found {
            Some(alias) => Ok(show(&cx.scope, &target.name, alias)),
            None => Err(cannot_find(&cx.scope, &target.name, &name)),
        }
    }
}

impl Operation for ListAliases {
    type Output = ListAliasesResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListAliasesResponse, ApiError> {
        let ListAliases { function_name, function_version, marker, max_items } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let wanted = function_version.as_deref().map(version).transpose()?;
        let page = cx.driver.read(|engine| {
            let (function, _) = target.find(engine, &cx.scope)?;
            let aliases = engine.aliases(function.id);
            let aliases = aliases.filter(|alias| wanted.is_none_or(|it| it == alias.version));
            let aliases = aliases.map(|alias| (alias.name.clone(), alias)).collect();
            let Page { items, next_token } = page(aliases, max_items, marker.as_deref())?;
            let items: Vec<Alias> = items.into_iter().cloned().collect();
            Ok::<_, ApiError>(Page { items, next_token })
        })?;
        let shown = page.items.into_iter().map(|alias| show(&cx.scope, &target.name, alias));
        Ok(ListAliasesResponse { next_marker: page.next_token, aliases: Some(shown.collect()) })
    }
}

impl Operation for UpdateAlias {
    type Output = AliasConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<AliasConfiguration, ApiError> {
        let UpdateAlias {
            function_name,
            name,
            function_version,
            description,
            routing_config,
            revision_id,
        } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let question = alias::UpdateAlias {
            scope: cx.scope.clone(),
            function: target.name.clone(),
            name,
            description,
            version: function_version.as_deref().map(version).transpose()?,
            further: routing_config.map(further).transpose()?,
            revision: revision_id.as_deref().map(revision),
        };
        let changed = ask(cx, question).await?;
        Ok(show(&cx.scope, &target.name, changed))
    }
}

impl Operation for DeleteAlias {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteAlias { function_name, name } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let scope = cx.scope.clone();
        ask(cx, alias::DeleteAlias { scope, function: target.name, name }).await
    }
}

/// The version that a text of the model's pattern names.
fn version(text: &str) -> Result<Version, ApiError> {
    match text {
        "$LATEST" => Ok(Version(0)),
        "$LATEST.PUBLISHED" => Err(invalid(
            "Warren does not support the version $LATEST.PUBLISHED, which functions on capacity \
             providers have.",
        )),
        // A number that is too large, or none, is of no version.
        number => Ok(Version(number.parse().ok().filter(|it| *it > 0).unwrap_or(u64::MAX))),
    }
}

/// The further version of a routing configuration, if it has one.
fn further(routing: Routing) -> Result<Option<Further>, ApiError> {
    let weights = routing.additional_version_weights.unwrap_or_default();
    if weights.len() > 1 {
        return Err(invalid(
            "Number of items in AdditionalVersionWeights cannot be greater than 1",
        ));
    }
    let further = weights.into_iter().next().map(|(number, weight)| {
        // The model has it from 0 to 1.
        Ok(Further { version: version(&number)?, weight: Weight(weight) })
    });
    further.transpose()
}

/// An alias as it is shown.
fn show(scope: &Scope, function: &str, alias: Alias) -> AliasConfiguration {
    let Alias { id: _, function: _, name, description, version, further, revision } = alias;
    let routing = further.map(|Further { version, weight }| AliasRoutingConfiguration {
        additional_version_weights: Some(BTreeMap::from([(version.spelled(), weight.0)])),
    });
    AliasConfiguration {
        alias_arn: Some(arn(scope, function, Some(&name))),
        name: Some(name),
        function_version: Some(version.spelled()),
        description: Some(description),
        routing_config: routing,
        revision_id: Some(RequestId(revision).to_string()),
    }
}

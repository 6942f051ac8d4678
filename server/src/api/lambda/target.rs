//! Which function a request is about: by name, partial ARN or ARN, with or without a qualifier.

use engine::engine::Engine;
use engine::id::Version;
use engine::input::Qualifier;
use engine::record::alias::Alias;
use engine::record::function::{Configuration, Function};
use engine::scope::Scope;
use wire::ApiError;
use wire::arn::FunctionReference;
use wire::lambda::error;

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::name::{arn, not_found};
use crate::api::lambda::view::FunctionVersion;
use crate::api::operation::Context;
use crate::iam::account_number;

/// What is meant, and is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'e> {
    pub(crate) function: &'e Function,
    /// 0 is `$LATEST`. Of an alias, the one that it leads to in general.
    pub(crate) version: Version,
    pub(crate) configuration: &'e Configuration,
    pub(crate) alias: Option<&'e Alias>,
}

/// The function that is meant, which need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Whose it is.
    pub(crate) scope: Scope,
    pub(crate) name: String,
    /// As it was given.
    pub(crate) qualifier: Option<String>,
}

impl Target {
    /// Reads a function's name, partial ARN or ARN, and the qualifier given beside it.
    pub(crate) fn read(
        cx: &Context<'_>,
        name: &str,
        qualifier: Option<&str>,
    ) -> Result<Target, ApiError> {
        let reference = FunctionReference::parse(name)
            .ok_or_else(|| not_found(&cx.scope, name, None))?
            .with_qualifier(qualifier)?;
        Target::of(cx, reference)
    }

    /// Reads a function that must be named without a qualifier.
    pub(crate) fn unqualified(cx: &Context<'_>, name: &str) -> Result<Target, ApiError> {
        let target = Target::read(cx, name, None)?;
        match target.qualifier {
            None => Ok(target),
            Some(_) => Err(invalid(
                "This operation is permitted on Lambda functions only. Aliases and versions do not \
                 support this operation. Please specify either a function name or an unqualified \
                 function ARN.",
            )),
        }
    }

    /// Reads a function that may be another account's; the caller has been let in.
    pub(crate) fn across(
        cx: &Context<'_>,
        name: &str,
        qualifier: Option<&str>,
    ) -> Result<Target, ApiError> {
        let reference = FunctionReference::parse(name)
            .ok_or_else(|| not_found(&cx.scope, name, None))?
            .with_qualifier(qualifier)?;
        Target::of_any(cx, reference)
    }

    /// A function that may be another account's.
    pub(crate) fn of_any(
        context: &Context<'_>,
        reference: FunctionReference<'_>,
    ) -> Result<Target, ApiError> {
        let reference = reference.in_region(&context.scope.region)?;
        let Scope { account, region } = &context.scope;
        let account = reference.account.and_then(account_number).unwrap_or(*account);
        Ok(Target {
            scope: Scope { account, region: region.clone() },
            name: reference.name.to_owned(),
            qualifier: reference.qualifier.map(str::to_owned),
        })
    }

    /// A function of the caller's own account.
    pub(crate) fn of(
        context: &Context<'_>,
        reference: FunctionReference<'_>,
    ) -> Result<Target, ApiError> {
        let target = Target::of_any(context, reference)?;
        if target.scope != context.scope {
            let arn = arn(&target.scope, &target.name, None);
            let message = format!(
                "User: {} is not authorized to access this resource: {arn}",
                context.caller.arn()
            );
            return Err(error("AccessDeniedException", message));
        }
        Ok(target)
    }

    /// The version that the qualifier names: 0 is `$LATEST`; none is an alias.
    pub(crate) fn version(&self) -> Option<Version> {
        match self.qualifier.as_deref() {
            None | Some("$LATEST") => Some(Version(0)),
            Some(number) => number.parse().ok().filter(|number| *number > 0).map(Version),
        }
    }

    /// The function and the configuration that is meant.
    pub(crate) fn find<'e>(
        &self,
        engine: &'e Engine,
        scope: &Scope,
    ) -> Result<(&'e Function, &'e Configuration), ApiError> {
        let found = self.found(engine, scope)?;
        Ok((found.function, found.configuration))
    }

    /// What is meant, whole.
    pub(crate) fn found<'e>(
        &self,
        engine: &'e Engine,
        scope: &Scope,
    ) -> Result<Found<'e>, ApiError> {
        let missing = || not_found(scope, &self.name, self.qualifier.as_deref());
        let function = engine.function(scope, &self.name).ok_or_else(missing)?;
        let named = self.qualifier.as_deref().filter(|_| self.version().is_none());
        let alias = named.and_then(|name| engine.alias(function.id, name));
        let version = alias.map(|alias| alias.version).or(self.version()).ok_or_else(missing)?;
        let configuration = function.configuration(version).ok_or_else(missing)?;
        Ok(Found { function, version, configuration, alias })
    }

    /// The version that is meant, to be shown.
    pub(crate) fn version_in(
        &self,
        engine: &Engine,
        scope: &Scope,
    ) -> Result<FunctionVersion, ApiError> {
        let Found { function, version, configuration, alias: _ } = self.found(engine, scope)?;
        let shown = FunctionVersion::of(function, configuration, version, false);
        Ok(shown.called(self.qualifier.clone()))
    }

    /// Whether the function and the version that are meant exist.
    pub(crate) fn check(&self, cx: &Context<'_>) -> Result<(), ApiError> {
        cx.driver.read(|engine| self.find(engine, &cx.scope).map(drop))
    }

    /// The ARN, always with a qualifier.
    pub(crate) fn qualified_arn(&self, scope: &Scope) -> String {
        arn(scope, &self.name, Some(self.qualifier.as_deref().unwrap_or("$LATEST")))
    }
}

impl Found<'_> {
    /// By what the function is invoked, where a qualifier names this.
    pub(crate) fn qualifier(&self) -> Qualifier {
        self.alias.map_or(Qualifier::Version(self.version), |alias| Qualifier::Alias(alias.id))
    }
}

//! Versions: published, and listed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::compute::function::{Publish, Published, Refusal};
use engine::id::Version;
use serde_json::Value;
use wire::ApiError;

use crate::api::Context;
use crate::api::lambda::configuration::{revision, view};
use crate::api::lambda::function::page;
use crate::api::lambda::target::Target;
use crate::api::lambda::{ask, invalid, refusal};

pub(crate) async fn publish(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::unqualified(context, input)?;
    if !input["PublishTo"].is_null() {
        return Err(invalid("Warren does not support the parameter PublishTo."));
    }
    let wanted = revision(input)?;
    context.driver.read(|engine| {
        let (_, latest) = target.find(engine, &context.scope)?;
        if wanted.is_some_and(|revision| revision != latest.revision) {
            return Err(refusal::of_function(context, Refusal::RevisionMismatch));
        }
        let current = STANDARD.encode(latest.code.sha256);
        match input["CodeSha256"].as_str() {
            Some(given) if given != current => Err(invalid(format!(
                "CodeSHA256 ({given}) is different from current CodeSHA256 in $LATEST ({current}). \
                 Please try again with the CodeSHA256 in $LATEST."
            ))),
            _ => Ok(()),
        }
    })?;
    let question = Publish {
        scope: context.scope.clone(),
        name: target.name,
        description: input["Description"].as_str().map(str::to_owned),
    };
    let Published { function, version } = ask(context, question).await?;
    let published = &function.versions[&version];
    Ok(view(&function, published, Some(version), Some(version)))
}

pub(crate) fn list(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::read(context, input)?;
    context.driver.read(|engine| {
        let target = Target { qualifier: None, ..target };
        let (function, latest) = target.find(engine, &context.scope)?;
        let zero = Some(Version(0));
        let mut found = vec![(format!("{:020}", 0), view(function, latest, zero, zero))];
        for (version, configuration) in &function.versions {
            let shown = view(function, configuration, Some(*version), Some(*version));
            found.push((format!("{:020}", version.0), shown));
        }
        Ok(page(input, "Versions", found))
    })
}

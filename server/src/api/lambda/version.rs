//! Versions: published, and listed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::compute::function::FunctionRequest;
use engine::id::Version;
use wire::ApiError;
use wire::lambda::input::{ListVersionsByFunction, PublishVersion};
use wire::lambda::output::{FunctionConfiguration, ListVersionsByFunctionResponse};

use crate::api::lambda::configuration::revision;
use crate::api::lambda::target::Target;
use crate::api::lambda::view::Looked;
use crate::api::lambda::{ask, invalid, page_size, refusal};
use crate::api::page::page;
use crate::api::{Context, Operation};

impl Operation for PublishVersion {
    type Output = FunctionConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionConfiguration, ApiError> {
        let PublishVersion { function_name, code_sha256, description, revision_id } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let wanted = revision_id.as_deref().map(revision);
        let (found, sha256) = cx.driver.read(|engine| {
            let (_, latest) = target.find(engine, &cx.scope)?;
            Ok::<_, ApiError>((latest.revision, latest.code.sha256))
        })?;
        if wanted.is_some_and(|wanted| wanted != found) {
            return Err(refusal::revision_mismatch());
        }
        let current = STANDARD.encode(sha256);
        if let Some(given) = code_sha256.filter(|given| *given != current) {
            return Err(invalid(format!(
                "CodeSHA256 ({given}) is different from current CodeSHA256 in $LATEST ({current}). \
                 Please try again with the CodeSHA256 in $LATEST."
            )));
        }
        let scope = cx.scope.clone();
        let request = FunctionRequest::Publish { scope, name: target.name, description };
        let (function, version) = ask(cx, request).await?;
        Ok(Looked::published(&function, version).view())
    }
}

impl Operation for ListVersionsByFunction {
    type Output = ListVersionsByFunctionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListVersionsByFunctionResponse, ApiError> {
        let ListVersionsByFunction { function_name, marker, max_items } = self;
        let target = Target::read(cx, &function_name, None)?;
        let target = Target { qualifier: None, ..target };
        let after = marker.as_deref().map(place).transpose()?;
        let (looked, next_marker) = cx.driver.read(|engine| {
            let (function, _) = target.find(engine, &cx.scope)?;
            let versions =
                function.configurations().map(|(version, each)| (version, (version, each)));
            let page = page(versions, after.as_ref(), page_size(max_items));
            let looked = page.items.into_iter();
            let looked = looked.map(|(version, each)| Looked::at(function, each, version, true));
            let next = page.last.map(|version| format!("{:020}", version.0));
            Ok::<_, ApiError>((looked.collect::<Vec<_>>(), next))
        })?;
        let versions = looked.into_iter().map(Looked::listed).collect();
        Ok(ListVersionsByFunctionResponse { next_marker, versions: Some(versions) })
    }
}

/// The version that a marker names.
fn place(marker: &str) -> Result<Version, ApiError> {
    marker.parse().map(Version).map_err(|_| invalid("The marker is not valid."))
}

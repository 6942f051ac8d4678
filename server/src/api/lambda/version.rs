//! Versions: published, and listed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::compute::function::{self, NamedCode, Published};
use wire::ApiError;
use wire::lambda::input::{ListVersionsByFunction, PublishVersion};
use wire::lambda::output::{FunctionConfiguration, ListVersionsByFunctionResponse};

use crate::api::lambda::configuration::revision;
use crate::api::lambda::target::Target;
use crate::api::lambda::view::FunctionVersion;
use crate::api::lambda::{ask, page};
use crate::api::operation::{Context, Operation};
use crate::api::page::Page;

impl Operation for PublishVersion {
    type Output = FunctionConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionConfiguration, ApiError> {
        let PublishVersion { function_name, code_sha256, description, revision_id } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let named = |given: String| {
            let sha256 = STANDARD.decode(&given).ok().and_then(|bytes| bytes.try_into().ok());
            NamedCode { given, sha256 }
        };
        let question = function::Publish {
            scope: cx.scope.clone(),
            name: target.name,
            description,
            revision: revision_id.as_deref().map(revision),
            code: code_sha256.map(named),
        };
        let Published { function, version } = ask(cx, question).await?;
        Ok(FunctionVersion::published(&function, Some(version), true).view())
    }
}

impl Operation for ListVersionsByFunction {
    type Output = ListVersionsByFunctionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListVersionsByFunctionResponse, ApiError> {
        let ListVersionsByFunction { function_name, marker, max_items } = self;
        let target = Target::read(cx, &function_name, None)?;
        let target = Target { qualifier: None, ..target };
        let page = cx.driver.read(|engine| {
            let (function, _) = target.find(engine, &cx.scope)?;
            let versions = function.configurations();
            let versions =
                versions.map(|(version, each)| (format!("{:020}", version.0), (version, each)));
            let page = page(versions.collect(), max_items, marker.as_deref())?;
            let found = page.items.into_iter();
            let found =
                found.map(|(version, each)| FunctionVersion::of(function, each, version, true));
            Ok::<_, ApiError>(Page { items: found.collect(), next_token: page.next_token })
        })?;
        let versions = page.items.into_iter().map(FunctionVersion::listed).collect();
        Ok(ListVersionsByFunctionResponse {
            next_marker: page.next_token,
            versions: Some(versions),
        })
    }
}

//! Tags of APIs and stages.

use std::collections::BTreeMap;
use std::sync::Arc;

use wire::ApiError;
use wire::apigatewayv2::input::{GetTags, TagResource, UntagResource};
use wire::apigatewayv2::output::{GetTagsResponse, TagResourceResponse};
use wire::arn::Arn;

use crate::apigatewayv2::service::Apigatewayv2;
use crate::apigatewayv2::stored::{Api, bad, missing};
use crate::failure::Failure;
use crate::operation::{Context, Operation};

type Tags = BTreeMap<String, String>;

/// Tags of one thing.
const MOST: usize = 50;

impl Operation<Apigatewayv2> for GetTags {
    type Output = GetTagsResponse;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<GetTagsResponse, Failure> {
        let GetTags { resource_arn } = self;
        let (id, stage) = read(cx, &resource_arn)?;
        let look = move |mut api: Api| tags(&mut api, stage.as_deref()).map(|tags| tags.clone());
        Ok(GetTagsResponse { tags: Some(of.look(&cx.scope, &id, look).await?) })
    }
}

impl Operation<Apigatewayv2> for TagResource {
    type Output = TagResourceResponse;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<TagResourceResponse, Failure> {
        let TagResource { resource_arn, tags: given } = self;
        let (id, stage) = read(cx, &resource_arn)?;
        let change = move |api: &mut Api| {
            let tags = tags(api, stage.as_deref())?;
            tags.extend(given.unwrap_or_default());
            check(tags)
        };
        of.change(&cx.scope, &id, change).await?;
        Ok(TagResourceResponse {})
    }
}

impl Operation<Apigatewayv2> for UntagResource {
    type Output = ();

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<(), Failure> {
        let UntagResource { resource_arn, tag_keys } = self;
        let (id, stage) = read(cx, &resource_arn)?;
        let change = move |api: &mut Api| {
            tags(api, stage.as_deref())?.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        };
        of.change(&cx.scope, &id, change).await
    }
}

/// Checks that there are not too many tags, nor too long ones.
///
/// # Errors
/// When there are.
pub(crate) fn check(tags: &Tags) -> Result<(), ApiError> {
    let is_long = |(key, value): (&String, &String)| {
        !(1..=128).contains(&key.chars().count()) || value.chars().count() > 256
    };
    if tags.iter().any(is_long) {
        return Err(bad("A tag's key has 1 to 128 characters, and its value 256 at the most."));
    }
    match tags.len() <= MOST && tags.keys().all(|key| !key.starts_with("aws:")) {
        true => Ok(()),
        false => Err(bad("There may be 50 tags, whose keys do not begin with aws:.")),
    }
}

fn tags<'a>(api: &'a mut Api, stage: Option<&str>) -> Result<&'a mut Tags, ApiError> {
    let Some(name) = stage else { return Ok(&mut api.tags) };
    let stage = api.stages.get_mut(name).ok_or_else(|| missing("stage", name))?;
    Ok(&mut stage.tags)
}

/// The API, and the stage of it, that an ARN names: `arn:aws:apigateway:region::/apis/id/stages/name`.
fn read(cx: &Context<'_>, arn: &str) -> Result<(String, Option<String>), ApiError> {
    let invalid = || bad(format!("Invalid resource ARN specified: {arn}"));
    let parsed =
        Arn::parse(arn).filter(|it| it.service == "apigateway" && it.region == cx.scope.region);
    let path = parsed.and_then(|it| it.resource.strip_prefix("/apis/")).ok_or_else(invalid)?;
    match path.split_once("/stages/") {
        None if !path.contains('/') => Ok((path.to_owned(), None)),
        Some((id, stage)) if !id.contains('/') => Ok((id.to_owned(), Some(stage.to_owned()))),
        _ => Err(invalid()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_bounds() {
        let of = |key: String, value: usize| check(&[(key, "v".repeat(value))].into());
        assert!(of("k".repeat(128), 256).is_ok() && of("k".into(), 0).is_ok());
        for (key, value) in
            [("k".repeat(129), 1), (String::new(), 1), ("k".into(), 257), ("aws:k".into(), 1)]
        {
            assert!(of(key, value).is_err());
        }
    }
}

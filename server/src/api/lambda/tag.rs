//! Tags of functions.

use engine::compute::function;
use engine::scope::Tags;
use wire::ApiError;
use wire::arn::{Arn, FunctionReference};
use wire::lambda::error;
use wire::lambda::input::{ListTags, TagResource, UntagResource};
use wire::lambda::output::ListTagsResponse;

use crate::api::lambda::ask;
use crate::api::lambda::invalid::invalid;
use crate::api::lambda::mapping;
use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};

/// Tags of one function.
const LIMIT: usize = 50;
/// Chooses the ENI model of a function.
const ENI_MODEL: &str = "warren:eni-model";

/// Tags that a function may be given.
///
/// # Errors
/// When one of them, or their number, is not allowed.
pub(crate) fn checked(tags: Tags) -> Result<Tags, ApiError> {
    for (key, value) in &tags {
        if key.starts_with("aws:") {
            return Err(invalid(
                "Invalid Tag Key: aws: prefixed tag key names are not allowed for external use.",
            ));
        }
        if key == ENI_MODEL && !matches!(value.as_str(), "classic" | "hyperplane") {
            return Err(invalid(format!(
                "The tag {ENI_MODEL} chooses between classic and hyperplane; {value} is neither."
            )));
        }
    }
    check_number(tags.len())?;
    Ok(tags)
}

fn check_number(number: usize) -> Result<(), ApiError> {
    match number {
        0..=LIMIT => Ok(()),
        _ => Err(invalid("Number of tags exceeds resource tag limit.")),
    }
}

/// The function that an ARN names, which must exist.
fn tagged(cx: &Context<'_>, resource: &str) -> Result<Target, ApiError> {
    let is_function = Arn::parse(resource).is_some_and(|arn| arn.resource.starts_with("function:"));
    let reference = FunctionReference::parse(resource).filter(|_| is_function);
    let reference = reference.ok_or_else(|| {
        error("ResourceNotFoundException", "The resource you requested does not exist.")
    })?;
    if reference.qualifier.is_some() {
        return Err(invalid(
            "Tags on function aliases and versions are not supported. Please specify a function ARN.",
        ));
    }
    let target = Target::of(cx, reference)?;
    target.check(cx)?;
    Ok(target)
}

impl Operation for TagResource {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let TagResource { resource, tags } = self;
        if let Some(mapping) = mapping::tagged(cx, &resource)? {
            let put = checked(tags)?;
            let kept = mapping.tags.keys().filter(|key| !put.contains_key(*key));
            check_number(kept.count() + put.len())?;
            return mapping::tag(cx, mapping.id, put, Vec::new()).await;
        }
        let target = tagged(cx, &resource)?;
        if tags.is_empty() {
            return Err(invalid("An error occurred and the request cannot be processed."));
        }
        let put = checked(tags)?;
        let total = cx.driver.read(|engine| {
            let kept = engine.function(&cx.scope, &target.name);
            let kept = kept.into_iter().flat_map(|function| function.tags.keys());
            kept.filter(|key| !put.contains_key(*key)).count() + put.len()
        });
        check_number(total)?;
        change(cx, target, put, Vec::new()).await
    }
}

impl Operation for UntagResource {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UntagResource { resource, tag_keys } = self;
        if let Some(mapping) = mapping::tagged(cx, &resource)? {
            return mapping::tag(cx, mapping.id, Tags::new(), tag_keys).await;
        }
        let target = tagged(cx, &resource)?;
        change(cx, target, Tags::new(), tag_keys).await
    }
}

async fn change(
    cx: &Context<'_>,
    target: Target,
    put: Tags,
    remove: Vec<String>,
) -> Result<(), ApiError> {
    let scope = cx.scope.clone();
    ask(cx, function::Tag { scope, name: target.name, put, remove }).await.map(drop)
}

impl Operation for ListTags {
    type Output = ListTagsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListTagsResponse, ApiError> {
        let ListTags { resource } = self;
        if let Some(mapping) = mapping::tagged(cx, &resource)? {
            return Ok(ListTagsResponse { tags: Some(mapping.tags) });
        }
        let target = tagged(cx, &resource)?;
        let tags = cx.driver.read(|engine| {
            let (function, _) = target.find(engine, &cx.scope)?;
            Ok::<_, ApiError>(function.tags.clone())
        })?;
        Ok(ListTagsResponse { tags: Some(tags) })
    }
}

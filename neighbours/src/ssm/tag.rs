//! The tags of parameters.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use wire::ApiError;
use wire::ssm::error;
use wire::ssm::input::{AddTagsToResource, ListTagsForResource, RemoveTagsFromResource, Tag};
use wire::ssm::output::{
    AddTagsToResourceResult, ListTagsForResourceResult, RemoveTagsFromResourceResult,
    Tag as ShownTag,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::ssm::name::Name;
use crate::ssm::service::Ssm;
use crate::ssm::stored::Parameter;

type Tags = BTreeMap<String, String>;

/// Tags of one parameter.
const MOST: usize = 50;

/// Adds tags, within the bound.
///
/// # Errors
/// As SSM says it.
pub(crate) fn add(to: &mut Tags, tags: Vec<Tag>) -> Result<(), Failure> {
    for Tag { key, value } in tags {
        to.insert(key, value);
    }
    match to.len() > MOST {
        false => Ok(()),
        true => {
            let message = "The resource has too many tags: there may be 50.";
            Err(error("TooManyTagsError", message).into())
        }
    }
}

fn check_kind(kind: &str) -> Result<(), ApiError> {
    match kind {
        "Parameter" => Ok(()),
        other => {
            let message = format!("{other} is not a resource that Warren has; Parameter is.");
            Err(error("InvalidResourceType", message))
        }
    }
}

/// Works on a parameter, which tags are to be changed where the work says so.
async fn with(
    ssm: &Ssm,
    cx: &Context<'_>,
    resource: &str,
    work: impl FnOnce(&mut Tags) -> Result<(), Failure> + Send + 'static,
) -> Result<Tags, Failure> {
    let missing = || {
        let message = "The resource ID is not valid. Verify that you entered the correct ID and try \
                       again.";
        error("InvalidResourceId", message)
    };
    let scope = cx.scope.clone();
    let name = Name::read(&scope, resource).ok_or_else(missing)?.name;
    let work = move |connection: &Connection| {
        let mut parameter = Parameter::look(connection, &scope, &name)?.ok_or_else(missing)?;
        let before = parameter.tags.clone();
        work(&mut parameter.tags)?;
        if parameter.tags != before {
            parameter.set_tags(connection)?;
        }
        Ok::<_, Failure>(parameter.tags)
    };
    ssm.store.run(work).await
}

impl Operation<Ssm> for AddTagsToResource {
    type Output = AddTagsToResourceResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<AddTagsToResourceResult, Failure> {
        let AddTagsToResource { resource_type, resource_id, tags } = self;
        check_kind(&resource_type)?;
        with(ssm, cx, &resource_id, |known| add(known, tags)).await?;
        Ok(AddTagsToResourceResult {})
    }
}

impl Operation<Ssm> for RemoveTagsFromResource {
    type Output = RemoveTagsFromResourceResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<RemoveTagsFromResourceResult, Failure> {
        let RemoveTagsFromResource { resource_type, resource_id, tag_keys } = self;
        check_kind(&resource_type)?;
        let remove = move |known: &mut Tags| {
            known.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        };
        with(ssm, cx, &resource_id, remove).await?;
        Ok(RemoveTagsFromResourceResult {})
    }
}

impl Operation<Ssm> for ListTagsForResource {
    type Output = ListTagsForResourceResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<ListTagsForResourceResult, Failure> {
        let ListTagsForResource { resource_type, resource_id } = self;
        check_kind(&resource_type)?;
        let tags = with(ssm, cx, &resource_id, |_| Ok(())).await?;
        let tags = tags.into_iter().map(|(key, value)| ShownTag { key, value }).collect();
        Ok(ListTagsForResourceResult { tag_list: Some(tags) })
    }
}

//! The tags of zones.

use std::sync::Arc;

use rusqlite::Connection;
use wire::route53::input::{ChangeTagsForResource, ListTagsForResource, Tag};
use wire::route53::output::{
    ChangeTagsForResourceResponse, ListTagsForResourceResponse, ResourceTagSet, Tag as ShownTag,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::route53::refusal::invalid;
use crate::route53::service::Route53;
use crate::route53::stored::{Zone, bare};

/// Tags of a zone.
const MOST: usize = 50;

fn is_of_zone(kind: &str) -> Result<(), Failure> {
    match kind {
        "hostedzone" => Ok(()),
        other => Err(invalid(format!("Warren has no resources of type {other}.")).into()),
    }
}

impl Operation<Route53> for ChangeTagsForResource {
    type Output = ChangeTagsForResourceResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<ChangeTagsForResourceResponse, Failure> {
        let ChangeTagsForResource { resource_type, resource_id, add_tags, remove_tag_keys } = self;
        is_of_zone(&resource_type)?;
        let account = cx.scope.account;
        let change = move |connection: &Connection| {
            let mut zone = Zone::find(connection, account, bare(&resource_id, "hostedzone"))?;
            for key in remove_tag_keys.unwrap_or_default() {
                zone.tags.remove(&key);
            }
            for Tag { key, value } in add_tags.unwrap_or_default() {
                let key = key.ok_or_else(|| invalid("A tag has a key."))?;
                zone.tags.insert(key, value.unwrap_or_default());
            }
            if zone.tags.len() > MOST {
                return Err(invalid(format!("A resource has up to {MOST} tags.")).into());
            }
            Ok::<_, Failure>(zone.put(connection)?)
        };
        route53.store.run(change).await?;
        Ok(ChangeTagsForResourceResponse {})
    }
}

impl Operation<Route53> for ListTagsForResource {
    type Output = ListTagsForResourceResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<ListTagsForResourceResponse, Failure> {
        let ListTagsForResource { resource_type, resource_id } = self;
        is_of_zone(&resource_type)?;
        let (account, id) = (cx.scope.account, bare(&resource_id, "hostedzone").to_owned());
        let find = move |connection: &Connection| Zone::find(connection, account, &id);
        let zone = route53.store.run_lean(find).await?;
        let tags = zone.tags.into_iter();
        let tags = tags.map(|(key, value)| ShownTag { key: Some(key), value: Some(value) });
        Ok(ListTagsForResourceResponse {
            resource_tag_set: ResourceTagSet {
                resource_type: Some(resource_type),
                resource_id: Some(zone.id),
                tags: Some(tags.collect()),
            },
        })
    }
}

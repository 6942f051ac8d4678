//! Tags on EC2's things.

use engine::id::RuleId;
use engine::network::tag::{self, Refusal, Tagged};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateTags, DeleteTags, DescribeTags};
use wire::ec2::output::{DescribeTagsResult, TagDescription};

use crate::api::ec2::describe::{Attribute, page, passes, read_filters, size};
use crate::api::ec2::input::{id, missing, no_such};
use crate::api::ec2::text::{read_tags, too_many_tags};
use crate::api::ec2::{Spell, ask, dry_run};
use crate::api::operation::{Context, Operation};

impl Operation for CreateTags {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let CreateTags { dry_run, resources, tags } = self;
        let tags = read_tags(&tags)?;
        if tags.is_empty() {
            return Err(missing("Tag"));
        }
        let question = tag::Put { scope: cx.scope.clone(), on: tagged(&resources)?, tags };
        ask(cx, dry_run, question).await
    }
}

impl Operation for DeleteTags {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteTags { dry_run, resources, tags } = self;
        let keys = tags.into_iter().map(|tag| {
            let key = tag.key.ok_or_else(|| missing("Tag.Key"))?;
            Ok((key, tag.value))
        });
        let keys = keys.collect::<Result<_, ApiError>>()?;
        let on = tagged(&resources)?;
        ask(cx, dry_run, tag::Delete { scope: cx.scope.clone(), on, keys }).await
    }
}

macro_rules! tagged {
    ($($module:ident: $noun:ident($id:ident) in $table:ident, $kind:literal, $resource:literal;)*) => {
        impl Spell for Refusal {
            fn spell(self) -> ApiError {
                match self {
                    $(Refusal::Missing(Tagged::$noun(id)) => no_such(id),)*
                    Refusal::Missing(Tagged::Rule(id)) => no_such(id),
                    Refusal::TooMany(_) => too_many_tags(),
                }
            }
        }

        /// Reads the id of something that carries tags.
        fn tagged_one(text: &str) -> Result<Tagged, ApiError> {
            let prefix = text.split_inclusive('-').next().unwrap_or_default();
            $(if prefix == engine::id::$id::PREFIX {
                return id(text).map(Tagged::$noun);
            })*
            text.parse::<RuleId>().map(Tagged::Rule).map_err(|_| {
                error("InvalidID", format!("The ID '{text}' is not valid"))
            })
        }
    };
}
engine::nouns!(tagged);

/// What carries tags and has this id; none of what is no such id.
pub(crate) fn tagged_thing(id: &str) -> Option<Tagged> {
    tagged_one(id).ok()
}

fn tagged(resources: &[String]) -> Result<Vec<Tagged>, ApiError> {
    let things: Vec<Tagged> =
        resources.iter().map(|text| tagged_one(text)).collect::<Result<_, _>>()?;
    if things.is_empty() { Err(missing("resourceIdSet")) } else { Ok(things) }
}

/// A tag of a thing.
struct OneTag {
    kind: &'static str,
    on: String,
    key: String,
    value: String,
}

const FILTERS: &[Attribute<OneTag>] = &[
    ("key", |tag| vec![tag.key.clone()]),
    ("resource-id", |tag| vec![tag.on.clone()]),
    ("resource-type", |tag| vec![tag.kind.to_owned()]),
    ("value", |tag| vec![tag.value.clone()]),
];

impl OneTag {
    /// The tag alone, for the filter `tag:KEY`.
    fn alone(&self) -> Tags {
        Tags::from([(self.key.clone(), self.value.clone())])
    }

    fn view(self) -> TagDescription {
        TagDescription {
            key: Some(self.key),
            resource_id: Some(self.on),
            resource_type: Some(self.kind.into()),
            value: Some(self.value),
        }
    }
}

impl Operation for DescribeTags {
    type Output = DescribeTagsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeTagsResult, ApiError> {
        let DescribeTags { dry_run: is_dry, filters, max_results, next_token } = self;
        let filters = read_filters(&filters, FILTERS)?;
        let size = size(max_results)?;
        dry_run(is_dry)?;
        let passing = all(cx).into_iter().filter(|tag| passes(tag, &tag.alone(), &filters));
        let keyed = passing.map(|tag| (format!("{} {}", tag.on, tag.key), tag)).collect();
        let page = page(keyed, size, next_token.as_deref())?;
        let tags = page.items.into_iter().map(OneTag::view).collect();
        Ok(DescribeTagsResult { tags: Some(tags), next_token: page.next_token })
    }
}

/// All tags of a scope.
fn all(cx: &Context<'_>) -> Vec<OneTag> {
    let tagged = cx.driver.read(|engine| engine.tagged(&cx.scope));
    let each = tagged.into_iter().flat_map(|(on, tags)| {
        tags.into_iter().map(move |(key, value)| OneTag {
            kind: on.resource(),
            on: on.to_string(),
            key,
            value,
        })
    });
    each.collect()
}

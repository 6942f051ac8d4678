//! Tags on EC2's things.

use engine::id::RuleId;
use engine::network::tag::{self, Refusal, Tagged};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateTags, DeleteTags, DescribeTags};
use wire::ec2::output::{DescribeTagsResult, TagDescription};

use crate::api::ec2::describe::{Attribute, page, passes, read_filters};
use crate::api::ec2::input::{id, missing, no_such, read_tags};
use crate::api::ec2::{Spell, ask, dry_run};
use crate::api::{Context, Operation};

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

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::Missing(Tagged::Vpc(id)) => no_such(id),
            Refusal::Missing(Tagged::Subnet(id)) => no_such(id),
            Refusal::Missing(Tagged::Group(id)) => no_such(id),
            Refusal::Missing(Tagged::Rule(id)) => no_such(id),
            Refusal::Missing(Tagged::Eni(id)) => no_such(id),
        }
    }
}

fn tagged(resources: &[String]) -> Result<Vec<Tagged>, ApiError> {
    let things: Vec<Tagged> = resources
        .iter()
        .map(|text| match text.split_once('-').map(|(prefix, _)| prefix) {
            Some("vpc") => id(text).map(Tagged::Vpc),
            Some("subnet") => id(text).map(Tagged::Subnet),
            Some("sg") => id(text).map(Tagged::Group),
            Some("eni") => id(text).map(Tagged::Eni),
            Some("sgr") => text.parse::<RuleId>().map(Tagged::Rule).map_err(|_| invalid(text)),
            _ => Err(invalid(text)),
        })
        .collect::<Result<_, _>>()?;
    if things.is_empty() { Err(missing("resourceIdSet")) } else { Ok(things) }
}

fn invalid(text: &str) -> ApiError {
    error("InvalidID", format!("The ID '{text}' is not valid"))
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
        dry_run(is_dry)?;
        let passing = all(cx).into_iter().filter(|tag| passes(tag, &tag.alone(), &filters));
        let keyed = passing.map(|tag| (format!("{} {}", tag.on, tag.key), tag)).collect();
        let page = page(keyed, max_results, next_token.as_deref())?;
        let tags = page.items.into_iter().map(OneTag::view).collect();
        Ok(DescribeTagsResult { tags: Some(tags), next_token: page.next_token })
    }
}

/// All tags of a scope.
fn all(cx: &Context<'_>) -> Vec<OneTag> {
    let scope = &cx.scope;
    let mut found = Vec::new();
    let mut add = |kind, on: &dyn ToString, tags: &Tags| {
        found.extend(tags.iter().map(|(key, value)| OneTag {
            kind,
            on: on.to_string(),
            key: key.clone(),
            value: value.clone(),
        }));
    };
    cx.driver.read(|engine| {
        engine.vpcs(scope).for_each(|each| add("vpc", &each.id, &each.tags));
        engine.subnets(scope).for_each(|each| add("subnet", &each.id, &each.tags));
        for group in engine.groups(scope) {
            add("security-group", &group.id, &group.tags);
            group.rules.values().for_each(|rule| add("security-group-rule", &rule.id, &rule.tags));
        }
        engine.enis(scope).for_each(|each| add("network-interface", &each.id, &each.tags));
    });
    found
}

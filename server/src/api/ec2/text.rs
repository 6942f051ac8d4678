//! What names, descriptions and tags are made of: AWS's characters and lengths.

use std::collections::btree_map::Entry;

use engine::network::tag::TAGS;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{Tag, TagSpecification};

use crate::api::ec2::input::missing;

const KEY: usize = 128;
const VALUE: usize = 256;
/// Characters of a name or a description.
const LENGTH: usize = 255;
/// What names and descriptions of groups and rules are made of, as AWS says it.
const SET: &str = "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
const SIGNS: &str = ". _-:/()#,@[]+=&;{}!$*";

/// Checks the name of a group to be.
pub(crate) fn group_name(name: &str) -> Result<(), ApiError> {
    if name.is_empty() {
        return Err(missing("GroupName"));
    }
    if name.starts_with("sg-") {
        return Err(invalid("GroupName", name, "Group names may not be in the format sg-*."));
    }
    ascii("GroupName", name)?;
    of_set(name, "security group name", "names")
}

/// Checks the description of a group to be.
pub(crate) fn group_description(text: &str) -> Result<(), ApiError> {
    if text.is_empty() {
        return Err(missing("GroupDescription"));
    }
    ascii("GroupDescription", text)?;
    of_set(text, "security group description", "descriptions")
}

/// Checks the description of a rule.
pub(crate) fn rule_description(text: &str) -> Result<(), ApiError> {
    of_set(text, "rule description", "descriptions")
}

/// Checks the description of a reserved block.
pub(crate) fn reservation_description(text: &str) -> Result<(), ApiError> {
    eni_description(text)
}

/// Checks the description of an ENI.
pub(crate) fn eni_description(text: &str) -> Result<(), ApiError> {
    ascii("description", text)?;
    match text.len() {
        0..=LENGTH => Ok(()),
        _ => Err(invalid("description", text, "It must not exceed 255 characters.")),
    }
}

fn ascii(parameter: &str, text: &str) -> Result<(), ApiError> {
    match text.is_ascii() {
        true => Ok(()),
        false => Err(invalid(parameter, text, "Character sets beyond ASCII are not supported.")),
    }
}

fn invalid(parameter: &str, text: &str, why: &str) -> ApiError {
    let message = format!("Value ({text}) for parameter {parameter} is invalid. {why}");
    error("InvalidParameterValue", message)
}

fn of_set(text: &str, what: &str, kind: &str) -> Result<(), ApiError> {
    let is_good = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(c);
    if text.chars().count() <= LENGTH && text.chars().all(is_good) {
        return Ok(());
    }
    let message = format!(
        "Invalid {what}. Valid {kind} are strings less than 256 characters from the following \
         set: {SET}"
    );
    Err(error("InvalidParameterValue", message))
}

/// The tags of tag specifications, which must be for this type of resource.
pub(crate) fn tags_for(
    resource: &str,
    specifications: &[TagSpecification],
) -> Result<Tags, ApiError> {
    let mut tags = Vec::new();
    for TagSpecification { resource_type, tags: given } in specifications {
        let kind = resource_type.as_deref().unwrap_or_default();
        if kind != resource {
            let message =
                format!("'{kind}' is not a valid taggable resource type for this operation.");
            return Err(error("InvalidParameterValue", message));
        }
        if given.is_empty() {
            let message = "Tag specification must have at least one tag";
            return Err(error("InvalidParameterValue", message));
        }
        tags.extend(given);
    }
    read_tags(tags)
}

/// Tags given as a list of keys and values.
pub(crate) fn read_tags<'a>(list: impl IntoIterator<Item = &'a Tag>) -> Result<Tags, ApiError> {
    let mut tags = Tags::new();
    for Tag { key, value } in list {
        let key = key.as_deref().ok_or_else(|| missing("Tag.Key"))?;
        let value = value.as_deref().unwrap_or_default();
        check_tag(key, value)?;
        match tags.entry(key.to_owned()) {
            Entry::Vacant(entry) => entry.insert(value.to_owned()),
            Entry::Occupied(_) => {
                let message = format!("Duplicate tag key '{key}' specified.");
                return Err(error("InvalidParameterValue", message));
            }
        };
    }
    match tags.len() {
        0..=TAGS => Ok(tags),
        _ => Err(too_many_tags()),
    }
}

/// The error that a thing would have too many tags.
pub(crate) fn too_many_tags() -> ApiError {
    let message = "The maximum number of Tags for a resource has been reached.";
    error("TagLimitExceeded", message)
}

fn check_tag(key: &str, value: &str) -> Result<(), ApiError> {
    let is_reserved = key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
    let problem = if is_reserved {
        "Tag keys starting with 'aws:' are reserved for internal use"
    } else if key.is_empty() {
        "Tag key cannot be empty"
    } else if key.chars().count() > KEY {
        "Tag key exceeds the maximum length of 128 characters"
    } else if value.chars().count() > VALUE {
        "Tag value exceeds the maximum length of 256 characters"
    } else {
        return Ok(());
    };
    Err(error("InvalidParameterValue", problem))
}

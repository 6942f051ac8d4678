//! Listing: filters with wildcards, chosen ids, and pages.

use engine::scope::Tags;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::ec2::input::texts;
use crate::glob::Glob;

/// Whether a thing passes all `Filters` of an input; `attribute` gives the values of a filter's
/// name, or none when there is no such filter.
pub(crate) fn passes(
    input: &Value,
    tags: &Tags,
    attribute: impl Fn(&str) -> Option<Vec<String>>,
) -> Result<bool, ApiError> {
    for filter in input["Filters"].as_array().into_iter().flatten() {
        let name = filter["Name"].as_str().unwrap_or_default();
        let values = match name.strip_prefix("tag:") {
            Some(key) => tags.get(key).cloned().into_iter().collect(),
            None if name == "tag-key" => tags.keys().cloned().collect(),
            None => attribute(name).ok_or_else(|| {
                error("InvalidParameterValue", format!("The filter '{name}' is invalid"))
            })?,
        };
        let wanted = |value: &String| {
            texts(&filter["Values"]).any(|glob| Glob::escaped(glob).matches(value))
        };
        if !values.iter().any(wanted) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One page of things in the order of their ids; the token is the last id of the page before.
pub(crate) fn page(
    input: &Value,
    name: &str,
    mut things: Vec<(String, Value)>,
) -> Result<Value, ApiError> {
    things.sort_by(|a, b| a.0.cmp(&b.0));
    if let Some(token) = input["NextToken"].as_str() {
        let known = token.contains('-') && token.is_ascii();
        if !known {
            return Err(error("InvalidNextToken", "The token is not valid."));
        }
        things.retain(|(id, _)| id.as_str() > token);
    }
    let Some(size) = input["MaxResults"].as_u64() else {
        return Ok(json!({name: things.into_iter().map(|(_, value)| value).collect::<Vec<_>>()}));
    };
    let size = usize::try_from(size).unwrap_or(usize::MAX).max(1);
    let more = things.len() > size;
    things.truncate(size);
    let token = things.last().map(|(id, _)| id.clone());
    let mut answer = json!({name: things.into_iter().map(|(_, value)| value).collect::<Vec<_>>()});
    if more {
        answer["NextToken"] = json!(token);
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_on_where_the_last_ended() {
        let things = || ["c-3", "a-1", "b-2"].map(|id| (id.to_owned(), json!(id))).to_vec();
        let first = page(&json!({"MaxResults": 2}), "Things", things()).unwrap();
        assert_eq!(first, json!({"Things": ["a-1", "b-2"], "NextToken": "b-2"}));
        let next = json!({"MaxResults": 2, "NextToken": "b-2"});
        assert_eq!(page(&next, "Things", things()).unwrap(), json!({"Things": ["c-3"]}));
    }
}

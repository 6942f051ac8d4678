//! Which secrets a request asks for.

use wire::ApiError;
use wire::secretsmanager::error;
use wire::secretsmanager::input::Filter;

use super::stored::Secret;

/// Filters, all of which a secret must meet.
#[derive(Debug, Clone)]
pub(super) struct Filters(Vec<(String, Vec<String>)>);

impl Filters {
    /// # Errors
    /// When a filter is not whole.
    pub(super) fn read(given: Option<Vec<Filter>>) -> Result<Filters, ApiError> {
        let read = |Filter { key, values }: Filter| match (key, values) {
            (Some(key), Some(values)) => Ok((key, values)),
            _ => {
                Err(error("InvalidParameterException", "Invalid filter: it has a key and values."))
            }
        };
        let all = given.unwrap_or_default().into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Filters(all))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a secret is meant. Names and tags are met by their beginnings, with their case;
    /// descriptions by the beginnings of their words, without. What begins with `!` is not to be met.
    pub(super) fn takes(&self, secret: &Secret) -> bool {
        self.0.iter().all(|(key, values)| {
            values.iter().any(|value| match value.strip_prefix('!') {
                Some(value) => !meets(secret, key, value),
                None => meets(secret, key, value),
            })
        })
    }
}

fn meets(secret: &Secret, key: &str, value: &str) -> bool {
    let described = || {
        let text = secret.description.as_deref().unwrap_or_default().to_lowercase();
        let value = value.to_lowercase();
        text.starts_with(&value) || text.split_whitespace().any(|word| word.starts_with(&value))
    };
    let keys = || secret.tags.keys().any(|key| key.starts_with(value));
    let values = || secret.tags.values().any(|own| own.starts_with(value));
    match key {
        "name" => secret.name.starts_with(value),
        "description" => described(),
        "tag-key" => keys(),
        "tag-value" => values(),
        "all" => secret.name.starts_with(value) || described() || keys() || values(),
        // Nothing is replicated, and no service of AWS's owns a secret here.
        _ => false,
    }
}

//! Describing nouns: chosen by id, by documented filters with wildcards, page by page.

use std::collections::BTreeSet;
use std::time::Duration;

use engine::engine::Engine;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::{error, input};

use crate::api::ec2::dry_run;
use crate::api::ec2::input::{Id, ids, no_such};
use crate::api::operation::Context;
use crate::api::page::{self, NotAToken, Order, Page};
use crate::glob::Glob;

/// Nouns that are gathered at once, within some tens of microseconds.
pub(crate) const SLICE: usize = 256;
/// Between slices.
const PAUSE: Duration = Duration::from_millis(1);
/// Values that one call may filter by.
const FILTER_VALUES: usize = 200;

/// A noun as a describe shows it.
pub(crate) trait Described: Sized + 'static {
    /// Its id.
    type Id: Id;
    /// What it is shown as.
    type View;
    /// The documented filters, beside those of tags: their names, and what they are compared with. Where a
    /// noun has nothing of the kind, there are no values, and the filter lets nothing through.
    const FILTERS: &'static [Attribute<Self>];
    /// How many a page has at the least that is asked for.
    const LEAST: i32 = 5;

    /// Checks a value of a filter. AWS takes any for most; patterns are not asked about.
    ///
    /// # Errors
    /// When it cannot be one of the filter's.
    fn check(_filter: &str, _value: &str) -> Result<(), ApiError> {
        Ok(())
    }

    /// The id.
    fn id(&self) -> Self::Id;
    /// The tags, for `tag:KEY` and `tag-key`.
    fn tags(&self) -> &Tags;
    /// The noun as it is shown.
    fn view(self) -> Self::View;
}

/// A filter's name, and the values of a noun that it is compared with.
pub(crate) type Attribute<T> = (&'static str, fn(&T) -> Vec<String>);

/// What a describe asks for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// The chosen ids; all where there are none.
    pub(crate) ids: Vec<String>,
    pub(crate) filters: Vec<input::Filter>,
    pub(crate) max_results: Option<i32>,
    pub(crate) next_token: Option<String>,
    pub(crate) dry_run: Option<bool>,
}

/// Finds what is wanted among nouns, which were gathered under the engine's lock; this is done outside of it.
///
/// # Errors
/// When a chosen id is malformed or not found, a filter is not known, the token is none, or it is a dry run.
pub(crate) fn describe<T: Described>(
    wanted: Wanted,
    nouns: Vec<T>,
) -> Result<Page<T::View>, ApiError> {
    let Wanted { ids: chosen, filters, max_results, next_token, dry_run: is_dry } = wanted;
    for input::Filter { name, values } in &filters {
        let name = name.as_deref().unwrap_or_default();
        let mut plain = values.iter().filter(|value| !value.contains(['*', '?']));
        plain.try_for_each(|value| T::check(name, value))?;
    }
    let filters = read_filters(&filters, T::FILTERS)?;
    let size = size_from(T::LEAST, max_results)?;
    let found = choose(nouns, ids(&chosen)?)?;
    dry_run(is_dry)?;
    let passing = found.into_iter().filter(|noun| passes(noun, noun.tags(), &filters));
    let keyed = passing.map(|noun| (noun.id().to_string(), noun)).collect();
    let page = page(keyed, size, next_token.as_deref())?;
    let items = page.items.into_iter().map(T::view).collect();
    Ok(Page { items, next_token: page.next_token })
}

/// Like [`describe`], on a thread where it holds nobody up, be they ever so many.
pub(crate) async fn describe_many<T>(
    wanted: Wanted,
    nouns: Vec<T>,
) -> Result<Page<T::View>, ApiError>
where
    T: Described + Send,
    T::View: Send + 'static,
{
    if nouns.len() <= SLICE {
        return describe(wanted, nouns);
    }
    let work = tokio::task::spawn_blocking(move || describe(wanted, nouns));
    work.await.unwrap_or_else(|why| match why.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Err(error("Unavailable", "The server is shutting down.")),
    })
}

/// Gathers nouns of which there may be many, a slice at a time, so that the engine's lock is never held for
/// long. `slice` gives up to [`SLICE`] of them in the order of their ids, from after an id on.
pub(crate) async fn gather<T: Described>(
    cx: &Context<'_>,
    slice: impl Fn(&Engine, Option<T::Id>) -> Vec<T>,
) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    loop {
        let after = all.last().map(Described::id);
        let more = cx.driver.read(|engine| slice(engine, after));
        let is_last = more.len() < SLICE;
        all.extend(more);
        if is_last {
            return all;
        }
        // The lock is not a fair one: whoever waits for it gets it while nobody takes it at once again.
        tokio::time::sleep(PAUSE).await;
    }
}

/// Those with the chosen ids, which must all be there.
fn choose<T: Described>(all: Vec<T>, ids: Vec<T::Id>) -> Result<Vec<T>, ApiError> {
    if ids.is_empty() {
        return Ok(all);
    }
    let mut ids: BTreeSet<T::Id> = ids.into_iter().collect();
    let found: Vec<T> = all.into_iter().filter(|noun| ids.contains(&noun.id())).collect();
    for noun in &found {
        ids.remove(&noun.id());
    }
    match ids.pop_first() {
        Some(missing) => Err(no_such(missing)),
        None => Ok(found),
    }
}

/// A filter whose name is known, with the patterns of which one must match.
pub(crate) struct Filter<T> {
    on: On<T>,
    globs: Vec<Glob>,
}

enum On<T> {
    Tag(String),
    TagKey,
    Attribute(fn(&T) -> Vec<String>),
}

/// Reads filters on things with these attributes.
///
/// # Errors
/// When a filter is not known, or there are too many values.
pub(crate) fn read_filters<T>(
    given: &[input::Filter],
    attributes: &[Attribute<T>],
) -> Result<Vec<Filter<T>>, ApiError> {
    let number: usize = given.iter().map(|filter| filter.values.len()).sum();
    if number > FILTER_VALUES {
        let message = format!(
            "The maximum number of filter values specified on a single call is {FILTER_VALUES}"
        );
        return Err(error("FilterLimitExceeded", message));
    }
    let filters = given.iter().map(|input::Filter { name, values }| {
        let name = name.as_deref().unwrap_or_default();
        let attribute = attributes.iter().find(|(known, _)| *known == name);
        let on = match (attribute, name.strip_prefix("tag:")) {
            (Some((_, values)), _) => On::Attribute(*values),
            (None, Some(key)) => On::Tag(key.to_owned()),
            (None, None) if name == "tag-key" => On::TagKey,
            (None, None) => {
                let message = format!("The filter '{name}' is invalid");
                return Err(error("InvalidParameterValue", message));
            }
        };
        Ok(Filter { on, globs: values.iter().map(|pattern| Glob::escaped(pattern)).collect() })
    });
    filters.collect()
}

/// Whether a thing passes all filters.
pub(crate) fn passes<T>(thing: &T, tags: &Tags, filters: &[Filter<T>]) -> bool {
    filters.iter().all(|Filter { on, globs }| {
        let matches = |value: &str| globs.iter().any(|glob| glob.matches(value));
        match on {
            On::Tag(key) => tags.get(key).is_some_and(|value| matches(value)),
            On::TagKey => tags.keys().any(|key| matches(key)),
            On::Attribute(values) => values(thing).iter().any(|value| matches(value)),
        }
    })
}

/// How many things a page has: all where it is not said.
///
/// # Errors
/// When it is out of AWS's range. Where the model has a range, it was checked before.
pub(crate) fn size(max_results: Option<i32>) -> Result<usize, ApiError> {
    size_from(5, max_results)
}

fn size_from(least: i32, max_results: Option<i32>) -> Result<usize, ApiError> {
    let most = 1000;
    let out_of_range = |given: i32, bound: String| {
        let message = format!(
            "Value ( {given} ) for parameter maxResults is invalid. Expecting a value {bound}."
        );
        Err(error("InvalidParameterValue", message))
    };
    match max_results {
        None => Ok(usize::MAX),
        Some(given) if given < least => out_of_range(given, format!("greater than {least}")),
        Some(given) if given > most => out_of_range(given, format!("less than {most}")),
        Some(given) => Ok(usize::try_from(given).unwrap_or(usize::MAX)),
    }
}

/// One page of things in the order of their keys.
///
/// # Errors
/// When the token is none that was given.
pub(crate) fn page<T>(
    things: Vec<(String, T)>,
    size: usize,
    token: Option<&str>,
) -> Result<Page<T>, ApiError> {
    page::page(things, Order::Rising, size, token)
        .map_err(|NotAToken| error("InvalidNextToken", "The token is not valid."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(name: &str, values: &[&str]) -> input::Filter {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        input::Filter { name: Some(name.to_owned()), values }
    }

    const COLOURS: &[Attribute<Vec<&str>>] =
        &[("colour", |thing| thing.iter().map(|c| (*c).to_owned()).collect())];

    #[test]
    fn all_filters_must_pass_and_one_value_of_each() {
        let tags = Tags::from([("Name".to_owned(), "web-1".to_owned())]);
        for (filters, expected) in [
            (vec![], true),
            (vec![filter("colour", &["red", "b*"])], true),
            (vec![filter("colour", &["red"])], false),
            (vec![filter("colour", &[])], false),
            (vec![filter("tag:Name", &["web-?"])], true),
            (vec![filter("tag:name", &["web-?"])], false),
            (vec![filter("tag-key", &["N*"]), filter("colour", &["green"])], true),
            (vec![filter("tag-key", &["N*"]), filter("colour", &["red"])], false),
        ] {
            let read = read_filters(&filters, COLOURS).expect("known filters");
            assert_eq!(passes(&vec!["blue", "green"], &tags, &read), expected, "{filters:?}");
        }
    }

    #[test]
    fn unknown_filters_are_refused_by_name() {
        let refused = read_filters(&[filter("color", &["red"])], COLOURS).err().expect("refused");
        assert_eq!(refused.code, "InvalidParameterValue");
        assert_eq!(refused.message, "The filter 'color' is invalid");
        let many = vec!["x"; FILTER_VALUES + 1];
        let refused = read_filters(&[filter("colour", &many)], COLOURS).err().expect("refused");
        assert_eq!(refused.code, "FilterLimitExceeded");
    }
}

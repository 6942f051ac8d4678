//! Pages of things in the order of their keys, and tokens that say where the next begins.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A token that none was told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAToken;

/// Things of one page of so many, behind the one that a token tells, and the token for the next.
///
/// # Errors
/// When the token is none.
pub(crate) fn page<T>(
    mut things: Vec<(String, T)>,
    size: usize,
    token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), NotAToken> {
    if let Some(token) = token {
        let last = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let last = last.ok_or(NotAToken)?;
        let at = things.iter().position(|(key, _)| *key == last).ok_or(NotAToken)?;
        things.drain(..=at);
    }
    let has_more = things.len() > size;
    things.truncate(size);
    let last = things.last().filter(|_| has_more);
    let next = last.map(|(key, _)| STANDARD.encode(key));
    Ok((things.into_iter().map(|(_, thing)| thing).collect(), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other() {
        let things = || ["a", "b", "c"].map(|key| (key.to_owned(), key)).to_vec();
        let (first, token) = page(things(), 2, None).expect("a page");
        assert_eq!(first, ["a", "b"]);
        let (second, end) = page(things(), 2, token.as_deref()).expect("a page");
        assert_eq!((second, end), (vec!["c"], None));
        assert_eq!(page(things(), 2, Some("?")), Err(NotAToken));
    }
}

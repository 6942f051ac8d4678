//! Pages of lists: each goes on behind the key at which the one before has ended, whatever has come
//! or gone meanwhile.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// One page of what was found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Names the page after this one.
    pub(crate) next_token: Option<String>,
}

/// A token that names no page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotAToken;

/// Whether the keys rise or fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Rising,
    Falling,
}

/// One page of things in the order of their keys, each of which stands once.
///
/// # Errors
/// When the token is none that was given.
pub(crate) fn page<T>(
    mut things: Vec<(String, T)>,
    order: Order,
    size: usize,
    token: Option<&str>,
) -> Result<Page<T>, NotAToken> {
    things.sort_by(|(a, _), (b, _)| match order {
        Order::Rising => a.cmp(b),
        Order::Falling => b.cmp(a),
    });
    if let Some(token) = token.filter(|token| !token.is_empty()) {
        let last = decode(token).ok_or(NotAToken)?;
        let told = things.partition_point(|(key, _)| match order {
            Order::Rising => *key <= last,
            Order::Falling => *key >= last,
        });
        things.drain(..told);
    }
    let size = size.max(1);
    let more = things.len() > size;
    things.truncate(size);
    let last = things.last().filter(|_| more);
    let next_token = last.map(|(key, _)| URL_SAFE_NO_PAD.encode(key));
    Ok(Page { items: things.into_iter().map(|(_, thing)| thing).collect(), next_token })
}

fn decode(token: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things(keys: &[&str]) -> Vec<(String, String)> {
        keys.iter().map(|key| ((*key).to_owned(), key.to_uppercase())).collect()
    }

    fn all(order: Order) -> Vec<String> {
        let mut seen = Vec::new();
        let mut token = None;
        loop {
            let found = things(&["c", "a", "ü", "b"]);
            let page = page(found, order, 1, token.as_deref()).expect("a page");
            seen.extend(page.items);
            token = page.next_token;
            if token.is_none() {
                return seen;
            }
        }
    }

    #[test]
    fn pages_go_on_where_the_last_ended() {
        assert_eq!(all(Order::Rising), ["A", "B", "C", "Ü"]);
        assert_eq!(all(Order::Falling), ["Ü", "C", "B", "A"]);
        let first = page(things(&["a", "b", "c"]), Order::Rising, 2, None).expect("a page");
        // What the last page ended with may be gone, and others may have come.
        let rest =
            page(things(&["a", "aa", "c", "d"]), Order::Rising, 9, first.next_token.as_deref());
        let rest = rest.expect("a page");
        assert_eq!((rest.items, rest.next_token), (vec!["C".to_owned(), "D".to_owned()], None));
        assert_eq!(page(things(&["a"]), Order::Rising, 1, Some("?")), Err(NotAToken));
    }
}

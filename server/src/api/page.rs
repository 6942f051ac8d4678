//! Pages of lists.

/// One page of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<K, T> {
    pub(crate) items: Vec<T>,
    /// The key of the last item, after which the next page begins; none where nothing follows.
    pub(crate) last: Option<K>,
}

/// The first `size` of the things that come after a key; `things` are in the order of their keys.
pub(crate) fn page<K: PartialOrd, T>(
    things: impl IntoIterator<Item = (K, T)>,
    after: Option<&K>,
    size: usize,
) -> Page<K, T> {
    let is_before = |key: &K| after.is_some_and(|after| key <= after);
    let mut rest = things.into_iter().skip_while(|(key, _)| is_before(key));
    let mut items = Vec::new();
    let mut last = None;
    for (key, thing) in rest.by_ref().take(size) {
        last = Some(key);
        items.push(thing);
    }
    Page { last: last.filter(|_| rest.next().is_some()), items }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_on_where_the_last_ended() {
        let things = || (1..=5).map(|number| (number, number * 10));
        for (after, size, items, last) in [
            (None, 2, vec![10, 20], Some(2)),
            (Some(2), 2, vec![30, 40], Some(4)),
            (Some(4), 2, vec![50], None),
            (None, 5, vec![10, 20, 30, 40, 50], None),
            (Some(0), 1, vec![10], Some(1)),
            (Some(9), 2, vec![], None),
        ] {
            assert_eq!(page(things(), after.as_ref(), size), Page { items, last }, "{after:?}");
        }
    }
}

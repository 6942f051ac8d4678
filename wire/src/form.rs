//! Form-encoded parameters as a tree of dotted names: `Filter.1.Value.2` under `Filter`, `1`, `Value`.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The most segments a name may have; the deepest of the supported shapes has eight.
const MAX_DEPTH: usize = 16;
/// The greatest index of a list, as a bound on what a request can make us sort.
const MAX_INDEX: usize = 65_535;

/// A node of the tree: its own value and what stands below it.
#[derive(Debug, Default)]
pub(crate) struct Node<'a> {
    pub(crate) value: Option<Cow<'a, str>>,
    pub(crate) children: BTreeMap<String, Node<'a>>,
}

impl<'a> Node<'a> {
    /// The tree of the pairs; the first of equal names wins. A name that is too deep is returned as the error.
    pub(crate) fn of(
        pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    ) -> Result<Node<'a>, String> {
        let mut root = Node::default();
        for (name, value) in pairs {
            if name.split('.').count() > MAX_DEPTH {
                return Err(name.into_owned());
            }
            let mut node = &mut root;
            for segment in name.split('.') {
                node = node.children.entry(segment.to_owned()).or_default();
            }
            node.value.get_or_insert(value);
        }
        Ok(root)
    }

    /// The children with whole-number names, in their order, or the first name that is no index.
    pub(crate) fn items(&self) -> Result<Vec<(usize, &Node<'a>)>, &str> {
        let mut items = Vec::with_capacity(self.children.len());
        for (name, node) in &self.children {
            match index(name) {
                Some(i) => items.push((i, node)),
                None => return Err(name),
            }
        }
        items.sort_by_key(|(i, _)| *i);
        Ok(items)
    }
}

fn index(name: &str) -> Option<usize> {
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    name.parse().ok().filter(|i| *i <= MAX_INDEX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::pairs;

    #[test]
    fn items_are_sorted_as_numbers() {
        let tree = Node::of(pairs("V.10=c&V.2=b&V.1=a&V.2=z")).expect("a tree");
        let items = tree.children["V"].items().expect("items");
        let values: Vec<_> = items.iter().map(|(_, n)| n.value.as_deref()).collect();
        assert_eq!(values, [Some("a"), Some("b"), Some("c")]);
    }

    #[test]
    fn refuses_depth_and_strange_indexes() {
        let deep = format!("a{}=1", ".b".repeat(20));
        assert!(Node::of(pairs(&deep)).is_err());
        let tree = Node::of(pairs("V.x=1")).expect("a tree");
        assert_eq!(tree.children["V"].items().err(), Some("x"));
        assert_eq!(index("99999999999999999999"), None);
    }
}

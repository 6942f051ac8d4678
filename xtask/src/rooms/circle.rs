//! Circles of a graph: its strongly connected components, by Tarjan's algorithm.

use std::collections::{BTreeMap, BTreeSet};

type Graph = BTreeMap<String, BTreeSet<String>>;

#[derive(Default)]
struct Walk<'a> {
    /// When each was come to, and the earliest that it leads back to.
    found: BTreeMap<&'a str, (usize, usize)>,
    path: Vec<&'a str>,
    circles: Vec<BTreeSet<String>>,
}

/// The sets of two or more that lead to each other, the largest first.
pub(crate) fn circles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let mut walk = Walk::default();
    for node in graph.keys() {
        if !walk.found.contains_key(node.as_str()) {
            visit(graph, node, &mut walk);
        }
    }
    walk.circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    walk.circles
}

fn visit<'a>(graph: &'a Graph, node: &'a str, walk: &mut Walk<'a>) {
    let number = walk.found.len();
    walk.found.insert(node, (number, number));
    walk.path.push(node);
    for next in graph.get(node).into_iter().flatten() {
        let low = match walk.found.get(next.as_str()) {
            None => {
                visit(graph, next, walk);
                walk.found[next.as_str()].1
            }
            Some((number, _)) if walk.path.contains(&next.as_str()) => *number,
            Some(_) => continue,
        };
        let own = walk.found.get_mut(node).expect("it was put in");
        own.1 = own.1.min(low);
    }
    if walk.found[node].1 == number {
        let at = walk.path.iter().position(|each| *each == node).expect("it is on the path");
        let circle: BTreeSet<String> = walk.path.drain(at..).map(str::to_owned).collect();
        if circle.len() > 1 {
            walk.circles.push(circle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_and_lines_are_not() {
        let edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("f", "d")];
        let mut graph = Graph::new();
        for (from, to) in edges {
            graph.entry(from.into()).or_default().insert(to.into());
            graph.entry(to.into()).or_default();
        }
        let found = circles(&graph);
        assert_eq!(found, [["a", "b", "c"].map(str::to_owned).into()]);
    }
}

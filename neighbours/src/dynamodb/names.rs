//! The attributes that expressions name, and what their keys are compared with.

use std::collections::BTreeSet;

use serde_json::Value;

/// A part of an expression, as far as it tells of attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'a> {
    /// A name, or a substitute of one with its `#`.
    Name(&'a str),
    /// A substitute of a value, with its colon.
    Given(&'a str),
    Sign(char),
}

/// Words that are no names.
const KEYWORDS: [&str; 9] = ["ADD", "AND", "BETWEEN", "DELETE", "IN", "NOT", "OR", "REMOVE", "SET"];

fn tokens(expression: &str) -> Vec<Token<'_>> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = expression;
    while let Some(first) = rest.chars().next() {
        let marked = usize::from(first == '#' || first == ':');
        let tail = &rest[marked..];
        let end = marked + tail.find(|c| !is_plain(c)).unwrap_or(tail.len());
        if end == 0 || end == marked && marked == 1 {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let word = &rest[..end];
        tokens.push(if first == ':' { Token::Given(word) } else { Token::Name(word) });
        rest = &rest[end..];
    }
    tokens
}

/// What a name stands for.
fn resolved<'a>(name: &'a str, names: &'a Value) -> &'a str {
    if name.starts_with('#') { names[name].as_str().unwrap_or(name) } else { name }
}

/// Adds the attributes that an expression names, without what is within them.
pub(in crate::dynamodb) fn of(expression: &str, names: &Value, all: &mut BTreeSet<String>) {
    let tokens = tokens(expression);
    for (at, token) in tokens.iter().enumerate() {
        let Token::Name(name) = token else { continue };
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let is_within = matches!(before, Some(Token::Sign('.' | '[')));
        let is_call = tokens.get(at + 1) == Some(&Token::Sign('('));
        let is_keyword = KEYWORDS.iter().any(|word| word.eq_ignore_ascii_case(name));
        if !is_within && !is_call && !is_keyword {
            all.insert(resolved(name, names).to_owned());
        }
    }
}

/// What an expression on keys says that the attribute of a name equals.
pub(in crate::dynamodb) fn equalled<'v>(
    expression: &str,
    attribute: &str,
    names: &Value,
    values: &'v Value,
) -> Option<&'v Value> {
    let tokens = tokens(expression);
    let is_meant = |name: &str| resolved(name, names) == attribute;
    let given = tokens.windows(3).find_map(|three| match three {
        [Token::Name(name), Token::Sign('='), Token::Given(given)]
        | [Token::Given(given), Token::Sign('='), Token::Name(name)]
            if is_meant(name) =>
        {
            Some(*given)
        }
        _ => None,
    });
    given.map(|given| &values[given])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn expressions_name_attributes_and_what_keys_equal() {
        let names = json!({"#a": "a b", "#k": "key"});
        for (expression, expected) in [
            (
                "SET #a = if_not_exists(c, :v) + :w, d.e[0].f = list_append(:x, g) REMOVE h",
                "a b,c,d,g,h",
            ),
            ("attribute_exists(#k) and (size(i) > :v OR NOT begins_with(j, :w))", "i,j,key"),
            ("a,b.c, #a[3]", "a,a b,b"),
            ("", ""),
        ] {
            let mut all = BTreeSet::new();
            of(expression, &names, &mut all);
            assert_eq!(all.into_iter().collect::<Vec<_>>().join(","), expected, "{expression}");
        }
        let values = json!({":v": {"S": "x"}, ":w": {"N": "1"}});
        for expression in
            ["key = :v AND sort > :w", "(#k=:v) and sort=:w", ":v = key", "sort = :w AND key = :v"]
        {
            let found = equalled(expression, "key", &names, &values);
            assert_eq!(found, Some(&json!({"S": "x"})), "{expression}");
        }
        assert_eq!(equalled("keys = :v", "key", &names, &values), None);
    }
}

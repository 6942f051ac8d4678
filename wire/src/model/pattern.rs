//! Patterns that texts of inputs match.

use std::sync::OnceLock;

use regex_lite::Regex;

/// A pattern of the model, compiled when first used.
pub struct Pattern {
    /// The pattern as AWS's messages quote it.
    pub text: &'static str,
    rule: Rule,
    regex: OnceLock<Regex>,
}

#[derive(Clone, Copy)]
enum Rule {
    Expression(&'static str),
    TagText,
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text)
    }
}

impl Pattern {
    /// A pattern quoted as `text` and matched by `expression`.
    pub const fn new(text: &'static str, expression: &'static str) -> Pattern {
        Pattern { text, rule: Rule::Expression(expression), regex: OnceLock::new() }
    }

    /// The characters of tag keys and values, which name Unicode classes.
    pub const fn tag_text(text: &'static str) -> Pattern {
        Pattern { text, rule: Rule::TagText, regex: OnceLock::new() }
    }

    /// Whether the whole of `value` matches.
    pub fn matches(&self, value: &str) -> bool {
        match self.rule {
            Rule::TagText => value.chars().all(is_tag_character),
            Rule::Expression(expression) => self
                .regex
                .get_or_init(|| {
                    Regex::new(&format!(r"\A(?:{expression})\z"))
                        .unwrap_or_else(|e| panic!("pattern {expression} of the model: {e}"))
                })
                .is_match(value),
        }
    }
}

fn is_tag_character(c: char) -> bool {
    c.is_alphabetic()
        || c.is_numeric()
        || "_.:/=+-@ ".contains(c)
        || (c > '\x7f' && c.is_whitespace())
}

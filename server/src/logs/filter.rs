//! Filter patterns of unstructured messages: terms, phrases, and what must not be there.

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FilterPatternError {
    /// It is not one.
    Invalid(String),
    /// It is one that Warren does not know: what kind.
    Unsupported(&'static str),
}

/// A filter pattern, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FilterPattern {
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
}

impl FilterPattern {
    /// Reads a pattern; an empty one lets everything pass.
    pub(crate) fn parse(pattern: &str) -> Result<FilterPattern, FilterPatternError> {
        let mut filter = FilterPattern::default();
        let mut rest = pattern.trim_start();
        match rest.chars().next() {
            Some('{') => return Err(FilterPatternError::Unsupported("of JSON fields")),
            Some('[') => return Err(FilterPatternError::Unsupported("of fields between blanks")),
            Some('%') => return Err(FilterPatternError::Unsupported("with regular expressions")),
            _ => {}
        }
        while !rest.is_empty() {
            let (list, after) = match rest.chars().next() {
                Some('-') => (&mut filter.none, &rest[1..]),
                Some('?') => (&mut filter.any, &rest[1..]),
                _ => (&mut filter.all, rest),
            };
            let (term, after) = match after.strip_prefix('"') {
                Some(quoted) => phrase(quoted)?,
                None => {
                    let end = after.find(char::is_whitespace).unwrap_or(after.len());
                    let term = &after[..end];
                    // Other signs are only allowed within quotes.
                    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '*' | '.');
                    if term.is_empty() || !term.chars().all(is_plain) {
                        return Err(FilterPatternError::Invalid(pattern.to_owned()));
                    }
                    (term.to_owned(), &after[end..])
                }
            };
            list.push(term);
            rest = after.trim_start();
        }
        Ok(filter)
    }

    /// Whether a message passes.
    pub(crate) fn passes(&self, message: &str) -> bool {
        let holds = |term: &String| message.contains(term.as_str());
        self.all.iter().all(holds)
            && !self.none.iter().any(holds)
            && (self.any.is_empty() || self.any.iter().any(holds))
    }
}

/// A phrase up to its closing quote, and what follows.
fn phrase(text: &str) -> Result<(String, &str), FilterPatternError> {
    let mut phrase = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Ok((phrase, &text[at + 1..])),
            '\\' => phrase.extend(characters.next().map(|(_, escaped)| escaped)),
            other => phrase.push(other),
        }
    }
    Err(FilterPatternError::Invalid(format!("\"{text}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_phrases_and_exclusions() {
        for (pattern, message, expected) in [
            ("", "anything", true),
            ("ERROR", "[ERROR] x", true),
            ("error", "[ERROR] x", false),
            ("ERROR timeout", "ERROR: no timeout", true),
            ("ERROR timeout", "ERROR", false),
            ("?ERROR ?WARN", "WARN x", true),
            ("?ERROR ?WARN", "INFO x", false),
            ("ERROR -exit", "ERROR exit", false),
            ("\"a b\" c", "c a b", true),
            ("\"a \\\"b\\\"\"", "a \"b\"", true),
            ("-\"a b\"", "a b", false),
        ] {
            let filter = FilterPattern::parse(pattern).expect(pattern);
            assert_eq!(filter.passes(message), expected, "{pattern} {message}");
        }
    }

    #[test]
    fn other_patterns_are_refused() {
        assert_eq!(
            FilterPattern::parse("{ $.a = 1 }"),
            Err(FilterPatternError::Unsupported("of JSON fields"))
        );
        for pattern in ["\"open", "a&b", "-", "? x"] {
            assert!(
                matches!(FilterPattern::parse(pattern), Err(FilterPatternError::Invalid(_))),
                "{pattern}"
            );
        }
    }
}

//! Patterns of any text: terms and phrases that are in it, of which one is, and that are not.

/// What a text is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
}

impl Terms {
    /// Whether they hold of a text.
    pub(super) fn hold(&self, message: &str) -> bool {
        let holds = |term: &String| message.contains(term.as_str());
        self.all.iter().all(holds)
            && !self.none.iter().any(holds)
            && (self.any.is_empty() || self.any.iter().any(holds))
    }
}

/// Reads terms; none where the text is no list of them.
pub(super) fn read(pattern: &str) -> Option<Terms> {
    let mut terms = Terms::default();
    let mut rest = pattern.trim_start();
    while !rest.is_empty() {
        let (list, after) = match rest.chars().next() {
            Some('-') => (&mut terms.none, &rest[1..]),
            Some('?') => (&mut terms.any, &rest[1..]),
            _ => (&mut terms.all, rest),
        };
        let (term, after) = match after.strip_prefix('"') {
            Some(quoted) => phrase(quoted)?,
            None => {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                let term = &after[..end];
                // Other signs are only allowed within quotes.
                let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '*' | '.');
                if term.is_empty() || !term.chars().all(is_plain) {
                    return None;
                }
                (term.to_owned(), &after[end..])
            }
        };
        list.push(term);
        rest = after.trim_start();
    }
    Some(terms)
}

/// A phrase up to its closing quote, and what follows.
pub(super) fn phrase(text: &str) -> Option<(String, &str)> {
    let mut phrase = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((phrase, &text[at + 1..])),
            '\\' => phrase.extend(characters.next().map(|(_, escaped)| escaped)),
            other => phrase.push(other),
        }
    }
    None
}

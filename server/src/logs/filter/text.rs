//! The text of a pattern that is being read, from its beginning on.

use regex_lite::{Regex, RegexBuilder};

use super::term::phrase;

/// Bytes of a regular expression as it is compiled: each character of a message is held against all of
/// it, so that a larger one would take seconds for a single event.
const COMPILED: usize = 16 << 10;

/// What is left to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    rest: &'a str,
    /// Regular expressions that were read.
    pub(super) expressions: usize,
}

impl<'a> Text<'a> {
    pub(super) fn of(text: &'a str) -> Text<'a> {
        Text { rest: text, expressions: 0 }
    }

    /// What comes behind blanks.
    pub(super) fn next(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    /// What comes, blanks included.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn is_at_end(&mut self) -> bool {
        self.next().is_none()
    }

    /// Takes a word where it comes, behind blanks or not.
    pub(super) fn take(&mut self, word: &str) -> bool {
        match self.rest.trim_start().strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes as many characters as are such ones; none where the first is not.
    pub(super) fn run(&mut self, is_one: impl Fn(char) -> bool) -> Option<&'a str> {
        let end = self.rest.find(|c| !is_one(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!run.is_empty()).then_some(run)
    }

    /// Takes what stands between double quotes.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let (phrase, rest) = phrase(self.rest.trim_start().strip_prefix('"')?)?;
        self.rest = rest;
        Some(phrase)
    }

    /// Takes what stands between two of a character.
    pub(super) fn between(&mut self, quote: char) -> Option<&'a str> {
        let (within, rest) = self.rest.trim_start().strip_prefix(quote)?.split_once(quote)?;
        self.rest = rest;
        Some(within)
    }

    /// Takes a regular expression between percent signs, of the signs that AWS knows.
    pub(super) fn expression(&mut self) -> Option<Regex> {
        let text = self.between('%')?;
        let is_known = |c: char| c.is_ascii_alphanumeric() || "_#=@/;,-: ^$?[]{}|\\*+.".contains(c);
        self.expressions += 1;
        if text.is_empty() || !text.chars().all(is_known) {
            return None;
        }
        RegexBuilder::new(text).size_limit(COMPILED).build().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_that_are_very_large_are_refused() {
        for (pattern, is_read) in [
            ("%AUTHORI[SZ]ED%", true),
            ("%[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}%", true),
            ("%[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}%", true),
            ("%^[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,64}$%", true),
            ("%ERROR.{0,100}timeout%", true),
            ("%[a-z]{1,1000}[a-z]{1,1000}b%", false),
            ("%[a-z]{1,1000}b%", false),
        ] {
            assert_eq!(Text::of(pattern).expression().is_some(), is_read, "{pattern}");
        }
    }
}

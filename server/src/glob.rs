//! Patterns of `*` (any text) and `?` (any one character), for filters and for policies.

/// A pattern, ready to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glob(Vec<Token>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Any,
    One,
    Plain(char),
}

impl Glob {
    /// A pattern in which every star and question mark is one.
    pub(crate) fn plain(pattern: &str) -> Glob {
        Glob(pattern.chars().map(token).collect())
    }

    /// A pattern in which a backslash makes the character after it plain.
    pub(crate) fn escaped(pattern: &str) -> Glob {
        let mut chars = pattern.chars();
        let mut tokens = Vec::new();
        while let Some(c) = chars.next() {
            tokens.push(match c {
                '\\' => Token::Plain(chars.next().unwrap_or('\\')),
                other => token(other),
            });
        }
        Glob(tokens)
    }

    /// Whether the whole of a text matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.walk(text).0
    }

    /// Whether a text matches, and in how many steps that was found: at most the product of the lengths.
    ///
    /// Only the last star seen is ever stretched. What came before it matched as early as it could, and an
    /// earlier star could only make it match later.
    fn walk(&self, text: &str) -> (bool, usize) {
        let Glob(tokens) = self;
        let mut steps = 0;
        let (mut at, mut rest) = (0, text.chars());
        // Where the last star stands, and the text behind what it is taken to match so far.
        let mut star = None;
        loop {
            steps += 1;
            let mut ahead = rest.clone();
            let next = ahead.next();
            match (tokens.get(at), next) {
                (Some(Token::Any), _) => {
                    at += 1;
                    star = Some((at, rest.clone()));
                }
                (None, None) => return (true, steps),
                (Some(Token::One), Some(_)) => (at, rest) = (at + 1, ahead),
                (Some(Token::Plain(wanted)), Some(c)) if *wanted == c => {
                    (at, rest) = (at + 1, ahead);
                }
                _ => match &mut star {
                    // The text is at its end: a longer match of the star leaves less for the rest.
                    Some(_) if next.is_none() => return (false, steps),
                    Some((behind, from)) => {
                        from.next();
                        (at, rest) = (*behind, from.clone());
                    }
                    None => return (false, steps),
                },
            }
        }
    }
}

fn token(c: char) -> Token {
    match c {
        '*' => Token::Any,
        '?' => Token::One,
        plain => Token::Plain(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match() {
        for (pattern, text, expected) in [
            ("AWS Lambda VPC ENI-*", "AWS Lambda VPC ENI-f-1", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a?c", "aüc", true),
            ("a\\*", "a*", true),
            ("a\\*", "ab", false),
            ("a\\\\", "a\\", true),
            ("a\\", "a\\", true),
            ("", "", true),
            ("", "x", false),
            ("***", "x", true),
            ("***", "", true),
            ("?", "", false),
            ("Abc", "abc", false),
            ("*ab", "aab", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("a*b?c*", "axxbyc", true),
        ] {
            assert_eq!(Glob::escaped(pattern).matches(text), expected, "{pattern} {text}");
        }
        assert!(Glob::plain("a\\*").matches("a\\b"), "no backslash is special in policies");
    }

    /// Every pattern and text of a few characters, against the definition of what a star matches.
    #[test]
    fn agrees_with_the_definition() {
        fn defined(tokens: &[Token], text: &[char]) -> bool {
            match (tokens, text) {
                ([], []) => true,
                ([Token::Any, rest @ ..], _) => {
                    (0..=text.len()).any(|skipped| defined(rest, &text[skipped..]))
                }
                ([Token::One, rest @ ..], [_, left @ ..]) => defined(rest, left),
                ([Token::Plain(c), rest @ ..], [d, left @ ..]) => c == d && defined(rest, left),
                _ => false,
            }
        }
        let words = |letters: &str, length: u32| {
            let letters: Vec<char> = letters.chars().collect();
            let count = letters.len().pow(length);
            (0..count).map(move |mut number| {
                let mut word = String::new();
                for _ in 0..length {
                    word.push(letters[number % letters.len()]);
                    number /= letters.len();
                }
                word
            })
        };
        for pattern in (0..=5).flat_map(|length| words("ab*?", length)) {
            let glob = Glob::plain(&pattern);
            for text in (0..=5).flat_map(|length| words("ab", length)) {
                let chars: Vec<char> = text.chars().collect();
                assert_eq!(glob.matches(&text), defined(&glob.0, &chars), "{pattern} {text}");
            }
        }
    }

    #[test]
    fn no_pattern_takes_long() {
        for (pattern, text) in [
            ("*a".repeat(100) + "b", "a".repeat(200)),
            ("*a".repeat(5_000) + "b", "a".repeat(200)),
            ("*a*".repeat(100) + "b", "a".repeat(10_000)),
            ("*".repeat(5_000) + "b", "a".repeat(200)),
            ("*".to_owned() + &"a".repeat(99) + "b", "a".repeat(10_000)),
            ("*?".repeat(200) + "b", "a".repeat(10_000)),
        ] {
            let (matches, steps) = Glob::plain(&pattern).walk(&text);
            assert!(!matches);
            let most = (pattern.len() + 1) * (text.len() + 1);
            assert!(steps <= most, "{steps} steps, more than {most}");
        }
    }
}

//! Statements of PartiQL, as far as policies look at them: what is done, to what, and to which items.
//!
//! A statement is told apart as dynoxide does it. One whose target is not found where it must stand is
//! not run, since nobody could say what it is about.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// What a statement does, in the words of actions, and to which table or index.
#[derive(Debug)]
pub(in crate::dynamodb) struct Statement {
    pub(in crate::dynamodb) action: &'static str,
    pub(in crate::dynamodb) table: String,
    pub(in crate::dynamodb) index: Option<String>,
    /// All of it.
    words: Vec<Word>,
    /// Where what is behind its target begins.
    rest: usize,
}

impl Statement {
    /// Reads a statement; none whose target cannot be told.
    pub(in crate::dynamodb) fn of(text: &str) -> Option<Statement> {
        let words = words(text);
        let is = |at: usize, keyword: &str| words.get(at).is_some_and(|word| word.is(keyword));
        let (action, at) = match words.first()? {
            Word::Bare(verb) => match verb.to_ascii_uppercase().as_str() {
                "INSERT" if is(1, "INTO") => ("PartiQLInsert", 2),
                "UPDATE" | "FROM" => ("PartiQLUpdate", 1),
                "DELETE" if is(1, "FROM") => ("PartiQLDelete", 2),
                "SELECT" => ("PartiQLSelect", from(&words, 0)? + 1),
                "EXISTS" if is(2, "SELECT") => ("PartiQLSelect", from(&words, 2)? + 1),
                _ => return None,
            },
            _ => return None,
        };
        let table = words.get(at)?.name()?.to_owned();
        let has_index = words.get(at + 1) == Some(&Word::Sign('.'));
        let index = match has_index {
            true => Some(words.get(at + 2)?.name()?.to_owned()),
            false => None,
        };
        let rest = at + if has_index { 3 } else { 1 };
        Some(Statement { action, table, index, words, rest })
    }

    /// What its items' key of a name equals, where it says so of all items that it is about.
    pub(in crate::dynamodb) fn keys(&self, name: &str, parameters: &Value) -> Option<Vec<Value>> {
        let mut found = Vec::new();
        if self.action == "PartiQLInsert" {
            let (at, _) = self.members().find(|(_, member)| *member == name)?;
            found.push(self.value(at + 2, parameters)?.0);
            return Some(found);
        }
        let begin = (self.rest..self.words.len()).find(|at| self.words[*at].is("WHERE"))? + 1;
        let condition = begin..self.words.len();
        if condition.clone().any(|at| self.words[at].is("OR") || self.words[at].is("NOT")) {
            return None;
        }
        for at in condition.clone() {
            if self.words[at].attribute() != Some(name) || self.is_part(at) {
                continue;
            }
            match self.words.get(at + 1) {
                Some(Word::Sign('=')) => found.push(self.value(at + 2, parameters)?.0),
                Some(word) if word.is("IN") => {
                    let mut next = at + 3;
                    while let Some((value, behind)) = self.value(next, parameters) {
                        found.push(value);
                        next = behind + 1;
                    }
                }
                _ => {}
            }
        }
        // The value may stand first.
        for at in condition {
            let is_meant = self.words.get(at + 1).is_some_and(|it| it.attribute() == Some(name));
            if self.words[at] == Word::Sign('=') && is_meant && !self.is_part(at + 1) {
                found.push(self.value(at.checked_sub(1)?, parameters)?.0);
            }
        }
        Some(found).filter(|found| !found.is_empty())
    }

    /// Whether a word is within a path.
    fn is_part(&self, at: usize) -> bool {
        let is_sign = |at: usize, signs: &[char]| matches!(self.words.get(at), Some(Word::Sign(sign)) if signs.contains(sign));
        at > 0 && is_sign(at - 1, &['.']) || is_sign(at + 1, &['.', '['])
    }

    /// The value that stands somewhere, and what is behind it.
    fn value(&self, at: usize, parameters: &Value) -> Option<(Value, usize)> {
        match self.words.get(at)? {
            Word::Text(text) => Some((json!({"S": text}), at + 1)),
            Word::Number(text) => Some((json!({"N": text}), at + 1)),
            Word::Sign(sign @ ('-' | '+')) => match self.words.get(at + 1)? {
                Word::Number(text) if *sign == '-' => {
                    Some((json!({"N": format!("-{text}")}), at + 2))
                }
                Word::Number(text) => Some((json!({"N": text}), at + 2)),
                _ => None,
            },
            Word::Sign('?') => {
                let before = self.words[..at].iter().filter(|it| **it == Word::Sign('?')).count();
                Some((parameters.get(before)?.clone(), at + 1))
            }
            _ => None,
        }
    }

    /// Adds the attributes that it names.
    pub(in crate::dynamodb) fn attributes(&self, all: &mut BTreeSet<String>) {
        let select = self.words.iter().position(|word| word.is("FROM")).unwrap_or(0);
        let named = (1..select).chain(self.rest..self.words.len());
        for at in named.filter(|_| self.action != "PartiQLInsert") {
            let before = self.words.get(at - 1);
            let is_call = self.words.get(at + 1) == Some(&Word::Sign('('));
            let word = &self.words[at];
            let is_keyword = KEYWORDS.iter().any(|keyword| word.is(keyword));
            if let Some(name) = word.attribute()
                && !is_keyword
                && !is_call
                && before != Some(&Word::Sign('.'))
            {
                all.insert(name.to_owned());
            }
        }
        if self.action == "PartiQLInsert" {
            all.extend(self.members().map(|(_, name)| name.to_owned()));
        }
    }

    /// The attributes of an item that is inserted, and where they stand.
    fn members(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut depth = 0;
        self.words.iter().enumerate().skip(self.rest).filter_map(move |(at, word)| {
            match word {
                Word::Sign('{' | '[') => depth += 1,
                Word::Sign('}' | ']') => depth -= 1,
                Word::Text(name)
                    if depth == 1 && self.words.get(at + 1) == Some(&Word::Sign(':')) =>
                {
                    return Some((at, name.as_str()));
                }
                _ => {}
            }
            None
        })
    }

    /// What of items it asks for, in the words of Query, where it asks for any.
    pub(in crate::dynamodb) fn select(&self) -> Option<&'static str> {
        let is_all = |word: &Word| *word == Word::Sign('*');
        match self.action {
            "PartiQLSelect" if self.words.iter().take(4).any(is_all) => Some("ALL_ATTRIBUTES"),
            "PartiQLSelect" => Some("SPECIFIC_ATTRIBUTES"),
            _ => None,
        }
    }

    /// What it returns, in the words of UpdateItem.
    pub(in crate::dynamodb) fn returns(&self) -> &'static str {
        let at = self.words.iter().rposition(|word| word.is("RETURNING"));
        let word = |behind: usize, keyword: &str| {
            at.and_then(|at| self.words.get(at + behind)).is_some_and(|word| word.is(keyword))
        };
        match (word(1, "ALL"), word(2, "NEW")) {
            _ if at.is_none() => "NONE",
            (true, true) => "ALL_NEW",
            (true, false) => "ALL_OLD",
            (false, true) => "UPDATED_NEW",
            (false, false) => "UPDATED_OLD",
        }
    }
}

/// Where the FROM of a SELECT is: an attribute may have that name, too.
fn from(words: &[Word], verb: usize) -> Option<usize> {
    let is_name = |at: usize| at == verb + 1 || matches!(words[at - 1], Word::Sign('.' | ','));
    (verb + 1..words.len()).find(|at| words[*at].is("FROM") && !is_name(*at))
}

/// Words that name no attribute.
const KEYWORDS: [&str; 29] = [
    "ALL",
    "AND",
    "ASC",
    "BETWEEN",
    "BY",
    "DESC",
    "EXISTS",
    "FALSE",
    "FROM",
    "IN",
    "IS",
    "LIKE",
    "LIMIT",
    "MISSING",
    "MODIFIED",
    "NEW",
    "NOT",
    "NULL",
    "OLD",
    "OR",
    "ORDER",
    "REMOVE",
    "RETURNING",
    "SELECT",
    "SET",
    "TRUE",
    "UPDATE",
    "VALUE",
    "WHERE",
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Bare(String),
    Quoted(String),
    Text(String),
    Number(String),
    Sign(char),
}

impl Word {
    fn is(&self, keyword: &str) -> bool {
        matches!(self, Word::Bare(text) if text.eq_ignore_ascii_case(keyword))
    }

    /// The name of a table or an index; a text is one as well.
    fn name(&self) -> Option<&str> {
        match self {
            Word::Bare(text) | Word::Quoted(text) | Word::Text(text) => Some(text),
            Word::Number(_) | Word::Sign(_) => None,
        }
    }

    fn attribute(&self) -> Option<&str> {
        match self {
            Word::Bare(text) | Word::Quoted(text) => Some(text),
            _ => None,
        }
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut left = text.chars().peekable();
    while let Some(c) = left.next() {
        match c {
            '"' | '\'' | '`' => {
                let mut inner = String::new();
                while let Some(it) = left.next() {
                    // A quote that stands twice is one of the text.
                    if it == c && (c == '`' || left.next_if_eq(&c).is_none()) {
                        break;
                    }
                    inner.push(it);
                }
                words.push(match c {
                    '"' => Word::Quoted(inner),
                    '\'' => Word::Text(inner),
                    c => Word::Sign(c),
                });
            }
            // Comments are no words.
            '-' if left.next_if_eq(&'-').is_some() => {
                while left.next().is_some_and(|it| it != '\n') {}
            }
            '/' if left.next_if_eq(&'*').is_some() => {
                let mut last = ' ';
                for it in left.by_ref() {
                    if (last, it) == ('*', '/') {
                        break;
                    }
                    last = it;
                }
            }
            c if c.is_ascii_digit() => {
                let mut number = String::from(c);
                while let Some(it) = left.next_if(|it| it.is_ascii_digit() || *it == '.') {
                    number.push(it);
                }
                words.push(Word::Number(number));
            }
            c if c.is_ascii_alphabetic() || c == '_' => {
                let mut word = String::from(c);
                while let Some(it) = left.next_if(|it| it.is_ascii_alphanumeric() || *it == '_') {
                    word.push(it);
                }
                words.push(Word::Bare(word));
            }
            c if c.is_ascii_whitespace() => {}
            c => words.push(Word::Sign(c)),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_tells_what_it_does_to_what() {
        for (text, told) in [
            ("SELECT * FROM \"orders\" WHERE id = 'x FROM y'", "PartiQLSelect orders"),
            ("select \"a FROM b\" from orders", "PartiQLSelect orders"),
            ("SELECT * FROM \"o\".\"by-day\"", "PartiQLSelect o/by-day"),
            ("EXISTS(SELECT * FROM \"o\" WHERE id = 1)", "PartiQLSelect o"),
            ("INSERT INTO \"o\" VALUE {'id': 'a'}", "PartiQLInsert o"),
            ("UPDATE \"o\" SET a = 1", "PartiQLUpdate o"),
            ("FROM o WHERE id = 1 SET a = 1", "PartiQLUpdate o"),
            ("SELECT -- FROM a\n * /* FROM b */ FROM o", "PartiQLSelect o"),
            ("DELETE FROM o WHERE id = 1", "PartiQLDelete o"),
            ("SELECT a, from FROM o", "PartiQLSelect o"),
            ("SELECT from, a FROM o", "PartiQLSelect o"),
            ("SELECT a.FROM FROM o", "PartiQLSelect o"),
            ("SELECT * FROM o--x", "PartiQLSelect o"),
            ("SELECT * FROM 'o'", "PartiQLSelect o"),
        ] {
            let Statement { action, table, index, .. } = Statement::of(text).expect(text);
            let index = index.map(|index| format!("/{index}")).unwrap_or_default();
            assert_eq!(format!("{action} {table}{index}"), told, "{text}");
        }
        for text in
            ["nonsense", "", "SELECT * FROM", "SELECT * FROM 7", "DELETE o", "\"SELECT\" * FROM o"]
        {
            assert!(Statement::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_statement_tells_of_its_keys_and_attributes() {
        let parameters = json!([{"S": "p"}, {"N": "7"}]);
        for (text, keys, attributes) in [
            ("SELECT a, b.c FROM o WHERE k = 'x' AND s > 1", Some("[{\"S\":\"x\"}]"), "a,b,k,s"),
            ("SELECT * FROM o WHERE \"k\" = ? AND s = ?", Some("[{\"S\":\"p\"}]"), "k,s"),
            ("SELECT * FROM o WHERE s = ? AND ? = k", Some("[{\"N\":\"7\"}]"), "k,s"),
            ("SELECT * FROM o WHERE k IN ['x', -2]", Some("[{\"S\":\"x\"},{\"N\":\"-2\"}]"), "k"),
            ("SELECT * FROM o WHERE k = 'x' OR s = 1", None, "k,s"),
            ("SELECT * FROM o WHERE a.k = 'x'", None, "a"),
            ("SELECT * FROM o", None, ""),
            ("INSERT INTO o VALUE {'m': {'k': 'y'}, 'k': 'x'}", Some("[{\"S\":\"x\"}]"), "k,m"),
            ("UPDATE o SET a = b + 1 REMOVE c WHERE k = 'x'", Some("[{\"S\":\"x\"}]"), "a,b,c,k"),
            ("DELETE FROM o WHERE k = 'x' RETURNING ALL OLD *", Some("[{\"S\":\"x\"}]"), "k"),
        ] {
            let statement = Statement::of(text).expect(text);
            let found = statement.keys("k", &parameters).map(|keys| Value::Array(keys).to_string());
            assert_eq!(found.as_deref(), keys, "{text}");
            let mut all = BTreeSet::new();
            statement.attributes(&mut all);
            assert_eq!(all.into_iter().collect::<Vec<_>>().join(","), attributes, "{text}");
        }
        let returns = |text: &str| Statement::of(text).expect(text).returns();
        assert_eq!(returns("DELETE FROM o WHERE k = 'x' RETURNING ALL OLD *"), "ALL_OLD");
        assert_eq!(
            returns("UPDATE o SET a = 1 WHERE k = 'x' RETURNING MODIFIED NEW *"),
            "UPDATED_NEW"
        );
        assert_eq!(returns("UPDATE o SET a = 1 WHERE k = 'x'"), "NONE");
    }
}

//! Statements of PartiQL, as far as policies look at them: what is done, and to what.

/// What a statement does, in the words of actions, and to which table or index.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::dynamodb) struct Statement {
    pub(in crate::dynamodb) action: &'static str,
    /// For instance `orders` or `orders/index/by-day`; none where it cannot be told.
    pub(in crate::dynamodb) target: Option<String>,
}

impl Statement {
    pub(in crate::dynamodb) fn of(text: &str) -> Statement {
        let words = words(text);
        let mut bare = words.iter().filter_map(|word| match word {
            Word::Bare(text) => Some(text.to_ascii_uppercase()),
            Word::Quoted(_) | Word::Sign(_) => None,
        });
        let (action, before) = match bare.next().as_deref() {
            Some("INSERT") => ("PartiQLInsert", "INTO"),
            Some("UPDATE") => ("PartiQLUpdate", "UPDATE"),
            Some("DELETE") => ("PartiQLDelete", "FROM"),
            _ => ("PartiQLSelect", "FROM"),
        };
        let is_before =
            |word: &Word| matches!(word, Word::Bare(it) if it.eq_ignore_ascii_case(before));
        let mut rest = words.into_iter().skip_while(|word| !is_before(word)).skip(1);
        let table = rest.next().and_then(Word::name);
        let index = match rest.next() {
            Some(Word::Sign('.')) => rest.next().and_then(Word::name),
            _ => None,
        };
        let target = table.map(|table| match index {
            Some(index) => format!("{table}/index/{index}"),
            None => table,
        });
        Statement { action, target }
    }
}

#[derive(Debug)]
enum Word {
    Bare(String),
    Quoted(String),
    /// A sign, or a text, which is told as its quote.
    Sign(char),
}

impl Word {
    fn name(self) -> Option<String> {
        match self {
            Word::Bare(text) | Word::Quoted(text) => Some(text),
            Word::Sign(_) => None,
        }
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut left = text.chars().peekable();
    while let Some(c) = left.next() {
        match c {
            '"' | '\'' => {
                let mut inner = String::new();
                while let Some(it) = left.next() {
                    if it == c && left.next_if_eq(&c).is_none() {
                        break;
                    }
                    inner.push(it);
                }
                words.push(if c == '"' { Word::Quoted(inner) } else { Word::Sign(c) });
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
            c if c.is_alphanumeric() || c == '_' => {
                let mut word = String::from(c);
                while let Some(it) = left.next_if(|it| it.is_alphanumeric() || "_-".contains(*it)) {
                    word.push(it);
                }
                words.push(Word::Bare(word));
            }
            c if c.is_whitespace() => {}
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
        for (text, action, target) in [
            ("SELECT * FROM \"orders\" WHERE id = 'x FROM y'", "PartiQLSelect", Some("orders")),
            ("select \"a FROM b\" from orders", "PartiQLSelect", Some("orders")),
            ("SELECT * FROM \"o\".\"by-day\"", "PartiQLSelect", Some("o/index/by-day")),
            ("EXISTS(SELECT * FROM \"o\" WHERE id = 1)", "PartiQLSelect", Some("o")),
            ("INSERT INTO \"o\" VALUE {'id': 'a'}", "PartiQLInsert", Some("o")),
            ("UPDATE \"o\" SET a = 1", "PartiQLUpdate", Some("o")),
            ("SELECT -- FROM a\n * /* FROM b */ FROM o", "PartiQLSelect", Some("o")),
            ("DELETE FROM o WHERE id = 1", "PartiQLDelete", Some("o")),
            ("nonsense", "PartiQLSelect", None),
        ] {
            let target = target.map(str::to_owned);
            assert_eq!(Statement::of(text), Statement { action, target }, "{text}");
        }
    }
}

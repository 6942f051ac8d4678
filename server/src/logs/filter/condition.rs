//! Conditions on fields: comparisons joined by `&&` and `||`.

use std::borrow::Cow;

use regex_lite::Regex;
use serde_json::Value;

use super::text::Text;
use crate::glob::Glob;

/// How deep parentheses may stand in each other.
const DEPTH: usize = 32;

/// What must hold.
#[derive(Debug)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    One(Operand, Test),
}

/// Of what something must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operand {
    /// A place within JSON.
    Path(Vec<Step>),
    /// A field by its name.
    Name(String),
}

/// A step into JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Member(String),
    Item(usize),
    AnyItem,
}

/// What must hold of a value.
#[derive(Debug)]
pub(super) enum Test {
    Equals(Wanted),
    /// It is there, and is not this.
    Differs(Wanted),
    Compares(Order, f64),
    IsNull,
    Is(bool),
    Exists(bool),
}

/// What a value is compared with.
#[derive(Debug)]
pub(super) enum Wanted {
    /// A text in which stars stand for anything.
    Text(Glob),
    /// A number, or a text that spells it.
    Number(f64, String),
    Expression(Regex),
}

/// Which numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Reads a pattern of JSON.
pub(super) fn json(text: &mut Text<'_>) -> Option<Condition> {
    if !text.take("{") {
        return None;
    }
    let condition = any(text, &path, DEPTH)?;
    text.take("}").then_some(condition)
}

/// How an operand is read.
type Reads<'r> = &'r dyn Fn(&mut Text<'_>) -> Option<Operand>;

/// Reads conditions of which one must hold.
pub(super) fn any(text: &mut Text<'_>, operand: Reads<'_>, depth: usize) -> Option<Condition> {
    let mut list = vec![all(text, operand, depth)?];
    while text.take("||") {
        list.push(all(text, operand, depth)?);
    }
    Some(if list.len() == 1 { list.remove(0) } else { Condition::Any(list) })
}

fn all(text: &mut Text<'_>, operand: Reads<'_>, depth: usize) -> Option<Condition> {
    let mut list = vec![one(text, operand, depth)?];
    while text.take("&&") {
        list.push(one(text, operand, depth)?);
    }
    Some(if list.len() == 1 { list.remove(0) } else { Condition::All(list) })
}

fn one(text: &mut Text<'_>, operand: Reads<'_>, depth: usize) -> Option<Condition> {
    if text.take("(") {
        let within = any(text, operand, depth.checked_sub(1)?)?;
        return text.take(")").then_some(within);
    }
    let of = operand(text)?;
    Some(Condition::One(of, test(text)?))
}

/// A place within JSON: `$.a.b[0]['c']`.
fn path(text: &mut Text<'_>) -> Option<Operand> {
    if !text.take("$") {
        return None;
    }
    let mut steps = Vec::new();
    loop {
        let is_dotted = text.peek() == Some('.');
        if is_dotted {
            text.run(|c| c == '.').filter(|dots| dots.len() == 1)?;
        }
        match text.peek() {
            Some('[') => {
                text.take("[");
                steps.push(index(text)?);
            }
            _ if is_dotted => {
                let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@' | ':');
                steps.push(Step::Member(text.run(is_name)?.to_owned()));
            }
            _ => break,
        }
    }
    (!steps.is_empty()).then_some(Operand::Path(steps))
}

/// What stands in brackets.
fn index(text: &mut Text<'_>) -> Option<Step> {
    let step = match text.next()? {
        '*' => {
            text.take("*");
            Step::AnyItem
        }
        '\'' => Step::Member(text.between('\'')?.to_owned()),
        '"' => Step::Member(text.quoted()?),
        _ => Step::Item(text.run(|c| c.is_ascii_digit())?.parse().ok()?),
    };
    text.take("]").then_some(step)
}

/// What must hold of an operand that was just read.
pub(super) fn test(text: &mut Text<'_>) -> Option<Test> {
    for (sign, order) in [
        ("<=", Order::LessOrEqual),
        (">=", Order::GreaterOrEqual),
        ("<", Order::Less),
        (">", Order::Greater),
    ] {
        if text.take(sign) {
            return match wanted(text)? {
                Wanted::Number(number, _) => Some(Test::Compares(order, number)),
                Wanted::Text(_) | Wanted::Expression(_) => None,
            };
        }
    }
    if text.take("!=") {
        return wanted(text).map(Test::Differs);
    }
    if text.take("=") {
        return wanted(text).map(Test::Equals);
    }
    if text.take("NOT EXISTS") {
        return Some(Test::Exists(false));
    }
    if text.take("EXISTS") {
        return Some(Test::Exists(true));
    }
    if !text.take("IS ") {
        return None;
    }
    let words = [("NULL", Test::IsNull), ("TRUE", Test::Is(true)), ("FALSE", Test::Is(false))];
    words.into_iter().find(|(word, _)| text.take(word)).map(|(_, test)| test)
}

fn wanted(text: &mut Text<'_>) -> Option<Wanted> {
    match text.next()? {
        '"' => text.quoted().map(|text| Wanted::Text(stars(&text))),
        '%' => text.expression().map(Wanted::Expression),
        _ => {
            let ends =
                |c: char| c.is_whitespace() || matches!(c, ')' | '}' | ']' | ',' | '&' | '|');
            let word = text.run(|c| !ends(c))?;
            match word.parse::<f64>() {
                Ok(number) if number.is_finite() => Some(Wanted::Number(number, word.to_owned())),
                _ => Some(Wanted::Text(stars(word))),
            }
        }
    }
}

/// A text in which nothing but stars stands for anything else.
fn stars(text: &str) -> Glob {
    let plain = |c: char| match c {
        '?' | '\\' => vec!['\\', c],
        other => vec![other],
    };
    Glob::escaped(&text.chars().flat_map(plain).collect::<String>())
}

impl Condition {
    /// Whether it holds of a value in JSON.
    pub(super) fn holds(&self, value: &Value) -> bool {
        self.holds_where(&|operand, test| match operand {
            Operand::Path(steps) => {
                let found = reached(value, steps);
                match test {
                    Test::Exists(wanted) => found.is_empty() != *wanted,
                    _ => found.into_iter().any(|each| test.holds_of(each)),
                }
            }
            Operand::Name(_) => false,
        })
    }

    /// Whether it holds, by what each of its comparisons does.
    pub(super) fn holds_where(&self, holds: &dyn Fn(&Operand, &Test) -> bool) -> bool {
        match self {
            Condition::All(list) => list.iter().all(|each| each.holds_where(holds)),
            Condition::Any(list) => list.iter().any(|each| each.holds_where(holds)),
            Condition::One(operand, test) => holds(operand, test),
        }
    }
}

/// What there is at a place.
fn reached<'v>(value: &'v Value, steps: &[Step]) -> Vec<&'v Value> {
    let mut found = vec![value];
    for step in steps {
        let next = |value: &'v Value| -> Vec<&'v Value> {
            match step {
                Step::Member(name) => value.get(name).into_iter().collect(),
                Step::Item(at) => value.get(at).into_iter().collect(),
                Step::AnyItem => value.as_array().into_iter().flatten().collect(),
            }
        };
        found = found.into_iter().flat_map(next).collect();
    }
    found
}

impl Test {
    fn holds_of(&self, value: &Value) -> bool {
        match self {
            Test::Equals(wanted) => wanted.is(value),
            Test::Differs(wanted) => !wanted.is(value),
            Test::Compares(order, than) => value.as_f64().is_some_and(|it| order.holds(it, *than)),
            Test::IsNull => value.is_null(),
            Test::Is(wanted) => value.as_bool() == Some(*wanted),
            Test::Exists(wanted) => *wanted,
        }
    }

    /// Whether it holds of a field between blanks, which is a text.
    pub(super) fn holds_of_text(&self, text: &str) -> bool {
        match self {
            Test::Equals(wanted) => wanted.is_text(text),
            Test::Differs(wanted) => !wanted.is_text(text),
            Test::Compares(order, than) => {
                text.parse().is_ok_and(|number: f64| order.holds(number, *than))
            }
            Test::Exists(wanted) => *wanted,
            Test::IsNull | Test::Is(_) => false,
        }
    }
}

impl Wanted {
    fn is(&self, value: &Value) -> bool {
        let text = match value {
            Value::String(text) => Cow::Borrowed(text.as_str()),
            Value::Number(_) | Value::Bool(_) => Cow::Owned(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => return false,
        };
        match self {
            Wanted::Number(number, _) if value.is_number() => value.as_f64() == Some(*number),
            _ => self.is_text(&text),
        }
    }

    fn is_text(&self, text: &str) -> bool {
        match self {
            Wanted::Text(glob) => glob.matches(text),
            Wanted::Number(number, spelled) => {
                text == spelled || text.parse::<f64>().is_ok_and(|it| it == *number)
            }
            Wanted::Expression(expression) => expression.is_match(text),
        }
    }
}

impl Order {
    fn holds(self, number: f64, than: f64) -> bool {
        match self {
            Order::Less => number < than,
            Order::LessOrEqual => number <= than,
            Order::Greater => number > than,
            Order::GreaterOrEqual => number >= than,
        }
    }
}

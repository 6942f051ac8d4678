//! What a pattern asks of one value.

use std::net::IpAddr;

use serde_json::Value;

/// One alternative of a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    /// The value is this one.
    Is(Exact),
    /// It is a text of this form.
    Has(Form),
    /// It is there, and none of these.
    AnythingBut(Vec<Exact>),
    /// It is there, and no text of one of these forms.
    AnythingButForms(Vec<Form>),
    /// It is a number within bounds.
    Numeric(Range),
    /// It is there, or it is not.
    Exists(bool),
    /// It is an address of a block.
    Cidr(Block),
}

/// A value that is no list and no object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Exact {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
}

/// The form of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    Prefix(String),
    PrefixIgnoreCase(String),
    Suffix(String),
    SuffixIgnoreCase(String),
    EqualsIgnoreCase(String),
    Wildcard(Vec<Piece>),
}

/// A piece of a wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Letter(char),
    Any,
}

/// Bounds of a number: each with whether it is within.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Range {
    pub(super) least: Option<(f64, bool)>,
    pub(super) most: Option<(f64, bool)>,
}

/// A block of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) base: IpAddr,
    pub(super) prefix: u32,
}

impl Test {
    /// Whether it holds of a field's value, which may be absent.
    pub(super) fn holds(&self, value: Option<&Value>) -> bool {
        let holds = |leaf: &Value| self.holds_of(leaf);
        match self {
            Test::Exists(wanted) => {
                value.is_some_and(|value| any_leaf(value, &|_| true)) == *wanted
            }
            _ => value.is_some_and(|value| any_leaf(value, &holds)),
        }
    }

    fn holds_of(&self, leaf: &Value) -> bool {
        match self {
            Test::Is(exact) => exact.is(leaf),
            Test::Has(form) => leaf.as_str().is_some_and(|text| form.fits(text)),
            Test::AnythingBut(none) => !none.iter().any(|exact| exact.is(leaf)),
            Test::AnythingButForms(none) => {
                !leaf.as_str().is_some_and(|text| none.iter().any(|form| form.fits(text)))
            }
            Test::Numeric(range) => leaf.as_f64().is_some_and(|number| range.contains(number)),
            Test::Exists(_) => true,
            Test::Cidr(block) => {
                let address = leaf.as_str().and_then(|text| text.parse().ok());
                address.is_some_and(|address| block.contains(address))
            }
        }
    }
}

/// Whether something holds of a value that is neither list nor object, or of one in a list.
fn any_leaf(value: &Value, holds: &impl Fn(&Value) -> bool) -> bool {
    match value {
        Value::Array(list) => list.iter().any(|each| any_leaf(each, holds)),
        Value::Object(_) => false,
        leaf => holds(leaf),
    }
}

impl Exact {
    fn is(&self, leaf: &Value) -> bool {
        match self {
            Exact::Null => leaf.is_null(),
            Exact::Bool(wanted) => leaf.as_bool() == Some(*wanted),
            Exact::Number(wanted) => leaf.as_f64() == Some(*wanted),
            Exact::Text(wanted) => leaf.as_str() == Some(wanted),
        }
    }
}

impl Form {
    fn fits(&self, text: &str) -> bool {
        match self {
            Form::Prefix(prefix) => text.starts_with(prefix),
            Form::Suffix(suffix) => text.ends_with(suffix),
            Form::PrefixIgnoreCase(prefix) => {
                let (text, prefix) = (text.to_lowercase(), prefix.to_lowercase());
                text.starts_with(&prefix)
            }
            Form::SuffixIgnoreCase(suffix) => {
                let (text, suffix) = (text.to_lowercase(), suffix.to_lowercase());
                text.ends_with(&suffix)
            }
            Form::EqualsIgnoreCase(other) => text.to_lowercase() == other.to_lowercase(),
            Form::Wildcard(pieces) => fits_wildcard(pieces, text),
        }
    }
}

/// Whether a text fits pieces of a wildcard; takes no longer than their product.
fn fits_wildcard(pieces: &[Piece], text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let (mut piece, mut letter) = (0, 0);
    // Where to go on when what follows the last `*` does not fit.
    let mut again: Option<(usize, usize)> = None;
    loop {
        let is_letter = |wanted: char| letters.get(letter) == Some(&wanted);
        match pieces.get(piece) {
            Some(Piece::Any) => {
                again = Some((piece + 1, letter));
                piece += 1;
            }
            Some(Piece::Letter(wanted)) if is_letter(*wanted) => {
                piece += 1;
                letter += 1;
            }
            None if letter == letters.len() => return true,
            _ => match again {
                Some((after, from)) if from < letters.len() => {
                    again = Some((after, from + 1));
                    (piece, letter) = (after, from + 1);
                }
                _ => return false,
            },
        }
    }
}

impl Range {
    fn contains(&self, number: f64) -> bool {
        let above = |(least, within): (f64, bool)| number > least || (within && number == least);
        let below = |(most, within): (f64, bool)| number < most || (within && number == most);
        self.least.is_none_or(above) && self.most.is_none_or(below)
    }
}

impl Block {
    /// Whether an address is one of its own.
    fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let (base, address) = (u32::from(base), u32::from(address));
                self.prefix == 0 || (base ^ address) >> (32 - self.prefix) == 0
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let (base, address) = (u128::from(base), u128::from(address));
                self.prefix == 0 || (base ^ address) >> (128 - self.prefix) == 0
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

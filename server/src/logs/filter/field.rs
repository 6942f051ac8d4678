//! Patterns of texts with blanks between their parts: `[ip, user, ..., status = 4*, bytes]`.

use super::condition::{self, Condition, Operand};
use super::text::Text;

/// Fields of one pattern.
const MOST: usize = 256;

/// The parts that a text is to have.
#[derive(Debug, Default)]
pub(super) struct Fields {
    first: Vec<Field>,
    /// Those behind any others; none where there are no others.
    last: Option<Vec<Field>>,
}

/// What is asked of a part: nothing, where there is no condition.
type Field = Option<Condition>;

/// Reads a pattern.
pub(super) fn read(text: &mut Text<'_>) -> Option<Fields> {
    let mut fields = Fields::default();
    if !text.take("[") {
        return None;
    }
    if text.take("]") {
        // It asks for nothing.
        fields.last = Some(Vec::new());
        return Some(fields);
    }
    loop {
        if text.take("...") {
            if fields.last.replace(Vec::new()).is_some() {
                return None;
            }
        } else {
            let field = field(text)?;
            fields.last.as_mut().unwrap_or(&mut fields.first).push(field);
        }
        if text.take("]") {
            break;
        }
        if !text.take(",") {
            return None;
        }
    }
    let count = fields.first.len() + fields.last.as_ref().map_or(0, Vec::len);
    (count <= MOST).then_some(fields)
}

/// A field: its name, or what must hold of it, in which it is named each time.
fn field(text: &mut Text<'_>) -> Option<Field> {
    let mut ahead = *text;
    let own = name(&mut ahead)?;
    if matches!(ahead.next(), Some(',' | ']')) {
        *text = ahead;
        return Some(None);
    }
    let operand = |text: &mut Text<'_>| {
        let name = name(text)?;
        (name == own).then_some(Operand::Name(name))
    };
    condition::any(text, &operand, 0).map(Some)
}

fn name(text: &mut Text<'_>) -> Option<String> {
    text.next()?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$');
    text.run(is_name).map(str::to_owned)
}

impl Fields {
    /// Whether a text has them.
    pub(super) fn hold(&self, message: &str) -> bool {
        let parts = parts(message);
        let last = self.last.as_deref().unwrap_or_default();
        let fixed = self.first.len() + last.len();
        let fits = match self.last {
            Some(_) => parts.len() >= fixed,
            None => parts.len() == fixed,
        };
        fits && hold(&self.first, &parts) && hold(last, &parts[parts.len() - last.len()..])
    }
}

fn hold(fields: &[Field], parts: &[&str]) -> bool {
    fields.iter().zip(parts).all(|(field, part)| {
        let holds = |_: &Operand, test: &condition::Test| test.holds_of_text(part);
        field.as_ref().is_none_or(|condition| condition.holds_where(&holds))
    })
}

/// The parts of a text; what stands in brackets or quotes is one.
fn parts(message: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = message.trim();
    while let Some(first) = rest.chars().next() {
        let closing = match first {
            '[' => Some(']'),
            '"' => Some('"'),
            _ => None,
        };
        let within = closing.and_then(|closing| rest[1..].split_once(closing));
        let (part, after) = match within {
            Some(within) => within,
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        parts.push(part);
        rest = after.trim_start();
    }
    parts
}

//! A function's variables as a request spells them: AWS measures them in the order given.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// The body of a request that gives variables.
#[derive(Deserialize)]
struct Body {
    #[serde(rename = "Environment")]
    environment: Environment,
}

#[derive(Deserialize)]
struct Environment {
    #[serde(rename = "Variables")]
    variables: InOrder,
}

/// Names and values, in the order in which they stand.
struct InOrder(Vec<(String, String)>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<InOrder, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = InOrder;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("variables")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder, A::Error> {
        let mut entries: Vec<(String, String)> = Vec::new();
        while let Some((name, value)) = map.next_entry()? {
            entries.push((name, value));
        }
        Ok(InOrder(entries))
    }
}

/// The variables of a body as JSON; none where it has none.
pub(crate) fn measured(body: &[u8]) -> Option<String> {
    let Body { environment } = serde_json::from_slice(body).ok()?;
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let InOrder(entries) = environment.variables;
    let entries = entries.iter().map(|(name, value)| format!("{}:{}", quoted(name), quoted(value)));
    Some(format!("{{{}}}", entries.collect::<Vec<_>>().join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_requests() {
        let body =
            br#"{"FunctionName":"f","Environment":{"Variables":{"ZZ":"1","AA":"\"","MM":""}}}"#;
        assert_eq!(measured(body).as_deref(), Some(r#"{"ZZ":"1","AA":"\"","MM":""}"#));
        assert_eq!(measured(b"{}"), None);
    }
}

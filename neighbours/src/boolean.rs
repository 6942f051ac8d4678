//! Attributes that are true or false, in whatever case clients spell that: Python's have `True`.

use std::collections::BTreeMap;

/// Attributes of queues, topics and subscriptions that are booleans.
const BOOLEANS: [&str; 5] = [
    "ContentBasedDeduplication",
    "FifoQueue",
    "FifoTopic",
    "RawMessageDelivery",
    "SqsManagedSseEnabled",
];

/// The value of an attribute, in lower case where it is a boolean.
pub(crate) fn value(name: &str, mut value: String) -> String {
    let is_boolean = value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false");
    if is_boolean && BOOLEANS.contains(&name) {
        value.make_ascii_lowercase();
    }
    value
}

/// The same of all attributes of a request.
pub(crate) fn values(given: Option<BTreeMap<String, String>>) -> BTreeMap<String, String> {
    let given = given.unwrap_or_default().into_iter();
    given.map(|(name, given)| (name.clone(), value(&name, given))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_alone_are_told_in_lower_case() {
        let given = [("FifoQueue", "True"), ("RawMessageDelivery", "yes"), ("DisplayName", "True")];
        let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let values = values(Some(given.into()));
        let told: Vec<_> = values.iter().map(|(name, value)| (&**name, &**value)).collect();
        let wanted =
            [("DisplayName", "True"), ("FifoQueue", "true"), ("RawMessageDelivery", "yes")];
        assert_eq!(told, wanted);
    }
}

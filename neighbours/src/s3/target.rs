//! Who is told of which events of a bucket.

use serde::{Deserialize, Serialize};
use wire::ApiError;
use wire::s3::error;

use super::refusal::argument;

/// Events that happen here; all of a kind are meant by a `*`.
const EVENTS: [&str; 9] = [
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Put",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectTagging:Delete",
    "s3:ObjectTagging:Put",
    "s3:TestEvent",
];

/// A bucket's configuration of notifications, keyed as the model has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Notifications {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) topic_configurations: Vec<Told>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) queue_configurations: Vec<Told>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) lambda_function_configurations: Vec<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event_bridge_configuration: Option<Nothing>,
}

/// A structure without members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Nothing {}

/// One who is told of some events; of the ARNs there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lambda_function_arn: Option<String>,
    events: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<Filter>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Filter {
    key: KeyFilter,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct KeyFilter {
    filter_rules: Vec<Rule>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Rule {
    name: String,
    value: String,
}

impl Notifications {
    /// All who are told, but the event bus.
    pub(super) fn all(&self) -> impl Iterator<Item = &Told> {
        self.topic_configurations
            .iter()
            .chain(&self.queue_configurations)
            .chain(&self.lambda_function_configurations)
    }

    /// The same, to be changed.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Told> {
        self.topic_configurations
            .iter_mut()
            .chain(&mut self.queue_configurations)
            .chain(&mut self.lambda_function_configurations)
    }

    /// Names the rules of filters as S3 tells them, however they were given.
    pub(super) fn spell_rules(&mut self) {
        let filters = self.all_mut().filter_map(|told| told.filter.as_mut());
        for rule in filters.flat_map(|filter| &mut filter.key.filter_rules) {
            for name in ["Prefix", "Suffix"] {
                if rule.name.eq_ignore_ascii_case(name) {
                    name.clone_into(&mut rule.name);
                }
            }
        }
    }

    /// Whether nobody is told of anything.
    pub(super) fn is_empty(&self) -> bool {
        *self == Notifications::default()
    }

    /// Whether a bucket may have it.
    ///
    /// # Errors
    /// As S3 says it.
    pub(super) fn check(&self) -> Result<(), ApiError> {
        let all: Vec<&Told> = self.all().collect();
        all.iter().try_for_each(|told| told.check())?;
        for (at, told) in all.iter().enumerate() {
            if all[..at].iter().any(|other| told.id == other.id) {
                let id = told.id.as_deref().unwrap_or_default();
                return Err(argument("Id", id, "Same ID used for multiple configurations"));
            }
            if all[..at].iter().any(|other| told.overlaps(other)) {
                let is_filtered = all.iter().any(|told| told.filter.is_some());
                return Err(error(
                    "InvalidArgument",
                    match is_filtered {
                        true => {
                            "Configuration is ambiguously defined. Cannot have overlapping suffixes \
                             in two rules if the prefixes are overlapping for the same event type."
                        }
                        false => {
                            "Configurations overlap. Configurations on the same bucket cannot share \
                              a common event type."
                        }
                    },
                ));
            }
        }
        Ok(())
    }
}

impl Told {
    /// The ARN of who is told.
    pub(super) fn arn(&self) -> &str {
        let arns = [&self.topic_arn, &self.queue_arn, &self.lambda_function_arn];
        arns.into_iter().flatten().next().map_or("", String::as_str)
    }

    /// Whether it is told of an event of an object.
    pub(super) fn wants(&self, event: &str, key: &str) -> bool {
        self.events.iter().any(|wanted| covers(wanted, event))
            && key.starts_with(self.rule("prefix"))
            && key.ends_with(self.rule("suffix"))
    }

    fn rules(&self) -> &[Rule] {
        self.filter.as_ref().map_or(&[], |filter| &filter.key.filter_rules)
    }

    fn rule(&self, name: &str) -> &str {
        let found = self.rules().iter().find(|rule| rule.name.eq_ignore_ascii_case(name));
        found.map_or("", |rule| &rule.value)
    }

    fn check(&self) -> Result<(), ApiError> {
        for event in &self.events {
            if !EVENTS.iter().any(|known| covers(event, known)) {
                let message = format!("Warren does not support the event {event}.");
                return Err(error("NotImplemented", message));
            }
        }
        for name in ["prefix", "suffix"] {
            let of_name = |rule: &&Rule| rule.name.eq_ignore_ascii_case(name);
            if self.rules().iter().filter(of_name).count() > 1 {
                let message = format!("Cannot specify more than one {name} rule in a filter.");
                return Err(argument("FilterRule.Name", name, message));
            }
        }
        let is_known = |rule: &&Rule| {
            ["prefix", "suffix"].iter().any(|name| rule.name.eq_ignore_ascii_case(name))
        };
        match self.rules().iter().find(|rule| !is_known(rule)) {
            None => Ok(()),
            Some(rule) => {
                let message = "filter rule name must be either prefix or suffix";
                Err(argument("FilterRule.Name", &rule.name, message))
            }
        }
    }

    /// Whether there is an event and a key of which both are told.
    fn overlaps(&self, other: &Told) -> bool {
        let share = |a: &String| other.events.iter().any(|b| covers(a, b) || covers(b, a));
        let (prefix, suffix) = (self.rule("prefix"), self.rule("suffix"));
        let (other_prefix, other_suffix) = (other.rule("prefix"), other.rule("suffix"));
        self.events.iter().any(share)
            && (prefix.starts_with(other_prefix) || other_prefix.starts_with(prefix))
            && (suffix.ends_with(other_suffix) || other_suffix.ends_with(suffix))
    }
}

/// Whether an event that is wanted, perhaps all of a kind, is another or all such.
fn covers(wanted: &str, event: &str) -> bool {
    match wanted.strip_suffix('*') {
        // Of a kind, as in `s3:ObjectCreated:*`.
        Some(start) => {
            start.ends_with(':') && start.matches(':').count() == 2 && event.starts_with(start)
        }
        None => wanted == event,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(event: &str, prefix: &str, suffix: &str) -> serde_json::Value {
        let rules =
            json!([{"Name": "prefix", "Value": prefix}, {"Name": "Suffix", "Value": suffix}]);
        json!({"Id": format!("{event}{prefix}{suffix}"), "QueueArn": "arn:aws:sqs:r:1:q",
            "Events": [event], "Filter": {"Key": {"FilterRules": rules}}})
    }

    fn of(told: &[serde_json::Value]) -> Notifications {
        serde_json::from_value(json!({"QueueConfigurations": told})).expect("a configuration")
    }

    #[test]
    fn who_is_told_is_filtered_by_event_and_key() {
        let all = of(&[told("s3:ObjectCreated:*", "in/", ".zip")]);
        let one = all.all().next().expect("one");
        assert!(one.wants("s3:ObjectCreated:Put", "in/a.zip"));
        assert!(!one.wants("s3:ObjectCreated:Put", "out/a.zip"));
        assert!(!one.wants("s3:ObjectCreated:Put", "in/a.txt"));
        assert!(!one.wants("s3:ObjectRemoved:Delete", "in/a.zip"));
        let text = serde_json::to_value(&all).expect("plain data");
        assert_eq!(serde_json::from_value::<Notifications>(text).expect("the same"), all);
    }

    #[test]
    fn what_overlaps_is_refused() {
        let good = |all: &[serde_json::Value]| of(all).check();
        let (put, all, gone) = ("s3:ObjectCreated:Put", "s3:ObjectCreated:*", "s3:ObjectRemoved:*");
        good(&[told(put, "a", ""), told(put, "b", ""), told(gone, "a", "")]).expect("apart");
        good(&[told(all, "a", "x"), told(put, "a", "y")]).expect("apart by the end");
        good(&[told(all, "a", ""), told(put, "ab", "")]).expect_err("one within the other");
        good(&[told(all, "", "jpg"), told(put, "", "g")]).expect_err("one within the other");
        good(&[told(put, "a", ""), told(put, "a", "")]).expect_err("twice the same");
        good(&[told("s3:ObjectRestore:*", "", "")]).expect_err("never happens");
        good(&[told("s3:*", "", "")]).expect_err("no kind");
    }
}

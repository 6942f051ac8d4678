//! The names of buses and rules, and the ARNs that name them.

use wire::arn::Arn;

use super::refusal::no_bus;
use crate::failure::Failure;
use crate::operation::Scope;

/// The bus that each account has in each region from the start.
pub(crate) const DEFAULT: &str = "default";

/// A bus, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct BusName {
    pub(crate) scope: Scope,
    pub(crate) name: String,
}

fn scope_of(arn: &Arn<'_>) -> Option<Scope> {
    let is_account = arn.account.len() == 12 && arn.account.bytes().all(|b| b.is_ascii_digit());
    let account = arn.account.parse().ok().filter(|_| is_account)?;
    Some(Scope { account, region: arn.region.to_owned() })
}

impl BusName {
    /// The bus that a name or an ARN tells; the default one where neither is given.
    pub(crate) fn read(scope: &Scope, given: Option<&str>) -> BusName {
        let given = given.unwrap_or(DEFAULT);
        let of_arn = Arn::parse(given).filter(|arn| arn.service == "events").and_then(|arn| {
            let name = arn.resource.strip_prefix("event-bus/")?.to_owned();
            Some(BusName { scope: scope_of(&arn)?, name })
        });
        of_arn.unwrap_or_else(|| BusName { scope: scope.clone(), name: given.to_owned() })
    }

    pub(crate) fn arn(&self) -> String {
        self.scope.arn("events", &format!("event-bus/{}", self.name))
    }

    /// The ARN of a rule of it.
    pub(crate) fn rule_arn(&self, rule: &str) -> String {
        match self.name.as_str() {
            DEFAULT => self.scope.arn("events", &format!("rule/{rule}")),
            bus => self.scope.arn("events", &format!("rule/{bus}/{rule}")),
        }
    }
}

/// What tags can be given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resource {
    Bus(BusName),
    Rule(BusName, String),
}

impl Resource {
    /// The bus or the rule that an ARN names.
    ///
    /// # Errors
    /// When it names neither.
    pub(crate) fn read(given: &str) -> Result<Resource, Failure> {
        Resource::of(given).ok_or_else(|| no_bus(given).into())
    }

    /// The number of the account whose it is.
    pub(crate) fn owner(&self) -> u64 {
        match self {
            Resource::Bus(bus) | Resource::Rule(bus, _) => bus.scope.account,
        }
    }

    pub(crate) fn of(given: &str) -> Option<Resource> {
        let arn = Arn::parse(given).filter(|arn| arn.service == "events")?;
        let scope = scope_of(&arn)?;
        if let Some(name) = arn.resource.strip_prefix("event-bus/") {
            return Some(Resource::Bus(BusName { scope, name: name.to_owned() }));
        }
        let rule = arn.resource.strip_prefix("rule/")?;
        let (bus, rule) = rule.rsplit_once('/').unwrap_or((DEFAULT, rule));
        Some(Resource::Rule(BusName { scope, name: bus.to_owned() }, rule.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buses_and_rules_are_named_by_arns() {
        let scope = Scope { account: 7, region: "eu-west-1".into() };
        let bus = BusName::read(&scope, Some("orders"));
        assert_eq!(bus.arn(), "arn:aws:events:eu-west-1:000000000007:event-bus/orders");
        assert_eq!(BusName::read(&scope, Some(&bus.arn())), bus);
        let other =
            BusName::read(&scope, Some("arn:aws:events:us-east-1:000000000008:event-bus/a"));
        assert_eq!((other.scope.account, other.name.as_str()), (8, "a"));
        assert_eq!(BusName::read(&scope, None).name, DEFAULT);
        for bus in [bus, BusName::read(&scope, None)] {
            let rule = Resource::of(&bus.rule_arn("r.1"));
            assert_eq!(rule, Some(Resource::Rule(bus.clone(), "r.1".into())));
            assert_eq!(Resource::of(&bus.arn()), Some(Resource::Bus(bus)));
        }
        assert_eq!(Resource::of("arn:aws:sqs:eu-west-1:000000000007:q"), None);
    }
}

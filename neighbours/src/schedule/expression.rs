//! Schedule expressions, of rules and of schedules, and the instants that they come to.

use super::cron::Cron;
use super::zone::Zone;

/// A minute, in milliseconds.
const MINUTE: i64 = 60_000;

/// When something is to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// Every so many milliseconds.
    Rate(i64),
    Cron(Cron),
    /// Once, at so many civil milliseconds.
    At(i64),
}

/// What is within `name(…)`.
fn within<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')
}

impl Expression {
    /// Reads the expression of a rule, whose units are singular for 1 and plural for more.
    pub(crate) fn of_rule(text: &str) -> Option<Expression> {
        let is_plural_right = |count, is_plural| (count == 1) != is_plural;
        match within(text, "rate") {
            Some(rate) => read_rate(rate, is_plural_right),
            None => Cron::parse(within(text, "cron")?).map(Expression::Cron),
        }
    }

    /// Reads the expression of a schedule, whose units may be either, and which may be one instant.
    pub(crate) fn of_schedule(text: &str) -> Option<Expression> {
        if let Some(at) = within(text, "at") {
            let is_whole = at.len() == 19;
            let millis = wire::time::parse_iso8601(&format!("{at}Z")).filter(|_| is_whole)?;
            // `2026-02-30` is read as a day of March, and is none.
            let is_date = wire::time::iso8601(millis).strip_suffix('Z') == Some(at);
            return is_date.then_some(Expression::At(millis));
        }
        match within(text, "rate") {
            Some(rate) => read_rate(rate, |_, _| true),
            None => Cron::parse(within(text, "cron")?).map(Expression::Cron),
        }
    }

    /// Whether it comes to one instant alone.
    pub(crate) fn is_once(&self) -> bool {
        matches!(self, Expression::At(_))
    }

    /// The first instant behind one; rates are counted from `from`, which is one of theirs.
    pub(crate) fn next(&self, zone: &Zone, from: i64, after: i64) -> Option<i64> {
        match self {
            Expression::Rate(_) if after < from => Some(from),
            Expression::Rate(period) => {
                from.checked_add(((after - from).div_euclid(*period) + 1).checked_mul(*period)?)
            }
            Expression::At(civil) => Some(zone.instant_of_once(*civil)).filter(|at| *at > after),
            Expression::Cron(cron) => {
                let mut minute = zone.civil(after).div_euclid(MINUTE);
                loop {
                    minute = cron.next(minute)?;
                    // What the clock passes over does not happen, and what it shows twice happens once.
                    if let Some(at) = zone.instant(minute * MINUTE).filter(|at| *at > after) {
                        return Some(at);
                    }
                }
            }
        }
    }

    /// The last instant until one, if there is any behind `after`.
    pub(crate) fn last(&self, zone: &Zone, from: i64, after: i64, until: i64) -> Option<i64> {
        if let Expression::Rate(period) = self {
            let last =
                from.checked_add((until - from).div_euclid(*period).checked_mul(*period)?)?;
            return Some(last).filter(|last| *last > after && *last >= from);
        }
        let mut last = None;
        let mut at = after;
        while let Some(next) = self.next(zone, from, at).filter(|next| *next <= until) {
            last = Some(next);
            at = next;
        }
        last
    }
}

fn read_rate(text: &str, is_spelled: impl Fn(i64, bool) -> bool) -> Option<Expression> {
    let (count, unit) = text.split_once(' ')?;
    let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    let count: i64 = count.parse().ok().filter(|count| is_number && *count > 0)?;
    let minutes = match unit.strip_suffix('s').unwrap_or(unit) {
        "minute" => 1,
        "hour" => 60,
        "day" => 24 * 60,
        _ => return None,
    };
    let period = count.checked_mul(minutes * MINUTE)?;
    is_spelled(count, unit.ends_with('s')).then_some(Expression::Rate(period))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(text: &str) -> i64 {
        wire::time::parse_iso8601(text).expect("a time")
    }

    fn after(text: &str, zone: &str, from: &str) -> Option<String> {
        let expression = Expression::of_schedule(text).expect("an expression");
        let zone = Zone::named(zone).expect("a zone");
        let from = millis(from);
        expression.next(&zone, from, from).map(wire::time::iso8601)
    }

    #[test]
    fn rates_of_rules_have_their_units() {
        for (text, minutes) in [
            ("rate(1 minute)", 1),
            ("rate(5 minutes)", 5),
            ("rate(1 hour)", 60),
            ("rate(12 hours)", 720),
            ("rate(1 day)", 1440),
            ("rate(07 days)", 7 * 1440),
        ] {
            assert_eq!(
                Expression::of_rule(text),
                Some(Expression::Rate(minutes * MINUTE)),
                "{text}"
            );
        }
        for text in [
            "rate(10 seconds)",
            "rate(10 years)",
            "rate(1 minutes)",
            "rate(1 hours)",
            "rate(1 days)",
            "rate(10 minute)",
            "rate(10 hour)",
            "rate(10 day)",
            "rate()",
            "rate(10)",
            "rate(10 minutess)",
            "rate(foo minutes)",
            "rate(0 minutes)",
            "rate(-10 minutes)",
            "rate(+10 minutes)",
            "rate(10 MINUTES)",
            "rate( 10 minutes )",
            " rate(10 minutes)",
            "rate(99999999999999999 minutes)",
            "at(2026-11-26T00:00:00)",
            "cron()",
            "",
        ] {
            assert_eq!(Expression::of_rule(text), None, "{text}");
        }
        for text in ["rate(1 minutes)", "rate(10 minute)", "rate(1 minute)"] {
            assert!(Expression::of_schedule(text).is_some(), "{text}");
        }
    }

    #[test]
    fn single_instants_are_read() {
        let at = millis("2026-11-26T16:25:07Z");
        assert_eq!(Expression::of_schedule("at(2026-11-26T16:25:07)"), Some(Expression::At(at)));
        for text in [
            "at(2021-12-31T23:59:59Z)",
            "at(2021-12-31)",
            "at(2021-12-31T23:59)",
            "at(2021-02-30T23:59:00)",
            "at(2021-12-31 23:59:00)",
            "at()",
        ] {
            assert_eq!(Expression::of_schedule(text), None, "{text}");
        }
    }

    #[test]
    fn rates_are_counted_from_their_beginning() {
        let rate = Expression::of_rule("rate(5 minutes)").expect("a rate");
        let zone = Zone::default();
        assert_eq!(rate.next(&zone, 1_000, 0), Some(1_000));
        assert_eq!(rate.next(&zone, 1_000, 1_000), Some(301_000));
        assert_eq!(rate.next(&zone, 1_000, 300_999), Some(301_000));
        assert_eq!(rate.last(&zone, 1_000, 1_000, 900_000), Some(601_000));
        assert_eq!(rate.last(&zone, 1_000, 601_000, 900_000), None);
    }

    #[test]
    fn zones_have_their_own_noons() {
        let noon = "cron(0 12 * * ? *)";
        let from = "2026-11-26T00:00:00Z";
        assert_eq!(after(noon, "UTC", from).as_deref(), Some("2026-11-26T12:00:00Z"));
        assert_eq!(after(noon, "Europe/Berlin", from).as_deref(), Some("2026-11-26T11:00:00Z"));
        assert_eq!(after(noon, "America/New_York", from).as_deref(), Some("2026-11-26T17:00:00Z"));
        assert_eq!(after(noon, "Asia/Kolkata", from).as_deref(), Some("2026-11-26T06:30:00Z"));
        let once = "at(2026-07-01T12:00:00)";
        let from = "2026-01-01T00:00:00Z";
        assert_eq!(after(once, "Europe/Berlin", from).as_deref(), Some("2026-07-01T10:00:00Z"));
        assert_eq!(after(once, "Europe/Berlin", "2026-07-01T10:00:00Z"), None);
    }

    #[test]
    fn what_the_clock_passes_over_is_skipped_and_what_it_shows_twice_is_once() {
        let daily = "cron(30 2 * * ? *)";
        // On 29 March 2026 there is no 02:30 in Berlin, on 25 October there are two.
        let next = after(daily, "Europe/Berlin", "2026-03-28T12:00:00Z");
        assert_eq!(next.as_deref(), Some("2026-03-30T00:30:00Z"));
        let next = after(daily, "Europe/Berlin", "2026-10-24T12:00:00Z");
        assert_eq!(next.as_deref(), Some("2026-10-25T00:30:00Z"));
        let next = after(daily, "Europe/Berlin", "2026-10-25T00:30:00Z");
        assert_eq!(next.as_deref(), Some("2026-10-26T01:30:00Z"));
        let next = after(daily, "Europe/Berlin", "2026-10-25T01:10:00Z");
        assert_eq!(next.as_deref(), Some("2026-10-26T01:30:00Z"));
        // Far ahead the rule goes on.
        let next = after("cron(0 12 1 7 ? 2150)", "Europe/Berlin", "2026-03-28T12:00:00Z");
        assert_eq!(next.as_deref(), Some("2150-07-01T10:00:00Z"));
    }
}

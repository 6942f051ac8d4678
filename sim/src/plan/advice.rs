//! Advice: sentences that follow from a replay, each with its figures, the weightiest first.

use std::collections::BTreeMap;

use super::layout::Layout;
use super::report::{Report, SubnetUse};

/// Addresses of a subnet that AWS keeps.
const KEPT: u32 = 5;

/// What the replay advises; one sentence that all is well when there is nothing to advise.
pub fn advice(report: &Report, layout: &Layout) -> Vec<String> {
    let mut advice = Vec::new();
    subnets(report, &mut advice);
    quotas(report, &mut advice);
    equal_groups(report, layout, &mut advice);
    concurrency(report, &mut advice);
    keep_alive(report, &mut advice);
    unused(report, layout, &mut advice);
    if advice.is_empty() {
        let counts = &report.counts;
        advice.push(format!(
            "nothing ran out: all of {} were served, and every subnet had addresses left",
            calls(counts.calls)
        ));
    }
    advice
}

fn calls(count: u64) -> String {
    if count == 1 { "1 call".into() } else { format!("{count} calls") }
}

/// The shortest prefix whose block holds so many addresses beside those that AWS keeps.
fn prefix_for(addresses: u32) -> Option<u8> {
    (16..=28).rev().find(|prefix| (1u32 << (32 - prefix)) - KEPT >= addresses)
}

/// With a tenth to spare.
fn spared(wanted: u32) -> u32 {
    wanted + wanted.div_ceil(10)
}

fn prefix_of(subnet: &SubnetUse) -> u8 {
    subnet.cidr.split_once('/').and_then(|(_, prefix)| prefix.parse().ok()).unwrap_or(32)
}

fn subnets(report: &Report, advice: &mut Vec<String>) {
    for subnet in report.subnets.iter().filter(|subnet| subnet.full_at.is_some()) {
        let SubnetUse { name, cidr, usable, wanted, full_seconds, .. } = subnet;
        let lasted = format!("it was full for {full_seconds:.0} s");
        advice.push(match prefix_for(spared(*wanted)) {
            Some(prefix) if prefix < prefix_of(subnet) => format!(
                "subnet {name} needs a /{prefix}: at most {wanted} addresses were wanted at once, \
                 {cidr} has {usable}; {lasted}"
            ),
            Some(_) => {
                format!("subnet {name} ({cidr}, {usable} addresses) is just large enough: {lasted}")
            }
            None => format!(
                "no subnet is as large as {name} must be: {wanted} addresses were wanted at once; \
                 use more subnets, or the hyperplane model"
            ),
        });
    }
    let full = report.subnets.iter().find(|subnet| subnet.full_at.is_some());
    let empty = report.subnets.iter().filter(|each| each.full_at.is_none() && each.usable > 0);
    if let (Some(full), Some(other)) = (full, empty.max_by_key(|each| each.usable - each.peak)) {
        advice.push(format!(
            "round-robin gives subnets equal parts whatever their sizes: {} was full while {} had \
             {} addresses free at the least",
            full.name,
            other.name,
            other.usable - other.peak,
        ));
    }
}

fn quotas(report: &Report, advice: &mut Vec<String>) {
    let Some(ran_out) = report.exhaustions.iter().find(|each| each.of == "ENIs per VPC") else {
        return;
    };
    let environments = report.peaks.iter().find(|peak| peak.of == "environments");
    let most = environments.map_or(0.0, |peak| peak.value);
    let other = match report.eni_model {
        "classic" => "or use the hyperplane model, whose ENIs do not grow with concurrency",
        _ => "or let functions share security-group sets",
    };
    advice.push(format!(
        "the quota of {} ENIs per VPC was reached and {} refused: ask for at least {}, {other}",
        ran_out.bound,
        calls(ran_out.refused),
        spared(most as u32).max(ran_out.bound as u32 + 1),
    ));
}

fn equal_groups(report: &Report, layout: &Layout, advice: &mut Vec<String>) {
    // Sets in use: which subnets, and what they let through together.
    type Effect<'a> = (&'a str, Vec<&'a str>, Vec<&'a str>);
    let groups: BTreeMap<&str, _> =
        layout.groups.iter().map(|group| (group.name.as_str(), group)).collect();
    let mut sets: BTreeMap<Effect<'_>, BTreeMap<Vec<&str>, Vec<&str>>> = BTreeMap::new();
    for function in layout.functions.iter().filter(|each| !each.subnets.is_empty()) {
        let mut names: Vec<&str> = function.groups.iter().map(String::as_str).collect();
        names.sort_unstable();
        let rules = |of: fn(&super::layout::GroupLayout) -> &Vec<String>| {
            let known = names.iter().filter_map(|name| groups.get(name));
            let mut rules: Vec<&str> = known.flat_map(|g| of(g)).map(String::as_str).collect();
            rules.sort_unstable();
            rules.dedup();
            rules
        };
        let vpc = names.first().and_then(|name| groups.get(name)).map_or("", |g| g.vpc.as_str());
        let effect = (vpc, rules(|group| &group.ingress), rules(|group| &group.egress));
        let subnets = sets.entry(effect).or_default().entry(names.clone()).or_default();
        subnets.extend(function.subnets.iter().map(String::as_str));
        subnets.sort_unstable();
        subnets.dedup();
    }
    for equal in sets.values().filter(|equal| equal.len() > 1) {
        let pairs: usize = equal.values().map(Vec::len).sum();
        let mut all: Vec<_> = equal.values().flatten().collect();
        all.sort_unstable();
        all.dedup();
        let mut names: Vec<_> = equal.keys().map(|names| names.join("+")).collect();
        names.truncate(6);
        let saved = match report.eni_model {
            "hyperplane" => format!("one set saves {} ENIs", pairs - all.len()),
            _ => "one set would do".into(),
        };
        advice.push(format!(
            "these {} security-group sets are equal in effect ({}): {saved}",
            equal.len(),
            names.join(", "),
        ));
    }
}

fn concurrency(report: &Report, advice: &mut Vec<String>) {
    for ran_out in &report.exhaustions {
        if ran_out.of == "concurrency" {
            advice.push(format!(
                "the limit of {} concurrent executions was reached and {} throttled: ask for more, \
                 or spread the load",
                ran_out.bound,
                calls(ran_out.refused),
            ));
        } else if let Some(function) = ran_out.of.strip_prefix("reserved concurrency of ") {
            advice.push(format!(
                "function {function} was throttled {} times by its reserved concurrency of {}",
                ran_out.refused, ran_out.bound,
            ));
        }
    }
}

fn keep_alive(report: &Report, advice: &mut Vec<String>) {
    let counts = &report.counts;
    let served = counts.cold + counts.reused;
    if served == 0 {
        return;
    }
    let (busy, idle) = (report.busy_gb_seconds, report.idle_gb_seconds);
    let share = 100.0 * counts.cold as f64 / served as f64;
    if idle > 20.0 * busy && share < 1.0 && busy > 0.0 {
        advice.push(format!(
            "environments idled {:.0} times as long as they ran (by memory) for {share:.2} % of cold \
             starts: a shorter keep-alive than {} would save memory and addresses",
            idle / busy,
            report.keep_alive,
        ));
    }
    let always = report.functions_by_cost.iter().filter(|each| each.calls >= 10);
    let always: Vec<_> = always.filter(|each| each.cold * 10 >= each.calls * 9).collect();
    if let Some(first) = always.first() {
        advice.push(format!(
            "function {} started an environment for {} of its {}: they come further apart than the \
             keep-alive of {}",
            first.name,
            first.cold,
            calls(first.calls),
            report.keep_alive,
        ));
    }
}

fn unused(report: &Report, layout: &Layout, advice: &mut Vec<String>) {
    for subnet in &report.subnets {
        let Some(fit) = prefix_for(spared(subnet.wanted.max(1))) else { continue };
        // Four sizes too large: one in sixteen addresses was ever used.
        if subnet.full_at.is_none() && fit >= prefix_of(subnet) + 4 {
            advice.push(format!(
                "subnet {} ({}) held {} addresses at most: a /{fit} would do",
                subnet.name, subnet.cidr, subnet.peak,
            ));
        }
    }
    let reserved = layout.functions.iter().filter_map(|each| Some((each, each.reserved?)));
    for (function, reserved) in reserved {
        let used = report.functions_by_cost.iter().find(|each| each.name == function.name);
        if let Some(used) = used
            && used.environments * 4 <= reserved
        {
            advice.push(format!(
                "function {} has {reserved} reserved and used {} at most",
                function.name, used.environments
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::layout::{FunctionLayout, GroupLayout};
    use crate::plan::report::{Counts, Exhaustion, Peak, Series};
    use engine::explain::Explanation;

    fn report() -> Report {
        Report {
            title: String::new(),
            eni_model: "hyperplane",
            keep_alive: "fixed 300 s".into(),
            functions: 1,
            vpc_functions: 1,
            begin: 0,
            seconds: 60.0,
            counts: Counts { calls: 7, answered: 7, cold: 2, reused: 5, ..Counts::default() },
            peaks: vec![Peak {
                of: "environments".into(),
                value: 700.0,
                bound: None,
                unit: "environments",
                at: 0.0,
                cause: String::new(),
            }],
            exhaustions: Vec::new(),
            subnets: Vec::new(),
            series: Series::default(),
            busy_gb_seconds: 1.0,
            idle_gb_seconds: 1.0,
            functions_by_cost: Vec::new(),
            advice: Vec::new(),
            steps: 0,
            hash: String::new(),
        }
    }

    fn subnet(cidr: &str, usable: u32, wanted: u32, full_at: Option<f64>) -> SubnetUse {
        SubnetUse {
            name: "a".into(),
            cidr: cidr.into(),
            usable,
            peak: wanted.min(usable),
            peak_at: 0.0,
            wanted,
            full_at,
            full_seconds: 9.0,
        }
    }

    #[test]
    fn a_run_in_which_nothing_is_wrong_says_so_once() {
        let said = advice(&report(), &Layout::default());
        assert_eq!(
            said,
            ["nothing ran out: all of 7 calls were served, and every subnet had addresses left"]
        );
    }

    #[test]
    fn a_full_subnet_is_given_the_size_that_holds_what_was_wanted() {
        let mut report = report();
        report.subnets = vec![subnet("10.0.0.0/26", 59, 93, Some(1.0))];
        let said = advice(&report, &Layout::default());
        assert_eq!(
            said,
            [
                "subnet a needs a /25: at most 93 addresses were wanted at once, 10.0.0.0/26 has 59; it was full for 9 s"
            ]
        );
        report.subnets = vec![subnet("10.0.0.0/20", 4091, 20, None)];
        let said = advice(&report, &Layout::default());
        assert_eq!(said, ["subnet a (10.0.0.0/20) held 20 addresses at most: a /27 would do"]);
    }

    #[test]
    fn sets_that_are_equal_in_effect_are_counted_in_enis() {
        let group = |name: &str, rule: &str| GroupLayout {
            name: name.into(),
            vpc: "v".into(),
            ingress: Vec::new(),
            egress: vec![rule.into()],
        };
        let function = |name: &str, group: &str| FunctionLayout {
            name: name.into(),
            subnets: vec!["a".into(), "b".into()],
            groups: vec![group.into()],
            ..FunctionLayout::default()
        };
        let layout = Layout {
            groups: vec![
                group("x", "all 0.0.0.0/0"),
                group("y", "all 0.0.0.0/0"),
                group("z", "tcp 1-1 10.0.0.0/8"),
            ],
            functions: vec![function("f", "x"), function("g", "y"), function("h", "z")],
            ..Layout::default()
        };
        let said = advice(&report(), &layout);
        assert_eq!(
            said,
            ["these 2 security-group sets are equal in effect (x, y): one set saves 2 ENIs"]
        );
    }

    #[test]
    fn a_quota_that_was_reached_is_named_with_what_was_refused() {
        let mut report = report();
        report.exhaustions = vec![Exhaustion {
            of: "ENIs per VPC".into(),
            bound: 500,
            at: 1.0,
            refused: 12,
            passed_over: 0,
            because: Explanation::with(String::new(), Vec::new()),
        }];
        let said = advice(&report, &Layout::default());
        assert_eq!(
            said,
            [
                "the quota of 500 ENIs per VPC was reached and 12 calls refused: ask for at least 770, or let functions share security-group sets"
            ]
        );
    }
}

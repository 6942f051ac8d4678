//! Advice: sentences that follow from a replay, each with its figures, the weightiest first.

use std::collections::{BTreeMap, BTreeSet};

use engine::record::function::EniModel;

use super::layout::{FunctionLayout, GroupLayout, Layout, subnet};
use super::report::{FunctionUse, Report, SubnetUse};

/// Addresses of a subnet that AWS keeps.
const KEPT: u32 = 5;

/// What the replay advises, and the same with nothing that runs out, where that was replayed; one
/// sentence that all is well when there is nothing to advise.
pub fn advice(report: &Report, roomy: Option<&Report>, layout: &Layout) -> Vec<String> {
    let mut advice = Vec::new();
    subnets(report, &mut advice);
    quotas(report, roomy, layout, &mut advice);
    equal_groups(report, layout, &mut advice);
    concurrency(report, roomy, &mut advice);
    keep_alive(report, &mut advice);
    inactive(report, &mut advice);
    unused(report, layout, &mut advice);
    if advice.is_empty() {
        let served = counted(report.counts.calls, "call");
        advice.push(match report.subnets.is_empty() {
            true => format!("nothing ran out: all of {served} were served"),
            false => format!(
                "nothing ran out: all of {served} were served, and every subnet had addresses left"
            ),
        });
    }
    advice
}

/// A number of things, with the plural of their name.
fn counted(count: impl Into<u64>, what: &str) -> String {
    let plural = match what.strip_suffix("address") {
        Some(_) => "es",
        None => "s",
    };
    match count.into() {
        1 => format!("1 {what}"),
        count => format!("{} {what}{plural}", number(count)),
    }
}

/// A number with its thousands apart.
fn number(count: u64) -> String {
    match count {
        0..1000 => count.to_string(),
        _ => format!("{},{:03}", number(count / 1000), count % 1000),
    }
}

/// Seconds as people say them.
fn lasting(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 120.0 => format!("{seconds:.0} s"),
        seconds if seconds < 7200.0 => format!("{:.0} min", seconds / 60.0),
        seconds => format!("{:.1} h", seconds / 3600.0),
    }
}

/// The shortest prefix whose block holds so many addresses beside those that AWS keeps.
fn prefix_for(addresses: u32) -> Option<u8> {
    (16..=28).rev().find(|prefix| (1u32 << (32 - prefix)) - KEPT >= addresses)
}

/// With a tenth to spare.
fn spared(wanted: u32) -> u32 {
    wanted.saturating_add(wanted.div_ceil(10))
}

fn prefix_of(subnet: &SubnetUse) -> u8 {
    subnet.cidr.split_once('/').and_then(|(_, prefix)| prefix.parse().ok()).unwrap_or(32)
}

/// The highest value of a peak by its name.
fn peak(report: &Report, of: &str) -> u32 {
    report.peaks.iter().find(|peak| peak.of == of).map_or(0, |peak| peak.value as u32)
}

fn subnets(report: &Report, advice: &mut Vec<String>) {
    for subnet in report.subnets.iter().filter(|subnet| subnet.full_at.is_some()) {
        let SubnetUse { cidr, usable, wanted, full_seconds, .. } = subnet;
        let name = self::subnet(&subnet.name);
        let lasted = format!("it was full for {}", lasting(*full_seconds));
        let at_most = format!("at most {} wanted at once", were(*wanted, "address"));
        advice.push(match prefix_for(spared(*wanted)) {
            Some(prefix) if wanted > usable => format!(
                "{name} needs a /{prefix}, with a tenth to spare: {at_most}, {cidr} has \
                 {usable}; {lasted}"
            ),
            Some(prefix) if wanted == usable => format!(
                "{name} ({cidr}, {}) is just large enough, a /{prefix} has a tenth to \
                 spare; {lasted}",
                counted(*usable, "address"),
            ),
            Some(_) => format!(
                "{name} ({cidr}, {}) is large enough once the others are: {at_most} of it \
                 then; {lasted}",
                counted(*usable, "address"),
            ),
            None => format!(
                "no subnet is as large as {name} must be: {at_most}; use more subnets, or the \
                 hyperplane model"
            ),
        });
    }
    let full = report.subnets.iter().find(|subnet| subnet.full_at.is_some());
    let empty = report.subnets.iter().filter(|each| each.full_at.is_none() && each.usable > 0);
    if let (Some(full), Some(other)) = (full, empty.max_by_key(|each| each.usable - each.peak)) {
        advice.push(format!(
            "each function takes its subnets in turn, from its first one on and whatever their \
             sizes: {} was full while {} had {} free at the least",
            full.name,
            other.name,
            counted(other.usable - other.peak, "address"),
        ));
    }
}

fn were(count: u32, what: &str) -> String {
    format!("{} {}", counted(count, what), if count == 1 { "was" } else { "were" })
}

fn quotas(report: &Report, roomy: Option<&Report>, layout: &Layout, advice: &mut Vec<String>) {
    let wanted = peak(roomy.unwrap_or(report), "ENIs");
    let other = match report.eni_model {
        "classic" => "or use the hyperplane model, whose ENIs do not grow with concurrency",
        _ => "or let functions share security-group sets",
    };
    if let Some(ran_out) = report.exhaustions.iter().find(|each| each.of == "ENIs per VPC") {
        advice.push(format!(
            "the quota of {} ENIs per VPC was reached and {} refused: ask for at least {} ({} \
             wanted at once), {other}",
            ran_out.bound,
            counted(ran_out.refused, "call"),
            spared(wanted).max(ran_out.bound as u32 + 1),
            were(wanted, "ENI"),
        ));
        return;
    }
    // How the ENIs that are wanted lie in several VPCs is not told.
    let vpcs: BTreeSet<&str> = layout.subnets.iter().map(|each| each.vpc.as_str()).collect();
    let bound = report.peaks.iter().find(|peak| peak.of == "ENIs").and_then(|peak| peak.bound);
    if let Some(bound) = bound
        && vpcs.len() == 1
        && f64::from(wanted) > bound
    {
        advice.push(format!(
            "with room in the subnets the quota of {bound} ENIs per VPC is reached next: ask for at \
             least {} ({} wanted at once), {other}",
            spared(wanted),
            were(wanted, "ENI"),
        ));
    }
}

/// What a set of security groups comes to: its VPC, what it lets in and out, and who refers to it.
type Effect = (String, BTreeSet<String>, BTreeSet<String>, BTreeSet<String>);

fn effect(set: &BTreeSet<&str>, groups: &[GroupLayout]) -> Effect {
    let of_set = || groups.iter().filter(|group| set.contains(group.name.as_str()));
    let vpc = of_set().next().map_or_else(String::new, |group| group.vpc.clone());
    // What lets a group's own members pass lets other members pass than that of another group.
    let rules = |of: fn(&GroupLayout) -> &Vec<String>| -> BTreeSet<String> {
        let rules = of_set().flat_map(|group| {
            let own = format!("group:{}", group.name);
            of(group).iter().map(move |rule| rule.replace("group:self", &own))
        });
        rules.collect()
    };
    let mut referring = BTreeSet::new();
    for group in groups {
        for (side, rules) in [("in", &group.ingress), ("out", &group.egress)] {
            for rule in rules {
                let Some((what, peer)) = rule.split_once("group:") else { continue };
                if set.contains(peer) {
                    referring.insert(format!("{} {side} {what}", group.name));
                }
            }
        }
    }
    (vpc, rules(|group| &group.ingress), rules(|group| &group.egress), referring)
}

fn equal_groups(report: &Report, layout: &Layout, advice: &mut Vec<String>) {
    let shares = |function: &&FunctionLayout| match function.eni_model {
        Some(model) => model == EniModel::Hyperplane,
        None => report.eni_model == "hyperplane",
    };
    // The subnets in which each set has an ENI.
    let mut sets: BTreeMap<BTreeSet<&str>, BTreeSet<&str>> = BTreeMap::new();
    for function in layout.functions.iter().filter(shares).filter(|each| !each.subnets.is_empty()) {
        let set = function.groups.iter().map(String::as_str).collect();
        sets.entry(set).or_default().extend(function.subnets.iter().map(String::as_str));
    }
    let mut equal: BTreeMap<Effect, Vec<BTreeSet<&str>>> = BTreeMap::new();
    for set in sets.keys().filter(|set| !set.is_empty()) {
        equal.entry(effect(set, &layout.groups)).or_default().push(set.clone());
    }
    for equal in equal.values().filter(|equal| equal.len() > 1) {
        let pairs: usize = equal.iter().map(|set| sets[set].len()).sum();
        let together: BTreeSet<&str> = equal.iter().flat_map(|set| sets[set].clone()).collect();
        let name = |set: &BTreeSet<&str>| set.iter().copied().collect::<Vec<_>>().join("+");
        let mut names: Vec<_> = equal.iter().take(6).map(name).collect();
        if equal.len() > names.len() {
            names.push(format!("and {} more", equal.len() - names.len()));
        }
        let saved = (pairs - together.len()) as u64;
        if saved > 0 {
            advice.push(format!(
                "these {} security-group sets are equal in effect ({}): one set saves {}",
                equal.len(),
                names.join(", "),
                counted(saved, "ENI"),
            ));
        }
    }
}

fn concurrency(report: &Report, roomy: Option<&Report>, advice: &mut Vec<String>) {
    for ran_out in &report.exhaustions {
        let throttled = counted(ran_out.refused, "call");
        if ran_out.of == "concurrency" {
            let wanted = roomy.map_or(0, |roomy| peak(roomy, "concurrency"));
            let ask = match u64::from(wanted) > ran_out.bound {
                true => {
                    format!("ask for at least {} ({wanted} would run at once)", spared(wanted))
                }
                false => "ask for more".into(),
            };
            advice.push(format!(
                "the limit of {} was reached and {throttled} throttled: {ask}, or spread the load",
                counted(ran_out.bound, "concurrent execution"),
            ));
        } else if let Some(function) = ran_out.of.strip_prefix("reserved concurrency of ") {
            advice.push(format!(
                "{throttled} of function {function} {} throttled by its reserved concurrency of {}",
                if ran_out.refused == 1 { "was" } else { "were" },
                ran_out.bound,
            ));
        }
    }
}

fn keep_alive(report: &Report, advice: &mut Vec<String>) {
    let counts = &report.counts;
    let served = counts.cold + counts.reused;
    // Only a fixed time is longer or shorter.
    let Some(kept) = report.keep_alive.strip_prefix("fixed ").filter(|_| served > 0) else {
        return;
    };
    let (busy, idle) = (report.busy_gb_seconds, report.idle_gb_seconds);
    let share = 100.0 * counts.cold as f64 / served as f64;
    if idle > 20.0 * busy && share < 1.0 && busy > 0.0 {
        advice.push(format!(
            "environments held {:.0} times the GB-seconds of running calls while idle, and {share:.2} \
             % of the calls were cold starts: a keep-alive shorter than {kept} saves memory and \
             addresses",
            idle / busy,
        ));
    }
    // Those whose environments were there at once had a burst, which no time helps.
    let is_always_cold = |each: &&FunctionUse| {
        each.calls >= 10
            && each.cold * 10 >= each.calls * 9
            && u64::from(each.environments) * 2 <= each.cold
    };
    let mut always = report.functions_by_cost.iter().filter(is_always_cold);
    // After a timeout every call begins with an init.
    if let Some(first) = always.next().filter(|_| counts.timed_out * 10 < served) {
        advice.push(format!(
            "function {} started an environment for {} of its {}: they come further apart than the \
             keep-alive of {kept}",
            first.name,
            first.cold,
            counted(first.calls, "call"),
        ));
    }
}

fn inactive(report: &Report, advice: &mut Vec<String>) {
    let refused = report.counts.refused_otherwise;
    if refused > 0 {
        advice.push(format!(
            "{} found a function without ENIs: one in a VPC becomes inactive when it is not called \
             for 14 days, and the next call is refused while its ENIs are made again",
            counted(refused, "call"),
        ));
    }
}

fn unused(report: &Report, layout: &Layout, advice: &mut Vec<String>) {
    let needed = |each: &SubnetUse| each.wanted.max(each.peak);
    let (empty, held): (Vec<_>, Vec<_>) = report.subnets.iter().partition(|each| needed(each) == 0);
    if !empty.is_empty() {
        let names: Vec<_> = empty.iter().map(|each| each.name.as_str()).collect();
        advice.push(format!("no function had an address of {}", names.join(", ")));
    }
    for used in held {
        let Some(fit) = prefix_for(spared(needed(used))) else { continue };
        // Four sizes too large: one in sixteen addresses was ever used.
        if used.full_at.is_none() && fit >= prefix_of(used) + 4 {
            advice.push(format!(
                "{} ({}) held {} at most: a /{fit} would do",
                subnet(&used.name),
                used.cidr,
                counted(used.peak, "address"),
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
    use crate::plan::layout::{FunctionLayout, GroupLayout, Taken};
    use crate::plan::report::{Counts, Exhaustion, Peak, Series};
    use engine::tell::explain::Explanation;

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
            taken: Taken::default(),
            peak: wanted.min(usable),
            peak_at: 0.0,
            wanted,
            full_at,
            full_seconds: 9.0,
        }
    }

    #[test]
    fn a_run_in_which_nothing_is_wrong_says_so_once() {
        let said = advice(&report(), None, &Layout::default());
        assert_eq!(said, ["nothing ran out: all of 7 calls were served"]);
        let mut report = report();
        report.subnets = vec![subnet("10.0.0.0/28", 11, 3, None)];
        let said = advice(&report, None, &Layout::default());
        assert_eq!(
            said,
            ["nothing ran out: all of 7 calls were served, and every subnet had addresses left"]
        );
    }

    #[test]
    fn a_full_subnet_is_given_the_size_that_holds_what_was_wanted() {
        let mut report = report();
        report.subnets = vec![subnet("10.0.0.0/26", 59, 93, Some(1.0))];
        let said = advice(&report, None, &Layout::default());
        assert_eq!(
            said,
            [
                "subnet a needs a /25, with a tenth to spare: at most 93 addresses were wanted at once, 10.0.0.0/26 has 59; it was full for 9 s"
            ]
        );
        report.subnets[0].wanted = 1;
        let said = advice(&report, None, &Layout::default());
        assert_eq!(
            said,
            [
                "subnet a (10.0.0.0/26, 59 addresses) is large enough once the others are: at most 1 address was wanted at once of it then; it was full for 9 s"
            ]
        );
        report.subnets = vec![subnet("10.0.0.0/20", 4091, 20, None)];
        assert_eq!(counted(1_002_003_u32, "call"), "1,002,003 calls");
        let said = advice(&report, None, &Layout::default());
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
        let said = advice(&report(), None, &layout);
        let equal = "these 2 security-group sets are equal in effect (x, y): one set saves 2 ENIs";
        assert_eq!(said, [equal]);
        let mut classic = report();
        classic.eni_model = "classic";
        assert!(!advice(&classic, None, &layout).contains(&equal.to_owned()));
        // The database lets one of them in, and each lets its own members in.
        for rule in ["tcp 5432-5432 group:x", "all group:self"] {
            let mut layout = layout.clone();
            match rule {
                "all group:self" => {
                    layout.groups[0].ingress.push(rule.into());
                    layout.groups[1].ingress.push(rule.into());
                }
                rule => layout.groups[2].ingress.push(rule.into()),
            }
            let said = advice(&report(), None, &layout);
            assert!(!said.contains(&equal.to_owned()), "{rule}: {said:?}");
        }
    }

    #[test]
    fn a_burst_is_no_matter_of_keep_alive() {
        let mut report = report();
        let used = |environments| FunctionUse {
            name: "f".into(),
            calls: 20,
            cold: 20,
            refused: 0,
            environments,
            memory: 128,
            gb_seconds: 1.0,
        };
        report.functions_by_cost = vec![used(20)];
        assert!(advice(&report, None, &Layout::default())[0].starts_with("nothing ran out"));
        report.functions_by_cost = vec![used(1)];
        assert!(
            advice(&report, None, &Layout::default())[0]
                .starts_with("function f started an environment for 20 of its 20 calls")
        );
        report.keep_alive = "hybrid histogram of 240 min".into();
        assert!(advice(&report, None, &Layout::default())[0].starts_with("nothing ran out"));
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
        let mut roomy = super::tests::report();
        roomy.peaks[0].of = "ENIs".into();
        let said = advice(&report, Some(&roomy), &Layout::default());
        assert_eq!(
            said,
            [
                "the quota of 500 ENIs per VPC was reached and 12 calls refused: ask for at least 770 (700 ENIs were wanted at once), or let functions share security-group sets"
            ]
        );
    }
}

//! What is counted, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::sync::atomic::Ordering;

use engine::compute::environment::Phase;
use engine::id::{MappingId, SubnetId, VpcId};
use engine::record::eni::EniUser;
use engine::scope::Scope;

use crate::driver::Driver;
use crate::metrics::figures::{BOUNDS, RESULTS, Totals};
use crate::metrics::{CLASSES, KINDS, Metrics, REASONS};

/// Subnets that have labels of their own, and event source mappings.
const SUBNETS: usize = 500;

/// Metrics as they are written, one family after the other.
#[derive(Default)]
struct Text(String);

impl Text {
    /// Begins a family.
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// One value of the family that was begun.
    fn value(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (place, (label, text)) in labels.iter().enumerate() {
            let _ = write!(self.0, "{}{label}=\"", if place == 0 { '{' } else { ',' });
            for char in text.chars() {
                match char {
                    '"' | '\\' => self.0.extend(['\\', char]),
                    '\n' => self.0.push_str("\\n"),
                    _ => self.0.push(char),
                }
            }
            self.0.push('"');
        }
        if !labels.is_empty() {
            self.0.push('}');
        }
        let _ = writeln!(self.0, " {value}");
    }

    /// A family of one value.
    fn single(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.family(name, kind, help);
        self.value(name, &[], value);
    }
}

/// All that there is to tell.
pub(crate) fn text(driver: &Driver) -> String {
    let metrics = driver.metrics();
    let mut text = Text::default();
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    text.family("warren_build_info", "gauge", "The version that runs.");
    text.value("warren_build_info", &version, 1);
    functions(&mut text, metrics);
    state(&mut text, driver);
    counters(&mut text, metrics);
    if let Some(tracer) = driver.tracer() {
        let help = "Invocations of which no spans were sent.";
        text.single("warren_lost_traces_total", "counter", help, tracer.lost());
    }
    process(&mut text);
    text.0
}

/// What belongs to functions; those without labels of their own are told together.
fn functions(text: &mut Text, metrics: &Metrics) {
    let all: Vec<_> = metrics
        .functions()
        .iter()
        .map(|(name, figures)| (figures.is_labelled.then(|| name.clone()), figures.totals()))
        .collect();
    let mut told: BTreeMap<Option<(Scope, String)>, Totals> = BTreeMap::new();
    for (name, totals) in all {
        told.entry(name).or_default().join(&totals);
    }
    let told: Vec<([String; 3], Totals)> = told
        .into_iter()
        .map(|(name, totals)| match name {
            Some((scope, name)) => ([format!("{:012}", scope.account), scope.region, name], totals),
            None => ([String::new(), String::new(), String::new()], totals),
        })
        .collect();
    let name = "warren_invocations_total";
    text.family(
        name,
        "counter",
        "Invocations and attempts of asynchronous ones, by how they ended.",
    );
    for (labels, totals) in &told {
        for (result, count) in RESULTS.iter().zip(totals.results) {
            if count > 0 {
                text.value(name, &with(labels, &[("result", result)]), count);
            }
        }
    }
    histogram(text, &told);
    urls(text, &told);
    for (name, help, of) in [
        (
            "warren_cold_starts_total",
            "Environments started.",
            (|totals| totals.starts) as fn(&Totals) -> u64,
        ),
        ("warren_events_received_total", "Asynchronous events accepted.", |t| t.received),
        ("warren_events_dropped_total", "Asynchronous events given up.", |t| t.dropped),
    ] {
        text.family(name, "counter", help);
        for (labels, totals) in &told {
            text.value(name, &with(labels, &[]), of(totals));
        }
    }
}

/// Requests to the URLs of functions.
fn urls(text: &mut Text, told: &[([String; 3], Totals)]) {
    let name = "warren_url_requests_total";
    text.family(name, "counter", "Requests to URLs of functions, by the class of their status.");
    for (labels, totals) in told {
        for (class, count) in CLASSES.iter().zip(totals.urls).filter(|(_, count)| *count > 0) {
            text.value(name, &with(labels, &[("status", class)]), count);
        }
    }
    let name = "warren_url_request_seconds";
    text.family(name, "summary", "How long requests to URLs of functions took.");
    for (labels, totals) in told.iter().filter(|(_, totals)| totals.urls.iter().sum::<u64>() > 0) {
        text.value(&format!("{name}_sum"), &with(labels, &[]), totals.url_millis / 1e3);
        text.value(&format!("{name}_count"), &with(labels, &[]), totals.urls.iter().sum::<u64>());
    }
}

/// The labels of a function, and more.
fn with<'a>(function: &'a [String; 3], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let [account, region, name] = function;
    let of = [("account", account.as_str()), ("region", region), ("function", name)];
    of.iter().chain(more).copied().collect()
}

fn histogram(text: &mut Text, told: &[([String; 3], Totals)]) {
    let name = "warren_invocation_duration_seconds";
    text.family(name, "histogram", "Durations of invocations, as REPORT tells them.");
    for (labels, totals) in told {
        let mut below = 0;
        let bounds = BOUNDS.iter().map(|millis| (millis / 1e3).to_string());
        for (bound, count) in bounds.chain(["+Inf".to_owned()]).zip(totals.durations) {
            below += count;
            text.value(&format!("{name}_bucket"), &with(labels, &[("le", &bound)]), below);
        }
        text.value(&format!("{name}_sum"), &with(labels, &[]), totals.millis / 1e3);
        text.value(&format!("{name}_count"), &with(labels, &[]), below);
    }
}

/// What the engine has at present.
struct State {
    phases: Vec<(Phase, u32)>,
    enis: BTreeMap<&'static str, u32>,
    subnets: Vec<(Scope, VpcId, SubnetId, u32)>,
    free: u64,
    in_flight: u64,
    events: usize,
    /// Of each mapping the records that are read and wait, and those of a topic that are not done.
    mappings: Vec<(MappingId, usize, u64)>,
}

/// Copied while the engine is held, and told once it is let go.
fn look(driver: &Driver) -> State {
    driver.read(|engine| {
        let mut phases: Vec<(Phase, u32)> = Vec::new();
        for phase in engine.environments().map(|environment| environment.phase()) {
            match phases.iter_mut().find(|(known, _)| *known == phase) {
                Some((_, count)) => *count += 1,
                None => phases.push((phase, 1)),
            }
        }
        let mut enis = BTreeMap::new();
        for eni in engine.all_enis() {
            let user = match eni.user {
                EniUser::Customer => "customer",
                EniUser::Environment(..) => "environment",
                EniUser::Pair => "shared",
                EniUser::Resource(_) => "resource",
                EniUser::Released(_) => "released",
                EniUser::NatGateway(_) => "nat_gateway",
            };
            *enis.entry(user).or_default() += 1;
        }
        let mut free = 0;
        let mut subnets = Vec::new();
        for subnet in engine.all_subnets() {
            let addresses = engine.free_addresses(subnet.id);
            free += u64::from(addresses);
            if subnets.len() < SUBNETS {
                subnets.push((subnet.scope.clone(), subnet.vpc, subnet.id, addresses));
            }
        }
        let in_flight = engine.in_flight().map(|(_, count)| u64::from(count)).sum();
        let mappings = engine.mappings().take(SUBNETS).filter_map(|mapping| {
            let course = engine.mapping_course(mapping.id)?;
            Some((mapping.id, course.waiting, course.behind))
        });
        let (mappings, events) = (mappings.collect(), engine.queued_events());
        State { phases, enis, subnets, free, in_flight, events, mappings }
    })
}

/// How much event source mappings have before them; of so many as have labels of their own.
fn mappings_of(text: &mut Text, mappings: &[(MappingId, usize, u64)]) {
    let ids: Vec<String> = mappings.iter().map(|(id, ..)| id.to_string()).collect();
    let name = "warren_mapping_waiting_records";
    text.family(name, "gauge", "Records that a mapping has read and that are not done.");
    for (id, (_, waiting, _)) in ids.iter().zip(mappings) {
        text.value(name, &[("mapping", id)], waiting);
    }
    let name = "warren_mapping_behind_records";
    text.family(name, "gauge", "Records of a topic of Kafka that are there and not done.");
    for (id, (.., behind)) in ids.iter().zip(mappings) {
        text.value(name, &[("mapping", id)], behind);
    }
}

fn state(text: &mut Text, driver: &Driver) {
    let State { phases, enis, subnets, free, in_flight, events, mappings } = look(driver);
    mappings_of(text, &mappings);
    let name = "warren_environments";
    text.family(name, "gauge", "Environments, by what they do.");
    let mut states: BTreeMap<String, u32> =
        ["init", "idle", "busy", "reaping"].map(|state| (state.to_owned(), 0)).into();
    for (phase, count) in phases {
        *states.entry(phase.to_string()).or_default() += count;
    }
    for (state, count) in states {
        text.value(name, &[("state", &state)], count);
    }
    let name = "warren_network_interfaces";
    text.family(name, "gauge", "ENIs, by whose they are.");
    for user in ["customer", "environment", "shared", "resource", "released"] {
        text.value(name, &[("user", user)], enis.get(user).copied().unwrap_or(0));
    }
    let name = "warren_subnet_free_addresses";
    text.family(name, "gauge", "Free addresses of subnets.");
    for (scope, vpc, subnet, count) in subnets {
        let account = format!("{:012}", scope.account);
        let (vpc, subnet) = (vpc.to_string(), subnet.to_string());
        let labels =
            [("account", &*account), ("region", &scope.region), ("vpc", &vpc), ("subnet", &subnet)];
        text.value(name, &labels, count);
    }
    text.single("warren_free_addresses", "gauge", "Free addresses of all subnets.", free);
    text.single(
        "warren_invocations_in_flight",
        "gauge",
        "Invocations that have a permit.",
        in_flight,
    );
    text.single("warren_queued_events", "gauge", "Asynchronous events that wait or run.", events);
    text.single("warren_payloads", "gauge", "Payloads that are held.", driver.payloads());
    let failed = driver.metrics().failed_plans().len();
    text.single("warren_failed_plans", "gauge", "VPCs whose rules are not in force.", failed);
    let is_writable = u8::from(driver.store().check().is_ok());
    text.single("warren_store_writable", "gauge", "Whether changes can be stored.", is_writable);
}

fn counters(text: &mut Text, metrics: &Metrics) {
    let name = "warren_dropped_packets_total";
    text.family(name, "counter", "Packets that did not pass, by what decided that.");
    for ((_, reason), count) in REASONS.iter().zip(&metrics.drops) {
        text.value(name, &[("reason", reason)], count.load(Ordering::Relaxed));
    }
    let name = "warren_requests_total";
    text.family(
        name,
        "counter",
        "Requests answered, by what they were and the class of the status.",
    );
    for (kind, classes) in KINDS.iter().zip(&metrics.requests) {
        for (class, count) in CLASSES.iter().zip(classes) {
            let labels = [("kind", *kind), ("status", *class)];
            text.value(name, &labels, count.load(Ordering::Relaxed));
        }
    }
    let name = "warren_resolver_questions_total";
    text.family(name, "counter", "Questions to the resolvers of VPCs, by what became of them.");
    for (outcome, count) in metrics.names.all() {
        text.value(name, &[("outcome", outcome)], count);
    }
    let failed = metrics.plans_failed.load(Ordering::Relaxed);
    let help = "Changes of a VPC's rules that the kernel refused.";
    text.single("warren_plan_failures_total", "counter", help, failed);
    let uncounted = metrics.uncounted.load(Ordering::Relaxed);
    let help = "What is missing above: of functions beyond those that are counted.";
    text.single("warren_uncounted_total", "counter", help, uncounted);
}

/// What the system tells of this process; nothing where it does not.
fn process(text: &mut Text) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    if let Some(kib) = kib {
        let help = "Memory of the server's process.";
        text.single("process_resident_memory_bytes", "gauge", help, kib * 1024);
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        let help = "Descriptors that the server's process has open.";
        text.single("process_open_fds", "gauge", help, open.count());
    }
    let descriptors = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    if let Some(most) = descriptors {
        let help = "Descriptors that the server's process may have open.";
        text.single("process_max_fds", "gauge", help, most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped() {
        let mut text = Text::default();
        text.value("m", &[("a", "x\"y\\z\n"), ("b", "")], 1);
        text.single("n", "gauge", "Help.", 2.5);
        assert_eq!(
            text.0,
            "m{a=\"x\\\"y\\\\z\\n\",b=\"\"} 1\n# HELP n Help.\n# TYPE n gauge\nn 2.5\n"
        );
    }
}

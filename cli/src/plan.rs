//! `warren plan`: a trace against subnets, by the engine that will run it.

mod compare;
mod decisions;
mod options;
mod page;
mod svg;
mod tables;

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use node::memory::fetch;
use sim::plan::report::Report;
use sim::plan::{self, InVpc, Setup};
use sim::trace::{self, Trace, Traced};

use crate::options::Output;
use options::Options;

pub(crate) const HELP: &str = "  \
  --trace SOURCE           a directory in the layout of the Azure Functions trace of 2019, a CSV
                           file of timestamp, function (of a version: name:1), duration, memory, or
                           synthetic:DESCRIPTION
                           (synthetic:functions=100,rate=50/s,for=1h,duration=lognormal:120ms:300ms;
                           also zipf=0.9, gaps=weibull:1.25s:3.66s, memory=512, burst=500@10m and
                           name=web; further groups of functions after semicolons)
  --subnets a=CIDR,b=CIDR  the subnets; with --compare it may be given several times
  --terraform-show FILE    subnets, security groups and functions from `terraform show -json`
  --local NAME=ADDRESS,…   the resources that a local of Terraform means, which a plan does not tell;
                           may be repeated
  --cloudformation FILE    the same from a template of CloudFormation or SAM, JSON or YAML
  --parameter KEY=VALUE    a value for a parameter of the template; may be repeated
  --from-endpoint URL      the same from a running endpoint of the AWS API, or from `aws` itself,
                           by calls that only read (credentials: AWS_ACCESS_KEY_ID, …; --region)
  --eni-model M            classic, hyperplane (default) or both
  --functions vpc=WHICH    which functions have a VpcConfig: all (default), none, 40% or f,g,h
  --sets N                 over how many security-group sets they are spread (1)
  --keep-alive POLICY      how long idle environments are kept: 5m (default), hybrid (by the idle
                           times of each function) or greedy-dual:8GB (while memory lasts); with
                           --compare a list: 1m,10m,hybrid,greedy-dual:8GB
  --reserved F=N           reserved concurrency of a function; may be repeated
  --concurrency N, --enis-per-vpc N, --enis N
                           quotas (AWS's: 1000, 500, 5000; concurrency as the endpoint has it)
  --cold-start 250ms       how long a start takes, or lognormal:3.24s:7.1s by mean and standard
                           deviation
  --timeout 900            seconds that an invocation may take
  --spread HOW             where the calls of a minute lie: uniform, exponential or equidistant
  --seed N                 where what the trace does not say begins to be drawn (1)
  --compare                side by side: ENI models, keep-alive policies, subnets
  --page FILE              a page with plots
  --decisions FILE         every decision, a line of JSON each
";

pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let options = Options::read(words)?;
    for path in options.page.iter().chain(&options.decisions) {
        // Better known now than after the work.
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .map_err(|e| unwritable(path, &e))?;
    }
    let mut reports = Vec::new();
    let count = options.setups.len();
    for (at, setup) in options.setups.iter().enumerate() {
        let label = if count > 1 { format!("plan {} of {count}", at + 1) } else { "plan".into() };
        let planned = options.plan(setup, &label);
        clear_progress();
        reports.push(planned?);
    }
    if let Some(path) = &options.page {
        std::fs::write(path, page::page(&reports)).map_err(|error| unwritable(path, &error))?;
    }
    match (options.output, reports.as_slice()) {
        (Output::Json, [report]) => print_json(report)?,
        (Output::Json, reports) => print_json(&reports)?,
        (Output::Table, [report]) => tables::print(report),
        (Output::Table, reports) => compare::print(reports),
    }
    if let (Output::Table, Some(path)) = (options.output, &options.page) {
        println!("\nthe page is {path}");
    }
    Ok(())
}

fn print_json(value: &impl serde::Serialize) -> Result<(), String> {
    let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    println!("{text}");
    Ok(())
}

fn unwritable(path: &str, error: &std::io::Error) -> String {
    format!("{path} cannot be written: {error}")
}

impl Options {
    fn open(&self, setup: &Setup) -> Result<Trace, String> {
        let opened = trace::open(&self.source, setup.seed, self.spread);
        let mut trace = opened.map_err(|error| error.to_string())?;
        let described = &setup.layout.functions;
        let mut named: Vec<&String> = setup.reserved.iter().map(|(name, _)| name).collect();
        if let InVpc::Named(names) = &setup.in_vpc {
            named.extend(names);
        }
        if described.is_empty() && named.is_empty() {
            return Ok(trace);
        }
        let called: BTreeSet<&str> =
            trace.functions.iter().map(|traced| traced.function()).collect();
        let is_known =
            |name: &str| called.contains(name) || described.iter().any(|each| each.name == name);
        if let Some(name) = named.into_iter().find(|name| !is_known(name)) {
            let known: Vec<_> = called.iter().take(4).copied().collect();
            let more = if called.len() > known.len() { ", …" } else { "" };
            return Err(format!(
                "function {name} is not in the trace\nhint: it calls {}{more}",
                known.join(", ")
            ));
        }
        // The ENIs of a function are there whether or not it is called.
        let silent: Vec<Traced> = described
            .iter()
            .filter(|each| !called.contains(each.name.as_str()))
            .map(|each| Traced { name: each.name.clone(), memory: each.memory.unwrap_or(128) })
            .collect();
        trace.functions.extend(silent);
        Ok(trace)
    }

    fn plan(&self, setup: &Setup, label: &str) -> Result<Report, String> {
        let trace = self.open(setup)?;
        let unmatched = unmatched(&trace, setup);
        let progress = &mut progress(label);
        let mut report = match &self.decisions {
            Some(path) => decisions::replay(path, trace, setup, progress)?,
            None => {
                plan::replay(trace, setup, fetch, progress).map_err(|error| error.to_string())?
            }
        };
        // What should be there is known only from a world in which nothing runs out.
        let mut roomy = None;
        if report.exhaustions.iter().any(|each| !each.of.starts_with("reserved"))
            && let Some(setup) = setup.with_room()
        {
            let trace = self.open(&setup)?;
            let label = format!("{label}, with room");
            let progress = &mut self::progress(&label);
            let other =
                plan::replay(trace, &setup, fetch, progress).map_err(|error| error.to_string())?;
            for (subnet, roomy) in report.subnets.iter_mut().zip(&other.subnets) {
                subnet.wanted = roomy.peak;
            }
            roomy = Some(other);
        }
        report.advice = plan::advice::advice(&report, roomy.as_ref(), &setup.layout);
        report.advice.splice(0..0, unmatched);
        Ok(report)
    }
}

/// What is to be said of functions that the trace calls and the layout does not describe.
fn unmatched(trace: &Trace, setup: &Setup) -> Option<String> {
    let described: BTreeSet<&str> =
        setup.layout.functions.iter().map(|each| each.name.as_str()).collect();
    let mut missing = trace.functions.iter().filter(|each| !described.contains(each.function()));
    let first = missing.next().filter(|_| !described.is_empty())?;
    let (others, name) = (missing.count(), &first.name);
    let who = match others {
        0 => format!("function {name} is"),
        others => format!("function {name} and {others} more are"),
    };
    Some(format!(
        "{who} described nowhere but in the trace: --functions says which of those have a VpcConfig"
    ))
}

/// Shows on a terminal how far a replay is.
fn progress(label: &str) -> impl FnMut(plan::Progress) {
    let shows = std::io::stderr().is_terminal();
    let (begin, mut told) = (Instant::now(), None);
    let is_due = |told: Instant| told.elapsed() > Duration::from_millis(200);
    move |progress| {
        if shows && told.is_none_or(is_due) {
            told = Some(Instant::now());
            let share = 100.0 * progress.calls as f64 / progress.of.max(1) as f64;
            let rate = progress.calls as f64 / begin.elapsed().as_secs_f64() / 1e6;
            eprint!(
                "\r\x1b[K{label}: {share:.0} % of {} calls, {rate:.1} million/s ",
                tables::number(progress.of as f64)
            );
            let _ = std::io::stderr().flush();
        }
    }
}

fn clear_progress() {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
}

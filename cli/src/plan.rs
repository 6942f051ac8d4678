//! `warren plan`: a trace against subnets, by the engine that will run it.

mod args;
mod compare;
mod decisions;

mod page;
mod svg;
mod tables;
mod values;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use node::memory::fetch;
use sim::plan::report::Report;
use sim::plan::{self, InVpc, PlanError, Setup};
use sim::trace::{self, Trace, TraceError, Traced};

use crate::file::NewFile;
use crate::infrastructure::{CloudFormationError, EndpointError, TerraformError};
use crate::output::{self, Output, OutputError};
pub(crate) use args::PlanArgs;

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanningError {
    #[error("{} cannot be written: {error}", path.display())]
    Unwritable { path: PathBuf, error: io::Error },
    #[error(transparent)]
    Terraform(#[from] TerraformError),
    #[error(transparent)]
    CloudFormation(#[from] CloudFormationError),
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    #[error(transparent)]
    Trace(#[from] TraceError),
    #[error(transparent)]
    Replay(#[from] PlanError),
    #[error("function {name} is not in the trace\nhint: it calls {called}")]
    NotCalled { name: String, called: String },
    #[error(transparent)]
    Value(#[from] values::PlanValueError),
    #[error(transparent)]
    Output(#[from] OutputError),
}

pub(crate) fn run(args: PlanArgs) -> Result<(), PlanningError> {
    let setups = args.setups()?;
    // Whether they can be written is better known now than after the work.
    let new = |path: &PathBuf| NewFile::create(path).map_err(|error| unwritable(path, error));
    let page = args.page.as_ref().map(new).transpose()?;
    let mut decisions = args.decisions.as_ref().map(new).transpose()?;
    let mut reports = Vec::new();
    let count = setups.len();
    for (at, setup) in setups.iter().enumerate() {
        let label = if count > 1 { format!("plan {} of {count}", at + 1) } else { "plan".into() };
        let planned = args.plan(setup, &label, decisions.as_mut());
        clear_progress();
        reports.push(planned?);
    }
    if let (Some(path), Some(mut file)) = (&args.page, page) {
        let written = file.write_all(page::page(&reports).as_bytes()).and_then(|()| file.keep());
        written.map_err(|error| unwritable(path, error))?;
    }
    match (args.output.output, reports.as_slice()) {
        (Output::Json, [report]) => output::print_pretty(report)?,
        (Output::Json, reports) => output::print_pretty(&reports)?,
        (Output::Table, [report]) => tables::print(report),
        (Output::Table, reports) => compare::print(reports),
    }
    if let (Output::Table, Some(path)) = (args.output.output, &args.page) {
        println!("\nthe page is {}", path.display());
    }
    Ok(())
}

fn unwritable(path: &Path, error: io::Error) -> PlanningError {
    PlanningError::Unwritable { path: path.to_owned(), error }
}

impl PlanArgs {
    fn open(&self, setup: &Setup) -> Result<Trace, PlanningError> {
        let mut trace = trace::open(&self.trace, setup.seed, self.spread)?;
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
            let called = format!("{}{more}", known.join(", "));
            return Err(PlanningError::NotCalled { name: name.clone(), called });
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

    fn plan(
        &self,
        setup: &Setup,
        label: &str,
        decisions: Option<&mut NewFile>,
    ) -> Result<Report, PlanningError> {
        let trace = self.open(setup)?;
        let unmatched = unmatched(&trace, setup);
        let progress = &mut progress(label);
        let mut report = match (&self.decisions, decisions) {
            (Some(path), Some(file)) => decisions::replay((path, file), trace, setup, progress)?,
            _ => plan::replay(trace, setup, fetch, progress)?,
        };
        // What should be there is known only from a world in which nothing runs out.
        let mut roomy = None;
        if report.exhaustions.iter().any(|each| !each.of.starts_with("reserved"))
            && let Some(setup) = setup.with_room()
        {
            let trace = self.open(&setup)?;
            let label = format!("{label}, with room");
            let progress = &mut self::progress(&label);
            let other = plan::replay(trace, &setup, fetch, progress)?;
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

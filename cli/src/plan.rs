//! `warren plan`: a trace against subnets, by the engine that will run it.

mod compare;
mod decisions;
mod page;
mod svg;
mod tables;

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::function::EniModel;
use engine::keep::KeepAlive;
use engine::limits::Limits;
use sim::plan::layout::{Layout, SubnetLayout};
use sim::plan::report::Report;
use sim::plan::{self, InVpc, Setup, StartTime};
use sim::trace::azure::Spread;
use sim::trace::synthetic::time;
use sim::trace::{self, Trace};

use crate::infrastructure::{cloudformation, endpoint, terraform};
use crate::options::{self, Output, Words};

pub(crate) const HELP: &str = "\
plan takes:
  --trace SOURCE           a directory in the layout of the Azure Functions trace of 2019, a CSV
                           file of timestamp, function, duration, memory, or synthetic:DESCRIPTION
                           (synthetic:functions=100,rate=50/s,for=1h,duration=lognormal:120ms:300ms)
  --subnets a=CIDR,b=CIDR  the subnets; with --compare it may be given several times
  --terraform-show FILE    subnets, security groups and functions from `terraform show -json`
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
                           quotas (AWS's: 1000, 500, 5000)
  --cold-start 250ms       how long a start takes, or lognormal:MEAN:DEVIATION
  --timeout 900            seconds that an invocation may take
  --spread HOW             where the calls of a minute lie: uniform, exponential or equidistant
  --seed N                 where what the trace does not say begins to be drawn (1)
  --compare                side by side: ENI models, keep-alive times, subnets
  --page FILE              a page with plots
  --decisions FILE         every decision, a line of JSON each
";

/// What was asked for.
struct Options {
    source: String,
    spread: Spread,
    setups: Vec<Setup>,
    page: Option<String>,
    decisions: Option<String>,
    output: Output,
}

pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let options = Options::read(words)?;
    let mut reports = Vec::new();
    let count = options.setups.len();
    for (at, setup) in options.setups.iter().enumerate() {
        let label = if count > 1 { format!("plan {} of {count}", at + 1) } else { "plan".into() };
        reports.push(options.plan(setup, &label)?);
    }
    if let Some(path) = &options.page {
        std::fs::write(path, page::page(&reports))
            .map_err(|error| format!("page {path} cannot be written: {error}"))?;
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

impl Options {
    fn read(words: &[&str]) -> Result<Options, String> {
        let mut words = Words::new(words);
        let output = Output::take(&mut words)?;
        let source = words.needed("--trace")?.to_owned();
        let spread = words.value("--spread")?.unwrap_or("uniform").parse()?;
        let page = words.value("--page")?.map(str::to_owned);
        let decisions = words.value("--decisions")?.map(str::to_owned);
        let compares = words.switch("--compare");
        let models = match words.value("--eni-model")? {
            None | Some("hyperplane") => vec![EniModel::Hyperplane],
            Some("classic") => vec![EniModel::Classic],
            Some("both") => vec![EniModel::Hyperplane, EniModel::Classic],
            Some(other) => {
                return Err(format!(
                    "ENI model {other} is not known\nhint: classic, hyperplane or both"
                ));
            }
        };
        let keep_alive = words.value("--keep-alive")?.unwrap_or("5m");
        let keep_alive: Vec<KeepAlive> =
            keep_alive.split(',').map(options::keep_alive).collect::<Result<_, _>>()?;
        let mut layouts = Vec::new();
        for text in words.values("--subnets")? {
            layouts.push(subnets(text)?);
        }
        for file in words.values("--terraform-show")? {
            layouts.push(terraform::read(Path::new(file))?);
        }
        let region = words.value("--region")?.map(str::to_owned);
        let region = region.or_else(endpoint::region).unwrap_or_else(|| "us-east-1".into());
        for given in words.values("--from-endpoint")? {
            layouts.push(endpoint::read(given, &region)?);
        }
        let parameters = pairs("--parameter", &words.values("--parameter")?)?;
        for file in words.values("--cloudformation")? {
            layouts.push(cloudformation::read(Path::new(file), &region, &parameters)?);
        }
        if layouts.is_empty() {
            layouts.push(Layout::default());
        }
        if !compares && (layouts.len() > 1 || keep_alive.len() > 1) {
            return Err(
                "several subnets or keep-alive times are for --compare\nhint: add --compare".into(),
            );
        }
        let reserved = reserved(&words.values("--reserved")?)?;
        let base = setup(&mut words)?;
        words
            .rest()?
            .first()
            .map_or(Ok(()), |word| Err(format!("{word} is not understood\nhint: warren --help")))?;
        let mut setups = Vec::new();
        for layout in &layouts {
            for eni_model in &models {
                for policy in &keep_alive {
                    let mut setup =
                        Setup { layout: layout.clone(), eni_model: *eni_model, ..base.clone() };
                    setup.limits.keep_alive = *policy;
                    setup.reserved.clone_from(&reserved);
                    setups.push(setup);
                }
            }
        }
        if decisions.is_some() && setups.len() > 1 {
            return Err("--decisions is for one plan\nhint: leave --compare out".into());
        }
        Ok(Options { source, spread, setups, page, decisions, output })
    }

    fn open(&self, setup: &Setup) -> Result<Trace, String> {
        trace::open(&self.source, setup.seed, self.spread).map_err(|error| error.to_string())
    }

    fn plan(&self, setup: &Setup, label: &str) -> Result<Report, String> {
        let mut report = match &self.decisions {
            Some(path) => decisions::replay(path, self.open(setup)?, setup)?,
            None => replay(self.open(setup)?, setup, label)?,
        };
        if report.subnets.iter().any(|subnet| subnet.full_at.is_some()) {
            // How large they should be is known only from a world in which they are.
            if let Some(roomy) = setup.with_room() {
                let other = replay(self.open(setup)?, &roomy, &format!("{label}, with room"))?;
                for (subnet, roomy) in report.subnets.iter_mut().zip(other.subnets) {
                    subnet.wanted = roomy.peak.max(subnet.peak);
                }
            }
        }
        report.advice = plan::advice::advice(&report, &setup.layout);
        Ok(report)
    }
}

fn replay(trace: Trace, setup: &Setup, label: &str) -> Result<Report, String> {
    let shows = std::io::stderr().is_terminal();
    let (begin, mut told) = (Instant::now(), Instant::now());
    let mut progress = |progress: plan::Progress| {
        if shows && told.elapsed() > Duration::from_millis(200) {
            told = Instant::now();
            let share = 100.0 * progress.calls as f64 / progress.of.max(1) as f64;
            let rate = progress.calls as f64 / begin.elapsed().as_secs_f64() / 1e6;
            eprint!("\r{label}: {share:.0} % of {} calls, {rate:.1} million/s ", progress.of);
            let _ = std::io::stderr().flush();
        }
    };
    let report = plan::replay(trace, setup, &mut progress);
    if shows {
        eprint!("\r\x1b[K");
    }
    report.map_err(|error| error.to_string())
}

fn duration(option: &str, text: &str) -> Result<Duration, String> {
    time(text.trim())
        .filter(|time| !time.is_zero())
        .ok_or_else(|| format!("{option} {text} is not a time\nhint: 300s, 5m or 250ms"))
}

fn number<T: std::str::FromStr>(
    words: &mut Words<'_>,
    option: &str,
    default: T,
) -> Result<T, String> {
    match words.value(option)? {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| format!("{option} {text} is not a number")),
    }
}

/// `a=10.0.1.0/26,b=10.0.2.0/24`.
fn subnets(text: &str) -> Result<Layout, String> {
    let mut layout = Layout::default();
    for part in text.split(',') {
        let bad = || format!("subnet {part} is not understood\nhint: --subnets a=10.0.1.0/26");
        let (name, block) = part.split_once('=').ok_or_else(bad)?;
        let cidr: Cidr = block.parse().map_err(|_| bad())?;
        let names = layout.subnets.iter().map(|each| each.name.as_str());
        if name.is_empty() || names.clone().any(|other| other == name) {
            return Err(format!("subnet {part}: each needs a name of its own"));
        }
        layout.subnets.push(SubnetLayout {
            name: name.to_owned(),
            vpc: "planned".into(),
            cidr,
            zone: None,
            taken: 0,
        });
    }
    Ok(layout)
}

fn pairs(option: &str, words: &[&str]) -> Result<Vec<(String, String)>, String> {
    let pair = |word: &&str| {
        let pair = word.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
        pair.ok_or_else(|| format!("{option} {word} is not understood\nhint: {option} KEY=VALUE"))
    };
    words.iter().map(pair).collect()
}

fn reserved(words: &[&str]) -> Result<Vec<(String, u32)>, String> {
    words
        .iter()
        .map(|word| {
            let parsed =
                word.rsplit_once('=').and_then(|(f, n)| Some((f.to_owned(), n.parse().ok()?)));
            parsed.ok_or_else(|| {
                format!("--reserved {word} is not understood\nhint: --reserved f=10")
            })
        })
        .collect()
}

fn setup(words: &mut Words<'_>) -> Result<Setup, String> {
    let mut limits = Limits::default();
    limits.concurrency = number(words, "--concurrency", limits.concurrency)?;
    limits.enis_per_vpc = number(words, "--enis-per-vpc", limits.enis_per_vpc)?;
    limits.enis_per_scope = number(words, "--enis", limits.enis_per_scope)?;
    let in_vpc = match words.value("--functions")? {
        None | Some("vpc=all") => InVpc::All,
        Some("vpc=none") => InVpc::None,
        Some(text) => {
            let which = text.strip_prefix("vpc=").filter(|which| !which.is_empty());
            let which = which.ok_or_else(|| {
                format!("--functions {text} is not understood\nhint: vpc=all, vpc=40% or vpc=f,g")
            })?;
            match which.strip_suffix('%').and_then(|share| share.parse().ok()) {
                Some(share) => InVpc::Percent(share),
                None => InVpc::Named(which.split(',').map(str::to_owned).collect::<BTreeSet<_>>()),
            }
        }
    };
    let start = match words
        .value("--cold-start")?
        .unwrap_or("250ms")
        .split(':')
        .collect::<Vec<_>>()
        .as_slice()
    {
        [fixed] => StartTime::Fixed(duration("--cold-start", fixed)?),
        ["lognormal", mean, deviation] => StartTime::LogNormal(
            duration("--cold-start", mean)?.as_secs_f64(),
            duration("--cold-start", deviation)?.as_secs_f64(),
        ),
        _ => {
            return Err(
                "--cold-start is not understood\nhint: 250ms or lognormal:3.24s:7.1s".into()
            );
        }
    };
    Ok(Setup {
        layout: Layout::default(),
        reserved: Vec::new(),
        in_vpc,
        sets: number(words, "--sets", 1)?,
        eni_model: EniModel::Hyperplane,
        limits,
        timeout: number(words, "--timeout", 900)?,
        start,
        seed: number(words, "--seed", 1)?,
        intervals: 480,
    })
}

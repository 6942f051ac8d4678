//! What `warren plan` is asked.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use engine::cidr::Cidr;
use engine::limits::{KeepAlive, Limits};
use engine::record::function::EniModel;
use sim::plan::layout::{Layout, SubnetLayout};
use sim::plan::{InVpc, Setup, StartTime};
use sim::trace::azure::Spread;
use sim::trace::synthetic::time;

use crate::infrastructure::{cloudformation, endpoint, terraform};
use crate::options::{self, Output, Words};

/// The longest mean of starts.
const LONGEST: Duration = Duration::from_secs(900);

/// What was asked for.
pub(super) struct Options {
    pub(super) source: String,
    pub(super) spread: Spread,
    pub(super) setups: Vec<Setup>,
    pub(super) page: Option<String>,
    pub(super) decisions: Option<String>,
    pub(super) output: Output,
}

impl Options {
    pub(super) fn read(words: &[&str]) -> Result<Options, String> {
        let mut words = Words::of("plan", words);
        let output = Output::take(&mut words)?;
        let source = words.needed("--trace")?.to_owned();
        let spread = words.value("--spread")?.unwrap_or("uniform").parse()?;
        let page = words.value("--page")?.map(str::to_owned);
        let decisions = words.value("--decisions")?.map(str::to_owned);
        let compares = words.switch("--compare");
        let models = models(&mut words)?;
        let keep_alive = words.value("--keep-alive")?.unwrap_or("5m");
        let keep_alive: Vec<KeepAlive> =
            keep_alive.split(',').map(options::keep_alive).collect::<Result<_, _>>()?;
        let reserved = reserved(&words.values("--reserved")?)?;
        let base = setup(&mut words)?;
        let concurrency = asked(&mut words, "--concurrency", ANY)?;
        let infrastructure = Infrastructure::take(&mut words)?;
        if let Some(word) = words.rest()?.first() {
            return Err(format!("{word} is not understood\nhint: warren plan --help"));
        }
        if !compares && (infrastructure.count() > 1 || keep_alive.len() > 1) {
            return Err(
                "several subnets or keep-alive times are for --compare\nhint: add --compare".into(),
            );
        }
        let mut setups = Vec::new();
        for layout in &infrastructure.read()? {
            for eni_model in &models {
                for policy in &keep_alive {
                    let mut setup =
                        Setup { layout: layout.clone(), eni_model: *eni_model, ..base.clone() };
                    setup.limits.keep_alive = *policy;
                    if let Some(concurrency) = concurrency.or(layout.concurrency) {
                        setup.limits.concurrency = concurrency;
                    }
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
}

fn models(words: &mut Words<'_>) -> Result<Vec<EniModel>, String> {
    match words.value("--eni-model")? {
        None | Some("hyperplane") => Ok(vec![EniModel::Hyperplane]),
        Some("classic") => Ok(vec![EniModel::Classic]),
        Some("both") => Ok(vec![EniModel::Hyperplane, EniModel::Classic]),
        Some(other) => {
            Err(format!("ENI model {other} is not known\nhint: classic, hyperplane or both"))
        }
    }
}

/// Where subnets, security groups and functions are described.
struct Infrastructure<'a> {
    subnets: Vec<&'a str>,
    terraform: Vec<&'a str>,
    locals: Vec<(String, String)>,
    endpoints: Vec<&'a str>,
    templates: Vec<&'a str>,
    parameters: Vec<(String, String)>,
    region: String,
}

impl<'a> Infrastructure<'a> {
    fn take(words: &mut Words<'a>) -> Result<Infrastructure<'a>, String> {
        let region = words.value("--region")?.map(str::to_owned);
        Ok(Infrastructure {
            subnets: words.values("--subnets")?,
            terraform: words.values("--terraform-show")?,
            locals: pairs("--local", &words.values("--local")?)?,
            endpoints: words.values("--from-endpoint")?,
            templates: words.values("--cloudformation")?,
            parameters: pairs("--parameter", &words.values("--parameter")?)?,
            region: region.or_else(endpoint::region).unwrap_or_else(|| "us-east-1".into()),
        })
    }

    fn count(&self) -> usize {
        self.subnets.len() + self.terraform.len() + self.endpoints.len() + self.templates.len()
    }

    fn read(&self) -> Result<Vec<Layout>, String> {
        let mut layouts = Vec::new();
        for text in &self.subnets {
            layouts.push(subnets(text)?);
        }
        for file in &self.terraform {
            layouts.push(terraform::read(Path::new(file), &self.locals)?);
        }
        for given in &self.endpoints {
            layouts.push(endpoint::read(given, &self.region)?);
        }
        for file in &self.templates {
            layouts.push(cloudformation::read(Path::new(file), &self.region, &self.parameters)?);
        }
        if layouts.is_empty() {
            layouts.push(Layout::default());
        }
        Ok(layouts)
    }
}

/// A whole number within a range, if it is given.
fn asked<T: FromStr + PartialOrd + Display>(
    words: &mut Words<'_>,
    option: &str,
    range: RangeInclusive<T>,
) -> Result<Option<T>, String> {
    let Some(text) = words.value(option)? else { return Ok(None) };
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.map(Some).ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        format!("{option} {text} is not a whole number from {least} to {most}")
    })
}

/// A whole number within a range.
fn number<T: FromStr + PartialOrd + Display>(
    words: &mut Words<'_>,
    option: &str,
    default: T,
    range: RangeInclusive<T>,
) -> Result<T, String> {
    Ok(asked(words, option, range)?.unwrap_or(default))
}

/// `a=10.0.1.0/26,b=10.0.2.0/24`.
fn subnets(text: &str) -> Result<Layout, String> {
    let mut layout = Layout::default();
    for part in text.split(',') {
        let bad = || format!("subnet {part} is not understood\nhint: --subnets a=10.0.1.0/26");
        let (name, block) = part.split_once('=').ok_or_else(bad)?;
        let cidr: Cidr = block.parse().map_err(|_| bad())?;
        if !(16..=28).contains(&cidr.prefix()) {
            return Err(format!("subnet {part} is not of /16 to /28, as AWS's are"));
        }
        let names = layout.subnets.iter().map(|each| each.name.as_str());
        if name.is_empty() || names.clone().any(|other| other == name) {
            return Err(format!("subnet {part}: each needs a name of its own"));
        }
        layout.subnets.push(SubnetLayout::new(name, "planned", cidr));
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

const ANY: RangeInclusive<u32> = 1..=u32::MAX;

fn setup(words: &mut Words<'_>) -> Result<Setup, String> {
    let mut limits = Limits::default();
    limits.enis_per_vpc = number(words, "--enis-per-vpc", limits.enis_per_vpc, ANY)?;
    limits.enis_per_scope = number(words, "--enis", limits.enis_per_scope, ANY)?;
    Ok(Setup {
        in_vpc: in_vpc(words)?,
        sets: number(words, "--sets", 1, 1..=limits.groups_per_scope)?,
        limits,
        timeout: number(words, "--timeout", 900, 1..=900)?,
        start: start_time(words)?,
        seed: number(words, "--seed", 1, 0..=u64::MAX)?,
        ..Setup::default()
    })
}

fn in_vpc(words: &mut Words<'_>) -> Result<InVpc, String> {
    let text = words.value("--functions")?.unwrap_or("vpc=all");
    let bad = || format!("--functions {text} is not understood\nhint: vpc=all, vpc=40% or vpc=f,g");
    let which = text.strip_prefix("vpc=").filter(|which| !which.is_empty()).ok_or_else(bad)?;
    Ok(match which {
        "all" => InVpc::All,
        "none" => InVpc::None,
        which => match which.strip_suffix('%') {
            Some(share) => {
                let share = share.parse().ok().filter(|share| *share <= 100);
                InVpc::Percent(share.ok_or_else(bad)?)
            }
            None => InVpc::Named(which.split(',').map(str::to_owned).collect::<BTreeSet<_>>()),
        },
    })
}

fn start_time(words: &mut Words<'_>) -> Result<StartTime, String> {
    let text = words.value("--cold-start")?.unwrap_or("250ms");
    let above_zero = |text: &str| time(text).filter(|time| !time.is_zero());
    let start = match text.split(':').collect::<Vec<_>>().as_slice() {
        [fixed] => time(fixed).map(StartTime::Fixed),
        ["lognormal", mean, deviation] => {
            let both = above_zero(mean).zip(above_zero(deviation));
            both.map(|(mean, deviation)| {
                StartTime::LogNormal(mean.as_secs_f64(), deviation.as_secs_f64())
            })
        }
        _ => None,
    };
    // A start may take a quarter of an hour at most, as an invocation may.
    let is_short = |start: &StartTime| match start {
        StartTime::Fixed(span) => *span <= LONGEST,
        StartTime::LogNormal(mean, _) => *mean <= LONGEST.as_secs_f64(),
    };
    start.filter(is_short).ok_or_else(|| {
        format!(
            "--cold-start {text} is not understood\n\
             hint: a time of up to 15m, 250ms or 2s, or by mean and standard deviation \
             lognormal:3.24s:7.1s"
        )
    })
}

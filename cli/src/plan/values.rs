//! Values that only `warren plan` takes, read from their text.

use std::time::Duration;

use engine::cidr::Cidr;
use sim::plan::layout::{Layout, SubnetLayout};
use sim::plan::{InVpc, StartTime};
use sim::trace::synthetic::time;

/// The longest mean of starts: a quarter of an hour, as long as an invocation may take.
const LONGEST: Duration = Duration::from_secs(900);

/// What a value of a plan is not.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum PlanValueError {
    #[error("subnet {0} is not understood\nhint: --subnets a=10.0.1.0/26")]
    Subnet(String),
    #[error("subnet {0} is not of /16 to /28, as AWS's are")]
    SubnetSize(String),
    #[error("subnet {0}: each needs a name of its own")]
    SubnetName(String),
    #[error("--others {0} is not understood\nhint: --others a=3,b=1")]
    Others(String),
    #[error("--others: there is no subnet {0} among --subnets")]
    NoSubnet(String),
    #[error("--reserved {0} is not understood\nhint: --reserved f=10")]
    Reserved(String),
    #[error("--functions {0} is not understood\nhint: vpc=all, vpc=40% or vpc=f,g")]
    Functions(String),
    #[error(
        "--cold-start {0} is not understood\n\
         hint: a time of up to 15m, 250ms or 2s, or by mean and standard deviation lognormal:3.24s:7.1s"
    )]
    ColdStart(String),
}

/// `a=10.0.1.0/26,b=10.0.2.0/24`.
pub(super) fn subnets(text: &str) -> Result<Layout, PlanValueError> {
    let mut layout = Layout::default();
    for part in text.split(',') {
        let bad = || PlanValueError::Subnet(part.to_owned());
        let (name, block) = part.split_once('=').ok_or_else(bad)?;
        let cidr: Cidr = block.parse().map_err(|_| bad())?;
        if !(16..=28).contains(&cidr.prefix()) {
            return Err(PlanValueError::SubnetSize(part.to_owned()));
        }
        if name.is_empty() || layout.subnets.iter().any(|other| other.name == name) {
            return Err(PlanValueError::SubnetName(part.to_owned()));
        }
        layout.subnets.push(SubnetLayout::new(name, "planned", cidr));
    }
    Ok(layout)
}

/// `a=3,b=1`: addresses of subnets that others than functions hold.
pub(super) fn others(text: &str) -> Result<Vec<(String, u32)>, PlanValueError> {
    let parts = text.split(',').map(|part| {
        let (name, count) = part.split_once('=')?;
        Some((name.to_owned(), count.parse().ok()?))
    });
    parts.collect::<Option<_>>().ok_or_else(|| PlanValueError::Others(text.to_owned()))
}

/// Has addresses of subnets be held by others.
pub(super) fn take(layouts: &mut [Layout], others: &[(String, u32)]) -> Result<(), PlanValueError> {
    for (name, count) in others {
        let subnets = layouts.iter_mut().flat_map(|layout| &mut layout.subnets);
        let mut found = subnets.filter(|subnet| subnet.name == *name).peekable();
        if found.peek().is_none() {
            return Err(PlanValueError::NoSubnet(name.clone()));
        }
        found.for_each(|subnet| subnet.taken.others += count);
    }
    Ok(())
}

/// `f=10`; a version's name has no `=`, so the last one counts.
pub(super) fn reserved(text: &str) -> Result<(String, u32), PlanValueError> {
    let parsed = text.rsplit_once('=').and_then(|(f, n)| Some((f.to_owned(), n.parse().ok()?)));
    parsed.ok_or_else(|| PlanValueError::Reserved(text.to_owned()))
}

/// `vpc=all`, `vpc=none`, `vpc=40%` or `vpc=f,g`.
pub(super) fn in_vpc(text: &str) -> Result<InVpc, PlanValueError> {
    let bad = || PlanValueError::Functions(text.to_owned());
    let which = text.strip_prefix("vpc=").filter(|which| !which.is_empty()).ok_or_else(bad)?;
    Ok(match which {
        "all" => InVpc::All,
        "none" => InVpc::None,
        which => match which.strip_suffix('%') {
            Some(share) => {
                let share = share.parse().ok().filter(|share| *share <= 100);
                InVpc::Percent(share.ok_or_else(bad)?)
            }
            None => InVpc::Named(which.split(',').map(str::to_owned).collect()),
        },
    })
}

/// A time, or `lognormal:MEAN:DEVIATION`.
pub(super) fn start_time(text: &str) -> Result<StartTime, PlanValueError> {
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
    let is_short = |start: &StartTime| match start {
        StartTime::Fixed(span) => *span <= LONGEST,
        StartTime::LogNormal(mean, _) => *mean <= LONGEST.as_secs_f64(),
    };
    start.filter(is_short).ok_or_else(|| PlanValueError::ColdStart(text.to_owned()))
}

//! What a trace is replayed against, and how.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use engine::cidr::Cidr;
use engine::limits::Limits;
use engine::record::function::EniModel;

use super::layout::Layout;

/// What a trace is replayed against, and how.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Subnets, security groups, and what is known of functions.
    pub layout: Layout,
    /// Reserved concurrency of functions, by their names, in the place of the layout's.
    pub reserved: Vec<(String, u32)>,
    /// Which of the functions that the layout does not know have a `VpcConfig`: all its subnets.
    pub in_vpc: InVpc,
    /// Over how many security-group sets those are spread, from 1.
    pub sets: u32,
    /// The ENI model of functions that do not choose one.
    pub eni_model: EniModel,
    /// Quotas, keep-alive and times.
    pub limits: Limits,
    /// Seconds that an invocation may take, where the layout does not say.
    pub timeout: u32,
    /// How long an environment takes to start.
    pub start: StartTime,
    /// Where the generators begin.
    pub seed: u64,
    /// Intervals of the series.
    pub intervals: usize,
}

/// As `warren plan` makes it when it is asked for nothing else, with no subnets.
impl Default for Setup {
    fn default() -> Setup {
        Setup {
            layout: Layout::default(),
            reserved: Vec::new(),
            in_vpc: InVpc::All,
            sets: 1,
            eni_model: EniModel::Hyperplane,
            limits: Limits::default(),
            timeout: 900,
            start: StartTime::Fixed(Duration::from_millis(250)),
            seed: 1,
            intervals: 480,
        }
    }
}

impl Setup {
    /// The same with room in every subnet, and without quotas: what would have been held, had
    /// nothing run out. Concurrency that is reserved stays so: it is meant. None when there is no
    /// such block for so many subnets.
    pub fn with_room(&self) -> Option<Setup> {
        let mut roomy = self.clone();
        roomy.limits.concurrency = u32::MAX;
        roomy.limits.enis_per_vpc = u32::MAX;
        roomy.limits.enis_per_scope = u32::MAX;
        let mut of_vpc: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, subnet) in self.layout.subnets.iter().enumerate() {
            of_vpc.entry(subnet.vpc.clone()).or_default().push(at);
        }
        for subnets in of_vpc.values() {
            let prefix = 16 + subnets.len().next_power_of_two().ilog2() as u8;
            for (nth, at) in subnets.iter().enumerate() {
                let base = 0x0a00_0000 + ((nth as u32) << (32 - prefix));
                let cidr = Cidr::containing(base.into(), prefix).filter(|_| prefix <= 28)?;
                roomy.layout.subnets[*at].cidr = cidr;
            }
        }
        Some(roomy)
    }

    /// The keep-alive policy, as reports name it.
    pub(super) fn keep_alive(&self) -> String {
        self.limits.keep_alive.to_string()
    }
}

/// Which functions have a `VpcConfig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InVpc {
    /// Every function, in all subnets of the layout.
    All,
    /// No function.
    None,
    /// The functions of these names.
    Named(BTreeSet<String>),
    /// About this share of them, in percent, drawn by their names.
    Percent(u32),
}

/// How long an environment takes to start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StartTime {
    /// Always as long.
    Fixed(Duration),
    /// Log-normally distributed, by mean and standard deviation in seconds.
    LogNormal(f64, f64),
}

//! Reports: what a plan came to, as plain data.

use engine::tell::explain::Explanation;
use serde::Serialize;

use super::layout::Taken;

/// What a replay came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What was asked, in a line: `hyperplane, keep-alive fixed 300 s, a=10.0.1.0/26 …`.
    pub title: String,
    /// `classic` or `hyperplane`.
    pub eni_model: &'static str,
    /// The keep-alive policy, for instance `fixed 300 s`.
    pub keep_alive: String,
    /// Functions that the trace calls.
    pub functions: u64,
    /// Those of them with a `VpcConfig`.
    pub vpc_functions: u64,
    /// The beginning of the trace, in milliseconds since the Unix epoch.
    pub begin: u64,
    /// Seconds that the trace spans.
    pub seconds: f64,
    /// How the calls ended, and what was made for them.
    pub counts: Counts,
    /// The highest values, with their instants and causes.
    pub peaks: Vec<Peak>,
    /// What ran out, in the order of the first times.
    pub exhaustions: Vec<Exhaustion>,
    /// Use of each subnet.
    pub subnets: Vec<SubnetUse>,
    /// Values over time.
    pub series: Series,
    /// GB-seconds of memory while running calls.
    pub busy_gb_seconds: f64,
    /// GB-seconds of memory while idle: what keep-alive costs.
    pub idle_gb_seconds: f64,
    /// Functions by the addresses or environments that they cost, the costliest first; at most 20.
    pub functions_by_cost: Vec<FunctionUse>,
    /// Sentences that follow from the run.
    pub advice: Vec<String>,
    /// Inputs that the engine was given.
    pub steps: u64,
    /// A hash over the final state and every decision; equal for equal plans on any machine.
    pub hash: String,
}

/// How calls ended, and what was made for them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Calls of the trace.
    pub calls: u64,
    /// Those that were answered.
    pub answered: u64,
    /// Those for which an environment was started.
    pub cold: u64,
    /// Environments started ahead of calls, by the keep-alive policy.
    pub prewarmed: u64,
    /// Those that an idle environment took.
    pub reused: u64,
    /// Those refused for want of concurrency.
    pub throttled: u64,
    /// Those refused for want of an address.
    pub no_address: u64,
    /// Those refused by the quota of ENIs.
    pub eni_limit: u64,
    /// Those that ran longer than their function's timeout.
    pub timed_out: u64,
    /// Those that were refused otherwise, such as while a function's ENIs were made.
    pub refused_otherwise: u64,
    /// Environments that were started, for calls or ahead of them.
    pub environments: u64,
    /// Environments reaped before the trace ended.
    pub reaped: u64,
    /// ENIs that were created, those of pairs included.
    pub enis_created: u64,
    /// Environments that went to another subnet because theirs was full.
    pub failed_over: u64,
}

/// The highest value of something, and what brought it about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Peak {
    /// Of what: `concurrency`, `environments`, `ENIs`, `addresses of a`, `memory`.
    pub of: String,
    /// How many of its unit there were at the most.
    pub value: f64,
    /// Of how much, where there is a bound.
    pub bound: Option<f64>,
    /// `environments`, `addresses`, `GB`.
    pub unit: &'static str,
    /// When it was first reached: seconds since the beginning.
    pub at: f64,
    /// What brought it about, in a sentence.
    pub cause: String,
}

/// Something that ran out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exhaustion {
    /// What: `subnet a`, `ENIs per VPC`, `concurrency`, `reserved concurrency of f`.
    pub of: String,
    /// At how much.
    pub bound: u64,
    /// When first: seconds since the beginning.
    pub at: f64,
    /// Calls that were refused for it, or passed over to another subnet, in all.
    pub refused: u64,
    /// Environments that went elsewhere for it.
    pub passed_over: u64,
    /// The decisions that led there.
    pub because: Explanation,
}

/// Use of a subnet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubnetUse {
    /// Its name in the layout.
    pub name: String,
    /// Its IPv4 block, as `10.0.1.0/26`.
    pub cidr: String,
    /// Addresses that there are: AWS keeps five.
    pub usable: u32,
    /// Those that others than functions hold.
    pub taken: Taken,
    /// The most that were held at once.
    pub peak: u32,
    /// When that was first: seconds since the beginning.
    pub peak_at: f64,
    /// The most that would have been held, had nothing run out: what the advice follows from.
    pub wanted: u32,
    /// When it was first full: seconds since the beginning.
    pub full_at: Option<f64>,
    /// Seconds for which it was full.
    pub full_seconds: f64,
}

/// What a function cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunctionUse {
    /// Its name in the trace.
    pub name: String,
    /// Calls of it, answered or not.
    pub calls: u64,
    /// Those for which an environment was started.
    pub cold: u64,
    /// Those that were refused.
    pub refused: u64,
    /// The most environments at once.
    pub environments: u32,
    /// MB of memory.
    pub memory: u32,
    /// GB-seconds, running and idle.
    pub gb_seconds: f64,
}

/// Values over time, each the highest (free addresses: the lowest) in its interval.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Series {
    /// Seconds of an interval.
    pub interval: f64,
    /// Calls that run at once.
    pub concurrency: Vec<u32>,
    /// Environments in every phase.
    pub environments: Vec<u32>,
    /// ENIs of functions.
    pub enis: Vec<u32>,
    /// Free addresses of each subnet, in the order of `subnets`.
    pub free: Vec<Vec<u32>>,
    /// Calls that came.
    pub calls: Vec<u32>,
    /// Those of them for which an environment was started.
    pub cold: Vec<u32>,
    /// Those of them that were refused.
    pub refused: Vec<u32>,
    /// GB of memory held by environments.
    pub memory: Vec<f64>,
}

//! The options of `warren plan`, and what they ask to be replayed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, ValueEnum, ValueHint};
use engine::limits::{KeepAlive, Limits};
use engine::record::function::EniModel;
use sim::plan::layout::Layout;
use sim::plan::{InVpc, Setup, StartTime};
use sim::trace::azure::Spread;

use super::PlanningError;
use super::values;
use crate::infrastructure::{cloudformation, endpoint, terraform};
use crate::output::OutputArgs;
use crate::usage::{self, UsageError};
use crate::value;

/// The words of `warren plan`.
#[derive(Debug, clap::Args)]
pub(crate) struct PlanArgs {
    /// A directory in the layout of the Azure Functions trace of 2019, a CSV file of timestamp,
    /// function (of a version: name:1), duration, memory, or synthetic:DESCRIPTION
    /// (synthetic:functions=100,rate=50/s,for=1h,duration=lognormal:120ms:300ms; also zipf=0.9,
    /// gaps=weibull:1.25s:3.66s, memory=512, burst=500@10m and name=web; further groups of functions
    /// after semicolons)
    #[arg(long, value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    pub(super) trace: String,
    #[command(flatten)]
    infrastructure: InfrastructureArgs,
    /// How functions get ENIs, where they do not choose
    #[arg(long, value_name = "MODEL", value_enum, default_value = "hyperplane")]
    eni_model: Models,
    /// Which functions have a VpcConfig: vpc=all, vpc=none, vpc=40% or vpc=f,g,h
    #[arg(long, value_name = "vpc=WHICH", default_value = "vpc=all", value_parser = values::in_vpc)]
    functions: InVpc,
    /// Over how many security-group sets they are spread
    #[arg(long, value_name = "N", default_value = "1", allow_negative_numbers = true,
          value_parser = value::whole("--sets", 1..=Limits::default().groups_per_scope))]
    sets: u32,
    /// How long idle environments are kept: 5m, hybrid (by the idle times of each function) or
    /// greedy-dual:8GB (while memory lasts); with --compare a list: 1m,10m,hybrid,greedy-dual:8GB
    #[arg(long, value_name = "POLICY", default_value = "5m", value_delimiter = ',',
          action = ArgAction::Set, value_parser = value::keep_alive)]
    keep_alive: Vec<KeepAlive>,
    /// Reserved concurrency of a function; may be repeated
    #[arg(long, value_name = "F=N", value_parser = values::reserved)]
    reserved: Vec<(String, u32)>,
    /// The account's concurrent executions (default 1000, or what the endpoint tells)
    #[arg(long, value_name = "N", allow_negative_numbers = true,
          value_parser = value::whole::<u32>("--concurrency", 1..=u32::MAX))]
    concurrency: Option<u32>,
    /// Quota of ENIs in a VPC (default 500)
    #[arg(long, value_name = "N", allow_negative_numbers = true,
          value_parser = value::whole::<u32>("--enis-per-vpc", 1..=u32::MAX))]
    enis_per_vpc: Option<u32>,
    /// Quota of ENIs of the account (default 5000)
    #[arg(long, value_name = "N", allow_negative_numbers = true,
          value_parser = value::whole::<u32>("--enis", 1..=u32::MAX))]
    enis: Option<u32>,
    /// How long a start takes, or lognormal:3.24s:7.1s by mean and standard deviation
    #[arg(long, value_name = "TIME", default_value = "250ms", allow_hyphen_values = true,
          value_parser = values::start_time)]
    cold_start: StartTime,
    /// Seconds that an invocation may take
    #[arg(long, value_name = "SECONDS", default_value = "900", allow_negative_numbers = true,
          value_parser = value::whole::<u32>("--timeout", 1..=900))]
    timeout: u32,
    /// Where the calls of a minute lie
    #[arg(long, value_name = "HOW", default_value = "uniform", value_parser = spread())]
    pub(super) spread: Spread,
    /// Where what the trace does not say begins to be drawn
    #[arg(long, value_name = "N", default_value = "1", allow_negative_numbers = true,
          value_parser = value::whole::<u64>("--seed", 0..=u64::MAX))]
    seed: u64,
    /// Side by side: ENI models, keep-alive policies, subnets
    #[arg(long)]
    compare: bool,
    /// A page with plots
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) page: Option<PathBuf>,
    /// Every decision, a line of JSON each
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) decisions: Option<PathBuf>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Where subnets, security groups and functions are described.
#[derive(Debug, clap::Args)]
struct InfrastructureArgs {
    /// The subnets; with --compare it may be given several times
    #[arg(long, value_name = "a=CIDR,b=CIDR", value_parser = values::subnets)]
    subnets: Vec<Layout>,
    /// Addresses of --subnets that NAT gateways, interface endpoints and others than functions hold
    #[arg(long, value_name = "a=N,b=N", requires = "subnets", value_parser = Others::read)]
    others: Option<Others>,
    /// Subnets, security groups and functions from `terraform show -json`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    terraform_show: Vec<PathBuf>,
    /// The resources that a local of Terraform means, which a plan does not tell; may be repeated
    #[arg(long = "local", value_name = "NAME=ADDRESS,…", value_parser = value::pair("--local"))]
    locals: Vec<(String, String)>,
    /// The same from a template of CloudFormation or SAM, JSON or YAML
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    cloudformation: Vec<PathBuf>,
    /// A value for a parameter of the template; may be repeated
    #[arg(long = "parameter", value_name = "KEY=VALUE", value_parser = value::pair("--parameter"))]
    parameters: Vec<(String, String)>,
    /// The same from a running endpoint of the AWS API, or from `aws` itself, by calls that only read
    /// (credentials: AWS_ACCESS_KEY_ID, …; --region)
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    from_endpoint: Vec<String>,
    /// The region of a template or an endpoint (default $AWS_REGION, else us-east-1)
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
}

/// Addresses of subnets that others hold, as one value.
#[derive(Debug, Clone)]
struct Others(Vec<(String, u32)>);

impl Others {
    fn read(text: &str) -> Result<Others, values::PlanValueError> {
        values::others(text).map(Others)
    }
}

/// Which ENI models are planned with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Models {
    /// An ENI for each environment
    Classic,
    /// An ENI for each subnet and set of security groups
    Hyperplane,
    /// Side by side, with --compare
    Both,
}

fn spread() -> impl TypedValueParser<Value = Spread> {
    PossibleValuesParser::new(["uniform", "exponential", "equidistant"])
        .try_map(|text| text.parse())
}

impl InfrastructureArgs {
    /// The options that tell of subnets.
    fn sources(&self) -> Vec<&'static str> {
        let all = [
            ("--subnets", self.subnets.len()),
            ("--terraform-show", self.terraform_show.len()),
            ("--cloudformation", self.cloudformation.len()),
            ("--from-endpoint", self.from_endpoint.len()),
        ];
        all.into_iter().filter(|(_, count)| *count > 0).map(|(name, _)| name).collect()
    }

    fn count(&self) -> usize {
        self.subnets.len()
            + self.terraform_show.len()
            + self.from_endpoint.len()
            + self.cloudformation.len()
    }

    fn read(&self) -> Result<Vec<Layout>, PlanningError> {
        let region = self.region.clone().or_else(endpoint::region);
        let region = region.unwrap_or_else(|| "us-east-1".into());
        let mut layouts = self.subnets.clone();
        let others = self.others.as_ref().map_or(&[][..], |others| &others.0);
        values::take(&mut layouts, others)?;
        for file in &self.terraform_show {
            layouts.push(terraform::read(file, &self.locals)?);
        }
        for given in &self.from_endpoint {
            let (layout, untold) = endpoint::read(given, &region)?;
            if let Some(untold) = untold {
                eprintln!("warning: {untold}");
            }
            layouts.push(layout);
        }
        for file in &self.cloudformation {
            layouts.push(cloudformation::read(file, &region, &self.parameters)?);
        }
        if layouts.is_empty() {
            layouts.push(Layout::default());
        }
        Ok(layouts)
    }
}

impl PlanArgs {
    /// Refuses options that do not go together.
    pub(crate) fn check(&self) -> Result<(), UsageError> {
        let sources = self.infrastructure.sources();
        if !self.compare && sources.len() > 1 {
            return Err(UsageError::SeveralSources(usage::listed(&sources, "and")));
        }
        let others = self.infrastructure.others.as_ref().map_or(&[][..], |others| &others.0);
        values::take(&mut self.infrastructure.subnets.clone(), others)
            .map_err(|error| UsageError::Value(error.into()))?;
        let layouts = self.infrastructure.count();
        if !self.compare && (layouts > 1 || self.keep_alive.len() > 1) {
            return Err(UsageError::SeveralPlans);
        }
        let plans = layouts.max(1) * self.keep_alive.len() * self.eni_models().len();
        if self.decisions.is_some() && plans > 1 {
            return Err(UsageError::SeveralDecisions);
        }
        Ok(())
    }

    fn eni_models(&self) -> &'static [EniModel] {
        match self.eni_model {
            Models::Hyperplane => &[EniModel::Hyperplane],
            Models::Classic => &[EniModel::Classic],
            Models::Both => &[EniModel::Hyperplane, EniModel::Classic],
        }
    }

    /// What the trace is replayed against, one after the other.
    pub(super) fn setups(&self) -> Result<Vec<Setup>, PlanningError> {
        let mut setups = Vec::new();
        for layout in &self.infrastructure.read()? {
            for eni_model in self.eni_models() {
                for keep_alive in &self.keep_alive {
                    setups.push(self.setup(layout, *eni_model, *keep_alive));
                }
            }
        }
        Ok(setups)
    }

    fn setup(&self, layout: &Layout, eni_model: EniModel, keep_alive: KeepAlive) -> Setup {
        let mut limits = Limits { keep_alive, ..Limits::default() };
        let concurrency = self.concurrency.or(layout.concurrency);
        limits.concurrency = concurrency.unwrap_or(limits.concurrency);
        limits.enis_per_vpc = self.enis_per_vpc.unwrap_or(limits.enis_per_vpc);
        limits.enis_per_scope = self.enis.unwrap_or(limits.enis_per_scope);
        Setup {
            layout: layout.clone(),
            reserved: self.reserved.clone(),
            in_vpc: self.functions.clone(),
            sets: self.sets,
            eni_model,
            limits,
            timeout: self.timeout,
            start: self.cold_start,
            seed: self.seed,
            ..Setup::default()
        }
    }
}

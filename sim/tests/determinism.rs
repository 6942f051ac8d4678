//! Plans are the same on every machine: their hashes are known beforehand.

use std::path::Path;
use std::time::Duration;

use engine::record::function::EniModel;
use sim::plan::layout::{Layout, SubnetLayout};
use sim::plan::{InVpc, Setup, StartTime, replay};
use sim::trace::azure::Spread;
use sim::trace::{Trace, azure, synthetic};

/// What each plan comes to. These change with what the engine decides, the order in which it
/// draws, what is hashed, and how traces are drawn: with a reason that the commit tells. They do
/// not change with the machine, the C library, the compiler or its profile; where one does, the
/// arithmetic behind it is to be made exact, and nothing written here.
const AZURE: &str = "9fe7911cee88d17e";
const SYNTHETIC: &str = "95add46bbea86b6e";
const CLASSIC: &str = "4cefdf4eed7c2a0f";

fn setup(eni_model: EniModel, start: StartTime) -> Setup {
    let subnets = [("a", "10.0.1.0/28"), ("b", "10.0.2.0/27")]
        .map(|(name, cidr)| SubnetLayout::new(name, "planned", cidr.parse().expect("a block")));
    Setup {
        layout: Layout { subnets: subnets.into(), ..Layout::default() },
        in_vpc: InVpc::Percent(60),
        sets: 2,
        eni_model,
        start,
        seed: 7,
        intervals: 10,
        ..Setup::default()
    }
}

fn hash(trace: Trace, setup: &Setup) -> String {
    replay(trace, setup, |_| {}, &mut |_| {}).expect("it can be planned").hash
}

#[test]
fn the_azure_excerpt_comes_to_the_same() {
    let excerpt = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/azure"));
    let trace = azure::open(excerpt, 7, Spread::Exponential).expect("it is well formed");
    let start = StartTime::Fixed(Duration::from_millis(250));
    assert_eq!(hash(trace, &setup(EniModel::Hyperplane, start)), AZURE);
}

#[test]
fn what_is_drawn_from_every_distribution_comes_to_the_same() {
    let text = "name=w,functions=30,zipf=0.9,gaps=weibull:50ms:150ms,duration=lognormal:120ms:300ms,for=20m;\
                name=e,functions=5,rate=20/s,duration=exponential:80ms,burst=40@5m";
    let trace = synthetic::open(text, 7).expect("it is understood");
    let start = StartTime::LogNormal(3.24, 7.1);
    assert_eq!(hash(trace, &setup(EniModel::Hyperplane, start)), SYNTHETIC);
}

#[test]
fn subnets_that_run_out_come_to_the_same() {
    let text = "functions=40,rate=50/s,zipf=0.9,duration=lognormal:200ms:400ms,for=20m,burst=60@3m";
    let trace = synthetic::open(text, 7).expect("it is understood");
    let start = StartTime::Fixed(Duration::from_millis(250));
    assert_eq!(hash(trace, &setup(EniModel::Classic, start)), CLASSIC);
}

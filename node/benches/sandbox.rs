//! Prints what starts and invocations cost on this machine, beside the least they could.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::{EniId, GroupId, SubnetId, VpcId};
use engine::node::{Attachment, NodeCommand};
use engine::plan::{EniPlan, GroupPlan, Holder, VpcPlan};
use node::agent::Network;
use node::bench::{Bench, Cold, Kind, bare_starts, percentile};
use node::loopback::Loopback;
use node::net::Net;

fn row(name: &str, mut samples: Vec<Duration>) {
    let [low, middle, high] = [0, 50, 99].map(|percent| percentile(&mut samples, percent));
    println!("{name:<52} min {low:>10.1?}  p50 {middle:>10.1?}  p99 {high:>10.1?}");
}

fn column(samples: &[Cold], pick: impl Fn(&Cold) -> Duration) -> Vec<Duration> {
    samples.iter().map(pick).collect()
}

/// A VPC with a shared ENI.
fn network() -> (Net, Attachment) {
    let instance = format!("bench-vpc-{}", std::process::id());
    let net = Net::start(&instance, Vec::new(), Arc::new(|_| {})).unwrap();
    let block = Cidr::containing([10, 0, 0, 0].into(), 16).unwrap();
    let (vpc, group) = (VpcId(1), GroupId(1));
    let mut plan = VpcPlan::empty(vpc, vec![block]);
    let rules = GroupPlan { group, vpc, ingress: vec![], egress: vec![] };
    plan.groups.insert(group, Arc::new(rules));
    net.command(NodeCommand::Plan(Arc::new(plan)));
    net.command(NodeCommand::PutEni(eni(1, Holder::Shared)));
    (net, Attachment::Hyperplane(EniId(1)))
}

fn eni(number: u64, holder: Holder) -> EniPlan {
    let [.., high, low] = (number + 3).to_be_bytes();
    EniPlan {
        addresses6: Vec::new(),
        eni: EniId(number),
        vpc: VpcId(1),
        subnet: SubnetId(1),
        gateway: [10, 0, 0, 1].into(),
        address: [10, 0, high, low].into(),
        mac: [2, 0, 0, 0, high, low],
        groups: BTreeSet::from([GroupId(1)]),
        holder,
    }
}

/// Bootstraps in a VPC: what the platform adds to a cold start, and many at once.
fn in_a_vpc(bootstrap: &Path) {
    for stock in [0, 2] {
        let directory = std::env::temp_dir().join(format!("warren-bench-{}", std::process::id()));
        let (net, attachment) = network();
        let program = Path::new("/proc/self/exe");
        let mut bench = Bench::start(&directory, program, stock, Box::new(net)).unwrap();
        let code = bench.code(Kind::Bootstrap, bootstrap).unwrap();
        let samples = bench.cold_starts(Kind::Bootstrap, code, &attachment, 300).unwrap();
        let name = format!("Bootstrap in a VPC, stock {stock}");
        row(&format!("{name}: platform"), column(&samples, Cold::platform));
        row(&format!("{name}: command to ready"), column(&samples, |s| s.ready));
        row(&format!("{name}: command to first answer"), column(&samples, |s| s.answered));
        if stock == 0 {
            let burst = bench.burst(Kind::Bootstrap, code, || attachment.clone(), 500).unwrap();
            println!("{name}: 500 at once {burst:.1?}");
        }
        drop(bench);
        std::fs::remove_dir_all(&directory).unwrap();
    }
}

/// Many environments at once, each with an ENI of its own.
fn bursts(bootstrap: &Path) {
    for (kind, stock, count, rounds) in [
        (Kind::Bootstrap, 0, 500, 5),
        (Kind::Bootstrap, 2, 500, 5),
        (Kind::Python, 0, 100, 5),
        (Kind::Python, 2, 100, 5),
    ] {
        let directory = std::env::temp_dir().join(format!("warren-bench-{}", std::process::id()));
        let (net, _) = network();
        let program = Path::new("/proc/self/exe");
        let mut bench = Bench::start(&directory, program, stock, Box::new(net)).unwrap();
        let code = bench.code(kind, bootstrap).unwrap();
        let mut next = 10;
        for round in 0..rounds {
            let classic = || {
                next += 1;
                Attachment::Classic(eni(next, Holder::Environment))
            };
            let burst = bench.burst(kind, code, classic, count).unwrap();
            println!(
                "{kind:?} in a VPC, stock {stock}: {count} at once, round {round}: {burst:.1?}"
            );
        }
        drop(bench);
        std::fs::remove_dir_all(&directory).unwrap();
    }
}

fn main() {
    node::sandbox::fork_server_main_if_asked();
    let bootstrap = Path::new(env!("CARGO_BIN_EXE_echo-bootstrap"));
    if std::env::args().any(|argument| argument == "bursts") {
        return bursts(bootstrap);
    }
    row("bare start of the bootstrap, to its end", bare_starts(bootstrap, 300).unwrap());
    in_a_vpc(bootstrap);
    let program = Path::new("/proc/self/exe");
    for (kind, stock, rounds) in [
        (Kind::Bootstrap, 0, 200),
        (Kind::Bootstrap, 2, 200),
        (Kind::Python, 0, 20),
        (Kind::Python, 2, 50),
        (Kind::Node, 0, 20),
        (Kind::Node, 2, 50),
    ] {
        let directory = std::env::temp_dir().join(format!("warren-bench-{}", std::process::id()));
        let mut bench = Bench::start(&directory, program, stock, Box::new(Loopback)).unwrap();
        let code = bench.code(kind, bootstrap).unwrap();
        let attachment = Attachment::Outside;
        let samples = bench.cold_starts(kind, code, &attachment, rounds).unwrap();
        let name = format!("{kind:?}, stock {stock}");
        row(&format!("{name}: network (bare namespace)"), column(&samples, |s| s.stages.network));
        row(&format!("{name}: sandbox"), column(&samples, |s| s.stages.sandbox));
        row(&format!("{name}: runtime"), column(&samples, |s| s.stages.runtime));
        row(&format!("{name}: command to ready"), column(&samples, |s| s.ready));
        row(&format!("{name}: command to first answer"), column(&samples, |s| s.answered));
        let (environment, ..) = bench.start_one(kind, code, attachment.clone()).unwrap();
        row(&format!("{name}: warm"), bench.warm_invokes(environment, 2000).unwrap());
        bench.stop(environment).unwrap();
        if kind == Kind::Bootstrap {
            let environments: Vec<_> = (0..8)
                .map(|_| bench.start_one(kind, code, attachment.clone()).unwrap().0)
                .collect();
            let count = 20_000;
            let time = bench.throughput(&environments, count).unwrap();
            println!("{name}: {:.0} invocations/s in 8", count as f64 / time.as_secs_f64());
            for environment in environments {
                bench.stop(environment).unwrap();
            }
            let burst = bench.burst(kind, code, || attachment.clone(), 200).unwrap();
            println!("{name}: 200 at once {burst:.1?}");
        }
        drop(bench);
        std::fs::remove_dir_all(&directory).unwrap();
    }
}

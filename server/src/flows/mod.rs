//! Flow logs: what routers have counted, gathered for whoever wants to be told, and brought there.
//!
//! The node tells of each VPC about once a second. A flow log is told a flow once that rests, or, where
//! AWS's times are imitated, at the end of each interval. What is gathered is in memory alone: what is told
//! is told once, and what a process had not told is lost with it.

mod deliver;
mod format;
mod gather;
mod lines;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::Duration;

use engine::flow::{Counted, Flow};
use engine::id::{EniId, FlowLogId, SubnetId, VpcId};
use engine::network::exit::Exit;
use engine::plan::VpcPlan;
use engine::record::flow_log::{FlowLog, Traffic, Watched};
use tokio::sync::Notify;
use tokio::task::JoinError;

use crate::driver::Driver;
use crate::logs::Logs;
use crate::outward::Reach;
use crate::thread::{lock, spawn_vital};
use deliver::Undelivered;
use gather::Gathering;
use lines::Known;

pub(crate) use deliver::{actor, bucket_of};
pub(crate) use format::{BadFormat, DEFAULT, Format};

/// How often it is looked what is to be told.
const LOOKS: Duration = Duration::from_millis(500);

/// The flow logs of a server.
pub struct Flows {
    driver: Weak<Driver>,
    logs: Weak<Logs>,
    reach: Arc<Reach>,
    /// Whether flows are told at the end of intervals alone.
    takes_time: bool,
    state: Mutex<State>,
    /// Told when there may be the first flow log.
    news: Notify,
}

#[derive(Debug, Default)]
struct State {
    gathering: Gathering,
    /// When each VPC was told of last.
    told: HashMap<VpcId, u64>,
    /// Why what was last to be told was not.
    failed: BTreeMap<FlowLogId, Undelivered>,
}

impl fmt::Debug for Flows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flows").field("takes_time", &self.takes_time).finish_non_exhaustive()
    }
}

impl Flows {
    /// Flow logs that tell in these logs, and wherever else there is to reach.
    pub fn new(
        driver: &Arc<Driver>,
        logs: &Arc<Logs>,
        reach: &Arc<Reach>,
        takes_time: bool,
    ) -> Arc<Flows> {
        Arc::new(Flows {
            driver: Arc::downgrade(driver),
            logs: Arc::downgrade(logs),
            reach: Arc::clone(reach),
            takes_time,
            state: Mutex::default(),
            news: Notify::new(),
        })
    }

    /// Takes what the router of a VPC has counted.
    pub fn take(&self, counted: &Counted) {
        let Some(driver) = self.driver.upgrade() else { return };
        let wanted: Vec<Wanted> = driver.read(|engine| {
            let all = engine.flow_logs_of(counted.vpc);
            let plan = engine.vpc_plan(counted.vpc);
            all.map(|log| {
                let paths = match Format::parse(&log.format).is_ok_and(|it| it.tells_path()) {
                    true => counted.flows.iter().map(|flow| path(plan?, flow)).collect(),
                    false => vec![None; counted.flows.len()],
                };
                Wanted { id: log.id, of: log.of, traffic: log.traffic, paths }
            })
            .collect()
        });
        let mut state = self.state();
        let since = state.told.insert(counted.vpc, counted.at).unwrap_or(counted.at);
        for Wanted { id, of, traffic, paths } in wanted {
            let is_of = |eni: EniId, subnet: SubnetId| match of {
                Watched::Vpc(_) => true,
                Watched::Subnet(id) => id == subnet,
                Watched::Eni(id) => id == eni,
            };
            let flows = counted.flows.iter().zip(paths);
            let flows = flows.filter(|(flow, _)| {
                is_of(flow.eni, flow.subnet) && traffic.tells(flow.key.is_accepted)
            });
            let skipped = counted.skipped.iter().copied().filter(|(eni, at)| is_of(*eni, *at));
            state.gathering.take(id, (counted, since), flows, skipped);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state, "flow logs")
    }

    /// There may be the first flow log, or others than before.
    pub(crate) fn look(&self) {
        if let Some(driver) = self.driver.upgrade() {
            let logs = driver.read(|engine| engine.all_flow_logs().map(|log| log.id).collect());
            self.state().gathering.keep(&logs, now());
        }
        self.news.notify_one();
    }

    /// Why the last of what a flow log had to tell is not told; none where it is.
    pub(crate) fn failure(&self, log: FlowLogId) -> Option<&'static str> {
        self.state().failed.get(&log).map(|why| why.text())
    }

    /// Tells what is due; returns whether there are flow logs.
    async fn tell(&self) -> bool {
        let (Some(driver), Some(logs)) = (self.driver.upgrade(), self.logs.upgrade()) else {
            return false;
        };
        let all: Vec<FlowLog> = driver.read(|engine| engine.all_flow_logs().cloned().collect());
        let ids: BTreeSet<FlowLogId> = all.iter().map(|log| log.id).collect();
        let now = now();
        {
            let mut state = self.state();
            state.gathering.keep(&ids, now);
            state.failed.retain(|id, _| ids.contains(id));
        }
        for log in &all {
            let interval = u64::from(log.interval) * 1000;
            let due = self.state().gathering.due(log.id, now, interval, !self.takes_time);
            let Ok(format) = Format::parse(&log.format) else { continue };
            let known = driver.read(|engine| Known::of(engine, log, &due));
            let header = format.header();
            // There may be many: neither the engine nor other tasks wait for them to be spelled.
            let of = log.clone();
            let spelled = tokio::task::spawn_blocking(move || lines::of(&of, &format, due, &known));
            let lines = match spelled.await.map_err(JoinError::try_into_panic) {
                Ok(lines) => lines,
                Err(Ok(panic)) => std::panic::resume_unwind(panic),
                // The server ends.
                Err(Err(_)) => return false,
            };
            if lines.is_empty() {
                continue;
            }
            let delivered = deliver::deliver(&logs, &self.reach, log, &header, lines).await;
            let mut state = self.state();
            match delivered {
                Ok(()) => drop(state.failed.remove(&log.id)),
                Err(why) => drop(state.failed.insert(log.id, why)),
            }
        }
        !all.is_empty()
    }
}

/// What a flow log is to be told of, and by which paths flows left their VPC.
struct Wanted {
    id: FlowLogId,
    of: Watched,
    traffic: Traffic,
    paths: Vec<Option<u8>>,
}

/// The number of the path by which a flow leaves its ENI's network; none where it does not.
fn path(plan: &VpcPlan, flow: &Flow) -> Option<u8> {
    /// Through another ENI of the VPC, through a gateway endpoint, and through an internet gateway.
    const WITHIN: u8 = 1;
    const ENDPOINT: u8 = 7;
    const INTERNET: u8 = 8;
    if !flow.key.is_egress || !flow.key.is_accepted {
        return None;
    }
    let destination = match flow.key.ends[1] {
        IpAddr::V4(destination) => destination,
        IpAddr::V6(destination) => {
            let is_within = plan.cidrs6.iter().any(|block| block.contains(destination));
            return Some(if is_within { WITHIN } else { INTERNET });
        }
    };
    if plan.cidrs.iter().any(|block| block.contains(destination)) {
        return Some(WITHIN);
    }
    if plan.nats.values().any(|nat| nat.eni == flow.eni) {
        return Some(INTERNET);
    }
    let exit = plan.exit((flow.eni, flow.subnet), destination, flow.key.protocol).ok()?;
    Some(match exit {
        Exit::Endpoint(_) => ENDPOINT,
        Exit::Public(_, Some(_)) => WITHIN,
        Exit::Public(_, None) => INTERNET,
    })
}

/// Tells flows for as long as the server is there. Where there are no flow logs this waits.
pub fn start(flows: &Arc<Flows>) {
    spawn_vital("flow-logs", run(Arc::downgrade(flows)));
}

async fn run(flows: Weak<Flows>) {
    loop {
        let Some(held) = flows.upgrade() else { return };
        if held.tell().await {
            drop(held);
            tokio::time::sleep(LOOKS).await;
        } else if held.driver.strong_count() == 0 {
            return;
        } else {
            held.news.notified().await;
        }
    }
}

fn now() -> u64 {
    crate::driver::now().millis()
}

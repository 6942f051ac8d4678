//! The lines of what is due: what the engine knows of it is read first, and they are spelled without it.

use std::collections::HashMap;

use engine::engine::Engine;
use engine::id::{EniId, SubnetId, VpcId};
use engine::record::eni::{Eni, EniUser};
use engine::record::flow_log::{FlowLog, Watched};

use super::deliver::Line;
use super::format::{At, Format, Told};
use super::gather::Due;

/// What the engine knows of what is due.
pub(super) struct Known {
    /// The VPC and the zone of each subnet that is there.
    subnets: HashMap<SubnetId, (VpcId, String)>,
    /// ENIs of which there is nothing to tell, where that is to be told.
    idle: Vec<(EniId, SubnetId)>,
}

impl Known {
    pub(super) fn of(engine: &Engine, log: &FlowLog, due: &Due) -> Known {
        let idle = due.over.as_ref().map(|(.., seen)| {
            let all = engine.all::<Eni>(&log.scope).filter(|eni| match log.of {
                Watched::Vpc(vpc) => eni.vpc == vpc,
                Watched::Subnet(subnet) => eni.subnet == subnet,
                Watched::Eni(id) => eni.id == id,
            });
            let idle = all.filter(|eni| is_in_use(eni) && !seen.contains(&eni.id));
            idle.map(|eni| (eni.id, eni.subnet)).collect()
        });
        let mut known = Known { subnets: HashMap::new(), idle: idle.unwrap_or_default() };
        let flows = due.flows.iter().map(|(flow, _)| flow.subnet);
        let skipped = due.skipped.iter().map(|(_, skipped)| skipped.subnet);
        let idle = known.idle.iter().map(|(_, subnet)| *subnet);
        for id in flows.chain(skipped).chain(idle) {
            if known.subnets.contains_key(&id) {
                continue;
            }
            if let Ok(subnet) = engine.subnet(&log.scope, id) {
                known.subnets.insert(id, (subnet.vpc, subnet.zone_id.clone()));
            }
        }
        known
    }

    /// Where an ENI is; of a subnet that is gone that is known where the flow log is of its VPC.
    fn at(&self, log: &FlowLog, eni: EniId, subnet: SubnetId) -> Option<At> {
        let (vpc, zone) = match (self.subnets.get(&subnet), log.of) {
            (Some((vpc, zone)), _) => (*vpc, zone.clone()),
            (None, Watched::Vpc(vpc)) => (vpc, "-".to_owned()),
            (None, Watched::Subnet(_) | Watched::Eni(_)) => return None,
        };
        let (account, region) = (log.scope.account, log.scope.region.clone());
        Some(At { account, region, vpc, subnet, zone, eni })
    }
}

/// The lines of what is due, those of each ENI one after another.
pub(super) fn of(log: &FlowLog, format: &Format, due: Due, known: &Known) -> Vec<Line> {
    let Due { flows, skipped, over } = due;
    let mut lines: Vec<Line> = Vec::new();
    let mut tell = |eni, subnet, time, told| {
        if let Some(at) = known.at(log, eni, subnet) {
            lines.push((eni, time, format.line(&at, told)));
        }
    };
    for (flow, path) in &flows {
        tell(flow.eni, flow.subnet, flow.first, Told::Flow(flow, *path));
    }
    for (eni, skipped) in skipped {
        let told = Told::Skipped(skipped.first, skipped.last);
        tell(eni, skipped.subnet, skipped.first, told);
    }
    if let Some((began, end, _)) = over {
        for (eni, subnet) in &known.idle {
            tell(*eni, *subnet, began, Told::NoData(began, end));
        }
    }
    lines.sort_by_key(|(eni, time, _)| (*eni, *time));
    lines
}

/// Whether something holds an ENI.
fn is_in_use(eni: &Eni) -> bool {
    !matches!(eni.user, EniUser::Customer | EniUser::Released(_))
}

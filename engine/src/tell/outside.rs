//! Outside of VPCs: what comes to a public address of one, and where functions without a VPC get to.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::cidr::Cidr;
use crate::base::id::{EniId, FunctionId, SubnetId};
use crate::network::arrival::NotLetIn;
use crate::network::reach::{Content, Packet, Reach};
use crate::plan::{DropReason, EniPlan, Holder, VpcPlan};
use crate::record::eni::{Eni, EniUser};
use crate::record::group::Direction;
use crate::record::resource::ResourceKind;
use crate::tell::gates::{Leg, Way};
use crate::tell::hop::{By, Gate, Hop, Reached};
use crate::tell::idle::attached_instead;
use crate::tell::reach::{OF_OTHERS, ReachPath, SOMEBODY, Target, groups_of};
use crate::tell::words::Teller;

/// What a public address is asked from by functions without a VPC, and by this host: an address of this
/// block, of which each installation has its own; and one that stands for it.
const HOSTS: (Ipv4Addr, u8) = (Ipv4Addr::new(100, 127, 0, 0), 16);
pub(super) const OF_HOST: Ipv4Addr = Ipv4Addr::new(100, 127, 0, 1);

/// The block by which a rule is to speak of who is outside of a VPC.
pub(super) fn block_of(address: Ipv4Addr) -> Cidr {
    let (base, prefix) = match address {
        OF_HOST => HOSTS,
        // It stands for the internet as a whole.
        SOMEBODY => (Ipv4Addr::UNSPECIFIED, 0),
        _ => (address, 32),
    };
    Cidr::containing(base, prefix).expect("it is a block")
}

impl Teller<'_> {
    /// The ENI that has a public address, and by which of its private addresses.
    pub(super) fn published(&self, address: Ipv4Addr) -> Option<(EniId, Ipv4Addr)> {
        let mut all = self.network.elastic_ips.values();
        let ip = all.find(|ip| ip.address == address)?;
        self.network.published(ip).map(|(eni, private)| (eni.id, private))
    }

    /// The way from outside of all VPCs: from an address, or from where a function without a VPC is.
    pub(super) fn path_from_outside(
        &self,
        (source, function): (Option<Ipv4Addr>, Option<FunctionId>),
        to: Target,
        content: Content,
    ) -> ReachPath {
        let asked = match to {
            Target::Address(address) => address,
            Target::Eni(id) => {
                let public = self.network.public_of(id).map(|ip| ip.address);
                public.unwrap_or(self.network.enis[&id].address)
            }
        };
        let mut hops = Vec::new();
        let (mut verdict, mut mend, mut leaves) = (Reached::Stopped, None, false);
        match (self.published(asked), to) {
            (Some(eni), _) => {
                let from = source.unwrap_or(OF_HOST);
                (verdict, mend) = self.arrive((from, eni), content, OF_OTHERS, &mut hops);
            }
            (None, Target::Eni(id)) => {
                let eni = &self.network.enis[&id];
                let text = format!(
                    "{asked} is of {}, and has no public address by which it is reached from outside",
                    eni.vpc
                );
                hops.push(Hop::closed(false, Gate::Route, text));
                mend = match function {
                    Some(function) => Some(self.moved_in(function, eni)),
                    None => self.published_by(eni.id, eni.address),
                };
            }
            (None, Target::Address(_)) if source.is_none() => {
                let text = "it has no VpcConfig: this host leads out".to_string();
                hops.push(Hop::open(false, Gate::Route, text, None));
                (verdict, leaves) = (Reached::Reached, true);
            }
            (None, Target::Address(_)) => {
                let text = format!("{asked} is the public address of no ENI");
                hops.push(Hop::closed(false, Gate::Arrival, text));
            }
        }
        ReachPath {
            source: source.unwrap_or(OF_HOST).into(),
            eni: None,
            subnet: None,
            destination: asked.into(),
            leaves,
            verdict,
            hops,
            mend,
        }
    }

    /// The command that gives an address of a resource's ENI a public one; functions' ENIs cannot have such.
    pub(super) fn published_by(&self, eni: EniId, private: Ipv4Addr) -> Option<String> {
        let known = self.network.enis.get(&eni)?;
        let EniUser::Resource(id) = known.user else { return None };
        let is_process = matches!(
            self.network.resources.get(&id)?.kind,
            ResourceKind::Process(_) | ResourceKind::Exposed(_)
        );
        let at = match private == known.address {
            true => String::new(),
            false => format!(" --private-ip-address {private}"),
        };
        is_process.then(|| {
            format!(
                "aws ec2 associate-address --network-interface-id {eni}{at} --allocation-id $(aws ec2 \
                 allocate-address --query AllocationId --output text)"
            )
        })
    }

    /// How a function without a VPC gets into that of an ENI.
    fn moved_in(&self, function: FunctionId, eni: &Eni) -> String {
        let group = self.network.vpcs[&eni.vpc].default_group;
        format!(
            "aws lambda update-function-configuration --function-name {} --vpc-config \
             SubnetIds={},SecurityGroupIds={group}",
            self.function_name(function),
            eni.subnet
        )
    }

    /// The gates that a packet from outside of a VPC meets on its way to an ENI's public address, and
    /// the reply to it.
    pub(super) fn arrive(
        &self,
        (source, (id, private)): (Ipv4Addr, (EniId, Ipv4Addr)),
        content: Content,
        ports: (u16, u16),
        hops: &mut Vec<Hop>,
    ) -> (Reached, Option<String>) {
        let eni = &self.network.enis[&id];
        let vpc = self.network.planned(eni.vpc);
        let secondary = Some(private).filter(|private| *private != eni.address);
        let public = self.network.public_at(id, secondary).map_or(private, |ip| ip.address);
        let holds = format!("{public} is the public address of {}", self.holder_name(eni));
        let by = |gateway| Some(By::Arrival { vpc: eni.vpc, gateway, eni: id });
        let planned = match secondary {
            Some(secondary) => vpc.secondary_publics.get(&secondary),
            None => vpc.publics.get(&id),
        };
        match vpc.lets_in_at(planned) {
            Ok(gateway) => {
                let text = format!("{gateway} of {}: {holds}", eni.vpc);
                hops.push(Hop::open(false, Gate::Arrival, text, by(Some(gateway))));
            }
            Err(why) => {
                let (text, mend) = self.not_let_in(why, eni, vpc);
                let closed = Hop::closed(false, Gate::Arrival, format!("{holds}, {text}"));
                hops.push(match why {
                    // What stops it is the way back.
                    NotLetIn::NoRouteBack => Hop {
                        by: self.no_route_of(eni.subnet),
                        reason: Some(DropReason::NoRoute),
                        ..closed
                    },
                    _ => Hop { by: by(vpc.gateway), ..closed },
                });
                return (Reached::Stopped, mend);
            }
        }
        let Some(receiver) = self.receiver(eni.vpc, private) else {
            let text = format!("no packet is taken at {private}: {id} is attached to nothing");
            hops.push(Hop::closed(false, Gate::IngressGroups, text));
            return (Reached::Stopped, Some(attached_instead(eni)));
        };
        let sender = stranger(source, &receiver);
        let groups = groups_of(vpc, core::iter::once(&receiver));
        let enis = BTreeMap::from([(id, receiver.clone())]);
        let reach = Reach { vpc, groups: &groups, enis: &enis };
        let packet = Packet { sender: sender.eni, destination: private, content };
        let (vpc, receiver) = (eni.vpc, Some(&receiver));
        let (reach, sender, beyond) = (&reach, &sender, None);
        let way = Way { reach, beyond, vpc, sender, is_to_be: true, receiver, packet };
        self.let_in(&way, hops)
            .map_or_else(|mend| (Reached::Stopped, mend), |()| self.back(&way, ports, hops))
    }

    /// The gates between the internet gateway and an ENI.
    ///
    /// # Errors
    /// What would open the one that is closed.
    fn let_in(&self, way: &Way<'_>, hops: &mut Vec<Hop>) -> Result<(), Option<String>> {
        let Packet { destination, content, .. } = way.packet;
        let source = way.sender.address;
        let Some(receiver) = way.receiver else { return Err(None) };
        let verdict = way.reach.judge_arrival(source, receiver, content);
        let crossing = way.reach.boundary(destination, source, Direction::Ingress, content);
        if let Some(crossing) = crossing.filter(|crossing| crossing.allows) {
            let (text, by) = self.crossed(&crossing, "in");
            hops.push(Hop::open(false, Gate::IngressAcl, text, by));
        }
        if let Err(reason) = verdict {
            let leg = Leg { at: way.reach, sender: Some(way.sender), receiver: way.receiver };
            hops.push(self.stopped(way, &leg, reason));
            return Err(self.mend(way, reason, None));
        }
        let permitting = way.reach.permitting(receiver, Direction::Ingress, source, content);
        if let Some((group, rule)) = permitting {
            let text = format!("{rule} of {} lets it in", self.group_name(group));
            let by = Some(By::GroupRule { group, rule });
            hops.push(Hop::open(false, Gate::IngressGroups, text, by));
        }
        Ok(())
    }

    /// That a subnet's table has no route somewhere.
    fn no_route_of(&self, subnet: SubnetId) -> Option<By> {
        let table = self.network.table_of(subnet).map(|table| table.id);
        let (destination, nat, gateway, public, eni) = (None, None, None, None, None);
        Some(By::Route { table, destination, nat, gateway, public, eni })
    }

    /// Why an internet gateway does not let something in, and what would have it do so.
    fn not_let_in(&self, why: NotLetIn, eni: &Eni, vpc: &VpcPlan) -> (String, Option<String>) {
        match why {
            NotLetIn::OneWay => ("which takes no connections".into(), None),
            NotLetIn::NoGateway => (format!("and {} has no internet gateway", eni.vpc), None),
            NotLetIn::NoRouteBack => {
                let table = self.network.table_of(eni.subnet).map(|table| table.id);
                let named = table.map_or_else(String::new, |table| format!("{table} of "));
                let text = format!(
                    "but {named}{} has no route to an internet gateway: nothing would find its way back",
                    eni.subnet
                );
                let mend = table.zip(vpc.gateway).map(|(table, gateway)| {
                    format!(
                        "aws ec2 create-route --route-table-id {table} \
                         --destination-cidr-block 0.0.0.0/0 --gateway-id {gateway}"
                    )
                });
                (text, mend)
            }
        }
    }
}

/// Who sends from outside of a VPC: without an ENI, and of no security group.
fn stranger(address: Ipv4Addr, receiver: &EniPlan) -> EniPlan {
    EniPlan {
        addresses6: Vec::new(),
        eni: EniId(0),
        vpc: receiver.vpc,
        subnet: SubnetId(0),
        gateway: receiver.gateway,
        address,
        mac: [0; 6],
        groups: BTreeSet::new(),
        holder: Holder::Environment,
    }
}

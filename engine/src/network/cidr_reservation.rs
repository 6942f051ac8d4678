//! Reserved blocks of subnets: addresses that nobody gets who does not ask for them.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::id::{Missing, ReservationId, SubnetId};
use crate::base::limits::RESERVATIONS_PER_SUBNET;
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::record::cidr_reservation::{CidrReservation, ReservationType};
use crate::record::subnet::Subnet;
use crate::record::{Change, Key, Record};

/// `CreateSubnetCidrReservation`; answered with the reservation. Addresses of the block that interfaces
/// have stay theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// Of which subnet.
    pub subnet: SubnetId,
    /// The block, inside the subnet's and apart from its other reservations'.
    pub cidr: Cidr,
    /// What for.
    pub kind: ReservationType,
    /// Its description, if it has one.
    pub description: Option<String>,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteSubnetCidrReservation`; answered with what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub reservation: ReservationId,
}

/// Why a question about reservations is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such subnet.
    NoSubnet(SubnetId),
    /// The scope has no such reservation.
    NoReservation(ReservationId),
    /// The block is not inside its subnet's.
    Outside(Cidr, SubnetId),
    /// The block overlaps one that is reserved.
    Overlaps(Cidr),
    /// The subnet has as many as it may.
    TooMany(SubnetId),
}

impl From<Missing<SubnetId>> for Refusal {
    fn from(Missing(id): Missing<SubnetId>) -> Refusal {
        Refusal::NoSubnet(id)
    }
}

impl From<Missing<ReservationId>> for Refusal {
    fn from(Missing(id): Missing<ReservationId>) -> Refusal {
        Refusal::NoReservation(id)
    }
}

impl Ask for Create {
    type Answer = CidrReservation;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let network = &engine.network;
        let subnet = network.subnet(&self.scope, self.subnet)?;
        if !subnet.cidr.covers(self.cidr) {
            return Err(Refusal::Outside(self.cidr, self.subnet));
        }
        if network.reservations_of(self.subnet).any(|other| other.cidr.overlaps(self.cidr)) {
            return Err(Refusal::Overlaps(self.cidr));
        }
        match network.pools[&self.subnet].reservations() >= RESERVATIONS_PER_SUBNET {
            true => Err(Refusal::TooMany(self.subnet)),
            false => Ok(self),
        }
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> CidrReservation {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, subnet, cidr, kind, description, tags } = granted;
        let id = fresh(cx.random, &network.cidr_reservations, ReservationId);
        let made = CidrReservation { id, scope, subnet, cidr, kind, description, tags };
        network.pools.get_mut(&subnet).expect("each subnet has a pool").reserve(cidr, kind);
        network.cidr_reservations.insert(id, made.clone());
        let record = Record::CidrReservation(made.clone());
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
        made
    }
}

impl Ask for Delete {
    type Answer = CidrReservation;
    type Refusal = Refusal;
    type Granted = ReservationId;

    fn check(self, engine: &Engine) -> Result<ReservationId, Refusal> {
        let found = engine.network.find::<CidrReservation>(&self.scope, self.reservation)?;
        Ok(found.id)
    }

    fn apply(
        granted: ReservationId,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> CidrReservation {
        let (network, mut cx) = engine.network_cx(now, out);
        let gone = network.cidr_reservations.remove(&granted).expect("it was found");
        let pool = network.pools.get_mut(&gone.subnet).expect("each subnet has a pool");
        pool.unreserve(gone.cidr);
        cx.persist(Vec::from([Change::Delete(Key::CidrReservation(granted))]));
        gone
    }
}

impl Network {
    fn reservations_of(&self, subnet: SubnetId) -> impl Iterator<Item = &CidrReservation> {
        self.cidr_reservations.values().filter(move |each| each.subnet == subnet)
    }
}

impl Part for CidrReservation {
    fn subnet_goes(network: &mut Network, subnet: &Subnet, changes: &mut Vec<Change>) {
        let gone: Vec<_> = network.reservations_of(subnet.id).map(|each| each.id).collect();
        for id in gone {
            network.cidr_reservations.remove(&id);
            changes.push(Change::Delete(Key::CidrReservation(id)));
        }
    }

    fn restored(network: &mut Network, _: &mut Vec<Change>) {
        // After the interfaces, whose addresses stay theirs.
        for each in network.cidr_reservations.values() {
            let pool = network.pools.get_mut(&each.subnet).expect("each subnet has a pool");
            pool.reserve(each.cidr, each.kind);
        }
    }

    fn check(network: &Network) {
        let all: usize = network.pools.values().map(|pool| pool.reservations()).sum();
        assert_eq!(all, network.cidr_reservations.len(), "reservations of subnets");
        for each in network.cidr_reservations.values() {
            let subnet = &network.subnets[&each.subnet];
            assert!(subnet.cidr.covers(each.cidr), "{} and its subnet", each.id);
        }
    }
}

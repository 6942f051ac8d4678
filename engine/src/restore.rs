//! Restarts: an engine from what was stored.

use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

use crate::base::id::{EniId, SubnetId, VpcId};
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::effect::EffectSink;
use crate::engine::{Config, Engine};
use crate::network::OfOthers;
use crate::record::Record;

/// Why records do not fit together: no engine has stored them so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Torn {
    /// An ENI is of a subnet that is not there.
    NoSubnet(EniId, SubnetId),
    /// An ENI's address is not to be had in its subnet, or another one holds it.
    Address(EniId, Ipv4Addr),
    /// The same of an IPv6 address.
    Address6(EniId, Ipv6Addr),
}

impl Engine {
    /// An engine that knows what was stored; tells the node what it is to have. Timers may be
    /// due at once.
    ///
    /// Records may come in any order.
    ///
    /// # Errors
    /// When the records do not fit together.
    pub fn restore(
        config: Config,
        records: Vec<Record>,
        out: &mut dyn EffectSink,
    ) -> Result<Engine, Torn> {
        let mut engine = Engine::new(config);
        let functions = records.iter().filter(|each| matches!(each, Record::Function(_)));
        engine.compute.functions.by_id.reach(functions.count());
        for record in records {
            engine.take(record);
        }
        engine.sources.restored();
        let mappings = engine.sources.ids();
        let (compute, network, mut cx) = engine.parts(Time(0), out);
        for eni in network.enis.values() {
            let pool = network.pools.get_mut(&eni.subnet);
            let pool = pool.ok_or(Torn::NoSubnet(eni.id, eni.subnet))?;
            pool.take(eni.address, eni.id).map_err(|_| Torn::Address(eni.id, eni.address))?;
            for address in &eni.addresses6 {
                let block = network.subnets[&eni.subnet].block6;
                let is_of_block = block.is_some_and(|block| block.cidr.contains(*address));
                if !is_of_block || network.held6.insert(*address, eni.id).is_some() {
                    return Err(Torn::Address6(eni.id, *address));
                }
            }
            cx.journal.resume(eni.decision.id);
        }
        for held in network.secondaries.values() {
            let torn = |address: &Ipv4Addr| Torn::Address(held.eni, *address);
            for address in &held.addresses {
                let eni = network.enis.get(&held.eni).ok_or_else(|| torn(address))?;
                let pool = network.pools.get_mut(&eni.subnet).expect("its ENI holds one of it");
                pool.take(*address, held.eni).map_err(|_| torn(address))?;
            }
        }
        let vpcs: Vec<VpcId> = network.vpcs.keys().copied().collect();
        network.restored(&mut cx);
        network.watch_nats(&mut cx);
        network.watch_peerings(&mut cx);
        vpcs.into_iter().for_each(|vpc| network.plan_vpc(&mut cx, vpc));
        compute.restore_pairs(&mut cx, network);
        network.remove_stray_pollers(&mut cx, &mappings);
        network.restore_endpoints(&mut cx);
        for resource in network.resources.values() {
            cx.command(network.put_resource(resource));
        }
        let functions: Vec<_> =
            compute.functions.by_id.values().map(|each| (each.id, each.used)).collect();
        for (id, used) in functions {
            cx.now = used;
            compute.watch_idleness(&mut cx, id);
            compute.settle(&mut cx, id);
        }
        for (request, queued) in &compute.events {
            let due = queued.event.again.unwrap_or(Time(0));
            cx.timers.set(Timer::Event(*request), due);
        }
        for mapping in mappings {
            engine.timers.set(Timer::Mapping(mapping), Time(0));
        }
        Ok(engine)
    }

    fn take(&mut self, record: Record) {
        match self.network.take(record) {
            None => {}
            Some(OfOthers::Function(function)) => self.compute.take_function(function),
            Some(OfOthers::Event(event)) => self.compute.take_event(event),
            Some(OfOthers::Mapping(mapping)) => self.sources.take(mapping),
            Some(OfOthers::Checkpoint(stored)) => self.sources.take_checkpoint(stored),
            Some(OfOthers::Layer(layer)) => self.compute.layers.take(layer),
            Some(OfOthers::Alias(alias)) => self.compute.aliases.insert(alias),
            Some(OfOthers::ResourcePolicy(policy)) => self.compute.policies.insert(policy),
            Some(OfOthers::FunctionUrl(url)) => self.compute.urls.insert(*url),
        }
    }
}

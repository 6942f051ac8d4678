//! Elastic network interfaces: an address of a subnet, its security groups, and who holds it.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::id::{EniId, GroupId, SubnetId, VpcId};
use crate::base::limits::Limits;
use crate::base::random::{fresh, mac};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::{Refusal, Reply};
use crate::network::address::AddressError;
use crate::network::{Done, Network, Outcome};
use crate::node::NodeCommand;
use crate::plan::{EniPlan, Holder};
use crate::record::decision::{Cause, Choice, Decision};
use crate::record::eni::{Eni, EniUser};
use crate::record::{Change, Key, Record};

/// What may be asked about ENIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EniRequest {
    /// `CreateNetworkInterface`.
    Create {
        /// The owner.
        scope: Scope,
        /// In which subnet.
        subnet: SubnetId,
        /// Its groups; none is the VPC's default group.
        groups: BTreeSet<GroupId>,
        /// The address asked for, if any.
        address: Option<Ipv4Addr>,
        /// Its description.
        description: String,
        /// Tags to begin with.
        tags: Tags,
    },
    /// `DeleteNetworkInterface`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        eni: EniId,
    },
    /// `ModifyNetworkInterfaceAttribute`.
    Modify {
        /// The owner.
        scope: Scope,
        /// Which one.
        eni: EniId,
        /// Its groups from now on, if they change.
        groups: Option<BTreeSet<GroupId>>,
        /// Its description, if it changes.
        description: Option<String>,
        /// `SourceDestCheck`, if it changes.
        source_dest_check: Option<bool>,
    },
}

/// An ENI to be made.
#[derive(Debug)]
pub(crate) struct NewEni {
    pub(crate) id: EniId,
    pub(crate) mac: [u8; 6],
    pub(crate) scope: Scope,
    pub(crate) subnet: SubnetId,
    pub(crate) groups: BTreeSet<GroupId>,
    pub(crate) address: Option<Ipv4Addr>,
    pub(crate) description: String,
    pub(crate) user: EniUser,
    pub(crate) tags: Tags,
    pub(crate) decision: Decision,
}

/// How many ENIs there are, so that a quota is asked about without a look at each of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    of_scopes: BTreeMap<Scope, usize>,
    /// Those that functions hold, by their VPCs.
    of_functions: BTreeMap<VpcId, usize>,
}

impl Tally {
    pub(crate) fn add(&mut self, eni: &Eni) {
        match self.of_scopes.get_mut(&eni.scope) {
            Some(count) => *count += 1,
            None => drop(self.of_scopes.insert(eni.scope.clone(), 1)),
        }
        if eni.user.is_function() {
            *self.of_functions.entry(eni.vpc).or_default() += 1;
        }
    }

    fn subtract(&mut self, eni: &Eni) {
        let of_scope = self.of_scopes.get_mut(&eni.scope).expect("it was counted");
        *of_scope -= 1;
        if *of_scope == 0 {
            self.of_scopes.remove(&eni.scope);
        }
        if eni.user.is_function() {
            let of_vpc = self.of_functions.get_mut(&eni.vpc).expect("it was counted");
            *of_vpc -= 1;
            if *of_vpc == 0 {
                self.of_functions.remove(&eni.vpc);
            }
        }
    }

    /// All of a scope.
    pub(crate) fn of_scope(&self, scope: &Scope) -> usize {
        self.of_scopes.get(scope).copied().unwrap_or(0)
    }

    /// Those that functions hold in a VPC.
    pub(crate) fn of_functions(&self, vpc: VpcId) -> usize {
        self.of_functions.get(&vpc).copied().unwrap_or(0)
    }
}

impl EniUser {
    /// Whether a function holds it, by an environment or by a pair.
    fn is_function(&self) -> bool {
        match self {
            EniUser::Environment(..) | EniUser::Pair => true,
            EniUser::Customer | EniUser::Resource(_) | EniUser::Released(_) => false,
        }
    }
}

impl Network {
    pub(crate) fn eni_request(&mut self, cx: &mut Cx<'_>, request: EniRequest) -> Outcome {
        let limits = cx.limits;
        match request {
            EniRequest::Create { scope, subnet, groups, address, description, tags } => {
                let id = fresh(cx.random, &self.enis, EniId);
                let operation = "CreateNetworkInterface".into();
                let cause = Cause::Api { operation, function: None };
                let choice = Choice::CreateEni { eni: id, subnet, cursor: 0 };
                let decision = cx.journal.draft(cx.now, cause, choice, Vec::new());
                let new = NewEni {
                    id,
                    mac: mac(cx.random),
                    scope,
                    subnet,
                    groups,
                    address,
                    description,
                    user: EniUser::Customer,
                    tags,
                    decision: decision.clone(),
                };
                let eni = self.create_eni(new, limits)?;
                cx.journal.keep(decision);
                Ok(Done {
                    changes: Vec::from([Change::Put(Box::new(Record::Eni(eni.clone())))]),
                    reply: Reply::Eni(Box::new(eni.clone())),
                    commands: Vec::new(),
                })
            }
            EniRequest::Delete { scope, eni } => self.delete_eni(&scope, eni),
            EniRequest::Modify { scope, eni, groups, description, source_dest_check } => {
                self.modify_eni(&scope, eni, groups, description, source_dest_check, limits)
            }
        }
    }

    /// Makes an ENI and takes its address.
    pub(crate) fn create_eni(&mut self, new: NewEni, limits: &Limits) -> Result<&Eni, Refusal> {
        let vpc = self.subnet(&new.scope, new.subnet)?.vpc;
        let groups = self.groups_for(&new.scope, vpc, new.groups, limits)?;
        if self.tally.of_scope(&new.scope) >= limits.enis_per_scope as usize {
            return Err(Refusal::Limit("NetworkInterfaceLimitExceeded"));
        }
        let pool = self.pools.get_mut(&new.subnet).expect("each subnet has a pool");
        let address = match new.address {
            None => pool.take_any(new.id).ok_or(Refusal::NoFreeAddress(new.subnet))?,
            Some(address) => {
                pool.take(address, new.id).map_err(|error| match error {
                    AddressError::Outside => Refusal::AddressOutside(address, new.subnet),
                    AddressError::Reserved => Refusal::AddressReserved(address, new.subnet),
                    AddressError::Taken(_) => Refusal::AddressInUse(address),
                })?;
                address
            }
        };
        let eni = Eni {
            id: new.id,
            scope: new.scope,
            vpc,
            subnet: new.subnet,
            address,
            mac: new.mac,
            groups,
            description: new.description,
            source_dest_check: true,
            user: new.user,
            created: new.decision.at,
            tags: new.tags,
            decision: new.decision,
        };
        Ok(self.put_eni(eni))
    }

    /// Puts in an ENI that has its address.
    pub(crate) fn put_eni(&mut self, eni: Eni) -> &Eni {
        self.tally.add(&eni);
        self.enis.entry(eni.id).or_insert(eni)
    }

    /// An environment gives its ENI up, which stays until then.
    pub(crate) fn release_eni(&mut self, id: EniId, until: Time) {
        let eni = self.enis.get_mut(&id).expect("its environment held it");
        self.tally.subtract(eni);
        eni.user = EniUser::Released(until);
        self.tally.add(eni);
    }

    /// Takes an ENI away, and gives its address back.
    pub(crate) fn remove_eni(&mut self, id: EniId) -> Eni {
        let eni = self.enis.remove(&id).expect("an ENI is removed once");
        self.tally.subtract(&eni);
        self.pools.get_mut(&eni.subnet).expect("each subnet has a pool").release(eni.address);
        eni
    }

    pub(crate) fn delete_eni(&mut self, scope: &Scope, id: EniId) -> Outcome {
        match self.eni(scope, id)?.user {
            EniUser::Customer | EniUser::Released(_) => {}
            EniUser::Environment(..) | EniUser::Pair | EniUser::Resource(_) => {
                return Err(Refusal::EniInUse(id));
            }
        }
        self.remove_eni(id);
        Ok(Done {
            reply: Reply::Done,
            changes: Vec::from([Change::Delete(Key::Eni(id))]),
            commands: Vec::new(),
        })
    }

    pub(crate) fn modify_eni(
        &mut self,
        scope: &Scope,
        id: EniId,
        groups: Option<BTreeSet<GroupId>>,
        description: Option<String>,
        source_dest_check: Option<bool>,
        limits: &Limits,
    ) -> Outcome {
        let eni = self.eni(scope, id)?;
        match eni.user {
            EniUser::Customer | EniUser::Released(_) | EniUser::Resource(_) => {}
            EniUser::Environment(..) | EniUser::Pair => return Err(Refusal::EniManaged(id)),
        }
        let groups = match groups {
            Some(groups) => self.groups_for(scope, eni.vpc, groups, limits)?,
            None => eni.groups.clone(),
        };
        let eni = self.enis.get_mut(&id).expect("it was just found");
        eni.groups = groups;
        eni.description = description.unwrap_or_else(|| eni.description.clone());
        eni.source_dest_check = source_dest_check.unwrap_or(eni.source_dest_check);
        let done = Done {
            changes: Vec::from([Change::Put(Box::new(Record::Eni(eni.clone())))]),
            reply: Reply::Eni(Box::new(eni.clone())),
            commands: Vec::new(),
        };
        let carries_traffic = matches!(eni.user, EniUser::Resource(_));
        let plan = carries_traffic.then(|| self.eni_plan(id, Holder::Resource));
        Ok(Done { commands: plan.into_iter().map(NodeCommand::PutEni).collect(), ..done })
    }

    /// What the node is to have for an ENI.
    pub(crate) fn eni_plan(&self, id: EniId, holder: Holder) -> EniPlan {
        let eni = &self.enis[&id];
        let block = self.subnets[&eni.subnet].cidr;
        EniPlan {
            eni: id,
            vpc: eni.vpc,
            subnet: eni.subnet,
            gateway: block.nth(1).expect("a subnet has a router's address"),
            address: eni.address,
            mac: eni.mac,
            groups: eni.groups.clone(),
            holder,
        }
    }
}

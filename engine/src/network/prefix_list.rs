//! Managed prefix lists: blocks under one name, which routes and rules of security groups refer to.
//!
//! Those of AWS's own services are nobody's: they follow from the addresses that the services have.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::id::{GroupId, Missing, PrefixListId, RouteTableId, VpcId};
use crate::base::limits::Limits;
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::network::service::{SERVICES, Served};
use crate::record::group::Peer;
use crate::record::prefix_list::{Entries, LastDone, PrefixList};
use crate::record::{Change, Key, Record};

/// Lists of a scope (AWS: 100).
const LISTS: usize = 100;
/// Entries of a list (AWS: 1,000).
pub const ENTRIES: u32 = 1000;
/// Earlier versions of a list that are kept, and entries of all of them.
const VERSIONS: usize = 100;
const EARLIER: usize = 5000;

/// `CreateManagedPrefixList`; answered with the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// Its name.
    pub name: String,
    /// How many entries it may have.
    pub max_entries: u32,
    /// Its entries.
    pub entries: Entries,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `ModifyManagedPrefixList`; answered with the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modify {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub list: PrefixListId,
    /// The version that it is said to have.
    pub version: Option<u64>,
    /// Its name, if that changes.
    pub name: Option<String>,
    /// How many entries it may have, if that changes.
    pub max_entries: Option<u32>,
    /// Entries that come, or get another description.
    pub add: Entries,
    /// Entries that go.
    pub remove: Vec<Cidr>,
}

/// `RestoreManagedPrefixListVersion`; answered with the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restore {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub list: PrefixListId,
    /// The version that it is said to have.
    pub version: u64,
    /// The version whose entries it comes to have.
    pub restored: u64,
}

/// `DeleteManagedPrefixList`; answered with what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub list: PrefixListId,
}

/// Why a question about prefix lists is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such list.
    NoList(PrefixListId),
    /// It is AWS's.
    OfAws(PrefixListId),
    /// The scope has as many lists as it may.
    TooMany,
    /// The list would have more entries than it may.
    TooManyEntries(u32),
    /// It has another version by now.
    Version(PrefixListId, u64),
    /// No such version is kept.
    NoVersion(PrefixListId, u64),
    /// It has no such entry.
    NoEntry(Cidr),
    /// Something refers to it.
    InUse(PrefixListId),
    /// What refers to it would have more routes, or rules, than it may.
    ReferencedTooMuch(PrefixListId),
}

impl From<Missing<PrefixListId>> for Refusal {
    fn from(Missing(id): Missing<PrefixListId>) -> Refusal {
        Refusal::NoList(id)
    }
}

/// A list that AWS keeps: the addresses of a service in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfAws {
    /// Its id, which is the same everywhere.
    pub id: PrefixListId,
    /// Its name: `com.amazonaws.us-east-1.s3`.
    pub name: String,
    /// Its only entry.
    pub block: Cidr,
}

/// What refers to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Referrer {
    /// Routes of a table.
    Table(RouteTableId),
    /// Rules of a security group.
    Group(GroupId),
}

/// The id of a list of AWS's, by its name (Fowler, Noll, Vo: FNV-1a).
fn id_of(name: &str) -> PrefixListId {
    PrefixListId(name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    }))
}

impl Ask for Create {
    type Answer = PrefixList;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let lists = engine.network.prefix_lists.values();
        if lists.filter(|list| list.scope == self.scope).count() >= LISTS {
            return Err(Refusal::TooMany);
        }
        may_have(self.entries.0.len(), self.max_entries)?;
        Ok(self)
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> PrefixList {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, name, max_entries, entries, tags } = granted;
        let id = fresh(cx.random, &network.prefix_lists, PrefixListId);
        let (earlier, last) = (BTreeMap::new(), LastDone::Create);
        let version = 1;
        let list =
            PrefixList { id, scope, name, max_entries, version, entries, earlier, last, tags };
        network.put_list(&mut cx, list.clone());
        list
    }
}

impl Ask for Modify {
    type Answer = PrefixList;
    type Refusal = Refusal;
    /// The list as it comes to be.
    type Granted = PrefixList;

    fn check(self, engine: &Engine) -> Result<PrefixList, Refusal> {
        engine.network.modified_list(self, &engine.config.limits)
    }

    fn apply(
        granted: PrefixList,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> PrefixList {
        let (network, mut cx) = engine.network_cx(now, out);
        network.put_list(&mut cx, granted.clone());
        granted
    }
}

impl Ask for Restore {
    type Answer = PrefixList;
    type Refusal = Refusal;
    /// The list as it comes to be.
    type Granted = PrefixList;

    fn check(self, engine: &Engine) -> Result<PrefixList, Refusal> {
        let Restore { scope, list: id, version, restored } = self;
        let mut list = engine.network.own_list(&scope, id)?.clone();
        if version != list.version {
            return Err(Refusal::Version(id, list.version));
        }
        let entries = match restored == list.version {
            true => list.entries.clone(),
            false => list.earlier.get(&restored).ok_or(Refusal::NoVersion(id, restored))?.clone(),
        };
        may_have(entries.0.len(), list.max_entries)?;
        list.become_version(entries);
        list.last = LastDone::Restore;
        Ok(list)
    }

    fn apply(
        granted: PrefixList,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> PrefixList {
        let (network, mut cx) = engine.network_cx(now, out);
        network.put_list(&mut cx, granted.clone());
        granted
    }
}

impl Ask for Delete {
    type Answer = PrefixList;
    type Refusal = Refusal;
    type Granted = PrefixListId;

    fn check(self, engine: &Engine) -> Result<PrefixListId, Refusal> {
        let network = &engine.network;
        let list = network.own_list(&self.scope, self.list)?;
        match network.referrers(list.id).next() {
            Some(_) => Err(Refusal::InUse(list.id)),
            None => Ok(list.id),
        }
    }

    fn apply(
        granted: PrefixListId,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> PrefixList {
        let (network, mut cx) = engine.network_cx(now, out);
        let list = network.prefix_lists.remove(&granted).expect("it was found");
        cx.persist(Vec::from([Change::Delete(Key::PrefixList(granted))]));
        list
    }
}

fn may_have(entries: usize, most: u32) -> Result<(), Refusal> {
    if entries > most as usize { Err(Refusal::TooManyEntries(most)) } else { Ok(()) }
}

impl PrefixList {
    /// Gets other entries, and the next version with them.
    fn become_version(&mut self, entries: Entries) {
        let before = core::mem::replace(&mut self.entries, entries);
        self.earlier.insert(self.version, before);
        self.version += 1;
        let kept =
            |list: &PrefixList| list.earlier.values().map(|entries| entries.0.len()).sum::<usize>();
        while self.earlier.len() > VERSIONS || kept(self) > EARLIER {
            self.earlier.pop_first();
        }
    }

    /// The entries of a version; of the latest one where none is named.
    pub fn entries_of(&self, version: Option<u64>) -> Option<&Entries> {
        match version {
            None => Some(&self.entries),
            Some(version) if version == self.version => Some(&self.entries),
            Some(version) => self.earlier.get(&version),
        }
    }
}

impl Part for PrefixList {
    fn check(network: &Network) {
        for list in network.prefix_lists.values() {
            let is_within = list.entries.0.len() <= list.max_entries as usize;
            assert!(is_within, "{} has more entries than it may", list.id);
        }
    }
}

impl Engine {
    /// The lists of AWS's services in a region.
    pub fn lists_of_aws(&self, region: &str) -> Vec<OfAws> {
        self.network.lists_of_aws(region)
    }

    /// What refers to a list.
    pub fn referrers(&self, list: PrefixListId) -> impl Iterator<Item = Referrer> + '_ {
        self.network.referrers(list)
    }
}

impl Network {
    pub(crate) fn lists_of_aws(&self, region: &str) -> Vec<OfAws> {
        let lists = SERVICES.iter().filter_map(|service| {
            let block = Served { service, region }.addresses(self.public_block?)?;
            let name = service.name_in(region)?;
            Some(OfAws { id: id_of(&name), name, block })
        });
        lists.collect()
    }

    /// A list of a scope's own.
    fn own_list(&self, scope: &Scope, id: PrefixListId) -> Result<&PrefixList, Refusal> {
        let lists = self.lists_of_aws(&scope.region);
        if lists.iter().any(|list| list.id == id) {
            return Err(Refusal::OfAws(id));
        }
        Ok(self.find::<PrefixList>(scope, id)?)
    }

    /// How many routes, or rules, a list counts for: as many as it may have entries, and those of AWS's
    /// as on AWS.
    pub(crate) fn weight_of(
        &self,
        scope: &Scope,
        id: PrefixListId,
    ) -> Result<usize, Missing<PrefixListId>> {
        let names = SERVICES.iter().filter(|service| service.has_gateway());
        let mut names = names.filter_map(|service| service.name_in(&scope.region));
        if names.any(|name| id_of(&name) == id) {
            return Ok(1);
        }
        Ok(self.find::<PrefixList>(scope, id)?.max_entries as usize)
    }

    /// The blocks of a list, which may be AWS's.
    pub(crate) fn blocks_of(&self, scope: &Scope, id: PrefixListId) -> Vec<Cidr> {
        if let Some(list) = self.prefix_lists.get(&id) {
            return list.entries.0.keys().copied().collect();
        }
        let lists = self.lists_of_aws(&scope.region).into_iter();
        lists.filter(|list| list.id == id).map(|list| list.block).collect()
    }

    /// What a list is called.
    pub(crate) fn list_name(&self, scope: &Scope, id: PrefixListId) -> String {
        if let Some(list) = self.prefix_lists.get(&id) {
            return format!("{id} ({})", list.name);
        }
        let lists = self.lists_of_aws(&scope.region).into_iter();
        let mut name =
            lists.filter(|list| list.id == id).map(|list| format!("{id} ({})", list.name));
        name.next_back().unwrap_or_else(|| id.to_string())
    }

    pub(crate) fn referrers(&self, list: PrefixListId) -> impl Iterator<Item = Referrer> + '_ {
        let tables = self.route_tables.values().filter(move |it| it.lists.contains_key(&list));
        let groups = self.groups.values().filter(move |group| {
            group.rules.values().any(|rule| rule.spec.peer == Peer::List(list))
        });
        let tables = tables.map(|table| Referrer::Table(table.id));
        tables.chain(groups.map(|group| Referrer::Group(group.id)))
    }

    fn modified_list(&self, wanted: Modify, limits: &Limits) -> Result<PrefixList, Refusal> {
        let Modify { scope, list: id, version, name, max_entries, add, remove } = wanted;
        let mut list = self.own_list(&scope, id)?.clone();
        if version.is_some_and(|version| version != list.version) {
            return Err(Refusal::Version(id, list.version));
        }
        list.name = name.unwrap_or(list.name);
        if let Some(most) = max_entries {
            let grows = most.saturating_sub(list.max_entries) as usize;
            if grows > 0 && self.referrers(id).any(|by| !self.has_room(by, (id, grows), limits)) {
                return Err(Refusal::ReferencedTooMuch(id));
            }
            list.max_entries = most;
        }
        let mut entries = list.entries.clone();
        for block in remove {
            entries.0.remove(&block).ok_or(Refusal::NoEntry(block))?;
        }
        entries.0.extend(add.0);
        may_have(entries.0.len(), list.max_entries)?;
        if entries != list.entries {
            list.become_version(entries);
        }
        list.last = LastDone::Modify;
        Ok(list)
    }

    /// Whether what refers to a list can do so where that counts for so many more.
    fn has_room(
        &self,
        by: Referrer,
        (list, grows): (PrefixListId, usize),
        limits: &Limits,
    ) -> bool {
        match by {
            Referrer::Table(table) => self.may_have_routes(&self.route_tables[&table], grows),
            Referrer::Group(group) => {
                self.may_have_rules(&self.groups[&group], (list, grows), limits)
            }
        }
    }

    /// Stores a list that is new or has changed, and plans the VPCs that refer to it anew.
    fn put_list(&mut self, cx: &mut Cx<'_>, list: PrefixList) {
        let id = list.id;
        self.prefix_lists.insert(id, list.clone());
        let referrers: Vec<Referrer> = self.referrers(id).collect();
        let mut tables: Vec<VpcId> = Vec::new();
        for referrer in referrers {
            match referrer {
                Referrer::Table(table) => tables.push(self.route_tables[&table].vpc),
                Referrer::Group(group) => self.replan_group(cx, group),
            }
        }
        tables.sort_unstable();
        tables.dedup();
        tables.into_iter().for_each(|vpc| self.replan_all(cx, vpc));
        cx.persist(Vec::from([Change::Put(Box::new(Record::PrefixList(list)))]));
    }
}

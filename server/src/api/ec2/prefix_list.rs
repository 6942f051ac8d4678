//! Managed prefix lists, as EC2 shows and changes them.

use std::collections::BTreeMap;

use engine::cidr::Cidr;
use engine::engine::Engine;
use engine::id::PrefixListId;
use engine::network::prefix_list::{self, ENTRIES, OfAws, Referrer, Refusal};
use engine::record::prefix_list::{Entries, LastDone, PrefixList};
use engine::scope::{Scope, Tags};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    AddPrefixListEntry, CreateManagedPrefixList, DeleteManagedPrefixList,
    DescribeManagedPrefixLists, DescribePrefixLists, GetManagedPrefixListAssociations,
    GetManagedPrefixListEntries, ModifyManagedPrefixList, RemovePrefixListEntry,
    RestoreManagedPrefixListVersion,
};
use wire::ec2::output::{
    self, CreateManagedPrefixListResult, DeleteManagedPrefixListResult,
    DescribeManagedPrefixListsResult, DescribePrefixListsResult,
    GetManagedPrefixListAssociationsResult, GetManagedPrefixListEntriesResult, ManagedPrefixList,
    ModifyManagedPrefixListResult, PrefixListAssociation, PrefixListEntry,
    RestoreManagedPrefixListVersionResult,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe, page};
use crate::api::ec2::input::{block, given, id, missing, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, dry_run, show};
use crate::api::operation::{Context, Operation};

/// Characters of a name or a description.
const LENGTH: usize = 255;
/// Entries that one call may add, or remove.
const AT_ONCE: usize = 100;

impl Operation for CreateManagedPrefixList {
    type Output = CreateManagedPrefixListResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateManagedPrefixListResult, ApiError> {
        let CreateManagedPrefixList {
            dry_run,
            prefix_list_name,
            entries,
            max_entries,
            tag_specifications,
            address_family,
            client_token: _,
        } = self;
        check_family(&address_family)?;
        let question = prefix_list::Create {
            scope: cx.scope.clone(),
            name: named(prefix_list_name)?,
            max_entries: most(max_entries)?,
            entries: added(entries)?,
            tags: tags_for("prefix-list", &tag_specifications)?,
        };
        let list = ask_once(cx, dry_run, question).await?;
        let shown = Shown::own(list).view();
        let prefix_list = in_progress(shown, "create-in-progress");
        Ok(CreateManagedPrefixListResult { prefix_list: Some(prefix_list) })
    }
}

/// What is done to a list is under way to whoever asked for it: that it is done is told later.
fn in_progress(shown: ManagedPrefixList, state: &str) -> ManagedPrefixList {
    ManagedPrefixList { state: Some(state.into()), ..shown }
}

fn check_family(family: &str) -> Result<(), ApiError> {
    match family {
        "IPv4" => Ok(()),
        "IPv6" => {
            let message = "Warren does not support the AddressFamily IPv6 of prefix lists.";
            Err(error("UnsupportedOperation", message))
        }
        other => Err(invalid("AddressFamily", other, "It is IPv4 or IPv6.")),
    }
}

fn invalid(parameter: &str, value: &str, why: &str) -> ApiError {
    let message = format!("Value ({value}) for parameter {parameter} is invalid. {why}");
    error("InvalidParameterValue", message)
}

fn named(name: String) -> Result<String, ApiError> {
    if name.is_empty() {
        return Err(missing("PrefixListName"));
    }
    if name.starts_with("com.amazonaws") {
        return Err(invalid("PrefixListName", &name, "It must not begin with com.amazonaws."));
    }
    match name.chars().count() > LENGTH {
        true => Err(invalid("PrefixListName", &name, "It must not exceed 255 characters.")),
        false => Ok(name),
    }
}

fn most(entries: i32) -> Result<u32, ApiError> {
    let read = u32::try_from(entries).ok().filter(|most| (1..=ENTRIES).contains(most));
    read.ok_or_else(|| invalid("MaxEntries", &entries.to_string(), "It is from 1 to 1000."))
}

fn added(given: Vec<AddPrefixListEntry>) -> Result<Entries, ApiError> {
    check_number("AddEntries", given.len())?;
    let mut entries = Entries::default();
    for AddPrefixListEntry { cidr, description } in given {
        if description.as_ref().is_some_and(|text| text.chars().count() > LENGTH) {
            let text = description.unwrap_or_default();
            return Err(invalid("Description", &text, "It must not exceed 255 characters."));
        }
        let block = block(&cidr, "Cidr")?;
        if entries.0.insert(block, description).is_some() {
            return Err(repeated(block));
        }
    }
    Ok(entries)
}

fn check_number(what: &str, number: usize) -> Result<(), ApiError> {
    match number > AT_ONCE {
        true => {
            let message = format!("The parameter {what} has more than {AT_ONCE} entries.");
            Err(error("InvalidParameterValue", message))
        }
        false => Ok(()),
    }
}

fn repeated(block: Cidr) -> ApiError {
    error("InvalidParameterValue", format!("The entry {block} is there more than once."))
}

impl Operation for ModifyManagedPrefixList {
    type Output = ModifyManagedPrefixListResult;

    async fn run(self, cx: &Context<'_>) -> Result<ModifyManagedPrefixListResult, ApiError> {
        let ModifyManagedPrefixList {
            dry_run,
            prefix_list_id,
            current_version,
            prefix_list_name,
            add_entries,
            remove_entries,
            max_entries,
        } = self;
        let list = id(&prefix_list_id)?;
        let changes_entries = !add_entries.is_empty() || !remove_entries.is_empty();
        if changes_entries && max_entries.is_some() {
            let message =
                "You cannot modify the entries of a prefix list and its size at the same time.";
            return Err(error("InvalidParameterCombination", message));
        }
        if changes_entries && current_version.is_none() {
            return Err(missing("CurrentVersion"));
        }
        check_number("RemoveEntries", remove_entries.len())?;
        let add = added(add_entries)?;
        let remove = remove_entries.into_iter();
        let remove = remove.map(|RemovePrefixListEntry { cidr }| block(&cidr, "Cidr"));
        let remove = remove.collect::<Result<Vec<_>, _>>()?;
        if let Some(twice) = remove.iter().find(|block| add.0.contains_key(block)) {
            return Err(repeated(*twice));
        }
        let question = prefix_list::Modify {
            scope: cx.scope.clone(),
            list,
            version: current_version.map(version).transpose()?,
            name: given(prefix_list_name).map(named).transpose()?,
            max_entries: max_entries.map(most).transpose()?,
            add,
            remove,
        };
        let list = ask(cx, dry_run, question).await?;
        let shown = in_progress(Shown::own(list).view(), "modify-in-progress");
        Ok(ModifyManagedPrefixListResult { prefix_list: Some(shown) })
    }
}

fn version(given: i64) -> Result<u64, ApiError> {
    let bad = || invalid("version", &given.to_string(), "It is a positive number.");
    u64::try_from(given).map_err(|_| bad())
}

impl Operation for RestoreManagedPrefixListVersion {
    type Output = RestoreManagedPrefixListVersionResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<RestoreManagedPrefixListVersionResult, ApiError> {
        let RestoreManagedPrefixListVersion {
            dry_run,
            prefix_list_id,
            previous_version,
            current_version,
        } = self;
        let question = prefix_list::Restore {
            scope: cx.scope.clone(),
            list: id(&prefix_list_id)?,
            version: version(current_version)?,
            restored: version(previous_version)?,
        };
        let list = ask(cx, dry_run, question).await?;
        let shown = in_progress(Shown::own(list).view(), "restore-in-progress");
        Ok(RestoreManagedPrefixListVersionResult { prefix_list: Some(shown) })
    }
}

impl Operation for DeleteManagedPrefixList {
    type Output = DeleteManagedPrefixListResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteManagedPrefixListResult, ApiError> {
        let DeleteManagedPrefixList { dry_run, prefix_list_id } = self;
        let list = id(&prefix_list_id)?;
        let list = ask(cx, dry_run, prefix_list::Delete { scope: cx.scope.clone(), list }).await?;
        let shown = in_progress(Shown::own(list).view(), "delete-in-progress");
        Ok(DeleteManagedPrefixListResult { prefix_list: Some(shown) })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoList(id) => return no_such(id),
            Refusal::OfAws(id) => (
                "InvalidPrefixListModification",
                format!(
                    "The prefix list {id} is managed by AWS and cannot be modified or deleted."
                ),
            ),
            Refusal::TooMany => {
                ("PrefixListLimitExceeded", "The maximum number has been reached.".into())
            }
            Refusal::TooManyEntries(most) => (
                "PrefixListMaxEntriesExceeded",
                format!(
                    "You've reached the maximum number of entries for the prefix list: {most}."
                ),
            ),
            Refusal::Version(id, version) => (
                "PrefixListVersionMismatch",
                format!("The prefix list {id} has the current version {version}."),
            ),
            Refusal::NoVersion(id, version) => (
                "InvalidPrefixListVersion.NotFound",
                format!("The version {version} of the prefix list {id} does not exist."),
            ),
            Refusal::NoEntry(block) => (
                "InvalidPrefixListEntry.NotFound",
                format!("The entry {block} does not exist in the prefix list."),
            ),
            Refusal::InUse(id) => (
                "DependencyViolation",
                format!("The prefixList '{id}' has dependencies and cannot be deleted."),
            ),
            Refusal::ReferencedTooMuch(id) => (
                "PrefixListMaxEntriesExceeded",
                format!(
                    "What references the prefix list {id} would have more routes or rules than it may."
                ),
            ),
        };
        error(code, message)
    }
}

/// The lists that a scope sees: its own, and those of AWS's services.
fn all(engine: &Engine, scope: &Scope) -> Vec<Shown> {
    let own = engine.all::<PrefixList>(scope).cloned().map(Shown::own);
    let of_aws = engine.lists_of_aws(&scope.region).into_iter();
    own.chain(of_aws.map(|list| Shown::of_aws(scope, list))).collect()
}

impl Operation for DescribeManagedPrefixLists {
    type Output = DescribeManagedPrefixListsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeManagedPrefixListsResult, ApiError> {
        let DescribeManagedPrefixLists {
            dry_run,
            filters,
            max_results,
            next_token,
            prefix_list_ids: ids,
        } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let page = describe::<Shown>(wanted, cx.driver.read(|engine| all(engine, &cx.scope)))?;
        Ok(DescribeManagedPrefixListsResult {
            next_token: page.next_token,
            prefix_lists: Some(page.items),
        })
    }
}

impl Operation for DescribePrefixLists {
    type Output = DescribePrefixListsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribePrefixListsResult, ApiError> {
        let DescribePrefixLists { dry_run, filters, max_results, next_token, prefix_list_ids: ids } =
            self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let lists = cx.driver.read(|engine| engine.lists_of_aws(&cx.scope.region));
        let page = describe::<OfService>(wanted, lists.into_iter().map(OfService::from).collect())?;
        Ok(DescribePrefixListsResult {
            next_token: page.next_token,
            prefix_lists: Some(page.items),
        })
    }
}

impl Operation for GetManagedPrefixListEntries {
    type Output = GetManagedPrefixListEntriesResult;

    async fn run(self, cx: &Context<'_>) -> Result<GetManagedPrefixListEntriesResult, ApiError> {
        let GetManagedPrefixListEntries {
            dry_run: is_dry,
            prefix_list_id,
            target_version,
            max_results,
            next_token,
        } = self;
        let wanted: PrefixListId = id(&prefix_list_id)?;
        let target = target_version.map(version).transpose()?;
        let lists = cx.driver.read(|engine| all(engine, &cx.scope));
        let list = lists.into_iter().find(|list| list.list.id == wanted);
        let list = list.ok_or_else(|| no_such(wanted))?.list;
        let Some(entries) = list.entries_of(target) else {
            return Err(Refusal::NoVersion(wanted, target.unwrap_or_default()).spell());
        };
        dry_run(is_dry)?;
        let entry = |(block, description): (&Cidr, &Option<String>)| {
            let (cidr, description) = (Some(block.to_string()), description.clone());
            (block.to_string(), PrefixListEntry { cidr, description })
        };
        let found =
            page(entries.0.iter().map(entry).collect(), size(max_results), next_token.as_deref())?;
        Ok(GetManagedPrefixListEntriesResult {
            entries: Some(found.items),
            next_token: found.next_token,
        })
    }
}

fn size(max_results: Option<i32>) -> usize {
    max_results.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX))
}

impl Operation for GetManagedPrefixListAssociations {
    type Output = GetManagedPrefixListAssociationsResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<GetManagedPrefixListAssociationsResult, ApiError> {
        let GetManagedPrefixListAssociations {
            dry_run: is_dry,
            prefix_list_id,
            max_results,
            next_token,
        } = self;
        let list: PrefixListId = id(&prefix_list_id)?;
        let referrers = cx.driver.read(|engine| {
            let is_there = all(engine, &cx.scope).iter().any(|known| known.list.id == list);
            is_there.then(|| engine.referrers(list).collect::<Vec<_>>())
        });
        let referrers = referrers.ok_or_else(|| no_such(list))?;
        dry_run(is_dry)?;
        let owner = show::owner(&cx.scope);
        let association = |referrer| {
            let resource = match referrer {
                Referrer::Table(id) => id.to_string(),
                Referrer::Group(id) => id.to_string(),
            };
            let shown = PrefixListAssociation {
                resource_id: Some(resource.clone()),
                resource_owner: Some(owner.clone()),
            };
            (resource, shown)
        };
        let all = referrers.into_iter().map(association).collect();
        let found = page(all, size(max_results), next_token.as_deref())?;
        Ok(GetManagedPrefixListAssociationsResult {
            prefix_list_associations: Some(found.items),
            next_token: found.next_token,
        })
    }
}

/// A list as it is shown.
struct Shown {
    list: PrefixList,
    /// Whether it is AWS's.
    is_of_aws: bool,
}

impl Shown {
    fn own(list: PrefixList) -> Shown {
        Shown { list, is_of_aws: false }
    }

    fn of_aws(scope: &Scope, list: OfAws) -> Shown {
        let list = PrefixList {
            id: list.id,
            scope: scope.clone(),
            name: list.name,
            max_entries: 1,
            version: 1,
            entries: Entries::from(vec![(list.block, None)]),
            earlier: BTreeMap::new(),
            last: LastDone::Create,
            tags: Tags::new(),
        };
        Shown { list, is_of_aws: true }
    }

    fn owner(&self) -> String {
        if self.is_of_aws { "AWS".into() } else { show::owner(&self.list.scope) }
    }

    fn arn(&self) -> String {
        let (list, region) = (&self.list, &self.list.scope.region);
        match self.is_of_aws {
            true => format!("arn:aws:ec2:{region}:aws:prefix-list/{}", list.id),
            false => show::arn(&list.scope, "prefix-list", list.id),
        }
    }
}

impl Described for Shown {
    type Id = PrefixListId;
    type View = ManagedPrefixList;
    const LEAST: i32 = 1;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("owner-id", |each| vec![each.owner()]),
        ("prefix-list-id", |each| vec![each.list.id.to_string()]),
        ("prefix-list-name", |each| vec![each.list.name.clone()]),
    ];

    fn id(&self) -> PrefixListId {
        self.list.id
    }

    fn tags(&self) -> &Tags {
        &self.list.tags
    }

    fn view(self) -> ManagedPrefixList {
        let state = match self.list.last {
            LastDone::Create => "create-complete",
            LastDone::Modify => "modify-complete",
            LastDone::Restore => "restore-complete",
        };
        // Of AWS's own lists nothing is told that is theirs to change.
        let own = |value: i64| (!self.is_of_aws).then_some(value);
        ManagedPrefixList {
            prefix_list_id: Some(self.list.id.to_string()),
            address_family: Some("IPv4".into()),
            state: Some(state.into()),
            prefix_list_arn: Some(self.arn()),
            prefix_list_name: Some(self.list.name.clone()),
            max_entries: own(self.list.max_entries.into())
                .and_then(|most| i32::try_from(most).ok()),
            version: own(i64::try_from(self.list.version).unwrap_or(i64::MAX)),
            tags: Some(show::tags(&self.list.tags)),
            owner_id: Some(self.owner()),
            ..ManagedPrefixList::default()
        }
    }
}

/// A list of AWS's, as those show it who know no others.
struct OfService {
    list: OfAws,
    tags: Tags,
}

impl From<OfAws> for OfService {
    fn from(list: OfAws) -> OfService {
        OfService { list, tags: Tags::new() }
    }
}

impl Described for OfService {
    type Id = PrefixListId;
    type View = output::PrefixList;
    const FILTERS: &'static [Attribute<OfService>] = &[
        ("prefix-list-id", |each| vec![each.list.id.to_string()]),
        ("prefix-list-name", |each| vec![each.list.name.clone()]),
    ];

    fn id(&self) -> PrefixListId {
        self.list.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> output::PrefixList {
        output::PrefixList {
            cidrs: Some(vec![self.list.block.to_string()]),
            prefix_list_id: Some(self.list.id.to_string()),
            prefix_list_name: Some(self.list.name),
        }
    }
}

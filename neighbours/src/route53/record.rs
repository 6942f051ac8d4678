//! Records of zones: changed, many at once or none, and listed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use wire::route53::input::{
    Change as Wanted, ChangeBatch, ChangeResourceRecordSets, ListResourceRecordSets,
    ResourceRecord, ResourceRecordSet,
};
use wire::route53::output::{
    ChangeResourceRecordSetsResponse, ListResourceRecordSetsResponse,
    ResourceRecord as ShownRecord, ResourceRecordSet as Shown,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::route53::name;
use crate::route53::operations::zone_list::size;
use crate::route53::refusal::{batch, invalid};
use crate::route53::service::{Changed, Route53};
use crate::route53::stored::{Change, Records, Zone, bare};
use crate::route53::value::{KINDS, Value};
use crate::time::now;

/// Record sets of a zone, and values of one.
const MOST: usize = 10_000;
const MOST_VALUES: usize = 400;
/// Values of one batch, of which those that are put in any case count twice, and their bytes.
const MOST_OF_BATCH: usize = 1_000;
const MOST_BYTES: usize = 32_000;
/// Record sets on a page, at most and where nobody says otherwise.
const PAGE: usize = 300;

/// The records of a zone by their names and types.
type All = BTreeMap<(String, String), Records>;

impl Operation<Route53> for ChangeResourceRecordSets {
    type Output = ChangeResourceRecordSetsResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<ChangeResourceRecordSetsResponse, Failure> {
        let ChangeResourceRecordSets { hosted_zone_id, change_batch } = self;
        let ChangeBatch { comment, changes } = change_batch;
        let changes = changes.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        is_modest(&changes)?;
        let (account, now) = (cx.scope.account, now());
        let change = move |connection: &Connection| {
            let zone = Zone::find(connection, account, bare(&hosted_zone_id, "hostedzone"))?;
            let key = |records: &Records| (records.name.clone(), records.kind.clone());
            let before: All =
                zone.records(connection)?.into_iter().map(|it| (key(&it), it)).collect();
            let mut after = before.clone();
            let mut wrong = Vec::new();
            for (action, records) in changes {
                if let Err(why) = apply(&zone, &mut after, &action, records) {
                    wrong.push(why);
                }
            }
            wrong.extend(contradictions(&zone, &before, &after));
            if !wrong.is_empty() {
                return Err(batch(&wrong).into());
            }
            for (name, kind) in before.keys().filter(|key| !after.contains_key(*key)) {
                zone.delete_records(connection, (name.as_str(), kind.as_str()))?;
            }
            for (key, records) in &after {
                if before.get(key) != Some(records) {
                    zone.put_records(connection, records)?;
                }
            }
            let change = Change::note(connection, account, comment, now)?;
            let answer = ChangeResourceRecordSetsResponse { change_info: change.shown(false) };
            Ok((answer, Changed::Put(Box::new(zone))))
        };
        route53.change(change).await
    }
}

/// A change as it is wished for: what is to be done, with the names as they were given.
fn read(change: Wanted) -> Result<(String, Records), Failure> {
    let Wanted { action, resource_record_set } = change;
    let ResourceRecordSet { name, r#type: kind, ttl, resource_records } = resource_record_set;
    let values = resource_records.unwrap_or_default().into_iter();
    let values: Vec<String> = values.map(|ResourceRecord { value }| value).collect();
    let (Some(ttl), false) = (ttl, values.is_empty()) else {
        let message = format!(
            "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or \
             TrafficPolicyInstanceId], but found none in Change with [Action={action}, Name={name}, \
             Type={kind}, SetIdentifier=null]"
        );
        return Err(invalid(message).into());
    };
    if !KINDS.contains(&kind.as_str()) {
        let message = format!("Warren keeps no records of type {kind}.");
        return Err(invalid(message).into());
    }
    Ok((action, Records { name, kind, ttl, values }))
}

fn is_modest(changes: &[(String, Records)]) -> Result<(), Failure> {
    let weight = |action: &str| if action == "UPSERT" { 2 } else { 1 };
    let values = changes.iter().map(|(action, it)| weight(action) * it.values.len()).sum::<usize>();
    let bytes = changes
        .iter()
        .flat_map(|(action, it)| it.values.iter().map(move |v| weight(action) * v.len()));
    if values > MOST_OF_BATCH {
        let message = format!("Number of records limit of {MOST_OF_BATCH} exceeded.");
        return Err(batch(&[message]).into());
    }
    if bytes.sum::<usize>() > MOST_BYTES {
        let message = format!("RDATA character limit of {MOST_BYTES} exceeded.");
        return Err(batch(&[message]).into());
    }
    Ok(())
}

/// Changes what a zone has, or tells why not.
fn apply(zone: &Zone, all: &mut All, action: &str, wanted: Records) -> Result<(), String> {
    let name = name::read(&wanted.name)?;
    if !name::is_within(&name, &zone.name) {
        return Err(format!("RRSet with DNS name {name} is not permitted in zone {}", zone.name));
    }
    let Records { kind, ttl, values, .. } = wanted;
    if values.len() > MOST_VALUES {
        return Err(format!("A resource record set has up to {MOST_VALUES} values"));
    }
    for (place, value) in values.iter().enumerate() {
        Value::read(&kind, value).map_err(|why| format!("Invalid Resource Record: '{why}'"))?;
        if values[..place].contains(value) {
            return Err(format!("Duplicate Resource Record: '{value}'"));
        }
    }
    if matches!(kind.as_str(), "CNAME" | "SOA") && values.len() > 1 {
        return Err(format!(
            "RRSet with DNS name {name}, type {kind} contains more than one value"
        ));
    }
    let key = (name.clone(), kind.clone());
    let tried = |what: &str, why: &str| {
        format!("Tried to {what} resource record set [name='{name}', type='{kind}'] but {why}")
    };
    let records = Records { name: name.clone(), kind: kind.clone(), ttl, values };
    match (action, all.get(&key)) {
        ("CREATE", Some(_)) => return Err(tried("create", "it already exists")),
        ("DELETE", None) => return Err(tried("delete", "it was not found")),
        ("DELETE", Some(known)) => {
            let sorted = |values: &[String]| {
                let mut values = values.to_vec();
                values.sort();
                values
            };
            if known.ttl != records.ttl || sorted(&known.values) != sorted(&records.values) {
                let why = "the values provided do not match the current values";
                return Err(tried("delete", why));
            }
            all.remove(&key);
        }
        _ => drop(all.insert(key, records)),
    }
    Ok(())
}

/// Why a zone cannot have what it would have.
fn contradictions(zone: &Zone, before: &All, after: &All) -> Vec<String> {
    let mut wrong = Vec::new();
    let apex = |kind: &str| after.contains_key(&(zone.name.clone(), kind.to_owned()));
    if !apex("SOA") {
        wrong.push("A HostedZone must contain exactly one SOA record.".to_owned());
    }
    if !apex("NS") {
        let why = "A HostedZone must contain at least one NS record for the zone itself.";
        wrong.push(why.to_owned());
    }
    if after.len() > MOST && after.len() > before.len() {
        wrong.push(format!("A hosted zone has up to {MOST} resource record sets"));
    }
    for (name, _) in after.keys().filter(|(_, kind)| kind == "CNAME") {
        if *name == zone.name {
            wrong.push(format!(
                "RRSet of type CNAME with DNS name {name} is not permitted at apex in zone {}",
                zone.name
            ));
            continue;
        }
        let others = KINDS.iter().filter(|kind| **kind != "CNAME");
        if others.clone().any(|kind| after.contains_key(&(name.clone(), (*kind).to_owned()))) {
            wrong.push(format!(
                "RRSet of type CNAME with DNS name {name} is not permitted as it conflicts with other records \
                 with the same DNS name in zone {}",
                zone.name
            ));
        }
    }
    let strays = after.keys().filter(|(name, kind)| kind == "SOA" && *name != zone.name);
    wrong.extend(strays.map(|(name, _)| {
        format!("RRSet with DNS name {name}, type SOA is not permitted in zone {}", zone.name)
    }));
    wrong
}

impl Operation<Route53> for ListResourceRecordSets {
    type Output = ListResourceRecordSetsResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<ListResourceRecordSetsResponse, Failure> {
        let ListResourceRecordSets {
            hosted_zone_id,
            start_record_name,
            start_record_type,
            max_items,
        } = self;
        let (account, size) = (cx.scope.account, size(max_items.as_deref(), PAGE)?);
        if start_record_name.is_none() && start_record_type.is_some() {
            let message = "The input is not valid: a type is named, and no name.";
            return Err(invalid(message).into());
        }
        let from = start_record_name.as_deref().map(name::read).transpose().map_err(invalid)?;
        let list = move |connection: &Connection| {
            let zone = Zone::find(connection, account, bare(&hosted_zone_id, "hostedzone"))?;
            Ok::<_, Failure>(zone.records(connection)?)
        };
        let mut all = route53.store.run_lean(list).await?;
        all.sort_by(|one, other| {
            name::order(&one.name, &other.name).then_with(|| one.kind.cmp(&other.kind))
        });
        if let Some(from) = from {
            let kind = start_record_type.unwrap_or_default();
            all.retain(|records| {
                name::order(&records.name, &from).then_with(|| records.kind.cmp(&kind)).is_ge()
            });
        }
        let next = all.get(size).map(|records| (records.name.clone(), records.kind.clone()));
        let is_truncated = next.is_some();
        let (next_record_name, next_record_type) = next.unzip();
        let shown = all.into_iter().take(size).map(|Records { name, kind, ttl, values }| Shown {
            name,
            r#type: kind,
            ttl: Some(ttl),
            resource_records: Some(values.into_iter().map(|value| ShownRecord { value }).collect()),
            set_identifier: None,
            weight: None,
            region: None,
            geo_location: None,
            failover: None,
            multi_value_answer: None,
            alias_target: None,
            health_check_id: None,
            traffic_policy_instance_id: None,
            cidr_routing_config: None,
            geo_proximity_location: None,
        });
        Ok(ListResourceRecordSetsResponse {
            resource_record_sets: shown.collect(),
            is_truncated,
            next_record_name,
            next_record_type,
            next_record_identifier: None,
            max_items: size.to_string(),
        })
    }
}

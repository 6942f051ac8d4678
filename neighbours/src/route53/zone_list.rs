//! Lists of zones: of an account, by their names, and of a VPC.

use std::sync::Arc;

use rusqlite::Connection;
use wire::route53::error;
use wire::route53::input::{ListHostedZones, ListHostedZonesByName, ListHostedZonesByVPC};
use wire::route53::output::{
    HostedZone, HostedZoneOwner, HostedZoneSummary, ListHostedZonesByNameResponse,
    ListHostedZonesByVPCResponse, ListHostedZonesResponse,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::{NotAToken, page};
use crate::route53::name;
use crate::route53::refusal::invalid;
use crate::route53::service::Route53;
use crate::route53::stored::{Zone, bare};

/// Things on a page, at most and where nobody says otherwise.
const PAGE: usize = 100;

/// How many a page has.
///
/// # Errors
/// When that is no number.
pub(crate) fn size(given: Option<&str>, most: usize) -> Result<usize, Failure> {
    match given.map(str::parse::<usize>) {
        None => Ok(most),
        Some(Ok(size)) if size > 0 => Ok(size.min(most)),
        Some(_) => Err(invalid("MaxItems is to be a number greater than 0.").into()),
    }
}

impl Operation<Route53> for ListHostedZones {
    type Output = ListHostedZonesResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<ListHostedZonesResponse, Failure> {
        let ListHostedZones { marker, max_items, hosted_zone_type } = self;
        let (account, size) = (cx.scope.account, size(max_items.as_deref(), PAGE)?);
        let is_of_type = hosted_zone_type.is_none_or(|kind| kind == "PrivateHostedZone");
        let begins_at = marker.clone();
        let list = move |connection: &Connection| {
            let mut all = Zone::all(connection, account)?;
            if let Some(marker) = begins_at.filter(|marker| !marker.is_empty()) {
                let at = all.iter().position(|zone| zone.id == bare(&marker, "hostedzone"));
                let at = at.ok_or_else(|| invalid("The specified marker is not valid."))?;
                all.drain(..at);
            }
            all.retain(|_| is_of_type);
            let next = all.get(size).map(|zone| zone.id.clone());
            all.truncate(size);
            let shown = all.iter().map(|zone| zone.shown(connection));
            Ok::<_, Failure>((shown.collect::<Result<Vec<HostedZone>, _>>()?, next))
        };
        let (hosted_zones, next_marker) = route53.store.run_lean(list).await?;
        Ok(ListHostedZonesResponse {
            hosted_zones,
            marker: marker.unwrap_or_default(),
            is_truncated: next_marker.is_some(),
            next_marker,
            max_items: size.to_string(),
        })
    }
}

impl Operation<Route53> for ListHostedZonesByName {
    type Output = ListHostedZonesByNameResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<ListHostedZonesByNameResponse, Failure> {
        let ListHostedZonesByName { dns_name, hosted_zone_id, max_items } = self;
        let (account, size) = (cx.scope.account, size(max_items.as_deref(), PAGE)?);
        let from = match &dns_name {
            Some(given) => Some(name::read(given).map_err(|why| error("InvalidDomainName", why))?),
            None if hosted_zone_id.is_some() => {
                let message = "If you specify HostedZoneId, you must also specify DNSName.";
                return Err(invalid(message).into());
            }
            None => None,
        };
        let first = hosted_zone_id.as_deref().map(|id| bare(id, "hostedzone").to_owned());
        let list = move |connection: &Connection| {
            let mut all = Zone::all(connection, account)?;
            all.sort_by(|one, other| {
                name::order(&one.name, &other.name).then_with(|| one.id.cmp(&other.id))
            });
            if let Some(from) = from {
                all.retain(|zone| match name::order(&zone.name, &from) {
                    std::cmp::Ordering::Less => false,
                    std::cmp::Ordering::Equal => first.as_ref().is_none_or(|id| zone.id >= *id),
                    std::cmp::Ordering::Greater => true,
                });
            }
            let next = all.get(size).map(|zone| (zone.name.clone(), zone.id.clone()));
            all.truncate(size);
            let shown = all.iter().map(|zone| zone.shown(connection));
            Ok::<_, Failure>((shown.collect::<Result<Vec<HostedZone>, _>>()?, next))
        };
        let (hosted_zones, next) = route53.store.run_lean(list).await?;
        let is_truncated = next.is_some();
        let (next_dns_name, next_hosted_zone_id) = next.unzip();
        Ok(ListHostedZonesByNameResponse {
            hosted_zones,
            dns_name,
            hosted_zone_id,
            is_truncated,
            next_dns_name,
            next_hosted_zone_id,
            max_items: size.to_string(),
        })
    }
}

impl Operation<Route53> for ListHostedZonesByVPC {
    type Output = ListHostedZonesByVPCResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<ListHostedZonesByVPCResponse, Failure> {
        let ListHostedZonesByVPC { vpc_id, vpc_region, max_items, next_token } = self;
        let (account, size) = (cx.scope.account, size(max_items.as_deref(), PAGE)?);
        if !route53.outward.has_vpc(account, &vpc_region, &vpc_id) {
            let message = format!("The VPC {vpc_id} in region {vpc_region} does not exist.");
            return Err(invalid(message).into());
        }
        let vpc = (vpc_region, vpc_id);
        let list = move |connection: &Connection| Ok::<_, Failure>(Zone::of_vpc(connection, &vpc)?);
        let all = route53.store.run_lean(list).await?;
        let all = all.into_iter().map(|zone| (zone.id.clone(), zone)).collect();
        let (zones, next_token) = page(all, size, next_token.as_deref()).map_err(|NotAToken| {
            error("InvalidPaginationToken", "The specified pagination token is not valid.")
        })?;
        let summary = |zone: Zone| HostedZoneSummary {
            hosted_zone_id: zone.id,
            name: zone.name,
            owner: HostedZoneOwner {
                owning_account: Some(format!("{:012}", zone.account)),
                ..HostedZoneOwner::default()
            },
        };
        Ok(ListHostedZonesByVPCResponse {
            hosted_zone_summaries: zones.into_iter().map(summary).collect(),
            max_items: size.to_string(),
            next_token,
        })
    }
}

//! Zones: made, told, removed.

use std::sync::Arc;

use rusqlite::Connection;
use wire::route53::error;
use wire::route53::input::{
    CreateHostedZone, DeleteHostedZone, GetHostedZone, GetHostedZoneCount, HostedZoneConfig,
    UpdateHostedZoneComment, VPC,
};
use wire::route53::output::{
    CreateHostedZoneResponse, DelegationSet, DeleteHostedZoneResponse, GetHostedZoneCountResponse,
    GetHostedZoneResponse, UpdateHostedZoneCommentResponse,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::route53::name;
use crate::route53::refusal::{conflict, invalid, no_vpc};
use crate::route53::service::{Changed, Route53};
use crate::route53::stored::{Change, SERVERS, Tags, Vpc, Zone, bare, fresh, shown_vpc};
use crate::time::now;

/// Zones of an account.
const MOST: usize = 500;

/// The VPC that a request names.
///
/// # Errors
/// When it is named in part, or not there.
pub(crate) fn named(route53: &Route53, cx: &Context<'_>, given: VPC) -> Result<Vpc, Failure> {
    let VPC { vpc_region, vpc_id } = given;
    let (Some(region), Some(vpc)) = (vpc_region, vpc_id) else {
        return Err(invalid("A VPC is named by its region and its ID.").into());
    };
    if !route53.outward.has_vpc(cx.scope.account, &region, &vpc) {
        return Err(no_vpc(&vpc).into());
    }
    Ok((region, vpc))
}

/// That no zone of a VPC has the name of one: neither another, nor this one, which it has already.
///
/// # Errors
/// When one does.
pub(crate) fn is_alone(connection: &Connection, zone: &Zone, vpc: &Vpc) -> Result<(), Failure> {
    let others = Zone::of_vpc(connection, vpc)?;
    match others.iter().find(|other| other.name == zone.name) {
        Some(other) => Err(conflict(&vpc.1, &vpc.0, &other.id).into()),
        None => Ok(()),
    }
}

impl Operation<Route53> for CreateHostedZone {
    type Output = CreateHostedZoneResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<CreateHostedZoneResponse, Failure> {
        let CreateHostedZone { name, vpc, caller_reference, hosted_zone_config } = self;
        let HostedZoneConfig { comment, private_zone } = hosted_zone_config.unwrap_or_default();
        let name = name::read(&name).map_err(|why| error("InvalidDomainName", why))?;
        let vpc = match (vpc, private_zone) {
            (Some(vpc), _) => named(route53, cx, vpc)?,
            (None, Some(true)) => {
                let message = "When you're creating a private hosted zone (when you specify true for \
                               PrivateZone), you must also specify values for VPCId and VPCRegion.";
                return Err(invalid(message).into());
            }
            (None, _) => {
                let message = "Warren serves no public hosted zones: a private one is of the VPC that it is \
                               made with.";
                return Err(invalid(message).into());
            }
        };
        let (account, now) = (cx.scope.account, now());
        let create = move |connection: &Connection| {
            let all = Zone::all(connection, account)?;
            if all.iter().any(|zone| zone.reference == caller_reference) {
                let message =
                    "A hosted zone has already been created with the specified caller reference.";
                return Err(error("HostedZoneAlreadyExists", message).into());
            }
            if all.len() >= MOST {
                let message = "This request can't be fulfilled because it would exceed the limit of hosted zones.";
                return Err(error("TooManyHostedZones", message).into());
            }
            let zone = Zone {
                id: fresh('Z'),
                account,
                name,
                reference: caller_reference,
                comment: comment.unwrap_or_default(),
                tags: Tags::new(),
                created: now,
            };
            is_alone(connection, &zone, &vpc)?;
            zone.put(connection)?;
            zone.associate(connection, &vpc)?;
            for records in zone.first_records() {
                zone.put_records(connection, &records)?;
            }
            let change = Change::note(connection, account, None, now)?;
            let answer = CreateHostedZoneResponse {
                hosted_zone: zone.shown(connection)?,
                change_info: change.shown(false),
                delegation_set: DelegationSet {
                    id: None,
                    caller_reference: None,
                    name_servers: SERVERS
                        .map(|name| name.trim_end_matches('.').to_owned())
                        .to_vec(),
                },
                vpc: Some(shown_vpc(vpc)),
                location: format!(
                    "https://route53.amazonaws.com/2013-04-01/hostedzone/{}",
                    zone.id
                ),
            };
            Ok((answer, Changed::Put(Box::new(zone))))
        };
        route53.change(create).await
    }
}

impl Operation<Route53> for GetHostedZone {
    type Output = GetHostedZoneResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<GetHostedZoneResponse, Failure> {
        let GetHostedZone { id } = self;
        let account = cx.scope.account;
        let find = move |connection: &Connection| {
            let zone = Zone::find(connection, account, bare(&id, "hostedzone"))?;
            let vpcs = zone.vpcs(connection)?.into_iter().map(shown_vpc).collect();
            Ok::<_, Failure>(GetHostedZoneResponse {
                hosted_zone: zone.shown(connection)?,
                delegation_set: None,
                vp_cs: Some(vpcs),
            })
        };
        route53.store.run_lean(find).await
    }
}

impl Operation<Route53> for DeleteHostedZone {
    type Output = DeleteHostedZoneResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<DeleteHostedZoneResponse, Failure> {
        let DeleteHostedZone { id } = self;
        let (account, now) = (cx.scope.account, now());
        let delete = move |connection: &Connection| {
            let zone = Zone::find(connection, account, bare(&id, "hostedzone"))?;
            let is_own = |name: &str, kind: &str| name == zone.name && matches!(kind, "NS" | "SOA");
            let records = zone.records(connection)?;
            if records.iter().any(|records| !is_own(&records.name, &records.kind)) {
                let message = "The specified hosted zone contains non-required resource record sets and so \
                               cannot be deleted.";
                return Err(error("HostedZoneNotEmpty", message).into());
            }
            zone.delete(connection)?;
            let change = Change::note(connection, account, None, now)?;
            let answer = DeleteHostedZoneResponse { change_info: change.shown(false) };
            Ok((answer, Changed::Gone(zone.id)))
        };
        route53.change(delete).await
    }
}

impl Operation<Route53> for UpdateHostedZoneComment {
    type Output = UpdateHostedZoneCommentResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<UpdateHostedZoneCommentResponse, Failure> {
        let UpdateHostedZoneComment { id, comment } = self;
        let account = cx.scope.account;
        let update = move |connection: &Connection| {
            let mut zone = Zone::find(connection, account, bare(&id, "hostedzone"))?;
            zone.comment = comment.unwrap_or_default();
            zone.put(connection)?;
            Ok::<_, Failure>(UpdateHostedZoneCommentResponse {
                hosted_zone: zone.shown(connection)?,
            })
        };
        route53.store.run(update).await
    }
}

impl Operation<Route53> for GetHostedZoneCount {
    type Output = GetHostedZoneCountResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<GetHostedZoneCountResponse, Failure> {
        let GetHostedZoneCount {} = self;
        let account = cx.scope.account;
        let count =
            move |connection: &Connection| Ok::<_, Failure>(Zone::all(connection, account)?.len());
        let count = route53.store.run_lean(count).await?;
        let hosted_zone_count = i64::try_from(count).unwrap_or(i64::MAX);
        Ok(GetHostedZoneCountResponse { hosted_zone_count })
    }
}

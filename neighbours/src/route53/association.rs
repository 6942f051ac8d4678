//! VPCs of zones: associated, and no longer.

use std::sync::Arc;

use rusqlite::Connection;
use wire::route53::error;
use wire::route53::input::{AssociateVPCWithHostedZone, DisassociateVPCFromHostedZone, VPC};
use wire::route53::output::{
    AssociateVPCWithHostedZoneResponse, DisassociateVPCFromHostedZoneResponse,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::route53::operations::zone::{is_alone, named};
use crate::route53::refusal::invalid;
use crate::route53::service::{Changed, Route53};
use crate::route53::stored::{Change, Zone, bare};
use crate::time::now;

/// VPCs of a zone.
const MOST: usize = 300;

impl Operation<Route53> for AssociateVPCWithHostedZone {
    type Output = AssociateVPCWithHostedZoneResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<AssociateVPCWithHostedZoneResponse, Failure> {
        let AssociateVPCWithHostedZone { hosted_zone_id, vpc, comment } = self;
        let vpc = named(route53, cx, vpc)?;
        let (account, now) = (cx.scope.account, now());
        let associate = move |connection: &Connection| {
            let zone = Zone::find(connection, account, bare(&hosted_zone_id, "hostedzone"))?;
            is_alone(connection, &zone, &vpc)?;
            if zone.vpcs(connection)?.len() >= MOST && !zone.has(connection, &vpc)? {
                let message = format!("A hosted zone has up to {MOST} VPCs.");
                return Err(error("LimitsExceeded", message).into());
            }
            zone.associate(connection, &vpc)?;
            let change = Change::note(connection, account, comment, now)?;
            let answer = AssociateVPCWithHostedZoneResponse { change_info: change.shown(false) };
            Ok((answer, Changed::Put(Box::new(zone))))
        };
        route53.change(associate).await
    }
}

impl Operation<Route53> for DisassociateVPCFromHostedZone {
    type Output = DisassociateVPCFromHostedZoneResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<DisassociateVPCFromHostedZoneResponse, Failure> {
        let DisassociateVPCFromHostedZone { hosted_zone_id, vpc, comment } = self;
        // One that is gone may be taken from a zone.
        let VPC { vpc_region: Some(region), vpc_id: Some(vpc) } = vpc else {
            return Err(invalid("A VPC is named by its region and its ID.").into());
        };
        let vpc = (region, vpc);
        let (account, now) = (cx.scope.account, now());
        let disassociate = move |connection: &Connection| {
            let zone = Zone::find(connection, account, bare(&hosted_zone_id, "hostedzone"))?;
            if !zone.has(connection, &vpc)? {
                let message = "The specified VPC and hosted zone are not currently associated.";
                return Err(error("VPCAssociationNotFound", message).into());
            }
            if zone.vpcs(connection)?.len() == 1 {
                let message = "Cannot remove last VPC association for the private zone";
                return Err(error("LastVPCAssociation", message).into());
            }
            zone.disassociate(connection, &vpc)?;
            let change = Change::note(connection, account, comment, now)?;
            let answer = DisassociateVPCFromHostedZoneResponse { change_info: change.shown(false) };
            Ok((answer, Changed::Put(Box::new(zone))))
        };
        route53.change(disassociate).await
    }
}

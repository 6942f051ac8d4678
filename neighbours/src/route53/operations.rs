//! The operations of route53, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "association.rs"]
pub(super) mod association;
#[path = "change.rs"]
pub(super) mod change;
#[path = "record.rs"]
pub(super) mod record;
#[path = "tag.rs"]
pub(super) mod tag;
#[path = "zone.rs"]
pub(super) mod zone;
#[path = "zone_list.rs"]
pub(super) mod zone_list;

use serde_json::Value;
use wire::ApiError;
use wire::route53::{Op, input};

use super::service::Route53;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Route53>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AssociateVPCWithHostedZone => call.run::<input::AssociateVPCWithHostedZone>().await,
        Op::ChangeResourceRecordSets => call.run::<input::ChangeResourceRecordSets>().await,
        Op::ChangeTagsForResource => call.run::<input::ChangeTagsForResource>().await,
        Op::CreateHostedZone => call.run::<input::CreateHostedZone>().await,
        Op::DeleteHostedZone => call.run::<input::DeleteHostedZone>().await,
        Op::DisassociateVPCFromHostedZone => {
            call.run::<input::DisassociateVPCFromHostedZone>().await
        }
        Op::GetChange => call.run::<input::GetChange>().await,
        Op::GetHostedZone => call.run::<input::GetHostedZone>().await,
        Op::GetHostedZoneCount => call.run::<input::GetHostedZoneCount>().await,
        Op::ListHostedZones => call.run::<input::ListHostedZones>().await,
        Op::ListHostedZonesByName => call.run::<input::ListHostedZonesByName>().await,
        Op::ListHostedZonesByVPC => call.run::<input::ListHostedZonesByVPC>().await,
        Op::ListResourceRecordSets => call.run::<input::ListResourceRecordSets>().await,
        Op::ListTagsForResource => call.run::<input::ListTagsForResource>().await,
        Op::UpdateHostedZoneComment => call.run::<input::UpdateHostedZoneComment>().await,
    }
}

//! Changes: all are in force once they are answered.

use std::sync::Arc;

use rusqlite::Connection;
use wire::route53::error;
use wire::route53::input::GetChange;
use wire::route53::output::GetChangeResponse;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::route53::service::Route53;
use crate::route53::stored::{Change, bare};

impl Operation<Route53> for GetChange {
    type Output = GetChangeResponse;

    async fn run(
        self,
        route53: &Arc<Route53>,
        cx: &Context<'_>,
    ) -> Result<GetChangeResponse, Failure> {
        let GetChange { id } = self;
        let account = cx.scope.account;
        let find = move |connection: &Connection| {
            let id = bare(&id, "change");
            let found = Change::find(connection, account, id)?;
            let missing =
                || error("NoSuchChange", format!("Could not find resource with ID: {id}"));
            Ok::<_, Failure>(found.ok_or_else(missing)?)
        };
        let change = route53.store.run_lean(find).await?;
        Ok(GetChangeResponse { change_info: change.shown(true) })
    }
}

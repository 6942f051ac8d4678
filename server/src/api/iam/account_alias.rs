//! Aliases of accounts, of which each has one at most.

use std::sync::Arc;

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{CreateAccountAlias, DeleteAccountAlias, ListAccountAliases};
use wire::iam::output::ListAccountAliasesResponse;

use crate::api::iam::{change, page, read};
use crate::api::operation::{Context, Operation};

impl Operation for CreateAccountAlias {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let CreateAccountAlias { account_alias: alias } = self;
        let iam = Arc::clone(&cx.endpoint.iam);
        change(cx, move |known| {
            // No two accounts of an installation have one; whoever changes something is alone.
            if iam.account_called(&alias).is_some() {
                let message = format!("The account alias {alias} already exists.");
                return Err(error("EntityAlreadyExists", message));
            }
            // A second one takes the place of the first.
            known.alias = Some(alias);
            Ok(())
        })
        .await
    }
}

impl Operation for DeleteAccountAlias {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteAccountAlias { account_alias: alias } = self;
        change(cx, move |known| match known.alias.take_if(|it| *it == alias) {
            Some(_) => Ok(()),
            None => {
                let message = format!("The account alias {alias} cannot be found.");
                Err(error("NoSuchEntity", message))
            }
        })
        .await
    }
}

impl Operation for ListAccountAliases {
    type Output = ListAccountAliasesResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListAccountAliasesResponse, ApiError> {
        let ListAccountAliases { marker, max_items } = self;
        let found = read(cx, |known| known.alias.clone());
        let found = found.into_iter().map(|alias| (alias.clone(), alias)).collect();
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListAccountAliasesResponse { account_aliases: page.items, is_truncated: more, marker })
    }
}

//! Subscription filters: which events of a group functions get.

use wire::ApiError;
use wire::arn::{Arn, FunctionReference};
use wire::logs::error;
use wire::logs::input::*;
use wire::logs::output::{DescribeSubscriptionFiltersResponse, SubscriptionFilter};

use crate::api::logs::event::pattern;
use crate::api::logs::{change, existing, invalid, page, with};
use crate::api::operation::{Context, Operation};
use crate::api::page::Order;
use crate::iam::account_number;
use crate::logs::{NewFilter, now};
use crate::source::{Invoked, Source};
use crate::subscriptions::{LOGS, source_arn};

impl Operation for PutSubscriptionFilter {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let PutSubscriptionFilter {
            log_group_name: group,
            filter_name: name,
            filter_pattern,
            destination_arn: destination,
            role_arn,
            distribution,
        } = self;
        let vendor = Arn::parse(&destination).map_or("", |arn| arn.service);
        if matches!(vendor, "kinesis" | "firehose") && role_arn.is_none() {
            let message =
                format!("destinationArn for vendor {vendor} cannot be used without roleArn");
            return Err(invalid(message));
        }
        if vendor != "lambda" {
            return Err(invalid(format!(
                "Warren delivers events of logs to functions, and not to {destination}."
            )));
        }
        if role_arn.is_some() {
            return Err(invalid("destinationArn for vendor lambda cannot be used with roleArn"));
        }
        pattern(&filter_pattern)?;
        let named = group.clone();
        with(cx, {
            let destination = destination.clone();
            let account = cx.scope.account;
            move |database, scope| {
                check_account(&destination, account)?;
                existing(database, scope, &named).map(drop)
            }
        })
        .await?;
        check_function(cx, &group, &destination)?;
        let distribution = distribution.unwrap_or_else(|| "ByLogStream".to_owned());
        let new = NewFilter { name, pattern: filter_pattern, destination, distribution };
        change(cx, move |database, scope| {
            let group = existing(database, scope, &group)?;
            match database.put_filter(group.id, &new, now())? {
                true => Ok(()),
                false => Err(error("LimitExceededException", "Resource limit exceeded.")),
            }
        })
        .await?;
        cx.endpoint.logs.filters_are(true);
        Ok(())
    }
}

/// A function of another account is not invoked.
fn check_account(destination: &str, account: u64) -> Result<(), ApiError> {
    let own = Arn::parse(destination).and_then(|arn| account_number(arn.account));
    match own == Some(account) {
        true => Ok(()),
        false => {
            let message = "Cross-account lambda invocation passing is not allowed. You must use \
                           DestinationPolicies to create cross account lambda triggers.";
            Err(error("AccessDeniedException", message))
        }
    }
}

/// Whether a function may be invoked for a group, and does not log into it itself.
fn check_function(cx: &Context<'_>, group: &str, destination: &str) -> Result<(), ApiError> {
    let refused = || {
        invalid(
            "Could not execute the lambda function. Make sure you have given CloudWatch Logs \
             permission to execute your function.",
        )
    };
    let reference = FunctionReference::parse(destination).ok_or_else(refused)?;
    let FunctionReference { name, qualifier, region, .. } = reference;
    if region != Some(cx.scope.region.as_str()) {
        return Err(refused());
    }
    let own = cx.driver.read(|engine| {
        let function = engine.function(&cx.scope, name)?;
        Some(function.latest.settings.logging.group.clone())
    });
    let own = own.ok_or_else(refused)?.unwrap_or_else(|| format!("/aws/lambda/{name}"));
    if own == group {
        return Err(invalid(
            "The log group provided is reserved for the function logs of the destination function.",
        ));
    }
    let (arn, account) = (source_arn(&cx.scope, group), format!("{:012}", cx.scope.account));
    let source = Source::Service { principal: LOGS, arn: &arn, account: &account };
    let invoked = Invoked { scope: &cx.scope, name, qualifier };
    source.may_invoke(cx.driver, invoked).map_err(|_| refused())
}

impl Operation for DescribeSubscriptionFilters {
    type Output = DescribeSubscriptionFiltersResponse;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeSubscriptionFiltersResponse, ApiError> {
        let DescribeSubscriptionFilters {
            log_group_name: group,
            filter_name_prefix: prefix,
            next_token,
            limit,
        } = self;
        let name = group.clone();
        let filters = with(cx, move |database, scope| {
            let group = existing(database, scope, &name)?;
            Ok(database.filters(group.id)?)
        });
        let prefix = prefix.unwrap_or_default();
        let wanted = filters.await?.into_iter().filter(|it| it.new.name.starts_with(&prefix));
        let shown = wanted.map(|filter| {
            let NewFilter { name, pattern, destination, distribution } = filter.new;
            let shown = SubscriptionFilter {
                filter_name: Some(name.clone()),
                log_group_name: Some(group.clone()),
                filter_pattern: Some(pattern),
                destination_arn: Some(destination),
                distribution: Some(distribution),
                apply_on_transformed_logs: Some(false),
                creation_time: Some(filter.created),
                ..SubscriptionFilter::default()
            };
            (name, shown)
        });
        let page = page(shown.collect(), Order::Rising, limit, next_token.as_deref())?;
        Ok(DescribeSubscriptionFiltersResponse {
            subscription_filters: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Operation for DeleteSubscriptionFilter {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteSubscriptionFilter { log_group_name, filter_name } = self;
        with(cx, move |database, scope| {
            let group = existing(database, scope, &log_group_name)?;
            match database.delete_filter(group.id, &filter_name)? {
                true => Ok(()),
                false => {
                    let message = "The specified subscription filter does not exist.";
                    Err(error("ResourceNotFoundException", message))
                }
            }
        })
        .await
    }
}

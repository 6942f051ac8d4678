//! Log groups.

use engine::scope::Scope;
use wire::ApiError;
use wire::logs::error;
use wire::logs::input::*;
use wire::logs::output::{self, DescribeLogGroupsResponse};

use crate::api::logs::{arn, change, existing, invalid, page, with};
use crate::api::operation::{Context, Operation};
use crate::api::page::Order;
use crate::logs::{LogGroup, now};

/// The days that events may be kept.
const DAYS: [i32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

impl Operation for CreateLogGroup {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let CreateLogGroup { log_group_name, tags } = self;
        let tags = tags.unwrap_or_default();
        change(cx, move |database, scope| {
            match database.create_group(scope, &log_group_name, &tags, now())? {
                true => Ok(()),
                false => {
                    let message = "The specified log group already exists";
                    Err(error("ResourceAlreadyExistsException", message))
                }
            }
        })
        .await
    }
}

impl Operation for DeleteLogGroup {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteLogGroup { log_group_name } = self;
        with(cx, move |database, scope| {
            let group = existing(database, scope, &log_group_name)?;
            database.delete(group.id, None)?;
            Ok(())
        })
        .await
    }
}

impl Operation for DescribeLogGroups {
    type Output = DescribeLogGroupsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeLogGroupsResponse, ApiError> {
        let DescribeLogGroups {
            log_group_name_prefix: prefix,
            log_group_name_pattern: pattern,
            next_token,
            limit,
        } = self;
        if prefix.is_some() && pattern.is_some() {
            return Err(invalid(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
            ));
        }
        let groups = with(cx, move |database, scope| {
            Ok(database.groups(scope, prefix.as_deref().unwrap_or_default())?)
        });
        // No pattern of wildcards: AWS looks for it anywhere, whatever the case.
        let part = pattern.unwrap_or_default().to_lowercase();
        let groups = groups.await?;
        let wanted = groups.into_iter().filter(|group| group.name.to_lowercase().contains(&part));
        let shown = wanted.map(|group| (group.name.clone(), view(&cx.scope, group))).collect();
        let page = page(shown, Order::Rising, limit, next_token.as_deref())?;
        Ok(DescribeLogGroupsResponse { log_groups: Some(page.items), next_token: page.next_token })
    }
}

fn view(scope: &Scope, group: LogGroup) -> output::LogGroup {
    let LogGroup { id: _, name, created, retention, tags: _, bytes } = group;
    let arn = arn(scope, &name);
    output::LogGroup {
        log_group_name: Some(name),
        creation_time: Some(created),
        retention_in_days: retention.and_then(|days| i32::try_from(days).ok()),
        metric_filter_count: Some(0),
        arn: Some(format!("{arn}:*")),
        stored_bytes: Some(bytes),
        log_group_class: Some("STANDARD".into()),
        log_group_arn: Some(arn),
        ..output::LogGroup::default()
    }
}

/// Sets how many days events of a group are kept.
async fn retain(cx: &Context<'_>, group: String, days: Option<i32>) -> Result<(), ApiError> {
    change(cx, move |database, scope| {
        let group = existing(database, scope, &group)?;
        Ok(database.retain(group.id, days.map(i64::from), now())?)
    })
    .await
}

impl Operation for PutRetentionPolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let PutRetentionPolicy { log_group_name, retention_in_days: days } = self;
        if !DAYS.contains(&days) {
            return Err(invalid(format!(
                "1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy \
                 constraint: Member must satisfy enum value set"
            )));
        }
        retain(cx, log_group_name, Some(days)).await
    }
}

impl Operation for DeleteRetentionPolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteRetentionPolicy { log_group_name } = self;
        retain(cx, log_group_name, None).await
    }
}

//! Groups of schedules: made, told, listed, removed with what is in them.

use std::sync::Arc;

use rusqlite::Connection;
use wire::scheduler::input::{
    CreateScheduleGroup, DeleteScheduleGroup, GetScheduleGroup, ListScheduleGroups,
};
use wire::scheduler::output::{
    CreateScheduleGroupOutput, DeleteScheduleGroupOutput, GetScheduleGroupOutput,
    ListScheduleGroupsOutput, ScheduleGroupSummary,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::{NotAToken, page};
use crate::scheduler::operations::tag;
use crate::scheduler::refusal::{conflict, invalid, no_group, too_many};
use crate::scheduler::service::Scheduler;
use crate::scheduler::stored::{DEFAULT, Group, Tags, remember, was_deleted};

/// Groups of an account in a region.
const MOST: usize = 500;
/// Things on a page where nobody says otherwise.
pub(crate) const PAGE: i32 = 100;

impl Operation<Scheduler> for CreateScheduleGroup {
    type Output = CreateScheduleGroupOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<CreateScheduleGroupOutput, Failure> {
        let CreateScheduleGroup { name, tags, client_token } = self;
        let mut given = Tags::new();
        tag::add(&mut given, tags.unwrap_or_default())?;
        let scope = cx.scope.clone();
        let create = move |connection: &Connection| {
            if let Some(known) = Group::look(connection, &scope, &name)? {
                return match known.token.is_some() && known.token == client_token {
                    true => Ok(known),
                    false => Err(Failure::from(conflict(format!(
                        "Schedule group {name} already exists."
                    )))),
                };
            }
            if Group::all(connection, &scope)?.len() >= MOST {
                return Err(too_many("schedule groups", MOST).into());
            }
            Group::create(connection, &scope, &name, &given, client_token.as_deref())?;
            Group::find(connection, &scope, &name)
        };
        let group = scheduler.store.run(create).await?;
        Ok(CreateScheduleGroupOutput { schedule_group_arn: group.arn() })
    }
}

impl Operation<Scheduler> for GetScheduleGroup {
    type Output = GetScheduleGroupOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<GetScheduleGroupOutput, Failure> {
        let GetScheduleGroup { name } = self;
        let scope = cx.scope.clone();
        let find = move |connection: &Connection| Group::find(connection, &scope, &name);
        let group = scheduler.store.run_lean(find).await?;
        Ok(GetScheduleGroupOutput {
            arn: Some(group.arn()),
            name: Some(group.name),
            state: Some("ACTIVE".to_owned()),
            creation_date: Some(group.created),
            last_modification_date: Some(group.modified),
        })
    }
}

impl Operation<Scheduler> for ListScheduleGroups {
    type Output = ListScheduleGroupsOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<ListScheduleGroupsOutput, Failure> {
        let ListScheduleGroups { name_prefix, next_token, max_results } = self;
        let scope = cx.scope.clone();
        let list = move |connection: &Connection| Ok::<_, Failure>(Group::all(connection, &scope)?);
        let prefix = name_prefix.unwrap_or_default();
        let shown = |group: Group| ScheduleGroupSummary {
            arn: Some(group.arn()),
            name: Some(group.name),
            state: Some("ACTIVE".to_owned()),
            creation_date: Some(group.created),
            last_modification_date: Some(group.modified),
        };
        let all = scheduler.store.run_lean(list).await?.into_iter();
        let all = all.filter(|group| group.name.starts_with(&prefix));
        let all = all.map(|group| (group.name.clone(), shown(group))).collect();
        let size = usize::try_from(max_results.unwrap_or(PAGE)).unwrap_or_default();
        let (schedule_groups, next_token) = page(all, size, next_token.as_deref())
            .map_err(|NotAToken| invalid("Invalid NextToken."))?;
        Ok(ListScheduleGroupsOutput { next_token, schedule_groups })
    }
}

impl Operation<Scheduler> for DeleteScheduleGroup {
    type Output = DeleteScheduleGroupOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<DeleteScheduleGroupOutput, Failure> {
        let DeleteScheduleGroup { name, client_token } = self;
        if name == DEFAULT {
            return Err(invalid("The default schedule group cannot be deleted.").into());
        }
        let scope = cx.scope.clone();
        let delete = move |connection: &Connection| {
            let arn = crate::scheduler::stored::group_arn(&scope, &name);
            let Some(group) = Group::look(connection, &scope, &name)? else {
                return match was_deleted(connection, &arn, client_token.as_deref())? {
                    true => Ok(()),
                    false => Err(Failure::from(no_group(&name))),
                };
            };
            group.remove(connection)?;
            Ok(remember(connection, &arn, client_token.as_deref())?)
        };
        scheduler.store.run_lean(delete).await?;
        Ok(DeleteScheduleGroupOutput {})
    }
}

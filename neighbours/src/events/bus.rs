//! Buses: made, told, changed and removed.

use std::sync::Arc;

use rusqlite::Connection;
use wire::events::error;
use wire::events::input::{
    CreateEventBus, DeleteEventBus, DescribeEventBus, ListEventBuses, UpdateEventBus,
};
use wire::events::output::{
    CreateEventBusResponse, DescribeEventBusResponse, EventBus, ListEventBusesResponse,
    UpdateEventBusResponse,
};

use crate::events::name::{BusName, DEFAULT};
use crate::events::operations::tag;
use crate::events::refusal::{bad_token, invalid, too_many};
use crate::events::service::Events;
use crate::events::stored::{Bus, Tags};
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::{NotAToken, page};

/// Buses of an account in a region.
const MOST: usize = 100;
/// Things on a page where nobody says otherwise.
pub(crate) const PAGE: i32 = 100;

impl Operation<Events> for CreateEventBus {
    type Output = CreateEventBusResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<CreateEventBusResponse, Failure> {
        let CreateEventBus { name, description, tags } = self;
        if name.contains('/') {
            // A slash is for buses of partners, whose events come from elsewhere.
            return Err(invalid("Event name must not contain '/'.").into());
        }
        let mut all = Tags::new();
        tag::add(&mut all, tags.unwrap_or_default())?;
        let bus = BusName { scope: cx.scope.clone(), name };
        let arn = bus.arn();
        let told = description.clone();
        let create = move |connection: &Connection| {
            let known = Bus::all(connection, &bus.scope)?;
            if known.iter().any(|known| known.name == bus) {
                let message = format!("Event bus {} already exists.", bus.name);
                return Err(Failure::from(error("ResourceAlreadyExistsException", message)));
            }
            if known.len() > MOST {
                return Err(too_many().into());
            }
            Ok(Bus::create(connection, &bus, description.as_deref(), &all)?)
        };
        events.store.run(create).await?;
        Ok(CreateEventBusResponse {
            event_bus_arn: Some(arn),
            description: told,
            ..CreateEventBusResponse::default()
        })
    }
}

impl Operation<Events> for UpdateEventBus {
    type Output = UpdateEventBusResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<UpdateEventBusResponse, Failure> {
        let UpdateEventBus { name, description } = self;
        let bus = BusName::read(&cx.scope, name.as_deref());
        let update = move |connection: &Connection| {
            let mut found = Bus::find(connection, &bus)?;
            found.description = description;
            found.update(connection)?;
            Ok::<_, Failure>(found)
        };
        let bus = events.store.run(update).await?;
        Ok(UpdateEventBusResponse {
            arn: Some(bus.name.arn()),
            name: Some(bus.name.name),
            description: bus.description,
            ..UpdateEventBusResponse::default()
        })
    }
}

impl Operation<Events> for DescribeEventBus {
    type Output = DescribeEventBusResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<DescribeEventBusResponse, Failure> {
        let DescribeEventBus { name } = self;
        let bus = BusName::read(&cx.scope, name.as_deref());
        let bus = events.store.run_lean(move |connection| Bus::find(connection, &bus)).await?;
        Ok(DescribeEventBusResponse {
            arn: Some(bus.name.arn()),
            name: Some(bus.name.name),
            description: bus.description,
            policy: bus.policy,
            creation_time: Some(bus.created),
            last_modified_time: Some(bus.modified),
            ..DescribeEventBusResponse::default()
        })
    }
}

impl Operation<Events> for ListEventBuses {
    type Output = ListEventBusesResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<ListEventBusesResponse, Failure> {
        let ListEventBuses { name_prefix, next_token, limit } = self;
        let scope = cx.scope.clone();
        let list = move |connection: &Connection| Ok::<_, Failure>(Bus::all(connection, &scope)?);
        let prefix = name_prefix.unwrap_or_default();
        let shown = |bus: Bus| EventBus {
            arn: Some(bus.name.arn()),
            name: Some(bus.name.name),
            description: bus.description,
            policy: bus.policy,
            creation_time: Some(bus.created),
            last_modified_time: Some(bus.modified),
            ..EventBus::default()
        };
        let all = events.store.run_lean(list).await?.into_iter();
        let all = all.filter(|bus| bus.name.name.starts_with(&prefix));
        let all = all.map(|bus| (bus.name.name.clone(), shown(bus))).collect();
        let size = usize::try_from(limit.unwrap_or(PAGE)).unwrap_or_default();
        let (event_buses, next_token) =
            page(all, size, next_token.as_deref()).map_err(|NotAToken| bad_token())?;
        Ok(ListEventBusesResponse { event_buses: Some(event_buses), next_token })
    }
}

impl Operation<Events> for DeleteEventBus {
    type Output = ();

    async fn run(self, events: &Arc<Events>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteEventBus { name } = self;
        let bus = BusName::read(&cx.scope, Some(&name));
        if bus.name == DEFAULT {
            return Err(invalid("Cannot delete event bus default.").into());
        }
        let delete = move |connection: &Connection| {
            // One that is not there is as good as deleted.
            let Some(found) = Bus::look(connection, &bus)? else { return Ok(()) };
            if !found.rules(connection)?.is_empty() {
                let message =
                    format!("Event bus {} can't be deleted since it has rules.", bus.name);
                return Err(Failure::from(invalid(message)));
            }
            connection.execute("DELETE FROM bus WHERE id = ?1", [found.id])?;
            Ok(())
        };
        events.store.run_lean(delete).await
    }
}

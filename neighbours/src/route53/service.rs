//! Route 53 as a whole.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rusqlite::Connection;
use serde_json::Value;
use wire::{ApiError, Operation};

use super::index::{Found, Index, Indexed};
use super::schema::SCHEMA;
use super::stored::{Zone, bare};
use crate::failure::Failure;
use crate::operation::{Context, Demand, Service, Setup, listed_tags};
use crate::outward::Outward;
use crate::store::{Store, StoreError};

/// Route 53.
#[derive(Debug)]
pub struct Route53 {
    pub(in crate::route53) store: Store,
    pub(in crate::route53) outward: Arc<dyn Outward>,
    /// What resolvers look names up in: as it is stored, once that was read.
    index: Arc<RwLock<Index>>,
}

impl Service for Route53 {
    fn new(setup: &Setup) -> Arc<Route53> {
        Arc::new(Route53 {
            store: Store::new(&setup.directory, SCHEMA),
            outward: Arc::clone(&setup.outward),
            index: Arc::default(),
        })
    }

    async fn demands(
        self: &Arc<Route53>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let text = |member: &str| input[member].as_str();
        let zone = text("HostedZoneId").or(text("ResourceId"));
        let zone = match operation.name {
            "GetChange" | "ListHostedZonesByName" => None,
            _ => zone.or(text("Id")),
        };
        let resource = match (operation.name, zone) {
            ("GetChange", _) => {
                format!(
                    "arn:aws:route53:::change/{}",
                    bare(text("Id").unwrap_or_default(), "change")
                )
            }
            (_, Some(id)) => format!("arn:aws:route53:::hostedzone/{}", bare(id, "hostedzone")),
            (_, None) => "*".to_owned(),
        };
        let mut demand = Demand::new(format!("route53:{}", operation.name), resource);
        demand.request_tags = listed_tags(&input["AddTags"]);
        demand.tag_keys(&input["RemoveTagKeys"]);
        if let Some(id) = zone {
            let (account, id) = (cx.scope.account, bare(id, "hostedzone").to_owned());
            let look = move |connection: &Connection| match Zone::find(connection, account, &id) {
                Err(Failure::Refused(_)) => Ok(None),
                other => other.map(Some),
            };
            let found = self.store.run_lean(look).await;
            let found = found.map_err(|why| why.told_by(operation.service))?;
            demand.resource_tags =
                found.map(|zone| zone.tags).unwrap_or_default().into_iter().collect();
        }
        Ok(vec![demand])
    }

    fn close(&self) {
        self.store.close();
    }
}

impl Route53 {
    /// Reads what is stored, so that names can be looked up.
    ///
    /// # Errors
    /// When that cannot be read.
    pub async fn load(&self) -> Result<(), StoreError> {
        if !self.store.is_there() {
            return Ok(());
        }
        let index = Arc::clone(&self.index);
        let read =
            |connection: &Connection| Ok::<_, StoreError>(Mutex::new(Index::read(connection)?));
        let note = move |zones: &Mutex<Vec<Indexed>>| {
            let mut index = index.write().unwrap_or_else(PoisonError::into_inner);
            let mut zones = zones.lock().unwrap_or_else(PoisonError::into_inner);
            zones.drain(..).for_each(|zone| index.put(zone));
        };
        self.store.run_lean_noting(read, note).await.map(drop)
    }

    /// What the zones of a VPC have of a name, which is without a dot at its end; none where it is in
    /// none of them.
    pub fn look_up(&self, vpc: &str, name: &str) -> Option<Found> {
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
        index.look_up(vpc, &format!("{name}."))
    }

    /// The zone of a VPC that a name is in, by its id and name.
    pub fn zone_of(&self, vpc: &str, name: &str) -> Option<(String, String)> {
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
        index.zone_of(vpc, &format!("{name}."))
    }

    /// Changes a zone, which resolvers know of once it is durable. What is changed is answered with the zone,
    /// or without where it is gone.
    pub(in crate::route53) async fn change<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<(T, Changed), Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let index = Arc::clone(&self.index);
        let work = move |connection: &Connection| {
            let (answer, changed) = work(connection)?;
            let indexed = match &changed {
                Changed::Put(zone) => Some(Indexed::read(connection, zone)?),
                Changed::Gone(_) => None,
            };
            Ok::<_, Failure>((answer, changed, Mutex::new(indexed)))
        };
        let note = move |(_, changed, indexed): &(T, Changed, Mutex<Option<Indexed>>)| {
            let mut index = index.write().unwrap_or_else(PoisonError::into_inner);
            match changed {
                Changed::Gone(id) => index.remove(id),
                Changed::Put(_) => {
                    let mut indexed = indexed.lock().unwrap_or_else(PoisonError::into_inner);
                    indexed.take().into_iter().for_each(|zone| index.put(zone));
                }
            }
        };
        self.store.run_noting(work, note).await.map(|(answer, ..)| answer)
    }
}

/// What became of a zone.
pub(in crate::route53) enum Changed {
    Put(Box<Zone>),
    Gone(String),
}

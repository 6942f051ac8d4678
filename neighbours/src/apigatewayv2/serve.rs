//! APIs as they are served, kept as long as they do not change.

use std::sync::{Arc, PoisonError};

use rusqlite::Connection;

use super::choose::Served;
use super::service::Apigatewayv2;
use super::stored::Api;
use crate::failure::Failure;

/// APIs that are kept: then all are forgotten.
const KEPT: usize = 1_000;

impl Apigatewayv2 {
    /// What an API serves; none where there is no API of this id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn served(&self, id: &str) -> Result<Option<Arc<Served>>, Failure> {
        let changes = {
            let kept = self.served.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(served) = kept.by_id.get(id) {
                return Ok(served.clone());
            }
            kept.changes
        };
        let of = id.to_owned();
        let load = move |connection: &Connection| Ok::<_, Failure>(Api::load(connection, &of)?);
        let served = self.store.run(load).await?.map(|api| Arc::new(Served::of(api)));
        let mut kept = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        // What has changed meanwhile may be another API than was read.
        if kept.changes == changes {
            if kept.by_id.len() >= KEPT {
                kept.by_id.clear();
            }
            kept.by_id.insert(id.to_owned(), served.clone());
        }
        Ok(served)
    }
}

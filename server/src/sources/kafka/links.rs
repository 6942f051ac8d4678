//! Connections of a mapping to its brokers, kept for the next request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use engine::record::mapping::Mapping;

use super::connection::Connection;
use super::error::KafkaError;
use super::message::Api;
use super::secret::Secrets;
use super::way::Way;
use crate::thread;

/// Brokers to which connections are kept; of a larger cluster they are made anew.
const KEPT: usize = 256;

/// What a connection is for: one that waits for records keeps nobody else waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Purpose {
    Ask,
    Fetch,
}

/// A connection, if there is one, which one request at a time is made on.
type Link = Arc<tokio::sync::Mutex<Option<Connection>>>;

/// The connections of a mapping.
pub(super) struct Links {
    way: Way,
    secrets: Secrets,
    mapping: Mapping,
    all: Mutex<HashMap<(Purpose, String), Link>>,
}

impl Links {
    pub(super) fn new(way: Way, secrets: Secrets, mapping: Mapping) -> Links {
        Links { way, secrets, mapping, all: Mutex::default() }
    }

    fn link(&self, purpose: Purpose, broker: &str) -> Link {
        let mut all = thread::lock(&self.all, "connections to brokers");
        if all.len() >= KEPT {
            all.clear();
        }
        Arc::clone(all.entry((purpose, broker.to_owned())).or_default())
    }

    /// Makes a request of a broker at `host:port`. All that is asked for may be asked for twice: a
    /// connection that was kept may have been closed meanwhile.
    pub(super) async fn call(
        &self,
        purpose: Purpose,
        broker: &str,
        api: Api,
        body: &[u8],
    ) -> Result<Vec<u8>, KafkaError> {
        let link = self.link(purpose, broker);
        let mut link = link.lock().await;
        // It is put back when it was answered: whoever stops to wait leaves none.
        if let Some(mut kept) = link.take() {
            match kept.call(api, body).await {
                Ok(answer) => {
                    *link = Some(kept);
                    return Ok(answer);
                }
                Err(error) => tracing::debug!(broker, %error, "a connection that was kept is gone"),
            }
        }
        let security = self.secrets.security(&self.mapping).await?;
        let mut made = Connection::open(&self.way, broker, &security).await?;
        let answer = made.call(api, body).await?;
        *link = Some(made);
        Ok(answer)
    }
}

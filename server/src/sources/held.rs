//! Records that were read and are not done with: the bytes that the engine knows by number only.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::sources::command::RecordKey;

use crate::thread;

/// A record as the function is given it, and what names it.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// What the function calls it by: a message's id, or a sequence number.
    pub(crate) id: String,
    /// What its source wants to be told to delete it: a receipt handle.
    pub(crate) handle: String,
    /// JSON.
    pub(crate) event: String,
    /// The trace header that came with it.
    pub(crate) trace: Option<String>,
}

/// Records by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Held {
    last: AtomicU64,
    records: Mutex<HashMap<RecordKey, Record>>,
}

impl Held {
    /// Keeps a record, and numbers it.
    pub(crate) fn keep(&self, record: Record) -> RecordKey {
        let key = RecordKey(self.last.fetch_add(1, Ordering::Relaxed));
        thread::lock(&self.records, "records of sources").insert(key, record);
        key
    }

    /// Looks at records, in order; those that are gone are left out.
    pub(crate) fn look<T>(&self, keys: &[RecordKey], see: impl FnMut(&Record) -> T) -> Vec<T> {
        let records = thread::lock(&self.records, "records of sources");
        keys.iter().filter_map(|key| records.get(key)).map(see).collect()
    }

    /// Lets go of records.
    pub(crate) fn forget(&self, keys: &[RecordKey]) {
        let mut records = thread::lock(&self.records, "records of sources");
        for key in keys {
            records.remove(key);
        }
        if records.is_empty() {
            // What a flood took is given back.
            records.shrink_to_fit();
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        thread::lock(&self.records, "records of sources").is_empty()
    }
}

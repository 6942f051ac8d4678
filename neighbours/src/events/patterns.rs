//! Patterns that were read, so that an event does not have those of all rules read again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use wire::event_pattern::EventPattern;

/// Patterns that are kept; each has some kilobytes at the most.
const MOST: usize = 1000;

/// Patterns by their texts.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns(Arc<Mutex<HashMap<String, Arc<EventPattern>>>>);

impl Patterns {
    /// The pattern of a text; none where it is none, which was not stored.
    pub(super) fn read(&self, text: &str) -> Option<Arc<EventPattern>> {
        // A pattern is added whole.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(text) {
            return Some(Arc::clone(found));
        }
        let read = Arc::new(EventPattern::parse(text).ok()?);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(text.to_owned(), Arc::clone(&read));
        Some(read)
    }
}

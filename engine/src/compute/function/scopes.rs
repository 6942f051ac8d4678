//! Concurrency: what the functions of a scope have in flight and have reserved.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::base::id::FunctionId;
use crate::base::scope::Scope;

/// What the functions of a scope have together.
#[derive(Debug, Clone, Default)]
pub(crate) struct ScopeUse {
    pub(crate) inflight: u32,
    pub(crate) reserved: BTreeMap<FunctionId, u32>,
    /// The sum of what is reserved.
    pub(crate) reserved_sum: u32,
    /// Invocations in flight of functions that have reserved concurrency.
    pub(crate) in_reserved: u32,
}

/// Scopes by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scopes {
    places: BTreeMap<Scope, u32>,
    pub(crate) used: Vec<ScopeUse>,
}

impl Scopes {
    /// A scope's number; it gets one when it has none.
    pub(crate) fn place(&mut self, scope: &Scope) -> u32 {
        if let Some(place) = self.places.get(scope) {
            return *place;
        }
        let place = self.used.len() as u32;
        self.used.push(ScopeUse::default());
        self.places.insert(scope.clone(), place);
        place
    }

    /// What other functions of a scope have reserved.
    pub(crate) fn reserved_by_others(&self, scope: &Scope, function: FunctionId) -> u32 {
        let Some(place) = self.places.get(scope) else { return 0 };
        let used = &self.used[*place as usize];
        used.reserved_sum - used.reserved.get(&function).copied().unwrap_or(0)
    }

    /// What the functions of a scope have.
    pub(crate) fn of(&mut self, place: u32) -> &mut ScopeUse {
        &mut self.used[place as usize]
    }

    /// Changes what a function has reserved, so many of whose invocations are in flight.
    pub(crate) fn reserve(
        &mut self,
        scope: u32,
        function: FunctionId,
        reserved: Option<u32>,
        inflight: u32,
    ) {
        let used = self.of(scope);
        let before = match reserved {
            Some(reserved) => used.reserved.insert(function, reserved),
            None => used.reserved.remove(&function),
        };
        match (before, reserved) {
            (None, Some(_)) => used.in_reserved += inflight,
            (Some(_), None) => used.in_reserved -= inflight,
            (Some(_), Some(_)) | (None, None) => {}
        }
        used.reserved_sum = used.reserved.values().sum();
    }
}

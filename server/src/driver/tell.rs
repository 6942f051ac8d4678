//! What is to be told of asynchronous events that ended, on its way to whoever tells it.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use engine::effect::{InvokeResult, Receiver, Telling};
use engine::id::{RequestId, Version};
use engine::input::{Input, Told};
use engine::scope::Scope;
use tokio::sync::mpsc;

use super::{Driver, State};
use crate::outward::Reach;
use crate::payload::EventBytes;

/// One thing to be told to one receiver.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) receiver: Receiver,
    pub(crate) telling: Telling,
    /// The function whose event it was.
    pub(crate) function: OfFunction,
    /// The event.
    pub(crate) event: EventBytes,
    /// The bytes of a response or an error document.
    pub(crate) response: Option<Bytes>,
}

/// Of which function is told.
#[derive(Debug, Clone)]
pub(crate) struct OfFunction {
    pub(crate) scope: Scope,
    /// Its ARN, with the qualifier that it was invoked by.
    pub(crate) arn: String,
    /// Its role's ARN.
    pub(crate) role: String,
}

/// What is to be told.
#[derive(Debug)]
pub(super) struct Tells {
    sender: mpsc::UnboundedSender<Order>,
    orders: Mutex<Option<mpsc::UnboundedReceiver<Order>>>,
    reach: OnceLock<Arc<Reach>>,
}

impl Default for Tells {
    fn default() -> Tells {
        // Each event that waits has a place here at most, and those are bounded.
        let (sender, orders) = mpsc::unbounded_channel();
        Tells { sender, orders: Mutex::new(Some(orders)), reach: OnceLock::new() }
    }
}

impl Driver {
    /// Sets by what receivers are reached.
    pub(crate) fn reach_by(&self, reach: Arc<Reach>) {
        // Once, before anything is invoked.
        let _ = self.tells.reach.set(reach);
    }

    /// By what receivers are reached.
    pub(crate) fn reach(&self) -> Option<&Arc<Reach>> {
        self.tells.reach.get()
    }

    /// What is to be told, for the one who tells it.
    pub(crate) fn orders(&self) -> Option<mpsc::UnboundedReceiver<Order>> {
        self.tells.orders.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// A receiver was told, or could not be.
    pub(crate) fn told(&self, request: RequestId, receiver: Receiver, told: Told) {
        self.step(self.lock(), Input::Told(request, receiver, told));
    }

    /// Leaves something to be told.
    pub(super) fn tell(&self, state: &State, receiver: Receiver, telling: Telling) {
        let function = state.engine.known_function(telling.function).map(|function| {
            let version = telling.qualifier.unwrap_or(Version(0));
            let configuration = function.configuration(version).unwrap_or(&function.latest);
            OfFunction {
                scope: function.scope.clone(),
                arn: format!("{}:{}", function.arn(Version(0)), version.spelled()),
                role: configuration.settings.role.clone(),
            }
        });
        let response = match &telling.result {
            Some(InvokeResult::Response(id) | InvokeResult::Error(id)) => state.payloads.get(*id),
            _ => None,
        };
        let event = state.payloads.event(telling.event);
        if let (Some(function), Some(event)) = (function, event) {
            let order = Order { receiver, telling, function, event, response };
            // Nobody tells any more only when the server ends; the event is run again then.
            drop(self.tells.sender.send(order));
        }
    }
}

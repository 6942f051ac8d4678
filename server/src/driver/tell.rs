//! What is to be told of asynchronous events that ended, on its way to whoever tells it.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use engine::effect::{InvokeResult, Receiver, Telling};
use engine::engine::Engine;
use engine::id::Version;
use engine::scope::Scope;
use tokio::sync::mpsc;

use crate::payload::{EventBytes, Payloads};

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
}

impl Default for Tells {
    fn default() -> Tells {
        // Each event that waits has a place here at most, and those are bounded.
        let (sender, orders) = mpsc::unbounded_channel();
        Tells { sender, orders: Mutex::new(Some(orders)) }
    }
}

impl Tells {
    /// What is to be told, for the one who tells it.
    pub(super) fn orders(&self) -> Option<mpsc::UnboundedReceiver<Order>> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Leaves something to be told.
    pub(super) fn tell(
        &self,
        engine: &Engine,
        payloads: &Payloads,
        receiver: Receiver,
        telling: Telling,
    ) {
        let function = engine.known_function(telling.function).map(|function| {
            let configuration = function.configuration(telling.version);
            let configuration = configuration.unwrap_or(&function.latest);
            OfFunction {
                scope: function.scope.clone(),
                arn: format!("{}:{}", function.arn(Version(0)), telling.qualifier),
                role: configuration.settings.role.clone(),
            }
        });
        let response = match &telling.result {
            Some(InvokeResult::Response(id) | InvokeResult::Error(id)) => payloads.get(*id),
            _ => None,
        };
        let event = payloads.event(telling.event);
        if let (Some(function), Some(event)) = (function, event) {
            let order = Order { receiver, telling, function, event, response };
            // Nobody tells any more only when the server ends; the event is run again then.
            drop(self.sender.send(order));
        }
    }
}

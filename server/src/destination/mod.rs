//! Destinations and dead-letter queues: who can be told of an asynchronous event that ended, and the
//! telling.

mod place;
mod record;

use std::sync::{Arc, Weak};

use engine::effect::Receiver;
use engine::input::Told;
use neighbours::Actor;
use tokio::sync::{Semaphore, mpsc, oneshot};
use wire::ApiError;
use wire::arn::FunctionReference;

use crate::driver::{Driver, OfFunction, Order, now};
use crate::outward::Reach;
use crate::payload::EventBytes;
use crate::thread::spawn_vital;

pub(crate) use crate::receiver::Place;
use crate::receiver::{LAMBDA, key_within};

/// Receivers that are told at a time.
const AT_ONCE: usize = 32;

/// Tells whatever is to be told, for as long as the driver is there.
pub fn start(driver: Weak<Driver>, reach: Arc<Reach>) {
    spawn_vital("destinations", run(driver, reach));
}

async fn run(driver: Weak<Driver>, reach: Arc<Reach>) {
    let orders = driver.upgrade().and_then(|driver| driver.orders());
    let Some(orders) = orders else { return };
    tell_all(driver, reach, orders).await;
}

async fn tell_all(
    driver: Weak<Driver>,
    reach: Arc<Reach>,
    mut orders: mpsc::UnboundedReceiver<Order>,
) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    while let Some(order) = orders.recv().await {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Some(held) = driver.upgrade() else { return };
        let reach = Arc::clone(&reach);
        tokio::spawn(async move {
            let (request, receiver) = (order.telling.request, order.receiver.clone());
            let function = order.function.clone();
            let told = tell(&held, &reach, order).await;
            if let Told::Refused(why) | Told::Later(why) = &told {
                let arn = receiver.arn();
                tracing::warn!(%request, receiver = arn, why, "how an event ended was not told");
                count(&held, &function, &receiver);
            }
            held.told(request, receiver, told);
            drop(place);
        });
    }
}

/// Counts that a receiver could not be told.
fn count(driver: &Driver, function: &OfFunction, receiver: &Receiver) {
    let reference = FunctionReference::parse(&function.arn);
    let figures = reference.and_then(|it| driver.metrics().of(&function.scope, it.name));
    if let Some(figures) = figures {
        figures.untold(now(), matches!(receiver, Receiver::DeadLetter(_)));
    }
}

async fn tell(driver: &Arc<Driver>, reach: &Reach, order: Order) -> Told {
    let Order { receiver, telling, function, event, response } = order;
    let event = match event {
        EventBytes::Held(bytes) => bytes,
        EventBytes::Stored(request) => {
            let (sender, read) = oneshot::channel();
            driver.store().read_event(request, move |read| drop(sender.send(read)));
            match read.await {
                Ok(Ok(Some(bytes))) => bytes,
                _ => return Told::Later("the event cannot be read".into()),
            }
        }
    };
    let Some(place) = Place::of(receiver.arn()) else {
        return Told::Refused("it is no destination".into());
    };
    let actor = Actor {
        principal: LAMBDA,
        source_arn: function.arn.clone(),
        source_account: function.scope.account,
        role: Some(function.role.clone()),
        trace: telling.trace.clone(),
    };
    let sent = match &receiver {
        Receiver::Destination(_) => {
            let record = record::record(&telling, &function, &event, response);
            place::send(&place, (reach, &actor), record, &function.arn).await
        }
        Receiver::DeadLetter(_) => {
            let letter = record::letter(&telling, &event, response);
            place::send_letter(&place, reach, &actor, letter).await
        }
    };
    match sent {
        Ok(()) => Told::Delivered,
        Err(Failure::Refused(why)) => Told::Refused(why),
        Err(Failure::Later(why)) => Told::Later(why),
    }
}

/// Why something was not delivered.
enum Failure {
    Refused(String),
    Later(String),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Failure {
        let why = format!("{}: {}", error.code, error.message);
        match error.status {
            429 | 500.. => Failure::Later(why),
            _ => Failure::Refused(why),
        }
    }
}

/// Under which key S3 has what is told of a function now.
fn object_key(function: &str) -> String {
    let name = FunctionReference::parse(function).map_or(function, |reference| reference.name);
    key_within(&format!("async/{name}"))
}

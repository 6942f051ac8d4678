//! SQS as a whole, and its calls within the process.
//!
//! Messages live in the store alone; what waits for one listens to its queue's bell.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use tokio::sync::watch;
use wire::{ApiError, Operation};

use crate::bell::{Bells, Ears};
use crate::failure::Failure;
use crate::operation::{Context, Demand, Service, Setup};
use crate::sqs::delete;
use crate::sqs::demand;
use crate::sqs::in_flight::InFlight;
use crate::sqs::moves;
use crate::sqs::name::{self, QueueName};
use crate::sqs::receive::{self, Receive, Received};
use crate::sqs::schema::SCHEMA;
use crate::sqs::send::{self, NewMessage, Sent};
use crate::sqs::sweep;
use crate::store::Store;

/// SQS.
#[derive(Debug)]
pub struct Sqs {
    pub(in crate::sqs) store: Store,
    /// Rung when there may be something to receive, and when a queue goes.
    pub(in crate::sqs) bells: Bells<QueueName>,
    /// Whether whoever waits is to be answered with what there is.
    is_stopping: watch::Sender<bool>,
    in_flight: InFlight,
    /// Whether AWS's waits between deleting and making a queue are kept.
    pub(in crate::sqs) takes_time: bool,
    /// Whether tasks of an earlier server go on.
    has_begun: AtomicBool,
}

impl Service for Sqs {
    fn new(setup: &Setup) -> Arc<Sqs> {
        Arc::new(Sqs {
            store: Store::new(&setup.directory, SCHEMA),
            bells: Bells::default(),
            is_stopping: watch::Sender::new(false),
            in_flight: InFlight::default(),
            takes_time: setup.takes_time,
            has_begun: AtomicBool::new(false),
        })
    }

    async fn demands(
        self: &Arc<Sqs>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let (scope, given, name) = (cx.scope.clone(), demand::telling(input), operation.name);
        let tell = move |connection: &_| demand::of(connection, &scope, name, &given);
        self.store.run(tell).await.map_err(|why| why.told_by(operation.service))
    }

    fn begin(self: &Arc<Sqs>) {
        if !self.has_begun.swap(true, Ordering::Relaxed) {
            moves::resume(self);
            sweep::drive(self);
        }
    }

    fn stop_waiting(&self) {
        self.is_stopping.send_replace(true);
    }

    fn close(&self) {
        self.stop_waiting();
        self.store.close();
    }
}

impl Sqs {
    /// Wakes whoever listens whenever a message may have come, or the queue has changed or gone. What
    /// becomes visible by time alone rings nothing: [`Sqs::due`] tells when that is.
    pub fn listen(&self, queue: &QueueName) -> Ears {
        self.bells.listen(queue)
    }

    /// Puts messages into a queue, each for itself; told in their order.
    ///
    /// # Errors
    /// When the queue is not there. Within, why a message is refused.
    pub async fn send(
        &self,
        queue: &QueueName,
        messages: Vec<NewMessage>,
    ) -> Result<Vec<Result<Sent, ApiError>>, Failure> {
        let (name, now) = (queue.clone(), crate::time::now());
        let sent =
            self.store.run(move |connection| send::all(connection, &name, messages, now)).await?;
        if sent.iter().any(Result::is_ok) {
            self.bells.ring(queue);
        }
        Ok(sent)
    }

    /// Receives messages, waiting for the first as long as the request or the queue says.
    ///
    /// # Errors
    /// When the queue is not there, or goes.
    pub async fn receive(
        &self,
        queue: &QueueName,
        request: Receive,
    ) -> Result<Vec<Received>, Failure> {
        let begun = tokio::time::Instant::now();
        let mut ears = self.listen(queue);
        let mut stopping = self.is_stopping.subscribe();
        loop {
            let (name, asked, now) = (queue.clone(), request.clone(), crate::time::now());
            let in_flight = self.in_flight.clone();
            let noted = in_flight.clone();
            let work =
                move |connection: &_| receive::take(connection, &name, &asked, &in_flight, now);
            let note = move |taken: &receive::Taken| taken.note(&noted);
            let taken = self.store.run_lean_noting(work, note).await?;
            taken.rang.iter().for_each(|other| self.bells.ring(other));
            let end = begun + taken.wait;
            let is_over = *stopping.borrow() || tokio::time::Instant::now() >= end;
            if !taken.messages.is_empty() || is_over {
                return Ok(taken.messages);
            }
            let due = taken.due.map(crate::time::instant_of);
            tokio::select! {
                () = ears.ring() => {}
                () = tokio::time::sleep_until(due.map_or(end, |due| due.min(end))) => {}
                _ = stopping.wait_for(|stopping| *stopping) => {}
            }
        }
    }

    /// When the next message that is not visible becomes so, in milliseconds of the Unix epoch.
    ///
    /// # Errors
    /// When the queue is not there.
    pub async fn due(&self, queue: &QueueName) -> Result<Option<i64>, Failure> {
        let (name, now) = (queue.clone(), crate::time::now());
        self.store.run(move |connection| receive::due_of(connection, &name, now)).await
    }

    /// Deletes messages by their handles; told in their order.
    ///
    /// # Errors
    /// When the queue is not there. Within, why a handle is refused.
    pub async fn delete(
        &self,
        queue: &QueueName,
        handles: Vec<String>,
    ) -> Result<Vec<Result<(), ApiError>>, Failure> {
        let (name, now) = (queue.clone(), crate::time::now());
        let deleted = self
            .store
            .run_lean(move |connection| delete::all(connection, &name, &handles, now))
            .await?;
        if name::is_fifo(&queue.name) {
            // The next of a group may be received now.
            self.bells.ring(queue);
        }
        Ok(deleted)
    }
}

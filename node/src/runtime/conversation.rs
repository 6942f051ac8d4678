//! One runtime's side of the Runtime API: its requests, and what follows from them.

use std::os::fd::AsRawFd;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use engine::id::RequestId;

use super::api::{Happening, RuntimeApi};
use super::http::{Body, MAX_BODY, Message, Method};
use super::instance::{Instance, Phase};
use super::invocation::Answer;
use super::poll::{self, Ready};
use super::reply::{accepted, document, plain, refused, text};

impl RuntimeApi {
    /// Reads from a connection and answers what is complete. The answers are held until
    /// [`RuntimeApi::settle`], so that a runtime that asks for its next event in the same breath
    /// gets all of them at once.
    pub(super) fn converse(&self, instance: &Arc<Instance>, ready: Ready) {
        let mut state = instance.dialogue();
        let Some(connection) = state.connections.get_mut(&ready.token) else { return };
        let fd = connection.socket.as_raw_fd();
        if ready.writable {
            let written = connection.flush().and_then(|left| match left {
                true => Ok(()),
                false => connection.poll.want_write(fd, ready.token, false),
            });
            if written.is_err() {
                return self.disconnect(&mut state, ready.token);
            }
        }
        match poll::read_to(fd, |bytes| connection.parser.push(bytes)) {
            Ok(None) => return,
            Ok(Some(0)) | Err(_) => return self.disconnect(&mut state, ready.token),
            Ok(Some(_)) => {}
        }
        // The thread that answers looks for what was read here, under the same lock.
        if std::mem::replace(&mut connection.is_answered, true) {
            return;
        }
        loop {
            let Some(connection) = state.connections.get_mut(&ready.token) else { return };
            let message = connection.parser.next_message();
            connection.is_answered = !matches!(message, Ok(None));
            if connection.parser.take_expectation() && matches!(message, Ok(None)) {
                let head = "HTTP/1.1 100 Continue\r\n\r\n".to_owned();
                return self.send(&mut state, ready.token, head, Bytes::new());
            }
            let message = match message {
                Ok(Some(message)) => message,
                Ok(None) => return,
                Err(_) => {
                    connection.close = true;
                    self.send(&mut state, ready.token, plain(400, ""), Bytes::new());
                    return self.disconnect(&mut state, ready.token);
                }
            };
            let close = message.close;
            connection.close |= close;
            drop(state);
            self.answer(instance, ready.token, message);
            if close {
                self.settle(instance, ready.token);
            }
            state = instance.dialogue();
            let done = state
                .connections
                .get(&ready.token)
                .is_some_and(|connection| connection.close && connection.unsent.is_empty());
            if done && state.waiting != Some(ready.token) {
                return self.disconnect(&mut state, ready.token);
            }
        }
    }

    fn answer(&self, instance: &Arc<Instance>, token: u64, message: Message) {
        let path = message.path.strip_prefix("/2018-06-01/").unwrap_or_default();
        let reply = match (message.method, path) {
            (Method::Get, "runtime/invocation/next") => return self.next(instance, token),
            (Method::Get, "ping") => text(200, "pong"),
            (Method::Post, "runtime/init/error") => self.init_error(instance, message),
            (Method::Post, path) => match invocation_path(path) {
                Some((id, kind)) => {
                    let kind_is_error = kind == "error";
                    self.respond(instance, id, kind_is_error, message.body)
                }
                None => text(404, "404 page not found\n"),
            },
            (_, "runtime/invocation/next" | "ping" | "runtime/init/error") => plain(405, ""),
            (_, path) if invocation_path(path).is_some() => plain(405, ""),
            _ => text(404, "404 page not found\n"),
        };
        instance.dialogue().hold(token, &reply);
    }

    fn next(&self, instance: &Arc<Instance>, token: u64) {
        let mut state = instance.dialogue();
        if let Some(connection) = state.connections.get_mut(&token) {
            connection.pipelines |= !connection.held.is_empty();
        }
        match state.phase {
            Phase::Running | Phase::InitError => {
                let reply = refused(state.phase, "RuntimeReady");
                return state.hold(token, &reply);
            }
            Phase::Init => {
                state.phase = Phase::Ready;
                state.waiting = Some(token);
                // One that waits for its assignment is reported when that comes.
                let serves = state.environment.is_some();
                drop(state);
                self.drain(instance);
                if serves {
                    (self.listener)(Some(instance), Happening::Ready);
                }
                state = instance.dialogue();
            }
            Phase::Ready | Phase::Answered => {
                state.phase = Phase::Ready;
                state.waiting = Some(token);
            }
        }
        if let Some(invocation) = state.pending.take()
            && let Some(token) = state.waiting.take()
        {
            return self.hand_out(&mut state, token, invocation);
        }
        if state.waiting.is_some() {
            state.waiting_since = Instant::now();
            let due = state.waiting_since + self.grace;
            self.plan_freeze(&mut state, instance, due);
        }
    }

    fn respond(&self, instance: &Arc<Instance>, id: &str, error: bool, body: Body) -> String {
        let mut state = instance.dialogue();
        let parsed: Option<RequestId> = id.parse().ok();
        let current = state.current.filter(|(request, _)| Some(*request) == parsed);
        let Some((request, delivered)) = current else {
            return document(400, "Invalid request ID", "InvalidRequestID");
        };
        let duration = delivered.elapsed();
        state.current = None;
        state.phase = Phase::Answered;
        drop(state);
        self.drain(instance);
        let (answer, reply) = match body {
            Body::TooLarge(length) => {
                let text = format!("Exceeded maximum allowed payload size ({MAX_BODY} bytes).");
                (Answer::TooLarge(length), document(413, &text, "RequestEntityTooLarge"))
            }
            Body::Whole(bytes) if error => (Answer::Error(bytes), accepted()),
            Body::Whole(bytes) => (Answer::Response(bytes), accepted()),
        };
        // The caller's answer is worth more than the runtime's 202: it goes first.
        (self.listener)(Some(instance), Happening::Answered { request, answer, duration });
        reply
    }

    fn init_error(&self, instance: &Arc<Instance>, message: Message) -> String {
        let mut state = instance.dialogue();
        if state.phase != Phase::Init {
            return refused(state.phase, "RuntimeInitError");
        }
        state.phase = Phase::InitError;
        drop(state);
        self.drain(instance);
        let body = match message.body {
            Body::Whole(bytes) => bytes,
            Body::TooLarge(_) => Bytes::from_static(b"{}"),
        };
        let happening = Happening::InitError { body, error_type: message.error_type };
        (self.listener)(Some(instance), happening);
        accepted()
    }
}

/// Splits `runtime/invocation/<id>/response` or `…/error`.
fn invocation_path(path: &str) -> Option<(&str, &str)> {
    let (id, kind) = path.strip_prefix("runtime/invocation/")?.split_once('/')?;
    matches!(kind, "response" | "error").then_some((id, kind))
}

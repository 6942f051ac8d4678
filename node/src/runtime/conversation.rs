//! One runtime's side of the Runtime API: its requests, and what follows from them.

use std::os::fd::AsRawFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::id::RequestId;

use super::api::{Happening, RuntimeApi};
use super::http::{Body, MAX_BODY, Message, Method};
use super::instance::{Instance, Phase};
use super::invocation::{Answer, Invocation};
use super::poll::{self, Ready};
use super::reply::{accepted, document, plain, refused, text};

/// An answer that has arrived and is yet to be told.
struct Untold {
    request: RequestId,
    answer: Answer,
    duration: Duration,
}

impl RuntimeApi {
    /// Reads from a connection and answers what is complete. The answers are held until
    /// [`RuntimeApi::settle`], so that a runtime that asks for its next event in the same breath
    /// gets all of them at once. Returns whether there may be more to read.
    pub(super) fn converse(&self, instance: &Arc<Instance>, ready: Ready) -> bool {
        let mut state = instance.dialogue();
        let Some(connection) = state.connections.get_mut(&ready.token) else { return false };
        let fd = connection.socket.as_raw_fd();
        if ready.writable {
            let written = connection.flush().and_then(|left| match left {
                true => Ok(()),
                false => connection.poll.want_write(fd, ready.token, false),
            });
            if written.is_err() {
                self.disconnect(&mut state, ready.token);
                return false;
            }
            self.end_if_done(&mut state, ready.token);
        }
        let Some(connection) = state.connections.get_mut(&ready.token) else { return false };
        let read = poll::read_to(fd, |bytes| connection.parser.push(bytes));
        let is_more = match read {
            Ok(None) => return false,
            Ok(Some(0)) | Err(_) => {
                self.disconnect(&mut state, ready.token);
                return false;
            }
            Ok(Some(length)) => length == poll::READ || ready.ends,
        };
        state.talk.said(read.ok().flatten().unwrap_or(0));
        let Some(connection) = state.connections.get_mut(&ready.token) else { return false };
        // The thread that answers looks for what was read here, under the same lock.
        if std::mem::replace(&mut connection.is_answered, true) {
            return is_more;
        }
        drop(state);
        let mut untold = None;
        self.answer_all(instance, ready.token, &mut untold);
        self.tell_answer(instance, untold);
        is_more
    }

    /// Answers what was read from a connection. An answer of the runtime's is told before anything
    /// but the request for the next event that came with it, so that both are told at once.
    fn answer_all(&self, instance: &Arc<Instance>, token: u64, untold: &mut Option<Untold>) {
        loop {
            let mut state = instance.dialogue();
            let Some(connection) = state.connections.get_mut(&token) else { return };
            let message = connection.parser.next_message();
            let asks = matches!(&message, Ok(Some(message)) if asks_for_next(message));
            if untold.is_some() && !asks {
                drop(state);
                self.tell_answer(instance, untold.take());
                state = instance.dialogue();
                // What came meanwhile is this thread's to answer.
                if matches!(message, Ok(None)) {
                    continue;
                }
            }
            let Some(connection) = state.connections.get_mut(&token) else { return };
            connection.is_answered = !matches!(message, Ok(None));
            if connection.parser.take_expectation() && matches!(message, Ok(None)) {
                let head = "HTTP/1.1 100 Continue\r\n\r\n".to_owned();
                return self.send(&mut state, token, head, Bytes::new());
            }
            let message = match message {
                Ok(Some(message)) => message,
                Ok(None) => return,
                Err(_) => {
                    connection.close = true;
                    self.send(&mut state, token, plain(400, ""), Bytes::new());
                    return self.disconnect(&mut state, token);
                }
            };
            let close = message.close;
            connection.close |= close;
            drop(state);
            if let Some(answer) = self.answer(instance, token, message) {
                *untold = Some(answer);
            }
            if asks {
                self.tell_answer(instance, untold.take());
            }
            if close {
                self.tell_answer(instance, untold.take());
                self.settle(instance, token);
            }
            self.end_if_done(&mut instance.dialogue(), token);
        }
    }

    /// Tells how the runtime answered. What it printed belongs to the invocation until it asks for
    /// the next event.
    fn tell_answer(&self, instance: &Arc<Instance>, untold: Option<Untold>) {
        let Some(Untold { request, answer, duration }) = untold else { return };
        let asks = {
            let mut state = instance.dialogue();
            let asks = state.phase == Phase::Ready;
            if asks {
                (state.answered, state.is_untold) = (None, false);
            }
            asks
        };
        if asks {
            self.drain(instance);
        }
        (self.listener)(Some(instance), Happening::Answered { request, answer, duration, asks });
        if !asks {
            let mut state = instance.dialogue();
            state.is_untold = false;
            // It may have asked by another connection meanwhile.
            if state.phase == Phase::Ready {
                let answered = state.answered.take();
                drop(state);
                self.tell_asked(instance, answered);
            }
        }
    }

    /// Tells that the runtime asks for its next event after it has answered, and what it printed
    /// before.
    fn tell_asked(&self, instance: &Arc<Instance>, answered: Option<(RequestId, Instant)>) {
        let Some((request, delivered)) = answered else { return };
        self.drain(instance);
        let duration = delivered.elapsed();
        (self.listener)(Some(instance), Happening::Asked { request, duration });
    }

    /// Answers a request; returns what the runtime has answered by it, which is to be told.
    fn answer(&self, instance: &Arc<Instance>, token: u64, message: Message) -> Option<Untold> {
        let mut untold = None;
        let path = message.path.strip_prefix("/2018-06-01/").unwrap_or_default();
        let reply = match (message.method, path) {
            (Method::Get, "runtime/invocation/next") => {
                self.next(instance, token);
                return None;
            }
            (Method::Get, "ping") => text(200, "pong"),
            (Method::Post, "runtime/init/error") => self.init_error(instance, message),
            (Method::Post, path) => match invocation_path(path) {
                Some((id, kind)) => {
                    let (reply, answer) = respond(instance, id, kind == "error", message.body);
                    untold = answer;
                    reply
                }
                None => text(404, "404 page not found\n"),
            },
            (_, "runtime/invocation/next" | "ping" | "runtime/init/error") => plain(405, ""),
            (_, path) if invocation_path(path).is_some() => plain(405, ""),
            _ => text(404, "404 page not found\n"),
        };
        instance.dialogue().hold(token, &reply);
        untold
    }

    fn next(&self, instance: &Arc<Instance>, token: u64) {
        let mut state = instance.dialogue();
        if let Some(connection) = state.connections.get_mut(&token) {
            connection.pipelines |= !connection.held.is_empty();
        }
        match state.phase {
            Phase::InitError => {
                let reply = refused(state.phase, "Ready");
                return state.hold(token, &reply);
            }
            // It may have lost its connection amid the event: it gets the same once more.
            Phase::Running => return self.hand_out_again(&mut state, token),
            Phase::Init => {
                state.talk.was_of_use();
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
                if state.phase == Phase::Answered {
                    state.talk.was_of_use();
                }
                state.phase = Phase::Ready;
                state.waiting = Some(token);
                if !state.is_untold {
                    let answered = state.answered.take();
                    drop(state);
                    self.tell_asked(instance, answered);
                    state = instance.dialogue();
                }
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

    fn init_error(&self, instance: &Arc<Instance>, message: Message) -> String {
        let mut state = instance.dialogue();
        if state.phase != Phase::Init {
            return refused(state.phase, "InitError");
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

/// Takes how the runtime answers its invocation. The caller's answer is worth more than the
/// runtime's 202: it is told before that is sent.
fn respond(instance: &Instance, id: &str, is_error: bool, body: Body) -> (String, Option<Untold>) {
    let mut state = instance.dialogue();
    let parsed: Option<RequestId> = id.parse().ok();
    if state.answered.is_some_and(|(request, _)| Some(request) == parsed) {
        let to = if is_error { "InvocationErrorResponse" } else { "InvocationResponse" };
        return (refused(state.phase, to), None);
    }
    let current = state.current.take_if(|(invocation, _)| Some(invocation.request) == parsed);
    let Some((Invocation { request, .. }, delivered)) = current else {
        return (document(400, "Invalid request ID", "InvalidRequestID"), None);
    };
    let duration = delivered.elapsed();
    state.answered = Some((request, delivered));
    state.talk.was_of_use();
    (state.phase, state.is_untold) = (Phase::Answered, true);
    let (answer, reply) = match body {
        Body::TooLarge(length) => {
            let text = format!("Exceeded maximum allowed payload size ({MAX_BODY} bytes).");
            (Answer::TooLarge(length), document(413, &text, "RequestEntityTooLarge"))
        }
        Body::Whole(bytes) if is_error => (Answer::Error(bytes), accepted()),
        Body::Whole(bytes) => (Answer::Response(bytes), accepted()),
    };
    (reply, Some(Untold { request, answer, duration }))
}

fn asks_for_next(message: &Message) -> bool {
    message.method == Method::Get && message.path == "/2018-06-01/runtime/invocation/next"
}

/// Splits `runtime/invocation/<id>/response` or `…/error`.
fn invocation_path(path: &str) -> Option<(&str, &str)> {
    let (id, kind) = path.strip_prefix("runtime/invocation/")?.split_once('/')?;
    matches!(kind, "response" | "error").then_some((id, kind))
}

//! How a world goes on: time passes, what was asked for happens, the server crashes, and in the
//! end everything comes to rest.

use std::time::Duration;

use engine::effect::{Effect, Effects, InvokeResult, Invoked, Receiver, Telling};
use engine::engine::Engine;
use engine::id::{CallerId, EnvironmentId, PayloadId};
use engine::input::{Input, Told};
use engine::node::NodeCommand;
use engine::record::{Change, Key, Record};

use super::{Happening, Promise, World, scope};
use crate::machine::Faults;
use crate::reference::Reference;

impl World {
    pub(super) fn later(&mut self, after: Duration, happening: Happening) {
        self.sequence += 1;
        self.happenings.insert((self.now + after, self.sequence), happening);
    }

    /// Lets time pass, with everything that happens in it.
    pub(super) fn pass(&mut self, span: Duration) {
        let end = self.now + span;
        loop {
            let timer = self.engine.next_deadline().map(|next| next.at);
            let happening = self.happenings.first_key_value().map(|((at, _), _)| *at);
            let next = match (timer, happening) {
                (Some(timer), Some(happening)) => timer.min(happening),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => break,
            };
            if next > end {
                break;
            }
            self.now = self.now.max(next);
            match happening {
                Some(at) if at <= next => {
                    let (_, happening) = self.happenings.pop_first().expect("it was just seen");
                    self.happen(happening);
                }
                _ => self.step(Input::Tick),
            }
        }
        self.now = end;
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Report(report) => {
                if self.machine.happens(&report) {
                    self.step(Input::Node(report));
                }
            }
            Happening::Told(request, receiver, told) => {
                self.step(Input::Told(request, receiver, told));
            }
            Happening::Durable => {
                // A crash has lost what was being written.
                if let Some((ticket, changes)) = self.writing.pop_front() {
                    self.write(changes);
                    self.step(Input::Persisted(ticket));
                    match self.promised.remove(&ticket) {
                        Some(Promise::There(key)) => self.there(key),
                        Some(Promise::Gone(key)) => self.reference.acknowledge(key, false),
                        Some(Promise::Stored(key, name)) => {
                            let is_stored = self.stored.contains_key(&key);
                            assert!(is_stored || self.is_deleted(&name), "{name} is not durable");
                        }
                        None => {}
                    }
                }
            }
        }
    }

    fn write(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Put(record) => drop(self.stored.insert(record.key(), *record)),
                Change::Delete(key) => drop(self.stored.remove(&key)),
            }
        }
    }

    pub(super) fn step(&mut self, input: Input) {
        let mut effects = Effects::new();
        self.outcome.steps += 1;
        self.engine.step(self.now, input, &mut effects);
        self.carry_out(effects);
    }

    pub(super) fn carry_out(&mut self, effects: Effects) {
        for effect in effects {
            for byte in format!("{:?}{effect:?}", self.now).bytes() {
                let trace = (self.outcome.trace ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                self.outcome.trace = trace;
            }
            match effect {
                Effect::Persist(ticket, changes) => {
                    self.writing.push_back((ticket, changes));
                    // One writer, in order.
                    let last = self.happenings.iter().rev().find_map(|((at, _), happening)| {
                        matches!(happening, Happening::Durable).then_some(*at)
                    });
                    let delay = Duration::from_micros(self.below(3000));
                    let after = last.map_or(Duration::ZERO, |last| last - self.now) + delay;
                    self.later(after, Happening::Durable);
                }
                Effect::Invoked(caller, invoked) => self.invoked(caller, invoked),
                Effect::Accepted(caller, request) => {
                    self.answered(caller);
                    let key = Key::Event(request);
                    assert!(self.stored.contains_key(&key), "accepted, not durable");
                }
                Effect::Refused(caller, _) => self.answered(caller),
                Effect::Command(_, command) => self.command(command),
                Effect::Made(caller, made) => {
                    self.answered(caller);
                    if let Ok(resource) = made {
                        self.there(Key::Resource(resource.id));
                        self.there(Key::Eni(resource.eni));
                        // Whoever deletes the resource asks for both.
                        self.reference.doubt(Key::Eni(resource.eni));
                    }
                }
                Effect::Log(_) | Effect::Ended(_) | Effect::Notice(_) | Effect::Source(_) => {}
                Effect::Tell(receiver, telling) => self.tells(receiver, *telling),
                Effect::Release(payload) => self.release(payload),
            }
        }
    }

    fn answered(&mut self, caller: CallerId) {
        assert!(self.callers.remove(&caller), "a caller is answered once");
    }

    fn invoked(&mut self, caller: CallerId, invoked: Invoked) {
        self.release(invoked.event);
        self.answered(caller);
        self.outcome.answered += 1;
        if let InvokeResult::Response(payload) | InvokeResult::Error(payload) = invoked.result {
            assert!(self.machine.held.remove(&payload), "an answer without its bytes");
        }
    }

    /// Tells a receiver of an event, or fails to.
    fn tells(&mut self, receiver: Receiver, telling: Telling) {
        assert!(self.payloads.contains(&telling.event), "an event is told without its bytes");
        if let Some(InvokeResult::Response(id) | InvokeResult::Error(id)) = telling.result {
            assert!(self.machine.held.contains(&id), "a result is told without its bytes");
        }
        let told = match self.below(4) {
            0 => Told::Later("later".into()),
            1 => Told::Refused("never".into()),
            _ => Told::Delivered,
        };
        let after = Duration::from_millis(self.below(50));
        self.later(after, Happening::Told(telling.request, receiver, told));
    }

    fn release(&mut self, payload: PayloadId) {
        let known = self.payloads.remove(&payload) || self.machine.held.remove(&payload);
        assert!(known, "{payload:?} was released twice");
    }

    fn command(&mut self, command: NodeCommand) {
        match &command {
            NodeCommand::Deliver(delivery) => {
                assert!(self.payloads.contains(&delivery.payload), "an event without its bytes");
                self.is_up_to_date(delivery.environment);
            }
            NodeCommand::Start(spec) => {
                let same = self.engine.environments().filter(|each| each.id() == spec.environment);
                assert_eq!(same.count(), 1, "{} is known", spec.environment);
            }
            _ => {}
        }
        for (after, report) in self.machine.command(command, &mut self.random) {
            self.later(after, Happening::Report(report));
        }
    }

    /// An environment is not used again after its function's code has changed.
    fn is_up_to_date(&self, id: EnvironmentId) {
        let environment =
            self.engine.environments().find(|each| each.id() == id).expect("it lives");
        let Some((code, deliveries)) = self.machine.sandbox(id) else { return };
        let function = self.engine.function(&scope(), &environment.story().launch.name);
        let current = function
            .filter(|function| function.id == environment.function())
            .and_then(|function| function.configuration(environment.version()))
            .map(|configuration| configuration.code.sha256);
        assert!(deliveries == 0 || current == Some(code), "{id} is of an earlier code");
    }

    /// The server ends in the midst of anything, and another one begins on its store.
    pub(super) fn crash(&mut self) {
        self.outcome.crashes += 1;
        let written = self.below(self.writing.len() as u64 + 1);
        for _ in 0..written {
            let (_, changes) = self.writing.pop_front().expect("it was just counted");
            self.write(changes);
        }
        self.writing.clear();
        self.happenings.clear();
        self.callers.clear();
        self.promised.clear();
        self.payloads.clear();
        self.machine.restart();
        self.reference.compare(&self.stored);
        let mut records: Vec<Record> = self.stored.values().cloned().collect();
        for record in &mut records {
            if let Record::Event(event) = record {
                self.next_payload += 1;
                event.payload = PayloadId(self.next_payload);
                self.payloads.insert(event.payload);
            }
        }
        self.config.seed = self.random.draw();
        let mut effects = Effects::new();
        self.engine = Engine::restore(self.config.clone(), records, &mut effects)
            .expect("what was stored can be restored");
        self.carry_out(effects);
        self.step(Input::Tick);
    }

    /// Nothing fails any more: everything comes to rest.
    pub(super) fn heal(&mut self) {
        self.machine.faults = Faults::NONE;
        // Longer than any wait but that for inactivity, which never ends while there are functions.
        let end = self.now + Duration::from_secs(400);
        let mut quiet = 0;
        while self.now < end && quiet < 80 {
            self.pass(Duration::from_millis(500));
            let is_quiet = self.happenings.is_empty()
                && self.machine.count() == 0
                && !self.stored.keys().any(|key| matches!(key, Key::Event(_)));
            quiet = if is_quiet { quiet + 1 } else { 0 };
        }
        assert!(self.callers.is_empty(), "{} callers were never answered", self.callers.len());
        assert!(self.promised.is_empty(), "{} were never durable", self.promised.len());
        assert_eq!(self.engine.environments().count(), 0, "idle environments are reaped");
        assert_eq!(self.machine.count(), 0, "sandboxes of no environment");
        assert!(self.payloads.is_empty(), "payloads were never released: {:?}", self.payloads);
        assert!(self.machine.held.is_empty(), "answers were never released");
        assert!(
            !self.stored.keys().any(|key| matches!(key, Key::Event(_))),
            "events were never done"
        );
        self.reference.compare(&self.stored);
        Reference::compare_at_rest(&self.engine, &scope());
    }
}

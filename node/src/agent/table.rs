//! Every sandbox of the node, each in one state, and which environment lives in which, or waits for
//! its next with what was kept of its last. The table
//! decides what follows from what happens; whoever asked carries it out.

use std::collections::HashMap;
use std::io;

use engine::id::EnvironmentId;
use engine::node::{EnvironmentSpec, Stages};

use super::environment::Service;
use super::stock::{Key, Stock};
use crate::runtime::api::Event;
use crate::sandbox::Stage;

/// One sandbox; `P` is what it is made of, `K` what its environment keeps of it.
#[derive(Debug)]
enum Sandbox<P, K> {
    /// In the hands of a start or of who builds ahead; what it told meanwhile, and whether its
    /// runtime has asked for an event.
    InHand { told: Vec<Event>, has_asked: bool },
    /// Built ahead, in stock; what it told meanwhile.
    Waiting { parts: P, told: Vec<Event> },
    /// Serves an environment.
    Serving { parts: P, service: Service },
    /// Its end was reported; its environment has not been told to stop yet.
    Ended { parts: P, environment: EnvironmentId, is_gone: bool },
    /// Killed, because its environment was told to stop.
    Stopping { parts: P, environment: EnvironmentId },
    /// Killed, because its environment was told to go on without it.
    Resetting { parts: P, environment: EnvironmentId, kept: K },
    /// Killed before it served anybody.
    Discarded { parts: P },
}

/// What an environment was told to do while its start was under way: the later counts for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Then {
    /// Nothing.
    Live,
    /// To end its runtime.
    Reset,
    /// To end.
    Stop,
}

/// Where an environment is.
#[derive(Debug)]
enum Seat<K> {
    /// Its start is under way, with what it has kept, until that is taken.
    Starting { then: Then, kept: Option<K>, is_let_in: bool },
    /// In this sandbox.
    In(u64),
    /// In none: its runtime was ended, and this is left.
    Kept(K),
}

impl<K> Seat<K> {
    fn starting(kept: Option<K>) -> Seat<K> {
        Seat::Starting { then: Then::Live, kept, is_let_in: false }
    }
}

/// Who lives where.
#[derive(Debug)]
pub(super) struct Table<P, K> {
    sandboxes: HashMap<u64, Sandbox<P, K>>,
    environments: HashMap<EnvironmentId, Seat<K>>,
    stock: Stock,
}

/// What a sandbox that begins to serve an environment brings along.
#[derive(Debug)]
pub(super) struct Served {
    /// What it told before, which is to be told again now.
    pub(super) told: Vec<Event>,
    /// Whether its runtime has asked for an event, which is to be reported now.
    pub(super) has_asked: bool,
    /// What the environment was told to do meanwhile.
    pub(super) then: Then,
}

/// What follows from what a sandbox told.
#[derive(Debug)]
pub(super) enum Told<P> {
    Nothing,
    /// It is to be killed: it serves nobody, or another is to take its place.
    Kill {
        parts: P,
    },
    /// The environment's processes ended, with this wait status: that is to be reported.
    Exited {
        parts: P,
        service: Service,
        status: i32,
    },
    /// The environment could not be made: that is to be reported.
    Failed {
        service: Service,
        stages: Stages,
        stage: Stage,
        error: io::Error,
    },
}

/// What follows from a sandbox's being gone.
#[derive(Debug)]
pub(super) enum Gone<P> {
    Nothing,
    /// What it was made of is free.
    Free {
        parts: P,
    },
    /// As is its environment, which was told to stop: that is to be reported.
    Stopped {
        parts: P,
        environment: EnvironmentId,
    },
    /// It is, and its environment has kept what outlives it: that is to be reported.
    Reset {
        parts: P,
        environment: EnvironmentId,
    },
    /// It was killed before its runtime was ready, which is to be started once more; what it was made
    /// of is free.
    Again {
        parts: P,
        spec: Box<EnvironmentSpec>,
    },
    /// It serves nobody any more, without having been told to: that is to be reported.
    Died {
        parts: P,
        service: Service,
    },
}

/// What follows from the command to stop an environment.
#[derive(Debug)]
pub(super) enum Stop<P, K> {
    /// There is none, or no longer.
    Unknown,
    /// It will be stopped when its start is done.
    Later,
    /// Its processes are to be killed.
    Kill { parts: P },
    /// They are being killed, and what was to outlive them is not to.
    KeepNothing { parts: P },
    /// Its processes are gone already; what they were made of is free.
    Free { parts: P },
    /// As is what had outlived them.
    Release { kept: K },
}

/// What follows from the command to end an environment's runtime.
#[derive(Debug)]
pub(super) enum Reset<P> {
    /// There is none, or no longer: that is to be reported.
    Nothing,
    /// It will be ended when its start is done, or is ended already.
    Later,
    /// What is to outlive it is to be kept, and its processes to be killed.
    End { parts: P },
    /// Its processes are gone already; that is to be reported.
    Over { parts: P },
}

impl<P, K> Default for Table<P, K> {
    fn default() -> Self {
        Table { sandboxes: HashMap::new(), environments: HashMap::new(), stock: Stock::default() }
    }
}

impl<P: Clone, K> Table<P, K> {
    /// An environment is to start, or its runtime to start once more; false when it is there already.
    pub(super) fn begin(&mut self, environment: EnvironmentId) -> bool {
        let kept = match self.environments.remove(&environment) {
            None => None,
            Some(Seat::Kept(kept)) => Some(kept),
            Some(seat) => {
                self.environments.insert(environment, seat);
                return false;
            }
        };
        self.environments.insert(environment, Seat::starting(kept));
        true
    }

    /// What an environment that starts has kept of its last sandbox, for its next.
    pub(super) fn take_kept(&mut self, environment: EnvironmentId) -> Option<K> {
        match self.environments.get_mut(&environment) {
            Some(Seat::Starting { kept, .. }) => kept.take(),
            _ => None,
        }
    }

    /// Lets an environment that starts have a sandbox, if fewer than so many have one or will.
    pub(super) fn let_in(&mut self, environment: EnvironmentId, most: u64) -> bool {
        let has = |(id, seat): &(&EnvironmentId, &Seat<K>)| match seat {
            Seat::Starting { is_let_in, .. } => *is_let_in && **id != environment,
            Seat::In(_) => true,
            Seat::Kept(_) => false,
        };
        // Rarely so many are there at all, and need not be counted.
        if self.environments.len() as u64 > most
            && self.environments.iter().filter(has).count() as u64 >= most
        {
            return false;
        }
        if let Some(Seat::Starting { is_let_in, .. }) = self.environments.get_mut(&environment) {
            *is_let_in = true;
        }
        true
    }

    /// The start has failed; returns what the environment was told to do meanwhile.
    pub(super) fn give_up(&mut self, environment: EnvironmentId) -> Then {
        match self.environments.remove(&environment) {
            Some(Seat::Starting { then, .. }) => then,
            _ => Then::Live,
        }
    }

    /// A sandbox is about to be built.
    pub(super) fn hold(&mut self, sandbox: u64) {
        self.sandboxes.insert(sandbox, Sandbox::InHand { told: Vec::new(), has_asked: false });
    }

    /// It could not be built.
    pub(super) fn let_go(&mut self, sandbox: u64) {
        self.sandboxes.remove(&sandbox);
    }

    /// Takes one of a kind that was built ahead, the oldest, and remembers that it was wanted.
    pub(super) fn take(&mut self, key: &Key) -> Option<P> {
        let sandbox = self.stock.take(key)?;
        match self.sandboxes.remove(&sandbox) {
            Some(Sandbox::Waiting { parts, told }) => {
                self.sandboxes.insert(sandbox, Sandbox::InHand { told, has_asked: false });
                Some(parts)
            }
            other => unreachable!("what is in stock waits, and is not {:?}", other.is_some()),
        }
    }

    /// Puts one that is in hand in stock; returns what it told before, which is to be told again
    /// now.
    pub(super) fn put_in_stock(&mut self, sandbox: u64, key: Key, parts: P) -> Vec<Event> {
        let (told, _) = self.out_of_hand(sandbox);
        self.stock.put(key, sandbox);
        self.sandboxes.insert(sandbox, Sandbox::Waiting { parts, told: Vec::new() });
        told
    }

    /// Has one that is in hand serve an environment.
    pub(super) fn serve(&mut self, sandbox: u64, parts: P, service: Service) -> Served {
        let (told, has_asked) = self.out_of_hand(sandbox);
        let seat = self.environments.insert(service.environment, Seat::In(sandbox));
        let then = match seat {
            Some(Seat::Starting { then, .. }) => then,
            _ => Then::Live,
        };
        self.sandboxes.insert(sandbox, Sandbox::Serving { parts, service });
        Served { told, has_asked, then }
    }

    /// One that is in hand is to be killed; returns what it told before, which is to be told
    /// again now.
    pub(super) fn discard(&mut self, sandbox: u64, parts: P) -> Vec<Event> {
        let (told, _) = self.out_of_hand(sandbox);
        self.sandboxes.insert(sandbox, Sandbox::Discarded { parts });
        told
    }

    fn out_of_hand(&mut self, sandbox: u64) -> (Vec<Event>, bool) {
        match self.sandboxes.remove(&sandbox) {
            Some(Sandbox::InHand { told, has_asked }) => (told, has_asked),
            _ => unreachable!("who decides about a sandbox has it in hand"),
        }
    }

    /// A runtime has asked for its first event; returns whom that makes ready, and how long each
    /// stage took, unless the sandbox is in hand still.
    pub(super) fn ask(&mut self, sandbox: u64) -> Option<(EnvironmentId, Stages)> {
        match self.sandboxes.get_mut(&sandbox)? {
            Sandbox::InHand { has_asked, .. } => *has_asked = true,
            Sandbox::Serving { service, .. } => {
                service.again = None;
                return Some((service.environment, service.stages()));
            }
            _ => {}
        }
        None
    }

    /// What serves an environment.
    pub(super) fn serving(&self, environment: EnvironmentId) -> Option<(&P, &Service)> {
        let Some(Seat::In(sandbox)) = self.environments.get(&environment) else { return None };
        match self.sandboxes.get(sandbox) {
            Some(Sandbox::Serving { parts, service }) => Some((parts, service)),
            _ => None,
        }
    }

    /// The service of a sandbox.
    pub(super) fn service(&self, sandbox: u64) -> Option<&Service> {
        match self.sandboxes.get(&sandbox) {
            Some(Sandbox::Serving { service, .. }) => Some(service),
            _ => None,
        }
    }

    /// A sandbox tells something.
    pub(super) fn tell(&mut self, event: Event) -> Told<P> {
        let sandbox = event.sandbox();
        match self.sandboxes.get_mut(&sandbox) {
            Some(Sandbox::Waiting { .. })
                if matches!(event, Event::Failed { .. } | Event::Exited { .. }) =>
            {
                return self.spoil(sandbox).map_or(Told::Nothing, |parts| Told::Kill { parts });
            }
            Some(Sandbox::InHand { told, .. } | Sandbox::Waiting { told, .. }) => {
                told.push(event);
                return Told::Nothing;
            }
            Some(Sandbox::Serving { parts, service }) => match event {
                Event::Executing { stamps, .. } => {
                    service.executing = Some(stamps);
                    return Told::Nothing;
                }
                Event::Gone { .. } => return Told::Nothing,
                // Its first process was killed: its end follows, and another start.
                Event::Failed { errno: libc::ESRCH | libc::ECHILD, .. }
                    if service.again.is_some() =>
                {
                    service.is_ending = true;
                    return Told::Kill { parts: parts.clone() };
                }
                // So was its main process, before it was the function's.
                Event::Exited { .. }
                    if service.is_ending
                        || service.again.is_some() && service.executing.is_none() =>
                {
                    service.is_ending = true;
                    return Told::Kill { parts: parts.clone() };
                }
                Event::Failed { .. } | Event::Exited { .. } => {}
            },
            _ => return Told::Nothing,
        }
        let Some(Sandbox::Serving { parts, service }) = self.sandboxes.remove(&sandbox) else {
            unreachable!("seen a moment ago");
        };
        let environment = service.environment;
        let ended = Sandbox::Ended { parts: parts.clone(), environment, is_gone: false };
        self.sandboxes.insert(sandbox, ended);
        match event {
            Event::Failed { stage, errno, .. } => {
                let error = io::Error::from_raw_os_error(errno);
                Told::Failed { stages: service.stages(), service, stage, error }
            }
            Event::Exited { status, .. } => Told::Exited { parts, service, status },
            Event::Executing { .. } | Event::Gone { .. } => Told::Nothing,
        }
    }

    /// One in stock has ended: nobody is to get it, and what is left of it is to be killed.
    fn spoil(&mut self, sandbox: u64) -> Option<P> {
        self.stock.remove(sandbox);
        let Some(Sandbox::Waiting { parts, .. }) = self.sandboxes.remove(&sandbox) else {
            return None;
        };
        self.sandboxes.insert(sandbox, Sandbox::Discarded { parts: parts.clone() });
        Some(parts)
    }

    /// An environment is to end its runtime, and to keep of its sandbox what `keep` makes of it.
    pub(super) fn reset(
        &mut self,
        environment: EnvironmentId,
        keep: impl FnOnce(&P) -> K,
    ) -> Reset<P> {
        let sandbox = match self.environments.get_mut(&environment) {
            None => return Reset::Nothing,
            Some(Seat::Kept(_)) => return Reset::Later,
            Some(Seat::Starting { then, .. }) => {
                *then = Then::Reset.max(*then);
                return Reset::Later;
            }
            Some(Seat::In(sandbox)) => *sandbox,
        };
        match self.sandboxes.remove(&sandbox) {
            Some(Sandbox::Ended { parts, is_gone: true, .. }) => {
                self.environments.insert(environment, Seat::Kept(keep(&parts)));
                Reset::Over { parts }
            }
            Some(Sandbox::Serving { parts, .. } | Sandbox::Ended { parts, .. }) => {
                let kept = keep(&parts);
                let resetting = Sandbox::Resetting { parts: parts.clone(), environment, kept };
                self.sandboxes.insert(sandbox, resetting);
                Reset::End { parts }
            }
            Some(other @ (Sandbox::Stopping { .. } | Sandbox::Resetting { .. })) => {
                self.sandboxes.insert(sandbox, other);
                Reset::Later
            }
            _ => unreachable!("a sandbox with an environment serves it, or did"),
        }
    }

    /// An environment is to stop.
    pub(super) fn stop(&mut self, environment: EnvironmentId) -> Stop<P, K> {
        let sandbox = match self.environments.get_mut(&environment) {
            None => return Stop::Unknown,
            Some(Seat::Starting { then, .. }) => {
                *then = Then::Stop;
                return Stop::Later;
            }
            Some(Seat::Kept(_)) => {
                let Some(Seat::Kept(kept)) = self.environments.remove(&environment) else {
                    unreachable!("seen a moment ago");
                };
                return Stop::Release { kept };
            }
            Some(Seat::In(sandbox)) => *sandbox,
        };
        let parts = match self.sandboxes.remove(&sandbox) {
            Some(Sandbox::Resetting { parts, .. }) => {
                let stopping = Sandbox::Stopping { parts: parts.clone(), environment };
                self.sandboxes.insert(sandbox, stopping);
                return Stop::KeepNothing { parts };
            }
            Some(Sandbox::Ended { parts, is_gone: true, .. }) => {
                self.environments.remove(&environment);
                return Stop::Free { parts };
            }
            Some(
                Sandbox::Serving { parts, .. }
                | Sandbox::Ended { parts, .. }
                | Sandbox::Stopping { parts, .. },
            ) => parts,
            _ => unreachable!("a sandbox with an environment serves it, or did"),
        };
        let stopping = Sandbox::Stopping { parts: parts.clone(), environment };
        self.sandboxes.insert(sandbox, stopping);
        Stop::Kill { parts }
    }

    /// A sandbox is gone with all its processes.
    pub(super) fn gone(&mut self, sandbox: u64) -> Gone<P> {
        let Some(state) = self.sandboxes.remove(&sandbox) else { return Gone::Nothing };
        match state {
            Sandbox::InHand { mut told, has_asked } => {
                told.push(Event::Gone { id: sandbox });
                self.sandboxes.insert(sandbox, Sandbox::InHand { told, has_asked });
                Gone::Nothing
            }
            Sandbox::Waiting { parts, .. } => {
                self.stock.remove(sandbox);
                Gone::Free { parts }
            }
            Sandbox::Serving { parts, mut service } => {
                let environment = service.environment;
                if let Some(spec) = service.again.take() {
                    self.environments.insert(environment, Seat::starting(None));
                    return Gone::Again { parts, spec };
                }
                let ended = Sandbox::Ended { parts: parts.clone(), environment, is_gone: true };
                self.sandboxes.insert(sandbox, ended);
                Gone::Died { parts, service }
            }
            Sandbox::Ended { parts, environment, .. } => {
                let ended = Sandbox::Ended { parts, environment, is_gone: true };
                self.sandboxes.insert(sandbox, ended);
                Gone::Nothing
            }
            Sandbox::Stopping { parts, environment } => {
                self.environments.remove(&environment);
                Gone::Stopped { parts, environment }
            }
            Sandbox::Resetting { parts, environment, kept } => {
                self.environments.insert(environment, Seat::Kept(kept));
                Gone::Reset { parts, environment }
            }
            Sandbox::Discarded { parts } => Gone::Free { parts },
        }
    }

    /// Of which kind fewer than `count` are in stock, unless `most` are of all kinds.
    pub(super) fn wanted(&self, count: usize, most: usize) -> Option<Key> {
        self.stock.wanted(count, most)
    }

    /// Stops keeping a kind that cannot be built.
    pub(super) fn forget(&mut self, key: &Key) {
        self.stock.forget(key);
    }

    /// Takes what nobody has wanted for long out of stock.
    pub(super) fn outdated(&mut self) -> Vec<P> {
        let mut taken = Vec::new();
        for sandbox in self.stock.outdated() {
            if let Some(Sandbox::Waiting { parts, told }) = self.sandboxes.remove(&sandbox) {
                self.sandboxes.insert(sandbox, Sandbox::InHand { told, has_asked: false });
                taken.push(parts);
            }
        }
        taken
    }

    /// Whether there are `count` of each kind, each of them at rest.
    pub(super) fn is_stocked(
        &self,
        counts: (usize, usize),
        is_at_rest: impl Fn(&Key, &P) -> bool,
    ) -> bool {
        self.stock.is_complete(counts, |key, sandbox| match self.sandboxes.get(&sandbox) {
            Some(Sandbox::Waiting { parts, .. }) => is_at_rest(key, parts),
            _ => false,
        })
    }
}

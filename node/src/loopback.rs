//! A network of nothing but loopbacks, for nodes whose functions need no other.

use std::io;
use std::os::fd::OwnedFd;

use engine::id::EnvironmentId;
use engine::node::{Attachment, NodeCommand};

use crate::agent::{Network, NetworkError, Place, Slot};
use crate::net::namespace;

/// Gives each environment a namespace of its own with a loopback and no way out.
#[derive(Debug, Default)]
pub struct Loopback;

/// Makes a network namespace of nothing but a loopback, at which the Runtime API can listen.
pub fn quiet_namespace() -> io::Result<OwnedFd> {
    namespace::make(namespace::raise_loopback).map(|(namespace, ())| namespace)
}

impl Network for Loopback {
    fn slot(&self, _: Place) -> Result<Slot, NetworkError> {
        let namespace =
            quiet_namespace().map_err(NetworkError::of("making a network namespace"))?;
        Ok(Slot { id: 0, namespace })
    }

    fn place(&self, attachment: &Attachment) -> Result<Place, NetworkError> {
        match attachment {
            Attachment::Outside => Ok(Place::Outside),
            Attachment::Classic(_) | Attachment::Hyperplane(_) => Err(NetworkError::OnlyLoopbacks),
        }
    }

    fn attach(&self, _: &Slot, _: EnvironmentId, _: &Attachment) -> Result<(), NetworkError> {
        Ok(())
    }

    fn release(&self, _: &Slot) {}

    fn command(&self, _: NodeCommand) {}
}

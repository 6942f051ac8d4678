//! A network of nothing but loopbacks, for nodes whose functions need no other.

use std::io;
use std::os::fd::OwnedFd;

use engine::id::EnvironmentId;
use engine::node::{Attachment, NodeCommand};

use crate::agent::{Network, NetworkError, Place, Slot};
use crate::net::namespace;
use crate::sandbox::sys::check;

/// Gives each environment a namespace of its own with a loopback and no way out.
#[derive(Debug, Default)]
pub struct Loopback;

/// Makes a network namespace whose loopback is up.
pub fn quiet_namespace() -> io::Result<OwnedFd> {
    namespace::make(raise_loopback).map(|(namespace, ())| namespace)
}

fn raise_loopback() -> io::Result<()> {
    // SAFETY: a zeroed ifreq is valid, its name is filled with "lo" and zeros; the socket is closed.
    // JUSTIFICATION: one flag of one interface; std has no ioctl.
    unsafe {
        let socket = check(libc::socket(libc::AF_INET, libc::SOCK_DGRAM | libc::SOCK_CLOEXEC, 0))?;
        let mut request: libc::ifreq = std::mem::zeroed();
        request.ifr_name[0] = b'l' as libc::c_char;
        request.ifr_name[1] = b'o' as libc::c_char;
        request.ifr_ifru.ifru_flags = (libc::IFF_UP | libc::IFF_RUNNING) as libc::c_short;
        let done = check(libc::ioctl(socket, libc::SIOCSIFFLAGS as _, &raw const request));
        libc::close(socket);
        done.map(drop)
    }
}

impl Network for Loopback {
    fn slot(&self, _: Place) -> Result<Slot, NetworkError> {
        let namespace =
            quiet_namespace().map_err(NetworkError::of("making a network namespace"))?;
        Ok(Slot { id: 0, namespace, resolver: None })
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

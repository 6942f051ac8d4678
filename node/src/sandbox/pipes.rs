//! What the fork server opens for a sandbox: its Runtime API's socket, and pipes to its processes.

use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use super::sys::check;

/// Where the Runtime API is in every sandbox, as on AWS: an address of its loopback.
pub(crate) const RUNTIME_API: (Ipv4Addr, u16) = (Ipv4Addr::new(169, 254, 100, 1), 9001);

/// Opens the Runtime API's socket in the current network namespace.
pub(super) fn listen() -> io::Result<OwnedFd> {
    let kind = libc::SOCK_STREAM | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
    // SAFETY: integers only.
    // JUSTIFICATION: std sets no option before it binds.
    let socket = check(unsafe { libc::socket(libc::AF_INET, kind, 0) })?;
    // SAFETY: just opened.
    // JUSTIFICATION: descriptors enter safe code here.
    let socket = unsafe { OwnedFd::from_raw_fd(socket) };
    let on: libc::c_int = 1;
    // SAFETY: a zeroed sockaddr_in is valid.
    // JUSTIFICATION: plain data of libc.
    let mut address: libc::sockaddr_in = unsafe { std::mem::zeroed() };
    address.sin_family = libc::AF_INET as u16;
    address.sin_port = RUNTIME_API.1.to_be();
    address.sin_addr.s_addr = u32::from(RUNTIME_API.0).to_be();
    // SAFETY: option and address live until the calls return, with their true sizes.
    // JUSTIFICATION: as above.
    unsafe {
        let fd = socket.as_raw_fd();
        let size = size_of_val(&on) as u32;
        check(libc::setsockopt(
            fd,
            libc::SOL_SOCKET,
            libc::SO_REUSEADDR,
            (&raw const on).cast(),
            size,
        ))?;
        let size = size_of_val(&address) as u32;
        check(libc::bind(fd, (&raw const address).cast(), size))?;
        check(libc::listen(fd, 128))?;
    }
    Ok(socket)
}

/// Writes an assignment to its pipe.
pub(super) fn write_assignment(end: &OwnedFd, bytes: &[u8]) -> io::Result<()> {
    if bytes.len() > 65_536 {
        return Err(io::Error::from_raw_os_error(libc::E2BIG));
    }
    // The kernel takes all of it or waits for room, which a new pipe has.
    io::Write::write_all(&mut std::fs::File::from(end.try_clone()?), bytes)
}

/// Waits until the sandbox is ready or has failed.
pub(super) fn became_ready(ready: &OwnedFd) -> bool {
    let mut byte = 0u8;
    loop {
        // SAFETY: one valid byte.
        // JUSTIFICATION: std would need to own the descriptor.
        let read = unsafe { libc::read(ready.as_raw_fd(), (&raw mut byte).cast(), 1) };
        match check(read as i32) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome.is_ok_and(|length| length == 1),
        }
    }
}

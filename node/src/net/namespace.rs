//! Network namespaces: made, entered, pinned to a path, and found again.

use std::ffi::CString;
use std::fs::{self, File};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::link::{self, LOOPBACK};
use super::netlink::{Messages, Socket};
use crate::sandbox::RUNTIME_API;
use crate::sandbox::sys::{check, set_namespace};

/// Does something in a new network namespace, and returns both.
pub(crate) fn make<T>(inside: impl FnOnce() -> io::Result<T>) -> io::Result<(OwnedFd, T)> {
    let _home = Home::remember()?;
    // SAFETY: changes this thread's namespace alone, and it goes home after this.
    // JUSTIFICATION: std has no unshare.
    check(unsafe { libc::unshare(libc::CLONE_NEWNET) })?;
    let namespace = File::open(OWN)?.into();
    Ok((namespace, inside()?))
}

/// Makes the namespace of a slot, with a socket for its links, which speak IPv6 or do not.
pub(super) fn make_slot(speaks_ipv6: bool) -> io::Result<(OwnedFd, Socket)> {
    make(|| {
        if !speaks_ipv6 {
            without_ipv6()?;
        }
        Socket::open(libc::NETLINK_ROUTE)
    })
}

/// Raises the loopback of the calling thread's namespace, with the Runtime API's address.
pub(crate) fn raise_loopback() -> io::Result<()> {
    let mut messages = Messages::default();
    add_loopback(&mut messages);
    Socket::open(libc::NETLINK_ROUTE)?.transact(messages)
}

/// The messages that do so.
pub(super) fn add_loopback(messages: &mut Messages) {
    link::up(messages, LOOPBACK);
    link::add_address(messages, LOOPBACK, RUNTIME_API.0, 32);
}

/// Has no link that comes to the calling thread's namespace speak IPv6, which few VPCs have.
pub(super) fn without_ipv6() -> io::Result<()> {
    match set("ipv6/conf/default/disable_ipv6", "1") {
        // A kernel without IPv6.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Does something in a network namespace.
pub fn enter<T>(namespace: &OwnedFd, inside: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let _home = Home::remember()?;
    set_namespace(namespace.as_raw_fd(), libc::CLONE_NEWNET)?;
    inside()
}

/// A TCP socket in the network namespace that is pinned at a path: it connects from there, whoever has it.
///
/// # Errors
/// When nothing is pinned there, or there is no descriptor to be had.
pub fn socket(path: &Path) -> io::Result<OwnedFd> {
    let missing = || io::Error::new(io::ErrorKind::NotFound, "its network namespace is gone");
    let namespace = pinned(path).ok_or_else(missing)?;
    enter(&namespace, || {
        let kind = libc::SOCK_STREAM | libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
        // SAFETY: no memory is passed.
        // JUSTIFICATION: std makes no socket without connecting it.
        let socket = unsafe { libc::socket(libc::AF_INET, kind, 0) };
        check(socket)?;
        // SAFETY: the descriptor was just made, and nobody else has it.
        // JUSTIFICATION: what owns it is told so.
        Ok(unsafe { OwnedFd::from_raw_fd(socket) })
    })
}

/// The network namespace of the calling thread.
const OWN: &str = "/proc/thread-self/ns/net";

/// Where a thread returns to when it has done something in another network namespace: going there
/// and back costs a tenth of a thread of its own.
struct Home(OwnedFd);

impl Home {
    fn remember() -> io::Result<Home> {
        Ok(Home(File::open(OWN)?.into()))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Err(error) = set_namespace(self.0.as_raw_fd(), libc::CLONE_NEWNET) {
            // Whatever this thread does from here on, it would do in a stranger's network.
            tracing::error!(%error, "thread cannot leave a network namespace; the process ends");
            std::process::abort();
        }
    }
}

fn path_of(path: &Path) -> io::Result<CString> {
    CString::new(path.as_os_str().as_bytes()).map_err(io::Error::other)
}

/// Keeps a namespace at a path, so that it outlives whoever made it.
pub(super) fn pin(namespace: &OwnedFd, path: &Path) -> io::Result<()> {
    File::create(path)?;
    let from = CString::new(format!("/proc/self/fd/{}", namespace.as_raw_fd()))?;
    let to = path_of(path)?;
    // SAFETY: both paths end with a zero, and no other memory is passed.
    // JUSTIFICATION: std has no mount.
    check(unsafe {
        libc::mount(from.as_ptr(), to.as_ptr(), std::ptr::null(), libc::MS_BIND, std::ptr::null())
    })
    .map(drop)
}

/// The namespace at a path, if one is pinned there.
pub(super) fn pinned(path: &Path) -> Option<OwnedFd> {
    let file = File::open(path).ok()?;
    // SAFETY: a zeroed statfs is valid, and is written by the kernel.
    // JUSTIFICATION: std does not tell the type of a file system.
    let kind = unsafe {
        let mut found: libc::statfs = std::mem::zeroed();
        check(libc::fstatfs(file.as_raw_fd(), &raw mut found)).ok()?;
        found.f_type
    };
    // NSFS_MAGIC of linux/magic.h; a plain file is one whose namespace is gone.
    (kind == 0x6e73_6673).then(|| file.into())
}

/// Ends a pin.
pub(super) fn unpin(path: &Path) {
    if let Ok(path) = path_of(path) {
        // SAFETY: the path ends with a zero.
        // JUSTIFICATION: std has no umount.
        unsafe { libc::umount2(path.as_ptr(), libc::MNT_DETACH) };
    }
    let _ = fs::remove_file(path);
}

/// Kills every process in a network namespace.
pub(super) fn kill_all(namespace: &OwnedFd) {
    let Ok(own) = fs::metadata(format!("/proc/self/fd/{}", namespace.as_raw_fd())) else { return };
    // A process may have a child between the look and the kill.
    for _ in 0..5 {
        let mut found = false;
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok())
            else {
                continue;
            };
            let Ok(of_process) = fs::metadata(format!("/proc/{pid}/ns/net")) else { continue };
            if (of_process.dev(), of_process.ino()) == (own.dev(), own.ino()) {
                found = true;
                // SAFETY: a signal is sent, no memory is passed.
                // JUSTIFICATION: std kills children only.
                unsafe { libc::kill(pid, libc::SIGKILL) };
            }
        }
        if !found {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// Reads a setting of the calling thread's namespace.
pub(super) fn get(name: &str) -> io::Result<String> {
    fs::read_to_string(format!("/proc/sys/net/{name}"))
}

/// Writes a setting of the calling thread's namespace.
pub(super) fn set(name: &str, value: &str) -> io::Result<()> {
    fs::write(format!("/proc/sys/net/{name}"), value)
}

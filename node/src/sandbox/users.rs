//! User namespaces in which the functions' user is a host user of its own.

use std::ffi::CString;
use std::io;
use std::os::fd::OwnedFd;

use super::child::{GID, UID};
use super::stack::Stack;
use super::sys::{CloneArgs, clone3, failed, open_at, sys};

/// Host user ids of functions: one per sandbox, above those that containers and systemd use, so
/// that per-user limits of one are not another's.
const FIRST_HOST_ID: u32 = 0x7F00_0000;

/// A user namespace, with the host's number of its user.
pub(super) struct User {
    _host: u32,
    pub(super) namespace: OwnedFd,
}

/// The user namespaces that there are.
#[derive(Default)]
pub(super) struct Users {
    /// Those of sandboxes that are gone, to be used again.
    free: Vec<User>,
    next: u32,
}

impl Users {
    pub(super) fn give_back(&mut self, user: User) {
        self.free.push(user);
    }

    /// One that nobody uses; `proc` is the procfs of this pid namespace.
    pub(super) fn take(&mut self, proc: &OwnedFd) -> io::Result<User> {
        if let Some(free) = self.free.pop() {
            return Ok(free);
        }
        unsafe extern "C" fn wait(_: *mut u8) -> ! {
            loop {
                // SAFETY: takes no argument; ended by a signal.
                // JUSTIFICATION: shares memory with the fork server, see `child`.
                let _ = unsafe { sys!(libc::SYS_ppoll, 0, 0, 0, 0, 0) };
            }
        }
        let stack = Stack::new()?;
        let args = CloneArgs {
            // It needs no descriptor: a copy of all would take longer than the namespace.
            flags: (libc::CLONE_VM | libc::CLONE_FILES | libc::CLONE_NEWUSER) as u64,
            stack: stack.first() as u64,
            stack_size: Stack::SIZE as u64,
            ..CloneArgs::default()
        };
        // SAFETY: the stack lives until the process has been reaped below.
        // JUSTIFICATION: a user namespace begins with a process in it.
        let pid = unsafe { clone3(&args, wait, std::ptr::null_mut()) }.map_err(failed)?;
        let host = FIRST_HOST_ID + self.next;
        let namespace = (|| {
            // Root is root there as well, so that files of the platform's have their owner's name;
            // nobody in it can become root without a capability, of which functions have none.
            for (name, id) in [("uid_map", UID), ("gid_map", GID)] {
                let path = CString::new(format!("{pid}/{name}")).map_err(io::Error::other)?;
                let map = open_at(proc, &path, libc::O_WRONLY)?;
                let mut file = std::fs::File::from(map);
                io::Write::write_all(&mut file, format!("0 0 1\n{id} {host} 1\n").as_bytes())?;
            }
            let path = CString::new(format!("{pid}/ns/user")).map_err(io::Error::other)?;
            open_at(proc, &path, libc::O_RDONLY)
        })();
        // SAFETY: our own child, not yet reaped.
        // JUSTIFICATION: it has done its duty.
        unsafe {
            libc::kill(pid as i32, libc::SIGKILL);
            libc::waitpid(pid as i32, std::ptr::null_mut(), libc::__WALL);
        }
        drop(stack);
        let namespace = namespace?;
        self.next += 1;
        Ok(User { _host: host, namespace })
    }
}

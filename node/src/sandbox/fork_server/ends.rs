//! Ends of sandboxes: what of them is kept, and who is told.

use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;

use super::{Child, EVENTS_FD, Server, gone};
use crate::sandbox::child::END;
use crate::sandbox::kept::Kept;
use crate::sandbox::protocol::{self, Event, Stage};
use crate::sandbox::sys;

impl Server {
    /// Hears what zygotes tell: which of their forks have ended, and the sandboxes with them.
    pub(super) fn hear(&mut self, told: &[usize]) {
        for zygote in told.iter().filter_map(|&at| self.zygotes.get(at)) {
            // One that is gone is noticed when it is reaped.
            if let Ok(Some(id)) = zygote.ended()
                && let Some(child) = self.children.get(&id)
            {
                child.end();
            }
        }
    }

    /// Has the `/tmp` and the user of a sandbox outlive it.
    pub(super) fn keep(&mut self, id: u64) -> Result<(), (Stage, io::Error)> {
        let mounts = |error| (Stage::Mounts, error);
        let pid = self.children.get(&id).ok_or_else(gone)?.pid;
        let tmp = self.among_mounts(pid, || {
            // One that is still being made has its `/tmp` only as a directory of the root, which is
            // read-only, and nothing in it.
            let device = |path| std::fs::metadata(path).map(|about| about.dev());
            match device("/tmp")? == device("/")? {
                true => Ok(None),
                false => sys::detached_tree(c"/tmp").map(Some),
            }
        });
        self.children.get_mut(&id).ok_or_else(gone)?.tmp = tmp.map_err(mounts)?;
        Ok(())
    }

    pub(super) fn abandon(&mut self, id: u64) {
        if let Some(child) = self.children.get_mut(&id) {
            child.tmp = None;
            child.kill();
        } else if let Some(kept) = self.kept.take(id) {
            self.users.give_back(kept.user);
        }
    }

    /// A process that is no sandbox's first has ended: where it was a zygote, nobody notices the
    /// end of its forks any more.
    pub(super) fn bury_zygote(&mut self, pid: i32) {
        self.zygotes.retain(|zygote| zygote.pid != pid);
        self.children.values().filter(|child| child.zygote == Some(pid)).for_each(Child::kill);
    }

    /// Collects the sandboxes whose first process has ended, hence all of theirs.
    pub(super) fn reap(&mut self) -> io::Result<()> {
        let mut signals = [0u8; 128];
        // SAFETY: a valid buffer of one signalfd_siginfo.
        // JUSTIFICATION: std has no signalfd.
        unsafe { libc::read(self.signals.as_raw_fd(), signals.as_mut_ptr().cast(), 128) };
        loop {
            let mut status = 0;
            let options = libc::WNOHANG | libc::WUNTRACED | libc::__WALL;
            // SAFETY: `status` is valid for writing.
            // JUSTIFICATION: these are no children of std's.
            let pid = unsafe { libc::waitpid(-1, &raw mut status, options) };
            if pid <= 0 {
                return Ok(());
            }
            if libc::WIFSTOPPED(status) {
                // A zygote that stands still would hold up every start of its kind, and the first
                // process of a sandbox the end of it.
                // SAFETY: integers only.
                // JUSTIFICATION: std sends no signal but to end its own children.
                unsafe { libc::kill(pid, libc::SIGCONT) };
                continue;
            }
            let Some(id) = self.pids.remove(&pid) else {
                self.bury_zygote(pid);
                continue;
            };
            if let Some(child) = self.children.remove(&id) {
                match child.tmp {
                    Some(tmp) => self.kept.put(id, Kept { tmp, user: child.user }),
                    None => self.users.give_back(child.user),
                }
                self.stacks.push(child.stack);
            }
            let packet = Event::Gone { id }.encode();
            if protocol::send(EVENTS_FD, &packet, &[]).is_err() {
                return Ok(());
            }
        }
    }
}

impl Child {
    /// Kills every process of it.
    pub(super) fn kill(&self) {
        // SAFETY: integers only; the pid is reaped nowhere but here, hence nobody else's.
        // JUSTIFICATION: it was not started by std. It fails only for one that has ended.
        unsafe { libc::kill(self.pid, libc::SIGKILL) };
    }

    /// Has its first process end all others, and stay.
    pub(super) fn end(&self) {
        // SAFETY: as above; the signal is blocked in it.
        // JUSTIFICATION: as above.
        unsafe { libc::kill(self.pid, END) };
    }
}

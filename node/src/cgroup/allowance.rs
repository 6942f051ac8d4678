//! The memory that files in `/tmp` take, on top of a function's limit.
//!
//! `/tmp` is a tmpfs, whose pages the kernel counts as memory of the function that wrote them; on
//! AWS it is a disk. So the limit of a group follows what its `/tmp` holds. With cgroup v1 the
//! kernel tells when the use of memory passes marks below the limit; v2 has no such marks, and
//! there files in `/tmp` count as the function's memory.

use std::fs;
use std::io::{self, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::atomic::Ordering;

use super::Group;
use crate::sandbox::sys::check;

/// Marks below the limit, in sixteenths of the function's memory: close enough to each other that
/// the limit is raised before a function that only writes files reaches it.
const MARKS: [u64; 6] = [8, 10, 12, 13, 14, 15];

impl Group {
    /// A descriptor that becomes readable when the use of memory passes a mark; none where the
    /// kernel has no marks.
    pub(crate) fn watch(&self) -> io::Result<Option<OwnedFd>> {
        if !self.memory.1 {
            return Ok(None);
        }
        // SAFETY: integers only.
        // JUSTIFICATION: std has no eventfd.
        let fd = check(unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) })?;
        // SAFETY: just opened.
        // JUSTIFICATION: descriptors enter safe code here.
        let events = unsafe { OwnedFd::from_raw_fd(fd) };
        self.marked.store(0, Ordering::Relaxed);
        self.mark(&events)?;
        Ok(Some(events))
    }

    fn memory_bytes(&self) -> u64 {
        u64::from(self.limited.load(Ordering::Relaxed)) << 20
    }

    /// Sets the marks below the present limit that are not set yet.
    fn mark(&self, events: &OwnedFd) -> io::Result<()> {
        let memory = self.memory_bytes();
        let extra = self.extra.load(Ordering::Relaxed);
        let usage = fs::File::open(self.memory.0.join("memory.usage_in_bytes"))?;
        let control = self.memory.0.join("cgroup.event_control");
        let mut control = fs::OpenOptions::new().write(true).open(control)?;
        let before = self.marked.load(Ordering::Relaxed);
        for mark in MARKS.map(|part| extra + memory / 16 * part).into_iter() {
            if mark > before {
                let line = format!("{} {} {mark}", events.as_raw_fd(), usage.as_raw_fd());
                control.write_all(line.as_bytes())?;
                self.marked.store(mark, Ordering::Relaxed);
            }
        }
        Ok(())
    }

    /// Lets the group use `bytes` for files beside its memory.
    pub(crate) fn allow(&self, events: &OwnedFd, bytes: u64) -> io::Result<()> {
        // In steps, so that a file that grows slowly does not cause writes all the time.
        let step = (self.memory_bytes() / 32).max(1 << 20);
        let extra = bytes.div_ceil(step) * step;
        let before = self.extra.swap(extra, Ordering::Relaxed);
        if extra == before {
            return Ok(());
        }
        let limit = (self.memory_bytes() + extra).to_string();
        let plain = self.memory.0.join("memory.limit_in_bytes");
        let with_swap = self.memory.0.join("memory.memsw.limit_in_bytes");
        let mut files = vec![plain];
        if with_swap.exists() {
            files.push(with_swap);
        }
        // The limit with swap may at no time be below the one without.
        if extra > before {
            files.reverse();
        }
        for file in files {
            fs::write(file, &limit)?;
        }
        self.mark(events)
    }
}

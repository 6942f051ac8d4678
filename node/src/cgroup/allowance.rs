//! The memory that files in `/tmp` take, on top of a function's limit.
//!
//! `/tmp` is a tmpfs, whose pages the kernel counts as memory of the function that wrote them; on
//! AWS it is a disk. So the limit of a group follows what its `/tmp` holds. With cgroup v1 the
//! kernel tells when the use of memory passes marks below the limit; v2 has no such marks, and
//! there files in `/tmp` count as the function's memory.

use std::fs;
use std::io::{self, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::Group;
use crate::sandbox::sys::check;

/// Marks below the limit, in sixteenths of the function's memory: close enough to each other that
/// the limit is raised before a function that only writes files reaches it.
const MARKS: [u64; 4] = [8, 11, 13, 15];

/// The descriptor on which the kernel tells that a mark was passed; none where it has no marks.
pub(super) fn events(first_version: bool) -> io::Result<Option<OwnedFd>> {
    if !first_version {
        return Ok(None);
    }
    // SAFETY: integers only.
    // JUSTIFICATION: std has no eventfd.
    let fd = check(unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) })?;
    // SAFETY: just opened.
    // JUSTIFICATION: descriptors enter safe code here.
    Ok(Some(unsafe { OwnedFd::from_raw_fd(fd) }))
}

impl Group {
    fn memory_bytes(&self) -> u64 {
        u64::from(self.limited.load(Ordering::Relaxed)) << 20
    }

    /// Lets the group use `bytes` for files beside its memory; returns whether that is new.
    pub(crate) fn allow(&self, bytes: u64) -> io::Result<bool> {
        // In steps, so that a file that grows slowly does not cause writes all the time.
        let step = (self.memory_bytes() / 32).max(1 << 20);
        let extra = bytes.div_ceil(step) * step;
        let before = self.extra.swap(extra, Ordering::Relaxed);
        if extra == before {
            return Ok(false);
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
        Ok(true)
    }

    /// Sets one of the marks below the present limit that are not set yet; returns whether there
    /// was one. Each costs a grace period of the kernel, about ten milliseconds.
    pub(crate) fn mark(&self) -> io::Result<bool> {
        let Some(events) = &self.marks_passed else { return Ok(false) };
        let memory = self.memory_bytes();
        let extra = self.extra.load(Ordering::Relaxed);
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        let missing = MARKS.map(|part| extra + memory / 16 * part);
        let Some(mark) = missing.into_iter().find(|mark| !marks.contains(mark)) else {
            return Ok(false);
        };
        let usage = fs::File::open(self.memory.0.join("memory.usage_in_bytes"))?;
        let control = self.memory.0.join("cgroup.event_control");
        let line = format!("{} {} {mark}", events.as_raw_fd(), usage.as_raw_fd());
        fs::OpenOptions::new().write(true).open(control)?.write_all(line.as_bytes())?;
        marks.insert(mark);
        Ok(true)
    }
}

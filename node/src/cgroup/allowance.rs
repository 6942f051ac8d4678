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

use super::group::{Group, read_at};
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
        let mut files = vec![self.memory.0.join("memory.limit_in_bytes")];
        if self.known.swap {
            files.push(self.memory.0.join("memory.memsw.limit_in_bytes"));
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

    /// What marks are set by; none where there are no marks.
    pub(crate) fn marking(&self) -> io::Result<Option<Marking<'_>>> {
        let Some(events) = &self.marks_passed else { return Ok(None) };
        let usage = fs::File::open(self.memory.0.join("memory.usage_in_bytes"))?;
        let control = self.memory.0.join("cgroup.event_control");
        let control = fs::OpenOptions::new().write(true).open(control)?;
        Ok(Some(Marking { group: self, events, usage, control }))
    }
}

/// The files by which marks are set.
pub(crate) struct Marking<'g> {
    group: &'g Group,
    events: &'g OwnedFd,
    usage: fs::File,
    control: fs::File,
}

impl Marking<'_> {
    fn wanted(&self) -> [u64; 4] {
        let extra = self.group.extra.load(Ordering::Relaxed);
        MARKS.map(|part| extra + self.group.memory_bytes() / 16 * part)
    }

    /// Sets one of the marks below the present limit that are not set yet; returns whether there
    /// was one. Each costs a grace period of the kernel, about ten milliseconds.
    pub(crate) fn set_one(&self) -> io::Result<bool> {
        let mut marks = self.group.marks.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(mark) = self.wanted().into_iter().find(|mark| !marks.contains(mark)) else {
            return Ok(false);
        };
        let line = format!("{} {} {mark}", self.events.as_raw_fd(), self.usage.as_raw_fd());
        (&self.control).write_all(line.as_bytes())?;
        marks.insert(mark);
        Ok(true)
    }

    /// Whether so much is used that the first mark may have been passed before it was set.
    pub(crate) fn is_beyond(&self) -> io::Result<bool> {
        let text = read_at(&self.usage);
        if text.is_empty() {
            // The group has ended meanwhile.
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        let used: u64 = text.trim().parse().map_err(io::Error::other)?;
        Ok(used >= self.wanted()[0])
    }
}

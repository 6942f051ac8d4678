//! One sandbox's group: its limits, how it is frozen, and what it has used.

use std::collections::BTreeSet;
use std::ffi::CStr;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use super::directory::Directory;
use super::{CgroupError, Known, SOCKETS, end, remove};

/// Processes and threads one function may have, as on AWS.
const PIDS: u32 = 1024;
/// MB of memory that earn one virtual CPU, as on AWS.
const MEMORY_PER_CPU: u64 = 1769;

/// Bytes of sockets' buffers that a function of `memory` MB may have beside its memory, where they
/// are counted apart.
pub(super) fn sockets(memory: u32) -> u64 {
    (u64::from(memory) << 20) / 8
}

/// The directories of a group in which its limits are.
pub(super) struct Limited<'a> {
    pub(super) memory: &'a Directory,
    pub(super) cpu: &'a Directory,
    pub(super) pids: &'a Directory,
}

/// One sandbox's group.
#[derive(Debug)]
pub struct Group {
    /// MB of memory it is limited to.
    pub(super) limited: AtomicU32,
    /// Bytes it may use for files beside that.
    pub(super) extra: AtomicU64,
    /// Uses of memory whose passing is told, kept for the group's next function.
    pub(super) marks: Mutex<BTreeSet<u64>>,
    /// Where that is told.
    pub(crate) marks_passed: Option<OwnedFd>,
    /// Processes killed for want of memory in its earlier uses.
    pub(super) killed_before: AtomicU64,
    /// Whether the highest use of memory can be forgotten, as version 1 can.
    pub(super) resettable: bool,
    pub(super) peak: fs::File,
    pub(super) events: fs::File,
    pub(super) freeze: fs::File,
    pub(super) first_version_freezer: bool,
    pub(super) memory: (PathBuf, bool),
    pub(super) cpu: (PathBuf, bool),
    pub(super) pids: PathBuf,
    pub(super) known: Known,
    /// `tasks` of version 1, for the main process to join.
    pub attach: Vec<OwnedFd>,
    /// The version 2 directory, for the main process to be born in.
    pub into: Option<OwnedFd>,
    pub(super) directories: Vec<PathBuf>,
}

impl Group {
    /// Sets the limits of a function of `memory` MB.
    pub fn limit(&self, memory: u32) -> Result<(), CgroupError> {
        let before = self.limited.load(Ordering::Relaxed);
        if before == memory {
            return Ok(());
        }
        let open = |path: &PathBuf| Directory::open(path.clone());
        let (memory_at, cpu, pids) = (open(&self.memory.0)?, open(&self.cpu.0)?, open(&self.pids)?);
        self.limit_by(memory, &Limited { memory: &memory_at, cpu: &cpu, pids: &pids })
    }

    pub(super) fn limit_by(&self, memory: u32, limited: &Limited<'_>) -> Result<(), CgroupError> {
        let before = self.limited.load(Ordering::Relaxed);
        let bytes = (u64::from(memory) << 20).to_string();
        let mut files: Vec<(&CStr, String)> = Vec::new();
        if self.memory.1 {
            // Buffers of sockets are counted apart here, and not limited unless that is asked for.
            if self.known.sockets {
                files.push((SOCKETS, sockets(memory).to_string()));
            }
            files.push((c"memory.limit_in_bytes", bytes.clone()));
            if self.known.swap {
                files.push((c"memory.memsw.limit_in_bytes", bytes));
                // The limit with swap may at no time be below the one without.
                if before != 0 && before < memory {
                    files.reverse();
                }
            } else {
                files.push((c"memory.swappiness", "0".into()));
            }
        } else {
            files.push((c"memory.max", bytes));
            if self.known.swap {
                files.push((c"memory.swap.max", "0".into()));
            }
        }
        for (name, value) in files {
            limited.memory.write(name, &value)?;
        }
        let share = |one_cpu: u64, least: u64| {
            (one_cpu * u64::from(memory) / MEMORY_PER_CPU).max(least).to_string()
        };
        match self.cpu.1 {
            true => limited.cpu.write(c"cpu.shares", &share(1024, 2))?,
            false => limited.cpu.write(c"cpu.weight", &share(100, 1))?,
        }
        limited.pids.write(c"pids.max", &PIDS.to_string())?;
        self.limited.store(memory, Ordering::Relaxed);
        Ok(())
    }

    /// Goes on with the next runtime of the same function, which has had no trouble yet.
    pub fn begin_again(&self) {
        self.killed_before.store(self.count_killed(), Ordering::Relaxed);
    }

    /// Makes an empty group as good as new; returns whether that can be. Cached files stay charged
    /// to it: they give way to the next function's memory, and dropping them would make the next
    /// start read the interpreter from the disk.
    pub(super) fn reset(&self) -> bool {
        if !self.resettable {
            return false;
        }
        if self.extra.swap(0, Ordering::Relaxed) != 0 {
            // The limits are to be written anew.
            let memory = self.limited.swap(0, Ordering::Relaxed);
            if self.limit(memory).is_err() {
                return false;
            }
        }
        self.begin_again();
        self.thaw().is_ok() && self.peak.write_all_at(b"0", 0).is_ok()
    }

    /// Stops every process of the group where it stands.
    pub fn freeze(&self) -> io::Result<()> {
        let value: &[u8] = if self.first_version_freezer { b"FROZEN" } else { b"1" };
        self.freeze.write_all_at(value, 0)
    }

    /// Lets a frozen group go on.
    pub fn thaw(&self) -> io::Result<()> {
        let value: &[u8] = if self.first_version_freezer { b"THAWED" } else { b"0" };
        self.freeze.write_all_at(value, 0)
    }

    /// Bytes of memory at the highest so far.
    pub fn memory_peak(&self) -> u64 {
        let peak = read_at(&self.peak).trim().parse().unwrap_or(0);
        // Beyond the limit are only files in /tmp.
        u64::min(peak, u64::from(self.limited.load(Ordering::Relaxed)) << 20)
    }

    /// How many processes were killed for want of memory.
    pub fn out_of_memory(&self) -> u64 {
        self.count_killed() - self.killed_before.load(Ordering::Relaxed)
    }

    fn count_killed(&self) -> u64 {
        let text = read_at(&self.events);
        let count = text.lines().find_map(|line| line.strip_prefix("oom_kill "));
        count.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
    }

    /// Kills what is left in the group and removes it.
    pub fn remove(&self) {
        for path in &self.directories {
            if fs::remove_dir(path).is_err() {
                end(path);
                remove(path);
            }
        }
    }
}

pub(super) fn read_at(file: &fs::File) -> String {
    let mut buffer = [0; 512];
    let length = file.read_at(&mut buffer, 0).unwrap_or(0);
    String::from_utf8_lossy(&buffer[..length]).into_owned()
}

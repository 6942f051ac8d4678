//! Control groups: limits, freezing and accounting of sandboxes on cgroup v2, v1 and hybrids.
//!
//! A *group* is one directory per hierarchy in use, all of the same name below one parent per
//! instance, `warren-<instance>`, by which a later run finds and removes what an earlier one left.

mod allowance;
mod directory;
mod error;
mod group;

use std::collections::BTreeSet;
use std::ffi::{CStr, CString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use error::CgroupError;
pub use group::Group;

use crate::descriptors;
use directory::Directory;
use error::at;
use group::Limited;

/// The limit of version 1 for the buffers of sockets, TCP's and UDP's.
const SOCKETS: &CStr = c"memory.kmem.tcp.limit_in_bytes";

/// Empty groups kept for use.
const FREE: usize = 64;
/// The same as a part of the environments that descriptors suffice for: each holds several.
const FREE_OF: u64 = 8;
/// How many groups of a name may be left by servers that were killed.
const LEFT: u32 = 16;

/// Where one controller's files are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hierarchy {
    /// A hierarchy of version 1.
    V1(PathBuf),
    /// The unified hierarchy.
    V2(PathBuf),
}

impl Hierarchy {
    fn path(&self) -> &Path {
        match self {
            Hierarchy::V1(path) | Hierarchy::V2(path) => path,
        }
    }
}

/// The hierarchies of this machine, with this instance's parent in each.
#[derive(Debug)]
pub struct Cgroups {
    parent: String,
    memory: Hierarchy,
    cpu: Hierarchy,
    pids: Hierarchy,
    freezer: Hierarchy,
    /// This instance's parent in each hierarchy in use.
    parents: Vec<(Hierarchy, Directory)>,
    known: Known,
    /// Groups that are empty and may serve again: removing one makes the kernel hold the lock
    /// that making one needs, for ten milliseconds where much memory was charged to it.
    free: Mutex<Vec<Arc<Group>>>,
    most_free: usize,
}

/// Controllers of version 1 with their mounts.
type First = Vec<(String, PathBuf)>;
/// The mount of version 2 with the names of its controllers.
type Second = (PathBuf, String);

/// Controllers by the place where they are mounted, read from the text of `/proc/self/mounts`.
fn places(mounts: &str, controllers: impl Fn(&Path) -> String) -> (First, Option<Second>) {
    let mut first = Vec::new();
    let mut second = None;
    for line in mounts.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [_, path, kind, options, ..] = fields[..] else { continue };
        let path = PathBuf::from(path);
        match kind {
            "cgroup" => {
                first.extend(options.split(',').map(|name| (name.to_owned(), path.clone())));
            }
            "cgroup2" if second.is_none() => {
                let names = controllers(&path);
                second = Some((path, names));
            }
            _ => {}
        }
    }
    (first, second)
}

fn place(
    name: &'static str,
    first: &[(String, PathBuf)],
    second: Option<&Second>,
) -> Result<Hierarchy, CgroupError> {
    if let Some((path, names)) = second
        && (names.split_whitespace().any(|each| each == name) || name == "freezer")
    {
        return Ok(Hierarchy::V2(path.clone()));
    }
    first
        .iter()
        .find(|(each, _)| each == name)
        .map(|(_, path)| Hierarchy::V1(path.clone()))
        .ok_or(CgroupError::NoController(name))
}

/// How many groups are kept for later ones, by what the process may open.
fn most_free() -> usize {
    let fitting = descriptors::most_environments().unwrap_or(u64::MAX);
    usize::try_from(fitting / FREE_OF).unwrap_or(FREE).min(FREE)
}

impl Cgroups {
    /// Finds the hierarchies and makes this instance's parent in each, after removing what an
    /// earlier run of the instance left there.
    pub fn open(instance: &str) -> Result<Cgroups, CgroupError> {
        let mounts = Path::new("/proc/self/mounts");
        let text = at(mounts, fs::read_to_string(mounts))?;
        let read =
            |path: &Path| fs::read_to_string(path.join("cgroup.controllers")).unwrap_or_default();
        let (first, second) = places(&text, read);
        let find = |name| place(name, &first, second.as_ref());
        let mut cgroups = Cgroups {
            parent: format!("warren-{instance}"),
            memory: find("memory")?,
            cpu: find("cpu")?,
            pids: find("pids")?,
            freezer: find("freezer")?,
            parents: Vec::new(),
            known: Known::default(),
            free: Mutex::default(),
            most_free: most_free(),
        };
        cgroups.clean();
        for place in cgroups.places() {
            let parent = place.path().join(&cgroups.parent);
            at(&parent, fs::create_dir_all(&parent))?;
            if let Hierarchy::V2(top) = &place {
                cgroups.delegate(top)?;
            }
            let parent = Directory::open(parent)?;
            if place == cgroups.memory {
                let swap = ["memory.memsw.limit_in_bytes", "memory.swap.max"];
                cgroups.known = Known {
                    sockets: parent.has(&SOCKETS.to_string_lossy()),
                    swap: swap.iter().any(|name| parent.has(name)),
                };
            }
            cgroups.parents.push((place, parent));
        }
        Ok(cgroups)
    }

    fn delegate(&self, top: &Path) -> Result<(), CgroupError> {
        let wanted = [("memory", &self.memory), ("cpu", &self.cpu), ("pids", &self.pids)];
        for (name, place) in wanted {
            if matches!(place, Hierarchy::V2(_)) {
                for directory in [top.to_owned(), top.join(&self.parent)] {
                    let path = directory.join("cgroup.subtree_control");
                    at(&path, fs::write(&path, format!("+{name}")))?;
                }
            }
        }
        Ok(())
    }

    /// The distinct hierarchies in use.
    fn places(&self) -> Vec<Hierarchy> {
        let mut seen = BTreeSet::new();
        [&self.memory, &self.cpu, &self.pids, &self.freezer]
            .into_iter()
            .filter(|place| seen.insert(place.path().to_owned()))
            .cloned()
            .collect()
    }

    /// Kills and removes every group of this instance, and the parents.
    pub fn clean(&self) {
        for place in self.places() {
            let parent = place.path().join(&self.parent);
            let Ok(entries) = fs::read_dir(&parent) else { continue };
            let groups: Vec<PathBuf> =
                entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
            for group in &groups {
                end(group);
            }
            for group in &groups {
                remove(group);
            }
            remove(&parent);
        }
    }

    fn free(&self) -> MutexGuard<'_, Vec<Arc<Group>>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a group for a function of `memory` MB: a used one, or a new one of this name.
    pub fn create(&self, name: &str, memory: u32) -> Result<Arc<Group>, CgroupError> {
        let mut free = self.free();
        // One with the same limit needs the fewest writes.
        let same = |group: &Arc<Group>| group.limited.load(Ordering::Relaxed) == memory;
        let found = free.iter().position(same).or_else(|| free.len().checked_sub(1));
        let reused = found.map(|at| free.swap_remove(at));
        drop(free);
        if let Some(group) = reused {
            let limited = group.limit(memory);
            return limited.inspect_err(|_| group.remove()).map(|()| Arc::clone(&group));
        }
        // What a killed server left may still be there by this name, until its processes have ended.
        let mut made = self.make(name, memory);
        for again in 1..=LEFT {
            let is_there = matches!(
                &made,
                Err(CgroupError::File(_, error)) if error.kind() == io::ErrorKind::AlreadyExists
            );
            if !is_there {
                break;
            }
            made = self.make(&format!("{name}.{again}"), memory);
        }
        made.map(Arc::new)
    }

    /// Takes back a group whose processes are gone.
    pub fn release(&self, group: Arc<Group>) {
        if group.reset() && self.free().len() < self.most_free {
            self.free().push(group);
        } else {
            group.remove();
        }
    }

    /// Makes a group, or nothing of it.
    fn make(&self, name: &str, memory: u32) -> Result<Group, CgroupError> {
        let name = CString::new(name).map_err(io::Error::other);
        let name = at(Path::new(&self.parent), name)?;
        let mut paths = Vec::new();
        let made = self.make_in(&name, memory, &mut paths);
        if made.is_err() {
            // A directory of which nobody knows would stay for as long as the server is there.
            paths.iter().for_each(|path| drop(fs::remove_dir(path)));
        }
        made
    }

    fn make_in(
        &self,
        name: &CStr,
        memory: u32,
        paths: &mut Vec<PathBuf>,
    ) -> Result<Group, CgroupError> {
        let mut directories = Vec::new();
        for (place, parent) in &self.parents {
            let made = parent.make(name)?;
            paths.push(made.path.clone());
            directories.push((place, made));
        }
        let of = |place: &Hierarchy| {
            let found = directories.iter().find(|(each, _)| *each == place);
            &found.expect("every hierarchy in use has a parent").1
        };
        let limited =
            Limited { memory: of(&self.memory), cpu: of(&self.cpu), pids: of(&self.pids) };
        let resettable = matches!(self.memory, Hierarchy::V1(_));
        let (peak_name, peak_flags, events_name) = match &self.memory {
            Hierarchy::V1(_) => (c"memory.max_usage_in_bytes", libc::O_RDWR, c"memory.oom_control"),
            Hierarchy::V2(_) => (c"memory.peak", libc::O_RDONLY, c"memory.events"),
        };
        // memory.peak is there since Linux 5.19.
        let peak = limited
            .memory
            .file(peak_name, peak_flags)
            .or_else(|_| limited.memory.file(c"memory.current", libc::O_RDONLY))?;
        let freeze_name = match &self.freezer {
            Hierarchy::V1(_) => c"freezer.state",
            Hierarchy::V2(_) => c"cgroup.freeze",
        };
        let mut attach = Vec::new();
        for (place, directory) in &directories {
            if let Hierarchy::V1(_) = place {
                // A thread that moves itself by `tasks` spares the kernel the lock that
                // `cgroup.procs` takes, at the price of a grace period (ten milliseconds).
                attach.push(directory.file(c"tasks", libc::O_RDWR)?.into());
            }
        }
        let path = |place: &Hierarchy| (of(place).path.clone(), matches!(place, Hierarchy::V1(_)));
        let mut group = Group {
            limited: AtomicU32::new(0),
            extra: AtomicU64::new(0),
            marks: Mutex::default(),
            marks_passed: at(&limited.memory.path, allowance::events(resettable))?,
            killed_before: AtomicU64::new(0),
            resettable,
            peak,
            events: limited.memory.file(events_name, libc::O_RDONLY)?,
            freeze: of(&self.freezer).file(freeze_name, libc::O_RDWR)?,
            first_version_freezer: matches!(self.freezer, Hierarchy::V1(_)),
            memory: path(&self.memory),
            cpu: path(&self.cpu),
            pids: path(&self.pids).0,
            known: self.known,
            attach,
            into: None,
            directories: paths.clone(),
        };
        group.limit_by(memory, &limited)?;
        let second = directories.into_iter().find(|(place, _)| matches!(place, Hierarchy::V2(_)));
        group.into = second.map(|(_, directory)| directory.into_descriptor());
        Ok(group)
    }
}

/// Which of the files that not every kernel has are there.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    sockets: bool,
    /// A limit for memory with swap, or for swap.
    swap: bool,
}

/// The groups of a unit test, which go with it, also where it fails.
#[cfg(test)]
pub(crate) struct Scratch(Cgroups);

#[cfg(test)]
impl Scratch {
    pub(crate) fn new(name: &str) -> Scratch {
        let instance = format!("test-{name}-{}", std::process::id());
        Scratch(Cgroups::open(&instance).expect("tests are run as root"))
    }
}

#[cfg(test)]
impl std::ops::Deref for Scratch {
    type Target = Cgroups;
    fn deref(&self) -> &Cgroups {
        &self.0
    }
}

#[cfg(test)]
impl Drop for Scratch {
    fn drop(&mut self) {
        self.0.clean();
    }
}

/// Kills every process of a group, frozen or not.
fn end(group: &Path) {
    if fs::write(group.join("cgroup.kill"), "1").is_ok() {
        return;
    }
    for _ in 0..100 {
        let Ok(pids) = fs::read_to_string(group.join("cgroup.procs")) else { break };
        if pids.is_empty() {
            break;
        }
        for pid in pids.lines().filter_map(|line| line.parse().ok()).filter(|&pid| pid > 0) {
            // SAFETY: integers only.
            // JUSTIFICATION: std kills only its own children.
            unsafe { libc::kill(pid, libc::SIGKILL) };
        }
        // A frozen process of version 1 dies when it is thawed.
        let _ = fs::write(group.join("freezer.state"), "THAWED");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// Removes a group's directory, which the kernel refuses while processes are on their way out.
fn remove(group: &Path) {
    for _ in 0..200 {
        match fs::remove_dir(group) {
            Err(error) if error.raw_os_error() == Some(libc::EBUSY) => {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HYBRID: &str = "\
tmpfs /sys/fs/cgroup tmpfs rw 0 0
cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0
cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
cgroup /sys/fs/cgroup/pids cgroup rw,relatime,pids 0 0
cgroup /sys/fs/cgroup/freezer cgroup rw,relatime,freezer 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0
";

    #[test]
    fn controllers_are_found_on_every_kind_of_machine() {
        let (first, second) = places(HYBRID, |_| String::new());
        let find = |name| place(name, &first, second.as_ref()).unwrap();
        assert_eq!(find("memory"), Hierarchy::V1("/sys/fs/cgroup/memory".into()));
        assert_eq!(find("cpu"), Hierarchy::V1("/sys/fs/cgroup/cpu,cpuacct".into()));
        assert_eq!(find("freezer"), Hierarchy::V2("/sys/fs/cgroup/unified".into()));
        let (first, second) =
            places("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0", |_| "cpuset cpu io memory pids".into());
        let find = |name| place(name, &first, second.as_ref());
        assert_eq!(find("memory").unwrap(), Hierarchy::V2("/sys/fs/cgroup".into()));
        let (first, second) =
            places("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0", |_| "cpu pids".into());
        let refused = place("memory", &first, second.as_ref());
        assert!(matches!(refused, Err(CgroupError::NoController("memory"))));
    }

    #[test]
    fn a_group_has_its_limits_and_leaves_nothing() {
        let instance = format!("test-cgroup-{}", std::process::id());
        let cgroups = Cgroups::open(&instance).unwrap();
        cgroups.release(cgroups.create("one", 512).unwrap());
        let group = cgroups.create("two", 128).unwrap();
        let read = |path: PathBuf| fs::read_to_string(path).unwrap().trim().to_owned();
        assert_eq!(read(group.pids.join("pids.max")), "1024");
        let limit = if group.memory.1 { "memory.limit_in_bytes" } else { "memory.max" };
        assert_eq!(read(group.memory.0.join(limit)), (128 << 20).to_string());
        if group.memory.1 {
            let limit = group.memory.0.join(&*SOCKETS.to_string_lossy());
            assert_eq!(read(limit), (16 << 20).to_string());
        }
        assert_eq!(group.out_of_memory(), 0);
        group.freeze().unwrap();
        group.thaw().unwrap();
        let directories = group.directories.clone();
        group.remove();
        assert!(directories.iter().all(|path| !path.exists()));
        cgroups.create("left", 128).unwrap();
        Cgroups::open(&instance).unwrap().clean();
        for place in cgroups.places() {
            assert!(!place.path().join(&cgroups.parent).exists());
        }
    }
}

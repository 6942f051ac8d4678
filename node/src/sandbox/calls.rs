//! The system calls by which a process that is to run a function joins its sandbox and gives up
//! every privilege, as data: the same list is gone through by a sandbox's own main process and by
//! the forks of a zygote, which are another program's.

use libc::c_long;

use super::child::{GID, UID};
use super::limits;
use super::protocol::{Stage, Writer};

/// Descriptors that the calls use, by the place at which they are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Given {
    Null,
    Stdout,
    Stderr,
    /// Reading end of the assignment pipe.
    Assignment,
    Events,
    /// An end of the pipe on which readiness is told.
    Ready,
    /// The user namespace.
    Users,
    /// The sandbox's first process; a zygote's forks alone have it.
    First,
    /// The cgroup v2 directory.
    Group,
    /// The first of the `tasks` files of cgroup v1; the others follow.
    Tasks,
}

/// How many places there are before the first of [`Given::Tasks`].
pub(super) const FIXED: usize = Given::Tasks as usize;

/// An argument of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Argument {
    Value(u64),
    /// The descriptor at this place.
    Descriptor(u8),
    /// The address of these bytes.
    Bytes(Vec<u8>),
    /// What an earlier call of the list returned.
    Result(u8),
    /// The address of a `sock_fprog` of these bytes.
    Filter(Vec<u8>),
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) number: c_long,
    pub(super) arguments: Vec<Argument>,
    pub(super) stage: Stage,
}

/// Where descriptors are kept that the function must not have.
pub(super) const KEPT: u64 = 4;
/// Where the assignment pipe is.
pub(super) const ASSIGNMENT: u64 = 3;

/// A list under construction.
#[derive(Debug, Default)]
struct List {
    calls: Vec<Call>,
}

impl List {
    /// Adds a call; returns what its result is called by later ones.
    fn add<const N: usize>(
        &mut self,
        stage: Stage,
        number: c_long,
        arguments: [Argument; N],
    ) -> Argument {
        let place = self.calls.len() as u8;
        self.calls.push(Call { number, arguments: arguments.into(), stage });
        Argument::Result(place)
    }
}

fn value(value: impl Into<i64>) -> Argument {
    Argument::Value(value.into() as u64)
}

fn given(which: Given) -> Argument {
    Argument::Descriptor(which as u8)
}

fn text(text: &std::ffi::CStr) -> Argument {
    Argument::Bytes(text.to_bytes_with_nul().to_vec())
}

/// Who goes through a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// The main process of a sandbox, born in it by its first process.
    Main {
        /// Whether what it executes inherits the assignment pipe.
        inherits: bool,
    },
    /// The fork of a zygote, born outside.
    Fork {
        /// Whether there is a [`Given::Group`], which a main process is born in.
        has_group: bool,
    },
}

/// The whole list, for a machine with so many `tasks` files, a function that may have so many
/// processes, and with this filter (the bytes of its instructions).
pub(super) fn list(who: Who, tasks: usize, processes: u64, filter: &[u8]) -> Vec<Call> {
    let mut list = List::default();
    if let Who::Fork { has_group } = who {
        enter(&mut list, has_group);
    }
    for task in 0..tasks {
        // `0` means the writing process.
        let file = Argument::Descriptor((FIXED + task) as u8);
        list.add(Stage::Cgroup, libc::SYS_write, [file, text(c"0"), value(1)]);
    }
    list.add(Stage::Cgroup, libc::SYS_unshare, [value(libc::CLONE_NEWCGROUP)]);
    arrange(&mut list, who, processes);
    confine(&mut list, who, filter);
    list.calls
}

/// Enters the sandbox once its first process has mounted everything.
fn enter(list: &mut List, has_group: bool) {
    let byte = Argument::Bytes(vec![0]);
    list.add(Stage::Mounts, libc::SYS_read, [given(Given::Ready), byte, value(1)]);
    let all = libc::CLONE_NEWNS | libc::CLONE_NEWIPC | libc::CLONE_NEWUTS | libc::CLONE_NEWNET;
    if has_group {
        let path = text(c"cgroup.procs");
        let flags = value(libc::O_WRONLY | libc::O_CLOEXEC);
        let file =
            list.add(Stage::Cgroup, libc::SYS_openat, [given(Given::Group), path, flags, value(0)]);
        list.add(Stage::Cgroup, libc::SYS_write, [file, text(c"0"), value(1)]);
    }
    list.add(Stage::Mounts, libc::SYS_setns, [given(Given::First), value(all)]);
}

/// Puts descriptors, session, limits and signals in order.
fn arrange(list: &mut List, who: Who, processes: u64) {
    let stage = Stage::Confine;
    list.add(stage, libc::SYS_setsid, []);
    let close = u64::from(libc::O_CLOEXEC as u32);
    let inherited = match who {
        Who::Main { inherits: false } => close,
        Who::Main { inherits: true } | Who::Fork { .. } => 0,
    };
    let targets = [
        (Given::Null, 0, 0),
        (Given::Stdout, 1, 0),
        (Given::Stderr, 2, 0),
        (Given::Assignment, ASSIGNMENT, inherited),
        (Given::Events, KEPT, close),
        (Given::Ready, KEPT + 1, close),
        (Given::Users, KEPT + 2, close),
    ];
    // Sources may lie below the targets: they stay away first.
    let away = targets.map(|(which, ..)| {
        list.add(stage, libc::SYS_fcntl, [given(which), value(libc::F_DUPFD_CLOEXEC), value(64)])
    });
    for (source, (_, target, flags)) in away.into_iter().zip(targets) {
        let arguments = [source, Argument::Value(target), Argument::Value(flags)];
        list.add(stage, libc::SYS_dup3, arguments);
    }
    let rest = [Argument::Value(KEPT + 3), value(u32::MAX), value(0)];
    list.add(stage, libc::SYS_close_range, rest);
    for (resource, soft, hard) in limits::all(processes) {
        let limit = [soft, hard].map(u64::to_ne_bytes).concat();
        let arguments = [value(0), value(resource), Argument::Bytes(limit), value(0)];
        list.add(stage, libc::SYS_prlimit64, arguments);
    }
    let others = Argument::Bytes(limits::turn());
    list.add(stage, libc::SYS_sched_setattr, [value(0), others, value(0)]);
    list.add(stage, libc::SYS_umask, [value(0o022)]);
    let none = Argument::Bytes(vec![0; 8]);
    let arguments = [value(libc::SIG_SETMASK), none, value(0), value(8)];
    list.add(stage, libc::SYS_rt_sigprocmask, arguments);
}

/// Gives up every privilege: other user, no capabilities anywhere, none to be gained, and the
/// system call filter.
fn confine(list: &mut List, who: Who, filter: &[u8]) {
    const SECBITS_LOCKED: i64 = 0b1010_1111;
    let stage = Stage::Confine;
    let users = || Argument::Value(KEPT + 2);
    list.add(stage, libc::SYS_setns, [users(), value(libc::CLONE_NEWUSER)]);
    list.add(stage, libc::SYS_close, [users()]);
    for capability in 0..capabilities() {
        let drop = [value(libc::PR_CAPBSET_DROP), value(capability), value(0), value(0), value(0)];
        list.add(stage, libc::SYS_prctl, drop);
    }
    let bits =
        [value(libc::PR_SET_SECUREBITS), value(SECBITS_LOCKED), value(0), value(0), value(0)];
    list.add(stage, libc::SYS_prctl, bits);
    list.add(stage, libc::SYS_setgroups, [value(0), value(0)]);
    list.add(stage, libc::SYS_setresgid, [value(GID), value(GID), value(GID)]);
    list.add(stage, libc::SYS_setresuid, [value(UID), value(UID), value(UID)]);
    const CAPABILITY_VERSION_3: u32 = 0x2008_0522;
    let header = [CAPABILITY_VERSION_3, 0].map(u32::to_ne_bytes).concat();
    let none = Argument::Bytes(vec![0; 24]);
    list.add(stage, libc::SYS_capset, [Argument::Bytes(header), none]);
    if let Who::Fork { .. } = who {
        // As it would be after it had executed something.
        let dump = [value(libc::PR_SET_DUMPABLE), value(1), value(0), value(0), value(0)];
        list.add(stage, libc::SYS_prctl, dump);
    }
    let gain = [value(libc::PR_SET_NO_NEW_PRIVS), value(1), value(0), value(0), value(0)];
    list.add(stage, libc::SYS_prctl, gain);
    let filter = Argument::Filter(filter.to_vec());
    list.add(stage, libc::SYS_seccomp, [value(libc::SECCOMP_SET_MODE_FILTER), value(0), filter]);
}

/// How many capabilities this kernel has.
fn capabilities() -> i32 {
    let is_known = |capability: &i32| {
        // SAFETY: integers only.
        // JUSTIFICATION: std does not ask about capabilities.
        (unsafe { libc::prctl(libc::PR_CAPBSET_READ, *capability, 0, 0, 0) }) >= 0
    };
    (0..64).take_while(is_known).count() as i32
}

/// The list as a zygote reads it.
pub(super) fn encode(calls: &[Call]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.u64(calls.len() as u64);
    for call in calls {
        writer.u64(call.number as u64);
        writer.u64(call.stage as u64);
        writer.u64(call.arguments.len() as u64);
        for argument in &call.arguments {
            let (kind, number, bytes) = match argument {
                Argument::Value(value) => (0, *value, &[][..]),
                Argument::Descriptor(place) => (1, u64::from(*place), &[][..]),
                Argument::Result(place) => (2, u64::from(*place), &[][..]),
                Argument::Bytes(bytes) => (3, 0, bytes.as_slice()),
                Argument::Filter(bytes) => (4, 0, bytes.as_slice()),
            };
            writer.u64(kind);
            writer.u64(number);
            writer.slice(bytes);
        }
    }
    writer.bytes
}

/// The list as a process that shares memory goes through it: nothing is allocated, and every
/// address stays valid as long as this lives.
#[derive(Debug)]
pub(super) struct CallList {
    calls: Vec<Call>,
    filters: Vec<libc::sock_fprog>,
}

impl CallList {
    pub(super) fn new(calls: Vec<Call>) -> CallList {
        let arguments = calls.iter().flat_map(|call| &call.arguments);
        let filters = arguments.filter_map(|argument| match argument {
            Argument::Filter(bytes) => Some(libc::sock_fprog {
                len: (bytes.len() / size_of::<libc::sock_filter>()) as u16,
                filter: bytes.as_ptr().cast_mut().cast(),
            }),
            _ => None,
        });
        let filters = filters.collect();
        CallList { calls, filters }
    }

    /// Goes through the calls, with these descriptors; the stage and errno of the first that
    /// fails.
    ///
    /// # Safety
    /// This process becomes what the list makes of it.
    pub(super) unsafe fn run(&self, descriptors: &[i32]) -> Result<(), (Stage, i32)> {
        let mut results = [0usize; 192];
        let mut filters = self.filters.iter();
        for (at, call) in self.calls.iter().enumerate() {
            let mut arguments = [0usize; 6];
            for (slot, argument) in arguments.iter_mut().zip(&call.arguments) {
                *slot = match argument {
                    Argument::Value(value) => *value as usize,
                    Argument::Descriptor(place) => {
                        descriptors.get(usize::from(*place)).map_or(usize::MAX, |&fd| fd as usize)
                    }
                    Argument::Result(place) => results[usize::from(*place)],
                    Argument::Bytes(bytes) => bytes.as_ptr() as usize,
                    Argument::Filter(_) => {
                        filters.next().map_or(0, |filter| &raw const *filter as usize)
                    }
                };
            }
            // SAFETY: the list's arguments are what each call expects, and live as long as it.
            // JUSTIFICATION: no libc state may be touched here.
            match unsafe { super::sys::syscall(call.number, arguments) } {
                Ok(result) => {
                    if let Some(slot) = results.get_mut(at) {
                        *slot = result;
                    }
                }
                Err(errno) => return Err((call.stage, errno)),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(who: Who) -> Vec<c_long> {
        list(who, 3, 742, &[0; 16]).into_iter().map(|call| call.number).collect()
    }

    #[test]
    fn a_fork_is_confined_as_a_main_process_is() {
        let main = numbers(Who::Main { inherits: true });
        let fork = numbers(Who::Fork { has_group: true });
        // It enters what the other is born in, and may be looked into as after an execve.
        let expected: Vec<c_long> =
            [libc::SYS_read, libc::SYS_openat, libc::SYS_write, libc::SYS_setns]
                .into_iter()
                .chain(main.iter().copied())
                .collect();
        let mut without = fork.clone();
        let extra = fork.len() - 3;
        assert_eq!(without.remove(extra), libc::SYS_prctl);
        assert_eq!(without, expected);
        assert_eq!(fork.last(), Some(&libc::SYS_seccomp));
    }

    #[test]
    fn a_list_fits_where_results_are_kept() {
        assert!(list(Who::Fork { has_group: true }, 8, 742, &[0; 16]).len() < 192);
    }
}

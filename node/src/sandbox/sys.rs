//! System calls without libc's thread-local `errno`: safe in a child that shares its parent's
//! memory, where two processes would otherwise write the same variable.

use std::arch::asm;
use std::ffi::{CStr, CString};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::time::Duration;

/// The outcome of a raw system call: its value, or the errno.
pub(crate) type Outcome = Result<usize, i32>;

/// Makes a system call directly.
///
/// # Safety
/// The arguments must be what the kernel expects of call `number`.
#[cfg(target_arch = "x86_64")]
pub(crate) unsafe fn syscall(number: libc::c_long, args: [usize; 6]) -> Outcome {
    let value: isize;
    // SAFETY: the caller vouches for the arguments; the registers the kernel clobbers are named.
    // JUSTIFICATION: libc's wrapper writes `errno`, which is shared here.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") number as isize => value,
            in("rdi") args[0],
            in("rsi") args[1],
            in("rdx") args[2],
            in("r10") args[3],
            in("r8") args[4],
            in("r9") args[5],
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack)
        );
    }
    outcome(value)
}

/// Makes a system call directly.
///
/// # Safety
/// The arguments must be what the kernel expects of call `number`.
#[cfg(target_arch = "aarch64")]
pub(crate) unsafe fn syscall(number: libc::c_long, args: [usize; 6]) -> Outcome {
    let value: isize;
    // SAFETY: the caller vouches for the arguments; the kernel preserves all but x0.
    // JUSTIFICATION: libc's wrapper writes `errno`, which is shared here.
    unsafe {
        asm!(
            "svc 0",
            in("x8") number,
            inlateout("x0") args[0] as isize => value,
            in("x1") args[1],
            in("x2") args[2],
            in("x3") args[3],
            in("x4") args[4],
            in("x5") args[5],
            options(nostack)
        );
    }
    outcome(value)
}

fn outcome(value: isize) -> Outcome {
    if (-4095..0).contains(&value) { Err(-value as i32) } else { Ok(value as usize) }
}

/// Shorthand: calls [`syscall`] with up to six arguments, each cast to `usize`.
macro_rules! sys {
    ($number:expr $(, $arg:expr)*) => {{
        let given = [$($arg as usize),*];
        let mut args = [0usize; 6];
        args[..given.len()].copy_from_slice(&given);
        $crate::sandbox::sys::syscall($number, args)
    }};
}
pub(crate) use sys;

/// The kernel's `struct clone_args`, version 2.
#[repr(C, align(8))]
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct CloneArgs {
    pub(crate) flags: u64,
    pub(crate) pidfd: u64,
    pub(crate) child_tid: u64,
    pub(crate) parent_tid: u64,
    pub(crate) exit_signal: u64,
    pub(crate) stack: u64,
    pub(crate) stack_size: u64,
    pub(crate) tls: u64,
    pub(crate) set_tid: u64,
    pub(crate) set_tid_size: u64,
    pub(crate) cgroup: u64,
}

/// Starts a process on a stack of its own that runs `entry(argument)`.
///
/// # Safety
/// `args.stack` must be an unused mapping of `args.stack_size` bytes, multiple of 16, that lives
/// until the child has left this memory; with `CLONE_VM` the same holds for `argument`, and
/// `entry` must not touch libc state.
#[cfg(target_arch = "x86_64")]
pub(crate) unsafe fn clone3(
    args: &CloneArgs,
    entry: unsafe extern "C" fn(*mut u8) -> !,
    argument: *mut u8,
) -> Outcome {
    let value: isize;
    // SAFETY: the parent continues after label 2 with its registers as declared; the child runs on
    // its own stack, never returns past `call`, and finds `entry` and `argument` in registers.
    // JUSTIFICATION: no library offers clone3 with CLONE_INTO_CGROUP and a child stack.
    unsafe {
        asm!(
            "syscall",
            "test rax, rax",
            "jnz 2f",
            "xor ebp, ebp",
            "mov rdi, r13",
            "call r12",
            "ud2",
            "2:",
            inlateout("rax") libc::SYS_clone3 as isize => value,
            in("rdi") args as *const CloneArgs,
            in("rsi") size_of::<CloneArgs>(),
            in("r12") entry,
            in("r13") argument,
            lateout("rcx") _,
            lateout("r11") _,
        );
    }
    outcome(value)
}

/// Starts a process on a stack of its own that runs `entry(argument)`.
///
/// # Safety
/// As on x86_64.
#[cfg(target_arch = "aarch64")]
pub(crate) unsafe fn clone3(
    args: &CloneArgs,
    entry: unsafe extern "C" fn(*mut u8) -> !,
    argument: *mut u8,
) -> Outcome {
    let value: isize;
    // SAFETY: as on x86_64.
    // JUSTIFICATION: no library offers clone3 with CLONE_INTO_CGROUP and a child stack.
    unsafe {
        asm!(
            "svc 0",
            "cbnz x0, 2f",
            "mov x29, xzr",
            "mov x0, x10",
            "blr x9",
            "brk 1",
            "2:",
            in("x8") libc::SYS_clone3,
            inlateout("x0") args as *const CloneArgs as isize => value,
            in("x1") size_of::<CloneArgs>(),
            in("x9") entry,
            in("x10") argument,
        );
    }
    outcome(value)
}

/// Turns an errno into an [`io::Error`].
pub(crate) fn failed(errno: i32) -> io::Error {
    io::Error::from_raw_os_error(errno)
}

/// Turns libc's convention (-1 and `errno`) into a result.
pub(crate) fn check(value: libc::c_int) -> io::Result<libc::c_int> {
    if value < 0 { Err(io::Error::last_os_error()) } else { Ok(value) }
}

/// Takes ownership of a descriptor that a system call has just returned.
pub(crate) fn owned(outcome: Outcome) -> io::Result<OwnedFd> {
    let fd = outcome.map_err(failed)? as RawFd;
    // SAFETY: the kernel has just returned this descriptor and nothing else holds it.
    // JUSTIFICATION: descriptors enter safe code here.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Reads the monotonic clock, in nanoseconds.
pub(crate) fn monotonic() -> u64 {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `now` is a valid timespec.
    // JUSTIFICATION: a raw call, since a child that shares memory reads the clock as well.
    let done = unsafe { sys!(libc::SYS_clock_gettime, libc::CLOCK_MONOTONIC, &raw mut now) };
    debug_assert!(done.is_ok());
    now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64
}

/// Makes a pipe whose ends close on exec.
pub(crate) fn pipe(flags: i32) -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [0 as RawFd; 2];
    // SAFETY: `ends` has room for two descriptors.
    // JUSTIFICATION: std has no pipe with flags.
    check(unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC | flags) })?;
    // SAFETY: the kernel has just returned both.
    // JUSTIFICATION: descriptors enter safe code here.
    Ok(unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) })
}

/// Makes a pair of connected sequenced-packet sockets that close on exec.
pub(crate) fn packet_pair() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [0 as RawFd; 2];
    let kind = libc::SOCK_SEQPACKET | libc::SOCK_CLOEXEC;
    // SAFETY: `ends` has room for two descriptors.
    // JUSTIFICATION: std has no sequenced-packet sockets.
    check(unsafe { libc::socketpair(libc::AF_UNIX, kind, 0, ends.as_mut_ptr()) })?;
    // SAFETY: the kernel has just returned both.
    // JUSTIFICATION: descriptors enter safe code here.
    Ok(unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) })
}

/// Enters a namespace by its descriptor (or a process's, by its pidfd).
pub(crate) fn set_namespace(fd: RawFd, kind: i32) -> io::Result<()> {
    // SAFETY: takes two integers.
    // JUSTIFICATION: std has no setns.
    check(unsafe { libc::setns(fd, kind) }).map(drop)
}

/// Mounts; each argument may be absent as in mount(2).
pub(crate) fn mount(
    source: Option<&CStr>,
    target: &CStr,
    kind: Option<&CStr>,
    flags: libc::c_ulong,
    data: Option<&CStr>,
) -> io::Result<()> {
    let pointer = |text: Option<&CStr>| text.map_or(std::ptr::null(), CStr::as_ptr);
    // SAFETY: every pointer is null or a C string that outlives the call.
    // JUSTIFICATION: std has no mount.
    check(unsafe {
        libc::mount(pointer(source), target.as_ptr(), pointer(kind), flags, pointer(data).cast())
    })
    .map(drop)
}

/// A descriptor of a process.
pub(crate) fn open_process(pid: i32) -> io::Result<OwnedFd> {
    // SAFETY: integers only.
    // JUSTIFICATION: std has no pidfd_open on stable.
    owned(unsafe { sys!(libc::SYS_pidfd_open, pid, 0) })
}

/// Kills a process by its pidfd; a process that is gone already is no error.
pub(crate) fn kill(pidfd: &OwnedFd) -> io::Result<()> {
    // SAFETY: integers and a null siginfo.
    // JUSTIFICATION: std has no pidfd_send_signal on stable.
    let done = unsafe { sys!(libc::SYS_pidfd_send_signal, pidfd.as_raw_fd(), libc::SIGKILL, 0, 0) };
    match done {
        Ok(_) | Err(libc::ESRCH) => Ok(()),
        Err(errno) => Err(failed(errno)),
    }
}

/// `struct mount_attr` of mount_setattr(2).
#[repr(C)]
#[derive(Default)]
struct MountAttr {
    set: u64,
    clear: u64,
    propagation: u64,
    userns: u64,
}

const MOUNT_ATTR_RDONLY: u64 = 1;
const MOUNT_ATTR_NOSUID: u64 = 2;
const MOUNT_ATTR_NODEV: u64 = 4;
const OPEN_TREE_CLONE: u32 = 1;
const AT_RECURSIVE: u32 = 0x8000;

/// Clones the mount at `path` (seen from the current mount namespace) as a detached tree that is
/// read-only and ignores set-user-id bits and device nodes.
pub(crate) fn read_only_tree(path: &CStr) -> io::Result<OwnedFd> {
    let tree = detached_tree(path)?;
    let attr = MountAttr {
        set: MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV,
        propagation: libc::MS_PRIVATE,
        ..MountAttr::default()
    };
    let flags = libc::AT_EMPTY_PATH as u32 | AT_RECURSIVE;
    // SAFETY: an empty path with AT_EMPTY_PATH names the tree itself; `attr` lives until return.
    // JUSTIFICATION: std has no mount_setattr.
    let set = unsafe {
        sys!(
            libc::SYS_mount_setattr,
            tree.as_raw_fd(),
            c"".as_ptr(),
            flags,
            &raw const attr,
            size_of::<MountAttr>()
        )
    };
    set.map_err(failed)?;
    Ok(tree)
}

/// What is mounted at `path`, with its content and attached nowhere: it outlives its namespace.
pub(crate) fn detached_tree(path: &CStr) -> io::Result<OwnedFd> {
    let flags = OPEN_TREE_CLONE | libc::O_CLOEXEC as u32;
    // SAFETY: `path` is a C string.
    // JUSTIFICATION: std has no open_tree.
    owned(unsafe { sys!(libc::SYS_open_tree, libc::AT_FDCWD, path.as_ptr(), flags) })
}

/// Attaches a detached tree at `target` in the current mount namespace. Uses no libc state.
pub(crate) fn attach_tree(tree: RawFd, target: &CStr) -> Outcome {
    const MOVE_MOUNT_F_EMPTY_PATH: u32 = 4;
    // SAFETY: both paths are C strings.
    // JUSTIFICATION: std has no move_mount.
    unsafe {
        sys!(
            libc::SYS_move_mount,
            tree,
            c"".as_ptr(),
            libc::AT_FDCWD,
            target.as_ptr(),
            MOVE_MOUNT_F_EMPTY_PATH
        )
    }
}

/// Lays directories (seen from the current mount namespace) one over the other, the last on top, as
/// a detached tree like that of [`read_only_tree`].
pub(crate) fn covering_tree(directories: &[CString]) -> io::Result<OwnedFd> {
    const FSCONFIG_SET_STRING: u32 = 1;
    let context = open_file_system(c"overlay")?;
    let opened = directories.iter().map(|path| open_path(path));
    let opened: Vec<OwnedFd> = opened.collect::<io::Result<_>>()?;
    // What the kernel has first lies on top. It takes no more than 256 bytes, and paths may be long.
    let lower = opened.iter().rev().map(|fd| format!("/proc/self/fd/{}", fd.as_raw_fd()));
    let lower = CString::new(lower.collect::<Vec<_>>().join(":")).map_err(io::Error::other)?;
    // SAFETY: two C strings that live until the call returns.
    // JUSTIFICATION: std has no fsconfig.
    unsafe {
        let (key, value) = (c"lowerdir".as_ptr(), lower.as_ptr());
        sys!(libc::SYS_fsconfig, context.as_raw_fd(), FSCONFIG_SET_STRING, key, value, 0)
    }
    .map_err(failed)?;
    mount_detached(&context, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)
}

/// Opens a directory for its place alone.
fn open_path(path: &CStr) -> io::Result<OwnedFd> {
    let flags = libc::O_PATH | libc::O_DIRECTORY | libc::O_CLOEXEC;
    // SAFETY: `path` is a C string.
    // JUSTIFICATION: a raw call returns its error without libc's state.
    owned(unsafe { sys!(libc::SYS_openat, libc::AT_FDCWD, path.as_ptr(), flags, 0) })
}

/// Mounts a new instance of procfs for the current pid namespace, attached nowhere.
pub(crate) fn detached_proc() -> io::Result<OwnedFd> {
    mount_detached(&open_file_system(c"proc")?, 0)
}

/// A file system of a kind that is to be mounted.
fn open_file_system(kind: &CStr) -> io::Result<OwnedFd> {
    const FSOPEN_CLOEXEC: u32 = 1;
    // SAFETY: the name is a C string.
    // JUSTIFICATION: std has no fsopen.
    owned(unsafe { sys!(libc::SYS_fsopen, kind.as_ptr(), FSOPEN_CLOEXEC) })
}

/// Mounts what was opened, attached nowhere, with `MOUNT_ATTR_…`.
fn mount_detached(context: &OwnedFd, attributes: u64) -> io::Result<OwnedFd> {
    const FSCONFIG_CMD_CREATE: u32 = 6;
    const FSMOUNT_CLOEXEC: u32 = 1;
    // SAFETY: the create command takes no key and no value.
    // JUSTIFICATION: std has no fsconfig.
    unsafe { sys!(libc::SYS_fsconfig, context.as_raw_fd(), FSCONFIG_CMD_CREATE, 0, 0, 0) }
        .map_err(failed)?;
    // SAFETY: integers only.
    // JUSTIFICATION: std has no fsmount.
    owned(unsafe { sys!(libc::SYS_fsmount, context.as_raw_fd(), FSMOUNT_CLOEXEC, attributes) })
}

/// Has a child go on that somebody has stopped; whether it was. Whoever waits for it would wait for
/// as long as it stands.
pub(crate) fn go_on_if_stopped(pid: i32) -> bool {
    // SAFETY: a zeroed siginfo is valid, and is written by the kernel.
    // JUSTIFICATION: std does not tell of children that are stopped.
    unsafe {
        let mut told: libc::siginfo_t = std::mem::zeroed();
        let options = libc::WSTOPPED | libc::WNOHANG | libc::__WALL;
        let asked = libc::waitid(libc::P_PID, pid as libc::id_t, &raw mut told, options);
        asked == 0 && told.si_pid() == pid && libc::kill(pid, libc::SIGCONT) == 0
    }
}

/// Waits until something can be read, at most so long; whether it can.
pub(crate) fn wait_readable(fd: RawFd, limit: Duration) -> io::Result<bool> {
    let mut poll = libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
    // SAFETY: one valid entry.
    // JUSTIFICATION: std has no poll.
    match check(unsafe { libc::poll(&raw mut poll, 1, limit.as_millis() as i32) }) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(false),
        polled => polled.map(|count| count > 0),
    }
}

/// Removes the file `path` below a directory.
pub(crate) fn remove_at(dir: &OwnedFd, path: &CStr) -> io::Result<()> {
    // SAFETY: `path` is a C string.
    // JUSTIFICATION: std has no unlinkat.
    check(unsafe { libc::unlinkat(dir.as_raw_fd(), path.as_ptr(), 0) }).map(drop)
}

/// Opens `path` below a directory.
pub(crate) fn open_at(dir: &OwnedFd, path: &CStr, flags: i32) -> io::Result<OwnedFd> {
    // SAFETY: `path` is a C string.
    // JUSTIFICATION: std has no openat.
    let fd = check(unsafe {
        libc::openat(dir.as_raw_fd(), path.as_ptr(), flags | libc::O_CLOEXEC, 0o644)
    });
    owned(fd.map(|fd| fd as usize).map_err(|error| error.raw_os_error().unwrap_or(libc::EIO)))
}

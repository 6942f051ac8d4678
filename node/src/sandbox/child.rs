//! What runs in a sandbox before the runtime does: its first process, which mounts and reaps, and
//! the main process, which gives up every privilege and executes.
//!
//! Both share the fork server's memory, so nothing here may allocate, panic or touch libc's state;
//! the only calls are raw ones. The first process stays for the sandbox's life, so that the
//! runtime is not process 1 (which ignores signals that it does not handle) and orphans are
//! reaped; it is owned by root and not dumpable, out of the function's reach.

use std::ffi::{CStr, c_char};
use std::os::fd::RawFd;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

use super::calls;
use super::protocol::{Event, Stage, Stamps};
use super::sys::{CloneArgs, Outcome, attach_tree, clone3, monotonic, sys};

/// The user and group of functions, as AWS's.
pub(super) const UID: u32 = 993;
/// See [`UID`].
pub(super) const GID: u32 = 990;

/// Where descriptors are kept that must not survive exec.
const KEPT_FD: RawFd = calls::KEPT as RawFd;

/// What to execute, laid out as execve wants it.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) path: *const c_char,
    pub(super) arguments: *const *const c_char,
    pub(super) variables: *const *const c_char,
}

/// Everything the two processes need. Descriptors are numbers valid at the time of the clone.
#[derive(Debug)]
pub(super) struct Orders {
    pub(super) id: u64,
    /// By the places of [`calls::Given`].
    pub(super) descriptors: [RawFd; calls::FIXED + 8],
    /// Writing end of the pipe on which the first process tells that all is mounted; -1 where it
    /// starts the main process itself.
    pub(super) mounted: RawFd,
    pub(super) events: RawFd,
    /// A cgroup v2 directory to be born in, or -1.
    pub(super) into: RawFd,
    /// Detached trees, or -1.
    pub(super) task: RawFd,
    pub(super) layers: RawFd,
    pub(super) lang: RawFd,
    /// A `/tmp` that outlived an earlier sandbox, or -1 for a new one.
    pub(super) tmp: RawFd,
    /// Options of the tmpfs at a new `/tmp`.
    pub(super) tmp_options: *const c_char,
    /// File to show as `/etc/resolv.conf`, or null.
    pub(super) resolver: *const c_char,
    /// Filled at once or by the assignment; null until then.
    pub(super) image: AtomicPtr<Image>,
    /// What the main process does before it executes.
    pub(super) calls: *const calls::CallList,
    /// Lowest address of the main process's stack and its size.
    pub(super) main_stack: *mut u8,
    pub(super) main_stack_size: usize,
    pub(super) stamps: [AtomicU64; Stage::COUNT + 1],
    /// Stage and errno of what failed: `1 << 63 | stage << 32 | errno`.
    pub(super) failure: AtomicU64,
}

impl Orders {
    pub(super) fn stamp(&self, at: usize) {
        self.stamps[at].store(monotonic(), Ordering::Relaxed);
    }

    fn done(&self, stage: Stage) {
        self.stamp(stage as usize + 1);
    }

    /// What failed, if anything has.
    pub(super) fn failed(&self) -> Option<(Stage, i32)> {
        let failure = self.failure.load(Ordering::Acquire);
        (failure != 0).then(|| (Stage::from_number((failure >> 32) as u8), failure as u32 as i32))
    }

    fn tell(&self, events: RawFd, event: Event) {
        let packet = event.encode();
        // SAFETY: the packet lives until the call returns.
        // JUSTIFICATION: no libc state may be touched here.
        let sent = unsafe {
            sys!(libc::SYS_sendto, events, packet.as_ptr(), packet.len(), libc::MSG_NOSIGNAL, 0, 0)
        };
        // The node is gone when this fails, and the sandbox soon after.
        let _ = sent;
    }

    fn fail(&self, events: RawFd, stage: Stage, errno: i32) -> ! {
        let failure = 1 << 63 | (stage as u64) << 32 | u64::from(errno as u32);
        self.failure.store(failure, Ordering::Release);
        self.tell(events, Event::Failed { id: self.id, stage, errno });
        exit(127)
    }
}

fn exit(status: i32) -> ! {
    loop {
        // SAFETY: ends this process.
        // JUSTIFICATION: libc's exit runs handlers of the shared memory.
        let _ = unsafe { sys!(libc::SYS_exit_group, status) };
    }
}

/// The first process of a sandbox.
///
/// # Safety
/// `argument` must point to [`Orders`] that outlive the sandbox.
pub(super) unsafe extern "C" fn first(argument: *mut u8) -> ! {
    // SAFETY: the fork server keeps the orders until this process has been reaped.
    // JUSTIFICATION: a cloned process gets one pointer.
    let orders = unsafe { &*argument.cast::<Orders>() };
    orders.done(Stage::Clone);
    if let Err(errno) = mounts(orders) {
        orders.fail(orders.events, Stage::Mounts, errno);
    }
    orders.done(Stage::Mounts);
    if orders.mounted >= 0 {
        serve_fork(orders)
    }
    let mut args = CloneArgs {
        flags: libc::CLONE_VM as u64,
        exit_signal: libc::SIGCHLD as u64,
        stack: orders.main_stack as u64,
        stack_size: orders.main_stack_size as u64,
        ..CloneArgs::default()
    };
    if orders.into >= 0 {
        const CLONE_INTO_CGROUP: u64 = 1 << 33;
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = orders.into as u64;
    }
    // SAFETY: the stack is reserved for this process by the orders and lives as long as they.
    // JUSTIFICATION: see the module's description.
    let main = match unsafe { clone3(&args, main_process, argument) } {
        Ok(pid) => pid,
        Err(errno) => orders.fail(orders.events, Stage::Cgroup, errno),
    };
    if let Err(errno) = keep_events(orders.events) {
        orders.fail(orders.events, Stage::Clone, errno);
    }
    reap(orders, main)
}

/// The signal by which the fork server tells a first process that its zygote's fork has ended.
pub(super) const END: i32 = libc::SIGUSR1;

/// Lets the fork of a zygote come in, and waits for every process that ends up here. The zygote
/// waits for the fork; the end of that is the end of all others.
fn serve_fork(orders: &Orders) -> ! {
    let byte = 0u8;
    // SAFETY: one valid byte.
    // JUSTIFICATION: no libc state may be touched here.
    if let Err(errno) = unsafe { sys!(libc::SYS_write, orders.mounted, &raw const byte, 1) } {
        orders.fail(orders.events, Stage::Clone, errno);
    }
    if let Err(errno) = keep_events(orders.events) {
        orders.fail(orders.events, Stage::Clone, errno);
    }
    let signals = 1u64 << (libc::SIGCHLD - 1) | 1u64 << (END - 1);
    loop {
        let null = std::ptr::null::<u8>();
        // SAFETY: the set lives until the calls return; no process is asked about.
        // JUSTIFICATION: no libc state may be touched here. The signals are blocked since the fork
        // server's start, so that none is missed between the calls.
        unsafe {
            match sys!(libc::SYS_rt_sigtimedwait, &raw const signals, null, null, 8) {
                Ok(signal) if signal == END as usize => kill_others(),
                Ok(_) | Err(libc::EINTR) => {}
                Err(_) => exit(1),
            }
            let flags = libc::__WALL | libc::WNOHANG;
            while matches!(sys!(libc::SYS_wait4, -1isize, null, flags, null), Ok(pid) if pid > 0) {}
        }
    }
}

/// Kills every process of the sandbox but this one.
fn kill_others() {
    // SAFETY: integers only.
    // JUSTIFICATION: no libc state may be touched here. It fails only where there is no other.
    let _ = unsafe { sys!(libc::SYS_kill, -1isize, libc::SIGKILL) };
}

/// Waits for every process that ends up here, until the main one ends, which is the end of all
/// others. This one stays until it is killed: by then it is known whether `/tmp` is to outlive it.
fn reap(orders: &Orders, main: usize) -> ! {
    loop {
        let mut status = 0i32;
        // SAFETY: `status` is valid for writing.
        // JUSTIFICATION: no libc state may be touched here.
        match unsafe { sys!(libc::SYS_wait4, -1isize, &raw mut status, libc::__WALL, 0) } {
            Ok(pid) if pid == main => {
                if orders.failed().is_some() {
                    exit(0)
                }
                kill_others();
                orders.tell(KEPT_FD, Event::Exited { id: orders.id, status });
            }
            Ok(_) | Err(libc::EINTR) => {}
            Err(libc::ECHILD) => {
                // SAFETY: takes no argument; ended by a signal.
                // JUSTIFICATION: no libc state may be touched here.
                let _ = unsafe { sys!(libc::SYS_ppoll, 0, 0, 0, 0, 0) };
            }
            Err(_) => exit(1),
        }
    }
}

fn mount(source: &CStr, target: &CStr, kind: &CStr, flags: u64, data: *const c_char) -> Outcome {
    // SAFETY: all are C strings or null.
    // JUSTIFICATION: no libc state may be touched here.
    unsafe { sys!(libc::SYS_mount, source.as_ptr(), target.as_ptr(), kind.as_ptr(), flags, data) }
}

fn mounts(orders: &Orders) -> Result<(), i32> {
    let flags = libc::MS_NOSUID | libc::MS_NODEV;
    mount(c"proc", c"/proc", c"proc", flags | libc::MS_NOEXEC, std::ptr::null())?;
    match orders.tmp {
        0.. => attach_tree(orders.tmp, c"/tmp")?,
        _ => mount(c"tmpfs", c"/tmp", c"tmpfs", flags, orders.tmp_options)?,
    };
    for (tree, target) in
        [(orders.task, c"/var/task"), (orders.layers, c"/opt"), (orders.lang, c"/var/lang")]
    {
        if tree >= 0 {
            attach_tree(tree, target)?;
        }
    }
    if !orders.resolver.is_null() {
        // SAFETY: a C string that lives as long as the orders.
        // JUSTIFICATION: orders carry raw pointers into shared memory.
        let source = unsafe { CStr::from_ptr(orders.resolver) };
        mount(source, c"/etc/resolv.conf", c"", libc::MS_BIND, std::ptr::null())?;
    }
    // SAFETY: the name is static.
    // JUSTIFICATION: no libc state may be touched here.
    unsafe { sys!(libc::SYS_sethostname, c"sandbox".as_ptr(), 7) }?;
    Ok(())
}

/// Keeps the events socket, as [`KEPT_FD`], and closes every other descriptor.
fn keep_events(events: RawFd) -> Result<(), i32> {
    // SAFETY: integers only.
    // JUSTIFICATION: no libc state may be touched here.
    unsafe {
        if events != KEPT_FD {
            sys!(libc::SYS_dup3, events, KEPT_FD, libc::O_CLOEXEC)?;
        }
        sys!(libc::SYS_close_range, 0, KEPT_FD - 1, 0)?;
        sys!(libc::SYS_close_range, KEPT_FD + 1, u32::MAX, 0)?;
    }
    Ok(())
}

/// The process that becomes the runtime.
unsafe extern "C" fn main_process(argument: *mut u8) -> ! {
    // SAFETY: as for the first process.
    // JUSTIFICATION: a cloned process gets one pointer.
    let orders = unsafe { &*argument.cast::<Orders>() };
    // SAFETY: the fork server keeps the list as long as it lives.
    // JUSTIFICATION: orders carry raw pointers into shared memory.
    let calls = unsafe { &*orders.calls };
    // SAFETY: this process is to become what the list makes of it.
    // JUSTIFICATION: see `calls`.
    if let Err((stage, errno)) = unsafe { calls.run(&orders.descriptors) } {
        // The fork server has its events where they are kept as well.
        orders.fail(KEPT_FD, stage, errno);
    }
    orders.done(Stage::Cgroup);
    orders.done(Stage::Confine);
    let mut byte = 0u8;
    // SAFETY: one valid byte.
    // JUSTIFICATION: no libc state may be touched here.
    let _ = unsafe { sys!(libc::SYS_write, KEPT_FD + 1, &raw const byte, 1) };
    if orders.image.load(Ordering::Acquire).is_null() {
        let pipe = calls::ASSIGNMENT;
        // SAFETY: one valid byte.
        // JUSTIFICATION: no libc state may be touched here.
        match unsafe { sys!(libc::SYS_read, pipe, &raw mut byte, 1) } {
            Ok(1) => {}
            Ok(_) => exit(0),
            Err(errno) => orders.fail(KEPT_FD, Stage::Wait, errno),
        }
    }
    orders.done(Stage::Wait);
    execute(orders, KEPT_FD)
}

fn execute(orders: &Orders, events: RawFd) -> ! {
    // SAFETY: set before the assignment was written, never changed after.
    // JUSTIFICATION: the image lies in shared memory.
    let image = unsafe { &*orders.image.load(Ordering::Acquire) };
    // SAFETY: a C string.
    // JUSTIFICATION: no libc state may be touched here.
    let entered = unsafe { sys!(libc::SYS_chdir, c"/var/task".as_ptr()) };
    if let Err(errno) = entered {
        orders.fail(events, Stage::Mounts, errno);
    }
    let mut stamps = Stamps::default();
    for (stamp, recorded) in stamps.iter_mut().zip(&orders.stamps) {
        *stamp = recorded.load(Ordering::Relaxed);
    }
    orders.tell(events, Event::Executing { id: orders.id, stamps });
    // SAFETY: the image's pointers are laid out as execve wants them.
    // JUSTIFICATION: no libc state may be touched here.
    let done = unsafe { sys!(libc::SYS_execve, image.path, image.arguments, image.variables) };
    orders.fail(events, Stage::Exec, done.err().unwrap_or(libc::EIO))
}

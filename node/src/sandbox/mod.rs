//! Sandboxes: the operating system's side of execution environments, made by a fork server.

mod calls;
mod child;
mod fork_server;
mod kept;
mod limits;
mod pipes;
pub(crate) mod protocol;
mod root;
mod seccomp;
mod stack;
pub(crate) mod sys;
mod users;
mod zygote;

use std::collections::BTreeSet;
use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::runtime::interpreters;

pub use fork_server::fork_server_main_if_asked;
pub use limits::processes;
pub(crate) use pipes::RUNTIME_API;
pub(crate) use protocol::{Event, Stamps};
pub use protocol::{Program, Stage, Trees};

use protocol::{Reply, Request, Wanted};
use sys::{CloneArgs, check, clone3, failed, packet_pair, sys, wait_readable};

/// How long a fork server may take for an answer, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it is waited for before it is looked whether it stands still.
const LOOK: Duration = Duration::from_millis(250);

/// Why a sandbox could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// A stage of its making failed.
    #[error("sandbox could not {}", .0.deed())]
    Stage(Stage, #[source] io::Error),
    /// The fork server is gone.
    #[error("fork server ended")]
    Gone,
    /// The fork server could not be started, or what goes between it and the node could not be
    /// made or received.
    #[error("fork server could not be reached")]
    Link(#[source] io::Error),
}

impl SandboxError {
    /// Whether a process that had a part in it has ended, so that another might do it.
    pub(crate) fn is_end(&self) -> bool {
        match self {
            SandboxError::Gone => true,
            SandboxError::Stage(_, error) => {
                let ends = [libc::ESRCH, libc::ECHILD, libc::EPIPE, libc::ECONNRESET];
                error.raw_os_error().is_some_and(|errno| ends.contains(&errno))
            }
            SandboxError::Link(_) => false,
        }
    }
}

/// What a sandbox is made of.
#[derive(Debug)]
pub struct Build<'a> {
    /// Number by which events tell of it; never used twice.
    pub id: u64,
    /// The network namespace it lives in.
    pub network: &'a OwnedFd,
    /// Where its standard output goes.
    pub stdout: &'a OwnedFd,
    /// Where its standard error goes.
    pub stderr: &'a OwnedFd,
    /// `tasks` files of cgroup v1 that its main process joins.
    pub attach: Vec<&'a OwnedFd>,
    /// A cgroup v2 directory that its main process is born in.
    pub into: Option<&'a OwnedFd>,
    /// Size of `/tmp` in bytes.
    pub tmp_size: u64,
    /// How many processes and threads it may have; see [`processes`].
    pub processes: u64,
    /// The text of `/etc/resolv.conf`.
    pub names: String,
    /// Directory of the host shown at `/var/lang`.
    pub lang: Option<PathBuf>,
    /// Code; `None` waits for an assignment.
    pub trees: Option<Trees>,
    /// What to execute; `None` waits for an assignment.
    pub program: Option<Program>,
    /// Whether the program inherits the assignment pipe, as the runtime clients do.
    pub inherits: bool,
    /// Whether it may be forked from a zygote of the program, where there is one.
    pub may_fork: bool,
    /// What to write to the assignment pipe at once.
    pub assignment: Option<Vec<u8>>,
    /// The sandbox whose `/tmp` and user it gets, as far as they were kept.
    pub after: Option<u64>,
}

/// A sandbox that has been started.
#[derive(Debug)]
pub struct Built {
    /// Its first process, whose end is the end of all.
    pub pidfd: OwnedFd,
    /// The Runtime API's listening socket in its namespace.
    pub listener: OwnedFd,
}

/// The node's end of a fork server.
#[derive(Debug)]
pub struct ForkServer {
    rpc: Mutex<OwnedFd>,
    pidfd: OwnedFd,
    pid: i32,
    /// The programs of which a zygote cannot be started: their `/var/lang`, path and
    /// arguments.
    without_zygote: Mutex<BTreeSet<(String, String, Vec<String>)>>,
}

impl ForkServer {
    /// Starts a fork server from `program` (usually `/proc/self/exe`), whose `main` must begin
    /// with [`fork_server_main_if_asked`]. `mountpoint` is any directory; nothing becomes visible
    /// there. What is in the file `trusted` is shown to functions as certificates that they trust; the
    /// host's are where there is none. Returns the socket on which events arrive as well.
    pub fn start(
        program: &Path,
        mountpoint: &Path,
        trusted: Option<&Path>,
    ) -> io::Result<(ForkServer, OwnedFd)> {
        let (rpc, rpc_child) = packet_pair()?;
        let (events, events_child) = packet_pair()?;
        // A packet may be as large as the protocol allows.
        for socket in [&rpc, &rpc_child] {
            let size = 2 * protocol::PACKET_SIZE as libc::c_int;
            // SAFETY: the option lives until the call returns.
            // JUSTIFICATION: std has no socket options of this kind.
            check(unsafe {
                libc::setsockopt(
                    socket.as_raw_fd(),
                    libc::SOL_SOCKET,
                    libc::SO_SNDBUFFORCE,
                    (&raw const size).cast(),
                    size_of_val(&size) as u32,
                )
            })?;
        }
        let mounts: OwnedFd = std::fs::File::open("/proc/thread-self/ns/mnt")?.into();
        let null: OwnedFd =
            std::fs::OpenOptions::new().read(true).write(true).open("/dev/null")?.into();
        let path = CString::new(program.as_os_str().as_bytes()).map_err(io::Error::other)?;
        let name = CString::new(fork_server::NAME).map_err(io::Error::other)?;
        let mountpoint =
            CString::new(mountpoint.as_os_str().as_bytes()).map_err(io::Error::other)?;
        let sdk = interpreters::sdk_directory();
        let sdk = CString::new(sdk.as_os_str().as_bytes()).map_err(io::Error::other)?;
        let trusted = trusted.map_or(&b""[..], |path| path.as_os_str().as_bytes());
        let trusted = CString::new(trusted).map_err(io::Error::other)?;
        let texts = [&name, &mountpoint, &sdk, &trusted].map(|text| text.as_ptr());
        let arguments = [texts[0], texts[1], texts[2], texts[3], std::ptr::null()];
        let spawn = Spawn {
            path: path.as_ptr(),
            arguments: arguments.as_ptr(),
            sources: [&null, &null, &rpc_child, &events_child, &mounts].map(|fd| fd.as_raw_fd()),
            errno: std::sync::atomic::AtomicI32::new(0),
        };
        let mut stack = vec![0u128; 4096];
        let mut pidfd: RawFd = -1;
        let flags = libc::CLONE_VM
            | libc::CLONE_VFORK
            | libc::CLONE_PIDFD
            | libc::CLONE_NEWPID
            | libc::CLONE_NEWNS;
        let args = CloneArgs {
            flags: flags as u64,
            pidfd: &raw mut pidfd as u64,
            exit_signal: libc::SIGCHLD as u64,
            stack: stack.as_mut_ptr() as u64,
            stack_size: size_of_val(stack.as_slice()) as u64,
            ..CloneArgs::default()
        };
        let argument = std::ptr::from_ref(&spawn).cast_mut().cast();
        // SAFETY: with CLONE_VFORK this thread goes on only when the child has executed or ended,
        // so stack and argument outlive its use of them.
        // JUSTIFICATION: copying a large process takes tens of milliseconds.
        let pid = unsafe { clone3(&args, spawned, argument) }.map_err(failed)? as i32;
        // SAFETY: the kernel has just stored a new descriptor there.
        // JUSTIFICATION: descriptors enter safe code here.
        let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd) };
        let server =
            ForkServer { rpc: Mutex::new(rpc), pidfd, pid, without_zygote: Mutex::default() };
        match spawn.errno.into_inner() {
            0 => Ok((server, events)),
            errno => Err(failed(errno)),
        }
    }

    fn call(
        &self,
        request: &Request,
        descriptors: &[&OwnedFd],
    ) -> Result<(Vec<OwnedFd>, u64), SandboxError> {
        let packet = request.encode();
        let rpc = self.rpc.lock().unwrap_or_else(PoisonError::into_inner);
        let link = |error: io::Error| match error.raw_os_error() {
            Some(libc::EPIPE | libc::ECONNRESET) => SandboxError::Gone,
            _ => SandboxError::Link(error),
        };
        // An unsolicited reply explains why the fork server has ended: read it even so.
        let sent = protocol::send(rpc.as_raw_fd(), &packet, &protocol::raw(descriptors));
        self.wait(&rpc)?;
        let mut buffer = [0; 16];
        let Some((length, given)) =
            protocol::receive(rpc.as_raw_fd(), &mut buffer).map_err(link)?
        else {
            return Err(sent.err().map_or(SandboxError::Gone, link));
        };
        match Reply::decode(&buffer[..length]) {
            Some(Reply { failure: None, at }) => Ok((given, at)),
            Some(Reply { failure: Some((stage, errno)), .. }) => {
                Err(SandboxError::Stage(stage, failed(errno)))
            }
            None => Err(SandboxError::Link(io::Error::from_raw_os_error(libc::EPROTO))),
        }
    }

    /// Waits for an answer. A fork server that was stopped goes on; one that is stuck is ended, since
    /// nothing could be started by it any more.
    fn wait(&self, rpc: &OwnedFd) -> Result<(), SandboxError> {
        let end = Instant::now() + PATIENCE;
        while !wait_readable(rpc.as_raw_fd(), LOOK).map_err(SandboxError::Link)? {
            if sys::go_on_if_stopped(self.pid) {
                tracing::warn!("fork server was stopped, and goes on");
            } else if Instant::now() >= end {
                tracing::error!("fork server does not answer and is ended");
                let _ = sys::kill(&self.pidfd);
                return Err(SandboxError::Gone);
            }
        }
        Ok(())
    }

    /// Waits until the fork server answers.
    pub fn ping(&self) -> Result<(), SandboxError> {
        self.call(&Request::Ping, &[]).map(drop)
    }

    /// Starts a sandbox.
    pub fn build(&self, build: Build<'_>) -> Result<Built, SandboxError> {
        let mut descriptors = vec![build.network, build.stdout, build.stderr];
        descriptors.extend(&build.attach);
        descriptors.extend(build.into);
        let lang = build.lang.unwrap_or_default();
        let request = Request::Build(Wanted {
            id: build.id,
            tmp_size: build.tmp_size,
            processes: build.processes,
            names: build.names,
            lang: lang.to_str().unwrap_or_default().to_owned(),
            trees: build.trees,
            program: build.program,
            inherits: build.inherits,
            may_fork: build.may_fork,
            assignment: build.assignment,
            attach: build.attach.len() as u8,
            into: build.into.is_some(),
            after: build.after,
        });
        let (given, _) = match self.call(&request, &descriptors) {
            Err(error @ SandboxError::Link(_)) => {
                // It may be there, without anybody here to hold it.
                self.abandon(build.id)?;
                return Err(error);
            }
            given => given?,
        };
        let [pidfd, listener] = <[OwnedFd; 2]>::try_from(given)
            .map_err(|_| SandboxError::Link(io::Error::from_raw_os_error(libc::EPROTO)))?;
        Ok(Built { pidfd, listener })
    }

    /// Has the `/tmp` and the user of a sandbox outlive it, for the one that comes after it.
    pub fn keep(&self, id: u64) -> Result<(), SandboxError> {
        self.call(&Request::Keep { id }, &[]).map(drop)
    }

    /// Kills a sandbox, and lets go of what was kept of it.
    pub fn abandon(&self, id: u64) -> Result<(), SandboxError> {
        self.call(&Request::Abandon { id }, &[]).map(drop)
    }

    /// Starts a zygote of a program that waits for its assignment: sandboxes that run it are
    /// forked from it from then on, where they may. Does nothing where there is one, or there was
    /// told before that there cannot be.
    pub fn start_zygote(
        &self,
        lang: Option<&PathBuf>,
        program: &Program,
    ) -> Result<(), SandboxError> {
        let mut without = self.without_zygote.lock().unwrap_or_else(PoisonError::into_inner);
        let lang = lang.and_then(|lang| lang.to_str()).unwrap_or_default().to_owned();
        let key = (lang.clone(), program.path.clone(), program.arguments.clone());
        if without.contains(&key) {
            return Ok(());
        }
        let started = self.call(&Request::Zygote { lang, program: program.clone() }, &[]);
        if let Err(SandboxError::Stage(Stage::Exec, _)) = started {
            without.insert(key);
        }
        started.map(drop)
    }

    /// Gives a waiting sandbox its code and its program or assignment; tells when, by the clock of
    /// stamps: its runtime may ask for an event before this returns.
    pub fn assign(
        &self,
        id: u64,
        tmp_size: u64,
        trees: Trees,
        program: Option<Program>,
        assignment: Option<Vec<u8>>,
    ) -> Result<u64, SandboxError> {
        let request = Request::Assign { id, tmp_size, trees, program, assignment };
        self.call(&request, &[]).map(|(_, at)| at)
    }
}

impl Drop for ForkServer {
    fn drop(&mut self) {
        // Ends every sandbox with it; nothing is left to do where it fails.
        let _ = sys::kill(&self.pidfd);
        // SAFETY: our own child, reaped nowhere else.
        // JUSTIFICATION: it was not started by std.
        unsafe { libc::waitpid(self.pid, std::ptr::null_mut(), libc::__WALL) };
    }
}

/// What the process that becomes the fork server needs before it executes.
struct Spawn {
    path: *const libc::c_char,
    arguments: *const *const libc::c_char,
    /// Standard input and output, then the descriptors of [`fork_server`] from 3 on.
    sources: [RawFd; 5],
    errno: std::sync::atomic::AtomicI32,
}

unsafe extern "C" fn spawned(argument: *mut u8) -> ! {
    // SAFETY: the parent waits until this process has executed or ended.
    // JUSTIFICATION: a cloned process gets one pointer.
    let spawn = unsafe { &*argument.cast::<Spawn>() };
    let errno = become_fork_server(spawn).err().unwrap_or(libc::EIO);
    spawn.errno.store(errno, std::sync::atomic::Ordering::Relaxed);
    loop {
        // SAFETY: ends this process.
        // JUSTIFICATION: libc's exit runs handlers of the shared memory.
        let _ = unsafe { sys!(libc::SYS_exit_group, 127) };
    }
}

fn become_fork_server(spawn: &Spawn) -> Result<(), i32> {
    let targets = [0, 1, fork_server::RPC_FD, fork_server::EVENTS_FD, fork_server::HOST_FD];
    let mut moved = [0usize; 5];
    let variables = [std::ptr::null::<libc::c_char>()];
    // SAFETY: integers, and structures that live until each call returns.
    // JUSTIFICATION: this process shares the node's memory, so no libc state may be touched.
    unsafe {
        for (at, source) in spawn.sources.iter().enumerate() {
            moved[at] = sys!(libc::SYS_fcntl, *source, libc::F_DUPFD_CLOEXEC, 64)?;
        }
        for (from, to) in moved.iter().zip(targets) {
            sys!(libc::SYS_dup3, *from, to, 0)?;
        }
        sys!(libc::SYS_close_range, fork_server::HOST_FD + 1, u32::MAX, 0)?;
        let none = 0u64;
        sys!(libc::SYS_rt_sigprocmask, libc::SIG_SETMASK, &raw const none, 0, 8)?;
        sys!(libc::SYS_execve, spawn.path, spawn.arguments, variables.as_ptr())?;
    }
    Ok(())
}

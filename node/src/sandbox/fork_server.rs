//! The fork server: a small process of its own that starts sandboxes, because cloning the big one
//! would cost time in proportion to its memory and its mounts.
//!
//! It is the first process of a pid namespace, so that its end, for whatever reason, is the end
//! of every sandbox; and it ends when the node's end of its socket closes.

mod ends;

use std::collections::HashMap;
use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

use super::calls::{self, FIXED, Given, Who};
use super::child::{END, Orders, first};
use super::kept::{Keepsakes, Kept};
use super::pipes::{became_ready, listen, write_assignment};
use super::protocol::{self, PACKET_SIZE, Program, Reply, Request, Stage, Trees, Wanted, raw};
use super::stack::{ImageTexts, Stack};
use super::sys::{
    self, CloneArgs, attach_tree, check, clone3, failed, monotonic, mount, open_at, pipe,
    read_only_tree, set_namespace, sys,
};
use super::users::{User, Users};
use super::zygote::{self, Zygote};
use super::{root, seccomp};

/// Files of cgroup v1 that a sandbox may have to join, at most.
const MOST_TASKS: usize = 8;

/// The name (`argv[0]`) by which the binary knows that it is to be the fork server.
pub(super) const NAME: &str = "warren-fork-server";
/// Descriptors that the fork server starts with.
pub(super) const RPC_FD: RawFd = 3;
/// See [`RPC_FD`].
pub(super) const EVENTS_FD: RawFd = 4;
/// The host's mount namespace; see [`RPC_FD`].
pub(super) const HOST_FD: RawFd = 5;

/// Serves as the fork server, and does not return, if this process was started to be it. To be
/// called first in `main`, before any thread exists.
pub fn fork_server_main_if_asked() {
    let mut arguments = std::env::args_os();
    if arguments.next().is_none_or(|name| name != NAME) {
        return;
    }
    let Some(mountpoint) = arguments.next().map(PathBuf::from) else { std::process::exit(2) };
    let Some(sdk) = arguments.next().map(PathBuf::from) else { std::process::exit(2) };
    let trusted = arguments.next().map(PathBuf::from).unwrap_or_default();
    let shown = root::Shown { sdk: &sdk, trusted: &trusted };
    let status = match Server::start(&mountpoint, &shown).and_then(|mut server| server.serve()) {
        Ok(()) => 0,
        Err(error) => {
            // The node reads this as the reason why its request was never answered.
            let errno = error.raw_os_error().unwrap_or(libc::EIO);
            let reply = Reply { failure: Some((Stage::Mounts, errno)), at: monotonic() };
            let _ = protocol::send(RPC_FD, &reply.encode(), &[]);
            1
        }
    };
    std::process::exit(status);
}

/// One sandbox that is being made, waits or runs.
struct Child {
    orders: Box<Orders>,
    /// What the orders point to.
    _texts: Vec<CString>,
    image: Option<Box<ImageTexts>>,
    stack: Stack,
    /// Its first process. No descriptor of it is kept: every descriptor is copied into, and closed
    /// in, every sandbox that is made meanwhile.
    pid: i32,
    /// Writing end of the assignment pipe, until it was used.
    assignment: Option<OwnedFd>,
    user: User,
    tmp_size: u64,
    /// Its `/tmp`, where that is to outlive it.
    tmp: Option<OwnedFd>,
    /// The zygote whose fork is its main process, by its pid.
    zygote: Option<i32>,
}

struct Server {
    children: HashMap<u64, Child>,
    /// Sandbox by the pid of its first process.
    pids: HashMap<i32, u64>,
    users: Users,
    kept: Keepsakes,
    zygotes: Vec<Zygote>,
    stacks: Vec<Stack>,
    signals: OwnedFd,
    /// procfs of this pid namespace, mounted nowhere.
    proc: OwnedFd,
    /// The root's file system, writable, mounted nowhere.
    writable: OwnedFd,
    /// What is shown as `/etc/resolv.conf`.
    resolvers: root::Resolvers,
    own_network: OwnedFd,
    own_mounts: OwnedFd,
    null: OwnedFd,
    /// The system call filter, as the bytes of its instructions.
    filter: Vec<u8>,
    /// What main processes do, by whether they inherit the assignment pipe, how many `tasks` files
    /// there are and how many processes they may have; kept for good, since processes may be on their way through them.
    calls: Vec<((bool, usize, u64), Box<calls::CallList>)>,
}

impl Server {
    fn start(mountpoint: &Path, shown: &root::Shown<'_>) -> io::Result<Server> {
        let open = |path: &str| -> io::Result<OwnedFd> { Ok(std::fs::File::open(path)?.into()) };
        // Before the host's /proc is out of sight. `self` would be the pid in the host's
        // namespace; thread-self as well, so both are looked up by procfs itself.
        let own_network = open("/proc/thread-self/ns/net")?;
        let proc = sys::detached_proc()?;
        root::enter(mountpoint, shown)?;
        let own_mounts = open_at(&proc, c"self/ns/mnt", libc::O_RDONLY)?;
        let null = open("/dev/null")?;
        let writable = writable_root()?;
        root::seal()?;
        // SAFETY: integers; no thread but this one exists.
        // JUSTIFICATION: functions must not read this memory, which sandboxes share at first.
        check(unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0) })?;
        raise_limits();
        Ok(Server {
            children: HashMap::new(),
            pids: HashMap::new(),
            users: Users::default(),
            kept: Keepsakes::default(),
            zygotes: Vec::new(),
            stacks: Vec::new(),
            signals: child_signals()?,
            proc,
            writable,
            resolvers: root::Resolvers::default(),
            own_network,
            own_mounts,
            null,
            filter: seccomp::filter_bytes(),
            calls: Vec::new(),
        })
    }

    fn serve(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; PACKET_SIZE];
        loop {
            let wait = |fd: RawFd| libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
            let mut waits = vec![wait(RPC_FD), wait(self.signals.as_raw_fd())];
            waits.extend(self.zygotes.iter().map(|zygote| wait(zygote.orders.as_raw_fd())));
            // SAFETY: all entries are valid.
            // JUSTIFICATION: std has no poll.
            let polled = unsafe { libc::poll(waits.as_mut_ptr(), waits.len() as libc::nfds_t, -1) };
            match check(polled) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let told: Vec<usize> =
                (0..self.zygotes.len()).filter(|at| waits[at + 2].revents != 0).collect();
            self.hear(&told);
            if waits[1].revents != 0 {
                self.reap()?;
            }
            if waits[0].revents == 0 {
                continue;
            }
            let (length, descriptors) = match protocol::receive(RPC_FD, &mut buffer) {
                Ok(Some(packet)) => packet,
                Ok(None) => return Ok(()),
                // That request fails, and nothing else.
                Err(error) if error.raw_os_error() == Some(libc::EMFILE) => {
                    let reply =
                        Reply { failure: Some((Stage::Clone, libc::EMFILE)), at: monotonic() };
                    protocol::send(RPC_FD, &reply.encode(), &[])?;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let received = monotonic();
            let request = Request::decode(&buffer[..length])
                .ok_or_else(|| io::Error::from_raw_os_error(libc::EPROTO))?;
            match self.answer(request, &descriptors, received) {
                Ok((given, at)) => {
                    let given: Vec<&OwnedFd> = given.iter().collect();
                    protocol::send(RPC_FD, &Reply { failure: None, at }.encode(), &raw(&given))?;
                }
                Err((stage, error)) => {
                    let errno = error.raw_os_error().unwrap_or(libc::EINVAL);
                    let reply = Reply { failure: Some((stage, errno)), at: monotonic() };
                    protocol::send(RPC_FD, &reply.encode(), &[])?;
                }
            }
        }
    }

    fn answer(
        &mut self,
        request: Request,
        descriptors: &[OwnedFd],
        received: u64,
    ) -> Result<(Vec<OwnedFd>, u64), (Stage, io::Error)> {
        let mut given = Vec::new();
        match request {
            Request::Ping => {}
            Request::Build(wanted) => given = self.build(wanted, descriptors, received)?,
            Request::Keep { id } => self.keep(id)?,
            Request::Abandon { id } => self.abandon(id),
            Request::Zygote { lang, program } => self.start_zygote(&lang, &program)?,
            Request::Assign { id, tmp_size, trees, program, assignment } => {
                let at = self.assign(id, tmp_size, &trees, program, assignment)?;
                return Ok((given, at));
            }
        }
        Ok((given, monotonic()))
    }

    /// Starts a zygote of a program, unless there is one.
    fn start_zygote(&mut self, lang: &str, program: &Program) -> Result<(), (Stage, io::Error)> {
        if self.zygotes.iter().any(|zygote| zygote.is_of(lang, program)) {
            return Ok(());
        }
        let host = self.host_trees(lang, None).map_err(|error| (Stage::Mounts, error))?;
        let tree = host.lang.as_ref();
        let zygote = Zygote::start(lang, program, tree, &self.null, EVENTS_FD)
            .map_err(|error| (Stage::Exec, error))?;
        self.zygotes.push(zygote);
        Ok(())
    }

    fn build(
        &mut self,
        wanted: Wanted,
        descriptors: &[OwnedFd],
        received: u64,
    ) -> Result<Vec<OwnedFd>, (Stage, io::Error)> {
        let tasks = usize::from(wanted.attach);
        let [network, stdout, stderr, groups @ ..] = descriptors else {
            return Err((Stage::Network, io::Error::from_raw_os_error(libc::EPROTO)));
        };
        if groups.len() != tasks + usize::from(wanted.into) || tasks > MOST_TASKS {
            return Err((Stage::Cgroup, io::Error::from_raw_os_error(libc::EPROTO)));
        }
        let clone = |error| (Stage::Clone, error);
        let zygote = wanted.program.as_ref().filter(|_| wanted.may_fork).and_then(|program| {
            self.zygotes.iter().position(|zygote| zygote.is_of(&wanted.lang, program))
        });
        let host = self
            .host_trees(&wanted.lang, wanted.trees.as_ref())
            .map_err(|error| (Stage::Mounts, error))?;
        let materials = self.materials(&wanted, zygote.is_none()).map_err(clone)?;
        let orders = self.orders(&wanted, &materials, &host, descriptors, zygote.is_some());
        orders.stamps[0].store(received, Ordering::Relaxed);
        let listener = self.in_network(network, listen).map_err(|error| (Stage::Network, error))?;
        orders.stamp(Stage::Network as usize + 1);
        if let Some(bytes) = &wanted.assignment {
            // The pipe is new and empty: what fits into it cannot block.
            write_assignment(&materials.assignment.1, bytes)
                .map_err(|error| (Stage::Wait, error))?;
        }
        let (pid, pidfd) = self.clone_first(network, &orders, &materials.stack).map_err(clone)?;
        // From here on the sandbox uses this memory: it is kept until its processes are gone.
        let Materials { texts, user, tmp: _, stack, image, assignment, ready } = materials;
        let waits = image.is_none() && zygote.is_none();
        let assigned_later = wanted.assignment.is_none() && (waits || wanted.inherits);
        let child = Child {
            orders,
            _texts: texts,
            image,
            stack,
            pid,
            assignment: assigned_later.then_some(assignment.1),
            user,
            tmp_size: wanted.tmp_size,
            tmp: None,
            zygote: zygote.map(|at| self.zygotes[at].pid),
        };
        self.pids.insert(pid, wanted.id);
        let child = self.children.entry(wanted.id).insert_entry(child);
        drop(ready.1);
        if let Some(at) = zygote {
            let mut given = vec![
                (Given::Stdout as usize, stdout),
                (Given::Stderr as usize, stderr),
                (Given::Assignment as usize, &assignment.0),
                (Given::Ready as usize, &ready.0),
                (Given::Users as usize, &child.get().user.namespace),
            ];
            given.extend(groups[..tasks].iter().enumerate().map(|(at, fd)| (FIXED + at, fd)));
            given.extend(groups.get(tasks).map(|fd| (Given::Group as usize, fd)));
            let (id, processes) = (wanted.id, wanted.processes);
            let order = zygote::Order { id, given, first: &pidfd, tasks, processes };
            if let Err(error) = self.zygotes[at].order(&order, &self.filter) {
                child.get().kill();
                // It is gone, or as good as gone: the next start is by another.
                self.bury_zygote(self.zygotes[at].pid);
                return Err(clone(error));
            }
        } else if waits && !became_ready(&ready.0) {
            let failure = child.get().orders.failed().unwrap_or((Stage::Clone, libc::ECHILD));
            child.get().kill();
            return Err((failure.0, failed(failure.1)));
        }
        Ok(vec![pidfd, listener])
    }

    /// What a sandbox needs; `executes` is whether its main process executes the program itself.
    fn materials(&mut self, wanted: &Wanted, executes: bool) -> io::Result<Materials> {
        let mut texts = vec![root::tmp_options(wanted.tmp_size)];
        if !wanted.names.is_empty() {
            texts.push(self.resolvers.path(&self.writable, &wanted.names)?);
        }
        let program = wanted.program.as_ref().filter(|_| executes);
        let kept = wanted.after.and_then(|before| self.kept.take(before));
        let (user, tmp) = match kept {
            Some(Kept { user, tmp }) => (user, Some(tmp)),
            None => (self.users.take(&self.proc)?, None),
        };
        Ok(Materials {
            texts,
            user,
            tmp,
            stack: self.stacks.pop().map_or_else(Stack::new, Ok)?,
            image: program.map(ImageTexts::new).transpose()?,
            assignment: pipe(0)?,
            ready: pipe(0)?,
        })
    }

    /// The calls of main processes.
    fn calls(&mut self, wanted: &Wanted, tasks: usize) -> *const calls::CallList {
        let key = (wanted.inherits, tasks, wanted.processes);
        if !self.calls.iter().any(|(known, _)| *known == key) {
            let who = Who::Main { inherits: wanted.inherits };
            let list = calls::list(who, tasks, wanted.processes, &self.filter);
            self.calls.push((key, Box::new(calls::CallList::new(list))));
        }
        let known = self.calls.iter().find(|(known, _)| *known == key);
        known.map_or(std::ptr::null(), |(_, program)| &raw const **program)
    }

    /// What the sandbox's first processes are to do, by the numbers of descriptors that they will
    /// have copies of.
    fn orders(
        &mut self,
        wanted: &Wanted,
        materials: &Materials,
        host: &HostTrees,
        given: &[OwnedFd],
        is_forked: bool,
    ) -> Box<Orders> {
        let number = |fd: &Option<OwnedFd>| fd.as_ref().map_or(-1, AsRawFd::as_raw_fd);
        let tasks = usize::from(wanted.attach);
        let mut descriptors = [-1; FIXED + MOST_TASKS];
        let ready = materials.ready.1.as_raw_fd();
        for (place, fd) in [
            (Given::Null, self.null.as_raw_fd()),
            (Given::Stdout, given[1].as_raw_fd()),
            (Given::Stderr, given[2].as_raw_fd()),
            (Given::Assignment, materials.assignment.0.as_raw_fd()),
            (Given::Events, EVENTS_FD),
            (Given::Ready, ready),
            (Given::Users, materials.user.namespace.as_raw_fd()),
        ] {
            descriptors[place as usize] = fd;
        }
        for (place, fd) in descriptors[FIXED..].iter_mut().zip(&given[3..3 + tasks]) {
            *place = fd.as_raw_fd();
        }
        let image = materials.image.as_ref();
        Box::new(Orders {
            id: wanted.id,
            descriptors,
            mounted: if is_forked { ready } else { -1 },
            events: EVENTS_FD,
            into: given.get(3 + tasks).map_or(-1, AsRawFd::as_raw_fd),
            task: number(&host.task),
            layers: number(&host.layers),
            lang: number(&host.lang),
            tmp: number(&materials.tmp),
            tmp_options: materials.texts[0].as_ptr(),
            resolver: materials.texts.get(1).map_or(std::ptr::null(), |text| text.as_ptr()),
            image: AtomicPtr::new(image.map_or(std::ptr::null_mut(), |texts| texts.pointer())),
            calls: self.calls(wanted, tasks),
            main_stack: materials.stack.main(),
            main_stack_size: Stack::SIZE,
            stamps: Default::default(),
            failure: AtomicU64::new(0),
        })
    }

    fn clone_first(
        &self,
        network: &OwnedFd,
        orders: &Orders,
        stack: &Stack,
    ) -> io::Result<(i32, OwnedFd)> {
        let mut pidfd: RawFd = -1;
        let flags = libc::CLONE_VM
            | libc::CLONE_PIDFD
            | libc::CLONE_NEWNS
            | libc::CLONE_NEWPID
            | libc::CLONE_NEWIPC
            | libc::CLONE_NEWUTS;
        let args = CloneArgs {
            flags: flags as u64,
            pidfd: &raw mut pidfd as u64,
            exit_signal: libc::SIGCHLD as u64,
            stack: stack.first() as u64,
            stack_size: Stack::SIZE as u64,
            ..CloneArgs::default()
        };
        let pid = self.in_network(network, || {
            let argument = std::ptr::from_ref(orders).cast_mut().cast();
            // SAFETY: orders and stack are kept until the process has been reaped.
            // JUSTIFICATION: this is what a fork server is for.
            unsafe { clone3(&args, first, argument) }.map_err(failed)
        })?;
        // SAFETY: the kernel has just stored a new descriptor there.
        // JUSTIFICATION: descriptors enter safe code here.
        Ok((pid as i32, unsafe { OwnedFd::from_raw_fd(pidfd) }))
    }

    /// Does something inside a network namespace; what it makes there, stays there.
    fn in_network<T>(
        &self,
        network: &OwnedFd,
        deed: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        set_namespace(network.as_raw_fd(), libc::CLONE_NEWNET)?;
        let done = deed();
        set_namespace(self.own_network.as_raw_fd(), libc::CLONE_NEWNET)?;
        done
    }

    fn assign(
        &mut self,
        id: u64,
        tmp_size: u64,
        trees: &Trees,
        program: Option<Program>,
        assignment: Option<Vec<u8>>,
    ) -> Result<u64, (Stage, io::Error)> {
        let mounts = |error| (Stage::Mounts, error);
        let host = self.host_trees("", Some(trees)).map_err(mounts)?;
        let child = self.children.get_mut(&id).ok_or_else(gone)?;
        let end = child.assignment.take().ok_or_else(gone)?;
        let (pid, is_sized) = (child.pid, tmp_size == child.tmp_size);
        let mounted = self.among_mounts(pid, || {
            for (tree, target) in [(&host.task, c"/var/task"), (&host.layers, c"/opt")] {
                if let Some(tree) = tree {
                    attach_tree(tree.as_raw_fd(), target).map_err(failed)?;
                }
            }
            if is_sized {
                return Ok(());
            }
            let flags = libc::MS_REMOUNT | libc::MS_NOSUID | libc::MS_NODEV;
            mount(None, c"/tmp", None, flags, Some(&root::tmp_options(tmp_size)))
        });
        mounted.map_err(mounts)?;
        let child = self.children.get_mut(&id).ok_or_else(gone)?;
        let exec = |error| (Stage::Exec, error);
        if let Some(program) = program {
            let image = child.image.insert(ImageTexts::new(&program).map_err(exec)?);
            child.orders.image.store(image.pointer(), Ordering::Release);
        }
        let bytes = assignment.unwrap_or_else(|| vec![0]);
        // The sandbox may go on before this process does.
        let at = monotonic();
        write_assignment(&end, &bytes).map_err(|error| (Stage::Wait, error))?;
        Ok(at)
    }

    /// Does something among the mounts of a sandbox, by the pid of its first process, which cannot
    /// be another's: it is reaped here and nowhere else.
    fn among_mounts<T>(&self, pid: i32, deed: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let pidfd = sys::open_process(pid)?;
        set_namespace(pidfd.as_raw_fd(), libc::CLONE_NEWNS)?;
        let done = deed();
        set_namespace(self.own_mounts.as_raw_fd(), libc::CLONE_NEWNS)?;
        done
    }

    fn host_trees(&self, lang: &str, trees: Option<&Trees>) -> io::Result<HostTrees> {
        if lang.is_empty() && trees.is_none() {
            return Ok(HostTrees::default());
        }
        let open = |path: &str| -> io::Result<Option<OwnedFd>> {
            if path.is_empty() {
                return Ok(None);
            }
            read_only_tree(&root::host_path(path)?).map(Some)
        };
        set_namespace(HOST_FD, libc::CLONE_NEWNS)?;
        let opened = (|| {
            Ok(HostTrees {
                lang: open(lang)?,
                task: trees.map_or(Ok(None), |trees| open(&trees.task))?,
                layers: trees.map_or(Ok(None), |trees| root::layers(&trees.layers))?,
            })
        })();
        set_namespace(self.own_mounts.as_raw_fd(), libc::CLONE_NEWNS)?;
        opened
    }
}

fn gone() -> (Stage, io::Error) {
    (Stage::Wait, io::Error::from_raw_os_error(libc::ESRCH))
}

/// What a sandbox needs beside code, made before its first process.
struct Materials {
    texts: Vec<CString>,
    user: User,
    /// A `/tmp` that was kept.
    tmp: Option<OwnedFd>,
    stack: Stack,
    image: Option<Box<ImageTexts>>,
    assignment: (OwnedFd, OwnedFd),
    ready: (OwnedFd, OwnedFd),
}

#[derive(Default)]
struct HostTrees {
    lang: Option<OwnedFd>,
    task: Option<OwnedFd>,
    layers: Option<OwnedFd>,
}

/// A descriptor of the root's file system through which it stays writable.
fn writable_root() -> io::Result<OwnedFd> {
    const OPEN_TREE_CLONE: u32 = 1;
    let flags = OPEN_TREE_CLONE | libc::O_CLOEXEC as u32;
    // SAFETY: a C string and integers.
    // JUSTIFICATION: std has no open_tree.
    sys::owned(unsafe { sys!(libc::SYS_open_tree, libc::AT_FDCWD, c"/".as_ptr(), flags) })
}

fn child_signals() -> io::Result<OwnedFd> {
    // SAFETY: a zeroed set is valid to be emptied.
    // JUSTIFICATION: std has no signalfd.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        check(libc::sigemptyset(&raw mut set))?;
        check(libc::sigaddset(&raw mut set, libc::SIGCHLD))?;
        check(libc::sigaddset(&raw mut set, END))?;
        check(libc::sigprocmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut()))?;
        let flags = libc::SFD_CLOEXEC | libc::SFD_NONBLOCK;
        Ok(OwnedFd::from_raw_fd(check(libc::signalfd(-1, &raw const set, flags))?))
    }
}

/// Room for the descriptors of many sandboxes; where no more may be had than there is, all of it.
fn raise_limits() {
    let limit = libc::rlimit { rlim_cur: 1 << 20, rlim_max: 1 << 20 };
    // SAFETY: a valid limit.
    // JUSTIFICATION: std has no setrlimit.
    if unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) } != 0 {
        let _ = crate::descriptors::raise();
    }
}

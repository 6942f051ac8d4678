//! The fork server: a small process of its own that starts sandboxes, because cloning the big one
//! would cost time in proportion to its memory and its mounts.
//!
//! It is the first process of a pid namespace, so that its end, for whatever reason, is the end
//! of every sandbox; and it ends when the node's end of its socket closes.

use std::collections::HashMap;
use std::ffi::CString;
use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

use super::child::{GID, Image, Orders, UID, first};
use super::protocol::{
    self, Event, PACKET_SIZE, Program, Reply, Request, Stage, Trees, Wanted, raw,
};
use super::sys::{
    self, CloneArgs, attach_tree, check, clone3, failed, monotonic, mount, open_at, pipe,
    read_only_tree, set_namespace, sys,
};
use super::{root, seccomp};

/// The name (`argv[0]`) by which the binary knows that it is to be the fork server.
pub(super) const NAME: &str = "warren-fork-server";
/// Descriptors that the fork server starts with.
pub(super) const RPC_FD: RawFd = 3;
/// See [`RPC_FD`].
pub(super) const EVENTS_FD: RawFd = 4;
/// The host's mount namespace; see [`RPC_FD`].
pub(super) const HOST_FD: RawFd = 5;

/// Port of the Runtime API in every sandbox.
const RUNTIME_API: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 9001);

/// Host user ids of functions: one per sandbox, above those that containers and systemd use, so
/// that per-user limits of one are not another's.
const FIRST_HOST_ID: u32 = 0x7F00_0000;

const STACK_SIZE: usize = 64 * 1024;

/// Serves as the fork server, and does not return, if this process was started to be it. To be
/// called first in `main`, before any thread exists.
pub fn fork_server_main_if_asked() {
    let mut arguments = std::env::args_os();
    if arguments.next().is_none_or(|name| name != NAME) {
        return;
    }
    let Some(mountpoint) = arguments.next().map(PathBuf::from) else { std::process::exit(2) };
    let status = match Server::start(&mountpoint).and_then(|mut server| server.serve()) {
        Ok(()) => 0,
        Err(error) => {
            // The node reads this as the reason why its request was never answered.
            let errno = error.raw_os_error().unwrap_or(libc::EIO);
            let reply = Reply { failure: Some((Stage::Mounts, errno)) };
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
    userns: (u32, OwnedFd),
    tmp_size: u64,
}

/// An image with the texts that it points to.
struct ImageTexts {
    image: Image,
    _texts: Vec<CString>,
    _pointers: Vec<Vec<*const libc::c_char>>,
}

impl ImageTexts {
    fn new(program: &Program) -> io::Result<Box<ImageTexts>> {
        let text = |text: &String| CString::new(text.as_str()).map_err(io::Error::other);
        let path = text(&program.path)?;
        let mut texts = vec![];
        let mut pointers = vec![];
        for list in [&program.arguments, &program.variables] {
            let list = list.iter().map(text).collect::<io::Result<Vec<_>>>()?;
            let mut row: Vec<_> = list.iter().map(|text| text.as_ptr()).collect();
            row.push(std::ptr::null());
            texts.extend(list);
            pointers.push(row);
        }
        let image = Image {
            path: path.as_ptr(),
            arguments: pointers[0].as_ptr(),
            variables: pointers[1].as_ptr(),
        };
        texts.push(path);
        Ok(Box::new(ImageTexts { image, _texts: texts, _pointers: pointers }))
    }

    fn pointer(&self) -> *mut Image {
        (&raw const self.image).cast_mut()
    }
}

/// Stacks of a sandbox's two processes.
struct Stack(*mut u8);

impl Stack {
    fn new() -> io::Result<Stack> {
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: a new anonymous mapping.
        // JUSTIFICATION: a cloned process needs a stack that no allocator owns.
        let at =
            unsafe { libc::mmap(std::ptr::null_mut(), 2 * STACK_SIZE, protection, flags, -1, 0) };
        if at == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(Stack(at.cast())) }
    }

    /// The upper half.
    fn first(&self) -> *mut u8 {
        // SAFETY: within the mapping.
        // JUSTIFICATION: halves of one mapping.
        unsafe { self.0.add(STACK_SIZE) }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours and no process runs on it any more.
        // JUSTIFICATION: see `new`.
        unsafe { libc::munmap(self.0.cast(), 2 * STACK_SIZE) };
    }
}

struct Server {
    children: HashMap<u64, Child>,
    /// Sandbox by the pid of its first process.
    pids: HashMap<i32, u64>,
    /// User namespaces of sandboxes that are gone, to be used again.
    users: Vec<(u32, OwnedFd)>,
    next_user: u32,
    stacks: Vec<Stack>,
    signals: OwnedFd,
    /// procfs of this pid namespace, mounted nowhere.
    proc: OwnedFd,
    /// The root's file system, writable, mounted nowhere.
    writable: OwnedFd,
    own_network: OwnedFd,
    own_mounts: OwnedFd,
    null: OwnedFd,
    filter: Box<(libc::sock_fprog, Vec<libc::sock_filter>)>,
}

impl Server {
    fn start(mountpoint: &Path) -> io::Result<Server> {
        let open = |path: &str| -> io::Result<OwnedFd> { Ok(std::fs::File::open(path)?.into()) };
        // Before the host's /proc is out of sight. `self` would be the pid in the host's
        // namespace; thread-self as well, so both are looked up by procfs itself.
        let own_network = open("/proc/thread-self/ns/net")?;
        let proc = sys::detached_proc()?;
        root::enter(mountpoint)?;
        let own_mounts = open_at(&proc, c"self/ns/mnt", libc::O_RDONLY)?;
        let null = open("/dev/null")?;
        let writable = writable_root()?;
        root::seal()?;
        // SAFETY: integers; no thread but this one exists.
        // JUSTIFICATION: functions must not read this memory, which sandboxes share at first.
        check(unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0) })?;
        raise_limits();
        let filter = seccomp::filter();
        let mut filter =
            Box::new((libc::sock_fprog { len: 0, filter: std::ptr::null_mut() }, filter));
        filter.0.len = filter.1.len() as u16;
        filter.0.filter = filter.1.as_mut_ptr();
        Ok(Server {
            children: HashMap::new(),
            pids: HashMap::new(),
            users: Vec::new(),
            next_user: 0,
            stacks: Vec::new(),
            signals: child_signals()?,
            proc,
            writable,
            own_network,
            own_mounts,
            null,
            filter,
        })
    }

    fn serve(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; PACKET_SIZE];
        loop {
            let mut waits = [
                libc::pollfd { fd: RPC_FD, events: libc::POLLIN, revents: 0 },
                libc::pollfd { fd: self.signals.as_raw_fd(), events: libc::POLLIN, revents: 0 },
            ];
            // SAFETY: two valid entries.
            // JUSTIFICATION: std has no poll.
            match check(unsafe { libc::poll(waits.as_mut_ptr(), 2, -1) }) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if waits[1].revents != 0 {
                self.reap()?;
            }
            if waits[0].revents == 0 {
                continue;
            }
            let Some((length, descriptors)) = protocol::receive(RPC_FD, &mut buffer)? else {
                return Ok(());
            };
            let received = monotonic();
            let request = Request::decode(&buffer[..length])
                .ok_or_else(|| io::Error::from_raw_os_error(libc::EPROTO))?;
            match self.answer(request, &descriptors, received) {
                Ok(given) => {
                    let given: Vec<&OwnedFd> = given.iter().collect();
                    protocol::send(RPC_FD, &Reply { failure: None }.encode(), &raw(&given))?;
                }
                Err((stage, error)) => {
                    let errno = error.raw_os_error().unwrap_or(libc::EINVAL);
                    let reply = Reply { failure: Some((stage, errno)) };
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
    ) -> Result<Vec<OwnedFd>, (Stage, io::Error)> {
        match request {
            Request::Ping => Ok(Vec::new()),
            Request::Build(wanted) => self.build(wanted, descriptors, received),
            Request::Assign { id, tmp_size, trees, program, assignment } => {
                self.assign(id, tmp_size, &trees, program, assignment).map(|()| Vec::new())
            }
        }
    }

    fn build(
        &mut self,
        wanted: Wanted,
        descriptors: &[OwnedFd],
        received: u64,
    ) -> Result<Vec<OwnedFd>, (Stage, io::Error)> {
        let attach = usize::from(wanted.attach);
        let [network, _, _, groups @ ..] = descriptors else {
            return Err((Stage::Network, io::Error::from_raw_os_error(libc::EPROTO)));
        };
        if groups.len() != attach + usize::from(wanted.into) || attach > 8 {
            return Err((Stage::Cgroup, io::Error::from_raw_os_error(libc::EPROTO)));
        }
        let clone = |error| (Stage::Clone, error);
        let host = self
            .host_trees(&wanted.lang, wanted.trees.as_ref())
            .map_err(|error| (Stage::Mounts, error))?;
        let materials = self.materials(&wanted).map_err(clone)?;
        let orders = self.orders(&wanted, &materials, &host, descriptors);
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
        let Materials { texts, userns, stack, image, assignment, ready } = materials;
        let waits = image.is_none();
        let assigned_later = wanted.assignment.is_none() && (waits || wanted.inherits);
        let child = Child {
            orders,
            _texts: texts,
            image,
            stack,
            pid,
            assignment: assigned_later.then_some(assignment.1),
            userns,
            tmp_size: wanted.tmp_size,
        };
        self.pids.insert(pid, wanted.id);
        let child = self.children.entry(wanted.id).insert_entry(child);
        drop(ready.1);
        if waits && !became_ready(&ready.0) {
            let failure = child.get().orders.failed().unwrap_or((Stage::Clone, libc::ECHILD));
            return Err((failure.0, failed(failure.1)));
        }
        Ok(vec![pidfd, listener])
    }

    fn materials(&mut self, wanted: &Wanted) -> io::Result<Materials> {
        let mut texts = vec![root::tmp_options(wanted.tmp_size)];
        if let Some(address) = wanted.resolver {
            texts.push(root::resolver(&self.writable, address)?);
        }
        Ok(Materials {
            texts,
            userns: self.user_namespace()?,
            stack: self.stacks.pop().map_or_else(Stack::new, Ok)?,
            image: wanted.program.as_ref().map(ImageTexts::new).transpose()?,
            assignment: pipe(0)?,
            ready: pipe(0)?,
        })
    }

    /// What the sandbox's first processes are to do, by the numbers of descriptors that they will
    /// have copies of.
    fn orders(
        &self,
        wanted: &Wanted,
        materials: &Materials,
        host: &HostTrees,
        descriptors: &[OwnedFd],
    ) -> Box<Orders> {
        let number = |fd: &Option<OwnedFd>| fd.as_ref().map_or(-1, AsRawFd::as_raw_fd);
        let groups = &descriptors[3..];
        let attach = usize::from(wanted.attach);
        let mut joined = [-1; 8];
        for (slot, fd) in joined.iter_mut().zip(&groups[..attach]) {
            *slot = fd.as_raw_fd();
        }
        let image = materials.image.as_ref();
        Box::new(Orders {
            id: wanted.id,
            null: self.null.as_raw_fd(),
            stdout: descriptors[1].as_raw_fd(),
            stderr: descriptors[2].as_raw_fd(),
            assignment: materials.assignment.0.as_raw_fd(),
            ready: materials.ready.1.as_raw_fd(),
            events: EVENTS_FD,
            userns: materials.userns.1.as_raw_fd(),
            attach: joined,
            attach_count: attach,
            into: groups.get(attach).map_or(-1, AsRawFd::as_raw_fd),
            task: number(&host.task),
            layers: number(&host.layers),
            lang: number(&host.lang),
            tmp_options: materials.texts[0].as_ptr(),
            resolver: materials.texts.get(1).map_or(std::ptr::null(), |text| text.as_ptr()),
            inherits: wanted.inherits,
            image: AtomicPtr::new(image.map_or(std::ptr::null_mut(), |texts| texts.pointer())),
            filter: &raw const self.filter.0,
            main_stack: materials.stack.0,
            main_stack_size: STACK_SIZE,
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
            stack_size: STACK_SIZE as u64,
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
    ) -> Result<(), (Stage, io::Error)> {
        let mounts = |error| (Stage::Mounts, error);
        let host = self.host_trees("", Some(trees)).map_err(mounts)?;
        let gone = || (Stage::Wait, io::Error::from_raw_os_error(libc::ESRCH));
        let own_mounts = self.own_mounts.as_raw_fd();
        let child = self.children.get_mut(&id).ok_or_else(gone)?;
        let end = child.assignment.take().ok_or_else(gone)?;
        // Its pid cannot be another's: it is reaped here and nowhere else.
        let pidfd = sys::open_process(child.pid).map_err(mounts)?;
        set_namespace(pidfd.as_raw_fd(), libc::CLONE_NEWNS).map_err(mounts)?;
        let mut done = Ok(());
        for (tree, target) in [(&host.task, c"/var/task"), (&host.layers, c"/opt")] {
            if let (Ok(()), Some(tree)) = (&done, tree) {
                done = attach_tree(tree.as_raw_fd(), target).map(drop).map_err(failed);
            }
        }
        if done.is_ok() && tmp_size != child.tmp_size {
            let flags = libc::MS_REMOUNT | libc::MS_NOSUID | libc::MS_NODEV;
            done = mount(None, c"/tmp", None, flags, Some(&root::tmp_options(tmp_size)));
        }
        set_namespace(own_mounts, libc::CLONE_NEWNS).map_err(mounts)?;
        done.map_err(mounts)?;
        let exec = |error| (Stage::Exec, error);
        if let Some(program) = program {
            let image = child.image.insert(ImageTexts::new(&program).map_err(exec)?);
            child.orders.image.store(image.pointer(), Ordering::Release);
        }
        let bytes = assignment.unwrap_or_else(|| vec![0]);
        write_assignment(&end, &bytes).map_err(|error| (Stage::Wait, error))
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
                layers: trees.map_or(Ok(None), |trees| open(&trees.layers))?,
            })
        })();
        set_namespace(self.own_mounts.as_raw_fd(), libc::CLONE_NEWNS)?;
        opened
    }

    /// A user namespace in which the functions' user is a host user of its own.
    fn user_namespace(&mut self) -> io::Result<(u32, OwnedFd)> {
        if let Some(free) = self.users.pop() {
            return Ok(free);
        }
        unsafe extern "C" fn wait(_: *mut u8) -> ! {
            loop {
                // SAFETY: takes no argument; ended by a signal.
                // JUSTIFICATION: shares memory with the fork server, see `child`.
                let _ = unsafe { sys!(libc::SYS_ppoll, 0, 0, 0, 0, 0) };
            }
        }
        let stack = self.stacks.pop().map_or_else(Stack::new, Ok)?;
        let args = CloneArgs {
            flags: (libc::CLONE_VM | libc::CLONE_NEWUSER) as u64,
            stack: stack.first() as u64,
            stack_size: STACK_SIZE as u64,
            ..CloneArgs::default()
        };
        // SAFETY: the stack lives until the process has been reaped below.
        // JUSTIFICATION: a user namespace begins with a process in it.
        let pid = unsafe { clone3(&args, wait, std::ptr::null_mut()) }.map_err(failed)?;
        let host = FIRST_HOST_ID + self.next_user;
        let namespace = (|| {
            for (name, id) in [("uid_map", UID), ("gid_map", GID)] {
                let path = CString::new(format!("{pid}/{name}")).map_err(io::Error::other)?;
                let map = open_at(&self.proc, &path, libc::O_WRONLY)?;
                let mut file = std::fs::File::from(map);
                io::Write::write_all(&mut file, format!("{id} {host} 1\n").as_bytes())?;
            }
            let path = CString::new(format!("{pid}/ns/user")).map_err(io::Error::other)?;
            open_at(&self.proc, &path, libc::O_RDONLY)
        })();
        // SAFETY: our own child, not yet reaped.
        // JUSTIFICATION: it has done its duty.
        unsafe {
            libc::kill(pid as i32, libc::SIGKILL);
            libc::waitpid(pid as i32, std::ptr::null_mut(), libc::__WALL);
        }
        self.stacks.push(stack);
        let namespace = namespace?;
        self.next_user += 1;
        Ok((host, namespace))
    }

    /// Collects the sandboxes whose first process has ended, hence all of theirs.
    fn reap(&mut self) -> io::Result<()> {
        let mut signals = [0u8; 128];
        // SAFETY: a valid buffer of one signalfd_siginfo.
        // JUSTIFICATION: std has no signalfd.
        unsafe { libc::read(self.signals.as_raw_fd(), signals.as_mut_ptr().cast(), 128) };
        loop {
            let mut status = 0;
            // SAFETY: `status` is valid for writing.
            // JUSTIFICATION: these are no children of std's.
            let pid = unsafe { libc::waitpid(-1, &raw mut status, libc::WNOHANG | libc::__WALL) };
            if pid <= 0 {
                return Ok(());
            }
            let Some(id) = self.pids.remove(&pid) else { continue };
            if let Some(child) = self.children.remove(&id) {
                self.users.push(child.userns);
                self.stacks.push(child.stack);
            }
            let packet = Event::Gone { id }.encode();
            if protocol::send(EVENTS_FD, &packet, &[]).is_err() {
                return Ok(());
            }
        }
    }
}

/// What a sandbox needs beside code, made before its first process.
struct Materials {
    texts: Vec<CString>,
    userns: (u32, OwnedFd),
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

/// Opens the Runtime API's socket in the current network namespace.
fn listen() -> io::Result<OwnedFd> {
    let kind = libc::SOCK_STREAM | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
    // SAFETY: integers only.
    // JUSTIFICATION: std sets no option before it binds.
    let socket = check(unsafe { libc::socket(libc::AF_INET, kind, 0) })?;
    // SAFETY: just opened.
    // JUSTIFICATION: descriptors enter safe code here.
    let socket = unsafe { OwnedFd::from_raw_fd(socket) };
    let on: libc::c_int = 1;
    // SAFETY: a zeroed sockaddr_in is valid.
    // JUSTIFICATION: plain data of libc.
    let mut address: libc::sockaddr_in = unsafe { std::mem::zeroed() };
    address.sin_family = libc::AF_INET as u16;
    address.sin_port = RUNTIME_API.1.to_be();
    address.sin_addr.s_addr = u32::from(RUNTIME_API.0).to_be();
    // SAFETY: option and address live until the calls return, with their true sizes.
    // JUSTIFICATION: as above.
    unsafe {
        let fd = socket.as_raw_fd();
        let size = size_of_val(&on) as u32;
        check(libc::setsockopt(
            fd,
            libc::SOL_SOCKET,
            libc::SO_REUSEADDR,
            (&raw const on).cast(),
            size,
        ))?;
        let size = size_of_val(&address) as u32;
        check(libc::bind(fd, (&raw const address).cast(), size))?;
        check(libc::listen(fd, 128))?;
    }
    Ok(socket)
}

fn write_assignment(end: &OwnedFd, bytes: &[u8]) -> io::Result<()> {
    if bytes.len() > 65_536 {
        return Err(io::Error::from_raw_os_error(libc::E2BIG));
    }
    // The kernel takes all of it or waits for room, which a new pipe has.
    io::Write::write_all(&mut std::fs::File::from(end.try_clone()?), bytes)
}

/// Waits until the sandbox is ready or has failed.
fn became_ready(ready: &OwnedFd) -> bool {
    let mut byte = 0u8;
    loop {
        // SAFETY: one valid byte.
        // JUSTIFICATION: std would need to own the descriptor.
        let read = unsafe { libc::read(ready.as_raw_fd(), (&raw mut byte).cast(), 1) };
        match check(read as i32) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome.is_ok_and(|length| length == 1),
        }
    }
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
        check(libc::sigprocmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut()))?;
        let flags = libc::SFD_CLOEXEC | libc::SFD_NONBLOCK;
        Ok(OwnedFd::from_raw_fd(check(libc::signalfd(-1, &raw const set, flags))?))
    }
}

/// Room for the descriptors of many sandboxes; less is no reason to stop.
fn raise_limits() {
    let limit = libc::rlimit { rlim_cur: 1 << 20, rlim_max: 1 << 20 };
    // SAFETY: a valid limit.
    // JUSTIFICATION: std has no setrlimit.
    unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) };
}

//! A zygote: an interpreter that was started once, has loaded what all its functions need, and is
//! forked into each sandbox: a start of an interpreter takes ten times as long as a fork of one.
//!
//! It runs nothing of any function, only the host's interpreter and Warren's runtime client, with
//! the fork server's own privileges; a fork gives them up before it hears of a function, by the
//! same calls as a sandbox's own main process ([`calls`]).

use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::{Duration, Instant};

use super::calls::{self, Given, Who};
use super::child::Image;
use super::protocol::{self, Program, Writer};
use super::stack::{ImageTexts, Stack};
use super::sys::{
    CloneArgs, attach_tree, clone3, failed, go_on_if_stopped, packet_pair, sys, wait_readable,
};

/// Where a zygote finds the socket of its orders, and by which it knows that it is one.
const ORDERS_FD: RawFd = 3;
/// How long an interpreter may take to load its runtime client.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it is waited for before it is looked whether it stands still.
const LOOK: Duration = Duration::from_millis(250);

/// A zygote that is there.
pub(super) struct Zygote {
    lang: String,
    path: String,
    /// What it was started with, which tells what it has loaded.
    arguments: Vec<String>,
    pub(super) pid: i32,
    pub(super) orders: OwnedFd,
    /// The calls of its forks, by how many `tasks` files there are, how many processes it may have
    /// and whether there is a group.
    calls: Vec<((usize, u64, bool), Vec<u8>)>,
}

/// What the process that becomes the zygote needs before it executes.
struct Birth<'a> {
    image: &'a Image,
    lang: RawFd,
    /// Standard input and output, then [`ORDERS_FD`] and the events.
    sources: [RawFd; 4],
    errno: AtomicI32,
}

/// What a fork is to be.
pub(super) struct Order<'a> {
    pub(super) id: u64,
    /// Its descriptors by the places of [`Given`].
    pub(super) given: Vec<(usize, &'a OwnedFd)>,
    /// The sandbox's first process.
    pub(super) first: &'a OwnedFd,
    /// How many `tasks` files are among the descriptors.
    pub(super) tasks: usize,
    /// How many processes it may have.
    pub(super) processes: u64,
}

impl Zygote {
    /// Starts one, and waits until it has loaded its client. `lang` is the tree at `/var/lang`.
    pub(super) fn start(
        name: &str,
        program: &Program,
        lang: Option<&OwnedFd>,
        null: &OwnedFd,
        events: RawFd,
    ) -> io::Result<Zygote> {
        let (orders, theirs) = packet_pair()?;
        let image = ImageTexts::new(program)?;
        let birth = Birth {
            image: image.image(),
            lang: lang.map_or(-1, AsRawFd::as_raw_fd),
            sources: [null.as_raw_fd(), null.as_raw_fd(), theirs.as_raw_fd(), events],
            errno: AtomicI32::new(0),
        };
        let stack = Stack::new()?;
        let args = CloneArgs {
            flags: (libc::CLONE_VM | libc::CLONE_VFORK | libc::CLONE_NEWNS) as u64,
            exit_signal: libc::SIGCHLD as u64,
            stack: stack.first() as u64,
            stack_size: Stack::SIZE as u64,
            ..CloneArgs::default()
        };
        let argument = std::ptr::from_ref(&birth).cast_mut().cast();
        // SAFETY: with CLONE_VFORK this goes on only when the child has executed or ended.
        // JUSTIFICATION: what the child needs lies in this process's memory.
        let pid = unsafe { clone3(&args, born, argument) }.map_err(failed)? as i32;
        drop((theirs, stack));
        match birth.errno.into_inner() {
            0 => {}
            errno => return Err(failed(errno)),
        }
        let calls = Vec::new();
        let (path, arguments) = (program.path.clone(), program.arguments.clone());
        let zygote = Zygote { lang: name.into(), path, arguments, pid, orders, calls };
        match zygote.wait() {
            Ok(()) => Ok(zygote),
            Err(error) => {
                // SAFETY: integers only; it is reaped with all other children.
                // JUSTIFICATION: it was not started by std.
                unsafe { libc::kill(pid, libc::SIGKILL) };
                Err(error)
            }
        }
    }

    fn wait(&self) -> io::Result<()> {
        let end = Instant::now() + PATIENCE;
        while !wait_readable(self.orders.as_raw_fd(), LOOK)? {
            if Instant::now() >= end {
                return Err(failed(libc::ETIMEDOUT));
            }
            go_on_if_stopped(self.pid);
        }
        match protocol::receive(self.orders.as_raw_fd(), &mut [0; 16])? {
            Some(_) => Ok(()),
            None => Err(failed(libc::ENOEXEC)),
        }
    }

    /// Whether it is one of this program.
    pub(super) fn is_of(&self, lang: &str, program: &Program) -> bool {
        self.lang == lang && self.path == program.path && self.arguments == program.arguments
    }

    /// Has it fork; the fork tells by the events what becomes of it.
    pub(super) fn order(&mut self, order: &Order<'_>, filter: &[u8]) -> io::Result<()> {
        let has_group = order.given.iter().any(|(place, _)| *place == Given::Group as usize);
        let key = (order.tasks, order.processes, has_group);
        if !self.calls.iter().any(|(known, _)| *known == key) {
            let who = Who::Fork { has_group };
            let calls = calls::list(who, order.tasks, order.processes, filter);
            self.calls.push((key, calls::encode(&calls)));
        }
        let known = self.calls.iter().find(|(known, _)| *known == key);
        let calls = known.map_or(&[][..], |(_, calls)| calls);
        // The first process is the last of what is sent; two more the zygote has itself.
        let mut places: Vec<usize> = order.given.iter().map(|(place, _)| *place).collect();
        places.extend([Given::First, Given::Null, Given::Events].map(|place| place as usize));
        let mut descriptors: Vec<&OwnedFd> = order.given.iter().map(|(_, fd)| *fd).collect();
        descriptors.push(order.first);
        let mut writer = Writer::default();
        writer.u64(order.id);
        writer.u64(libc::SYS_setns as u64);
        writer.u64(places.len() as u64);
        places.iter().for_each(|place| writer.u64(*place as u64));
        writer.slice(calls);
        protocol::send(self.orders.as_raw_fd(), &writer.bytes, &protocol::raw(&descriptors))
    }

    /// The sandboxes whose fork has ended, as far as it has told; none where it is gone.
    pub(super) fn ended(&self) -> io::Result<Option<u64>> {
        let mut buffer = [0; 8];
        let received = protocol::receive(self.orders.as_raw_fd(), &mut buffer)?;
        Ok(received.map(|_| u64::from_le_bytes(buffer)))
    }
}

unsafe extern "C" fn born(argument: *mut u8) -> ! {
    // SAFETY: the parent waits until this process has executed or ended.
    // JUSTIFICATION: a cloned process gets one pointer.
    let birth = unsafe { &*argument.cast::<Birth<'_>>() };
    let errno = become_zygote(birth).err().unwrap_or(libc::EIO);
    birth.errno.store(errno, Ordering::Relaxed);
    loop {
        // SAFETY: ends this process.
        // JUSTIFICATION: libc's exit runs handlers of the shared memory.
        let _ = unsafe { sys!(libc::SYS_exit_group, 127) };
    }
}

fn become_zygote(birth: &Birth<'_>) -> Result<(), i32> {
    if birth.lang >= 0 {
        attach_tree(birth.lang, c"/var/lang")?;
    }
    let targets = [0, 1, ORDERS_FD, calls::KEPT as RawFd];
    let mut moved = [0usize; 4];
    // SAFETY: integers, and structures that live until each call returns.
    // JUSTIFICATION: this process shares the fork server's memory, so no libc state may be touched.
    unsafe {
        for (at, source) in birth.sources.iter().enumerate() {
            moved[at] = sys!(libc::SYS_fcntl, *source, libc::F_DUPFD_CLOEXEC, 64)?;
        }
        for (from, to) in moved.iter().zip(targets) {
            sys!(libc::SYS_dup3, *from, to, 0)?;
        }
        sys!(libc::SYS_close_range, calls::KEPT + 1, u32::MAX, 0)?;
        let none = 0u64;
        sys!(libc::SYS_rt_sigprocmask, libc::SIG_SETMASK, &raw const none, 0, 8)?;
        let image = birth.image;
        sys!(libc::SYS_execve, image.path, image.arguments, image.variables)?;
    }
    Ok(())
}

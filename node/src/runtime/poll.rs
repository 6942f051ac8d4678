//! The kernel's event queue, and reading without waiting.

use std::cell::RefCell;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::time::Duration;

use crate::sandbox::sys::check;

/// An epoll instance.
#[derive(Debug)]
pub(super) struct Poll(OwnedFd);

/// What is told of a descriptor that is read from.
const IN: i32 = libc::EPOLLIN | libc::EPOLLRDHUP;
/// What tells of an end.
const ENDS: i32 = libc::EPOLLRDHUP | libc::EPOLLHUP | libc::EPOLLERR;

/// One report of readiness.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ready {
    pub(super) token: u64,
    pub(super) writable: bool,
    /// The other end sends no more than what is there.
    pub(super) ends: bool,
}

impl Poll {
    pub(super) fn new() -> io::Result<Poll> {
        // SAFETY: an integer.
        // JUSTIFICATION: std has no epoll.
        let fd = check(unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) })?;
        // SAFETY: just opened.
        // JUSTIFICATION: descriptors enter safe code here.
        Ok(Poll(unsafe { OwnedFd::from_raw_fd(fd) }))
    }

    fn control(&self, operation: i32, fd: RawFd, token: u64, events: i32) -> io::Result<()> {
        let mut event = libc::epoll_event { events: events as u32, u64: token };
        // SAFETY: a valid event.
        // JUSTIFICATION: std has no epoll.
        check(unsafe { libc::epoll_ctl(self.0.as_raw_fd(), operation, fd, &raw mut event) })
            .map(drop)
    }

    pub(super) fn add(&self, fd: RawFd, token: u64) -> io::Result<()> {
        self.control(libc::EPOLL_CTL_ADD, fd, token, IN)
    }

    pub(super) fn want_write(&self, fd: RawFd, token: u64, wanted: bool) -> io::Result<()> {
        let events = if wanted { IN | libc::EPOLLOUT } else { IN };
        self.control(libc::EPOLL_CTL_MOD, fd, token, events)
    }

    pub(super) fn remove(&self, fd: RawFd) {
        // What is closed already has been removed by the kernel.
        let _ = self.control(libc::EPOLL_CTL_DEL, fd, 0, 0);
    }

    /// Waits for readiness, at most `timeout`.
    pub(super) fn wait<'e>(
        &self,
        events: &'e mut Events,
        timeout: Duration,
    ) -> io::Result<impl Iterator<Item = Ready> + 'e> {
        let millis = timeout.as_micros().div_ceil(1000).min(60_000) as i32;
        let room = events.0.len() as i32;
        // SAFETY: room for as many events.
        // JUSTIFICATION: std has no epoll.
        let count =
            unsafe { libc::epoll_wait(self.0.as_raw_fd(), events.0.as_mut_ptr(), room, millis) };
        let count = match check(count) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            outcome => outcome?,
        };
        Ok(events.0[..count as usize].iter().map(|event| Ready {
            token: event.u64,
            writable: event.events & libc::EPOLLOUT as u32 != 0,
            ends: event.events & ENDS as u32 != 0,
        }))
    }
}

impl AsFd for Poll {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// Room for reports of readiness.
pub(super) struct Events([libc::epoll_event; Events::ROOM]);

impl Events {
    /// How many are told at once.
    pub(super) const ROOM: usize = 64;
}

impl Default for Events {
    fn default() -> Self {
        Events([libc::epoll_event { events: 0, u64: 0 }; Events::ROOM])
    }
}

/// Bytes that are read at once.
pub(super) const READ: usize = 65_536;

thread_local! {
    /// What a thread reads to first, since nobody knows how much there is.
    static SCRATCH: RefCell<Vec<u8>> = RefCell::new(vec![0; READ]);
}

/// Reads once, at most 64 KiB, and hands over what was read; returns as [`read`] does.
pub(super) fn read_to(fd: RawFd, take: impl FnOnce(&[u8])) -> io::Result<Option<usize>> {
    SCRATCH.with_borrow_mut(|scratch| {
        let read = read(fd, scratch)?;
        if let Some(length) = read {
            take(&scratch[..length]);
        }
        Ok(read)
    })
}

/// Which of these have something to read now, or have ended.
pub(super) fn readable<const N: usize>(fds: [RawFd; N]) -> [bool; N] {
    let mut asked = fds.map(|fd| libc::pollfd { fd, events: libc::POLLIN, revents: 0 });
    // SAFETY: all entries are valid.
    // JUSTIFICATION: std has no poll.
    let told = unsafe { libc::poll(asked.as_mut_ptr(), N as libc::nfds_t, 0) };
    // What cannot be told is found by reading.
    asked.map(|each| told < 0 || each.revents != 0)
}

/// Reads once; `None` where nothing is there yet, `Some(0)` at the end.
pub(super) fn read(fd: RawFd, buffer: &mut [u8]) -> io::Result<Option<usize>> {
    loop {
        // SAFETY: a valid buffer of its length.
        // JUSTIFICATION: std would need to own the descriptor.
        let read = unsafe { libc::read(fd, buffer.as_mut_ptr().cast(), buffer.len()) };
        if read >= 0 {
            return Ok(Some(read as usize));
        }
        let error = io::Error::last_os_error();
        match error.kind() {
            io::ErrorKind::Interrupted => {}
            io::ErrorKind::WouldBlock => return Ok(None),
            _ => return Err(error),
        }
    }
}

/// Writes both parts once; returns how many bytes went.
pub(super) fn write(fd: RawFd, parts: [&[u8]; 2]) -> io::Result<usize> {
    let mut vectors = parts
        .map(|part| libc::iovec { iov_base: part.as_ptr().cast_mut().cast(), iov_len: part.len() });
    // SAFETY: a zeroed msghdr is valid; the vectors live until the call returns.
    // JUSTIFICATION: std's vectored write raises SIGPIPE's error only by its own wrappers, and
    // would need to own the descriptor.
    let sent = unsafe {
        let mut message: libc::msghdr = std::mem::zeroed();
        message.msg_iov = vectors.as_mut_ptr();
        message.msg_iovlen = 2;
        libc::sendmsg(fd, &raw const message, libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT)
    };
    if sent >= 0 {
        return Ok(sent as usize);
    }
    let error = io::Error::last_os_error();
    if error.kind() == io::ErrorKind::WouldBlock { Ok(0) } else { Err(error) }
}

/// Accepts one connection; `None` where there is none.
pub(super) fn accept(listener: RawFd) -> io::Result<Option<OwnedFd>> {
    let flags = libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
    // SAFETY: the peer's address is not asked for.
    // JUSTIFICATION: std's accept would need to own the listener.
    let fd = unsafe { libc::accept4(listener, std::ptr::null_mut(), std::ptr::null_mut(), flags) };
    if fd < 0 {
        let error = io::Error::last_os_error();
        return if error.kind() == io::ErrorKind::WouldBlock { Ok(None) } else { Err(error) };
    }
    let on: libc::c_int = 1;
    // SAFETY: the option lives until the call returns; `fd` has just been opened.
    // JUSTIFICATION: a delayed segment would cost more than the invocation.
    unsafe {
        libc::setsockopt(
            fd,
            libc::IPPROTO_TCP,
            libc::TCP_NODELAY,
            (&raw const on).cast(),
            size_of_val(&on) as u32,
        );
        Ok(Some(OwnedFd::from_raw_fd(fd)))
    }
}

/// Makes reading from a descriptor never wait.
pub(super) fn set_nonblocking(fd: RawFd) -> io::Result<()> {
    // SAFETY: integers only.
    // JUSTIFICATION: std offers this for sockets alone.
    check(unsafe { libc::fcntl(fd, libc::F_SETFL, libc::O_NONBLOCK) }).map(drop)
}

//! Netlink: messages as bytes, and sockets that send them and wait for the kernel's word.

use std::cell::Cell;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use crate::sandbox::sys::check;

/// `NLM_F_REQUEST`.
const REQUEST: u16 = 1;
/// `NLM_F_ACK`.
pub(super) const ACK: u16 = 4;
/// `NLM_F_REPLACE` of a new thing.
pub(super) const REPLACE: u16 = 0x100;
/// `NLM_F_EXCL` of a new thing.
pub(super) const EXCLUSIVE: u16 = 0x200;
/// `NLM_F_CREATE` of a new thing.
pub(super) const CREATE: u16 = 0x400;
/// `NLA_F_NESTED`.
pub(super) const NESTED: u16 = 0x8000;
/// Bytes of `struct nlmsghdr`.
const HEADER: usize = 16;

/// Messages one after another, as one buffer that is sent at once.
#[derive(Debug, Default)]
pub(super) struct Messages {
    bytes: Vec<u8>,
    open: usize,
    count: u32,
}

impl Messages {
    /// Begins a message; the one before is finished.
    pub(super) fn begin(&mut self, kind: u16, flags: u16, head: &[u8]) -> &mut Self {
        self.finish();
        self.open = self.bytes.len();
        self.count += 1;
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(&kind.to_ne_bytes());
        self.bytes.extend_from_slice(&(flags | REQUEST).to_ne_bytes());
        // Numbered when they are sent.
        self.bytes.extend_from_slice(&[0; 8]);
        self.bytes.extend_from_slice(head);
        self.pad();
        self
    }

    /// Adds an attribute to the open message.
    pub(super) fn put(&mut self, kind: u16, value: &[u8]) -> &mut Self {
        let length = (4 + value.len()) as u16;
        self.bytes.extend_from_slice(&length.to_ne_bytes());
        self.bytes.extend_from_slice(&kind.to_ne_bytes());
        self.bytes.extend_from_slice(value);
        self.pad();
        self
    }

    /// Adds a number in network byte order, as nf_tables has them.
    pub(super) fn put_be(&mut self, kind: u16, value: u32) -> &mut Self {
        self.put(kind, &value.to_be_bytes())
    }

    /// Adds a text with its end.
    pub(super) fn put_text(&mut self, kind: u16, text: &str) -> &mut Self {
        let mut bytes = text.as_bytes().to_vec();
        bytes.push(0);
        self.put(kind, &bytes)
    }

    /// Adds an attribute made of attributes.
    pub(super) fn nest(&mut self, kind: u16, inside: impl FnOnce(&mut Self)) -> &mut Self {
        let at = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 2]);
        self.bytes.extend_from_slice(&(kind | NESTED).to_ne_bytes());
        inside(self);
        let length = (self.bytes.len() - at) as u16;
        self.bytes[at..at + 2].copy_from_slice(&length.to_ne_bytes());
        self
    }

    /// Adds bytes that are no attribute.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self.pad();
        self
    }

    /// Wants the message that was begun last acknowledged.
    pub(super) fn acknowledge(&mut self) {
        let flags = read_u16(&self.bytes, self.open + 6) | ACK;
        self.bytes[self.open + 6..self.open + 8].copy_from_slice(&flags.to_ne_bytes());
    }

    /// What follows the header of the first message.
    pub(super) fn body(&self) -> Vec<u8> {
        self.bytes[HEADER..].to_vec()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    fn pad(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }

    fn finish(&mut self) {
        if self.count > 0 {
            let length = (self.bytes.len() - self.open) as u32;
            self.bytes[self.open..self.open + 4].copy_from_slice(&length.to_ne_bytes());
        }
    }

    /// Numbers the messages from `first` on, and wants each acknowledged where that is said.
    fn number(&mut self, first: u32, each: bool) {
        self.finish();
        let mut at = 0;
        let mut number = first;
        while at < self.bytes.len() {
            let length = read_u32(&self.bytes, at) as usize;
            self.bytes[at + 8..at + 12].copy_from_slice(&number.to_ne_bytes());
            let flags = read_u16(&self.bytes, at + 6) | if each { ACK } else { 0 };
            self.bytes[at + 6..at + 8].copy_from_slice(&flags.to_ne_bytes());
            number += 1;
            at += length;
        }
    }
}

fn read_u16(bytes: &[u8], at: usize) -> u16 {
    u16::from_ne_bytes(bytes[at..at + 2].try_into().expect("two bytes"))
}

fn read_u32(bytes: &[u8], at: usize) -> u32 {
    u32::from_ne_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

/// A netlink socket in some network namespace.
#[derive(Debug)]
pub(super) struct Socket {
    fd: OwnedFd,
    number: u32,
}

/// What came of receiving without waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drained {
    /// Nothing is there.
    Nothing,
    /// Messages, and there may be more.
    Some,
    /// Messages were lost before those that follow.
    Lost,
}

/// Bytes of what is received at once.
const RECEIVED: usize = 1 << 16;

thread_local! {
    /// What the thread receives into: of many sockets that are open for long, one is read at a time.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The thread's buffer, while one socket is read.
struct Buffer(Vec<u8>);

impl Buffer {
    fn lend() -> Buffer {
        let mut bytes = BUFFER.take();
        bytes.resize(RECEIVED, 0);
        Buffer(bytes)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        BUFFER.set(std::mem::take(&mut self.0));
    }
}

impl Socket {
    /// Opens a socket in the calling thread's network namespace.
    pub(super) fn open(protocol: i32) -> io::Result<Socket> {
        let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC;
        // SAFETY: no memory is passed, and the descriptor is owned from here on.
        // JUSTIFICATION: std has no netlink sockets.
        let fd =
            unsafe { OwnedFd::from_raw_fd(check(libc::socket(libc::AF_NETLINK, kind, protocol))?) };
        let socket = Socket { fd, number: 0 };
        for option in [libc::SO_RCVBUFFORCE, libc::SO_SNDBUFFORCE] {
            socket.make_room(option, 1 << 20);
        }
        Ok(socket)
    }

    /// Has a buffer of this size, or of the one it has where that fails.
    fn make_room(&self, option: i32, size: libc::c_int) {
        // SAFETY: the value is an int of the length given; failure leaves the size.
        // JUSTIFICATION: std has no socket options beyond its own types.
        unsafe {
            let value = (&raw const size).cast();
            libc::setsockopt(self.fd.as_raw_fd(), libc::SOL_SOCKET, option, value, 4);
        }
    }

    pub(super) fn fd(&self) -> &OwnedFd {
        &self.fd
    }

    /// Sends messages and waits until each is done; the first error, when one is not.
    pub(super) fn transact(&mut self, mut messages: Messages) -> io::Result<()> {
        if messages.is_empty() {
            return Ok(());
        }
        let mut buffer = Buffer::lend();
        let first = self.number + 1;
        messages.number(first, true);
        self.number += messages.count;
        self.send(&messages.bytes)?;
        let mut left = messages.count;
        let mut outcome = Ok(());
        while left > 0 {
            let length = self.receive(&mut buffer)?;
            let mut at = 0;
            while at + HEADER <= length {
                let size = read_u32(&buffer.0, at) as usize;
                let number = read_u32(&buffer.0, at + 8);
                let is_answer = i32::from(read_u16(&buffer.0, at + 4)) == libc::NLMSG_ERROR;
                if is_answer && number >= first {
                    let code = read_u32(&buffer.0, at + HEADER) as i32;
                    if code != 0 && outcome.is_ok() {
                        outcome = Err(io::Error::from_raw_os_error(-code));
                    }
                    left -= 1;
                }
                at += size.max(HEADER).next_multiple_of(4);
            }
        }
        outcome
    }

    /// Sends a batch that is carried out as a whole; `messages` begins and ends it, and the last inner
    /// one asks to be acknowledged. The kernel reports every message that failed before it does that.
    pub(super) fn commit(&mut self, mut messages: Messages) -> io::Result<()> {
        let mut buffer = Buffer::lend();
        let first = self.number + 1;
        messages.number(first, false);
        self.number += messages.count;
        let last = first + messages.count - 2;
        self.send(&messages.bytes)?;
        let mut outcome = Ok(());
        loop {
            let length = self.receive(&mut buffer)?;
            let mut at = 0;
            let mut is_done = false;
            while at + HEADER <= length {
                let size = read_u32(&buffer.0, at) as usize;
                let number = read_u32(&buffer.0, at + 8);
                if i32::from(read_u16(&buffer.0, at + 4)) == libc::NLMSG_ERROR && number >= first {
                    let code = read_u32(&buffer.0, at + HEADER) as i32;
                    if code != 0 && outcome.is_ok() {
                        outcome = Err(io::Error::from_raw_os_error(-code));
                    }
                    is_done |= number == last;
                }
                at += size.max(HEADER).next_multiple_of(4);
            }
            if is_done {
                return outcome;
            }
        }
    }

    /// Asks for one thing and returns the message that tells it, without its header.
    pub(super) fn ask(&mut self, mut messages: Messages) -> io::Result<Vec<u8>> {
        let mut buffer = Buffer::lend();
        self.number += 1;
        let number = self.number;
        messages.number(number, false);
        self.send(&messages.bytes)?;
        loop {
            let length = self.receive(&mut buffer)?;
            if length < HEADER || read_u32(&buffer.0, 8) != number {
                continue;
            }
            if i32::from(read_u16(&buffer.0, 4)) == libc::NLMSG_ERROR {
                let code = read_u32(&buffer.0, HEADER) as i32;
                return Err(io::Error::from_raw_os_error(-code));
            }
            let size = (read_u32(&buffer.0, 0) as usize).min(length);
            return Ok(buffer.0[HEADER..size].to_vec());
        }
    }

    /// Asks for many things, and tells each message that comes, without its header.
    pub(super) fn dump(
        &mut self,
        mut messages: Messages,
        mut each: impl FnMut(&[u8]),
    ) -> io::Result<()> {
        let mut buffer = Buffer::lend();
        self.number += 1;
        let own = self.number;
        messages.number(own, false);
        self.send(&messages.bytes)?;
        loop {
            let length = self.receive(&mut buffer)?;
            let mut at = 0;
            while at + HEADER <= length {
                let size = (read_u32(&buffer.0, at) as usize).max(HEADER);
                let kind = i32::from(read_u16(&buffer.0, at + 4));
                let end = (at + size).min(length);
                if read_u32(&buffer.0, at + 8) == own {
                    match kind {
                        libc::NLMSG_DONE => return Ok(()),
                        libc::NLMSG_ERROR => {
                            let code = read_u32(&buffer.0, at + HEADER) as i32;
                            return Err(io::Error::from_raw_os_error(-code));
                        }
                        _ => each(&buffer.0[at + HEADER..end]),
                    }
                }
                at += size.next_multiple_of(4);
            }
        }
    }

    /// Receives once without waiting: the messages' types and bodies.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u16, &[u8])) -> io::Result<Drained> {
        let mut buffer = Buffer::lend();
        let length = match self.receive_with(&mut buffer, libc::MSG_DONTWAIT) {
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(Drained::Nothing),
            // Messages were lost because there were too many: those that follow are whole.
            Err(error) if error.raw_os_error() == Some(libc::ENOBUFS) => return Ok(Drained::Lost),
            Err(error) => return Err(error),
        };
        let mut at = 0;
        while at + HEADER <= length {
            let size = (read_u32(&buffer.0, at) as usize).max(HEADER);
            let end = (at + size).min(length);
            each(read_u16(&buffer.0, at + 4), &buffer.0[at + HEADER..end]);
            at += size.next_multiple_of(4);
        }
        Ok(Drained::Some)
    }

    fn send(&self, bytes: &[u8]) -> io::Result<()> {
        match self.send_once(bytes) {
            // What is carried out as a whole is sent as a whole, be it ever so much.
            Err(error) if error.raw_os_error() == Some(libc::EMSGSIZE) => {
                let size = libc::c_int::try_from(bytes.len()).unwrap_or(libc::c_int::MAX);
                self.make_room(libc::SO_SNDBUFFORCE, size);
                self.send_once(bytes)
            }
            other => other,
        }
    }

    fn send_once(&self, bytes: &[u8]) -> io::Result<()> {
        // SAFETY: the buffer is valid for its length.
        // JUSTIFICATION: std has no netlink sockets.
        let sent =
            unsafe { libc::send(self.fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), 0) };
        if sent < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }

    fn receive(&self, buffer: &mut Buffer) -> io::Result<usize> {
        self.receive_with(buffer, 0)
    }

    fn receive_with(&self, buffer: &mut Buffer, flags: i32) -> io::Result<usize> {
        let buffer = &mut buffer.0;
        loop {
            // SAFETY: the buffer is valid and writable for its length.
            // JUSTIFICATION: std has no netlink sockets.
            let length = unsafe {
                let (start, size) = (buffer.as_mut_ptr().cast(), buffer.len());
                libc::recv(self.fd.as_raw_fd(), start, size, flags)
            };
            if length >= 0 {
                return Ok(length as usize);
            }
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
    }
}

/// The attributes of a message's body.
pub(super) fn attributes(mut bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        if bytes.len() < 4 {
            return None;
        }
        let size = usize::from(read_u16(bytes, 0)).clamp(4, bytes.len());
        let kind = read_u16(bytes, 2) & 0x3fff;
        let value = &bytes[4..size];
        bytes = &bytes[size.next_multiple_of(4).min(bytes.len())..];
        Some((kind, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_padded_and_read_again() {
        let mut messages = Messages::default();
        messages.begin(16, 0, &[]).put(1, b"abc").nest(2, |inside| {
            inside.put_be(3, 7);
        });
        messages.number(5, true);
        assert_eq!(messages.bytes.len(), HEADER + 8 + 12);
        assert_eq!(read_u32(&messages.bytes, 0) as usize, messages.bytes.len());
        let all: Vec<_> = attributes(&messages.bytes[HEADER..]).collect();
        assert_eq!(all[0], (1, &b"abc"[..]));
        assert_eq!(attributes(all[1].1).next(), Some((3, &7u32.to_be_bytes()[..])));
    }
}

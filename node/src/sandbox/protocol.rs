//! The packets between the node and its fork server: one request, one reply, and the events that
//! sandboxes send on their own. Both ends are the same binary, so the layout carries no version.

use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

use super::sys::check;

/// A packet must hold the variables (4 KB of the user's, ours, and their JSON form) with room.
pub(super) const PACKET_SIZE: usize = 128 * 1024;
/// Descriptors one packet can carry.
const DESCRIPTORS: usize = 16;

/// The steps of a sandbox's making, for failures and the breakdown of a start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Stage {
    /// Entering the network namespace and listening there.
    Network = 0,
    /// Starting the sandbox's first process in its new namespaces.
    Clone = 1,
    /// Mounting `/proc`, `/tmp`, code and interpreter.
    Mounts = 2,
    /// Joining the cgroups.
    Cgroup = 3,
    /// Giving up privileges and installing the system call filter.
    Confine = 4,
    /// Waiting for an assignment; not work.
    Wait = 5,
    /// Executing the runtime.
    Exec = 6,
}

impl Stage {
    /// How many stages there are.
    pub const COUNT: usize = 7;

    pub(super) fn from_number(number: u8) -> Stage {
        match number {
            0 => Stage::Network,
            1 => Stage::Clone,
            2 => Stage::Mounts,
            3 => Stage::Cgroup,
            4 => Stage::Confine,
            5 => Stage::Wait,
            _ => Stage::Exec,
        }
    }

    /// What was being done, as a fragment of an error message.
    pub fn deed(self) -> &'static str {
        match self {
            Stage::Network => "listen in the network namespace",
            Stage::Clone => "start the first process",
            Stage::Mounts => "mount the file system",
            Stage::Cgroup => "join the cgroups",
            Stage::Confine => "give up privileges",
            Stage::Wait => "wait for an assignment",
            Stage::Exec => "execute the runtime",
        }
    }
}

/// The instants at which the stages ended, in nanoseconds of the monotonic clock; the first is
/// when the request arrived.
pub(crate) type Stamps = [u64; Stage::COUNT + 1];

/// What a sandbox is to execute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Program {
    /// Path inside the sandbox.
    pub path: String,
    /// Arguments, the first being the program's name.
    pub arguments: Vec<String>,
    /// Variables as `NAME=value`.
    pub variables: Vec<String>,
}

/// Where the code of a function is on the host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trees {
    /// Directory for `/var/task`.
    pub task: String,
    /// Directories for `/opt`, of which a later one covers an earlier one.
    pub layers: Vec<String>,
}

/// A sandbox to be made. Without `program` it waits for one, without `trees` for code.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) id: u64,
    pub(super) tmp_size: u64,
    /// Processes and threads that it may have.
    pub(super) processes: u64,
    /// The text of `/etc/resolv.conf`.
    pub(super) names: String,
    /// Host directory of the interpreter for `/var/lang`; empty for none.
    pub(super) lang: String,
    pub(super) trees: Option<Trees>,
    pub(super) program: Option<Program>,
    /// Whether the program inherits the reading end of the assignment pipe.
    pub(super) inherits: bool,
    /// Whether it may be forked from a zygote of the program, where there is one.
    pub(super) may_fork: bool,
    /// What to write into that pipe at once.
    pub(super) assignment: Option<Vec<u8>>,
    /// How many of the descriptors are `tasks` files of cgroup v1 to write to.
    pub(super) attach: u8,
    /// Whether the last descriptor is a cgroup v2 directory to be born in.
    pub(super) into: bool,
    /// The sandbox that was before it in the same environment, to go on with what was kept of it.
    pub(super) after: Option<u64>,
}

/// A request to the fork server.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// Make a sandbox.
    Build(Wanted),
    /// Give a waiting sandbox its code, and its program or assignment.
    Assign {
        id: u64,
        tmp_size: u64,
        trees: Trees,
        program: Option<Program>,
        assignment: Option<Vec<u8>>,
    },
    /// Start the program once for all sandboxes that run it, which are forked from it.
    Zygote { lang: String, program: Program },
    /// Have the `/tmp` and the user of a sandbox outlive it, for the one that comes after it.
    Keep { id: u64 },
    /// Kill a sandbox that the node does not hold, and let go of what was kept of it.
    Abandon { id: u64 },
    /// Is the fork server ready?
    Ping,
}

/// The answer to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reply {
    /// The stage that failed and its errno.
    pub(super) failure: Option<(Stage, i32)>,
    /// When it was done, by the clock of stamps; of an assignment, just before it was handed over.
    pub(super) at: u64,
}

/// What a sandbox says on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The runtime is about to be executed.
    Executing { id: u64, stamps: Stamps },
    /// A stage failed; the sandbox is ending.
    Failed { id: u64, stage: Stage, errno: i32 },
    /// The runtime's main process ended with this wait status.
    Exited { id: u64, status: i32 },
    /// The sandbox is gone, with every process in it.
    Gone { id: u64 },
}

/// Size of an event's packet.
pub(super) const EVENT_SIZE: usize = 16 + 8 * (Stage::COUNT + 1);

impl Event {
    /// Which sandbox it tells of.
    pub(crate) fn sandbox(&self) -> u64 {
        match *self {
            Event::Executing { id, .. }
            | Event::Failed { id, .. }
            | Event::Exited { id, .. }
            | Event::Gone { id } => id,
        }
    }

    /// Encodes without allocating, as the sandbox's first processes must.
    pub(super) fn encode(&self) -> [u8; EVENT_SIZE] {
        let (kind, id, small) = match *self {
            Event::Executing { id, .. } => (0u32, id, 0),
            Event::Failed { id, stage, errno } => (1 | (stage as u32) << 8, id, errno),
            Event::Exited { id, status } => (2, id, status),
            Event::Gone { id } => (3, id, 0),
        };
        let mut packet = [0; EVENT_SIZE];
        packet[..4].copy_from_slice(&kind.to_le_bytes());
        packet[4..8].copy_from_slice(&small.to_le_bytes());
        packet[8..16].copy_from_slice(&id.to_le_bytes());
        if let Event::Executing { stamps, .. } = self {
            for (at, stamp) in stamps.iter().enumerate() {
                packet[16 + at * 8..24 + at * 8].copy_from_slice(&stamp.to_le_bytes());
            }
        }
        packet
    }

    pub(crate) fn decode(packet: &[u8]) -> Option<Event> {
        let mut reader = Reader { rest: packet };
        let kind = reader.u32()?;
        let small = reader.u32()? as i32;
        let id = reader.u64()?;
        let stage = Stage::from_number((kind >> 8) as u8);
        Some(match kind & 0xff {
            0 => {
                let mut stamps = Stamps::default();
                for stamp in &mut stamps {
                    *stamp = reader.u64()?;
                }
                Event::Executing { id, stamps }
            }
            1 => Event::Failed { id, stage, errno: small },
            2 => Event::Exited { id, status: small },
            _ => Event::Gone { id },
        })
    }
}

#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn u64(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn slice(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(&(value.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(value);
    }

    fn texts(&mut self, texts: &[String]) {
        self.u64(texts.len() as u64);
        texts.iter().for_each(|text| self.slice(text.as_bytes()));
    }

    fn optional<T>(&mut self, value: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.bytes.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn trees(&mut self, trees: &Trees) {
        self.slice(trees.task.as_bytes());
        self.texts(&trees.layers);
    }

    fn program(&mut self, program: &Program) {
        self.slice(program.path.as_bytes());
        self.texts(&program.arguments);
        self.texts(&program.variables);
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes)
    }

    fn slice(&mut self) -> Option<&'a [u8]> {
        let length = self.u32()? as usize;
        self.take(length)
    }

    fn text(&mut self) -> Option<String> {
        self.slice().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())
    }

    fn texts(&mut self) -> Option<Vec<String>> {
        (0..self.u64()?).map(|_| self.text()).collect()
    }

    fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.u8()? {
            0 => Some(None),
            _ => read(self).map(Some),
        }
    }

    fn trees(&mut self) -> Option<Trees> {
        Some(Trees { task: self.text()?, layers: self.texts()? })
    }

    fn program(&mut self) -> Option<Program> {
        Some(Program { path: self.text()?, arguments: self.texts()?, variables: self.texts()? })
    }
}

impl Request {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        match self {
            Request::Ping => writer.bytes.push(0),
            Request::Build(Wanted {
                id,
                tmp_size,
                processes,
                names,
                lang,
                trees,
                program,
                inherits,
                may_fork,
                assignment,
                attach,
                into,
                after,
            }) => {
                writer.bytes.push(1);
                writer.u64(*id);
                writer.u64(*tmp_size);
                writer.u64(*processes);
                writer.slice(names.as_bytes());
                writer.slice(lang.as_bytes());
                writer.optional(trees.as_ref(), Writer::trees);
                writer.optional(program.as_ref(), Writer::program);
                writer.bytes.push(u8::from(*inherits));
                writer.bytes.push(u8::from(*may_fork));
                writer.optional(assignment.as_ref(), |w, bytes| w.slice(bytes));
                writer.bytes.push(*attach);
                writer.bytes.push(u8::from(*into));
                writer.optional(after.as_ref(), |w, id| w.u64(*id));
            }
            Request::Assign { id, tmp_size, trees, program, assignment } => {
                writer.bytes.push(2);
                writer.u64(*id);
                writer.u64(*tmp_size);
                writer.trees(trees);
                writer.optional(program.as_ref(), Writer::program);
                writer.optional(assignment.as_ref(), |w, bytes| w.slice(bytes));
            }
            Request::Zygote { lang, program } => {
                writer.bytes.push(3);
                writer.slice(lang.as_bytes());
                writer.program(program);
            }
            Request::Abandon { id } => {
                writer.bytes.push(4);
                writer.u64(*id);
            }
            Request::Keep { id } => {
                writer.bytes.push(5);
                writer.u64(*id);
            }
        }
        writer.bytes
    }

    pub(super) fn decode(packet: &[u8]) -> Option<Request> {
        let mut reader = Reader { rest: packet };
        Some(match reader.u8()? {
            0 => Request::Ping,
            1 => Request::Build(Wanted {
                id: reader.u64()?,
                tmp_size: reader.u64()?,
                processes: reader.u64()?,
                names: reader.text()?,
                lang: reader.text()?,
                trees: reader.optional(Reader::trees)?,
                program: reader.optional(Reader::program)?,
                inherits: reader.u8()? != 0,
                may_fork: reader.u8()? != 0,
                assignment: reader.optional(|r| r.slice().map(<[u8]>::to_vec))?,
                attach: reader.u8()?,
                into: reader.u8()? != 0,
                after: reader.optional(Reader::u64)?,
            }),
            2 => Request::Assign {
                id: reader.u64()?,
                tmp_size: reader.u64()?,
                trees: reader.trees()?,
                program: reader.optional(Reader::program)?,
                assignment: reader.optional(|r| r.slice().map(<[u8]>::to_vec))?,
            },
            3 => Request::Zygote { lang: reader.text()?, program: reader.program()? },
            4 => Request::Abandon { id: reader.u64()? },
            5 => Request::Keep { id: reader.u64()? },
            _ => return None,
        })
    }
}

impl Reply {
    pub(super) fn encode(self) -> [u8; 16] {
        let (stage, errno) = self.failure.map_or((0xff, 0), |(stage, errno)| (stage as u32, errno));
        let mut packet = [0; 16];
        packet[..4].copy_from_slice(&stage.to_le_bytes());
        packet[4..8].copy_from_slice(&errno.to_le_bytes());
        packet[8..].copy_from_slice(&self.at.to_le_bytes());
        packet
    }

    pub(super) fn decode(packet: &[u8]) -> Option<Reply> {
        let mut reader = Reader { rest: packet };
        let (stage, errno, at) = (reader.u32()?, reader.u32()? as i32, reader.u64()?);
        let failure = (stage != 0xff).then(|| (Stage::from_number(stage as u8), errno));
        Some(Reply { failure, at })
    }
}

/// Sends one packet with descriptors.
pub(super) fn send(socket: RawFd, packet: &[u8], descriptors: &[RawFd]) -> io::Result<()> {
    assert!(descriptors.len() <= DESCRIPTORS, "too many descriptors for one packet");
    let mut part =
        libc::iovec { iov_base: packet.as_ptr().cast_mut().cast(), iov_len: packet.len() };
    let mut control = [0u64; 16];
    // SAFETY: a zeroed msghdr is valid; the pointers set below outlive the call.
    // JUSTIFICATION: std cannot pass descriptors.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &raw mut part;
    message.msg_iovlen = 1;
    if !descriptors.is_empty() {
        let size = size_of_val(descriptors) as u32;
        message.msg_control = control.as_mut_ptr().cast();
        // SAFETY: CMSG_SPACE and CMSG_LEN only compute; the header lies within `control`, which
        // is aligned and has room for 16 descriptors.
        // JUSTIFICATION: the layout of control messages is libc's to know.
        unsafe {
            message.msg_controllen = libc::CMSG_SPACE(size) as usize;
            let header = libc::CMSG_FIRSTHDR(&raw const message);
            (*header).cmsg_level = libc::SOL_SOCKET;
            (*header).cmsg_type = libc::SCM_RIGHTS;
            (*header).cmsg_len = libc::CMSG_LEN(size) as usize;
            std::ptr::copy_nonoverlapping(
                descriptors.as_ptr().cast::<u8>(),
                libc::CMSG_DATA(header),
                size as usize,
            );
        }
    }
    loop {
        // SAFETY: `message` and what it points to are valid.
        // JUSTIFICATION: std cannot pass descriptors.
        let sent = unsafe { libc::sendmsg(socket, &raw const message, libc::MSG_NOSIGNAL) };
        match check(sent as i32) {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Receives one packet into `buffer`; `None` when the other end is gone.
pub(crate) fn receive(
    socket: RawFd,
    buffer: &mut [u8],
) -> io::Result<Option<(usize, Vec<OwnedFd>)>> {
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let mut control = [0u64; 16];
    // SAFETY: a zeroed msghdr is valid; the pointers set below outlive the call.
    // JUSTIFICATION: std cannot receive descriptors.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &raw mut part;
    message.msg_iovlen = 1;
    message.msg_control = control.as_mut_ptr().cast();
    message.msg_controllen = size_of_val(&control);
    let length = loop {
        // SAFETY: `message` and what it points to are valid and writable.
        // JUSTIFICATION: std cannot receive descriptors.
        let received =
            unsafe { libc::recvmsg(socket, &raw mut message, libc::MSG_CMSG_CLOEXEC) } as i32;
        match check(received) {
            Ok(0) => return Ok(None),
            Ok(length) => break length as usize,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Ok(None),
            Err(error) => return Err(error),
        }
    };
    let mut descriptors = Vec::new();
    // SAFETY: the kernel filled `control`; headers are walked by libc's macros, and every
    // descriptor in it is newly ours.
    // JUSTIFICATION: the layout of control messages is libc's to know.
    unsafe {
        let mut header = libc::CMSG_FIRSTHDR(&raw const message);
        while !header.is_null() {
            if (*header).cmsg_level == libc::SOL_SOCKET && (*header).cmsg_type == libc::SCM_RIGHTS {
                let size = (*header).cmsg_len - libc::CMSG_LEN(0) as usize;
                let data = libc::CMSG_DATA(header).cast::<RawFd>();
                for at in 0..size / size_of::<RawFd>() {
                    descriptors.push(OwnedFd::from_raw_fd(data.add(at).read_unaligned()));
                }
            }
            header = libc::CMSG_NXTHDR(&raw const message, header);
        }
    }
    if message.msg_flags & libc::MSG_TRUNC != 0 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "packet is too large"));
    }
    if message.msg_flags & libc::MSG_CTRUNC != 0 {
        // There is room for all descriptors of a packet: this process may have no more of them.
        return Err(io::Error::from_raw_os_error(libc::EMFILE));
    }
    Ok(Some((length, descriptors)))
}

/// The raw numbers of descriptors, for sending.
pub(super) fn raw(descriptors: &[&OwnedFd]) -> Vec<RawFd> {
    descriptors.iter().map(|fd| fd.as_raw_fd()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_round_trip() {
        let program = Program {
            path: "/var/task/bootstrap".into(),
            arguments: vec!["bootstrap".into()],
            variables: vec!["A=b".into(), "C=".into()],
        };
        let trees =
            Trees { task: "/code/a".into(), layers: vec!["/code/b".into(), "/code/c".into()] };
        let requests = [
            Request::Ping,
            Request::Abandon { id: 9 },
            Request::Keep { id: u64::MAX },
            Request::Zygote { lang: "/opt/python".into(), program: program.clone() },
            Request::Build(Wanted {
                id: 7,
                tmp_size: 512 << 20,
                processes: 742,
                names: "nameserver 10.0.0.2\n".into(),
                lang: "/opt/python".into(),
                trees: Some(trees.clone()),
                program: Some(program.clone()),
                inherits: true,
                may_fork: true,
                assignment: Some(vec![0, 255]),
                attach: 4,
                into: true,
                after: Some(6),
            }),
            Request::Assign { id: 8, tmp_size: 1, trees, program: Some(program), assignment: None },
        ];
        for request in requests {
            let packet = request.encode();
            assert_eq!(Request::decode(&packet), Some(request));
            for length in 0..packet.len() {
                assert_eq!(Request::decode(&packet[..length]), None, "cut at {length}");
            }
        }
    }

    #[test]
    fn events_round_trip() {
        for event in [
            Event::Executing { id: 1, stamps: [1, 2, 3, 4, 5, 6, 7, u64::MAX] },
            Event::Failed { id: 2, stage: Stage::Mounts, errno: libc::ENOENT },
            Event::Exited { id: 3, status: 9 },
            Event::Gone { id: u64::MAX },
        ] {
            assert_eq!(Event::decode(&event.encode()), Some(event));
        }
    }

    #[test]
    fn descriptors_travel_with_packets() {
        let (a, b) = super::super::sys::packet_pair().unwrap();
        let (read, write) = super::super::sys::pipe(0).unwrap();
        send(a.as_raw_fd(), b"x", &raw(&[&write])).unwrap();
        let mut buffer = [0; 8];
        let (length, descriptors) = receive(b.as_raw_fd(), &mut buffer).unwrap().unwrap();
        assert_eq!((length, descriptors.len()), (1, 1));
        drop((write, descriptors, a));
        assert_eq!(receive(b.as_raw_fd(), &mut buffer).unwrap().map(|p| p.0), None);
        let mut file = std::fs::File::from(read);
        assert_eq!(std::io::Read::read(&mut file, &mut buffer).unwrap(), 0);
    }
}

//! What a function prints, cut into the entries of its log: lines, and the frames in which Warren's
//! runtime clients write an entry of several lines.

/// Longest entry; what is longer is cut into several, as CloudWatch Logs would.
const MAX_ENTRY: usize = 256 * 1024;

/// What a frame begins with, before a byte that tells its level. These bytes are not UTF-8, so
/// that no text has them; AWS's runtimes mark their entries so as well.
const MAGIC: [u8; 3] = [0xA5, 0x5A, 0x00];
/// A frame's beginning, the length of its entry and the time, in microseconds, of its writing.
const HEAD: usize = 4 + 4 + 8;

/// Bytes after which a frame's beginning is surely that.
const SURE: usize = 8;

/// What was printed on one stream and is not a whole entry yet.
#[derive(Debug, Default)]
pub(super) struct Printed {
    bytes: Vec<u8>,
    /// How many of the bytes have been found to end no entry.
    searched: usize,
}

/// What comes first in what was printed.
enum First {
    /// A frame that is there as a whole: its entry's length.
    Frame(usize),
    /// The beginning of a frame.
    Unfinished,
    /// A line of this length, its end included.
    Line(usize),
    /// This many bytes before a frame.
    Before(usize),
    /// Bytes that neither a line's end nor a frame follows.
    Open,
}

impl Printed {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether nothing is left of what was printed.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Takes out the entries that are whole; with `all` also what follows them. An entry has its
    /// line's end if one was printed; empty lines are none, as on AWS.
    pub(super) fn entries(&mut self, all: bool) -> Vec<Vec<u8>> {
        let mut entries = Vec::new();
        let mut at = 0;
        let mut searched = std::mem::take(&mut self.searched);
        let mut add = |bytes: &[u8]| {
            if bytes != b"\n" && !bytes.is_empty() {
                entries.push(bytes.to_vec());
            }
        };
        loop {
            let rest = &self.bytes[at..];
            let taken = match first(rest, searched) {
                First::Frame(length) => {
                    add(&rest[HEAD..HEAD + length]);
                    HEAD + length
                }
                First::Line(length) | First::Before(length) => {
                    rest[..length].chunks(MAX_ENTRY).for_each(&mut add);
                    length
                }
                First::Unfinished if !all => break,
                First::Open if !all && rest.len() < MAX_ENTRY => {
                    // The last ones may be where a frame begins.
                    self.searched = rest.len().saturating_sub(SURE);
                    break;
                }
                First::Unfinished | First::Open => {
                    rest.chunks(MAX_ENTRY).for_each(&mut add);
                    rest.len()
                }
            };
            searched = 0;
            at += taken;
            if at == self.bytes.len() {
                break;
            }
        }
        self.bytes.drain(..at);
        entries
    }
}

fn first(bytes: &[u8], searched: usize) -> First {
    if let Some(frame) = frame(bytes) {
        return frame;
    }
    for at in searched..bytes.len() {
        match bytes[at] {
            b'\n' => return First::Line(at + 1),
            byte if byte == MAGIC[0] && at > 0 => match frame(&bytes[at..]) {
                None => {}
                Some(First::Unfinished) if bytes.len() - at < SURE => return First::Open,
                Some(_) => return First::Before(at),
            },
            _ => {}
        }
    }
    First::Open
}

/// The frame that these bytes begin with.
fn frame(bytes: &[u8]) -> Option<First> {
    let known = bytes.len().min(MAGIC.len());
    if known == 0 || bytes[..known] != MAGIC[..known] {
        return None;
    }
    // Levels are multiples of four; the two lowest bits tell that the entry is text or JSON.
    let is_level = |&byte: &u8| matches!(byte & 3, 2 | 3) && byte <= 0x1B;
    match bytes.get(3) {
        Some(byte) if !is_level(byte) => return None,
        _ => {}
    }
    let Some(length) = bytes.get(4..8) else { return Some(First::Unfinished) };
    let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
    if length > MAX_ENTRY {
        return None;
    }
    Some(if bytes.len() < HEAD + length { First::Unfinished } else { First::Frame(length) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(text: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0xA5, 0x5A, 0x00, 0x03];
        bytes.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
        bytes.extend([0, 1, 2, 3, 4, 5, b'\n', 0xA5]);
        bytes.extend(text);
        bytes
    }

    fn cut(bytes: &[u8], size: usize) -> Vec<Vec<u8>> {
        let mut printed = Printed::default();
        let mut entries = Vec::new();
        for part in bytes.chunks(size) {
            printed.push(part);
            entries.extend(printed.entries(false));
        }
        entries.extend(printed.entries(true));
        assert!(printed.bytes.is_empty());
        entries
    }

    #[test]
    fn entries_are_the_same_however_they_arrive() {
        let mut bytes = b"one\n\n\ntwo\0x\n\0three\n".to_vec();
        bytes.extend(framed(b"four\nfive\n\nsix"));
        bytes.extend(framed(b""));
        bytes.extend(b"open");
        bytes.extend(framed(b"seven\n"));
        bytes.extend(b"\xA5\xA5\x5A\x00\x01 no frame\nlast");
        let wanted: [&[u8]; 8] = [
            b"one\n",
            b"two\0x\n",
            b"\0three\n",
            b"four\nfive\n\nsix",
            b"open",
            b"seven\n",
            b"\xA5\xA5\x5A\x00\x01 no frame\n",
            b"last",
        ];
        for size in 1..bytes.len() {
            assert_eq!(cut(&bytes, size), wanted, "in parts of {size}");
        }
    }

    #[test]
    fn nothing_is_kept_without_end() {
        let mut printed = Printed::default();
        let mut count = 0;
        for _ in 0..10 {
            printed.push(&vec![b'x'; 100_000]);
            count += printed.entries(false).iter().map(Vec::len).sum::<usize>();
            assert!(printed.bytes.len() < MAX_ENTRY);
        }
        // A frame that is too long is none.
        printed.push(b"\xA5\x5A\x00\x03\x7F\xFF\xFF\xFF");
        count += printed.entries(true).iter().map(Vec::len).sum::<usize>();
        assert_eq!(count, 1_000_008);
    }
}

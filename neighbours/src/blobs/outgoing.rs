//! A range of bytes of some files one behind the other, read in parts.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use bytes::Bytes;

use super::{Blobs, Lease};

/// Bytes that are read at a time.
const PART: usize = 64 << 10;

/// A range of bytes to be read.
#[derive(Debug)]
pub struct Outgoing {
    lease: Lease,
    /// How long each of the lease's files is.
    sizes: Vec<u64>,
    /// Which file is read, from where in it.
    at: (usize, u64),
    file: Option<File>,
    left: u64,
}

impl Outgoing {
    /// So many bytes from an offset on; to be made while rows name the files.
    pub(crate) fn new(
        blobs: &Arc<Blobs>,
        pieces: Vec<(String, u64)>,
        start: u64,
        length: u64,
    ) -> Outgoing {
        let (ids, sizes): (Vec<String>, Vec<u64>) = pieces.into_iter().unzip();
        let mut at = (0, start);
        while at.0 < sizes.len() && at.1 >= sizes[at.0] {
            at = (at.0 + 1, at.1 - sizes[at.0]);
        }
        Outgoing { lease: blobs.lease(ids), sizes, at, file: None, left: length }
    }

    /// Bytes that are left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// The next bytes; none at the end. May take long, so not for a thread that others wait for.
    ///
    /// # Errors
    /// When a file cannot be read, or is shorter than it was.
    pub fn read(&mut self) -> io::Result<Option<Bytes>> {
        if self.left == 0 {
            return Ok(None);
        }
        let (number, offset) = self.at;
        let short = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let id = self.lease.ids.get(number).ok_or_else(short)?;
        let file = match &self.file {
            Some(file) => file,
            None => self.file.insert(File::open(self.lease.blobs.path(id))?),
        };
        let in_file = self.sizes[number] - offset;
        let wanted = in_file.min(self.left).min(PART as u64);
        let mut buffer = vec![0; usize::try_from(wanted).unwrap_or(PART)];
        file.read_exact_at(&mut buffer, offset)?;
        self.left -= wanted;
        self.at = (number, offset + wanted);
        if wanted == in_file {
            self.file = None;
            self.at = (number + 1, 0);
            while self.sizes.get(self.at.0) == Some(&0) {
                self.at.0 += 1;
            }
        }
        Ok(Some(Bytes::from(buffer)))
    }
}

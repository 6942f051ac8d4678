//! Room that is kept on the disk, so that what was decided can be written when nothing else can.

use std::path::PathBuf;

use super::error::CommitError;

pub(crate) use neighbours::free_bytes as free;

/// Bytes that are kept: some thousands of records.
const RESERVE: u64 = 2 << 20;
/// Bytes that must be free besides before more is decided, lest the reserve is used at once again.
const MARGIN: u64 = 1 << 20;

/// The file that keeps the room.
#[derive(Debug)]
pub(super) struct Reserve(neighbours::Reserve);

impl Reserve {
    /// The reserve of a state directory, as an earlier server has left it.
    pub(super) fn new(path: PathBuf) -> Reserve {
        Reserve(neighbours::Reserve::new(path, RESERVE, MARGIN))
    }

    /// Gives the room to whoever writes next; returns whether there was any.
    pub(super) fn release(&mut self) -> bool {
        self.0.release()
    }

    /// Takes the room, unless it is held.
    pub(super) fn hold(&mut self) -> Result<(), CommitError> {
        match self.0.hold() {
            Ok(true) => Ok(()),
            Ok(false) => Err(CommitError::Full),
            Err(why) => Err(CommitError::Disk(why)),
        }
    }
}

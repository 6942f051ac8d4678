//! The file of the logs, opened by whoever needs it first: not before a server's first answers. One
//! that is damaged is set aside, and one that was removed is made anew: logs are worth less than
//! going on.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::database::LogDatabase;
use super::error::LogsError;

/// The database, and where it is.
pub(super) struct LazyDatabase {
    path: PathBuf,
    /// With device and inode of its file.
    open: Option<(LogDatabase, (u64, u64))>,
}

impl LazyDatabase {
    pub(super) fn at(path: PathBuf) -> LazyDatabase {
        LazyDatabase { path, open: None }
    }

    /// The open database.
    pub(super) fn get(&mut self) -> Result<&mut LogDatabase, LogsError> {
        let found = identity(&self.path);
        let known = self.open.take_if(|(_, own)| found.as_ref().ok() != Some(own));
        if known.is_some() {
            // Closed before another is opened in its place, since it removes its log by name.
            drop(known);
            let file = self.path.display();
            tracing::warn!(%file, "logs were removed or replaced under the server; they begin anew");
        }
        let open = match self.open.take() {
            Some(open) => open,
            None => {
                let database = self.open()?;
                (database, identity(&self.path)?)
            }
        };
        Ok(&mut self.open.insert(open).0)
    }

    /// Opens the file, or a new one where it is damaged.
    fn open(&self) -> Result<LogDatabase, LogsError> {
        match LogDatabase::open(&self.path) {
            Err(why) if why.is_damage() => {
                self.set_aside(&why)?;
                LogDatabase::open(&self.path)
            }
            other => other,
        }
    }

    /// Takes note of why work on the database failed: one that is damaged is not worked on again.
    pub(super) fn failed(&mut self, why: &LogsError) -> Result<(), LogsError> {
        match why.is_damage() {
            true => {
                drop(self.open.take());
                self.set_aside(why)
            }
            false => Ok(()),
        }
    }

    /// Gives a damaged file another name, under which it may be looked at. There is one such file.
    fn set_aside(&self, why: &LogsError) -> Result<(), LogsError> {
        let aside = self.path.with_extension("db.damaged");
        tracing::error!(%why, kept_as = %aside.display(), "logs are damaged; they begin anew");
        fs::rename(&self.path, aside)?;
        for ending in ["db-wal", "db-shm"] {
            // There is none where the last server ended as it should.
            let _ = fs::remove_file(self.path.with_extension(ending));
        }
        Ok(())
    }
}

fn identity(path: &Path) -> std::io::Result<(u64, u64)> {
    let found = fs::metadata(path)?;
    Ok((found.dev(), found.ino()))
}

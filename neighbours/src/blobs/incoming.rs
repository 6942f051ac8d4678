//! A file that is being received: written as it comes, and summed up meanwhile.

use std::fs::{self, File};
use std::io::{self, Write};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use wire::checksum::{Algorithm, Checksum};

use super::Blobs;

/// Bytes after which it is looked whether the disk has room for more.
const LOOK: u64 = 16 << 20;

/// What is said of bytes before they come.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// Bytes that there may be.
    pub limit: u64,
    /// Their MD5 in base64.
    pub md5: Option<String>,
    /// Their SHA-256 in hexadecimal digits, where a signature covers it.
    pub sha256: Option<String>,
    /// Their checksums.
    pub checksums: Vec<(Algorithm, String)>,
    /// The checksums that trailers are to tell, or that somebody wants to know.
    pub wanted: Vec<Algorithm>,
}

/// Why bytes are not received.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// There is no room for them.
    #[error("there is no room left to store anything")]
    Full,
    /// There are more than there may be.
    #[error("there are more bytes than there may be")]
    TooLarge,
    /// They are not those whose MD5 was told.
    #[error("the MD5 is not that of the bytes")]
    Md5,
    /// They are not those whose SHA-256 is signed.
    #[error("the SHA-256 is not that of the bytes")]
    Sha256,
    /// They are not those whose checksum was told.
    #[error("the {} is not that of the bytes", .0.name())]
    Checksum(Algorithm),
    /// They cannot be written.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for ReceiveError {
    fn from(why: io::Error) -> ReceiveError {
        match why.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ReceiveError::Full,
            _ => ReceiveError::Io(why),
        }
    }
}

/// A file that is being received; dropped, it goes.
#[derive(Debug)]
pub struct Incoming {
    upload: Upload,
    file: File,
    expected: Expected,
    md5: Md5,
    checksums: Vec<(Algorithm, Checksum)>,
    sha256: Option<Checksum>,
    looked: u64,
}

/// A file that was received, and is nobody's until it is kept; dropped before, it goes.
#[derive(Debug)]
pub struct Upload {
    blobs: Arc<Blobs>,
    id: String,
    size: u64,
    md5: [u8; 16],
    checksums: Vec<(Algorithm, String)>,
    is_kept: bool,
}

impl Incoming {
    /// A new file.
    pub(crate) fn begin(blobs: &Arc<Blobs>, expected: Expected) -> Result<Incoming, ReceiveError> {
        let (id, file) = blobs.create()?;
        let upload = Upload {
            blobs: Arc::clone(blobs),
            id,
            size: 0,
            md5: [0; 16],
            checksums: Vec::new(),
            is_kept: false,
        };
        let told = expected.checksums.iter().map(|(algorithm, _)| *algorithm);
        let mut wanted: Vec<Algorithm> = told.chain(expected.wanted.iter().copied()).collect();
        if wanted.is_empty() {
            wanted.push(Algorithm::Crc64Nvme);
        }
        wanted.sort();
        wanted.dedup();
        let checksums = wanted.into_iter().map(|each| (each, Checksum::new(each))).collect();
        let sha256 = expected.sha256.as_ref().map(|_| Checksum::new(Algorithm::Sha256));
        Ok(Incoming { upload, file, expected, md5: Md5::new(), checksums, sha256, looked: 0 })
    }

    /// Writes further bytes; may take long, so not for a thread that others wait for.
    ///
    /// # Errors
    /// When there is no room for them, or there are too many.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ReceiveError> {
        let length = bytes.len() as u64;
        if self.upload.size + length > self.expected.limit {
            return Err(ReceiveError::TooLarge);
        }
        self.upload.blobs.take_room(length)?;
        self.upload.size += length;
        if self.upload.size >= self.looked {
            if !self.upload.blobs.has_room() {
                return Err(ReceiveError::Full);
            }
            self.looked = self.upload.size + LOOK;
        }
        self.file.write_all(bytes)?;
        self.md5.update(bytes);
        self.checksums.iter_mut().for_each(|(_, checksum)| checksum.update(bytes));
        if let Some(sha256) = &mut self.sha256 {
            sha256.update(bytes);
        }
        Ok(())
    }

    /// The file once it is whole and on the disk, with the checksums that trailers tell; may take long.
    ///
    /// # Errors
    /// When it is not what was said before or behind it.
    pub fn finish(self, trailers: &[(Algorithm, String)]) -> Result<Upload, ReceiveError> {
        let Incoming { mut upload, file, expected, md5, checksums, sha256, .. } = self;
        upload.md5 = md5.finalize().into();
        if expected.md5.is_some_and(|told| told != STANDARD.encode(upload.md5)) {
            return Err(ReceiveError::Md5);
        }
        if let (Some(sha256), Some(told)) = (sha256, expected.sha256) {
            let found = STANDARD.decode(sha256.finish()).unwrap_or_default();
            let digits: String = found.iter().map(|byte| format!("{byte:02x}")).collect();
            if !digits.eq_ignore_ascii_case(&told) {
                return Err(ReceiveError::Sha256);
            }
        }
        upload.checksums =
            checksums.into_iter().map(|(algorithm, each)| (algorithm, each.finish())).collect();
        for (algorithm, told) in expected.checksums.iter().chain(trailers) {
            if upload.checksum(*algorithm) != Some(told) {
                return Err(ReceiveError::Checksum(*algorithm));
            }
        }
        file.sync_all()?;
        File::open(upload.blobs.directory())?.sync_all()?;
        Ok(upload)
    }
}

impl Upload {
    /// Has the file stay: a row is about to name it.
    pub(crate) fn keep(mut self) -> Upload {
        self.is_kept = true;
        self
    }

    /// The name of its file.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Its bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Its MD5 in hexadecimal digits.
    pub(crate) fn md5_hex(&self) -> String {
        self.md5.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Its checksums, in base64.
    pub(crate) fn checksums(&self) -> &[(Algorithm, String)] {
        &self.checksums
    }

    fn checksum(&self, algorithm: Algorithm) -> Option<&String> {
        self.checksums.iter().find(|(each, _)| *each == algorithm).map(|(_, text)| text)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.is_kept {
            self.blobs.give_room(self.size);
            let path = self.blobs.path(&self.id);
            if let Err(why) = fs::remove_file(&path) {
                tracing::warn!(path = %path.display(), %why, "file is not removed");
            }
        }
    }
}

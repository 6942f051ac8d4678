//! A file that takes the place of another only once it is worth it.

use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Mode, OFlags};

/// A file on its way to its place: what is there already stays until [`NewFile::keep`]. It has no
/// name before, so that nothing is left of it however this process ends.
#[derive(Debug)]
pub(crate) struct NewFile {
    file: File,
    place: Place,
}

/// Where a new file is, and where it is to be.
#[derive(Debug)]
enum Place {
    /// Where it is: kept already, or a device, a pipe or a socket, which has no content to lose and
    /// cannot be replaced.
    Here,
    /// Without a name, to be given the first one and then the second.
    Nowhere(PathBuf, PathBuf),
    /// Under the first name, on a file system that knows no files without one.
    Beside(PathBuf, PathBuf),
}

impl NewFile {
    pub(crate) fn create(path: &Path) -> io::Result<NewFile> {
        let known = fs::metadata(path);
        if known.as_ref().is_ok_and(|known| !known.is_file()) {
            let file = File::options().write(true).open(path)?;
            return Ok(NewFile { file, place: Place::Here });
        }
        // What a symbolic link leads to is replaced, not the link.
        let place = if known.is_ok() { path.canonicalize()? } else { path.to_owned() };
        if known.is_ok() {
            // Whoever may not write to a file may not replace it either.
            File::options().write(true).open(&place)?;
        }
        let name = place.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let mut new = OsString::from(".");
        new.push(name);
        new.push(format!(".{}.new", std::process::id()));
        let new = place.with_file_name(new);
        let directory = match place.parent() {
            Some(directory) if !directory.as_os_str().is_empty() => directory,
            _ => Path::new("."),
        };
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let nameless = rustix::fs::open(directory, flags, Mode::from_raw_mode(0o666));
        let new = match nameless {
            Ok(file) => NewFile { file: file.into(), place: Place::Nowhere(new, place) },
            Err(_) => NewFile { file: File::create(&new)?, place: Place::Beside(new, place) },
        };
        match known.as_ref().map(fs::Metadata::permissions) {
            Ok(permissions) => new.with(permissions),
            Err(_) => Ok(new),
        }
    }

    fn with(self, permissions: Permissions) -> io::Result<NewFile> {
        self.file.set_permissions(permissions)?;
        Ok(self)
    }

    /// Puts it into its place; it can be written to further.
    pub(crate) fn keep(&mut self) -> io::Result<()> {
        if let Place::Nowhere(new, place) = &self.place {
            let own = format!("/proc/self/fd/{}", self.file.as_raw_fd());
            rustix::fs::linkat(CWD, own, CWD, new, AtFlags::SYMLINK_FOLLOW)?;
            self.place = Place::Beside(new.clone(), place.clone());
        }
        if let Place::Beside(new, place) = &self.place {
            fs::rename(new, place)?;
            self.place = Place::Here;
        }
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Place::Beside(new, _) = &self.place {
            // It was not worth keeping, and nobody is there to be told.
            let _ = fs::remove_file(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// A directory of the test's own, removed with it.
    struct Directory(PathBuf);

    impl Directory {
        fn new(of: &str) -> Directory {
            let path = std::env::temp_dir().join(format!("warren-{of}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Directory(path)
        }

        fn names(&self) -> Vec<String> {
            let all = fs::read_dir(&self.0).unwrap();
            all.map(|each| each.unwrap().file_name().into_string().unwrap()).collect()
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn what_was_there_stays_until_the_new_one_is_kept() {
        let directory = Directory::new("kept");
        let path = directory.0.join("k.csv");
        fs::write(&path, "precious").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let mut file = NewFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
        drop(file);
        assert_eq!(directory.names(), ["k.csv"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "precious");

        let mut file = NewFile::create(&path).unwrap();
        file.write_all(b"whole").unwrap();
        file.keep().unwrap();
        file.write_all(b", and more").unwrap();
        drop(file);
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole, and more");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(directory.names(), ["k.csv"]);
    }

    #[test]
    fn links_stay_links_and_devices_stay_devices() {
        let directory = Directory::new("links");
        let (path, link) = (directory.0.join("real"), directory.0.join("link"));
        fs::write(&path, "old").unwrap();
        symlink("real", &link).unwrap();
        let mut file = NewFile::create(&link).unwrap();
        file.write_all(b"new").unwrap();
        file.keep().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        NewFile::create(Path::new("/dev/null")).unwrap().keep().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        assert!(NewFile::create(&directory.0.join("none/file")).is_err());
    }
}

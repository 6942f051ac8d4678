//! The root that all sandboxes see: a read-only tree made of what managed runtimes need from the
//! host, with nothing else of the host in it.

use std::collections::VecDeque;
use std::ffi::{CStr, CString};
use std::fs;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::child::{GID, UID};
use super::sys::{
    attach_tree, check, covering_tree, failed, mount, open_at, read_only_tree, remove_at,
};
use crate::runtime::{TRUSTED, client};

/// Where the files shown as `/etc/resolv.conf` are; readable by root alone, since they tell of other
/// VPCs.
const RESOLVERS: &str = "/.resolvers";
/// How many of them there are at once.
const MOST_RESOLVERS: usize = 256;

/// Directories of the host that the root shows, where it has them: programs and libraries.
const SHOWN: [&str; 6] = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

/// Files and directories of the host's `/etc` that programs need: certificates, the dynamic
/// linker's cache and the links of Debian's alternatives.
const SHOWN_ETC: [&str; 5] =
    ["ssl/certs", "pki/tls/certs", "ca-certificates", "alternatives", "crypto-policies"];
const COPIED_ETC: [&str; 4] = ["ld.so.cache", "mime.types", "services", "protocols"];

/// Device nodes by name, major and minor number.
const DEVICES: [(&str, u32, u32); 5] =
    [("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9)];

fn c_path(path: &Path) -> io::Result<CString> {
    CString::new(path.as_os_str().as_bytes()).map_err(io::Error::other)
}

/// What the root shows that is the installation's.
pub(super) struct Shown<'a> {
    /// The directory of SDKs, if it is there.
    pub(super) sdk: &'a Path,
    /// The certificates that functions trust; the host's, where the path is empty.
    pub(super) trusted: &'a Path,
}

/// Builds the root on a tmpfs at `at` and makes it the root of the current mount namespace,
/// detaching what was there before. The namespace must be the caller's own.
pub(super) fn enter(at: &Path, shown: &Shown<'_>) -> io::Result<()> {
    mount(None, c"/", None, libc::MS_REC | libc::MS_PRIVATE, None)?;
    let target = c_path(at)?;
    let options = c"mode=755,size=16m";
    mount(Some(c"warren"), &target, Some(c"tmpfs"), libc::MS_NOSUID, Some(options))?;
    populate(at, shown)?;
    std::env::set_current_dir(at)?;
    // SAFETY: two C strings.
    // JUSTIFICATION: std has no pivot_root.
    let pivoted =
        unsafe { libc::syscall(libc::SYS_pivot_root, c".".as_ptr(), c".".as_ptr()) } as i32;
    check(pivoted)?;
    // SAFETY: a C string; the old root lies over the new one here.
    // JUSTIFICATION: std has no umount.
    check(unsafe { libc::umount2(c".".as_ptr(), libc::MNT_DETACH) })?;
    std::env::set_current_dir("/")
}

/// Makes the root read-only; before this, files can be added by [`Resolvers::path`].
pub(super) fn seal() -> io::Result<()> {
    let flags = libc::MS_REMOUNT | libc::MS_RDONLY | libc::MS_NOSUID | libc::MS_BIND;
    mount(None, c"/", None, flags, None)
}

fn populate(root: &Path, Shown { sdk, trusted }: &Shown<'_>) -> io::Result<()> {
    let directories = [
        "dev",
        "etc",
        "home",
        "mnt",
        "opt",
        "proc",
        "root",
        "run",
        "sys",
        "tmp",
        "usr",
        "var/lang",
        "var/lib",
        "var/log",
        "var/runtime",
        "var/task",
        "var/cache",
    ];
    for directory in directories {
        fs::create_dir_all(root.join(directory))?;
    }
    symlink("../tmp", root.join("var/tmp"))?;
    show(Path::new("/usr"), &root.join("usr"))?;
    for name in SHOWN {
        let host = Path::new("/").join(name);
        match fs::read_link(&host) {
            Ok(target) => symlink(target, root.join(name))?,
            Err(_) if host.is_dir() => {
                fs::create_dir(root.join(name))?;
                show(&host, &root.join(name))?;
            }
            Err(_) => {}
        }
    }
    show_bash_as_sh(root)?;
    devices(root)?;
    etc(&root.join("etc"))?;
    for (name, text) in client::FILES {
        let path = root.join("var/runtime").join(name);
        fs::write(&path, text)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    if sdk.is_dir() {
        let shown = root.join("var/runtime/sdk");
        fs::create_dir(&shown)?;
        show(sdk, &shown)?;
        symlink("sdk/nodejs/node_modules", root.join("var/runtime/node_modules"))?;
    }
    let certificates = root.join(&TRUSTED[1..]);
    if trusted.as_os_str().is_empty() {
        symlink("/etc/ssl/certs/ca-certificates.crt", certificates)?;
    } else {
        fs::write(&certificates, fs::read(trusted)?)?;
        fs::set_permissions(&certificates, fs::Permissions::from_mode(0o644))?;
    }
    let resolvers = root.join(&RESOLVERS[1..]);
    fs::create_dir(&resolvers)?;
    fs::set_permissions(&resolvers, fs::Permissions::from_mode(0o700))
}

/// Shows a directory or file of the host, read-only.
fn show(host: &Path, at: &Path) -> io::Result<()> {
    let tree = read_only_tree(&c_path(host)?)?;
    attach_tree(tree.as_raw_fd(), &c_path(at)?).map(drop).map_err(failed)
}

/// Has `sh` be bash, as on AWS, where that is another shell on the host: scripts of AWS's guides
/// use what the lesser shells do not know. What only has the name of a shell stays as it is.
fn show_bash_as_sh(root: &Path) -> io::Result<()> {
    const OTHERS: [&str; 5] = ["dash", "ash", "ksh", "mksh", "yash"];
    let found = ["/usr/bin/bash", "/bin/bash"].map(fs::canonicalize).into_iter().flatten().next();
    let (Some(bash), Ok(sh)) = (found, fs::canonicalize("/bin/sh")) else { return Ok(()) };
    let is_other = sh.file_name().is_some_and(|name| OTHERS.iter().any(|other| name == *other));
    let within = sh.strip_prefix("/").map(|path| root.join(path));
    match within {
        Ok(at) if is_other && at.is_file() => show(&bash, &at),
        _ => Ok(()),
    }
}

fn devices(root: &Path) -> io::Result<()> {
    for (name, major, minor) in DEVICES {
        let path = c_path(&root.join("dev").join(name))?;
        let mode = libc::S_IFCHR | 0o666;
        // SAFETY: a C string and integers.
        // JUSTIFICATION: std has no mknod.
        check(unsafe { libc::mknod(path.as_ptr(), mode, libc::makedev(major, minor)) })?;
        // SAFETY: a C string and an integer; mknod's mode is narrowed by the umask.
        // JUSTIFICATION: std's set_permissions would follow, this is the same call.
        check(unsafe { libc::chmod(path.as_ptr(), 0o666) })?;
    }
    for (name, target) in [
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ] {
        symlink(target, root.join("dev").join(name))?;
    }
    Ok(())
}

fn etc(etc: &Path) -> io::Result<()> {
    for name in SHOWN_ETC {
        let host = Path::new("/etc").join(name);
        if host.is_dir() {
            fs::create_dir_all(etc.join(name))?;
            show(&host, &etc.join(name))?;
        }
    }
    for name in COPIED_ETC {
        if let Ok(bytes) = fs::read(Path::new("/etc").join(name)) {
            fs::write(etc.join(name), bytes)?;
        }
    }
    let user = "sbx_user1051";
    let passwd = format!(
        "root:x:0:0:root:/root:/sbin/nologin\n{user}:x:{UID}:{GID}::/home/{user}:/sbin/nologin\n"
    );
    let group = format!("root:x:0:\n{user}:x:{GID}:\n");
    for (name, text) in [
        ("passwd", passwd.as_str()),
        ("group", group.as_str()),
        ("hosts", "127.0.0.1 localhost sandbox\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
        ("resolv.conf", ""),
        ("hostname", "sandbox\n"),
    ] {
        fs::write(etc.join(name), text)?;
    }
    symlink("../usr/lib/os-release", etc.join("os-release"))?;
    symlink("/proc/self/mounts", etc.join("mtab"))
}

/// The texts that are shown as `/etc/resolv.conf`, each in a file of the root: there are about as many
/// as there are VPCs, and those that were wanted longest ago go.
#[derive(Debug, Default)]
pub(super) struct Resolvers {
    known: VecDeque<(String, u64)>,
    last: u64,
}

impl Resolvers {
    /// Path of the file with this text, made when there is none yet. `writable` is the root directory,
    /// not through its read-only mount.
    pub(super) fn path(&mut self, writable: &OwnedFd, text: &str) -> io::Result<CString> {
        let known = self.known.iter().position(|(known, _)| known == text);
        if let Some(found) = known.and_then(|at| self.known.remove(at)) {
            let path = CString::new(format!("{RESOLVERS}/{}", found.1))?;
            self.known.push_back(found);
            return Ok(path);
        }
        if self.known.len() >= MOST_RESOLVERS
            && let Some((_, number)) = self.known.pop_front()
        {
            // Sandboxes that are shown it keep it.
            remove_at(writable, &CString::new(format!("{}/{number}", &RESOLVERS[1..]))?)?;
        }
        self.last += 1;
        let number = self.last;
        let relative = CString::new(format!("{}/{number}", &RESOLVERS[1..]))?;
        let file = open_at(writable, &relative, libc::O_WRONLY | libc::O_CREAT | libc::O_EXCL)?;
        io::Write::write_all(&mut fs::File::from(file), text.as_bytes())?;
        self.known.push_back((text.to_owned(), number));
        Ok(CString::new(format!("{RESOLVERS}/{number}"))?)
    }
}

/// The directory of a program on the host as a C string, refusing what cannot be one.
pub(super) fn host_path(path: &str) -> io::Result<CString> {
    if !path.starts_with('/') {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "path is not absolute"));
    }
    CString::new(path).map_err(io::Error::other)
}

/// The tree of layers, seen from the current mount namespace.
pub(super) fn layers(directories: &[String]) -> io::Result<Option<OwnedFd>> {
    let directories = directories.iter().map(|path| host_path(path));
    let directories: Vec<CString> = directories.collect::<Result<_, _>>()?;
    match directories.as_slice() {
        [] => Ok(None),
        [only] => read_only_tree(only).map(Some),
        several => covering_tree(several).map(Some),
    }
}

/// Options of a sandbox's `/tmp`.
pub(super) fn tmp_options(size: u64) -> CString {
    let text = format!("size={size},mode=1777,nr_inodes=1048576");
    CString::new(text).unwrap_or_else(|_| <&CStr>::default().to_owned())
}

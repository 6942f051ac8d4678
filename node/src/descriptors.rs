//! Descriptors: how many this process may open, and for how many environments they suffice.

use std::fs;
use std::io;

use crate::sandbox::sys::check;

/// The part of all descriptors that connections to exposed ports may have.
const SHARE_OF_CONNECTIONS: u64 = 4;
/// The most connections that exposed ports carry at once.
const CONNECTIONS: u64 = 4096;
/// Descriptors that are left over by whoever can be refused in order, for all others.
const SPARE: usize = 48;

/// Descriptors that this process holds for one environment: its first process, its listening
/// socket and output, one connection of its runtime's, its network namespace with a socket, the
/// files of its control groups (most where version 1 is mounted), and a caller who waits for it.
pub const PER_ENVIRONMENT: u64 = 18;

/// Descriptors that it holds whatever runs: the store, the logs, the fronts, routers, the services' stores,
/// each opened when it is first asked, and some dozens of connections of clients.
pub const OWN: u64 = 160;

/// Raises the limit of this process to what it may have, and returns it. Beyond the usual 1,024
/// there is no harm in it: nothing here selects by `select`, and functions have a limit of their own.
///
/// # Errors
/// When the kernel does not tell the limit.
pub fn raise() -> io::Result<u64> {
    let mut limit = limit()?;
    let before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    // SAFETY: a valid limit.
    // JUSTIFICATION: std has no setrlimit.
    match check(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) }) {
        Ok(_) => Ok(limit.rlim_max),
        // What is above the machine's own bound cannot be had, and what there is stays.
        Err(_) => Ok(before),
    }
}

fn limit() -> io::Result<libc::rlimit> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: a valid place for the answer.
    // JUSTIFICATION: std has no getrlimit.
    check(unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) })?;
    Ok(limit)
}

/// How many connections exposed ports carry at once, each of which has two descriptors.
pub(crate) fn connections() -> io::Result<usize> {
    let most = limit()?.rlim_cur / SHARE_OF_CONNECTIONS / 2;
    Ok(most.clamp(1, CONNECTIONS) as usize)
}

/// Whether so many descriptors are to be had, and some more after them.
///
/// # Errors
/// As the kernel says it when there are none.
pub(crate) fn suffice(wanted: usize) -> io::Result<()> {
    let open = fs::read_dir("/proc/self/fd")?.count();
    match (open + wanted + SPARE) as u64 <= limit()?.rlim_cur {
        true => Ok(()),
        false => Err(io::Error::from_raw_os_error(libc::EMFILE)),
    }
}

/// Whether it failed for want of something that others may give back.
pub(crate) fn is_shortage(error: &io::Error) -> bool {
    const SHORT: [i32; 4] = [libc::EMFILE, libc::ENFILE, libc::ENOMEM, libc::ENOBUFS];
    error.raw_os_error().is_some_and(|code| SHORT.contains(&code))
}

/// For how many environments at once a limit suffices.
pub fn environments(limit: u64) -> u64 {
    limit.saturating_sub(OWN) / PER_ENVIRONMENT
}

/// For how many environments at once the limit of this process suffices.
///
/// # Errors
/// When the kernel does not tell the limit.
pub(crate) fn most_environments() -> io::Result<u64> {
    Ok(environments(limit()?.rlim_cur))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_what_is_left_beside_the_servers_own() {
        assert_eq!(environments(64), 0);
        assert_eq!(environments(256), 5);
        assert_eq!(environments(1024), 48);
        assert_eq!(environments(20_000), 1102);
    }
}

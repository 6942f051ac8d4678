//! Limits of a function's processes, as AWS's, as far as this machine allows them.

use super::sys::check;

/// Descriptors that a function's process may open.
const DESCRIPTORS: u64 = 1024;
/// Bytes of a core dump, as recorded on AWS; it lands in `/tmp` or nowhere.
const CORE: u64 = 10_737_418_240;

/// Processes and threads that a function of `memory` MB may have: 742 of 128 MB, which is what a
/// kernel gives its users by the memory of such a machine, and 1,024 as documented from 199 MB on.
pub fn processes(memory: u32) -> u64 {
    (4 * u64::from(memory) + 230).min(1024)
}

/// Every limit that is set: its resource, and what it is for a process and at most.
pub(super) fn all(processes: u64) -> [(u32, u64, u64); 7] {
    let wanted = [
        (libc::RLIMIT_NOFILE, DESCRIPTORS, DESCRIPTORS),
        (libc::RLIMIT_NPROC, processes, processes),
        (libc::RLIMIT_CORE, CORE, CORE),
        (libc::RLIMIT_MEMLOCK, 65_536, 65_536),
        (libc::RLIMIT_STACK, 8 << 20, libc::RLIM_INFINITY),
        (libc::RLIMIT_NICE, 0, 0),
        (libc::RLIMIT_RTPRIO, 0, 0),
    ];
    // Who may not raise limits, as in a container, cannot give more than it has itself.
    wanted.map(|(resource, soft, hard)| {
        let bound = bound(resource);
        (resource, soft.min(bound), hard.min(bound))
    })
}

/// Nanoseconds that a process of a function computes at a time while others wait for the same
/// processor, a tenth of what the kernel gives by itself: an invocation of one function waits for
/// this long behind another that never rests, and not for that. Each has its share all the same.
const TURN: u64 = 300_000;

/// The `sched_attr` that says so; kernels before Linux 6.12 take it and go on as before. The priority
/// stays this process's own.
pub(super) fn turn() -> Vec<u8> {
    const SIZE: u32 = 48;
    // SAFETY: integers only.
    // JUSTIFICATION: std does not tell priorities. It cannot fail for the caller.
    let nice = unsafe { libc::getpriority(libc::PRIO_PROCESS, 0) };
    let policy = libc::SCHED_OTHER.cast_unsigned();
    let head = [SIZE, policy, 0, 0, nice.cast_unsigned(), 0].map(u32::to_ne_bytes).concat();
    let spans = [TURN, 0, 0].map(u64::to_ne_bytes).concat();
    [head, spans].concat()
}

/// What this process could set a limit to.
fn bound(resource: u32) -> u64 {
    let mut own = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: a valid place for the answer.
    // JUSTIFICATION: std has no getrlimit.
    match check(unsafe { libc::getrlimit(resource, &raw mut own) }) {
        Ok(_) if !may_raise() => own.rlim_max,
        _ => u64::MAX,
    }
}

/// Whether this process has CAP_SYS_RESOURCE, by which it may raise limits.
fn may_raise() -> bool {
    const CAP_SYS_RESOURCE: u32 = 24;
    let mut header = [0x2008_0522u32, 0];
    let mut sets = [0u32; 6];
    // SAFETY: header and room for both halves of the three sets, as version 3 has them.
    // JUSTIFICATION: std does not ask about capabilities.
    let asked =
        unsafe { libc::syscall(libc::SYS_capget, header.as_mut_ptr(), sets.as_mut_ptr()) } as i32;
    check(asked).is_ok() && sets[0] & 1 << CAP_SYS_RESOURCE != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_function_has_as_many_processes_as_recorded_and_none_more_than_documented() {
        assert_eq!(processes(128), 742);
        assert_eq!(processes(199), 1024);
        assert_eq!(processes(10_240), 1024);
    }
}

//! The seccomp filter: which system calls a function may not make, as a balanced tree of classic
//! BPF, because the kernel's cost of installing a filter grows with the longest path through it.

use libc::sock_filter;

const LOAD: u16 = (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16;
const EQUAL: u16 = (libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K) as u16;
const NOT_BELOW: u16 = (libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K) as u16;
const ANY_BIT: u16 = (libc::BPF_JMP | libc::BPF_JSET | libc::BPF_K) as u16;
const RETURN: u16 = (libc::BPF_RET | libc::BPF_K) as u16;

const NUMBER_AT: u32 = 0;
const ARCH_AT: u32 = 4;
const FIRST_ARGUMENT_AT: u32 = 16;

#[cfg(target_arch = "x86_64")]
const ARCH: u32 = 0xC000_003E;
#[cfg(target_arch = "aarch64")]
const ARCH: u32 = 0xC000_00B7;

/// Numbers above this are x32 calls on x86_64, and nothing on others: a filter by native numbers
/// would let them through.
const LAST_NATIVE: u32 = 0x3FFF_FFFF;

const ALLOW: u32 = libc::SECCOMP_RET_ALLOW;
const REFUSE: u32 = libc::SECCOMP_RET_ERRNO | libc::EPERM as u32;
const ABSENT: u32 = libc::SECCOMP_RET_ERRNO | libc::ENOSYS as u32;
const NO_FAMILY: u32 = libc::SECCOMP_RET_ERRNO | libc::EAFNOSUPPORT as u32;
const KILL: u32 = libc::SECCOMP_RET_KILL_PROCESS;

/// What becomes of one system call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CallVerdict {
    Allow,
    Refuse,
    Absent,
    /// Allowed unless a namespace flag is set in the first argument.
    NoNamespaces,
    /// Allowed for the address families that namespaces keep apart.
    KnownFamilies,
}

/// Calls that answer EPERM: they change the system, other processes or the sandbox itself.
const REFUSED: &[libc::c_long] = &[
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_adjtimex,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_adjtime,
    libc::SYS_clock_settime,
    libc::SYS_delete_module,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_init_module,
    libc::SYS_kcmp,
    libc::SYS_kexec_file_load,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_lookup_dcookie,
    libc::SYS_mount,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_name_to_handle_at,
    libc::SYS_nfsservctl,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pivot_root,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_setdomainname,
    libc::SYS_sethostname,
    libc::SYS_setns,
    libc::SYS_settimeofday,
    libc::SYS_swapoff,
    libc::SYS_swapon,
    libc::SYS_syslog,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
];

/// Calls that answer ENOSYS, so that libraries fall back to an older way: clone3 hides its flags
/// from a filter, and io_uring works around every other entry of this list.
const MISSING: &[libc::c_long] = &[
    libc::SYS_clone3,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
];

/// Every `CLONE_NEW*` flag of clone(2).
const NAMESPACE_FLAGS: u32 = (libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET) as u32;

/// Families a function may open: the others (vsock, alg, packet, …) reach outside namespaces or
/// open kernel code that no function needs.
const FAMILIES: [i32; 4] = [libc::AF_UNIX, libc::AF_INET, libc::AF_INET6, libc::AF_NETLINK];

fn statement(code: u16, k: u32) -> sock_filter {
    sock_filter { code, jt: 0, jf: 0, k }
}

fn jump(code: u16, k: u32, jt: u8, jf: u8) -> sock_filter {
    sock_filter { code, jt, jf, k }
}

/// Builds the filter.
/// The filter as the bytes of its instructions.
pub(super) fn filter_bytes() -> Vec<u8> {
    let instruction = |each: &sock_filter| {
        let [code_low, code_high] = each.code.to_ne_bytes();
        let [a, b, c, d] = each.k.to_ne_bytes();
        [code_low, code_high, each.jt, each.jf, a, b, c, d]
    };
    filter().iter().flat_map(instruction).collect()
}

/// The filter.
pub(crate) fn filter() -> Vec<sock_filter> {
    let mut program = vec![
        statement(LOAD, ARCH_AT),
        jump(EQUAL, ARCH, 1, 0),
        statement(RETURN, KILL),
        statement(LOAD, NUMBER_AT),
        jump(NOT_BELOW, LAST_NATIVE + 1, 0, 1),
        statement(RETURN, ABSENT),
    ];
    program.extend(tree(&ranges()));
    program
}

/// The verdicts as ranges: each holds from its number up to the next one's.
fn ranges() -> Vec<(u32, CallVerdict)> {
    let mut points: Vec<(u32, CallVerdict)> = Vec::new();
    points.extend(REFUSED.iter().map(|&number| (number as u32, CallVerdict::Refuse)));
    points.extend(MISSING.iter().map(|&number| (number as u32, CallVerdict::Absent)));
    points.push((libc::SYS_clone as u32, CallVerdict::NoNamespaces));
    points.push((libc::SYS_socket as u32, CallVerdict::KnownFamilies));
    points.push((libc::SYS_socketpair as u32, CallVerdict::KnownFamilies));
    points.sort_by_key(|&(number, _)| number);
    let mut ranges = vec![(0, CallVerdict::Allow)];
    for (number, verdict) in points {
        if ranges.last().is_some_and(|&(from, _)| from == number) {
            ranges.pop();
        }
        if ranges.last().is_none_or(|&(_, last)| last != verdict) {
            ranges.push((number, verdict));
        }
        ranges.push((number + 1, CallVerdict::Allow));
    }
    ranges
}

fn tree(ranges: &[(u32, CallVerdict)]) -> Vec<sock_filter> {
    if let [(_, verdict)] = ranges {
        return leaf(*verdict);
    }
    let (low, high) = ranges.split_at(ranges.len() / 2);
    let (low, high) = (tree(low), tree(high));
    let far = u8::try_from(low.len()).ok();
    // Jumps of this instruction reach 255 further; a longer low half is passed by a plain jump.
    let mut program = match far {
        Some(far) => vec![jump(NOT_BELOW, high_start(ranges), far, 0)],
        None => vec![
            jump(NOT_BELOW, high_start(ranges), 0, 1),
            statement((libc::BPF_JMP | libc::BPF_JA) as u16, low.len() as u32),
        ],
    };
    program.extend(low);
    program.extend(high);
    program
}

fn high_start(ranges: &[(u32, CallVerdict)]) -> u32 {
    ranges[ranges.len() / 2].0
}

fn leaf(verdict: CallVerdict) -> Vec<sock_filter> {
    match verdict {
        CallVerdict::Allow => vec![statement(RETURN, ALLOW)],
        CallVerdict::Refuse => vec![statement(RETURN, REFUSE)],
        CallVerdict::Absent => vec![statement(RETURN, ABSENT)],
        CallVerdict::NoNamespaces => vec![
            statement(LOAD, FIRST_ARGUMENT_AT),
            jump(ANY_BIT, NAMESPACE_FLAGS, 0, 1),
            statement(RETURN, REFUSE),
            statement(RETURN, ALLOW),
        ],
        CallVerdict::KnownFamilies => {
            let mut program = vec![statement(LOAD, FIRST_ARGUMENT_AT)];
            for (at, family) in FAMILIES.into_iter().enumerate() {
                program.push(jump(EQUAL, family as u32, (FAMILIES.len() - at) as u8, 0));
            }
            program.push(statement(RETURN, NO_FAMILY));
            program.push(statement(RETURN, ALLOW));
            program
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Interprets the filter as the kernel does.
    fn run(program: &[sock_filter], arch: u32, number: u32, first: u32) -> u32 {
        let mut accumulator = 0;
        let mut at = 0;
        for _ in 0..program.len() {
            let step = program[at];
            at += 1;
            match step.code {
                LOAD => {
                    accumulator = match step.k {
                        NUMBER_AT => number,
                        ARCH_AT => arch,
                        FIRST_ARGUMENT_AT => first,
                        other => panic!("load from {other}"),
                    }
                }
                RETURN => return step.k,
                code => {
                    let taken = match code {
                        EQUAL => accumulator == step.k,
                        NOT_BELOW => accumulator >= step.k,
                        ANY_BIT => accumulator & step.k != 0,
                        _ => {
                            at += step.k as usize;
                            continue;
                        }
                    };
                    at += usize::from(if taken { step.jt } else { step.jf });
                }
            }
        }
        panic!("no verdict");
    }

    #[test]
    fn every_number_gets_the_verdict_of_the_lists() {
        let program = filter();
        assert!(program.len() < 4096);
        for number in 0..1000u32 {
            let call = libc::c_long::from(number);
            let expected = if REFUSED.contains(&call) {
                REFUSE
            } else if MISSING.contains(&call) {
                ABSENT
            } else {
                ALLOW
            };
            // The first argument 1 is AF_UNIX and no namespace flag.
            assert_eq!(run(&program, ARCH, number, 1), expected, "number {number}");
        }
    }

    #[test]
    fn arguments_and_foreign_calls_are_judged() {
        let program = filter();
        let clone = libc::SYS_clone as u32;
        assert_eq!(run(&program, ARCH, clone, libc::CLONE_NEWUSER as u32), REFUSE);
        assert_eq!(run(&program, ARCH, clone, libc::CLONE_VM as u32), ALLOW);
        let socket = libc::SYS_socket as u32;
        assert_eq!(run(&program, ARCH, socket, libc::AF_INET6 as u32), ALLOW);
        assert_eq!(run(&program, ARCH, socket, libc::AF_VSOCK as u32), NO_FAMILY);
        assert_eq!(run(&program, ARCH, socket, libc::AF_PACKET as u32), NO_FAMILY);
        assert_eq!(run(&program, ARCH, 0x4000_0000, 0), ABSENT);
        assert_eq!(run(&program, 0x4000_0003, 0, 0), KILL);
    }
}

//! What a function must not be able to do, each tried for real from inside.

mod common;

use std::net::TcpListener;
use std::time::Duration;

use common::{Harness, spec};
use engine::id::EnvironmentId;
use engine::node::{NodeReport, Outcome};

/// Runs what it is sent, and answers with the variable `result` or the error.
const PROBE: &str = r#"
import os, sys, json, socket, time, threading, ctypes, errno, subprocess, resource, glob
libc = ctypes.CDLL(None, use_errno=True)
def attempt(deed):
    try:
        return deed()
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    except Exception as error:
        return repr(error)
def system(number, *arguments):
    value = libc.syscall(number, *arguments)
    return value if value >= 0 else errno.errorcode[ctypes.get_errno()]
def handler(event, context):
    exec(event, globals())
    return result
"#;

struct Probe {
    harness: Harness,
    environment: EnvironmentId,
}

impl Probe {
    fn new(name: &str) -> Probe {
        let harness = Harness::new(name, 0);
        let environment = start(&harness);
        Probe { harness, environment }
    }

    fn run(&self, code: &str) -> String {
        run(&self.harness, self.environment, code)
    }
}

fn start(harness: &Harness) -> EnvironmentId {
    let code = harness.code(&[("app.py", PROBE)]);
    harness.start(spec(code, "python3.11", "app.handler"))
}

fn run(harness: &Harness, environment: EnvironmentId, code: &str) -> String {
    let mut event = String::from("\"");
    for each in code.chars() {
        match each {
            '"' => event.push_str("\\\""),
            '\\' => event.push_str("\\\\"),
            '\n' => event.push_str("\\n"),
            each => event.push(each),
        }
    }
    event.push('"');
    let (outcome, body) = harness.invoke(environment, &event);
    assert!(matches!(outcome, Outcome::Response { .. }), "{body}");
    body
}

#[test]
fn only_its_own_processes_are_there() {
    let probe = Probe::new("processes");
    let pids = probe.run("result = sorted(int(p) for p in os.listdir('/proc') if p.isdigit())");
    assert_eq!(pids, "[1, 2]");
    // The first process is the platform's: not to be killed, traced, or read.
    assert_eq!(probe.run("result = attempt(lambda: os.kill(1, 9))"), "\"EPERM\"");
    for file in ["environ", "mem", "maps", "root", "cwd", "fd", "exe"] {
        let code = format!(
            "result = attempt(lambda: os.listdir('/proc/1/{file}') if '{file}' == 'fd' else \
             os.readlink('/proc/1/{file}') if '{file}' in ('root', 'cwd', 'exe') else \
             open('/proc/1/{file}', 'rb').read(16))"
        );
        assert_eq!(probe.run(&code), "\"EACCES\"", "{file}");
    }
    assert_eq!(probe.run("result = system(101, 16, 1, 0, 0)"), "\"EPERM\"", "ptrace");
}

#[test]
fn only_the_files_it_needs_are_there() {
    let probe = Probe::new("files");
    let marker = probe.harness.directory.join("marker");
    std::fs::write(&marker, "secret").unwrap();
    let code = format!("result = os.path.exists('{}')", marker.display());
    assert_eq!(probe.run(&code), "false");
    for path in ["/root/.bashrc", "/etc/shadow", "/home/user", "/etc/ssh", "/var/lib/dpkg", "/work"]
    {
        assert_eq!(probe.run(&format!("result = os.path.exists('{path}')")), "false", "{path}");
    }
    assert_eq!(probe.run("result = os.listdir('/tmp')"), "[]");
    assert_eq!(probe.run("result = attempt(lambda: os.listdir('/.resolvers'))"), "\"EACCES\"");
    assert_eq!(
        probe.run("result = sorted(os.listdir('/dev'))"),
        "[\"fd\", \"full\", \"null\", \"random\", \"stderr\", \"stdin\", \"stdout\", \"urandom\", \"zero\"]"
    );
    for path in ["/x", "/var/task/x", "/usr/x", "/etc/x", "/var/runtime/x", "/opt/x", "/var/lang/x"]
    {
        let answer = probe.run(&format!("result = attempt(lambda: open('{path}', 'w').close())"));
        assert!(["\"EROFS\"", "\"EACCES\""].contains(&answer.as_str()), "{path}: {answer}");
    }
    assert_eq!(probe.run("result = attempt(lambda: open('/tmp/x', 'w').write('y'))"), "1");
    // Nothing of the tree that was pivoted away from can be reached.
    let roots = probe.run("result = [l.split()[4] for l in open('/proc/self/mountinfo')]");
    assert!(!roots.contains("old") && !roots.contains("cgroup"), "{roots}");
    assert_eq!(probe.run("os.chdir('/'); result = os.path.realpath('../../..')"), "\"/\"");
}

#[test]
fn no_variable_or_descriptor_of_the_host_is_there() {
    // SAFETY: set before the node of this test starts a process; tests read no such variable.
    // JUSTIFICATION: the point is that it does not arrive.
    unsafe { std::env::set_var("WARREN_TEST_SECRET", "secret") };
    let probe = Probe::new("variables");
    assert_eq!(probe.run("result = 'WARREN_TEST_SECRET' in os.environ"), "false");
    assert_eq!(probe.run("result = b'WARREN' in open('/proc/self/environ', 'rb').read()"), "false");
    // Standard streams, the connection to the Runtime API, and the listing's own.
    let code = "result = [(fd, os.readlink('/proc/self/fd/' + fd).split(':')[0]) \
                for fd in sorted(os.listdir('/proc/self/fd')) if os.path.lexists('/proc/self/fd/' + fd)]";
    let list = probe.run(code);
    assert!(
        list.starts_with("[[\"0\", \"/dev/null\"], [\"1\", \"pipe\"], [\"2\", \"pipe\"]"),
        "{list}"
    );
    let count = probe.run("result = len(os.listdir('/proc/self/fd'))");
    assert_eq!(count, "5", "{list}");
    // One that is executed finds nothing but the streams.
    let code = "result = subprocess.run(['/bin/ls', '/proc/self/fd'], capture_output=True, \
                close_fds=False).stdout.decode().split()";
    assert_eq!(probe.run(code), "[\"0\", \"1\", \"2\", \"3\"]");
}

#[test]
fn neither_the_hosts_network_nor_its_loopback_is_there() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let probe = Probe::new("network");
    let code = format!(
        "result = attempt(lambda: socket.create_connection(('127.0.0.1', {port}), 2).close())"
    );
    assert_eq!(probe.run(&code), "\"ECONNREFUSED\"");
    assert_eq!(probe.run("result = [name for _, name in socket.if_nameindex()]"), "[\"lo\"]");
    for (family, name) in [(17, "packet"), (40, "vsock"), (38, "alg"), (44, "xdp")] {
        let code = format!("result = attempt(lambda: socket.socket({family}, 3).close())");
        assert_eq!(probe.run(&code), "\"EAFNOSUPPORT\"", "{name}");
    }
    assert_eq!(
        probe.run("result = attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))"),
        "\"EPERM\""
    );
}

#[test]
fn limits_hold() {
    let probe = Probe::new("limits");
    let files = "fds = []\n\
                 def fill():\n  while True: fds.append(os.open('/dev/null', 0))\n\
                 result = [attempt(fill), len(fds)]\n\
                 for fd in fds: os.close(fd)";
    assert!(probe.run(files).starts_with("[\"EMFILE\", 10"), "open files");
    let tmp = "def fill():\n  f = open('/tmp/big', 'wb')\n  f.truncate(600 << 20)\n  os.posix_fallocate(f.fileno(), 0, 600 << 20)\n\
               result = attempt(fill)\nos.unlink('/tmp/big')";
    assert_eq!(probe.run(tmp), "\"ENOSPC\"");
    let threads = "gate = threading.Event()\nthreads = []\n\
                   threading.stack_size(32768)\n\
                   def more():\n  while True:\n    t = threading.Thread(target=gate.wait)\n    t.start()\n    threads.append(t)\n\
                   stopped = attempt(more)\ncount = len(threads)\ngate.set()\n\
                   for t in threads: t.join()\n\
                   result = [stopped, count]";
    let answer = probe.run(threads);
    assert!(answer.contains("can't start new thread"), "{answer}");
    let count: u32 = answer.rsplit(' ').next().unwrap().trim_end_matches(']').parse().unwrap();
    // As recorded on AWS for 128 MB; the interpreter has some of its own.
    assert!((720..742).contains(&count), "{count} threads");
    assert_eq!(
        probe.run(
            "result = attempt(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096)))"
        ),
        "\"ValueError('not allowed to raise maximum limit')\""
    );
}

/// A function that tells how it is confined; the parent's number tells whether it was forked by a
/// zygote, which is outside of its sandbox.
const FACTS: &str = r#"
import os, resource, threading
def fork():
    held = threading._active_limbo_lock
    pid = os.fork()
    if pid == 0:
        os._exit(int(threading._active_limbo_lock is held))
    return os.waitpid(pid, 0)[1]
def handler(event, context):
    fields = ("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
              "Seccomp", "SigBlk", "SigCgt", "Umask")
    lines = open("/proc/self/status").read().splitlines()
    status = {line.split(":")[0]: line.split()[1:] for line in lines}
    links = {name: os.readlink("/proc/self/fd/" + name).split(":")[0]
             for name in sorted(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd/" + name)}
    return {
        "status": {name: status.get(name) for name in fields},
        "parent": os.getppid(),
        "descriptors": links,
        "limits": [resource.getrlimit(each) for each in range(16)],
        "processes": sorted(int(each) for each in os.listdir("/proc") if each.isdigit()),
        "cgroup": open("/proc/self/cgroup").read(),
        "mounts": [line.split()[4] for line in open("/proc/self/mountinfo")],
        "links": [line.split(":")[0].strip() for line in open("/proc/net/dev").readlines()[2:]],
        "host": os.uname().nodename,
        "session": os.getsid(0) == os.getpid(),
        "thread": threading.main_thread().native_id == threading.get_native_id(),
        "own fork": fork(),
        "directory": os.getcwd(),
        "names": sorted(os.environ),
        "can_write": os.access("/", os.W_OK) or os.access("/var/runtime", os.W_OK),
    }
"#;

#[test]
fn an_interpreter_that_was_forked_is_as_confined_as_one_that_was_executed() {
    let harness = Harness::new("forks", 0);
    let code = harness.code(&[("app.py", FACTS)]);
    let facts = |environment: EnvironmentId| {
        let (_, answer) = harness.invoke(environment, "{}");
        // What is forked has no parent here, and the parents' numbers are all that may differ.
        let is_forked = answer.contains("\"parent\": 0");
        (is_forked, answer.replace("\"parent\": 1", "\"parent\": 0"))
    };
    let alone = harness.start(spec(code, "python3.11", "app.handler"));
    let (is_forked, executed) = facts(alone);
    assert!(!is_forked, "one alone is executed: {executed}");
    // What modules want to be done at a fork is done at those of the function's own.
    assert!(executed.contains("\"thread\": true") && executed.contains("\"own fork\": 0"));
    let many: Vec<_> = (0..6).map(|_| spec(code, "python3.11", "app.handler")).collect();
    let environments: Vec<_> = many.iter().map(|spec| spec.environment).collect();
    many.into_iter().for_each(|spec| harness.command_start(spec));
    let mut forked = 0;
    for environment in environments {
        harness.wait(|report| match report {
            NodeReport::Ready { environment: ready, .. } => (*ready == environment).then_some(()),
            _ => None,
        });
        let (is_forked, told) = facts(environment);
        assert_eq!(told, executed);
        forked += usize::from(is_forked);
        harness.stop(environment);
    }
    assert!(forked >= 3, "{forked} of 6 were forked");
}

#[test]
fn a_frozen_function_does_not_run() {
    let probe = Probe::new("frozen");
    probe.run(
        "ticks = [time.monotonic()]\n\
         def tick():\n  while True:\n    ticks.append(time.monotonic())\n    time.sleep(0.001)\n\
         threading.Thread(target=tick, daemon=True).start()\nresult = 1",
    );
    // The passing of time is what is tested: the thread must not notice it.
    std::thread::sleep(Duration::from_millis(400));
    let gap: f64 = probe
        .run("result = max(b - a for a, b in zip(ticks, ticks[1:] + [time.monotonic()]))")
        .parse()
        .unwrap();
    assert!(gap > 0.3, "longest gap {gap} s");
}

#[test]
fn privileges_cannot_be_gained() {
    let probe = Probe::new("privileges");
    let status = probe.run(
        "result = {l.split(':')[0]: l.split(':')[1].split()[0] for l in \
         open('/proc/self/status') if l.startswith(('Cap', 'NoNew', 'Seccomp:', 'Uid', 'Gid'))}",
    );
    for field in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
        assert!(status.contains(&format!("\"{field}\": \"0000000000000000\"")), "{status}");
    }
    assert!(status.contains("\"NoNewPrivs\": \"1\"") && status.contains("\"Seccomp\": \"2\""));
    assert!(status.contains("\"Uid\": \"993\"") && status.contains("\"Gid\": \"990\""));
    assert_eq!(probe.run("result = attempt(lambda: os.setuid(0))"), "\"EPERM\"");
    assert_eq!(probe.run("result = os.getgroups()"), "[]");
    // Programs with the set-user-id bit run as the function's user.
    let code = "found = [p for p in glob.glob('/usr/bin/*') if os.stat(p).st_mode & 0o4000]\n\
                result = [os.statvfs(p).f_flag & os.ST_NOSUID != 0 for p in found]";
    assert!(!probe.run(code).contains("false"));
    for (call, number, arguments) in [
        ("mount", libc::SYS_mount, "b'x', b'/tmp', b'tmpfs', 0, 0"),
        ("umount", libc::SYS_umount2, "b'/tmp', 2"),
        ("unshare user", libc::SYS_unshare, "0x10000000"),
        ("clone user", libc::SYS_clone, "0x10000011, 0, 0, 0, 0"),
        ("setns", libc::SYS_setns, "0, 0"),
        ("pivot_root", libc::SYS_pivot_root, "b'/', b'/'"),
        ("chroot", libc::SYS_chroot, "b'/tmp'"),
        ("bpf", libc::SYS_bpf, "0, 0, 0"),
        ("keyctl", libc::SYS_keyctl, "0, 0"),
        ("perf", libc::SYS_perf_event_open, "0, 0, 0, 0, 0"),
        ("handle", libc::SYS_open_by_handle_at, "-100, 0, 0"),
        ("reboot", libc::SYS_reboot, "0, 0, 0"),
        ("module", libc::SYS_init_module, "0, 0, b''"),
        ("sethostname", libc::SYS_sethostname, "b'x', 1"),
        ("settime", libc::SYS_clock_settime, "0, 0"),
    ] {
        let answer = probe.run(&format!("result = system({number}, {arguments})"));
        assert_eq!(answer, "\"EPERM\"", "{call}");
    }
    let answer = probe.run(&format!("result = system({}, 0, 0)", libc::SYS_io_uring_setup));
    assert_eq!(answer, "\"ENOSYS\"");
    assert_eq!(
        probe.run("result = attempt(lambda: os.mknod('/tmp/d', 0o20666, os.makedev(1, 1)))"),
        "\"EPERM\""
    );
    assert_eq!(
        probe
            .run("result = attempt(lambda: open('/proc/sys/kernel/core_pattern', 'w').write('x'))"),
        "\"EACCES\""
    );
    assert_eq!(
        probe.run("result = attempt(lambda: open('/proc/sys/vm/drop_caches', 'w').write('x'))"),
        "\"EACCES\""
    );
}

#[test]
fn another_environment_is_out_of_reach() {
    let probe = Probe::new("others");
    let other = start(&probe.harness);
    run(
        &probe.harness,
        other,
        "open('/tmp/mine', 'w').write('secret')\n\
         tcp = socket.create_server(('127.0.0.1', 7777))\n\
         unix = socket.socket(socket.AF_UNIX)\nunix.bind('\\0warren-probe')\nunix.listen()\n\
         result = 1",
    );
    assert_eq!(probe.run("result = os.listdir('/tmp')"), "[]");
    assert_eq!(
        probe.run("result = attempt(lambda: socket.create_connection(('127.0.0.1', 7777), 2))"),
        "\"ECONNREFUSED\""
    );
    assert_eq!(
        probe.run(
            "result = attempt(lambda: socket.socket(socket.AF_UNIX).connect('\\0warren-probe'))"
        ),
        "\"ECONNREFUSED\""
    );
    let pids = "result = sorted(int(p) for p in os.listdir('/proc') if p.isdigit())";
    assert_eq!(probe.run(pids), "[1, 2]");
    let map = "result = open('/proc/self/uid_map').read().split()";
    assert_ne!(probe.run(map), run(&probe.harness, other, map), "the same host user");
    for kind in ["user", "mnt", "pid", "net", "ipc", "uts", "cgroup"] {
        let link = format!("result = os.readlink('/proc/self/ns/{kind}')");
        let mine = probe.run(&link);
        assert_ne!(mine, run(&probe.harness, other, &link), "{kind}");
        let host = std::fs::read_link(format!("/proc/self/ns/{kind}")).unwrap();
        assert_ne!(mine, format!("\"{}\"", host.display()), "{kind}");
    }
}

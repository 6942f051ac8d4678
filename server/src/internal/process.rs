//! Which processes run in network namespaces, as the kernel tells it.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// A process of the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Its id.
    pub pid: u32,
    /// Its program and words.
    pub command: Vec<String>,
}

/// What tells a namespace from all others.
type Namespace = (u64, u64);

/// For each path of a network namespace what was started in it, the oldest first; what that started
/// in turn is left out.
pub(crate) fn running(paths: &[Option<String>]) -> Vec<Vec<Process>> {
    let wanted: Vec<Option<Namespace>> =
        paths.iter().map(|path| path.as_deref().and_then(namespace)).collect();
    let known: HashSet<Namespace> = wanted.iter().flatten().copied().collect();
    let mut found: HashMap<Namespace, Vec<u32>> = HashMap::new();
    // Without any, the processes of a whole machine are not looked through.
    let all = if known.is_empty() { None } else { fs::read_dir("/proc").ok() };
    for entry in all.into_iter().flatten().flatten() {
        let pid = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok());
        // One that ends meanwhile is none.
        let of = pid.and_then(|pid| Some((pid, namespace(format!("/proc/{pid}/ns/net"))?)));
        if let Some((pid, namespace)) = of.filter(|(_, namespace)| known.contains(namespace)) {
            found.entry(namespace).or_default().push(pid);
        }
    }
    let started = |namespace: &Namespace| {
        let pids = found.get(namespace).map(Vec::as_slice).unwrap_or_default();
        let is_first = |pid: &&u32| parent(**pid).is_none_or(|parent| !pids.contains(&parent));
        let mut first: Vec<u32> = pids.iter().filter(is_first).copied().collect();
        first.sort_unstable();
        first.into_iter().filter_map(process).collect()
    };
    wanted.iter().map(|namespace| namespace.as_ref().map(started).unwrap_or_default()).collect()
}

fn namespace(path: impl AsRef<Path>) -> Option<Namespace> {
    fs::metadata(path).ok().map(|known| (known.dev(), known.ino()))
}

fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // After the name, in which anything may stand, come the state and the parent.
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}

/// None for one that has ended, also where nobody has heard of it yet.
fn process(pid: u32) -> Option<Process> {
    let words = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let words = words.strip_suffix(b"\0").unwrap_or(&words);
    let words = words.split(|byte| *byte == 0);
    let command: Vec<String> =
        words.map(|word| String::from_utf8_lossy(word).into_owned()).collect();
    (command != [""]).then_some(Process { pid, command })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_started_in_a_namespace_is_told_and_not_what_that_started() {
        // The namespace of this very test.
        let own = Some("/proc/self/ns/net".to_owned());
        let mut child = std::process::Command::new("sleep").arg("1000").spawn().expect("sleep");
        let [here, nowhere, none] =
            running(&[own, None, Some("/no/such".to_owned())]).try_into().expect("three");
        child.kill().expect("it runs");
        child.wait().expect("it ended");
        assert!(nowhere.is_empty() && none.is_empty());
        assert!(!here.is_empty());
        assert!(here.iter().all(|process| process.pid != child.id()), "{here:?}");
        let this = process(std::process::id()).expect("it runs");
        assert_eq!(this.command, std::env::args().collect::<Vec<_>>());
        assert_eq!(process(child.id()), None);
    }
}

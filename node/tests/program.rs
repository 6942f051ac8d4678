//! The program's own pages are given back, and come back when they are touched.

use std::fs;

/// The mappings of this program's own code: where each is, and how much of it is in memory, in KiB.
fn code() -> Vec<(std::ops::Range<usize>, u64)> {
    let own = fs::read_link("/proc/self/exe").expect("a program");
    let own = own.to_str().expect("a path");
    let smaps = fs::read_to_string("/proc/self/smaps").expect("procfs");
    let (mut mappings, mut is_own) = (Vec::new(), false);
    for line in smaps.lines() {
        let first = line.split(' ').next().unwrap_or_default();
        if let Some((begin, end)) = first.split_once('-') {
            is_own = line.contains(" r-xp ") && line.ends_with(own);
            if is_own {
                let [begin, end] = [begin, end].map(|at| usize::from_str_radix(at, 16));
                mappings.push((begin.expect("a number")..end.expect("a number"), 0));
            }
        } else if is_own && first == "Rss:" {
            let kib = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok());
            mappings.last_mut().expect("its mapping came first").1 = kib.expect("a number");
        }
    }
    mappings
}

fn resident() -> u64 {
    code().iter().map(|(_, kib)| kib).sum()
}

#[test]
fn pages_of_the_program_are_given_back_and_come_back() {
    for (place, _) in code() {
        // SAFETY: the mapping is of this program, which stays as it is.
        // JUSTIFICATION: as if all of it had been run.
        let done =
            unsafe { libc::madvise(place.start as *mut _, place.len(), libc::MADV_POPULATE_READ) };
        assert_eq!(done, 0);
    }
    let before = resident();
    node::program::give_back().expect("given back");
    let after = resident();
    // Little code is needed to look, but the kernel maps the neighbours of what is touched.
    assert!(after * 5 < before * 4, "{after} KiB of {before} are left");
    let text = format!("{:?}", code());
    assert!(text.contains(".."), "what is run comes back");
}

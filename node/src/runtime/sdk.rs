//! Which functions use AWS's SDK for Python, so that they are started from an interpreter that has
//! loaded it. It is told by their code; whoever is mistaken for one is served as well, only not
//! faster, for an interpreter gives away the SDK when it is imported and not before.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::interpreters;

/// What a file that uses the SDK has in it.
const NAMES: [&[u8]; 2] = [b"boto3", b"botocore"];
/// Bytes of code that are looked through, the uppermost files first.
const MOST_BYTES: u64 = 4 << 20;
/// Entries of directories that are looked at.
const MOST_ENTRIES: usize = 4096;
/// Packages of which it is known.
const MOST_KNOWN: usize = 4096;

/// Whether the code of a function of this runtime, by its unpacked directory, uses the SDK that is
/// installed here. One that brings its own does not.
pub(crate) fn is_wanted(runtime: &str, code: &Path) -> bool {
    static KNOWN: Mutex<BTreeMap<PathBuf, bool>> = Mutex::new(BTreeMap::new());
    if !runtime.starts_with("python") || !interpreters::sdk_of(runtime).is_dir() {
        return false;
    }
    if let Some(known) = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(code) {
        return *known;
    }
    // A directory of code is named by what is in it.
    let uses = uses(code);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(code.to_owned(), uses);
    uses
}

fn uses(code: &Path) -> bool {
    if ["boto3", "botocore"].iter().any(|own| code.join(own).exists()) {
        return false;
    }
    let mut left = (MOST_BYTES, MOST_ENTRIES);
    let mut directories = VecDeque::from([code.to_owned()]);
    while let Some(directory) = directories.pop_front() {
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            if left.1 == 0 {
                return false;
            }
            left.1 -= 1;
            let Ok(kind) = entry.file_type() else { continue };
            let path = entry.path();
            if kind.is_dir() {
                directories.push_back(path);
            } else if kind.is_file() && path.extension().is_some_and(|it| it == "py") {
                let mut text = Vec::new();
                let read = File::open(path).map(|file| file.take(left.0).read_to_end(&mut text));
                if read.is_ok() && NAMES.iter().any(|name| has(&text, name)) {
                    return true;
                }
                left.0 -= text.len() as u64;
            }
        }
    }
    false
}

fn has(text: &[u8], name: &[u8]) -> bool {
    text.windows(name.len()).any(|at| at == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_that_uses_the_sdk_is_known_by_its_code() {
        let code = std::env::temp_dir().join(format!("warren-sdk-{}", std::process::id()));
        fs::create_dir_all(code.join("lib/deep")).expect("a directory");
        fs::write(code.join("app.py"), "import json\n").expect("written");
        fs::write(code.join("notes.txt"), "import boto3\n").expect("written");
        assert!(!uses(&code));
        fs::write(code.join("lib/deep/store.py"), "def f():\n    import boto3\n").expect("written");
        assert!(uses(&code));
        fs::create_dir(code.join("boto3")).expect("a directory");
        assert!(!uses(&code), "it brings its own");
        fs::remove_dir(code.join("boto3")).expect("removed");
        let filled = vec![b'#'; 1 << 20];
        for number in 0..5 {
            fs::write(code.join(format!("filled{number}.py")), &filled).expect("written");
        }
        assert!(!uses(&code), "no more is read than is to be");
        fs::remove_dir_all(code).expect("removed");
    }
}

//! Packages taken, refused, unpacked again and swept.

use super::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn package(build: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    build(&mut writer);
    writer.finish().expect("a zip").into_inner()
}

fn file(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, mode: u32, text: &str) {
    let options = SimpleFileOptions::default().unix_permissions(mode);
    writer.start_file(name, options).expect("an entry");
    writer.write_all(text.as_bytes()).expect("its bytes");
}

fn state(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("warren-code-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    path
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("a file").permissions().mode() & 0o7777
}

#[test]
fn packages_are_unpacked_once_and_swept_when_unused() {
    let state = state("put");
    let store = CodeStore::open(&state).expect("a store");
    let bytes = package(|zip| {
        file(zip, "bootstrap", 0o4700, "#!/bin/sh\n");
        file(zip, "lib/a.py", 0o600, "x = 1\n");
        file(zip, "closed", 0o000, "");
        let options = SimpleFileOptions::default();
        zip.add_symlink("link", "lib/a.py", options).expect("a link");
    });
    let first = store.put(&bytes).expect("taken");
    let root = store.directory().join(hex(&first.code.sha256));
    assert_eq!(mode(&root.join("bootstrap")), 0o700, "others are given nothing");
    assert_eq!(mode(&root.join("lib/a.py")), 0o600);
    assert_eq!(mode(&root.join("closed")), 0);
    assert_eq!((mode(&root), mode(&root.join("lib"))), (0o755, 0o755), "no entry says otherwise");
    assert_eq!(fs::read_to_string(root.join("link")).expect("a link"), "x = 1\n");
    assert_eq!(fs::read(store.package(&first.code.sha256)).expect("kept"), bytes);
    let second = store.put(&bytes).expect("taken again");
    assert_eq!(first.code, second.code);
    drop(first);
    store.sweep(BTreeSet::new).expect("swept");
    assert!(root.is_dir(), "pinned still");
    let sha = second.code.sha256;
    drop(second);
    store.sweep(|| BTreeSet::from([sha])).expect("swept");
    assert!(root.is_dir(), "used still");
    store.sweep(BTreeSet::new).expect("swept");
    assert!(!root.exists() && !store.package(&sha).exists());
    fs::remove_dir_all(state).expect("removed");
}

#[test]
fn packages_in_a_directory_that_took_the_place_of_its_own_are_somebody_elses() {
    let state = state("replaced");
    let store = CodeStore::open(&state).expect("a store");
    let moved = state.with_extension("moved");
    fs::rename(&state, &moved).expect("moved away");
    let other = CodeStore::open(&state).expect("another store");
    let pinned = other.put(&package(|zip| file(zip, "a", 0o644, "a"))).expect("taken");
    let (root, kept) =
        (other.directory().join(hex(&pinned.code.sha256)), other.package(&pinned.code.sha256));
    store.sweep(BTreeSet::new).expect_err("another's");
    assert!(root.is_dir() && kept.is_file());
    fs::remove_dir_all(&state).expect("removed");
    store.sweep(BTreeSet::new).expect_err("gone");
    fs::rename(&moved, &state).expect("moved back");
    store.sweep(BTreeSet::new).expect("swept");
    fs::remove_dir_all(state).expect("removed");
}

#[test]
fn what_was_unpacked_before_the_machine_started_is_unpacked_anew() {
    let state = state("boot");
    let store = CodeStore::open(&state).expect("a store");
    let pinned = store.put(&package(|zip| file(zip, "a", 0o644, "a"))).expect("taken");
    let path = store.directory().join(hex(&pinned.code.sha256)).join("a");
    fs::write(&path, "").expect("torn");
    fs::write(store.directory().join(".boot"), "another").expect("marked");
    let left_over = store.directory().join(".new-7");
    fs::create_dir_all(left_over.join("d/".repeat(1500))).expect("left over");
    CodeStore::open(&state).expect("opened again");
    assert_eq!(fs::read_to_string(&path).expect("there"), "a");
    assert!(!store.directory().join(".new-7").exists());
    fs::remove_dir_all(state).expect("removed");
}

#[test]
fn hostile_packages_are_refused_and_leave_nothing() {
    let state = state("hostile");
    let store = CodeStore::open(&state).expect("a store");
    let outside = package(|zip| file(zip, "../evil", 0o644, "x"));
    let through = package(|zip| {
        let options = SimpleFileOptions::default();
        zip.add_symlink("a", "/tmp", options).expect("a link");
        file(zip, "a/evil", 0o644, "x");
    });
    let bomb = package(|zip| {
        let options = SimpleFileOptions::default();
        zip.start_file("zeros", options).expect("an entry");
        let zeros = vec![0; 1 << 20];
        for _ in 0..251 {
            zip.write_all(&zeros).expect("its bytes");
        }
    });
    let deep = package(|zip| file(zip, &("d/".repeat(128) + "f"), 0o644, "x"));
    let long = package(|zip| file(zip, &"n".repeat(256), 0o644, "x"));
    let link = |target: &'static str| {
        let options = SimpleFileOptions::default();
        package(|zip| zip.add_symlink("a", target, options).expect("a link"))
    };
    let (nowhere, null) = (link(""), link("a\0b"));
    let nothing = package(|_| ());
    for bytes in [outside, through, deep, long, nowhere, null, nothing, b"PK no zip".to_vec()] {
        let outcome = store.put(&bytes);
        assert!(matches!(outcome, Err(CodeError::NotAZip(_) | CodeError::Empty)), "{outcome:?}");
    }
    assert!(matches!(store.put(&bomb), Err(CodeError::UnzippedTooLarge)));
    let crowd = package(|zip| {
        // Each name is of an empty file in directories that no other has.
        for number in 0..17 {
            file(zip, &format!("{number}/{}f", "d/".repeat(120)), 0o644, "");
        }
    });
    assert!(matches!(store.put(&crowd), Err(CodeError::UnzippedTooLarge)));
    let huge = vec![0; ZIPPED_LIMIT as usize + 1];
    assert!(matches!(store.put(&huge), Err(CodeError::ZippedTooLarge)));
    let left: Vec<_> = fs::read_dir(store.directory()).expect("a directory").collect();
    assert_eq!(left.len(), 1, "only the mark: {left:?}");
    assert!(!Path::new("/tmp/evil").exists() && lock(&store.pins).is_empty());
    fs::remove_dir_all(state).expect("removed");
}

#[test]
fn digests_round_trip() {
    let sha: Sha = Sha256::digest(b"x").into();
    assert_eq!(unhex(&hex(&sha)), Some(sha));
    assert_eq!((unhex("00"), unhex(&"g".repeat(64))), (None, None));
}

#[test]
fn directories_keep_their_modes_and_can_be_removed() {
    let state = state("directories");
    let store = CodeStore::open(&state).expect("a store");
    let pinned = store.put(&package(|zip| {
        file(zip, "shut/a", 0o644, "a");
        file(zip, "open/b", 0o644, "b");
        for (name, mode) in [("shut", 0o000), ("open", 0o775), ("inner/own", 0o700)] {
            let options = SimpleFileOptions::default().unix_permissions(mode);
            zip.add_directory(name, options).expect("an entry");
        }
    }));
    let pinned = pinned.expect("taken");
    let root = store.directory().join(hex(&pinned.code.sha256));
    assert_eq!(mode(&root.join("shut")), 0o700);
    assert_eq!(mode(&root.join("open")), 0o775);
    assert_eq!((mode(&root.join("inner")), mode(&root.join("inner/own"))), (0o755, 0o700));
    drop(pinned);
    store.sweep(BTreeSet::new).expect("swept");
    assert!(!root.exists());
    fs::remove_dir_all(state).expect("removed");
}

#[test]
fn entries_without_modes_are_for_all_to_read() {
    let state = state("modeless");
    let store = CodeStore::open(&state).expect("a store");
    // As tools that know no modes write it: made by FAT, without attributes.
    let mut bytes = package(|zip| file(zip, "a.py", 0o600, "x"));
    let directory = bytes.windows(4).position(|each| each == b"PK\x01\x02").expect("an entry");
    bytes[directory + 5] = 0;
    bytes[directory + 38..directory + 42].fill(0);
    let pinned = store.put(&bytes).expect("taken");
    let root = store.directory().join(hex(&pinned.code.sha256));
    assert_eq!(mode(&root.join("a.py")), 0o644);
    fs::remove_dir_all(state).expect("removed");
}

#[test]
fn what_was_removed_is_unpacked_again_and_what_is_damaged_is_lost_alone() {
    let state = state("provide");
    let store = CodeStore::open(&state).expect("a store");
    let bytes = ["a", "b"].map(|text| package(|zip| file(zip, "f", 0o644, text)));
    let [kept, damaged] = bytes.each_ref().map(|bytes| store.put(bytes).expect("taken"));
    let [kept, damaged] = [kept.code.sha256, damaged.code.sha256];
    fs::write(store.package(&damaged), "no zip").expect("damaged");
    for sha in [&kept, &damaged] {
        fs::remove_dir_all(store.directory().join(hex(sha))).expect("removed");
    }
    store.provide_all(&BTreeSet::from([kept, damaged]));
    assert_eq!((store.is_lost(&kept), store.is_lost(&damaged)), (false, true));
    assert!(store.directory().join(hex(&kept)).join("f").is_file());
    let why = store.provide(&damaged).expect_err("it is damaged").to_string();
    assert!(why.ends_with(&format!("{}.zip was damaged", hex(&damaged))), "{why}");
    // The same again after the machine has been started, which unpacks all anew.
    fs::write(store.directory().join(".boot"), "another").expect("marked");
    let store = CodeStore::open(&state).expect("opened again");
    assert_eq!((store.is_lost(&kept), store.is_lost(&damaged)), (false, true));
    // Whoever gives the package again mends it.
    store.put(&bytes[1]).expect("taken");
    assert!(!store.is_lost(&damaged));
    store.provide(&damaged).expect("there");
    assert_eq!(fs::read(store.package(&damaged)).expect("kept"), bytes[1]);
    fs::remove_dir_all(state).expect("removed");
}

#[test]
fn packages_that_are_fetched_may_be_larger() {
    let state = state("fetched");
    let store = CodeStore::open(&state).expect("a store");
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let sized = |count: usize| {
        package(|zip| {
            zip.start_file("zeros", stored).expect("an entry");
            (0..count).for_each(|_| zip.write_all(&[7; 1 << 20]).expect("its bytes"));
        })
    };
    let large = sized(60);
    assert!(matches!(store.put(&large), Err(CodeError::ZippedTooLarge)));
    let pinned = store.receive(&large[..]).expect("taken");
    assert_eq!(pinned.code.size, large.len() as u64);
    assert_eq!(
        fs::metadata(store.package(&pinned.code.sha256)).expect("kept").len(),
        pinned.code.size
    );
    let again = store.receive(&large[..]).expect("taken again");
    assert_eq!(again.code, pinned.code);
    let too_large = store.receive(&sized(251)[..]);
    assert!(matches!(too_large, Err(CodeError::UnzippedTooLarge)), "{too_large:?}");
    let endless = store.receive(io::repeat(0));
    assert!(matches!(endless, Err(CodeError::UnzippedTooLarge)), "{endless:?}");
    assert!(matches!(store.receive(&large[..1000]), Err(CodeError::NotAZip(_))));
    assert_eq!(fs::read_dir(state.join("packages")).expect("a directory").count(), 1);
    fs::remove_dir_all(state).expect("removed");
}

//! Files that come, stay and go.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use wire::checksum::Algorithm;

use super::{Blobs, Expected, Incoming, Outgoing, ReceiveError, Upload};

/// A directory that goes with the test.
struct Directory(PathBuf);

impl Drop for Directory {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn blobs(limit: u64) -> (Directory, Arc<Blobs>) {
    let path = std::env::temp_dir().join(format!("warren-blobs-{:032x}", crate::random::uuid()));
    let blobs = Blobs::new(path.clone(), limit);
    blobs.begin(&HashSet::new()).expect("a directory");
    (Directory(path), blobs)
}

fn received(blobs: &Arc<Blobs>, bytes: &[u8]) -> Result<Upload, ReceiveError> {
    let expected = Expected { limit: 1 << 20, ..Expected::default() };
    let mut incoming = Incoming::begin(blobs, expected)?;
    incoming.write(bytes)?;
    incoming.finish(&[])
}

fn names(directory: &Directory) -> usize {
    std::fs::read_dir(&directory.0).expect("a directory").count()
}

#[test]
fn what_is_not_kept_goes() {
    let (directory, blobs) = blobs(1 << 20);
    drop(received(&blobs, b"abc").expect("received"));
    assert_eq!((names(&directory), blobs.used.load(Ordering::Relaxed)), (0, 0));
    let kept = received(&blobs, b"abc").expect("received").keep();
    let id = kept.id().to_owned();
    drop(kept);
    assert_eq!((names(&directory), blobs.used.load(Ordering::Relaxed)), (1, 3));
    // A start removes what no row names, and counts the rest.
    std::fs::write(directory.0.join("left"), b"half").expect("written");
    let again = Blobs::new(directory.0.clone(), 1 << 20);
    again.begin(&HashSet::from([id])).expect("a directory");
    assert_eq!((names(&directory), again.used.load(Ordering::Relaxed)), (1, 3));
}

#[test]
fn bytes_are_bounded_and_held_against_what_is_said_of_them() {
    let (directory, blobs) = blobs(10);
    assert!(matches!(received(&blobs, b"12345678901"), Err(ReceiveError::Full)));
    let with = |expected: Expected, trailers: &[(Algorithm, String)]| {
        let mut incoming = Incoming::begin(&blobs, Expected { limit: 9, ..expected })?;
        incoming.write(b"123456789")?;
        incoming.finish(trailers)
    };
    let plain = Expected::default();
    let md5 = Expected { md5: Some("AAAA".into()), ..plain.clone() };
    assert!(matches!(with(md5, &[]), Err(ReceiveError::Md5)));
    let sha256 = Expected { sha256: Some("00".into()), ..plain.clone() };
    assert!(matches!(with(sha256, &[]), Err(ReceiveError::Sha256)));
    let trailer = |text: &str| [(Algorithm::Crc32, text.to_owned())];
    let wanted = Expected { wanted: vec![Algorithm::Crc32], ..plain };
    assert!(matches!(
        with(wanted.clone(), &trailer("AAAAAA==")),
        Err(ReceiveError::Checksum(Algorithm::Crc32))
    ));
    let good = with(wanted, &trailer("y/Q5Jg==")).expect("the checksum of the bytes");
    assert_eq!(good.md5_hex(), "25f9e794323b453885f5181f1b624d0b");
    let long = Incoming::begin(&blobs, Expected { limit: 2, ..Expected::default() });
    assert!(matches!(long.expect("begun").write(b"123"), Err(ReceiveError::TooLarge)));
    drop(good);
    assert_eq!((names(&directory), blobs.used.load(Ordering::Relaxed)), (0, 0));
}

#[test]
fn ranges_are_read_over_the_ends_of_files_and_though_they_are_removed() {
    let (directory, blobs) = blobs(1 << 20);
    let pieces: Vec<(String, u64)> = ["abc", "", "defg"]
        .map(|text| {
            let kept = received(&blobs, text.as_bytes()).expect("received").keep();
            (kept.id().to_owned(), kept.size())
        })
        .to_vec();
    let read = |start, length| {
        let mut outgoing = Outgoing::new(&blobs, pieces.clone(), start, length);
        let mut found = Vec::new();
        while let Some(bytes) = outgoing.read().expect("readable") {
            found.extend_from_slice(&bytes);
        }
        String::from_utf8(found).expect("letters")
    };
    assert_eq!(read(0, 7), "abcdefg");
    assert_eq!(read(2, 2), "cd");
    assert_eq!(read(3, 4), "defg");
    assert_eq!(read(0, 0), "");
    let mut reader = Outgoing::new(&blobs, pieces.clone(), 0, 7);
    blobs.remove(&pieces.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>());
    assert_eq!(names(&directory), 3);
    assert_eq!(reader.read().expect("readable").as_deref(), Some(&b"abc"[..]));
    drop(reader);
    assert_eq!((names(&directory), blobs.used.load(Ordering::Relaxed)), (0, 0));
}

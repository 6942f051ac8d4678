//! Tests of the store as a whole: what earlier servers wrote, what is damaged, what comes later.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use engine::effect::Effects;
use engine::engine::{Config, Engine};
use engine::id::RequestId;
use engine::limits::Limits;
use engine::record::Record;
use engine::record::function::EniModel;
use rusqlite::Connection;

use super::*;

pub(super) struct StateDirectory(pub(super) PathBuf);

impl StateDirectory {
    pub(super) fn new(name: &str) -> StateDirectory {
        let path = std::env::temp_dir().join(format!("warren-store-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).expect("made");
        StateDirectory(path)
    }

    /// One that an earlier server has left.
    fn of_fixture(name: &str, fixture: &str) -> StateDirectory {
        let directory = StateDirectory::new(name);
        let archive = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../tests/fixtures")
            .join(fixture)
            .join("state.tar.gz");
        let unpacked = Command::new("tar")
            .args(["--strip-components=1", "-xzf"])
            .arg(archive)
            .arg("-C")
            .arg(&directory.0)
            .status();
        assert!(unpacked.expect("tar runs").success());
        directory
    }

    /// Changes the database behind the server's back.
    fn sql(&self, statement: &str) {
        let database = Connection::open(self.0.join("warren.db")).expect("opened");
        database.execute_batch(statement).expect("changed");
    }

    fn refusal(&self) -> String {
        open(&self.0).expect_err("refused").to_string()
    }
}

impl Drop for StateDirectory {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn counts(rows: &[Row]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row.key.kind.as_str()).or_default() += 1;
    }
    counts
}

#[test]
fn a_state_directory_of_the_first_format_is_opened() {
    let state = StateDirectory::of_fixture("fixture", "state-1");
    for is_first in [true, false] {
        let mut opened = open(&state.0).expect("opened");
        let rows = opened.store.load().expect("read");
        let expected = [
            ("account", 1),
            ("eni", 5),
            ("event", 3),
            ("function", 3),
            ("group", 5),
            ("resource", 1),
            ("subnet", 11),
            ("vpc", 3),
        ];
        assert_eq!(counts(&rows), BTreeMap::from(expected));
        assert_eq!(opened.accounts.by_number[&0].roles["runner"].attached.len(), 1);
        assert!(!state.0.join("iam.db").exists());
        let database = Connection::open(state.0.join("warren.db")).expect("opened");
        let vacuum: i64 =
            database.pragma_query_value(None, "auto_vacuum", |row| row.get(0)).expect("read");
        assert_eq!(vacuum, 2, "pages can be given back to the disk");
        let mut payloads = Vec::new();
        for record in &opened.records {
            if let Record::Event(event) = record {
                let bytes = opened.store.reader().read(event.request).expect("read");
                let bytes = bytes.expect("held");
                payloads.push((event.attempts, bytes.len()));
            }
        }
        payloads.sort_unstable();
        assert_eq!(payloads, [(0, 13), (0, 255), (1, 14)]);
        let config = Config { seed: 1, eni_model: EniModel::Hyperplane, limits: Limits::default() };
        let records = std::mem::take(&mut opened.records);
        let engine = Engine::restore(config, records, &mut Effects::new()).expect("restored");
        engine.check();
        assert!(is_first || opened.upgrades.is_empty(), "what was upgraded is stored so");
        opened.start().close();
    }
}

/// A kind that has come to its third version.
mod colour {
    use engine::record::{Migrate, Record, Unwritten};
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    pub(super) struct First {
        name: String,
    }

    #[derive(Debug, Deserialize)]
    pub(super) struct Second {
        name: String,
        light: bool,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    pub(super) struct Third {
        pub(super) name: String,
        pub(super) shade: u8,
    }

    impl Migrate for First {
        const VERSION: u32 = 1;
        type From = Unwritten;

        fn migrate(from: Unwritten, _: &mut Vec<Record>) -> First {
            match from {}
        }
    }

    impl Migrate for Second {
        const VERSION: u32 = 2;
        type From = First;

        fn migrate(from: First, _: &mut Vec<Record>) -> Second {
            Second { light: from.name.starts_with("light"), name: from.name }
        }
    }

    impl Migrate for Third {
        const VERSION: u32 = 3;
        type From = Second;

        fn migrate(from: Second, _: &mut Vec<Record>) -> Third {
            Third { name: from.name, shade: if from.light { 200 } else { 100 } }
        }
    }
}

#[test]
fn a_record_goes_through_all_versions_since_it_was_written() {
    let read = |version, body: &str| {
        let mut body = serde_json::Deserializer::from_str(body);
        engine::record::read::<colour::Third, _>(version, &mut body, &mut Vec::new())
    };
    let third = |name: &str, shade| Some(colour::Third { name: name.into(), shade });
    let first = read(1, r#"{"name":"light blue"}"#);
    assert_eq!(first.expect("read"), third("light blue", 200));
    let second = read(2, r#"{"name":"red","light":false}"#);
    assert_eq!(second.expect("read"), third("red", 100));
    assert_eq!(read(3, r#"{"name":"red","shade":7}"#).expect("read"), third("red", 7));
    // A version is read as itself: what a later one has does not make an earlier one of it.
    assert!(read(2, r#"{"name":"red","shade":7}"#).is_err());
    for unknown in [0, 4] {
        assert_eq!(read(unknown, "{}").expect("read"), None);
    }
}

#[test]
fn names_of_an_endpoint_were_private_for_all_or_for_nobody() {
    use engine::record::vpc_endpoint::{EndpointKind, PrivateDns, VpcEndpoint, v1};
    for (private_dns, wanted) in [(true, PrivateDns::On), (false, PrivateDns::Off)] {
        let (subnets, groups) = (Default::default(), Default::default());
        let first = v1::VpcEndpoint {
            id: engine::id::VpcEndpointId(1),
            scope: engine::scope::Scope { account: 0, region: "us-east-1".into() },
            vpc: engine::id::VpcId(2),
            service: "com.amazonaws.us-east-1.sqs".into(),
            kind: v1::EndpointKind::Interface { subnets, groups, private_dns },
            policy: None,
            created: engine::time::Time(3),
            tags: engine::scope::Tags::new(),
        };
        let text = serde_json::to_string(&first).expect("written");
        let mut body = serde_json::Deserializer::from_str(&text);
        let read = engine::record::read::<VpcEndpoint, _>(1, &mut body, &mut Vec::new());
        let read = read.expect("read").expect("known");
        let EndpointKind::Interface { private_dns, .. } = read.kind else { panic!("{read:?}") };
        assert_eq!((read.id, private_dns), (first.id, wanted));
    }
}

/// A field that is read where it is there and else left empty would be another version in secret.
#[test]
fn what_a_version_reads_it_writes_likewise() {
    let state = StateDirectory::of_fixture("likewise", "state-2");
    let mut opened = open(&state.0).expect("opened");
    let rows = opened.store.load().expect("read");
    let mut compared = 0;
    for row in rows {
        let read = registry::read(vec![row.clone()], Path::new("x")).expect("read");
        let written: Vec<Row> = match &row.key.kind[..] {
            "account" => {
                let accounts = read.accounts.by_number.iter();
                accounts.map(|(id, each)| account_row(*id, each)).collect()
            }
            _ => read.records.iter().map(registry::record_row).collect(),
        };
        // What signs tokens is no record.
        let Some(first) = written.first() else { continue };
        if first.version == row.version {
            assert_eq!(written, [row]);
            compared += 1;
        }
    }
    assert!(compared > 0, "a new fixture is due: none is of the present versions");
}

#[test]
fn what_a_later_server_wrote_is_refused_by_name() {
    let state = StateDirectory::of_fixture("later", "state-1");
    drop(open(&state.0).expect("brought to this format"));
    let file = state.0.join("warren.db");
    state.sql("UPDATE record SET version = 1000 WHERE id = 'eni-090337d669f8ac655'");
    state.sql("UPDATE record SET version = 1000 WHERE kind = 'resource'");
    let refusal = state.refusal();
    let expected = format!("database {} holds resource res-", file.display());
    assert!(refusal.starts_with(&expected), "{refusal}");
    assert!(refusal.contains("in version 1000, which this server does not know\nhint: use"));
    state.sql("UPDATE record SET version = 1; INSERT INTO record VALUES ('agenda', 'a', 1, '{}')");
    assert!(state.refusal().contains("holds agenda a in version 1, which"), "{}", state.refusal());
    state.sql("PRAGMA user_version = 1000");
    assert!(state.refusal().contains("has format 1000, this server knows up to 2\nhint: use"));
}

#[test]
fn a_damaged_row_is_named() {
    let state = StateDirectory::of_fixture("damaged", "state-1");
    drop(open(&state.0).expect("brought to this format"));
    let file = state.0.join("warren.db");
    let named = |what: &str| format!("database {} is damaged: {what}", file.display());
    for (damage, expected) in [
        ("UPDATE record SET body = '{' WHERE kind = 'vpc'", "vpc vpc-"),
        ("UPDATE record SET body = '{} {}' WHERE kind = 'resource'", "resource res-"),
        (
            "UPDATE record SET body = json_remove(body, '$.name') WHERE kind = 'function'",
            "function",
        ),
        ("UPDATE record SET body = x'00ff' WHERE kind = 'group'", "group sg-"),
        ("UPDATE record SET id = 'x' WHERE kind = 'account'", "account x"),
        ("UPDATE record SET id = 'x' WHERE kind = 'resource'", "resource x cannot be read: it is"),
    ] {
        let fresh = StateDirectory::of_fixture("damaged", "state-1");
        drop(open(&fresh.0).expect("brought to this format"));
        fresh.sql(damage);
        let refusal = fresh.refusal();
        assert!(refusal.starts_with(&named(expected)), "{refusal}");
        assert!(refusal.contains("\nhint: restore"), "{refusal}");
    }
}

#[test]
fn a_file_of_the_first_format_may_be_damaged_too() {
    let state = StateDirectory::of_fixture("damaged-1", "state-1");
    state.sql("UPDATE record SET body = '[]' WHERE kind = 'resource'");
    let refusal = state.refusal();
    assert!(refusal.contains("is damaged: resource res-"), "{refusal}");
}

#[test]
fn a_database_that_is_missing_beside_packages_is_told() {
    let state = StateDirectory::of_fixture("missing", "state-1");
    for ending in ["", "-wal", "-shm"] {
        fs::remove_file(state.0.join(format!("warren.db{ending}"))).expect("removed");
    }
    let refusal = state.refusal();
    assert!(refusal.contains("warren.db is missing or empty, but"), "{refusal}");
}

#[test]
fn records_that_contradict_each_other_are_told() {
    let state = StateDirectory::of_fixture("contradiction", "state-1");
    drop(open(&state.0).expect("brought to this format"));
    state.sql("DELETE FROM record WHERE kind = 'subnet'");
    let opened = open(&state.0).expect("each row can be read");
    let config = Config { seed: 1, eni_model: EniModel::Hyperplane, limits: Limits::default() };
    let refusal = crate::driver::Driver::open(opened, config).expect_err("refused").to_string();
    assert!(refusal.contains("warren.db is damaged: "), "{refusal}");
}

#[test]
fn what_large_events_leave_is_given_back_to_the_disk() {
    let state = StateDirectory::of_fixture("tidy", "state-1");
    let writer = open(&state.0).expect("brought to this format").start();
    let size = || fs::metadata(state.0.join("warren.db")).expect("a file").len();
    let events: Vec<RequestId> = (1..=64).map(RequestId).collect();
    let held = events.iter().map(|id| RowChange::Hold(*id, vec![7; 256 << 10].into()));
    writer.commit(held.collect()).expect("held");
    let released = events.iter().map(|id| RowChange::Release(*id));
    writer.commit(released.collect()).expect("released");
    let end = Instant::now() + Duration::from_secs(60);
    while size() > 6 << 20 {
        assert!(Instant::now() < end, "{} bytes are left", size());
        std::thread::sleep(Duration::from_millis(20));
    }
    // What is free is used again for the next ones.
    assert!(size() > 1 << 20);
}

use super::*;

const SCHEMA: Schema = Schema {
    file: "test.db",
    steps: &["CREATE TABLE t (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"],
    limit: 1 << 20,
};

fn directory(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("warren-neighbours-store-{name}-{}", std::process::id()))
}

async fn put(store: &Store, n: i64, bytes: usize) -> Result<(), StoreError> {
    let work = move |connection: &Connection| -> Result<(), StoreError> {
        connection.execute("INSERT INTO t VALUES (?1, zeroblob(?2))", (n, bytes as i64))?;
        match n {
            13 => Err(StoreError::Closed),
            14 => panic!("amid a work"),
            _ => Ok(()),
        }
    };
    store.run(work).await
}

async fn count(store: &Store) -> i64 {
    let work = |connection: &Connection| -> Result<i64, StoreError> {
        Ok(connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0))?)
    };
    store.run(work).await.expect("counted")
}

#[tokio::test]
async fn works_leave_what_they_answer_for_and_nothing_else() {
    let directory = directory("works");
    let store = std::sync::Arc::new(Store::new(&directory, SCHEMA));
    assert!(!directory.exists(), "nothing is opened before it is needed");
    let puts: Vec<_> = (0..20)
        .map(|n| {
            let store = std::sync::Arc::clone(&store);
            tokio::spawn(async move { put(&store, n, 8).await })
        })
        .collect();
    for (n, put) in puts.into_iter().enumerate() {
        let done = put.await;
        assert_eq!(done.is_err(), n == 14, "a panic is its caller's");
        assert!(n == 14 || done.expect("no panic").is_err() == (n == 13));
    }
    assert_eq!(count(&store).await, 18);
    store.close();
    assert!(matches!(put(&store, 50, 8).await, Err(StoreError::Closed)));
    let again = Store::new(&directory, SCHEMA);
    assert_eq!(count(&again).await, 18);
    again.close();
    std::fs::remove_dir_all(directory).expect("removed");
}

#[tokio::test]
async fn a_store_has_no_more_bytes_than_it_may() {
    let directory = directory("limit");
    let store = Store::new(&directory, SCHEMA);
    let mut put_in = 0;
    let refused = loop {
        match put(&store, 100 + put_in, 100 << 10).await {
            Ok(()) => put_in += 1,
            Err(why) => break why,
        }
    };
    assert!(refused.is_full() && (5..=10).contains(&put_in), "{refused} after {put_in}");
    assert_eq!(count(&store).await, put_in, "what was refused has left nothing");
    store.close();
    std::fs::remove_dir_all(directory).expect("removed");
}

#[tokio::test]
async fn a_store_that_is_full_is_emptied_whatever_else_is_asked_of_it() {
    let directory = directory("emptied");
    let store = std::sync::Arc::new(Store::new(&directory, SCHEMA));
    let mut put_in = 0;
    while put(&store, 100 + put_in, 10 << 10).await.is_ok() {
        put_in += 1;
    }
    // Others want room all the while, and each is refused for itself.
    let greedy: Vec<_> = (0..4)
        .map(|n| {
            let store = std::sync::Arc::clone(&store);
            tokio::spawn(async move {
                for round in 0..50 {
                    drop(put(&store, 10_000 + n * 100 + round, 900 << 10).await);
                }
            })
        })
        .collect();
    for n in 0..put_in {
        let remove = move |connection: &Connection| -> Result<usize, StoreError> {
            Ok(connection.execute("DELETE FROM t WHERE n = ?1", [100 + n])?)
        };
        assert_eq!(store.run_lean(remove).await.expect("removed"), 1);
    }
    for each in greedy {
        each.await.expect("no panic");
    }
    store.close();
    std::fs::remove_dir_all(directory).expect("removed");
}

#[tokio::test]
async fn what_was_done_is_noted_once_it_is_durable_and_in_order() {
    let directory = directory("noted");
    let store = std::sync::Arc::new(Store::new(&directory, SCHEMA));
    let noted = std::sync::Arc::new(Mutex::new(Vec::new()));
    let works: Vec<_> = (0..20)
        .map(|n| {
            let (store, noted) = (std::sync::Arc::clone(&store), std::sync::Arc::clone(&noted));
            tokio::spawn(async move {
                let work = move |connection: &Connection| -> Result<i64, StoreError> {
                    connection.execute("INSERT INTO t VALUES (?1, x'00')", [n])?;
                    if n % 2 == 0 { Ok(n) } else { Err(StoreError::Closed) }
                };
                let note = move |n: &i64| noted.lock().expect("whole").push(*n);
                drop(store.run_lean_noting(work, note).await);
            })
        })
        .collect();
    for work in works {
        work.await.expect("no panic");
    }
    let noted = noted.lock().expect("whole").clone();
    assert_eq!(noted, (0..20).filter(|n| n % 2 == 0).collect::<Vec<_>>());
    store.close();
    std::fs::remove_dir_all(directory).expect("removed");
}

#[tokio::test]
async fn a_file_of_a_later_format_is_left_alone() {
    let directory = directory("format");
    let later =
        Schema { steps: &["CREATE TABLE t (n INTEGER)", "CREATE TABLE u (n INTEGER)"], ..SCHEMA };
    let store = Store::new(&directory, later);
    count(&store).await;
    store.close();
    let older = Store::new(&directory, SCHEMA);
    let refused = put(&older, 1, 1).await;
    assert!(matches!(refused, Err(StoreError::Format { found: 2, known: 1, .. })), "{refused:?}");
    std::fs::remove_dir_all(directory).expect("removed");
}

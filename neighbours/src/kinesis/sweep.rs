//! Records that are too old, and what streams that were deleted have left behind, go bit by bit, so that it
//! needs no room, however much there is.

use rusqlite::{Connection, OptionalExtension};

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
/// Records that go in one work.
const AT_ONCE: i64 = 100;

/// Removes some records, or the shards that nothing is left of; whether there may be more.
pub(super) fn step(connection: &Connection, now: i64) -> rusqlite::Result<bool> {
    // Of a stream that is not there, everything is too old.
    let oldest = "SELECT shard.id, coalesce(?1 - retention * ?2, ?3) AS horizon
         FROM shard LEFT JOIN stream ON stream.id = shard.stream
         WHERE (SELECT at FROM record WHERE shard = shard.id ORDER BY id LIMIT 1) < horizon LIMIT 1";
    let found: Option<(i64, i64)> = connection
        .prepare_cached(oldest)?
        .query_row((now, HOUR, i64::MAX), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((shard, horizon)) = found {
        let some = "DELETE FROM record WHERE id IN (SELECT id FROM
             (SELECT id, at FROM record WHERE shard = ?1 ORDER BY id LIMIT ?3) WHERE at < ?2)";
        connection.prepare_cached(some)?.execute((shard, horizon, AT_ONCE))?;
        return Ok(true);
    }
    let shards = "DELETE FROM shard WHERE id IN
         (SELECT shard.id FROM shard LEFT JOIN stream ON stream.id = shard.stream
          WHERE (stream.id IS NULL OR closed < ?1 - retention * ?2)
          AND NOT EXISTS (SELECT 1 FROM record WHERE shard = shard.id) LIMIT ?3)";
    Ok(connection.prepare_cached(shards)?.execute((now, HOUR, AT_ONCE))? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinesis::schema::SCHEMA;
    use crate::kinesis::sequence;
    use crate::kinesis::stored::Stream;
    use crate::operation::Scope;

    #[test]
    fn records_and_closed_shards_go_after_the_retention() {
        let connection = Connection::open_in_memory().expect("a database");
        connection.execute_batch(SCHEMA.steps[0]).expect("tables");
        let sql = "INSERT INTO stream VALUES (1, 7, 'r', 's', 'PROVISIONED', 24, 0, 0, '{}')";
        connection.execute_batch(sql).expect("a stream");
        let scope = Scope { account: 7, region: "r".to_owned() };
        let stream = Stream::find(&connection, &scope, "s").expect("it is there");
        stream.open(&connection, (None, None), (0, u128::MAX), 0).expect("opened");
        let [shard] = &stream.shards(&connection).expect("shards")[..] else { panic!("one shard") };
        for at in [0, 1, 2] {
            let id = sequence::take(&connection, 1).expect("a number");
            let sql = "INSERT INTO record VALUES (?1, ?2, ?3, 'k', x'00')";
            connection.execute(sql, (id, shard.id, at)).expect("put");
        }
        shard.close(&connection, 2).expect("closed");
        let left = |now: i64| -> (i64, usize) {
            while step(&connection, now).expect("swept") {}
            let sql = "SELECT COUNT(*) FROM record";
            let records = connection.query_row(sql, [], |row| row.get(0)).expect("a number");
            (records, stream.shards(&connection).expect("shards").len())
        };
        assert_eq!(left(24 * HOUR), (3, 1));
        assert_eq!(left(24 * HOUR + 2), (1, 1));
        assert_eq!(left(24 * HOUR + 3), (0, 0));
    }

    #[test]
    fn what_a_deleted_stream_has_left_goes_bit_by_bit() {
        let connection = Connection::open_in_memory().expect("a database");
        connection.execute_batch(SCHEMA.steps[0]).expect("tables");
        for id in [1, 2] {
            let sql = "INSERT INTO stream VALUES (?1, 7, 'r', ?1, 'PROVISIONED', 24, 0, 0, '{}')";
            connection.execute(sql, [id]).expect("a stream");
            let sql = "INSERT INTO shard VALUES (?1, ?1, 0, NULL, NULL, '', '', 0, 0, NULL, NULL)";
            connection.execute(sql, [id]).expect("a shard");
            for _ in 0..=AT_ONCE {
                let number = sequence::take(&connection, 1).expect("a number");
                let sql = "INSERT INTO record VALUES (?1, ?2, 1, 'k', x'00')";
                connection.execute(sql, [number, id]).expect("put");
            }
        }
        connection.execute_batch("DELETE FROM stream WHERE id = 1").expect("deleted");
        let count = |table: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM {table}");
            connection.query_row(&sql, [], |row| row.get(0)).expect("a number")
        };
        let mut left = Vec::new();
        while step(&connection, 2).expect("swept") {
            left.push((count("record"), count("shard")));
        }
        let other = AT_ONCE + 1;
        assert_eq!(left, [(other + 1, 2), (other, 2), (other, 1)]);
    }
}

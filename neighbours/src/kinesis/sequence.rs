//! Sequence numbers: those of the store's counter, spelled with as many digits as Kinesis' own.

use rusqlite::Connection;

/// What stands before the counter's number.
const PREFIX: &str = "49";
/// The digits of a sequence number.
const DIGITS: usize = 56;

/// The sequence number of a number of the counter.
pub(super) fn spelled(number: i64) -> String {
    format!("{PREFIX}{number:0width$}", width = DIGITS - PREFIX.len())
}

/// The number of the counter that a sequence number spells, if it is one.
pub(super) fn parse(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(PREFIX).filter(|_| text.len() == DIGITS)?;
    digits.parse().ok().filter(|number: &i64| *number >= 0 && !digits.starts_with('+'))
}

/// Takes so many numbers; answers the first of them.
pub(super) fn take(connection: &Connection, count: usize) -> rusqlite::Result<i64> {
    let sql = "UPDATE counter SET next = next + ?1 RETURNING next - ?1";
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    connection.prepare_cached(sql)?.query_row([count], |row| row.get(0))
}

/// The last number that was taken.
pub(super) fn last(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT next - 1 FROM counter")?.query_row([], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_spelled() {
        assert_eq!((parse(&spelled(7)), spelled(7).len()), (Some(7), 56));
        assert!(spelled(99) < spelled(100));
        for none in ["", "0", "49", &spelled(1)[1..], &format!("{}x", &spelled(1)[..55])] {
            assert_eq!(parse(none), None, "{none}");
        }
    }
}

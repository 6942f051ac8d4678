//! Records of streams as they are told: with what their stream's view shows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, Row};
use serde_json::{Map, Value, json};

use crate::dynamodb::stream::stored::{Stream, number};

/// Bytes that records of one answer have, but for the last of them.
const BYTES: usize = 1 << 20;

/// What was read of a stream.
pub(super) struct Read {
    pub(super) records: Vec<Value>,
    /// The id of the last record that was looked at.
    pub(super) after: i64,
    /// Whether there was nothing behind it.
    pub(super) is_end: bool,
}

/// Reads so many records behind one at the most. What has changed nothing is passed over.
pub(super) fn read(
    connection: &Connection,
    stream: &Stream,
    region: &str,
    mut after: i64,
    most: usize,
) -> rusqlite::Result<Read> {
    let mut statement = connection.prepare_cached(
        "SELECT id, created, event_id, event_name, user_identity, keys, new_image, old_image
         FROM \"warren:record\" WHERE stream = ?1 AND id > ?2 ORDER BY id",
    )?;
    let mut rows = statement.query((stream.id, after))?;
    let (mut records, mut bytes) = (Vec::new(), 0);
    while records.len() < most && bytes < BYTES {
        let Some(row) = rows.next()? else {
            return Ok(Read { records, after, is_end: true });
        };
        after = row.get(0)?;
        if let Some((record, size)) = told(row, stream, region)? {
            records.push(record);
            bytes += size;
        }
    }
    Ok(Read { records, after, is_end: false })
}

/// A record as it is told, and its size; none where nothing was changed.
fn told(row: &Row<'_>, stream: &Stream, region: &str) -> rusqlite::Result<Option<(Value, usize)>> {
    let item = |at| -> rusqlite::Result<Option<Value>> {
        let text = text_or_null(row, at)?;
        Ok(text.and_then(|text| serde_json::from_str(text).ok()))
    };
    let (keys, new, old) = (item(5)?.unwrap_or_default(), item(6)?, item(7)?);
    if new.is_some() && new == old {
        return Ok(None);
    }
    let (shows_new, shows_old) = match stream.view_type.as_str() {
        "NEW_IMAGE" => (true, false),
        "OLD_IMAGE" => (false, true),
        "NEW_AND_OLD_IMAGES" => (true, true),
        _ => (false, false),
    };
    let (new, old) = (new.filter(|_| shows_new), old.filter(|_| shows_old));
    let size = [Some(&keys), new.as_ref(), old.as_ref()].into_iter().flatten().map(item_size).sum();
    let mut change = json!({
        "ApproximateCreationDateTime": row.get::<_, i64>(1)? * 1000,
        "Keys": keys,
        "SequenceNumber": number(row.get(0)?),
        "SizeBytes": size,
        "StreamViewType": stream.view_type,
    });
    for (name, image) in [("NewImage", new), ("OldImage", old)] {
        if let Some(image) = image {
            change[name] = image;
        }
    }
    let mut record = json!({
        "eventID": row.get::<_, String>(2)?,
        "eventName": row.get::<_, String>(3)?,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": region,
        "dynamodb": change,
    });
    if text_or_null(row, 4)?.is_some() {
        // Nobody but the service itself deletes in its own name: what has expired.
        record["userIdentity"] =
            json!({"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"});
    }
    Ok(Some((record, size)))
}

fn text_or_null<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(at)?.as_str_or_null()?)
}

/// Bytes of an item, as DynamoDB counts them.
fn item_size(item: &Value) -> usize {
    let attributes = item.as_object().into_iter().flatten();
    attributes.map(|(name, value)| name.len() + value.as_object().map_or(0, value_size)).sum()
}

fn value_size(value: &Map<String, Value>) -> usize {
    let Some((kind, value)) = value.iter().next() else { return 0 };
    let plain = |kind: &str, value: &Value| match (kind, value.as_str()) {
        ("N", Some(text)) => text.bytes().filter(u8::is_ascii_digit).count().div_ceil(2) + 1,
        ("B", Some(text)) => STANDARD.decode(text).map_or(0, |bytes| bytes.len()),
        (_, Some(text)) => text.len(),
        _ => 1,
    };
    let inner = |value: &Value| 1 + value.as_object().map_or(0, value_size);
    match (kind.as_str(), value) {
        ("L", Value::Array(items)) => 3 + items.iter().map(inner).sum::<usize>(),
        ("M", Value::Object(items)) => {
            3 + items.iter().map(|(name, value)| name.len() + inner(value)).sum::<usize>()
        }
        (kind, Value::Array(items)) => items.iter().map(|each| plain(&kind[..1], each)).sum(),
        (kind, value) => plain(kind, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted() {
        let item = json!({"k": {"S": "abc"}, "n": {"N": "-12.3"}, "b": {"B": "AAEC"},
            "s": {"NS": ["1", "2"]}, "l": {"L": [{"NULL": true}]}, "m": {"M": {"x": {"BOOL": true}}}});
        assert_eq!(item_size(&item), (1 + 3) + (1 + 3) + (1 + 3) + (1 + 4) + (1 + 5) + (1 + 6));
    }
}

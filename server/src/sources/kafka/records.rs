//! Batches of records as brokers keep them, decompressed and taken apart.

use std::io::Read;

use super::codec::Reader;
use super::error::KafkaError;

/// Bytes of one batch's records at the most, once they are decompressed.
const BATCH: usize = 64 << 20;
/// Bytes of a batch before its records, and of those the ones that its length does not count.
const HEAD: usize = 61;
const UNCOUNTED: usize = 12;
/// What a block of snappy begins with where the Java client has written it.
const JAVA_SNAPPY: &[u8] = b"\x82SNAPPY\0";

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) offset: i64,
    /// Milliseconds of the epoch.
    pub(super) timestamp: i64,
    /// Whether its broker has set that, and not who sent it.
    pub(super) is_append_time: bool,
    pub(super) key: Option<Vec<u8>>,
    pub(super) value: Option<Vec<u8>>,
    pub(super) headers: Vec<(String, Vec<u8>)>,
}

/// Reads records of an offset and later, and tells the offset behind them. What cannot be read is an error
/// only where nothing is before it.
pub(super) fn read(bytes: &[u8], from: i64) -> Result<(Vec<Record>, i64), KafkaError> {
    let (mut records, mut next, mut rest) = (Vec::new(), from, bytes);
    while let Some((batch, after)) = split(rest) {
        match read_batch(batch, from, &mut records) {
            Ok(end) => next = next.max(end),
            Err(error) if next == from && records.is_empty() => return Err(error),
            Err(_) => {
                // What a batch had before it broke off is read again with it.
                records.retain(|record| record.offset < next);
                break;
            }
        }
        rest = after;
    }
    match next == from && !bytes.is_empty() && records.is_empty() {
        true if split(bytes).is_none() => Err(KafkaError::Records(from, "a batch is cut short")),
        _ => Ok((records, next)),
    }
}

/// The first batch, where it is whole, and what follows.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = Reader(bytes);
    reader.i64().ok()?;
    let length = usize::try_from(reader.i32().ok()?).ok()?;
    bytes.split_at_checked(length.checked_add(UNCOUNTED)?)
}

/// Reads a batch's records; tells the offset behind it.
fn read_batch(batch: &[u8], from: i64, records: &mut Vec<Record>) -> Result<i64, KafkaError> {
    let mut reader = Reader(batch);
    let base = reader.i64()?;
    let unreadable = |why| KafkaError::Records(base, why);
    reader.i32()?;
    reader.i32()?;
    if reader.i8()? != 2 {
        return Err(KafkaError::Format(base));
    }
    let checksum = reader.u32()?;
    if crc32c(reader.0) != checksum {
        return Err(unreadable("their checksum is another"));
    }
    let attributes = reader.i16()?;
    let last = i64::from(reader.i32()?);
    let (first_timestamp, last_timestamp) = (reader.i64()?, reader.i64()?);
    reader.i64()?;
    reader.i16()?;
    reader.i32()?;
    let count = reader.i32()?;
    let next = base + last + 1;
    // Marks of transactions are nobody's records.
    if attributes & 0x20 != 0 || next <= from {
        return Ok(next);
    }
    let is_append_time = attributes & 0x08 != 0;
    let unpacked;
    let body = match attributes & 0x07 {
        0 => &batch[HEAD.min(batch.len())..],
        kind => {
            unpacked = unpack(kind, reader.0).map_err(unreadable)?;
            &unpacked
        }
    };
    let mut reader = Reader(body);
    for _ in 0..count {
        let length = usize::try_from(reader.varint()?).map_err(|_| KafkaError::Answer)?;
        let mut each = Reader(reader.take(length)?);
        each.i8()?;
        let (later, offset) = (each.varlong()?, base + i64::from(each.varint()?));
        let timestamp = if is_append_time { last_timestamp } else { first_timestamp + later };
        let (key, value) = (each.varbytes()?, each.varbytes()?);
        let mut headers = Vec::new();
        for _ in 0..each.varint()? {
            let name = String::from_utf8_lossy(each.varbytes()?.unwrap_or_default()).into_owned();
            headers.push((name, each.varbytes()?.unwrap_or_default().to_vec()));
        }
        if offset >= from {
            let (key, value) = (key.map(<[u8]>::to_vec), value.map(<[u8]>::to_vec));
            records.push(Record { offset, timestamp, is_append_time, key, value, headers });
        }
    }
    Ok(next)
}

/// Decompresses a batch's records.
fn unpack(kind: i16, bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    match kind {
        1 => bounded(flate2::read::MultiGzDecoder::new(bytes)),
        2 => snappy(bytes),
        3 => bounded(lz4_flex::frame::FrameDecoder::new(bytes)),
        4 => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(bytes);
            bounded(decoder.map_err(|_| "they are not compressed as they say")?)
        }
        _ => Err("they are compressed by what is not known"),
    }
}

const TOO_LARGE: &str = "they are more than 64 MiB when they are decompressed";

fn bounded(decoder: impl Read) -> Result<Vec<u8>, &'static str> {
    let mut unpacked = Vec::new();
    let read = decoder.take(BATCH as u64 + 1).read_to_end(&mut unpacked);
    match read {
        Err(_) => Err("they are not compressed as they say"),
        Ok(length) if length > BATCH => Err(TOO_LARGE),
        Ok(_) => Ok(unpacked),
    }
}

/// One block, or as the Java client writes it: several behind a head, each with its length.
fn snappy(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let bad = |_| "they are not compressed as they say";
    let block = |bytes: &[u8], before: usize| {
        let length = snap::raw::decompress_len(bytes).map_err(bad)?;
        match before + length > BATCH {
            true => Err(TOO_LARGE),
            false => snap::raw::Decoder::new().decompress_vec(bytes).map_err(bad),
        }
    };
    let Some(rest) = bytes.strip_prefix(JAVA_SNAPPY) else { return block(bytes, 0) };
    let cut = "they are cut short";
    let mut reader = Reader(rest.get(8..).ok_or(cut)?);
    let mut unpacked = Vec::new();
    while !reader.0.is_empty() {
        let part = reader.bytes().map_err(|_| cut)?;
        let part = block(part, unpacked.len())?;
        unpacked.extend(part);
    }
    Ok(unpacked)
}

/// Castagnoli's checksum.
fn crc32c(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !bytes
        .iter()
        .fold(!0, |crc, byte| TABLE[((crc ^ u32::from(*byte)) & 0xff) as usize] ^ (crc >> 8))
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut crc = at as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0x82f6_3b78 } else { crc >> 1 };
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::super::codec::Writer;
    use super::*;

    fn varlong(writer: &mut Writer, value: i64) {
        let mut raw = ((value << 1) ^ (value >> 63)) as u64;
        while raw >= 0x80 {
            writer.0.push(raw as u8 | 0x80);
            raw >>= 7;
        }
        writer.0.push(raw as u8);
    }

    fn varbytes(writer: &mut Writer, bytes: Option<&[u8]>) {
        varlong(writer, bytes.map_or(-1, |bytes| bytes.len() as i64));
        writer.0.extend(bytes.unwrap_or_default());
    }

    /// The records of a batch: `v0`, `v1` and so on.
    fn body(count: i32) -> Vec<u8> {
        let mut body = Writer::default();
        for at in 0..count {
            let mut record = Writer::default();
            record.i8(0);
            varlong(&mut record, i64::from(at));
            varlong(&mut record, i64::from(at));
            varbytes(&mut record, (at % 2 == 0).then_some(b"key"));
            varbytes(&mut record, Some(format!("v{at}").as_bytes()));
            varlong(&mut record, 1);
            varbytes(&mut record, Some(b"name"));
            varbytes(&mut record, Some(&[1, 255]));
            varlong(&mut body, record.0.len() as i64);
            body.0.extend(record.0);
        }
        body.0
    }

    fn batch(base: i64, count: i32, attributes: i16, body: &[u8]) -> Vec<u8> {
        let mut counted = Writer::default();
        counted.i16(attributes);
        counted.i32(count - 1);
        counted.i64(1000);
        counted.i64(9000);
        counted.i64(-1);
        counted.i16(-1);
        counted.i32(-1);
        counted.i32(count);
        counted.0.extend(body);
        let mut batch = Writer::default();
        batch.i64(base);
        batch.i32((counted.0.len() + 9) as i32);
        batch.i32(0);
        batch.i8(2);
        batch.0.extend(crc32c(&counted.0).to_be_bytes());
        batch.0.extend(counted.0);
        batch.0
    }

    fn offsets(bytes: &[u8], from: i64) -> (Vec<i64>, i64) {
        let (records, next) = read(bytes, from).expect("records");
        (records.iter().map(|record| record.offset).collect(), next)
    }

    #[test]
    fn checksums_are_castagnolis() {
        assert_eq!(crc32c(b"123456789"), 0xe306_9283);
    }

    #[test]
    fn records_are_read_however_they_are_compressed() {
        let plain = body(3);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&plain).expect("written");
        let snappy = snap::raw::Encoder::new().compress_vec(&plain).expect("compressed");
        let mut java = JAVA_SNAPPY.to_vec();
        java.extend([0, 0, 0, 1, 0, 0, 0, 1]);
        java.extend((snappy.len() as i32).to_be_bytes());
        java.extend(&snappy);
        let mut lz4 = lz4_flex::frame::FrameEncoder::new(Vec::new());
        lz4.write_all(&plain).expect("written");
        let zstd = ruzstd::encoding::compress_to_vec(
            &plain[..],
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        let all = [
            (0, plain.clone()),
            (1, gzip.finish().expect("compressed")),
            (2, snappy),
            (2, java),
            (3, lz4.finish().expect("compressed")),
            (4, zstd),
        ];
        for (kind, packed) in all {
            let (records, next) = read(&batch(40, 3, kind, &packed), 41).expect("records");
            assert_eq!(next, 43, "compression {kind}");
            let record = Record {
                offset: 41,
                timestamp: 1001,
                is_append_time: false,
                key: None,
                value: Some(b"v1".to_vec()),
                headers: vec![("name".into(), vec![1, 255])],
            };
            assert_eq!((records.len(), &records[0]), (2, &record), "compression {kind}");
            let (records, _) = read(&batch(40, 3, kind | 8, &packed), 42).expect("records");
            assert_eq!((records[0].timestamp, records[0].is_append_time), (9000, true));
            assert_eq!(records[0].key.as_deref(), Some(&b"key"[..]));
        }
    }

    #[test]
    fn marks_of_transactions_are_passed_and_what_is_cut_short_waits() {
        let two = [batch(0, 2, 0, &body(2)), batch(2, 1, 0x20, &[]), batch(3, 2, 0, &body(2))];
        let all = two.concat();
        assert_eq!(offsets(&all, 0), (vec![0, 1, 3, 4], 5));
        assert_eq!(offsets(&all, 1), (vec![1, 3, 4], 5));
        assert_eq!(offsets(&all[..all.len() - 1], 0), (vec![0, 1], 3));
        assert_eq!(offsets(&two[1], 2), (vec![], 3));
        assert_eq!(offsets(&[], 2), (vec![], 2));
        assert!(matches!(read(&all[..40], 0), Err(KafkaError::Records(0, _))));
    }

    #[test]
    fn what_is_damaged_or_old_is_told_where_it_is_first() {
        let mut damaged = batch(5, 1, 0, &body(1));
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        assert!(matches!(read(&damaged, 5), Err(KafkaError::Records(5, _))));
        let behind = [batch(4, 1, 0, &body(1)), damaged].concat();
        assert_eq!(offsets(&behind, 4), (vec![4], 5));
        let mut old = batch(5, 1, 0, &body(1));
        old[16] = 1;
        assert!(matches!(read(&old, 5), Err(KafkaError::Format(5))));
        let bomb = batch(5, 1, 4, b"no zstd");
        assert!(matches!(read(&bomb, 5), Err(KafkaError::Records(5, _))));
    }
}

//! Requests to brokers and their answers, each in the version that brokers from Kafka 0.11 on speak.

use super::codec::{Reader, Writer};
use super::error::{KafkaError, code};

/// A request, by its key and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Api {
    pub(super) name: &'static str,
    pub(super) key: i16,
    pub(super) version: i16,
}

const fn api(name: &'static str, key: i16, version: i16) -> Api {
    Api { name, key, version }
}

pub(super) const FETCH: Api = api("Fetch", 1, 4);
pub(super) const LIST_OFFSETS: Api = api("ListOffsets", 2, 1);
pub(super) const METADATA: Api = api("Metadata", 3, 1);
pub(super) const OFFSET_COMMIT: Api = api("OffsetCommit", 8, 2);
pub(super) const OFFSET_FETCH: Api = api("OffsetFetch", 9, 1);
pub(super) const FIND_COORDINATOR: Api = api("FindCoordinator", 10, 0);
pub(super) const SASL_HANDSHAKE: Api = api("SaslHandshake", 17, 1);
pub(super) const API_VERSIONS: Api = api("ApiVersions", 18, 0);
pub(super) const SASL_AUTHENTICATE: Api = api("SaslAuthenticate", 36, 0);

/// What every broker has to speak.
pub(super) const NEEDED: [Api; 6] =
    [FETCH, LIST_OFFSETS, METADATA, OFFSET_COMMIT, OFFSET_FETCH, FIND_COORDINATOR];

/// Who asks, as brokers log it.
const CLIENT: &str = "warren";

/// The bytes of a request behind their length.
pub(super) fn request(api: Api, number: i32, body: &[u8]) -> Vec<u8> {
    let mut head = Writer::default();
    head.i16(api.key);
    head.i16(api.version);
    head.i32(number);
    head.text(CLIENT);
    let mut whole = Writer::default();
    whole.length(head.0.len() + body.len());
    whole.0.extend(head.0);
    whole.0.extend(body);
    whole.0
}

/// An error of a code, if it is one.
fn checked(what: impl FnOnce() -> String, code: i16) -> Result<(), KafkaError> {
    match code {
        0 => Ok(()),
        code => Err(KafkaError::Code { what: what(), code }),
    }
}

/// Checks that a broker speaks what is needed, by its answer to `ApiVersions`.
pub(super) fn check_versions(broker: &str, answer: &[u8]) -> Result<(), KafkaError> {
    let mut reader = Reader(answer);
    let code = reader.i16()?;
    let spoken = reader.list(|each| Ok((each.i16()?, each.i16()?, each.i16()?)))?;
    checked(|| format!("broker {broker} does not tell what it speaks"), code)?;
    for Api { name: request, key, version: ours } in NEEDED {
        let found = spoken.iter().find(|(spoken, ..)| *spoken == key);
        let (least, most) = found.map_or((-1, -1), |(_, least, most)| (*least, *most));
        if !(least..=most).contains(&ours) {
            let broker = broker.to_owned();
            return Err(KafkaError::Version { broker, request, least, most, ours });
        }
    }
    Ok(())
}

/// The partitions of a topic, and the address of each one's leader.
pub(super) type Leaders = Vec<(i32, Option<String>)>;

pub(super) fn metadata_request(topic: &str) -> Vec<u8> {
    let mut body = Writer::default();
    body.length(1);
    body.text(topic);
    body.0
}

pub(super) fn metadata(topic: &str, answer: &[u8]) -> Result<Leaders, KafkaError> {
    let mut reader = Reader(answer);
    let brokers = reader.list(|each| {
        let id = each.i32()?;
        let (host, port) = (each.text()?, each.i32()?);
        each.text()?;
        Ok((id, address(&host, port)))
    })?;
    reader.i32()?;
    let topics = reader.list(|each| {
        let code = each.i16()?;
        let name = each.text()?;
        each.i8()?;
        let partitions = each.list(|each| {
            let code = each.i16()?;
            let (partition, leader) = (each.i32()?, each.i32()?);
            each.list(Reader::i32)?;
            each.list(Reader::i32)?;
            Ok((code, partition, leader))
        })?;
        Ok((code, name, partitions))
    })?;
    let found = topics.into_iter().find(|(_, name, _)| name == topic);
    let (code, _, partitions) = found.ok_or(KafkaError::Answer)?;
    checked(|| format!("topic {topic} is not to be had"), code)?;
    let leader = |id: i32| brokers.iter().find(|(broker, _)| *broker == id);
    let leaders = partitions.into_iter().map(|(_, partition, id)| {
        // A partition without a leader is one all the same, and waits for one.
        (partition, leader(id).map(|(_, address)| address.clone()))
    });
    Ok(leaders.collect())
}

fn address(host: &str, port: i32) -> String {
    match host.contains(':') {
        true => format!("[{host}]:{port}"),
        false => format!("{host}:{port}"),
    }
}

/// Which offset of a partition is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Instant {
    Earliest,
    Latest,
    /// The first record that is not earlier, in milliseconds of the epoch.
    At(i64),
}

pub(super) fn offsets_request(topic: &str, partitions: &[i32], at: Instant) -> Vec<u8> {
    let at = match at {
        Instant::Earliest => -2,
        Instant::Latest => -1,
        Instant::At(millis) => millis,
    };
    let mut body = Writer::default();
    body.i32(-1);
    body.length(1);
    body.text(topic);
    body.length(partitions.len());
    for partition in partitions {
        body.i32(*partition);
        body.i64(at);
    }
    body.0
}

/// The offset of each partition; none where no record is as late.
pub(super) fn offsets(topic: &str, answer: &[u8]) -> Result<Vec<(i32, Option<i64>)>, KafkaError> {
    let mut reader = Reader(answer);
    let topics = reader.list(|each| {
        each.text()?;
        each.list(|each| {
            let (partition, code) = (each.i32()?, each.i16()?);
            each.i64()?;
            Ok((partition, code, each.i64()?))
        })
    })?;
    let of_each = topics.into_iter().flatten().map(|(partition, code, offset)| {
        checked(|| format!("offsets of {topic}-{partition} are not told"), code)?;
        Ok((partition, (offset >= 0).then_some(offset)))
    });
    of_each.collect()
}

pub(super) fn coordinator_request(group: &str) -> Vec<u8> {
    let mut body = Writer::default();
    body.text(group);
    body.0
}

/// The address of a group's coordinator.
pub(super) fn coordinator(group: &str, answer: &[u8]) -> Result<String, KafkaError> {
    let mut reader = Reader(answer);
    let code = reader.i16()?;
    let (_, host, port) = (reader.i32()?, reader.text()?, reader.i32()?);
    checked(|| format!("consumer group {group} has no coordinator"), code)?;
    Ok(address(&host, port))
}

pub(super) fn committed_request(group: &str, topic: &str, partitions: &[i32]) -> Vec<u8> {
    let mut body = Writer::default();
    body.text(group);
    body.length(1);
    body.text(topic);
    body.length(partitions.len());
    partitions.iter().for_each(|partition| body.i32(*partition));
    body.0
}

/// What a group has committed of each partition; none where it has nothing.
pub(super) fn committed(group: &str, answer: &[u8]) -> Result<Vec<(i32, Option<i64>)>, KafkaError> {
    let mut reader = Reader(answer);
    let topics = reader.list(|each| {
        each.text()?;
        each.list(|each| {
            let (partition, offset) = (each.i32()?, each.i64()?);
            each.text()?;
            Ok((partition, offset, each.i16()?))
        })
    })?;
    let of_each = topics.into_iter().flatten().map(|(partition, offset, code)| {
        checked(|| format!("offsets of consumer group {group} are not told"), code)?;
        Ok((partition, (offset >= 0).then_some(offset)))
    });
    of_each.collect()
}

/// A request that commits offsets of a group without members.
pub(super) fn commit_request(group: &str, topic: &str, offsets: &[(i32, i64)]) -> Vec<u8> {
    let mut body = Writer::default();
    body.text(group);
    body.i32(-1);
    body.text("");
    body.i64(-1);
    body.length(1);
    body.text(topic);
    body.length(offsets.len());
    for (partition, offset) in offsets {
        body.i32(*partition);
        body.i64(*offset);
        body.text("");
    }
    body.0
}

pub(super) fn commit(group: &str, answer: &[u8]) -> Result<(), KafkaError> {
    let mut reader = Reader(answer);
    let topics = reader.list(|each| {
        each.text()?;
        each.list(|each| {
            each.i32()?;
            each.i16()
        })
    })?;
    let mut codes = topics.into_iter().flatten();
    codes.try_for_each(|code| {
        checked(|| format!("offsets of consumer group {group} are not taken"), code)
    })
}

/// Bytes of all records of an answer at the most, and of those of one partition; one that is
/// larger comes all the same.
const FETCHED: i32 = 16 << 20;
const FETCHED_OF_PARTITION: i32 = 1 << 20;

/// A request for records of partitions, each from an offset on; waits for some.
pub(super) fn fetch_request(topic: &str, from: &[(i32, i64)], wait: i32) -> Vec<u8> {
    let mut body = Writer::default();
    body.i32(-1);
    body.i32(wait);
    body.i32(1);
    body.i32(FETCHED);
    // Records of transactions are seen before those are committed, as consumers see them unless
    // they ask for something else.
    body.i8(0);
    body.length(1);
    body.text(topic);
    body.length(from.len());
    for (partition, offset) in from {
        body.i32(*partition);
        body.i64(*offset);
        body.i32(FETCHED_OF_PARTITION);
    }
    body.0
}

/// What was fetched of a partition.
#[derive(Debug)]
pub(super) struct Fetched<'a> {
    pub(super) partition: i32,
    pub(super) code: i16,
    /// The offset behind the last record that everybody may see.
    pub(super) end: i64,
    /// Batches of records; the last may be cut short.
    pub(super) records: &'a [u8],
}

pub(super) fn fetched(answer: &[u8]) -> Result<Vec<Fetched<'_>>, KafkaError> {
    let mut reader = Reader(answer);
    reader.i32()?;
    let topics = reader.list(|each| {
        each.text()?;
        each.list(|each| {
            let (partition, code, end) = (each.i32()?, each.i16()?, each.i64()?);
            each.i64()?;
            each.list(|each| Ok((each.i64()?, each.i64()?)))?;
            Ok(Fetched { partition, code, end, records: each.bytes()? })
        })
    })?;
    Ok(topics.into_iter().flatten().collect())
}

pub(super) fn handshake_request(mechanism: &str) -> Vec<u8> {
    let mut body = Writer::default();
    body.text(mechanism);
    body.0
}

/// The mechanisms that a broker has, if it has not the one that was asked for.
pub(super) fn handshake(answer: &[u8]) -> Result<Option<Vec<String>>, KafkaError> {
    let mut reader = Reader(answer);
    let code = reader.i16()?;
    let mechanisms = reader.list(Reader::text)?;
    match code {
        code::UNSUPPORTED_SASL_MECHANISM => Ok(Some(mechanisms)),
        code => checked(|| "broker takes no names".to_owned(), code).map(|()| None),
    }
}

pub(super) fn authenticate_request(bytes: &[u8]) -> Vec<u8> {
    let mut body = Writer::default();
    body.bytes(bytes);
    body.0
}

/// What the broker answers, or why it refuses.
pub(super) fn authenticate(answer: &[u8]) -> Result<Result<Vec<u8>, String>, KafkaError> {
    let mut reader = Reader(answer);
    let (code, why) = (reader.i16()?, reader.text()?);
    let bytes = reader.bytes()?.to_vec();
    match (code, why.is_empty()) {
        (0, _) => Ok(Ok(bytes)),
        (_, true) => Ok(Err("it gives no reason".to_owned())),
        (_, false) => Ok(Err(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders_are_read_of_metadata() {
        let mut answer = Writer::default();
        answer.length(1);
        answer.i32(7);
        answer.text("a.example");
        answer.i32(9092);
        answer.i16(-1);
        answer.i32(7);
        answer.length(1);
        answer.i16(0);
        answer.text("t");
        answer.i8(0);
        answer.length(2);
        for (partition, leader) in [(0, 7), (1, -1)] {
            answer.i16(0);
            answer.i32(partition);
            answer.i32(leader);
            answer.length(1);
            answer.i32(7);
            answer.length(0);
        }
        let leaders = metadata("t", &answer.0).expect("an answer");
        assert_eq!(leaders, [(0, Some("a.example:9092".into())), (1, None)]);
        assert!(matches!(metadata("other", &answer.0), Err(KafkaError::Answer)));
    }

    #[test]
    fn a_broker_that_does_not_speak_what_is_needed_is_told_so() {
        let mut answer = Writer::default();
        answer.i16(0);
        answer.length(NEEDED.len());
        for api in NEEDED {
            answer.i16(api.key);
            answer.i16(if api == FETCH { 12 } else { 0 });
            answer.i16(20);
        }
        let refused = check_versions("b:1", &answer.0).expect_err("Fetch is too late");
        assert_eq!(
            refused.to_string(),
            "broker b:1 speaks Fetch in versions 12 to 20, and not in version 4"
        );
    }
}

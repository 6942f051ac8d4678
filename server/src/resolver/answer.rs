//! Answers as they go: records spelled for a question, within the room that there is.

use std::borrow::Cow;

use simple_dns::rdata::{A, AAAA, CNAME, MX, NS, OPT, PTR, RData, SOA, SRV, TXT};
use simple_dns::{
    CLASS, CharacterString, Label, Name, Packet, PacketFlag, QCLASS, QTYPE, Question as Asked,
    RCODE, ResourceRecord, SimpleDnsError, TYPE,
};

use super::names::{Data, Record};
use super::question::{MOST, Question};

/// What an answer has.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    pub(super) records: Vec<Record>,
    /// Where the zone begins in which there is nothing.
    pub(super) authority: Option<Record>,
}

/// A name as it goes. What is no usual sign is told by a backslash and three octal digits, as Route 53 has it: the
/// crate would take them for decimal ones.
pub(super) fn name(text: &str) -> Result<Name<'_>, SimpleDnsError> {
    if !text.contains('\\') {
        return Name::new(text);
    }
    let label = |label: &str| match unescaped(label) {
        Some(bytes) if (1..=63).contains(&bytes.len()) => Ok(Label::new_unchecked(bytes)),
        _ => Err(SimpleDnsError::InvalidServiceLabel),
    };
    let labels = text.split('.').map(label).collect::<Result<Vec<_>, _>>()?;
    Ok(Name::new_with_labels(&labels))
}

fn unescaped(label: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = label.as_bytes();
    loop {
        match rest {
            [] => return Some(bytes),
            [b'\\', code @ ..] => {
                let digits = std::str::from_utf8(code.get(..3)?).ok()?;
                bytes.push(u8::from_str_radix(digits, 8).ok()?);
                rest = &code[3..];
            }
            [plain, after @ ..] => {
                bytes.push(*plain);
                rest = after;
            }
        }
    }
}

fn spelled<'a>(
    record: &'a Record,
    question: &'a Question,
) -> Result<ResourceRecord<'a>, SimpleDnsError> {
    let data = match &record.data {
        Data::A(address) => RData::A(A { address: (*address).into() }),
        Data::Aaaa(address) => RData::AAAA(AAAA { address: (*address).into() }),
        Data::Cname(other) => RData::CNAME(CNAME(name(other)?)),
        Data::Ptr(other) => RData::PTR(PTR(name(other)?)),
        Data::Ns(other) => RData::NS(NS(name(other)?)),
        Data::Mx(preference, exchange) => {
            RData::MX(MX { preference: *preference, exchange: name(exchange)? })
        }
        Data::Txt(texts) => {
            let mut data = TXT::new();
            for text in texts {
                data.add_char_string(CharacterString::new(text)?);
            }
            RData::TXT(data)
        }
        Data::Srv { priority, weight, port, target } => RData::SRV(SRV {
            priority: *priority,
            weight: *weight,
            port: *port,
            target: name(target)?,
        }),
        Data::Soa { primary, keeper, serial, times: [refresh, retry, expire, minimum] } => {
            RData::SOA(SOA {
                mname: name(primary)?,
                rname: name(keeper)?,
                serial: *serial,
                refresh: refresh.cast_signed(),
                retry: retry.cast_signed(),
                expire: expire.cast_signed(),
                minimum: *minimum,
            })
        }
    };
    // What was asked for is repeated as it was written.
    let own = match record.name == question.name {
        true => asked(question),
        false => name(&record.name)?,
    };
    Ok(ResourceRecord::new(own, CLASS::IN, record.ttl, data))
}

/// The name that is asked for, as it was written.
fn asked(question: &Question) -> Name<'_> {
    let labels = question.labels.iter();
    let labels: Vec<Label<'_>> =
        labels.map(|label| Label::new_unchecked(Cow::Borrowed(label.as_slice()))).collect();
    Name::new_with_labels(&labels)
}

/// A message that answers a question, with records that are somebody else's after its own.
fn message<'a>(
    question: &'a Question,
    code: RCODE,
    answer: &'a Answer,
    others: &[ResourceRecord<'a>],
) -> Result<Packet<'a>, SimpleDnsError> {
    let mut packet = Packet::new_reply(question.id);
    packet.set_flags(PacketFlag::RECURSION_AVAILABLE);
    if question.recursion {
        packet.set_flags(PacketFlag::RECURSION_DESIRED);
    }
    *packet.rcode_mut() = code;
    if question.extended.is_some() || code == RCODE::BADVERS {
        *packet.opt_mut() =
            Some(OPT { opt_codes: Vec::new(), udp_packet_size: MOST as u16, version: 0 });
    }
    let kind = QTYPE::try_from(question.kind).unwrap_or(QTYPE::TYPE(TYPE::Unknown(question.kind)));
    let class = QCLASS::try_from(question.class).unwrap_or(QCLASS::CLASS(CLASS::IN));
    packet.questions.push(Asked::new(asked(question), kind, class, false));
    for record in &answer.records {
        packet.answers.push(spelled(record, question)?);
    }
    packet.answers.extend(others.iter().cloned());
    if let Some(record) = &answer.authority {
        packet.name_servers.push(spelled(record, question)?);
    }
    Ok(packet)
}

/// The bytes of an answer; what there is no room for is left out, and that is said.
pub(super) fn bytes(
    question: &Question,
    code: RCODE,
    answer: &Answer,
    others: &[ResourceRecord<'_>],
    room: usize,
) -> Result<Vec<u8>, SimpleDnsError> {
    let whole = message(question, code, answer, others)?.build_bytes_vec_compressed()?;
    if whole.len() <= room { Ok(whole) } else { truncated(question, code) }
}

/// An answer that says that there is more than there is room for.
pub(super) fn truncated(question: &Question, code: RCODE) -> Result<Vec<u8>, SimpleDnsError> {
    let nothing = Answer::default();
    let mut packet = message(question, code, &nothing, &[])?;
    packet.set_flags(PacketFlag::TRUNCATION);
    packet.build_bytes_vec_compressed()
}

/// The answer to what is no question that is understood: a head alone.
pub(super) fn refusal(id: u16, code: RCODE) -> Vec<u8> {
    let [high, low] = id.to_be_bytes();
    let code = u16::from(code as u8) | 0x8080;
    let [flags, more] = code.to_be_bytes();
    vec![high, low, flags, more, 0, 0, 0, 0, 0, 0, 0, 0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(message: &[u8]) -> Question {
        Question::read(message).unwrap()
    }

    const ASKED: &[u8] =
        b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x06Orders\x08internal\x00\x00\x01\x00\x01";

    fn record(data: Data) -> Record {
        Record { name: "orders.internal".into(), ttl: 60, data }
    }

    #[test]
    fn every_kind_of_record_is_spelled() {
        let all = [
            Data::A([10, 0, 1, 5].into()),
            Data::Aaaa("fd00::1".parse().unwrap()),
            Data::Cname("a.internal".into()),
            Data::Ptr("b.internal".into()),
            Data::Ns("c.internal".into()),
            Data::Mx(10, "d.internal".into()),
            Data::Txt(vec![b"one".to_vec(), b"two".to_vec()]),
            Data::Srv { priority: 1, weight: 2, port: 3, target: "e.internal".into() },
            Data::Soa {
                primary: "f.internal".into(),
                keeper: "g.internal".into(),
                serial: 1,
                times: [2, 3, 4, 5],
            },
        ];
        let kinds: Vec<u16> = all.iter().map(Data::kind).collect();
        let answer = Answer { records: all.map(record).to_vec(), authority: None };
        let question = question(ASKED);
        let bytes = bytes(&question, RCODE::NoError, &answer, &[], MOST).unwrap();
        let read = Packet::parse(&bytes).unwrap();
        assert_eq!((read.id(), read.answers.len()), (0x1234, kinds.len()));
        // The name is repeated as it was asked.
        assert_eq!(&bytes[12..31], &ASKED[12..31]);
        let told: Vec<u16> =
            read.answers.iter().map(|answer| answer.rdata.type_code().into()).collect();
        assert_eq!(told, kinds);
    }

    #[test]
    fn signs_that_are_not_usual_go_as_they_are() {
        let target = Data::Cname("\\052.a\\100b.\\377.internal".into());
        let answer = Answer { records: vec![record(target)], authority: None };
        let bytes = bytes(&question(ASKED), RCODE::NoError, &answer, &[], MOST).unwrap();
        let sent = b"\x01*\x03a@b\x01\xff";
        assert!(bytes.windows(sent.len()).any(|part| part == sent), "{bytes:?}");
        for odd in ["a\\8", "a\\", "a\\777.b", "a\\052..b"] {
            assert!(name(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn what_has_no_room_is_said_to_be_more() {
        let records = (0..40u8).map(|last| record(Data::A([10, 0, 1, last].into()))).collect();
        let answer = Answer { records, authority: None };
        let question = question(ASKED);
        let short = bytes(&question, RCODE::NoError, &answer, &[], 512).unwrap();
        let read = Packet::parse(&short).unwrap();
        assert!(read.has_flags(PacketFlag::TRUNCATION) && read.answers.is_empty());
        let whole = bytes(&question, RCODE::NoError, &answer, &[], MOST).unwrap();
        assert_eq!(Packet::parse(&whole).unwrap().answers.len(), 40);
    }
}

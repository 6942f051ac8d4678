//! How a flow is told: a line of fields, in the order that its flow log asks for.

use engine::flow::Flow;
use engine::id::{EniId, SubnetId, VpcId};

/// The fields of version 2, of a flow log that asks for no others.
pub(crate) const DEFAULT: &str = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} \
    ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

/// The fields that there are, with the version that each came with.
const FIELDS: [(&str, u8, Field); 36] = [
    ("version", 2, Field::Version),
    ("account-id", 2, Field::Account),
    ("interface-id", 2, Field::Interface),
    ("srcaddr", 2, Field::Source),
    ("dstaddr", 2, Field::Destination),
    ("srcport", 2, Field::SourcePort),
    ("dstport", 2, Field::DestinationPort),
    ("protocol", 2, Field::Protocol),
    ("packets", 2, Field::Packets),
    ("bytes", 2, Field::Bytes),
    ("start", 2, Field::Start),
    ("end", 2, Field::End),
    ("action", 2, Field::Action),
    ("log-status", 2, Field::Status),
    ("vpc-id", 3, Field::Vpc),
    ("subnet-id", 3, Field::Subnet),
    ("instance-id", 3, Field::NotApplicable),
    ("tcp-flags", 3, Field::TcpFlags),
    ("type", 3, Field::Type),
    ("pkt-srcaddr", 3, Field::PacketSource),
    ("pkt-dstaddr", 3, Field::PacketDestination),
    ("region", 4, Field::Region),
    ("az-id", 4, Field::Zone),
    ("sublocation-type", 4, Field::NotApplicable),
    ("sublocation-id", 4, Field::NotApplicable),
    ("pkt-src-aws-service", 5, Field::NotApplicable),
    ("pkt-dst-aws-service", 5, Field::NotApplicable),
    ("flow-direction", 5, Field::Direction),
    ("traffic-path", 5, Field::Path),
    // Of tasks of ECS, and of what AWS refuses beside groups and ACLs: there are none of either.
    ("ecs-cluster-arn", 7, Field::NotApplicable),
    ("ecs-cluster-name", 7, Field::NotApplicable),
    ("ecs-service-name", 7, Field::NotApplicable),
    ("ecs-task-arn", 7, Field::NotApplicable),
    ("ecs-task-id", 7, Field::NotApplicable),
    ("ecs-container-id", 7, Field::NotApplicable),
    ("reject-reason", 8, Field::NotApplicable),
];

/// How many fields a format may have, each of which makes every line longer.
const MOST: usize = 2 * FIELDS.len();

/// One field of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Version,
    Account,
    Interface,
    Source,
    Destination,
    SourcePort,
    DestinationPort,
    Protocol,
    Packets,
    Bytes,
    Start,
    End,
    Action,
    Status,
    Vpc,
    Subnet,
    TcpFlags,
    Type,
    PacketSource,
    PacketDestination,
    Region,
    Zone,
    Direction,
    Path,
    NotApplicable,
}

/// Why a text is no format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BadFormat {
    /// It is no list of names in braces, or a list of very many.
    Malformed,
    /// Fields that are not known.
    Unknown(Vec<String>),
}

/// The fields of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Format {
    names: Vec<&'static str>,
    fields: Vec<Field>,
    version: u8,
}

/// At which ENI something was seen, and where that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) account: u64,
    pub(crate) region: String,
    pub(crate) vpc: VpcId,
    pub(crate) subnet: SubnetId,
    pub(crate) zone: String,
    pub(crate) eni: EniId,
}

/// What a line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told<'a> {
    /// A flow, with the number of the path that it left by, where it did.
    Flow(&'a Flow, Option<u8>),
    /// That there was none, from then to then, in milliseconds.
    NoData(u64, u64),
    /// That some are not told.
    Skipped(u64, u64),
}

impl Format {
    /// Reads a format.
    ///
    /// # Errors
    /// Why it is none.
    pub(crate) fn parse(text: &str) -> Result<Format, BadFormat> {
        let mut format = Format { names: Vec::new(), fields: Vec::new(), version: 0 };
        let mut unknown = Vec::new();
        if text.split(' ').count() > MOST {
            return Err(BadFormat::Malformed);
        }
        for part in text.split(' ') {
            let name = part.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
            let is_name = |name: &&str| {
                !name.is_empty()
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            };
            let name = name.filter(is_name).ok_or(BadFormat::Malformed)?;
            match FIELDS.iter().find(|(known, ..)| *known == name) {
                Some((name, version, field)) => {
                    format.names.push(name);
                    format.fields.push(*field);
                    format.version = format.version.max(*version);
                }
                None => unknown.push(name.to_owned()),
            }
        }
        if unknown.is_empty() { Ok(format) } else { Err(BadFormat::Unknown(unknown)) }
    }

    /// The line that names the fields, of a file.
    pub(crate) fn header(&self) -> String {
        self.names.join(" ")
    }

    /// Whether the path is told by which something leaves.
    pub(crate) fn tells_path(&self) -> bool {
        self.fields.contains(&Field::Path)
    }

    /// The line that tells something.
    pub(crate) fn line(&self, at: &At, told: Told<'_>) -> String {
        let fields = self.fields.iter().map(|field| self.field(*field, at, told));
        fields.collect::<Vec<String>>().join(" ")
    }

    fn field(&self, field: Field, at: &At, told: Told<'_>) -> String {
        let (flow, path) = match told {
            Told::Flow(flow, path) => (Some(flow), path),
            Told::NoData(..) | Told::Skipped(..) => (None, None),
        };
        let of_flow = |tell: &dyn Fn(&Flow) -> String| flow.map_or_else(none, tell);
        let (start, end) = match told {
            Told::Flow(flow, _) => (flow.first, flow.last),
            Told::NoData(start, end) | Told::Skipped(start, end) => (start, end),
        };
        match field {
            Field::Version => self.version.to_string(),
            Field::Account => format!("{:012}", at.account),
            Field::Interface => at.eni.to_string(),
            Field::Source => of_flow(&|flow| flow.key.ends[0].to_string()),
            Field::Destination => of_flow(&|flow| flow.key.ends[1].to_string()),
            Field::SourcePort => of_flow(&|flow| flow.key.ports[0].to_string()),
            Field::DestinationPort => of_flow(&|flow| flow.key.ports[1].to_string()),
            Field::Protocol => of_flow(&|flow| flow.key.protocol.to_string()),
            Field::Packets => of_flow(&|flow| flow.packets.to_string()),
            Field::Bytes => of_flow(&|flow| flow.bytes.to_string()),
            Field::Start => (start / 1000).to_string(),
            Field::End => (end / 1000).to_string(),
            Field::Action => of_flow(&|flow| action(flow.key.is_accepted).to_owned()),
            Field::Status => status(told).to_owned(),
            Field::Vpc => at.vpc.to_string(),
            Field::Subnet => at.subnet.to_string(),
            Field::TcpFlags => of_flow(&|flow| flow.flags.to_string()),
            Field::Type => {
                of_flow(&|flow| if flow.key.ends[0].is_ipv6() { "IPv6" } else { "IPv4" }.to_owned())
            }
            Field::PacketSource => of_flow(&|flow| flow.key.packet_ends[0].to_string()),
            Field::PacketDestination => of_flow(&|flow| flow.key.packet_ends[1].to_string()),
            Field::Region => at.region.clone(),
            Field::Zone => at.zone.clone(),
            Field::Direction => {
                of_flow(&|flow| if flow.key.is_egress { "egress" } else { "ingress" }.to_owned())
            }
            Field::Path => path.map_or_else(none, |path| path.to_string()),
            Field::NotApplicable => none(),
        }
    }
}

fn none() -> String {
    "-".to_owned()
}

fn action(is_accepted: bool) -> &'static str {
    if is_accepted { "ACCEPT" } else { "REJECT" }
}

fn status(told: Told<'_>) -> &'static str {
    match told {
        Told::Flow(..) => "OK",
        Told::NoData(..) => "NODATA",
        Told::Skipped(..) => "SKIPDATA",
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv6Addr};

    use engine::flow::FlowKey;

    use super::*;

    fn at() -> At {
        At {
            account: 123_456_789_010,
            region: "us-east-1".into(),
            vpc: VpcId(1),
            subnet: SubnetId(2),
            zone: "use1-az1".into(),
            eni: EniId(0x1235_b8ca_1234_5678),
        }
    }

    fn flow() -> Flow {
        let ends = [[172, 31, 16, 139], [172, 31, 16, 21]].map(IpAddr::from);
        let key = FlowKey {
            is_egress: false,
            is_accepted: true,
            ends,
            packet_ends: ends,
            ports: [20_641, 22],
            protocol: 6,
        };
        let (first, last) = (1_418_530_010_000, 1_418_530_070_999);
        let (eni, subnet) = (at().eni, at().subnet);
        Flow { eni, subnet, key, packets: 20, bytes: 4249, flags: 19, first, last }
    }

    #[test]
    fn lines_are_those_of_the_reference() {
        let format = Format::parse(DEFAULT).expect("a format");
        assert_eq!(
            format.line(&at(), Told::Flow(&flow(), None)),
            "2 123456789010 eni-01235b8ca12345678 172.31.16.139 172.31.16.21 20641 22 6 20 4249 \
             1418530010 1418530070 ACCEPT OK"
        );
        let none = "2 123456789010 eni-01235b8ca12345678 - - - - - - - 1431280876 1431280934 -";
        let span = (1_431_280_876_000, 1_431_280_934_000);
        let lines = [Told::NoData(span.0, span.1), Told::Skipped(span.0, span.1)]
            .map(|told| format.line(&at(), told));
        assert_eq!(lines, [format!("{none} NODATA"), format!("{none} SKIPDATA")]);
    }

    #[test]
    fn flows_of_ipv6_are_told_by_their_addresses() {
        let ends = [1, 2].map(|last| IpAddr::from(Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, last)));
        let key = FlowKey { ends, packet_ends: ends, ..flow().key };
        let format = Format::parse("${type} ${srcaddr} ${pkt-dstaddr}").expect("a format");
        let told = format.line(&at(), Told::Flow(&Flow { key, ..flow() }, None));
        assert_eq!(told, "IPv6 2001:2::1 2001:2::2");
    }

    #[test]
    fn a_format_is_of_the_version_of_its_latest_field() {
        let custom = "${tcp-flags} ${flow-direction} ${version} ${traffic-path} ${sublocation-id}";
        let format = Format::parse(custom).expect("a format");
        assert_eq!(format.line(&at(), Told::Flow(&flow(), None)), "19 ingress 5 - -");
        assert_eq!(format.header(), "tcp-flags flow-direction version traffic-path sublocation-id");
    }

    #[test]
    fn what_is_no_format_is_told() {
        for bad in ["", " ", "version", "${version} ", "${version},${action}", "${}", "${version"] {
            assert_eq!(Format::parse(bad), Err(BadFormat::Malformed), "{bad}");
        }
        let many = |count| ["${version}"].repeat(count).join(" ");
        assert!(Format::parse(&many(MOST)).is_ok());
        assert_eq!(Format::parse(&many(MOST + 1)), Err(BadFormat::Malformed));
        let unknown = vec!["colour".to_owned(), "shape".to_owned()];
        let bad = "${colour} ${version} ${shape}";
        assert_eq!(Format::parse(bad), Err(BadFormat::Unknown(unknown)));
    }
}

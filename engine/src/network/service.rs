//! AWS's own services: by which names they are known, and at which public addresses they are reached.
//!
//! They are outside of every VPC. A part of the installation's public addresses is theirs, of each region
//! others, so that a route to S3 of a region leads to that and to nothing else.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::cidr::Cidr;

/// What the names of AWS's endpoints end with.
const AWS: &str = "amazonaws.com";
/// The region of names that name none.
const REGION: &str = "us-east-1";
/// The most addresses that services have.
const MOST: u64 = 4096;
/// The most that those of one region have.
const OF_REGION: u64 = 64;
/// The fewest public addresses of which services can have some.
pub const FEWEST: u64 = 16;

/// The regions that have addresses of their own.
const REGIONS: [&str; 34] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
];

/// One of AWS's services.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// What it is called where VPC endpoints are made: `sqs` of `com.amazonaws.us-east-1.sqs`.
    pub name: &'static str,
    /// What its names begin with: `sqs` of `sqs.us-east-1.amazonaws.com`.
    pub host: &'static str,
    /// The services that answer there, by the names of their models.
    pub models: &'static [&'static str],
    /// What further names begin with, behind a label of the caller's.
    beside: &'static [&'static str],
    /// By which names it is known: with a region, without one, or by both.
    known_by: KnownBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KnownBy {
    Region,
    Both,
    /// It is in one region alone.
    Global,
}

const fn plain(name: &'static str, models: &'static [&'static str]) -> Service {
    Service { name, host: name, models, beside: &[], known_by: KnownBy::Region }
}

/// All of them. Those that have gateway endpoints come first: each has a share of the addresses for itself.
pub static SERVICES: [Service; 19] = [
    Service { known_by: KnownBy::Both, ..plain("s3", &["s3"]) },
    Service { beside: &["ddb"], ..plain("dynamodb", &["dynamodb", "dynamodbstreams"]) },
    Service { host: "streams.dynamodb", ..plain("dynamodb-streams", &["dynamodbstreams"]) },
    plain("apigateway", &["apigatewayv2"]),
    Service { known_by: KnownBy::Both, ..plain("ec2", &["ec2"]) },
    plain("events", &["events"]),
    Service { host: "", beside: &["execute-api"], ..plain("execute-api", &[]) },
    Service { known_by: KnownBy::Global, ..plain("iam", &["iam"]) },
    Service {
        host: "kinesis",
        beside: &["data-kinesis", "control-kinesis"],
        ..plain("kinesis-streams", &["kinesis"])
    },
    plain("lambda", &["lambda"]),
    plain("logs", &["logs"]),
    plain("monitoring", &["cloudwatch"]),
    plain("scheduler", &["scheduler"]),
    plain("secretsmanager", &["secretsmanager"]),
    plain("sns", &["sns"]),
    plain("sqs", &["sqs"]),
    plain("ssm", &["ssm"]),
    Service { known_by: KnownBy::Both, ..plain("sts", &["sts"]) },
    Service { known_by: KnownBy::Global, ..plain("route53", &["route53"]) },
];

/// How many of them have gateway endpoints.
const GATEWAYS: usize = 2;

/// What names of S3 begin with that mean other things than buckets, as a whole or behind a label.
const BESIDE_S3: [&str; 2] = ["s3-accesspoint", "s3-control"];
/// What is asked for at an interface endpoint of S3: the label before the endpoint's own.
const PARTS_OF_S3: [&str; 3] = ["bucket", "accesspoint", "control"];

impl Service {
    /// Whether it has gateway endpoints.
    pub fn has_gateway(&self) -> bool {
        self.place() < GATEWAYS
    }

    /// What endpoints of a region call it; none where it is not in the region.
    pub fn name_in(&self, region: &str) -> Option<String> {
        match self.known_by {
            KnownBy::Global => (region == REGION).then(|| format!("com.amazonaws.{}", self.name)),
            KnownBy::Region | KnownBy::Both => {
                Some(format!("com.amazonaws.{region}.{}", self.name))
            }
        }
    }

    /// Whether it has interface endpoints.
    pub fn has_interface(&self) -> bool {
        self.known_by != KnownBy::Global && !self.models.is_empty()
    }

    /// Whether its own names can lead to an interface endpoint. On AWS those of DynamoDB cannot.
    pub fn has_private_names(&self) -> bool {
        self.has_interface() && !matches!(self.name, "dynamodb" | "dynamodb-streams")
    }

    /// Whether its own names may lead to an interface endpoint for inbound resolvers alone, while within
    /// the VPC they lead to where gateway endpoints are.
    pub fn has_inbound_names(&self) -> bool {
        self.has_gateway() && self.has_private_names()
    }

    /// Whether its endpoints are asked by names below their own, and by no others.
    pub fn has_names_below(&self) -> bool {
        self.name == "s3"
    }

    /// Whether a label stands for what may be asked for at its endpoints, just below their own names.
    pub fn has_part(&self, label: &str) -> bool {
        self.has_names_below() && PARTS_OF_S3.contains(&label)
    }

    /// The service of a name as endpoints of a region have it.
    pub fn of_endpoint(name: &str, region: &str) -> Option<&'static Service> {
        let mut services =
            SERVICES.iter().filter(|service| service.has_gateway() || service.has_interface());
        services.find(|service| service.name_in(region).is_some_and(|known| known == name))
    }

    fn place(&self) -> usize {
        SERVICES.iter().position(|known| known.name == self.name).expect("it is one of them")
    }

    /// Whether a name that ends with a region, or with none, begins so.
    fn is_named(&self, front: &str, has_region: bool) -> bool {
        let is_known = match self.known_by {
            KnownBy::Both => true,
            KnownBy::Region => has_region,
            KnownBy::Global => !has_region,
        };
        // Before the name of S3 stands a bucket's, which may have dots.
        let is_bucket = || self.name == "s3" && front.ends_with(".s3");
        let is_beside = || {
            let labels = front.split_once('.');
            labels.is_some_and(|(own, rest)| !own.is_empty() && self.beside.contains(&rest))
        };
        let is_beside_s3 = || {
            let last = front.rsplit_once('.').map_or(front, |(_, last)| last);
            has_region && self.name == "s3" && BESIDE_S3.contains(&last)
        };
        let is_own = !self.host.is_empty() && front == self.host;
        is_known && (is_own || is_bucket() || is_beside() || is_beside_s3())
    }
}

/// A service in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served<'a> {
    /// Which service.
    pub service: &'static Service,
    /// In which region.
    pub region: &'a str,
}

impl<'a> Served<'a> {
    /// The service that a host of AWS's names, in lower case and without a port.
    pub fn named(host: &'a str) -> Option<Served<'a>> {
        let name = host.strip_suffix(AWS)?.strip_suffix('.')?;
        let (front, last) = name.rsplit_once('.').unwrap_or(("", name));
        let has_region = !front.is_empty() && REGIONS.contains(&last);
        let (front, region) = if has_region { (front, last) } else { (name, REGION) };
        let service = SERVICES.iter().find(|service| service.is_named(front, has_region))?;
        Some(Served { service, region })
    }

    /// Its name with the region, or without one where it has none.
    pub fn host(&self) -> String {
        match self.service.known_by {
            KnownBy::Global => format!("{}.{AWS}", self.service.host),
            KnownBy::Region | KnownBy::Both => {
                format!("{}.{}.{AWS}", self.service.host, self.region)
            }
        }
    }

    /// The names that lead to an interface endpoint where private ones do, as they are listed.
    pub fn private_hosts(&self) -> Vec<String> {
        let mut hosts = Vec::from([self.host()]);
        if self.service.has_names_below() {
            let below = ["*.s3", "*.s3-accesspoint", "s3-control", "*.s3-control"];
            hosts.extend(below.map(|front| format!("{front}.{}.{AWS}", self.region)));
        }
        hosts
    }

    /// Whether a name of its has its region, as those have that can be private.
    pub fn is_of_region(&self, name: &str) -> bool {
        let front = name.strip_suffix(AWS).and_then(|front| front.strip_suffix('.'));
        front.and_then(|front| front.strip_suffix(self.region)).is_some_and(|it| it.ends_with('.'))
    }

    /// What the names of its interface endpoints end with.
    pub fn endpoint_base(&self) -> String {
        format!("{}.{}.vpce.{AWS}", self.service.host, self.region)
    }

    /// Its public address, where public addresses are of `block`; none where that is too small.
    pub fn address(&self, block: Cidr) -> Option<Ipv4Addr> {
        if let Some(own) = self.addresses(block) {
            return own.nth(0);
        }
        let share = share(block, self.region)?;
        let half = share.size() / 2;
        share.nth(half + (self.service.place() - GATEWAYS) as u64 % half)
    }

    /// The addresses that no other service has: of those with gateway endpoints, whose prefix lists
    /// they are.
    pub fn addresses(&self, block: Cidr) -> Option<Cidr> {
        if !self.service.has_gateway() {
            return None;
        }
        let share = share(block, self.region)?;
        let quarter = share.size() / 4;
        let base = share.nth(quarter * self.service.place() as u64)?;
        Cidr::containing(base, share.prefix() + 2)
    }
}

/// The public addresses of a block that are services': the last ones. They are nobody else's.
pub fn reserved(block: Cidr) -> Option<Cidr> {
    let size = (block.size() / 4).min(MOST);
    if block.size() < FEWEST {
        return None;
    }
    Cidr::containing(block.nth(block.size() - size)?, 32 - size.trailing_zeros() as u8)
}

/// Those of a region. Where there are too few, regions share them.
fn share(block: Cidr, region: &str) -> Option<Cidr> {
    let all = reserved(block)?;
    let shares = (all.size() / OF_REGION).max(1);
    let place = REGIONS.iter().position(|known| *known == region).unwrap_or(REGIONS.len()) as u64;
    let size = all.size() / shares;
    let base = all.nth(place % shares * size)?;
    Cidr::containing(base, 32 - size.trailing_zeros() as u8)
}

/// A service whose address this is; of those that share it, the first.
pub fn at(block: Cidr, address: Ipv4Addr) -> Option<Served<'static>> {
    let all = reserved(block)?;
    if !all.contains(address) {
        return None;
    }
    let served = REGIONS
        .iter()
        .filter(|region| share(block, region).is_some_and(|share| share.contains(address)));
    let mut served =
        served.flat_map(|region| SERVICES.iter().map(move |service| Served { service, region }));
    served.find(|served| match served.addresses(block) {
        Some(own) => own.contains(address),
        None => served.address(block) == Some(address),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    fn block(text: &str) -> Cidr {
        text.parse().expect("a block")
    }

    #[test]
    fn hosts_name_services_in_regions() {
        for (host, service, region) in [
            ("sqs.us-east-1.amazonaws.com", "sqs", "us-east-1"),
            ("streams.dynamodb.eu-west-1.amazonaws.com", "dynamodb-streams", "eu-west-1"),
            ("dynamodb.eu-west-1.amazonaws.com", "dynamodb", "eu-west-1"),
            ("000000000000.ddb.us-east-1.amazonaws.com", "dynamodb", "us-east-1"),
            ("1.data-kinesis.us-east-1.amazonaws.com", "kinesis-streams", "us-east-1"),
            ("s3.amazonaws.com", "s3", "us-east-1"),
            ("my.own.s3.us-west-2.amazonaws.com", "s3", "us-west-2"),
            ("us-west-2.s3.amazonaws.com", "s3", "us-east-1"),
            ("s3-control.us-west-2.amazonaws.com", "s3", "us-west-2"),
            ("000000000000.s3-control.us-west-2.amazonaws.com", "s3", "us-west-2"),
            ("mine-000000000000.s3-accesspoint.eu-west-1.amazonaws.com", "s3", "eu-west-1"),
            ("sts.amazonaws.com", "sts", "us-east-1"),
            ("iam.amazonaws.com", "iam", "us-east-1"),
            ("route53.amazonaws.com", "route53", "us-east-1"),
            ("a1.execute-api.us-east-1.amazonaws.com", "execute-api", "us-east-1"),
        ] {
            let served = Served::named(host).expect(host);
            assert_eq!((served.service.name, served.region), (service, region), "{host}");
        }
        for host in [
            "amazonaws.com",
            "us-east-1.amazonaws.com",
            ".us-east-1.amazonaws.com",
            "sqs.amazonaws.com",
            "iam.us-east-1.amazonaws.com",
            "sqs.us-east-9.amazonaws.com",
            "a.sqs.us-east-1.amazonaws.com",
            "execute-api.us-east-1.amazonaws.com",
            "sqs.us-east-1.amazonaws.com.evil.example",
            "xs3.amazonaws.com",
            "s3-control.amazonaws.com",
            "xs3-control.us-east-1.amazonaws.com",
        ] {
            assert_eq!(Served::named(host), None, "{host}");
        }
    }

    #[test]
    fn names_with_a_region_alone_can_be_private() {
        for (host, is_private) in [
            ("s3.us-east-1.amazonaws.com", true),
            ("mine.s3.us-east-1.amazonaws.com", true),
            ("mine.s3.amazonaws.com", false),
            ("us-east-1.s3.amazonaws.com", false),
            ("sts.us-east-1.amazonaws.com", true),
            ("sts.amazonaws.com", false),
        ] {
            let served = Served::named(host).expect(host);
            assert_eq!(served.is_of_region(host), is_private, "{host}");
        }
        let have = |is: fn(&Service) -> bool| {
            SERVICES.iter().filter(|it| is(it)).map(|it| it.name).collect::<Vec<_>>()
        };
        assert_eq!(have(Service::has_inbound_names), ["s3"]);
        assert!(have(Service::has_interface).contains(&"dynamodb"));
        assert!(!have(Service::has_private_names).contains(&"dynamodb"));
    }

    #[test]
    fn services_of_a_region_have_addresses_of_their_own() {
        let usual = block("198.18.0.0/15");
        assert_eq!(reserved(usual), Some(block("198.19.240.0/20")));
        let mut seen = BTreeSet::new();
        for region in REGIONS {
            for service in &SERVICES {
                let served = Served { service, region };
                let address = served.address(usual).expect("it has one");
                assert!(seen.insert(address), "{} of {region} at {address}", service.name);
                assert_eq!(at(usual, address), Some(served));
            }
        }
        assert!(seen.iter().all(|at| reserved(usual).is_some_and(|all| all.contains(*at))));
    }

    #[test]
    fn a_small_block_has_addresses_for_services_too() {
        let small = block("192.0.2.0/28");
        assert_eq!(reserved(small), Some(block("192.0.2.12/30")));
        let of = |name: &str| {
            let service = SERVICES.iter().find(|known| known.name == name).expect(name);
            Served { service, region: "eu-west-1" }
        };
        assert_eq!(of("s3").addresses(small), Some(block("192.0.2.12/32")));
        assert_eq!(of("dynamodb").addresses(small), Some(block("192.0.2.13/32")));
        let sqs = of("sqs").address(small).expect("it has one");
        assert!(block("192.0.2.14/31").contains(sqs), "{sqs}");
        assert_eq!(reserved(block("192.0.2.0/29")), None);
    }
}

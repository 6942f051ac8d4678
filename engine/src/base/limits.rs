//! Every bound of the engine, with where it comes from.

use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};
use core::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::cidr::Cidr;

/// Addresses that AWS keeps in each subnet: the first four and the last.
pub const RESERVED_ADDRESSES: u32 = 5;
/// Blocks of a subnet that may be reserved. AWS tells of no such quota.
pub const RESERVATIONS_PER_SUBNET: usize = 1_000;
/// IPv4 blocks of a VPC, with the primary one.
pub const BLOCKS_PER_VPC: usize = 5;
/// Secondary private addresses of an ENI: with the primary one as many as those of the largest instances.
pub const SECONDARY_PER_ENI: usize = 49;
/// Connections that one hyperplane ENI carries before another is added.
pub const CONNECTIONS_PER_ENI: u32 = 65_000;
/// Drops kept per invocation's explanation.
pub const DROPS_PER_INVOCATION: usize = 16;
/// What a policy of a VPC endpoint refused, kept per endpoint and per invocation's explanation.
pub const REFUSALS_KEPT: usize = 16;
/// Names that did not resolve, kept per invocation's explanation.
pub const NAMES_PER_INVOCATION: usize = 16;
/// Packets that a VPC's resolver takes of one interface each second.
pub const RESOLVER_PACKETS: u32 = 1_024;
/// Subnets of a function's `VpcConfig`.
pub const SUBNETS_PER_FUNCTION: usize = 16;
/// Security groups of a function's `VpcConfig`.
pub const GROUPS_PER_FUNCTION: usize = 5;
/// Aliases of a function. AWS has a limit and does not tell it.
pub const ALIASES_PER_FUNCTION: usize = 1_000;
/// Bytes of the resource policy of a function, a version or an alias.
pub const POLICY_BYTES: usize = 20_480;
/// The wait after an asynchronous event's first throttling; it doubles with each further one.
pub const EVENT_BACKOFF: Duration = Duration::from_secs(1);
/// The longest wait of a throttled asynchronous event.
pub const EVENT_BACKOFF_MOST: Duration = Duration::from_secs(300);
/// How often a function may be invoked in one chain of invocations (AWS: about 16).
pub const HOPS: u32 = 16;
/// How stale the stored instant of a function's last invocation may become.
pub const USED_STALE: Duration = Duration::from_secs(24 * 3600);
/// The wait before a shared ENI that could not be made again is tried once more.
pub const ENI_AGAIN: Duration = Duration::from_secs(1);
/// The wait before the plan of a VPC that failed is tried again; it doubles with each failure.
pub const PLAN_AGAIN: Duration = Duration::from_secs(1);
/// The longest wait of a plan that fails again and again.
pub const PLAN_AGAIN_MOST: Duration = Duration::from_secs(60);
/// How long a peering connection waits to be accepted.
pub const PEERING_WAITS: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long one that is gone is shown, and how many of a scope are.
pub const PEERING_SHOWN: Duration = Duration::from_secs(2 * 3600);
pub(crate) const PEERINGS_GONE: usize = 100;
/// How many of a scope may wait to be accepted (AWS: 25), and be a VPC's (AWS: 50).
pub(crate) const PEERINGS_PENDING: usize = 25;
pub(crate) const PEERS_PER_VPC: usize = 50;
/// The first and the last port of a NAT gateway: as many as it may have connections to one destination
/// (AWS: 55,000).
pub const NAT_PORTS: (u16, u16) = (1024, 1024 + 55_000 - 1);
/// How long a NAT gateway is shown that was deleted or could not be made (AWS: about an hour).
pub const NAT_SHOWN: Duration = Duration::from_secs(3600);
/// NAT gateways of a scope that are shown though they are gone; the oldest are forgotten first.
pub const NATS_GONE: usize = 100;
/// Where public addresses are taken from: a block for measurements between networks (RFC 2544), which
/// the internet has no use for.
pub const PUBLIC_ADDRESSES: (Ipv4Addr, u8) = (Ipv4Addr::new(198, 18, 0, 0), 15);
/// What IPv6 blocks of VPCs are taken from: for measurements within networks (RFC 5180), which the
/// internet has no use for.
pub const IPV6_ADDRESSES: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48);
/// The prefix of a VPC's IPv6 block.
pub const IPV6_PREFIX: u8 = 56;
/// IPv6 blocks of a VPC (AWS: 5).
pub const IPV6_BLOCKS_PER_VPC: usize = 5;
/// IPv6 addresses of an ENI (AWS: by the type of instance, 50 at the most).
pub const IPV6_PER_ENI: usize = 50;
/// Client tokens that are remembered; the oldest are forgotten first.
pub const TOKENS_KEPT: usize = 10_000;
/// How long a client token is remembered (AWS: at least so long).
pub const TOKEN_AGE: Duration = Duration::from_secs(24 * 3600);
/// How often idle environments are reaped for the sake of one start that finds no room.
pub const ROOM_TRIES: u32 = 3;
/// Busy environments named in a decision to start a further one.
pub const BUSY_NAMED: usize = 8;
/// How long after an answer a further invocation waits for the environment that gave it, before it
/// goes to another: a runtime that waits for the word that its answer arrived asks for its next event
/// soon after, also where its share of the processor is small.
pub const LINGER: Duration = Duration::from_millis(100);
/// Concurrency that cannot be reserved.
pub const UNRESERVED_MINIMUM: u32 = 100;

/// Bytes of records in one event (AWS: 6 MB for what a function is invoked with).
pub const BATCH_BYTES: usize = 6 * 1024 * 1024 - 64 * 1024;
/// Messages that SQS gives at once.
pub const RECEIVED_AT_ONCE: usize = 10;
/// Polls of a queue at once at the most, for the sake of what they may bring.
pub const POLLS_AT_ONCE: usize = 10;
/// Bytes of messages of a mapping, waiting and under way, from which on no more are received.
pub const QUEUE_BYTES: usize = 64 * 1024 * 1024;
/// Batches of a queue that are under way at once at first.
pub const QUEUE_CONCURRENCY: u32 = 5;
/// To how many they may fall while the function fails.
pub const QUEUE_CONCURRENCY_LEAST: u32 = 2;
/// To how many they may rise.
pub const QUEUE_CONCURRENCY_MOST: u32 = 1250;
/// How often they may rise while messages wait, and by how many: 300 a minute.
pub const QUEUE_GROWS_AFTER: Duration = Duration::from_secs(1);
/// See [`QUEUE_GROWS_AFTER`].
pub const QUEUE_GROWS_BY: u32 = 5;
/// Batches at once of a poller that is provisioned.
pub const POLLER_CONCURRENCY: u32 = 10;
/// By how many batches pollers grow that often: 1,000 a minute.
pub const POLLERS_GROW_BY: u32 = 17;
/// How long they do not rise after they were more than the function could be run at once; it doubles where
/// the next is too many again.
pub const QUEUE_GROWS_AGAIN: Duration = Duration::from_secs(5);
/// The longest such wait.
pub const QUEUE_GROWS_AGAIN_MOST: Duration = Duration::from_secs(60);
/// The wait before a source is asked again after it failed, or after the function could not be run; it
/// doubles with each failure.
pub const SOURCE_AGAIN: Duration = Duration::from_secs(1);
/// The longest such wait.
pub const SOURCE_AGAIN_MOST: Duration = Duration::from_secs(60);
/// The wait before a batch of a stream is given to the function again; it doubles with each failure.
pub const STREAM_AGAIN: Duration = Duration::from_millis(100);
/// The longest such wait.
pub const STREAM_AGAIN_MOST: Duration = Duration::from_secs(30);
/// How long after its end a tumbling window waits for records that came within it.
pub const TUMBLING_LATE: Duration = Duration::from_secs(1);
/// Bytes of a tumbling window's state, beyond which it ends early (AWS: 1 MB).
pub const WINDOW_STATE: usize = 1024 * 1024;
/// How often shards are asked for, beside when one has ended.
pub const SHARDS_AGAIN: Duration = Duration::from_secs(60);
/// Shards that are read of one stream, with those that are over and still listed. AWS has 20,000 in an account
/// that asks for them.
pub const SHARDS_MOST: usize = 10_000;
/// For how long a batch of Kafka gathers at the most, unless something else is asked for (AWS: 500 ms).
pub const KAFKA_WINDOW: Duration = Duration::from_millis(500);
/// For how long partitions have to wait for a poller before there is another (AWS: it looks each minute).
pub const POLLERS_GROW_AFTER: Duration = Duration::from_secs(60);
/// Bytes of records of all shards of a mapping that are not done, from which on only those shards
/// are read of which there are none.
pub const STREAM_BYTES: usize = 128 * 1024 * 1024;
/// Bytes of records of a shard that are not done, from which on no more are read.
pub const SHARD_BYTES: usize = 16 * 1024 * 1024;
/// Records of a shard that are not done, from which on no more are read, unless batches are larger.
pub const SHARD_RECORDS: usize = 2000;
/// Batches of a mapping that are remembered for its explanation.
pub const BATCHES_REMEMBERED: usize = 10;
/// Mappings per scope.
pub const MAPPINGS_PER_SCOPE: usize = 10_000;

/// The quotas of an installation and the times its environments live by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Concurrent executions per scope (AWS: 1000).
    pub concurrency: u32,
    /// ENIs per VPC that functions may hold (AWS: 500).
    pub enis_per_vpc: u32,
    /// ENIs per scope (AWS: 5000).
    pub enis_per_scope: u32,
    /// VPCs per scope (AWS: 5).
    pub vpcs_per_scope: u32,
    /// Subnets per VPC (AWS: 200).
    pub subnets_per_vpc: u32,
    /// Security groups per scope (AWS: 2500).
    pub groups_per_scope: u32,
    /// Rules per direction of a security group (AWS: 60).
    pub rules_per_group: u32,
    /// Security groups per ENI (AWS: 5).
    pub groups_per_eni: u32,
    /// Where public addresses are taken from.
    pub public_addresses: Cidr,
    /// Elastic IP addresses per scope (AWS: 5).
    pub addresses_per_scope: u32,
    /// NAT gateways per availability zone of a scope (AWS: 5).
    pub nats_per_zone: u32,
    /// Decisions and invocations kept for explanations, rounded up to a power of two; living things
    /// keep the decision that made them besides.
    pub decisions_kept: usize,
    /// Environments that are gone and still explained.
    pub environments_remembered: usize,
    /// Asynchronous events waiting, over all functions.
    pub events_waiting: usize,
    /// How long idle environments are kept.
    pub keep_alive: KeepAlive,
    /// How long an environment may live at all.
    pub age: Duration,
    /// How long an init may take before it is stopped and done again within the invocation.
    pub init: Duration,
    /// Waits before the two retries of an asynchronous event.
    pub retry_waits: [Duration; 2],
    /// How old an asynchronous event may become.
    pub event_age: Duration,
    /// After how long without an invocation a VPC function becomes Inactive (AWS: 14 days).
    pub inactive: Duration,
    /// How long a released ENI stays `available` before it is deleted; zero unless AWS's own
    /// timing is imitated.
    pub eni_release: Duration,
    /// How long the creation or an update of a function takes that needs no ENI to be made; zero
    /// unless AWS's own timing is imitated.
    pub settle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            concurrency: 1000,
            enis_per_vpc: 500,
            enis_per_scope: 5000,
            vpcs_per_scope: 200,
            subnets_per_vpc: 200,
            groups_per_scope: 2500,
            rules_per_group: 60,
            groups_per_eni: 5,
            public_addresses: Cidr::containing(PUBLIC_ADDRESSES.0, PUBLIC_ADDRESSES.1)
                .expect("a prefix of at most 32 bits"),
            addresses_per_scope: 200,
            nats_per_zone: 20,
            decisions_kept: 16_384,
            environments_remembered: 1024,
            events_waiting: 100_000,
            keep_alive: KeepAlive::Fixed(Duration::from_secs(300)),
            age: Duration::from_secs(4 * 3600),
            init: Duration::from_secs(10),
            retry_waits: [Duration::from_secs(60), Duration::from_secs(120)],
            event_age: Duration::from_secs(6 * 3600),
            inactive: Duration::from_secs(14 * 24 * 3600),
            eni_release: Duration::ZERO,
            settle: Duration::ZERO,
        }
    }
}

/// A keep-alive policy, of an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeepAlive {
    /// Every environment for as long after its last invocation.
    Fixed(Duration),
    /// Hybrid histogram: by the function's past idle times, of up to this span (Shahrad et al.,
    /// "Serverless in the Wild", USENIX ATC 2020, section 4).
    Histogram(Duration),
    /// Greedy-dual: until the memory, of so many MB, is needed for others (Fuerst and Sharma,
    /// "FaasCache", ASPLOS 2021, section 4).
    GreedyDual(u32),
}

impl fmt::Display for KeepAlive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeepAlive::Fixed(span) => write!(f, "fixed {} s", span.as_secs_f64()),
            KeepAlive::Histogram(range) => {
                write!(f, "hybrid histogram of {} min", range.as_secs() / 60)
            }
            KeepAlive::GreedyDual(memory) => write!(f, "greedy-dual in {memory} MB"),
        }
    }
}

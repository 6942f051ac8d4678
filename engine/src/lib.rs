//! The engine: decides everything Warren does, and does nothing itself.
//!
//! Modules know only those before them: `base`, `record`, `plan` and `node`, `effect`, what `tell`
//! keeps, `network`, `compute`, `sources`, what `tell` says, `engine`.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

/// The nouns of a VPC, a line each: the file of that name in `record` and in `network`, the type in
/// both, its id, the field of the network that holds all of them, the word that a store keeps its
/// kind apart by, and EC2's word for its type of resource.
#[macro_export]
#[doc(hidden)]
macro_rules! nouns {
    ($then:ident) => {
        $then! {
            vpc: Vpc(VpcId) in vpcs, "vpc", "vpc";
            subnet: Subnet(SubnetId) in subnets, "subnet", "subnet";
            group: Group(GroupId) in groups, "group", "security-group";
            eni: Eni(EniId) in enis, "eni", "network-interface";
            route_table: RouteTable(RouteTableId) in route_tables, "route-table", "route-table";
            internet_gateway: InternetGateway(InternetGatewayId) in internet_gateways, "internet-gateway", "internet-gateway";
            elastic_ip: ElasticIp(AllocationId) in elastic_ips, "elastic-ip", "elastic-ip";
            nat_gateway: NatGateway(NatGatewayId) in nat_gateways, "nat-gateway", "natgateway";
            egress_only_gateway: EgressOnlyGateway(EgressOnlyGatewayId) in egress_only_gateways, "egress-only-gateway", "egress-only-internet-gateway";
            network_acl: NetworkAcl(AclId) in network_acls, "network-acl", "network-acl";
            peering: Peering(PeeringId) in peerings, "peering", "vpc-peering-connection";
            flow_log: FlowLog(FlowLogId) in flow_logs, "flow-log", "vpc-flow-log";
            prefix_list: PrefixList(PrefixListId) in prefix_lists, "prefix-list", "prefix-list";
            vpc_endpoint: VpcEndpoint(VpcEndpointId) in vpc_endpoints, "vpc-endpoint", "vpc-endpoint";
            dhcp_options: DhcpOptions(DhcpOptionsId) in dhcp_options, "dhcp-options", "dhcp-options";
            insights_path: InsightsPath(InsightsPathId) in insights_paths, "insights-path", "network-insights-path";
            insights_analysis: InsightsAnalysis(InsightsAnalysisId) in insights_analyses, "insights-analysis", "network-insights-analysis";
            cidr_reservation: CidrReservation(ReservationId) in cidr_reservations, "cidr-reservation", "subnet-cidr-reservation";
        }
    };
}

pub mod ask;
mod base;
pub mod compute;
mod cx;
pub mod effect;
pub mod engine;
pub mod flow;
pub mod input;
mod look;

/// The network: what a VPC is made of, and what may be done with it.
pub mod network {
    pub mod address;
    pub mod address6;
    pub mod arrival;
    pub(crate) mod attach;
    pub mod boundary;
    pub mod cidr_reservation;
    pub mod defaults;
    pub mod dhcp_options;
    pub mod egress_only_gateway;
    pub mod elastic_ip;
    pub mod endpoint_eni;
    pub mod endpoint_name;
    pub mod eni;
    pub mod exit;
    pub mod flow_log;
    pub mod group;
    pub mod hop;
    pub mod insights_analysis;
    pub mod insights_path;
    pub mod internet_gateway;
    pub mod ipv6;
    pub mod listed_route;
    pub mod middlebox;
    pub mod name;
    pub mod nat_gateway;
    pub mod network_acl;
    pub(crate) mod noun;
    pub mod once;
    pub(crate) mod pair;
    pub mod peering;
    mod planned;
    pub mod poller;
    pub mod prefix_list;
    pub mod reach;
    pub mod reach6;
    pub mod resource;
    pub mod route;
    pub mod route6;
    pub mod route_table;
    pub mod rule;
    pub mod secondary;
    pub mod service;
    mod share;
    mod state;
    pub mod subnet;
    pub mod tag;
    pub mod vpc;
    pub mod vpc_block;
    pub mod vpc_endpoint;

    pub use noun::Noun;
    pub use state::Network;
    pub(crate) use state::OfOthers;
}

pub mod node;
pub mod plan;

/// Records: what is stored of each noun. Each is its own versioned type; what changes becomes a
/// new version, with `Migrate` from the one before, and the old one stays for those who stored it.
pub mod record {
    pub mod alias;
    pub mod checkpoint;
    pub mod cidr_reservation;
    pub mod decision;
    pub mod dhcp_options;
    pub mod egress_only_gateway;
    pub mod elastic_ip;
    pub mod eni;
    pub mod event;
    pub mod flow_log;
    pub mod function;
    pub mod function_url;
    pub mod group;
    pub mod insights_analysis;
    pub mod insights_path;
    pub mod internet_gateway;
    pub mod layer;
    pub mod mapping;
    pub mod nat_gateway;
    pub mod network_acl;
    pub mod peering;
    pub mod policy;
    pub mod prefix_list;
    pub mod resource;
    pub mod route_table;
    pub mod secondary_addresses;
    mod stored;
    pub mod subnet;
    pub mod token;
    mod version;
    pub mod vpc;
    pub mod vpc_block;
    pub mod vpc_endpoint;

    pub use stored::{Change, Key, Record, Stored};
    pub use version::{Migrate, Unwritten, read};
}

pub mod restore;
pub mod sources;
pub mod tell;
mod tickets;

pub use base::{cidr, cidr6, fetch, id, limits, random, scope, time, timer, wheel};

//! Commands and reports as they travel between an engine and a node: each comes back as it went.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::time::Duration;

use engine::id::{
    AclId, EniId, EnvironmentId, FunctionId, Generation, GroupId, PayloadId, RequestId, ResourceId,
    RouteTableId, RuleId, SubnetId, Version, VpcId,
};
use engine::node::{
    Attachment, Called, Delivery, EnvironmentSpec, EventContext, Exit, Failure, FailureKind,
    Launch, LogStream, NodeCommand, NodeReport, Outcome, PacketDrop, Stages,
};
use engine::plan::{
    AclPlan, AclRule, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, RoutePlan,
    RouteTablePlan, RouteTarget, RulePlan, SubnetPlan, VpcPlan,
};
use engine::record::function::{EniModel, VpcConfig};
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use engine::record::resource::ExposedPort;
use engine::scope::Scope;
use engine::time::Time;
use serde::Serialize;
use serde::de::DeserializeOwned;

const ENI: EniId = EniId(7);
const ENVIRONMENT: EnvironmentId = EnvironmentId(u64::MAX);
const RESOURCE: ResourceId = ResourceId(9);
const REQUEST: RequestId = RequestId(u128::MAX - 1);
const VPC: VpcId = VpcId(1);

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(sent: &T) {
    let text = serde_json::to_string(sent).expect("it is plain data");
    let received: T = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{text}: {why}"));
    assert_eq!(*sent, received, "{text}");
}

fn cidr(text: &str) -> engine::cidr::Cidr {
    text.parse().expect("a block")
}

fn group() -> GroupPlan {
    let rule = |protocol, peer| RulePlan { rule: RuleId(3), protocol, peer };
    let ports = Ports { first: 1, last: 65_535 };
    GroupPlan {
        group: GroupId(2),
        vpc: VPC,
        ingress: vec![
            rule(Protocol::Tcp(ports), Peer::Group(GroupId(2))),
            rule(Protocol::Icmp { kind: Some(8), code: None }, Peer::Cidr(cidr("10.0.0.0/8"))),
        ],
        egress: vec![rule(Protocol::Number(50), Peer::Cidr(cidr("0.0.0.0/0")))],
    }
}

fn vpc() -> VpcPlan {
    let table = RouteTableId(5);
    let local = RoutePlan { destination: cidr("10.0.0.0/16"), target: RouteTarget::Local };
    let acl = AclId(3);
    let rule = |number, allows, block| AclRulePlan {
        number,
        allows,
        protocol: Protocol::Icmp { kind: None, code: None },
        block,
    };
    let ingress = vec![rule(1, true, AclBlock::V4(cidr("10.0.0.0/8")))];
    let egress = vec![rule(32_766, false, AclBlock::V6("::/0".parse().expect("a block")))];
    VpcPlan {
        generation: Generation(4),
        subnets: vec![SubnetPlan {
            cidr6: None,
            subnet: SubnetId(6),
            cidr: cidr("10.0.1.0/24"),
            table,
            acl,
        }],
        acls: BTreeMap::from([(acl, AclPlan { acl, ingress, egress }.into())]),
        groups: BTreeMap::from([(GroupId(2), group().into())]),
        tables: BTreeMap::from([(
            table,
            RouteTablePlan { routes6: Vec::new(), table, routes: vec![local] }.into(),
        )]),
        ..VpcPlan::empty(VPC, vec![cidr("10.0.0.0/16")])
    }
}

fn eni(holder: Holder) -> EniPlan {
    EniPlan {
        addresses6: Vec::new(),
        eni: ENI,
        vpc: VPC,
        subnet: SubnetId(6),
        gateway: [10, 0, 1, 1].into(),
        address: [10, 0, 1, 4].into(),
        mac: [2, 0, 0, 0, 0, 255],
        groups: BTreeSet::from([GroupId(2)]),
        holder,
    }
}

fn spec(attachment: Attachment) -> EnvironmentSpec {
    let vpc = VpcConfig {
        vpc: Some(VPC),
        subnets: vec![SubnetId(6)],
        groups: [GroupId(2)].into(),
        ipv6: false,
    };
    let launch = Launch {
        function: FunctionId(8),
        scope: Scope { account: 123_456_789_012, region: "eu-west-1".into() },
        arn: "arn:aws:lambda:eu-west-1:123456789012:function:f".into(),
        name: "f".into(),
        version: "$LATEST".into(),
        runtime: "python3.11".into(),
        handler: "f.handler".into(),
        code: [255; 32],
        layers: vec![[1; 32], [0; 32]],
        timeout: 900,
        memory: 10_240,
        ephemeral: 512,
        variables: BTreeMap::from([("NAME".into(), "ü \"quoted\"".into())]),
        eni_model: EniModel::Hyperplane,
        vpc: Some(vpc),
        logging: Default::default(),
    };
    let log_stream = LogStream { began: Time(u64::MAX), version: Version(3), random: u128::MAX };
    EnvironmentSpec { environment: ENVIRONMENT, launch: launch.into(), log_stream, attachment }
}

/// The place of each kind of command: one that is new does not compile until it is given its place,
/// and is missed until it is listed below.
fn place_of_command(command: &NodeCommand) -> usize {
    match command {
        NodeCommand::Plan(_) => 0,
        NodeCommand::DeleteVpc(_) => 1,
        NodeCommand::PutEni(_) => 2,
        NodeCommand::DeleteEni(_) => 3,
        NodeCommand::PutResource { .. } => 4,
        NodeCommand::DeleteResource(_) => 5,
        NodeCommand::Start(_) => 6,
        NodeCommand::Deliver(_) => 7,
        NodeCommand::Stop(_) => 8,
        NodeCommand::Reset(_) => 9,
    }
}

fn place_of_report(report: &NodeReport) -> usize {
    match report {
        NodeReport::PlanInForce { .. } => 0,
        NodeReport::PlanFailed { .. } => 1,
        NodeReport::EniReady(_) => 2,
        NodeReport::EniFailed(..) => 3,
        NodeReport::ResourceReady(..) => 4,
        NodeReport::ResourceFailed(..) => 5,
        NodeReport::Ready { .. } => 6,
        NodeReport::InitFailed { .. } => 7,
        NodeReport::Finished { .. } => 8,
        NodeReport::Exited { .. } => 9,
        NodeReport::Gone(_) => 10,
        NodeReport::StartFailed(..) => 11,
        NodeReport::Dropped(_) => 12,
        NodeReport::Connections(..) => 13,
        NodeReport::Asked { .. } => 14,
        NodeReport::Reset(_) => 15,
    }
}

#[test]
fn every_command_comes_back_as_it_went() {
    let exposed =
        ExposedPort { port: 5432, target: "127.0.0.1:15432".parse().expect("an address") };
    let context = EventContext { client: Some("{}".into()), trace: Some("Root=1".into()), hops: 3 };
    let delivery = Delivery {
        environment: ENVIRONMENT,
        request: REQUEST,
        payload: PayloadId(1 << 63),
        deadline: Time(1_700_000_000_000_000_000),
        qualifier: Some(Called::Version(Version(0))),
        context: Some(Box::new(context)),
    };
    let bare = Delivery { qualifier: None, context: None, ..delivery.clone() };
    let by_alias = Delivery { qualifier: Some(Called::Alias("live".into())), ..delivery.clone() };
    let all = [
        NodeCommand::Plan(vpc().into()),
        NodeCommand::DeleteVpc(VPC),
        NodeCommand::PutEni(eni(Holder::Shared)),
        NodeCommand::DeleteEni(ENI),
        NodeCommand::PutResource {
            resource: RESOURCE,
            eni: eni(Holder::Resource),
            ports: vec![exposed],
            serves: None,
        },
        NodeCommand::DeleteResource(RESOURCE),
        NodeCommand::Start(Box::new(spec(Attachment::Outside))),
        NodeCommand::Start(Box::new(spec(Attachment::Classic(eni(Holder::Environment))))),
        NodeCommand::Start(Box::new(spec(Attachment::Hyperplane(ENI)))),
        NodeCommand::Deliver(delivery),
        NodeCommand::Deliver(by_alias),
        NodeCommand::Deliver(bare),
        NodeCommand::Stop(ENVIRONMENT),
        NodeCommand::Reset(ENVIRONMENT),
    ];
    let places: BTreeSet<usize> = all.iter().map(place_of_command).collect();
    assert_eq!(places, (0..=9).collect(), "a command is not tried");
    all.iter().for_each(comes_back);
}

#[test]
fn every_report_comes_back_as_it_went() {
    let (environment, vpc, generation) = (ENVIRONMENT, VPC, Generation(u64::MAX));
    let failure = |kind| Failure::new(kind, "veth: no memory");
    let stages = Stages { network: Duration::from_nanos(1_500_000_001), ..Stages::default() };
    let finished = |outcome| NodeReport::Finished {
        environment,
        request: REQUEST,
        outcome,
        memory_peak: u64::MAX,
        duration: Duration::from_micros(1),
        asks: true,
    };
    let exited = |exit| NodeReport::Exited { environment, exit, memory_peak: 0 };
    let payload = PayloadId(2);
    let drop = PacketDrop {
        vpc: Some(vpc),
        eni: Some(ENI),
        environment: None,
        is_reply: true,
        source: Ipv4Addr::new(10, 0, 1, 4).into(),
        destination: "10.0.2.4:443".parse().expect("an address"),
        protocol: 6,
        reason: DropReason::AclEgress(AclRule { acl: AclId(3), rule: Some(100) }),
        packets: 3,
        is_least: true,
    };
    let all = [
        NodeReport::PlanInForce { vpc, generation },
        NodeReport::PlanFailed { vpc, generation, failure: failure(FailureKind::Later) },
        NodeReport::EniReady(ENI),
        NodeReport::EniFailed(ENI, failure(FailureKind::Elsewhere)),
        NodeReport::ResourceReady(RESOURCE, "/run/warren/a/res-1".into()),
        NodeReport::ResourceFailed(RESOURCE, failure(FailureKind::Never)),
        NodeReport::Ready { environment, stages },
        NodeReport::InitFailed { environment, payload, error_type: None, stages },
        finished(Outcome::Response { payload, length: usize::MAX }),
        finished(Outcome::Error { payload, length: 0 }),
        finished(Outcome::TooLarge(7 << 20)),
        NodeReport::Asked {
            environment,
            request: REQUEST,
            memory_peak: 1,
            duration: Duration::from_micros(2),
        },
        exited(Exit::Status(-1)),
        exited(Exit::Signal(9)),
        exited(Exit::OutOfMemory),
        NodeReport::Gone(environment),
        NodeReport::Reset(environment),
        NodeReport::StartFailed(environment, failure(FailureKind::Later)),
        NodeReport::Dropped(drop),
        NodeReport::Connections(ENI, u32::MAX),
    ];
    let places: BTreeSet<usize> = all.iter().map(place_of_report).collect();
    assert_eq!(places, (0..=15).collect(), "a report is not tried");
    all.iter().for_each(comes_back);
}

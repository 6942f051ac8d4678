//! Functions in VPCs whose ENIs are never made, since there is no node.

use engine::engine::Engine;
use engine::scope::Scope;
use http::Request;
use serde_json::{Value, json};

use super::{ARN, CONFLICT, INVALID, configuration, create, function, refused, with, world};
use crate::tests::rows::{Expected, Row, World, package};

const NO_SUBNET: &str = "subnet-00000000000000001";
const NO_GROUP: &str = "sg-00000000000000001";

/// A scope's default VPC: two of its subnets, and its group.
struct Network {
    subnets: Vec<String>,
    group: String,
    vpc: String,
}

/// Any call to EC2 makes the default VPC.
fn network(world: &World) -> Network {
    let request = Request::post("http://localhost/");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let credential = "000000000000/20260101/us-east-1/ec2/aws4_request";
    let request = request.header(
        "authorization",
        format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0"),
    );
    let body = "Action=DescribeVpcs&Version=2016-11-15".to_owned();
    assert_eq!(world.send(request.body(body).expect("a request")).status, 200);
    let scope = Scope { account: 0, region: "us-east-1".into() };
    world.server.endpoint.driver.read(|engine: &Engine| {
        let subnets: Vec<_> = engine.subnets(&scope).collect();
        let group = engine.groups(&scope).next().expect("a default group");
        Network {
            vpc: group.vpc.to_string(),
            group: group.id.to_string(),
            subnets: subnets.iter().map(|subnet| subnet.id.to_string()).take(2).collect(),
        }
    })
}

fn attached(subnets: &[&str], groups: &[&str]) -> Value {
    json!({"VpcConfig": {"SubnetIds": subnets, "SecurityGroupIds": groups}})
}

#[test]
fn wrong_networks_are_refused() {
    let world = world();
    let Network { subnets, group, .. } = network(&world);
    create(&world, "g");
    let half = "SubnetIds and SecurityIds must coexist or be both empty list.";
    let no_subnet = format!(
        "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error \
         Message: The subnet ID '{NO_SUBNET}' does not exist"
    );
    let no_group = format!(
        "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 \
         Error Message: The security group '{NO_GROUP}' does not exist"
    );
    let malformed = "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. \
        EC2 Error Message: The subnet ID 'subnet-x' does not exist";
    for (config, message) in [
        (attached(&[&subnets[0]], &[]), half),
        (attached(&[], &[&group]), half),
        (attached(&[NO_SUBNET], &[&group]), &no_subnet),
        // AWS looks for the groups first.
        (attached(&[NO_SUBNET], &[NO_GROUP]), &no_group),
        (attached(&["subnet-x"], &[&group]), malformed),
        (attached(&[&subnets[0]], &[NO_GROUP]), &no_group),
    ] {
        let update = with(json!({"FunctionName": "g"}), config.clone());
        let rows: [Row; 2] = [
            ("CreateFunction", with(function("f"), config), refused(400, INVALID, message)),
            ("UpdateFunctionConfiguration", update, refused(400, INVALID, message)),
        ];
        world.check(rows);
    }
    let ids: Vec<&str> = [subnets[0].as_str()].repeat(17);
    let answer = world.ask("CreateFunction", &with(function("f"), attached(&ids, &[&group])));
    assert_eq!((answer.status, answer.code.as_deref()), (400, Some("ValidationException")));
}

#[test]
fn functions_wait_for_their_network_and_cannot_change_meanwhile() {
    let world = world();
    let Network { subnets, group, vpc } = network(&world);
    let (first, second) = (subnets[0].as_str(), subnets[1].as_str());
    let config = attached(&[first, second, first], &[&group]);
    let shown = json!({
        "State": "Pending", "StateReasonCode": "Creating", "LastUpdateStatus": null,
        "VpcConfig": {
            "SubnetIds": [first, second], "SecurityGroupIds": [group], "VpcId": vpc,
            "Ipv6AllowedForDualStack": false,
        },
    });
    let name = || json!({"FunctionName": "f"});
    let pending = || {
        refused(
            409,
            CONFLICT,
            "The operation cannot be performed at this time. The function is currently in the \
             following state: Pending",
        )
    };
    let code = with(name(), json!({"ZipFile": package("")}));
    let dry_run = with(code.clone(), json!({"DryRun": true}));
    let tag = json!({"Resource": format!("{ARN}f"), "Tags": {"a": "b"}});
    let update = with(name(), json!({"Timeout": 9}));
    world.check([
        ("CreateFunction", with(function("f"), config), Expected::Shows(201, shown.clone())),
        ("GetFunctionConfiguration", name(), Expected::Shows(200, shown)),
        ("UpdateFunctionConfiguration", update, pending()),
        ("UpdateFunctionCode", code, pending()),
        ("UpdateFunctionCode", dry_run, pending()),
        ("PublishVersion", name(), pending()),
        ("TagResource", tag, pending()),
        ("Invoke", name(), pending()),
    ]);
}

#[test]
fn functions_that_are_attached_later_are_updating_meanwhile() {
    let world = world();
    let Network { subnets, group, .. } = network(&world);
    create(&world, "f");
    let attach = with(json!({"FunctionName": "f"}), attached(&[&subnets[0]], &[&group]));
    let changed = json!({
        "State": "Active", "LastUpdateStatus": "InProgress",
        "VpcConfig": {"SubnetIds": [subnets[0]], "SecurityGroupIds": [group]},
    });
    let name = || json!({"FunctionName": "f"});
    let updating = || {
        let message = format!(
            "The operation cannot be performed at this time. An update is in progress for resource: \
             {ARN}f"
        );
        refused(409, CONFLICT, message)
    };
    let update = with(name(), json!({"Timeout": 9}));
    let code = with(name(), json!({"ZipFile": package("")}));
    let dry_run = with(code.clone(), json!({"DryRun": true}));
    let tag = json!({"Resource": format!("{ARN}f"), "Tags": {"a": "b"}});
    world.check([
        ("UpdateFunctionConfiguration", attach, Expected::Shows(200, changed.clone())),
        ("GetFunctionConfiguration", name(), Expected::Shows(200, changed)),
        ("UpdateFunctionConfiguration", update, updating()),
        ("UpdateFunctionCode", code, updating()),
        ("UpdateFunctionCode", dry_run, updating()),
        ("PublishVersion", name(), updating()),
        ("TagResource", tag, updating()),
    ]);
    assert_eq!(configuration(&world, "f")["Timeout"], 3);
}

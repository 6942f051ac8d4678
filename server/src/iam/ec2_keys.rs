//! EC2's condition keys: what policies may say of what its operations name. Of what they make AWS knows but
//! the tags that are asked for: where that comes to be, the subnet or the VPC says that is named.

use engine::engine::Engine;
use engine::id::VpcId;
use engine::network::tag::Tagged;
use engine::record::elastic_ip::ElasticIp;
use engine::record::group::Group;
use engine::record::nat_gateway::NatGateway;
use engine::record::network_acl::NetworkAcl;
use engine::record::route_table::RouteTable;
use engine::record::subnet::Subnet;
use engine::record::vpc::Vpc;
use engine::record::vpc_endpoint::VpcEndpoint;
use engine::scope::Scope;
use serde_json::Value;

use super::condition::Values;

/// The ARN of a VPC, by which policies name it.
fn vpc_arn(region: &str, account: &str, vpc: &str) -> String {
    format!("arn:aws:ec2:{region}:{account}:vpc/{vpc}")
}

/// The VPC that something is of, if it is of one.
fn vpc_of(engine: &Engine, scope: &Scope, thing: Tagged) -> Option<VpcId> {
    match thing {
        Tagged::Vpc(id) => Some(id),
        Tagged::Subnet(id) => engine.find::<Subnet>(scope, id).ok().map(|it| it.vpc),
        Tagged::Group(id) => engine.find::<Group>(scope, id).ok().map(|it| it.vpc),
        Tagged::RouteTable(id) => engine.find::<RouteTable>(scope, id).ok().map(|it| it.vpc),
        Tagged::NetworkAcl(id) => engine.find::<NetworkAcl>(scope, id).ok().map(|it| it.vpc),
        Tagged::NatGateway(id) => engine.find::<NatGateway>(scope, id).ok().map(|it| it.vpc),
        Tagged::VpcEndpoint(id) => engine.find::<VpcEndpoint>(scope, id).ok().map(|it| it.vpc),
        Tagged::Eni(id) => engine.eni(scope, id).ok().map(|it| it.vpc),
        _ => None,
    }
}

/// The key by which a policy speaks of a thing by its id.
fn key_of_id(thing: Tagged) -> Option<&'static str> {
    Some(match thing {
        Tagged::Vpc(_) => "ec2:VpcID",
        Tagged::Subnet(_) => "ec2:SubnetID",
        Tagged::Group(_) => "ec2:SecurityGroupID",
        Tagged::RouteTable(_) => "ec2:RouteTableID",
        Tagged::NetworkAcl(_) => "ec2:NetworkAclID",
        Tagged::InternetGateway(_) => "ec2:InternetGatewayID",
        Tagged::Eni(_) => "ec2:NetworkInterfaceID",
        Tagged::Peering(_) => "ec2:VpcPeeringConnectionID",
        Tagged::ElasticIp(_) => "ec2:AllocationId",
        _ => return None,
    })
}

/// What is so of one thing that is named, its tags too.
pub(crate) fn of_thing(engine: &Engine, scope: &Scope, (thing, id): (Tagged, &str)) -> Values {
    let mut values = Values::default();
    for (key, value) in engine.tags_of(scope, thing).into_iter().flatten() {
        values.set(format!("aws:ResourceTag/{key}"), value.as_str());
        values.set(format!("ec2:ResourceTag/{key}"), value.as_str());
    }
    if let Some(key) = key_of_id(thing) {
        values.set(key, id);
    }
    let account = format!("{:012}", scope.account);
    if let Some(vpc) = vpc_of(engine, scope, thing) {
        values.set("ec2:Vpc", vpc_arn(&scope.region, &account, &vpc.to_string()));
    }
    let subnet = match thing {
        Tagged::Eni(id) => engine.eni(scope, id).ok().map(|it| it.subnet),
        Tagged::NatGateway(id) => engine.find::<NatGateway>(scope, id).ok().map(|it| it.subnet),
        Tagged::Subnet(id) => Some(id),
        _ => None,
    };
    if let Some(subnet) = subnet.and_then(|id| engine.find::<Subnet>(scope, id).ok()) {
        values.set("ec2:AvailabilityZone", subnet.zone.as_str());
        values.set("ec2:AvailabilityZoneId", subnet.zone_id.as_str());
        if !matches!(thing, Tagged::Subnet(_)) {
            let (region, id) = (&scope.region, subnet.id);
            values.set("ec2:Subnet", format!("arn:aws:ec2:{region}:{account}:subnet/{id}"));
        }
    }
    values
}

/// What an association that is named is of: the thing that is asked about where it is changed.
pub(crate) fn of_association(engine: &Engine, scope: &Scope, id: &str) -> Option<String> {
    let (kind, _) = id.rsplit_once('-')?;
    match kind {
        "vpc-cidr-assoc" => {
            let is_held = |vpc: &&Vpc| {
                let of_ipv6 = vpc.blocks6.iter().map(|block| block.association);
                let mut all =
                    engine.blocks_of(vpc).map(|(association, _)| association).chain(of_ipv6);
                all.any(|association| association.to_string() == id)
            };
            engine.all::<Vpc>(scope).find(is_held).map(|vpc| vpc.id.to_string())
        }
        "subnet-cidr-assoc" => {
            let is_held = |subnet: &&Subnet| {
                subnet.block6.is_some_and(|block| block.association.to_string() == id)
            };
            engine.all::<Subnet>(scope).find(is_held).map(|subnet| subnet.id.to_string())
        }
        "aclassoc" => {
            let is_held = |subnet: &&Subnet| subnet.acl_association.to_string() == id;
            engine.all::<Subnet>(scope).find(is_held).map(|subnet| subnet.id.to_string())
        }
        "rtbassoc" => {
            let association = id.parse().ok()?;
            let is_held = |table: &&RouteTable| table.associations.contains_key(&association);
            engine.all::<RouteTable>(scope).find(is_held).map(|table| table.id.to_string())
        }
        "eipassoc" => {
            let is_held = |ip: &&ElasticIp| {
                ip.association.as_ref().is_some_and(|held| held.id.to_string() == id)
            };
            engine.all::<ElasticIp>(scope).find(is_held).map(|ip| ip.id.to_string())
        }
        _ => None,
    }
}

/// What is so of all that an operation is about, by what it says: the service of an endpoint, both ends of
/// a peering connection.
pub(crate) fn said(scope: &Scope, input: &Value) -> Values {
    let mut values = Values::default();
    let account = format!("{:012}", scope.account);
    let text = |name: &str| input[name].as_str().filter(|text| !text.is_empty());
    if let Some(service) = text("ServiceName") {
        values.set("ec2:VpceServiceName", service);
        values.set("ec2:VpceServiceOwner", "amazon");
    }
    if let (Some(vpc), Some(peer)) = (text("VpcId"), text("PeerVpcId")) {
        values.set("ec2:RequesterVpc", vpc_arn(&scope.region, &account, vpc));
        let region = text("PeerRegion").unwrap_or(&scope.region);
        let owner = text("PeerOwnerId").unwrap_or(&account);
        values.set("ec2:AccepterVpc", vpc_arn(region, owner, peer));
    }
    values
}

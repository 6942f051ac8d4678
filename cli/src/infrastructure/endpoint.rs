//! A layout from a running endpoint of the AWS API, by calls that only read: Warren's, AWS's own,
//! or any other's.

mod call;

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use engine::cidr::Cidr;
use engine::record::function::EniModel;
use roxmltree::Node;
use serde_json::Value;
use sim::plan::layout::{FunctionLayout, GroupLayout, Layout, SubnetLayout, Taken};

use super::name::{Candidate, distinct};
use super::rule::{Ports, rule};
use call::{CallError, ItemError, Reader, encoded, items, needed, text_of, variable};

/// Why an endpoint tells no layout.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EndpointError {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("ListFunctions is not known to the endpoint")]
    NoFunctions,
    #[error("function {function}: {key}: {id} is not among what the endpoint told")]
    Untold { function: String, key: &'static str, id: String },
}

/// Reads the functions, subnets and security groups of an endpoint, or of AWS; with what it did not tell, for
/// people, if that is something.
pub(crate) fn read(
    endpoint: &str,
    region: &str,
) -> Result<(Layout, Option<String>), EndpointError> {
    let reader = Reader::new(endpoint, region)?;
    let functions = reader.functions()?;
    let of_interest: BTreeSet<&str> =
        functions.iter().filter_map(|each| each["VpcConfig"]["VpcId"].as_str()).collect();
    // Without functions in VPCs, everything is to be planned with.
    let is_of_interest = |vpc: &str| of_interest.is_empty() || of_interest.contains(vpc);
    let mut layout = Layout { concurrency: reader.concurrency()?, ..Layout::default() };
    let mut untold = None;
    let subnets = reader.subnets(&is_of_interest, &mut layout, &mut untold)?;
    let groups = reader.groups(&is_of_interest, &mut layout)?;
    for function in &functions {
        layout.functions.push(reader.function(function, &subnets, &groups)?);
    }
    Ok((layout, untold))
}

/// The region that the environment names.
pub(crate) fn region() -> Option<String> {
    variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"))
}

impl Reader {
    fn concurrency(&self) -> Result<Option<u32>, EndpointError> {
        let settings = self.lambda("GetAccountSettings", "/2016-08-19/account-settings/")?;
        Ok(number(&settings.unwrap_or_default()["AccountLimit"]["ConcurrentExecutions"]))
    }

    fn functions(&self) -> Result<Vec<Value>, EndpointError> {
        let mut all = Vec::new();
        let mut marker = String::new();
        loop {
            let mut path = "/2015-03-31/functions/?".to_owned();
            if !marker.is_empty() {
                path.push_str(&format!("Marker={}&", encoded(&marker)));
            }
            path.push_str("MaxItems=50");
            let page = self.lambda("ListFunctions", &path)?;
            let page = page.ok_or(EndpointError::NoFunctions)?;
            all.extend(page["Functions"].as_array().into_iter().flatten().cloned());
            marker = page["NextMarker"].as_str().unwrap_or_default().to_owned();
            if marker.is_empty() {
                return Ok(all);
            }
        }
    }

    fn function(
        &self,
        function: &Value,
        subnets: &BTreeMap<String, String>,
        groups: &BTreeMap<String, String>,
    ) -> Result<FunctionLayout, EndpointError> {
        let text = |key: &str| function[key].as_str().unwrap_or_default().to_owned();
        let (name, arn) = (text("FunctionName"), text("FunctionArn"));
        let named = |key: &'static str,
                     names: &BTreeMap<String, String>|
         -> Result<Vec<String>, EndpointError> {
            let ids = function["VpcConfig"][key].as_array().into_iter().flatten();
            ids.filter_map(Value::as_str)
                .map(|id| {
                    names.get(id).cloned().ok_or_else(|| EndpointError::Untold {
                        function: name.clone(),
                        key,
                        id: id.to_owned(),
                    })
                })
                .collect()
        };
        let path = format!("/2019-09-30/functions/{}/concurrency", encoded(&name));
        let reserved = self.lambda("GetFunctionConcurrency", &path)?;
        let tags = self.lambda("ListTags", &format!("/2017-03-31/tags/{}", encoded(&arn)))?;
        let tags = tags.unwrap_or_default();
        Ok(FunctionLayout {
            memory: number(&function["MemorySize"]),
            timeout: number(&function["Timeout"]),
            reserved: number(&reserved.unwrap_or_default()["ReservedConcurrentExecutions"]),
            subnets: named("SubnetIds", subnets)?,
            groups: named("SecurityGroupIds", groups)?,
            eni_model: match tags["Tags"]["warren:eni-model"].as_str() {
                Some("classic") => Some(EniModel::Classic),
                Some("hyperplane") => Some(EniModel::Hyperplane),
                _ => None,
            },
            name,
        })
    }

    /// Reads subnets, and how many addresses others than functions hold; answers names by ids.
    fn subnets(
        &self,
        is_of_interest: &dyn Fn(&str) -> bool,
        layout: &mut Layout,
        untold: &mut Option<String>,
    ) -> Result<BTreeMap<String, String>, EndpointError> {
        let mut taken: BTreeMap<String, Taken> = BTreeMap::new();
        let held = self.ec2("DescribeNetworkInterfaces", "networkInterfaceSet", |item| {
            let kind = text_of(item, "interfaceType");
            let is_functions = kind == Some("lambda")
                || text_of(item, "description")
                    .is_some_and(|text| text.starts_with("AWS Lambda VPC ENI"));
            let own = items(item, "privateIpAddressesSet");
            let own = own.filter_map(|each| text_of(each, "privateIpAddress")?.parse().ok());
            let own: Vec<Ipv4Addr> = if is_functions { Vec::new() } else { own.collect() };
            let count = items(item, "privateIpAddressesSet").count().max(1) as u32;
            let subnet = needed(item, "subnetId")?.to_owned();
            let kind = kind.unwrap_or_default().to_owned();
            Ok((subnet, kind, own, if is_functions { 0 } else { count }))
        })?;
        let mut known: BTreeMap<String, Vec<Ipv4Addr>> = BTreeMap::new();
        for (subnet, kind, own, addresses) in held {
            known.entry(subnet.clone()).or_default().extend(own);
            let taken = taken.entry(subnet).or_default();
            *match kind.as_str() {
                "nat_gateway" | "natGateway" => &mut taken.nat_gateways,
                "vpc_endpoint" => &mut taken.endpoints,
                _ => &mut taken.others,
            } += addresses;
        }
        let mut read = self.ec2("DescribeSubnets", "subnetSet", |item| {
            let (id, block) = (needed(item, "subnetId")?, needed(item, "cidrBlock")?);
            let cidr: Cidr = block
                .parse()
                .map_err(|_| ItemError::Block { id: id.to_owned(), block: block.to_owned() })?;
            let subnet = SubnetLayout {
                name: name_tag(item).unwrap_or_default(),
                vpc: needed(item, "vpcId")?.to_owned(),
                cidr,
                zone: text_of(item, "availabilityZone").map(str::to_owned),
                taken: taken.get(id).copied().unwrap_or_default(),
            };
            Ok((id.to_owned(), subnet))
        })?;
        read.retain(|(_, subnet)| is_of_interest(&subnet.vpc));
        for (id, subnet) in &mut read {
            let held = known.remove(id).unwrap_or_default();
            for block in self.reserved(id, untold)? {
                subnet.reserve(block, held.iter().copied());
            }
        }
        let named: Vec<_> = read.iter().map(|(id, subnet)| candidate(&subnet.name, id)).collect();
        let mut names = BTreeMap::new();
        for ((id, mut subnet), name) in read.into_iter().zip(distinct(&named)) {
            subnet.name.clone_from(&name);
            layout.subnets.push(subnet);
            names.insert(id, name);
        }
        Ok(names)
    }

    /// The reserved blocks of a subnet. A key that may not read them, or an endpoint that does not know them, is
    /// no reason to tell of nothing else.
    fn reserved(
        &self,
        subnet: &str,
        untold: &mut Option<String>,
    ) -> Result<Vec<Cidr>, EndpointError> {
        let action = format!("GetSubnetCidrReservations&SubnetId={}", encoded(subnet));
        let read = self.ec2(&action, "subnetIpv4CidrReservationSet", |item| {
            let block = needed(item, "cidr")?;
            let strange = || ItemError::Block { id: subnet.to_owned(), block: block.to_owned() };
            block.parse().map_err(|_| strange())
        });
        match read {
            Ok(read) => Ok(read),
            Err(error @ (CallError::Forbidden { .. } | CallError::Refused { .. })) => {
                untold.get_or_insert_with(|| {
                    let error = error.to_string();
                    let why = error.split("\nhint:").next().unwrap_or_default();
                    format!("reserved blocks of subnets are not counted: {why}")
                });
                Ok(Vec::new())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Reads security groups; answers names by ids.
    fn groups(
        &self,
        is_of_interest: &dyn Fn(&str) -> bool,
        layout: &mut Layout,
    ) -> Result<BTreeMap<String, String>, EndpointError> {
        type Read = (String, String, String, Vec<Permission>, Vec<Permission>);
        let mut read: Vec<Read> =
            self.ec2("DescribeSecurityGroups", "securityGroupInfo", |item| {
                Ok((
                    needed(item, "groupId")?.to_owned(),
                    text_of(item, "groupName").unwrap_or_default().to_owned(),
                    text_of(item, "vpcId").unwrap_or_default().to_owned(),
                    items(item, "ipPermissions").map(Permission::read).collect(),
                    items(item, "ipPermissionsEgress").map(Permission::read).collect(),
                ))
            })?;
        read.retain(|(_, _, vpc, ..)| is_of_interest(vpc));
        let named: Vec<_> = read.iter().map(|(id, name, ..)| candidate(name, id)).collect();
        let ids: Vec<_> = read.iter().map(|(id, ..)| id.clone()).collect();
        let names: BTreeMap<_, _> = ids.into_iter().zip(distinct(&named)).collect();
        for (id, _, vpc, ingress, egress) in read {
            let spelled = |rules: Vec<Permission>| {
                let all: BTreeSet<_> =
                    rules.into_iter().flat_map(|rule| rule.spelled(&id, &names)).collect();
                all.into_iter().collect()
            };
            layout.groups.push(GroupLayout {
                name: names[&id].clone(),
                vpc,
                ingress: spelled(ingress),
                egress: spelled(egress),
            });
        }
        Ok(names)
    }
}

/// A permission: what may pass, and whose.
struct Permission {
    protocol: String,
    ports: Option<Ports>,
    peers: Vec<String>,
    groups: Vec<String>,
}

impl Permission {
    fn read(item: Node<'_, '_>) -> Permission {
        let port = |name: &str| text_of(item, name).and_then(|text| text.parse().ok());
        let mut peers = Vec::new();
        for (list, key) in
            [("ipRanges", "cidrIp"), ("ipv6Ranges", "cidrIpv6"), ("prefixListIds", "prefixListId")]
        {
            peers
                .extend(items(item, list).filter_map(|each| text_of(each, key)).map(str::to_owned));
        }
        let groups = items(item, "groups").filter_map(|each| text_of(each, "groupId"));
        Permission {
            protocol: text_of(item, "ipProtocol").unwrap_or_default().to_owned(),
            ports: Ports::of(port("fromPort"), port("toPort")),
            peers,
            groups: groups.map(str::to_owned).collect(),
        }
    }

    fn spelled(self, own: &str, names: &BTreeMap<String, String>) -> Vec<String> {
        let groups = self.groups.iter().map(|id| match id.as_str() {
            id if id == own => "group:self".to_owned(),
            id => format!("group:{}", names.get(id).map_or(id, String::as_str)),
        });
        let peers = self.peers.iter().cloned().chain(groups);
        peers.map(|peer| rule(&self.protocol, self.ports, &peer)).collect()
    }
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}

fn name_tag(node: Node<'_, '_>) -> Option<String> {
    let tag = items(node, "tagSet").find(|tag| text_of(*tag, "key") == Some("Name"))?;
    text_of(tag, "value").map(str::to_owned)
}

fn candidate(name: &str, id: &str) -> Candidate {
    Candidate { wanted: name.to_owned(), long: id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use roxmltree::Document;

    #[test]
    fn rules_of_equal_effect_are_spelled_alike() {
        let text = "<item><ipProtocol>tcp</ipProtocol><fromPort>5432</fromPort><toPort>5432</toPort>\
            <groups><item><groupId>sg-1</groupId></item><item><groupId>sg-2</groupId></item></groups>\
            <ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges></item>";
        let document = Document::parse(text).expect("it is well formed");
        let names = BTreeMap::from([("sg-1".to_owned(), "app".to_owned())]);
        let rule = Permission::read(document.root_element());
        let spelled = rule.spelled("sg-2", &names);
        assert_eq!(
            spelled,
            ["tcp 5432-5432 10.0.0.0/8", "tcp 5432-5432 group:app", "tcp 5432-5432 group:self"]
        );
    }
}

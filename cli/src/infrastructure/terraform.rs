//! A layout from `terraform show -json`: of a state, or of a plan whose ids are not known yet.
//!
//! In a plan, what refers to something that is still to be made has no value; the configuration
//! tells what its expression refers to, through variables and outputs of modules. Of locals it tells
//! nothing: what they mean has to be given. An expression that refers to a resource with several
//! instances means all of them.

mod reference;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use engine::cidr::Cidr;
use engine::record::function::EniModel;
use serde_json::Value;
use sim::plan::layout::{FunctionLayout, GroupLayout, Layout, SubnetLayout, Taken};

use super::name::{Candidate, distinct};
use super::rule::{Ports, rule};
use reference::{DEPTH, Document, ReferenceError, Resource, collect, full, text};

/// Why a file of Terraform's describes no layout.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TerraformError {
    #[error("{} cannot be read: {error}", file.display())]
    Unreadable { file: PathBuf, error: io::Error },
    #[error("{} is not JSON: {error}\nhint: terraform show -json > FILE", file.display())]
    NotJson { file: PathBuf, error: serde_json::Error },
    #[error("{}: {error}", file.display())]
    Layout { file: PathBuf, error: Box<ShownError> },
}

/// What is wrong with what a plan or state shows.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum ShownError {
    #[error(
        "neither planned_values nor values are in it\n\
         hint: terraform show -json of a plan or state"
    )]
    NoValues,
    #[error("{address}: {block} is not a block")]
    Block { address: String, block: String },
    #[error("{address}: {attribute}: {id} is not in the file")]
    NotInFile { address: String, attribute: String, id: String },
    #[error(
        "{address}: {attribute} is not known yet and does not follow from the configuration\n\
         hint: terraform apply, and show the state"
    )]
    Unknown { address: String, attribute: String },
    #[error("{address}: {attribute}: {error}")]
    Reference { address: String, attribute: String, error: ReferenceError },
}

/// Reads a file that `terraform show -json` wrote, with what its locals mean.
pub(crate) fn read(file: &Path, locals: &[(String, String)]) -> Result<Layout, TerraformError> {
    let file = || file.to_owned();
    let text = std::fs::read_to_string(file())
        .map_err(|error| TerraformError::Unreadable { file: file(), error })?;
    let document: Value = serde_json::from_str(&text)
        .map_err(|error| TerraformError::NotJson { file: file(), error })?;
    layout(&document, locals)
        .map_err(|error| TerraformError::Layout { file: file(), error: Box::new(error) })
}

fn layout(document: &Value, locals: &[(String, String)]) -> Result<Layout, ShownError> {
    let root = ["planned_values", "values"].iter().find_map(|key| {
        let root = &document[*key]["root_module"];
        root.is_object().then_some(root)
    });
    let root = root.ok_or(ShownError::NoValues)?;
    let mut resources = Vec::new();
    collect(root, &[], &mut resources);
    // What data sources have read while a plan was made.
    let mut read = Vec::new();
    collect(&document["prior_state"]["values"]["root_module"], &[], &mut read);
    read.retain(|each| each.is_data() && resources.iter().all(|of| of.address != each.address));
    resources.extend(read);
    let configuration = &document["configuration"]["root_module"];
    let mut document = Document { resources, configuration, locals, vpc: "vpc".into() };
    if let [only] = document.vpcs().into_iter().collect::<Vec<_>>().as_slice() {
        document.vpc.clone_from(only);
    }
    let of_kind = |kind: &str| -> Vec<&Resource<'_>> {
        document.resources.iter().filter(|each| each.kind == kind).collect()
    };
    let (subnets, groups) = (of_kind("aws_subnet"), of_kind("aws_security_group"));
    let (subnets, groups) = (subnets.as_slice(), groups.as_slice());
    let subnet_names = names(subnets, |each| text(&each.values["tags"]["Name"]));
    let group_names = names(groups, |each| text(&each.values["name"]));
    let mut layout = Layout::default();
    let subnets = Named { resources: subnets, names: &subnet_names };
    let groups = Named { resources: groups, names: &group_names };
    for (subnet, name) in subnets.resources.iter().zip(&subnet_names) {
        layout.subnets.push(document.subnet(subnet, name)?);
    }
    for nat in of_kind("aws_nat_gateway") {
        document.take(nat, "subnet_id", subnets, &mut layout, |taken| taken.nat_gateways += 1);
    }
    for endpoint in of_kind("aws_vpc_endpoint") {
        // Those of other types have no addresses.
        if endpoint.values["vpc_endpoint_type"] == "Interface" {
            document
                .take(endpoint, "subnet_ids", subnets, &mut layout, |taken| taken.endpoints += 1);
        }
    }
    for reservation in of_kind("aws_ec2_subnet_cidr_reservation") {
        document.reserve(reservation, subnets, &mut layout)?;
    }
    for (group, name) in groups.resources.iter().zip(&group_names) {
        layout.groups.push(document.group(group, name, groups)?);
    }
    for function in of_kind("aws_lambda_function") {
        layout.functions.push(document.function(function, subnets, groups)?);
    }
    Ok(layout)
}

fn names(resources: &[&Resource<'_>], name: impl Fn(&Resource<'_>) -> String) -> Vec<String> {
    let candidate =
        |each: &&Resource<'_>| Candidate { wanted: name(each), long: each.address.to_owned() };
    distinct(&resources.iter().map(candidate).collect::<Vec<_>>())
}

/// Resources of one kind, and what each is named, in the same order.
#[derive(Clone, Copy)]
struct Named<'a, 'b> {
    resources: &'b [&'b Resource<'a>],
    names: &'b [String],
}

impl<'a> Document<'a> {
    fn subnet(&self, subnet: &Resource<'a>, name: &str) -> Result<SubnetLayout, ShownError> {
        let block = subnet.values["cidr_block"].as_str();
        let block = block.ok_or_else(|| unknown(subnet, "cidr_block"))?;
        let cidr: Cidr = block.parse().map_err(|_| ShownError::Block {
            address: subnet.address.to_owned(),
            block: block.to_owned(),
        })?;
        let zone = subnet.values["availability_zone"].as_str().map(str::to_owned);
        let vpc = self.vpc(subnet);
        Ok(SubnetLayout { zone, ..SubnetLayout::new(name, &vpc, cidr) })
    }

    /// Counts what has an address in each subnet that it is told to be in; subnets that are not among those
    /// that are planned for are no matter of the plan.
    fn take(
        &self,
        of: &Resource<'a>,
        attribute: &str,
        subnets: Named<'a, '_>,
        layout: &mut Layout,
        count: impl Fn(&mut Taken),
    ) {
        let found = self.names_of(of, attribute, subnets).unwrap_or_default();
        for subnet in layout.subnets.iter_mut().filter(|each| found.contains(&each.name)) {
            count(&mut subnet.taken);
        }
    }

    /// Counts a block that a subnet has reserved; whoever holds addresses of it is not told.
    fn reserve(
        &self,
        of: &Resource<'a>,
        subnets: Named<'a, '_>,
        layout: &mut Layout,
    ) -> Result<(), ShownError> {
        let block = of.values["cidr_block"].as_str();
        let block = block.ok_or_else(|| unknown(of, "cidr_block"))?;
        if block.contains(':') {
            return Ok(());
        }
        let cidr: Cidr = block.parse().map_err(|_| ShownError::Block {
            address: of.address.to_owned(),
            block: block.to_owned(),
        })?;
        let found = self.names_of(of, "subnet_id", subnets).unwrap_or_default();
        for subnet in layout.subnets.iter_mut().filter(|each| found.contains(&each.name)) {
            subnet.reserve(cidr, std::iter::empty());
        }
        Ok(())
    }

    /// The VPC's id, or the address of the one that is to be made; none when neither is told.
    fn own_vpc(&self, of: &Resource<'a>) -> Option<String> {
        if let Some(id) = of.values["vpc_id"].as_str() {
            return Some(id.to_owned());
        }
        let expression = &self.expressions(of)["vpc_id"];
        self.referred(&of.module, expression, DEPTH).ok()?.into_iter().next()
    }

    fn vpc(&self, of: &Resource<'a>) -> String {
        self.own_vpc(of).unwrap_or_else(|| self.vpc.clone())
    }

    /// All VPCs that are told of.
    fn vpcs(&self) -> BTreeSet<String> {
        let kinds = ["aws_subnet", "aws_security_group"];
        let of_kinds = self.resources.iter().filter(|each| kinds.contains(&each.kind));
        of_kinds.filter_map(|each| self.own_vpc(each)).collect()
    }

    fn group(
        &self,
        group: &Resource<'a>,
        name: &str,
        groups: Named<'a, '_>,
    ) -> Result<GroupLayout, ShownError> {
        let mut layout = GroupLayout {
            name: name.to_owned(),
            vpc: self.vpc(group),
            ingress: Vec::new(),
            egress: Vec::new(),
        };
        if group.is_data() {
            // Its rules are not told: it is equal to no other.
            layout.ingress.push(format!("as in {name}"));
            return Ok(layout);
        }
        for (key, rules) in [("ingress", &mut layout.ingress), ("egress", &mut layout.egress)] {
            for inline in group.values[key].as_array().into_iter().flatten() {
                let peers = peers(inline, name, groups);
                let ports = ports(inline);
                rules.extend(peers.iter().map(|peer| rule(&protocol(inline), ports, peer)));
            }
        }
        for each in &self.resources {
            let is_in = match each.kind {
                "aws_security_group_rule" => each.values["type"] == "ingress",
                "aws_vpc_security_group_ingress_rule" => true,
                "aws_vpc_security_group_egress_rule" => false,
                _ => continue,
            };
            if !self.names_of(each, "security_group_id", groups)?.iter().any(|of| of == name) {
                continue;
            }
            let mut peers = peers(each.values, name, groups);
            for attribute in ["source_security_group_id", "referenced_security_group_id"] {
                if peers.is_empty() && self.has(each, attribute) {
                    let found = self.names_of(each, attribute, groups)?;
                    peers.extend(found.into_iter().map(|other| group_peer(&other, name)));
                }
            }
            let rules = if is_in { &mut layout.ingress } else { &mut layout.egress };
            let (protocol, ports) = (protocol(each.values), ports(each.values));
            rules.extend(peers.iter().map(|peer| rule(&protocol, ports, peer)));
        }
        for rules in [&mut layout.ingress, &mut layout.egress] {
            rules.sort();
            rules.dedup();
        }
        Ok(layout)
    }

    fn function(
        &self,
        function: &Resource<'a>,
        subnets: Named<'a, '_>,
        groups: Named<'a, '_>,
    ) -> Result<FunctionLayout, ShownError> {
        let values = function.values;
        let name = values["function_name"].as_str();
        let small = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
        let eni_model = match values["tags"]["warren:eni-model"].as_str() {
            Some("classic") => Some(EniModel::Classic),
            Some("hyperplane") => Some(EniModel::Hyperplane),
            _ => None,
        };
        let mut layout = FunctionLayout {
            name: name.ok_or_else(|| unknown(function, "function_name"))?.to_owned(),
            memory: small(&values["memory_size"]),
            timeout: small(&values["timeout"]),
            reserved: small(&values["reserved_concurrent_executions"]),
            subnets: Vec::new(),
            groups: Vec::new(),
            eni_model,
        };
        let configured = &self.expressions(function)["vpc_config"][0];
        if values["vpc_config"][0].is_object() || configured.is_object() {
            layout.subnets = self.names_of(function, "vpc_config.subnet_ids", subnets)?;
            layout.groups = self.names_of(function, "vpc_config.security_group_ids", groups)?;
        }
        Ok(layout)
    }

    fn has(&self, of: &Resource<'a>, attribute: &str) -> bool {
        of.values[attribute].is_string() || self.expressions(of)[attribute].is_object()
    }

    /// The names of the things that an attribute means, by their ids or by reference.
    fn names_of(
        &self,
        of: &Resource<'a>,
        attribute: &str,
        Named { resources, names }: Named<'a, '_>,
    ) -> Result<Vec<String>, ShownError> {
        let expressions = self.expressions(of);
        let (value, expression) = match attribute.split_once('.') {
            Some((block, inner)) => (&of.values[block][0][inner], &expressions[block][0][inner]),
            None => (&of.values[attribute], &expressions[attribute]),
        };
        let ids: Vec<&str> = match value {
            Value::String(id) => vec![id],
            Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if !ids.is_empty() {
            let place = |id: &&str| {
                resources
                    .iter()
                    .position(|each| each.values["id"] == **id)
                    .map(|at| names[at].clone())
            };
            let found: Vec<String> = ids.iter().filter_map(place).collect();
            if found.len() == ids.len() {
                return Ok(found);
            }
            let missing = ids.iter().find(|id| place(id).is_none()).unwrap_or(&"");
            return Err(ShownError::NotInFile {
                address: of.address.to_owned(),
                attribute: attribute.to_owned(),
                id: (*missing).to_owned(),
            });
        }
        let referred = self.referred(&of.module, expression, DEPTH).map_err(|error| {
            let (address, attribute) = (of.address.to_owned(), attribute.to_owned());
            ShownError::Reference { address, attribute, error }
        })?;
        let found: Vec<String> = resources
            .iter()
            .zip(names)
            .filter(|(each, _)| {
                referred.contains(&full(&each.module, &each.local))
                    || referred.contains(each.address)
            })
            .map(|(_, name)| name.clone())
            .collect();
        if found.is_empty() { Err(unknown(of, attribute)) } else { Ok(found) }
    }
}

fn unknown(of: &Resource<'_>, attribute: &str) -> ShownError {
    ShownError::Unknown { address: of.address.to_owned(), attribute: attribute.to_owned() }
}

fn protocol(values: &Value) -> String {
    let given = if values["ip_protocol"].is_string() { "ip_protocol" } else { "protocol" };
    text(&values[given])
}

fn ports(values: &Value) -> Option<Ports> {
    Ports::of(values["from_port"].as_i64(), values["to_port"].as_i64())
}

fn group_peer(other: &str, own: &str) -> String {
    if other == own { "group:self".into() } else { format!("group:{other}") }
}

/// Who is at the other end of a rule, as far as it is known by value.
fn peers(values: &Value, own: &str, groups: Named<'_, '_>) -> Vec<String> {
    let mut peers = Vec::new();
    for key in ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"] {
        let all = values[key].as_array().into_iter().flatten();
        peers.extend(all.filter_map(Value::as_str).map(str::to_owned));
    }
    for key in ["cidr_ipv4", "cidr_ipv6", "prefix_list_id"] {
        peers.extend(values[key].as_str().map(str::to_owned));
    }
    let mut ids: Vec<&str> = Vec::new();
    ids.extend(
        values["security_groups"].as_array().into_iter().flatten().filter_map(Value::as_str),
    );
    for key in ["source_security_group_id", "referenced_security_group_id"] {
        ids.extend(values[key].as_str());
    }
    for id in ids {
        let at = groups.resources.iter().position(|each| each.values["id"] == id);
        let named = at.map(|at| group_peer(&groups.names[at], own));
        peers.push(named.unwrap_or_else(|| format!("group:{id}")));
    }
    if values["self"] == true {
        peers.push("group:self".into());
    }
    peers
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn resource(address: &str, values: Value) -> Value {
        let local = address
            .rsplit_once("module.")
            .map_or(address, |(_, rest)| rest.split_once('.').map_or(rest, |(_, local)| local));
        let plain = local.split('[').next().unwrap();
        let (kind, name) = plain.split_once('.').unwrap();
        json!({"address": address, "mode": "managed", "type": kind, "name": name, "values": values})
    }

    fn plan() -> Value {
        json!({
            "planned_values": {"root_module": {
                "resources": [
                    resource("aws_lambda_function.api", json!({
                        "function_name": "api", "memory_size": 256, "timeout": 30,
                        "reserved_concurrent_executions": -1, "vpc_config": [{}],
                    })),
                    resource("aws_lambda_function.plain", json!({"function_name": "plain", "vpc_config": []})),
                ],
                "child_modules": [{"address": "module.net", "resources": [
                    resource("module.net.aws_subnet.private[\"a\"]", json!({
                        "cidr_block": "10.0.1.0/26", "availability_zone": "eu-west-1a", "tags": {"Name": "a"},
                    })),
                    resource("module.net.aws_subnet.private[\"b\"]", json!({"cidr_block": "10.0.2.0/26"})),
                    resource("module.net.aws_security_group.function", json!({"name": "function", "egress": [
                        {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"], "self": false},
                    ]})),
                    resource("module.net.aws_vpc_security_group_ingress_rule.own", json!({
                        "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432,
                    })),
                ]}],
            }},
            "configuration": {"root_module": {
                "resources": [{"address": "aws_lambda_function.api", "expressions": {"vpc_config": [{
                    "subnet_ids": {"references": ["module.net.subnet_ids", "module.net"]},
                    "security_group_ids": {"references": ["module.net.group_id", "module.net"]},
                }]}}],
                "module_calls": {"net": {"module": {
                    "outputs": {
                        "subnet_ids": {"expression": {"references": ["aws_subnet.private"]}},
                        "group_id": {"expression": {"references": ["aws_security_group.function.id", "aws_security_group.function"]}},
                    },
                    "resources": [
                        {"address": "aws_subnet.private", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}},
                        {"address": "aws_security_group.function", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}},
                        {"address": "aws_vpc_security_group_ingress_rule.own", "expressions": {
                            "security_group_id": {"references": ["aws_security_group.function.id", "aws_security_group.function"]},
                            "referenced_security_group_id": {"references": ["aws_security_group.function.id", "aws_security_group.function"]},
                        }},
                    ],
                }}},
            }},
        })
    }

    #[test]
    fn a_plan_is_resolved_through_its_modules() {
        let layout = layout(&plan(), &[]).unwrap();
        let b = "module.net.aws_subnet.private[\"b\"]";
        let vpc = "module.net.aws_vpc.main";
        assert_eq!(
            layout.subnets.iter().map(|s| (s.name.as_str(), s.vpc.as_str())).collect::<Vec<_>>(),
            [("a", vpc), (b, vpc)]
        );
        let (api, plain) = (&layout.functions[0], &layout.functions[1]);
        assert_eq!(
            (api.subnets.as_slice(), api.groups.as_slice()),
            (&["a".to_owned(), b.to_owned()][..], &["function".to_owned()][..])
        );
        assert_eq!((api.memory, api.timeout, api.reserved), (Some(256), Some(30), None));
        assert!(plain.subnets.is_empty());
        assert_eq!(layout.groups[0].egress, ["all 0.0.0.0/0"]);
        assert_eq!(layout.groups[0].ingress, ["tcp 5432-5432 group:self"]);
    }

    #[test]
    fn reserved_blocks_are_no_functions() {
        let mut state = json!({"values": plan()["planned_values"].clone()});
        let root = &mut state["values"]["root_module"];
        for (at, id) in ["subnet-1", "subnet-2", "sg-1"].iter().enumerate() {
            root["child_modules"][0]["resources"][at]["values"]["id"] = json!(id);
        }
        root["child_modules"][0]["resources"][3]["values"]["security_group_id"] = json!("sg-1");
        for (name, block) in [("a", "10.0.1.0/29"), ("b", "10.0.1.32/28"), ("six", "2001:db8::/80")]
        {
            let values = json!({"subnet_id": "subnet-1", "cidr_block": block});
            let address = format!("aws_ec2_subnet_cidr_reservation.{name}");
            root["resources"].as_array_mut().unwrap().push(resource(&address, values));
        }
        root["resources"]
            .as_array_mut()
            .unwrap()
            .retain(|each| each["type"] != "aws_lambda_function");
        let layout = layout(&state, &[]).unwrap();
        // AWS keeps four of the first eight anyway.
        let reserved: Vec<u32> = layout.subnets.iter().map(|it| it.taken.reserved).collect();
        assert_eq!(reserved, [4 + 16, 0]);
    }

    #[test]
    fn a_state_is_resolved_by_its_ids() {
        let mut state = json!({"values": plan()["planned_values"].clone()});
        let root = &mut state["values"]["root_module"];
        for (at, id) in ["subnet-1", "subnet-2", "sg-1"].iter().enumerate() {
            root["child_modules"][0]["resources"][at]["values"]["id"] = json!(id);
        }
        root["child_modules"][0]["resources"][3]["values"]["security_group_id"] = json!("sg-1");
        root["child_modules"][0]["resources"][3]["values"]["cidr_ipv4"] = json!("10.0.0.0/8");
        root["resources"][0]["values"]["vpc_config"] =
            json!([{"subnet_ids": ["subnet-2"], "security_group_ids": ["sg-1"]}]);
        let others = [
            resource("aws_nat_gateway.out", json!({"subnet_id": "subnet-1"})),
            resource(
                "aws_vpc_endpoint.sqs",
                json!({
                    "vpc_endpoint_type": "Interface", "subnet_ids": ["subnet-1", "subnet-2"],
                }),
            ),
            resource("aws_vpc_endpoint.s3", json!({"vpc_endpoint_type": "Gateway"})),
        ];
        root["resources"].as_array_mut().unwrap().extend(others);
        let read = layout(&state, &[]).unwrap();
        assert_eq!(read.functions[0].subnets, ["module.net.aws_subnet.private[\"b\"]"]);
        let taken = |at: usize| {
            let Taken { nat_gateways, endpoints, others, reserved } = read.subnets[at].taken;
            (nat_gateways, endpoints, others + reserved)
        };
        assert_eq!((taken(0), taken(1)), ((1, 1, 0), (0, 1, 0)));
        assert_eq!(read.groups[0].ingress, ["tcp 5432-5432 10.0.0.0/8"]);
        state["values"]["root_module"]["resources"][0]["values"]["vpc_config"][0]["subnet_ids"] =
            json!(["subnet-9"]);
        assert_eq!(
            layout(&state, &[]).unwrap_err().to_string(),
            "aws_lambda_function.api: vpc_config.subnet_ids: subnet-9 is not in the file"
        );
    }

    #[test]
    fn what_is_only_read_is_there_too() {
        let mut plan = plan();
        let read = json!([
            {"address": "data.aws_subnet.old", "mode": "data", "type": "aws_subnet", "name": "old",
             "values": {"id": "subnet-7", "cidr_block": "10.0.7.0/24", "vpc_id": "vpc-7"}},
            {"address": "data.aws_security_group.old", "mode": "data", "type": "aws_security_group",
             "name": "old", "values": {"id": "sg-7", "name": "old", "vpc_id": "vpc-7"}},
        ]);
        plan["prior_state"] = json!({"values": {"root_module": {"resources": read}}});
        plan["planned_values"]["root_module"]["resources"][0]["values"]["vpc_config"] =
            json!([{"subnet_ids": ["subnet-7"], "security_group_ids": ["sg-7"]}]);
        let layout = layout(&plan, &[]).unwrap();
        assert_eq!(layout.functions[0].subnets, ["data.aws_subnet.old"]);
        assert_eq!(layout.functions[0].groups, ["old"]);
    }

    #[test]
    fn what_cannot_be_resolved_is_named() {
        let mut plan = plan();
        plan["configuration"]["root_module"]["resources"][0]["expressions"]["vpc_config"][0]["subnet_ids"]
            ["references"] = json!(["local.subnets"]);
        let with = |given: &str| layout(&plan, &[("subnets".to_owned(), given.to_owned())]);
        let told = layout(&plan, &[]).unwrap_err().to_string();
        assert!(
            told.starts_with(
                "aws_lambda_function.api: vpc_config.subnet_ids: what local.subnets means is not told"
            ),
            "{told}"
        );
        let told = with("aws_subnet.none").unwrap_err().to_string();
        assert!(told.ends_with("there is no resource aws_subnet.none"), "{told}");
        let b = "module.net.aws_subnet.private[\"b\"]";
        assert_eq!(with(b).unwrap().functions[0].subnets, [b]);
        assert_eq!(with("module.net.aws_subnet.private").unwrap().functions[0].subnets, ["a", b]);
        assert_eq!(layout(&json!({}), &[]), Err(ShownError::NoValues));
    }
}

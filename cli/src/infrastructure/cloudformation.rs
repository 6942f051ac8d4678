//! A layout from a CloudFormation template, in JSON or YAML, or one of SAM.
//!
//! Only what is planned with is evaluated: what a template says elsewhere may be anything.

use std::io;
use std::path::{Path, PathBuf};

use engine::cidr::Cidr;
use engine::record::function::EniModel;
use serde_json::{Map, Value, json};
use sim::plan::layout::{FunctionLayout, GroupLayout, Layout, SubnetLayout, Taken};

use super::rule::{Ports, rule};
use super::template::{Template, TemplateError, as_number, as_text};
use super::yaml::{self, YamlError};

const FUNCTION: &str = "AWS::Lambda::Function";
const SAM_FUNCTION: &str = "AWS::Serverless::Function";
const SUBNET: &str = "AWS::EC2::Subnet";
const GROUP: &str = "AWS::EC2::SecurityGroup";

/// Why a template describes no layout.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CloudFormationError {
    #[error("{} cannot be read: {error}", file.display())]
    Unreadable { file: PathBuf, error: io::Error },
    #[error("{} is not a template: {error}", file.display())]
    NotJson { file: PathBuf, error: serde_json::Error },
    #[error("{} is not a template: {error}", file.display())]
    NotYaml { file: PathBuf, error: YamlError },
    #[error("{}: {error}", file.display())]
    Layout { file: PathBuf, error: DescribedError },
}

/// What is wrong with what a template describes.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DescribedError {
    #[error("it has no Resources\nhint: a CloudFormation or SAM template")]
    NoResources,
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error("{id}: CidrBlock: `{block}` is not a block that the template tells")]
    Block { id: String, block: String },
    #[error(
        "function {function}: subnet {subnet} is not in the template\n\
         hint: subnets must be in the same template as the functions, or use --from-endpoint"
    )]
    SubnetElsewhere { function: String, subnet: String },
}

/// Reads a template, with values of its parameters.
pub(crate) fn read(
    file: &Path,
    region: &str,
    parameters: &[(String, String)],
) -> Result<Layout, CloudFormationError> {
    let file = || file.to_owned();
    let text = std::fs::read_to_string(file())
        .map_err(|error| CloudFormationError::Unreadable { file: file(), error })?;
    let document: Value = match text.trim_start().starts_with('{') {
        true => serde_json::from_str(&text)
            .map_err(|error| CloudFormationError::NotJson { file: file(), error })?,
        false => yaml::read(&text)
            .map_err(|error| CloudFormationError::NotYaml { file: file(), error })?,
    };
    layout(&document, region, parameters)
        .map_err(|error| CloudFormationError::Layout { file: file(), error })
}

fn layout(
    document: &Value,
    region: &str,
    parameters: &[(String, String)],
) -> Result<Layout, DescribedError> {
    if !document["Resources"].is_object() {
        return Err(DescribedError::NoResources);
    }
    let template = Template::new(document, region, parameters)?;
    let mut layout = Layout::default();
    for (id, resource) in template.resources()? {
        let properties = &resource["Properties"];
        match resource["Type"].as_str().unwrap_or_default() {
            SUBNET => layout.subnets.push(subnet(&template, id, properties)?),
            GROUP => layout.groups.push(group(&template, id, properties)?),
            FUNCTION => layout.functions.push(function(&template, id, properties)?),
            SAM_FUNCTION => {
                let merged = merged(&document["Globals"]["Function"], properties);
                layout.functions.push(function(&template, id, &merged)?);
            }
            _ => {}
        }
    }
    for (id, resource) in template.resources()? {
        take(&template, id, resource, &mut layout)?;
    }
    for function in &layout.functions {
        let known = |name: &String| layout.subnets.iter().any(|each| each.name == *name);
        if let Some(missing) = function.subnets.iter().find(|name| !known(name)) {
            return Err(DescribedError::SubnetElsewhere {
                function: function.name.clone(),
                subnet: missing.clone(),
            });
        }
    }
    // A group from elsewhere is one whose rules are not known.
    let mut foreign = Vec::new();
    for function in &layout.functions {
        let vpc = function.subnets.first().and_then(|name| {
            layout.subnets.iter().find(|each| each.name == *name).map(|each| each.vpc.clone())
        });
        for name in &function.groups {
            let is_known = layout.groups.iter().chain(&foreign).any(|each| each.name == *name);
            if !is_known && let Some(vpc) = &vpc {
                let rules = vec![format!("as in {name}")];
                let (ingress, egress) = (rules.clone(), rules);
                foreign.push(GroupLayout { name: name.clone(), vpc: vpc.clone(), ingress, egress });
            }
        }
    }
    layout.groups.extend(foreign);
    Ok(layout)
}

/// SAM's globals under a function's own properties: maps are merged, lists are joined.
fn merged(globals: &Value, own: &Value) -> Value {
    match (globals, own) {
        (globals, Value::Null) => globals.clone(),
        (Value::Object(globals), Value::Object(own)) if !is_intrinsic(own) => {
            let mut all = globals.clone();
            for (key, value) in own {
                let merged = merged(globals.get(key).unwrap_or(&Value::Null), value);
                all.insert(key.clone(), merged);
            }
            Value::Object(all)
        }
        (Value::Array(globals), Value::Array(own)) => {
            Value::Array(globals.iter().chain(own).cloned().collect())
        }
        (_, own) => own.clone(),
    }
}

fn is_intrinsic(value: &Map<String, Value>) -> bool {
    value.len() == 1 && value.keys().all(|key| key == "Ref" || key.starts_with("Fn::"))
}

fn subnet(
    template: &Template<'_>,
    id: &str,
    properties: &Value,
) -> Result<SubnetLayout, DescribedError> {
    let block = template.property(id, properties, "CidrBlock")?;
    let block = as_text(&block);
    let cidr: Cidr = block
        .parse()
        .map_err(|_| DescribedError::Block { id: id.to_owned(), block: block.clone() })?;
    let zone = template.property(id, properties, "AvailabilityZone")?;
    Ok(SubnetLayout {
        name: id.to_owned(),
        vpc: vpc(template, id, properties)?,
        cidr,
        zone: Some(as_text(&zone)).filter(|zone| !zone.is_empty()),
        taken: Taken::default(),
    })
}

/// Counts what has an address in each subnet that it is told to be in, if it is in the template.
fn take(
    template: &Template<'_>,
    id: &str,
    resource: &Value,
    layout: &mut Layout,
) -> Result<(), DescribedError> {
    let properties = &resource["Properties"];
    let (in_subnets, is_nat) = match resource["Type"].as_str().unwrap_or_default() {
        "AWS::EC2::NatGateway" => (template.property(id, properties, "SubnetId")?, true),
        "AWS::EC2::VPCEndpoint"
            if as_text(&template.property(id, properties, "VpcEndpointType")?) == "Interface" =>
        {
            (template.property(id, properties, "SubnetIds")?, false)
        }
        _ => return Ok(()),
    };
    let in_subnets: Vec<String> = match &in_subnets {
        Value::Array(all) => all.iter().map(as_text).collect(),
        one => vec![as_text(one)],
    };
    for subnet in layout.subnets.iter_mut().filter(|each| in_subnets.contains(&each.name)) {
        let taken = &mut subnet.taken;
        *(if is_nat { &mut taken.nat_gateways } else { &mut taken.endpoints }) += 1;
    }
    Ok(())
}

fn vpc(template: &Template<'_>, id: &str, properties: &Value) -> Result<String, TemplateError> {
    let vpc = as_text(&template.property(id, properties, "VpcId")?);
    Ok(if vpc.is_empty() { "vpc".into() } else { vpc })
}

fn group(
    template: &Template<'_>,
    id: &str,
    properties: &Value,
) -> Result<GroupLayout, TemplateError> {
    let mut sides = [Vec::new(), Vec::new()];
    let kinds = ["AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"];
    let keys = ["SecurityGroupIngress", "SecurityGroupEgress"];
    for ((rules, key), kind) in sides.iter_mut().zip(keys).zip(kinds) {
        for inline in template.property(id, properties, key)?.as_array().into_iter().flatten() {
            rules.extend(spelled(inline, id));
        }
        for (other, resource) in template.resources()? {
            if resource["Type"] != kind {
                continue;
            }
            let of = template.property(other, &resource["Properties"], "GroupId")?;
            if as_text(&of) == id {
                let whole = template.evaluate(&resource["Properties"], other)?;
                rules.extend(spelled(&whole, id));
            }
        }
        rules.sort();
        rules.dedup();
    }
    let [ingress, mut egress] = sides;
    if egress.is_empty() && properties["SecurityGroupEgress"].is_null() {
        // What a group has that is made without any.
        egress.push(rule("-1", None, "0.0.0.0/0"));
    }
    Ok(GroupLayout { name: id.to_owned(), vpc: vpc(template, id, properties)?, ingress, egress })
}

/// A rule for each of its peers.
fn spelled(values: &Value, own: &str) -> Vec<String> {
    let port = |key: &str| as_number(&values[key]).and_then(|port| i64::try_from(port).ok());
    let ports = Ports::of(port("FromPort"), port("ToPort"));
    let mut peers = Vec::new();
    for key in ["CidrIp", "CidrIpv6", "SourcePrefixListId", "DestinationPrefixListId"] {
        peers.extend(Some(as_text(&values[key])).filter(|text| !text.is_empty()));
    }
    for key in ["SourceSecurityGroupId", "DestinationSecurityGroupId", "SourceSecurityGroupName"] {
        let group = as_text(&values[key]);
        match group.as_str() {
            "" => {}
            group if group == own => peers.push("group:self".into()),
            group => peers.push(format!("group:{group}")),
        }
    }
    let protocol = as_text(&values["IpProtocol"]);
    peers.iter().map(|peer| rule(&protocol, ports, peer)).collect()
}

fn function(
    template: &Template<'_>,
    id: &str,
    properties: &Value,
) -> Result<FunctionLayout, TemplateError> {
    let get = |key: &str| template.property(id, properties, key);
    let small = |value: &Value| as_number(value).and_then(|number| u32::try_from(number).ok());
    let name = as_text(&get("FunctionName")?);
    let vpc = get("VpcConfig")?;
    let texts = |key: &str| -> Vec<String> {
        vpc[key].as_array().into_iter().flatten().map(as_text).collect()
    };
    Ok(FunctionLayout {
        name: if name.is_empty() { id.to_owned() } else { name },
        memory: Some(small(&get("MemorySize")?).unwrap_or(128)),
        timeout: Some(small(&get("Timeout")?).unwrap_or(3)),
        reserved: small(&get("ReservedConcurrentExecutions")?),
        subnets: texts("SubnetIds"),
        groups: texts("SecurityGroupIds"),
        eni_model: eni_model(&get("Tags")?),
    })
}

/// By the tag, of a list as CloudFormation has it or a map as SAM has it.
fn eni_model(tags: &Value) -> Option<EniModel> {
    let key = "warren:eni-model";
    let listed = tags.as_array().into_iter().flatten().find(|tag| tag["Key"] == json!(key));
    let value = listed.map_or(&tags[key], |tag| &tag["Value"]);
    match value.as_str() {
        Some("classic") => Some(EniModel::Classic),
        Some("hyperplane") => Some(EniModel::Hyperplane),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = include_str!("../../tests/data/template.yaml");
    const SAM: &str = include_str!("../../tests/data/sam.yaml");

    fn given(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn yaml(text: &str, parameters: &[(&str, &str)]) -> Result<Layout, String> {
        let document = yaml::read(text).map_err(|error| error.to_string())?;
        layout(&document, "eu-west-1", &given(parameters)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_template_is_evaluated() {
        let layout = yaml(YAML, &[("Stage", "prod")]).unwrap();
        let subnets: Vec<_> = layout
            .subnets
            .iter()
            .map(|s| (s.name.as_str(), s.cidr.to_string(), s.zone.as_deref(), s.vpc.as_str()))
            .collect();
        assert_eq!(
            subnets,
            [
                ("PrivateA", "10.4.0.0/24".into(), Some("eu-west-1a"), "Network"),
                ("PrivateB", "10.4.1.0/24".into(), Some("eu-west-1b"), "Network"),
            ]
        );
        let taken: Vec<_> = layout.subnets.iter().map(|subnet| subnet.taken).collect();
        let held = |nat_gateways| Taken { nat_gateways, endpoints: 1, others: 0, reserved: 0 };
        assert_eq!(taken, [held(1), held(0)]);
        let api = &layout.functions[0];
        assert_eq!((api.name.as_str(), api.memory, api.timeout), ("api-prod", Some(1024), Some(3)));
        assert_eq!(api.subnets, ["PrivateA", "PrivateB"]);
        assert_eq!((api.groups.as_slice(), api.reserved), (&["App".to_owned()][..], Some(50)));
        assert_eq!(api.eni_model, Some(EniModel::Classic));
        // Its condition does not hold.
        assert!(layout.functions.iter().all(|each| each.name != "Debugger"));
        let group = |name: &str| layout.groups.iter().find(|each| each.name == name).unwrap();
        assert_eq!(group("Database").ingress, ["tcp 5432-5432 group:App"]);
        assert_eq!(group("Database").egress, ["all 0.0.0.0/0"]);
        assert_eq!(group("App").ingress, ["all group:self"]);
        assert_eq!(group("App").egress, ["tcp 443-443 0.0.0.0/0"]);
        let other = yaml(YAML, &[("Stage", "test")]).unwrap();
        assert_eq!((other.functions[0].memory, other.functions[0].reserved), (Some(256), None));
        assert!(other.functions.iter().any(|each| each.name == "Debugger"));
    }

    #[test]
    fn a_template_of_sam_has_globals() {
        let layout = yaml(SAM, &[]).unwrap();
        let [first, second] = layout.functions.as_slice() else { panic!("two functions") };
        assert_eq!(
            (first.name.as_str(), first.memory, first.timeout),
            ("First", Some(512), Some(20))
        );
        assert_eq!(
            (first.subnets.as_slice(), first.groups.as_slice()),
            (&["A".to_owned()][..], &["App".to_owned()][..])
        );
        assert_eq!((second.memory, second.timeout), (Some(128), Some(20)));
        assert_eq!(second.groups, ["App", "Extra"]);
        assert_eq!(second.eni_model, Some(EniModel::Hyperplane));
    }

    #[test]
    fn json_and_yaml_are_one() {
        let document = yaml::read(YAML).unwrap();
        let text = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), document);
        assert_eq!(
            document["Resources"]["PrivateA"]["Properties"]["VpcId"],
            json!({"Ref": "Network"})
        );
    }

    #[test]
    fn what_cannot_be_evaluated_is_named() {
        let told = |text: &str| yaml(text, &[]).unwrap_err();
        assert!(told("Resources: [").contains("line"), "{}", told("Resources: ["));
        assert!(told("Outputs: {}").starts_with("it has no Resources"));
        let subnet = |block: &str| {
            format!(
                "Resources:\n  S:\n    Type: AWS::EC2::Subnet\n    Properties:\n      CidrBlock: {block}\n"
            )
        };
        assert_eq!(
            told(&subnet("!Ref Nobody")),
            "S.CidrBlock: Ref: Nobody is neither a parameter nor a resource"
        );
        assert_eq!(told(&subnet("!Transform x")), "S.CidrBlock: Fn::Transform is not understood");
        assert!(told(&subnet("10.0.0.0")).starts_with("S: CidrBlock: `10.0.0.0` is not a block"));
        let asking = format!("Parameters:\n  Block: {{Type: String}}\n{}", subnet("!Ref Block"));
        assert_eq!(
            told(&asking),
            "S.CidrBlock: parameter Block has no default and is not given\nhint: --parameter Block=VALUE"
        );
        assert!(yaml(&asking, &[("Block", "10.0.0.0/24")]).is_ok());
        assert_eq!(
            yaml(&asking, &[("Blok", "x")]).unwrap_err(),
            "parameter Blok is not one of the template's: Block"
        );
        let function = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}\n";
        assert!(told(function).starts_with("function F: subnet subnet-1 is not in the template"));
    }
}

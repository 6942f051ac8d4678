//! A layout from a running endpoint of the AWS API, by calls that only read: Warren's, AWS's own,
//! or any other's.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use engine::cidr::Cidr;
use engine::record::function::EniModel;
use http::{HeaderMap, Method, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use roxmltree::{Document, Node};
use serde_json::Value;
use sim::plan::layout::{FunctionLayout, GroupLayout, Layout, SubnetLayout};
use tokio::runtime::Runtime;
use wire::sigv4::{Paths, Signer};

use super::{distinct, rule};

/// The word for AWS's own endpoints of a region.
const AWS: &str = "aws";
/// What every signature needs, where nobody checks it.
const ANYBODY: &str = "000000000000";

/// Where things are read, and by whom.
struct Reader {
    runtime: Runtime,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    /// One for all services, or none: AWS's own.
    endpoint: Option<Uri>,
    region: String,
    key: (String, String, Option<String>),
}

/// Reads the functions, subnets and security groups of an endpoint, or of AWS.
pub(crate) fn read(endpoint: &str, region: &str) -> Result<Layout, String> {
    let reader = Reader::new(endpoint, region)?;
    let functions = reader.functions()?;
    let of_interest: BTreeSet<&str> =
        functions.iter().filter_map(|each| each["VpcConfig"]["VpcId"].as_str()).collect();
    // Without functions in VPCs, everything is to be planned with.
    let is_of_interest = |vpc: &str| of_interest.is_empty() || of_interest.contains(vpc);
    let mut layout = Layout { concurrency: reader.concurrency()?, ..Layout::default() };
    let subnets = reader.subnets(&is_of_interest, &mut layout)?;
    let groups = reader.groups(&is_of_interest, &mut layout)?;
    for function in &functions {
        layout.functions.push(reader.function(function, &subnets, &groups)?);
    }
    Ok(layout)
}

/// The region that the environment names.
pub(crate) fn region() -> Option<String> {
    variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"))
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

impl Reader {
    fn new(endpoint: &str, region: &str) -> Result<Reader, String> {
        let uri = match endpoint {
            AWS => None,
            given => Some(given.parse::<Uri>().ok().filter(is_endpoint).ok_or_else(|| {
                format!(
                    "endpoint {given} is not one\nhint: for instance http://127.0.0.1:4566, or {AWS}"
                )
            })?),
        };
        let key = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"));
        let key = match key {
            (Some(id), Some(secret)) => (id, secret, variable("AWS_SESSION_TOKEN")),
            (None, None) if uri.as_ref().is_some_and(|uri| uri.scheme_str() == Some("http")) => {
                (ANYBODY.into(), ANYBODY.into(), None)
            }
            _ => {
                return Err(format!(
                    "{endpoint} wants credentials\nhint: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY \
                     (profiles are not read: aws configure export-credentials --format env)"
                ));
            }
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| format!("runtime cannot be started: {error}"))?;
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|error| format!("certificates of authorities cannot be read: {error}"))?
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Reader { runtime, client, endpoint: uri, region: region.to_owned(), key })
    }

    /// One call; the body of a good answer, or the status with the code and message of another.
    fn call(
        &self,
        service: &str,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<Bytes, (u16, String)> {
        let own = format!("https://{service}.{}.amazonaws.com", self.region);
        let base = self.endpoint.clone().unwrap_or_else(|| own.parse().expect("a host's name"));
        let failed = |error: &dyn std::fmt::Display| (0, error.to_string());
        let authority = base.authority().map(ToString::to_string).unwrap_or_default();
        let scheme = base.scheme_str().unwrap_or("http");
        let (plain, query) = path.split_once('?').unwrap_or((path, ""));
        let mut headers = HeaderMap::new();
        let value = |text: &str| text.parse().map_err(|error| failed(&error));
        headers.insert("host", value(&authority)?);
        if method == Method::POST {
            headers.insert("content-type", value("application/x-www-form-urlencoded")?);
        }
        let signer = Signer {
            access_key: &self.key.0,
            secret: &self.key.1,
            token: self.key.2.as_deref(),
            region: &self.region,
            service,
            paths: Paths::Normalized,
            omit_token: false,
            sign_body: false,
        };
        let signed = wire::Request {
            method: method.as_str(),
            path: plain,
            query,
            headers: &headers,
            body: body.as_bytes(),
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let added = signer.sign(&signed, now.as_millis() as i64);
        let mut request =
            Request::builder().method(method).uri(format!("{scheme}://{authority}{path}"));
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        for (name, value) in added {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::from(body))).map_err(|e| failed(&e))?;
        self.runtime.block_on(async {
            let unreachable = |error: hyper_util::client::legacy::Error| {
                let mut told = format!("{scheme}://{authority} cannot be reached: {error}");
                let mut source = std::error::Error::source(&error);
                while let Some(error) = source {
                    told.push_str(&format!(": {error}"));
                    source = error.source();
                }
                (0, told)
            };
            let response = self.client.request(request).await.map_err(unreachable)?;
            let status = response.status();
            let body = response.into_body().collect().await.map_err(|e| failed(&e))?.to_bytes();
            match status.is_success() {
                true => Ok(body),
                false => Err((status.as_u16(), refusal(status.as_u16(), &body))),
            }
        })
    }

    /// All pages of one of EC2's lists: each item, as its reader takes it.
    fn ec2<T>(
        &self,
        action: &str,
        list: &str,
        take: impl Fn(Node<'_, '_>) -> Result<T, String>,
    ) -> Result<Vec<T>, String> {
        let mut all = Vec::new();
        let mut token = String::new();
        loop {
            let mut body = format!("Action={action}&Version=2016-11-15");
            if !token.is_empty() {
                body.push_str("&NextToken=");
                body.push_str(&encoded(&token));
            }
            let answer = self.call("ec2", Method::POST, "/", body);
            let answer = answer.map_err(|(status, error)| refused(action, status, &error))?;
            let text = String::from_utf8_lossy(&answer);
            let strange = |error: &dyn std::fmt::Display| format!("answer to {action}: {error}");
            let document = Document::parse(&text).map_err(|error| strange(&error))?;
            let root = document.root_element();
            for item in items(root, list) {
                all.push(take(item).map_err(|error| strange(&error))?);
            }
            token = text_of(root, "nextToken").unwrap_or_default().to_owned();
            if token.is_empty() {
                return Ok(all);
            }
        }
    }

    fn lambda(&self, operation: &str, path: &str) -> Result<Option<Value>, String> {
        match self.call("lambda", Method::GET, path, String::new()) {
            Ok(body) => serde_json::from_slice(&body)
                .map(Some)
                .map_err(|error| format!("answer to {operation} is not JSON: {error}")),
            // What has nothing of the kind, or an endpoint that does not know the operation.
            Err((404 | 501, _)) => Ok(None),
            Err((status, error)) => Err(refused(operation, status, &error)),
        }
    }

    fn concurrency(&self) -> Result<Option<u32>, String> {
        let settings = self.lambda("GetAccountSettings", "/2016-08-19/account-settings/")?;
        Ok(number(&settings.unwrap_or_default()["AccountLimit"]["ConcurrentExecutions"]))
    }

    fn functions(&self) -> Result<Vec<Value>, String> {
        let mut all = Vec::new();
        let mut marker = String::new();
        loop {
            let mut path = "/2015-03-31/functions/?".to_owned();
            if !marker.is_empty() {
                path.push_str(&format!("Marker={}&", encoded(&marker)));
            }
            path.push_str("MaxItems=50");
            let page = self.lambda("ListFunctions", &path)?;
            let page = page.ok_or("ListFunctions is not known to the endpoint")?;
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
    ) -> Result<FunctionLayout, String> {
        let text = |key: &str| function[key].as_str().unwrap_or_default().to_owned();
        let (name, arn) = (text("FunctionName"), text("FunctionArn"));
        let named = |key: &str, names: &BTreeMap<String, String>| -> Result<Vec<String>, String> {
            let ids = function["VpcConfig"][key].as_array().into_iter().flatten();
            ids.filter_map(Value::as_str)
                .map(|id| {
                    names.get(id).cloned().ok_or_else(|| {
                        format!("function {name}: {key}: {id} is not among what the endpoint told")
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
    ) -> Result<BTreeMap<String, String>, String> {
        let mut taken: BTreeMap<String, u32> = BTreeMap::new();
        let held = self.ec2("DescribeNetworkInterfaces", "networkInterfaceSet", |item| {
            let is_functions = text_of(item, "interfaceType") == Some("lambda")
                || text_of(item, "description")
                    .is_some_and(|text| text.starts_with("AWS Lambda VPC ENI"));
            let addresses = items(item, "privateIpAddressesSet").count().max(1) as u32;
            let subnet = needed(item, "subnetId")?.to_owned();
            Ok((subnet, if is_functions { 0 } else { addresses }))
        })?;
        for (subnet, addresses) in held {
            *taken.entry(subnet).or_default() += addresses;
        }
        let mut read = self.ec2("DescribeSubnets", "subnetSet", |item| {
            let (id, block) = (needed(item, "subnetId")?, needed(item, "cidrBlock")?);
            let cidr: Cidr = block.parse().map_err(|_| format!("{id}: {block} is not a block"))?;
            let subnet = SubnetLayout {
                name: name_tag(item).unwrap_or_default(),
                vpc: needed(item, "vpcId")?.to_owned(),
                cidr,
                zone: text_of(item, "availabilityZone").map(str::to_owned),
                taken: taken.get(id).copied().unwrap_or(0),
            };
            Ok((id.to_owned(), subnet))
        })?;
        read.retain(|(_, subnet)| is_of_interest(&subnet.vpc));
        let named: Vec<_> =
            read.iter().map(|(id, subnet)| (subnet.name.clone(), id.clone())).collect();
        let mut names = BTreeMap::new();
        for ((id, mut subnet), name) in read.into_iter().zip(distinct(&named)) {
            subnet.name.clone_from(&name);
            layout.subnets.push(subnet);
            names.insert(id, name);
        }
        Ok(names)
    }

    /// Reads security groups; answers names by ids.
    fn groups(
        &self,
        is_of_interest: &dyn Fn(&str) -> bool,
        layout: &mut Layout,
    ) -> Result<BTreeMap<String, String>, String> {
        type Read = (String, String, String, Vec<Rule>, Vec<Rule>);
        let mut read: Vec<Read> =
            self.ec2("DescribeSecurityGroups", "securityGroupInfo", |item| {
                Ok((
                    needed(item, "groupId")?.to_owned(),
                    text_of(item, "groupName").unwrap_or_default().to_owned(),
                    text_of(item, "vpcId").unwrap_or_default().to_owned(),
                    items(item, "ipPermissions").map(Rule::read).collect(),
                    items(item, "ipPermissionsEgress").map(Rule::read).collect(),
                ))
            })?;
        read.retain(|(_, _, vpc, ..)| is_of_interest(vpc));
        let named: Vec<_> = read.iter().map(|(id, name, ..)| (name.clone(), id.clone())).collect();
        let ids: Vec<_> = read.iter().map(|(id, ..)| id.clone()).collect();
        let names: BTreeMap<_, _> = ids.into_iter().zip(distinct(&named)).collect();
        for (id, _, vpc, ingress, egress) in read {
            let spelled = |rules: Vec<Rule>| {
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
struct Rule {
    protocol: String,
    ports: Option<(i64, i64)>,
    peers: Vec<String>,
    groups: Vec<String>,
}

impl Rule {
    fn read(item: Node<'_, '_>) -> Rule {
        let port = |name: &str| text_of(item, name).and_then(|text| text.parse().ok());
        let mut peers = Vec::new();
        for (list, key) in
            [("ipRanges", "cidrIp"), ("ipv6Ranges", "cidrIpv6"), ("prefixListIds", "prefixListId")]
        {
            peers
                .extend(items(item, list).filter_map(|each| text_of(each, key)).map(str::to_owned));
        }
        let groups = items(item, "groups").filter_map(|each| text_of(each, "groupId"));
        Rule {
            protocol: text_of(item, "ipProtocol").unwrap_or_default().to_owned(),
            ports: port("fromPort").zip(port("toPort")),
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

fn is_endpoint(uri: &Uri) -> bool {
    matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some()
}

/// Percent-encoded, as a part of a path or query.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn refused(operation: &str, status: u16, error: &str) -> String {
    match status {
        401 | 403 => format!(
            "{operation} was refused: {error}\n\
             hint: the key needs lambda:List*, lambda:Get* and ec2:Describe*"
        ),
        0 => format!("{operation} could not be asked: {error}"),
        _ => format!("{operation} was refused: {error}"),
    }
}

/// AWS's code and message, in JSON or XML.
fn refusal(status: u16, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    if let Ok(told) = serde_json::from_str::<Value>(&text) {
        let message = told["message"].as_str().or_else(|| told["Message"].as_str());
        if let Some(message) = message {
            return format!("{status}: {message}");
        }
    }
    if let Ok(document) = Document::parse(&text) {
        let find = |name: &str| {
            let found = document.descendants().find(|node| node.has_tag_name(name));
            found.and_then(|node| node.text()).unwrap_or_default().to_owned()
        };
        let (code, message) = (find("Code"), find("Message"));
        if !code.is_empty() {
            return format!("{status} {code}: {message}");
        }
    }
    format!("{status}")
}

fn child<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|each| each.is_element() && each.tag_name().name() == name)
}

fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|each| each.text())
}

fn needed<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, String> {
    text_of(node, name).ok_or_else(|| format!("an item without {name}"))
}

fn items<'a, 'b>(node: Node<'a, 'b>, list: &str) -> impl Iterator<Item = Node<'a, 'b>> {
    let items = child(node, list).into_iter().flat_map(|list| list.children());
    items.filter(|each| each.is_element() && each.tag_name().name() == "item")
}

fn name_tag(node: Node<'_, '_>) -> Option<String> {
    let tag = items(node, "tagSet").find(|tag| text_of(*tag, "key") == Some("Name"))?;
    text_of(tag, "value").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_equal_effect_are_spelled_alike() {
        let text = "<item><ipProtocol>tcp</ipProtocol><fromPort>5432</fromPort><toPort>5432</toPort>\
            <groups><item><groupId>sg-1</groupId></item><item><groupId>sg-2</groupId></item></groups>\
            <ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges></item>";
        let document = Document::parse(text).expect("it is well formed");
        let names = BTreeMap::from([("sg-1".to_owned(), "app".to_owned())]);
        let rule = Rule::read(document.root_element());
        let spelled = rule.spelled("sg-2", &names);
        assert_eq!(
            spelled,
            ["tcp 5432-5432 10.0.0.0/8", "tcp 5432-5432 group:app", "tcp 5432-5432 group:self"]
        );
    }

    #[test]
    fn refusals_are_told_in_aws_words() {
        let xml = "<Response><Errors><Error><Code>AuthFailure</Code><Message>not you</Message></Error>\
            </Errors></Response>";
        assert_eq!(refusal(401, xml.as_bytes()), "401 AuthFailure: not you");
        assert_eq!(refusal(403, br#"{"message":"denied"}"#), "403: denied");
        assert_eq!(refusal(500, b"oops"), "500");
    }

    #[test]
    fn names_are_encoded_as_parts_of_paths() {
        assert_eq!(encoded("arn:aws:lambda:x/y z"), "arn%3Aaws%3Alambda%3Ax%2Fy%20z");
    }
}

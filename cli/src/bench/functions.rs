//! The functions that are measured, and the network that they are in.

use std::io::Write;
use std::process::Command;
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

use super::client::{Connection, Served};
use super::error::BenchError;
use super::figure::timed;

/// Answers with its event, after as many milliseconds as an event that is a number says.
const PYTHON: &str = "import time\ndef handler(event, context):\n    if isinstance(event, int):\n        \
                      time.sleep(event / 1000)\n    return event\n";
const NODE: &str = "exports.handler = async (event) => event;\n";
/// Does what its event names for as many milliseconds as that says, and answers with it.
const NEIGHBOUR: &str = include_str!("neighbour.py");
/// Tells how long after it was sent what it is given begins.
const SOURCES: &str = include_str!("sources.py");
/// Does the same as `PYTHON`.
const BOOTSTRAP: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/echo-bootstrap"));

/// What serves a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The machine's Python.
    Python,
    /// The machine's Node.
    Node,
    /// A static program that the function brings.
    Bootstrap,
    /// The machine's Python, doing its worst.
    Neighbour,
    /// The machine's Python, given records.
    Sources,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Python => "Python",
            Kind::Node => "Node",
            Kind::Bootstrap => "a static bootstrap",
            Kind::Neighbour => "a neighbour",
            Kind::Sources => "a function of event sources",
        }
    }
}

/// Makes functions.
pub(super) struct Maker {
    python: String,
    pub(super) subnet: String,
    group: String,
    made: u32,
}

/// A server that is measured, a client of it, and what makes its functions.
pub(super) struct Measured {
    pub(super) served: Served,
    pub(super) connection: Connection,
    pub(super) maker: Maker,
}

impl Measured {
    pub(super) fn new(served: Served, mut connection: Connection) -> Result<Measured, BenchError> {
        let maker = Maker::new(&mut connection)?;
        Ok(Measured { served, connection, maker })
    }

    /// Makes a function and waits until it is Active; its name, and how long that took.
    pub(super) fn create(
        &mut self,
        kind: Kind,
        model: Option<&str>,
    ) -> Result<(String, Duration), BenchError> {
        self.maker.create(&mut self.connection, kind, model)
    }

    /// Deletes a function; its environments end.
    pub(super) fn delete(&mut self, name: &str) -> Result<(), BenchError> {
        let path = format!("/2015-03-31/functions/{name}");
        self.connection.json("DELETE", &path, &Value::Null).map(drop)
    }

    /// Invokes a function that answers with its event.
    pub(super) fn invoke(&mut self, name: &str, event: &str) -> Result<(), BenchError> {
        invoke(&mut self.connection, name, event)
    }

    /// Makes what follows in a VPC of its own, which has its own quota of ENIs.
    pub(super) fn move_to_new_vpc(&mut self) -> Result<(), BenchError> {
        (self.maker.subnet, self.maker.group) = network(&mut self.connection)?;
        Ok(())
    }
}

/// A VPC with a subnet and a security group, which are told.
fn network(connection: &mut Connection) -> Result<(String, String), BenchError> {
    let vpc = connection.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId")?;
    let query = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.0.0/17");
    let subnet = connection.ec2_element(&query, "subnetId")?;
    let query =
        format!("Action=CreateSecurityGroup&VpcId={vpc}&GroupName=app&GroupDescription=app");
    let group = connection.ec2_element(&query, "groupId")?;
    Ok((subnet, group))
}

fn package(name: &str, content: &[u8]) -> Result<String, BenchError> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let options = zip::write::SimpleFileOptions::default().unix_permissions(0o755);
    archive.start_file(name, options)?;
    archive.write_all(content).map_err(zip::result::ZipError::from)?;
    archive.finish()?;
    Ok(base64::engine::general_purpose::STANDARD.encode(bytes.into_inner()))
}

impl Maker {
    fn new(connection: &mut Connection) -> Result<Maker, BenchError> {
        let told = Command::new("python3")
            .args(["-c", "import sys; print('python%d.%d' % sys.version_info[:2])"])
            .output()
            .map_err(BenchError::Python)?;
        let python = String::from_utf8_lossy(&told.stdout).trim().to_owned();
        let (subnet, group) = network(connection)?;
        Ok(Maker { python, subnet, group, made: 0 })
    }

    fn create(
        &mut self,
        connection: &mut Connection,
        kind: Kind,
        model: Option<&str>,
    ) -> Result<(String, Duration), BenchError> {
        self.made += 1;
        let name = format!("bench{}", self.made);
        let (runtime, package) = match kind {
            Kind::Python => (self.python.as_str(), package("index.py", PYTHON.as_bytes())?),
            Kind::Neighbour => (self.python.as_str(), package("index.py", NEIGHBOUR.as_bytes())?),
            Kind::Sources => (self.python.as_str(), package("index.py", SOURCES.as_bytes())?),
            Kind::Node => ("nodejs20.x", package("index.js", NODE.as_bytes())?),
            Kind::Bootstrap => ("provided.al2023", package("bootstrap", BOOTSTRAP)?),
        };
        let mut body = json!({
            "FunctionName": name,
            "Runtime": runtime,
            "Handler": "index.handler",
            "Role": "arn:aws:iam::000000000000:role/bench",
            "Code": {"ZipFile": package},
            "MemorySize": 256,
            "Timeout": 60,
        });
        if let Some(model) = model {
            body["VpcConfig"] =
                json!({"SubnetIds": [self.subnet], "SecurityGroupIds": [self.group]});
            body["Tags"] = json!({"warren:eni-model": model});
        }
        let path = format!("/2015-03-31/functions/{name}/configuration");
        let (span, done) = timed(|| {
            connection.json("POST", "/2015-03-31/functions", &body)?;
            for _ in 0..10_000 {
                if connection.json("GET", &path, &Value::Null)?["State"] == "Active" {
                    return Ok(());
                }
            }
            Err(BenchError::Inactive(name.clone()))
        });
        done.map(|()| (name, span))
    }
}

/// Invokes a function that answers with its event.
pub(super) fn invoke(
    connection: &mut Connection,
    name: &str,
    event: &str,
) -> Result<(), BenchError> {
    let path = format!("/2015-03-31/functions/{name}/invocations");
    connection.echoed(&path, event)
}

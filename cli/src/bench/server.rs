//! Figures of the whole: a server of its own, asked over HTTP as SDKs do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};
use server::internal::look::Overview;

use super::{Figures, timed};

/// A server on a state directory of its own.
struct Served {
    process: Child,
    state: PathBuf,
    at: SocketAddr,
}

impl Drop for Served {
    fn drop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.process);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.state);
    }
}

impl Served {
    fn start() -> Result<Served, String> {
        let state = std::env::temp_dir().join(format!("warren-bench-{}", std::process::id()));
        let mut process = Command::new("/proc/self/exe")
            .args(["serve", "--listen", "127.0.0.1:0", "--state"])
            .arg(&state)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("server cannot be started: {error}"))?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            let read = BufReader::new(output).read_line(&mut line);
            read.map_err(|error| format!("server says nothing: {error}"))?;
        }
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(',').next());
        let at = address.and_then(|text| text.parse().ok());
        let at = at.ok_or_else(|| format!("server is not understood: {line}"))?;
        Ok(Served { process, state, at })
    }

    /// Memory of the server's process, in MiB.
    fn memory(&self) -> f64 {
        let path = format!("/proc/{}/status", self.process.id());
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        kib.unwrap_or_default() / 1024.0
    }
}

/// A connection that is kept.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(at: SocketAddr) -> Result<Connection, String> {
        let stream = TcpStream::connect(at).map_err(|error| format!("{at}: {error}"))?;
        let _ = stream.set_nodelay(true);
        Ok(Connection(BufReader::new(stream)))
    }

    /// The status and body of an answer.
    fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> Result<(u16, Vec<u8>), String> {
        let wrong = |error: std::io::Error| format!("connection broke: {error}");
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.0.get_mut().write_all(&request).map_err(wrong)?;
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            self.0.read_line(&mut line).map_err(wrong)?;
            let text = line.trim_end();
            if let Some(rest) = text.strip_prefix("HTTP/1.1 ") {
                status = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some((name, value)) = text.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            } else if text.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer).map_err(wrong)?;
        Ok((status, answer))
    }

    fn json(&mut self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let (status, answer) = self.ask(method, path, &bytes)?;
        if status >= 300 {
            return Err(format!("{method} {path}: {}", String::from_utf8_lossy(&answer)));
        }
        Ok(serde_json::from_slice(&answer).unwrap_or_default())
    }

    /// An EC2 request; the text of an element of its answer.
    fn ec2(&mut self, query: &str, element: &str) -> Result<String, String> {
        let body = format!("Version=2016-11-15&{query}");
        let stream = self.0.get_mut();
        let wrong = |error: std::io::Error| format!("connection broke: {error}");
        // Told from other services by its form.
        let request = format!(
            "POST / HTTP/1.1\r\nhost: ec2.us-east-1.amazonaws.com\r\n\
             authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\
             connection: keep-alive\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).map_err(wrong)?;
        let (mut length, mut line) = (0, String::new());
        loop {
            line.clear();
            self.0.read_line(&mut line).map_err(wrong)?;
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer).map_err(wrong)?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        let found = text
            .split_once(&format!("<{element}>"))
            .and_then(|(_, rest)| rest.split_once("</").map(|(value, _)| value.to_owned()));
        found.ok_or_else(|| format!("{query}: {text}"))
    }
}

const PYTHON: &str = "def handler(event, context):\n    return event\n";
const NODE: &str = "exports.handler = async (event) => event;\n";

/// What functions are made of here.
struct Maker {
    python: String,
    packages: [String; 2],
    vpc: Value,
    made: u32,
}

fn package(name: &str, source: &str) -> Result<String, String> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file(name, options).map_err(|error| error.to_string())?;
    archive.write_all(source.as_bytes()).map_err(|error| error.to_string())?;
    archive.finish().map_err(|error| error.to_string())?;
    Ok(base64::engine::general_purpose::STANDARD.encode(bytes.into_inner()))
}

impl Maker {
    fn new(connection: &mut Connection) -> Result<Maker, String> {
        let vpc = connection.ec2("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId")?;
        let query = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.0.0/20");
        let subnet = connection.ec2(&query, "subnetId")?;
        let query =
            format!("Action=CreateSecurityGroup&VpcId={vpc}&GroupName=app&GroupDescription=app");
        let group = connection.ec2(&query, "groupId")?;
        let told = Command::new("python3")
            .args(["-c", "import sys; print('python%d.%d' % sys.version_info[:2])"])
            .output()
            .map_err(|error| format!("python3 cannot be run: {error}"))?;
        Ok(Maker {
            python: String::from_utf8_lossy(&told.stdout).trim().to_owned(),
            packages: [package("index.py", PYTHON)?, package("index.js", NODE)?],
            vpc: json!({"SubnetIds": [subnet], "SecurityGroupIds": [group]}),
            made: 0,
        })
    }

    /// Makes a function and waits until it is Active; its name, and how long that took.
    fn create(
        &mut self,
        connection: &mut Connection,
        runtime: &str,
        model: Option<&str>,
    ) -> Result<(String, Duration), String> {
        self.made += 1;
        let name = format!("bench{}", self.made);
        let package = &self.packages[usize::from(runtime != "python")];
        let mut body = json!({
            "FunctionName": name,
            "Runtime": if runtime == "python" { self.python.as_str() } else { runtime },
            "Handler": "index.handler",
            "Role": "arn:aws:iam::000000000000:role/bench",
            "Code": {"ZipFile": package},
            "MemorySize": 256,
        });
        if let Some(model) = model {
            body["VpcConfig"] = self.vpc.clone();
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
            Err(format!("function {name} is not Active"))
        });
        done.map(|()| (name, span))
    }
}

fn invoke(connection: &mut Connection, name: &str) -> Result<(), String> {
    let path = format!("/2015-03-31/functions/{name}/invocations");
    match connection.ask("POST", &path, b"{}")? {
        (200, answer) if answer == b"{}" => Ok(()),
        (status, answer) => Err(format!("{status}: {}", String::from_utf8_lossy(&answer))),
    }
}

pub(super) fn measure(figures: &mut Figures, is_quick: bool) -> Result<(), String> {
    let (span, started) = timed(|| {
        let served = Served::start()?;
        let mut connection = Connection::open(served.at)?;
        connection.json("GET", "/_warren/ps", &Value::Null)?;
        Ok::<_, String>((served, connection))
    });
    let (served, mut connection) = started?;
    let millis = span.as_secs_f64() * 1e3;
    figures.note("start of the server to its first answer", "ms", millis, None, Some(20.0));
    std::thread::sleep(Duration::from_millis(300));
    figures.note("memory of the idle server", "MiB", served.memory(), None, Some(15.0));
    let mut maker = Maker::new(&mut connection)?;
    cold(figures, &mut maker, &mut connection, if is_quick { 4 } else { 25 })?;
    warm(figures, &mut maker, &mut connection, (served.at, is_quick))?;
    burst(figures, &mut maker, &served, &mut connection, if is_quick { 20 } else { 100 })
}

fn cold(
    figures: &mut Figures,
    maker: &mut Maker,
    connection: &mut Connection,
    count: u32,
) -> Result<(), String> {
    let mut created = Vec::new();
    for (runtime, target) in [("python", 8000.0), ("nodejs20.x", 12_000.0)] {
        for model in [None, Some("classic"), Some("hyperplane")] {
            let (mut whole, mut platform, mut own) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..count {
                let (name, span) = maker.create(connection, runtime, model)?;
                created.push(span);
                // Sandboxes are built ahead while nothing else is to be done.
                std::thread::sleep(Duration::from_millis(80));
                let (span, done) = timed(|| invoke(connection, &name));
                done?;
                whole.push(span);
                let (_, answer) = connection.ask("GET", "/_warren/ps", b"")?;
                let seen: Overview =
                    serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
                let mut of_it = seen.environments.iter().filter(|each| each.function == name);
                if let Some(stages) = of_it.next().and_then(|each| each.stages) {
                    platform.push(stages.network + stages.sandbox);
                    own.push(stages.runtime);
                }
                let path = format!("/2015-03-31/functions/{name}");
                connection.json("DELETE", &path, &Value::Null)?;
            }
            let at = model.map_or("without VPC".into(), |model| format!("{model} ENI"));
            let what = format!("cold start of {runtime}, {at}");
            figures.spans(&format!("{what}: to the caller's answer"), whole, Some(target));
            figures.spans(&format!("{what}: network and sandbox"), platform, Some(500.0));
            figures.spans(&format!("{what}: runtime"), own, None);
        }
    }
    figures.spans("CreateFunction until Active", created, Some(30_000.0));
    Ok(())
}

fn warm(
    figures: &mut Figures,
    maker: &mut Maker,
    connection: &mut Connection,
    (at, is_quick): (SocketAddr, bool),
) -> Result<(), String> {
    let count = if is_quick { 500 } else { 5000 };
    let (name, _) = maker.create(connection, "python", Some("hyperplane"))?;
    invoke(connection, &name)?;
    let mut spans = Vec::new();
    for _ in 0..count {
        let (span, done) = timed(|| invoke(connection, &name));
        done?;
        spans.push(span);
    }
    figures.spans("warm invoke of Python, through HTTP", spans, Some(150.0));
    figures.spans("  bare HTTP echo over the same client", echo(count)?, None);
    let each = count / 4;
    let (span, done) = timed(|| {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        let mut connection = Connection::open(at)?;
                        (0..each).try_for_each(|_| invoke(&mut connection, &name))
                    })
                })
                .collect();
            workers.into_iter().try_for_each(|worker| {
                worker.join().unwrap_or_else(|_| Err("a client ended early".into()))
            })
        })
    });
    done?;
    let rate = f64::from(each) * 8.0 / span.as_secs_f64();
    figures.note("invocations of Python by 8 callers", "/s", rate, None, Some(15_000.0));
    Ok(())
}

/// A server that answers without looking, on a thread of its own.
fn echo(count: u32) -> Result<Vec<Duration>, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let at = listener.local_addr().map_err(|error| error.to_string())?;
    std::thread::spawn(move || {
        let Ok((stream, _)) = listener.accept() else { return };
        let _ = stream.set_nodelay(true);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async {
            let _ = stream.set_nonblocking(true);
            let Ok(stream) = tokio::net::TcpStream::from_std(stream) else { return };
            let service = hyper::service::service_fn(async |_| {
                let body = http_body_util::Full::new(bytes::Bytes::from_static(b"{}"));
                Ok::<_, std::convert::Infallible>(http::Response::new(body))
            });
            let io = hyper_util::rt::TokioIo::new(stream);
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(io, service).await;
        });
    });
    let mut connection = Connection::open(at)?;
    let mut spans = Vec::new();
    for _ in 0..count {
        let (span, done) = timed(|| connection.ask("POST", "/", b"{}"));
        done?;
        spans.push(span);
    }
    Ok(spans)
}

/// Many at once, each in an environment and with an ENI of its own.
fn burst(
    figures: &mut Figures,
    maker: &mut Maker,
    served: &Served,
    connection: &mut Connection,
    count: u32,
) -> Result<(), String> {
    let sleep = "import time\ndef handler(event, context):\n    time.sleep(3)\n    return event\n";
    maker.packages[0] = package("index.py", sleep)?;
    let mut body = Value::Null;
    let (name, _) = maker.create(connection, "python", Some("classic"))?;
    let path = format!("/2015-03-31/functions/{name}/configuration");
    // The sleep is longer than the burst takes: every caller needs an environment.
    body["Timeout"] = json!(60);
    connection.json("PUT", &path, &body)?;
    let before = served.memory();
    let (span, done) = timed(|| {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..count)
                .map(|_| scope.spawn(|| invoke(&mut Connection::open(served.at)?, &name)))
                .collect();
            workers.into_iter().try_for_each(|worker| {
                worker.join().unwrap_or_else(|_| Err("a client ended early".into()))
            })
        })
    });
    done?;
    let millis = (span.as_secs_f64() - 3.0) * 1e3;
    figures.note(
        &format!("{count} Python environments with ENIs, at once"),
        "ms",
        millis,
        None,
        None,
    );
    let each = (served.memory() - before) * 1024.0 / f64::from(count);
    figures.note("memory of the server per idle environment", "KiB", each, None, None);
    Ok(())
}

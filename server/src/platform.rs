//! The platform's lines in a function's log, as AWS spells them.

mod document;

use std::time::Duration;

use engine::effect::{LogLine, Status};
use engine::node::EnvironmentSpec;
use engine::record::function::{LogFormat, LogLevel, Logging};
use engine::time::Time;
use sha2::{Digest, Sha256};

/// What lines say of an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The function's name.
    pub name: String,
    /// The function's ARN, with the version's number unless that is `$LATEST`.
    pub arn: String,
    /// `$LATEST` or the version's number.
    pub version: String,
    /// For instance `python3.11`.
    pub runtime: String,
    /// For instance `us-east-1`.
    pub region: String,
    /// The log stream.
    pub stream: String,
    /// MB of memory.
    pub memory: u32,
    /// How the log is kept.
    pub logging: Logging,
}

impl Place {
    /// What lines say of an environment that is started.
    pub fn of(spec: &EnvironmentSpec) -> Place {
        Place {
            name: spec.name.clone(),
            arn: spec.arn.clone(),
            version: spec.version.clone(),
            runtime: spec.runtime.clone(),
            region: spec.scope.region.clone(),
            stream: spec.log_stream(),
            memory: spec.memory,
            logging: spec.logging.clone(),
        }
    }

    /// Whether its entries are documents.
    pub fn is_json(&self) -> bool {
        self.logging.format == LogFormat::Json
    }
}

/// Spells lines, as far as they are to be logged; `is_error` is whether the function answered with
/// an error.
pub fn spell(line: &LogLine, at: Time, place: &Place, is_error: bool) -> Vec<String> {
    if !place.is_json() {
        return text(line, place);
    }
    let least = place.logging.system.unwrap_or(LogLevel::Info);
    let documents = document::spell(line, at, place, is_error).into_iter();
    documents.filter(|(level, _)| *level >= least).map(|(_, text)| text).collect()
}

/// Spells lines of text, each with its end.
fn text(line: &LogLine, place: &Place) -> Vec<String> {
    let mut lines = Vec::new();
    let last = match line {
        LogLine::InitDone { .. } => return lines,
        LogLine::InitStart => format!(
            "INIT_START Runtime Version: {}\tRuntime Version ARN: {}\n",
            runtime_version(&place.runtime),
            runtime_version_arn(&place.region, &place.runtime)
        ),
        LogLine::InitReport { duration, status, phase } => format!(
            "INIT_REPORT Init Duration: {} ms\tPhase: {phase}\t{}\n",
            millis(*duration),
            self::status(status)
        ),
        LogLine::Start(request) => {
            format!("START RequestId: {request} Version: {}\n", place.version)
        }
        LogLine::Report { request, duration, memory, memory_peak, init, status } => {
            lines.push(format!("END RequestId: {request}\n"));
            let peak = megabytes(*memory_peak, *memory);
            let mut text = format!(
                "REPORT RequestId: {request}\tDuration: {} ms\tBilled Duration: {} ms\t\
                 Memory Size: {memory} MB\tMax Memory Used: {peak} MB\t",
                millis(*duration),
                billed(*duration, *init)
            );
            if let Some(init) = init {
                text.push_str(&format!("Init Duration: {} ms\t", millis(*init)));
            }
            if let Some(status) = status {
                text.push_str(&self::status(status));
            }
            text + "\n"
        }
    };
    lines.push(last);
    lines
}

/// An ARN of the form that AWS gives to the builds of its runtimes.
pub fn runtime_version_arn(region: &str, runtime: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(runtime.as_bytes()).into();
    format!("arn:aws:lambda:{region}::runtime:{}", crate::code::hex(&digest))
}

/// `python:3.11.v1` for `python3.11`.
fn runtime_version(runtime: &str) -> String {
    let split = runtime.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0);
    match split {
        Some(at) if !runtime.starts_with("provided") => {
            let version = runtime[at..].trim_end_matches(".x");
            format!("{}:{version}.v1", &runtime[..at])
        }
        _ => format!("{}.v1", runtime.replacen('.', ":", 1)),
    }
}

fn status(status: &Status) -> String {
    match status {
        Status::Timeout => "Status: timeout".to_owned(),
        Status::Error(kind) => format!("Status: error\tError Type: {kind}"),
    }
}

/// Milliseconds that an invocation is billed for.
fn billed(duration: Duration, init: Option<Duration>) -> u128 {
    (duration + init.unwrap_or_default()).as_micros().div_ceil(1000)
}

/// What an environment had of its memory at the most. Bytes that are shared among environments may
/// be counted to the first who touches them; AWS never shows more than there may be.
fn megabytes(peak: u64, memory: u32) -> u64 {
    peak.div_ceil(1 << 20).min(u64::from(memory))
}

fn millis(span: Duration) -> String {
    format!("{:.2}", span.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::id::RequestId;

    fn line(line: LogLine) -> String {
        let place = Place {
            name: "f".into(),
            arn: "arn:aws:lambda:us-east-1:000000000000:function:f".into(),
            version: "$LATEST".into(),
            runtime: "python3.11".into(),
            region: "us-east-1".into(),
            stream: "s".into(),
            memory: 128,
            logging: Logging::default(),
        };
        spell(&line, Time(0), &place, false).concat()
    }

    fn report(init: Option<Duration>, status: Option<Status>) -> String {
        let duration = Duration::from_micros(133_610);
        let (request, memory, memory_peak) = (RequestId(1), 128, (35 << 20) + 1);
        line(LogLine::Report {
            request,
            duration,
            memory,
            memory_peak,
            init,
            status: status.map(Box::new),
        })
    }

    #[test]
    fn lines_are_spelled_as_recorded() {
        let id = "00000000-0000-0000-0000-000000000001";
        assert!(line(LogLine::InitStart).starts_with(
            "INIT_START Runtime Version: python:3.11.v1\tRuntime Version ARN: \
                 arn:aws:lambda:us-east-1::runtime:"
        ));
        assert_eq!(
            line(LogLine::Start(RequestId(1))),
            format!("START RequestId: {id} Version: $LATEST\n")
        );
        assert_eq!(
            report(Some(Duration::from_millis(80)), None),
            format!(
                "END RequestId: {id}\n\
                 REPORT RequestId: {id}\tDuration: 133.61 ms\tBilled Duration: 214 ms\t\
                 Memory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 80.00 ms\t\n"
            )
        );
        let dead = report(None, Some(Status::Error("Runtime.ExitError".into())));
        assert!(dead.ends_with("36 MB\tStatus: error\tError Type: Runtime.ExitError\n"), "{dead}");
        assert!(report(None, Some(Status::Timeout)).ends_with("MB\tStatus: timeout\n"));
        let slow = LogLine::InitReport {
            duration: Duration::from_micros(10_007_330),
            status: Status::Timeout,
            phase: "init",
        };
        assert_eq!(
            line(slow),
            "INIT_REPORT Init Duration: 10007.33 ms\tPhase: init\tStatus: timeout\n"
        );
    }

    #[test]
    fn runtimes_have_versions() {
        for (runtime, expected) in [
            ("python3.11", "python:3.11.v1"),
            ("nodejs20.x", "nodejs:20.v1"),
            ("provided.al2023", "provided:al2023.v1"),
        ] {
            assert_eq!(runtime_version(runtime), expected);
        }
    }
}

//! The platform's lines as JSON documents, each with its level, as AWS has recorded them.

use std::time::Duration;

use engine::effect::{LogLine, Status};
use engine::record::function::LogLevel;
use engine::time::Time;
use serde_json::{Value, to_string};

use super::{Place, runtime_version, runtime_version_arn};

/// What is told of a start, in each document of it.
const INIT: &str = "\"initializationType\":\"on-demand\"";

/// What became of what a document tells of.
struct Outcome {
    /// `"status":…`, and the error's type if it has one.
    members: String,
    /// The level of what is told always.
    level: LogLevel,
    /// The level of what is told in detail.
    detail: LogLevel,
}

impl Outcome {
    fn of(status: Option<&Status>, is_error: bool) -> Outcome {
        let (members, level, detail) = match status {
            None if !is_error => ("\"success\"".to_owned(), LogLevel::Info, LogLevel::Debug),
            None => ("\"error\"".to_owned(), LogLevel::Warn, LogLevel::Warn),
            Some(Status::Timeout) => ("\"timeout\"".to_owned(), LogLevel::Warn, LogLevel::Warn),
            Some(Status::Error(kind)) => {
                let kind = quoted(kind);
                (format!("\"error\",\"errorType\":{kind}"), LogLevel::Warn, LogLevel::Warn)
            }
        };
        Outcome { members: format!("\"status\":{members}"), level, detail }
    }
}

/// Spells the documents of a line; `is_error` is whether the function answered with an error.
pub(super) fn spell(
    line: &LogLine,
    at: Time,
    place: &Place,
    is_error: bool,
) -> Vec<(LogLevel, String)> {
    let entry = |kind: &str, record: String| {
        let time = wire::time::iso8601_millis(i64::try_from(at.millis()).unwrap_or(i64::MAX));
        format!("{{\"time\":\"{time}\",\"type\":\"platform.{kind}\",\"record\":{{{record}}}}}")
    };
    match line {
        LogLine::InitStart => vec![(LogLevel::Info, entry("initStart", begun(place)))],
        LogLine::InitDone { duration, phase } => {
            let outcome = Outcome::of(None, false);
            init(entry, *duration, phase, &outcome)
        }
        LogLine::InitReport { duration, status, phase } => {
            let outcome = Outcome::of(Some(status), false);
            init(entry, *duration, phase, &outcome)
        }
        LogLine::Start(request) => {
            let (arn, version) = (quoted(&place.arn), quoted(&place.version));
            let record =
                format!("\"requestId\":\"{request}\",\"functionArn\":{arn},\"version\":{version}");
            vec![(LogLevel::Info, entry("start", record))]
        }
        LogLine::Report { request, duration, memory, memory_peak, init, status } => {
            let Outcome { members, level, detail } = Outcome::of(status.as_deref(), is_error);
            let took = millis(*duration);
            let done = format!(
                "\"requestId\":\"{request}\",{members},\"metrics\":{{\"durationMs\":{took}}}"
            );
            let billed = super::billed(*duration, *init);
            let peak = super::megabytes(*memory_peak, *memory);
            let init = init.map(|init| format!(",\"initDurationMs\":{}", millis(init)));
            let report = format!(
                "\"requestId\":\"{request}\",\"metrics\":{{\"durationMs\":{took},\
                 \"billedDurationMs\":{billed},\"memorySizeMB\":{memory},\
                 \"maxMemoryUsedMB\":{peak}{}}},{members}",
                init.unwrap_or_default()
            );
            vec![(detail, entry("runtimeDone", done)), (level, entry("report", report))]
        }
    }
}

fn init(
    entry: impl Fn(&str, String) -> String,
    duration: Duration,
    phase: &str,
    outcome: &Outcome,
) -> Vec<(LogLevel, String)> {
    let Outcome { members, detail, .. } = outcome;
    let done = format!("{INIT},\"phase\":\"{phase}\",{members}");
    let report = format!("{done},\"metrics\":{{\"durationMs\":{}}}", millis(duration));
    vec![(*detail, entry("initRuntimeDone", done)), (*detail, entry("initReport", report))]
}

fn begun(place: &Place) -> String {
    format!(
        "{INIT},\"phase\":\"init\",\"runtimeVersion\":{},\"runtimeVersionArn\":{},\
         \"functionName\":{},\"functionVersion\":{},\"instanceId\":{},\"instanceMaxMemory\":{}",
        quoted(&runtime_version(&place.runtime)),
        quoted(&runtime_version_arn(&place.region, &place.runtime)),
        quoted(&place.name),
        quoted(&place.version),
        quoted(&place.stream),
        u64::from(place.memory) << 20,
    )
}

fn quoted(text: &str) -> String {
    to_string(&Value::from(text)).expect("a text is JSON")
}

fn millis(span: Duration) -> Value {
    Value::from(span.as_micros() as f64 / 1e3)
}

#[cfg(test)]
mod tests {
    use engine::id::RequestId;
    use engine::record::function::Logging;

    use super::*;

    fn texts(line: &LogLine, is_error: bool) -> Vec<(LogLevel, String)> {
        let place = Place {
            name: "tenner".into(),
            arn: "arn:aws:lambda:eu-central-1:000000000000:function:tenner".into(),
            version: "$LATEST".into(),
            runtime: "nodejs22.x".into(),
            region: "eu-central-1".into(),
            stream: "2026/10/08/tenner[$LATEST]22be53a8cfde4e68b844f8ec293b2543".into(),
            memory: 256,
            logging: Logging::default(),
        };
        spell(line, Time(1_791_444_627_768_000_000), &place, is_error)
    }

    fn report(init: Option<Duration>, status: Option<Status>) -> LogLine {
        LogLine::Report {
            request: RequestId(1),
            duration: Duration::from_micros(1_233_960),
            memory: 256,
            memory_peak: 123 << 20,
            init,
            status: status.map(Box::new),
        }
    }

    #[test]
    fn documents_are_as_recorded() {
        let id = "00000000-0000-0000-0000-000000000001";
        let (level, begun) = texts(&LogLine::InitStart, false).remove(0);
        let arn = runtime_version_arn("eu-central-1", "nodejs22.x");
        assert_eq!(level, LogLevel::Info);
        assert_eq!(
            begun,
            format!(
                r#"{{"time":"2026-10-08T07:30:27.768Z","type":"platform.initStart","record":{{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:22.v1","runtimeVersionArn":"{arn}","functionName":"tenner","functionVersion":"$LATEST","instanceId":"2026/10/08/tenner[$LATEST]22be53a8cfde4e68b844f8ec293b2543","instanceMaxMemory":268435456}}}}"#
            )
        );
        assert_eq!(
            texts(&LogLine::Start(RequestId(1)), false)[0].1,
            format!(
                r#"{{"time":"2026-10-08T07:30:27.768Z","type":"platform.start","record":{{"requestId":"{id}","functionArn":"arn:aws:lambda:eu-central-1:000000000000:function:tenner","version":"$LATEST"}}}}"#
            )
        );
        let lines = texts(&report(Some(Duration::from_micros(463_512)), None), false);
        assert_eq!((lines[0].0, lines[1].0), (LogLevel::Debug, LogLevel::Info));
        assert_eq!(
            lines[1].1,
            format!(
                r#"{{"time":"2026-10-08T07:30:27.768Z","type":"platform.report","record":{{"requestId":"{id}","metrics":{{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":256,"maxMemoryUsedMB":123,"initDurationMs":463.512}},"status":"success"}}}}"#
            )
        );
    }

    #[test]
    fn what_fails_is_told_as_a_warning() {
        let slow = LogLine::InitReport {
            duration: Duration::from_micros(10_000_487),
            status: Status::Timeout,
            phase: "init",
        };
        let (level, text) = texts(&slow, false).pop().expect("a report");
        assert_eq!(level, LogLevel::Warn);
        assert!(text.ends_with(
            r#""platform.initReport","record":{"initializationType":"on-demand","phase":"init","status":"timeout","metrics":{"durationMs":10000.487}}}"#
        ), "{text}");
        let dead = Some(Status::Error("Runtime.\"Exit\"".into()));
        let (level, text) = texts(&report(None, dead), false).pop().expect("a report");
        assert_eq!(level, LogLevel::Warn);
        assert!(text.ends_with(r#","status":"error","errorType":"Runtime.\"Exit\""}}"#), "{text}");
        let (level, text) = texts(&report(None, None), true).pop().expect("a report");
        assert_eq!(level, LogLevel::Warn);
        assert!(text.ends_with(r#""maxMemoryUsedMB":123},"status":"error"}}"#), "{text}");
    }
}

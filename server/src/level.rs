//! Levels of log entries: how they are spelled, and which entry has which.

use engine::record::function::LogLevel;
use serde::Deserialize;

/// What an entry says of itself.
#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    timestamp: Option<&'a str>,
    /// AWS's runtime client for Python names the level of an error so.
    #[serde(borrow, alias = "log_level")]
    level: Option<&'a str>,
}

/// A level by its name.
pub(crate) fn parse(name: &str) -> Option<LogLevel> {
    match name.to_ascii_uppercase().as_str() {
        "TRACE" => Some(LogLevel::Trace),
        "DEBUG" => Some(LogLevel::Debug),
        "INFO" => Some(LogLevel::Info),
        // As Python names them.
        "WARN" | "WARNING" => Some(LogLevel::Warn),
        "ERROR" => Some(LogLevel::Error),
        "FATAL" | "CRITICAL" => Some(LogLevel::Fatal),
        _ => None,
    }
}

/// A level's name.
pub(crate) fn spell(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Trace => "TRACE",
        LogLevel::Debug => "DEBUG",
        LogLevel::Info => "INFO",
        LogLevel::Warn => "WARN",
        LogLevel::Error => "ERROR",
        LogLevel::Fatal => "FATAL",
    }
}

/// The level of what a function has logged: of a document with a level and a time its own, of
/// anything else INFO.
pub(crate) fn of(line: &str) -> LogLevel {
    if !line.starts_with('{') {
        return LogLevel::Info;
    }
    let Ok(Entry { timestamp, level }) = serde_json::from_str(line) else {
        return LogLevel::Info;
    };
    let has_time = timestamp.is_some_and(|text| wire::time::parse_iso8601(text).is_some());
    level.filter(|_| has_time).and_then(parse).unwrap_or(LogLevel::Info)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_the_level_that_it_says_with_its_time() {
        let at = |level: &str| format!("{{\"timestamp\":\"2026-11-26T11:00:00.123Z\",{level}}}\n");
        for (line, level) in [
            (at("\"level\":\"debug\""), LogLevel::Debug),
            (at("\"level\":\"WARNING\",\"message\":{\"level\":\"DEBUG\"}"), LogLevel::Warn),
            (at("\"log_level\":\"ERROR\""), LogLevel::Error),
            (at("\"level\":\"loud\""), LogLevel::Info),
            (at("\"level\":7"), LogLevel::Info),
            (at("\"a\":1"), LogLevel::Info),
            ("{\"level\":\"DEBUG\"}".into(), LogLevel::Info),
            ("{\"timestamp\":\"today\",\"level\":\"DEBUG\"}".into(), LogLevel::Info),
            ("[DEBUG] text".into(), LogLevel::Info),
        ] {
            assert_eq!(of(&line), level, "{line}");
        }
    }
}

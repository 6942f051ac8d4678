//! What the server and its node tell while they run: to standard error, as text or as JSON.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io;
use std::panic::{self, PanicHookInfo};
use std::thread;

use clap::ValueEnum;
use tracing::Subscriber;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry::Registry;

use crate::table;
use crate::value::ValueError;

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line for people
    Text,
    /// A line of JSON for programs
    Json,
}

/// Levels of what is told: one for all, and others for parts: `warn,node=debug`.
pub(crate) fn levels(text: &str) -> Result<Targets, ValueError> {
    let bad = || ValueError::LogLevels(text.to_owned());
    let mut levels = Targets::new();
    for part in text.split(',').map(str::trim) {
        let (target, level) = part.split_once('=').map_or((None, part), |(t, l)| (Some(t), l));
        // A number, or `off`, says nothing that a word for a level does not say better.
        let is_word = ["error", "warn", "info", "debug", "trace"].contains(&level);
        let level: LevelFilter = level.parse().ok().filter(|_| is_word).ok_or_else(bad)?;
        levels = match target {
            None => levels.with_default(level),
            Some("") => return Err(bad()),
            Some(target) => levels.with_target(target, level),
        };
    }
    Ok(levels)
}

/// Writes what is told from here on to standard error.
pub(crate) fn start(levels: Targets, format: Format) {
    let subscriber = subscriber(levels, format, table::is_coloured_error(), io::stderr);
    // Nothing else in this process listens.
    tracing::subscriber::set_global_default(subscriber).expect("the first to listen");
}

fn subscriber<W>(
    levels: Targets,
    format: Format,
    is_coloured: bool,
    writer: W,
) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // Where standard error is closed, there is nobody to be told so.
    let lines = fmt::layer().with_writer(writer).log_internal_errors(false);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        Format::Text => lines.with_ansi(is_coloured).boxed(),
        Format::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(levels))
}

/// Tells each panic with its thread, so that none ends in silence; ends quietly when nobody reads
/// the output any more, as in `warren plan … | head`.
pub(crate) fn tell_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let text = panic.payload_as_str().unwrap_or("of no text");
        if text.starts_with("failed printing to stdout") && text.contains("Broken pipe") {
            std::process::exit(0);
        }
        if !tracing::dispatcher::has_been_set() {
            return usual(panic);
        }
        tell_panic(panic, text);
    }));
}

fn tell_panic(panic: &PanicHookInfo<'_>, text: &str) {
    let thread = thread::current();
    let thread = thread.name().unwrap_or("without a name");
    let at = panic.location().map(ToString::to_string).unwrap_or_default();
    let backtrace = Backtrace::capture();
    match backtrace.status() {
        BacktraceStatus::Captured => {
            tracing::error!(thread, at, %backtrace, "panicked: {text}");
        }
        _ => tracing::error!(thread, at, "panicked: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(given: &str, format: Format, tell: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = subscriber(levels(given).unwrap(), format, false, move || writer.clone());
        tracing::subscriber::with_default(subscriber, tell);
        String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn levels_are_of_all_or_of_parts() {
        let tell = || {
            tracing::info!(target: "server::http", "served");
            tracing::debug!(target: "node::net", eni = "eni-1", "attached");
            tracing::warn!(target: "server::store", "is full");
        };
        let told = written("warn,node=debug", Format::Text, tell);
        assert!(told.contains("is full") && told.contains("attached eni=\"eni-1\""), "{told}");
        assert!(!told.contains("served"), "{told}");
        assert_eq!(written("info", Format::Text, tell).lines().count(), 2);
        for bad in ["", "loud", "warn,", "warn,=debug", "node=", "node=loud", "3"] {
            assert_eq!(levels(bad), Err(ValueError::LogLevels(bad.to_owned())), "{bad}");
        }
    }

    #[test]
    fn a_panic_is_told_with_its_thread_and_place() {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(|panic| tell_panic(panic, panic.payload_as_str().unwrap())));
        let told = written("error", Format::Json, || {
            assert!(panic::catch_unwind(|| panic!("out of order")).is_err());
        });
        panic::set_hook(usual);
        let event: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(event["message"], "panicked: out of order");
        assert_eq!(event["thread"], thread::current().name().unwrap());
        assert!(event["at"].as_str().unwrap().starts_with("cli/src/log.rs:"), "{event}");
    }

    #[test]
    fn json_is_a_line_with_the_fields_of_its_event() {
        let told = written("info", Format::Json, || {
            tracing::error!(request = "r-1", "failed");
        });
        let event: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!((&event["level"], &event["message"]), (&"ERROR".into(), &"failed".into()));
        assert_eq!(event["request"], "r-1");
        assert!(event["timestamp"].is_string() && told.ends_with("}\n"));
    }
}

//! `warren record`: what a running server is asked to run, as a trace that can be planned with.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use engine::time::Time;
use server::internal::record::{Invocation, Part};
use sim::trace::csv::{Line, write_header, write_line};

use crate::client::{Client, ClientError, ServerArgs};
use crate::file::NewFile;
use crate::output::Output;
use crate::value;

/// How often the server is asked.
const EVERY: Duration = Duration::from_millis(500);

/// The words of `warren record`.
#[derive(Debug, clap::Args)]
pub(crate) struct RecordArgs {
    /// Where to (default: standard output); what is there is replaced once the server has answered
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// For how long, beside what the server remembers already (default: until it is interrupted);
    /// 0s writes what it remembers and ends
    #[arg(long = "for", value_name = "1h", value_parser = value::span("--for"))]
    span: Option<Duration>,
    /// CSV, or all that is known of each invocation, a line of JSON each
    #[arg(long, value_enum, default_value = "table")]
    output: Output,
    #[command(flatten)]
    server: ServerArgs,
}

/// Why a record ended.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RecordError {
    #[error(transparent)]
    Client(#[from] ClientError),
    #[error("{} cannot be written: {error}", path.display())]
    Unopened { path: PathBuf, error: io::Error },
    #[error("record cannot be written: {0}")]
    Unwritable(#[from] io::Error),
}

pub(crate) fn run(args: RecordArgs) -> Result<(), RecordError> {
    let client = Client::new(args.server)?;
    let (output, limit) = (args.output, args.span);
    let begin = Instant::now();
    // A server that does not answer costs no file its content.
    let first: Part = client.get("invocations/0")?;
    let unopened =
        |error| RecordError::Unopened { path: args.to.clone().unwrap_or_default(), error };
    let out = match &args.to {
        Some(path) => Out::File(NewFile::create(path).map_err(unopened)?),
        None => Out::Standard(io::stdout()),
    };
    let out = BufWriter::new(out);
    let mut recorder =
        Recorder { out, output, next: 0, told: BTreeSet::new(), written: 0, lost: 0 };
    if output == Output::Table {
        write_header(&mut recorder.out)?;
    }
    recorder.take(first)?;
    // From here on what is recorded is there, however this ends.
    recorder.out.get_mut().keep().map_err(unopened)?;
    loop {
        if limit.is_some_and(|limit| begin.elapsed() >= limit) {
            if io::stderr().is_terminal() {
                eprintln!();
            }
            return Ok(());
        }
        sleep(EVERY.min(limit.map_or(EVERY, |limit| limit.saturating_sub(begin.elapsed()))));
        recorder.take(client.get(&format!("invocations/{}", recorder.next))?)?;
    }
}

/// Where a record goes.
enum Out {
    Standard(io::Stdout),
    File(NewFile),
}

impl Out {
    fn keep(&mut self) -> io::Result<()> {
        match self {
            Out::Standard(_) => Ok(()),
            Out::File(file) => file.keep(),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Standard(out) => out.write(bytes),
            Out::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Standard(out) => out.flush(),
            Out::File(file) => file.flush(),
        }
    }
}

struct Recorder {
    out: BufWriter<Out>,
    output: Output,
    /// From which number on the server is asked.
    next: u64,
    /// Numbers from there on that were written already.
    told: BTreeSet<u64>,
    written: u64,
    lost: u64,
}

impl Recorder {
    fn take(&mut self, part: Part) -> io::Result<()> {
        if self.next > 0 && part.first > self.next {
            self.lost += part.first - self.next;
            eprintln!("{} invocations came and were forgotten meanwhile", self.lost);
        }
        for invocation in &part.invocations {
            if self.told.insert(invocation.number) {
                self.write(invocation)?;
                self.written += 1;
            }
        }
        self.next = part.next;
        self.told = self.told.split_off(&self.next);
        self.out.flush()?;
        if io::stderr().is_terminal() {
            eprint!("\r{} invocations ", self.written);
        }
        Ok(())
    }

    fn write(&mut self, invocation: &Invocation) -> io::Result<()> {
        if self.output == Output::Json {
            serde_json::to_writer(&mut self.out, invocation)?;
            return self.out.write_all(b"\n");
        }
        let line = Line {
            at: Time(invocation.at),
            function: match invocation.version {
                Some(version) => format!("{}:{version}", invocation.function),
                None => invocation.function.clone(),
            },
            duration: invocation.duration.map(Duration::from_nanos),
            memory: invocation.memory,
            start: invocation.start.map(Duration::from_nanos),
        };
        write_line(&mut self.out, &line)
    }
}

//! `warren record`: what a running server is asked to run, as a trace that can be planned with.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::thread::sleep;
use std::time::{Duration, Instant};

use engine::time::Time;
use server::internal::record::{Invocation, Part};
use sim::trace::csv::{Line, write_header, write_line};
use sim::trace::synthetic::time;

use crate::client::Client;
use crate::options::{Output, Words};

/// How often the server is asked.
const EVERY: Duration = Duration::from_millis(500);

pub(crate) const HELP: &str = "  \
  --to FILE                where to (default: standard output)
  --for 1h                 for how long, beside what the server remembers already (default: until it
                           is interrupted); 0s writes what it remembers and ends
  --output json            all that is known of each invocation, a line each, in the place of CSV
";

pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let mut words = Words::of("record", words);
    let client = Client::take(&mut words)?;
    let output = Output::take(&mut words)?;
    let limit = match words.value("--for")? {
        None => None,
        Some(text) => {
            Some(time(text).ok_or_else(|| format!("--for {text} is not a time\nhint: 90s or 1h"))?)
        }
    };
    let path = words.value("--to")?.map(str::to_owned);
    if let Some(word) = words.rest()?.first() {
        return Err(format!("{word} is not understood\nhint: warren record --help"));
    }
    let out: Box<dyn Write> = match &path {
        Some(path) => Box::new(
            File::create(path).map_err(|error| format!("{path} cannot be written: {error}"))?,
        ),
        None => Box::new(io::stdout()),
    };
    let mut recorder = Recorder {
        out: BufWriter::new(out),
        output,
        next: 0,
        told: BTreeSet::new(),
        written: 0,
        lost: 0,
    };
    if output == Output::Table {
        write_header(&mut recorder.out).map_err(|error| error.to_string())?;
    }
    let begin = Instant::now();
    loop {
        recorder.take(client.get(&format!("invocations/{}", recorder.next))?)?;
        if limit.is_some_and(|limit| begin.elapsed() >= limit) {
            if io::stderr().is_terminal() {
                eprintln!();
            }
            return Ok(());
        }
        sleep(EVERY.min(limit.map_or(EVERY, |limit| limit.saturating_sub(begin.elapsed()))));
    }
}

struct Recorder {
    out: BufWriter<Box<dyn Write>>,
    output: Output,
    /// From which number on the server is asked.
    next: u64,
    /// Numbers from there on that were written already.
    told: BTreeSet<u64>,
    written: u64,
    lost: u64,
}

impl Recorder {
    fn take(&mut self, part: Part) -> Result<(), String> {
        if self.next > 0 && part.first > self.next {
            self.lost += part.first - self.next;
            eprintln!("{} invocations came and were forgotten meanwhile", self.lost);
        }
        for invocation in &part.invocations {
            if self.told.insert(invocation.number) {
                self.write(invocation)
                    .map_err(|error| format!("record cannot be written: {error}"))?;
                self.written += 1;
            }
        }
        self.next = part.next;
        self.told = self.told.split_off(&self.next);
        self.out.flush().map_err(|error| format!("record cannot be written: {error}"))?;
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

//! Plain CSV: a header and one call per line.
//!
//! Columns may stand in any order, others are ignored:
//! - `timestamp` (also `@timestamp`): RFC 3339, `2026-11-24 13:00:00.123` as CloudWatch Logs
//!   Insights exports it, or a number since the epoch: seconds below 10^11, else milliseconds;
//! - `function` (also `functionName`, `function_name`), of a published version `function:number`;
//! - `duration` (also `@duration`, `duration_ms`): milliseconds, or with the unit `ms` or `s`;
//!   empty for a call that was refused, which is taken to need what its function needs on average;
//! - `memory` (also `memorySize`, `@memorySize`, `memory_mb`): MB, also as `128 MB`; what
//!   CloudWatch gives as bytes (10^6 and more) is read as such;
//! - `start`, which may be missing: milliseconds that the start of the call's environment took;
//!   empty where none was started.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use engine::time::Time;

use super::call::{Arrivals, Call, Trace, Traced};
use super::error::{Place, TraceError};

const TIMESTAMP: &[&str] = &["timestamp", "@timestamp", "time"];
const FUNCTION: &[&str] = &["function", "functionname", "function_name"];
const DURATION: &[&str] = &["duration", "@duration", "duration_ms", "durationms"];
const MEMORY: &[&str] = &["memory", "memorysize", "@memorysize", "memory_mb", "memory_size"];

/// MB that a function may have.
const MOST: f64 = 10_240.0;
/// Nanoseconds that a trace may span: more is a slip of units.
const LONGEST: u64 = 10 * 366 * 86_400 * 1_000_000_000;

/// One line of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// When the call came.
    pub at: Time,
    /// The function's name, of a published version with its number.
    pub function: String,
    /// How long it ran; none when it was refused.
    pub duration: Option<Duration>,
    /// MB of memory.
    pub memory: u32,
    /// How long the start of its environment took, where one was started.
    pub start: Option<Duration>,
}

/// Writes the header.
///
/// # Errors
/// When it cannot be written.
pub fn write_header(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "timestamp,function,duration,memory,start")
}

/// Writes a line: the time in RFC 3339 with microseconds, the duration in milliseconds.
///
/// # Errors
/// When it cannot be written.
pub fn write_line(out: &mut impl Write, line: &Line) -> io::Result<()> {
    let (year, month, day) = line.at.date();
    let of_day = line.at.0 / 1_000 % 86_400_000_000;
    let (seconds, micros) = (of_day / 1_000_000, of_day % 1_000_000);
    write!(out, "{year:04}-{month:02}-{day:02}T")?;
    write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
    write!(out, ".{micros:06}Z,{},", quoted(&line.function))?;
    let millis = |span: Option<Duration>| match span {
        Some(span) => format!("{}.{:03}", span.as_millis(), span.as_micros() % 1_000),
        None => String::new(),
    };
    writeln!(out, "{},{},{}", millis(line.duration), line.memory, millis(line.start))
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Opens a file; all of it is read and checked before anything is answered.
///
/// # Errors
/// When it cannot be read, or a line is not as it must be.
pub fn open(file: &Path) -> Result<Trace, TraceError> {
    let text = fs::read_to_string(file)
        .map_err(|error| TraceError::File { file: file.to_owned(), error })?;
    parse(file, &text)
}

struct Columns {
    names: Vec<String>,
    timestamp: usize,
    function: usize,
    duration: usize,
    memory: usize,
    start: Option<usize>,
}

struct Reader<'a> {
    file: &'a Path,
    columns: Columns,
    functions: Vec<Traced>,
    places: HashMap<String, u32>,
    calls: Vec<(Call, bool)>,
}

fn parse(file: &Path, text: &str) -> Result<Trace, TraceError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = records(text);
    let fail = |line, reason: &str| TraceError::Malformed {
        file: file.to_owned(),
        place: Place { line, column: None, name: None },
        reason: reason.to_owned(),
    };
    let (line, header) =
        records.next().ok_or_else(|| fail(1, "the file is empty, a header is needed"))?;
    let header = header.map_err(|reason| fail(line, reason))?;
    let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let find = |wanted: &[&str]| {
        let is = |name: &&String| wanted.contains(&name.to_ascii_lowercase().as_str());
        let mut found = names.iter().filter(is);
        let Some(name) = found.next() else {
            let has = names.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
            return Err(fail(line, &format!("the header has no column {}, but {has}", wanted[0])));
        };
        if found.any(|other| other == name) {
            return Err(fail(line, &format!("the header has the column {name} twice")));
        }
        Ok(names.iter().position(|each| each == name).expect("it was found"))
    };
    let columns = Columns {
        timestamp: find(TIMESTAMP)?,
        function: find(FUNCTION)?,
        duration: find(DURATION)?,
        memory: find(MEMORY)?,
        start: names.iter().position(|name| name == "start"),
        names,
    };
    let mut reader =
        Reader { file, columns, functions: Vec::new(), places: HashMap::new(), calls: Vec::new() };
    for (line, cells) in records {
        let cells = cells.map_err(|reason| fail(line, reason))?;
        reader.row(line, &cells)?;
    }
    reader.finish().ok_or_else(|| fail(line, "there is no call in the file"))
}

impl Reader<'_> {
    fn row(&mut self, line: u64, cells: &[String]) -> Result<(), TraceError> {
        let names = &self.columns.names;
        if cells.len() != names.len() {
            let reason = format!("{} columns, the header has {}", cells.len(), names.len());
            return Err(self.malformed(line, None, reason));
        }
        let Columns { timestamp, function, duration, memory, start, .. } = self.columns;
        let cell = |at: usize| cells[at].trim();
        let bad = |at: usize, what: &str| {
            self.malformed(line, Some(at), format!("`{}` is not {what}", cell(at)))
        };
        let at = instant(cell(timestamp)).ok_or_else(|| bad(timestamp, "a time"))?;
        if let Some((first, _)) = self.calls.first()
            && at.0.abs_diff(first.at.0) > LONGEST
        {
            let reason = format!("`{}` is over ten years from the first call", cell(timestamp));
            return Err(self.malformed(line, Some(timestamp), reason));
        }
        if cell(function).is_empty() {
            return Err(self.malformed(line, Some(function), "the name is empty".into()));
        }
        let micros = match cell(duration) {
            "" => None,
            text => Some(micros(text).ok_or_else(|| bad(duration, "a duration in milliseconds"))?),
        };
        let size = megabytes(cell(memory)).ok_or_else(|| bad(memory, "a size of 1 to 10240 MB"))?;
        let place = match self.places.get(cell(function)) {
            Some(place) => *place,
            None => {
                let place = self.functions.len() as u32;
                let name = cell(function).to_owned();
                self.places.insert(name.clone(), place);
                self.functions.push(Traced { name, memory: size });
                place
            }
        };
        // A function is planned with the memory that it had last.
        self.functions[place as usize].memory = size;
        let began = start.and_then(|at| self::micros(cell(at)));
        let start = match start.filter(|at| !cells[*at].trim().is_empty()) {
            None => 0,
            Some(at) => began.ok_or_else(|| {
                let reason = format!("`{}` is not a duration in milliseconds", cells[at].trim());
                self.malformed(line, Some(at), reason)
            })?,
        };
        let call = Call { at, function: place, duration: micros.unwrap_or(0), start };
        self.calls.push((call, micros.is_some()));
        Ok(())
    }

    fn malformed(&self, line: u64, column: Option<usize>, reason: String) -> TraceError {
        TraceError::Malformed {
            file: self.file.to_owned(),
            place: Place {
                line,
                column: column.map(|at| at as u64 + 1),
                name: column.map(|at| self.columns.names[at].clone()),
            },
            reason,
        }
    }

    fn finish(mut self) -> Option<Trace> {
        let mut sums = vec![(0u64, 0u64); self.functions.len()];
        for (call, _) in self.calls.iter().filter(|(_, ran)| *ran) {
            let (sum, count) = &mut sums[call.function as usize];
            *sum += u64::from(call.duration);
            *count += 1;
        }
        for (call, _) in self.calls.iter_mut().filter(|(_, ran)| !ran) {
            let (sum, count) = sums[call.function as usize];
            call.duration = sum.checked_div(count).map_or(100_000, |mean| mean as u32);
        }
        let mut calls: Vec<Call> = self.calls.into_iter().map(|(call, _)| call).collect();
        calls.sort_by_key(|call| call.at);
        let (first, last) = (calls.first()?, calls.last()?);
        let span = last.at - first.at + Duration::from_micros(u64::from(last.duration) + 1);
        Some(Trace {
            functions: self.functions,
            begin: first.at,
            span,
            calls: calls.len() as u64,
            arrivals: Box::new(Sorted { calls, given: 0 }),
        })
    }
}

struct Sorted {
    calls: Vec<Call>,
    given: usize,
}

impl Arrivals for Sorted {
    fn next(&mut self, into: &mut Vec<Call>) -> Result<bool, TraceError> {
        let end = (self.given + 65_536).min(self.calls.len());
        into.extend_from_slice(&self.calls[self.given..end]);
        self.given = end;
        Ok(end < self.calls.len())
    }
}

type Record = Result<Vec<String>, &'static str>;

/// Records with the lines on which they begin; blank lines are left out (RFC 4180).
fn records(text: &str) -> impl Iterator<Item = (u64, Record)> + '_ {
    let mut rest = text;
    let mut line = 1;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let begin = line;
            let end = record_end(rest);
            let record = &rest[..end];
            rest = &rest[end..];
            line += record.matches('\n').count() as u64;
            let record = record.trim_end_matches(['\n', '\r']);
            if !record.trim().is_empty() {
                return Some((begin, cells(record)));
            }
        }
    })
}

/// Where a record ends, its line break included: one between quotes does not end it.
fn record_end(text: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn cells(record: &str) -> Record {
    let mut cells = Vec::new();
    let mut rest = record;
    loop {
        if let Some(quoted) = rest.trim_start().strip_prefix('"') {
            let mut cell = String::new();
            let mut inside = quoted;
            loop {
                let Some(end) = inside.find('"') else { return Err("a quote is not closed") };
                cell.push_str(&inside[..end]);
                inside = &inside[end + 1..];
                match inside.strip_prefix('"') {
                    Some(more) => {
                        cell.push('"');
                        inside = more;
                    }
                    None => break,
                }
            }
            cells.push(cell);
            match inside.trim_start().strip_prefix(',') {
                Some(more) => rest = more,
                None if inside.trim().is_empty() => return Ok(cells),
                None => return Err("something follows a closing quote"),
            }
        } else {
            match rest.split_once(',') {
                Some((cell, more)) => {
                    cells.push(cell.to_owned());
                    rest = more;
                }
                None => {
                    cells.push(rest.to_owned());
                    return Ok(cells);
                }
            }
        }
    }
}

/// An instant in one of the forms that are understood.
fn instant(text: &str) -> Option<Time> {
    if let Ok(number) = text.parse::<f64>() {
        let seconds = if number < 1e11 { number } else { number / 1e3 };
        let micros = (seconds * 1e6).round();
        return (0.0..1.8e16).contains(&micros).then(|| Time(micros as u64 * 1_000));
    }
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let mut date = date.split('-');
    let year: u64 = digits(date.next()?, 4)?;
    let (month, day) = (digits(date.next()?, 2)?, digits(date.next()?, 2)?);
    if date.next().is_some() || !(1970..2500).contains(&year) {
        return None;
    }
    let (time, offset) = zone(time)?;
    let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut clock = clock.split(':');
    let (hour, minute, second) =
        (digits(clock.next()?, 2)?, digits(clock.next()?, 2)?, digits(clock.next()?, 2)?);
    if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos: u64 = format!("{fraction:0<9}").parse().ok()?;
    let days = days_of(year, month, day)?;
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second;
    let seconds = i64::try_from(seconds).ok()?.checked_sub(offset)?;
    Some(Time(u64::try_from(seconds).ok()? * 1_000_000_000 + nanos))
}

/// A time without its zone, and the zone's seconds east of UTC.
fn zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, 0)) };
    let (time, offset) = time.split_at(at);
    let (hours, minutes) = offset[1..].split_once(':')?;
    let seconds = (digits(hours, 2)? * 3600 + digits(minutes, 2)? * 60) as i64;
    Some((time, if offset.starts_with('-') { -seconds } else { seconds }))
}

fn digits(text: &str, count: usize) -> Option<u64> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// Days since the epoch (Hinnant, "chrono-compatible low-level date algorithms").
fn days_of(year: u64, month: u64, day: u64) -> Option<u64> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let most = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=most).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468)
}

fn micros(text: &str) -> Option<u32> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1e3),
        None => match text.strip_suffix('s') {
            Some(number) => (number, 1e6),
            None => (text, 1e3),
        },
    };
    let micros = (number.trim().parse::<f64>().ok()? * unit).round();
    (0.0..=f64::from(u32::MAX)).contains(&micros).then_some(micros as u32)
}

fn megabytes(text: &str) -> Option<u32> {
    let number = text.strip_suffix("MB").or(text.strip_suffix("MiB")).unwrap_or(text).trim();
    let number = number.parse::<f64>().ok().filter(|number| number.is_finite())?;
    let megabytes = if number >= 1e6 { number / 1e6 } else { number };
    (1.0..=MOST).contains(&megabytes).then_some(megabytes.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Vec<Traced>, Vec<Call>), String> {
        let mut trace = parse(Path::new("t.csv"), text).map_err(|error| error.to_string())?;
        let mut calls = Vec::new();
        while trace.arrivals.next(&mut calls).expect("it was read") {}
        assert_eq!(trace.calls, calls.len() as u64);
        Ok((trace.functions, calls))
    }

    #[test]
    fn the_forms_that_people_export_are_read() {
        let (functions, calls) = read(
            "\u{feff}@timestamp,@memorySize,\"functionName\",extra,@duration\r\n\
             2026-11-24 13:00:01.500,1.28E8,\"a,\"\"b\",x,12.5\r\n\r\n\
             2026-11-24T14:00:00+01:00,256 MB,c,,3 ms\r\n\
             1795525200.25,256,c,,\r\n",
        )
        .unwrap();
        assert_eq!(functions[0], Traced { name: "a,\"b".into(), memory: 128 });
        let base = 1_795_525_200_000_000_000;
        let call = |at: u64, function, duration| Call {
            at: Time(base + at),
            function,
            duration,
            start: 0,
        };
        let wanted =
            [call(0, 1, 3_000), call(250_000_000, 1, 3_000), call(1_500_000_000, 0, 12_500)];
        assert_eq!(calls, wanted);
    }

    #[test]
    fn what_is_malformed_is_placed() {
        let head = "timestamp,function,duration,memory\n";
        for (text, wanted) in [
            ("", "line 1: the file is empty, a header is needed"),
            (
                "timestamp,function,memory\n",
                "line 1: the header has no column duration, but timestamp, function, memory",
            ),
            (
                "timestamp,function,memory,duration,memory\n",
                "line 1: the header has the column memory twice",
            ),
            (
                "1767225600,f,1,128\n1.7,f,1,128\n",
                "line 3, column 1 (timestamp): `1.7` is over ten years from the first call",
            ),
            ("1,f,1,99999\n", "line 2, column 4 (memory): `99999` is not a size of 1 to 10240 MB"),
            (head, "line 1: there is no call in the file"),
            ("now,f,1,128\n", "line 2, column 1 (timestamp): `now` is not a time"),
            (
                "2026-02-30T00:00:00Z,f,1,128\n",
                "line 2, column 1 (timestamp): `2026-02-30T00:00:00Z` is not a time",
            ),
            (
                "1,f,1,128\n\n2,f,-1,128\n",
                "line 4, column 3 (duration): `-1` is not a duration in milliseconds",
            ),
            ("1,f,1,lots\n", "line 2, column 4 (memory): `lots` is not a size of 1 to 10240 MB"),
            ("1,,1,128\n", "line 2, column 2 (function): the name is empty"),
            ("1,f,1\n", "line 2: 3 columns, the header has 4"),
            ("1,\"f,1,128\n", "line 2: a quote is not closed"),
            ("1,\"f\"x,1,128\n", "line 2: something follows a closing quote"),
        ] {
            let is_whole = text.is_empty() || text.starts_with("timestamp");
            let text = if is_whole { text.to_owned() } else { format!("{head}{text}") };
            assert_eq!(read(&text).unwrap_err(), format!("trace t.csv: {wanted}"), "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let line = |at, function: &str, micros: Option<u64>| Line {
            at: Time(at),
            function: function.into(),
            duration: micros.map(Duration::from_micros),
            memory: 512,
            start: micros.map(Duration::from_micros),
        };
        let lines = [
            line(1_795_525_200_000_001_000, "f", Some(1_234)),
            line(1_795_525_201_000_000_000, "g \"x\"", Some(70)),
        ];
        let mut text = Vec::new();
        write_header(&mut text).unwrap();
        for line in &lines {
            write_line(&mut text, line).unwrap();
        }
        let (functions, calls) = read(std::str::from_utf8(&text).unwrap()).unwrap();
        for (call, line) in calls.iter().zip(&lines) {
            assert_eq!(functions[call.function as usize].name, line.function);
            assert_eq!(
                (call.at, Some(u64::from(call.duration))),
                (line.at, line.duration.map(|d| d.as_micros() as u64))
            );
        }
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let valid = "timestamp,function,duration,memory\n2026-11-24T13:00:00Z,\"f\",12.5,128\n1,g,,256 MB\n";
        let mut random = engine::random::Random::new(5);
        for _ in 0..20_000 {
            let mut bytes = valid.as_bytes().to_vec();
            for _ in 0..random.draw() % 4 + 1 {
                let at = random.draw() as usize % bytes.len();
                match random.draw() % 3 {
                    0 => bytes[at] = b"\",\n\r-+.:TZeE9 x"[random.draw() as usize % 15],
                    1 => drop(bytes.remove(at)),
                    _ => bytes.insert(at, b"\",\n0"[random.draw() as usize % 4]),
                }
            }
            if let Ok(text) = std::str::from_utf8(&bytes) {
                let _ = read(text);
            }
        }
    }
}

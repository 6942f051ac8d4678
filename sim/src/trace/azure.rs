//! The layout of the Azure Functions trace of 2019: calls per minute, durations, memory.
//!
//! Published with Shahrad et al., "Serverless in the Wild", USENIX ATC 2020 (AzurePublicDataset,
//! CC-BY 4.0). Three tables join on the function's hash. What the trace does not say is drawn by a
//! seeded rule: where in its minute a call lies ([`Spread`]), and its duration, which comes from
//! the percentiles by linear interpolation and is at least one millisecond. A function without
//! durations runs for 100 ms, one without memory has 128 MB; memory is the next of Lambda's usual
//! sizes that holds the 99th percentile.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use engine::random::Random;
use engine::time::Time;

use super::call::{Arrivals, Call, Trace, Traced};
use super::error::{Place, TraceError};
use crate::distribution::exponential;

/// The first day of the trace: 15 July 2019.
const FIRST_DAY: u64 = 1_563_148_800_000_000_000;
/// Nanoseconds of a minute.
const MINUTE: u64 = 60_000_000_000;
/// Microseconds of a minute.
const MINUTE_MICROS: u64 = 60_000_000;
/// Microseconds that a call takes at least.
const SHORTEST: f64 = 1_000.0;
/// Calls of a function in a minute, at most: they are drawn and sorted together.
const MOST: u32 = 10_000_000;
/// Memory sizes that functions are given, in MB.
const SIZES: [u32; 10] = [128, 256, 512, 1024, 1536, 2048, 3008, 4096, 6144, 10240];

/// How the calls of a minute lie in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Anywhere, each by itself.
    Uniform,
    /// With exponential gaps, stretched to the minute.
    Exponential,
    /// With equal gaps.
    Equidistant,
}

/// A text that names no spread.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("spread {0} is not known\nhint: uniform, exponential or equidistant")]
pub struct UnknownSpread(String);

impl FromStr for Spread {
    type Err = UnknownSpread;
    fn from_str(text: &str) -> Result<Spread, UnknownSpread> {
        match text {
            "uniform" => Ok(Spread::Uniform),
            "exponential" => Ok(Spread::Exponential),
            "equidistant" => Ok(Spread::Equidistant),
            other => Err(UnknownSpread(other.to_owned())),
        }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Spread::Uniform => "uniform",
            Spread::Exponential => "exponential",
            Spread::Equidistant => "equidistant",
        })
    }
}

/// A table with a header.
struct Table {
    file: PathBuf,
    columns: HashMap<String, usize>,
    text: String,
}

/// A row of a table.
struct Row<'a> {
    table: &'a Table,
    line: u64,
    cells: Vec<&'a str>,
}

impl Table {
    fn open(directory: &Path, names: &[&str]) -> Result<Table, TraceError> {
        let found = names.iter().map(|name| directory.join(name)).find(|path| path.exists());
        let file = found.unwrap_or_else(|| directory.join(names[0]));
        let text = fs::read_to_string(&file)
            .map_err(|error| TraceError::File { file: file.clone(), error })?;
        let header = text.lines().next().unwrap_or_default();
        let columns = header.split(',').map(str::trim).map(str::to_owned);
        let columns = columns.enumerate().map(|(at, name)| (name, at)).collect();
        Ok(Table { file, columns, text })
    }

    fn malformed(&self, line: u64, column: Option<(usize, &str)>, reason: String) -> TraceError {
        TraceError::Malformed {
            file: self.file.clone(),
            place: Place {
                line,
                column: column.map(|(at, _)| at as u64 + 1),
                name: column.map(|(_, name)| name.to_owned()),
            },
            reason,
        }
    }

    fn column(&self, name: &str) -> Result<usize, TraceError> {
        let missing = || self.malformed(1, None, format!("there is no column {name}"));
        self.columns.get(name).copied().ok_or_else(missing)
    }

    fn rows(&self) -> impl Iterator<Item = Result<Row<'_>, TraceError>> {
        let width = self.columns.len();
        let lines = self.text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty());
        lines.map(move |(at, line)| {
            let cells: Vec<_> = line.split(',').map(str::trim).collect();
            let line = at as u64 + 1;
            if cells.len() != width {
                let reason = format!("{} columns, the header has {width}", cells.len());
                return Err(self.malformed(line, None, reason));
            }
            Ok(Row { table: self, line, cells })
        })
    }
}

impl Row<'_> {
    fn number(&self, at: usize, name: &str) -> Result<f64, TraceError> {
        let number = self.cells[at].parse::<f64>().ok();
        number.filter(|number| number.is_finite() && *number >= 0.0).ok_or_else(|| {
            let reason = format!("`{}` is not a number from 0", self.cells[at]);
            self.table.malformed(self.line, Some((at, name)), reason)
        })
    }
}

/// The names of a table's rows, each of which stands once.
struct Distinct<'a> {
    column: &'static str,
    at: usize,
    lines: HashMap<&'a str, u64>,
}

impl<'a> Distinct<'a> {
    fn of(column: &'static str, at: usize) -> Distinct<'a> {
        Distinct { column, at, lines: HashMap::new() }
    }

    fn note(&mut self, row: &Row<'a>) -> Result<(), TraceError> {
        let name = row.cells[self.at];
        match self.lines.insert(name, row.line) {
            None => Ok(()),
            Some(line) => {
                let reason = format!("{name} stands in line {line} already");
                Err(row.table.malformed(row.line, Some((self.at, self.column)), reason))
            }
        }
    }
}

/// A duration's distribution: probabilities and microseconds, both rising.
#[derive(Debug, Clone)]
struct Durations {
    micros: [f64; 7],
}

/// The percentiles of the table.
const PERCENTILES: [f64; 7] = [0.0, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0];

impl Durations {
    fn draw(&self, bits: u32) -> u32 {
        let p = f64::from(bits) / 4_294_967_296.0;
        let upper = PERCENTILES[1..6].iter().position(|bound| p < *bound).map_or(6, |at| at + 1);
        let (low, high) = (PERCENTILES[upper - 1], PERCENTILES[upper]);
        let (from, to) = (self.micros[upper - 1], self.micros[upper]);
        let micros = from + (to - from) * (p - low) / (high - low);
        micros.clamp(SHORTEST, f64::from(u32::MAX)) as u32
    }
}

struct Function {
    counts: Vec<u32>,
    durations: Durations,
    seed: u64,
}

struct Azure {
    functions: Vec<Function>,
    begin: u64,
    minute: usize,
    minutes: usize,
    spread: Spread,
    unsorted: Vec<Call>,
    starts: Vec<u32>,
}

/// Opens a directory with the three tables.
///
/// # Errors
/// When one is missing or malformed; all are read before anything is answered.
pub fn open(directory: &Path, seed: u64, spread: Spread) -> Result<Trace, TraceError> {
    let table = |names| Table::open(directory, names);
    let calls = table(&["invocations.csv", "invocations_per_function_md.anon.d01.csv"])?;
    let durations = table(&["durations.csv", "function_durations_percentiles.anon.d01.csv"])?;
    let memory = table(&["memory.csv", "app_memory_percentiles.anon.d01.csv"])?;
    let durations = read_durations(&durations)?;
    let (memory, key) = read_memory(&memory)?;
    let name_at = calls.column("HashFunction")?;
    let key_at = calls.column(key)?;
    let (first, minutes) = minutes(&calls)?;
    let mut traced: Vec<Traced> = Vec::new();
    let mut functions: Vec<Function> = Vec::new();
    let mut names = Distinct::of("HashFunction", name_at);
    let mut all = 0;
    for row in calls.rows() {
        let row = row?;
        let name = row.cells[name_at].to_owned();
        names.note(&row)?;
        let counts = counts(&calls, &row, &minutes)?;
        all += counts.iter().copied().map(u64::from).sum::<u64>();
        let unknown = Durations { micros: [100_000.0; 7] };
        let needed = memory.get(row.cells[key_at]).copied().unwrap_or(0.0);
        let memory = SIZES.into_iter().find(|size| f64::from(*size) >= needed);
        functions.push(Function {
            counts,
            durations: durations.get(&name).cloned().unwrap_or(unknown),
            seed: name
                .bytes()
                .fold(seed, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        });
        traced.push(Traced { name, memory: memory.unwrap_or(SIZES[SIZES.len() - 1]) });
    }
    if all == 0 {
        return Err(calls.malformed(1, None, "there is no call in the file".into()));
    }
    // The header counts the minutes of a day from 1 in the original, from 0 in excerpts.
    let begin = FIRST_DAY + first * MINUTE;
    let azure = Azure {
        functions,
        begin,
        minute: 0,
        minutes: minutes.len(),
        spread,
        unsorted: Vec::new(),
        starts: Vec::new(),
    };
    Ok(Trace {
        functions: traced,
        begin: Time(begin),
        span: Duration::from_secs(60 * minutes.len() as u64),
        calls: all,
        arrivals: Box::new(azure),
    })
}

/// A column of a minute: its place and its name.
type Minute<'a> = (usize, &'a str);

/// The first minute, and the columns of all, without a gap.
fn minutes(calls: &Table) -> Result<(u64, Vec<Minute<'_>>), TraceError> {
    let mut minutes: Vec<(u64, usize, &str)> = calls
        .columns
        .iter()
        .filter_map(|(name, at)| Some((name.parse().ok()?, *at, name.as_str())))
        .collect();
    minutes.sort_unstable();
    let Some((first, ..)) = minutes.first().copied() else {
        return Err(calls.malformed(1, None, "there is no column of a minute".into()));
    };
    let last = minutes.last().map_or(first, |(minute, ..)| *minute);
    if last - first + 1 != minutes.len() as u64 {
        return Err(calls.malformed(1, None, "a minute is missing or stands twice".into()));
    }
    Ok((first, minutes.into_iter().map(|(_, at, name)| (at, name)).collect()))
}

/// How often a function was called in each minute.
fn counts(calls: &Table, row: &Row<'_>, minutes: &[Minute<'_>]) -> Result<Vec<u32>, TraceError> {
    let mut counts = Vec::with_capacity(minutes.len());
    for (at, minute) in minutes {
        let count: u32 = row.cells[*at].parse().map_err(|_| {
            let reason = format!("`{}` is not a count", row.cells[*at]);
            calls.malformed(row.line, Some((*at, minute)), reason)
        })?;
        if count > MOST {
            let reason = format!("{count} calls in a minute are more than {MOST}");
            return Err(calls.malformed(row.line, Some((*at, minute)), reason));
        }
        counts.push(count);
    }
    Ok(counts)
}

fn read_durations(table: &Table) -> Result<HashMap<String, Durations>, TraceError> {
    let name_at = table.column("HashFunction")?;
    let mut columns = Vec::new();
    for percentile in ["0", "1", "25", "50", "75", "99", "100"] {
        let name = format!("percentile_Average_{percentile}");
        columns.push((table.column(&name)?, name));
    }
    let mut found = HashMap::new();
    let mut names = Distinct::of("HashFunction", name_at);
    for row in table.rows() {
        let row = row?;
        let mut micros = [0.0; 7];
        let mut before = 0.0;
        for (place, (at, name)) in columns.iter().enumerate() {
            let millis = row.number(*at, name)?;
            if millis < before {
                let reason = format!("{millis} is less than the percentile before it");
                return Err(table.malformed(row.line, Some((*at, name)), reason));
            }
            before = millis;
            micros[place] = millis * 1_000.0;
        }
        names.note(&row)?;
        found.insert(row.cells[name_at].to_owned(), Durations { micros });
    }
    Ok(found)
}

/// Memory by function, or by application as in the original; and the column that joins it.
fn read_memory(table: &Table) -> Result<(HashMap<String, f64>, &'static str), TraceError> {
    let by_function = table.columns.contains_key("HashFunction");
    let key = if by_function { "HashFunction" } else { "HashApp" };
    let name_at = table.column(key)?;
    let column = "AverageAllocatedMb_pct99";
    let at = table.column(column)?;
    let mut found: HashMap<String, f64> = HashMap::new();
    let mut names = Distinct::of(key, name_at);
    for row in table.rows() {
        let row = row?;
        let needed = row.number(at, column)?;
        if by_function {
            names.note(&row)?;
        }
        // An application may stand twice where the key is not the function: the larger counts.
        let known = found.entry(row.cells[name_at].to_owned()).or_insert(needed);
        *known = needed.max(*known);
    }
    Ok((found, key))
}

impl Azure {
    /// Offsets and durations of one function's calls in a minute.
    fn draw(&mut self, at: usize, count: u32) {
        let function = &self.functions[at];
        let minute = self.minute as u64;
        let mut random =
            Random::new(function.seed ^ (minute + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let base = self.begin + minute * MINUTE;
        let mut put = |micros: u64, bits: u32| {
            self.unsorted.push(Call {
                at: Time(base + micros * 1_000),
                function: at as u32,
                duration: function.durations.draw(bits),
                start: 0,
            });
        };
        let count = u64::from(count);
        match self.spread {
            Spread::Uniform => {
                for _ in 0..count {
                    let bits = random.draw();
                    put(((bits >> 32) * MINUTE_MICROS) >> 32, bits as u32);
                }
            }
            Spread::Equidistant => {
                let phase = ((random.draw() >> 32) * MINUTE_MICROS) >> 32;
                for nth in 0..count {
                    let micros = (phase + nth * MINUTE_MICROS) / count;
                    put(micros.min(MINUTE_MICROS - 1), random.draw() as u32);
                }
            }
            Spread::Exponential => {
                let mut gaps = Vec::with_capacity(count as usize + 1);
                let mut sum = 0.0;
                for _ in 0..=count {
                    sum += exponential(&mut random);
                    gaps.push(sum);
                }
                for gap in &gaps[..count as usize] {
                    let micros = (gap / sum * MINUTE_MICROS as f64) as u64;
                    put(micros.min(MINUTE_MICROS - 1), random.draw() as u32);
                }
            }
        }
    }

    /// Sorts the minute by time: by hundredths of a second first, then within each.
    fn sort_into(&mut self, into: &mut Vec<Call>) {
        const BUCKETS: usize = 6_000;
        let base = self.begin + self.minute as u64 * MINUTE;
        let bucket = |call: &Call| ((call.at.0 - base) / 10_000_000) as usize;
        self.starts.clear();
        self.starts.resize(BUCKETS + 1, 0);
        for call in &self.unsorted {
            self.starts[bucket(call) + 1] += 1;
        }
        for at in 0..BUCKETS {
            self.starts[at + 1] += self.starts[at];
        }
        let begin = into.len();
        let Some(first) = self.unsorted.first().copied() else { return };
        into.resize(begin + self.unsorted.len(), first);
        let sorted = &mut into[begin..];
        for call in &self.unsorted {
            let place = &mut self.starts[bucket(call)];
            sorted[*place as usize] = *call;
            *place += 1;
        }
        // Each start is the next one's beginning by now.
        let mut from = 0;
        for to in self.starts[..BUCKETS].iter().map(|to| *to as usize) {
            if to - from > 1 {
                sorted[from..to].sort_by_key(|call| call.at);
            }
            from = to;
        }
    }
}

impl Arrivals for Azure {
    fn next(&mut self, into: &mut Vec<Call>) -> Result<bool, TraceError> {
        if self.minute >= self.minutes {
            return Ok(false);
        }
        self.unsorted.clear();
        for at in 0..self.functions.len() {
            let count = self.functions[at].counts[self.minute];
            if count > 0 {
                self.draw(at, count);
            }
        }
        self.sort_into(into);
        self.minute += 1;
        Ok(self.minute < self.minutes)
    }
}

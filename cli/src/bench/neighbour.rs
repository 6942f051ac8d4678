//! Warm invocations of a function beside another that does its worst with an equal share of the
//! machine: p99 is to stay within three times what it is without.

use std::path::Path;
use std::time::{Duration, Instant};

use super::client::{Connection, Served};
use super::error::BenchError;
use super::figure::{Figures, percentile, timed};
use super::functions::{Kind, Measured, invoke};
use super::warm::echo;

/// What the neighbour does, as its event names it, and how it is told.
const DEEDS: [(&str, &str); 4] = [
    ("pings", "a flood of pings of the Runtime API"),
    ("lines", "a flood of log lines"),
    ("heads", "heads that come byte by byte"),
    ("computes", "who computes on every processor"),
];
/// How many times p99 may be what it is without a neighbour.
const MOST: f64 = 3.0;
/// How long the neighbour goes on in a round; after that both rest.
const ROUND: Duration = Duration::from_millis(1500);
/// Its first moments are its own start.
const BEGINS: Duration = Duration::from_millis(200);

/// What was measured beside one deed, or none.
#[derive(Default)]
struct Seen {
    function: Vec<Duration>,
    echo: Vec<Duration>,
}

impl Seen {
    fn p99(spans: &mut [Duration]) -> f64 {
        percentile(spans, 99).as_secs_f64()
    }
}

pub(super) fn measure(
    figures: &mut Figures,
    program: &Path,
    is_quick: bool,
) -> Result<(), BenchError> {
    let served = Served::start(program, &[])?;
    let at = served.at;
    let mut measured = Measured::new(served, Connection::open(at)?)?;
    let (quiet, _) = measured.create(Kind::Python, None)?;
    let (neighbour, _) = measured.create(Kind::Neighbour, None)?;
    measured.invoke(&quiet, "{}")?;
    measured.invoke(&neighbour, "{}")?;
    let mut of_echo = Connection::open(echo()?)?;
    let (mut alone, mut beside) = (Seen::default(), DEEDS.map(|_| Seen::default()));
    // By turns, so that what else the machine does falls on all alike.
    for _ in 0..if is_quick { 2 } else { 10 } {
        look(&mut measured.connection, &mut of_echo, &quiet, &mut alone)?;
        for ((deed, _), seen) in DEEDS.iter().zip(&mut beside) {
            let event = format!("\"{deed} {}\"", ROUND.as_millis());
            let mut flooding = Connection::open(at)?;
            std::thread::scope(|scope| {
                let flood = scope.spawn(|| invoke(&mut flooding, &neighbour, &event));
                std::thread::sleep(BEGINS);
                let looked = look(&mut measured.connection, &mut of_echo, &quiet, seen);
                flood.join().unwrap_or(Err(BenchError::Client)).and(looked)
            })?;
        }
    }
    tell(figures, alone, beside);
    measured.delete(&neighbour)?;
    measured.delete(&quiet)
}

/// Asks the function and the echo in turn until the round is over; a pause before each, since who
/// asks without rest is no quiet one.
fn look(
    connection: &mut Connection,
    of_echo: &mut Connection,
    name: &str,
    seen: &mut Seen,
) -> Result<(), BenchError> {
    let end = Instant::now() + ROUND - 2 * BEGINS;
    while Instant::now() < end {
        std::thread::sleep(Duration::from_millis(2));
        let (span, done) = timed(|| invoke(connection, name, "{}"));
        done?;
        seen.function.push(span);
        let (span, done) = timed(|| of_echo.echoed("/", "{}"));
        done?;
        seen.echo.push(span);
    }
    Ok(())
}

fn tell(figures: &mut Figures, mut alone: Seen, mut beside: [Seen; 4]) {
    let quiet = Seen::p99(&mut alone.function);
    figures.spans("warm invoke of a quiet function", alone.function, None);
    figures.spans("  a bare HTTP echo meanwhile", alone.echo, None);
    for ((_, told), seen) in DEEDS.iter().zip(&mut beside) {
        let ratio = Seen::p99(&mut seen.function) / quiet;
        figures.spans(
            &format!("warm invoke beside {told}"),
            std::mem::take(&mut seen.function),
            None,
        );
        figures.spans("  a bare HTTP echo meanwhile", std::mem::take(&mut seen.echo), None);
        figures.ratio("  p99 beside it ÷ p99 quiet, at most", ratio, Some(MOST));
    }
}

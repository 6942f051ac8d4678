//! Warm invocations while somebody describes 10,000 ENIs again and again.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::client::{Connection, Served, element};
use super::error::BenchError;
use super::figure::{Figures, percentile, timed};
use super::functions::{Kind, Measured, invoke};

/// A page, as the aws CLI asks for it, and a filter that has to look at every ENI.
const DESCRIBE: &str = "Action=DescribeNetworkInterfaces&MaxResults=1000\
                        &Filter.1.Name=description&Filter.1.Value.1=*ench*";

pub(super) fn measure(
    figures: &mut Figures,
    program: &Path,
    is_quick: bool,
) -> Result<(), BenchError> {
    let (enis, options): (u32, &[&str]) =
        if is_quick { (1000, &[]) } else { (10_000, &["--network-interfaces", "20000"]) };
    let served = Served::start(program, options)?;
    let at = served.at;
    let mut measured = Measured::new(served, Connection::open(at)?)?;
    make(at, &measured.maker.subnet, enis)?;
    let (name, _) = measured.create(Kind::Python, Some("hyperplane"))?;
    measured.invoke(&name, "{}")?;
    let rounds = if is_quick { 2 } else { 8 };
    let (mut quiet, mut beside, mut described) = (Vec::new(), Vec::new(), Vec::new());
    // By turns, so that what else the machine does falls on both alike.
    for _ in 0..rounds {
        warm(&mut measured.connection, &name, &mut quiet)?;
        let is_done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let describing = scope.spawn(|| describe(at, enis, &is_done));
            let done = warm(&mut measured.connection, &name, &mut beside);
            is_done.store(true, Ordering::Relaxed);
            let spans = describing.join().unwrap_or(Err(BenchError::Client));
            described.extend(spans?);
            done
        })?;
    }
    let ratio =
        percentile(&mut beside, 99).as_secs_f64() / percentile(&mut quiet, 99).as_secs_f64();
    figures.spans("warm invoke of Python, quiet", quiet, None);
    figures.spans(&format!("warm invoke of Python beside a describe of {enis} ENIs"), beside, None);
    figures.ratio("  p99 beside it ÷ p99 quiet, at most", ratio, Some(2.0));
    figures.spans(&format!("  a describe of {enis} ENIs, filtered, page by page"), described, None);
    measured.delete(&name)
}

fn warm(
    connection: &mut Connection,
    name: &str,
    spans: &mut Vec<Duration>,
) -> Result<(), BenchError> {
    for _ in 0..500 {
        let (span, done) = timed(|| invoke(connection, name, "{}"));
        done?;
        spans.push(span);
    }
    Ok(())
}

/// Describes all of them until it is enough; at least once.
fn describe(at: SocketAddr, enis: u32, is_done: &AtomicBool) -> Result<Vec<Duration>, BenchError> {
    let mut connection = Connection::open(at)?;
    let mut spans = Vec::new();
    while spans.is_empty() || !is_done.load(Ordering::Relaxed) {
        let (span, seen) = timed(|| {
            let (mut seen, mut query) = (0, DESCRIBE.to_owned());
            loop {
                let page = connection.ec2(&query)?;
                seen += page.matches("<networkInterfaceId>").count();
                match element(&page, "nextToken") {
                    Some(token) if !token.is_empty() => {
                        query = format!("{DESCRIBE}&NextToken={token}");
                    }
                    _ => return Ok::<_, BenchError>(seen),
                }
            }
        });
        let seen = seen?;
        if seen < enis as usize {
            return Err(BenchError::Described { shown: seen, made: enis });
        }
        spans.push(span);
    }
    Ok(spans)
}

/// Makes ENIs of a customer's own, by a few callers at once, since each waits for the disk.
fn make(at: SocketAddr, subnet: &str, count: u32) -> Result<(), BenchError> {
    let query = format!("Action=CreateNetworkInterface&SubnetId={subnet}&Description=bench");
    std::thread::scope(|scope| {
        let makers: Vec<_> = (0..16)
            .map(|number| {
                let query = query.as_str();
                let share = count / 16 + u32::from(number < count % 16);
                scope.spawn(move || {
                    let mut connection = Connection::open(at)?;
                    (0..share).try_for_each(|_| connection.ec2(query).map(drop))
                })
            })
            .collect();
        makers.into_iter().try_for_each(|maker| maker.join().unwrap_or(Err(BenchError::Client)))
    })
}

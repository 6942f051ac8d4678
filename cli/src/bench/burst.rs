//! Figures of many environments at once, each with an ENI of its own, from nothing.

use std::time::Duration;

use super::client::Connection;
use super::error::BenchError;
use super::figure::{Figures, timed};
use super::functions::{Kind, Measured, invoke};

/// How long every environment is busy: longer than the burst takes, so that each caller needs one.
const BUSY: Duration = Duration::from_secs(4);

pub(super) fn measure(
    figures: &mut Figures,
    measured: &mut Measured,
    is_quick: bool,
) -> Result<(), BenchError> {
    let part = if is_quick { 5 } else { 1 };
    for (kind, count, most) in [(Kind::Python, 100, 350.0), (Kind::Bootstrap, 500, 1000.0)] {
        let target = (!is_quick).then_some(most);
        burst(figures, measured, kind, count / part, target)?;
    }
    Ok(())
}

fn burst(
    figures: &mut Figures,
    measured: &mut Measured,
    kind: Kind,
    count: u32,
    target: Option<f64>,
) -> Result<(), BenchError> {
    measured.move_to_new_vpc()?;
    let (name, _) = measured.create(kind, Some("classic"))?;
    let at = measured.served.at;
    let mut connections =
        (0..count).map(|_| Connection::open(at)).collect::<Result<Vec<_>, _>>()?;
    let before = measured.served.memory();
    let event = BUSY.as_millis().to_string();
    let (span, done) = timed(|| {
        std::thread::scope(|scope| {
            let callers: Vec<_> = connections
                .iter_mut()
                .map(|connection| scope.spawn(|| invoke(connection, &name, &event)))
                .collect();
            callers
                .into_iter()
                .try_for_each(|caller| caller.join().unwrap_or(Err(BenchError::Client)))
        })
    });
    done?;
    // Until the last one has begun.
    let millis = span.saturating_sub(BUSY).as_secs_f64() * 1e3;
    let what = format!("{count} environments of {} with ENIs, from nothing", kind.name());
    figures.note(&what, "ms", millis, None, target);
    let each = (measured.served.memory() - before) * 1024.0 / f64::from(count);
    let what = format!("memory of the server per idle environment of {}", kind.name());
    figures.note(&what, "KiB", each, None, None);
    measured.delete(&name)
}

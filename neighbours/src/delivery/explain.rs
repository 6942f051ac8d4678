//! What came of a source's last jobs, as explanations tell it.

use super::told::Outcomes;
use crate::told::Told;

/// A line for each of the last outcomes of a source.
pub(crate) fn outcomes(of: &Outcomes, source: &str) -> Vec<Told> {
    let mut all: Vec<Told> = of
        .of(source)
        .into_iter()
        .map(|outcome| {
            let at = wire::time::iso8601(outcome.at);
            Told::new(format!("{at}: {} to {}: {}", outcome.cause, outcome.target, outcome.what))
        })
        .collect();
    if all.is_empty() {
        all.push(Told::new("nothing was delivered since the server was started"));
    }
    all
}

/// The next times of something, of which the first is stored.
pub(crate) fn times(first: Option<i64>, then: impl Fn(i64) -> Option<i64>) -> Told {
    let mut times = Vec::new();
    let mut next = first;
    while let Some(at) = next.filter(|_| times.len() < 3) {
        times.push(wire::time::iso8601(at));
        // What is due once goes on to name its one time.
        next = then(at).filter(|next| *next > at);
    }
    Told::new(match times.is_empty() {
        true => "due no more".to_owned(),
        false => format!("due next {}", times.join(", then ")),
    })
}

//! Worlds of event source mappings by the hundred: nothing is lost, and each key stays in order.
//!
//! `SEED=17` runs one world alone, `SEEDS=5000` so many, `RECORDS=5000000` as many as it takes for so many
//! records; `./test --long` runs two million. What they came to is printed: `-- --nocapture` shows it.

use std::time::Instant;

use sim::SourcesOutcome;

const SEEDS: u64 = 100;
const LONG: u64 = 2_000_000;

/// How many worlds are run.
#[derive(Clone, Copy)]
struct Extent {
    first: u64,
    /// So many at least.
    seeds: u64,
    /// And as many as it takes for so many records.
    records: u64,
}

impl Extent {
    fn asked() -> Extent {
        let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
        let long = std::env::var_os("WARREN_LONG").map_or(0, |_| LONG);
        match number("SEED") {
            Some(first) => Extent { first, seeds: 1, records: 0 },
            None => {
                let seeds = number("SEEDS").unwrap_or(SEEDS);
                Extent { first: 0, seeds, records: number("RECORDS").unwrap_or(long) }
            }
        }
    }
}

#[test]
fn every_world_of_sources_keeps_its_promises_and_repeats_itself() {
    let extent = Extent::asked();
    let (mut total, mut seed, began) = (SourcesOutcome::default(), extent.first, Instant::now());
    while seed < extent.first + extent.seeds || total.records < extent.records {
        let first = std::panic::catch_unwind(|| sim::run_sources(seed));
        let first = first.unwrap_or_else(|_| panic!("a promise was broken; SEED={seed} shows it"));
        // Of very many, not each is run twice.
        if seed < extent.first + extent.seeds {
            assert_eq!(sim::run_sources(seed), first, "seed {seed} does not repeat itself");
        }
        total.add(&first);
        seed += 1;
    }
    println!("{} worlds in {:.1?}: {total}", seed - extent.first, began.elapsed());
    if extent.seeds >= SEEDS {
        assert!(total.taken > 50 * SEEDS && total.given_up > SEEDS, "little happens: {total}");
        let faults = [total.failed, total.split, total.partial, total.throttled];
        assert!(faults.iter().all(|count| *count > SEEDS), "few faults: {total}");
        assert!(total.crashes > SEEDS / 4, "few crashes: {total}");
    }
}

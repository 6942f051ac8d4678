//! Worlds by the hundred: each keeps every promise, and is the same when it is run again.

const SEEDS: u64 = 200;

#[test]
fn every_world_keeps_its_promises_and_repeats_itself() {
    // SEED=17 runs one world alone, SEEDS=5000 so many.
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let one = number("SEED");
    let seeds = one.map_or(0..number("SEEDS").unwrap_or(SEEDS), |seed| seed..seed + 1);
    let (mut answered, mut crashes) = (0, 0);
    for seed in seeds.clone() {
        let first = std::panic::catch_unwind(|| sim::run(seed));
        let first = first.unwrap_or_else(|_| panic!("a promise was broken; SEED={seed} shows it"));
        assert_eq!(sim::run(seed), first, "seed {seed} does not repeat itself");
        answered += first.answered;
        crashes += first.crashes;
    }
    if one.is_none() {
        assert!(answered > 20 * SEEDS && crashes > SEEDS, "worlds in which little happens");
    }
}

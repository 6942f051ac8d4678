//! Worlds of event source mappings by the hundred: nothing is lost, and each key stays in order.

const SEEDS: u64 = 100;

#[test]
fn every_world_of_sources_keeps_its_promises_and_repeats_itself() {
    // SEED=17 runs one world alone, SEEDS=5000 so many.
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let one = number("SEED");
    let seeds = one.map_or(0..number("SEEDS").unwrap_or(SEEDS), |seed| seed..seed + 1);
    let (mut taken, mut given_up, mut crashes) = (0, 0, 0);
    for seed in seeds {
        let first = std::panic::catch_unwind(|| sim::run_sources(seed));
        let first = first.unwrap_or_else(|_| panic!("a promise was broken; SEED={seed} shows it"));
        assert_eq!(sim::run_sources(seed), first, "seed {seed} does not repeat itself");
        taken += first.taken;
        given_up += first.given_up;
        crashes += first.crashes;
    }
    if one.is_none() {
        assert!(taken > 50 * SEEDS && given_up > SEEDS && crashes > SEEDS / 4, "little happens");
    }
}

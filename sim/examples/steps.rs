//! scratch
use std::time::Instant;
fn main() {
    for n in [1_000u32, 10_000, 100_000, 1_000_000] {
        let only: u32 = std::env::args().nth(1).map_or(0, |x| x.parse().unwrap());
        if only != 0 && only != n {
            continue;
        }
        let t = Instant::now();
        let mut l = sim::plan::steps::ClosedLoop::new(n);
        let setup = t.elapsed();
        l.run(u64::from(n) * 8);
        let envs = l.environments();
        let k = (u64::from(n) * 4).max(2_000_000);
        let t = Instant::now();
        let s = l.run(k);
        let d = t.elapsed();
        let t = Instant::now();
        std::hint::black_box(sim::plan::steps::bare_heap(n, s));
        let h = t.elapsed();
        println!(
            "{n}: setup {setup:?} envs {envs} {:.2} M steps/s ({:.0} ns), heap {:.2} M/s",
            s as f64 / d.as_secs_f64() / 1e6,
            d.as_nanos() as f64 / s as f64,
            s as f64 / h.as_secs_f64() / 1e6
        );
    }
}

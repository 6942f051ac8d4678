//! Distributions to draw from, by arithmetic that gives the same on every machine.
//!
//! Plans must be equal to the last bit wherever they are made. Sums, products and square roots are,
//! by IEEE 754; logarithms and exponentials of the C library are not, so those here are `libm`'s.

use engine::random::Random;

/// A number above 0, up to 1.
fn unit(random: &mut Random) -> f64 {
    ((random.draw() >> 11) as f64 + 1.0) / (1u64 << 53) as f64
}

/// Exponentially distributed, with mean 1.
pub(crate) fn exponential(random: &mut Random) -> f64 {
    -libm::log(unit(random))
}

/// Normally distributed, with mean 0 and standard deviation 1 (Box and Muller).
fn normal(random: &mut Random) -> f64 {
    let radius = (2.0 * exponential(random)).sqrt();
    radius * libm::cos(std::f64::consts::TAU * unit(random))
}

/// A log-normal distribution: mean and standard deviation of the logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LogNormal {
    middle: f64,
    spread: f64,
}

impl LogNormal {
    /// The one of this mean and standard deviation, of the values themselves.
    pub(crate) fn of(mean: f64, deviation: f64) -> LogNormal {
        let ratio = deviation / mean;
        let variance = libm::log(1.0 + ratio * ratio);
        LogNormal { middle: libm::log(mean) - variance / 2.0, spread: variance.sqrt() }
    }

    pub(crate) fn draw(&self, random: &mut Random) -> f64 {
        libm::exp(self.middle + self.spread * normal(random))
    }
}

/// A Weibull distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// The one of this mean and standard deviation, its shape found by halving.
    pub(crate) fn of(mean: f64, deviation: f64) -> Weibull {
        let ratio = deviation / mean;
        let gamma = |shape: f64, nth: f64| libm::lgamma(1.0 + nth / shape);
        let spread = |shape| libm::exp(gamma(shape, 2.0) - 2.0 * gamma(shape, 1.0)) - 1.0;
        let (mut low, mut high) = (0.05, 20.0);
        for _ in 0..100 {
            let middle = (low + high) / 2.0;
            // The wider it spreads, the smaller is its shape.
            if spread(middle) > ratio * ratio { low = middle } else { high = middle }
        }
        let shape = (low + high) / 2.0;
        Weibull { shape, scale: mean / libm::exp(gamma(shape, 1.0)) }
    }

    pub(crate) fn draw(&self, random: &mut Random) -> f64 {
        // Three times as fast as a power is, and as good.
        libm::exp(libm::log(exponential(random)) / self.shape) * self.scale
    }
}

/// The n-th of so many parts, each with a share of n to the power of minus the exponent.
pub(crate) fn zipf(nth: u32, exponent: f64) -> f64 {
    libm::pow(f64::from(nth), -exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and standard deviation of many draws.
    fn moments(mut draw: impl FnMut(&mut Random) -> f64) -> (f64, f64) {
        let (mut random, n) = (Random::new(3), 1_000_000);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..n {
            let value = draw(&mut random);
            sum += value;
            squares += value * value;
        }
        let mean = sum / f64::from(n);
        (mean, (squares / f64::from(n) - mean * mean).sqrt())
    }

    #[test]
    fn draws_have_the_mean_and_deviation_that_were_asked_for() {
        let is_near = |(mean, deviation): (f64, f64), (m, d): (f64, f64), within: f64| {
            assert!((mean - m).abs() < within * d, "mean {mean}, not {m}");
            assert!((deviation / d - 1.0).abs() < within, "deviation {deviation}, not {d}");
        };
        // A mean's standard error is a thousandth of the deviation; that of a deviation is larger
        // the heavier the tail.
        is_near(moments(exponential), (1.0, 1.0), 0.01);
        is_near(moments(normal), (0.0, 1.0), 0.01);
        let log_normal = LogNormal::of(120.0, 60.0);
        is_near(moments(|random| log_normal.draw(random)), (120.0, 60.0), 0.01);
        let weibull = Weibull::of(1.25, 3.66);
        is_near(moments(|random| weibull.draw(random)), (1.25, 3.66), 0.05);
    }

    #[test]
    fn a_weibull_distribution_of_equal_mean_and_deviation_is_exponential() {
        let weibull = Weibull::of(2.0, 2.0);
        assert!((weibull.shape - 1.0).abs() < 1e-9 && (weibull.scale - 2.0).abs() < 1e-9);
    }
}

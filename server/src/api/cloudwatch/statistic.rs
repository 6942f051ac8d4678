//! Statistics of what was measured.

use neighbours::metrics::Values;
use wire::ApiError;

use crate::api::cloudwatch::metric::{Measure, invalid};
use crate::metrics::{Minute, Summary};

/// A statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Statistic {
    SampleCount,
    Average,
    Sum,
    Minimum,
    Maximum,
    /// The value that this share is not above, in percent.
    Percentile(f64),
}

impl Statistic {
    /// The statistic of this name.
    ///
    /// # Errors
    /// When it is not known.
    pub(super) fn of(name: &str) -> Result<Statistic, ApiError> {
        Ok(match name {
            "SampleCount" => Statistic::SampleCount,
            "Average" => Statistic::Average,
            "Sum" => Statistic::Sum,
            "Minimum" => Statistic::Minimum,
            "Maximum" => Statistic::Maximum,
            _ => {
                let digits = name.strip_prefix('p').filter(|digits| {
                    digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                });
                let percent = digits.and_then(|digits| digits.parse::<f64>().ok());
                match percent.filter(|percent| (0.0..=100.0).contains(percent)) {
                    Some(percent) => Statistic::Percentile(percent),
                    None => {
                        return Err(invalid(format!(
                            "Warren does not support the statistic {name}: there are SampleCount, \
                             Average, Sum, Minimum, Maximum and percentiles such as p99.9."
                        )));
                    }
                }
            }
        })
    }

    /// Its value, of what a caller put.
    ///
    /// # Errors
    /// When it is not kept of that.
    pub(super) fn of_put(self, of: &Values) -> Result<f64, ApiError> {
        Ok(match self {
            Statistic::SampleCount => of.count,
            Statistic::Average => of.sum / of.count,
            Statistic::Sum => of.sum,
            Statistic::Minimum => of.min,
            Statistic::Maximum => of.max,
            Statistic::Percentile(_) => {
                return Err(invalid("Warren keeps no percentiles of metrics that are put."));
            }
        })
    }

    /// Its value.
    ///
    /// # Errors
    /// When it is not kept of this measure.
    pub(super) fn value(self, measure: Measure, of: &Minute) -> Result<f64, ApiError> {
        let Summary { count, sum, min, max } = measure.values(of);
        Ok(match self {
            Statistic::SampleCount => count as f64,
            Statistic::Average => sum / count as f64,
            Statistic::Sum => sum,
            Statistic::Minimum => min,
            Statistic::Maximum => max,
            Statistic::Percentile(percent) => measure.percentile(of, percent)?,
        })
    }
}

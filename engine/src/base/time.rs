//! Time as data: the engine has no clock, every step is told when it happens.

use core::ops::{Add, Sub};
use core::time::Duration;

use serde::{Deserialize, Serialize};

/// An instant, in nanoseconds since the Unix epoch.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub u64);

impl Time {
    /// Whole milliseconds since the Unix epoch, the unit of AWS's timestamps.
    pub fn millis(self) -> u64 {
        self.0 / 1_000_000
    }

    /// Year, month and day in UTC, by the proleptic Gregorian calendar.
    pub fn date(self) -> (u64, u64, u64) {
        // Days are counted from the first of March of year 0, so that a leap day ends a year
        // (Hinnant, "chrono-compatible low-level date algorithms").
        let days = self.0 / 86_400_000_000_000 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * years + years / 4 - years / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        (years + era * 400 + u64::from(month <= 2), month, day)
    }
}

impl Add<Duration> for Time {
    type Output = Time;
    #[inline]
    fn add(self, span: Duration) -> Time {
        let seconds = span.as_secs().saturating_mul(1_000_000_000);
        Time(self.0.saturating_add(seconds).saturating_add(u64::from(span.subsec_nanos())))
    }
}

impl Sub for Time {
    type Output = Duration;
    /// Zero when `earlier` is the later one: wall clocks step back.
    fn sub(self, earlier: Time) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let at = |days: u64| Time(days * 86_400_000_000_000).date();
        assert_eq!(at(0), (1970, 1, 1));
        assert_eq!(at(11_016), (2000, 2, 29));
        assert_eq!(at(11_017), (2000, 3, 1));
        assert_eq!(at(20_781), (2026, 11, 24));
    }
}

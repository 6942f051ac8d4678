//! Time zones: what the clocks of a place show, and when they show it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// A time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Zone {
        Zone(TimeZone::UTC)
    }
}

/// A civil time that is given in milliseconds, as if it were one of UTC.
fn shown(civil: i64) -> Option<DateTime> {
    Some(Offset::UTC.to_datetime(Timestamp::from_millisecond(civil).ok()?))
}

impl Zone {
    /// The zone of a name of the IANA's, such as `Europe/Berlin`.
    pub(crate) fn named(name: &str) -> Option<Zone> {
        TimeZone::get(name).ok().map(Zone)
    }

    /// What the clocks show at an instant, in milliseconds as if they were UTC's.
    pub(crate) fn civil(&self, at: i64) -> i64 {
        match Timestamp::from_millisecond(at) {
            Ok(timestamp) => at + i64::from(self.0.to_offset(timestamp).seconds()) * 1_000,
            Err(_) => at,
        }
    }

    /// When the clocks first show a civil time; none where they pass it over.
    pub(crate) fn instant(&self, civil: i64) -> Option<i64> {
        match self.0.to_ambiguous_timestamp(shown(civil)?).offset() {
            AmbiguousOffset::Unambiguous { offset } => Some(utc(civil, offset)),
            AmbiguousOffset::Fold { before, .. } => Some(utc(civil, before)),
            AmbiguousOffset::Gap { .. } => None,
        }
    }

    /// When something that happens once happens: where the clocks pass its time over, as late as if
    /// they had not.
    pub(crate) fn instant_of_once(&self, civil: i64) -> i64 {
        let Some(shown) = shown(civil) else { return civil };
        match self.0.to_ambiguous_timestamp(shown).offset() {
            AmbiguousOffset::Unambiguous { offset } => utc(civil, offset),
            AmbiguousOffset::Fold { before, .. } | AmbiguousOffset::Gap { before, .. } => {
                utc(civil, before)
            }
        }
    }
}

fn utc(civil: i64, offset: Offset) -> i64 {
    civil - i64::from(offset.seconds()) * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_their_names() {
        for name in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Tokyo"] {
            assert!(Zone::named(name).is_some(), "{name}");
        }
        for name in ["", "Europe/Nowhere", "../../etc/passwd", "+01:00"] {
            assert!(Zone::named(name).is_none(), "{name}");
        }
    }
}

//! One minute of a function: what its statistics are computed from.

/// Numbers of which only the whole is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Summary {
    pub(crate) count: u64,
    pub(crate) sum: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

impl Summary {
    pub(crate) fn add(&mut self, value: f64) {
        self.join(&Summary { count: 1, sum: value, min: value, max: value });
    }

    pub(crate) fn join(&mut self, other: &Summary) {
        if other.count == 0 {
            return;
        }
        let is_first = self.count == 0;
        self.min = if is_first { other.min } else { self.min.min(other.min) };
        self.max = if is_first { other.max } else { self.max.max(other.max) };
        self.count += other.count;
        self.sum += other.sum;
    }

    /// So many values of which each is 0 or 1, and so many are 1.
    pub(crate) fn of_flags(count: u64, ones: u64) -> Summary {
        let (min, max) = (f64::from(u8::from(ones == count)), f64::from(u8::from(ones > 0)));
        Summary { count, sum: ones as f64, min, max }
    }
}

/// Binary digits of a value that its bucket tells: values of one bucket differ by less than 1 %.
const DIGITS: u32 = 7;

/// Durations in milliseconds, and how many there are of about each length.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Spread {
    pub(crate) whole: Summary,
    /// Buckets in rising order, each with how many it has.
    buckets: Vec<(u16, u32)>,
}

impl Spread {
    pub(crate) fn add(&mut self, millis: f64) {
        self.whole.add(millis);
        self.count(bucket(millis), 1);
    }

    pub(crate) fn join(&mut self, other: &Spread) {
        self.whole.join(&other.whole);
        other.buckets.iter().for_each(|(bucket, count)| self.count(*bucket, *count));
    }

    fn count(&mut self, bucket: u16, count: u32) {
        match self.buckets.binary_search_by_key(&bucket, |(bucket, _)| *bucket) {
            Ok(at) => self.buckets[at].1 = self.buckets[at].1.saturating_add(count),
            Err(at) => self.buckets.insert(at, (bucket, count)),
        }
    }

    /// The value that this share of all values, in percent, is not above.
    pub(crate) fn percentile(&self, percent: f64) -> f64 {
        let all: u64 = self.buckets.iter().map(|(_, count)| u64::from(*count)).sum();
        let rank = (percent / 100.0 * all as f64).ceil().max(1.0) as u64;
        if rank == 1 {
            return self.whole.min;
        }
        let mut seen = 0;
        for (bucket, count) in &self.buckets {
            seen += u64::from(*count);
            if seen >= all {
                break;
            }
            if seen >= rank {
                return middle(*bucket).clamp(self.whole.min, self.whole.max);
            }
        }
        self.whole.max
    }

    fn bytes(&self) -> usize {
        self.buckets.capacity() * size_of::<(u16, u32)>()
    }
}

/// Whole microseconds by their first digits and how many follow.
fn bucket(millis: f64) -> u16 {
    let micros = (millis * 1e3).max(0.0) as u64;
    let follow = (64 - micros.leading_zeros()).saturating_sub(DIGITS + 1);
    // Below 2^8 each number has its own; each further power of two has 2^7.
    ((follow << DIGITS) + (micros >> follow) as u32) as u16
}

/// What lies in the middle of a bucket, in milliseconds.
fn middle(bucket: u16) -> f64 {
    let bucket = u64::from(bucket);
    let follow = (bucket >> DIGITS).saturating_sub(1);
    let first = bucket - (follow << DIGITS);
    let width = 1u64 << follow;
    ((first << follow) as f64 + (width - 1) as f64 / 2.0) / 1e3
}

/// What happened to a function in one minute.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Minute {
    /// Minutes of the Unix epoch.
    pub(crate) at: u64,
    pub(crate) invocations: u64,
    pub(crate) errors: u64,
    pub(crate) throttles: u64,
    /// Asynchronous events that were accepted.
    pub(crate) received: u64,
    /// Asynchronous events that were given up.
    pub(crate) dropped: u64,
    /// Those of them that were part of a loop.
    pub(crate) recursive: u64,
    /// Destinations that could not be told of an event, and dead-letter queues.
    pub(crate) undelivered: u64,
    pub(crate) dead_letter_errors: u64,
    pub(crate) durations: Spread,
    /// Requests to its URLs, by how long they took, and those of them that were answered with 4xx and 5xx.
    pub(crate) urls: Spread,
    pub(crate) urls_4xx: u64,
    pub(crate) urls_5xx: u64,
    /// Invocations in flight, seen from second to second.
    pub(crate) concurrent: Summary,
    /// Those of functions without reserved concurrency.
    pub(crate) unreserved: Summary,
}

impl Minute {
    pub(crate) fn join(&mut self, other: &Minute) {
        self.invocations += other.invocations;
        self.errors += other.errors;
        self.throttles += other.throttles;
        self.received += other.received;
        self.dropped += other.dropped;
        self.recursive += other.recursive;
        self.undelivered += other.undelivered;
        self.dead_letter_errors += other.dead_letter_errors;
        self.durations.join(&other.durations);
        self.urls.join(&other.urls);
        self.urls_4xx += other.urls_4xx;
        self.urls_5xx += other.urls_5xx;
        self.concurrent.join(&other.concurrent);
        self.unreserved.join(&other.unreserved);
    }

    /// The memory that it takes.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Minute>() + self.durations.bytes() + self.urls.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_rise_and_are_narrow() {
        let mut last = 0;
        for micros in (0..100_000u64).chain((0..1000).map(|step| 100_000 + step * 900_000)) {
            let (millis, found) = (micros as f64 / 1e3, bucket(micros as f64 / 1e3));
            assert!(found >= last, "{micros}");
            last = found;
            let error = (middle(found) - millis).abs();
            assert!(error <= millis * 0.005, "{micros}: {}", middle(found));
        }
    }

    #[test]
    fn percentiles_are_those_of_the_values() {
        let mut spread = Spread::default();
        (1..=1000).for_each(|millis| spread.add(f64::from(millis)));
        for percent in [1.0, 50.0, 90.0, 99.0, 99.9] {
            let (is, exact) = (spread.percentile(percent), percent * 10.0);
            assert!((is - exact).abs() <= exact * 0.01, "p{percent}: {is}");
        }
        assert_eq!(spread.percentile(0.0), 1.0);
        assert_eq!(spread.percentile(100.0), 1000.0);
        let mut twice = spread.clone();
        twice.join(&spread);
        assert_eq!(twice.whole.count, 2000);
        assert_eq!(twice.percentile(50.0), spread.percentile(50.0));
    }

    #[test]
    fn summaries_join_as_if_they_were_one() {
        let mut whole = Summary::default();
        let (mut first, mut second) = (Summary::default(), Summary::default());
        for value in [3.0, 1.0, 2.0] {
            whole.add(value);
            first.add(value);
        }
        for value in [0.5, 9.0] {
            whole.add(value);
            second.add(value);
        }
        first.join(&second);
        first.join(&Summary::default());
        assert_eq!(first, whole);
        assert_eq!(whole, Summary { count: 5, sum: 15.5, min: 0.5, max: 9.0 });
        let flags = Summary::of_flags(4, 1);
        assert_eq!(flags, Summary { count: 4, sum: 1.0, min: 0.0, max: 1.0 });
        assert_eq!(Summary::of_flags(2, 2).min, 1.0);
    }
}

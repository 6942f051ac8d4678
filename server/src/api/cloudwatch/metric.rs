//! What is measured: metrics of AWS/Lambda, of one function or of all of an account.

use engine::scope::Scope;
use wire::ApiError;
use wire::cloudwatch::error;
use wire::cloudwatch::input::Dimension;

use crate::driver::Driver;
use crate::metrics::{Minute, Summary};

/// The namespace of all that is measured.
pub(super) const NAMESPACE: &str = "AWS/Lambda";
/// The dimension of what belongs to one function.
pub(super) const FUNCTION: &str = "FunctionName";
/// Seconds of what is measured together.
pub(super) const RESOLUTION: i32 = 60;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    AsyncEventsDropped,
    AsyncEventsReceived,
    ConcurrentExecutions,
    DeadLetterErrors,
    DestinationDeliveryFailures,
    Duration,
    Errors,
    Invocations,
    RecursiveInvocationsDropped,
    Throttles,
    UnreservedConcurrentExecutions,
    Url4xxCount,
    Url5xxCount,
    UrlRequestCount,
    UrlRequestLatency,
}

impl Measure {
    /// All of them, in the order of their names.
    pub(super) const ALL: [Measure; 15] = [
        Measure::AsyncEventsDropped,
        Measure::AsyncEventsReceived,
        Measure::ConcurrentExecutions,
        Measure::DeadLetterErrors,
        Measure::DestinationDeliveryFailures,
        Measure::Duration,
        Measure::Errors,
        Measure::Invocations,
        Measure::RecursiveInvocationsDropped,
        Measure::Throttles,
        Measure::UnreservedConcurrentExecutions,
        Measure::Url4xxCount,
        Measure::Url5xxCount,
        Measure::UrlRequestCount,
        Measure::UrlRequestLatency,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Measure::AsyncEventsDropped => "AsyncEventsDropped",
            Measure::AsyncEventsReceived => "AsyncEventsReceived",
            Measure::ConcurrentExecutions => "ConcurrentExecutions",
            Measure::DeadLetterErrors => "DeadLetterErrors",
            Measure::DestinationDeliveryFailures => "DestinationDeliveryFailures",
            Measure::Duration => "Duration",
            Measure::Errors => "Errors",
            Measure::Invocations => "Invocations",
            Measure::RecursiveInvocationsDropped => "RecursiveInvocationsDropped",
            Measure::Throttles => "Throttles",
            Measure::UnreservedConcurrentExecutions => "UnreservedConcurrentExecutions",
            Measure::Url4xxCount => "Url4xxCount",
            Measure::Url5xxCount => "Url5xxCount",
            Measure::UrlRequestCount => "UrlRequestCount",
            Measure::UrlRequestLatency => "UrlRequestLatency",
        }
    }

    pub(super) fn unit(self) -> &'static str {
        match self {
            Measure::Duration | Measure::UrlRequestLatency => "Milliseconds",
            _ => "Count",
        }
    }

    /// Whether it is told of functions, beside their whole.
    pub(super) fn is_of_functions(self) -> bool {
        self != Measure::UnreservedConcurrentExecutions
    }

    /// Whether it is looked at from second to second, of the whole on its own.
    fn is_sampled(self) -> bool {
        matches!(self, Measure::ConcurrentExecutions | Measure::UnreservedConcurrentExecutions)
    }

    /// The values of a time: one for each invocation or event, as Lambda sends them.
    pub(super) fn values(self, of: &Minute) -> Summary {
        match self {
            Measure::AsyncEventsDropped => Summary::of_flags(of.dropped, of.dropped),
            Measure::AsyncEventsReceived => Summary::of_flags(of.received, of.received),
            Measure::ConcurrentExecutions => of.concurrent,
            Measure::DeadLetterErrors => {
                Summary::of_flags(of.dead_letter_errors, of.dead_letter_errors)
            }
            Measure::DestinationDeliveryFailures => {
                Summary::of_flags(of.undelivered, of.undelivered)
            }
            Measure::Duration => of.durations.whole,
            Measure::Errors => Summary::of_flags(of.invocations, of.errors),
            Measure::Invocations => Summary::of_flags(of.invocations, of.invocations),
            Measure::RecursiveInvocationsDropped => Summary::of_flags(of.recursive, of.recursive),
            Measure::Throttles => Summary::of_flags(of.invocations + of.throttles, of.throttles),
            Measure::UnreservedConcurrentExecutions => of.unreserved,
            Measure::Url4xxCount => Summary::of_flags(of.urls.whole.count, of.urls_4xx),
            Measure::Url5xxCount => Summary::of_flags(of.urls.whole.count, of.urls_5xx),
            Measure::UrlRequestCount => Summary::of_flags(of.urls.whole.count, of.urls.whole.count),
            Measure::UrlRequestLatency => of.urls.whole,
        }
    }

    /// A percentile of the values, where it is known.
    pub(super) fn percentile(self, of: &Minute, percent: f64) -> Result<f64, ApiError> {
        match self {
            Measure::Duration => return Ok(of.durations.percentile(percent)),
            Measure::UrlRequestLatency => return Ok(of.urls.percentile(percent)),
            _ => {}
        }
        if self.is_sampled() {
            let message = format!("Warren keeps no percentiles of {}.", self.name());
            return Err(invalid(message));
        }
        // Each value is 0 or 1.
        let Summary { count, sum, .. } = self.values(of);
        let rank = (percent / 100.0 * count as f64).ceil().max(1.0);
        Ok(f64::from(u8::from(rank > count as f64 - sum)))
    }
}

/// Something that is measured, of a function or of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Metric {
    pub(super) measure: Measure,
    pub(super) function: Option<String>,
}

impl Metric {
    /// The metric of these names; none where nothing of the kind is measured.
    pub(super) fn of(namespace: &str, name: &str, dimensions: &[Dimension]) -> Option<Metric> {
        let measure = Measure::ALL.into_iter().find(|measure| measure.name() == name)?;
        let function = match dimensions {
            [] => None,
            [Dimension { name, value }] if name == FUNCTION => Some(value.clone()),
            _ => return None,
        };
        let is_told = function.is_none() || measure.is_of_functions();
        (namespace == NAMESPACE && is_told).then_some(Metric { measure, function })
    }

    /// What was measured in each period of a time, in order; a period in which nothing was is left
    /// out. All are in minutes of the Unix epoch.
    pub(super) fn periods(
        &self,
        driver: &Driver,
        scope: &Scope,
        (from, to): (u64, u64),
        period: u64,
    ) -> Vec<(u64, Minute)> {
        let metrics = driver.metrics();
        let minutes = match &self.function {
            None if self.measure.is_sampled() => metrics.in_flight(scope, from, to),
            of => metrics
                .of_scope(scope)
                .iter()
                .filter(|(name, _)| of.as_ref().is_none_or(|of| of == name))
                .flat_map(|(_, figures)| figures.minutes(from, to))
                .collect(),
        };
        let mut periods = std::collections::BTreeMap::<u64, Minute>::new();
        for minute in minutes {
            let at = from + (minute.at - from) / period * period;
            periods.entry(at).or_default().join(&minute);
        }
        periods.retain(|_, minute| self.measure.values(minute).count > 0);
        periods.into_iter().collect()
    }
}

/// Whether a namespace is one that AWS measures, in which nobody else puts anything.
pub(super) fn is_of_aws(namespace: &str) -> bool {
    namespace.starts_with("AWS/")
}

pub(super) fn invalid(message: impl Into<String>) -> ApiError {
    error("InvalidParameterValue", message)
}

/// The minutes of a time; of the first, all of it.
pub(super) fn minutes(start: i64, end: i64) -> Result<(u64, u64), ApiError> {
    if start >= end {
        return Err(invalid("The parameter StartTime must be less than the parameter EndTime."));
    }
    let minute = |millis: i64| u64::try_from(millis.max(0)).unwrap_or_default();
    Ok((minute(start) / 60_000, minute(end).div_ceil(60_000)))
}

/// A period in minutes.
pub(super) fn period(seconds: i32) -> Result<u64, ApiError> {
    match u64::try_from(seconds) {
        Ok(seconds) if seconds > 0 && seconds.is_multiple_of(60) => Ok(seconds / 60),
        _ => Err(invalid(format!(
            "The parameter Period must be a multiple of {RESOLUTION}, by which functions are measured."
        ))),
    }
}

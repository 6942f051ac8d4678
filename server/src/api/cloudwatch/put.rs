//! Values that callers put.

use neighbours::Failure;
use neighbours::metrics::{Metric, Point, PutError, Values};
use wire::ApiError;
use wire::cloudwatch::input::{MetricDatum, PutMetricData, StatisticSet};
use wire::cloudwatch::{SERVICE, error};

use crate::api::cloudwatch::metric::{RESOLUTION, invalid, is_of_aws};
use crate::api::cloudwatch::own::in_order;
use crate::api::neighbours::context;
use crate::api::operation::{Context, Operation};
use crate::driver::now;

/// The most of one request, and of one metric, as AWS has them.
const DATA: usize = 1000;
const VALUES: usize = 150;
const DIMENSIONS: usize = 30;
/// The greatest value is two to this.
const GREATEST: i32 = 360;
/// Minutes by which values may be late or early.
const LATE: i64 = 14 * 24 * 60;
const EARLY: i64 = 2 * 60;

impl Operation for PutMetricData {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let PutMetricData { namespace, metric_data } = self;
        if is_of_aws(&namespace) {
            let message = format!("The value {namespace} for parameter Namespace is invalid.");
            return Err(invalid(message));
        }
        let data = metric_data.unwrap_or_default();
        if data.is_empty() {
            return Err(error("MissingParameter", "The parameter MetricData is required."));
        }
        if data.len() > DATA {
            let message =
                format!("The collection MetricData must not have a size greater than {DATA}.");
            return Err(invalid(message));
        }
        let now = now().0 / 60_000_000_000;
        let points = (1..).zip(data).map(|(number, datum)| point(&namespace, number, datum, now));
        let points = points.collect::<Result<Vec<_>, _>>()?;
        match cx.endpoint.neighbours.metrics().put(context(cx).scope, points, now).await {
            Ok(()) => Ok(()),
            Err(PutError::Store(why)) => Err(Failure::from(why).told_by(&SERVICE)),
            Err(why @ PutError::TooMany) => Err(error("LimitExceeded", why.to_string())),
        }
    }
}

/// What one datum puts.
fn point(namespace: &str, number: u32, datum: MetricDatum, now: u64) -> Result<Point, ApiError> {
    let MetricDatum {
        metric_name: name,
        dimensions,
        timestamp,
        value,
        statistic_values,
        values,
        counts,
        unit,
        storage_resolution,
    } = datum;
    let of = |member: &str| format!("MetricData.member.{number}.{member}");
    if storage_resolution.is_some_and(|seconds| seconds != RESOLUTION) {
        let message = format!(
            "The parameter {} must be {RESOLUTION}: Warren keeps metrics by the minute.",
            of("StorageResolution")
        );
        return Err(invalid(message));
    }
    let dimensions = in_order(dimensions.unwrap_or_default());
    if dimensions.len() > DIMENSIONS {
        let member = of("Dimensions");
        let message =
            format!("The collection {member} must not have a size greater than {DIMENSIONS}.");
        return Err(invalid(message));
    }
    let minute = timestamp.map_or(now.cast_signed(), |millis| millis.div_euclid(60_000));
    let age = now.cast_signed() - minute;
    if !(-EARLY..=LATE).contains(&age) {
        let which = if age > 0 { "two weeks in the past" } else { "two hours in the future" };
        let message =
            format!("The parameter {} must specify a time no more than {which}.", of("Timestamp"));
        return Err(invalid(message));
    }
    let both = |first: &str, second: &str| {
        let message = format!(
            "The parameters {} and {} are mutually exclusive and you have specified both.",
            of(first),
            of(second)
        );
        Err(error("InvalidParameterCombination", message))
    };
    let values = match (value, statistic_values, values) {
        (Some(_), Some(_), _) => return both("Value", "StatisticValues"),
        (Some(_), _, Some(_)) => return both("Value", "Values"),
        (_, Some(_), Some(_)) => return both("StatisticValues", "Values"),
        (Some(value), None, None) => whole(&[(value, 1.0)], &of("Value"))?,
        (None, Some(set), None) => of_set(&set, &of("StatisticValues"))?,
        (None, None, Some(values)) => of_list(values, counts, &of)?,
        (None, None, None) => {
            let message = format!("The parameter {} is required.", of("Value"));
            return Err(error("MissingParameter", message));
        }
    };
    let unit = unit.unwrap_or_else(|| "None".into());
    let metric = Metric { namespace: namespace.to_owned(), name, dimensions };
    Ok(Point { metric, unit, at: minute.cast_unsigned(), values })
}

/// Whether a value is one that can be kept.
fn check(value: f64, parameter: &str) -> Result<(), ApiError> {
    if value.is_finite() && value.abs() <= 2f64.powi(GREATEST) {
        return Ok(());
    }
    Err(invalid(format!("The value {value} for parameter {parameter} is invalid.")))
}

/// Values and how often each was, of which there is one at least.
fn whole(values: &[(f64, f64)], parameter: &str) -> Result<Values, ApiError> {
    let mut all = Values { count: 0.0, sum: 0.0, min: f64::INFINITY, max: f64::NEG_INFINITY };
    for (value, count) in values {
        check(*value, parameter)?;
        all.join(&Values { count: *count, sum: value * count, min: *value, max: *value });
    }
    Ok(all)
}

fn of_set(set: &StatisticSet, parameter: &str) -> Result<Values, ApiError> {
    let StatisticSet { sample_count, sum, minimum, maximum } = *set;
    for (value, name) in [(sum, "Sum"), (minimum, "Minimum"), (maximum, "Maximum")] {
        check(value, &format!("{parameter}.{name}"))?;
    }
    check_count(sample_count, &format!("{parameter}.SampleCount"))?;
    Ok(Values { count: sample_count, sum, min: minimum, max: maximum })
}

fn of_list(
    values: Vec<f64>,
    counts: Option<Vec<f64>>,
    of: &impl Fn(&str) -> String,
) -> Result<Values, ApiError> {
    let counts = counts.unwrap_or_else(|| vec![1.0; values.len()]);
    if values.is_empty() || values.len() > VALUES {
        let message =
            format!("The collection {} must have a size between 1 and {VALUES}.", of("Values"));
        return Err(invalid(message));
    }
    if values.len() != counts.len() {
        let (values, counts) = (of("Values"), of("Counts"));
        let message = format!("The parameters {values} and {counts} must be of the same size.");
        return Err(invalid(message));
    }
    counts.iter().try_for_each(|count| check_count(*count, &of("Counts")))?;
    let values: Vec<_> = values.into_iter().zip(counts).collect();
    whole(&values, &of("Values"))
}

fn check_count(count: f64, parameter: &str) -> Result<(), ApiError> {
    check(count, parameter)?;
    if count > 0.0 {
        return Ok(());
    }
    Err(invalid(format!("The value {count} for parameter {parameter} is invalid.")))
}

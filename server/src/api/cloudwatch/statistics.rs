//! Statistics of one metric.

use std::collections::BTreeMap;

use neighbours::metrics;
use wire::ApiError;
use wire::cloudwatch::error;
use wire::cloudwatch::input::GetMetricStatistics;
use wire::cloudwatch::output::{Datapoint, GetMetricStatisticsOutput};

use crate::api::cloudwatch::metric::{Metric, is_of_aws, minutes, period};
use crate::api::cloudwatch::own::{in_order, put_periods};
use crate::api::cloudwatch::statistic::Statistic;
use crate::api::operation::{Context, Operation};

/// The most that one answer has.
const MOST: u64 = 1440;

impl Operation for GetMetricStatistics {
    type Output = GetMetricStatisticsOutput;

    async fn run(self, cx: &Context<'_>) -> Result<GetMetricStatisticsOutput, ApiError> {
        let GetMetricStatistics {
            namespace,
            metric_name,
            dimensions,
            start_time,
            end_time,
            period: seconds,
            statistics,
            extended_statistics,
            unit,
        } = self;
        let plain = statistics.unwrap_or_default();
        let extended = extended_statistics.unwrap_or_default();
        if plain.is_empty() == extended.is_empty() {
            let message = match plain.is_empty() {
                true => "The request must contain Statistics or ExtendedStatistics.",
                false => "The request cannot contain both Statistics and ExtendedStatistics.",
            };
            return Err(error("InvalidParameterCombination", message));
        }
        let of_name = |name: String| Ok::<_, ApiError>((Statistic::of(&name)?, name));
        let plain = plain.into_iter().map(of_name).collect::<Result<Vec<_>, _>>()?;
        let extended = extended.into_iter().map(of_name).collect::<Result<Vec<_>, _>>()?;
        let (from, to) = minutes(start_time, end_time)?;
        let period = period(seconds)?;
        let count = (to - from).div_ceil(period);
        if count > MOST {
            let message = format!(
                "You have requested up to {count} datapoints, which exceeds the limit of {MOST}. You \
                 may reduce the datapoints requested by increasing Period, or decreasing the time range."
            );
            return Err(error("InvalidParameterCombination", message));
        }
        let mut datapoints = Vec::new();
        let dimensions = dimensions.unwrap_or_default();
        if !is_of_aws(&namespace) {
            let name = metric_name.clone();
            let metric = metrics::Metric { namespace, name, dimensions: in_order(dimensions) };
            for ((at, of_unit), put) in put_periods(cx, metric, (from, to), period).await? {
                if unit.as_deref().is_none_or(|unit| unit == of_unit) {
                    let value = |statistic: Statistic| statistic.of_put(&put);
                    datapoints.push(datapoint(at, &of_unit, value, &plain, &extended)?);
                }
            }
            let (label, datapoints) = (Some(metric_name), Some(datapoints));
            return Ok(GetMetricStatisticsOutput { label, datapoints });
        }
        let metric = Metric::of(&namespace, &metric_name, &dimensions);
        let metric =
            metric.filter(|it| unit.as_deref().is_none_or(|unit| unit == it.measure.unit()));
        if let Some(metric) = metric {
            for (at, minute) in metric.periods(cx.driver, &cx.scope, (from, to), period) {
                let value = |statistic: Statistic| statistic.value(metric.measure, &minute);
                let unit = metric.measure.unit();
                datapoints.push(datapoint(at, unit, value, &plain, &extended)?);
            }
        }
        let (label, datapoints) = (Some(metric_name), Some(datapoints));
        Ok(GetMetricStatisticsOutput { label, datapoints })
    }
}

/// What is known of a period, as far as it is asked for.
fn datapoint(
    at: u64,
    unit: &str,
    value: impl Fn(Statistic) -> Result<f64, ApiError>,
    plain: &[(Statistic, String)],
    extended: &[(Statistic, String)],
) -> Result<Datapoint, ApiError> {
    let wanted = |wanted: Statistic| {
        let is_wanted = plain.iter().any(|(statistic, _)| *statistic == wanted);
        is_wanted.then(|| value(wanted)).transpose()
    };
    let percentiles = extended.iter().map(|(it, name)| Ok((name.clone(), value(*it)?)));
    let percentiles = percentiles.collect::<Result<BTreeMap<_, _>, ApiError>>()?;
    Ok(Datapoint {
        timestamp: Some(at as i64 * 60_000),
        sample_count: wanted(Statistic::SampleCount)?,
        average: wanted(Statistic::Average)?,
        sum: wanted(Statistic::Sum)?,
        minimum: wanted(Statistic::Minimum)?,
        maximum: wanted(Statistic::Maximum)?,
        unit: Some(unit.to_owned()),
        extended_statistics: Some(percentiles).filter(|all| !all.is_empty()),
    })
}

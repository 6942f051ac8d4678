//! Statistics of several metrics.

use std::collections::{BTreeMap, BTreeSet};

use neighbours::metrics::{self, Values};
use wire::ApiError;
use wire::cloudwatch::error;
use wire::cloudwatch::input::{self, GetMetricData, MetricDataQuery, MetricStat};
use wire::cloudwatch::output::{GetMetricDataOutput, MetricDataResult};

use crate::api::cloudwatch::metric::{Metric, invalid, is_of_aws, minutes, period};
use crate::api::cloudwatch::own::{in_order, put_periods};
use crate::api::cloudwatch::statistic::Statistic;
use crate::api::operation::{Context, Operation};

/// Queries of one request, and values of one answer, as AWS has them.
const QUERIES: usize = 500;
const VALUES: usize = 100_800;

impl Operation for GetMetricData {
    type Output = GetMetricDataOutput;

    async fn run(self, cx: &Context<'_>) -> Result<GetMetricDataOutput, ApiError> {
        let GetMetricData {
            metric_data_queries: queries,
            start_time,
            end_time,
            next_token,
            scan_by,
            max_datapoints,
        } = self;
        if queries.len() > QUERIES {
            let message = format!(
                "The collection MetricDataQueries must not have a size greater than {QUERIES}."
            );
            return Err(invalid(message));
        }
        let mut ids = BTreeSet::new();
        if let Some(twice) = queries.iter().find(|query| !ids.insert(query.id.as_str())) {
            let message = format!(
                "The values for parameter Id in MetricDataQueries are not unique: {}.",
                twice.id
            );
            return Err(invalid(message));
        }
        let most = max_datapoints.and_then(|most| usize::try_from(most).ok()).unwrap_or(VALUES);
        let token = next_token.filter(|token| !token.is_empty());
        let told = token.map_or(Ok(0), |token| token.parse::<usize>());
        let told =
            told.map_err(|_| error("InvalidNextToken", "The specified nextToken is invalid."))?;
        let is_rising = scan_by.as_deref() == Some("TimestampAscending");
        let span = minutes(start_time, end_time)?;
        let (mut skipped, mut left, mut is_cut) = (told, most.clamp(1, VALUES), false);
        let mut results = Vec::new();
        for query in queries {
            let MetricDataQuery { id, metric_stat, label, return_data } = query;
            let stat = metric_stat.ok_or_else(|| {
                let message =
                    format!("The query {id} has no MetricStat: Warren computes no expressions.");
                invalid(message)
            })?;
            let (default, mut values) = values(cx, stat, span).await?;
            if return_data == Some(false) {
                continue;
            }
            if !is_rising {
                values.reverse();
            }
            let before = skipped.min(values.len());
            values.drain(..before);
            skipped -= before;
            let is_whole = values.len() <= left;
            values.truncate(left);
            left -= values.len();
            is_cut |= !is_whole;
            let status = if is_whole { "Complete" } else { "PartialData" };
            results.push(MetricDataResult {
                id: Some(id),
                label: Some(label.unwrap_or(default)),
                timestamps: Some(values.iter().map(|(at, _)| *at as i64 * 60_000).collect()),
                values: Some(values.into_iter().map(|(_, value)| value).collect()),
                status_code: Some(status.into()),
                messages: None,
            });
        }
        let told = told + most.clamp(1, VALUES) - left;
        Ok(GetMetricDataOutput {
            metric_data_results: Some(results),
            next_token: is_cut.then(|| told.to_string()),
            messages: Some(Vec::new()),
        })
    }
}

/// The values of a query in rising order of their times, and its label where it has none.
async fn values(
    cx: &Context<'_>,
    stat: MetricStat,
    (from, to): (u64, u64),
) -> Result<(String, Vec<(u64, f64)>), ApiError> {
    let MetricStat { metric, period: seconds, stat, unit } = stat;
    let input::Metric { namespace, metric_name, dimensions } = metric;
    let (namespace, name) = (namespace.unwrap_or_default(), metric_name.unwrap_or_default());
    let statistic = Statistic::of(&stat)?;
    let period = period(seconds)?;
    // Periods are counted from the epoch, so that one that is asked for twice is the same twice.
    let from = from / period * period;
    let dimensions = dimensions.unwrap_or_default();
    if !is_of_aws(&namespace) {
        let metric =
            metrics::Metric { namespace, name: name.clone(), dimensions: in_order(dimensions) };
        let put = put_periods(cx, metric, (from, to), period).await?;
        let mut values = BTreeMap::<u64, Values>::new();
        for ((at, of_unit), put) in put {
            if unit.as_deref().is_none_or(|unit| unit == of_unit) {
                values.entry(at).and_modify(|known| known.join(&put)).or_insert(put);
            }
        }
        let values = values.iter().map(|(at, put)| Ok((*at, statistic.of_put(put)?)));
        return Ok((name, values.collect::<Result<_, ApiError>>()?));
    }
    let metric = Metric::of(&namespace, &name, &dimensions);
    let metric = metric.filter(|it| unit.as_deref().is_none_or(|unit| unit == it.measure.unit()));
    let Some(metric) = metric else { return Ok((name, Vec::new())) };
    let periods = metric.periods(cx.driver, &cx.scope, (from, to), period);
    let values =
        periods.iter().map(|(at, minute)| Ok((*at, statistic.value(metric.measure, minute)?)));
    Ok((name, values.collect::<Result<_, ApiError>>()?))
}

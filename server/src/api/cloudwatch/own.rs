//! Metrics that callers put, as they are kept beside those that are measured here.

use std::collections::BTreeMap;

use neighbours::Failure;
use neighbours::metrics::{Metric, Values};
use wire::ApiError;
use wire::cloudwatch::input::Dimension;
use wire::cloudwatch::{SERVICE, output};

use crate::api::neighbours::context;
use crate::api::operation::Context;

/// Dimensions in the order in which they are kept: who gives them in another means the same metric.
pub(super) fn in_order(dimensions: Vec<Dimension>) -> Vec<(String, String)> {
    let pairs = dimensions.into_iter().map(|Dimension { name, value }| (name, value));
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort();
    pairs
}

/// What was put in each period of a time, unit by unit.
pub(super) async fn put_periods(
    cx: &Context<'_>,
    metric: Metric,
    (from, to): (u64, u64),
    period: u64,
) -> Result<BTreeMap<(u64, String), Values>, ApiError> {
    let minutes = cx.endpoint.neighbours.metrics().minutes(context(cx).scope, metric, (from, to));
    let mut periods = BTreeMap::<(u64, String), Values>::new();
    for (at, unit, values) in minutes.await.map_err(|why| Failure::from(why).told_by(&SERVICE))? {
        let key = (from + (at - from) / period * period, unit);
        periods.entry(key).and_modify(|known| known.join(&values)).or_insert(values);
    }
    Ok(periods)
}

/// The metrics to which something came since a minute.
pub(super) async fn list(
    cx: &Context<'_>,
    namespace: Option<String>,
    name: Option<String>,
    since: u64,
) -> Result<Vec<Metric>, ApiError> {
    let metrics = cx.endpoint.neighbours.metrics();
    let listed = metrics.list(context(cx).scope, namespace, name, since).await;
    listed.map_err(|why| Failure::from(why).told_by(&SERVICE))
}

/// A metric as it is told.
pub(super) fn shown(metric: Metric) -> output::Metric {
    let dimension = |(name, value): (String, String)| output::Dimension { name, value };
    output::Metric {
        namespace: Some(metric.namespace),
        metric_name: Some(metric.name),
        dimensions: Some(metric.dimensions.into_iter().map(dimension).collect()),
    }
}

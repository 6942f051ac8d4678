//! Which metrics there are.

use neighbours::metrics;
use wire::ApiError;
use wire::cloudwatch::error;
use wire::cloudwatch::input::{DimensionFilter, ListMetrics};
use wire::cloudwatch::output::{Dimension, ListMetricsOutput, Metric};

use crate::api::cloudwatch::metric::{FUNCTION, Measure, NAMESPACE, is_of_aws};
use crate::api::cloudwatch::own;
use crate::api::operation::{Context, Operation};
use crate::api::page::{self, NotAToken, Order};
use crate::driver::now;
use crate::metrics::Minute;

/// Metrics of one page, as AWS has it.
const PAGE: usize = 500;
/// Minutes of "recently".
const RECENTLY: u64 = 3 * 60;
/// Minutes after which a metric to which nothing came is not listed: two weeks, as AWS has it.
const LISTED: u64 = 14 * 24 * 60;

impl Operation for ListMetrics {
    type Output = ListMetricsOutput;

    async fn run(self, cx: &Context<'_>) -> Result<ListMetricsOutput, ApiError> {
        let ListMetrics { namespace, metric_name, dimensions, next_token, recently_active } = self;
        let filters = dimensions.unwrap_or_default();
        let is_meant = |measure: Measure| {
            namespace.as_deref().is_none_or(|namespace| namespace == NAMESPACE)
                && metric_name.as_deref().is_none_or(|name| name == measure.name())
        };
        let now = now().0 / 60_000_000_000;
        let since = now.saturating_sub(if recently_active.is_some() { RECENTLY } else { LISTED });
        let mut whole = Minute::default();
        let mut found = Vec::new();
        let mut list = |function: Option<&str>, seen: &Minute| {
            for measure in Measure::ALL.into_iter().filter(|measure| is_meant(*measure)) {
                let is_told = function.is_none() || measure.is_of_functions();
                if is_told && measure.values(seen).count > 0 && is_within(function, &filters) {
                    let function_name = function.unwrap_or_default();
                    let key = format!("{NAMESPACE}\0{}\0{function_name}", measure.name());
                    found.push((key, show(measure, function)));
                }
            }
        };
        for (name, figures) in cx.driver.metrics().of_scope(&cx.scope) {
            let mut seen = Minute::default();
            figures.minutes(since, u64::MAX).iter().for_each(|minute| seen.join(minute));
            whole.join(&seen);
            list(Some(&name), &seen);
        }
        let sampled = cx.driver.metrics().in_flight(&cx.scope, since, u64::MAX);
        sampled.iter().for_each(|minute| whole.join(minute));
        list(None, &whole);
        if namespace.as_deref().is_none_or(|namespace| !is_of_aws(namespace)) {
            for metric in own::list(cx, namespace, metric_name, since).await? {
                if filters.iter().all(|filter| has(&metric, filter)) {
                    let metrics::Metric { namespace, name, dimensions } = &metric;
                    found
                        .push((format!("{namespace}\0{name}\0{dimensions:?}"), own::shown(metric)));
                }
            }
        }
        let page =
            page::page(found, Order::Rising, PAGE, next_token.as_deref()).map_err(|NotAToken| {
                error("InvalidNextToken", "The specified nextToken is invalid.")
            })?;
        let (metrics, next_token) = (Some(page.items), page.next_token);
        Ok(ListMetricsOutput { metrics, next_token, owning_accounts: None })
    }
}

/// Whether a metric that was put has a dimension that is asked for.
fn has(metric: &metrics::Metric, DimensionFilter { name, value }: &DimensionFilter) -> bool {
    let is_it =
        |(of, is): &(String, String)| of == name && value.as_ref().is_none_or(|it| it == is);
    metric.dimensions.iter().any(is_it)
}

/// Whether a function's metric has all dimensions that are asked for.
fn is_within(function: Option<&str>, filters: &[DimensionFilter]) -> bool {
    filters.iter().all(|DimensionFilter { name, value }| {
        let is_value = |function| value.as_deref().is_none_or(|value| value == function);
        name == FUNCTION && function.is_some_and(is_value)
    })
}

fn show(measure: Measure, function: Option<&str>) -> Metric {
    let dimension = |function: &str| Dimension { name: FUNCTION.into(), value: function.into() };
    Metric {
        namespace: Some(NAMESPACE.into()),
        metric_name: Some(measure.name().into()),
        dimensions: Some(function.map(dimension).into_iter().collect()),
    }
}

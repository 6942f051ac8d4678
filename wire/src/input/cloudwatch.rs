//! The inputs of cloudwatch's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { GetMetricData {
    must "MetricDataQueries" metric_data_queries: Vec<MetricDataQuery>,
    must "StartTime" start_time: i64,
    must "EndTime" end_time: i64,
    may "NextToken" next_token: Option<String>,
    may "ScanBy" scan_by: Option<String>,
    may "MaxDatapoints" max_datapoints: Option<i32>,
} }

input! { GetMetricStatistics {
    must "Namespace" namespace: String,
    must "MetricName" metric_name: String,
    may "Dimensions" dimensions: Option<Vec<Dimension>>,
    must "StartTime" start_time: i64,
    must "EndTime" end_time: i64,
    must "Period" period: i32,
    may "Statistics" statistics: Option<Vec<String>>,
    may "ExtendedStatistics" extended_statistics: Option<Vec<String>>,
    may "Unit" unit: Option<String>,
} }

input! { ListMetrics {
    may "Namespace" namespace: Option<String>,
    may "MetricName" metric_name: Option<String>,
    may "Dimensions" dimensions: Option<Vec<DimensionFilter>>,
    may "NextToken" next_token: Option<String>,
    may "RecentlyActive" recently_active: Option<String>,
} }

input! { PutMetricData {
    must "Namespace" namespace: String,
    may "MetricData" metric_data: Option<Vec<MetricDatum>>,
} }

input! { DimensionFilter {
    must "Name" name: String,
    may "Value" value: Option<String>,
} }

input! { Dimension {
    must "Name" name: String,
    must "Value" value: String,
} }

input! { MetricDatum {
    must "MetricName" metric_name: String,
    may "Dimensions" dimensions: Option<Vec<Dimension>>,
    may "Timestamp" timestamp: Option<i64>,
    may "Value" value: Option<f64>,
    may "StatisticValues" statistic_values: Option<StatisticSet>,
    may "Values" values: Option<Vec<f64>>,
    may "Counts" counts: Option<Vec<f64>>,
    may "Unit" unit: Option<String>,
    may "StorageResolution" storage_resolution: Option<i32>,
} }

input! { MetricDataQuery {
    must "Id" id: String,
    may "MetricStat" metric_stat: Option<MetricStat>,
    may "Label" label: Option<String>,
    may "ReturnData" return_data: Option<bool>,
} }

input! { MetricStat {
    must "Metric" metric: Metric,
    must "Period" period: i32,
    must "Stat" stat: String,
    may "Unit" unit: Option<String>,
} }

input! { Metric {
    may "Namespace" namespace: Option<String>,
    may "MetricName" metric_name: Option<String>,
    may "Dimensions" dimensions: Option<Vec<Dimension>>,
} }

input! { StatisticSet {
    must "SampleCount" sample_count: f64,
    must "Sum" sum: f64,
    must "Minimum" minimum: f64,
    must "Maximum" maximum: f64,
} }

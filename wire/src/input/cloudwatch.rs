//! The inputs of cloudwatch's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetMetricData {
    #[serde(rename = "MetricDataQueries")] pub metric_data_queries: Vec<MetricDataQuery>,
    #[serde(rename = "StartTime")] pub start_time: i64,
    #[serde(rename = "EndTime")] pub end_time: i64,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "ScanBy")] pub scan_by: Option<String>,
    #[serde(rename = "MaxDatapoints")] pub max_datapoints: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetMetricStatistics {
    #[serde(rename = "Namespace")] pub namespace: String,
    #[serde(rename = "MetricName")] pub metric_name: String,
    #[serde(rename = "Dimensions")] pub dimensions: Option<Vec<Dimension>>,
    #[serde(rename = "StartTime")] pub start_time: i64,
    #[serde(rename = "EndTime")] pub end_time: i64,
    #[serde(rename = "Period")] pub period: i32,
    #[serde(rename = "Statistics")] pub statistics: Option<Vec<String>>,
    #[serde(rename = "ExtendedStatistics")] pub extended_statistics: Option<Vec<String>>,
    #[serde(rename = "Unit")] pub unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListMetrics {
    #[serde(rename = "Namespace")] pub namespace: Option<String>,
    #[serde(rename = "MetricName")] pub metric_name: Option<String>,
    #[serde(rename = "Dimensions")] pub dimensions: Option<Vec<DimensionFilter>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "RecentlyActive")] pub recently_active: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutMetricData {
    #[serde(rename = "Namespace")] pub namespace: String,
    #[serde(rename = "MetricData")] pub metric_data: Option<Vec<MetricDatum>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DimensionFilter {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Dimension {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct MetricDatum {
    #[serde(rename = "MetricName")] pub metric_name: String,
    #[serde(rename = "Dimensions")] pub dimensions: Option<Vec<Dimension>>,
    #[serde(rename = "Timestamp")] pub timestamp: Option<i64>,
    #[serde(rename = "Value")] pub value: Option<f64>,
    #[serde(rename = "StatisticValues")] pub statistic_values: Option<StatisticSet>,
    #[serde(rename = "Values")] pub values: Option<Vec<f64>>,
    #[serde(rename = "Counts")] pub counts: Option<Vec<f64>>,
    #[serde(rename = "Unit")] pub unit: Option<String>,
    #[serde(rename = "StorageResolution")] pub storage_resolution: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct MetricDataQuery {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "MetricStat")] pub metric_stat: Option<MetricStat>,
    #[serde(rename = "Label")] pub label: Option<String>,
    #[serde(rename = "ReturnData")] pub return_data: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct MetricStat {
    #[serde(rename = "Metric")] pub metric: Metric,
    #[serde(rename = "Period")] pub period: i32,
    #[serde(rename = "Stat")] pub stat: String,
    #[serde(rename = "Unit")] pub unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Metric {
    #[serde(rename = "Namespace")] pub namespace: Option<String>,
    #[serde(rename = "MetricName")] pub metric_name: Option<String>,
    #[serde(rename = "Dimensions")] pub dimensions: Option<Vec<Dimension>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct StatisticSet {
    #[serde(rename = "SampleCount")] pub sample_count: f64,
    #[serde(rename = "Sum")] pub sum: f64,
    #[serde(rename = "Minimum")] pub minimum: f64,
    #[serde(rename = "Maximum")] pub maximum: f64,
}

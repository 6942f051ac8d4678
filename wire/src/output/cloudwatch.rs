//! The outputs of cloudwatch's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Datapoint {
    #[serde(rename = "Timestamp")] pub timestamp: Option<i64>,
    #[serde(rename = "SampleCount")] pub sample_count: Option<f64>,
    #[serde(rename = "Average")] pub average: Option<f64>,
    #[serde(rename = "Sum")] pub sum: Option<f64>,
    #[serde(rename = "Minimum")] pub minimum: Option<f64>,
    #[serde(rename = "Maximum")] pub maximum: Option<f64>,
    #[serde(rename = "Unit")] pub unit: Option<String>,
    #[serde(rename = "ExtendedStatistics")] pub extended_statistics: Option<BTreeMap<String, f64>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dimension {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetMetricDataOutput {
    #[serde(rename = "MetricDataResults")] pub metric_data_results: Option<Vec<MetricDataResult>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Messages")] pub messages: Option<Vec<MessageData>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetMetricStatisticsOutput {
    #[serde(rename = "Label")] pub label: Option<String>,
    #[serde(rename = "Datapoints")] pub datapoints: Option<Vec<Datapoint>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListMetricsOutput {
    #[serde(rename = "Metrics")] pub metrics: Option<Vec<Metric>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "OwningAccounts")] pub owning_accounts: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct MessageData {
    #[serde(rename = "Code")] pub code: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Metric {
    #[serde(rename = "Namespace")] pub namespace: Option<String>,
    #[serde(rename = "MetricName")] pub metric_name: Option<String>,
    #[serde(rename = "Dimensions")] pub dimensions: Option<Vec<Dimension>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct MetricDataResult {
    #[serde(rename = "Id")] pub id: Option<String>,
    #[serde(rename = "Label")] pub label: Option<String>,
    #[serde(rename = "Timestamps")] pub timestamps: Option<Vec<i64>>,
    #[serde(rename = "Values")] pub values: Option<Vec<f64>>,
    #[serde(rename = "StatusCode")] pub status_code: Option<String>,
    #[serde(rename = "Messages")] pub messages: Option<Vec<MessageData>>,
}

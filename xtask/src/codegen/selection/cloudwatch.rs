//! What is supported of CloudWatch: the metrics of functions, and those that callers put.

use super::{Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "cloudwatch",
    title: "CloudWatch",
    version: "2010-08-01",
    files: &["data", "list", "put", "statistics"],
    operations: &[
        op!(GetMetricData,
            reads: [MetricDataQueries, StartTime, EndTime, NextToken, ScanBy, MaxDatapoints],
            ignores: [LabelOptions: "no label has a time in it"]),
        op!(GetMetricStatistics,
            reads: [Namespace, MetricName, Dimensions, StartTime, EndTime, Period, Statistics, ExtendedStatistics,
                Unit]),
        op!(ListMetrics, reads: [Namespace, MetricName, Dimensions, NextToken, RecentlyActive]),
        op!(PutMetricData, reads: [Namespace, MetricData]),
    ],
    shapes: &[
        shape!(Dimension, reads: [Name, Value]),
        shape!(DimensionFilter, reads: [Name, Value]),
        shape!(Metric, reads: [Namespace, MetricName, Dimensions]),
        shape!(MetricDatum, reads: [MetricName, Dimensions, Timestamp, Value, StatisticValues, Values, Counts, Unit,
            StorageResolution]),
        shape!(MetricDataQuery, reads: [Id, MetricStat, Label, ReturnData]),
        shape!(MetricStat, reads: [Metric, Period, Stat, Unit]),
        shape!(StatisticSet, reads: [SampleCount, Sum, Minimum, Maximum]),
    ],
    ..Selected::PLAIN
};

//! Amazon CloudWatch 2010-08-01. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, cloudwatch::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "cloudwatch", signing: "monitoring", version: "2010-08-01", protocol: Protocol::Json, namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/", target: "GraniteServiceVersion20100801", json: "1.0", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: Some(&QUERY_SERVICE) };

/// The same, as older clients spell it.
static QUERY_SERVICE: Service = Service { name: "cloudwatch", signing: "monitoring", version: "2010-08-01", protocol: Protocol::Query, namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/", target: "", json: "1.0", error_prefix: "", operations: &QUERY_OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 4] = [
    Operation { op: op::Op::Cloudwatch(Op::GetMetricData), name: "GetMetricData", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_METRIC_DATA_INPUT), output: Some(&S_GET_METRIC_DATA_OUTPUT), note: "" },
    Operation { op: op::Op::Cloudwatch(Op::GetMetricStatistics), name: "GetMetricStatistics", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_METRIC_STATISTICS_INPUT), output: Some(&S_GET_METRIC_STATISTICS_OUTPUT), note: "" },
    Operation { op: op::Op::Cloudwatch(Op::ListMetrics), name: "ListMetrics", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_METRICS_INPUT), output: Some(&S_LIST_METRICS_OUTPUT), note: "" },
    Operation { op: op::Op::Cloudwatch(Op::PutMetricData), name: "PutMetricData", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_METRIC_DATA_INPUT), output: None, note: "" },
];

static QUERY_OPERATIONS: [Operation; 4] = [
    Operation { op: op::Op::Cloudwatch(Op::GetMetricData), name: "GetMetricData", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_METRIC_DATA_INPUT), output: Some(&S_GET_METRIC_DATA_OUTPUT), note: "" },
    Operation { op: op::Op::Cloudwatch(Op::GetMetricStatistics), name: "GetMetricStatistics", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_METRIC_STATISTICS_INPUT), output: Some(&S_GET_METRIC_STATISTICS_OUTPUT), note: "" },
    Operation { op: op::Op::Cloudwatch(Op::ListMetrics), name: "ListMetrics", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_METRICS_INPUT), output: Some(&S_LIST_METRICS_OUTPUT), note: "" },
    Operation { op: op::Op::Cloudwatch(Op::PutMetricData), name: "PutMetricData", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_METRIC_DATA_INPUT), output: None, note: "" },
];

static ERRORS: [ErrorShape; 5] = [
    ErrorShape { code: "InternalServiceError", query: None, status: 500, members: &[m("Message", &S_FAULT_DESCRIPTION)] },
    ErrorShape { code: "InvalidNextToken", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InvalidParameterCombination", query: None, status: 400, members: &[m("message", &S_AWS_QUERY_ERROR_MESSAGE)] },
    ErrorShape { code: "InvalidParameterValue", query: None, status: 400, members: &[m("message", &S_AWS_QUERY_ERROR_MESSAGE)] },
    ErrorShape { code: "MissingParameter", query: None, status: 400, members: &[m("message", &S_AWS_QUERY_ERROR_MESSAGE)] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ACCOUNT_ID: Shape = string("AccountId", b(1, 255), None, &[]);
static S_AWS_QUERY_ERROR_MESSAGE: Shape = string("AwsQueryErrorMessage", Bounds::NONE, None, &[]);
static S_COUNTS: Shape = list("Counts", &S_DATAPOINT_VALUE, "member", Bounds::NONE);
static S_DATAPOINT: Shape = structure("Datapoint", &[m("Timestamp", &S_TIMESTAMP), m("SampleCount", &S_DATAPOINT_VALUE), m("Average", &S_DATAPOINT_VALUE), m("Sum", &S_DATAPOINT_VALUE), m("Minimum", &S_DATAPOINT_VALUE), m("Maximum", &S_DATAPOINT_VALUE), m("Unit", &S_STANDARD_UNIT), m("ExtendedStatistics", &S_DATAPOINT_VALUE_MAP)]);
static S_DATAPOINT_VALUE: Shape = scalar("DatapointValue", Kind::Double(Bounds::NONE));
static S_DATAPOINT_VALUE_MAP: Shape = map("DatapointValueMap", &S_EXTENDED_STATISTIC, &S_DATAPOINT_VALUE, Bounds::NONE);
static S_DATAPOINT_VALUES: Shape = list("DatapointValues", &S_DATAPOINT_VALUE, "member", Bounds::NONE);
static S_DATAPOINTS: Shape = list("Datapoints", &S_DATAPOINT, "member", Bounds::NONE);
static S_DIMENSION: Shape = structure("Dimension", &[m("Name", &S_DIMENSION_NAME).required().read(), m("Value", &S_DIMENSION_VALUE).required().read()]);
static S_DIMENSION_FILTER: Shape = structure("DimensionFilter", &[m("Name", &S_DIMENSION_NAME).required().read(), m("Value", &S_DIMENSION_VALUE).read()]);
static S_DIMENSION_FILTERS: Shape = list("DimensionFilters", &S_DIMENSION_FILTER, "member", b(i64::MIN, 10));
static S_DIMENSION_NAME: Shape = string("DimensionName", b(1, 255), None, &[]);
static S_DIMENSION_VALUE: Shape = string("DimensionValue", b(1, 1024), None, &[]);
static S_DIMENSIONS: Shape = list("Dimensions", &S_DIMENSION, "member", b(i64::MIN, 30));
static S_ENTITY: Shape = structure("Entity", &[m("KeyAttributes", &S_ENTITY_KEY_ATTRIBUTES_MAP), m("Attributes", &S_ENTITY_ATTRIBUTES_MAP)]);
static S_ENTITY_ATTRIBUTES_MAP: Shape = map("EntityAttributesMap", &S_ENTITY_ATTRIBUTES_MAP_KEY_STRING, &S_ENTITY_ATTRIBUTES_MAP_VALUE_STRING, b(0, 10));
static S_ENTITY_ATTRIBUTES_MAP_KEY_STRING: Shape = string("EntityAttributesMapKeyString", b(1, 256), None, &[]);
static S_ENTITY_ATTRIBUTES_MAP_VALUE_STRING: Shape = string("EntityAttributesMapValueString", b(1, 2048), None, &[]);
static S_ENTITY_KEY_ATTRIBUTES_MAP: Shape = map("EntityKeyAttributesMap", &S_ENTITY_KEY_ATTRIBUTES_MAP_KEY_STRING, &S_ENTITY_KEY_ATTRIBUTES_MAP_VALUE_STRING, b(2, 4));
static S_ENTITY_KEY_ATTRIBUTES_MAP_KEY_STRING: Shape = string("EntityKeyAttributesMapKeyString", b(1, 32), None, &[]);
static S_ENTITY_KEY_ATTRIBUTES_MAP_VALUE_STRING: Shape = string("EntityKeyAttributesMapValueString", b(1, 2048), None, &[]);
static S_ENTITY_METRIC_DATA: Shape = structure("EntityMetricData", &[m("Entity", &S_ENTITY), m("MetricData", &S_METRIC_DATA)]);
static S_ENTITY_METRIC_DATA_LIST: Shape = list("EntityMetricDataList", &S_ENTITY_METRIC_DATA, "member", Bounds::NONE);
static S_ERROR_MESSAGE: Shape = string("ErrorMessage", Bounds::NONE, None, &[]);
static S_EXTENDED_STATISTIC: Shape = string("ExtendedStatistic", Bounds::NONE, None, &[]);
static S_EXTENDED_STATISTICS: Shape = list("ExtendedStatistics", &S_EXTENDED_STATISTIC, "member", b(1, 10));
static S_FAULT_DESCRIPTION: Shape = string("FaultDescription", Bounds::NONE, None, &[]);
static S_GET_METRIC_DATA_INPUT: Shape = structure("GetMetricDataInput", &[m("MetricDataQueries", &S_METRIC_DATA_QUERIES).required().read(), m("StartTime", &S_TIMESTAMP).required().read(), m("EndTime", &S_TIMESTAMP).required().read(), m("NextToken", &S_NEXT_TOKEN).read(), m("ScanBy", &S_SCAN_BY).read(), m("MaxDatapoints", &S_GET_METRIC_DATA_MAX_DATAPOINTS).read(), m("LabelOptions", &S_LABEL_OPTIONS).ignored("no label has a time in it")]);
static S_GET_METRIC_DATA_LABEL_TIMEZONE: Shape = string("GetMetricDataLabelTimezone", Bounds::NONE, None, &[]);
static S_GET_METRIC_DATA_MAX_DATAPOINTS: Shape = scalar("GetMetricDataMaxDatapoints", Kind::Integer(Bounds::NONE));
static S_GET_METRIC_DATA_OUTPUT: Shape = structure("GetMetricDataOutput", &[m("MetricDataResults", &S_METRIC_DATA_RESULTS), m("NextToken", &S_NEXT_TOKEN), m("Messages", &S_METRIC_DATA_RESULT_MESSAGES)]);
static S_GET_METRIC_STATISTICS_INPUT: Shape = structure("GetMetricStatisticsInput", &[m("Namespace", &S_NAMESPACE).required().read(), m("MetricName", &S_METRIC_NAME).required().read(), m("Dimensions", &S_DIMENSIONS).read(), m("StartTime", &S_TIMESTAMP).required().read(), m("EndTime", &S_TIMESTAMP).required().read(), m("Period", &S_PERIOD).required().read(), m("Statistics", &S_STATISTICS).read(), m("ExtendedStatistics", &S_EXTENDED_STATISTICS).read(), m("Unit", &S_STANDARD_UNIT).read()]);
static S_GET_METRIC_STATISTICS_OUTPUT: Shape = structure("GetMetricStatisticsOutput", &[m("Label", &S_METRIC_LABEL), m("Datapoints", &S_DATAPOINTS)]);
static S_INCLUDE_LINKED_ACCOUNTS: Shape = scalar("IncludeLinkedAccounts", Kind::Boolean);
static S_LABEL_OPTIONS: Shape = structure("LabelOptions", &[m("Timezone", &S_GET_METRIC_DATA_LABEL_TIMEZONE)]);
static S_LIST_METRICS_INPUT: Shape = structure("ListMetricsInput", &[m("Namespace", &S_NAMESPACE).read(), m("MetricName", &S_METRIC_NAME).read(), m("Dimensions", &S_DIMENSION_FILTERS).read(), m("NextToken", &S_NEXT_TOKEN).read(), m("RecentlyActive", &S_RECENTLY_ACTIVE).read(), m("IncludeLinkedAccounts", &S_INCLUDE_LINKED_ACCOUNTS), m("OwningAccount", &S_ACCOUNT_ID)]);
static S_LIST_METRICS_OUTPUT: Shape = structure("ListMetricsOutput", &[m("Metrics", &S_METRICS), m("NextToken", &S_NEXT_TOKEN), m("OwningAccounts", &S_OWNING_ACCOUNTS)]);
static S_MESSAGE_DATA: Shape = structure("MessageData", &[m("Code", &S_MESSAGE_DATA_CODE), m("Value", &S_MESSAGE_DATA_VALUE)]);
static S_MESSAGE_DATA_CODE: Shape = string("MessageDataCode", Bounds::NONE, None, &[]);
static S_MESSAGE_DATA_VALUE: Shape = string("MessageDataValue", Bounds::NONE, None, &[]);
static S_METRIC: Shape = structure("Metric", &[m("Namespace", &S_NAMESPACE).read(), m("MetricName", &S_METRIC_NAME).read(), m("Dimensions", &S_DIMENSIONS).read()]);
static S_METRIC_DATA: Shape = list("MetricData", &S_METRIC_DATUM, "member", Bounds::NONE);
static S_METRIC_DATA_QUERIES: Shape = list("MetricDataQueries", &S_METRIC_DATA_QUERY, "member", Bounds::NONE);
static S_METRIC_DATA_QUERY: Shape = structure("MetricDataQuery", &[m("Id", &S_METRIC_ID).required().read(), m("MetricStat", &S_METRIC_STAT).read(), m("Expression", &S_METRIC_EXPRESSION), m("Label", &S_METRIC_LABEL).read(), m("ReturnData", &S_RETURN_DATA).read(), m("Period", &S_PERIOD), m("AccountId", &S_ACCOUNT_ID)]);
static S_METRIC_DATA_RESULT: Shape = structure("MetricDataResult", &[m("Id", &S_METRIC_ID), m("Label", &S_METRIC_LABEL), m("Timestamps", &S_TIMESTAMPS), m("Values", &S_DATAPOINT_VALUES), m("StatusCode", &S_STATUS_CODE), m("Messages", &S_METRIC_DATA_RESULT_MESSAGES)]);
static S_METRIC_DATA_RESULT_MESSAGES: Shape = list("MetricDataResultMessages", &S_MESSAGE_DATA, "member", Bounds::NONE);
static S_METRIC_DATA_RESULTS: Shape = list("MetricDataResults", &S_METRIC_DATA_RESULT, "member", Bounds::NONE);
static S_METRIC_DATUM: Shape = structure("MetricDatum", &[m("MetricName", &S_METRIC_NAME).required().read(), m("Dimensions", &S_DIMENSIONS).read(), m("Timestamp", &S_TIMESTAMP).read(), m("Value", &S_DATAPOINT_VALUE).read(), m("StatisticValues", &S_STATISTIC_SET).read(), m("Values", &S_VALUES).read(), m("Counts", &S_COUNTS).read(), m("Unit", &S_STANDARD_UNIT).read(), m("StorageResolution", &S_STORAGE_RESOLUTION).read()]);
static S_METRIC_EXPRESSION: Shape = string("MetricExpression", b(1, 2048), None, &[]);
static S_METRIC_ID: Shape = string("MetricId", b(1, 255), None, &[]);
static S_METRIC_LABEL: Shape = string("MetricLabel", Bounds::NONE, None, &[]);
static S_METRIC_NAME: Shape = string("MetricName", b(1, 255), None, &[]);
static S_METRIC_STAT: Shape = structure("MetricStat", &[m("Metric", &S_METRIC).required().read(), m("Period", &S_PERIOD).required().read(), m("Stat", &S_STAT).required().read(), m("Unit", &S_STANDARD_UNIT).read()]);
static S_METRICS: Shape = list("Metrics", &S_METRIC, "member", Bounds::NONE);
static S_NAMESPACE: Shape = string("Namespace", b(1, 255), Some(&P0), &[]);
static S_NEXT_TOKEN: Shape = string("NextToken", Bounds::NONE, None, &[]);
static S_OWNING_ACCOUNTS: Shape = list("OwningAccounts", &S_ACCOUNT_ID, "member", Bounds::NONE);
static S_PERIOD: Shape = scalar("Period", Kind::Integer(b(1, i64::MAX)));
static S_PUT_METRIC_DATA_INPUT: Shape = structure("PutMetricDataInput", &[m("Namespace", &S_NAMESPACE).required().read(), m("MetricData", &S_METRIC_DATA).read(), m("EntityMetricData", &S_ENTITY_METRIC_DATA_LIST), m("StrictEntityValidation", &S_STRICT_ENTITY_VALIDATION)]);
static S_RECENTLY_ACTIVE: Shape = string("RecentlyActive", Bounds::NONE, None, &["PT3H"]);
static S_RETURN_DATA: Shape = scalar("ReturnData", Kind::Boolean);
static S_SCAN_BY: Shape = string("ScanBy", Bounds::NONE, None, &["TimestampDescending", "TimestampAscending"]);
static S_STANDARD_UNIT: Shape = string("StandardUnit", Bounds::NONE, None, &["Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None"]);
static S_STAT: Shape = string("Stat", Bounds::NONE, None, &[]);
static S_STATISTIC: Shape = string("Statistic", Bounds::NONE, None, &["SampleCount", "Average", "Sum", "Minimum", "Maximum"]);
static S_STATISTIC_SET: Shape = structure("StatisticSet", &[m("SampleCount", &S_DATAPOINT_VALUE).required().read(), m("Sum", &S_DATAPOINT_VALUE).required().read(), m("Minimum", &S_DATAPOINT_VALUE).required().read(), m("Maximum", &S_DATAPOINT_VALUE).required().read()]);
static S_STATISTICS: Shape = list("Statistics", &S_STATISTIC, "member", b(1, 5));
static S_STATUS_CODE: Shape = string("StatusCode", Bounds::NONE, None, &[]);
static S_STORAGE_RESOLUTION: Shape = scalar("StorageResolution", Kind::Integer(b(1, i64::MAX)));
static S_STRICT_ENTITY_VALIDATION: Shape = scalar("StrictEntityValidation", Kind::Boolean);
static S_TIMESTAMP: Shape = scalar("Timestamp", Kind::Timestamp);
static S_TIMESTAMPS: Shape = list("Timestamps", &S_TIMESTAMP, "member", Bounds::NONE);
static S_VALUES: Shape = list("Values", &S_DATAPOINT_VALUE, "member", Bounds::NONE);
static P0: Pattern = Pattern::new("[^:].*", "[^:].*");

//! cloudwatch's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `GetMetricData`.
    GetMetricData,
    /// `GetMetricStatistics`.
    GetMetricStatistics,
    /// `ListMetrics`.
    ListMetrics,
    /// `PutMetricData`.
    PutMetricData,
}

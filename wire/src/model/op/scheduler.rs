//! scheduler's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `CreateSchedule`.
    CreateSchedule,
    /// `CreateScheduleGroup`.
    CreateScheduleGroup,
    /// `DeleteSchedule`.
    DeleteSchedule,
    /// `DeleteScheduleGroup`.
    DeleteScheduleGroup,
    /// `GetSchedule`.
    GetSchedule,
    /// `GetScheduleGroup`.
    GetScheduleGroup,
    /// `ListScheduleGroups`.
    ListScheduleGroups,
    /// `ListSchedules`.
    ListSchedules,
    /// `ListTagsForResource`.
    ListTagsForResource,
    /// `TagResource`.
    TagResource,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateSchedule`.
    UpdateSchedule,
}

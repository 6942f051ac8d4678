//! What is supported of SSM: the Parameter Store.

use super::{Home, Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "ssm",
    title: "SSM",
    home: Home::Neighbours,
    version: "2014-11-06",
    files: &["describe", "history", "parameter", "tag"],
    operations: &[
        op!(AddTagsToResource, reads: [ResourceType, ResourceId, Tags]),
        op!(DeleteParameter, reads: [Name]),
        op!(DeleteParameters, reads: [Names]),
        op!(DescribeParameters, reads: [Filters, ParameterFilters, MaxResults, NextToken]),
        op!(GetParameter, reads: [Name, WithDecryption]),
        op!(GetParameterHistory, reads: [Name, WithDecryption, MaxResults, NextToken]),
        op!(GetParameters, reads: [Names, WithDecryption]),
        op!(GetParametersByPath,
            reads: [Path, Recursive, ParameterFilters, WithDecryption, MaxResults, NextToken]),
        op!(LabelParameterVersion, reads: [Name, ParameterVersion, Labels]),
        op!(ListTagsForResource, reads: [ResourceType, ResourceId]),
        op!(PutParameter,
            reads: [Name, Description, Value, Type, KeyId, Overwrite, AllowedPattern, Tags, Tier, DataType],
            note: "KeyId is kept and told: values lie as they came"),
        op!(RemoveTagsFromResource, reads: [ResourceType, ResourceId, TagKeys]),
        op!(UnlabelParameterVersion, reads: [Name, ParameterVersion, Labels]),
    ],
    shapes: &[
        shape!(ParameterStringFilter, reads: [Key, Option, Values]),
        shape!(ParametersFilter, reads: [Key, Values]),
        shape!(Tag, reads: [Key, Value]),
    ],
    errors: &[("AccessDeniedException", 400), ("ValidationException", 400)],
    ..Selected::PLAIN
};

//! What is supported of STS.

use super::{Selected, op};

pub(super) const SELECTED: Selected = Selected {
    service: "sts",
    version: "2011-06-15",
    files: &[],
    operations: &[op!(GetCallerIdentity, reads: [])],
    shapes: &[],
};

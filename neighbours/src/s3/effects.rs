//! What comes of a work besides its answer, once it is durable.

/// What comes of a work besides its answer, once it is durable.
#[derive(Debug, Default)]
pub(super) struct Effects {
    /// Files that are nobody's any more.
    pub(super) removed: Vec<String>,
    /// Whether somebody is to be told of something.
    pub(super) has_posted: bool,
}

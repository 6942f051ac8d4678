//! What a secret holds: a text or bytes.

use wire::ApiError;
use wire::secretsmanager::error;

/// What a version holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Text(String),
    /// As base64.
    Bytes(String),
}

impl Content {
    /// What a request gives, if it gives anything.
    ///
    /// # Errors
    /// When it gives both.
    pub(super) fn read(
        text: Option<String>,
        bytes: Option<String>,
    ) -> Result<Option<Content>, ApiError> {
        match (text, bytes) {
            (Some(_), Some(_)) => Err(error(
                "InvalidParameterException",
                "You can't specify both a binary secret value and a string secret value in the same \
                 secret.",
            )),
            (text, bytes) => Ok(text.map(Content::Text).or(bytes.map(Content::Bytes))),
        }
    }

    /// The text and the bytes, of which there is one.
    pub(super) fn parts(self) -> (Option<String>, Option<String>) {
        match self {
            Content::Text(text) => (Some(text), None),
            Content::Bytes(bytes) => (None, Some(bytes)),
        }
    }
}

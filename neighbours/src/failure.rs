//! Why an operation fails: it is refused, or the store fails.

use wire::{ApiError, Service};

use crate::store::StoreError;

/// Why an operation fails.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The service refuses it.
    #[error(transparent)]
    Refused(#[from] ApiError),
    /// Its store cannot be read or written; nothing has changed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for Failure {
    fn from(why: rusqlite::Error) -> Failure {
        Failure::Store(why.into())
    }
}

impl Failure {
    /// What the service that was asked answers.
    pub fn told_by(self, service: &'static Service) -> ApiError {
        match self {
            Failure::Refused(error) => error,
            Failure::Store(why) => {
                tracing::error!(service = service.name, %why, "store fails");
                let mut error = ApiError::internal(service);
                if why.is_full() {
                    error.code = "ServiceUnavailable".into();
                    error.status = 503;
                }
                error.message = why.to_string();
                error
            }
        }
    }
}

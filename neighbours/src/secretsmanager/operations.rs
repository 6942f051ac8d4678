//! The operations of secretsmanager, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "describe.rs"]
pub(super) mod describe;
#[path = "password.rs"]
pub(super) mod password;
#[path = "policy.rs"]
pub(super) mod policy;
#[path = "secret.rs"]
pub(super) mod secret;
#[path = "tag.rs"]
pub(super) mod tag;
#[path = "value.rs"]
pub(super) mod value;
#[path = "version.rs"]
pub(super) mod version;

use serde_json::Value;
use wire::ApiError;
use wire::secretsmanager::{Op, input};

use super::service::Secretsmanager;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Secretsmanager>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::BatchGetSecretValue => call.run::<input::BatchGetSecretValue>().await,
        Op::CreateSecret => call.run::<input::CreateSecret>().await,
        Op::DeleteResourcePolicy => call.run::<input::DeleteResourcePolicy>().await,
        Op::DeleteSecret => call.run::<input::DeleteSecret>().await,
        Op::DescribeSecret => call.run::<input::DescribeSecret>().await,
        Op::GetRandomPassword => call.run::<input::GetRandomPassword>().await,
        Op::GetResourcePolicy => call.run::<input::GetResourcePolicy>().await,
        Op::GetSecretValue => call.run::<input::GetSecretValue>().await,
        Op::ListSecretVersionIds => call.run::<input::ListSecretVersionIds>().await,
        Op::ListSecrets => call.run::<input::ListSecrets>().await,
        Op::PutResourcePolicy => call.run::<input::PutResourcePolicy>().await,
        Op::PutSecretValue => call.run::<input::PutSecretValue>().await,
        Op::RestoreSecret => call.run::<input::RestoreSecret>().await,
        Op::TagResource => call.run::<input::TagResource>().await,
        Op::UntagResource => call.run::<input::UntagResource>().await,
        Op::UpdateSecret => call.run::<input::UpdateSecret>().await,
        Op::UpdateSecretVersionStage => call.run::<input::UpdateSecretVersionStage>().await,
    }
}

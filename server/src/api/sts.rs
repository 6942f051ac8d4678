//! STS: who the caller is.

use serde_json::Value;
use wire::ApiError;
use wire::sts::Op;
use wire::sts::input::GetCallerIdentity;
use wire::sts::output::GetCallerIdentityResponse;

use crate::api::operation::{Call, Context, Operation};

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::GetCallerIdentity => call.run::<GetCallerIdentity>().await,
    }
}

impl Operation for GetCallerIdentity {
    type Output = GetCallerIdentityResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetCallerIdentityResponse, ApiError> {
        let GetCallerIdentity {} = self;
        let account = format!("{:012}", cx.scope.account);
        Ok(GetCallerIdentityResponse {
            arn: Some(format!("arn:aws:iam::{account}:root")),
            user_id: Some(account.clone()),
            account: Some(account),
        })
    }
}

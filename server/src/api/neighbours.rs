//! The services beside Lambda, which have a crate of their own.

use serde_json::Value;
use wire::ApiError;

use crate::api::authorize::Judge;
use crate::api::operation::{Call, Context};

/// What neighbours are told of who asks.
pub(super) fn context<'a>(cx: &Context<'a>) -> neighbours::Context<'a> {
    let scope =
        neighbours::Scope { account: cx.scope.account, region: cx.scope.region.to_string() };
    neighbours::Context {
        scope,
        caller: cx.caller.arn(),
        caller_id: cx.caller.user_id(),
        host: cx.host,
        is_tls: cx.way.is_tls,
        trace: cx.trace.map(str::to_owned),
        exchange: cx.exchange,
        judge: None,
    }
}

pub(super) async fn dispatch(call: Call<'_>) -> Result<Value, ApiError> {
    let Call { cx, operation, input } = call;
    // Tokens are members that neighbours read.
    drop(cx.take_once());
    let judge = Judge { cx, operation };
    let mut told = context(cx);
    // Between accounts the policies of buckets decide, whatever else is enforced.
    if cx.endpoint.iam.enforces() || matches!(operation.op, wire::Op::S3(_)) {
        told.judge = Some(&judge);
    }
    let answer = cx.endpoint.neighbours.answer(&told, operation, input).await;
    answer.expect("every operation that is not the server's is a neighbour's")
}

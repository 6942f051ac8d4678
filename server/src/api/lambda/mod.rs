//! Lambda: the operations on functions, one file per noun.

mod absent;
mod account;
mod alias;
mod code;
mod concurrency;
mod configuration;
mod event_invoke;
mod function;
mod invalid;
mod invoke;
mod json;
mod layer;
mod layer_name;
mod layer_policy;
mod mapping;
mod measured;
mod name;
mod permission;
mod recursion;
mod refusal;
mod resource_policy;
pub(crate) mod result;
mod settings;
mod tag;
pub(crate) mod target;
mod unset;
mod url;
mod version;
mod view;

use engine::ask::Ask;
use engine::compute::function::Refusal;
use serde_json::Value;
use wire::ApiError;
use wire::lambda::input::*;
use wire::lambda::{Op, error};

use crate::api::lambda::invalid::invalid;
use crate::api::operation::{Call, Context};
use crate::api::page::{self, NotAToken, Order, Page};

pub(crate) use invoke::{Called, SYNC as INVOKE_LIMIT, call, entered, invoke};

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AddPermission => call.run::<AddPermission>().await,
        Op::PutResourcePolicy => call.run::<PutResourcePolicy>().await,
        Op::GetResourcePolicy => call.run::<GetResourcePolicy>().await,
        Op::DeleteResourcePolicy => call.run::<DeleteResourcePolicy>().await,
        Op::CreateAlias => call.run::<CreateAlias>().await,
        Op::UpdateAlias => call.run::<UpdateAlias>().await,
        Op::CreateFunction => call.run::<CreateFunction>().await,
        Op::GetFunction => call.run::<GetFunction>().await,
        Op::DeleteFunction => call.run::<DeleteFunction>().await,
        Op::ListFunctions => call.run::<ListFunctions>().await,
        Op::GetFunctionConfiguration => call.run::<GetFunctionConfiguration>().await,
        Op::UpdateFunctionConfiguration => call.run::<UpdateFunctionConfiguration>().await,
        Op::UpdateFunctionCode => call.run::<UpdateFunctionCode>().await,
        Op::PublishVersion => call.run::<PublishVersion>().await,
        Op::ListVersionsByFunction => call.run::<ListVersionsByFunction>().await,
        Op::PutFunctionConcurrency => call.run::<PutFunctionConcurrency>().await,
        Op::GetFunctionConcurrency => call.run::<GetFunctionConcurrency>().await,
        Op::DeleteFunctionConcurrency => call.run::<DeleteFunctionConcurrency>().await,
        Op::TagResource => call.run::<TagResource>().await,
        Op::UntagResource => call.run::<UntagResource>().await,
        Op::ListTags => call.run::<ListTags>().await,
        Op::GetAccountSettings => call.run::<GetAccountSettings>().await,
        Op::GetPolicy => call.run::<GetPolicy>().await,
        Op::GetFunctionCodeSigningConfig => call.run::<GetFunctionCodeSigningConfig>().await,
        Op::GetFunctionRecursionConfig => call.run::<GetFunctionRecursionConfig>().await,
        Op::GetRuntimeManagementConfig => call.run::<GetRuntimeManagementConfig>().await,
        Op::GetFunctionEventInvokeConfig => call.run::<GetFunctionEventInvokeConfig>().await,
        Op::ListFunctionEventInvokeConfigs => call.run::<ListFunctionEventInvokeConfigs>().await,
        Op::GetAlias => call.run::<GetAlias>().await,
        Op::ListAliases => call.run::<ListAliases>().await,
        Op::DeleteAlias => call.run::<DeleteAlias>().await,
        Op::GetFunctionUrlConfig => call.run::<GetFunctionUrlConfig>().await,
        Op::ListFunctionUrlConfigs => call.run::<ListFunctionUrlConfigs>().await,
        Op::CreateFunctionUrlConfig => call.run::<CreateFunctionUrlConfig>().await,
        Op::UpdateFunctionUrlConfig => call.run::<UpdateFunctionUrlConfig>().await,
        Op::DeleteFunctionUrlConfig => call.run::<DeleteFunctionUrlConfig>().await,
        Op::GetEventSourceMapping => call.run::<GetEventSourceMapping>().await,
        Op::ListEventSourceMappings => call.run::<ListEventSourceMappings>().await,
        Op::CreateEventSourceMapping => call.run::<CreateEventSourceMapping>().await,
        Op::UpdateEventSourceMapping => call.run::<UpdateEventSourceMapping>().await,
        Op::DeleteEventSourceMapping => call.run::<DeleteEventSourceMapping>().await,
        Op::GetProvisionedConcurrencyConfig => call.run::<GetProvisionedConcurrencyConfig>().await,
        Op::ListProvisionedConcurrencyConfigs => {
            call.run::<ListProvisionedConcurrencyConfigs>().await
        }
        Op::DeleteProvisionedConcurrencyConfig => {
            call.run::<DeleteProvisionedConcurrencyConfig>().await
        }
        Op::DeleteFunctionEventInvokeConfig => call.run::<DeleteFunctionEventInvokeConfig>().await,
        Op::RemovePermission => call.run::<RemovePermission>().await,
        Op::PublishLayerVersion => call.run::<PublishLayerVersion>().await,
        Op::GetLayerVersion => call.run::<GetLayerVersion>().await,
        Op::GetLayerVersionByArn => call.run::<GetLayerVersionByArn>().await,
        Op::ListLayerVersions => call.run::<ListLayerVersions>().await,
        Op::ListLayers => call.run::<ListLayers>().await,
        Op::DeleteLayerVersion => call.run::<DeleteLayerVersion>().await,
        Op::AddLayerVersionPermission => call.run::<AddLayerVersionPermission>().await,
        Op::RemoveLayerVersionPermission => call.run::<RemoveLayerVersionPermission>().await,
        Op::GetLayerVersionPolicy => call.run::<GetLayerVersionPolicy>().await,
        Op::PutFunctionEventInvokeConfig => call.run::<PutFunctionEventInvokeConfig>().await,
        Op::UpdateFunctionEventInvokeConfig => call.run::<UpdateFunctionEventInvokeConfig>().await,
        Op::PutFunctionRecursionConfig => call.run::<PutFunctionRecursionConfig>().await,
        Op::Invoke => {
            let message = "Invoke is recognised by its path before other operations are.";
            Err(error("ServiceException", message))
        }
    }
}

/// Asks a question about a function.
async fn ask<A: Ask<Refusal = Refusal> + Send + 'static>(
    cx: &Context<'_>,
    question: A,
) -> Result<A::Answer, ApiError> {
    cx.driver.ask(question).await.map_err(|refused| refusal::spell(cx, refused))
}

/// One page of versions of functions, in the order of their keys.
fn page<T>(
    versions: Vec<(String, T)>,
    max_items: Option<i32>,
    marker: Option<&str>,
) -> Result<Page<T>, ApiError> {
    page_in(Order::Rising, versions, max_items, marker)
}

/// One page of what Lambda lists, in an order of the keys.
fn page_in<T>(
    order: Order,
    things: Vec<(String, T)>,
    max_items: Option<i32>,
    marker: Option<&str>,
) -> Result<Page<T>, ApiError> {
    /// As many as AWS gives at the most.
    const MOST: usize = 50;
    let wanted = max_items.and_then(|items| usize::try_from(items).ok());
    page::page(things, order, wanted.unwrap_or(MOST).min(MOST), marker)
        .map_err(|NotAToken| invalid("Invalid Marker."))
}

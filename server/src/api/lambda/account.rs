//! What an account may have, and has.

use engine::engine::Engine;
use engine::scope::Scope;
use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::GetAccountSettings;
use wire::lambda::output::{AccountLimit, AccountUsage, GetAccountSettingsResponse};

use crate::api::operation::{Context, Operation};
use crate::code::{UNZIPPED_LIMIT, ZIPPED_LIMIT};

/// Bytes of packages that an account may have in a region, by AWS's quota.
const TOTAL_CODE: u64 = 322_122_547_200;

impl Operation for GetAccountSettings {
    type Output = GetAccountSettingsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetAccountSettingsResponse, ApiError> {
        let GetAccountSettings {} = self;
        let (limit, reserved, functions, size) = cx.driver.read(|engine| {
            let functions = engine.functions(&cx.scope);
            let (functions, reserved) = functions.fold((0, 0u32), |(count, reserved), function| {
                (count + 1, reserved + function.reserved.unwrap_or(0))
            });
            (engine.limits().concurrency, reserved, functions, code_size(engine, &cx.scope))
        });
        let count = |number: u32| Some(i32::try_from(number).unwrap_or(i32::MAX));
        let bytes = |size: u64| Some(i64::try_from(size).unwrap_or(i64::MAX));
        Ok(GetAccountSettingsResponse {
            account_limit: Some(AccountLimit {
                total_code_size: bytes(TOTAL_CODE),
                code_size_unzipped: bytes(UNZIPPED_LIMIT),
                code_size_zipped: bytes(ZIPPED_LIMIT),
                concurrent_executions: count(limit),
                unreserved_concurrent_executions: count(limit.saturating_sub(reserved)),
            }),
            account_usage: Some(AccountUsage {
                total_code_size: bytes(size),
                function_count: Some(functions),
            }),
        })
    }
}

/// Bytes of the packages of all versions of a scope's functions and layers, each counted for itself.
fn code_size(engine: &Engine, scope: &Scope) -> u64 {
    let versions = engine.functions(scope).flat_map(|function| function.configurations());
    let of_functions = versions.map(|(_, configuration)| configuration.code.size);
    let layers = engine.layers(scope).flat_map(|layer| layer.versions.values());
    of_functions.chain(layers.map(|version| version.code.size)).sum()
}

/// Checks that a scope may have a package of so many bytes more.
pub(crate) fn check_code_size(cx: &Context<'_>, more: u64) -> Result<(), ApiError> {
    let size = cx.driver.read(|engine| code_size(engine, &cx.scope));
    match size.saturating_add(more) <= TOTAL_CODE {
        true => Ok(()),
        false => Err(error("CodeStorageExceededException", "Code storage limit exceeded.")),
    }
}

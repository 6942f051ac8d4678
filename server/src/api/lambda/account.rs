//! What an account may have, and has.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::api::Context;
use crate::code::{UNZIPPED_LIMIT, ZIPPED_LIMIT};

/// Bytes of code that an account may keep, by AWS's quota.
const TOTAL_CODE: u64 = 80_530_636_800;

pub(crate) fn settings(context: &Context<'_>) -> Value {
    context.driver.read(|engine| {
        let limit = engine.limits().concurrency;
        let (mut functions, mut reserved) = (0u64, 0u32);
        let mut packages = BTreeSet::new();
        for function in engine.functions(&context.scope) {
            functions += 1;
            reserved += function.reserved.unwrap_or(0);
            let versions = function.versions.values().chain([&function.latest]);
            packages.extend(versions.map(|version| (version.code.sha256, version.code.size)));
        }
        let size: u64 = packages.iter().map(|(_, size)| size).sum();
        json!({
            "AccountLimit": {
                "TotalCodeSize": TOTAL_CODE,
                "CodeSizeUnzipped": UNZIPPED_LIMIT,
                "CodeSizeZipped": ZIPPED_LIMIT,
                "ConcurrentExecutions": limit,
                "UnreservedConcurrentExecutions": limit.saturating_sub(reserved),
            },
            "AccountUsage": {"TotalCodeSize": size, "FunctionCount": functions},
        })
    })
}

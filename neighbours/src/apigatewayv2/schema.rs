//! The table of APIs: each is a document with all that it is made of.

use crate::store::Schema;

/// The store.
pub(super) const SCHEMA: Schema = Schema { file: "apigateway.db", steps: &[FIRST], limit: 1 << 30 };

const FIRST: &str = "
CREATE TABLE api (
    id TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX api_of ON api (account, region, id);
";

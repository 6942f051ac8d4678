//! The tables of SNS.

use crate::store::Schema;

/// The store of SNS.
pub(super) const SCHEMA: Schema = Schema { file: "sns.db", steps: &[FIRST, TURNS], limit: 4 << 30 };

/// Topics, their subscriptions, and what is on its way: a message once, and a delivery for each that
/// is still to get it. A delivery that has to wait for an earlier one of its group is not due.
const FIRST: &str = "
CREATE TABLE topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    attributes TEXT NOT NULL,
    tags TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, region, name)
);
CREATE TABLE subscription (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    topic INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    owner INTEGER NOT NULL,
    principal TEXT NOT NULL,
    host TEXT NOT NULL,
    token TEXT,
    attributes TEXT NOT NULL,
    UNIQUE (topic, protocol, endpoint)
);
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL,
    published INTEGER NOT NULL,
    sequence INTEGER,
    content TEXT NOT NULL
);
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL,
    subscription INTEGER NOT NULL,
    fifo_group TEXT,
    due INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    is_dead INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX delivery_due ON delivery (due, id) WHERE due IS NOT NULL;
CREATE INDEX delivery_group ON delivery (subscription, fifo_group, id) WHERE fifo_group IS NOT NULL;
CREATE INDEX delivery_message ON delivery (message);
CREATE INDEX delivery_subscription ON delivery (subscription);
CREATE TABLE deduplication (
    topic INTEGER NOT NULL,
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    expires INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (topic, scope, id)
) WITHOUT ROWID;
CREATE INDEX deduplication_expires ON deduplication (expires);
";

/// Of each subscription some deliveries are under way at a time.
const TURNS: &str =
    "CREATE INDEX delivery_turn ON delivery (subscription, due, id) WHERE due IS NOT NULL;";

//! Metrics that callers put: minute by minute, within a bound in bytes, and for as long as AWS keeps
//! minutes. Those that the server measures are not here.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use crate::operation::Scope;
use crate::store::{Schema, Store, StoreError};

const SCHEMA: Schema = Schema { file: "cloudwatch.db", steps: &[FIRST], limit: 256 << 20 };

const FIRST: &str = "
CREATE TABLE metric (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    dimensions TEXT NOT NULL,
    unit TEXT NOT NULL,
    latest INTEGER NOT NULL,
    UNIQUE (account, region, namespace, name, dimensions, unit)
);
CREATE TABLE minute (
    metric INTEGER NOT NULL,
    at INTEGER NOT NULL,
    count REAL NOT NULL,
    sum REAL NOT NULL,
    min REAL NOT NULL,
    max REAL NOT NULL,
    PRIMARY KEY (metric, at)
) WITHOUT ROWID;
CREATE INDEX minute_at ON minute (at);
";

/// Minutes that are kept: 15 days, as CloudWatch does.
const KEPT: u64 = 15 * 24 * 60;
/// Old minutes that go with each request that puts new ones, so that none takes long.
const FORGOTTEN: u32 = 2000;
/// Metrics that there may be, of all accounts.
const METRICS: i64 = 50_000;

/// What is measured, with its dimensions in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Metric {
    /// For instance `shop`.
    pub namespace: String,
    /// For instance `Orders`.
    pub name: String,
    /// Names with their values.
    pub dimensions: Vec<(String, String)>,
}

/// What is known of the values of a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Values {
    /// How many there are; clients may say that one counts more or less.
    pub count: f64,
    /// All together.
    pub sum: f64,
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
}

impl Values {
    /// These and others.
    pub fn join(&mut self, other: &Values) {
        self.count += other.count;
        self.sum += other.sum;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }
}

/// Values that are put.
#[derive(Debug, Clone)]
pub struct Point {
    /// Of which metric.
    pub metric: Metric,
    /// For instance `Count`, or `None`.
    pub unit: String,
    /// The minute of the Unix epoch.
    pub at: u64,
    /// The values.
    pub values: Values,
}

/// Why metrics are not put.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// There are as many metrics as there may be.
    #[error("there are {METRICS} metrics already")]
    TooMany,
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for PutError {
    fn from(why: rusqlite::Error) -> PutError {
        PutError::Store(why.into())
    }
}

/// The metrics.
#[derive(Debug)]
pub struct Metrics {
    store: Store,
}

impl Metrics {
    /// Those of a directory, whose file is opened when it is first needed.
    pub fn new(directory: &Path) -> Metrics {
        Metrics { store: Store::new(directory, SCHEMA) }
    }

    /// Waits until what was asked for is written; whoever asks later is refused.
    pub(crate) fn close(&self) {
        self.store.close();
    }

    /// Puts all of these values, or none.
    ///
    /// # Errors
    /// When there are too many metrics, or the store cannot be written.
    pub async fn put(&self, scope: Scope, points: Vec<Point>, now: u64) -> Result<(), PutError> {
        let work = move |db: &Connection| {
            forget(db, now.saturating_sub(KEPT))?;
            points.iter().try_for_each(|point| put(db, &scope, point))
        };
        self.store.run(work).await
    }

    /// The minutes of a metric from one on and before another, each with its unit.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn minutes(
        &self,
        scope: Scope,
        metric: Metric,
        (from, to): (u64, u64),
    ) -> Result<Vec<(u64, String, Values)>, StoreError> {
        let work = move |db: &Connection| {
            let mut statement = db.prepare_cached(
                "SELECT at, unit, count, sum, min, max FROM metric JOIN minute ON metric = id
                 WHERE account = ? AND region = ? AND namespace = ? AND name = ?
                     AND dimensions = ? AND at >= ? AND at < ?
                 ORDER BY at, unit",
            )?;
            let Metric { namespace, name, dimensions } = &metric;
            let dimensions = spelled(dimensions);
            let of = params![
                scope.account.cast_signed(),
                scope.region,
                namespace,
                name,
                dimensions,
                from.cast_signed(),
                to.cast_signed(),
            ];
            let rows = statement.query_map(of, |row| {
                let values = Values {
                    count: row.get(2)?,
                    sum: row.get(3)?,
                    min: row.get(4)?,
                    max: row.get(5)?,
                };
                Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?, values))
            })?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        };
        self.store.run(work).await
    }

    /// The metrics to which something came since a minute, of one namespace and name or of all.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list(
        &self,
        scope: Scope,
        namespace: Option<String>,
        name: Option<String>,
        since: u64,
    ) -> Result<Vec<Metric>, StoreError> {
        let work = move |db: &Connection| {
            let mut statement = db.prepare_cached(
                "SELECT DISTINCT namespace, name, dimensions FROM metric
                 WHERE account = ? AND region = ? AND ifnull(namespace = ?, 1)
                     AND ifnull(name = ?, 1) AND latest >= ?",
            )?;
            let of = params![
                scope.account.cast_signed(),
                scope.region,
                namespace,
                name,
                since.cast_signed()
            ];
            let rows = statement.query_map(of, |row| {
                let dimensions: String = row.get(2)?;
                Ok(Metric {
                    namespace: row.get(0)?,
                    name: row.get(1)?,
                    dimensions: read(&dimensions),
                })
            })?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        };
        self.store.run(work).await
    }
}

fn put(db: &Connection, scope: &Scope, point: &Point) -> Result<(), PutError> {
    let Point { metric: Metric { namespace, name, dimensions }, unit, at, values } = point;
    let dimensions = spelled(dimensions);
    let of = params![
        scope.account.cast_signed(),
        scope.region,
        namespace,
        name,
        dimensions,
        unit,
        at.cast_signed()
    ];
    let known = db
        .prepare_cached(
            "UPDATE metric SET latest = max(latest, ?7)
             WHERE account = ?1 AND region = ?2 AND namespace = ?3 AND name = ?4
                 AND dimensions = ?5 AND unit = ?6
             RETURNING id",
        )?
        .query_row(of, |row| row.get::<_, i64>(0))
        .optional()?;
    let id = match known {
        Some(id) => id,
        None => {
            let count: i64 = db
                .prepare_cached("SELECT count(*) FROM metric")?
                .query_row([], |row| row.get(0))?;
            if count >= METRICS {
                return Err(PutError::TooMany);
            }
            db.prepare_cached("INSERT INTO metric VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .insert(of)?
        }
    };
    let Values { count, sum, min, max } = values;
    db.prepare_cached(
        "INSERT INTO minute VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
             count = count + excluded.count, sum = sum + excluded.sum,
             min = min(min, excluded.min), max = max(max, excluded.max)",
    )?
    .execute(params![id, at.cast_signed(), count, sum, min, max])?;
    Ok(())
}

/// Forgets some of what is too old, and metrics to which nothing came since.
fn forget(db: &Connection, before: u64) -> Result<(), rusqlite::Error> {
    let old = db
        .prepare_cached(
            "DELETE FROM minute WHERE (metric, at) IN
                 (SELECT metric, at FROM minute WHERE at < ? LIMIT ?)",
        )?
        .execute(params![before.cast_signed(), FORGOTTEN])?;
    if old > 0 {
        // One that is as old has no minute that is younger.
        db.prepare_cached(
            "DELETE FROM metric WHERE latest < ?
                 AND NOT EXISTS (SELECT 1 FROM minute WHERE metric = id)",
        )?
        .execute(params![before.cast_signed()])?;
    }
    Ok(())
}

/// Dimensions as a text that is the same for the same.
fn spelled(dimensions: &[(String, String)]) -> String {
    serde_json::json!(dimensions).to_string()
}

fn read(dimensions: &str) -> Vec<(String, String)> {
    serde_json::from_str(dimensions).unwrap_or_default()
}

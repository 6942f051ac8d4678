//! DynamoDB as a whole: files that are opened when they are first needed, and operations that dynoxide
//! carries out on threads of their own.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire::dynamodb::Op;
use wire::{ApiError, Operation};

use crate::bell::{Bells, Ears};
use crate::dynamodb::stream::{demand as stream_demand, table};
use crate::dynamodb::tables::Tables;
use crate::dynamodb::{account, answer, demand, expiry, question, refusal};
use crate::failure::Failure;
use crate::operation::{Call, Context, Demand, Scope, Service, Setup};
use crate::store::{KEPT, MARGIN, Reserve, StoreError, free_bytes};

/// DynamoDB.
#[derive(Debug)]
pub struct Dynamodb {
    directory: PathBuf,
    /// Room for what frees some, where there is none.
    reserve: Mutex<Reserve>,
    /// None once it is closed.
    open: Mutex<Option<HashMap<Scope, Arc<Tables>>>>,
    /// Rung when a stream has new records, or has ended, by its ARN.
    bells: Arc<Bells<String>>,
}

impl Service for Dynamodb {
    fn new(setup: &Setup) -> Arc<Dynamodb> {
        Arc::new(Dynamodb {
            directory: setup.directory.clone(),
            reserve: Mutex::new(Reserve::new(
                setup.directory.join("reserve-dynamodb"),
                KEPT,
                MARGIN,
            )),
            open: Mutex::new(Some(HashMap::new())),
            bells: Arc::default(),
        })
    }

    async fn demands(
        self: &Arc<Dynamodb>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        if let wire::Op::Dynamodbstreams(op) = operation.op {
            return Ok(vec![stream_demand::of(op, operation.name, input)]);
        }
        let names = demand::tables(&cx.scope, operation.name, input);
        let known = match names.is_empty() {
            true => demand::Tables::new(),
            false => {
                let known = self.on_thread(&cx.scope, move |tables| Ok(tables.known(&names)));
                known.await.map_err(|why| why.told_by(operation.service))?
            }
        };
        demand::of(&cx.scope, operation.name, input, &known)
    }

    fn close(&self) {
        // Files are closed with the last operation on them.
        *self.lock() = None;
    }
}

impl Dynamodb {
    /// Wakes whoever listens whenever the stream of an ARN may have new records, or has ended.
    pub fn listen(&self, stream: &str) -> Ears {
        self.bells.listen(&stream.to_owned())
    }

    /// Does something on a thread that may wait for the disk.
    pub(in crate::dynamodb) async fn on_thread<T: Send + 'static>(
        self: &Arc<Dynamodb>,
        scope: &Scope,
        work: impl FnOnce(&Arc<Tables>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (service, scope) = (Arc::clone(self), scope.clone());
        let done = tokio::task::spawn_blocking(move || work(&service.tables(&scope)?));
        match done.await {
            Ok(done) => done,
            Err(ended) if ended.is_panic() => resume_unwind(ended.into_panic()),
            Err(_) => Err(StoreError::Closed.into()),
        }
    }

    /// The tables of a scope.
    fn tables(&self, scope: &Scope) -> Result<Arc<Tables>, Failure> {
        let mut open = self.lock();
        let Some(open) = &mut *open else { return Err(StoreError::Closed.into()) };
        if let Some(tables) = open.get(scope) {
            return Ok(Arc::clone(tables));
        }
        let tables = Arc::new(Tables::open(&self.directory, scope, Arc::clone(&self.bells))?);
        open.insert(scope.clone(), Arc::clone(&tables));
        expiry::begin(&tables);
        Ok(tables)
    }

    /// Keeps room for what frees some.
    fn keep_room(&self) {
        if let Err(why) = self.reserve().hold() {
            tracing::debug!(%why, "no room is kept");
        }
    }

    /// Has what frees room find enough for SQLite's log.
    fn make_room(&self, tables: &Tables) -> Result<(), StoreError> {
        if free_bytes(&self.directory).is_ok_and(|bytes| bytes < KEPT) {
            self.reserve().release();
            tables.shorten_log()?;
        }
        Ok(())
    }

    fn reserve(&self) -> MutexGuard<'_, Reserve> {
        // What it says of itself is looked at on the disk before it counts.
        self.reserve.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, Option<HashMap<Scope, Arc<Tables>>>> {
        // It is changed by one insertion, or replaced whole.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an operation may need more room than there was.
fn grows(op: Op, input: &Value) -> bool {
    match op {
        Op::BatchExecuteStatement
        | Op::CreateTable
        | Op::ExecuteStatement
        | Op::ExecuteTransaction
        | Op::PutItem
        | Op::TagResource
        | Op::UpdateItem
        | Op::UpdateTable => true,
        Op::BatchWriteItem => {
            let tables = input["RequestItems"].as_object().into_iter().flatten();
            let mut writes = tables.flat_map(|(_, of)| of.as_array().into_iter().flatten());
            writes.any(|write| !write["PutRequest"].is_null())
        }
        Op::TransactWriteItems => {
            let mut items = input["TransactItems"].as_array().into_iter().flatten();
            items.any(|item| !item["Put"].is_null() || !item["Update"].is_null())
        }
        _ => false,
    }
}

/// Whether it frees room, unless it grows.
fn frees(op: Op) -> bool {
    matches!(op, Op::BatchWriteItem | Op::DeleteItem | Op::DeleteTable | Op::TransactWriteItems)
}

/// Whether an operation may write items.
fn writes(op: Op) -> bool {
    matches!(
        op,
        Op::BatchExecuteStatement
            | Op::BatchWriteItem
            | Op::DeleteItem
            | Op::ExecuteStatement
            | Op::ExecuteTransaction
            | Op::PutItem
            | Op::TransactWriteItems
            | Op::UpdateItem
    )
}

/// Runs the operation that is meant.
pub(crate) async fn run(call: Call<'_, Dynamodb>, op: Op) -> Result<Value, ApiError> {
    let Call { service, cx, operation, input } = call;
    let (scope, host) = (cx.scope.clone(), cx);
    match op {
        Op::DescribeLimits => return Ok(account::limits()),
        Op::DescribeEndpoints => return Ok(account::endpoints(host)),
        _ => {}
    }
    let (input, given) = question::localised(&scope, input)?;
    let asked = Asked { op, name: operation.name, input };
    let keeper = Arc::clone(service);
    let done = service.on_thread(&scope, move |tables| {
        if grows(op, &asked.input) {
            tables.expect_room()?;
            keeper.keep_room();
        } else if frees(op) {
            keeper.make_room(tables)?;
        }
        let answer = asked.answer(tables)?;
        if op == Op::UpdateTimeToLive {
            expiry::begin(tables);
        }
        Ok(answer)
    });
    let answer = done.await.map_err(|why| why.told_by(operation.service))?;
    Ok(answer::renamed(answer::fit(&scope, operation.output, answer), &given))
}

/// An operation that dynoxide carries out.
struct Asked {
    op: Op,
    name: &'static str,
    input: Value,
}

impl Asked {
    /// Carries it out, and looks after the streams of what it changes.
    fn answer(&self, tables: &Tables) -> Result<Value, Failure> {
        let done = match table::changes(self.op, &self.input) {
            true => {
                // Nobody else changes a stream meanwhile.
                let side = tables.side();
                table::check(&side.connection, self.op, &self.input)?;
                self.carry_out(tables)
            }
            false => self.carry_out(tables),
        };
        if writes(self.op) {
            // What fails may have written before.
            tables.written();
        }
        let mut answer = done.map_err(|why| refusal::refused(&tables.scope, why))?;
        if matches!(self.op, Op::UpdateTable | Op::DeleteTable) {
            tables.ended(self.input["TableName"].as_str().unwrap_or_default());
        }
        table::told(tables, &mut answer)?;
        Ok(answer)
    }

    #[allow(clippy::too_many_lines, reason = "a line for each operation")]
    fn carry_out(&self, tables: &Tables) -> dynoxide::Result<Value> {
        let db = &tables.database;
        match self.op {
            Op::BatchExecuteStatement => self.ask(|it| db.batch_execute_statement(it)),
            Op::BatchGetItem => self.ask(|it| db.batch_get_item(it)),
            Op::BatchWriteItem => self.ask(|it| db.batch_write_item(it)),
            Op::CreateTable => self.ask(|it| db.create_table(it)),
            Op::DeleteItem => self.ask(|it| db.delete_item(it)),
            Op::DeleteTable => self.ask(|it| db.delete_table(it)),
            Op::DescribeContinuousBackups => {
                self.ask(|it| db.describe_table(it)).map(|_| account::backups())
            }
            Op::DescribeEndpoints | Op::DescribeLimits => unreachable!("no table's"),
            Op::DescribeTable => self.ask(|it| db.describe_table(it)),
            Op::DescribeTimeToLive => self.ask(|it| db.describe_time_to_live(it)),
            Op::ExecuteStatement => self.ask(|it| db.execute_statement(it)),
            Op::ExecuteTransaction => self.ask(|it| db.execute_transaction(it)),
            Op::GetItem => self.ask(|it| db.get_item(it)),
            Op::ListTables => self.ask(|it| db.list_tables(it)),
            Op::ListTagsOfResource => self.ask(|it| db.list_tags_of_resource(it)),
            Op::PutItem => self.ask(|it| db.put_item(it)),
            Op::Query => self.ask(|it| db.query(it)),
            Op::Scan => self.ask(|it| db.scan(it)),
            Op::TagResource => self.ask(|it| db.tag_resource(it)),
            Op::TransactGetItems => self.ask(|it| db.transact_get_items(it)),
            Op::TransactWriteItems => self.ask(|it| db.transact_write_items(it)),
            Op::UntagResource => self.ask(|it| db.untag_resource(it)),
            Op::UpdateItem => self.ask(|it| db.update_item(it)),
            Op::UpdateTable => self.ask(|it| db.update_table(it)),
            Op::UpdateTimeToLive => {
                self.expect_other_expiry(db)?;
                self.ask(|it| db.update_time_to_live(it))
            }
        }
    }

    /// Refuses to have items expire, or not to, where it is so already.
    fn expect_other_expiry(&self, db: &dynoxide::Database) -> dynoxide::Result<()> {
        let table = json!({"TableName": self.input["TableName"]});
        let known = db.describe_time_to_live(question::read("DescribeTimeToLive", &table)?)?;
        let known = serde_json::to_value(known).expect("an answer is plain data");
        let is = known["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED";
        let asked = &self.input["TimeToLiveSpecification"];
        let names_other =
            is && asked["AttributeName"] != known["TimeToLiveDescription"]["AttributeName"];
        match asked["Enabled"].as_bool() {
            Some(asked) if asked == is && !names_other => {
                let word = if is { "enabled" } else { "disabled" };
                Err(dynoxide::DynoxideError::ValidationException(format!(
                    "TimeToLive is already {word}"
                )))
            }
            _ => Ok(()),
        }
    }

    fn ask<Q: DeserializeOwned, A: Serialize>(
        &self,
        of: impl FnOnce(Q) -> dynoxide::Result<A>,
    ) -> dynoxide::Result<Value> {
        let answer = of(question::read(self.name, &self.input)?)?;
        Ok(serde_json::to_value(answer).expect("an answer is plain data"))
    }
}

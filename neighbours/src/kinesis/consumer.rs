//! Consumers with enhanced fan-out: registered, shown and deregistered. Within the process mappings read for
//! them; others subscribe to shards.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use wire::kinesis::input::{
    DeregisterStreamConsumer, DescribeStreamConsumer, ListStreamConsumers, RegisterStreamConsumer,
};
use wire::kinesis::output::{
    Consumer, ConsumerDescription, DescribeStreamConsumerOutput, ListStreamConsumersOutput,
    RegisterStreamConsumerOutput,
};

use crate::failure::Failure;
use crate::kinesis::name::{self, consumer_arn, stream_arn};
use crate::kinesis::operations::tag;
use crate::kinesis::refusal::{in_use, invalid, no_consumer, too_many};
use crate::kinesis::service::Kinesis;
use crate::kinesis::stored::Stream;
use crate::operation::{Context, Operation, Scope};
use crate::page::{NotAToken, page};
use crate::time::now;

/// Consumers of a stream.
const CONSUMERS: usize = 20;
/// Consumers of a page, where it is not said how many.
const PAGE: usize = 100;
/// Every consumer is there as soon as it is registered.
const ACTIVE: &str = "ACTIVE";

/// A consumer, as requests name it.
pub(in crate::kinesis) struct Named {
    stream: String,
    name: String,
    /// The second of its registration, where an ARN tells it.
    second: Option<i64>,
    /// How refusals tell of it.
    shown: String,
}

impl Named {
    pub(in crate::kinesis) fn read(
        scope: &Scope,
        stream_arn: Option<&str>,
        consumer_name: Option<String>,
        arn: Option<&str>,
    ) -> Result<Named, Failure> {
        match (arn, stream_arn, consumer_name) {
            (Some(arn), _, _) => {
                let (stream, name, second) = name::of_consumer_arn(scope, arn)?;
                let (stream, name) = (stream.to_owned(), name.to_owned());
                let shown = arn.to_owned();
                Ok(Named { stream, name, second: Some(second), shown })
            }
            (None, Some(stream), Some(name)) => {
                let stream = name::of_stream_arn(scope, stream)?.to_owned();
                Ok(Named { stream, shown: name.clone(), name, second: None })
            }
            _ => {
                let message = "Either ConsumerARN or StreamARN and ConsumerName are to be given.";
                Err(invalid(message).into())
            }
        }
    }

    /// The consumer's name.
    pub(in crate::kinesis) fn name(&self) -> &str {
        &self.name
    }

    /// The stream, and when the consumer was registered.
    pub(in crate::kinesis) fn find(
        &self,
        connection: &Connection,
        scope: &Scope,
    ) -> Result<(Stream, i64), Failure> {
        let stream = Stream::find(connection, scope, &self.stream)?;
        let created = registered(connection, &stream, &self.name)?;
        let is_meant = |at: &i64| self.second.is_none_or(|second| at / 1000 == second);
        let created = created.filter(is_meant).ok_or_else(|| no_consumer(scope, &self.shown))?;
        Ok((stream, created))
    }
}

/// When a consumer of a name was registered.
fn registered(
    connection: &Connection,
    stream: &Stream,
    name: &str,
) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT created FROM consumer WHERE stream = ?1 AND name = ?2";
    connection.prepare_cached(sql)?.query_row((stream.id, name), |row| row.get(0)).optional()
}

fn shown(scope: &Scope, stream: &str, name: &str, created: i64) -> Consumer {
    Consumer {
        consumer_name: name.to_owned(),
        consumer_arn: consumer_arn(scope, stream, name, created),
        consumer_status: ACTIVE.to_owned(),
        consumer_creation_timestamp: created,
    }
}

impl Operation<Kinesis> for RegisterStreamConsumer {
    type Output = RegisterStreamConsumerOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<RegisterStreamConsumerOutput, Failure> {
        let RegisterStreamConsumer { stream_arn, consumer_name, tags } = self;
        let stream = name::of_stream_arn(&cx.scope, &stream_arn)?.to_owned();
        let mut all = BTreeMap::new();
        tag::add(&mut all, tags.unwrap_or_default())?;
        let tags = serde_json::to_string(&all).expect("tags are plain data");
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| -> Result<Consumer, Failure> {
            let found = Stream::find(connection, &scope, &stream)?;
            if registered(connection, &found, &consumer_name)?.is_some() {
                return Err(in_use(format!(
                    "Consumer {consumer_name} of stream {stream} under account {:012} already exists.",
                    scope.account
                ))
                .into());
            }
            let sql = "SELECT COUNT(*) FROM consumer WHERE stream = ?1";
            let count: i64 =
                connection.prepare_cached(sql)?.query_row([found.id], |row| row.get(0))?;
            if count >= CONSUMERS as i64 {
                return Err(too_many(format!(
                    "Stream {stream} under account {:012} has {CONSUMERS} consumers, as many as it can.",
                    scope.account
                ))
                .into());
            }
            let created = now();
            let sql = "INSERT INTO consumer (stream, name, created, tags) VALUES (?1, ?2, ?3, ?4)";
            connection.prepare_cached(sql)?.execute((found.id, &consumer_name, created, tags))?;
            Ok(shown(&scope, &stream, &consumer_name, created))
        };
        Ok(RegisterStreamConsumerOutput { consumer: kinesis.store.run(work).await? })
    }
}

impl Operation<Kinesis> for DeregisterStreamConsumer {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeregisterStreamConsumer { stream_arn, consumer_name, consumer_arn } = self;
        let scope = cx.scope.clone();
        let (stream, arn) = (stream_arn.as_deref(), consumer_arn.as_deref());
        let named = Named::read(&scope, stream, consumer_name, arn)?;
        let work = move |connection: &Connection| -> Result<String, Failure> {
            let (stream, _) = named.find(connection, &scope)?;
            let sql = "DELETE FROM consumer WHERE stream = ?1 AND name = ?2";
            connection.prepare_cached(sql)?.execute((stream.id, &named.name))?;
            Ok(stream.name)
        };
        let stream = kinesis.store.run_lean(work).await?;
        // Whoever is subscribed for it is told.
        kinesis.ring(&cx.scope, &stream);
        Ok(())
    }
}

impl Operation<Kinesis> for DescribeStreamConsumer {
    type Output = DescribeStreamConsumerOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<DescribeStreamConsumerOutput, Failure> {
        let DescribeStreamConsumer { stream_arn: given, consumer_name, consumer_arn } = self;
        let scope = cx.scope.clone();
        let (stream, arn) = (given.as_deref(), consumer_arn.as_deref());
        let named = Named::read(&scope, stream, consumer_name, arn)?;
        let work = move |connection: &Connection| -> Result<(String, Consumer), Failure> {
            let (stream, created) = named.find(connection, &scope)?;
            let told = shown(&scope, &stream.name, &named.name, created);
            Ok((stream_arn(&scope, &stream.name), told))
        };
        let (stream_arn, consumer) = kinesis.store.run(work).await?;
        let Consumer { consumer_name, consumer_arn, consumer_status, consumer_creation_timestamp } =
            consumer;
        Ok(DescribeStreamConsumerOutput {
            consumer_description: ConsumerDescription {
                stream_arn,
                consumer_name,
                consumer_arn,
                consumer_status,
                consumer_creation_timestamp,
            },
        })
    }
}

impl Operation<Kinesis> for ListStreamConsumers {
    type Output = ListStreamConsumersOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<ListStreamConsumersOutput, Failure> {
        let ListStreamConsumers { stream_arn, next_token, max_results } = self;
        let stream = name::of_stream_arn(&cx.scope, &stream_arn)?.to_owned();
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| -> Result<Vec<(String, Consumer)>, Failure> {
            let found = Stream::find(connection, &scope, &stream)?;
            let sql = "SELECT name, created FROM consumer WHERE stream = ?1 ORDER BY name";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([found.id], |row| {
                let name: String = row.get(0)?;
                let consumer = shown(&scope, &stream, &name, row.get(1)?);
                Ok((name, consumer))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let all = kinesis.store.run(work).await?;
        let most = max_results.and_then(|it| usize::try_from(it).ok()).unwrap_or(PAGE);
        let (consumers, next_token) = page(all, most, next_token.as_deref())
            .map_err(|NotAToken| invalid("NextToken is invalid."))?;
        Ok(ListStreamConsumersOutput { consumers: Some(consumers), next_token })
    }
}

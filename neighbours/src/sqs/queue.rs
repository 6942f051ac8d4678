//! Queues: made, found, told and removed.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, params};
use wire::sqs::error;
use wire::sqs::input::{
    CreateQueue, DeleteQueue, GetQueueUrl, ListDeadLetterSourceQueues, ListQueues, PurgeQueue,
};
use wire::sqs::output::{
    CreateQueueResult, GetQueueUrlResult, ListDeadLetterSourceQueuesResult, ListQueuesResult,
};

use crate::boolean;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::random;
use crate::sqs::name::{QueueName, is_fifo, is_possible, of_url};
use crate::sqs::operations::tag;
use crate::sqs::refusal::{invalid, no_queue, not_taken};
use crate::sqs::service::Sqs;
use crate::sqs::settings::Settings;
use crate::sqs::stored::{Queue, check_redrive};
use crate::sqs::sweep;
use crate::time::now;

impl Operation<Sqs> for CreateQueue {
    type Output = CreateQueueResult;

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<CreateQueueResult, Failure> {
        let CreateQueue { queue_name, attributes, tags } = self;
        let attributes = boolean::values(attributes);
        let is_marked = attributes.get("FifoQueue").is_some_and(|value| value == "true");
        let words = "can only include alphanumeric characters, hyphens, or underscores";
        if is_marked != is_fifo(&queue_name) && (is_marked || is_fifo(&queue_name)) {
            return Err(invalid(format!(
                "The name of a FIFO queue {words}, must end with .fifo suffix and be 1 to 80 in length."
            ))
            .into());
        }
        if !is_possible(&queue_name) {
            let message = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 \
                           in length";
            return Err(invalid(message).into());
        }
        let name = QueueName::new(&cx.scope, &queue_name);
        let settings = Settings::default().with(&name, is_fifo(&queue_name), &attributes)?;
        let url = name.url(&cx.url());
        let tags = tags.unwrap_or_default();
        tag::check(&tags)?;
        let takes_time = sqs.takes_time;
        let create = move |connection: &Connection| {
            if takes_time && was_deleted(connection, &name)? {
                let message = "You must wait 60 seconds after deleting a queue before you can create \
                               another with the same name.";
                return Err(Failure::from(error("QueueDeletedRecently", message)));
            }
            create(connection, &name, &settings, &attributes, &tags)
        };
        sqs.store.run(create).await?;
        Ok(CreateQueueResult { queue_url: Some(url) })
    }
}

/// Makes a queue, unless the same is there.
fn create(
    connection: &Connection,
    name: &QueueName,
    settings: &Settings,
    given: &BTreeMap<String, String>,
    tags: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    if let Some(known) = Queue::look(connection, name)? {
        return match known.settings.differing(given) {
            None => Ok(()),
            Some(attribute) => {
                let message = format!(
                    "A queue already exists with the same name and a different value for attribute \
                     {attribute}"
                );
                Err(error("QueueNameExists", message).into())
            }
        };
    }
    check_redrive(connection, name, settings)?;
    let tags = serde_json::to_string(tags).expect("texts are plain data");
    connection.execute(
        "INSERT INTO queue (account, region, name, attributes, tags, created, modified, messages)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
        params![
            name.account.cast_signed(),
            name.region,
            name.name,
            settings.spell(),
            tags,
            now(),
            new_messages()
        ],
    )?;
    Ok(())
}

impl Operation<Sqs> for GetQueueUrl {
    type Output = GetQueueUrlResult;

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<GetQueueUrlResult, Failure> {
        let GetQueueUrl { queue_name, queue_owner_aws_account_id } = self;
        let mut name = QueueName::new(&cx.scope, &queue_name);
        if let Some(owner) = queue_owner_aws_account_id {
            name.account = owner.parse().map_err(|_| no_queue())?;
        }
        let url = name.url(&cx.url());
        sqs.store.run(move |connection| Queue::find(connection, &name).map(drop)).await?;
        Ok(GetQueueUrlResult { queue_url: Some(url) })
    }
}

/// How long the name of a queue that was deleted is kept, and a purge is not repeated, in milliseconds.
const MINUTE: i64 = 60_000;

/// Whether a queue of this name was deleted within the last minute.
fn was_deleted(connection: &Connection, name: &QueueName) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM queue_deleted WHERE account = ?1 AND region = ?2 AND name = ?3 AND at > ?4",
        )?
        .exists(params![name.account.cast_signed(), name.region, name.name, now() - MINUTE])
}

/// What the messages of a queue that has none are known by.
fn new_messages() -> i64 {
    // Nothing that was left behind may come to be its own.
    i64::from_be_bytes(random::random()) & i64::MAX
}

impl Operation<Sqs> for DeleteQueue {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteQueue { queue_url } = self;
        let name = of_url(cx, &queue_url)?;
        let bell = name.clone();
        let delete = move |connection: &Connection| {
            let queue = Queue::find(connection, &name)?;
            connection.prepare_cached("DELETE FROM queue WHERE id = ?1")?.execute([queue.row])?;
            connection.execute("DELETE FROM queue_deleted WHERE at <= ?1", [now() - MINUTE])?;
            connection.execute(
                "INSERT OR REPLACE INTO queue_deleted VALUES (?1, ?2, ?3, ?4)",
                params![name.account.cast_signed(), name.region, name.name, now()],
            )?;
            Ok::<_, Failure>(())
        };
        sqs.store.run_lean(delete).await?;
        sqs.bells.ring(&bell);
        sweep::drive(sqs);
        Ok(())
    }
}

impl Operation<Sqs> for PurgeQueue {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let PurgeQueue { queue_url } = self;
        let name = of_url(cx, &queue_url)?;
        let purge = move |connection: &Connection| {
            let queue = Queue::find(connection, &name)?;
            let purged: i64 = connection
                .prepare_cached("SELECT purged FROM queue WHERE id = ?1")?
                .query_row([queue.row], |row| row.get(0))?;
            if purged > now() - MINUTE {
                let message = format!(
                    "Only one PurgeQueue operation on {} is allowed every 60 seconds.",
                    name.name
                );
                return Err(Failure::from(error("PurgeQueueInProgress", message)));
            }
            connection
                .prepare_cached("UPDATE queue SET messages = ?2, purged = ?3 WHERE id = ?1")?
                .execute([queue.row, new_messages(), now()])?;
            Ok(())
        };
        sqs.store.run_lean(purge).await?;
        sweep::drive(sqs);
        Ok(())
    }
}

/// Queues of one page, where a request does not say how many.
const PAGE: i32 = 1_000;

/// One page of names, in their order, and the token for the next.
fn page(
    mut names: Vec<QueueName>,
    most: Option<i32>,
    token: Option<&str>,
) -> Result<(Vec<QueueName>, Option<String>), Failure> {
    if let Some(most) = most.filter(|most| !(1..=PAGE).contains(most)) {
        let reason = format!("Must be between 1 and {PAGE}.");
        return Err(not_taken(&most.to_string(), "MaxResults", &reason).into());
    }
    if let Some(token) = token {
        let last = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let last = last.ok_or_else(|| invalid("Invalid or expired next token."))?;
        names.retain(|name| name.name > last);
    }
    let size = usize::try_from(most.unwrap_or(PAGE)).unwrap_or_default();
    // Who does not ask for pages is given none beside the first.
    let has_more = names.len() > size && most.is_some();
    names.truncate(size);
    let next = names.last().filter(|_| has_more).map(|last| STANDARD.encode(&last.name));
    Ok((names, next))
}

impl Operation<Sqs> for ListQueues {
    type Output = ListQueuesResult;

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<ListQueuesResult, Failure> {
        let ListQueues { queue_name_prefix, next_token, max_results } = self;
        let scope = cx.scope.clone();
        let list = move |connection: &Connection| {
            let mut statement = connection.prepare_cached(
                "SELECT name FROM queue WHERE account = ?1 AND region = ?2 ORDER BY name",
            )?;
            let of = (scope.account.cast_signed(), &scope.region);
            let names = statement
                .query_map(of, |row| Ok(QueueName::new(&scope, row.get_ref(0)?.as_str()?)))?;
            Ok::<_, Failure>(names.collect::<rusqlite::Result<Vec<_>>>()?)
        };
        let mut names = sqs.store.run(list).await?;
        let prefix = queue_name_prefix.unwrap_or_default();
        names.retain(|name| name.name.starts_with(&prefix));
        let (names, next_token) = page(names, max_results, next_token.as_deref())?;
        let urls: Vec<String> = names.iter().map(|name| name.url(&cx.url())).collect();
        Ok(ListQueuesResult { queue_urls: Some(urls).filter(|it| !it.is_empty()), next_token })
    }
}

impl Operation<Sqs> for ListDeadLetterSourceQueues {
    type Output = ListDeadLetterSourceQueuesResult;

    async fn run(
        self,
        sqs: &Arc<Sqs>,
        cx: &Context<'_>,
    ) -> Result<ListDeadLetterSourceQueuesResult, Failure> {
        let ListDeadLetterSourceQueues { queue_url, next_token, max_results } = self;
        let name = of_url(cx, &queue_url)?;
        let list = move |connection: &Connection| {
            Ok::<_, Failure>(Queue::find(connection, &name)?.sources(connection)?)
        };
        let names = sqs.store.run(list).await?;
        let (names, next_token) = page(names, max_results, next_token.as_deref())?;
        let queue_urls = names.iter().map(|name| name.url(&cx.url())).collect();
        Ok(ListDeadLetterSourceQueuesResult { queue_urls, next_token })
    }
}

//! What an operation of a neighbour is, and what it is given.

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use wire::{ApiError, Fill};

use crate::exchange::Exchange;
use crate::failure::Failure;
use crate::outward::Outward;

/// What services are made of.
#[derive(Clone)]
pub struct Setup {
    /// The directory that their stores stand in, made when the first is opened.
    pub directory: PathBuf,
    /// What they reach of others.
    pub outward: Arc<dyn Outward>,
    /// Whether what takes AWS some time takes it here too.
    pub takes_time: bool,
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup").field("directory", &self.directory).finish_non_exhaustive()
    }
}

/// An account's share of a region, in which names are unique.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    /// The account's number.
    pub account: u64,
    /// For instance `us-east-1`.
    pub region: String,
}

impl Scope {
    /// The ARN of a resource of a service in this scope.
    pub fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{:012}:{resource}", self.region, self.account)
    }
}

/// Who asks, and how.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// Whose things the caller sees.
    pub scope: Scope,
    /// The caller's ARN.
    pub caller: String,
    /// The id that policies know the caller by as `aws:userid`.
    pub caller_id: String,
    /// How the caller names this server, for instance `localhost:4566`.
    pub host: &'a str,
    /// Whether what the caller says is encrypted.
    pub is_tls: bool,
    /// The trace header that the request brings: by its lineage loops are found.
    pub trace: Option<String>,
    /// What comes and goes beside input and output, where the request is from outside.
    pub exchange: Option<&'a Exchange>,
    /// Who judges what an operation comes upon as it goes on; nobody where nothing is enforced.
    pub judge: Option<&'a dyn Judge>,
}

impl Context<'_> {
    /// The URL under which the caller finds this server, without a path.
    pub(crate) fn url(&self) -> String {
        format!("{}://{}", if self.is_tls { "https" } else { "http" }, self.host)
    }
}

/// Whether whoever asks may do something. What an operation demands as a whole is judged before it is
/// run; one that is answered in part asks itself, of each part.
pub trait Judge: fmt::Debug + Send + Sync {
    /// Whether a demand is met.
    ///
    /// # Errors
    /// As the service says that it is not.
    fn check(&self, demand: Demand) -> Result<(), ApiError>;
}

impl Context<'_> {
    /// The region of the bucket that is asked about, where that is elsewhere.
    pub(crate) fn elsewhere(&self) -> Option<&str> {
        self.exchange?.elsewhere.as_deref()
    }

    /// Whether whoever asks may do something that the operation has come upon.
    ///
    /// # Errors
    /// As the service says that it may not.
    pub(crate) fn check(&self, demand: Demand) -> Result<(), ApiError> {
        self.judge.map_or(Ok(()), |judge| judge.check(demand))
    }
}

/// One thing that must be allowed before an operation is run.
#[derive(Debug, Clone, Default)]
pub struct Demand {
    /// For instance `sqs:SendMessage`.
    pub action: String,
    /// The ARN of what it is about, or `*`.
    pub resource: String,
    /// The policy of the resource itself, if it has one.
    pub policy: Option<String>,
    /// The account whose resource it is, where that is told.
    pub owner: Option<u64>,
    /// The tags of the resource, as condition keys tell them.
    pub resource_tags: Vec<(String, String)>,
    /// The tags that the request gives.
    pub request_tags: Vec<(String, String)>,
    /// Further condition keys, of the service's own.
    pub values: Vec<(String, String)>,
    /// Condition keys that have several values, or none.
    pub lists: Vec<(String, Vec<String>)>,
}

impl Demand {
    /// That an operation may be done on a resource.
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Demand {
        Demand { action: action.into(), resource: resource.into(), ..Demand::default() }
    }

    /// That a role may be handed to a service.
    pub(crate) fn pass_role(role: &str, service: &str) -> Demand {
        let mut demand = Demand::new("iam:PassRole", role);
        demand.values.push(("iam:PassedToService".to_owned(), service.to_owned()));
        demand
    }

    /// Tells the keys of tags that are to be taken away.
    pub(crate) fn tag_keys(&mut self, keys: &Value) {
        let keys = keys.as_array().into_iter().flatten().filter_map(Value::as_str);
        let keys: Vec<String> = keys.map(str::to_owned).collect();
        if !keys.is_empty() {
            self.lists.push(("aws:TagKeys".to_owned(), keys));
        }
    }
}

/// The tags of a request that gives them as a list of keys and values.
pub(crate) fn listed_tags(tags: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let tags = tags.as_array().into_iter().flatten();
    tags.map(|tag| (text(&tag["Key"]), text(&tag["Value"]))).collect()
}

/// A service.
pub trait Service: Send + Sync + Sized + 'static {
    /// Makes it; nothing is opened before the first operation.
    fn new(setup: &Setup) -> Arc<Self>;

    /// What an operation demands of its caller.
    fn demands(
        self: &Arc<Self>,
        cx: &Context<'_>,
        operation: &'static wire::Operation,
        input: &Value,
    ) -> impl Future<Output = Result<Vec<Demand>, ApiError>> + Send;

    /// Begins what goes on by itself, before the first operation is run.
    fn begin(self: &Arc<Self>) {}

    /// Goes on with what an earlier server has left undone, before anybody asks for anything.
    fn resume(self: &Arc<Self>) {}

    /// Answers whoever waits for something to come with what there is.
    fn stop_waiting(&self) {}

    /// Waits until what was asked for is written.
    fn close(&self);
}

/// An operation: the type is its input, and its fields are the members that are read.
///
/// Implementations take their input apart without `..`, so that a member that comes to be read does not
/// compile until it is used.
pub(crate) trait Operation<S>: Fill + Default {
    /// What it answers: a structure of [`wire`], or `()` where the operation answers nothing.
    type Output: Serialize;

    /// Does what is asked.
    fn run(
        self,
        service: &Arc<S>,
        cx: &Context<'_>,
    ) -> impl Future<Output = Result<Self::Output, Failure>> + Send;
}

/// A call on its way to its operation.
pub(crate) struct Call<'a, S> {
    pub(crate) service: &'a Arc<S>,
    pub(crate) cx: &'a Context<'a>,
    pub(crate) operation: &'static wire::Operation,
    /// Keyed by the model's member names.
    pub(crate) input: Value,
}

/// An answer to come.
type Answering<'a> = Pin<Box<dyn Future<Output = Result<Value, ApiError>> + Send + 'a>>;

impl<'a, S: Service> Call<'a, S> {
    pub(crate) fn new(
        service: &'a Arc<S>,
        cx: &'a Context<'a>,
        operation: &'static wire::Operation,
        input: Value,
    ) -> Call<'a, S> {
        Call { service, cx, operation, input }
    }

    /// Runs the operation that is meant. Boxed, since whoever chooses among dozens of operations would
    /// otherwise have room for each of them.
    pub(crate) fn run<O: Operation<S> + Send + 'a>(self) -> Answering<'a> {
        Box::pin(async move {
            let Call { service, cx, operation, input } = self;
            let input = wire::filled::<O>(input)
                .map_err(|why| ApiError::malformed(operation, &why.to_string()))?;
            let output = input.run(service, cx).await;
            let output = output.map_err(|why| why.told_by(operation.service))?;
            Ok(serde_json::to_value(output).expect("an output is plain data"))
        })
    }
}

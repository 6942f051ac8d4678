//! What neighbours ask of others: functions to be invoked and operations of other services, each as
//! far as policies allow it to the service that asks.

mod elsewhere;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use bytes::Bytes;
use engine::id::Version;
use engine::input::{Invoke, InvokeKind, Qualifier};
use engine::scope::Scope;
use neighbours::events::NewEvent;
use neighbours::s3::{Body, Place};
use neighbours::{Actor, Context, Demand, InvokeError, Judge, Neighbours, Outward, Promise};
use serde_json::Value;
use tokio::time::timeout;
use wire::ApiError;
use wire::arn::{Arn, FunctionReference};

use crate::driver::{Driver, InvokeReply};
use crate::iam::{Enis, Iam, Question, Values, account_number};
use crate::source::{Invoked, NotPermitted, Source, policy_of};
use crate::sources::remote::{Remote, Remotes};
use crate::trace::lineage;

/// What services reach through the server.
#[derive(Debug)]
pub struct Reach {
    driver: Weak<Driver>,
    iam: Arc<Iam>,
    neighbours: OnceLock<Weak<Neighbours>>,
    /// The services that are elsewhere.
    elsewhere: OnceLock<Remotes>,
    /// What services were let through to that AWS would have kept them out of.
    kinder: Mutex<BTreeSet<(&'static str, String)>>,
}

/// How long something that is elsewhere may take to say that it is there.
const LOOK: Duration = Duration::from_millis(2_500);
/// How much of that is known at the most, each being told once.
const KINDER: usize = 1_000;

impl Reach {
    /// What there is to reach; the neighbours themselves are known by [`Reach::know`].
    pub fn new(driver: &Arc<Driver>, iam: Arc<Iam>) -> Arc<Reach> {
        let driver = Arc::downgrade(driver);
        Arc::new(Reach {
            driver,
            iam,
            neighbours: OnceLock::new(),
            elsewhere: OnceLock::new(),
            kinder: Mutex::default(),
        })
    }

    /// Has services reach each other.
    pub fn know(&self, neighbours: &Arc<Neighbours>) {
        // Once, when they are made.
        let _ = self.neighbours.set(Arc::downgrade(neighbours));
    }

    /// Has services that are elsewhere be asked there.
    pub fn know_elsewhere(&self, remotes: Remotes) {
        // Once, when they are known.
        let _ = self.elsewhere.set(remotes);
    }

    /// A service that is elsewhere.
    fn remote(&self, service: &str) -> Option<Arc<Remote>> {
        self.elsewhere.get()?.of(service)
    }

    /// Whether a service may do something, by the policy of what it is about, or by those of its role.
    /// Where policies are not enforced it may, unless that is another account's; that AWS would not let it
    /// is told.
    fn may(&self, actor: &Actor, demand: &Demand) -> bool {
        let values = values_of(actor);
        let Demand { action, resource, policy, .. } = demand;
        let question = Question { action, resource, values: &values };
        if let Some(role) = &actor.role {
            return self.role_may(actor, role, demand, &question);
        }
        let policy = policy.as_deref().unwrap_or_default();
        let is_let = self.iam.lets_service(policy, actor.principal, &question);
        if !is_let && !self.iam.enforces() && !is_foreign(actor, demand) {
            self.tell_kinder(actor.principal, action, resource);
            return true;
        }
        is_let
    }

    /// Whether a service may do something as a role that its account gave it. What is another account's
    /// must itself let the role in, whether or not policies are enforced: a role is no way across.
    fn role_may(
        &self,
        actor: &Actor,
        role: &str,
        demand: &Demand,
        question: &Question<'_>,
    ) -> bool {
        let policy = demand.policy.as_deref().unwrap_or_default();
        if is_foreign(actor, demand)
            && !self.iam.lets_foreign_role(policy, role, actor.source_account, question)
        {
            return false;
        }
        !self.iam.enforces() || self.trusts(actor, role) && self.iam.lets_role(role, question)
    }

    /// Whether a role is of the account that gave it, and lets the service assume it.
    fn trusts(&self, actor: &Actor, role: &str) -> bool {
        let account = Arn::parse(role).and_then(|arn| account_number(arn.account));
        account == Some(actor.source_account)
            && self.iam.role_trusts(role, actor.principal, &values_of(actor))
    }

    /// Tells, once, that a service was let through.
    fn tell_kinder(&self, service: &'static str, action: &str, resource: &str) {
        // It is whole between any two of its lines.
        let mut kinder = self.kinder.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = kinder.len() < KINDER && kinder.insert((service, resource.to_owned()));
        if is_new {
            tracing::warn!(
                service,
                action,
                resource,
                "let through, since IAM is not enforced: on AWS a policy of what it is about must allow it"
            );
        }
    }

    /// Whether a bucket is here.
    pub(crate) async fn has_bucket(&self, name: &str) -> bool {
        if self.remote("s3").is_some() {
            return false;
        }
        match self.neighbours.get().and_then(Weak::upgrade) {
            Some(neighbours) => neighbours.s3().has_bucket(name).await.unwrap_or_default(),
            None => false,
        }
    }

    /// Whether a service may put an object into a bucket.
    pub(crate) async fn may_put(
        &self,
        actor: &Actor,
        bucket: &str,
        key: &str,
    ) -> Result<bool, ApiError> {
        let internal = || ApiError::internal(&wire::s3::SERVICE);
        let neighbours = self.neighbours.get().and_then(Weak::upgrade).ok_or_else(internal)?;
        let mut demand = Demand::new("s3:PutObject", format!("arn:aws:s3:::{bucket}/{key}"));
        // A bucket's ARN does not tell whose it is.
        let role_of = actor.role.as_ref().map(|_| actor.source_account);
        if let Some((owner, policy)) =
            neighbours.s3().owner_of(bucket, role_of).await.map_err(|_| internal())?
        {
            (demand.owner, demand.policy) = (Some(owner), policy);
        }
        Ok(self.may(actor, &demand))
    }

    /// Puts an object of JSON into a bucket, as far as that is allowed.
    pub(crate) async fn put_object(
        &self,
        actor: &Actor,
        bucket: &str,
        key: &str,
        bytes: &[u8],
    ) -> Result<(), ApiError> {
        self.put_bytes(actor, bucket, key, (bytes, "application/json")).await
    }

    /// Puts an object of some type into a bucket, as far as that is allowed.
    pub(crate) async fn put_bytes(
        &self,
        actor: &Actor,
        bucket: &str,
        key: &str,
        (bytes, content_type): (&[u8], &str),
    ) -> Result<(), ApiError> {
        let internal = || ApiError::internal(&wire::s3::SERVICE);
        if self.remote("s3").is_some() {
            let message = "Warren puts nothing into buckets that are at an endpoint.";
            return Err(wire::s3::error("NotImplemented", message));
        }
        let neighbours = self.neighbours.get().and_then(Weak::upgrade).ok_or_else(internal)?;
        if !self.may_put(actor, bucket, key).await? {
            return Err(wire::s3::error("AccessDenied", "Access Denied"));
        }
        let body = Body { bytes, content_type, by: actor.principal };
        neighbours.s3().put(Place { bucket, key, version: None }, body).await
    }

    /// Whether there is a function, with the version that its ARN names, if it names one.
    pub(crate) fn has_function(&self, arn: &str) -> bool {
        let (Some((scope, reference)), Some(driver)) = (function_of(arn), self.driver.upgrade())
        else {
            return false;
        };
        driver.read(|engine| {
            let function = engine.function(&scope, reference.name);
            function.is_some_and(|function| match reference.qualifier {
                None | Some("$LATEST") => true,
                Some(text) => match Version::numbered(text) {
                    Some(version) => function.versions.contains_key(&version),
                    None => engine.alias(function.id, text).is_some(),
                },
            })
        })
    }

    /// Invokes a function asynchronously, as a part of the chain that its actor tells of.
    async fn invoked(
        &self,
        actor: &Actor,
        function: &str,
        event: Bytes,
        cause: &str,
    ) -> Result<(), InvokeError> {
        let context = lineage::context(actor.trace.as_deref(), function);
        let missing = || InvokeError::Missing(function.to_owned());
        let (scope, reference) = function_of(function).ok_or_else(missing)?;
        let length = event.len();
        let by = if cause.is_empty() { actor.principal } else { cause }.to_owned();
        let ending = || InvokeError::Later("the server ends".to_owned());
        let driver = self.driver.upgrade().ok_or_else(ending)?;
        let account = format!("{:012}", actor.source_account);
        let source = Source::Service {
            principal: actor.principal,
            arn: &actor.source_arn,
            account: &account,
        };
        let FunctionReference { name, qualifier, .. } = reference;
        let invoked = Invoked { scope: &scope, name, qualifier };
        let may = match &actor.role {
            // As a role something is done that its own policies allow.
            Some(_) => {
                let policy = policy_of(&driver, invoked).map_err(|_| missing())?;
                let mut demand = Demand::new("lambda:InvokeFunction", function);
                demand.policy = policy;
                match self.may(actor, &demand) {
                    true => Ok(()),
                    false => Err(NotPermitted::NoPermission),
                }
            }
            None => source.may_invoke(&driver, invoked),
        };
        may.map_err(|why| match why {
            NotPermitted::NoFunction => missing(),
            NotPermitted::NoPermission => InvokeError::Denied(function.to_owned()),
        })?;
        let made = driver.invoke(event, false, |engine, caller, payload| {
            let found = engine.function(&scope, reference.name).ok_or_else(missing)?;
            let settings = &found.latest.settings;
            let enis = settings.vpc.as_ref().and_then(|vpc| Enis::of(engine, vpc));
            let role = self.iam.verdict(&scope, &settings.role, enis);
            let qualifier = match reference.qualifier {
                None | Some("$LATEST") => None,
                Some(text) => Some(match Version::numbered(text) {
                    Some(version) => Qualifier::Version(version),
                    None => {
                        let alias = engine.alias(found.id, text).ok_or_else(missing)?;
                        Qualifier::Alias(alias.id)
                    }
                }),
            };
            Ok::<_, InvokeError>(Invoke {
                caller,
                function: engine::input::Target::Known(found.id),
                qualifier,
                kind: InvokeKind::Async,
                payload,
                length,
                context: Some(Box::new(context)),
                by,
                role: role.map_err(|_| InvokeError::Denied(function.to_owned()))?,
            })
        });
        match made.await?.answer {
            Ok(InvokeReply::Accepted(_) | InvokeReply::Invoked(_)) => Ok(()),
            Err(refused) => Err(InvokeError::Later(format!("{refused:?}"))),
        }
    }

    /// What an operation on a resource is asked within, in the name of a service.
    fn context<'a>(
        actor: &Actor,
        operation: &'static wire::Operation,
        resource: &str,
        judge: Option<&'a dyn Judge>,
    ) -> Result<Context<'a>, ApiError> {
        let arn = Arn::parse(resource).ok_or_else(|| ApiError::internal(operation.service))?;
        let scope = neighbours::Scope {
            account: account_number(arn.account).unwrap_or(actor.source_account),
            region: arn.region.to_owned(),
        };
        Ok(Context {
            scope,
            caller: actor.principal.to_owned(),
            caller_id: actor.principal.to_owned(),
            host: "localhost",
            is_tls: false,
            trace: actor.trace.clone(),
            exchange: None,
            judge,
        })
    }

    /// Whether policies let a service do an operation, which is not done.
    pub(crate) async fn is_let(
        &self,
        actor: &Actor,
        operation: &'static wire::Operation,
        resource: &str,
        input: &Value,
    ) -> bool {
        if self.remote(operation.service.name).is_some() {
            return self.may(actor, &elsewhere::demand(operation, resource));
        }
        let Some(neighbours) = self.neighbours.get().and_then(Weak::upgrade) else { return false };
        let Ok(cx) = Reach::context(actor, operation, resource, None) else { return false };
        let demands = neighbours.demands(&cx, operation, input).await;
        demands.is_ok_and(|demands| demands.iter().all(|demand| self.may(actor, demand)))
    }

    /// Whether an operation that only looks at a resource is answered, whoever may do it.
    pub(crate) async fn is_answered(
        &self,
        actor: &Actor,
        operation: &'static wire::Operation,
        resource: &str,
        input: Value,
    ) -> bool {
        if let Some(remote) = self.remote(operation.service.name) {
            let asked = elsewhere::ask(&remote, operation, resource, input, None);
            return timeout(LOOK, asked).await.is_ok_and(|answered| answered.is_ok());
        }
        let Some(neighbours) = self.neighbours.get().and_then(Weak::upgrade) else { return false };
        let Ok(cx) = Reach::context(actor, operation, resource, None) else { return false };
        neighbours.answer(&cx, operation, input).await.is_some_and(|answer| answer.is_ok())
    }

    async fn called(
        &self,
        actor: &Actor,
        operation: &'static wire::Operation,
        resource: &str,
        input: Value,
    ) -> Result<Value, ApiError> {
        let internal = || ApiError::internal(operation.service);
        let neighbours = self.neighbours.get().and_then(Weak::upgrade).ok_or_else(internal)?;
        let judge = Acting { reach: self, actor, operation };
        if let Some(remote) = self.remote(operation.service.name) {
            judge.check(elsewhere::demand(operation, resource))?;
            let trace = actor.trace.as_deref();
            return elsewhere::ask(&remote, operation, resource, input, trace).await;
        }
        let cx = Reach::context(actor, operation, resource, Some(&judge))?;
        for demand in neighbours.demands(&cx, operation, &input).await? {
            judge.check(demand)?;
        }
        match neighbours.answer(&cx, operation, input).await {
            Some(answer) => answer,
            None => Err(internal()),
        }
    }
}

/// The function that an ARN names, and whose it is.
pub(crate) fn function_of(arn: &str) -> Option<(Scope, FunctionReference<'_>)> {
    let (parsed, reference) = (Arn::parse(arn)?, FunctionReference::parse(arn)?);
    let account = account_number(parsed.account)?;
    Some((Scope { account, region: parsed.region.into() }, reference))
}

/// What policies are told of a service that does something.
fn values_of(actor: &Actor) -> Values {
    let account = format!("{:012}", actor.source_account);
    Values::from([
        ("aws:SourceArn", actor.source_arn.as_str()),
        ("aws:SourceAccount", account.as_str()),
        ("aws:PrincipalIsAWSService", "true"),
    ])
}

/// Judges what a service does, in whole or in part.
#[derive(Debug)]
struct Acting<'a> {
    reach: &'a Reach,
    actor: &'a Actor,
    operation: &'static wire::Operation,
}

impl Judge for Acting<'_> {
    fn check(&self, demand: Demand) -> Result<(), ApiError> {
        let Acting { reach, actor, operation } = self;
        if reach.may(actor, &demand) {
            return Ok(());
        }
        let Demand { action, resource, .. } = demand;
        let (who, what) = match &actor.role {
            Some(role) => (role.as_str(), "identity-based"),
            None => (actor.principal, "resource-based"),
        };
        let message = format!(
            "User: {who} is not authorized to perform: {action} on resource: {resource} because no {what} \
             policy allows the {action} action"
        );
        Err(ApiError::new(operation.service, "AccessDeniedException", message))
    }
}

impl Outward for Reach {
    fn invoke<'a>(
        &'a self,
        actor: &'a Actor,
        function: &'a str,
        event: Bytes,
        cause: &'a str,
    ) -> Promise<'a, Result<(), InvokeError>> {
        Box::pin(self.invoked(actor, function, event, cause))
    }

    fn has_vpc(&self, account: u64, region: &str, vpc: &str) -> bool {
        let (Some(driver), Ok(vpc)) = (self.driver.upgrade(), vpc.parse()) else { return false };
        let scope = Scope { account, region: region.to_owned() };
        driver.read(|engine| engine.vpc(&scope, vpc).is_ok())
    }

    fn may_invoke(&self, actor: &Actor, function: &str) -> Result<(), InvokeError> {
        let missing = || InvokeError::Missing(function.to_owned());
        let (scope, reference) = function_of(function).ok_or_else(missing)?;
        let ending = || InvokeError::Later("the server ends".to_owned());
        let driver = self.driver.upgrade().ok_or_else(ending)?;
        let account = format!("{:012}", actor.source_account);
        let (principal, arn) = (actor.principal, actor.source_arn.as_str());
        let source = Source::Service { principal, arn, account: &account };
        let FunctionReference { name, qualifier, .. } = reference;
        source.may_invoke(&driver, Invoked { scope: &scope, name, qualifier }).map_err(|why| {
            match why {
                NotPermitted::NoFunction => missing(),
                NotPermitted::NoPermission => InvokeError::Denied(function.to_owned()),
            }
        })
    }

    fn put_own_event<'a>(
        &'a self,
        scope: &'a neighbours::Scope,
        entry: Value,
    ) -> Promise<'a, Result<(), String>> {
        Box::pin(async move {
            let neighbours = self.neighbours.get().and_then(Weak::upgrade);
            let neighbours = neighbours.ok_or("the server ends")?;
            let text = |member: &str| entry[member].as_str().unwrap_or_default().to_owned();
            let resources = entry["Resources"].as_array().into_iter().flatten();
            let event = NewEvent {
                source: text("Source"),
                detail_type: text("DetailType"),
                detail: serde_json::from_str(&text("Detail")).unwrap_or_default(),
                resources: resources.filter_map(|it| it.as_str().map(str::to_owned)).collect(),
                time: entry["Time"].as_i64().unwrap_or_default(),
                trace: None,
            };
            let put = neighbours.events().put_own(scope, event).await;
            put.map_err(|why| why.to_string())
        })
    }

    fn call<'a>(
        &'a self,
        actor: &'a Actor,
        operation: &'static wire::Operation,
        resource: &'a str,
        input: Value,
    ) -> Promise<'a, Result<Value, ApiError>> {
        Box::pin(self.called(actor, operation, resource, input))
    }

    fn may(&self, actor: &Actor, demand: &Demand) -> bool {
        Reach::may(self, actor, demand)
    }

    fn may_assume(&self, actor: &Actor) -> bool {
        !self.iam.enforces() || actor.role.as_ref().is_some_and(|role| self.trusts(actor, role))
    }
}

/// Whether what a demand is on is another account's than what a service acts for.
fn is_foreign(actor: &Actor, demand: &Demand) -> bool {
    let named = Arn::parse(&demand.resource).and_then(|arn| account_number(arn.account));
    demand.owner.or(named).is_some_and(|it| it != actor.source_account)
}

#[cfg(test)]
impl Reach {
    /// What services were let through to though AWS would not let them.
    pub(crate) fn kinder(&self) -> Vec<String> {
        let kinder = self.kinder.lock().expect("whole");
        kinder.iter().map(|(service, resource)| format!("{service} {resource}")).collect()
    }
}

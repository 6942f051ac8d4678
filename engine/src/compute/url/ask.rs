//! What may be asked about URLs of functions.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{FunctionId, UrlId};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::function::Refusal;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::record::function_url::{FunctionUrl, UrlAuth, UrlCors};
use crate::record::{Change, Key, Record};

/// What a URL is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlOf {
    /// The account and region that the function is of.
    pub scope: Scope,
    /// The function's name.
    pub function: String,
    /// The alias; none is the function without a qualifier.
    pub alias: Option<String>,
}

/// `CreateFunctionUrlConfig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateUrl {
    /// Of what.
    pub of: UrlOf,
    /// Who may ask.
    pub auth: UrlAuth,
    /// What pages of other sites may do.
    pub cors: Option<UrlCors>,
    /// Whether the `InvokeMode` is named.
    pub names_mode: bool,
}

/// `UpdateFunctionUrlConfig`; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateUrl {
    /// Of what.
    pub of: UrlOf,
    /// Who may ask from now on.
    pub auth: Option<UrlAuth>,
    /// What pages of other sites may do from now on.
    pub cors: Option<UrlCors>,
    /// Whether the `InvokeMode` is named.
    pub names_mode: bool,
}

/// `DeleteFunctionUrlConfig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteUrl {
    /// Of what.
    pub of: UrlOf,
}

/// A URL as it is to be, but for its times; its id where it is there already.
#[derive(Debug)]
pub struct NewUrl {
    id: Option<UrlId>,
    created: Option<Time>,
    function: FunctionId,
    alias: Option<String>,
    auth: UrlAuth,
    cors: Option<UrlCors>,
    names_mode: bool,
}

impl UrlOf {
    fn find<'e>(&self, compute: &'e Compute) -> Result<&'e FunctionUrl, Refusal> {
        let function = compute.functions.named(&self.scope, &self.function);
        let url = function.and_then(|it| compute.urls.find(it.id, self.alias.as_deref()));
        url.ok_or(Refusal::NoUrl)
    }
}

impl Ask for CreateUrl {
    type Answer = FunctionUrl;
    type Refusal = Refusal;
    type Granted = NewUrl;

    fn check(self, engine: &Engine) -> Result<NewUrl, Refusal> {
        let CreateUrl { of: UrlOf { scope, function: name, alias }, auth, cors, names_mode } = self;
        let Compute { functions, aliases, urls, .. } = &engine.compute;
        let Some(function) = functions.named(&scope, &name) else {
            return Err(Refusal::NoFunction(scope, name, None));
        };
        if let Some(alias) = &alias
            && aliases.named(function.id, alias).is_none()
        {
            return Err(Refusal::NoAlias { scope, function: name, name: alias.clone() });
        }
        if urls.find(function.id, alias.as_deref()).is_some() {
            return Err(Refusal::UrlExists { scope, function: name, alias });
        }
        let function = function.id;
        Ok(NewUrl { id: None, created: None, function, alias, auth, cors, names_mode })
    }

    fn apply(
        granted: NewUrl,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> FunctionUrl {
        let (compute, _, mut cx) = engine.parts(now, out);
        compute.put_url(&mut cx, granted)
    }
}

impl Ask for UpdateUrl {
    type Answer = FunctionUrl;
    type Refusal = Refusal;
    type Granted = NewUrl;

    fn check(self, engine: &Engine) -> Result<NewUrl, Refusal> {
        let UpdateUrl { of, auth, cors, names_mode } = self;
        let known = of.find(&engine.compute)?;
        Ok(NewUrl {
            id: Some(known.id),
            created: Some(known.created),
            function: known.function,
            alias: of.alias,
            auth: auth.unwrap_or(known.auth),
            cors: cors.or_else(|| known.cors.clone()),
            names_mode: names_mode || known.names_mode,
        })
    }

    fn apply(
        granted: NewUrl,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> FunctionUrl {
        let (compute, _, mut cx) = engine.parts(now, out);
        compute.put_url(&mut cx, granted)
    }
}

impl Ask for DeleteUrl {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = (FunctionId, Option<String>);

    fn check(self, engine: &Engine) -> Result<Self::Granted, Refusal> {
        let known = self.of.find(&engine.compute)?;
        Ok((known.function, self.of.alias))
    }

    fn apply(granted: Self::Granted, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (compute, _, mut cx) = engine.parts(now, out);
        let (function, alias) = granted;
        if let Some(id) = compute.urls.remove(function, alias.as_deref()) {
            cx.persist(Vec::from([Change::Delete(Key::FunctionUrl(id))]));
        }
    }
}

impl Compute {
    fn put_url(&mut self, cx: &mut Cx<'_>, granted: NewUrl) -> FunctionUrl {
        let NewUrl { id, created, function, alias, auth, cors, names_mode } = granted;
        let id = id.unwrap_or_else(|| self.urls.fresh(cx.random));
        let (created, modified) = (created.unwrap_or(cx.now), cx.now);
        let url = FunctionUrl { id, function, alias, auth, cors, names_mode, created, modified };
        self.urls.insert(url.clone());
        let record = Record::FunctionUrl(Box::new(url.clone()));
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
        url
    }
}

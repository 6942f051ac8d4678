//! URLs of functions and aliases: who may ask there, and what pages of other sites may do.

use engine::compute::function::Refusal;
use engine::compute::url::{CreateUrl, DeleteUrl, UpdateUrl, UrlOf};
use engine::record::function_url::{FunctionUrl, UrlAuth, UrlCors};
use engine::time::Time;
use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{
    Cors, CreateFunctionUrlConfig, DeleteFunctionUrlConfig, GetFunctionUrlConfig,
    ListFunctionUrlConfigs, UpdateFunctionUrlConfig,
};
use wire::lambda::output::{
    self, CreateFunctionUrlConfigResponse, FunctionUrlConfig, GetFunctionUrlConfigResponse,
    ListFunctionUrlConfigsResponse, UpdateFunctionUrlConfigResponse,
};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::name::arn;
use crate::api::lambda::refusal::{self, no_url};
use crate::api::lambda::target::Target;
use crate::api::lambda::{ask, page};
use crate::api::operation::{Context, Operation};
use crate::driver::Refused;
use crate::web::place::{self, Kind};

const BUFFERED: &str = "BUFFERED";

impl Operation for CreateFunctionUrlConfig {
    type Output = CreateFunctionUrlConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreateFunctionUrlConfigResponse, ApiError> {
        let CreateFunctionUrlConfig { function_name, qualifier, auth_type, cors, invoke_mode } =
            self;
        check_mode("CreateFunctionUrlConfig", invoke_mode.as_deref())?;
        let question = CreateUrl {
            of: of(cx, &function_name, qualifier.as_deref())?,
            auth: auth(&auth_type),
            cors: cors.map(kept),
            names_mode: invoke_mode.is_some(),
        };
        let made = cx.driver.ask(question).await.map_err(|refused| match refused {
            // AWS does not tell which of the two is not there.
            Refused::Refused(Refusal::NoFunction(..) | Refusal::NoAlias { .. }) => no_function(),
            refused => refusal::spell(cx, refused),
        })?;
        let shown = Shown::of(cx, &function_name, made)?;
        Ok(CreateFunctionUrlConfigResponse {
            function_url: shown.url,
            function_arn: shown.arn,
            auth_type: shown.auth.to_owned(),
            cors: shown.cors,
            creation_time: shown.created,
            invoke_mode: shown.mode,
        })
    }
}

impl Operation for UpdateFunctionUrlConfig {
    type Output = UpdateFunctionUrlConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<UpdateFunctionUrlConfigResponse, ApiError> {
        let UpdateFunctionUrlConfig { function_name, qualifier, auth_type, cors, invoke_mode } =
            self;
        check_mode("UpdateFunctionUrlConfig", invoke_mode.as_deref())?;
        let question = UpdateUrl {
            of: of(cx, &function_name, qualifier.as_deref())?,
            auth: auth_type.as_deref().map(auth),
            cors: cors.map(kept),
            names_mode: invoke_mode.is_some(),
        };
        let shown = Shown::of(cx, &function_name, ask(cx, question).await?)?;
        Ok(UpdateFunctionUrlConfigResponse {
            function_url: shown.url,
            function_arn: shown.arn,
            auth_type: shown.auth.to_owned(),
            cors: shown.cors,
            creation_time: shown.created,
            last_modified_time: shown.modified,
            invoke_mode: shown.mode,
        })
    }
}

impl Operation for GetFunctionUrlConfig {
    type Output = GetFunctionUrlConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetFunctionUrlConfigResponse, ApiError> {
        let GetFunctionUrlConfig { function_name, qualifier } = self;
        let UrlOf { scope, function, alias } = of(cx, &function_name, qualifier.as_deref())?;
        let found = cx.driver.read(|engine| {
            let function = engine.function(&scope, &function)?;
            engine.url_of(function.id, alias.as_deref()).cloned()
        });
        let found = found.ok_or_else(no_url)?;
        let shown = Shown::of(cx, &function_name, found)?;
        Ok(GetFunctionUrlConfigResponse {
            function_url: shown.url,
            function_arn: shown.arn,
            auth_type: shown.auth.to_owned(),
            cors: shown.cors,
            creation_time: shown.created,
            last_modified_time: shown.modified,
            invoke_mode: Some(BUFFERED.to_owned()),
        })
    }
}

impl Operation for DeleteFunctionUrlConfig {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteFunctionUrlConfig { function_name, qualifier } = self;
        ask(cx, DeleteUrl { of: of(cx, &function_name, qualifier.as_deref())? }).await
    }
}

impl Operation for ListFunctionUrlConfigs {
    type Output = ListFunctionUrlConfigsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListFunctionUrlConfigsResponse, ApiError> {
        let ListFunctionUrlConfigs { function_name, marker, max_items } = self;
        let target = Target::read(cx, &function_name, None)?;
        let found: Option<Vec<FunctionUrl>> = cx.driver.read(|engine| {
            let function = engine.function(&cx.scope, &target.name)?;
            Some(engine.urls(function.id).cloned().collect())
        });
        let found = found.ok_or_else(no_function)?;
        let keyed = found.into_iter().map(|url| {
            // Before the names of all aliases.
            let key = url.alias.clone().unwrap_or_else(|| "$LATEST".to_owned());
            (key, Shown::of_function(cx, &target.name, url).listed())
        });
        let page = page(keyed.collect(), max_items, marker.as_deref())?;
        Ok(ListFunctionUrlConfigsResponse {
            function_url_configs: page.items,
            next_marker: page.next_token,
        })
    }
}

/// What a URL is of.
fn of(cx: &Context<'_>, name: &str, qualifier: Option<&str>) -> Result<UrlOf, ApiError> {
    let Target { scope, name: function, qualifier: alias } = Target::read(cx, name, qualifier)?;
    Ok(UrlOf { scope, function, alias })
}

fn no_function() -> ApiError {
    error("ResourceNotFoundException", "Function does not exist")
}

fn check_mode(operation: &str, mode: Option<&str>) -> Result<(), ApiError> {
    match mode {
        None | Some(BUFFERED) => Ok(()),
        Some(_) => Err(invalid(format!(
            "Warren does not support the parameter InvokeMode of {operation}, except as {BUFFERED}."
        ))),
    }
}

/// The model has these two alone.
fn auth(text: &str) -> UrlAuth {
    if text == "AWS_IAM" { UrlAuth::Iam } else { UrlAuth::Nobody }
}

/// What is kept of rules for pages of other sites.
fn kept(given: Cors) -> UrlCors {
    let Cors {
        allow_credentials,
        allow_headers,
        allow_methods,
        allow_origins,
        expose_headers,
        max_age,
    } = given;
    UrlCors {
        allow_credentials,
        allow_headers,
        allow_methods,
        allow_origins,
        expose_headers,
        max_age,
    }
}

/// A URL as it is shown.
struct Shown {
    url: String,
    arn: String,
    auth: &'static str,
    cors: Option<output::Cors>,
    created: String,
    modified: String,
    /// Where those who change it are shown it.
    mode: Option<String>,
}

impl Shown {
    fn of(cx: &Context<'_>, name: &str, url: FunctionUrl) -> Result<Shown, ApiError> {
        let target = Target::read(cx, name, None)?;
        Ok(Shown::of_function(cx, &target.name, url))
    }

    fn of_function(cx: &Context<'_>, function: &str, url: FunctionUrl) -> Shown {
        let FunctionUrl { id, function: _, alias, auth, cors, names_mode, created, modified } = url;
        let cors = cors.map(|cors| output::Cors {
            allow_credentials: cors.allow_credentials,
            allow_headers: cors.allow_headers,
            allow_methods: cors.allow_methods,
            allow_origins: cors.allow_origins,
            expose_headers: cors.expose_headers,
            max_age: cors.max_age,
        });
        let base = cx.endpoint.gate.base(cx.host);
        let host = place::host(Kind::FunctionUrl, &id.to_string(), &cx.scope.region, &base);
        Shown {
            url: format!("http://{host}/"),
            arn: arn(&cx.scope, function, alias.as_deref()),
            auth: match auth {
                UrlAuth::Nobody => "NONE",
                UrlAuth::Iam => "AWS_IAM",
            },
            cors,
            created: spelled(created),
            modified: spelled(modified),
            mode: names_mode.then(|| BUFFERED.to_owned()),
        }
    }

    fn listed(self) -> FunctionUrlConfig {
        let Shown { url, arn, auth, cors, created, modified, mode: _ } = self;
        FunctionUrlConfig {
            function_url: url,
            function_arn: arn,
            creation_time: created,
            last_modified_time: modified,
            cors,
            auth_type: auth.to_owned(),
            invoke_mode: Some(BUFFERED.to_owned()),
        }
    }
}

fn spelled(time: Time) -> String {
    wire::time::iso8601_millis(i64::try_from(time.millis()).unwrap_or(i64::MAX))
}

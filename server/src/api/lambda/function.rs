//! Functions as wholes: created, shown, listed, deleted.

use std::time::{Duration, Instant};

use engine::compute::function::{self, Shown};
use engine::id::{FunctionId, Version};
use engine::record::function::{Configuration, Function};
use wire::ApiError;
use wire::lambda::input::{
    CreateFunction, DeadLetterConfig, DeleteFunction, GetFunction, ListFunctions,
};
use wire::lambda::output::{
    Concurrency, DeleteFunctionResponse, FunctionCodeLocation, FunctionConfiguration,
    GetFunctionResponse, ListFunctionsResponse,
};

use crate::api::lambda::event_invoke::check_dead_letter;
use crate::api::lambda::invalid::{INVALID, invalid, role_verdict};
use crate::api::lambda::name::not_found;
use crate::api::lambda::settings::{self, Given};
use crate::api::lambda::target::Target;
use crate::api::lambda::view::FunctionVersion;
use crate::api::lambda::{ask, code, layer, page, tag};
use crate::api::operation::{Context, Operation};
use crate::api::page::Page;

/// How long a deletion waits for environments to end at the most, and how often it looks.
const LET_GO: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(5);

impl Operation for CreateFunction {
    type Output = FunctionConfiguration;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionConfiguration, ApiError> {
        let CreateFunction {
            function_name,
            runtime,
            role,
            handler,
            code,
            description,
            timeout,
            memory_size,
            publish,
            vpc_config,
            environment,
            tags,
            architectures,
            ephemeral_storage,
            logging_config,
            layers,
            dead_letter_config,
        } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let given = Given {
            function: &target.name,
            body: cx.body,
            runtime,
            role: Some(role),
            handler,
            description,
            timeout,
            memory_size,
            vpc_config,
            environment,
            ephemeral_storage,
            logging_config,
        };
        let mut settings = given.settings(settings::architecture(architectures)?)?;
        cx.driver.runtimes.has(&settings.runtime).map_err(invalid)?;
        let layers = layer::given(layers.unwrap_or_default())?;
        let tags = tag::checked(tags.unwrap_or_default())?;
        let dead_letter = dead_letter_config.and_then(|DeadLetterConfig { target_arn }| target_arn);
        if let Some(arn) = dead_letter.filter(|arn| !arn.is_empty()) {
            check_dead_letter(cx, &target.name, &settings.role, &arn).await?;
            settings.dead_letter = Some(arn);
        }
        let of = (settings.role.as_str(), settings.vpc.as_ref());
        let role = cx.driver.read(|engine| role_verdict(cx, (engine, &cx.scope), of, INVALID))?;
        let pinned = code::package(cx, code::Source::of(code)?).await?;
        layer::check_size(cx, &pinned.code, layer::Layers::Given(&layers)).await?;
        let question = function::Create {
            scope: cx.scope.clone(),
            name: target.name,
            settings: Box::new(settings),
            layers,
            code: pinned.code.clone(),
            tags,
            publish: publish == Some(true),
            role,
        };
        let Shown { function, version } = ask(cx, question).await?;
        // AWS names the first version in the answer, and not in the ARN.
        Ok(FunctionVersion::published(&function, version, false).view())
    }
}

impl Operation for GetFunction {
    type Output = GetFunctionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetFunctionResponse, ApiError> {
        let GetFunction { function_name, qualifier } = self;
        let target = Target::across(cx, &function_name, qualifier.as_deref())?;
        let (found, package, tags, reserved) = cx.driver.read(|engine| {
            let (function, configuration) = target.find(engine, &target.scope)?;
            let found = target.version_in(engine, &target.scope)?;
            let package = configuration.code.sha256;
            Ok::<_, ApiError>((found, package, function.tags.clone(), function.reserved))
        })?;
        let package = crate::code::hex(&package);
        let location = format!("http://{}/_warren/code/{package}.zip", cx.host);
        Ok(GetFunctionResponse {
            configuration: Some(found.view_with(&cx.endpoint.code)),
            code: Some(FunctionCodeLocation {
                repository_type: Some("S3".into()),
                location: Some(location),
                ..FunctionCodeLocation::default()
            }),
            tags: Some(tags).filter(|tags| !tags.is_empty()),
            concurrency: reserved.map(|reserved| Concurrency {
                reserved_concurrent_executions: Some(i32::try_from(reserved).unwrap_or(i32::MAX)),
            }),
            tags_error: None,
        })
    }
}

impl Operation for DeleteFunction {
    type Output = DeleteFunctionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteFunctionResponse, ApiError> {
        let DeleteFunction { function_name, qualifier } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        let version = match (&target.qualifier, target.version()) {
            (None, _) => None,
            (Some(_), Some(Version(0))) => {
                return Err(invalid(
                    "$LATEST version cannot be deleted without deleting the function.",
                ));
            }
            (Some(_), Some(version)) => Some(version),
            (Some(name), None) if name.contains('$') => {
                // Neither a version nor an alias has such a name: nothing is there to be deleted.
                let is_there =
                    cx.driver.read(|engine| engine.function(&cx.scope, &target.name).is_some());
                return match is_there {
                    true => Ok(DeleteFunctionResponse { status_code: Some(204) }),
                    false => Err(not_found(&cx.scope, &target.name, None)),
                };
            }
            (Some(_), None) => {
                return Err(invalid("Deletion of aliases is not currently supported."));
            }
        };
        let (id, is_there) = cx.driver.read(|engine| {
            let function = engine.function(&cx.scope, &target.name);
            let function = function.ok_or_else(|| not_found(&cx.scope, &target.name, None))?;
            let is_there = version.is_none_or(|number| function.versions.contains_key(&number));
            Ok::<_, ApiError>((function.id, is_there))
        })?;
        // To delete a version that is not there is no error, as on AWS.
        if is_there {
            let scope = cx.scope.clone();
            ask(cx, function::Delete { scope, name: target.name, version }).await?;
            let_go(cx, id).await;
        }
        Ok(DeleteFunctionResponse { status_code: Some(204) })
    }
}

/// Waits a while until the idle environments of what was deleted are gone, so that whoever deletes
/// the function's subnets and groups next finds them free. Those that are busy run on.
async fn let_go(cx: &Context<'_>, function: FunctionId) {
    let end = Instant::now() + LET_GO;
    while cx.driver.read(|engine| engine.is_reaped(function)) && Instant::now() < end {
        tokio::time::sleep(LOOK).await;
    }
}

impl Operation for ListFunctions {
    type Output = ListFunctionsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListFunctionsResponse, ApiError> {
        let ListFunctions { function_version, marker, max_items } = self;
        let is_all = function_version.as_deref() == Some("ALL");
        let page = cx.driver.read(|engine| {
            let functions = engine.functions(&cx.scope);
            let versions = functions.flat_map(|function| versions(function, is_all));
            // What is shown is copied, and not all of which it is a page.
            let page = page(versions.collect(), max_items, marker.as_deref())?;
            let found = page.items.into_iter().map(|(function, version, configuration)| {
                FunctionVersion::of(function, configuration, version, is_all)
            });
            Ok::<_, ApiError>(Page { items: found.collect(), next_token: page.next_token })
        })?;
        let functions = page.items.into_iter().map(FunctionVersion::listed).collect();
        Ok(ListFunctionsResponse { next_marker: page.next_token, functions: Some(functions) })
    }
}

/// `$LATEST` of a function, or all of its versions, by keys in the order of names and numbers.
fn versions(
    function: &Function,
    is_all: bool,
) -> impl Iterator<Item = (String, (&Function, Version, &Configuration))> {
    let versions = function.configurations().take(if is_all { usize::MAX } else { 1 });
    versions.map(move |(version, configuration)| {
        // No name has a blank, which comes before whatever a name has.
        let key = format!("{} {:020}", function.name, version.0);
        (key, (function, version, configuration))
    })
}

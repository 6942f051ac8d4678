//! Layers: versions published, shown, listed, deleted, and held by functions.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::compute::layer::{self, Published};
use engine::record::function::{Code, UsedLayer};
use engine::record::layer::{Layer, LayerReference, LayerVersion};
use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{
    DeleteLayerVersion, FunctionCode, GetLayerVersion, GetLayerVersionByArn,
    LayerVersionContentInput, ListLayerVersions, ListLayers, PublishLayerVersion,
};
use wire::lambda::output::{
    GetLayerVersionResponse, LayerVersionContentOutput, LayerVersionsListItem, LayersListItem,
    ListLayerVersionsResponse, ListLayersResponse, PublishLayerVersionResponse,
};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::layer_name::{self, LayerName};
use crate::api::lambda::{code, page, page_in, refusal};
use crate::api::operation::{Context, Operation};
use crate::api::page::Order;
use crate::code::{UNZIPPED_LIMIT, hex};

impl Operation for PublishLayerVersion {
    type Output = PublishLayerVersionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<PublishLayerVersionResponse, ApiError> {
        let PublishLayerVersion {
            layer_name,
            description,
            content,
            compatible_runtimes,
            compatible_architectures,
            license_info,
        } = self;
        let layer = LayerName::own(cx, "PublishLayerVersion", &layer_name)?;
        let LayerVersionContentInput { zip_file, s3_bucket, s3_key, s3_object_version } = content;
        let source = FunctionCode { zip_file, s3_bucket, s3_key, s3_object_version };
        let pinned = code::package(cx, code::Source::of(source)?).await?;
        let question = layer::Publish {
            scope: layer.scope,
            name: layer.name,
            description: description.unwrap_or_default(),
            license: license_info,
            runtimes: compatible_runtimes,
            architectures: compatible_architectures,
            code: pinned.code.clone(),
        };
        let asked = cx.driver.ask(question).await;
        let Published { of, version } = asked.map_err(refusal::spell_layer)?;
        let GetLayerVersionResponse {
            content,
            layer_arn,
            layer_version_arn,
            description,
            created_date,
            version,
            compatible_architectures,
            compatible_runtimes,
            license_info,
        } = show(cx, &of, version);
        Ok(PublishLayerVersionResponse {
            content,
            layer_arn,
            layer_version_arn,
            description,
            created_date,
            version,
            compatible_architectures,
            compatible_runtimes,
            license_info,
        })
    }
}

impl Operation for GetLayerVersion {
    type Output = GetLayerVersionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetLayerVersionResponse, ApiError> {
        let GetLayerVersion { layer_name, version_number } = self;
        let of = LayerName::read(cx, &layer_name)?.version(version_number)?;
        Ok(show(cx, &of, find(cx, &of)?))
    }
}

impl Operation for GetLayerVersionByArn {
    type Output = GetLayerVersionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetLayerVersionResponse, ApiError> {
        let GetLayerVersionByArn { arn } = self;
        let of = layer_name::version(&arn).ok_or_else(missing)?;
        Ok(show(cx, &of, find(cx, &of)?))
    }
}

impl Operation for DeleteLayerVersion {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteLayerVersion { layer_name, version_number } = self;
        let of = LayerName::own(cx, "DeleteLayerVersion", &layer_name)?.version(version_number)?;
        let asked = cx.driver.ask(layer::Delete { of }).await;
        asked.map_err(refusal::spell_layer)
    }
}

impl Operation for ListLayerVersions {
    type Output = ListLayerVersionsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListLayerVersionsResponse, ApiError> {
        let ListLayerVersions {
            layer_name,
            compatible_runtime,
            compatible_architecture,
            marker,
            max_items,
        } = self;
        let LayerName { scope, name } = LayerName::own(cx, "ListLayerVersions", &layer_name)?;
        let wanted = Wanted { runtime: compatible_runtime, architecture: compatible_architecture };
        let versions = cx.driver.read(|engine| {
            let layer = engine.layer(&scope, &name);
            let matching = layer.map(|layer| wanted.among(layer).collect::<Vec<_>>());
            matching.unwrap_or_default()
        });
        let keyed = versions
            .into_iter()
            .map(|(of, version)| (format!("{:020}", of.version), (of, version)));
        let page = page_in(Order::Falling, keyed.collect(), max_items, marker.as_deref())?;
        let shown = page.items.into_iter().map(|(of, version)| list(&of, version));
        Ok(ListLayerVersionsResponse {
            next_marker: page.next_token,
            layer_versions: Some(shown.collect()),
        })
    }
}

impl Operation for ListLayers {
    type Output = ListLayersResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListLayersResponse, ApiError> {
        let ListLayers { compatible_runtime, compatible_architecture, marker, max_items } = self;
        let wanted = Wanted { runtime: compatible_runtime, architecture: compatible_architecture };
        let layers = cx.driver.read(|engine| {
            let layers = engine.layers(&cx.scope);
            layers.filter_map(|layer| wanted.among(layer).last()).collect::<Vec<_>>()
        });
        let keyed = layers.into_iter().map(|(of, latest)| (of.name.clone(), (of, latest)));
        let page = page(keyed.collect(), max_items, marker.as_deref())?;
        let shown = page.items.into_iter().map(|(of, latest)| LayersListItem {
            layer_name: Some(of.name.clone()),
            layer_arn: Some(of.layer_arn()),
            latest_matching_version: Some(list(&of, latest)),
        });
        Ok(ListLayersResponse { next_marker: page.next_token, layers: Some(shown.collect()) })
    }
}

/// Which versions are asked for.
struct Wanted {
    runtime: Option<String>,
    architecture: Option<String>,
}

impl Wanted {
    /// The versions of a layer that are, in the order of their numbers.
    fn among(&self, layer: &Layer) -> impl Iterator<Item = (LayerReference, LayerVersion)> {
        let has = |wanted: &Option<String>, of: &Option<Vec<String>>| {
            wanted.as_ref().is_none_or(|wanted| of.iter().flatten().any(|each| each == wanted))
        };
        let matching = layer.versions.iter().filter(move |(_, version)| {
            has(&self.runtime, &version.runtimes) && has(&self.architecture, &version.architectures)
        });
        let (scope, name) = (&layer.scope, &layer.name);
        matching.map(|(number, version)| {
            let (scope, name) = (scope.clone(), name.clone());
            (LayerReference { scope, name, version: *number }, version.clone())
        })
    }
}

fn missing() -> ApiError {
    error("ResourceNotFoundException", "The resource you requested does not exist.")
}

/// A version that the caller's account has, or was given.
fn find(cx: &Context<'_>, of: &LayerReference) -> Result<LayerVersion, ApiError> {
    let is_own = of.scope.account == cx.scope.account;
    let found = cx.driver.read(|engine| {
        let version = engine.layer(&of.scope, &of.name)?.versions.get(&of.version)?;
        Some(version.clone())
    });
    match found {
        Some(version) if is_own || version.is_open_to(cx.scope.account) => Ok(version),
        None if is_own => Err(missing()),
        Some(_) | None => Err(refusal::layer_denied(cx, "GetLayerVersion", &of.arn())),
    }
}

fn show(cx: &Context<'_>, of: &LayerReference, version: LayerVersion) -> GetLayerVersionResponse {
    let package = hex(&version.code.sha256);
    let content = LayerVersionContentOutput {
        location: Some(format!("http://{}/_warren/code/{package}.zip", cx.host)),
        code_sha256: Some(STANDARD.encode(version.code.sha256)),
        code_size: Some(i64::try_from(version.code.size).unwrap_or(i64::MAX)),
        ..LayerVersionContentOutput::default()
    };
    let LayerVersionsListItem {
        layer_version_arn,
        version,
        description,
        created_date,
        compatible_architectures,
        compatible_runtimes,
        license_info,
    } = list(of, version);
    GetLayerVersionResponse {
        content: Some(content),
        layer_arn: Some(of.layer_arn()),
        layer_version_arn,
        description,
        created_date,
        version,
        compatible_architectures,
        compatible_runtimes,
        license_info,
    }
}

fn list(of: &LayerReference, version: LayerVersion) -> LayerVersionsListItem {
    let LayerVersion {
        description,
        license,
        runtimes,
        architectures,
        created,
        code: _,
        policy: _,
        revision: _,
    } = version;
    LayerVersionsListItem {
        layer_version_arn: Some(of.arn()),
        version: Some(i64::try_from(of.version).unwrap_or(i64::MAX)),
        description: Some(description),
        created_date: Some(wire::time::last_modified(
            i64::try_from(created.millis()).unwrap_or(i64::MAX),
        )),
        compatible_architectures: architectures,
        compatible_runtimes: runtimes,
        license_info: license,
    }
}

/// The versions that a function is given, by their ARNs.
pub(crate) fn given(arns: Vec<String>) -> Result<Vec<LayerReference>, ApiError> {
    let arns = arns.into_iter();
    arns.map(|arn| layer_name::version(&arn).ok_or_else(|| refusal::no_layer(&arn))).collect()
}

/// What a function is to consist of.
pub(crate) enum Layers<'a> {
    /// Layers that it is given.
    Given(&'a [LayerReference]),
    /// Layers that it holds.
    Held(&'a [UsedLayer]),
}

/// Checks that a function's code and its layers are not too large together.
pub(crate) async fn check_size(
    cx: &Context<'_>,
    code: &Code,
    layers: Layers<'_>,
) -> Result<(), ApiError> {
    let used = match layers {
        Layers::Held(held) => held.to_vec(),
        Layers::Given(given) => {
            let used = cx.driver.read(|engine| engine.used_layers(&cx.scope, given.to_vec()));
            used.map_err(|refused| refusal::of_layers(cx, refused))?
        }
    };
    if used.is_empty() {
        return Ok(());
    }
    let (store, code) = (Arc::clone(&cx.endpoint.code), code.sha256);
    let measured = tokio::task::spawn_blocking(move || {
        let layers = used.iter().map(|layer| store.unzipped(&layer.code.sha256)).sum::<u64>();
        (layers, store.unzipped(&code))
    });
    let measured = measured.await;
    let (layers, code) =
        measured.map_err(|_| error("ServiceException", "The layers could not be measured."))?;
    if layers > UNZIPPED_LIMIT {
        let message =
            format!("Layers consume more than the available size of {UNZIPPED_LIMIT} bytes");
        return Err(invalid(message));
    }
    match layers + code {
        all if all > UNZIPPED_LIMIT => Err(invalid(format!(
            "Function code combined with layers exceeds the maximum allowed size of \
             {UNZIPPED_LIMIT} bytes. The actual size is {all} bytes."
        ))),
        _ => Ok(()),
    }
}

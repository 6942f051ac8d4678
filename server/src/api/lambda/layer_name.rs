//! Which layer, or which version of one, a request is about: by name or by ARN.

use engine::record::layer::LayerReference;
use engine::scope::Scope;
use wire::ApiError;
use wire::arn::Arn;

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::refusal;
use crate::api::operation::Context;

/// A layer, which need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LayerName {
    /// Who owns it.
    pub(crate) scope: Scope,
    pub(crate) name: String,
}

impl LayerName {
    /// Reads a layer's name or ARN.
    pub(crate) fn read(cx: &Context<'_>, given: &str) -> Result<LayerName, ApiError> {
        if !given.contains(':') {
            return Ok(LayerName { scope: cx.scope.clone(), name: given.to_owned() });
        }
        let (scope, name) = layer(given).ok_or_else(|| refusal::no_layer(given))?;
        Ok(LayerName { scope, name: name.to_owned() })
    }

    /// Reads a layer that must be the caller's for an operation.
    pub(crate) fn own(
        cx: &Context<'_>,
        operation: &str,
        given: &str,
    ) -> Result<LayerName, ApiError> {
        let layer = LayerName::read(cx, given)?;
        match layer.scope == cx.scope {
            true => Ok(layer),
            false => Err(refusal::layer_denied(cx, operation, given)),
        }
    }

    /// A version of it by its number.
    pub(crate) fn version(self, number: i64) -> Result<LayerReference, ApiError> {
        let LayerName { scope, name } = self;
        match u64::try_from(number) {
            Ok(version) if version > 0 => Ok(LayerReference { scope, name, version }),
            _ => Err(invalid("Layer Version Cannot be less than 1.")),
        }
    }
}

/// The owner and the name of a layer, by its ARN; with what follows the name.
fn layer(arn: &str) -> Option<(Scope, &str)> {
    let Arn { service, region, account, resource, partition: _ } = Arn::parse(arn)?;
    let name = resource.strip_prefix("layer:")?;
    let account = account.parse().ok().filter(|_| service == "lambda")?;
    Some((Scope { account, region: region.to_owned() }, name))
}

/// The version that an ARN names.
pub(crate) fn version(arn: &str) -> Option<LayerReference> {
    let (scope, rest) = layer(arn)?;
    let (name, number) = rest.split_once(':')?;
    let version = number.parse().ok().filter(|version| *version > 0)?;
    Some(LayerReference { scope, name: name.to_owned(), version })
}

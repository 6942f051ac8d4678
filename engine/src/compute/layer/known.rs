//! All layers, and what of them a function can hold.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::LayerId;
use crate::base::random::{Random, fresh};
use crate::base::scope::Scope;
use crate::record::function::{Code, UsedLayer};
use crate::record::layer::{Layer, LayerReference, LayerVersion};

/// Layers that a function may hold.
pub const LAYERS_PER_FUNCTION: usize = 5;

/// All layers, by id and by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layers {
    by_id: BTreeMap<LayerId, Layer>,
    names: BTreeMap<Scope, BTreeMap<String, LayerId>>,
}

/// Why a function cannot hold the layers that it is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UseRefusal {
    /// They are more than [`LAYERS_PER_FUNCTION`].
    TooMany,
    /// One is of another region than the function.
    Elsewhere,
    /// One does not exist.
    NoVersion(LayerReference),
    /// One is of an account that has not shared it with the function's.
    Denied(LayerReference),
    /// Two are of one layer.
    Twice(Box<(LayerReference, LayerReference)>),
}

impl Layers {
    /// A layer of a scope by its name.
    pub(crate) fn named(&self, scope: &Scope, name: &str) -> Option<&Layer> {
        self.by_id.get(self.names.get(scope)?.get(name)?)
    }

    /// The layers of a scope, in the order of their names.
    pub(crate) fn of(&self, scope: &Scope) -> impl Iterator<Item = &Layer> {
        let names = self.names.get(scope).into_iter().flat_map(BTreeMap::values);
        names.map(|id| &self.by_id[id])
    }

    /// Every layer of every scope.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Layer> {
        self.by_id.values()
    }

    /// Takes a layer that was stored, or that is new.
    pub(crate) fn take(&mut self, layer: Layer) {
        let names = self.names.entry(layer.scope.clone()).or_default();
        names.insert(layer.name.clone(), layer.id);
        self.by_id.insert(layer.id, layer);
    }

    /// A version, if it is there.
    pub(crate) fn version(&self, of: &LayerReference) -> Option<&LayerVersion> {
        let layer = self.named(&of.scope, &of.name);
        layer.and_then(|layer| layer.versions.get(&of.version))
    }

    /// The layer of a name, made where there is none.
    pub(super) fn named_or_new(
        &mut self,
        random: &mut Random,
        scope: &Scope,
        name: &str,
    ) -> &mut Layer {
        let known = self.names.get(scope).and_then(|names| names.get(name)).copied();
        let id = known.unwrap_or_else(|| {
            let id = fresh(random, &self.by_id, LayerId);
            let (scope, name) = (scope.clone(), name.into());
            self.take(Layer { id, scope, name, published: 0, versions: BTreeMap::new() });
            id
        });
        self.by_id.get_mut(&id).expect("every name is a layer's")
    }

    /// What a function of a scope holds when it is given these layers.
    pub(crate) fn used(
        &self,
        scope: &Scope,
        layers: Vec<LayerReference>,
    ) -> Result<Vec<UsedLayer>, UseRefusal> {
        if layers.len() > LAYERS_PER_FUNCTION {
            return Err(UseRefusal::TooMany);
        }
        let mut used: Vec<(LayerReference, Code)> = Vec::new();
        for layer in layers {
            if layer.scope.region != scope.region {
                return Err(UseRefusal::Elsewhere);
            }
            let version = self.version(&layer);
            let is_own = layer.scope.account == scope.account;
            let version = match version {
                None if is_own => return Err(UseRefusal::NoVersion(layer)),
                // Who may not see it is not told whether it is there.
                None => return Err(UseRefusal::Denied(layer)),
                Some(version) if !is_own && !version.is_open_to(scope.account) => {
                    return Err(UseRefusal::Denied(layer));
                }
                Some(version) => version,
            };
            let twin = used
                .iter()
                .find(|(other, _)| (&other.scope, &other.name) == (&layer.scope, &layer.name));
            if let Some((other, _)) = twin {
                return Err(UseRefusal::Twice(Box::new((other.clone(), layer))));
            }
            used.push((layer, version.code.clone()));
        }
        let held = used.into_iter().map(|(layer, code)| UsedLayer { arn: layer.arn(), code });
        Ok(held.collect())
    }
}

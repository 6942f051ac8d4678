//! All functions, by id and by name.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::FunctionId;
use crate::base::scope::Scope;
use crate::base::table::Table;
use crate::record::function::Function;

/// All functions, by id and by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Functions {
    pub(crate) by_id: Table<Box<Function>>,
    pub(crate) names: BTreeMap<Scope, BTreeMap<String, FunctionId>>,
    /// Those that may have changed since what is derived from them was last seen to.
    pub(crate) touched: Vec<FunctionId>,
}

impl Functions {
    /// A function of a scope by its name.
    pub(crate) fn named(&self, scope: &Scope, name: &str) -> Option<&Function> {
        let id = self.names.get(scope)?.get(name)?;
        self.by_id.get(id).map(|function| &**function)
    }

    pub(crate) fn insert(&mut self, function: Box<Function>) {
        let names = self.names.entry(function.scope.clone()).or_default();
        names.insert(function.name.clone(), function.id);
        self.touched.push(function.id);
        self.by_id.insert(function);
    }

    /// A function, to be changed.
    pub(crate) fn get_mut(&mut self, id: &FunctionId) -> Option<&mut Function> {
        self.touched.push(*id);
        self.by_id.get_mut(id).map(|function| &mut **function)
    }

    pub(crate) fn remove(&mut self, id: FunctionId) {
        let Some(function) = self.by_id.remove(&id) else { return };
        self.touched.push(id);
        if let Some(names) = self.names.get_mut(&function.scope) {
            names.remove(&function.name);
        }
    }
}

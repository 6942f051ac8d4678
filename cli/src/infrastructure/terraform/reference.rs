//! Resources of Terraform, and what their expressions refer to: through variables and outputs of
//! modules, and locals as they are given.

use std::collections::BTreeSet;

use serde_json::Value;

/// Modules that may lie in one another when a reference is followed.
pub(super) const DEPTH: usize = 32;

/// One instance of a resource.
pub(super) struct Resource<'a> {
    pub(super) address: &'a str,
    pub(super) kind: &'a str,
    /// Names of the modules that it is in.
    pub(super) module: Vec<String>,
    /// Its type and name, after `data.` where it is only read.
    pub(super) local: String,
    pub(super) values: &'a Value,
}

impl Resource<'_> {
    pub(super) fn is_data(&self) -> bool {
        self.local.starts_with("data.")
    }
}

pub(super) struct Document<'a> {
    pub(super) resources: Vec<Resource<'a>>,
    pub(super) configuration: &'a Value,
    /// What locals mean: a name, and addresses with commas between them.
    pub(super) locals: &'a [(String, String)],
    /// The VPC of what does not tell its own.
    pub(super) vpc: String,
}

/// Why it is not known what an expression refers to.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum ReferenceError {
    #[error("its references go in a circle")]
    Circle,
    #[error("variable {0} has no value in the file")]
    Variable(String),
    #[error(
        "what {whole} means is not told in a plan\n\
         hint: --local {name}=ADDRESS,… of the resources that it means, or terraform apply, \
         and show the state"
    )]
    Local { whole: String, name: String },
    #[error("--local {name}: there is no resource {address}")]
    NoResource { name: String, address: String },
}

impl<'a> Document<'a> {
    /// The configuration of a module.
    pub(super) fn module(&self, path: &[String]) -> &'a Value {
        let calls = path.iter();
        calls.fold(self.configuration, |module, name| &module["module_calls"][name]["module"])
    }

    pub(super) fn expressions(&self, of: &Resource<'a>) -> &'a Value {
        let resources = self.module(&of.module)["resources"].as_array();
        let of_it =
            resources.into_iter().flatten().find(|each| each["address"] == of.local.as_str());
        of_it.map_or(&Value::Null, |each| &each["expressions"])
    }

    /// The resources that an expression refers to, by their modules and names.
    pub(super) fn referred(
        &self,
        module: &[String],
        expression: &Value,
        depth: usize,
    ) -> Result<BTreeSet<String>, ReferenceError> {
        let mut found = BTreeSet::new();
        let references = expression["references"].as_array();
        for reference in references.into_iter().flatten().filter_map(Value::as_str) {
            let depth = depth.checked_sub(1).ok_or(ReferenceError::Circle)?;
            let words: Vec<&str> = reference.split('.').collect();
            let plain = |word: &str| word.split('[').next().unwrap_or_default().to_owned();
            match words.as_slice() {
                ["var", name, ..] => {
                    let Some((own, parent)) = module.split_last() else {
                        return Err(ReferenceError::Variable((*name).to_owned()));
                    };
                    let call = &self.module(parent)["module_calls"][own];
                    let given = &call["expressions"][plain(name)];
                    found.extend(self.referred(parent, given, depth)?);
                }
                ["module", name, output, ..] => {
                    let mut inner = module.to_vec();
                    inner.push(plain(name));
                    let told = &self.module(&inner)["outputs"][plain(output)]["expression"];
                    found.extend(self.referred(&inner, told, depth)?);
                }
                ["local", name, ..] => found.extend(self.local(module, &plain(name))?),
                ["data", kind, name, ..] => {
                    found.insert(full(module, &format!("data.{kind}.{}", plain(name))));
                }
                ["module" | "each" | "count" | "path" | "terraform" | "self", ..] => {}
                [kind, name, ..] => {
                    found.insert(full(module, &format!("{kind}.{}", plain(name))));
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// The addresses that a local means, as they are given.
    fn local(&self, module: &[String], name: &str) -> Result<Vec<String>, ReferenceError> {
        let whole = full(module, &format!("local.{name}"));
        let given =
            self.locals.iter().find(|(of, _)| [name, whole.as_str()].contains(&of.as_str()));
        let Some((_, addresses)) = given else {
            return Err(ReferenceError::Local { whole, name: name.to_owned() });
        };
        let is_there = |address: &str| {
            let of = |each: &Resource<'_>| full(&each.module, &each.local) == address;
            self.resources.iter().any(|each| of(each) || each.address == address)
        };
        let addresses: Vec<String> =
            addresses.split(',').map(|one| one.trim().to_owned()).collect();
        match addresses.iter().find(|address| !is_there(address)) {
            Some(missing) => {
                Err(ReferenceError::NoResource { name: name.to_owned(), address: missing.clone() })
            }
            None => Ok(addresses),
        }
    }
}

pub(super) fn full(module: &[String], local: &str) -> String {
    let modules: String = module.iter().map(|name| format!("module.{name}.")).collect();
    format!("{modules}{local}")
}

pub(super) fn collect<'a>(module: &'a Value, path: &[String], found: &mut Vec<Resource<'a>>) {
    for each in module["resources"].as_array().into_iter().flatten() {
        let (kind, name) = (text(&each["type"]), text(&each["name"]));
        let data = if each["mode"] == "data" { "data." } else { "" };
        found.push(Resource {
            address: each["address"].as_str().unwrap_or_default(),
            kind: each["type"].as_str().unwrap_or_default(),
            module: path.to_vec(),
            local: format!("{data}{kind}.{name}"),
            values: &each["values"],
        });
    }
    for child in module["child_modules"].as_array().into_iter().flatten() {
        // `module.net["a"].module.inner`: the last one's name, without its instance.
        let address = child["address"].as_str().unwrap_or_default();
        let last = address.rsplit("module.").next().unwrap_or_default();
        let name = last.split('[').next().unwrap_or_default();
        let mut path = path.to_vec();
        path.push(name.to_owned());
        collect(child, &path, found);
    }
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

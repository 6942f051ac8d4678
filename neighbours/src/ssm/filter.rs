//! Which parameters a request asks for.

use wire::ApiError;
use wire::ssm::error;
use wire::ssm::input::{ParameterStringFilter, ParametersFilter};

use super::stored::{Parameter, Version};

/// A filter: its key, how it compares, and its values, of which one is enough.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    key: String,
    option: String,
    values: Vec<String>,
}

impl Filter {
    /// The filters of a request that knows these keys.
    ///
    /// # Errors
    /// As SSM refuses a filter.
    pub(super) fn read(
        given: Option<Vec<ParameterStringFilter>>,
        keys: &[&str],
    ) -> Result<Vec<Filter>, ApiError> {
        let read = |given| {
            let ParameterStringFilter { key, option, values } = given;
            let is_known =
                keys.contains(&key.as_str()) || key.starts_with("tag:") && keys.contains(&"tag:");
            if !is_known {
                let message = format!(
                    "The following filter key is not valid: {key}. Valid filter keys include: [{}].",
                    keys.join(", ")
                );
                return Err(error("InvalidFilterKey", message));
            }
            let options: &[&str] = match key.as_str() {
                "Name" => &["Equals", "BeginsWith", "Contains"],
                "Path" => &["OneLevel", "Recursive"],
                "Type" | "KeyId" | "Tier" => &["Equals", "BeginsWith"],
                _ => &["Equals"],
            };
            let option = option.unwrap_or_else(|| options[0].to_owned());
            if !options.contains(&option.as_str()) {
                let message = format!(
                    "The following filter option is not valid: {option}. Valid options include: [{}].",
                    options.join(", ")
                );
                return Err(error("InvalidFilterOption", message));
            }
            let values = values.unwrap_or_default();
            if values.is_empty() && !key.starts_with("tag:") {
                let message =
                    format!("The following filter values are missing : null for filter key {key}");
                return Err(error("InvalidFilterValue", message));
            }
            Ok(Filter { key, option, values })
        };
        given.unwrap_or_default().into_iter().map(read).collect()
    }

    /// Filters of the older form.
    pub(super) fn read_older(given: Option<Vec<ParametersFilter>>) -> Vec<Filter> {
        let read = |given| {
            let ParametersFilter { key, values } = given;
            let option = if key == "Name" { "BeginsWith" } else { "Equals" };
            Filter { key, option: option.to_owned(), values }
        };
        given.unwrap_or_default().into_iter().map(read).collect()
    }

    /// Whether a parameter is meant, by its version that is shown.
    pub(super) fn takes(&self, parameter: &Parameter, version: &Version) -> bool {
        let is_any = |own: &str| {
            self.values.iter().any(|value| match self.option.as_str() {
                "BeginsWith" => own.starts_with(value),
                "Contains" => own.contains(value),
                _ => own == value,
            })
        };
        let name = parameter.name.as_str();
        match self.key.as_str() {
            // A slash before a name that is no path is not minded.
            "Name" => is_any(name) || is_any(&format!("/{name}")),
            "Type" => is_any(&version.kind),
            "KeyId" => version.key_id.as_deref().is_some_and(is_any),
            "Tier" => is_any(&version.tier),
            "DataType" => is_any(&version.data_type),
            "Label" => version.labels.iter().any(|label| is_any(label)),
            "Path" => {
                let is_recursive = self.option == "Recursive";
                self.values.iter().any(|path| is_below(path, name, is_recursive))
            }
            key => {
                let tag = key.strip_prefix("tag:").and_then(|key| parameter.tags.get(key));
                tag.is_some_and(|value| self.values.is_empty() || is_any(value))
            }
        }
    }
}

/// Whether a name is below a path, at once or anywhere.
pub(super) fn is_below(path: &str, name: &str, is_recursive: bool) -> bool {
    let path = path.trim_end_matches('/');
    let rest = name.strip_prefix(path).and_then(|rest| rest.strip_prefix('/'));
    // What is no path is at the root.
    let rest = rest.or_else(|| (path.is_empty() && !name.contains('/')).then_some(name));
    rest.is_some_and(|rest| !rest.is_empty() && (is_recursive || !rest.contains('/')))
}

//! Parameters: put, got and deleted.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex_lite::Regex;
use rusqlite::{Connection, params};
use wire::ApiError;
use wire::ssm::error;
use wire::ssm::input::{
    DeleteParameter, DeleteParameters, GetParameter, GetParameters, GetParametersByPath,
    PutParameter, Tag,
};
use wire::ssm::output::{
    DeleteParametersResult, GetParameterResult, GetParametersByPathResult, GetParametersResult,
    PutParameterResult,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::page::{NotAToken, page};
use crate::ssm::filter::{Filter, is_below};
use crate::ssm::name::{Name, check_new};
use crate::ssm::operations::tag;
use crate::ssm::service::Ssm;
use crate::ssm::stored::{Parameter, Version, not_found};
use crate::time::now;

/// Versions that a parameter keeps.
const VERSIONS: i64 = 100;
/// Characters of a value, by tier.
const STANDARD: usize = 4_096;
const ADVANCED: usize = 8_192;

fn invalid(message: impl Into<String>) -> ApiError {
    error("ValidationException", message)
}

pub(crate) fn no_such_token() -> ApiError {
    error("InvalidNextToken", "The specified token is not valid.")
}

impl Operation<Ssm> for PutParameter {
    type Output = PutParameterResult;

    async fn run(self, ssm: &Arc<Ssm>, cx: &Context<'_>) -> Result<PutParameterResult, Failure> {
        // Neither an ARN nor a selector is taken for a name here.
        let name = self.name.clone();
        check_new(&name)?;
        check_value(&self)?;
        let (scope, by) = (cx.scope.clone(), cx.caller.clone());
        let put = move |connection: &Connection| put(connection, &scope, &name, self, by);
        let (version, tier) = ssm.store.run(put).await?;
        Ok(PutParameterResult { version: Some(version), tier: Some(tier) })
    }
}

fn check_value(put: &PutParameter) -> Result<(), ApiError> {
    let length = put.value.chars().count();
    if length == 0 {
        return Err(invalid("Invalid parameter value: it must have at least one character."));
    }
    let (limit, tier) = match put.tier.as_deref() {
        Some("Advanced" | "Intelligent-Tiering") => (ADVANCED, "Advanced"),
        _ => (STANDARD, "Standard"),
    };
    if length > limit {
        let upgrade = match tier {
            "Standard" => {
                " To create a larger parameter value, upgrade the parameter to use the \
                 advanced-parameter tier. For more information, see \
                 https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
            }
            _ => "",
        };
        return Err(invalid(format!(
            "{tier} tier parameters support a maximum parameter value of {limit} characters.{upgrade}"
        )));
    }
    let types = ["text", "aws:ec2:image", "aws:ssm:integration"];
    if let Some(kind) = put.data_type.as_deref().filter(|kind| !types.contains(kind)) {
        return Err(invalid(format!(
            "The following data type is not supported: {kind} (Data type names are all lowercase.)"
        )));
    }
    if let Some(pattern) = put.allowed_pattern.as_deref().filter(|pattern| !pattern.is_empty()) {
        let Ok(regex) = Regex::new(&format!("^(?:{pattern})$")) else {
            let message = "The request does not meet the regular expression requirement.";
            return Err(error("InvalidAllowedPatternException", message));
        };
        if !regex.is_match(&put.value) {
            let message =
                format!("Parameter value, cannot be validated against allowedPattern: {pattern}");
            return Err(error("ParameterPatternMismatchException", message));
        }
    }
    Ok(())
}

/// Makes a parameter, or a further version of one; its number and tier.
fn put(
    connection: &Connection,
    scope: &Scope,
    name: &str,
    put: PutParameter,
    by: String,
) -> Result<(i64, String), Failure> {
    let PutParameter {
        name: _,
        description,
        value,
        r#type: kind,
        key_id,
        overwrite,
        allowed_pattern,
        tags,
        tier,
        data_type,
    } = put;
    let known = Parameter::look(connection, scope, name)?;
    let overwrites = overwrite.unwrap_or(false);
    if overwrites && tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
        return Err(invalid(
            "Invalid request: tags and overwrite can't be used together. To create a parameter with \
             tags, please remove overwrite flag. To update tags for an existing parameter, please use \
             AddTagsToResource or RemoveTagsFromResource.",
        )
        .into());
    }
    if known.is_some() && !overwrites {
        let message = "The parameter already exists. To overwrite this value, set the overwrite \
                       option in the request to true.";
        return Err(error("ParameterAlreadyExists", message).into());
    }
    let latest = match &known {
        Some(known) => known.version(connection, known.latest)?,
        None => None,
    };
    let number = known.as_ref().map_or(1, |known| known.latest + 1);
    let kind = kind_of(kind, latest.as_ref())?;
    let is_secure = kind == "SecureString";
    let tier = tier_of(tier.as_deref(), &value, latest.as_ref());
    let latest_key = latest.as_ref().and_then(|latest| latest.key_id.clone());
    let version = Version {
        version: number,
        key_id: is_secure
            .then(|| key_id.or(latest_key).unwrap_or_else(|| "alias/aws/ssm".to_owned())),
        kind,
        value,
        description: description.or_else(|| latest.as_ref().and_then(|it| it.description.clone())),
        allowed_pattern: allowed_pattern.filter(|pattern| !pattern.is_empty()),
        tier: tier.clone(),
        data_type: data_type.unwrap_or_else(|| "text".to_owned()),
        modified: now(),
        modified_by: by,
        labels: Vec::new(),
    };
    let id = match known {
        Some(known) => {
            connection
                .prepare_cached("UPDATE parameter SET latest = ?2 WHERE id = ?1")?
                .execute([known.id, number])?;
            forget_oldest(connection, &known)?;
            known.id
        }
        None => insert(connection, scope, name, tags)?,
    };
    version.insert(connection, id)?;
    Ok((number, tier))
}

/// The type of a new version, which is that of the others.
fn kind_of(given: Option<String>, latest: Option<&Version>) -> Result<String, ApiError> {
    match (given, latest) {
        (None, None) => Err(invalid("A parameter type is required when you create a parameter.")),
        (Some(kind), Some(latest)) if kind != latest.kind => {
            let message = "The parameter type cannot be changed: delete it, and create it anew.";
            Err(error("HierarchyTypeMismatchException", message))
        }
        (Some(kind), _) => Ok(kind),
        (None, Some(latest)) => Ok(latest.kind.clone()),
    }
}

/// The tier of a new version: that of the one before, where none is given.
fn tier_of(given: Option<&str>, value: &str, latest: Option<&Version>) -> String {
    let tier = match given {
        Some("Intelligent-Tiering") if value.chars().count() <= STANDARD => "Standard",
        Some("Intelligent-Tiering") => "Advanced",
        Some(tier) => tier,
        None => latest.map_or("Standard", |latest| &latest.tier),
    };
    tier.to_owned()
}

fn insert(
    connection: &Connection,
    scope: &Scope,
    name: &str,
    tags: Option<Vec<Tag>>,
) -> Result<i64, Failure> {
    let mut all = BTreeMap::new();
    tag::add(&mut all, tags.unwrap_or_default())?;
    let tags = serde_json::to_string(&all).expect("texts are plain data");
    connection
        .prepare_cached(
            "INSERT INTO parameter (account, region, name, latest, tags) VALUES (?1, ?2, ?3, 1, ?4)",
        )?
        .execute(params![scope.account.cast_signed(), scope.region, name, tags])?;
    Ok(connection.last_insert_rowid())
}

/// Lets go of the oldest version where there are as many as may be.
fn forget_oldest(connection: &Connection, parameter: &Parameter) -> Result<(), Failure> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM parameter_version WHERE parameter = ?1")?
        .query_row([parameter.id], |row| row.get(0))?;
    if count < VERSIONS {
        return Ok(());
    }
    let versions = parameter.versions(connection)?;
    let Some(oldest) = versions.first() else { return Ok(()) };
    if !oldest.labels.is_empty() {
        let message = format!(
            "You attempted to create a new version of {} by calling the PutParameter API with the \
             overwrite flag. Version {}, the oldest version, can't be deleted because it has a label \
             associated with it. Move the label to another version of the parameter, and try again.",
            parameter.name, oldest.version
        );
        return Err(error("ParameterMaxVersionLimitExceeded", message).into());
    }
    connection
        .prepare_cached("DELETE FROM parameter_version WHERE parameter = ?1 AND version = ?2")?
        .execute([parameter.id, oldest.version])?;
    Ok(())
}

impl Operation<Ssm> for GetParameter {
    type Output = GetParameterResult;

    async fn run(self, ssm: &Arc<Ssm>, cx: &Context<'_>) -> Result<GetParameterResult, Failure> {
        let GetParameter { name, with_decryption } = self;
        let scope = cx.scope.clone();
        let name = Name::read(&scope, &name).ok_or_else(not_found)?;
        let get = move |connection: &Connection| {
            let parameter = Parameter::find(connection, &scope, &name.name)?;
            let version = parameter.selected(connection, &name)?;
            let decrypts = with_decryption.unwrap_or(false);
            Ok::<_, Failure>(version.show(&scope, &parameter.name, name.selector, decrypts))
        };
        Ok(GetParameterResult { parameter: Some(ssm.store.run(get).await?) })
    }
}

impl Operation<Ssm> for GetParameters {
    type Output = GetParametersResult;

    async fn run(self, ssm: &Arc<Ssm>, cx: &Context<'_>) -> Result<GetParametersResult, Failure> {
        let GetParameters { names, with_decryption } = self;
        let scope = cx.scope.clone();
        let get = move |connection: &Connection| {
            let (mut found, mut missing) = (Vec::new(), Vec::new());
            for text in names {
                let name = Name::read(&scope, &text);
                let parameter = match &name {
                    Some(name) => Parameter::look(connection, &scope, &name.name)?,
                    None => None,
                };
                let (Some(name), Some(parameter)) = (name, parameter) else {
                    missing.push(text);
                    continue;
                };
                match parameter.selected(connection, &name) {
                    Ok(version) => {
                        let decrypts = with_decryption.unwrap_or(false);
                        let selector = name.selector;
                        found.push(version.show(&scope, &parameter.name, selector, decrypts));
                    }
                    Err(Failure::Refused(_)) => missing.push(text),
                    Err(why) => return Err(why),
                }
            }
            Ok((found, missing))
        };
        let (parameters, invalid_parameters) = ssm.store.run(get).await?;
        Ok(GetParametersResult {
            parameters: Some(parameters),
            invalid_parameters: Some(invalid_parameters),
        })
    }
}

impl Operation<Ssm> for GetParametersByPath {
    type Output = GetParametersByPathResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<GetParametersByPathResult, Failure> {
        let GetParametersByPath {
            path,
            recursive,
            parameter_filters,
            with_decryption,
            max_results,
            next_token,
        } = self;
        if !path.starts_with('/') {
            return Err(invalid(
                "The parameter doesn't meet the parameter name requirements. The parameter name must \
                 begin with a forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\" \
                 (case-insensitive). It must use only letters, numbers, or the following symbols: . \
                 (period), - (hyphen), _ (underscore). Special characters are not allowed. All \
                 sub-paths, if specified, must use the forward slash symbol \"/\". Valid example: \
                 /get/parameters2-/by1./path0_.",
            )
            .into());
        }
        let filters = Filter::read(parameter_filters, &["Type", "KeyId", "Label"])?;
        let scope = cx.scope.clone();
        let get = move |connection: &Connection| {
            let prefix = if path == "/" { "" } else { path.trim_end_matches('/') };
            let mut found = Vec::new();
            for parameter in Parameter::all(connection, &scope, prefix)? {
                if !is_below(&path, &parameter.name, recursive.unwrap_or(false)) {
                    continue;
                }
                if let Some(version) = meant(connection, &parameter, &filters)? {
                    let decrypts = with_decryption.unwrap_or(false);
                    let shown = version.show(&scope, &parameter.name, None, decrypts);
                    found.push((parameter.name, shown));
                }
            }
            Ok::<_, Failure>(found)
        };
        let found = ssm.store.run(get).await?;
        let size = usize::try_from(max_results.unwrap_or(10)).unwrap_or_default();
        let (parameters, next_token) =
            page(found, size, next_token.as_deref()).map_err(|NotAToken| no_such_token())?;
        Ok(GetParametersByPathResult { parameters: Some(parameters), next_token })
    }
}

/// The version of a parameter that filters mean: the latest, or one that has the label.
fn meant(
    connection: &Connection,
    parameter: &Parameter,
    filters: &[Filter],
) -> rusqlite::Result<Option<Version>> {
    let takes = |version: &Version| filters.iter().all(|filter| filter.takes(parameter, version));
    let latest = parameter.version(connection, parameter.latest)?;
    if filters.is_empty() || latest.as_ref().is_some_and(takes) {
        return Ok(latest);
    }
    Ok(parameter.versions(connection)?.into_iter().rev().find(takes))
}

impl Operation<Ssm> for DeleteParameter {
    type Output = wire::ssm::output::DeleteParameterResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<wire::ssm::output::DeleteParameterResult, Failure> {
        let DeleteParameter { name } = self;
        let scope = cx.scope.clone();
        let delete = move |connection: &Connection| {
            Ok::<_, Failure>(Parameter::find(connection, &scope, &name)?.remove(connection)?)
        };
        ssm.store.run_lean(delete).await?;
        Ok(wire::ssm::output::DeleteParameterResult {})
    }
}

impl Operation<Ssm> for DeleteParameters {
    type Output = DeleteParametersResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<DeleteParametersResult, Failure> {
        let DeleteParameters { names } = self;
        let scope = cx.scope.clone();
        let delete = move |connection: &Connection| {
            let (mut deleted, mut missing) = (Vec::new(), Vec::new());
            for name in names {
                match Parameter::look(connection, &scope, &name)? {
                    Some(parameter) => {
                        parameter.remove(connection)?;
                        deleted.push(name);
                    }
                    None => missing.push(name),
                }
            }
            Ok::<_, Failure>((deleted, missing))
        };
        let (deleted, missing) = ssm.store.run_lean(delete).await?;
        Ok(DeleteParametersResult {
            deleted_parameters: Some(deleted),
            invalid_parameters: Some(missing),
        })
    }
}

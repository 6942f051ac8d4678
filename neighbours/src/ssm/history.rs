//! The versions of parameters, and their labels.

use std::sync::Arc;

use rusqlite::Connection;
use wire::ssm::error;
use wire::ssm::input::{GetParameterHistory, LabelParameterVersion, UnlabelParameterVersion};
use wire::ssm::output::{
    GetParameterHistoryResult, LabelParameterVersionResult, UnlabelParameterVersionResult,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::page::{NotAToken, page};
use crate::ssm::name::Name;
use crate::ssm::operations::parameter::no_such_token;
use crate::ssm::service::Ssm;
use crate::ssm::stored::{Parameter, Version};

/// Labels of one version.
const LABELS: usize = 10;

impl Operation<Ssm> for GetParameterHistory {
    type Output = GetParameterHistoryResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<GetParameterHistoryResult, Failure> {
        let GetParameterHistory { name, with_decryption, max_results, next_token } = self;
        let scope = cx.scope.clone();
        let get = move |connection: &Connection| {
            let parameter = Parameter::find(connection, &scope, &name)?;
            let decrypts = with_decryption.unwrap_or(false);
            let shown = |version: Version| {
                (version.version.to_string(), version.history(&parameter.name, decrypts))
            };
            let versions = parameter.versions(connection)?;
            Ok::<_, Failure>(versions.into_iter().map(shown).collect::<Vec<_>>())
        };
        let versions = ssm.store.run(get).await?;
        let size = usize::try_from(max_results.unwrap_or(50)).unwrap_or_default();
        let (parameters, next_token) =
            page(versions, size, next_token.as_deref()).map_err(|NotAToken| no_such_token())?;
        Ok(GetParameterHistoryResult { parameters: Some(parameters), next_token })
    }
}

/// A parameter and the number of one of its versions, the latest where none is given.
fn version_of(
    connection: &Connection,
    scope: &Scope,
    name: &str,
    number: Option<i64>,
) -> Result<(Parameter, i64), Failure> {
    let parameter = Parameter::find(connection, scope, name)?;
    let number = number.unwrap_or(parameter.latest);
    let selected = Name { name: name.to_owned(), selector: Some(format!(":{number}")) };
    parameter.selected(connection, &selected)?;
    Ok((parameter, number))
}

/// Whether a version can have a label of this name.
fn is_possible(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !lower.starts_with("aws")
        && !lower.starts_with("ssm")
        && !label.starts_with(|c: char| c.is_ascii_digit())
        && label.chars().all(is_word)
}

impl Operation<Ssm> for LabelParameterVersion {
    type Output = LabelParameterVersionResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<LabelParameterVersionResult, Failure> {
        let LabelParameterVersion { name, parameter_version, labels } = self;
        let (good, bad): (Vec<String>, Vec<String>) =
            labels.into_iter().partition(|label| is_possible(label));
        let scope = cx.scope.clone();
        let label = move |connection: &Connection| {
            let (parameter, number) = version_of(connection, &scope, &name, parameter_version)?;
            for mut version in parameter.versions(connection)? {
                let before = version.labels.clone();
                match version.version == number {
                    // A label is one version's, and leaves the one that had it.
                    false => version.labels.retain(|label| !good.contains(label)),
                    true => {
                        for label in &good {
                            if !version.labels.contains(label) {
                                version.labels.push(label.clone());
                            }
                        }
                    }
                }
                if version.labels.len() > LABELS {
                    let message = "An error occurred (ParameterVersionLabelLimitExceeded): A \
                                   parameter version can have maximum 10 labels.Move one or more \
                                   labels to another version and try again.";
                    let code = "ParameterVersionLabelLimitExceeded";
                    return Err(Failure::from(error(code, message)));
                }
                if version.labels != before {
                    version.insert(connection, parameter.id)?;
                }
            }
            Ok(number)
        };
        let number = ssm.store.run(label).await?;
        Ok(LabelParameterVersionResult {
            invalid_labels: Some(bad),
            parameter_version: Some(number),
        })
    }
}

impl Operation<Ssm> for UnlabelParameterVersion {
    type Output = UnlabelParameterVersionResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<UnlabelParameterVersionResult, Failure> {
        let UnlabelParameterVersion { name, parameter_version, labels } = self;
        let scope = cx.scope.clone();
        let unlabel = move |connection: &Connection| {
            let (parameter, number) =
                version_of(connection, &scope, &name, Some(parameter_version))?;
            let version = parameter.version(connection, number)?;
            let mut version = version.expect("it was just selected");
            let (removed, bad): (Vec<String>, Vec<String>) =
                labels.into_iter().partition(|label| version.labels.contains(label));
            version.labels.retain(|label| !removed.contains(label));
            version.insert(connection, parameter.id)?;
            Ok::<_, Failure>((removed, bad))
        };
        let (removed, bad) = ssm.store.run(unlabel).await?;
        Ok(UnlabelParameterVersionResult {
            removed_labels: Some(removed),
            invalid_labels: Some(bad),
        })
    }
}

//! Parameters and their versions as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use wire::ApiError;
use wire::ssm::error;
use wire::ssm::output::{Parameter as Shown, ParameterHistory, ParameterMetadata};

use super::name::{Name, arn};
use crate::failure::Failure;
use crate::operation::Scope;

/// A parameter.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) latest: i64,
    pub(super) tags: BTreeMap<String, String>,
}

/// One of its versions.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) version: i64,
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) description: Option<String>,
    pub(super) allowed_pattern: Option<String>,
    pub(super) key_id: Option<String>,
    pub(super) tier: String,
    pub(super) data_type: String,
    pub(super) modified: i64,
    pub(super) modified_by: String,
    pub(super) labels: Vec<String>,
}

/// Why a parameter, or a version of it, is not found.
pub(super) fn not_found() -> ApiError {
    error("ParameterNotFound", "")
}

fn parameter(row: &Row<'_>) -> rusqlite::Result<Parameter> {
    let tags: String = row.get(3)?;
    Ok(Parameter {
        id: row.get(0)?,
        name: row.get(1)?,
        latest: row.get(2)?,
        tags: serde_json::from_str(&tags).unwrap_or_default(),
    })
}

impl Parameter {
    pub(super) fn look(
        connection: &Connection,
        scope: &Scope,
        name: &str,
    ) -> rusqlite::Result<Option<Parameter>> {
        connection
            .prepare_cached(
                "SELECT id, name, latest, tags FROM parameter
                 WHERE account = ?1 AND region = ?2 AND name = ?3",
            )?
            .query_row(params![scope.account.cast_signed(), scope.region, name], parameter)
            .optional()
    }

    /// # Errors
    /// When there is none of this name.
    pub(super) fn find(
        connection: &Connection,
        scope: &Scope,
        name: &str,
    ) -> Result<Parameter, Failure> {
        Ok(Parameter::look(connection, scope, name)?.ok_or_else(not_found)?)
    }

    /// All of a scope whose names begin so, in their order.
    pub(super) fn all(
        connection: &Connection,
        scope: &Scope,
        prefix: &str,
    ) -> rusqlite::Result<Vec<Parameter>> {
        let mut statement = connection.prepare_cached(
            "SELECT id, name, latest, tags FROM parameter
             WHERE account = ?1 AND region = ?2 AND name >= ?3 ORDER BY name",
        )?;
        let of = params![scope.account.cast_signed(), scope.region, prefix];
        let rows = statement.query_map(of, parameter)?;
        let is_meant = |it: &rusqlite::Result<Parameter>| {
            it.as_ref().map_or(true, |it| it.name.starts_with(prefix))
        };
        rows.take_while(is_meant).collect()
    }

    pub(super) fn set_tags(&self, connection: &Connection) -> rusqlite::Result<()> {
        let tags = serde_json::to_string(&self.tags).expect("texts are plain data");
        connection
            .prepare_cached("UPDATE parameter SET tags = ?2 WHERE id = ?1")?
            .execute(params![self.id, tags])?;
        Ok(())
    }

    /// Its versions, the oldest first.
    pub(super) fn versions(&self, connection: &Connection) -> rusqlite::Result<Vec<Version>> {
        let sql = format!("{COLUMNS} WHERE parameter = ?1 ORDER BY version");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map([self.id], version)?;
        rows.collect()
    }

    /// One version; none where there is no such one.
    pub(super) fn version(
        &self,
        connection: &Connection,
        number: i64,
    ) -> rusqlite::Result<Option<Version>> {
        let sql = format!("{COLUMNS} WHERE parameter = ?1 AND version = ?2");
        let mut statement = connection.prepare_cached(&sql)?;
        statement.query_row([self.id, number], version).optional()
    }

    /// The version that a name selects: the latest without a selector.
    ///
    /// # Errors
    /// When there is no such one.
    pub(super) fn selected(
        &self,
        connection: &Connection,
        name: &Name,
    ) -> Result<Version, Failure> {
        let found = match (&name.selector, name.version()) {
            (None, _) => self.version(connection, self.latest)?,
            (Some(_), Some(number)) => self.version(connection, number)?,
            (Some(label), None) => {
                let is_labelled = |it: &Version| it.labels.iter().any(|own| *own == label[1..]);
                self.versions(connection)?.into_iter().find(is_labelled)
            }
        };
        let missing = || {
            let selector = name.selector.as_deref().unwrap_or_default().trim_start_matches(':');
            let what = if name.version().is_some() { "version" } else { "label" };
            let message = format!(
                "Systems Manager could not find {what} {selector} of {}. Verify the {what} and try \
                 again.",
                self.name
            );
            error("ParameterVersionNotFound", message)
        };
        Ok(found.ok_or_else(missing)?)
    }

    pub(super) fn remove(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute("DELETE FROM parameter_version WHERE parameter = ?1", [self.id])?;
        connection.execute("DELETE FROM parameter WHERE id = ?1", [self.id])?;
        Ok(())
    }
}

const COLUMNS: &str = "SELECT version, kind, value, description, allowed_pattern, key_id, tier, \
     data_type, modified, modified_by, labels FROM parameter_version";

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    let labels: String = row.get(10)?;
    Ok(Version {
        version: row.get(0)?,
        kind: row.get(1)?,
        value: row.get(2)?,
        description: row.get(3)?,
        allowed_pattern: row.get(4)?,
        key_id: row.get(5)?,
        tier: row.get(6)?,
        data_type: row.get(7)?,
        modified: row.get(8)?,
        modified_by: row.get(9)?,
        labels: serde_json::from_str(&labels).unwrap_or_default(),
    })
}

impl Version {
    pub(super) fn insert(&self, connection: &Connection, parameter: i64) -> rusqlite::Result<()> {
        let labels = serde_json::to_string(&self.labels).expect("texts are plain data");
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO parameter_version VALUES
                 (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                parameter,
                self.version,
                self.kind,
                self.value,
                self.description,
                self.allowed_pattern,
                self.key_id,
                self.tier,
                self.data_type,
                self.modified,
                self.modified_by,
                labels,
            ])?;
        Ok(())
    }

    /// The value; of a secure one that is not to be decrypted something that does not tell it.
    fn value(&self, name: &str, decrypts: bool) -> String {
        if self.kind != "SecureString" || decrypts {
            return self.value.clone();
        }
        use base64::Engine as _;
        let sealed = Sha256::digest(format!("{name}\0{}\0{}", self.version, self.value));
        format!("AQICAH{}", base64::engine::general_purpose::STANDARD.encode(sealed))
    }

    pub(super) fn show(
        &self,
        scope: &Scope,
        name: &str,
        selector: Option<String>,
        decrypts: bool,
    ) -> Shown {
        Shown {
            name: Some(name.to_owned()),
            r#type: Some(self.kind.clone()),
            value: Some(self.value(name, decrypts)),
            version: Some(self.version),
            selector,
            source_result: None,
            last_modified_date: Some(self.modified),
            arn: Some(arn(scope, name)),
            data_type: Some(self.data_type.clone()),
        }
    }

    pub(super) fn history(self, name: &str, decrypts: bool) -> ParameterHistory {
        ParameterHistory {
            name: Some(name.to_owned()),
            value: Some(self.value(name, decrypts)),
            r#type: Some(self.kind),
            key_id: self.key_id,
            last_modified_date: Some(self.modified),
            last_modified_user: Some(self.modified_by),
            description: self.description,
            allowed_pattern: self.allowed_pattern,
            version: Some(self.version),
            labels: Some(self.labels),
            tier: Some(self.tier),
            policies: Some(Vec::new()),
            data_type: Some(self.data_type),
        }
    }

    pub(super) fn metadata(self, scope: &Scope, name: &str) -> ParameterMetadata {
        ParameterMetadata {
            name: Some(name.to_owned()),
            arn: Some(arn(scope, name)),
            r#type: Some(self.kind),
            key_id: self.key_id,
            last_modified_date: Some(self.modified),
            last_modified_user: Some(self.modified_by),
            description: self.description,
            allowed_pattern: self.allowed_pattern,
            version: Some(self.version),
            tier: Some(self.tier),
            policies: Some(Vec::new()),
            data_type: Some(self.data_type),
        }
    }
}

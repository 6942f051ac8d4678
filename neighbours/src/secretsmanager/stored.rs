//! Secrets and their versions as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use wire::ApiError;
use wire::secretsmanager::error;

use super::content::Content;
use crate::failure::Failure;
use crate::operation::{Demand, Scope};
use crate::time::now;

/// The stage of the version that is meant where none is named, and of the one before it.
pub(super) const CURRENT: &str = "AWSCURRENT";
pub(super) const PREVIOUS: &str = "AWSPREVIOUS";
/// Versions without a stage that a secret keeps.
const DEPRECATED: usize = 100;

/// A secret.
#[derive(Debug, Clone)]
pub(super) struct Secret {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) suffix: String,
    pub(super) description: Option<String>,
    pub(super) key_id: Option<String>,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) policy: Option<String>,
    pub(super) created: i64,
    pub(super) changed: i64,
    /// The day when it was last read.
    pub(super) accessed: Option<i64>,
    /// When it was deleted, if it was, and when it goes for good.
    pub(super) deleted: Option<(i64, i64)>,
}

/// A version of a secret.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) id: String,
    pub(super) content: Content,
    pub(super) stages: Vec<String>,
    pub(super) created: i64,
}

pub(super) fn not_found() -> ApiError {
    error("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
}

pub(super) fn invalid_request(message: &str) -> ApiError {
    error("InvalidRequestException", message)
}

const COLUMNS: &str = "SELECT id, name, suffix, description, key_id, tags, policy, created, changed, \
     accessed, deleted, gone FROM secret";

fn secret(row: &Row<'_>) -> rusqlite::Result<Secret> {
    let tags: String = row.get(5)?;
    let (deleted, gone): (Option<i64>, Option<i64>) = (row.get(10)?, row.get(11)?);
    Ok(Secret {
        id: row.get(0)?,
        name: row.get(1)?,
        suffix: row.get(2)?,
        description: row.get(3)?,
        key_id: row.get(4)?,
        tags: serde_json::from_str(&tags).unwrap_or_default(),
        policy: row.get(6)?,
        created: row.get(7)?,
        changed: row.get(8)?,
        accessed: row.get(9)?,
        deleted: deleted.zip(gone),
    })
}

impl Secret {
    /// The secret of a name or an ARN, with or without the letters at its end.
    pub(super) fn look(
        connection: &Connection,
        scope: &Scope,
        id: &str,
    ) -> rusqlite::Result<Option<Secret>> {
        // What has been deleted for long enough is gone. Whoever only reads has it go as well, hence such
        // works are lean.
        let gone: Vec<i64> = connection
            .prepare_cached("SELECT id FROM secret WHERE gone <= ?1")?
            .query_map([now()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        gone.into_iter().try_for_each(|id| remove(connection, id))?;
        let name = match id.starts_with("arn:") {
            false => id,
            // One of another account or region is none of these.
            true => match id.strip_prefix(&*scope.arn("secretsmanager", "secret:")) {
                Some(name) => name,
                None => return Ok(None),
            },
        };
        let sql = format!("{COLUMNS} WHERE account = ?1 AND region = ?2 AND name = ?3");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut of = |name: &str| {
            let key = params![scope.account.cast_signed(), scope.region, name];
            statement.query_row(key, secret).optional()
        };
        if let Some(found) = of(name)? {
            return Ok(Some(found));
        }
        match name.rsplit_once('-').filter(|_| id != name) {
            None => Ok(None),
            Some((name, suffix)) => Ok(of(name)?.filter(|found| found.suffix == suffix)),
        }
    }

    /// A secret that is there, perhaps deleted.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn any(connection: &Connection, scope: &Scope, id: &str) -> Result<Secret, Failure> {
        Ok(Secret::look(connection, scope, id)?.ok_or_else(not_found)?)
    }

    /// A secret that is there and is not deleted.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn find(
        connection: &Connection,
        scope: &Scope,
        id: &str,
    ) -> Result<Secret, Failure> {
        let found = Secret::any(connection, scope, id)?;
        match found.deleted {
            None => Ok(found),
            Some(_) => Err(invalid_request(
                "You can't perform this operation on the secret because it was marked for deletion.",
            )
            .into()),
        }
    }

    /// All of a scope, the oldest first.
    pub(super) fn all(connection: &Connection, scope: &Scope) -> rusqlite::Result<Vec<Secret>> {
        let sql = format!("{COLUMNS} WHERE account = ?1 AND region = ?2 ORDER BY id");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows =
            statement.query_map(params![scope.account.cast_signed(), scope.region], secret)?;
        rows.collect()
    }

    pub(super) fn arn(&self, scope: &Scope) -> String {
        scope.arn("secretsmanager", &format!("secret:{}-{}", self.name, self.suffix))
    }

    /// What an action on a secret demands, which is named by an id whether or not it is there.
    pub(super) fn demand(scope: &Scope, action: &str, id: &str, found: Option<Secret>) -> Demand {
        let mut demand = Demand::new(format!("secretsmanager:{action}"), id);
        if let Some(secret) = found {
            demand.resource = secret.arn(scope);
            demand.policy = secret.policy;
            demand.resource_tags = secret.tags.into_iter().collect();
        }
        demand
    }

    /// Stores what may have changed of it.
    pub(super) fn update(&self, connection: &Connection) -> rusqlite::Result<()> {
        let tags = serde_json::to_string(&self.tags).expect("texts are plain data");
        let (deleted, gone) = self.deleted.unzip();
        connection
            .prepare_cached(
                "UPDATE secret SET description = ?2, key_id = ?3, tags = ?4, policy = ?5,
                 changed = ?6, accessed = ?7, deleted = ?8, gone = ?9 WHERE id = ?1",
            )?
            .execute(params![
                self.id,
                self.description,
                self.key_id,
                tags,
                self.policy,
                self.changed,
                self.accessed,
                deleted,
                gone,
            ])?;
        Ok(())
    }

    /// Its versions, the oldest first.
    pub(super) fn versions(&self, connection: &Connection) -> rusqlite::Result<Vec<Version>> {
        let mut statement = connection.prepare_cached(
            "SELECT id, text, bytes, stages, created FROM secret_version WHERE secret = ?1
             ORDER BY created, id",
        )?;
        let rows = statement.query_map([self.id], |row| {
            let (text, bytes): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            let stages: String = row.get(3)?;
            Ok(Version {
                id: row.get(0)?,
                content: match (text, bytes) {
                    (_, Some(bytes)) => Content::Bytes(bytes),
                    (text, None) => Content::Text(text.unwrap_or_default()),
                },
                stages: serde_json::from_str(&stages).unwrap_or_default(),
                created: row.get(4)?,
            })
        })?;
        rows.collect()
    }

    /// Puts a version under stages, which leave whichever had them. The same again changes nothing.
    ///
    /// # Errors
    /// When another version has its id.
    pub(super) fn put(
        &self,
        connection: &Connection,
        scope: &Scope,
        id: &str,
        content: Content,
        stages: Vec<String>,
    ) -> Result<Vec<String>, Failure> {
        let versions = self.versions(connection)?;
        if let Some(known) = versions.iter().find(|version| version.id == id) {
            if known.content == content {
                return Ok(known.stages.clone());
            }
            let message = format!(
                "You can't use ClientRequestToken {id} because that value is already in use for a \
                 version of secret {}.",
                self.arn(scope)
            );
            return Err(error("ResourceExistsException", message).into());
        }
        // The first is the current one, whatever else it is.
        let mut stages = stages;
        if versions.is_empty() && !stages.iter().any(|stage| stage == CURRENT) {
            stages.push(CURRENT.to_owned());
        }
        let new = Version { id: id.to_owned(), content, stages: Vec::new(), created: now() };
        new.store(connection, self.id)?;
        for stage in &stages {
            self.stage(connection, stage, Some(id))?;
        }
        self.forget_deprecated(connection)?;
        Ok(stages)
    }

    /// Gives a stage to a version, or to none; who had it loses it, and is the previous one where it was
    /// the current.
    pub(super) fn stage(
        &self,
        connection: &Connection,
        stage: &str,
        to: Option<&str>,
    ) -> rusqlite::Result<()> {
        let versions = self.versions(connection)?;
        let had = versions.iter().find(|version| version.stages.iter().any(|own| own == stage));
        let had = had.map(|version| version.id.clone()).filter(|had| Some(had.as_str()) != to);
        let is_replaced = stage == CURRENT && had.is_some() && to.is_some();
        for mut version in versions {
            let before = version.stages.clone();
            let is_new = Some(version.id.as_str()) == to;
            version.stages.retain(|own| own != stage && !(is_replaced && own == PREVIOUS));
            if is_new {
                version.stages.push(stage.to_owned());
            }
            if is_replaced && had.as_deref() == Some(version.id.as_str()) {
                version.stages.push(PREVIOUS.to_owned());
            }
            if version.stages != before {
                version.store(connection, self.id)?;
            }
        }
        Ok(())
    }

    fn forget_deprecated(&self, connection: &Connection) -> rusqlite::Result<()> {
        let versions = self.versions(connection)?;
        let old: Vec<&Version> = versions.iter().filter(|it| it.stages.is_empty()).collect();
        for version in &old[..old.len().saturating_sub(DEPRECATED)] {
            connection
                .prepare_cached("DELETE FROM secret_version WHERE secret = ?1 AND id = ?2")?
                .execute(params![self.id, version.id])?;
        }
        Ok(())
    }
}

/// Removes a secret for good.
pub(super) fn remove(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM secret_version WHERE secret = ?1", [id])?;
    connection.execute("DELETE FROM secret WHERE id = ?1", [id])?;
    Ok(())
}

impl Version {
    fn store(&self, connection: &Connection, secret: i64) -> rusqlite::Result<()> {
        let stages = serde_json::to_string(&self.stages).expect("texts are plain data");
        let (text, bytes) = self.content.clone().parts();
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO secret_version VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![secret, self.id, text, bytes, stages, self.created])?;
        Ok(())
    }
}

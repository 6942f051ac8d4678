//! APIs as they are stored, each with its routes, integrations, authorizers, stages and deployments.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use wire::ApiError;
use wire::apigatewayv2::error;

use crate::failure::Failure;
use crate::operation::Scope;
use crate::random::random;

/// Bytes of an API with all that it is made of.
const DOCUMENT: usize = 8 << 20;
/// APIs of an account in a region.
const APIS: i64 = 600;

/// An API.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Api {
    pub(super) id: String,
    pub(super) account: u64,
    pub(super) region: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) version: Option<String>,
    pub(super) cors: Option<Cors>,
    pub(super) is_disabled: bool,
    pub(super) tags: BTreeMap<String, String>,
    /// In milliseconds of the Unix epoch.
    pub(super) created: i64,
    /// What stages serve that deploy by themselves.
    pub(super) parts: Parts,
    pub(super) stages: BTreeMap<String, Stage>,
    pub(super) deployments: BTreeMap<String, Deployment>,
}

/// What an API is made of, and a deployment has a copy of.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Parts {
    pub(super) routes: BTreeMap<String, Route>,
    pub(super) integrations: BTreeMap<String, Integration>,
    pub(super) authorizers: BTreeMap<String, Authorizer>,
}

/// What pages of other sites may do; each member as it was given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cors {
    /// `AllowCredentials`.
    pub allow_credentials: Option<bool>,
    /// `AllowHeaders`.
    pub allow_headers: Option<Vec<String>>,
    /// `AllowMethods`.
    pub allow_methods: Option<Vec<String>>,
    /// `AllowOrigins`.
    pub allow_origins: Option<Vec<String>>,
    /// `ExposeHeaders`.
    pub expose_headers: Option<Vec<String>>,
    /// `MaxAge`, in seconds.
    pub max_age: Option<i32>,
}

/// A route.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Route {
    /// `GET /pets/{id}`, `ANY /{proxy+}` or `$default`.
    pub(super) key: String,
    pub(super) authorization: Authorization,
    pub(super) operation: Option<String>,
    /// `integrations/<id>`.
    pub(super) target: Option<String>,
    /// Whether it was made together with its API.
    pub(super) is_managed: bool,
}

/// Who may ask at a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Authorization {
    /// `NONE`: everybody.
    Nobody,
    /// `CUSTOM`: whom the authorizer of this id lets in.
    Custom(String),
}

/// Where a route leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integration {
    /// `Description`.
    pub description: Option<String>,
    /// The ARN of the function, as it was given.
    pub uri: String,
    /// How requests are told to it.
    pub format: PayloadFormat,
    /// How long it is waited for, in milliseconds.
    pub timeout: i32,
    /// Whether it was made together with its API.
    pub is_managed: bool,
}

/// How requests are told to functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PayloadFormat {
    /// `1.0`, as REST APIs tell them.
    One,
    /// `2.0`.
    Two,
}

/// A function that says who may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorizer {
    /// `Name`.
    pub name: String,
    /// The URI of the function, as it was given.
    pub uri: String,
    /// How requests are told to it.
    pub format: PayloadFormat,
    /// Whether it answers yes or no, instead of a policy.
    pub is_simple: bool,
    /// What tells one who asks from another, such as `$request.header.Authorization`.
    pub identity: Vec<String>,
    /// For how many seconds its answer is kept.
    pub ttl: i32,
}

/// A stage.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Stage {
    pub(super) description: Option<String>,
    pub(super) deploys_itself: bool,
    pub(super) deployment: Option<String>,
    pub(super) variables: BTreeMap<String, String>,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) created: i64,
    pub(super) updated: i64,
    pub(super) is_managed: bool,
}

/// A deployment; without parts where a stage has made it by itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Deployment {
    pub(super) description: Option<String>,
    pub(super) created: i64,
    pub(super) parts: Option<Parts>,
}

impl PayloadFormat {
    pub(super) fn read(text: &str) -> Option<PayloadFormat> {
        match text {
            "1.0" => Some(PayloadFormat::One),
            "2.0" => Some(PayloadFormat::Two),
            _ => None,
        }
    }

    pub(super) fn spelled(self) -> &'static str {
        match self {
            PayloadFormat::One => "1.0",
            PayloadFormat::Two => "2.0",
        }
    }
}

pub(super) fn bad(message: impl Into<String>) -> ApiError {
    error("BadRequestException", message)
}

/// Something of an API is not there.
pub(super) fn missing(what: &str, id: &str) -> ApiError {
    error("NotFoundException", format!("Invalid {what} identifier specified {id}"))
}

/// An id that nothing else has: letters and digits.
pub(super) fn fresh<V>(taken: &BTreeMap<String, V>, length: usize) -> String {
    loop {
        let id = fresh_id(length);
        if !taken.contains_key(&id) {
            return id;
        }
    }
}

fn fresh_id(length: usize) -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let bytes = random::<16>().into_iter().take(length);
    bytes.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])).collect()
}

impl Api {
    /// An id of 10 letters and digits that no API has.
    pub(super) fn fresh_id(connection: &Connection) -> rusqlite::Result<String> {
        loop {
            let id = fresh_id(10);
            if Api::load(connection, &id)?.is_none() {
                return Ok(id);
            }
        }
    }

    /// The API of an id, whosever it is.
    pub(super) fn load(connection: &Connection, id: &str) -> rusqlite::Result<Option<Api>> {
        let found: Option<String> = connection
            .prepare_cached("SELECT document FROM api WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        found.map(|text| read(&text)).transpose()
    }

    /// # Errors
    /// When the scope has no API of this id.
    pub(super) fn find(connection: &Connection, scope: &Scope, id: &str) -> Result<Api, Failure> {
        let found = Api::load(connection, id)?;
        let is_own = |api: &Api| api.account == scope.account && api.region == scope.region;
        Ok(found.filter(is_own).ok_or_else(|| missing("API", id))?)
    }

    /// The APIs of a scope, in the order of their ids.
    pub(super) fn all(connection: &Connection, scope: &Scope) -> rusqlite::Result<Vec<Api>> {
        let mut statement = connection.prepare_cached(
            "SELECT document FROM api WHERE account = ?1 AND region = ?2 ORDER BY id",
        )?;
        let of = params![scope.account.cast_signed(), scope.region];
        let rows = statement.query_map(of, |row| row.get::<_, String>(0))?;
        rows.map(|text| read(&text?)).collect()
    }

    /// Whether a scope may have another.
    ///
    /// # Errors
    /// When it may not.
    pub(super) fn check_room(connection: &Connection, scope: &Scope) -> Result<(), Failure> {
        let count: i64 = connection
            .prepare_cached("SELECT count(*) FROM api WHERE account = ?1 AND region = ?2")?
            .query_row(params![scope.account.cast_signed(), scope.region], |row| row.get(0))?;
        match count < APIS {
            true => Ok(()),
            false => {
                let message = format!("The account has {APIS} APIs, as many as it may have.");
                Err(error("TooManyRequestsException", message).into())
            }
        }
    }

    /// Stores it.
    ///
    /// # Errors
    /// When it is too large.
    pub(super) fn put(&self, connection: &Connection) -> Result<(), Failure> {
        let document = serde_json::to_string(self).expect("an API is plain data");
        if document.len() > DOCUMENT {
            let message = format!("The API has more than {DOCUMENT} bytes with its deployments.");
            return Err(bad(message).into());
        }
        connection
            .prepare_cached("INSERT OR REPLACE INTO api VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![self.id, self.account.cast_signed(), self.region, document])?;
        Ok(())
    }

    pub(super) fn remove(connection: &Connection, id: &str) -> rusqlite::Result<()> {
        connection.execute("DELETE FROM api WHERE id = ?1", [id]).map(drop)
    }
}

fn read(text: &str) -> rusqlite::Result<Api> {
    serde_json::from_str(text).map_err(|why| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, why.into())
    })
}

/// Checks how many of a kind an API has, of which another is to come.
pub(super) fn check_count(what: &str, count: usize, most: usize) -> Result<(), ApiError> {
    match count < most {
        true => Ok(()),
        false => {
            let message = format!("The API has {most} {what}, as many as it may have.");
            Err(error("TooManyRequestsException", message))
        }
    }
}

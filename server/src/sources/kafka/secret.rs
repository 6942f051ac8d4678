//! Secrets by which a cluster is reached, as Secrets Manager has them.

use std::sync::Arc;
use std::time::Duration;

use engine::record::mapping::{AccessKind, Mapping};
use serde_json::{Value, json};
use wire::arn::Arn;

use super::error::KafkaError;
use super::login::{Login, Mechanism};
use super::tls::{self, Identity};
use crate::sources::place::{Call, Place};

/// How a connection to a cluster is made.
#[derive(Clone, Default)]
pub(super) struct Security {
    /// Whether it is encrypted, and how.
    pub(super) tls: Option<Arc<rustls::ClientConfig>>,
    /// Who says to be whom.
    pub(super) login: Option<Arc<Login>>,
}

/// Where the secrets of mappings are.
#[derive(Clone)]
pub(crate) struct Secrets(pub(crate) Place);

impl Secrets {
    /// How connections for a mapping are made, by its secrets as they are now. Names and passwords are told
    /// over encrypted connections alone.
    pub(super) async fn security(&self, mapping: &Mapping) -> Result<Security, KafkaError> {
        let settings = &mapping.settings;
        let of = |kind| settings.access(kind).next();
        let mut mechanisms = [
            (AccessKind::Basic, Mechanism::Plain),
            (AccessKind::Scram256, Mechanism::Scram256),
            (AccessKind::Scram512, Mechanism::Scram512),
        ]
        .into_iter()
        .filter_map(|(kind, mechanism)| Some((of(kind)?, mechanism)));
        let login = match mechanisms.next() {
            None => None,
            Some((secret, mechanism)) => {
                let found = self.read(secret).await?;
                let text = |name| text(secret, &found, name);
                let (name, password) = (text("username")?, text("password")?);
                Some(Arc::new(Login { mechanism, name, password }))
            }
        };
        let root = match of(AccessKind::RootCertificate) {
            None => None,
            Some(secret) => Some((secret, text(secret, &self.read(secret).await?, "certificate")?)),
        };
        let identity = match of(AccessKind::ClientCertificate) {
            None => None,
            Some(secret) => {
                let found = self.read(secret).await?;
                let text = |name| text(secret, &found, name);
                let (certificate, key) = (text("certificate")?, text("privateKey")?);
                Some((secret, Identity { certificate, key }))
            }
        };
        if login.is_none() && root.is_none() && identity.is_none() {
            return Ok(Security::default());
        }
        let at_fault = identity.as_ref().map(|(secret, _)| *secret);
        let at_fault = at_fault.or(root.as_ref().map(|(secret, _)| *secret)).unwrap_or_default();
        let config = tls::config(
            root.as_ref().map(|(_, root)| root.as_str()),
            identity.as_ref().map(|(_, identity)| identity),
        );
        let config =
            config.map_err(|why| KafkaError::Certificate { secret: at_fault.to_owned(), why })?;
        Ok(Security { tls: Some(config), login })
    }

    /// Reads a secret, which is an object.
    async fn read(&self, secret: &str) -> Result<Value, KafkaError> {
        let bad = |why: String| KafkaError::Secret { secret: secret.to_owned(), why };
        let arn = Arn::parse(secret).ok_or_else(|| bad("it is no ARN".into()))?;
        let input = json!({"SecretId": secret});
        let call = Call {
            service: "secretsmanager",
            region: arn.region,
            account: arn.account,
            prefix: "secretsmanager",
            operation: "GetSecretValue",
            version: "1.1",
            input: &input,
            timeout: Duration::from_secs(10),
        };
        let answer = self.0.call(call).await.map_err(|error| bad(error.to_string()))?;
        let value = answer["SecretString"].as_str();
        let value = value.and_then(|text| serde_json::from_str::<Value>(text).ok());
        value.filter(Value::is_object).ok_or_else(|| bad("its value is no JSON object".into()))
    }
}

/// A member of a secret, which is a text.
fn text(secret: &str, value: &Value, name: &str) -> Result<String, KafkaError> {
    let found = value[name].as_str().map(str::to_owned);
    found.ok_or_else(|| KafkaError::Secret {
        secret: secret.to_owned(),
        why: format!("its value has no text {name}"),
    })
}

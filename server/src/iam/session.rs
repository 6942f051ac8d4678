//! Temporary keys. What a session may be used for is said by its token, which the installation
//! seals: nothing is stored of it, and it is good after a restart.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use engine::id::EnvironmentId;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::iam::caller::{Session, Who};
use crate::iam::key::{fresh_key, random};

/// What a token begins with: the form of what follows.
const FORM: u8 = 1;
const MAC: usize = 32;

/// What the installation seals with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seal([u8; 32]);

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(..)")
    }
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub(crate) account: u64,
    pub(crate) who: Who,
    pub(crate) session: Session,
    /// In milliseconds of the Unix epoch.
    pub(crate) expires: i64,
    /// Which environment it was given to: it is good for as long as that lives, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) environment: Option<EnvironmentId>,
}

/// A temporary key, as whoever asked for it gets it.
#[derive(Debug)]
pub(crate) struct Temporary {
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) token: String,
}

impl Seal {
    pub(crate) fn fresh() -> Seal {
        Seal(random())
    }

    /// A new temporary key.
    pub(crate) fn issue(&self, statement: &Statement) -> Temporary {
        let key = fresh_key("ASIA", statement.account);
        let said = serde_json::to_vec(statement).expect("a statement is plain data");
        let mut token = vec![FORM];
        token.extend(self.mac(b"token", &key, &said).finalize().into_bytes());
        token.extend_from_slice(&said);
        let secret = self.secret_for(&key, &said);
        Temporary { key, secret, token: STANDARD.encode(token) }
    }

    /// What the token of a key says; none of one that was not sealed here for this key.
    pub(crate) fn open(&self, key: &str, token: &str) -> Option<Statement> {
        let said = self.said(key, token)?;
        serde_json::from_slice(&said).ok()
    }

    /// The secret of a key; none where the token is not its own.
    pub(crate) fn secret(&self, key: &str, token: &str) -> Option<String> {
        Some(self.secret_for(key, &self.said(key, token)?))
    }

    /// A message for callers of an account, which nobody else can make or read as one.
    pub(crate) fn encode(&self, account: u64, message: &[u8]) -> String {
        let mut bytes = vec![FORM];
        let mac = self.mac(b"message", &format!("{account:012}"), message);
        bytes.extend(mac.finalize().into_bytes());
        bytes.extend_from_slice(message);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The message that was encoded for an account; none of what was not.
    pub(crate) fn decode(&self, account: u64, encoded: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        self.sealed(b"message", &format!("{account:012}"), bytes)
    }

    fn said(&self, key: &str, token: &str) -> Option<Vec<u8>> {
        self.sealed(b"token", key, STANDARD.decode(token).ok()?)
    }

    /// What was sealed for a purpose and a key.
    fn sealed(&self, purpose: &[u8], key: &str, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
        let is_whole = bytes.len() > MAC && bytes[0] == FORM;
        let said = if is_whole { bytes.split_off(1 + MAC) } else { return None };
        self.mac(purpose, key, &said).verify_slice(&bytes[1..]).ok()?;
        Some(said)
    }

    fn secret_for(&self, key: &str, said: &[u8]) -> String {
        let mac = self.mac(b"secret", key, said).finalize().into_bytes();
        STANDARD.encode(&mac[..30])
    }

    fn mac(&self, purpose: &[u8], key: &str, said: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any key's length");
        for part in [purpose, b" ", key.as_bytes(), b" ", said] {
            mac.update(part);
        }
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_by_its_account_as_it_was_encoded() {
        let seal = Seal::fresh();
        let encoded = seal.encode(7, b"said");
        assert_eq!(seal.decode(7, &encoded).as_deref(), Some(&b"said"[..]));
        assert_eq!(seal.decode(8, &encoded), None);
        assert_eq!(Seal::fresh().decode(7, &encoded), None);
        let other = if encoded.ends_with('A') { 'Q' } else { 'A' };
        assert_eq!(seal.decode(7, &format!("{}{other}", &encoded[..encoded.len() - 1])), None);
        assert_eq!(seal.decode(7, ""), None);
    }

    #[test]
    fn a_token_is_good_for_its_own_key_and_as_it_was_sealed() {
        let seal = Seal::fresh();
        let statement = Statement {
            account: 7,
            who: Who::Role { name: "r".into(), id: "AROA".into(), session: "s".into() },
            session: Session::default(),
            expires: 1,
            environment: None,
        };
        let Temporary { key, secret, token } = seal.issue(&statement);
        assert_eq!(crate::iam::account_of(&key), Some(7));
        assert_eq!(seal.open(&key, &token), Some(statement.clone()));
        assert_eq!(seal.secret(&key, &token), Some(secret.clone()));
        let other = seal.issue(&statement);
        assert_ne!((&other.key, &other.secret), (&key, &secret));
        assert_eq!(seal.open(&other.key, &token), None);
        assert_eq!(Seal::fresh().open(&key, &token), None);
        let bytes = STANDARD.decode(&token).expect("base64");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(seal.open(&key, &STANDARD.encode(changed)), None, "{at}");
            assert_eq!(seal.open(&key, &STANDARD.encode(&bytes[..at])), None, "{at}");
        }
    }
}

//! Names and passwords, told to brokers by SASL: PLAIN, and SCRAM, by which no password is told.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256, Sha512};

/// How often a password is hashed: as a broker says, within bounds.
const ROUNDS: std::ops::RangeInclusive<u32> = 4096..=1_000_000;

/// Who says to be whom, and how.
pub(super) struct Login {
    pub(super) mechanism: Mechanism,
    pub(super) name: String,
    pub(super) password: String,
}

/// How it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mechanism {
    Plain,
    Scram256,
    Scram512,
}

impl Mechanism {
    pub(super) fn name(self) -> &'static str {
        match self {
            Mechanism::Plain => "PLAIN",
            Mechanism::Scram256 => "SCRAM-SHA-256",
            Mechanism::Scram512 => "SCRAM-SHA-512",
        }
    }
}

impl Login {
    /// What is said by PLAIN.
    pub(super) fn plain(&self) -> Vec<u8> {
        format!("\0{}\0{}", self.name, self.password).into_bytes()
    }

    /// What is said first by SCRAM; `nonce` was never said before.
    pub(super) fn scram(&self, nonce: &str) -> Scram<'_> {
        // Signs that have a meaning in messages are spelled otherwise in names.
        let name = self.name.replace('=', "=3D").replace(',', "=2C");
        Scram { login: self, nonce: nonce.to_owned(), bare: format!("n={name},r={nonce}") }
    }
}

/// A conversation by SCRAM (RFC 5802).
pub(super) struct Scram<'a> {
    login: &'a Login,
    nonce: String,
    bare: String,
}

impl Scram<'_> {
    pub(super) fn first(&self) -> Vec<u8> {
        format!("n,,{}", self.bare).into_bytes()
    }

    /// The answer to the broker's first message, and what its last must be.
    pub(super) fn answer(&self, message: &[u8]) -> Result<(Vec<u8>, String), &'static str> {
        let not_understood = "its message is not understood";
        let message = std::str::from_utf8(message).map_err(|_| not_understood)?;
        let part = |name: &str| message.split(',').find_map(|part| part.strip_prefix(name));
        let nonce = part("r=").ok_or(not_understood)?;
        let salt = part("s=").and_then(|salt| STANDARD.decode(salt).ok()).ok_or(not_understood)?;
        let rounds: u32 = part("i=").and_then(|it| it.parse().ok()).ok_or(not_understood)?;
        if !nonce.starts_with(&self.nonce) || nonce.len() == self.nonce.len() {
            return Err("it answers somebody else");
        }
        if !ROUNDS.contains(&rounds) {
            return Err("it wants the password to be hashed too seldom or too often");
        }
        let unproven = format!("c=biws,r={nonce}");
        let signed = format!("{},{message},{unproven}", self.bare);
        let password = self.login.password.as_bytes();
        let (proof, own) = match self.login.mechanism {
            Mechanism::Scram512 => prove::<Scram512>(password, &salt, rounds, &signed),
            Mechanism::Scram256 | Mechanism::Plain => {
                prove::<Scram256>(password, &salt, rounds, &signed)
            }
        };
        let proven = format!("{unproven},p={}", STANDARD.encode(proof));
        Ok((proven.into_bytes(), format!("v={}", STANDARD.encode(own))))
    }
}

/// A hash function, with and without a key.
trait Hashes {
    fn keyed(key: &[u8], parts: &[&[u8]]) -> Vec<u8>;
    fn plain(bytes: &[u8]) -> Vec<u8>;
}

struct Scram256;
struct Scram512;

impl Hashes for Scram256 {
    fn keyed(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length is one");
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().to_vec()
    }

    fn plain(bytes: &[u8]) -> Vec<u8> {
        Sha256::digest(bytes).to_vec()
    }
}

impl Hashes for Scram512 {
    fn keyed(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("a key of any length is one");
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().to_vec()
    }

    fn plain(bytes: &[u8]) -> Vec<u8> {
        Sha512::digest(bytes).to_vec()
    }
}

fn mix(one: &mut [u8], other: &[u8]) {
    one.iter_mut().zip(other).for_each(|(one, other)| *one ^= other);
}

/// The client's proof, and what proves the broker.
fn prove<H: Hashes>(password: &[u8], salt: &[u8], rounds: u32, signed: &str) -> (Vec<u8>, Vec<u8>) {
    let mut round = H::keyed(password, &[salt, &1u32.to_be_bytes()]);
    let mut salted = round.clone();
    for _ in 1..rounds {
        round = H::keyed(password, &[&round]);
        mix(&mut salted, &round);
    }
    let mut proof = H::keyed(&salted, &[b"Client Key"]);
    let signature = H::keyed(&H::plain(&proof), &[signed.as_bytes()]);
    mix(&mut proof, &signature);
    let server = H::keyed(&salted, &[b"Server Key"]);
    (proof, H::keyed(&server, &[signed.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The conversation of RFC 7677.
    #[test]
    fn scram_is_spoken_as_its_standard_has_it() {
        let login = Login {
            mechanism: Mechanism::Scram256,
            name: "user".into(),
            password: "pencil".into(),
        };
        let scram = login.scram("rOprNGfwEbeRWgbNEkqO");
        assert_eq!(scram.first(), b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        let nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        let message = format!("r={nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        let (proven, own) = scram.answer(message.as_bytes()).expect("a proof");
        let expected = format!("c=biws,r={nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assert_eq!(String::from_utf8_lossy(&proven), expected);
        assert_eq!(own, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        for bad in ["r=other,s=QQ==,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,s=QQ==,i=1", "x"] {
            assert!(scram.answer(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}

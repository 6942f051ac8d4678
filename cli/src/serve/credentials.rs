//! The file of `serve --credentials`: keys of accounts' roots, as AWS's shared credentials are written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use server::iam::RootKey;
use server::sources::remote::Keys;

/// Why a file of credentials is of no use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CredentialsError {
    #[error("credentials {} cannot be read: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("credentials {}, line {line}: {text} is neither a [profile] nor NAME = VALUE", path.display())]
    Line { path: PathBuf, line: usize, text: String },
    #[error("credentials {}, profile {profile}: {why}", path.display())]
    Profile { path: PathBuf, profile: String, why: &'static str },
    #[error("credentials {} name no key\nhint: [default], aws_access_key_id, aws_secret_access_key", .0.display())]
    Empty(PathBuf),
}

/// One profile, as it is written.
#[derive(Debug, Default)]
struct Profile {
    name: String,
    settings: Vec<(String, String)>,
}

impl Profile {
    /// Of a setting that is given twice, the last one counts.
    fn value(&self, wanted: &str) -> Option<String> {
        let mut settings = self.settings.iter().rev();
        settings.find(|(name, _)| name == wanted).map(|(_, value)| value.clone())
    }
}

/// Reads the keys of a file.
///
/// # Errors
/// When it cannot be read, or does not say of a key all that is needed.
pub(super) fn read(path: &Path) -> Result<Vec<RootKey>, CredentialsError> {
    let text = fs::read_to_string(path)
        .map_err(|error| CredentialsError::Read { path: path.to_owned(), error })?;
    parse(&text, path)
}

/// Reads the key that requests to services elsewhere are signed with: of the profile `default`, or of
/// the first.
///
/// # Errors
/// When the file cannot be read, or has no such key.
pub(super) fn key_for_upstream(path: &Path) -> Result<Keys, CredentialsError> {
    let text = fs::read_to_string(path)
        .map_err(|error| CredentialsError::Read { path: path.to_owned(), error })?;
    let profiles = profiles(&text, path)?;
    let default = profiles.iter().find(|profile| profile.name == "default");
    let profile = default.or(profiles.first());
    let profile = profile.ok_or_else(|| CredentialsError::Empty(path.to_owned()))?;
    let needed = |name: &str, why| {
        let missing = || CredentialsError::Profile {
            path: path.to_owned(),
            profile: profile.name.clone(),
            why,
        };
        profile.value(name).filter(|value| !value.is_empty()).ok_or_else(missing)
    };
    Ok(Keys {
        access_key: needed("aws_access_key_id", "it has no aws_access_key_id")?,
        secret: needed("aws_secret_access_key", "it has no aws_secret_access_key")?,
        token: profile.value("aws_session_token"),
    })
}

fn profiles(text: &str, path: &Path) -> Result<Vec<Profile>, CredentialsError> {
    let mut profiles: Vec<Profile> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        if let Some(name) = name {
            profiles.push(Profile { name: name.trim().to_owned(), settings: Vec::new() });
            continue;
        }
        match (line.split_once('='), profiles.last_mut()) {
            (Some((name, value)), Some(profile)) => {
                let name = name.trim().to_ascii_lowercase();
                profile.settings.push((name, value.trim().to_owned()));
            }
            _ => {
                let (path, text) = (path.to_owned(), line.to_owned());
                return Err(CredentialsError::Line { path, line: number + 1, text });
            }
        }
    }
    Ok(profiles)
}

fn parse(text: &str, path: &Path) -> Result<Vec<RootKey>, CredentialsError> {
    let keys: Result<Vec<RootKey>, _> = profiles(text, path)?
        .into_iter()
        .map(|profile| {
            key(&profile).map_err(|why| CredentialsError::Profile {
                path: path.to_owned(),
                profile: profile.name.clone(),
                why,
            })
        })
        .collect();
    match keys? {
        keys if keys.is_empty() => Err(CredentialsError::Empty(path.to_owned())),
        keys => Ok(keys),
    }
}

/// The key of a profile; of what a client is told beside (a region, for instance) nothing is read.
fn key(profile: &Profile) -> Result<RootKey, &'static str> {
    let value = |wanted: &str| profile.value(wanted);
    if value("aws_session_token").is_some() {
        return Err("a key of a session cannot be verified here: aws_session_token");
    }
    let needed = |name: &str, why| value(name).filter(|value| !value.is_empty()).ok_or(why);
    let key = needed("aws_access_key_id", "it has no aws_access_key_id")?;
    let secret = needed("aws_secret_access_key", "it has no aws_secret_access_key")?;
    if !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err("aws_access_key_id is of letters and digits");
    }
    let number = |text: &str| {
        let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_account { text.parse::<u64>().ok() } else { None }
    };
    let account = match (value("aws_account_id"), number(&key)) {
        (None, None) => 0,
        (None, Some(account)) => account,
        (Some(told), spelled) => {
            let told = number(&told).ok_or("aws_account_id has 12 digits")?;
            if spelled.is_some_and(|account| account != told) {
                return Err("aws_access_key_id is another account than aws_account_id");
            }
            told
        }
    };
    Ok(RootKey { account, key, secret })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(u64, String, String)>, String> {
        let keys = parse(text, Path::new("f")).map_err(|error| error.to_string())?;
        Ok(keys.into_iter().map(|key| (key.account, key.key, key.secret)).collect())
    }

    #[test]
    fn keys_are_read_as_clients_write_them() {
        let text = "# mine\n[default]\naws_access_key_id = AKIDONE\nAWS_SECRET_ACCESS_KEY=a/b=\n\
                    region = eu-west-1\n\n[ other ]\naws_access_key_id=000000000007\n\
                    aws_secret_access_key = s\n[third]\naws_access_key_id=k\n\
                    aws_secret_access_key=s\naws_account_id=123456789012\n";
        let expected =
            [(0, "AKIDONE", "a/b="), (7, "000000000007", "s"), (123_456_789_012, "k", "s")];
        let expected = expected.map(|(account, key, secret)| (account, key.into(), secret.into()));
        assert_eq!(read(text), Ok(expected.to_vec()));
    }

    #[test]
    fn what_is_missing_is_named() {
        for (text, expected) in [
            ("", "credentials f name no key"),
            ("x = 1", "credentials f, line 1: x = 1 is neither"),
            ("[a]\nwhat", "credentials f, line 2: what is neither"),
            ("[a]\naws_access_key_id = k", "profile a: it has no aws_secret_access_key"),
            ("[a]\naws_secret_access_key = k", "profile a: it has no aws_access_key_id"),
            (
                "[a]\naws_access_key_id=k\naws_secret_access_key=s\naws_account_id=1",
                "profile a: aws_account_id has 12 digits",
            ),
            (
                "[a]\naws_access_key_id=k\naws_secret_access_key=s\naws_session_token=t",
                "a key of a session cannot be verified here",
            ),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(expected), "{error}");
        }
    }
}

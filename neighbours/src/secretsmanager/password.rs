//! Passwords that nobody can foresee.

use std::sync::Arc;

use wire::secretsmanager::error;
use wire::secretsmanager::input::GetRandomPassword;
use wire::secretsmanager::output::GetRandomPasswordResponse;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::random::random;
use crate::secretsmanager::service::Secretsmanager;

/// A number below a bound, each as likely as the others.
fn below(bound: usize) -> usize {
    let bound = bound as u64;
    let most = u64::MAX - u64::MAX % bound;
    loop {
        let drawn = u64::from_be_bytes(random());
        if drawn < most {
            return (drawn % bound) as usize;
        }
    }
}

impl Operation<Secretsmanager> for GetRandomPassword {
    type Output = GetRandomPasswordResponse;

    async fn run(
        self,
        _: &Arc<Secretsmanager>,
        _: &Context<'_>,
    ) -> Result<GetRandomPasswordResponse, Failure> {
        let GetRandomPassword {
            password_length,
            exclude_characters,
            exclude_numbers,
            exclude_punctuation,
            exclude_uppercase,
            exclude_lowercase,
            include_space,
            require_each_included_type,
        } = self;
        let excluded = exclude_characters.unwrap_or_default();
        let kinds = [
            (exclude_lowercase != Some(true), "abcdefghijklmnopqrstuvwxyz"),
            (exclude_uppercase != Some(true), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            (exclude_numbers != Some(true), "0123456789"),
            (exclude_punctuation != Some(true), "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
            (include_space == Some(true), " "),
        ];
        let kinds = kinds.into_iter().filter(|(is_meant, _)| *is_meant).map(|(_, letters)| {
            letters.chars().filter(|c| !excluded.contains(*c)).collect::<Vec<char>>()
        });
        let kinds: Vec<Vec<char>> = kinds.filter(|letters| !letters.is_empty()).collect();
        let all: Vec<char> = kinds.concat();
        let length = usize::try_from(password_length.unwrap_or(32)).unwrap_or_default();
        let invalid = |message: &str| Err(error("InvalidParameterException", message).into());
        if all.is_empty() {
            return invalid("No characters are left to generate a password of.");
        }
        let requires = require_each_included_type.unwrap_or(true);
        if requires && length < kinds.len() {
            return invalid("Password length is too short based on the required types.");
        }
        let mut drawn: Vec<char> = match requires {
            true => kinds.iter().map(|letters| letters[below(letters.len())]).collect(),
            false => Vec::new(),
        };
        drawn.resize_with(length, || all[below(all.len())]);
        // Those of each kind stand anywhere.
        for at in (1..drawn.len()).rev() {
            drawn.swap(at, below(at + 1));
        }
        Ok(GetRandomPasswordResponse { random_password: Some(drawn.into_iter().collect()) })
    }
}

//! What is wrong with a command line: a line that names it, and a hint.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Why a command line is not understood.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UsageError {
    #[error("a command is missing\nhint: warren --help")]
    NoCommand,
    #[error("command {name} is not known\nhint: {hint}")]
    UnknownCommand { name: String, hint: String },
    #[error("option {name} is not known\nhint: {hint}")]
    UnknownOption { name: String, hint: String },
    #[error("word {word} is not understood\nhint: {hint}")]
    UnknownWord { word: String, hint: String },
    #[error("{of} {value} is not known\nhint: {hint}")]
    UnknownValue { of: String, value: String, hint: String },
    #[error("option {name} needs a value\nhint: {hint}")]
    NoValue { name: String, hint: String },
    #[error("option {name} takes no value\nhint: {hint}")]
    NeedlessValue { name: String, hint: String },
    #[error("option {0} is given twice")]
    Twice(String),
    #[error("port {0} is exposed twice\nhint: a port of the address leads to one place")]
    PortTwice(u16),
    #[error("options {0} and {1} say the same thing\nhint: give one of them")]
    Contradiction(String, String),
    #[error("option {name} is missing\nhint: {hint}")]
    NoOption { name: String, hint: String },
    #[error("{what}\nhint: {hint}")]
    NoWord { what: String, hint: String },
    #[error("{0}")]
    Value(Box<dyn Error + Send + Sync>),
    #[error("several subnets or keep-alive times are for --compare\nhint: add --compare")]
    SeveralPlans,
    #[error(
        "{0} each tell of subnets\nhint: give one of them, or add --compare for a plan of each"
    )]
    SeveralSources(String),
    #[error("--decisions is for one plan\nhint: leave --compare out")]
    SeveralDecisions,
    #[error("{what}\nhint: {hint}")]
    Other { what: String, hint: String },
}

impl UsageError {
    /// Spells what the parser found; `asked` is the command that was asked for, where it is known.
    pub(crate) fn of(error: &clap::Error, asked: Option<&clap::Command>) -> UsageError {
        let command = asked.map(clap::Command::get_name);
        let help = match command {
            Some(command) => format!("warren {command} --help"),
            None => "warren --help".to_owned(),
        };
        let text = |kind| error.get(kind).map(first).unwrap_or_default();
        // The likeliest is the last of them.
        let meant = |kind| match error.get(kind).and_then(|found| all(found).pop()) {
            Some(meant) => format!("did you mean {meant}? ({help})"),
            None => help.clone(),
        };
        let argument = text(ContextKind::InvalidArg);
        // As it is declared, `--trace <SOURCE>`; here its name only.
        let name = argument.split([' ', '=']).next().unwrap_or_default().to_owned();
        let value = text(ContextKind::InvalidValue);
        match error.kind() {
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                UsageError::NoCommand
            }
            ErrorKind::InvalidSubcommand => {
                let name = text(ContextKind::InvalidSubcommand);
                let hint = meant(ContextKind::SuggestedSubcommand);
                UsageError::UnknownCommand { name, hint }
            }
            ErrorKind::UnknownArgument if has_option(asked, &name) => {
                let hint = format!("options stand after the command ({help})");
                UsageError::UnknownOption { name, hint }
            }
            ErrorKind::UnknownArgument if argument.starts_with('-') => {
                UsageError::UnknownOption { name, hint: meant(ContextKind::SuggestedArg) }
            }
            ErrorKind::UnknownArgument => {
                let hint = match command {
                    Some("attach") => "the command stands after --".to_owned(),
                    _ => help,
                };
                UsageError::UnknownWord { word: argument, hint }
            }
            ErrorKind::InvalidValue if value.is_empty() => UsageError::NoValue { name, hint: help },
            ErrorKind::InvalidValue => {
                let valid = error.get(ContextKind::ValidValue).map(all).unwrap_or_default();
                let suggested = error.get(ContextKind::SuggestedValue).map(first);
                // Who names a shell that is not known did not mistype another.
                let hint = match suggested.filter(|_| name != "<SHELL>") {
                    Some(meant) => format!("did you mean {meant}? ({})", alternatives(&valid)),
                    None => alternatives(&valid),
                };
                UsageError::UnknownValue { of: noun(&name), value, hint }
            }
            ErrorKind::TooManyValues => UsageError::NeedlessValue { name, hint: help },
            ErrorKind::ArgumentConflict => conflicting(&text(ContextKind::PriorArg), name),
            ErrorKind::MissingRequiredArgument => {
                missing(&error.get(ContextKind::InvalidArg).map(all).unwrap_or_default(), help)
            }
            // An option stands where a value is missing.
            ErrorKind::ValueValidation if has_option(asked, &value) => {
                UsageError::NoValue { name, hint: help }
            }
            ErrorKind::ValueValidation if value.starts_with("--") => {
                UsageError::UnknownOption { name: value, hint: help }
            }
            ErrorKind::ValueValidation => match error.source() {
                Some(source) => UsageError::Value(source.to_string().into()),
                None => UsageError::UnknownValue { of: noun(&name), value, hint: help },
            },
            _ => {
                let told = error.to_string();
                let line = told.lines().next().unwrap_or_default();
                let what = line.trim_start_matches("error: ").to_owned();
                UsageError::Other { what, hint: help }
            }
        }
    }
}

/// Two options that do not go together, or one that is given twice.
fn conflicting(prior: &str, name: String) -> UsageError {
    let prior = prior.split([' ', '=']).next().unwrap_or_default();
    if prior.is_empty() || prior == name {
        return UsageError::Twice(name);
    }
    let mut both = [prior.to_owned(), name];
    both.sort();
    let [first, second] = both;
    UsageError::Contradiction(first, second)
}

/// Whether the command that was asked for has an option.
fn has_option(asked: Option<&clap::Command>, word: &str) -> bool {
    let name = word.split('=').next().unwrap_or_default().strip_prefix("--");
    let mut options = asked.into_iter().flat_map(clap::Command::get_opts);
    name.is_some_and(|name| options.any(|each| each.get_long() == Some(name)))
}

/// What is missing: the first option, or where none is, the first word.
fn missing(arguments: &[String], help: String) -> UsageError {
    let first = arguments.iter().find(|each| each.starts_with('-')).or(arguments.first());
    let declared = first.map(String::as_str).unwrap_or_default();
    let (what, hint) = match declared.trim_end_matches("...") {
        option if option.starts_with('-') => {
            let name = option.split(' ').next().unwrap_or_default().to_owned();
            return UsageError::NoOption { name, hint: help };
        }
        "<THING>" => (
            "one thing is to be explained",
            "warren explain THING, for instance the name of a function or resource, an address, or an id",
        ),
        "<COMMAND>" => ("a command is missing", "warren attach … --name db -- postgres -D …"),
        "<PORT=HOST:PORT>" => {
            ("a port is missing", "warren expose … --name db 5432=127.0.0.1:5432")
        }
        "<NAME>" => ("a name is missing", "warren resources remove NAME…"),
        "<SHELL>" => ("a shell is missing", "bash, zsh or fish"),
        word => return UsageError::NoWord { what: format!("{word} is missing"), hint: help },
    };
    UsageError::NoWord { what: what.to_owned(), hint: hint.to_owned() }
}

/// What an option or a word is of: `--eni-model` is the ENI model.
fn noun(name: &str) -> String {
    let plain = name.trim_matches(['-', '<', '>', '[', ']', '.']);
    match plain {
        "eni-model" => "ENI model".to_owned(),
        "iam" => "IAM mode".to_owned(),
        "PARTS" => "part".to_owned(),
        plain => plain.to_lowercase().replace('-', " "),
    }
}

/// `a, b or c`, or `and` in the place of `or`.
pub(crate) fn listed<T: AsRef<str>>(values: &[T], word: &str) -> String {
    let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
    match values.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

fn alternatives(values: &[String]) -> String {
    listed(values, "or")
}

fn all(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::Strings(texts) => texts.clone(),
        other => vec![other.to_string()],
    }
}

fn first(value: &ContextValue) -> String {
    all(value).into_iter().next().unwrap_or_default()
}

//! `warren runtime`: the interpreters that functions run on, and AWS's SDKs, shown and installed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use node::runtime::interpreters::{self, Interpreter};
use serde::Serialize;
use server::runtimes::is_retired;
use sha2::{Digest, Sha512};

use crate::output::{self, Output, OutputArgs, OutputError};
use crate::table;

const NPM: &str = "npm";
const PIP: &str = "bin/pip";
const REGISTRY: &str = "https://registry.npmjs.org";

/// What is installed of the AWS SDK for JavaScript, which has some four hundred clients: those that
/// functions use most, and what belongs to them. More are named by `--client`.
const CLIENTS: [&str; 24] = [
    "client-cloudformation",
    "client-cloudwatch",
    "client-cloudwatch-logs",
    "client-cognito-identity-provider",
    "client-dynamodb",
    "client-ec2",
    "client-ecs",
    "client-eventbridge",
    "client-iam",
    "client-kinesis",
    "client-kms",
    "client-lambda",
    "client-rds-data",
    "client-s3",
    "client-scheduler",
    "client-secrets-manager",
    "client-ses",
    "client-sfn",
    "client-sns",
    "client-sqs",
    "client-ssm",
    "client-sts",
    "lib-dynamodb",
    "s3-request-presigner",
];

/// The words of `warren runtime`.
#[derive(Debug, clap::Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct RuntimeArgs {
    #[command(subcommand)]
    deed: Option<Deed>,
    #[command(flatten)]
    output: OutputArgs,
}

/// What is done with runtimes.
#[derive(Debug, clap::Subcommand)]
enum Deed {
    /// shows those that this host has, which is what is done without any word
    List,
    /// installs AWS's SDK for them, and Node.js where the host has not that version
    Install {
        /// Their names, as nodejs22.x or python3.11; all that this host has where none is named
        #[arg(value_name = "RUNTIME")]
        names: Vec<String>,
        /// A further client of the SDK for Node.js, as client-athena
        #[arg(long = "client", value_name = "PACKAGE")]
        clients: Vec<String>,
    },
}

/// Why a runtime cannot be installed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RuntimeError {
    #[error("runtime {0} is not one that Warren installs\nhint: python3.x or nodejsNN.x")]
    Unknown(String),
    #[error(
        "runtime {name} needs a Python {} of this host, which has none\n\
         hint: pyenv install {}, or the host's packages",
        name.trim_start_matches("python"),
        name.trim_start_matches("python")
    )]
    NoPython { name: String },
    #[error("npm has no Node.js for runtime {0}")]
    NoNode(String),
    #[error("{program} cannot be run: {error}\nhint: install {program}")]
    NotRun { program: String, error: io::Error },
    #[error("{program} failed: {told}")]
    Failed { program: String, told: String },
    #[error("{0} is not the package that npm promises: its checksum differs")]
    Checksum(String),
    #[error("what npm tells of {0} is not understood")]
    NotUnderstood(String),
    #[error("{} cannot be written: {error}\nhint: sudo, or WARREN_RUNTIMES=DIRECTORY", path.display())]
    Unwritable { path: PathBuf, error: io::Error },
    #[error("{error}\n{note}")]
    Left { error: Box<RuntimeError>, note: String },
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// A runtime of this host, for programs.
#[derive(Debug, Serialize)]
struct RuntimeRow {
    runtime: String,
    version: Option<String>,
    path: PathBuf,
    sdk: Option<PathBuf>,
}

pub(crate) fn run(args: RuntimeArgs) -> Result<(), RuntimeError> {
    match args.deed {
        None | Some(Deed::List) => list(args.output.output),
        Some(Deed::Install { names, clients }) if names.is_empty() => install_all(&clients),
        Some(Deed::Install { names, clients }) => {
            names.iter().try_for_each(|name| install(name, &clients))
        }
    }
}

/// The runtimes of this host for which AWS's SDK is not installed, but for what AWS has withdrawn.
fn missing_sdk() -> Vec<String> {
    let missing = interpreters::all().into_iter().filter(|each| !each.has_sdk);
    missing.map(|each| each.runtime).filter(|runtime| !is_retired(runtime)).collect()
}

/// Installs the SDK for all runtimes of this host. What cannot be installed for one may be for the
/// next; but a registry that cannot be reached is not asked again.
fn install_all(clients: &[String]) -> Result<(), RuntimeError> {
    let missing = missing_sdk();
    let (mut failed, mut unreached) = (None, Vec::new());
    for name in &missing {
        let is_node = name.starts_with("nodejs");
        if unreached.contains(&is_node) {
            continue;
        }
        if let Err(error) = install(name, clients) {
            if matches!(&error, RuntimeError::Failed { program, .. } if program.ends_with(PIP) || program == NPM)
            {
                unreached.push(is_node);
            }
            failed.get_or_insert(error);
        }
    }
    failed.map_or(Ok(()), |error| {
        let note = without_sdk().unwrap_or_default();
        Err(RuntimeError::Left { error: Box::new(error), note })
    })
}

/// What to say of runtimes for which AWS's SDK is not installed.
pub(crate) fn without_sdk() -> Option<String> {
    let missing = missing_sdk();
    (!missing.is_empty()).then(|| {
        let names = missing.join(" ");
        format!("no AWS SDK for functions of {names}; hint: warren runtime install {names}")
    })
}

fn list(output: Output) -> Result<(), RuntimeError> {
    let rows: Vec<RuntimeRow> = interpreters::all()
        .into_iter()
        .map(|Interpreter { runtime, path, has_sdk }| RuntimeRow {
            version: interpreters::version(&path),
            sdk: has_sdk.then(|| interpreters::sdk_of(&runtime)),
            runtime,
            path,
        })
        .collect();
    if output == Output::Json {
        return Ok(output::print_pretty(&rows)?);
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|each| {
            let sdk = each.sdk.map_or("-".to_owned(), |path| path.display().to_string());
            let version = each.version.unwrap_or_default();
            vec![each.runtime, version, each.path.display().to_string(), sdk]
        })
        .collect();
    table::print(&["RUNTIME", "VERSION", "INTERPRETER", "SDK"], &rows);
    Ok(())
}

fn install(name: &str, clients: &[String]) -> Result<(), RuntimeError> {
    let is_number = |text: &str| text.parse::<u32>().is_ok();
    let node = name.strip_prefix("nodejs").and_then(|rest| rest.strip_suffix(".x"));
    if let Some(major) = node.filter(|major| is_number(major)) {
        match interpreters::find(name).ok().flatten() {
            Some(path) => println!("{name} runs on {}", path.display()),
            None => install_node(name, major)?,
        }
        return install_javascript_sdk(clients);
    }
    if !name.strip_prefix("python3.").is_some_and(is_number) {
        return Err(RuntimeError::Unknown(name.to_owned()));
    }
    let none = || RuntimeError::NoPython { name: name.to_owned() };
    let python = interpreters::find(name).ok().flatten().ok_or_else(none)?;
    println!("{name} runs on {}", python.display());
    install_python_sdk(name, &python)
}

/// A directory beside the place where something is to be, which takes its place once it is whole.
struct Part {
    path: PathBuf,
}

impl Part {
    fn of(place: &Path) -> Result<Part, RuntimeError> {
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let path = place.with_file_name(name);
        let unwritable = |error| RuntimeError::Unwritable { path: path.clone(), error };
        fs::create_dir_all(&path).map_err(unwritable)?;
        Ok(Part { path })
    }

    /// Moves what is within to its place, where nothing may be but what is replaced.
    fn put(&self, within: &str, place: &Path) -> Result<(), RuntimeError> {
        let unwritable = |error| RuntimeError::Unwritable { path: place.to_owned(), error };
        if place.exists() {
            fs::rename(place, self.path.join("replaced")).map_err(unwritable)?;
        }
        fs::rename(self.path.join(within), place).map_err(unwritable)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Runs a program to its end, and gives what it printed.
fn done(command: &mut Command) -> Result<Vec<u8>, RuntimeError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let ran = command.stdin(Stdio::null()).output();
    let ran = ran.map_err(|error| RuntimeError::NotRun { program: program.clone(), error })?;
    if ran.status.success() {
        return Ok(ran.stdout);
    }
    let text = String::from_utf8_lossy(&ran.stderr).trim().to_owned();
    let told = if text.is_empty() { ran.status.to_string() } else { text };
    Err(RuntimeError::Failed { program, told })
}

/// Fetches a document or a package.
fn fetch(url: &str) -> Result<Vec<u8>, RuntimeError> {
    let short = "Accept: application/vnd.npm.install-v1+json, */*";
    done(Command::new("curl").args(["-sSfL", "-H", short, url]))
}

fn install_node(name: &str, major: &str) -> Result<(), RuntimeError> {
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    let package = format!("node-linux-{architecture}");
    let unclear = || RuntimeError::NotUnderstood(package.clone());
    let told: serde_json::Value =
        serde_json::from_slice(&fetch(&format!("{REGISTRY}/{package}"))?).map_err(|_| unclear())?;
    let versions = told["versions"].as_object().ok_or_else(unclear)?;
    let latest = latest(versions.keys().map(String::as_str), major)
        .ok_or_else(|| RuntimeError::NoNode(name.to_owned()))?;
    let dist = &versions[latest]["dist"];
    let (url, integrity) = (dist["tarball"].as_str(), dist["integrity"].as_str());
    let url = url.ok_or_else(unclear)?;
    let sum = integrity.and_then(|text| text.strip_prefix("sha512-")).ok_or_else(unclear)?;
    println!("{name}: Node.js {latest} from {url}");
    let bytes = fetch(url)?;
    if base64::engine::general_purpose::STANDARD.encode(Sha512::digest(&bytes)) != sum {
        return Err(RuntimeError::Checksum(url.to_owned()));
    }
    let place = interpreters::directory().join(name);
    let part = Part::of(&place)?;
    let (packed, unpacked) = (part.path.join("package.tgz"), part.path.join("node"));
    fs::write(&packed, bytes)
        .and_then(|()| fs::create_dir(&unpacked))
        .map_err(|error| RuntimeError::Unwritable { path: part.path.clone(), error })?;
    done(Command::new("tar").arg("-xzf").arg(&packed).arg("-C").arg(&unpacked).args([
        "--no-same-owner",
        "--strip-components",
        "1",
    ]))?;
    part.put("node", &place)?;
    println!("{name} is installed at {}", place.display());
    Ok(())
}

/// The latest version of a major one; none that is a preview.
fn latest<'a>(versions: impl Iterator<Item = &'a str>, major: &str) -> Option<&'a str> {
    let numbers = |version: &str| -> Option<Vec<u32>> {
        version.split('.').map(|part| part.parse().ok()).collect()
    };
    versions
        .filter(|version| version.split('.').next() == Some(major))
        .filter_map(|version| Some((numbers(version)?, version)))
        .max()
        .map(|(_, version)| version)
}

fn install_javascript_sdk(clients: &[String]) -> Result<(), RuntimeError> {
    let place = interpreters::sdk_directory().join("nodejs");
    let has = |name: &str| place.join("node_modules/@aws-sdk").join(name).is_dir();
    let wanted = CLIENTS.into_iter().chain(clients.iter().map(String::as_str));
    let mut names: Vec<&str> = wanted.collect();
    if names.iter().all(|name| has(name)) {
        println!("the SDK for Node.js is at {}", place.display());
        return Ok(());
    }
    // What was named earlier stays.
    let kept: Vec<String> = fs::read_dir(place.join("node_modules/@aws-sdk"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with("client-"))
        .collect();
    names.extend(kept.iter().map(String::as_str));
    let part = Part::of(&place)?;
    println!("the SDK for Node.js from npm: {} packages of @aws-sdk", names.len());
    let mut npm = Command::new(NPM);
    npm.args(["install", "--loglevel", "error", "--no-audit", "--no-fund"]);
    // Without a network it is told at once that there is none.
    npm.args(["--fetch-retries", "1", "--fetch-retry-mintimeout", "200", "--prefix"]);
    npm.arg(part.path.join("sdk")).args(names.iter().map(|name| format!("@aws-sdk/{name}@3")));
    done(&mut npm)?;
    part.put("sdk", &place)?;
    println!("the SDK for Node.js is installed at {}", place.display());
    Ok(())
}

fn install_python_sdk(name: &str, python: &Path) -> Result<(), RuntimeError> {
    let place = interpreters::sdk_of(name);
    if place.is_dir() {
        println!("{name} has its SDK at {}", place.display());
        return Ok(());
    }
    let part = Part::of(&place)?;
    println!("{name}: boto3 from PyPI");
    let venv = part.path.join("venv");
    done(Command::new(python).args(["-m", "venv"]).arg(&venv))?;
    let mut pip = Command::new(venv.join(PIP));
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--target"]);
    done(pip.arg(part.path.join("sdk")).arg("boto3"))?;
    part.put("sdk", &place)?;
    println!("{name} has its SDK at {}", place.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_version_is_that_of_the_numbers() {
        let versions = ["22.9.0", "22.10.1", "22.10.0", "23.0.0", "22.11.0-rc.1", "2.30.0"];
        assert_eq!(latest(versions.into_iter(), "22"), Some("22.10.1"));
        assert_eq!(latest(versions.into_iter(), "24"), None);
    }
}

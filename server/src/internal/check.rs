//! What is wrong with the network of functions before any is invoked, as `/_warren/check` tells it.

use std::time::Duration;

use engine::scope::Scope;
use engine::tell::check::{Checks, Finding, Severity};
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;

/// Findings that are told of each severity; what is beyond is counted.
const MOST: usize = 500;
/// Between parts, so that whoever waits for the engine gets it.
const PAUSE: Duration = Duration::from_micros(50);

/// What a check came to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Checked {
    /// How many functions were looked at.
    pub functions: usize,
    /// How many resources were.
    pub resources: usize,
    /// How many errors there are, told or not.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many notes.
    pub notes: usize,
    /// What was found, the worst first.
    pub findings: Vec<Finding>,
}

/// Why nothing is checked, for people.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckError {
    #[error("function {0} does not exist\nhint: aws lambda list-functions")]
    NoFunction(String),
}

/// Checks all functions of a scope, or the one of a name, and what they have to do with.
pub(crate) async fn checked(
    endpoint: &Endpoint,
    scope: &Scope,
    name: &str,
) -> Result<Checked, CheckError> {
    let driver = &endpoint.driver;
    let mut checks = Checks::default();
    let only = (!name.is_empty()).then_some(name);
    match only {
        Some(name) => {
            let known = driver.read(|engine| {
                let function = engine.function(scope, name)?.id;
                engine.add_check(function, &mut checks);
                Some(())
            });
            known.ok_or_else(|| CheckError::NoFunction(name.to_owned()))?;
        }
        None => {
            let mut last = None;
            loop {
                let after = last.as_deref();
                last = driver.read(|engine| engine.gather_checks(scope, after, &mut checks));
                if last.is_none() {
                    break;
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    for (vpc, name) in checks.host_names() {
        if let Some(found) = endpoint.resolver.addresses(vpc, &name) {
            checks.resolve((vpc, name), found);
        }
        tokio::task::yield_now().await;
    }
    driver.read(|engine| engine.settle_checks(scope, only, &mut checks));
    let node = driver.node().await;
    let mut findings = Vec::new();
    for part in checks.parts() {
        let found = driver.read(|engine| engine.check_part(&checks, *part));
        let is_so = |near: Option<std::net::Ipv4Addr>| {
            let is_of_service = |address| driver.read(|engine| engine.is_of_service(address));
            near.is_none_or(|it| !node.is_outside(it.into()) && !is_of_service(it))
        };
        findings.extend(found.into_iter().filter(|each| is_so(each.if_near)).map(|it| it.finding));
        tokio::task::yield_now().await;
    }
    let order = |each: &Finding| (each.severity, each.kind, each.about.clone(), each.text.clone());
    findings.sort_by_cached_key(order);
    findings.dedup();
    let count = |severity| findings.iter().filter(|each| each.severity == severity).count();
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    let [errors, warnings, notes] = counts;
    let mut told = [0; 3];
    findings.retain(|each| {
        let at = &mut told[each.severity as usize];
        *at += 1;
        *at <= MOST
    });
    let Checks { functions, resources, .. } = checks;
    Ok(Checked { functions, resources, errors, warnings, notes, findings })
}

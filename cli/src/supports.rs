//! `warren supports`: the operations and parameters that Warren takes, and what it passes over.

use clap::builder::PossibleValuesParser;
use serde::Serialize;
use wire::supported::{self, Parameter};
use wire::{Operation, SERVICES, Support};

use crate::output::{self, Output, OutputArgs, OutputError};
use crate::table;

/// The words of `warren supports`.
#[derive(Debug, clap::Args)]
pub(crate) struct SupportsArgs {
    /// Of this service only
    #[arg(value_name = "SERVICE", value_parser = services())]
    service: Option<String>,
    /// Of this operation of it only
    #[arg(value_name = "OPERATION")]
    operation: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Why nothing is printed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SupportsError {
    /// The operation that was asked for is not taken.
    #[error("operation {1} of {0} is not supported")]
    NotThere(String, String),
    #[error(transparent)]
    Output(#[from] OutputError),
}

fn services() -> PossibleValuesParser {
    PossibleValuesParser::new(SERVICES.map(|service| service.name))
}

/// An operation, for programs.
#[derive(Debug, Serialize)]
struct SupportedOperation {
    service: &'static str,
    operation: &'static str,
    /// What it does less than AWS with what it reads; empty where it does all.
    note: &'static str,
    parameters: Vec<SupportedParameter>,
}

/// A parameter of it: its path, as in `VpcConfig.SubnetIds`.
#[derive(Debug, Serialize)]
struct SupportedParameter {
    parameter: String,
    /// The only values that it may have; any where this is empty.
    only: Vec<&'static str>,
    /// Why it has no effect, where it is taken and passed over.
    passed_over: Option<&'static str>,
}

impl SupportedOperation {
    fn new(service: &'static str, operation: &Operation, found: Vec<Parameter>) -> Self {
        let parameters = found.into_iter().filter_map(|Parameter { path, support }| {
            let (only, passed_over) = match support {
                Support::Read => (Vec::new(), None),
                Support::Only(values) => (values.to_vec(), None),
                Support::Ignored(reason) => (Vec::new(), Some(reason)),
                Support::Within | Support::Refused => return None,
            };
            Some(SupportedParameter { parameter: path, only, passed_over })
        });
        let parameters = parameters.collect();
        SupportedOperation { service, operation: operation.name, note: operation.note, parameters }
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |parameter: &str, how: String| {
            [self.service, self.operation, parameter].map(str::to_owned).into_iter().chain([how])
        };
        let whole = row("", self.note.to_owned()).collect();
        if self.parameters.is_empty() {
            return vec![whole];
        }
        let noted = (!self.note.is_empty()).then_some(whole);
        let how = |each: &SupportedParameter| match each.passed_over {
            Some(reason) => format!("passed over: {reason}"),
            None if each.only.is_empty() => String::new(),
            None => format!("{} alone", each.only.join(" or ")),
        };
        let parameters =
            self.parameters.iter().map(|each| row(&each.parameter, how(each)).collect());
        noted.into_iter().chain(parameters).collect()
    }
}

/// All operations, or those of a service.
fn operations(service: Option<&str>) -> Vec<SupportedOperation> {
    supported::supported()
        .filter(|(of, _)| service.is_none_or(|name| of.name == name))
        .flat_map(|(of, operations)| {
            operations.map(|(operation, found)| SupportedOperation::new(of.name, operation, found))
        })
        .collect()
}

/// Those of a name, whatever its case; all where none is given.
fn named(mut operations: Vec<SupportedOperation>, name: Option<&str>) -> Vec<SupportedOperation> {
    // As the API or as the aws CLI spells it: CreateSubnet, create-subnet.
    let name = name.map(|name| name.replace('-', ""));
    operations.retain(|each| {
        name.as_deref().is_none_or(|name| each.operation.eq_ignore_ascii_case(name))
    });
    operations
}

/// Prints what is supported; everything else is refused by name.
pub(crate) fn run(args: &SupportsArgs) -> Result<(), SupportsError> {
    let operations = named(operations(args.service.as_deref()), args.operation.as_deref());
    if let (true, Some(service), Some(name)) =
        (operations.is_empty(), &args.service, &args.operation)
    {
        return Err(SupportsError::NotThere(service.clone(), name.clone()));
    }
    match args.output.output {
        Output::Json => output::print_pretty(&operations)?,
        Output::Table => {
            let rows: Vec<_> = operations.iter().flat_map(SupportedOperation::rows).collect();
            table::print(&["SERVICE", "OPERATION", "PARAMETER", "HOW"], &rows);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_told_with_what_it_may_be_and_why_it_is_passed_over() {
        let all = operations(None);
        let rows: Vec<_> = all.iter().flat_map(SupportedOperation::rows).collect();
        let is_there = |row: [&str; 4]| rows.iter().any(|each| *each == row);
        assert!(is_there(["lambda", "CreateFunction", "VpcConfig.SubnetIds", ""]));
        assert!(is_there(["lambda", "CreateFunction", "PackageType", "Zip alone"]));
        assert!(is_there([
            "ec2",
            "DescribeNetworkInterfaces",
            "IncludeManagedResources",
            "passed over: managed interfaces are never hidden"
        ]));
        assert!(is_there(["lambda", "GetAccountSettings", "", ""]));
        let note = "kept and told, without effect: no access is logged";
        assert!(is_there(["s3", "PutBucketLogging", "", note]));
        assert!(operations(Some("ec2")).iter().all(|each| each.service == "ec2"));
        let one = named(operations(Some("lambda")), Some("createalias"));
        assert_eq!(one.iter().map(|it| it.operation).collect::<Vec<_>>(), ["CreateAlias"]);
        assert!(named(operations(Some("lambda")), Some("CreateVpc")).is_empty());
    }

    #[test]
    fn the_table_tells_as_much_as_the_page() {
        let page = include_str!("../../docs/supported.md");
        let listed = page.lines().filter(|line| line.starts_with("- **")).count();
        assert_eq!(operations(None).len(), listed);
    }
}

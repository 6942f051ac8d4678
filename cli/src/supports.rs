//! `warren supports`: the operations and parameters that are supported, and what is passed over.

use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};
use wire::supported::{self, Parameter};
use wire::{SERVICES, Service, Support};

use crate::output::{self, Output, OutputArgs, OutputError};

/// The words of `warren supports`.
#[derive(Debug, clap::Args)]
pub(crate) struct SupportsArgs {
    /// Of this service only
    #[arg(value_name = "SERVICE", value_parser = PossibleValuesParser::new(SERVICES.map(|each| each.name)))]
    service: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(crate) fn run(args: &SupportsArgs) -> Result<(), OutputError> {
    let is_wanted =
        |service: &Service| args.service.as_deref().is_none_or(|name| name == service.name);
    match args.output.output {
        Output::Table => print!("{}", supported::page(is_wanted)),
        Output::Json => output::print_pretty(&described(is_wanted))?,
    }
    Ok(())
}

/// By service and operation: what is read, the values that are accepted of what is not, and what is
/// passed over with its reasons.
fn described(is_wanted: impl Fn(&Service) -> bool) -> Value {
    let services = supported::supported().filter(|(service, _)| is_wanted(service));
    let services = services.map(|(service, operations)| {
        let operations = operations.map(|(operation, parameters)| {
            (operation.name.to_owned(), described_parameters(&parameters))
        });
        (service.name.to_owned(), Value::Object(operations.collect()))
    });
    Value::Object(services.collect())
}

fn described_parameters(parameters: &[Parameter]) -> Value {
    let mut shown = json!({"reads": [], "only": {}, "passed_over": {}});
    for Parameter { path, support } in parameters {
        match support {
            Support::Read => {
                let reads = shown["reads"].as_array_mut().expect("it was made a list");
                reads.push(json!(path));
            }
            Support::Only(values) => shown["only"][path] = json!(values),
            Support::Ignored(reason) => shown["passed_over"][path] = json!(reason),
            Support::Within | Support::Refused => {}
        }
    }
    shown
}

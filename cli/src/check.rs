//! `warren check`: what functions will time out on, and what nobody gets to, before anything is invoked.

use std::process::ExitCode;

use engine::tell::check::{Finding, Severity};
use engine::tell::explain::Explanation;
use server::internal::check::Checked;

use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{self, Output, OutputArgs};
use crate::table;

/// The words of `warren check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Only this function, and what it has to do with
    #[arg(long, value_name = "NAME")]
    function: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    server: ServerArgs,
}

/// Ends with 1 where there are errors or warnings.
pub(crate) fn run(args: CheckArgs) -> Result<ExitCode, Failure> {
    let client = Client::new(args.server)?;
    let path = match &args.function {
        Some(name) => format!("check/{name}"),
        None => "check".to_owned(),
    };
    let checked: Checked = client.get(&path)?;
    match args.output.output {
        Output::Json => output::print_pretty(&checked)?,
        Output::Table => show(&checked),
    }
    Ok(match checked.errors + checked.warnings {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn show(checked: &Checked) {
    let Checked { functions, resources, errors, warnings, notes, findings } = checked;
    let looked = format!("{} and {}", count(*functions, "function"), count(*resources, "resource"));
    println!(
        "{looked} looked at: {}, {}, {}",
        count(*errors, "error"),
        count(*warnings, "warning"),
        count(*notes, "note")
    );
    let mut branches: Vec<Explanation> = findings.iter().map(branch).collect();
    let more = (errors + warnings + notes).saturating_sub(findings.len());
    if more > 0 {
        branches.push(Explanation::with(format!("and {more} more, not shown"), Vec::new()));
    }
    table::branches(&branches, "");
}

fn branch(finding: &Finding) -> Explanation {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let line = |text: String| Explanation::with(text, Vec::new());
    let mut below = Vec::new();
    if finding.function_count > 0 {
        let more = match finding.function_count - finding.functions.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let noun = if finding.function_count == 1 { "function" } else { "functions" };
        below.push(line(format!("{noun} {}{more}", finding.functions.join(", "))));
    }
    below.extend(finding.hint.iter().map(|hint| line(format!("hint: {hint}"))));
    Explanation::with(format!("{severity}: {}", finding.text), below)
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

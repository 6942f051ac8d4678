//! `warren explain`: the tree of causes behind a thing.

use engine::tell::explain::Explanation;

use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{self, Output, OutputArgs};
use crate::table;

/// The words of `warren explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// An ENI, an environment, a request id, a function or a subnet
    #[arg(value_name = "THING")]
    thing: String,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    server: ServerArgs,
}

pub(crate) fn run(args: ExplainArgs) -> Result<(), Failure> {
    let client = Client::new(args.server)?;
    let explanation: Explanation = client.get(&format!("explain/{}", args.thing))?;
    match args.output.output {
        Output::Json => output::print_pretty(&explanation)?,
        Output::Table => {
            println!("{}", explanation.text);
            branches(&explanation.because, "");
        }
    }
    Ok(())
}

/// Prints what an explanation follows from, as a tree.
pub(crate) fn branches(below: &[Explanation], indent: &str) {
    for (at, each) in below.iter().enumerate() {
        let is_last = at + 1 == below.len();
        let (branch, deeper) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        println!("{}{}", table::faint(&format!("{indent}{branch}")), each.text);
        branches(&each.because, &format!("{indent}{deeper}"));
    }
}

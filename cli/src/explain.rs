//! `warren explain`: the tree of causes behind a thing.

use engine::tell::explain::Explanation;

use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{self, Output, OutputArgs};
use crate::table;

/// The words of `warren explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A function (with :VERSION or :ALIAS), an invocation, an environment, an ENI, an address, a resource
    /// (resource:NAME where a function has its name), what a VPC is made of, a hosted zone, a rule, a schedule,
    /// a queue, a topic, a bucket, a table, a stream, a bus or an API
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
            table::branches(&explanation.because, "");
        }
    }
    Ok(())
}

//! The one binary: where the engine, the node and the server meet.
#![forbid(unsafe_code)]

mod attach;
mod bench;
mod check;
mod client;
mod command_line;
mod completions;
mod explain;
mod failure;
mod file;
mod infrastructure;
mod log;
mod manual;
mod output;
mod plan;
mod ps;
mod reach;
mod record;
mod resources;
mod runtime;
mod serve;
mod supports;
mod table;
mod usage;
mod value;

use std::process::ExitCode;

use command_line::{Asked, Command};
use failure::Failure;

#[global_allocator]
static MEMORY: node::memory::LargePages = node::memory::LargePages;

fn main() -> ExitCode {
    node::sandbox::fork_server_main_if_asked();
    log::tell_panics();
    let asked = command_line::read(std::env::args_os().skip(1).collect());
    let outcome = match asked {
        Ok(Asked::Command(command)) => run(*command),
        Ok(Asked::Text(text)) => {
            print!("{}", command_line::shown(&text));
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Err(error.into()),
    };
    outcome.unwrap_or_else(|failure| {
        eprintln!("{} {}", table::alarming("error:"), failure.told());
        failure.exit_code()
    })
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        // What it runs may end with a code of its own.
        Command::Attach(args) => return Ok(attach::attach(args)?),
        // What is found is told by the code too.
        Command::Check(args) => return check::run(args),
        Command::Reach(args) => return reach::run(args),
        Command::Serve(args) => serve::run(*args)?,
        Command::Ps(args) => ps::run(args)?,
        Command::Explain(args) => explain::run(args)?,
        Command::Expose(args) => attach::expose(args)?,
        Command::Resources(args) => resources::run(args)?,
        Command::Plan(args) => plan::run(*args)?,
        Command::Record(args) => record::run(args)?,
        Command::Bench(args) => bench::run(&args)?,
        Command::Runtime(args) => runtime::run(args)?,
        Command::Supports(args) => supports::run(&args)?,
        Command::Completions(args) => completions::run(&args, command_line::description()),
        Command::Manual(args) => manual::run(&args, command_line::description())?,
    }
    Ok(ExitCode::SUCCESS)
}

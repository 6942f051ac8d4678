//! The one binary: where the engine, the node and the server meet.
#![forbid(unsafe_code)]

mod serve;

use std::process::ExitCode;

const USAGE: &str = "\
warren: AWS Lambda with a real VPC, on machines that you own

usage: warren serve [options]

";

fn main() -> ExitCode {
    node::sandbox::fork_server_main_if_asked();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["--version" | "-V"] => {
            println!("warren {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        ["--help" | "-h"] | ["serve", "--help" | "-h"] => {
            println!("{USAGE}{}  --help, --version", serve::HELP);
            Ok(())
        }
        ["serve", options @ ..] => serve::Options::read(options).and_then(serve::run),
        [] => Err("a command is missing\nhint: warren --help".to_owned()),
        [other, ..] => Err(format!("command {other} is not known\nhint: warren --help")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

//! The one binary: where the engine, the node and the server meet.
#![forbid(unsafe_code)]

mod attach;
mod bench;
mod client;
mod explain;
mod infrastructure;
mod options;
mod plan;
mod ps;
mod record;
mod resources;
mod serve;
mod table;

use std::process::ExitCode;

#[global_allocator]
static MEMORY: node::memory::LargePages = node::memory::LargePages;

const USAGE: &str = "\
warren: AWS Lambda with a real VPC, on machines that you own

usage: warren serve [options]
       warren ps [--watch]
       warren explain <eni | environment | request id | function | subnet>
       warren attach --subnet ID [--security-group ID]… --name NAME [--rm] -- COMMAND…
       warren expose --subnet ID [--security-group ID]… --name NAME PORT=HOST:PORT…
       warren resources [list | remove NAME…]
       warren plan --trace SOURCE --subnets a=CIDR,b=CIDR [options]
       warren record [--to FILE] [--for TIME]
       warren bench [plan] [--quick] [--trace DIR]

ps, explain, attach, expose, resources and record ask a running server:
  --endpoint URL           where it is (default $AWS_ENDPOINT_URL, else http://127.0.0.1:4566)
  --account, --region      whose things are meant (default 000000000000, $AWS_REGION or us-east-1)
  --output table|json      for people or for programs

serve takes:
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
        ["--help" | "-h" | "help"] | [_, "--help" | "-h"] => {
            println!(
                "{USAGE}{}\n{}\n{}\n  --help, --version",
                serve::HELP,
                plan::HELP,
                record::HELP
            );
            Ok(())
        }
        ["serve", options @ ..] => serve::Options::read(options).and_then(serve::run),
        ["bench", rest @ ..] => bench::run(rest),
        ["plan", rest @ ..] => plan::run(rest),
        ["record", rest @ ..] => record::run(rest),
        ["ps", rest @ ..] => ps::run(rest),
        ["explain", rest @ ..] => explain::run(rest),
        ["attach", rest @ ..] => attach::attach(rest),
        ["expose", rest @ ..] => attach::expose(rest),
        ["resources", rest @ ..] => resources::run(rest),
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

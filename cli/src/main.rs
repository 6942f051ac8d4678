//! The one binary: where the engine, the node and the server meet.
#![forbid(unsafe_code)]

mod attach;
mod bench;
mod client;
mod explain;
mod help;
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

fn main() -> ExitCode {
    node::sandbox::fork_server_main_if_asked();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    end_with_the_reader();
    if let Some(help) = help::asked(&words) {
        print!("{help}");
        return ExitCode::SUCCESS;
    }
    let outcome = match words.as_slice() {
        ["--version" | "-V"] => {
            println!("warren {}", env!("CARGO_PKG_VERSION"));
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

/// Ends quietly when nobody reads the output any more, as in `warren plan … | head`.
fn end_with_the_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let text = panic.payload_as_str().unwrap_or_default();
        if text.starts_with("failed printing to stdout") && text.contains("Broken pipe") {
            std::process::exit(0);
        }
        usual(panic);
    }));
}

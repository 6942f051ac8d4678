//! Repository chores: code generation from the service models, and a look at how files are laid out.
#![forbid(unsafe_code)]

mod codegen;
mod rooms;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match words[..] {
        ["codegen"] => codegen::run(),
        ["rooms"] => rooms::run(false).map_err(|error| error.to_string()),
        ["rooms", "--draw"] => rooms::run(true).map_err(|error| error.to_string()),
        _ => Err("usage: cargo xtask codegen | rooms [--draw]".to_owned()),
    };
    if let Err(e) = result {
        eprintln!("xtask: {e}");
        std::process::exit(1);
    }
}

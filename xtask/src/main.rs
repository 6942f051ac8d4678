//! Repository chores: code generation from the service models.
#![forbid(unsafe_code)]

mod codegen;

fn main() {
    let chore = std::env::args().nth(1);
    let result = match chore.as_deref() {
        Some("codegen") => codegen::run(),
        _ => Err("usage: cargo xtask codegen".to_owned()),
    };
    if let Err(e) = result {
        eprintln!("xtask: {e}");
        std::process::exit(1);
    }
}

//! Repository chores: code generation from the service models, a look at how files are laid out, and
//! whether what documents name is there.
#![forbid(unsafe_code)]

mod codegen;
mod documents;
mod rooms;

/// Why a chore is not done.
#[derive(Debug, thiserror::Error)]
enum ChoreError {
    #[error(transparent)]
    Codegen(#[from] codegen::CodegenError),
    #[error(transparent)]
    Documents(#[from] documents::DocumentsError),
    #[error(transparent)]
    Rooms(#[from] rooms::RoomsError),
    #[error("usage: cargo xtask codegen [--check] | documents | rooms [--draw]")]
    Usage,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Err(error) = run(&words) {
        eprintln!("xtask: {error}");
        std::process::exit(1);
    }
}

fn run(words: &[&str]) -> Result<(), ChoreError> {
    match words {
        ["codegen"] => codegen::run()?,
        ["codegen", "--check"] => codegen::check()?,
        ["documents"] => documents::run()?,
        ["rooms"] => rooms::run(false)?,
        ["rooms", "--draw"] => rooms::run(true)?,
        _ => return Err(ChoreError::Usage),
    }
    Ok(())
}

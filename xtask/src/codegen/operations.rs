//! Renders the table of a service's operations, for who answers them.

use std::io::Write;
use std::process::{Command, Stdio};

use super::error::CodegenError;
use super::model::capitalised;
use super::selection::{Home, Selected};

/// The table, which stands beside the files that answer the operations.
///
/// # Errors
/// When rustfmt refuses it.
pub(crate) fn render(selected: &Selected) -> Result<String, CodegenError> {
    let service = selected.service;
    let mut text = format!(
        "//! The operations of {service}, and the files that answer them. Written by \
         `cargo xtask codegen`.\n\n"
    );
    for file in selected.files {
        text += &format!("#[path = \"{file}.rs\"]\npub(super) mod {file};\n");
    }
    let own = capitalised(service);
    let (import, call, seen) = match selected.home {
        Home::Server => {
            ("crate::api::operation::Call".to_owned(), "Call<'_>".to_owned(), "pub(super)")
        }
        Home::Neighbours => {
            let import = format!("super::service::{own};\nuse crate::operation::Call");
            (import, format!("Call<'_, {own}>"), "pub(crate)")
        }
    };
    text += &format!(
        "\nuse serde_json::Value;\nuse wire::ApiError;\nuse wire::{service}::{{Op, input}};\n\n\
         use {import};\n\n\
         /// Runs the operation that is meant.\n\
         #[allow(clippy::too_many_lines, reason = \"a line for each operation\")]\n\
         {seen} async fn run(call: {call}, op: Op) -> Result<Value, ApiError> {{\nmatch op {{\n"
    );
    for each in selected.operations {
        let name = each.name;
        text += &format!("Op::{name} => call.run::<input::{name}>().await,\n");
    }
    text += "}\n}\n";
    formatted(&text)
}

/// The text as rustfmt lays it out.
///
/// # Errors
/// When it refuses it.
pub(crate) fn formatted(text: &str) -> Result<String, CodegenError> {
    let mut rustfmt = Command::new("rustfmt");
    // The same options as those of the files around it, whose directory it is run in.
    rustfmt.args(["--edition", "2024"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    rustfmt.stdin(Stdio::piped()).stdout(Stdio::piped());
    let failed = |error| CodegenError::Run { command: "rustfmt".to_owned(), error };
    let mut running = rustfmt.spawn().map_err(failed)?;
    if let Some(mut input) = running.stdin.take() {
        input.write_all(text.as_bytes()).map_err(failed)?;
    }
    let done = running.wait_with_output().map_err(failed)?;
    if !done.status.success() {
        let command = "rustfmt".to_owned();
        return Err(CodegenError::Failed { command, status: done.status });
    }
    String::from_utf8(done.stdout).map_err(CodegenError::Formatted)
}

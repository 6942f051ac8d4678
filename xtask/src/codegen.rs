//! Writes `wire/src/{model,model/op,input,output}/<service>.rs` from the pinned botocore service
//! models, without their prose, what lists these files, the tables of operations beside those who
//! answer them, and `docs/supported.md`.

mod botocore;
mod choice;
mod error;
mod index;
mod model;
mod operations;
mod selection;
mod table;
mod types;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use choice::Choice;
use error::{FileDeed, execute};
use selection::{Home, Selected};

pub(crate) use error::CodegenError;

/// Regenerates every table, and the page of what is supported.
///
/// # Errors
/// When the models cannot be had, or the selection does not fit them.
pub(crate) fn run() -> Result<(), CodegenError> {
    let root = root();
    for Generated { path, text } in generate(&root)? {
        let path = root.join(path);
        fs::write(&path, text).map_err(CodegenError::of(FileDeed::Write, &path))?;
    }
    // The page is told from the tables, which are compiled for it.
    let mut page = Command::new("cargo");
    page.args(["test", "--quiet", "--package", "wire", "--test", "supported"]);
    page.arg("the_page_is_current").env("UPDATE", "1").stdout(Stdio::null());
    execute(page.current_dir(root))
}

/// Compares every table with what would be written; a test of `wire` does so for the page.
///
/// # Errors
/// When one differs, and as [`run`].
pub(crate) fn check() -> Result<(), CodegenError> {
    let root = root();
    let is_stale = |generated: &Generated| {
        fs::read_to_string(root.join(&generated.path)).ok().as_ref() != Some(&generated.text)
    };
    let stale: Vec<String> =
        generate(&root)?.into_iter().filter(is_stale).map(|it| it.path).collect();
    if stale.is_empty() { Ok(()) } else { Err(CodegenError::Stale(stale)) }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file as it is to be, by its path in the repository.
struct Generated {
    path: String,
    text: String,
}

fn generate(root: &Path) -> Result<Vec<Generated>, CodegenError> {
    let models = botocore::fetch(root)?;
    let mut all = Vec::new();
    for selected in selection::SELECTION {
        let path = models.join(format!("{}.json", selected.service));
        let text = fs::read_to_string(&path).map_err(CodegenError::of(FileDeed::Read, &path))?;
        let mut model: Value =
            serde_json::from_str(&text).map_err(|error| CodegenError::Model { path, error })?;
        model::choose_protocol(&mut model);
        model::amend(&mut model, selected);
        service(selected, &model, &mut all)?;
    }
    for (path, text) in index::render()? {
        all.push(Generated { path: path.to_owned(), text });
    }
    Ok(all)
}

fn service(
    selected: &Selected,
    model: &Value,
    into: &mut Vec<Generated>,
) -> Result<(), CodegenError> {
    let choice = Choice::of(selected, model)?;
    let service = selected.service;
    for (folder, text) in [
        ("model", table::render(selected, model, &choice)?),
        ("model/op", types::operations(selected)),
        ("input", types::inputs(selected, model, &choice)?),
        ("output", types::outputs(selected, model)),
    ] {
        into.push(Generated { path: format!("wire/src/{folder}/{service}.rs"), text });
    }
    if !selected.files.is_empty() {
        let folder = match selected.home {
            Home::Server => "server/src/api",
            Home::Neighbours => "neighbours/src",
        };
        let path = format!("{folder}/{service}/operations.rs");
        into.push(Generated { path, text: operations::render(selected)? });
    }
    Ok(())
}

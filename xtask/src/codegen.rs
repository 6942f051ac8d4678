//! Writes `wire/src/{model,model/op,input,output}/<service>.rs` from the pinned botocore service models, without
//! their prose, and `docs/supported.md`.

mod choice;
mod model;
mod selection;
mod table;
mod types;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use choice::Choice;
use serde_json::Value;

/// The wheel that holds the models; pip refuses any other content.
const REQUIREMENT: &str = "botocore==1.44.5 \
    --hash=sha256:8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921\n";

const EXTRACT: &str = r#"
import gzip, pathlib, sys, zipfile
wheel = zipfile.ZipFile(next(pathlib.Path(sys.argv[1]).glob("botocore-*.whl")))
for service, version in (pair.split("/") for pair in sys.argv[2:]):
    packed = wheel.read(f"botocore/data/{service}/{version}/service-2.json.gz")
    (pathlib.Path(sys.argv[1]) / f"{service}.json").write_bytes(gzip.decompress(packed))
"#;

/// Regenerates every table, and the page of what is supported.
pub(crate) fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no workspace root")?;
    let models = fetch(root)?;
    for selected in selection::SELECTION {
        let path = models.join(format!("{}.json", selected.service));
        let text =
            fs::read_to_string(&path).map_err(|e| format!("read {}: {e}", path.display()))?;
        let model: Value = serde_json::from_str(&text).map_err(|e| format!("parse model: {e}"))?;
        let choice = Choice::of(selected, &model)?;
        for (folder, text) in [
            ("model", table::render(selected, &model, &choice)?),
            ("model/op", types::operations(selected)),
            ("input", types::inputs(selected, &model, &choice)?),
            ("output", types::outputs(selected, &model)),
        ] {
            let out = root.join(format!("wire/src/{folder}/{}.rs", selected.service));
            fs::write(&out, text).map_err(|e| format!("write {}: {e}", out.display()))?;
        }
        if !selected.files.is_empty() {
            write_operations(root, selected)?;
        }
    }
    // The page is told from the tables, which are compiled for it.
    let mut page = Command::new("cargo");
    page.args([
        "test",
        "--quiet",
        "--package",
        "wire",
        "--test",
        "supported",
        "the_page_is_current",
    ]);
    execute(page.current_dir(root).env("UPDATE", "1").stdout(Stdio::null()))
}

/// Writes the server's table of a service's operations, beside the files that answer them.
fn write_operations(root: &Path, selected: &selection::Selected) -> Result<(), String> {
    let service = selected.service;
    let mut text = format!(
        "//! The operations of {service}, and the files that answer them. Written by \
         `cargo xtask codegen`.\n\n"
    );
    for file in selected.files {
        text += &format!("#[path = \"{file}.rs\"]\npub(super) mod {file};\n");
    }
    text += &format!(
        "\nuse serde_json::Value;\nuse wire::ApiError;\nuse wire::{service}::{{Op, input}};\n\n\
         use crate::api::operation::Call;\n\n\
         /// Runs the operation that is meant.\n\
         pub(super) async fn run(call: Call<'_>, op: Op) -> Result<Value, ApiError> {{\nmatch op {{\n"
    );
    for each in selected.operations {
        let name = each.name;
        text += &format!("Op::{name} => call.run::<input::{name}>().await,\n");
    }
    text += "}\n}\n";
    let out = root.join(format!("server/src/api/{service}/operations.rs"));
    fs::write(&out, text).map_err(|e| format!("write {}: {e}", out.display()))?;
    execute(Command::new("rustfmt").args(["--edition", "2024"]).arg(&out))
}

/// Downloads and unpacks the models once, under the target directory.
fn fetch(root: &Path) -> Result<PathBuf, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let dir = target.join("botocore-1.44.5");
    if selection::SELECTION.iter().all(|s| dir.join(format!("{}.json", s.service)).exists()) {
        return Ok(dir);
    }
    fs::create_dir_all(&dir).map_err(|e| format!("create {}: {e}", dir.display()))?;
    let requirements = dir.join("requirements.txt");
    fs::write(&requirements, REQUIREMENT).map_err(|e| format!("write requirements: {e}"))?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "-d"]);
    execute(pip.arg(&dir).arg("-r").arg(&requirements))?;
    let mut extract = Command::new("python3");
    extract.args(["-c", EXTRACT]).arg(&dir);
    execute(
        extract.args(selection::SELECTION.iter().map(|s| format!("{}/{}", s.service, s.version))),
    )?;
    Ok(dir)
}

fn execute(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|e| format!("start {command:?}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}

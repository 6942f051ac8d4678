//! Fetches the pinned botocore service models.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::{CodegenError, FileDeed, execute};
use super::selection::SELECTION;

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

/// Downloads and unpacks the models once, under the target directory, and says where.
///
/// # Errors
/// When PyPI is not reached, does not have them, or they cannot be unpacked.
pub(crate) fn fetch(root: &Path) -> Result<PathBuf, CodegenError> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let dir = target.join("botocore-1.44.5");
    if SELECTION.iter().all(|s| dir.join(format!("{}.json", s.service)).exists()) {
        return Ok(dir);
    }
    fs::create_dir_all(&dir).map_err(CodegenError::of(FileDeed::Create, &dir))?;
    let requirements = dir.join("requirements.txt");
    fs::write(&requirements, REQUIREMENT)
        .map_err(CodegenError::of(FileDeed::Write, &requirements))?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "-d"]);
    execute(pip.arg(&dir).arg("-r").arg(&requirements))?;
    let mut extract = Command::new("python3");
    extract.args(["-c", EXTRACT]).arg(&dir);
    execute(extract.args(SELECTION.iter().map(|s| format!("{}/{}", s.service, s.version))))?;
    Ok(dir)
}

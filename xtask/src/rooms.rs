//! How the house is laid out: which file imports which, and whether files and circles are small.
//!
//! A circle is a set of files each of which imports, through others, each other one. What only tests
//! see does not count, nor does generated code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

mod circle;
mod paths;

use circle::circles;
use paths::imports;

/// The crates that are looked at.
const CRATES: [&str; 7] = ["engine", "wire", "neighbours", "node", "server", "cli", "sim"];
/// Lines that a file may have, those of its tests left out.
const LINES: usize = 600;
/// Files that a circle may have.
const CIRCLE: usize = 3;
/// How a generated file tells that it is.
const GENERATED: &str = "Written by `cargo xtask codegen`";

/// What is too large, or cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RoomsError {
    #[error("{} cannot be read: {error}", path.display())]
    Read { path: PathBuf, error: std::io::Error },
    #[error("{}", .0.join("\n"))]
    TooLarge(Vec<String>),
}

/// The modules of a crate that stand in files of their own, by their paths, for instance `net::rules`.
/// The crate's root has the empty path.
pub(crate) type Modules = BTreeMap<String, Module>;

/// A module in a file of its own.
#[derive(Debug)]
pub(crate) struct Module {
    file: PathBuf,
    /// Its text without what only tests see.
    text: String,
}

/// Looks at every crate; with `draw`, prints the imports as a graph of Graphviz.
///
/// # Errors
/// When a file or a circle is too large.
pub(crate) fn run(draw: bool) -> Result<(), RoomsError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for name in CRATES {
        let modules = read(&root.join(name).join("src"))?;
        let graph: BTreeMap<String, BTreeSet<String>> = modules
            .iter()
            .map(|(path, module)| (path.clone(), imports(path, &module.text, &modules)))
            .collect();
        if draw {
            print!("{}", picture(name, &graph));
        }
        let shown =
            |path: &str| if path.is_empty() { "(root)".to_owned() } else { path.to_owned() };
        for circle in circles(&graph).into_iter().filter(|circle| circle.len() > CIRCLE) {
            let names: Vec<String> = circle.iter().map(|path| shown(path)).collect();
            let (count, names) = (names.len(), names.join(", "));
            found.push(format!("{name}: a circle of {count} files: {names}"));
        }
        for module in modules.values() {
            let lines = module.text.lines().count();
            if lines > LINES && !module.text.contains(GENERATED) {
                let file = module.file.strip_prefix(&root).unwrap_or(&module.file);
                found.push(format!("{} has {lines} lines, {LINES} are enough", file.display()));
            }
        }
    }
    if found.is_empty() { Ok(()) } else { Err(RoomsError::TooLarge(found)) }
}

fn picture(name: &str, graph: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut out = format!("digraph {name} {{\n");
    for (from, all) in graph {
        for to in all {
            out.push_str(&format!("  \"{from}\" -> \"{to}\";\n"));
        }
    }
    out + "}\n"
}

fn read(source: &Path) -> Result<Modules, RoomsError> {
    let mut modules = Modules::new();
    let mut tests = BTreeSet::new();
    read_folder(source, "", &mut modules, &mut tests)?;
    modules.retain(|path, _| {
        !tests.iter().any(|test| path == test || path.starts_with(&format!("{test}::")))
    });
    Ok(modules)
}

fn read_folder(
    folder: &Path,
    parent: &str,
    modules: &mut Modules,
    tests: &mut BTreeSet<String>,
) -> Result<(), RoomsError> {
    let unreadable = |error| RoomsError::Read { path: folder.to_owned(), error };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if file.is_dir() {
            if stem != "bin" {
                read_folder(&file, &join(parent, &stem), modules, tests)?;
            }
        } else if file.extension().is_some_and(|end| end == "rs") {
            let path = match stem.as_str() {
                "lib" | "main" if parent.is_empty() => String::new(),
                "mod" => parent.to_owned(),
                _ => join(parent, &stem),
            };
            let text = fs::read_to_string(&file)
                .map_err(|error| RoomsError::Read { path: file.clone(), error })?;
            let (text, only_tests) = without_tests(&text);
            tests.extend(only_tests.into_iter().map(|name| join(&path, &name)));
            modules.insert(path, Module { file, text });
        }
    }
    Ok(())
}

/// The path of a module in another.
pub(crate) fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}::{name}") }
}

/// A text without what stands behind `#[cfg(test)]`, and the modules that are declared so.
fn without_tests(text: &str) -> (String, Vec<String>) {
    let (mut kept, mut only_tests) = (String::new(), Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let Some(item) = lines.next() else { break };
        let declared = item.trim().trim_start_matches("pub(crate) ").strip_prefix("mod ");
        if let Some(name) = declared.and_then(|rest| rest.strip_suffix(';')) {
            only_tests.push(name.to_owned());
        } else if !item.trim_end().ends_with([';', '}']) {
            // The item ends with the first line that is indented as it is and closes it.
            let indent: String = item.chars().take_while(|c| *c == ' ').collect();
            let end = format!("{indent}}}");
            lines.by_ref().find(|line| line.starts_with(&end));
        }
    }
    (kept, only_tests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_see_does_not_count() {
        let text =
            "use a;\n#[cfg(test)]\nmod tests {\n    use b;\n}\n#[cfg(test)]\nmod far;\nuse c;\n";
        let (kept, only_tests) = without_tests(text);
        assert_eq!(kept, "use a;\nuse c;\n");
        assert_eq!(only_tests, ["far"]);
    }
}

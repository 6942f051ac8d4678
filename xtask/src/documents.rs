//! Whether what the documents name is there: files, directories, tests and words within them.
//!
//! In SPECIFICATION.md a row's last column names its tests: a file, a file and the beginning of a
//! test's name (`file.rs::beginning…`), a further beginning in the file named last, or a word that
//! the file holds. A name without a directory is beside the one before it, or anywhere.

use std::fs;
use std::path::{Path, PathBuf};

/// What a document names and is not there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DocumentsError {
    #[error("{} cannot be read: {error}", path.display())]
    Read { path: PathBuf, error: std::io::Error },
    #[error("{}", .0.join("\n"))]
    Missing(Vec<String>),
}

/// The document of promises, whose tests are looked for.
const SPECIFICATION: &str = "SPECIFICATION.md";
/// Documents of which only files and directories are looked for.
const OTHERS: [&str; 3] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];
/// How names of files end.
const ENDINGS: [&str; 7] = [".rs", ".py", ".md", ".txt", ".toml", ".yml", ".mjs"];

/// Looks at all documents.
///
/// # Errors
/// When one names what is not there.
pub(crate) fn run() -> Result<(), DocumentsError> {
    let tree = Tree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))?;
    let mut missing = Vec::new();
    for document in OTHERS {
        let text = tree.text(document)?;
        let names = quoted(&text).filter(|name| is_place(name) && !is_elsewhere(name));
        let unknown = names.filter(|name| tree.find(name, None).is_empty());
        missing.extend(unknown.map(|name| format!("{document}: {name} is not there")));
    }
    for line in tree.text(SPECIFICATION)?.lines().filter(|line| line.starts_with("| ")) {
        let tests = line.trim_end_matches(['|', ' ']).rsplit(" | ").next().unwrap_or_default();
        let unknown = tree.unknown(tests)?;
        missing.extend(unknown.into_iter().map(|name| {
            let promise: String = line.chars().skip(2).take(50).collect();
            format!("{SPECIFICATION}: {name} is not there ({promise}…)")
        }));
    }
    if missing.is_empty() { Ok(()) } else { Err(DocumentsError::Missing(missing)) }
}

/// What stands in backquotes, outside of blocks of code.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2))
}

/// Whether a name is that of a file or a directory.
fn is_place(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    name.bytes().all(is_plain)
        && (ENDINGS.iter().any(|ending| name.ends_with(ending))
            || name.ends_with('/') && name.len() > 1)
}

/// What is made on a machine, or asked of a server, and not kept here.
fn is_elsewhere(name: &str) -> bool {
    name.starts_with('/') || name.starts_with("target/")
}

/// The files of the repository, by their paths.
struct Tree {
    root: PathBuf,
    files: Vec<String>,
}

impl Tree {
    fn read(root: &Path) -> Result<Tree, DocumentsError> {
        let mut tree = Tree { root: root.to_owned(), files: Vec::new() };
        let mut below = vec![PathBuf::new()];
        while let Some(directory) = below.pop() {
            let path = root.join(&directory);
            let unreadable = |error| DocumentsError::Read { path: path.clone(), error };
            for entry in fs::read_dir(&path).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let relative = directory.join(&name);
                let is_kept = !name.starts_with('.') && relative != Path::new("target");
                match entry.file_type().map_err(unreadable)?.is_dir() {
                    true if is_kept => below.push(relative),
                    true => {}
                    false => tree.files.push(relative.to_string_lossy().into_owned()),
                }
            }
        }
        tree.files.sort();
        Ok(tree)
    }

    fn text(&self, file: &str) -> Result<String, DocumentsError> {
        let path = self.root.join(file);
        fs::read_to_string(&path).map_err(|error| DocumentsError::Read { path, error })
    }

    /// The files of a name: where it leads from the root or within a crate's `src`, beside the file
    /// named before, or wherever a path ends with it. Of a directory all of its files.
    fn find(&self, name: &str, before: Option<&str>) -> Vec<&String> {
        let name = name.trim_start_matches("./");
        let beside = before.and_then(|before| before.rsplit_once('/'));
        let beside = beside.map(|(directory, _)| format!("{directory}/{name}"));
        let in_crate = name.split_once('/').map(|(part, rest)| format!("{part}/src/{rest}"));
        let is = |file: &&String, wanted: &str| match wanted.ends_with('/') {
            true => file.starts_with(wanted),
            false => file.as_str() == wanted,
        };
        for wanted in [Some(name.to_owned()), beside, in_crate].into_iter().flatten() {
            let found: Vec<&String> = self.files.iter().filter(|file| is(file, &wanted)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        let wanted = format!("/{name}");
        let ends = |file: &&String| match wanted.ends_with('/') {
            true => file.contains(&wanted),
            false => file.ends_with(&wanted),
        };
        self.files.iter().filter(ends).collect()
    }

    /// What a column of tests names and is not there.
    fn unknown(&self, tests: &str) -> Result<Vec<String>, DocumentsError> {
        let mut unknown = Vec::new();
        let mut last: Vec<&String> = Vec::new();
        for name in quoted(tests) {
            let (place, word) = match name.split_once("::") {
                Some((place, word)) => (place, Some(word)),
                None => (name, None),
            };
            if place.starts_with("cargo ") || place == "clippy" {
                continue;
            }
            let is_command = name.starts_with("./");
            // Its words are its own matter.
            let place = if is_command { place.split(' ').next().unwrap_or(place) } else { place };
            if is_place(place) || is_command || self.root.join(place).is_dir() {
                let place = match self.root.join(place).is_dir() && !place.ends_with('/') {
                    true => format!("{place}/"),
                    false => place.to_owned(),
                };
                last = self.find(&place, last.first().map(|file| file.as_str()));
                if last.is_empty() {
                    unknown.push(name.to_owned());
                } else if let Some(word) = word
                    && !self.holds_test(&last, word)?
                {
                    unknown.push(name.to_owned());
                }
            } else if !self.holds_test(&last, name)? && !self.holds_word(&last, name)? {
                unknown.push(name.to_owned());
            }
        }
        Ok(unknown)
    }

    /// Whether a test begins with a name; the whole of it where it does not end with an ellipsis.
    fn holds_test(&self, files: &[&String], name: &str) -> Result<bool, DocumentsError> {
        let beginning = name.trim_end_matches('…');
        let ends = if name.ends_with('…') { "" } else { "(" };
        let wanted = ["fn", "def"].map(|word| format!("{word} {beginning}{ends}"));
        self.hold(files, |text| wanted.iter().any(|wanted| text.contains(wanted)))
    }

    fn holds_word(&self, files: &[&String], word: &str) -> Result<bool, DocumentsError> {
        let is_part = |each: char| each.is_alphanumeric() || each == '_';
        self.hold(files, |text| text.split(|each| !is_part(each)).any(|each| each == word))
    }

    fn hold(
        &self,
        files: &[&String],
        wanted: impl Fn(&str) -> bool,
    ) -> Result<bool, DocumentsError> {
        for file in files {
            if wanted(&self.text(file)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(tests: &str) -> Vec<String> {
        let tree = Tree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        tree.unknown(tests).unwrap()
    }

    #[test]
    fn what_is_there_is_found_as_documents_name_it() {
        for tests in [
            "`xtask/src/documents.rs`; unit tests of `rooms.rs`",
            "`xtask/src/documents.rs::what_is_there…`, `what_is_not_there…`",
            "`xtask/src/documents.rs` (`Tree`); `xtask` (`DocumentsError`); `./test`",
            "`cargo xtask rooms`, `clippy::too_many_lines`; e2e `conftest.py`",
        ] {
            assert_eq!(unknown(tests), Vec::<String>::new(), "{tests}");
        }
    }

    #[test]
    fn what_is_not_there_is_named() {
        for (tests, missing) in [
            ("`xtask/src/nowhere.rs`", "xtask/src/nowhere.rs"),
            ("`xtask/src/documents.rs::what_is_there`", "xtask/src/documents.rs::what_is_there"),
            ("`xtask/src/main.rs`, `what_is_there…`", "what_is_there…"),
            ("`xtask/src/main.rs` (`Tree`)", "Tree"),
            ("`./nowhere`", "./nowhere"),
        ] {
            assert_eq!(unknown(tests), [missing], "{tests}");
        }
    }

    #[test]
    fn only_files_and_directories_are_places() {
        assert!(is_place("net/rules.rs") && is_place("store/") && is_place("xtask/src/"));
        assert!(!is_place("unsafe") && !is_place("api/<service>/") && !is_place("GET /x.rs"));
        assert_eq!(quoted("a `b` c\n```\n`d`\n```\n`e`").collect::<Vec<_>>(), ["b", "e"]);
    }
}

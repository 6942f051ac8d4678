//! Renders the files of `wire` that list what there is of each service.

use std::fmt::Write;

use super::error::CodegenError;
use super::model::capitalised;
use super::operations::formatted;
use super::selection::SELECTION;

/// The files, by their paths.
///
/// # Errors
/// When rustfmt refuses one.
pub(crate) fn render() -> Result<Vec<(&'static str, String)>, CodegenError> {
    let files = [
        ("wire/src/model.rs", models()),
        ("wire/src/model/op.rs", ops()),
        (
            "wire/src/input.rs",
            listed("The structs of inputs: one an operation, with the members that are read."),
        ),
        ("wire/src/output.rs", listed("The structs of outputs, with all of their members.")),
        ("wire/src/service.rs", services()),
    ];
    files.into_iter().map(|(path, text)| Ok((path, formatted(&text)?))).collect()
}

const WRITTEN: &str = "//!\n//! Written by `cargo xtask codegen`.\n\n";

/// The lines that declare a module of each service.
fn modules(visibility: &str) -> String {
    let mut names: Vec<&str> = SELECTION.iter().map(|selected| selected.service).collect();
    names.sort_unstable();
    let line = |name| format!("#[rustfmt::skip]\n{visibility} mod {name};\n");
    names.into_iter().map(line).collect()
}

fn listed(promise: &str) -> String {
    format!("//! {promise}\n{WRITTEN}{}", modules("pub"))
}

fn models() -> String {
    let mut out = format!(
        "//! The service model: operations, shapes and error shapes as static tables.\n\
         //!\n//! The tables hold structure only.\n{WRITTEN}\
         mod build;\npub(crate) mod op;\nmod operation;\nmod pattern;\nmod shape;\n{}\n\
         pub use op::Op;\n\
         pub use operation::{{ErrorShape, Operation, Protocol, Route, Service}};\n\
         pub use pattern::Pattern;\n\
         pub use shape::{{Bounds, Kind, Location, MapSpelling, Member, Shape, Support}};\n\n\
         /// Every service with tables.\n\
         pub static SERVICES: [&Service; {}] = [\n",
        modules("pub(crate)"),
        SELECTION.len(),
    );
    for selected in SELECTION {
        let _ = writeln!(out, "    &{}::SERVICE,", selected.service);
    }
    out + "];\n"
}

fn ops() -> String {
    let mut out = format!(
        "//! Which operation is meant, for dispatch by `match`.\n{WRITTEN}{}\n\
         /// The identity of a supported operation, for dispatch by `match`.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\npub enum Op {{\n",
        modules("pub(crate)"),
    );
    for selected in SELECTION {
        let (title, service) = (selected.title, selected.service);
        let _ =
            writeln!(out, "/// An operation of {title}.\n{}({service}::Op),", capitalised(service));
    }
    out + "}\n"
}

fn services() -> String {
    let mut out = format!(
        "//! One module a service: its table, the types of its operations, and its errors.\n{WRITTEN}\
         macro_rules! service {{\n    ($name:ident, $title:literal) => {{\n\
         #[doc = concat!($title, \": its table, operations and errors.\")]\n\
         pub mod $name {{\n\
         pub use crate::input::$name as input;\n\
         pub use crate::model::op::$name::Op;\n\
         pub use crate::model::$name::SERVICE;\n\
         pub use crate::output::$name as output;\n\n\
         #[doc = concat!(\"An error of \", $title, \"; the status follows from the code.\")]\n\
         pub fn error(\n\
         code: impl Into<std::borrow::Cow<'static, str>>,\n\
         message: impl Into<String>,\n\
         ) -> crate::error::ApiError {{\n\
         crate::error::ApiError::new(&SERVICE, code, message)\n\
         }}\n}}\n    }};\n}}\n"
    );
    for selected in SELECTION {
        let _ = writeln!(out, "service!({}, {:?});", selected.service, selected.title);
    }
    out
}

//! Renders the types of one service as Rust: its operations, their inputs and their outputs.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;

use super::choice::Choice;
use super::error::CodegenError;
use super::model::{capitalised, list, object, reach, snake, structure_within, text};
use super::selection::Selected;

struct Types<'a> {
    shapes: &'a Value,
    /// Whether a list that is absent differs from an empty one.
    tells_absent_lists: bool,
    documents: &'a [&'a str],
    /// Whether they are read, not written.
    is_input: bool,
    out: String,
}

/// The inputs: one struct an operation, named as it is, with the members that are read.
pub(crate) fn inputs(
    selected: &Selected,
    model: &Value,
    choice: &Choice<'_>,
) -> Result<String, CodegenError> {
    let protocol = text(&model["metadata"], "protocol");
    let mut types = Types {
        shapes: &model["shapes"],
        tells_absent_lists: matches!(protocol, "json" | "rest-json" | "rest-xml"),
        documents: selected.documents,
        is_input: true,
        out: head(selected, "inputs", "use crate::members::input;\n"),
    };
    if !selected.operations.is_sorted_by_key(|op| op.name) {
        // They are found by name by halving.
        let why =
            format!("the operations of {} are not in the order of their names", selected.service);
        return Err(CodegenError::Selection(why));
    }
    let mut nested = BTreeSet::new();
    for op in selected.operations {
        let input = text(&model["operations"][op.name]["input"], "shape");
        let shape = &model["shapes"][input];
        if !shape["payload"].is_null() && protocol != "rest-xml" {
            // The payload is the body, which is no value: such an operation is read by hand.
            continue;
        }
        types.structure(op.name, shape, Some(op.reads), "");
        nested.extend(op.reads.iter().map(|name| text(&shape["members"][*name], "shape")));
    }
    let mut done = BTreeSet::new();
    while let Some(name) = nested.pop_first() {
        let within = structure_within(&model["shapes"], name);
        let within = within.filter(|name| !selected.documents.contains(name));
        let Some(name) = within.filter(|name| done.insert(*name)) else { continue };
        if selected.operations.iter().any(|op| op.name == name) {
            let why = format!("{name} is the name of an operation and of a shape");
            return Err(CodegenError::Selection(why));
        }
        let shape = &model["shapes"][name];
        let reads = choice.selection(name).map_or(&[][..], |selection| selection.reads);
        types.structure(name, shape, Some(reads), "");
        nested.extend(reads.iter().map(|name| text(&shape["members"][*name], "shape")));
    }
    Ok(types.out)
}

/// The operations: one variant each, for dispatch by `match`.
pub(crate) fn operations(selected: &Selected) -> String {
    let mut out = format!(
        "//! {}'s operations by name. Written by `cargo xtask codegen`.\n\n\
         /// The supported operations.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n\
         pub enum Op {{\n",
        selected.service
    );
    for name in selected.operations.iter().map(|op| op.name) {
        let _ = writeln!(out, "    /// `{name}`.\n    {name},");
    }
    out + "}\n"
}

/// The outputs, with all of their members.
pub(crate) fn outputs(selected: &Selected, model: &Value) -> String {
    let mut types = Types {
        shapes: &model["shapes"],
        tells_absent_lists: true,
        documents: selected.documents,
        is_input: false,
        out: head(selected, "outputs", "use serde::Serialize;\n"),
    };
    let is_xml = model["metadata"]["protocol"] == "rest-xml";
    // What is within documents is a value.
    let mut reached: BTreeSet<&str> = selected.documents.iter().copied().collect();
    for op in selected.operations {
        if let Some(output) = model["operations"][op.name]["output"]["shape"].as_str()
            && (is_xml || model["shapes"][output]["payload"].is_null())
        {
            reach(&model["shapes"], output, &mut reached);
        }
    }
    for name in reached.into_iter().filter(|name| !selected.documents.contains(name)) {
        let shape = &model["shapes"][name];
        if text(shape, "type") == "structure" {
            // What must be told must be written: no default leaves it out.
            let is_free = list(&shape["required"]).is_empty();
            types.structure(
                name,
                shape,
                None,
                if is_free { "Serialize, Default" } else { "Serialize" },
            );
        }
    }
    types.out
}

fn head(selected: &Selected, what: &str, uses: &str) -> String {
    format!(
        "//! The {what} of {}'s operations. Written by `cargo xtask codegen`.\n\
         #![allow(missing_docs, reason = \"the words are AWS's\")]\n\
         #![allow(clippy::all, unused_imports)]\n\
         use std::collections::BTreeMap;\n{uses}",
        selected.service
    )
}

impl Types<'_> {
    /// A structure with all of its members, or some. What an output derives is told.
    fn structure(&mut self, name: &str, shape: &Value, only: Option<&[&str]>, derives: &str) {
        let mut fields = String::new();
        for (member, reference) in object(&shape["members"]) {
            if only.is_some_and(|only| !only.contains(&member.as_str())) {
                continue;
            }
            if shape["payload"] == member.as_str() && self.is_blob(reference) {
                // It is the body, which comes and goes beside the value.
                continue;
            }
            let is_required = list(&shape["required"]).iter().any(|name| name == member);
            let target = text(reference, "shape");
            let is_list = text(&self.shapes[target], "type") == "list";
            let kind = self.kind(target);
            let (takes, kind) = match (is_required, is_list && !self.tells_absent_lists) {
                (true, false) => ("must", kind),
                (_, true) => ("may", kind),
                (false, false) => ("may", format!("Option<{kind}>")),
            };
            let field = snake(member);
            let _ = match self.is_input {
                true => write!(fields, "\n    {takes} {member:?} {field}: {kind},"),
                false => {
                    write!(fields, "\n    #[serde(rename = {member:?})] pub {field}: {kind},")
                }
            };
        }
        let end = if fields.is_empty() { "" } else { "\n" };
        let name = capitalised(name);
        let _ = match self.is_input {
            true => write!(self.out, "\ninput! {{ {name} {{{fields}{end}}} }}\n"),
            false => write!(
                self.out,
                "\n#[derive(Debug, Clone, PartialEq, {derives})]\npub struct {name} {{{fields}{end}}}\n"
            ),
        };
    }

    fn is_blob(&self, reference: &Value) -> bool {
        self.shapes[text(reference, "shape")]["type"] == "blob"
    }

    fn kind(&self, name: &str) -> String {
        if self.documents.contains(&name) {
            return "serde_json::Value".to_owned();
        }
        let shape = &self.shapes[name];
        match text(shape, "type") {
            "structure" => capitalised(name),
            "list" => format!("Vec<{}>", self.kind(text(&shape["member"], "shape"))),
            "map" => format!("BTreeMap<String, {}>", self.kind(text(&shape["value"], "shape"))),
            "integer" => "i32".to_owned(),
            "long" | "timestamp" => "i64".to_owned(),
            "double" | "float" => "f64".to_owned(),
            "boolean" => "bool".to_owned(),
            _ => "String".to_owned(),
        }
    }
}

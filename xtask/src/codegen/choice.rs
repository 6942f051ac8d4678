//! The selection of one service, checked against its model.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::error::CodegenError;
use super::model::{object, reach, structure_within, text};
use super::selection::{Selected, Selection};

/// What is selected of the structures of inputs, by the names of their shapes.
pub(crate) struct Choice<'a> {
    shapes: &'a Value,
    selections: BTreeMap<&'a str, Selection>,
    documents: &'a [&'a str],
    /// The structures within documents.
    kept: BTreeSet<&'a str>,
}

fn wrong(why: String) -> CodegenError {
    CodegenError::Selection(why)
}

impl<'a> Choice<'a> {
    /// The checked selection.
    ///
    /// # Errors
    /// When the selection names what the model does not have, or leaves out what it must say.
    pub(crate) fn of(selected: &'a Selected, model: &'a Value) -> Result<Choice<'a>, CodegenError> {
        let shapes = &model["shapes"];
        let documents = selected.documents;
        let mut kept = BTreeSet::new();
        for name in documents {
            if shapes[*name].is_null() {
                return Err(wrong(format!("the model has no shape {name}")));
            }
            reach(shapes, name, &mut kept);
        }
        let mut choice = Choice { shapes, selections: BTreeMap::new(), documents, kept };
        let mut reached = BTreeSet::new();
        for op in selected.operations {
            let operation = &model["operations"][op.name];
            if operation.is_null() {
                let (service, name) = (selected.service, op.name);
                return Err(wrong(format!("the model of {service} has no operation {name}")));
            }
            match operation["input"]["shape"].as_str() {
                Some(input) => choice.add(input, op, &mut reached)?,
                None if op.reads.is_empty() => {}
                None => return Err(wrong(format!("{} has no input to read", op.name))),
            }
        }
        for shape in selected.shapes {
            choice.add(shape.name, shape, &mut reached)?;
        }
        match reached.iter().find(|name| !choice.selections.contains_key(*name)) {
            Some(name) => Err(wrong(format!("{name} is read, and its members are not selected"))),
            None => Ok(choice),
        }
    }

    fn add(
        &mut self,
        shape: &'a str,
        selection: &'a Selection,
        reached: &mut BTreeSet<&'a str>,
    ) -> Result<(), CodegenError> {
        let members = object(&self.shapes[shape]["members"]);
        let ignored = selection.ignores.iter().chain(selection.defaults).map(|(name, _)| name);
        for name in selection.reads.iter().chain(ignored) {
            if !members.contains_key(*name) {
                return Err(wrong(format!("{} has no member {name}", selection.name)));
            }
            if selection.reads.contains(name) {
                let within = structure_within(self.shapes, text(&members[*name], "shape"));
                reached.extend(within.filter(|name| !self.documents.contains(name)));
            }
        }
        match self.selections.insert(shape, *selection) {
            Some(_) => Err(wrong(format!("{shape} is selected twice"))),
            None => Ok(()),
        }
    }

    /// What is selected of a structure within inputs, or of an input.
    pub(crate) fn selection(&self, shape: &str) -> Option<&Selection> {
        self.selections.get(shape)
    }

    /// How a table marks a member of a shape.
    pub(crate) fn mark(&self, shape: &str, member: &str, target: &str) -> String {
        let Some(selection) = self.selection(shape) else {
            return if self.kept.contains(shape) { ".read()".to_owned() } else { String::new() };
        };
        if selection.reads.contains(&member) {
            return ".read()".to_owned();
        }
        if let Some((_, reason)) = selection.ignores.iter().find(|(name, _)| *name == member) {
            return format!(".ignored({reason:?})");
        }
        let values: Vec<&str> = selection
            .defaults
            .iter()
            .filter(|(name, _)| *name == member)
            .map(|(_, v)| *v)
            .collect();
        if !values.is_empty() {
            return format!(".only(&{values:?})");
        }
        // Nobody reads what is within a member that is not read: of such a structure only what has
        // no effect can be accepted.
        let within = structure_within(self.shapes, target).and_then(|name| self.selection(name));
        match within {
            Some(within) if within.reads.is_empty() => ".within()".to_owned(),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::selection::{op, shape};
    use serde_json::json;

    #[test]
    fn what_the_model_does_not_have_is_told() {
        let model = json!({
            "operations": {"Put": {"input": {"shape": "PutRequest"}}, "Stop": {}},
            "shapes": {
                "PutRequest": {"type": "structure", "members": {"A": {"shape": "In"}, "B": {"shape": "In"}}},
                "In": {"type": "structure", "members": {"C": {"shape": "Text"}}},
                "Text": {"type": "string"}
            }
        });
        let choose = |operations: &'static [Selection], shapes: &'static [Selection]| {
            let selected = Selected { service: "s", operations, shapes, ..Selected::PLAIN };
            Choice::of(&selected, &model)
                .map(|choice| ["A", "B"].map(|member| choice.mark("PutRequest", member, "In")))
        };
        let within = &[shape!(In, reads: [C])];
        let marks = choose(&[op!(Put, reads: [A])], within).expect("good");
        assert_eq!(marks, [".read()", ""]);
        let without_effect = &[shape!(In, reads: [], defaults: [C: "x"])];
        let marks = choose(&[op!(Put, reads: [A])], without_effect).expect("good");
        assert_eq!(marks, [".read()", ".within()"]);
        let marks = choose(&[op!(Put, reads: [], ignores: [A: "why"])], &[]).expect("good");
        assert_eq!(marks, [".ignored(\"why\")", ""]);
        let wrong = [
            choose(&[op!(Put, reads: [A])], &[]),
            choose(&[op!(Put, reads: [D])], within),
            choose(&[op!(Put, reads: [], defaults: [D: "x"])], within),
            choose(&[op!(Put, reads: [A])], &[shape!(In, reads: [C]), shape!(In, reads: [])]),
            choose(&[op!(Get, reads: [])], &[]),
            choose(&[op!(Stop, reads: [A])], &[]),
        ];
        for outcome in wrong {
            outcome.expect_err("a refusal");
        }
    }
}

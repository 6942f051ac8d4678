//! Renders one service's table as Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use super::choice::Choice;
use super::error::CodegenError;
use super::model::{capitalised, is_also_query, list, object, reach, text};
use super::selection::{Selected, Selection};

/// Patterns whose Java syntax the regex crate lacks, with an equivalent.
const EQUIVALENTS: &[(&str, &str)] = &[
    (r"[0-9A-Za-z\.\-_]*(?<!\.)", r"(?:[0-9A-Za-z\.\-_]*[0-9A-Za-z\-_])?"),
    // Words that are no numbers.
    (r"(?!^[0-9]+$)([a-zA-Z0-9-_]+)", r"[0-9]*[a-zA-Z\-_][a-zA-Z0-9\-_]*"),
    (r"((?!^\d+$)^[0-9a-zA-Z-_]+$)", r"[0-9]*[a-zA-Z\-_][a-zA-Z0-9\-_]*"),
    (
        r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?",
        r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:[0-9]*[a-zA-Z\-_][a-zA-Z0-9\-_]*)?",
    ),
    (
        r"(^(?!(system\x2e)))(^[_a-zA-Z0-9])([^$]*)",
        r"(?:[_a-rt-zA-Z0-9][^$]*|s(?:[^y$][^$]*)?|sy(?:[^s$][^$]*)?|sys(?:[^t$][^$]*)?|syst(?:[^e$][^$]*)?|syste(?:[^m$][^$]*)?|system(?:[^.$][^$]*)?)",
    ),
    (r"^(?!\s*$).+", r".*\S.*"),
    // A source of events that does not begin with `aws.`, or a path.
    (
        r"(?=[/\.\-_A-Za-z0-9]+)((?!aws\.).*)|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*)",
        r"[/\.\-_A-Zb-z0-9].*|a(?:|[^w].*|w(?:|[^s].*|s(?:|[^.].*)))|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*)",
    ),
    // The bounds of its length say the rest.
    (r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", "^[a-z0-9](-?[a-z0-9])+$"),
];

struct Table<'a> {
    shapes: &'a Value,
    choice: &'a Choice<'a>,
    protocol: &'a str,
    /// Shapes of requests carry constraints; those of responses need none.
    inputs: BTreeSet<&'a str>,
    used: BTreeSet<&'a str>,
    patterns: BTreeMap<String, usize>,
    out: String,
}

/// The table of the selected operations of a model.
pub(crate) fn render(
    selected: &Selected,
    model: &Value,
    choice: &Choice<'_>,
) -> Result<String, CodegenError> {
    let metadata = &model["metadata"];
    let mut table = Table {
        shapes: &model["shapes"],
        choice,
        protocol: text(metadata, "protocol"),
        inputs: BTreeSet::new(),
        used: BTreeSet::new(),
        patterns: BTreeMap::new(),
        out: String::new(),
    };
    let mut errors = BTreeSet::new();
    for op in selected.operations {
        let operation = &model["operations"][op.name];
        if let Some(input) = operation["input"]["shape"].as_str() {
            reach(table.shapes, input, &mut table.inputs);
        }
        if let Some(output) = operation["output"]["shape"].as_str() {
            reach(table.shapes, output, &mut table.used);
        }
        errors.extend(list(&operation["errors"]).iter().filter_map(|e| e["shape"].as_str()));
    }
    errors.extend(selected.errors.iter().map(|(code, _)| *code));
    // Lambda's and Logs' errors carry members; XML errors are spelled by the protocol alone.
    if table.is_json() {
        for error in &errors {
            for member in object(&table.shapes[*error]["members"]).values() {
                reach(table.shapes, text(member, "shape"), &mut table.used);
            }
        }
    }
    let inputs = table.inputs.clone();
    table.used.extend(inputs);
    table.head(selected, metadata);
    table.operations(selected, model);
    table.errors(&errors);
    table.unsupported(selected, model);
    for name in table.used.clone() {
        table.shape(name)?;
    }
    table.finish_patterns();
    Ok(table.out)
}

impl<'a> Table<'a> {
    fn is_json(&self) -> bool {
        matches!(self.protocol, "json" | "rest-json")
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn head(&mut self, selected: &Selected, metadata: &Value) {
        let name = text(metadata, "serviceFullName");
        self.line(&format!("//! {name} {}. Written by `cargo xtask codegen`.", selected.version));
        self.line("#![allow(clippy::all)]");
        self.line("#![allow(unused_imports, reason = \"no table needs every one\")]");
        self.line("use super::build::*;");
        self.line(&format!("use super::op::{{self, {}::Op}};", selected.service));
        self.line("use super::operation::{ErrorShape, Operation, Protocol, Route, Service};");
        self.line("use super::pattern::Pattern;");
        self.line("use super::shape::{Bounds, Kind, Location, Member, Shape};\n");
        self.line("/// The service.");
        let protocol = match self.protocol {
            "ec2" => "Ec2",
            "query" => "Query",
            "rest-json" => "RestJson",
            "rest-xml" => "RestXml",
            _ => "Json",
        };
        let is_also_query = is_also_query(metadata);
        let service = |table: &str, protocol: &str, target: &str, also: &str| {
            format!(
                "static {table}SERVICE: Service = Service {{ name: {:?}, signing: {:?}, version: {:?}, \
                 protocol: Protocol::{protocol}, namespace: {:?}, target: {target:?}, \
                 json: {:?}, error_prefix: {:?}, operations: &{table}OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: {also} }};\n",
                selected.service,
                metadata["signingName"].as_str().unwrap_or(text(metadata, "endpointPrefix")),
                selected.version,
                text(metadata, "xmlNamespace"),
                text(metadata, "jsonVersion"),
                selected.error_prefix,
            )
        };
        let also = if is_also_query { "Some(&QUERY_SERVICE)" } else { "None" };
        let line = service("", protocol, text(metadata, "targetPrefix"), also);
        self.line(&format!("pub {line}"));
        if is_also_query {
            self.line("/// The same, as older clients spell it.");
            self.line(&service("QUERY_", "Query", "", "None"));
        }
    }

    fn operations(&mut self, selected: &Selected, model: &Value) {
        self.operations_of("", selected, model);
        if is_also_query(&model["metadata"]) {
            self.operations_of("QUERY_", selected, model);
        }
    }

    fn operations_of(&mut self, table: &str, selected: &Selected, model: &Value) {
        let mut rows = String::new();
        let group = capitalised(selected.service);
        for &Selection { name, note, .. } in selected.operations {
            let operation = &model["operations"][name];
            let reference = |key: &str| {
                operation[key]["shape"]
                    .as_str()
                    .map_or("None".to_owned(), |s| format!("Some(&{})", constant(s)))
            };
            let _ = writeln!(
                rows,
                "    Operation {{ op: op::Op::{group}(Op::{name}), name: {name:?}, service: &{table}SERVICE, method: {:?}, \
                 uri: {:?}, status: {}, input: {}, output: {}, note: {note:?} }},",
                text(&operation["http"], "method"),
                text(&operation["http"], "requestUri"),
                operation["http"]["responseCode"].as_u64().unwrap_or(200),
                reference("input"),
                reference("output"),
            );
        }
        let count = selected.operations.len();
        self.line(&format!("static {table}OPERATIONS: [Operation; {count}] = [\n{rows}];\n"));
    }

    fn errors(&mut self, errors: &BTreeSet<&'a str>) {
        let mut rows = BTreeMap::new();
        for name in errors {
            let shape = &self.shapes[*name];
            let code = shape["error"]["code"].as_str().unwrap_or(name);
            let fallback = if shape["fault"].as_bool() == Some(true) { 500 } else { 400 };
            let status = shape["error"]["httpStatusCode"].as_u64().unwrap_or(fallback);
            let members = if self.is_json() { self.members(name, shape) } else { String::new() };
            let query = shape["query"].as_str();
            rows.insert(
                code,
                format!("    ErrorShape {{ code: {code:?}, query: {query:?}, status: {status}, members: &[{members}] }},\n"),
            );
        }
        let count = rows.len();
        let rows: String = rows.into_values().collect();
        self.line(&format!("static ERRORS: [ErrorShape; {count}] = [\n{rows}];\n"));
    }

    fn unsupported(&mut self, selected: &Selected, model: &Value) {
        let mut rows = String::new();
        let mut count = 0;
        if matches!(self.protocol, "rest-json" | "rest-xml") {
            for (name, operation) in object(&model["operations"]) {
                if selected.operations.iter().any(|op| op.name == name) {
                    continue;
                }
                count += 1;
                let _ = writeln!(
                    rows,
                    "    Route {{ name: {name:?}, method: {:?}, uri: {:?} }},",
                    text(&operation["http"], "method"),
                    text(&operation["http"], "requestUri")
                );
            }
        }
        self.line(&format!("static UNSUPPORTED: [Route; {count}] = [\n{rows}];\n"));
    }

    fn shape(&mut self, name: &'a str) -> Result<(), CodegenError> {
        let shape = &self.shapes[name];
        let input = self.inputs.contains(name);
        let refused = |why| CodegenError::Shape { shape: name.to_owned(), why };
        // In XML each place has its format, and what is read is taken in either.
        if !shape["timestampFormat"].is_null() && self.protocol != "rest-xml" {
            return Err(refused("has a timestamp format of its own".to_owned()));
        }
        let bounds = if input { bounds(shape) } else { "Bounds::NONE".to_owned() };
        let value = match text(shape, "type") {
            "structure" => {
                let members = self.members(name, shape);
                match shape["payload"].as_str() {
                    Some(payload) => {
                        format!("structure_with_payload({name:?}, {payload:?}, &[{members}])")
                    }
                    None => format!("structure({name:?}, &[{members}])"),
                }
            }
            "list" => {
                let (constructor, unnamed) =
                    if self.is_flat(shape) { ("flat_list", "") } else { ("list", "member") };
                format!(
                    "{constructor}({name:?}, &{}, {:?}, {bounds})",
                    constant(text(&shape["member"], "shape")),
                    shape["member"]["locationName"].as_str().unwrap_or(unnamed),
                )
            }
            "map" => self.map(name, shape, &bounds),
            "string" => {
                let (mut pattern, mut values) = ("None".to_owned(), String::new());
                if input {
                    if let Some(p) = shape["pattern"].as_str() {
                        let next = self.patterns.len();
                        let index = *self.patterns.entry(p.to_owned()).or_insert(next);
                        pattern = format!("Some(&P{index})");
                    }
                    let all: Vec<_> = list(&shape["enum"]).iter().map(|v| v.to_string()).collect();
                    values = all.join(", ");
                }
                format!("string({name:?}, {bounds}, {pattern}, &[{values}])")
            }
            "integer" => format!("scalar({name:?}, Kind::Integer({bounds}))"),
            "long" => format!("scalar({name:?}, Kind::Long({bounds}))"),
            "double" | "float" => format!("scalar({name:?}, Kind::Double({bounds}))"),
            "boolean" => format!("scalar({name:?}, Kind::Boolean)"),
            "timestamp" => format!("scalar({name:?}, Kind::Timestamp)"),
            "blob" => format!("scalar({name:?}, Kind::Blob({bounds}))"),
            other => return Err(refused(format!("has the unknown type {other}"))),
        };
        self.line(&format!("static {}: Shape = {value};", constant(name)));
        Ok(())
    }

    /// A map, with its own names of entries, keys and values where it has some.
    fn map(&self, name: &str, shape: &Value, bounds: &str) -> String {
        let (key, value) = (&shape["key"], &shape["value"]);
        let [key_shape, value_shape] = [key, value].map(|of| constant(text(of, "shape")));
        let names = [key, value].map(|of| of["locationName"].as_str());
        let spelled = match (self.is_flat(shape), names) {
            (false, [None, None]) => {
                return format!("map({name:?}, &{key_shape}, &{value_shape}, {bounds})");
            }
            (false, [key, value]) => {
                format!("named({:?}, {:?})", key.unwrap_or("key"), value.unwrap_or("value"))
            }
            (true, [key, value]) => format!(
                "flat({:?}, {:?}, {:?})",
                text(shape, "locationName"),
                key.unwrap_or("key"),
                value.unwrap_or("value"),
            ),
        };
        format!("spelled_map({name:?}, &{key_shape}, &{value_shape}, {spelled}, {bounds})")
    }

    fn members(&self, shape_name: &str, shape: &Value) -> String {
        let required: BTreeSet<_> =
            list(&shape["required"]).iter().filter_map(Value::as_str).collect();
        let rows = object(&shape["members"]).iter().map(|(name, member)| {
            let target = constant(text(member, "shape"));
            let wire = member["locationName"].as_str().unwrap_or(name);
            let location = match member["location"].as_str() {
                Some("uri") => Some("Uri"),
                Some("querystring") => Some("Query"),
                Some("header") => Some("Header"),
                Some("headers") => Some("Headers"),
                Some("statusCode") => Some("Status"),
                _ if member["xmlAttribute"] == true => Some("Attribute"),
                _ => None,
            };
            let form = match (
                self.protocol,
                member["queryName"].as_str(),
                member["locationName"].as_str(),
            ) {
                ("ec2", Some(query), _) => query.to_owned(),
                ("ec2", None, Some(location)) => capitalised(location),
                _ => self.flat_name(text(member, "shape")).unwrap_or(name).to_owned(),
            };
            let row = match location {
                Some(location) => {
                    format!("ml({name:?}, {wire:?}, Location::{location}, &{target})")
                }
                None if wire == name && form == *name => format!("m({name:?}, &{target})"),
                None => format!("mw({name:?}, {wire:?}, {form:?}, &{target})"),
            };
            let row = if required.contains(name.as_str()) { row + ".required()" } else { row };
            let row = if member["idempotencyToken"] == true { row + ".token()" } else { row };
            row + &self.choice.mark(shape_name, name, text(member, "shape"))
        });
        rows.collect::<Vec<_>>().join(", ")
    }

    /// Whether forms and XML have the items or entries of a shape in its place.
    fn is_flat(&self, shape: &Value) -> bool {
        self.protocol != "ec2" && shape["flattened"] == true
    }

    /// The name of the items or entries that stand in the place of a shape, if they have one.
    fn flat_name(&self, shape: &str) -> Option<&'a str> {
        let shape = &self.shapes[shape];
        let item = shape["member"]["locationName"].as_str();
        item.or_else(|| shape["locationName"].as_str()).filter(|_| self.is_flat(shape))
    }

    fn finish_patterns(&mut self) {
        let mut rows: Vec<_> = self.patterns.iter().map(|(p, i)| (*i, p.clone())).collect();
        rows.sort();
        for (index, pattern) in rows {
            let constructor = if pattern.contains(r"\p{L}\p{Z}\p{N}_.:/=+\-@") {
                format!("tag_text({pattern:?})")
            } else {
                format!("new({pattern:?}, {:?})", expression(&pattern))
            };
            self.line(&format!("static P{index}: Pattern = Pattern::{constructor};"));
        }
    }
}

/// The pattern in the syntax of the regex crate.
fn expression(pattern: &str) -> String {
    if let Some((_, equivalent)) = EQUIVALENTS.iter().find(|(p, _)| *p == pattern) {
        return (*equivalent).to_owned();
    }
    let looks_around = ["(?!", "(?=", "(?<!", "(?<="].iter().any(|each| pattern.contains(each));
    assert!(!looks_around, "pattern {pattern} needs an equivalent that does not look around");
    pattern.to_owned()
}

fn bounds(shape: &Value) -> String {
    // Bounds of floating numbers are whole ones too, written as `1.0`.
    let whole = |of: &Value| of.as_i64().or_else(|| of.as_f64().map(|bound| bound as i64));
    match (whole(&shape["min"]), whole(&shape["max"])) {
        (None, None) => "Bounds::NONE".to_owned(),
        (min, max) => format!(
            "b({}, {})",
            min.map_or("i64::MIN".to_owned(), |v| v.to_string()),
            max.map_or("i64::MAX".to_owned(), |v| v.to_string())
        ),
    }
}

/// `CreateVpcRequest` → `CREATE_VPC_REQUEST`, prefixed so that no shape meets another name.
fn constant(shape: &str) -> String {
    let mut out = String::from("S_");
    let mut previous = '_';
    for c in shape.chars() {
        if c.is_ascii_uppercase() && !previous.is_ascii_uppercase() && previous != '_' {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
        previous = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::selection::op;
    use serde_json::json;

    #[test]
    fn names_constants_by_words() {
        assert_eq!(constant("CreateVpcRequest"), "S_CREATE_VPC_REQUEST");
        assert_eq!(constant("KMSKeyArn"), "S_KMSKEY_ARN");
    }

    #[test]
    fn renders_ec2_names_and_bounds() {
        let model = json!({
            "metadata": {"protocol": "ec2", "serviceFullName": "EC2", "xmlNamespace": "http://n"},
            "operations": {"CreateVpc": {"http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"}}},
            "shapes": {
                "In": {"type": "structure", "required": ["Id"], "members": {
                    "Id": {"shape": "Text", "locationName": "id"},
                    "Filters": {"shape": "Text", "queryName": "Filter", "locationName": "filters"}
                }},
                "Text": {"type": "string", "max": 5}
            }
        });
        let operations = &[op!(CreateVpc, reads: [Id], ignores: [Filters: "there are none"])];
        let selected = Selected { service: "ec2", operations, ..Selected::PLAIN };
        let choice = Choice::of(&selected, &model).expect("a choice");
        let table = render(&selected, &model, &choice).expect("a table");
        assert!(table.contains(r#"mw("Id", "id", "Id", &S_TEXT).required().read()"#), "{table}");
        let filters = r#"mw("Filters", "filters", "Filter", &S_TEXT).ignored("there are none")"#;
        assert!(table.contains(filters), "{table}");
        assert!(table.contains(r#"string("Text", b(i64::MIN, 5), None, &[])"#), "{table}");
    }
}

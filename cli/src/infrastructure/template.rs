//! What a CloudFormation template's parameters, mappings, conditions and intrinsic functions come
//! to.

use std::collections::BTreeMap;

use engine::cidr::Cidr;
use serde_json::{Map, Value, json};

/// Functions that may lie in one another.
const DEPTH: usize = 64;

/// A template with values of its parameters.
pub(super) struct Template<'a> {
    document: &'a Value,
    region: &'a str,
    given: BTreeMap<&'a str, &'a str>,
}

/// The key of what stands for a resource that is to be made.
const RESOURCE: &str = "$resource";
/// What stands for no value at all.
const NO_VALUE: &str = "AWS::NoValue";

/// Text of a scalar, or the logical id of a resource.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(is) => is.to_string(),
        Value::Object(fields) => {
            fields.get(RESOURCE).and_then(Value::as_str).unwrap_or_default().to_owned()
        }
        Value::Null | Value::Array(_) => String::new(),
    }
}

/// A number, which templates may write as text.
pub(super) fn as_number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

impl<'a> Template<'a> {
    pub(super) fn new(
        document: &'a Value,
        region: &'a str,
        parameters: &'a [(String, String)],
    ) -> Result<Template<'a>, String> {
        let known = document["Parameters"].as_object();
        let given = parameters.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        for (key, _) in parameters {
            if known.is_none_or(|known| !known.contains_key(key)) {
                let names: Vec<_> =
                    known.into_iter().flat_map(Map::keys).map(String::as_str).collect();
                let names = names.join(", ");
                return Err(format!("parameter {key} is not one of the template's: {names}"));
            }
        }
        Ok(Template { document, region, given })
    }

    /// The resources whose conditions hold, by their logical ids.
    pub(super) fn resources(&self) -> Result<Vec<(&'a str, &'a Value)>, String> {
        let mut all = Vec::new();
        for (id, resource) in self.document["Resources"].as_object().into_iter().flatten() {
            let holds = match resource["Condition"].as_str() {
                Some(name) => self.condition(name, id, DEPTH)?,
                None => true,
            };
            if holds {
                all.push((id.as_str(), resource));
            }
        }
        Ok(all)
    }

    /// A property of a resource; null when it has none.
    pub(super) fn property(&self, id: &str, of: &Value, key: &str) -> Result<Value, String> {
        match of.get(key) {
            None => Ok(Value::Null),
            Some(value) => {
                let value = self.value(value, &format!("{id}.{key}"), DEPTH)?;
                Ok(if value == json!(NO_VALUE) { Value::Null } else { value })
            }
        }
    }

    /// A whole value; `place` is told in errors.
    pub(super) fn evaluate(&self, value: &Value, place: &str) -> Result<Value, String> {
        self.value(value, place, DEPTH)
    }

    fn value(&self, value: &Value, place: &str, depth: usize) -> Result<Value, String> {
        let depth = depth.checked_sub(1).ok_or_else(|| format!("{place}: goes in a circle"))?;
        match value {
            Value::Object(fields) => {
                if let Some((name, argument)) = fields.iter().next()
                    && fields.len() == 1
                    && (name == "Ref" || name == "Condition" || name.starts_with("Fn::"))
                {
                    return self.function(name, argument, place, depth);
                }
                let mut all = Map::new();
                for (key, value) in fields {
                    let value = self.value(value, &format!("{place}.{key}"), depth)?;
                    if value != json!(NO_VALUE) {
                        all.insert(key.clone(), value);
                    }
                }
                Ok(Value::Object(all))
            }
            Value::Array(items) => {
                let mut all = Vec::new();
                for item in items {
                    match self.value(item, place, depth)? {
                        value if value == json!(NO_VALUE) => {}
                        // A list of parameters stands where one of its elements may.
                        Value::Array(inner) if item.get("Ref").is_some() => all.extend(inner),
                        value => all.push(value),
                    }
                }
                Ok(Value::Array(all))
            }
            scalar => Ok(scalar.clone()),
        }
    }

    fn function(
        &self,
        name: &str,
        argument: &Value,
        place: &str,
        depth: usize,
    ) -> Result<Value, String> {
        let wrong = || format!("{place}: {name} has arguments that are not understood");
        // These take names, or choose before they evaluate.
        match name {
            "Ref" => return self.reference(argument.as_str().ok_or_else(wrong)?, place),
            "Condition" => {
                let name = argument.as_str().ok_or_else(wrong)?;
                return self.condition(name, place, depth).map(Value::Bool);
            }
            "Fn::If" => {
                let [condition, yes, no] = argument.as_array().map_or(&[][..], Vec::as_slice)
                else {
                    return Err(wrong());
                };
                let condition = condition.as_str().ok_or_else(wrong)?;
                let holds = self.condition(condition, place, depth)?;
                return self.value(if holds { yes } else { no }, place, depth);
            }
            "Fn::Sub" => return self.substitute(argument, place, depth),
            _ => {}
        }
        let argument = self.value(argument, place, depth)?;
        let list = argument.as_array().map_or(&[][..], Vec::as_slice);
        match (name, list) {
            ("Fn::GetAtt", _) => self.attribute(&argument, place, depth),
            ("Fn::Join", [separator, items]) => {
                let items: Vec<_> =
                    items.as_array().ok_or_else(wrong)?.iter().map(as_text).collect();
                Ok(items.join(&as_text(separator)).into())
            }
            ("Fn::Split", [separator, text]) => {
                let (separator, text) = (as_text(separator), as_text(text));
                Ok(text.split(&separator).map(|part| json!(part)).collect())
            }
            ("Fn::Select", [index, items]) => {
                let at = as_number(index).ok_or_else(wrong)? as usize;
                let item = items.as_array().and_then(|items| items.get(at));
                item.cloned().ok_or_else(|| format!("{place}: Fn::Select: there is no item {at}"))
            }
            ("Fn::FindInMap", [map, first, second, ..]) => {
                let keys = [as_text(map), as_text(first), as_text(second)];
                let found =
                    keys.iter().fold(&self.document["Mappings"], |of, key| &of[key.as_str()]);
                match found {
                    Value::Null => Err(format!("{place}: Fn::FindInMap: no {}", keys.join("."))),
                    found => Ok(found.clone()),
                }
            }
            ("Fn::Cidr", [block, count, rest @ ..]) => {
                let bits = rest.first().and_then(as_number).unwrap_or(8);
                let blocks = blocks(&as_text(block), as_number(count).ok_or_else(wrong)?, bits);
                blocks.ok_or_else(|| format!("{place}: Fn::Cidr: {} is too small", as_text(block)))
            }
            ("Fn::GetAZs", _) => {
                let region = as_text(&argument);
                let region = if region.is_empty() { self.region } else { &region };
                Ok(["a", "b", "c"].iter().map(|zone| json!(format!("{region}{zone}"))).collect())
            }
            ("Fn::Equals", [one, other]) => Ok((as_text(one) == as_text(other)).into()),
            ("Fn::Not", [one]) => Ok((one != &json!(true)).into()),
            ("Fn::And", all) => Ok(all.iter().all(|each| each == &json!(true)).into()),
            ("Fn::Or", all) => Ok(all.iter().any(|each| each == &json!(true)).into()),
            ("Fn::ImportValue", _) => Ok(format!("import {}", as_text(&argument)).into()),
            ("Fn::Base64", _) => Ok(argument),
            (
                "Fn::Join" | "Fn::Split" | "Fn::Select" | "Fn::FindInMap" | "Fn::Cidr"
                | "Fn::Equals" | "Fn::Not",
                _,
            ) => Err(wrong()),
            _ => Err(format!("{place}: {name} is not understood")),
        }
    }

    fn condition(&self, name: &str, place: &str, depth: usize) -> Result<bool, String> {
        match &self.document["Conditions"][name] {
            Value::Null => Err(format!("{place}: condition {name} is not in the template")),
            condition => Ok(self.value(condition, name, depth)? == json!(true)),
        }
    }

    /// What a parameter, a pseudo parameter or a resource is referred to as.
    fn reference(&self, name: &str, place: &str) -> Result<Value, String> {
        match name {
            "AWS::Region" => return Ok(self.region.into()),
            "AWS::AccountId" => return Ok("000000000000".into()),
            "AWS::Partition" => return Ok("aws".into()),
            "AWS::URLSuffix" => return Ok("amazonaws.com".into()),
            "AWS::StackName" | "AWS::StackId" => return Ok("stack".into()),
            NO_VALUE => return Ok(NO_VALUE.into()),
            _ => {}
        }
        if let Some(parameter) = self.document["Parameters"].get(name) {
            let default = Some(&parameter["Default"]).filter(|default| !default.is_null());
            let value = match (self.given.get(name), default) {
                (Some(given), _) => (*given).to_owned(),
                (None, Some(default)) => as_text(default),
                (None, None) => {
                    return Err(format!(
                        "{place}: parameter {name} has no default and is not given\n\
                         hint: --parameter {name}=VALUE"
                    ));
                }
            };
            let kind = parameter["Type"].as_str().unwrap_or_default();
            if kind == "CommaDelimitedList" || kind.contains("List<") {
                return Ok(value.split(',').map(|part| json!(part.trim())).collect());
            }
            return Ok(value.into());
        }
        match self.document["Resources"].get(name) {
            Some(_) => Ok(json!({ RESOURCE: name })),
            None => Err(format!("{place}: Ref: {name} is neither a parameter nor a resource")),
        }
    }

    /// An attribute of a resource: a property that the template tells, or the resource itself.
    fn attribute(&self, argument: &Value, place: &str, depth: usize) -> Result<Value, String> {
        let spelled = match argument {
            Value::Array(words) => words.iter().map(as_text).collect::<Vec<_>>().join("."),
            other => as_text(other),
        };
        let (id, attribute) = spelled.split_once('.').unwrap_or((&spelled, ""));
        let Some(resource) = self.document["Resources"].get(id) else {
            return Err(format!("{place}: Fn::GetAtt: {id} is not a resource"));
        };
        match resource["Properties"].get(attribute) {
            Some(property) => self.value(property, &format!("{id}.{attribute}"), depth),
            None => Ok(json!({ RESOURCE: id })),
        }
    }

    fn substitute(&self, argument: &Value, place: &str, depth: usize) -> Result<Value, String> {
        let (text, own) = match argument {
            Value::Array(both) => (both.first(), both.get(1)),
            text => (Some(text), None),
        };
        let text = text.and_then(Value::as_str);
        let mut left = text.ok_or_else(|| format!("{place}: Fn::Sub without a text"))?;
        let mut all = String::new();
        while let Some((before, rest)) = left.split_once("${") {
            all.push_str(before);
            let (name, after) =
                rest.split_once('}').ok_or_else(|| format!("{place}: Fn::Sub: no end of ${{"))?;
            left = after;
            if let Some(literal) = name.strip_prefix('!') {
                all.push_str(&format!("${{{literal}}}"));
                continue;
            }
            let value = match own.and_then(|own| own.get(name)) {
                Some(value) => self.value(value, place, depth)?,
                None if name.contains('.') => self.attribute(&json!(name), place, depth)?,
                None => self.reference(name, place)?,
            };
            all.push_str(&as_text(&value));
        }
        all.push_str(left);
        Ok(all.into())
    }
}

/// So many blocks with so many bits for hosts, from the beginning of a block.
fn blocks(block: &str, count: u64, bits: u64) -> Option<Value> {
    let block: Cidr = block.parse().ok()?;
    let prefix = u8::try_from(32u64.checked_sub(bits)?).ok()?;
    let size = 1u64.checked_shl(u32::try_from(bits).ok()?)?;
    if size * count > block.size() {
        return None;
    }
    let base = u64::from(u32::from(block.base()));
    (0..count)
        .map(|nth| {
            let base = u32::try_from(base + nth * size).ok()?;
            Cidr::containing(base.into(), prefix).map(|cidr| json!(cidr.to_string()))
        })
        .collect()
}

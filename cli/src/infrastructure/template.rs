//! What a CloudFormation template's parameters, mappings, conditions and intrinsic functions come
//! to.

use std::collections::BTreeMap;

use engine::cidr::Cidr;
use serde_json::{Map, Value, json};

/// Functions that may lie in one another.
const DEPTH: usize = 64;

/// What in a template cannot be evaluated, and where.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum TemplateError {
    #[error("parameter {name} is not one of the template's: {known}")]
    NoParameter { name: String, known: String },
    #[error(
        "{place}: parameter {name} has no default and is not given\nhint: --parameter {name}=VALUE"
    )]
    NotGiven { place: String, name: String },
    #[error("{0}: goes in a circle")]
    Circle(String),
    #[error("{place}: {function} has arguments that are not understood")]
    Arguments { place: String, function: String },
    #[error("{place}: {function} is not understood")]
    Function { place: String, function: String },
    #[error("{place}: Fn::Select: there is no item {at}")]
    NoItem { place: String, at: usize },
    #[error("{place}: Fn::FindInMap: no {keys}")]
    NoMapping { place: String, keys: String },
    #[error("{place}: Fn::Cidr: {block} is too small")]
    SmallBlock { place: String, block: String },
    #[error("{place}: condition {name} is not in the template")]
    NoCondition { place: String, name: String },
    #[error("{place}: Ref: {name} is neither a parameter nor a resource")]
    NoReference { place: String, name: String },
    #[error("{place}: Fn::GetAtt: {id} is not a resource")]
    NoResource { place: String, id: String },
    #[error("{0}: Fn::Sub without a text")]
    NoText(String),
    #[error("{0}: Fn::Sub: no end of ${{")]
    NoEnd(String),
}

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
    ) -> Result<Template<'a>, TemplateError> {
        let known = document["Parameters"].as_object();
        let given = parameters.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        for (key, _) in parameters {
            if known.is_none_or(|known| !known.contains_key(key)) {
                let names: Vec<_> =
                    known.into_iter().flat_map(Map::keys).map(String::as_str).collect();
                let names = names.join(", ");
                return Err(TemplateError::NoParameter { name: key.clone(), known: names });
            }
        }
        Ok(Template { document, region, given })
    }

    /// The resources whose conditions hold, by their logical ids.
    pub(super) fn resources(&self) -> Result<Vec<(&'a str, &'a Value)>, TemplateError> {
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
    pub(super) fn property(&self, id: &str, of: &Value, key: &str) -> Result<Value, TemplateError> {
        match of.get(key) {
            None => Ok(Value::Null),
            Some(value) => {
                let value = self.value(value, &format!("{id}.{key}"), DEPTH)?;
                Ok(if value == json!(NO_VALUE) { Value::Null } else { value })
            }
        }
    }

    /// A whole value; `place` is told in errors.
    pub(super) fn evaluate(&self, value: &Value, place: &str) -> Result<Value, TemplateError> {
        self.value(value, place, DEPTH)
    }

    fn value(&self, value: &Value, place: &str, depth: usize) -> Result<Value, TemplateError> {
        let circle = || TemplateError::Circle(place.to_owned());
        let depth = depth.checked_sub(1).ok_or_else(circle)?;
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
    ) -> Result<Value, TemplateError> {
        let wrong =
            || TemplateError::Arguments { place: place.to_owned(), function: name.to_owned() };
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
        match name {
            "Fn::GetAtt" => self.attribute(&argument, place, depth),
            "Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" => {
                logic(name, &argument).map(Value::Bool).ok_or_else(wrong)
            }
            _ => self.computed(name, &argument, place),
        }
    }

    /// What a function comes to whose argument is evaluated.
    fn computed(&self, name: &str, argument: &Value, place: &str) -> Result<Value, TemplateError> {
        let wrong =
            || TemplateError::Arguments { place: place.to_owned(), function: name.to_owned() };
        let list = argument.as_array().map_or(&[][..], Vec::as_slice);
        match (name, list) {
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
                item.cloned().ok_or_else(|| TemplateError::NoItem { place: place.to_owned(), at })
            }
            ("Fn::FindInMap", [map, first, second, ..]) => {
                self.mapped([map, first, second].map(as_text), place)
            }
            ("Fn::Cidr", [block, count, rest @ ..]) => {
                let bits = rest.first().and_then(as_number).unwrap_or(8);
                let blocks = blocks(&as_text(block), as_number(count).ok_or_else(wrong)?, bits);
                let small =
                    || TemplateError::SmallBlock { place: place.to_owned(), block: as_text(block) };
                blocks.ok_or_else(small)
            }
            ("Fn::GetAZs", _) => {
                let region = as_text(argument);
                let region = if region.is_empty() { self.region } else { &region };
                Ok(["a", "b", "c"].iter().map(|zone| json!(format!("{region}{zone}"))).collect())
            }
            ("Fn::ImportValue", _) => Ok(format!("import {}", as_text(argument)).into()),
            ("Fn::Base64", _) => Ok(argument.clone()),
            ("Fn::Join" | "Fn::Split" | "Fn::Select" | "Fn::FindInMap" | "Fn::Cidr", _) => {
                Err(wrong())
            }
            _ => {
                Err(TemplateError::Function { place: place.to_owned(), function: name.to_owned() })
            }
        }
    }

    /// The value of a mapping at its two keys.
    fn mapped(&self, keys: [String; 3], place: &str) -> Result<Value, TemplateError> {
        let found = keys.iter().fold(&self.document["Mappings"], |of, key| &of[key.as_str()]);
        match found {
            Value::Null => {
                let (place, keys) = (place.to_owned(), keys.join("."));
                Err(TemplateError::NoMapping { place, keys })
            }
            found => Ok(found.clone()),
        }
    }

    fn condition(&self, name: &str, place: &str, depth: usize) -> Result<bool, TemplateError> {
        match &self.document["Conditions"][name] {
            Value::Null => {
                let (place, name) = (place.to_owned(), name.to_owned());
                Err(TemplateError::NoCondition { place, name })
            }
            condition => Ok(self.value(condition, name, depth)? == json!(true)),
        }
    }

    /// What a parameter, a pseudo parameter or a resource is referred to as.
    fn reference(&self, name: &str, place: &str) -> Result<Value, TemplateError> {
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
                    let (place, name) = (place.to_owned(), name.to_owned());
                    return Err(TemplateError::NotGiven { place, name });
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
            None => {
                let (place, name) = (place.to_owned(), name.to_owned());
                Err(TemplateError::NoReference { place, name })
            }
        }
    }

    /// An attribute of a resource: a property that the template tells, or the resource itself.
    fn attribute(
        &self,
        argument: &Value,
        place: &str,
        depth: usize,
    ) -> Result<Value, TemplateError> {
        let spelled = match argument {
            Value::Array(words) => words.iter().map(as_text).collect::<Vec<_>>().join("."),
            other => as_text(other),
        };
        let (id, attribute) = spelled.split_once('.').unwrap_or((&spelled, ""));
        let Some(resource) = self.document["Resources"].get(id) else {
            let (place, id) = (place.to_owned(), id.to_owned());
            return Err(TemplateError::NoResource { place, id });
        };
        match resource["Properties"].get(attribute) {
            Some(property) => self.value(property, &format!("{id}.{attribute}"), depth),
            None => Ok(json!({ RESOURCE: id })),
        }
    }

    fn substitute(
        &self,
        argument: &Value,
        place: &str,
        depth: usize,
    ) -> Result<Value, TemplateError> {
        let (text, own) = match argument {
            Value::Array(both) => (both.first(), both.get(1)),
            text => (Some(text), None),
        };
        let text = text.and_then(Value::as_str);
        let mut left = text.ok_or_else(|| TemplateError::NoText(place.to_owned()))?;
        let mut all = String::new();
        while let Some((before, rest)) = left.split_once("${") {
            all.push_str(before);
            let no_end = || TemplateError::NoEnd(place.to_owned());
            let (name, after) = rest.split_once('}').ok_or_else(no_end)?;
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

/// What a function of conditions comes to; none when its arguments are too few or too many.
fn logic(name: &str, argument: &Value) -> Option<bool> {
    let list = argument.as_array().map_or(&[][..], Vec::as_slice);
    let holds = |value: &Value| value == &json!(true);
    match (name, list) {
        ("Fn::Equals", [one, other]) => Some(as_text(one) == as_text(other)),
        ("Fn::Not", [one]) => Some(!holds(one)),
        ("Fn::And", all) => Some(all.iter().all(holds)),
        ("Fn::Or", all) => Some(all.iter().any(holds)),
        _ => None,
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

//! What operations of DynamoDB demand of their callers: actions on tables and indexes, with what
//! conditions of policies look at.

use std::collections::{BTreeMap, BTreeSet};

use dynoxide::types::normalize_dynamo_number;
use serde_json::{Map, Value};
use wire::ApiError;
use wire::dynamodb::error;

use crate::dynamodb::names;
use crate::dynamodb::question::prefix;
use crate::dynamodb::statement::Statement;
use crate::operation::{Demand, Scope, listed_tags};

/// What is known of a table.
#[derive(Debug, Default)]
pub(in crate::dynamodb) struct Known {
    /// The first attribute of its key, and those of its indexes by their names.
    pub(in crate::dynamodb) first: String,
    pub(in crate::dynamodb) firsts: BTreeMap<String, String>,
    pub(in crate::dynamodb) tags: BTreeMap<String, String>,
}

/// Tables that are there, by their names.
pub(in crate::dynamodb) type Tables = BTreeMap<String, Known>;

/// An action on a table or an index, and what conditions are told of it.
#[derive(Debug, Default)]
struct Touch {
    action: String,
    /// As it was given.
    table: String,
    index: Option<String>,
    /// The first attributes of keys; none where the action is about no certain items.
    leading: Option<BTreeSet<String>>,
    /// The attributes that it names, where it is about items.
    attributes: Option<BTreeSet<String>>,
    /// Further keys.
    values: BTreeMap<&'static str, String>,
}

/// The parts of an operation that are each about a table: its action, and its members.
fn parts<'a>(operation: &'a str, input: &'a Value) -> Vec<(String, &'a str, &'a Value)> {
    let table = |of: &'a Value| of["TableName"].as_str().unwrap_or_default();
    match operation {
        "BatchGetItem" | "BatchWriteItem" => {
            let tables = input["RequestItems"].as_object().into_iter().flatten();
            tables.map(|(table, of)| (operation.to_owned(), table.as_str(), of)).collect()
        }
        "TransactGetItems" | "TransactWriteItems" => {
            let items = input["TransactItems"].as_array().into_iter().flatten();
            let parts = items.filter_map(Value::as_object).flatten();
            parts
                .map(|(kind, part)| {
                    let action = match kind.as_str() {
                        "ConditionCheck" => "ConditionCheckItem".to_owned(),
                        kind => format!("{kind}Item"),
                    };
                    (action, table(part), part)
                })
                .collect()
        }
        _ => vec![(operation.to_owned(), table(input), input)],
    }
}

/// The statements of an operation, each with its parameters.
fn statements<'a>(operation: &str, input: &'a Value) -> Option<Vec<(&'a str, &'a Value)>> {
    let list = match operation {
        "BatchExecuteStatement" => input["Statements"].as_array(),
        "ExecuteTransaction" => input["TransactStatements"].as_array(),
        "ExecuteStatement" => None,
        _ => return None,
    };
    let of = |it: &'a Value| (it["Statement"].as_str().unwrap_or_default(), &it["Parameters"]);
    Some(list.map_or_else(|| vec![of(input)], |list| list.iter().map(of).collect()))
}

/// Whether an operation is about no table.
fn is_of_account(operation: &str) -> bool {
    matches!(operation, "DescribeEndpoints" | "DescribeLimits" | "ListTables")
}

/// The names of the tables of a scope that an operation is about.
pub(in crate::dynamodb) fn tables(
    scope: &Scope,
    operation: &str,
    input: &Value,
) -> BTreeSet<String> {
    let own = format!("{}table/", prefix(scope));
    let name = |given: &str| given.strip_prefix(&*own).unwrap_or(given).to_owned();
    if is_of_account(operation) {
        return BTreeSet::new();
    }
    if let Some(statements) = statements(operation, input) {
        let read = statements.into_iter().filter_map(|(text, _)| Statement::of(text));
        return read.map(|statement| name(&statement.table)).collect();
    }
    let of_resource = input["ResourceArn"].as_str().into_iter();
    let of_parts = parts(operation, input).into_iter().map(|(_, table, _)| table);
    of_parts.chain(of_resource).map(name).collect()
}

/// What an operation demands; the same is told once.
///
/// # Errors
/// When a statement does not tell what it is about.
pub(in crate::dynamodb) fn of(
    scope: &Scope,
    operation: &str,
    input: &Value,
    tables: &Tables,
) -> Result<Vec<Demand>, ApiError> {
    if is_of_account(operation) {
        return Ok(vec![Demand::new(format!("dynamodb:{operation}"), "*")]);
    }
    let own = format!("{}table/", prefix(scope));
    let known = |given: &str| tables.get(given.strip_prefix(&*own).unwrap_or(given));
    let mut touches = match statements(operation, input) {
        Some(statements) => {
            let read = statements.into_iter().map(|(text, parameters)| {
                let statement = Statement::of(text).ok_or_else(unclear)?;
                let of = known(&statement.table);
                Ok(Touch::of_statement(statement, parameters, of))
            });
            read.collect::<Result<Vec<_>, ApiError>>()?
        }
        None => {
            let mut touches = Vec::new();
            for (action, table, part) in parts(operation, input) {
                touches.push(Touch::of_part(action, table, part, known(table)));
            }
            touches
        }
    };
    if operation.starts_with("Transact") || operation == "ExecuteTransaction" {
        for touch in &mut touches {
            touch.values.insert("dynamodb:EnclosingOperation", operation.to_owned());
        }
    }
    if let Some(arn) = input["ResourceArn"].as_str() {
        touches[0].table = arn.to_owned();
    }
    let tags = listed_tags(&input["Tags"]);
    if operation == "CreateTable" && !tags.is_empty() {
        let table = touches[0].table.clone();
        touches.push(Touch { action: "TagResource".to_owned(), table, ..Touch::default() });
    }
    let demand = |touch: Touch| {
        let of = known(&touch.table);
        let mut demand = touch.demand(&own);
        demand.request_tags.clone_from(&tags);
        demand.tag_keys(&input["TagKeys"]);
        let own = of.map(|of| of.tags.clone()).unwrap_or_default();
        demand.resource_tags = own.into_iter().collect();
        demand
    };
    Ok(together(touches).into_iter().map(demand).collect())
}

fn unclear() -> ApiError {
    let message = "Statement wasn't well formed, can't be processed: Unexpected term";
    error("ValidationException", message)
}

/// The same actions on the same things, each once, with all of their items.
fn together(touches: Vec<Touch>) -> Vec<Touch> {
    let mut all: BTreeMap<_, Touch> = BTreeMap::new();
    for touch in touches {
        let key =
            (touch.action.clone(), touch.table.clone(), touch.index.clone(), touch.values.clone());
        let known = all.entry(key).or_insert_with(|| Touch {
            leading: None,
            attributes: None,
            action: touch.action.clone(),
            table: touch.table.clone(),
            index: touch.index.clone(),
            values: touch.values.clone(),
        });
        for (own, more) in
            [(&mut known.leading, touch.leading), (&mut known.attributes, touch.attributes)]
        {
            if let Some(more) = more {
                own.get_or_insert_default().extend(more);
            }
        }
    }
    all.into_values().collect()
}

impl Touch {
    fn of_part(action: String, table: &str, part: &Value, known: Option<&Known>) -> Touch {
        let index = part["IndexName"].as_str().map(str::to_owned);
        let mut touch = Touch { action, table: table.to_owned(), index, ..Touch::default() };
        let first = touch.first(known);
        let reads = ["BatchGetItem", "GetItem", "Query", "Scan"].contains(&&*touch.action);
        let writes = ["DeleteItem", "PutItem", "UpdateItem"].contains(&&*touch.action);
        let is_checked = touch.action == "ConditionCheckItem";
        if touch.action == "BatchWriteItem" {
            for write in part.as_array().into_iter().flatten() {
                touch.item(&write["PutRequest"]["Item"], first);
                touch.item(&write["DeleteRequest"]["Key"], first);
            }
        } else if reads || writes || is_checked {
            touch.item(&part["Item"], first);
            touch.item(&part["Key"], first);
            for key in part["Keys"].as_array().into_iter().flatten() {
                touch.item(key, first);
            }
            touch.names(part);
        }
        if touch.action == "Query" {
            touch.leading = Some([queried(part, first)].into());
        }
        if reads {
            touch.values.insert("dynamodb:Select", selected(part));
        }
        if writes {
            let returned = part["ReturnValues"].as_str().unwrap_or("NONE");
            touch.values.insert("dynamodb:ReturnValues", returned.to_owned());
        }
        if let Some(told) = part["ReturnConsumedCapacity"].as_str() {
            touch.values.insert("dynamodb:ReturnConsumedCapacity", told.to_owned());
        }
        touch
    }

    fn of_statement(statement: Statement, parameters: &Value, known: Option<&Known>) -> Touch {
        let mut touch = Touch {
            action: statement.action.to_owned(),
            table: statement.table.clone(),
            index: statement.index.clone(),
            ..Touch::default()
        };
        let first = touch.first(known).unwrap_or_default();
        let keys = statement.keys(first, parameters);
        let is_scan = keys.is_none() && statement.action == "PartiQLSelect";
        // No key is an empty text: who may have some items alone may not have all.
        let keys =
            keys.map_or_else(|| vec![String::new()], |keys| keys.iter().map(spelled).collect());
        touch.leading = Some(keys.into_iter().collect());
        statement.attributes(touch.attributes.get_or_insert_default());
        touch.values.insert("dynamodb:FullTableScan", is_scan.to_string());
        match statement.select() {
            Some(select) => touch.values.insert("dynamodb:Select", select.to_owned()),
            None => touch.values.insert("dynamodb:ReturnValues", statement.returns().to_owned()),
        };
        touch
    }

    /// The first attribute of the key by which it finds items.
    fn first<'k>(&self, known: Option<&'k Known>) -> Option<&'k str> {
        let known = known?;
        match &self.index {
            Some(index) => known.firsts.get(index).map(String::as_str),
            None => Some(&known.first),
        }
    }

    /// Takes note of an item or of the key of one. Of a table that is not there, any may be the first.
    fn item(&mut self, item: &Value, first: Option<&str>) {
        let Some(item) = item.as_object() else { return };
        let is_first = |name: &str| first.is_none_or(|first| first == name);
        let leading = item.iter().filter(|(name, _)| is_first(name)).map(|(_, it)| spelled(it));
        self.leading.get_or_insert_default().extend(leading);
        self.attributes.get_or_insert_default().extend(item.keys().cloned());
    }

    /// Takes note of the attributes that a part names.
    fn names(&mut self, part: &Value) {
        let all = self.attributes.get_or_insert_default();
        let substitutes = &part["ExpressionAttributeNames"];
        for member in [
            "ConditionExpression",
            "FilterExpression",
            "KeyConditionExpression",
            "ProjectionExpression",
            "UpdateExpression",
        ] {
            names::of(part[member].as_str().unwrap_or_default(), substitutes, all);
        }
        for member in ["AttributeUpdates", "Expected", "KeyConditions", "QueryFilter", "ScanFilter"]
        {
            all.extend(part[member].as_object().into_iter().flat_map(Map::keys).cloned());
        }
        let listed = part["AttributesToGet"].as_array().into_iter().flatten();
        all.extend(listed.filter_map(Value::as_str).map(str::to_owned));
    }

    fn demand(self, own: &str) -> Demand {
        let Touch { action, table, index, leading, attributes, values } = self;
        let mut resource = match table.starts_with("arn:") {
            true => table,
            false => format!("{own}{table}"),
        };
        if let Some(index) = index {
            resource = format!("{resource}/index/{index}");
        }
        let mut demand = Demand::new(format!("dynamodb:{action}"), resource);
        demand.values = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        for (key, all) in [("dynamodb:LeadingKeys", leading), ("dynamodb:Attributes", attributes)] {
            if let Some(all) = all {
                demand.lists.push((key.to_owned(), all.into_iter().collect()));
            }
        }
        demand
    }
}

/// What a query's key begins with.
fn queried(part: &Value, first: Option<&str>) -> String {
    let first = first.unwrap_or_default();
    let expression = part["KeyConditionExpression"].as_str().unwrap_or_default();
    let (names, values) = (&part["ExpressionAttributeNames"], &part["ExpressionAttributeValues"]);
    let older = &part["KeyConditions"][first]["AttributeValueList"][0];
    let found = names::equalled(expression, first, names, values);
    spelled(found.unwrap_or(older))
}

/// What of items a request asks for.
fn selected(part: &Value) -> String {
    let is_given = |member: &str| !part[member].is_null();
    let is_specific = is_given("ProjectionExpression") || is_given("AttributesToGet");
    match part["Select"].as_str() {
        Some(select) => select,
        None if is_specific => "SPECIFIC_ATTRIBUTES",
        None if is_given("IndexName") => "ALL_PROJECTED_ATTRIBUTES",
        None => "ALL_ATTRIBUTES",
    }
    .to_owned()
}

/// The value of a key as conditions compare it.
fn spelled(value: &Value) -> String {
    match (value["S"].as_str(), value["N"].as_str(), value["B"].as_str()) {
        (Some(text), ..) => text.to_owned(),
        (_, Some(number), _) => normalize_dynamo_number(number),
        (.., bytes) => bytes.unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(operation: &str, input: &Value) -> Vec<String> {
        let scope = Scope { account: 7, region: "eu-west-1".to_owned() };
        let known = Known {
            first: "k".to_owned(),
            firsts: [("i".to_owned(), "g".to_owned())].into(),
            tags: BTreeMap::new(),
        };
        let tables = Tables::from([("a".to_owned(), known)]);
        let all = of(&scope, operation, input, &tables).expect("clear").into_iter();
        all.map(|it| {
            let resource = it.resource.replace("arn:aws:dynamodb:eu-west-1:000000000007:", "");
            let mut told = format!("{} {resource}", it.action.replace("dynamodb:", ""));
            for (key, values) in it.lists {
                told += &format!(" {}={}", key.replace("dynamodb:", ""), values.join(","));
            }
            for (key, value) in it.values {
                told += &format!(" {}={value}", key.replace("dynamodb:", ""));
            }
            told
        })
        .collect()
    }

    #[test]
    fn what_reads_is_told_with_its_keys_and_attributes() {
        let (x, y) = (json!({"S": "x"}), json!({"N": "1.0"}));
        for (operation, input, expected) in [
            ("DescribeTable", json!({"TableName": "a"}), vec!["DescribeTable table/a"]),
            (
                "GetItem",
                json!({"TableName": "a", "Key": {"k": x, "s": y}}),
                vec!["GetItem table/a LeadingKeys=x Attributes=k,s Select=ALL_ATTRIBUTES"],
            ),
            (
                "GetItem",
                json!({"TableName": "a", "Key": {"k": y}, "ProjectionExpression": "b.c, #d",
                    "ExpressionAttributeNames": {"#d": "d"}}),
                vec!["GetItem table/a LeadingKeys=1 Attributes=b,d,k Select=SPECIFIC_ATTRIBUTES"],
            ),
            (
                "Query",
                json!({"TableName": "a", "IndexName": "i", "KeyConditionExpression": "g = :v",
                    "ExpressionAttributeValues": {":v": x}}),
                vec![
                    "Query table/a/index/i LeadingKeys=x Attributes=g \
                     Select=ALL_PROJECTED_ATTRIBUTES",
                ],
            ),
            (
                "Query",
                json!({"TableName": "a", "KeyConditionExpression": "s = :v",
                    "ExpressionAttributeValues": {":v": x}}),
                vec!["Query table/a LeadingKeys= Attributes=s Select=ALL_ATTRIBUTES"],
            ),
            (
                "Scan",
                json!({"TableName": "a", "FilterExpression": "f = :v"}),
                vec!["Scan table/a Attributes=f Select=ALL_ATTRIBUTES"],
            ),
            (
                "GetItem",
                json!({"TableName": "none", "Key": {"k": x, "s": y}}),
                vec!["GetItem table/none LeadingKeys=1,x Attributes=k,s Select=ALL_ATTRIBUTES"],
            ),
        ] {
            assert_eq!(told(operation, &input), expected, "{operation} {input}");
        }
    }

    #[test]
    fn what_writes_is_told_once_for_each_table() {
        let (x, y) = (json!({"S": "x"}), json!({"N": "1.0"}));
        for (operation, input, expected) in [
            (
                "UpdateItem",
                json!({"TableName": "a", "Key": {"k": x}, "UpdateExpression": "SET u = :v",
                    "ReturnValues": "ALL_NEW"}),
                vec!["UpdateItem table/a LeadingKeys=x Attributes=k,u ReturnValues=ALL_NEW"],
            ),
            (
                "BatchWriteItem",
                json!({"RequestItems": {"a": [
                    {"PutRequest": {"Item": {"k": x, "p": y}}},
                    {"DeleteRequest": {"Key": {"k": y}}},
                ]}}),
                vec!["BatchWriteItem table/a LeadingKeys=1,x Attributes=k,p"],
            ),
            (
                "TransactWriteItems",
                json!({"TransactItems": [
                    {"Put": {"TableName": "a", "Item": {"k": x}}},
                    {"Put": {"TableName": "a", "Item": {"k": y}}},
                    {"ConditionCheck": {"TableName": "a", "Key": {"k": x}}},
                ]}),
                vec![
                    "ConditionCheckItem table/a LeadingKeys=x Attributes=k \
                     EnclosingOperation=TransactWriteItems",
                    "PutItem table/a LeadingKeys=1,x Attributes=k \
                     EnclosingOperation=TransactWriteItems ReturnValues=NONE",
                ],
            ),
            (
                "BatchExecuteStatement",
                json!({"Statements": [
                    {"Statement": "DELETE FROM \"a\" WHERE k = ?", "Parameters": [x]},
                    {"Statement": "SELECT b FROM a"},
                ]}),
                vec![
                    "PartiQLDelete table/a LeadingKeys=x Attributes=k FullTableScan=false \
                     ReturnValues=NONE",
                    "PartiQLSelect table/a LeadingKeys= Attributes=b FullTableScan=true \
                     Select=SPECIFIC_ATTRIBUTES",
                ],
            ),
            (
                "CreateTable",
                json!({"TableName": "a", "Tags": [{"Key": "k", "Value": "v"}]}),
                vec!["CreateTable table/a", "TagResource table/a"],
            ),
        ] {
            assert_eq!(told(operation, &input), expected, "{operation} {input}");
        }
    }

    #[test]
    fn a_statement_that_tells_no_table_is_refused() {
        let scope = Scope { account: 7, region: "eu-west-1".to_owned() };
        let input = json!({"Statement": "SELECT * FROM 7"});
        let refused = of(&scope, "ExecuteStatement", &input, &Tables::new()).expect_err("unclear");
        assert_eq!(refused.code, "ValidationException");
    }
}

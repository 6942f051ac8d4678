//! What operations of DynamoDB demand of their callers: actions on tables and indexes.

use serde_json::Value;

use crate::dynamodb::question::prefix;
use crate::dynamodb::statement::Statement;
use crate::dynamodb::stream::iterator;
use crate::operation::{Demand, Scope};

/// What an operation demands; the same is told once.
pub(in crate::dynamodb) fn of(scope: &Scope, operation: &str, input: &Value) -> Vec<Demand> {
    let prefix = prefix(scope);
    let arn = |table: &str| match table.starts_with("arn:") {
        true => table.to_owned(),
        false => format!("{prefix}table/{table}"),
    };
    let mut all: Vec<(String, String)> = match operation {
        "DescribeEndpoints" | "DescribeLimits" | "ListStreams" | "ListTables" => {
            vec![(operation.to_owned(), "*".to_owned())]
        }
        "BatchGetItem" | "BatchWriteItem" => {
            let tables = input["RequestItems"].as_object();
            let tables = tables.into_iter().flat_map(|it| it.keys());
            tables.map(|table| (operation.to_owned(), arn(table))).collect()
        }
        "TransactGetItems" | "TransactWriteItems" => transacted(input, &arn),
        "BatchExecuteStatement" => stated(&input["Statements"], &arn),
        "ExecuteTransaction" => stated(&input["TransactStatements"], &arn),
        "ExecuteStatement" => stated(&Value::Array(vec![input.clone()]), &arn),
        "DescribeStream" | "GetShardIterator" => {
            let stream = input["StreamArn"].as_str().unwrap_or("*");
            vec![(operation.to_owned(), stream.to_owned())]
        }
        "GetRecords" => {
            let stream = input["ShardIterator"].as_str().and_then(iterator::stream_of);
            vec![(operation.to_owned(), stream.unwrap_or("*").to_owned())]
        }
        "ListTagsOfResource" | "TagResource" | "UntagResource" => {
            let resource = input["ResourceArn"].as_str().unwrap_or("*");
            vec![(operation.to_owned(), resource.to_owned())]
        }
        _ => {
            let mut resource = arn(input["TableName"].as_str().unwrap_or_default());
            if let Some(index) = input["IndexName"].as_str() {
                resource = format!("{resource}/index/{index}");
            }
            vec![(operation.to_owned(), resource)]
        }
    };
    let tags = tags(&input["Tags"]);
    if operation == "CreateTable" && !tags.is_empty() {
        let resource = all[0].1.clone();
        all.push(("TagResource".to_owned(), resource));
    }
    all.sort();
    all.dedup();
    all.into_iter()
        .map(|(action, resource)| Demand {
            request_tags: tags.clone(),
            ..Demand::new(format!("dynamodb:{action}"), resource)
        })
        .collect()
}

fn transacted(input: &Value, arn: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
    let items = input["TransactItems"].as_array().into_iter().flatten();
    let parts = items.filter_map(Value::as_object).flatten();
    parts
        .map(|(kind, part)| {
            let action = match kind.as_str() {
                "ConditionCheck" => "ConditionCheckItem".to_owned(),
                kind => format!("{kind}Item"),
            };
            (action, arn(part["TableName"].as_str().unwrap_or_default()))
        })
        .collect()
}

fn stated(statements: &Value, arn: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
    let statements = statements.as_array().into_iter().flatten();
    statements
        .map(|it| {
            let Statement { action, target } =
                Statement::of(it["Statement"].as_str().unwrap_or_default());
            (action.to_owned(), target.map_or_else(|| "*".to_owned(), |target| arn(&target)))
        })
        .collect()
}

fn tags(given: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let tags = given.as_array().into_iter().flatten();
    tags.map(|tag| (text(&tag["Key"]), text(&tag["Value"]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_table_is_demanded_for_once() {
        let scope = Scope { account: 7, region: "eu-west-1".to_owned() };
        let demands = |operation, input| -> Vec<String> {
            let strip = |it: &str| it.replace("arn:aws:dynamodb:eu-west-1:000000000007:", "");
            let all = of(&scope, operation, &input).into_iter();
            all.map(|it| format!("{} {}", it.action, strip(&it.resource))).collect()
        };
        assert_eq!(demands("GetItem", json!({"TableName": "a"})), ["dynamodb:GetItem table/a"]);
        let query = json!({"TableName": "a", "IndexName": "i"});
        assert_eq!(demands("Query", query), ["dynamodb:Query table/a/index/i"]);
        let puts = json!({"TransactItems": [
            {"Put": {"TableName": "a"}}, {"Put": {"TableName": "a"}},
            {"ConditionCheck": {"TableName": "b"}},
        ]});
        let expected = ["dynamodb:ConditionCheckItem table/b", "dynamodb:PutItem table/a"];
        assert_eq!(demands("TransactWriteItems", puts), expected);
        let statements = json!({"Statements": [{"Statement": "DELETE FROM \"a\" WHERE k = 1"}]});
        let expected = ["dynamodb:PartiQLDelete table/a"];
        assert_eq!(demands("BatchExecuteStatement", statements), expected);
        let arn = "arn:aws:dynamodb:eu-west-1:000000000007:table/a/stream/2026-01-01T00:00:00.000";
        let described = demands("DescribeStream", json!({"StreamArn": arn}));
        let read = demands("GetRecords", json!({"ShardIterator": format!("{arn}|1|x")}));
        let stream = "table/a/stream/2026-01-01T00:00:00.000";
        assert_eq!(described, [format!("dynamodb:DescribeStream {stream}")]);
        assert_eq!(read, [format!("dynamodb:GetRecords {stream}")]);
        assert_eq!(demands("ListStreams", json!({})), ["dynamodb:ListStreams *"]);
        let tagged = json!({"TableName": "a", "Tags": [{"Key": "k", "Value": "v"}]});
        let expected = ["dynamodb:CreateTable table/a", "dynamodb:TagResource table/a"];
        assert_eq!(demands("CreateTable", tagged), expected);
    }
}

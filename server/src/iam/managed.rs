//! AWS's managed policies that functions' roles are usually given.

use std::collections::BTreeMap;

use serde_json::json;

use crate::iam::record::Policy;

const LOGS: [&str; 3] = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
const ENIS: [&str; 6] = [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
];

/// Every managed policy that is known here.
pub(crate) fn managed() -> Vec<Policy> {
    let all: Vec<&str> = LOGS.iter().chain(&ENIS).copied().collect();
    vec![
        policy(
            "AWSLambdaBasicExecutionRole",
            "ANPAJNCQGXC42545SKXIK",
            "v1",
            "Provides write permissions to CloudWatch Logs.",
            &LOGS,
        ),
        policy(
            "AWSLambdaVPCAccessExecutionRole",
            "ANPAJVTME3YLVNL72YR2K",
            "v3",
            "Provides minimum permissions for a Lambda function to execute while accessing a \
             resource within a VPC.",
            &all,
        ),
    ]
}

fn policy(name: &str, id: &str, version: &str, description: &str, actions: &[&str]) -> Policy {
    let statement = json!({"Effect": "Allow", "Action": actions, "Resource": "*"});
    Policy {
        name: name.to_owned(),
        path: "/service-role/".to_owned(),
        id: id.to_owned(),
        arn: format!("arn:aws:iam::aws:policy/service-role/{name}"),
        // 9 April 2015, when Lambda left its preview.
        created: 1_428_593_400_000,
        version: version.to_owned(),
        description: description.to_owned(),
        document: json!({"Version": "2012-10-17", "Statement": [statement]}).to_string(),
        tags: BTreeMap::new(),
    }
}

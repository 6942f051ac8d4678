//! AWS's managed policies that functions' roles, and administrators, are usually given.

use std::collections::BTreeMap;

use serde_json::{Value, json};

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
    let service_role = "/service-role/";
    vec![
        everything(),
        policy(
            (service_role, "AWSLambdaBasicExecutionRole"),
            "ANPAJNCQGXC42545SKXIK",
            "v1",
            "Provides write permissions to CloudWatch Logs.",
            &LOGS,
        ),
        policy(
            (service_role, "AWSLambdaVPCAccessExecutionRole"),
            "ANPAJVTME3YLVNL72YR2K",
            "v3",
            "Provides minimum permissions for a Lambda function to execute while accessing a \
             resource within a VPC.",
            &all,
        ),
    ]
}

/// What an administrator is given.
fn everything() -> Policy {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let place = ("/", "AdministratorAccess");
    let description = "Provides full access to AWS services and resources.";
    made(place, "ANPAIWMBCKSKIEE64ZLYK", "v1", description, &statement)
}

fn policy(
    place: (&str, &str),
    id: &str,
    version: &str,
    description: &str,
    actions: &[&str],
) -> Policy {
    let statement = json!({"Effect": "Allow", "Action": actions, "Resource": "*"});
    made(place, id, version, description, &statement)
}

fn made(
    (path, name): (&str, &str),
    id: &str,
    version: &str,
    description: &str,
    statement: &Value,
) -> Policy {
    Policy {
        name: name.to_owned(),
        path: path.to_owned(),
        id: id.to_owned(),
        arn: format!("arn:aws:iam::aws:policy{path}{name}"),
        // 9 April 2015, when Lambda left its preview.
        created: 1_428_593_400_000,
        version: version.to_owned(),
        description: description.to_owned(),
        document: json!({"Version": "2012-10-17", "Statement": [statement]}).to_string(),
        tags: BTreeMap::new(),
    }
}

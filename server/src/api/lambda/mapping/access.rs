//! `SourceAccessConfigurations`: how clusters of Kafka are reached, and by whose name.

use engine::network::eni;
use engine::record::mapping::{Access, AccessKind, MappingSettings, SourceKind};
use wire::ApiError;
use wire::arn::Arn;
use wire::lambda::input::SourceAccessConfiguration;

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::refusal::{no_group, no_subnet};
use crate::api::operation::Context;
use crate::iam::{Question, Values, account_number};

/// What is given by more than one secret, subnet or group.
const MANY: [AccessKind; 2] = [AccessKind::Subnet, AccessKind::SecurityGroup];

/// What having ENIs takes of a role.
const OF_ENIS: [&str; 6] = [
    "CreateNetworkInterface",
    "DescribeNetworkInterfaces",
    "DescribeVpcs",
    "DeleteNetworkInterface",
    "DescribeSubnets",
    "DescribeSecurityGroups",
];

/// Reads what is given for a kind of source.
pub(super) fn read(
    given: Vec<SourceAccessConfiguration>,
    kind: SourceKind,
) -> Result<Vec<Access>, ApiError> {
    let mut all: Vec<Access> = Vec::new();
    for SourceAccessConfiguration { r#type, uri } in given {
        let (word, uri) = (r#type.unwrap_or_default(), uri.unwrap_or_default());
        let access = Access { kind: kind_of(&word, kind)?, uri };
        check_uri(&word, &access)?;
        if all.contains(&access)
            || !MANY.contains(&access.kind) && all.iter().any(|it| it.kind == access.kind)
        {
            return Err(invalid(format!("Source access configuration {word} is given twice.")));
        }
        all.push(access);
    }
    Ok(all)
}

fn kind_of(word: &str, kind: SourceKind) -> Result<AccessKind, ApiError> {
    let is_msk = kind == SourceKind::Msk;
    Ok(match word {
        "SASL_SCRAM_512_AUTH" => AccessKind::Scram512,
        "CLIENT_CERTIFICATE_TLS_AUTH" => AccessKind::ClientCertificate,
        "BASIC_AUTH" if !is_msk => AccessKind::Basic,
        "SASL_SCRAM_256_AUTH" if !is_msk => AccessKind::Scram256,
        "SERVER_ROOT_CA_CERTIFICATE" if !is_msk => AccessKind::RootCertificate,
        "VPC_SUBNET" if !is_msk => AccessKind::Subnet,
        "VPC_SECURITY_GROUP" if !is_msk => AccessKind::SecurityGroup,
        other => {
            return Err(invalid(format!(
                "Unsupported source access configuration type {other} for given event source mapping type."
            )));
        }
    })
}

fn check_uri(word: &str, Access { kind, uri }: &Access) -> Result<(), ApiError> {
    let is_right = match kind {
        AccessKind::Subnet => {
            let id = uri.strip_prefix("subnet:");
            id.is_some_and(|id| id.parse::<engine::id::SubnetId>().is_ok())
        }
        AccessKind::SecurityGroup => {
            let id = uri.strip_prefix("security_group:");
            id.is_some_and(|id| id.parse::<engine::id::GroupId>().is_ok())
        }
        _ => Arn::parse(uri).is_some_and(|arn| arn.service == "secretsmanager"),
    };
    match is_right {
        true => Ok(()),
        false => Err(invalid(format!("{uri} is no URI of a source access configuration {word}."))),
    }
}

/// Refuses what does not go together.
pub(super) fn check(settings: &MappingSettings, kind: SourceKind) -> Result<(), ApiError> {
    if kind != SourceKind::Kafka && kind != SourceKind::Msk {
        return Ok(());
    }
    if kind == SourceKind::Kafka && settings.access.is_empty() {
        return Err(invalid("Required 'sourceAccessConfigurations' parameter is missing."));
    }
    let logins = [
        AccessKind::Basic,
        AccessKind::Scram256,
        AccessKind::Scram512,
        AccessKind::ClientCertificate,
    ];
    if settings.access.iter().filter(|it| logins.contains(&it.kind)).count() > 1 {
        return Err(invalid("An event source mapping has one kind of authentication at the most."));
    }
    match settings.subnets().is_empty() == settings.groups().is_empty() {
        true => Ok(()),
        false => Err(invalid(
            "Source access configurations VPC_SUBNET and VPC_SECURITY_GROUP are given together or not at \
             all.",
        )),
    }
}

/// Refuses secrets of another account, since they are read as the mapping's own, and what the role of the
/// function may not: to read them, and to have ENIs.
pub(super) fn check_role(
    cx: &Context<'_>,
    settings: &MappingSettings,
    role: &str,
) -> Result<(), ApiError> {
    let iam = &cx.endpoint.iam;
    if iam.enforces() && !settings.subnets().is_empty() {
        let may = |action: &&str| {
            let (action, values) = (format!("ec2:{action}"), Values::default());
            iam.lets_role(role, &Question { action: &action, resource: "*", values: &values })
        };
        if let Some(action) = OF_ENIS.iter().find(|action| !may(action)) {
            return Err(invalid(format!(
                "The provided execution role does not have permissions to call {action} on EC2"
            )));
        }
    }
    let secrets = settings.access.iter().filter(|it| !MANY.contains(&it.kind));
    for Access { uri, .. } in secrets {
        let arn = Arn::parse(uri);
        let is_own = arn.is_some_and(|it| account_number(it.account) == Some(cx.scope.account));
        if !is_own {
            return Err(invalid(format!(
                "Warren does not support secrets of another account ({uri})."
            )));
        }
        let values = Values::default();
        let action = "secretsmanager:GetSecretValue";
        let question = Question { action, resource: uri, values: &values };
        if iam.enforces() && !iam.lets_role(role, &question) {
            return Err(invalid(format!(
                "Cannot access secret manager value {uri}. Please ensure the role can perform the '{action}' \
                 action on your broker in IAM."
            )));
        }
    }
    Ok(())
}

/// Why a mapping can have no ENI.
pub(super) fn without_eni(refusal: &eni::Refusal) -> ApiError {
    invalid(match refusal {
        eni::Refusal::NoSubnet(id) => return no_subnet(&id.to_string()),
        eni::Refusal::NoGroup(id) => return no_group(&id.to_string()),
        eni::Refusal::GroupsElsewhere(_, vpc) => {
            format!("The security groups are not of {vpc}, of which the subnet is.")
        }
        eni::Refusal::NoFreeAddress(id) => format!("The subnet {id} has no free address."),
        eni::Refusal::TooMany => "The account has as many network interfaces as it can.".into(),
        other => format!("The network interface cannot be made: {other:?}"),
    })
}

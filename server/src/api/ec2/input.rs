//! Reading EC2's inputs: ids, blocks, tags, and what is missing.

use std::fmt::Display;
use std::net::Ipv4Addr;
use std::str::FromStr;

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, GroupId, IdError, InternetGatewayId, RouteTableId, RuleId, SubnetId, VpcId,
};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{Tag, TagSpecification};

/// Tags of one thing.
const TAGS: usize = 50;

/// An id of EC2's, and how errors about it read.
pub(crate) trait Id: FromStr<Err = IdError> + Display + Ord {
    /// The code when no thing has it.
    const NOT_FOUND: &'static str;
    /// The code when it is no id.
    const MALFORMED: &'static str;
    /// What precedes the id in the message that no thing has it.
    const NOUN: &'static str;
    /// What an id begins with.
    const PREFIX: &'static str;
}

macro_rules! id {
    ($($id:ty: $not_found:literal, $malformed:literal, $noun:literal;)*) => {$(
        impl Id for $id {
            const NOT_FOUND: &'static str = $not_found;
            const MALFORMED: &'static str = $malformed;
            const NOUN: &'static str = $noun;
            const PREFIX: &'static str = <$id>::PREFIX;
        }
    )*};
}

id! {
    VpcId: "InvalidVpcID.NotFound", "InvalidVpcID.Malformed", "vpc ID";
    SubnetId: "InvalidSubnetID.NotFound", "InvalidSubnetID.Malformed", "subnet ID";
    GroupId: "InvalidGroup.NotFound", "InvalidGroupId.Malformed", "security group";
    EniId: "InvalidNetworkInterfaceID.NotFound", "InvalidNetworkInterfaceId.Malformed",
        "networkInterface ID";
    RouteTableId: "InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed", "routeTable ID";
    InternetGatewayId: "InvalidInternetGatewayID.NotFound", "InvalidInternetGatewayId.Malformed",
        "internetGateway ID";
    AclId: "InvalidNetworkAclID.NotFound", "InvalidNetworkAclId.Malformed", "networkAcl ID";
    RuleId: "InvalidSecurityGroupRuleId.NotFound", "InvalidSecurityGroupRuleId.Malformed",
        "security group rule ID";
}

/// Reads an id.
pub(crate) fn id<I: Id>(text: &str) -> Result<I, ApiError> {
    text.parse().map_err(|why| match why {
        IdError::Malformed => {
            let message = format!("Invalid id: \"{text}\" (expecting \"{}...\")", I::PREFIX);
            error(I::MALFORMED, message)
        }
        IdError::Foreign => not_found::<I>(text),
    })
}

/// The error that nothing has an id.
pub(crate) fn no_such<I: Id>(id: I) -> ApiError {
    not_found::<I>(&id.to_string())
}

fn not_found<I: Id>(text: &str) -> ApiError {
    error(I::NOT_FOUND, format!("The {} '{text}' does not exist", I::NOUN))
}

/// Reads the ids of a list.
pub(crate) fn ids<I: Id>(list: &[String]) -> Result<Vec<I>, ApiError> {
    list.iter().map(|text| id(text)).collect()
}

/// The error that a parameter must be given.
pub(crate) fn missing(name: &str) -> ApiError {
    error("MissingParameter", format!("The request must contain the parameter {name}"))
}

/// An IPv4 block; bits beyond its prefix are dropped silently, as AWS does.
pub(crate) fn block(text: &str, parameter: &str) -> Result<Cidr, ApiError> {
    let cidr = text.split_once('/').and_then(|(address, prefix)| {
        Cidr::containing(address.parse::<Ipv4Addr>().ok()?, prefix.parse().ok()?)
    });
    cidr.ok_or_else(|| {
        let message = format!(
            "Value ({text}) for parameter {parameter} is invalid. This is not a valid CIDR block."
        );
        error("InvalidParameterValue", message)
    })
}

/// The tags of tag specifications, which must be for this type of resource.
pub(crate) fn tags_for(
    resource: &str,
    specifications: &[TagSpecification],
) -> Result<Tags, ApiError> {
    let mut tags = Vec::new();
    for TagSpecification { resource_type, tags: given } in specifications {
        let kind = resource_type.as_deref().unwrap_or_default();
        if kind != resource {
            let message =
                format!("'{kind}' is not a valid taggable resource type for this operation.");
            return Err(error("InvalidParameterValue", message));
        }
        tags.extend(given);
    }
    read_tags(tags)
}

/// Tags given as a list of keys and values.
pub(crate) fn read_tags<'a>(list: impl IntoIterator<Item = &'a Tag>) -> Result<Tags, ApiError> {
    let mut tags = Tags::new();
    for Tag { key, value } in list {
        let key = key.as_deref().ok_or_else(|| missing("Tag.Key"))?;
        let value = value.as_deref().unwrap_or_default();
        check_tag(key, value)?;
        tags.insert(key.to_owned(), value.to_owned());
    }
    match tags.len() {
        0..=TAGS => Ok(tags),
        _ => Err(error("TagLimitExceeded", format!("The maximum number of tags is {TAGS}."))),
    }
}

fn check_tag(key: &str, value: &str) -> Result<(), ApiError> {
    let problem = if key.starts_with("aws:") {
        "Tag keys starting with 'aws:' are reserved for internal use"
    } else if key.is_empty() || key.chars().count() > 128 {
        "Tag key exceeds the maximum length of 128 characters"
    } else if value.chars().count() > 256 {
        "Tag value exceeds the maximum length of 256 characters"
    } else {
        return Ok(());
    };
    Err(error("InvalidParameterValue", problem))
}

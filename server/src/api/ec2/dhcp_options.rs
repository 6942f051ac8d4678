//! Sets of DHCP options, as EC2 shows and changes them.

use engine::id::DhcpOptionsId;
use engine::network::dhcp_options::{self, Refusal};
use engine::record::dhcp_options::{DhcpOptions, Server};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    AssociateDhcpOptions, CreateDhcpOptions, DeleteDhcpOptions, DescribeDhcpOptions,
    NewDhcpConfiguration,
};
use wire::ec2::output::{
    self, AttributeValue, CreateDhcpOptionsResult, DescribeDhcpOptionsResult, DhcpConfiguration,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{id, missing, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, show};
use crate::api::operation::{Context, Operation};

/// Servers that a set may name.
const SERVERS: usize = 4;
/// The word for the VPC's own resolver.
const AMAZON: &str = "AmazonProvidedDNS";
/// Domains that a set may name, separated by spaces, and bytes of them, as libraries take them.
const DOMAINS: usize = 6;
const DOMAIN_BYTES: usize = 256;

fn invalid(value: &str, key: &str) -> ApiError {
    let message = format!("Value ({value}) for parameter {key} is invalid.");
    error("InvalidParameterValue", message)
}

/// What is read of configurations.
fn read(all: Vec<NewDhcpConfiguration>) -> Result<(Option<String>, Vec<Server>), ApiError> {
    let (mut domain, mut servers) = (None, Vec::new());
    let mut known: Vec<String> = Vec::new();
    for NewDhcpConfiguration { key, values } in all {
        let key = key.ok_or_else(|| missing("key"))?;
        if values.is_empty() {
            return Err(missing("value"));
        }
        if known.contains(&key) {
            let message = format!("The option {key} is given more than once.");
            return Err(error("InvalidParameterValue", message));
        }
        match key.as_str() {
            "domain-name" => {
                let [one] = values.as_slice() else {
                    return Err(invalid(&values.join(", "), &key));
                };
                domain = Some(read_domain(one)?);
            }
            "domain-name-servers" => {
                if values.len() > SERVERS {
                    return Err(invalid(&values.join(", "), &key));
                }
                for value in &values {
                    servers.push(match value.parse() {
                        Ok(address) => Server::At(address),
                        Err(_) if value == AMAZON => Server::Amazon,
                        Err(_) => return Err(invalid(value, &key)),
                    });
                }
            }
            "ntp-servers"
            | "netbios-name-servers"
            | "netbios-node-type"
            | "ipv6-address-preferred-lease-time" => {
                let message = format!("Warren does not support the DHCP option {key}.");
                return Err(error("UnsupportedOperation", message));
            }
            other => return Err(invalid(other, "key")),
        }
        known.push(key);
    }
    Ok((domain, servers))
}

/// Domains, of which a file of lines is made: nothing but letters, digits, hyphens and dots.
fn read_domain(given: &str) -> Result<String, ApiError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let domains: Vec<&str> = given.split(' ').filter(|domain| !domain.is_empty()).collect();
    let is_fine = (1..=DOMAINS).contains(&domains.len())
        && given.len() <= DOMAIN_BYTES
        && domains.iter().all(|domain| domain.bytes().all(plain));
    if is_fine { Ok(domains.join(" ")) } else { Err(invalid(given, "domain-name")) }
}

impl Operation for CreateDhcpOptions {
    type Output = CreateDhcpOptionsResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateDhcpOptionsResult, ApiError> {
        let CreateDhcpOptions { dhcp_configurations, tag_specifications, dry_run } = self;
        let tags = tags_for("dhcp-options", &tag_specifications)?;
        let (domain, servers) = read(dhcp_configurations)?;
        let question = dhcp_options::Create { scope: cx.scope.clone(), domain, servers, tags };
        let options = ask(cx, dry_run, question).await?;
        Ok(CreateDhcpOptionsResult { dhcp_options: Some(options.view()) })
    }
}

impl Operation for DeleteDhcpOptions {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteDhcpOptions { dhcp_options_id, dry_run } = self;
        let options = id(&dhcp_options_id)?;
        ask(cx, dry_run, dhcp_options::Delete { scope: cx.scope.clone(), options }).await
    }
}

impl Operation for AssociateDhcpOptions {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let AssociateDhcpOptions { dhcp_options_id, vpc_id, dry_run } = self;
        let options = match dhcp_options_id.as_str() {
            "default" => None,
            other => Some(id(other)?),
        };
        let question =
            dhcp_options::Associate { scope: cx.scope.clone(), options, vpc: id(&vpc_id)? };
        ask(cx, dry_run, question).await
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::NoVpc(id) => no_such(id),
            Refusal::NoOptions(id) => no_such(id),
            Refusal::InUse(id) => {
                let message =
                    format!("The dhcpOptions '{id}' has dependencies and cannot be deleted.");
                error("DependencyViolation", message)
            }
            Refusal::TooMany => {
                error("DhcpOptionsLimitExceeded", "The maximum number has been reached.")
            }
        }
    }
}

impl Operation for DescribeDhcpOptions {
    type Output = DescribeDhcpOptionsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeDhcpOptionsResult, ApiError> {
        let DescribeDhcpOptions {
            dhcp_options_ids: ids,
            next_token,
            max_results,
            dry_run,
            filters,
        } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let all = |engine: &engine::engine::Engine| {
            engine.all::<DhcpOptions>(&cx.scope).cloned().collect()
        };
        let page = describe::<DhcpOptions>(wanted, cx.driver.read(all))?;
        Ok(DescribeDhcpOptionsResult {
            dhcp_options: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// The options of a set by their keys.
fn configurations(options: &DhcpOptions) -> Vec<(&'static str, Vec<String>)> {
    let servers = options.servers.iter().map(|server| match server {
        Server::Amazon => AMAZON.to_owned(),
        Server::At(address) => address.to_string(),
    });
    let servers: Vec<String> = servers.collect();
    let domain: Vec<String> = options.domain.iter().cloned().collect();
    let both = [("domain-name", domain), ("domain-name-servers", servers)];
    both.into_iter().filter(|(_, values)| !values.is_empty()).collect()
}

impl Described for DhcpOptions {
    type Id = DhcpOptionsId;
    type View = output::DhcpOptions;
    const FILTERS: &'static [Attribute<DhcpOptions>] = &[
        ("dhcp-options-id", |each| vec![each.id.to_string()]),
        ("key", |each| configurations(each).into_iter().map(|(key, _)| key.into()).collect()),
        ("owner-id", |each| vec![show::owner(&each.scope)]),
        ("value", |each| configurations(each).into_iter().flat_map(|(_, values)| values).collect()),
    ];

    fn id(&self) -> DhcpOptionsId {
        self.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> output::DhcpOptions {
        let shown = configurations(&self).into_iter().map(|(key, values)| DhcpConfiguration {
            key: Some(key.to_owned()),
            values: Some(
                values.into_iter().map(|value| AttributeValue { value: Some(value) }).collect(),
            ),
        });
        output::DhcpOptions {
            owner_id: Some(show::owner(&self.scope)),
            tags: Some(show::tags(&self.tags)),
            dhcp_options_id: Some(self.id.to_string()),
            dhcp_configurations: Some(shown.collect()),
        }
    }
}

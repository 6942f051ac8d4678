//! Paths of Reachability Analyzer, as EC2 shows and changes them.

use std::net::Ipv4Addr;

use engine::engine::Engine;
use engine::id::InsightsPathId;
use engine::network::insights_path::{self, Refusal};
use engine::record::insights_path::{InsightsPath, PathEnd, PathFilter, PathProtocol};
use engine::scope::{Scope, Tags};
use engine::time::Time;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    CreateNetworkInsightsPath, DeleteNetworkInsightsPath, DescribeNetworkInsightsPaths,
    PathRequestFilter, RequestFilterPortRange,
};
use wire::ec2::output::{
    self, CreateNetworkInsightsPathResult, DeleteNetworkInsightsPathResult,
    DescribeNetworkInsightsPathsResult, FilterPortRange,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{given, id, missing, no_such, together};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, show};
use crate::api::operation::{Context, Operation};

impl Operation for CreateNetworkInsightsPath {
    type Output = CreateNetworkInsightsPathResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateNetworkInsightsPathResult, ApiError> {
        let CreateNetworkInsightsPath {
            source_ip,
            destination_ip,
            source,
            destination,
            protocol,
            destination_port,
            tag_specifications,
            dry_run,
            client_token: _,
            filter_at_source,
            filter_at_destination,
        } = self;
        let (source_ip, destination_ip) = (given(source_ip), given(destination_ip));
        for (own, filter, names) in [
            (source_ip.is_some(), filter_at_source.is_some(), ("SourceIp", "FilterAtSource")),
            (
                destination_port.is_some(),
                filter_at_source.is_some(),
                ("DestinationPort", "FilterAtSource"),
            ),
            (
                destination_ip.is_some(),
                filter_at_destination.is_some(),
                ("DestinationIp", "FilterAtDestination"),
            ),
        ] {
            if own && filter {
                return Err(together(names.0, names.1));
            }
        }
        let by_filters = filter_at_source.is_some() || filter_at_destination.is_some();
        let mut at_source = filter_at_source.map_or_else(|| Ok(PathFilter::default()), filter)?;
        let mut at_destination =
            filter_at_destination.map_or_else(|| Ok(PathFilter::default()), filter)?;
        at_source.source = source_ip.map_or(Ok(at_source.source), |ip| address(&ip).map(Some))?;
        if let Some(port) = destination_port {
            at_source.ports = Some(ports(Some(port), Some(port))?);
        }
        at_destination.destination =
            destination_ip.map_or(Ok(at_destination.destination), |ip| address(&ip).map(Some))?;
        let destination = given(destination).map(|text| end(&cx.scope, &text)).transpose()?;
        if destination.is_none()
            && at_source.destination.is_none()
            && at_destination.destination.is_none()
        {
            return Err(missing("Destination"));
        }
        let question = insights_path::Create {
            scope: cx.scope.clone(),
            source: end(&cx.scope, &source)?,
            destination,
            protocol: match protocol.as_str() {
                "udp" => PathProtocol::Udp,
                _ => PathProtocol::Tcp,
            },
            at_source,
            at_destination,
            by_filters,
            tags: tags_for("network-insights-path", &tag_specifications)?,
        };
        let path = ask_once(cx, dry_run, question).await?;
        Ok(CreateNetworkInsightsPathResult { network_insights_path: Some(path.view()) })
    }
}

/// An end of a path: an ENI or an internet gateway, by its id or ARN. Of instances there are none, and other
/// things are no ends here.
fn end(scope: &Scope, text: &str) -> Result<PathEnd, ApiError> {
    let word = match text.strip_prefix("arn:") {
        Some(arn) => arn.rsplit_once('/').map_or(text, |(_, id)| id),
        None => text,
    };
    let (account, region) = (show::owner(scope), &scope.region);
    if text.starts_with("arn:") && !text.contains(&format!(":ec2:{region}:{account}:")) {
        let message = format!("'{text}' is of another account or region, which is not supported.");
        return Err(error("UnsupportedOperation", message));
    }
    match word.split_once('-').map_or("", |(prefix, _)| prefix) {
        "eni" => id(word).map(PathEnd::Eni),
        "igw" => id(word).map(PathEnd::Gateway),
        "i" => {
            let message = format!("The instance ID '{word}' does not exist");
            Err(error("InvalidInstanceID.NotFound", message))
        }
        _ => {
            let message = format!(
                "'{text}' is not supported as an end of a path; network interfaces and internet \
                 gateways are."
            );
            Err(error("UnsupportedOperation", message))
        }
    }
}

fn filter(given: PathRequestFilter) -> Result<PathFilter, ApiError> {
    let PathRequestFilter { source_address, destination_address, destination_port_range } = given;
    let read = |text: Option<String>| text.map(|text| address(&text)).transpose();
    Ok(PathFilter {
        source: read(source_address)?,
        destination: read(destination_address)?,
        ports: destination_port_range
            .map(|RequestFilterPortRange { from_port, to_port }| ports(from_port, to_port))
            .transpose()?,
    })
}

fn ports(from: Option<i32>, to: Option<i32>) -> Result<(u16, u16), ApiError> {
    let port = |given: Option<i32>| given.and_then(|port| u16::try_from(port).ok());
    match (port(from), port(to.or(from))) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => {
            let shown = |port: Option<i32>| port.map_or_else(String::new, |port| port.to_string());
            let message = format!("Invalid port range '{}-{}'.", shown(from), shown(to));
            Err(error("InvalidParameterValue", message))
        }
    }
}

fn address(text: &str) -> Result<Ipv4Addr, ApiError> {
    text.parse()
        .map_err(|_| error("InvalidParameterValue", format!("Invalid IPv4 address '{text}'.")))
}

impl Operation for DeleteNetworkInsightsPath {
    type Output = DeleteNetworkInsightsPathResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteNetworkInsightsPathResult, ApiError> {
        let DeleteNetworkInsightsPath { dry_run, network_insights_path_id } = self;
        let path = id(&network_insights_path_id)?;
        ask(cx, dry_run, insights_path::Delete { scope: cx.scope.clone(), path }).await?;
        let network_insights_path_id = Some(network_insights_path_id);
        Ok(DeleteNetworkInsightsPathResult { network_insights_path_id })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::NoPath(id) => no_such(id),
            Refusal::NoEni(id) => no_such(id),
            Refusal::NoGateway(id) => no_such(id),
            Refusal::TooMany => {
                let message = "The maximum number of network insights paths has been reached.";
                error("NetworkInsightsPathLimitExceeded", message)
            }
            Refusal::Analysed(id) => {
                let message =
                    format!("The network insights path '{id}' has analyses and cannot be deleted.");
                error("AnalysisExistsForNetworkInsightsPath", message)
            }
        }
    }
}

impl Operation for DescribeNetworkInsightsPaths {
    type Output = DescribeNetworkInsightsPathsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeNetworkInsightsPathsResult, ApiError> {
        let DescribeNetworkInsightsPaths {
            network_insights_path_ids: ids,
            filters,
            max_results,
            dry_run,
            next_token,
        } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let all = |engine: &Engine| engine.all::<InsightsPath>(&cx.scope).cloned().collect();
        let page = describe::<InsightsPath>(wanted, cx.driver.read(all))?;
        Ok(DescribeNetworkInsightsPathsResult {
            network_insights_paths: Some(page.items),
            next_token: page.next_token,
        })
    }
}

pub(super) fn millis(time: Time) -> i64 {
    i64::try_from(time.millis()).unwrap_or(i64::MAX)
}

/// An end as it is shown: its id and its ARN.
fn shown(scope: &Scope, end: PathEnd) -> (String, String) {
    match end {
        PathEnd::Eni(id) => (id.to_string(), show::arn(scope, "network-interface", id)),
        PathEnd::Gateway(id) => (id.to_string(), show::arn(scope, "internet-gateway", id)),
    }
}

fn text(address: Option<Ipv4Addr>) -> Option<String> {
    address.map(|address| address.to_string())
}

fn range(ports: Option<(u16, u16)>) -> Vec<String> {
    ports.into_iter().map(|(from, to)| format!("{from}-{to}")).collect()
}

fn shown_filter(filter: PathFilter) -> Option<output::PathFilter> {
    (filter != PathFilter::default()).then(|| output::PathFilter {
        source_address: text(filter.source),
        source_port_range: None,
        destination_address: text(filter.destination),
        destination_port_range: filter.ports.map(|(from, to)| FilterPortRange {
            from_port: Some(from.into()),
            to_port: Some(to.into()),
        }),
    })
}

impl Described for InsightsPath {
    type Id = InsightsPathId;
    type View = output::NetworkInsightsPath;
    const LEAST: i32 = 1;
    const FILTERS: &'static [Attribute<InsightsPath>] = &[
        ("destination", |path| {
            path.destination.iter().map(|end| shown(&path.scope, *end).0).collect()
        }),
        ("filter-at-source.source-address", |path| {
            path.at_source.source.iter().map(ToString::to_string).collect()
        }),
        ("filter-at-source.source-port-range", |_| Vec::new()),
        ("filter-at-source.destination-address", |path| {
            path.at_source.destination.iter().map(ToString::to_string).collect()
        }),
        ("filter-at-source.destination-port-range", |path| range(path.at_source.ports)),
        ("filter-at-destination.source-address", |path| {
            path.at_destination.source.iter().map(ToString::to_string).collect()
        }),
        ("filter-at-destination.source-port-range", |_| Vec::new()),
        ("filter-at-destination.destination-address", |path| {
            path.at_destination.destination.iter().map(ToString::to_string).collect()
        }),
        ("filter-at-destination.destination-port-range", |path| range(path.at_destination.ports)),
        ("protocol", |path| vec![protocol(path.protocol).to_owned()]),
        ("source", |path| vec![shown(&path.scope, path.source).0]),
    ];

    fn id(&self) -> InsightsPathId {
        self.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> output::NetworkInsightsPath {
        let (source, source_arn) = shown(&self.scope, self.source);
        let destination = self.destination.map(|end| shown(&self.scope, end));
        let own = !self.by_filters;
        output::NetworkInsightsPath {
            network_insights_path_id: Some(self.id.to_string()),
            network_insights_path_arn: Some(show::arn(
                &self.scope,
                "network-insights-path",
                self.id,
            )),
            created_date: Some(millis(self.created)),
            source: Some(source),
            destination: destination.as_ref().map(|(id, _)| id.clone()),
            source_arn: Some(source_arn),
            destination_arn: destination.map(|(_, arn)| arn),
            source_ip: text(self.at_source.source).filter(|_| own),
            destination_ip: text(self.at_destination.destination).filter(|_| own),
            protocol: Some(protocol(self.protocol).to_owned()),
            destination_port: self.at_source.ports.filter(|_| own).map(|(from, _)| from.into()),
            tags: Some(show::tags(&self.tags)),
            filter_at_source: shown_filter(self.at_source).filter(|_| !own),
            filter_at_destination: shown_filter(self.at_destination).filter(|_| !own),
        }
    }
}

pub(super) fn protocol(protocol: PathProtocol) -> &'static str {
    match protocol {
        PathProtocol::Tcp => "tcp",
        PathProtocol::Udp => "udp",
    }
}

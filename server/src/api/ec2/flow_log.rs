//! Flow logs, as EC2 shows and changes them.

use engine::engine::Engine;
use engine::id::FlowLogId;
use engine::network::flow_log::{self, Refusal};
use engine::network::once::Once;
use engine::record::flow_log::{Destination, FlowLog, Traffic, Watched};
use engine::scope::Tags;
use neighbours::Outward;
use wire::ApiError;
use wire::arn::Arn;
use wire::ec2::error;
use wire::ec2::input::{
    CreateFlowLogs, DeleteFlowLogs, DescribeFlowLogs, DestinationOptionsRequest,
};
use wire::ec2::output::{
    self, CreateFlowLogsResult, DeleteFlowLogsResult, DescribeFlowLogsResult,
    DestinationOptionsResponse, UnsuccessfulItem, UnsuccessfulItemError,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{given, id, ids, missing, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, show, would_succeed};
use crate::api::operation::{Context, Operation};
use crate::flows::{BadFormat, DEFAULT, Format, actor, bucket_of};

/// Resources that one call may name.
const RESOURCES: usize = 1000;
/// Seconds of an interval, where none is asked for, and the other ones that there are.
const INTERVAL: i32 = 600;
const INTERVALS: [i32; 2] = [60, INTERVAL];

impl Operation for CreateFlowLogs {
    type Output = CreateFlowLogsResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateFlowLogsResult, ApiError> {
        let CreateFlowLogs {
            dry_run,
            client_token,
            deliver_logs_permission_arn,
            log_group_name,
            resource_ids,
            resource_type,
            traffic_type,
            log_destination_type,
            log_destination,
            log_format,
            tag_specifications,
            max_aggregation_interval,
            destination_options,
        } = self;
        let watched = watched(&resource_type, &resource_ids)?;
        let place = Asked {
            kind: given(log_destination_type),
            destination: given(log_destination),
            group: given(log_group_name),
            role: given(deliver_logs_permission_arn),
            options: destination_options,
        };
        let destination = place.destination(cx)?;
        let traffic = traffic(given(traffic_type).as_deref())?;
        let format = format(given(log_format))?;
        let interval = interval(max_aggregation_interval)?;
        let tags = tags_for("vpc-flow-log", &tag_specifications)?;
        let questions = watched.into_iter().map(|of| flow_log::Create {
            scope: cx.scope.clone(),
            of,
            traffic,
            destination: destination.clone(),
            format: format.clone(),
            interval,
            tags: tags.clone(),
        });
        let (logs, unsuccessful) = make(cx, dry_run, questions.collect()).await?;
        cx.endpoint.flows.look();
        Ok(CreateFlowLogsResult {
            client_token,
            flow_log_ids: Some(logs.iter().map(|log| log.id.to_string()).collect()),
            unsuccessful: Some(unsuccessful),
        })
    }
}

/// Makes a flow log for each resource; those that could not be made are told beside those that were.
async fn make(
    cx: &Context<'_>,
    dry_run: Option<bool>,
    questions: Vec<flow_log::Create>,
) -> Result<(Vec<FlowLog>, Vec<UnsuccessfulItem>), ApiError> {
    let token = cx.take_once();
    // What is not there is the whole call's fault, and changes nothing. One that is there may have been
    // made under the token.
    for question in &questions {
        match cx.driver.rehearse(question.clone()) {
            Err(Refusal::TooMany(_)) | Ok(()) => {}
            Err(Refusal::Exists) if token.is_some() => {}
            Err(why) => return Err(why.spell()),
        }
    }
    if let Some(arn) = missing_bucket(cx, &questions).await {
        if dry_run == Some(true) {
            return Err(would_succeed());
        }
        let message = format!("LogDestination: {arn} does not exist");
        let items = questions.iter().map(|each| unsuccessful(each.of, "400", message.clone()));
        return Ok((Vec::new(), items.collect()));
    }
    let (mut logs, mut failed) = (Vec::new(), Vec::new());
    for question in questions {
        let of = question.of;
        let is_first = logs.is_empty() && failed.is_empty();
        // The token of the first is the call's: with other parameters it is refused before anything is made.
        let once = token.as_ref().map(|token| match is_first {
            true => token.clone(),
            false => Once { token: format!("{} {of}", token.token), ..token.clone() },
        });
        cx.put_once(once);
        match ask_once(cx, dry_run, question).await {
            Ok(log) => logs.push(log),
            Err(why) if is_first => return Err(why),
            Err(why) => failed.push(unsuccessful(of, &why.code, why.message.to_string())),
        }
    }
    Ok((logs, failed))
}

fn unsuccessful(of: Watched, code: &str, message: String) -> UnsuccessfulItem {
    UnsuccessfulItem {
        error: Some(UnsuccessfulItemError { code: Some(code.into()), message: Some(message) }),
        resource_id: Some(of.to_string()),
    }
}

/// The ARN of the bucket that flows are to be told in, where there is none of it.
async fn missing_bucket(cx: &Context<'_>, questions: &[flow_log::Create]) -> Option<String> {
    let Destination::Bucket { arn, .. } = &questions.first()?.destination else { return None };
    let (bucket, _) = bucket_of(arn)?;
    match cx.endpoint.reach.has_bucket(bucket).await {
        true => None,
        false => Some(bucket.to_owned()),
    }
}

/// Whose flows are to be told.
fn watched(kind: &str, resources: &[String]) -> Result<Vec<Watched>, ApiError> {
    if resources.is_empty() {
        return Err(missing("ResourceId"));
    }
    if resources.len() > RESOURCES {
        let message = format!("The request names more than {RESOURCES} resources.");
        return Err(error("InvalidParameterValue", message));
    }
    let each = resources.iter().map(|text| {
        Ok(match kind {
            "VPC" => Watched::Vpc(id(text)?),
            "Subnet" => Watched::Subnet(id(text)?),
            "NetworkInterface" => Watched::Eni(id(text)?),
            other => {
                let message = format!(
                    "Warren does not support the ResourceType {other} of CreateFlowLogs: VPC, Subnet \
                     and NetworkInterface are."
                );
                return Err(error("UnsupportedOperation", message));
            }
        })
    });
    each.collect()
}

/// Where flows are to be told, as it is asked for.
struct Asked {
    kind: Option<String>,
    destination: Option<String>,
    group: Option<String>,
    role: Option<String>,
    options: Option<DestinationOptionsRequest>,
}

impl Asked {
    fn destination(self, cx: &Context<'_>) -> Result<Destination, ApiError> {
        let kind = self.kind.as_deref().unwrap_or("cloud-watch-logs");
        match kind {
            "cloud-watch-logs" | "s3" => {}
            other => {
                let message = format!(
                    "Warren does not support the LogDestinationType {other} of CreateFlowLogs: \
                     cloud-watch-logs and s3 are."
                );
                return Err(error("UnsupportedOperation", message));
            }
        }
        if self.group.is_some() && self.destination.is_some() {
            return Err(invalid(
                "Please only provide LogGroupName or only provide LogDestination.",
            ));
        }
        if self.group.is_none() && self.destination.is_none() {
            let message = "LogDestination can't be empty if LogGroupName is not provided.";
            return Err(invalid(message));
        }
        if self.group.is_some() && kind != "cloud-watch-logs" {
            let message =
                "LogDestination type must be cloud-watch-logs if LogGroupName is provided.";
            return Err(invalid(message));
        }
        match kind {
            "s3" => self.bucket(),
            _ => self.log_group(cx),
        }
    }

    fn log_group(self, cx: &Context<'_>) -> Result<Destination, ApiError> {
        if self.options.is_some() {
            let message = "DestinationOptions can only be specified if LogDestinationType is s3.";
            return Err(invalid(message));
        }
        let role = self.role.ok_or_else(|| {
            let message =
                "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.";
            invalid(message)
        })?;
        let is_by_arn = self.group.is_none();
        let name = match (self.group, self.destination) {
            (Some(name), _) => name,
            (None, Some(arn)) => group_of(cx, &arn)?,
            (None, None) => unreachable!("one of them is given"),
        };
        let is_good = |c: char| c.is_ascii_alphanumeric() || "_-/.#".contains(c);
        if name.is_empty() || name.len() > 512 || !name.chars().all(is_good) {
            return Err(invalid(&format!("Invalid log group name: {name}")));
        }
        let arn = Arn::parse(&role).filter(|arn| arn.service == "iam");
        // A role is handed to a service within its account alone.
        let own = show::owner(&cx.scope);
        let is_role =
            arn.as_ref().is_some_and(|arn| arn.resource.starts_with("role/") && arn.account == own);
        let actor = actor(&cx.scope, Some(&role), "*");
        if !is_role || !Outward::may_assume(&*cx.endpoint.reach, &actor) {
            let message = format!(
                "Unable to assume given IAM role: {role}. It must exist and trust \
                 vpc-flow-logs.amazonaws.com."
            );
            return Err(invalid(&message));
        }
        Ok(Destination::Group { name, role, is_by_arn })
    }

    fn bucket(self) -> Result<Destination, ApiError> {
        if self.role.is_some() {
            let message =
                "DeliverLogsPermissionArn is not applicable for s3 type of LogDestination.";
            return Err(invalid(message));
        }
        let arn = self.destination.unwrap_or_default();
        if bucket_of(&arn).is_none() {
            return Err(invalid(&format!("LogDestination: {arn} is not a valid S3 ARN.")));
        }
        let options = self.options.unwrap_or_default();
        let DestinationOptionsRequest {
            file_format,
            hive_compatible_partitions,
            per_hour_partition,
        } = options;
        match file_format.as_deref() {
            None | Some("plain-text") => {}
            Some(other) => {
                let message = format!(
                    "Warren does not support the FileFormat {other} of CreateFlowLogs: plain-text is."
                );
                return Err(error("UnsupportedOperation", message));
            }
        }
        Ok(Destination::Bucket {
            arn,
            is_hive: hive_compatible_partitions == Some(true),
            is_by_hour: per_hour_partition == Some(true),
        })
    }
}

/// The log group that an ARN names, of the caller's own.
fn group_of(cx: &Context<'_>, text: &str) -> Result<String, ApiError> {
    let arn = Arn::parse(text).filter(|arn| arn.service == "logs");
    let own = arn.filter(|arn| {
        arn.region == cx.scope.region && arn.account == format!("{:012}", cx.scope.account)
    });
    let name = own.and_then(|arn| arn.resource.strip_prefix("log-group:"));
    let name = name.map(|name| name.strip_suffix(":*").unwrap_or(name).to_owned());
    name.ok_or_else(|| invalid(&format!("LogDestination: {text} is not a valid log group ARN.")))
}

fn invalid(message: &str) -> ApiError {
    error("InvalidParameter", message.to_owned())
}

fn traffic(text: Option<&str>) -> Result<Traffic, ApiError> {
    match text {
        Some("ACCEPT") => Ok(Traffic::Accept),
        Some("REJECT") => Ok(Traffic::Reject),
        Some("ALL") => Ok(Traffic::All),
        Some(other) => {
            let message = format!("Invalid value '{other}' for trafficType.");
            Err(error("InvalidParameterValue", message))
        }
        None => Err(missing("TrafficType")),
    }
}

fn format(text: Option<String>) -> Result<String, ApiError> {
    let text = text.unwrap_or_else(|| DEFAULT.to_owned());
    match Format::parse(&text) {
        Ok(_) => Ok(text),
        Err(BadFormat::Malformed) => Err(invalid(&format!(
            "1 validation error detected: Value '{text}' at 'logFormat' has an invalid format"
        ))),
        Err(BadFormat::Unknown(fields)) => {
            Err(invalid(&format!("Unknown fields provided: {}", fields.join(", "))))
        }
    }
}

fn interval(seconds: Option<i32>) -> Result<u32, ApiError> {
    let seconds = seconds.unwrap_or(INTERVAL);
    match INTERVALS.contains(&seconds) {
        true => Ok(seconds.unsigned_abs()),
        false => Err(invalid("Invalid Flow Log Max Aggregation Interval")),
    }
}

impl Operation for DeleteFlowLogs {
    type Output = DeleteFlowLogsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteFlowLogsResult, ApiError> {
        let DeleteFlowLogs { dry_run, flow_log_ids } = self;
        if flow_log_ids.is_empty() {
            return Err(missing("FlowLogId"));
        }
        let logs = ids(&flow_log_ids).map_err(|why| match &*why.code {
            // AWS tells of ids that are none as of those that are not there.
            "InvalidFlowLogId.Malformed" => not_found(&flow_log_ids),
            _ => why,
        })?;
        ask(cx, dry_run, flow_log::Delete { scope: cx.scope.clone(), logs }).await?;
        cx.endpoint.flows.look();
        Ok(DeleteFlowLogsResult { unsuccessful: Some(Vec::new()) })
    }
}

fn not_found(ids: &[String]) -> ApiError {
    let message = format!(
        "These flow log ids in the input list are not found: [TotalCount: {}] {}",
        ids.len(),
        ids.join(" ")
    );
    error("InvalidFlowLogId.NotFound", message)
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::NoVpc(id) => no_such(id),
            Refusal::NoSubnet(id) => no_such(id),
            Refusal::NoEni(id) => no_such(id),
            Refusal::NoLogs(ids) => {
                not_found(&ids.iter().map(ToString::to_string).collect::<Vec<String>>())
            }
            Refusal::Exists => {
                let message = "Error. There is an existing Flow Log with the same configuration and \
                               log destination.";
                error("FlowLogAlreadyExists", message.to_owned())
            }
            Refusal::TooMany(of) => {
                let most = flow_log::FLOW_LOGS_OF_ONE;
                let message = format!("Resource {of} has the maximum of {most} flow logs.");
                error("FlowLogsLimitExceeded", message)
            }
        }
    }
}

impl Operation for DescribeFlowLogs {
    type Output = DescribeFlowLogsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeFlowLogsResult, ApiError> {
        let DescribeFlowLogs { dry_run, filter, flow_log_ids, max_results, next_token } = self;
        let wanted =
            Wanted { ids: flow_log_ids, filters: filter, max_results, next_token, dry_run };
        let all = |engine: &Engine| engine.all::<FlowLog>(&cx.scope).cloned().collect();
        let logs: Vec<FlowLog> = cx.driver.read(all);
        let shown = logs.into_iter().map(|log| {
            let failure = cx.endpoint.flows.failure(log.id);
            Shown { log, failure }
        });
        let page = describe::<Shown>(wanted, shown.collect())?;
        Ok(DescribeFlowLogsResult { flow_logs: Some(page.items), next_token: page.next_token })
    }
}

/// A flow log as it is shown: with what became of what it had to tell last.
struct Shown {
    log: FlowLog,
    failure: Option<&'static str>,
}

impl Shown {
    fn status(&self) -> &'static str {
        if self.failure.is_some() { "FAILED" } else { "SUCCESS" }
    }

    fn kind(&self) -> &'static str {
        match self.log.destination {
            Destination::Group { .. } => "cloud-watch-logs",
            Destination::Bucket { .. } => "s3",
        }
    }

    fn group(&self) -> Option<String> {
        match &self.log.destination {
            Destination::Group { name, .. } => Some(name.clone()),
            Destination::Bucket { .. } => None,
        }
    }
}

impl Described for Shown {
    type Id = FlowLogId;
    type View = output::FlowLog;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("deliver-log-status", |each| vec![each.status().into()]),
        ("log-destination-type", |each| vec![each.kind().into()]),
        ("flow-log-id", |each| vec![each.log.id.to_string()]),
        ("log-group-name", |each| each.group().into_iter().collect()),
        ("resource-id", |each| vec![each.log.of.to_string()]),
        ("traffic-type", |each| vec![each.log.traffic.word().into()]),
    ];

    fn id(&self) -> FlowLogId {
        self.log.id
    }

    fn tags(&self) -> &Tags {
        &self.log.tags
    }

    fn view(self) -> output::FlowLog {
        let (status, kind, group) = (self.status(), self.kind(), self.group());
        let Shown { log, failure } = self;
        let (role, destination, options) = match log.destination {
            Destination::Group { name, role, is_by_arn } => {
                let (region, account) = (&log.scope.region, show::owner(&log.scope));
                let arn =
                    is_by_arn.then(|| format!("arn:aws:logs:{region}:{account}:log-group:{name}"));
                (Some(role), arn, None)
            }
            Destination::Bucket { arn, is_hive, is_by_hour } => {
                let options = DestinationOptionsResponse {
                    file_format: Some("plain-text".into()),
                    hive_compatible_partitions: Some(is_hive),
                    per_hour_partition: Some(is_by_hour),
                };
                (None, Some(arn), Some(options))
            }
        };
        output::FlowLog {
            creation_time: Some(i64::try_from(log.created.millis()).unwrap_or(i64::MAX)),
            deliver_logs_error_message: failure.map(str::to_owned),
            deliver_logs_permission_arn: role,
            deliver_logs_status: Some(status.into()),
            flow_log_id: Some(log.id.to_string()),
            flow_log_status: Some("ACTIVE".into()),
            log_group_name: group,
            resource_id: Some(log.of.to_string()),
            traffic_type: Some(log.traffic.word().into()),
            log_destination_type: Some(kind.into()),
            log_destination: destination,
            log_format: Some(log.format),
            tags: Some(show::tags(&log.tags)),
            max_aggregation_interval: i32::try_from(log.interval).ok(),
            destination_options: options,
            ..output::FlowLog::default()
        }
    }
}

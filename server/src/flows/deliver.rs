//! Where flows are told: lines of a log group, and objects of a bucket.

use std::io::Write;
use std::sync::Arc;

use engine::id::EniId;
use engine::record::flow_log::{Destination, FlowLog};
use engine::scope::Scope;
use flate2::Compression;
use flate2::write::GzEncoder;
use neighbours::{Actor, Demand, Outward};

use crate::logs::{Logs, LogsError, NewLines, now};
use crate::output::LogPlace;
use crate::outward::Reach;
use crate::request_id::request_id;

/// The principals of what tells flows: as a role in log groups, and itself in buckets.
pub(crate) const FLOW_LOGS: &str = "vpc-flow-logs.amazonaws.com";
const DELIVERY: &str = "delivery.logs.amazonaws.com";
/// Bytes of lines that one object is made of, before they are compressed.
const OBJECT: usize = 32 << 20;

/// Why flows are not told, as AWS says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undelivered {
    /// The role, or the bucket's policy, does not allow it; or the bucket is gone.
    Access,
    /// What is told cannot be kept.
    Unknown,
}

impl Undelivered {
    pub(super) fn text(self) -> &'static str {
        match self {
            Undelivered::Access => "Access error",
            Undelivered::Unknown => "Unknown error",
        }
    }
}

/// A line: of which ENI, of which time in milliseconds, and what it says.
pub(super) type Line = (EniId, u64, String);

/// Brings lines to where a flow log tells them; `header` names the fields.
pub(super) async fn deliver(
    logs: &Arc<Logs>,
    reach: &Reach,
    log: &FlowLog,
    header: &str,
    lines: Vec<Line>,
) -> Result<(), Undelivered> {
    match &log.destination {
        Destination::Group { name, role, .. } => {
            to_group(logs, reach, log, (name, role), lines).await
        }
        Destination::Bucket { .. } => to_bucket(reach, log, header, lines).await,
    }
}

/// Who tells flows, as a role where it is given one; by this flow log, or by one to be.
pub(crate) fn actor(scope: &Scope, role: Option<&str>, log: &str) -> Actor {
    let (region, account) = (&scope.region, scope.account);
    Actor {
        principal: if role.is_some() { FLOW_LOGS } else { DELIVERY },
        source_arn: match role {
            Some(_) => format!("arn:aws:ec2:{region}:{account:012}:vpc-flow-log/{log}"),
            None => format!("arn:aws:logs:{region}:{account:012}:*"),
        },
        source_account: account,
        role: role.map(str::to_owned),
        trace: None,
    }
}

async fn to_group(
    logs: &Arc<Logs>,
    reach: &Reach,
    log: &FlowLog,
    (group, role): (&str, &str),
    lines: Vec<Line>,
) -> Result<(), Undelivered> {
    let actor = actor(&log.scope, Some(role), &log.id.to_string());
    let Scope { region, account } = &log.scope;
    let arn = format!("arn:aws:logs:{region}:{account:012}:log-group:{group}");
    let may = |action: &str| {
        let demand = Demand::new(action, format!("{arn}:*"));
        Outward::may(reach, &actor, &demand)
    };
    if !may("logs:CreateLogStream") || !may("logs:PutLogEvents") {
        return Err(Undelivered::Access);
    }
    let may_make = may("logs:CreateLogGroup");
    let word = log.traffic.word().to_ascii_lowercase();
    let mut entries: Vec<NewLines> = Vec::new();
    for (eni, time, line) in lines {
        let stream = format!("{eni}-{word}");
        let line = (i64::try_from(time).unwrap_or(i64::MAX), line);
        match entries.last_mut().filter(|entry| entry.place.stream == stream) {
            Some(entry) => entry.lines.push(line),
            None => {
                let place = LogPlace::new(log.scope.clone(), group.to_owned(), stream);
                entries.push(NewLines { place: Arc::new(place), lines: vec![line] });
            }
        }
    }
    let (scope, group) = (log.scope.clone(), group.to_owned());
    let written = logs.change::<_, LogsError>(move |database| {
        if !may_make && database.group(&scope, &group)?.is_none() {
            return Ok(false);
        }
        database.append(&entries, now())?;
        Ok(true)
    });
    match written.await {
        Ok(true) => {
            logs.tell_news();
            Ok(())
        }
        Ok(false) => Err(Undelivered::Access),
        Err(why) => {
            tracing::warn!(log = %log.id, %why, "flows are not told");
            Err(Undelivered::Unknown)
        }
    }
}

async fn to_bucket(
    reach: &Reach,
    log: &FlowLog,
    header: &str,
    lines: Vec<Line>,
) -> Result<(), Undelivered> {
    let mut rest = lines.into_iter().peekable();
    while rest.peek().is_some() {
        let mut text = format!("{header}\n");
        while let Some((.., line)) = rest.next_if(|_| text.len() < OBJECT) {
            text.push_str(&line);
            text.push('\n');
        }
        // Other tasks go on meanwhile.
        let compressed = tokio::task::spawn_blocking(move || compressed(&text));
        let bytes = compressed.await.map_err(|_| Undelivered::Unknown)?;
        let Some((bucket, key)) = place(log, &wire::time::iso8601(now())) else {
            return Err(Undelivered::Access);
        };
        let actor = actor(&log.scope, None, &log.id.to_string());
        let put = reach.put_bytes(&actor, &bucket, &key, (&bytes, "application/octet-stream"));
        put.await.map_err(|why| match &*why.code {
            "AccessDenied" | "NoSuchBucket" => Undelivered::Access,
            code => {
                tracing::warn!(log = %log.id, code, message = &*why.message, "flows are not told");
                Undelivered::Unknown
            }
        })?;
    }
    Ok(())
}

fn compressed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    written.expect("memory takes what is written")
}

/// The bucket of an ARN, and the folder in it.
pub(crate) fn bucket_of(arn: &str) -> Option<(&str, &str)> {
    let path = arn.strip_prefix("arn:aws:s3:::")?;
    let (bucket, folder) = path.split_once('/').unwrap_or((path, ""));
    (!bucket.is_empty()).then_some((bucket, folder.trim_end_matches('/')))
}

/// The bucket, and the key of an object that is put at this time.
fn place(log: &FlowLog, at: &str) -> Option<(String, String)> {
    let Destination::Bucket { arn, is_hive, is_by_hour } = &log.destination else { return None };
    let (bucket, folder) = bucket_of(arn)?;
    let Scope { region, account } = &log.scope;
    let (day, time) = at.split_once('T')?;
    let mut days = day.split('-');
    let (year, month, day) = (days.next()?, days.next()?, days.next()?);
    let mut times = time.split(':');
    let (hour, minute) = (times.next()?, times.next()?);
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let parts = [("", year), ("month=", month), ("day=", day), ("hour=", hour)];
    let parts = &parts[..if *is_by_hour { 4 } else { 3 }];
    let path = if *is_hive {
        let names = parts.iter().map(|(name, value)| {
            if name.is_empty() { format!("year={value}") } else { format!("{name}{value}") }
        });
        let within = names.collect::<Vec<_>>().join("/");
        format!(
            "AWSLogs/aws-account-id={account:012}/aws-service=vpcflowlogs/aws-region={region}/{within}"
        )
    } else {
        let within = parts.iter().map(|(_, value)| *value).collect::<Vec<_>>().join("/");
        format!("AWSLogs/{account:012}/vpcflowlogs/{region}/{within}")
    };
    // AWS's hash tells apart what is put in one minute.
    let id = request_id().replace('-', "");
    let name = format!(
        "{account:012}_vpcflowlogs_{region}_{}_{year}{month}{day}T{hour}{minute}Z_{}.log.gz",
        log.id,
        &id[..8]
    );
    Some((bucket.to_owned(), format!("{folder}{path}/{name}")))
}

#[cfg(test)]
mod tests {
    use engine::id::{FlowLogId, VpcId};
    use engine::record::flow_log::{Traffic, Watched};
    use engine::scope::Tags;
    use engine::time::Time;

    use super::*;

    fn log(arn: &str, is_hive: bool, is_by_hour: bool) -> FlowLog {
        FlowLog {
            id: FlowLogId(7),
            scope: Scope { account: 123_456_789_012, region: "us-east-1".into() },
            of: Watched::Vpc(VpcId(1)),
            traffic: Traffic::All,
            destination: Destination::Bucket { arn: arn.into(), is_hive, is_by_hour },
            format: String::new(),
            interval: 600,
            created: Time(0),
            tags: Tags::new(),
        }
    }

    #[test]
    fn keys_are_as_aws_has_them() {
        let at = "2018-06-20T16:20:07.000Z";
        let (bucket, key) = place(&log("arn:aws:s3:::b", false, false), at).expect("a place");
        assert_eq!(bucket, "b");
        let (path, name) = key.rsplit_once('/').expect("a path");
        assert_eq!(path, "AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20");
        let known = "123456789012_vpcflowlogs_us-east-1_fl-00000000000000007_20180620T1620Z_";
        assert!(name.starts_with(known) && name.ends_with(".log.gz"), "{name}");
        let (bucket, key) =
            place(&log("arn:aws:s3:::b/my/logs/", true, true), at).expect("a place");
        assert_eq!(bucket, "b");
        let known = "my/logs/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/\
                     aws-region=us-east-1/year=2018/month=06/day=20/hour=16/";
        assert!(key.starts_with(known), "{key}");
    }
}

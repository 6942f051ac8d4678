//! What queues, topics, buckets, tables, streams, buses and APIs are, and what each of them triggers.

use engine::engine::Engine;
use engine::scope::Scope;
use engine::tell::explain::Explanation;
use serde_json::{Value, json};
use wire::SERVICES;
use wire::arn::Arn;

use crate::endpoint::Endpoint;
use crate::iam::account_number;

/// Explains the thing of a neighbour that a name or an ARN means, if there is one.
pub(super) async fn explain(
    endpoint: &Endpoint,
    scope: &neighbours::Scope,
    (word, host): (&str, &str),
) -> Option<Explanation> {
    let arn = Arn::parse(word);
    let scope = match &arn {
        Some(arn) => neighbours::Scope {
            account: account_number(arn.account).unwrap_or(scope.account),
            region: if arn.region.is_empty() {
                scope.region.clone()
            } else {
                arn.region.to_owned()
            },
        },
        None => scope.clone(),
    };
    let look = Look { endpoint, scope, host };
    let Some(arn) = arn else {
        return match queue_of(word) {
            Some((account, name)) => {
                let scope = neighbours::Scope { account, ..look.scope };
                Look { scope, ..look }.queue(name).await
            }
            None => look.named(word).await,
        };
    };
    let resource = arn.resource;
    match arn.service {
        "sqs" => look.queue(resource).await,
        "sns" => look.topic(resource).await,
        "s3" => look.bucket(resource).await,
        "dynamodb" => look.table(resource.strip_prefix("table/")?.split('/').next()?).await,
        "kinesis" => look.stream(resource.strip_prefix("stream/")?.split('/').next()?).await,
        "events" => look.bus(resource.strip_prefix("event-bus/")?).await,
        "execute-api" => look.api(resource.split('/').next()?).await,
        "route53" => look.zone(resource.strip_prefix("hostedzone/")?).await,
        "ec2" => {
            let id = resource.split_once('/')?.1;
            let outline = |engine: &Engine| engine.outline(id.parse().ok()?);
            Some(look.endpoint.driver.read(outline)?.told)
        }
        "apigateway" => look.api(resource.strip_prefix("/apis/")?.split('/').next()?).await,
        _ => None,
    }
}

/// What is looked at, as its owner would.
struct Look<'a> {
    endpoint: &'a Endpoint,
    scope: neighbours::Scope,
    /// How whoever looks names this server.
    host: &'a str,
}

impl Look<'_> {
    async fn named(&self, name: &str) -> Option<Explanation> {
        if let Some(told) = self.queue(name).await {
            return Some(told);
        }
        if let Some(told) = self.topic(name).await {
            return Some(told);
        }
        if let Some(told) = self.bucket(name).await {
            return Some(told);
        }
        if let Some(told) = self.table(name).await {
            return Some(told);
        }
        if let Some(told) = self.stream(name).await {
            return Some(told);
        }
        if let Some(told) = self.bus(name).await {
            return Some(told);
        }
        if let Some(told) = self.api(name).await {
            return Some(told);
        }
        if let Some(told) = self.zone(name.strip_prefix("/hostedzone/").unwrap_or(name)).await {
            return Some(told);
        }
        self.zones(name).await
    }

    /// The hosted zones of a name, which several may have.
    async fn zones(&self, name: &str) -> Option<Explanation> {
        let whole = format!("{}.", name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase());
        let told = self.ask("route53", "ListHostedZonesByName", json!({"DNSName": whole})).await?;
        let of_name = list(&told["HostedZones"]).filter(|zone| text(&zone["Name"]) == whole);
        let mut all = Vec::new();
        for zone in of_name {
            let id = text(&zone["Id"]);
            all.extend(self.zone(id.strip_prefix("/hostedzone/").unwrap_or(id)).await);
        }
        match all.len() {
            0 | 1 => all.pop(),
            number => Some(Explanation::with(format!("{number} hosted zones of {whole}"), all)),
        }
    }

    /// A hosted zone, by its id.
    async fn zone(&self, id: &str) -> Option<Explanation> {
        let told = self.ask("route53", "GetHostedZone", json!({"Id": id})).await?;
        let zone = &told["HostedZone"];
        let mut because: Vec<Explanation> = list(&told["VPCs"])
            .map(|vpc| line(format!("asked in {}", text(&vpc["VPCId"]))))
            .collect();
        if because.is_empty() {
            because.push(line("no VPC has it".to_owned()));
        }
        let count = number(&zone["ResourceRecordSetCount"]);
        let name = text(&zone["Name"]);
        Some(Explanation::with(format!("hosted zone {id} of {name}: {count} record sets"), because))
    }

    /// Whether what an ARN means is gone: a function, a queue or a topic.
    async fn is_gone(&self, arn: &str) -> bool {
        let Some(arn) = Arn::parse(arn) else { return false };
        let account = account_number(arn.account).unwrap_or(self.scope.account);
        let scope = neighbours::Scope { account, region: arn.region.to_owned() };
        let look = Look { endpoint: self.endpoint, scope, host: self.host };
        match arn.service {
            "lambda" => {
                let region = arn.region.to_owned();
                let Some(name) = arn.resource.strip_prefix("function:") else { return false };
                let (name, qualifier) = name.split_once(':').unwrap_or((name, "$LATEST"));
                self.endpoint.driver.read(|engine| {
                    let scope = Scope { account, region };
                    let known = engine.function(&scope, name);
                    known.is_none_or(|it| engine.explain_qualified(it.id, qualifier).is_none())
                })
            }
            "sqs" => {
                let asked = json!({"QueueName": arn.resource});
                look.ask("sqs", "GetQueueUrl", asked).await.is_none()
            }
            "sns" => {
                let asked = json!({"TopicArn": look.scope.arn("sns", arn.resource)});
                look.ask("sns", "GetTopicAttributes", asked).await.is_none()
            }
            _ => false,
        }
    }

    /// An ARN, with whether what it means is gone.
    async fn told(&self, arn: &str) -> String {
        match self.is_gone(arn).await {
            true => format!("{arn}, which is gone,"),
            false => arn.to_owned(),
        }
    }

    /// The answer of an operation that only looks; none where it is refused.
    async fn ask(&self, service: &str, operation: &str, input: Value) -> Option<Value> {
        let service = SERVICES.into_iter().find(|each| each.name == service)?;
        let account = self.scope.account;
        let cx = neighbours::Context {
            scope: self.scope.clone(),
            caller: format!("arn:aws:iam::{account:012}:root"),
            caller_id: format!("{account:012}"),
            host: self.host,
            is_tls: false,
            trace: None,
            exchange: None,
            judge: None,
        };
        let operation = service.operation(operation)?;
        self.endpoint.neighbours.answer(&cx, operation, input).await?.ok()
    }

    /// The mappings that take records of a thing.
    fn mappings(&self, arn: &str) -> Vec<Explanation> {
        let within = format!("{arn}/");
        let told = |engine: &Engine| {
            let of = engine
                .mappings()
                .filter(|mapping| mapping.source == arn || mapping.source.starts_with(&within));
            of.map(|mapping| {
                format!(
                    "mapping {} gives its records to function {}: {}",
                    mapping.id, mapping.function, mapping.state
                )
            })
            .collect::<Vec<String>>()
        };
        let all = self.endpoint.driver.read(told);
        match all.is_empty() {
            true => vec![line("no event source mapping takes its records".to_owned())],
            false => all.into_iter().map(line).collect(),
        }
    }

    async fn queue(&self, name: &str) -> Option<Explanation> {
        let url = self.ask("sqs", "GetQueueUrl", json!({"QueueName": name})).await?;
        let input = json!({"QueueUrl": url["QueueUrl"], "AttributeNames": ["All"]});
        let told = self.ask("sqs", "GetQueueAttributes", input).await?;
        let attribute = |name: &str| told["Attributes"][name].as_str().unwrap_or("0").to_owned();
        let mut because = self.mappings(&self.scope.arn("sqs", name));
        let redrive = told["Attributes"]["RedrivePolicy"].as_str().unwrap_or_default();
        if let Ok(redrive) = serde_json::from_str::<Value>(redrive) {
            because.push(line(format!(
                "what is received more often than {} times goes to {}",
                number(&redrive["maxReceiveCount"]),
                text(&redrive["deadLetterTargetArn"])
            )));
        }
        let text = format!(
            "queue {name}: {} to be received, {} in flight, {} not visible yet",
            attribute("ApproximateNumberOfMessages"),
            attribute("ApproximateNumberOfMessagesNotVisible"),
            attribute("ApproximateNumberOfMessagesDelayed")
        );
        Some(Explanation::with(text, because))
    }

    async fn topic(&self, name: &str) -> Option<Explanation> {
        let arn = self.scope.arn("sns", name);
        let mut because = Vec::new();
        let mut next = Value::Null;
        loop {
            let mut input = json!({"TopicArn": arn});
            if next.is_string() {
                input["NextToken"] = next;
            }
            let mut told = self.ask("sns", "ListSubscriptionsByTopic", input).await?;
            for each in list(&told["Subscriptions"]) {
                let protocol = text(&each["Protocol"]);
                let endpoint = self.told(text(&each["Endpoint"])).await;
                let how = match text(&each["SubscriptionArn"]) {
                    "PendingConfirmation" => ", not confirmed yet",
                    _ => "",
                };
                let told = format!("{protocol} {endpoint} is told what is published{how}");
                because.push(line(told));
            }
            next = told["NextToken"].take();
            if !next.is_string() {
                break;
            }
        }
        if because.is_empty() {
            because.push(line("nobody is subscribed to it".to_owned()));
        }
        Some(Explanation::with(format!("topic {name}"), because))
    }

    async fn bucket(&self, name: &str) -> Option<Explanation> {
        let input = json!({"Bucket": name});
        let told = self.ask("s3", "GetBucketNotificationConfiguration", input).await?;
        let mut because = Vec::new();
        for (kind, member) in [
            ("LambdaFunctionConfigurations", "LambdaFunctionArn"),
            ("QueueConfigurations", "QueueArn"),
            ("TopicConfigurations", "TopicArn"),
        ] {
            for each in list(&told[kind]) {
                let events: Vec<&str> = list(&each["Events"]).map(text).collect();
                let rules = list(&each["Filter"]["Key"]["FilterRules"]);
                let rules: Vec<String> = rules
                    .map(|rule| {
                        format!(", {} {}", text(&rule["Name"]).to_lowercase(), text(&rule["Value"]))
                    })
                    .collect();
                let (target, events) = (self.told(text(&each[member])).await, events.join(", "));
                because.push(line(format!("{target} is told of {events}{}", rules.concat())));
            }
        }
        if told["EventBridgeConfiguration"].is_object() {
            because.push(line("its events go to the account's default event bus".to_owned()));
        }
        if because.is_empty() {
            because.push(line("nobody is told what happens in it".to_owned()));
        }
        Some(Explanation::with(format!("bucket {name}"), because))
    }

    async fn table(&self, name: &str) -> Option<Explanation> {
        let told = self.ask("dynamodb", "DescribeTable", json!({"TableName": name})).await?;
        let table = &told["Table"];
        let because = match table["LatestStreamArn"].as_str() {
            Some(stream) => {
                let kept = format!("its changes are in the stream {stream}");
                let mut because = vec![line(kept)];
                because
                    .extend(self.mappings(&self.scope.arn("dynamodb", &format!("table/{name}"))));
                because
            }
            None => vec![line("it has no stream, and triggers nothing".to_owned())],
        };
        let status = text(&table["TableStatus"]).to_lowercase();
        Some(Explanation::with(format!("table {name}: {status}"), because))
    }

    async fn stream(&self, name: &str) -> Option<Explanation> {
        let told =
            self.ask("kinesis", "DescribeStreamSummary", json!({"StreamName": name})).await?;
        let summary = &told["StreamDescriptionSummary"];
        let because = self.mappings(&self.scope.arn("kinesis", &format!("stream/{name}")));
        let text = format!(
            "stream {name}: {}, {} open shards, {} consumers",
            text(&summary["StreamStatus"]).to_lowercase(),
            number(&summary["OpenShardCount"]),
            number(&summary["ConsumerCount"])
        );
        Some(Explanation::with(text, because))
    }

    async fn bus(&self, name: &str) -> Option<Explanation> {
        self.ask("events", "DescribeEventBus", json!({"Name": name})).await?;
        let told = self.ask("events", "ListRules", json!({"EventBusName": name})).await?;
        let mut because: Vec<Explanation> = list(&told["Rules"])
            .map(|rule| {
                let (name, state) = (text(&rule["Name"]), text(&rule["State"]).to_lowercase());
                let what = rule["EventPattern"].as_str().or(rule["ScheduleExpression"].as_str());
                line(format!("rule {name} ({state}): {}", what.unwrap_or_default()))
            })
            .collect();
        if because.is_empty() {
            because.push(line("no rule looks at its events".to_owned()));
        }
        Some(Explanation::with(format!("event bus {name}"), because))
    }

    async fn api(&self, id: &str) -> Option<Explanation> {
        let told = self.ask("apigatewayv2", "GetApi", json!({"ApiId": id})).await?;
        let routes = self.ask("apigatewayv2", "GetRoutes", json!({"ApiId": id})).await?;
        let there = self.ask("apigatewayv2", "GetIntegrations", json!({"ApiId": id})).await?;
        let uri = |target: &str| {
            let id = target.rsplit('/').next().unwrap_or_default();
            let found = list(&there["Items"]).find(|each| text(&each["IntegrationId"]) == id);
            found.map_or("nothing", |each| text(&each["IntegrationUri"])).to_owned()
        };
        let mut because: Vec<Explanation> = list(&routes["Items"])
            .map(|route| {
                let (key, target) = (text(&route["RouteKey"]), text(&route["Target"]));
                line(format!("route {key} leads to {}", uri(target)))
            })
            .collect();
        if because.is_empty() {
            because.push(line("it has no route".to_owned()));
        }
        let (name, at) = (text(&told["Name"]), text(&told["ApiEndpoint"]));
        Some(Explanation::with(format!("API {id} ({name}) at {at}"), because))
    }
}

/// The account and the name of a queue, by its URL.
fn queue_of(url: &str) -> Option<(u64, &str)> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let (account, name) = rest.split_once('/')?.1.split_once('/')?;
    Some((account_number(account)?, name))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A number, which some documents have as text.
fn number(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    }
}

/// A statement by itself.
fn line(text: String) -> Explanation {
    Explanation::with(text, Vec::new())
}

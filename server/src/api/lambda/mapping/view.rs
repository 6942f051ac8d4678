//! A mapping as Lambda shows it.

use std::collections::BTreeMap;

use engine::record::mapping::{AccessKind, Mapping, MappingSettings, SourceKind, Starting};
use wire::lambda::output::{
    AmazonManagedKafkaEventSourceConfig, DestinationConfig, EventSourceMappingConfiguration,
    Filter, FilterCriteria, OnFailure, ProvisionedPollerConfig, ScalingConfig,
    SelfManagedEventSource, SelfManagedKafkaEventSourceConfig, SourceAccessConfiguration,
};

use super::{function_arn, mapping_arn};

/// The mapping as it is shown.
pub(super) fn view(
    mapping: &Mapping,
    last_result: Option<&str>,
) -> EventSourceMappingConfiguration {
    let settings = &mapping.settings;
    let is_queue = mapping.kind.is_queue();
    let filters = settings.filters.iter();
    let filters: Vec<Filter> = filters.map(|text| Filter { pattern: Some(text.clone()) }).collect();
    let of_queue = EventSourceMappingConfiguration {
        uuid: Some(mapping.id.to_string()),
        event_source_arn: Some(mapping.source.clone()),
        function_arn: Some(function_arn(mapping)),
        event_source_mapping_arn: Some(mapping_arn(mapping)),
        batch_size: Some(number(settings.batch_size)),
        maximum_batching_window_in_seconds: Some(number(settings.window.unwrap_or(0))),
        last_modified: i64::try_from(mapping.modified.millis()).ok(),
        state: Some(mapping.state.to_string()),
        state_transition_reason: Some(
            match is_queue || mapping.kind.is_kafka() {
                true => "USER_INITIATED",
                false => "User action",
            }
            .into(),
        ),
        function_response_types: Some(match settings.reports_failures {
            true => vec!["ReportBatchItemFailures".into()],
            false => Vec::new(),
        }),
        filter_criteria: (!filters.is_empty()).then_some(FilterCriteria { filters: Some(filters) }),
        scaling_config: settings
            .maximum_concurrency
            .map(|most| ScalingConfig { maximum_concurrency: Some(number(most)) }),
        provisioned_poller_config: settings.pollers.map(|pollers| ProvisionedPollerConfig {
            minimum_pollers: Some(number(pollers.minimum)),
            maximum_pollers: Some(number(pollers.maximum)),
            poller_group_name: None,
        }),
        ..EventSourceMappingConfiguration::default()
    };
    if is_queue {
        of_queue
    } else {
        let result = last_result.unwrap_or("No records processed");
        let of_stream = stream(of_queue, mapping.starting, settings, result);
        if mapping.kind.is_kafka() { topic(of_stream, mapping) } else { of_stream }
    }
}

/// What is shown of a topic's mapping otherwise.
fn topic(
    shown: EventSourceMappingConfiguration,
    mapping: &Mapping,
) -> EventSourceMappingConfiguration {
    let is_msk = mapping.kind == SourceKind::Msk;
    let (consumer_group_id, schema_registry_config) = (Some(mapping.group()), None);
    let servers = mapping.source.split(',').map(str::to_owned).collect();
    let endpoints = BTreeMap::from([("KAFKA_BOOTSTRAP_SERVERS".to_owned(), servers)]);
    let access = mapping.settings.access.iter().map(|it| SourceAccessConfiguration {
        r#type: Some(access_word(it.kind).to_owned()),
        uri: Some(it.uri.clone()),
    });
    let access: Vec<_> = access.collect();
    let has_retries = mapping.settings.pollers.is_some();
    EventSourceMappingConfiguration {
        event_source_arn: shown.event_source_arn.filter(|_| is_msk),
        topics: mapping.topic.as_ref().map(|topic| vec![topic.name.clone()]),
        source_access_configurations: (!access.is_empty()).then_some(access),
        self_managed_event_source: (!is_msk)
            .then_some(SelfManagedEventSource { endpoints: Some(endpoints) }),
        amazon_managed_kafka_event_source_config: is_msk.then(|| {
            AmazonManagedKafkaEventSourceConfig {
                consumer_group_id: consumer_group_id.clone(),
                schema_registry_config: None,
            }
        }),
        self_managed_kafka_event_source_config: (!is_msk).then_some(
            SelfManagedKafkaEventSourceConfig {
                consumer_group_id,
                schema_registry_config,
                consumption_mode: None,
            },
        ),
        // Streams have these, topics none of them.
        parallelization_factor: None,
        tumbling_window_in_seconds: None,
        bisect_batch_on_function_error: shown
            .bisect_batch_on_function_error
            .filter(|_| has_retries),
        maximum_record_age_in_seconds: shown.maximum_record_age_in_seconds.filter(|_| has_retries),
        maximum_retry_attempts: shown.maximum_retry_attempts.filter(|_| has_retries),
        ..shown
    }
}

fn access_word(kind: AccessKind) -> &'static str {
    match kind {
        AccessKind::Basic => "BASIC_AUTH",
        AccessKind::Scram256 => "SASL_SCRAM_256_AUTH",
        AccessKind::Scram512 => "SASL_SCRAM_512_AUTH",
        AccessKind::ClientCertificate => "CLIENT_CERTIFICATE_TLS_AUTH",
        AccessKind::RootCertificate => "SERVER_ROOT_CA_CERTIFICATE",
        AccessKind::Subnet => "VPC_SUBNET",
        AccessKind::SecurityGroup => "VPC_SECURITY_GROUP",
    }
}

/// What is shown of a stream's mapping besides.
fn stream(
    shown: EventSourceMappingConfiguration,
    starting: Option<Starting>,
    settings: &MappingSettings,
    result: &str,
) -> EventSourceMappingConfiguration {
    let (position, timestamp) = match starting {
        None => (None, None),
        Some(Starting::TrimHorizon) => (Some("TRIM_HORIZON"), None),
        Some(Starting::Latest) => (Some("LATEST"), None),
        Some(Starting::At(millis)) => (Some("AT_TIMESTAMP"), i64::try_from(millis).ok()),
    };
    let or_never = |setting: Option<u32>| Some(setting.map_or(-1, number));
    EventSourceMappingConfiguration {
        starting_position: position.map(str::to_owned),
        starting_position_timestamp: timestamp,
        parallelization_factor: Some(number(settings.parallelization)),
        bisect_batch_on_function_error: Some(settings.bisects),
        maximum_record_age_in_seconds: or_never(settings.age),
        maximum_retry_attempts: or_never(settings.retries),
        tumbling_window_in_seconds: Some(number(settings.tumbling)),
        destination_config: Some(DestinationConfig {
            on_success: None,
            on_failure: Some(OnFailure { destination: settings.on_failure.clone() }),
        }),
        last_processing_result: Some(result.into()),
        ..shown
    }
}

/// A number as the model has it; its limits are far below the largest.
fn number(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

//! A mapping as Lambda shows it.

use engine::record::mapping::{Mapping, MappingSettings, Starting};
use wire::lambda::output::{
    DestinationConfig, EventSourceMappingConfiguration, Filter, FilterCriteria, OnFailure,
    ProvisionedPollerConfig, ScalingConfig,
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
        maximum_batching_window_in_seconds: Some(number(settings.window)),
        last_modified: i64::try_from(mapping.modified.millis()).ok(),
        state: Some(mapping.state.to_string()),
        state_transition_reason: Some(
            if is_queue { "USER_INITIATED" } else { "User action" }.into(),
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
            minimum_pollers: Some(number(pollers.least)),
            maximum_pollers: Some(number(pollers.most)),
            poller_group_name: None,
        }),
        ..EventSourceMappingConfiguration::default()
    };
    if is_queue {
        of_queue
    } else {
        stream(of_queue, mapping.starting, settings, last_result.unwrap_or("No records processed"))
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

//! What mappings are set to: what may be given for which source, and what holds where nothing is.

use engine::record::mapping::{MappingSettings, Pollers, SourceKind};
use wire::ApiError;
use wire::event_pattern::EventPattern;
use wire::lambda::input::{
    DestinationConfig, FilterCriteria, ProvisionedPollerConfig, ScalingConfig,
};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::mapping::source::Source;

/// Filters of a mapping.
const FILTERS: usize = 5;
/// Pollers where only one of the two numbers is given, of which the first is the fewest that there are.
const POLLERS: Pollers = Pollers { least: 2, most: 200 };
/// How many either number may be.
const POLLERS_MOST: Pollers = Pollers { least: 200, most: 2000 };
/// Records of a batch from which on it needs a window, and of a FIFO queue the most.
const SMALL: u32 = 10;

/// The parameters of a request; what is absent stays as it is.
pub(super) struct Given {
    pub(super) enabled: Option<bool>,
    pub(super) batch_size: Option<i32>,
    pub(super) filter_criteria: Option<FilterCriteria>,
    pub(super) scaling_config: Option<ScalingConfig>,
    pub(super) window: Option<i32>,
    pub(super) parallelization: Option<i32>,
    pub(super) destination_config: Option<DestinationConfig>,
    pub(super) age: Option<i32>,
    pub(super) bisects: Option<bool>,
    pub(super) retries: Option<i32>,
    pub(super) tumbling: Option<i32>,
    pub(super) response_types: Option<Vec<String>>,
    pub(super) pollers: Option<ProvisionedPollerConfig>,
}

/// What a mapping is set to where nothing is given.
fn defaults(kind: SourceKind) -> MappingSettings {
    MappingSettings {
        is_enabled: true,
        batch_size: if kind.is_queue() { 10 } else { 100 },
        window: 0,
        filters: Vec::new(),
        reports_failures: false,
        maximum_concurrency: None,
        pollers: None,
        parallelization: 1,
        retries: None,
        age: None,
        bisects: false,
        tumbling: 0,
        on_failure: None,
    }
}

impl Given {
    /// What a mapping is set to from now on.
    pub(super) fn settings(
        self,
        source: &Source,
        before: Option<&MappingSettings>,
    ) -> Result<MappingSettings, ApiError> {
        self.check_source(source.kind)?;
        let Given {
            enabled,
            batch_size,
            filter_criteria,
            scaling_config,
            window,
            parallelization,
            destination_config,
            age,
            bisects,
            retries,
            tumbling,
            response_types,
            pollers,
        } = self;
        let mut settings = before.cloned().unwrap_or_else(|| defaults(source.kind));
        settings.is_enabled = enabled.unwrap_or(settings.is_enabled);
        set(&mut settings.batch_size, batch_size);
        set(&mut settings.window, window);
        set(&mut settings.parallelization, parallelization);
        set(&mut settings.tumbling, tumbling);
        settings.bisects = bisects.unwrap_or(settings.bisects);
        if let Some(retries) = retries {
            settings.retries = u32::try_from(retries).ok();
        }
        if let Some(age) = age {
            settings.age = bounded_age(age)?;
        }
        if let Some(types) = response_types {
            settings.reports_failures = types.iter().any(|each| each == "ReportBatchItemFailures");
        }
        if let Some(scaling) = scaling_config {
            let most = scaling.maximum_concurrency;
            settings.maximum_concurrency = most.and_then(|most| u32::try_from(most).ok());
        }
        if let Some(given) = pollers {
            settings.pollers = provisioned(&given, settings.pollers)?;
        }
        if let Some(criteria) = filter_criteria {
            settings.filters = filters(criteria, source.kind)?;
        }
        if let Some(config) = destination_config {
            if config.on_success.is_some_and(|it| it.destination.is_some()) {
                return Err(invalid(
                    "Unsupported DestinationConfig parameter for given event source mapping type.",
                ));
            }
            let told = config.on_failure.and_then(|it| it.destination);
            settings.on_failure = told.filter(|arn| !arn.is_empty());
        }
        check(&settings, source.kind)?;
        Ok(settings)
    }

    /// Refuses what a source of this kind does not have.
    fn check_source(&self, kind: SourceKind) -> Result<(), ApiError> {
        let unsupported: &[(&str, bool)] = match kind.is_queue() {
            true => &[
                ("DestinationConfig", self.destination_config.is_some()),
                ("ParallelizationFactor", self.parallelization.is_some()),
                ("MaximumRecordAgeInSeconds", self.age.is_some()),
                ("BisectBatchOnFunctionError", self.bisects.is_some()),
                ("MaximumRetryAttempts", self.retries.is_some()),
                ("TumblingWindowInSeconds", self.tumbling.is_some()),
            ],
            false => &[
                ("ScalingConfig", self.scaling_config.is_some()),
                ("ProvisionedPollerConfig", self.pollers.is_some()),
            ],
        };
        match unsupported.iter().find(|(_, is_given)| *is_given) {
            Some((name, _)) => Err(invalid(format!(
                "Unsupported {name} parameter for given event source mapping type."
            ))),
            None => Ok(()),
        }
    }
}

fn set(setting: &mut u32, given: Option<i32>) {
    if let Some(given) = given.and_then(|given| u32::try_from(given).ok()) {
        *setting = given;
    }
}

/// AWS takes -1, and from a minute on.
fn bounded_age(age: i32) -> Result<Option<u32>, ApiError> {
    match u32::try_from(age) {
        Err(_) => Ok(None),
        Ok(0..60) => {
            Err(invalid("MaximumRecordAgeInSeconds must be -1, or between 60 and 604800 seconds."))
        }
        Ok(seconds) => Ok(Some(seconds)),
    }
}

/// Pollers as they are provisioned from now on: none where nothing is said of them.
fn provisioned(
    given: &ProvisionedPollerConfig,
    before: Option<Pollers>,
) -> Result<Option<Pollers>, ApiError> {
    let ProvisionedPollerConfig { minimum_pollers, maximum_pollers } = given;
    if minimum_pollers.is_none() && maximum_pollers.is_none() {
        return Ok(None);
    }
    let before = before.unwrap_or(POLLERS);
    let or = |given: &Option<i32>, before| {
        given.map_or(Some(before), |given| u32::try_from(given).ok()).unwrap_or(0)
    };
    let pollers = Pollers {
        least: or(minimum_pollers, before.least),
        most: or(maximum_pollers, before.most),
    };
    let bounds = [
        ("MinimumPollers", pollers.least, POLLERS_MOST.least),
        ("MaximumPollers", pollers.most, POLLERS_MOST.most),
    ];
    for (name, given, most) in bounds {
        if !(POLLERS.least..=most).contains(&given) {
            let least = POLLERS.least;
            return Err(invalid(format!(
                "{name} must be between {least} and {most} for SQS event source mappings."
            )));
        }
    }
    match pollers.least > pollers.most {
        true => Err(invalid("MinimumPollers must not be greater than MaximumPollers.")),
        false => Ok(Some(pollers)),
    }
}

fn filters(criteria: FilterCriteria, kind: SourceKind) -> Result<Vec<String>, ApiError> {
    let filters = criteria.filters.unwrap_or_default();
    if filters.len() > FILTERS {
        return Err(invalid(format!(
            "The number of filters exceeds the maximum of {FILTERS} for an event source mapping."
        )));
    }
    let texts = filters.into_iter().map(|filter| {
        let text = filter.pattern.unwrap_or_default();
        match EventPattern::parse(&text) {
            // Data of a stream is JSON, into which a pattern has to look.
            Ok(pattern)
                if kind != SourceKind::Kinesis
                    || !pattern.names("data")
                    || pattern.looks_into("data") =>
            {
                Ok(text)
            }
            Ok(_) | Err(_) => Err(invalid("Invalid filter pattern definition.")),
        }
    });
    texts.collect()
}

/// Refuses settings that do not go together.
fn check(settings: &MappingSettings, kind: SourceKind) -> Result<(), ApiError> {
    if settings.tumbling > 0 && settings.parallelization > 1 {
        return Err(invalid(
            "Warren gives the records of a tumbling window to one batch after the other: \
             ParallelizationFactor is 1 where TumblingWindowInSeconds is not 0.",
        ));
    }
    if settings.pollers.is_some() && settings.maximum_concurrency.is_some() {
        return Err(invalid("ScalingConfig and ProvisionedPollerConfig cannot be used together."));
    }
    match kind {
        SourceKind::FifoQueue if settings.batch_size > SMALL => {
            Err(invalid("Batch size must be between 1 and 10 for FIFO queues."))
        }
        SourceKind::FifoQueue if settings.window > 0 => {
            Err(invalid("Batching window is not supported for FIFO queues."))
        }
        SourceKind::Queue if settings.batch_size > SMALL && settings.window == 0 => Err(invalid(
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is \
             greater than 10",
        )),
        SourceKind::Queue | SourceKind::FifoQueue | SourceKind::Kinesis | SourceKind::DynamoDb => {
            Ok(())
        }
    }
}

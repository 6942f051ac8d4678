//! What mappings are set to: what may be given for which source, and what holds where nothing is.

use engine::record::mapping::{MappingSettings, Pollers, SourceKind};
use wire::ApiError;
use wire::event_pattern::EventPattern;
use wire::lambda::input::{
    DestinationConfig, FilterCriteria, ProvisionedPollerConfig, ScalingConfig,
    SourceAccessConfiguration,
};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::mapping::access;
use crate::api::lambda::mapping::source::Source;

/// Filters of a mapping.
const FILTERS: usize = 5;
/// Pollers of Kafka at the least and at the most, where only the other is given.
const POLLERS: (u32, u32) = (1, 200);
/// Pollers of a queue at the least, and how many there may be at the most.
const QUEUE_POLLERS: (u32, u32) = (2, 2000);
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
    pub(super) access: Option<Vec<SourceAccessConfiguration>>,
    pub(super) pollers: Option<ProvisionedPollerConfig>,
}

/// What a mapping is set to where nothing is given.
fn defaults(kind: SourceKind) -> MappingSettings {
    MappingSettings {
        is_enabled: true,
        batch_size: if kind.is_queue() { 10 } else { 100 },
        window: None,
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
        access: Vec::new(),
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
            access,
            pollers,
        } = self;
        let mut settings = before.cloned().unwrap_or_else(|| defaults(source.kind));
        settings.is_enabled = enabled.unwrap_or(settings.is_enabled);
        set(&mut settings.batch_size, batch_size);
        settings.window = window.and_then(|it| u32::try_from(it).ok()).or(settings.window);
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
        if let Some(given) = pollers {
            settings.pollers = provisioned(&given, settings.pollers, source.kind)?;
        }
        if let Some(given) = access {
            settings.access = access::read(given, source.kind)?;
        }
        access::check(&settings, source.kind)?;
        check(&settings, source.kind)?;
        Ok(settings)
    }

    /// Refuses what a source of this kind does not have.
    fn check_source(&self, kind: SourceKind) -> Result<(), ApiError> {
        let pollers = ("ProvisionedPollerConfig", self.pollers.is_some());
        let access = ("SourceAccessConfigurations", self.access.is_some());
        let unsupported: &[(&str, bool)] = match (kind.is_queue(), kind.is_kafka()) {
            (true, _) => &[
                ("DestinationConfig", self.destination_config.is_some()),
                ("ParallelizationFactor", self.parallelization.is_some()),
                ("MaximumRecordAgeInSeconds", self.age.is_some()),
                ("BisectBatchOnFunctionError", self.bisects.is_some()),
                ("MaximumRetryAttempts", self.retries.is_some()),
                ("TumblingWindowInSeconds", self.tumbling.is_some()),
                access,
            ],
            (false, true) => &[
                ("ParallelizationFactor", self.parallelization.is_some()),
                ("ScalingConfig", self.scaling_config.is_some()),
                ("TumblingWindowInSeconds", self.tumbling.is_some()),
            ],
            (false, false) => &[("ScalingConfig", self.scaling_config.is_some()), pollers, access],
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

/// How many pollers are provisioned from now on; none where the configuration is empty.
fn provisioned(
    given: &ProvisionedPollerConfig,
    before: Option<Pollers>,
    kind: SourceKind,
) -> Result<Option<Pollers>, ApiError> {
    let number = |given: Option<i32>| given.and_then(|given| u32::try_from(given).ok());
    let (minimum, maximum) = (number(given.minimum_pollers), number(given.maximum_pollers));
    if minimum.is_none() && maximum.is_none() {
        return Ok(None);
    }
    let fewest = if kind.is_queue() { QUEUE_POLLERS.0 } else { POLLERS.0 };
    let minimum = minimum.or(before.map(|it| it.minimum)).unwrap_or(fewest);
    let maximum = maximum.or(before.map(|it| it.maximum)).unwrap_or(POLLERS.1.max(minimum));
    let bounds =
        [("MinimumPollers", minimum, POLLERS.1), ("MaximumPollers", maximum, QUEUE_POLLERS.1)];
    for (name, given, most) in bounds.into_iter().filter(|_| kind.is_queue()) {
        if !(fewest..=most).contains(&given) {
            return Err(invalid(format!(
                "{name} must be between {fewest} and {most} for SQS event source mappings."
            )));
        }
    }
    match minimum <= maximum {
        true => Ok(Some(Pollers { minimum, maximum })),
        false => Err(invalid("MinimumPollers must be less than or equal to MaximumPollers.")),
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
    let window = settings.window.unwrap_or(0);
    if kind.is_kafka() && settings.pollers.is_none() {
        let wants = [
            ("BisectBatchOnFunctionError", settings.bisects),
            ("MaximumRecordAgeInSeconds", settings.age.is_some()),
            ("MaximumRetryAttempts", settings.retries.is_some()),
            ("FunctionResponseTypes", settings.reports_failures),
        ];
        if let Some((name, _)) = wants.iter().find(|(_, is_given)| *is_given) {
            return Err(invalid(format!(
                "Unsupported {name} parameter for given event source mapping type: topics of Kafka have it \
                 with ProvisionedPollerConfig."
            )));
        }
    }
    match kind {
        SourceKind::FifoQueue if settings.batch_size > SMALL => {
            Err(invalid("Batch size must be between 1 and 10 for FIFO queues."))
        }
        SourceKind::FifoQueue if window > 0 => {
            Err(invalid("Batching window is not supported for FIFO queues."))
        }
        SourceKind::Queue if settings.batch_size > SMALL && window == 0 => Err(invalid(
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is \
             greater than 10",
        )),
        SourceKind::Queue
        | SourceKind::FifoQueue
        | SourceKind::Kinesis
        | SourceKind::DynamoDb
        | SourceKind::Msk
        | SourceKind::Kafka => Ok(()),
    }
}

//! What services tell of things of theirs, for explanations and lists.

/// A line, and what stands behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The line.
    pub text: String,
    /// What stands behind it.
    pub because: Vec<Told>,
}

impl Told {
    /// A line by itself.
    pub fn new(text: impl Into<String>) -> Told {
        Told { text: text.into(), because: Vec::new() }
    }
}

/// Something that has targets called: a rule, a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Its ARN.
    pub arn: String,
    /// The account's number.
    pub account: u64,
    /// The region.
    pub region: String,
    /// What it waits for: a schedule, or events.
    pub waits_for: String,
    /// The ARNs of its targets.
    pub targets: Vec<String>,
    /// `ENABLED` or `DISABLED`.
    pub state: &'static str,
    /// When it is due next, in milliseconds of the Unix epoch.
    pub next: Option<i64>,
    /// What came of it last.
    pub last: Option<String>,
}

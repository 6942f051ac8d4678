//! Patterns that are tried out.

use std::sync::Arc;

use serde_json::Value;
use wire::event_pattern::EventPattern;
use wire::events::input::TestEventPattern;
use wire::events::output::TestEventPatternResponse;

use crate::events::refusal::{bad_pattern, invalid};
use crate::events::service::Events;
use crate::failure::Failure;
use crate::operation::{Context, Operation};

/// What an event must have.
const MEMBERS: [&str; 6] = ["id", "account", "source", "time", "region", "detail-type"];

impl Operation<Events> for TestEventPattern {
    type Output = TestEventPatternResponse;

    async fn run(
        self,
        _: &Arc<Events>,
        _: &Context<'_>,
    ) -> Result<TestEventPatternResponse, Failure> {
        let TestEventPattern { event_pattern, event } = self;
        let pattern = EventPattern::parse(&event_pattern).map_err(|why| bad_pattern(&why.0))?;
        let event: Option<Value> = serde_json::from_str(&event).ok();
        let is_event = |event: &Value| MEMBERS.iter().all(|member| event.get(member).is_some());
        let event =
            event.filter(is_event).ok_or_else(|| invalid("Parameter Event is not valid."))?;
        Ok(TestEventPatternResponse { result: Some(pattern.matches(&event)) })
    }
}

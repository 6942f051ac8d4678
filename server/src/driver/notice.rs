//! What whoever runs the installation is to know: told at once, and noted for who looks later.

use engine::effect::Notice;
use engine::engine::Engine;

use crate::metrics::Metrics;

/// Tells whoever runs the installation.
pub(super) fn tell(notice: &Notice, metrics: &Metrics, engine: &Engine) {
    match notice {
        Notice::PlanFailed { vpc, failure, .. } => metrics.plan_failed(*vpc, failure.to_string()),
        Notice::PlanInForce { vpc, .. } => metrics.plan_in_force(*vpc),
        Notice::EventGivenUp { function, at } => {
            if let Some(figures) = metrics.known(engine, *function) {
                figures.given_up(*at);
            }
        }
    }
    match notice {
        Notice::PlanFailed { vpc, generation, failure, again } => tracing::error!(
            %vpc,
            generation = generation.0,
            error = %failure,
            "a VPC's rules are not in force and no environment starts in it; tried again in {again:?}",
        ),
        Notice::PlanInForce { vpc, generation } => {
            tracing::info!(%vpc, generation = generation.0, "a VPC's rules are in force again");
        }
        Notice::EventGivenUp { function, .. } => {
            tracing::debug!(%function, "an asynchronous event has failed as often as it may");
        }
    }
}

//! Chains of invocations that go through a queue: what messages tell of those that they come from.

use engine::node::EventContext;
use engine::sources::command::{BatchOutcome, RecordKey};
use engine::tell::mapping::RECURSIVE;

use crate::driver::{Driver, now};
use crate::sources::carrier::Carrier;
use crate::trace::lineage;

/// What comes of a batch of nothing but loops, as explanations know it.
fn looped() -> BatchOutcome {
    BatchOutcome::Failed(format!("{RECURSIVE}: the function was invoked too often in one chain"))
}

/// What the messages of a batch tell of the chains that they come from.
#[derive(Debug, Default)]
pub(super) struct Chain {
    /// What the function is given along: of the longest of the chains that go on.
    pub(super) context: Option<EventContext>,
    /// Messages of chains that have come back too often: the function is not given them.
    looping: Vec<RecordKey>,
}

impl Chain {
    pub(super) fn of(carrier: &Carrier, driver: &Driver, records: &[RecordKey]) -> Chain {
        let (mapping, arn) = (&carrier.mapping, carrier.function_arn());
        let mut chain = Chain::default();
        // Records of streams and topics tell nothing of what caused them.
        let mut traces = carrier.held.look(records, |record| record.trace.clone());
        if traces.len() != records.len() {
            // One is gone: which, is not told.
            traces.clear();
        }
        let told = records.iter().zip(&traces).filter_map(|(record, trace)| {
            Some((*record, lineage::context(Some(trace.as_deref()?), &arn)))
        });
        let mut told: Vec<(RecordKey, EventContext)> = told.collect();
        if !told.is_empty() {
            chain.looping = driver.read(|engine| {
                let function = engine.function(&mapping.scope, &mapping.function);
                let is_loop =
                    |hops| function.is_some_and(|function| engine.is_loop(function.id, hops));
                told.iter().filter(|(_, it)| is_loop(it.hops)).map(|(record, _)| *record).collect()
            });
        }
        told.retain(|(record, _)| !chain.looping.contains(record));
        let longest = told.into_iter().map(|(_, context)| context).max_by_key(|it| it.hops);
        chain.context = Some(longest.unwrap_or_else(|| lineage::context(None, &arn)));
        let name = &mapping.function;
        if let (false, Some(figures)) =
            (chain.looping.is_empty(), driver.metrics().of(&mapping.scope, name))
        {
            tracing::warn!(
                function = name,
                queue = mapping.source,
                "a loop through a queue is ended"
            );
            figures.looped(now());
        }
        chain
    }

    /// The messages that the function is given; or what comes of the batch, where that is none.
    pub(super) fn given(&self, records: &[RecordKey]) -> Result<Vec<RecordKey>, BatchOutcome> {
        let goes_on = |record: &&RecordKey| !self.looping.contains(record);
        let given: Vec<RecordKey> = records.iter().filter(goes_on).copied().collect();
        match given.is_empty() && !self.looping.is_empty() {
            true => Err(looped()),
            false => Ok(given),
        }
    }

    /// What comes of the whole batch, by what came of those that the function was given.
    pub(super) fn outcome(self, of_given: BatchOutcome) -> BatchOutcome {
        match of_given {
            BatchOutcome::Taken if !self.looping.is_empty() => BatchOutcome::Partial(self.looping),
            BatchOutcome::Partial(mut failed) => {
                failed.extend(self.looping);
                BatchOutcome::Partial(failed)
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loops_comes_again_and_the_rest_of_its_batch_is_done_with() {
        let [a, b, c] = [1, 2, 3].map(RecordKey);
        let chain = |looping: &[RecordKey]| Chain { context: None, looping: looping.to_vec() };
        assert_eq!(chain(&[b]).given(&[a, b, c]), Ok(vec![a, c]));
        assert_eq!(chain(&[b]).outcome(BatchOutcome::Taken), BatchOutcome::Partial(vec![b]));
        let partial = BatchOutcome::Partial(vec![c]);
        assert_eq!(chain(&[b]).outcome(partial), BatchOutcome::Partial(vec![c, b]));
        assert_eq!(chain(&[]).outcome(BatchOutcome::Taken), BatchOutcome::Taken);
        assert!(matches!(chain(&[a, b]).given(&[a, b]), Err(BatchOutcome::Failed(_))));
        assert_eq!(chain(&[]).given(&[]), Ok(Vec::new()));
    }
}

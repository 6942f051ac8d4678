//! Resets: an environment outlives its runtime. What fails in it is ended, and its network, its log
//! stream and its /tmp stay; the next invocation begins with an init.

use alloc::boxed::Box;

use super::Phase;
use crate::base::id::EnvironmentId;
use crate::compute::Compute;
use crate::compute::hot::Flag;
use crate::cx::Cx;
use crate::network::Network;
use crate::node::NodeCommand;
use crate::record::decision::Cause;

impl Compute {
    /// The runtime of an environment has failed after its init: it is ended, and the environment
    /// waits for its next invocation without one. What is out of date is reaped.
    pub(crate) fn reset(&mut self, cx: &mut Cx<'_>, id: EnvironmentId) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let environment = self.environments.at_mut(slot);
        if environment.is_superseded() {
            return self.reap(cx, id, Cause::Failure(id));
        }
        environment.0.set(Flag::IsBlank);
        let is_idle = environment.is_idle();
        self.end_runtime(cx, id);
        if !is_idle {
            self.rest(cx, slot);
        }
    }

    /// Has the node end what is left of an environment's runtime, and keep all else.
    pub(super) fn end_runtime(&mut self, cx: &mut Cx<'_>, id: EnvironmentId) {
        let environment = self.environments.get_mut(&id).expect("the caller has it");
        let story = environment.story_mut();
        story.is_resetting = true;
        story.resets = story.resets.saturating_add(1);
        cx.command(NodeCommand::Reset(id));
    }

    /// An environment without a runtime has got an invocation, which begins with an init.
    #[inline(never)]
    pub(crate) fn begin_again(&mut self, cx: &mut Cx<'_>, network: &Network, slot: u32) {
        let environment = self.environments.at_mut(slot);
        let id = environment.id();
        environment.0.unset(Flag::IsBlank);
        if let Some(trail) = cx.journal.trail_mut(environment.trail()) {
            trail.began_anew = true;
        }
        match environment.story().is_resetting {
            true => environment.enter(cx.now, Phase::Resetting),
            false => self.init_anew(cx, network, id),
        }
    }

    /// What is left of an environment's failed runtime is gone, and nothing will be told of it.
    pub(crate) fn environment_was_reset(
        &mut self,
        cx: &mut Cx<'_>,
        network: &Network,
        id: EnvironmentId,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        environment.story_mut().is_resetting = false;
        match environment.phase() {
            Phase::Resetting => self.init_anew(cx, network, id),
            Phase::Init => self.start_in_room(cx, network, id),
            _ => {}
        }
    }

    /// Has the node start an environment's runtime once more, within the time of its invocation.
    fn init_anew(&mut self, cx: &mut Cx<'_>, network: &Network, id: EnvironmentId) {
        let limit = cx.now + self.environments[&id].timeout();
        self.enter(cx, id, Phase::InitAgain);
        self.set_due(cx, id, limit);
        let spec = self.spec(network, id);
        cx.command(NodeCommand::Start(Box::new(spec)));
    }
}

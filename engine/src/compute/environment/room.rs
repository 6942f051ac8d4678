//! Room for a start: what is idle gives its place before an invocation is refused for want of
//! descriptors, memory or processes.

use alloc::boxed::Box;

use super::{Environment, Phase};
use crate::base::id::EnvironmentId;
use crate::base::limits::ROOM_TRIES;
use crate::compute::Compute;
use crate::cx::Cx;
use crate::network::Network;
use crate::node::NodeCommand;
use crate::record::decision::Cause;

impl Compute {
    /// A start for an invocation found no room: the least useful of the idle environments is reaped
    /// for it, and it is done again when that is gone. Answers whether there was one to be reaped.
    pub(crate) fn make_room_for(&mut self, cx: &mut Cx<'_>, id: EnvironmentId) -> bool {
        let environment = &self.environments[&id];
        if environment.phase() != Phase::Init || environment.story().tries >= ROOM_TRIES {
            return false;
        }
        let Some(least) = self.least_useful() else { return false };
        let environment = self.environments.get_mut(&id).expect("it was just seen");
        let story = environment.story_mut();
        story.tries += 1;
        (story.wants_room, story.is_resetting) = (true, true);
        // It has no deadline until its start is done again.
        environment.enter(cx.now, Phase::Init);
        cx.command(NodeCommand::Reset(id));
        let given_up = self.environments.get_mut(&least).expect("it was just found");
        given_up.story_mut().room_for = Some(id);
        self.reap(cx, least, Cause::Room(least));
        true
    }

    /// The idle environment whose end costs least: by its priority where idle ones have any, else
    /// the one that was used least recently.
    fn least_useful(&self) -> Option<EnvironmentId> {
        if let Some((_, _, id)) = self.keeper.idle.first() {
            return Some(*id);
        }
        let idle = self.environments.values().filter(|each| each.is_idle());
        idle.min_by_key(|each| (each.since(), each.id())).map(Environment::id)
    }

    /// The room that an environment has left is for another, if that is still there.
    pub(super) fn leaves_room(&mut self, cx: &mut Cx<'_>, network: &Network, id: EnvironmentId) {
        if let Some(next) = self.environments.get_mut(&id) {
            next.story_mut().wants_room = false;
            self.start_in_room(cx, network, id);
        }
    }

    /// Starts an environment once more, once there is room and nothing is left of its first start.
    pub(super) fn start_in_room(&mut self, cx: &mut Cx<'_>, network: &Network, id: EnvironmentId) {
        let environment = &self.environments[&id];
        if environment.phase() != Phase::Init || environment.waits_for_room() {
            return;
        }
        self.set_due(cx, id, cx.now + cx.limits.init);
        let spec = self.spec(network, id);
        cx.command(NodeCommand::Start(Box::new(spec)));
    }
}

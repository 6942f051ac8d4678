//! Where commands of the engine wait for the pollers.

use std::sync::Mutex;

use engine::sources::command::SourceCommand;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::thread;

/// Commands of the engine, in order.
pub(crate) struct Commands {
    sender: UnboundedSender<SourceCommand>,
    receiver: Mutex<Option<UnboundedReceiver<SourceCommand>>>,
}

impl Default for Commands {
    fn default() -> Commands {
        let (sender, receiver) = unbounded_channel();
        Commands { sender, receiver: Mutex::new(Some(receiver)) }
    }
}

impl Commands {
    /// Leaves a command; never waits.
    pub(crate) fn leave(&self, command: SourceCommand) {
        // Nobody takes it any more when the server ends.
        self.sender.send(command).ok();
    }

    /// Takes what is left from now on, and was so far; once.
    pub(crate) fn take(&self) -> UnboundedReceiver<SourceCommand> {
        let receiver = thread::lock(&self.receiver, "commands of pollers").take();
        receiver.expect("pollers are started once")
    }
}

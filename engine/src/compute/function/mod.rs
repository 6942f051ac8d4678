//! Functions: what may be asked about them, and what it brings about.

mod create;
mod delete;
mod event_invoke;
pub(crate) mod known;
pub(crate) mod network;
mod publish;
mod refusal;
mod reserve;
pub(crate) mod rest;
pub(crate) mod scopes;
mod tag;
mod update;

pub use create::{Create, Shown};
pub use delete::Delete;
pub use event_invoke::{DeleteEventInvoke, PutEventInvoke, PutRecursion};
pub(crate) use network::revision;
pub use publish::{NamedCode, Publish, Published};
pub use refusal::Refusal;
pub use reserve::Reserve;
pub use tag::Tag;
pub use update::{LevelOfText, LoggingPatch, SettingsPatch, UpdateCode, UpdateConfiguration};

//! Layers: what may be asked about them, and which there are.

mod change;
pub(crate) mod known;

pub use change::{AddPermission, Delete, Publish, Published, Refusal, RemovePermission};
pub use known::{LAYERS_PER_FUNCTION, UseRefusal};

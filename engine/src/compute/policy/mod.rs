//! Resource policies: who else may do what to a function, a version or an alias. What they say is
//! the server's to judge; here they are kept whole.

mod ask;
pub(crate) mod known;

pub use ask::{AddPermission, DeletePolicy, PolicyOf, PutPolicy, RemovePermission};

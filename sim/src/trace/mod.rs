//! Traces: which function is called when, for how long, as recorded or drawn.

pub mod azure;
mod call;
pub mod csv;
mod error;
pub mod synthetic;

pub use call::{Arrivals, Call, Trace, Traced};
pub use error::{Place, TraceError};

/// Opens a trace: a directory in the Azure layout, a CSV file, or `synthetic:` and a description.
///
/// # Errors
/// When it cannot be read, or is not as it must be.
pub fn open(source: &str, seed: u64, spread: azure::Spread) -> Result<Trace, TraceError> {
    if let Some(description) = source.strip_prefix("synthetic:") {
        return synthetic::open(description, seed);
    }
    let path = std::path::Path::new(source);
    if path.is_dir() { azure::open(path, seed, spread) } else { csv::open(path) }
}

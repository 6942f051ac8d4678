//! What requests are answered with.

use std::sync::Arc;

use engine::engine::Engine;

use crate::code::CodeStore;
use crate::driver::Driver;
use crate::gate::Gate;
use crate::iam::Iam;
use crate::logs::Logs;
use crate::s3::S3;
use crate::sources::Sources;

/// What requests are answered with.
#[derive(Debug)]
pub struct Endpoint {
    /// Who is let in.
    pub gate: Gate,
    /// What decides.
    pub driver: Arc<Driver>,
    /// The functions' code.
    pub code: Arc<CodeStore>,
    /// The roles.
    pub iam: Arc<Iam>,
    /// What functions wrote.
    pub logs: Arc<Logs>,
    /// Where code may be fetched from.
    pub s3: Option<S3>,
    /// Where event sources are.
    pub sources: Arc<Sources>,
}

impl Endpoint {
    /// Removes code that no function and no environment has, and has what functions have be there;
    /// what cannot be removed stays.
    pub fn sweep(&self) {
        // An error leaves files, which are tried again.
        let _ = self.code.sweep(|| {
            let mut used = self.driver.running_code();
            self.driver.read(|engine| used.extend(code_in_use(engine)));
            used
        });
        let used = self.driver.read(|engine| code_in_use(engine).collect());
        self.code.provide_all(&used);
    }
}

/// The code that functions have.
fn code_in_use(engine: &Engine) -> impl Iterator<Item = [u8; 32]> + '_ {
    let configurations = engine.all_functions().flat_map(|function| function.configurations());
    configurations.map(|(_, configuration)| configuration.code.sha256)
}

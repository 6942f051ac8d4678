//! What requests are answered with.

use std::path::Path;
use std::sync::Arc;

use engine::engine::Engine;
use neighbours::{Neighbours, Outward, Setup};

use crate::code::CodeStore;
use crate::driver::Driver;
use crate::flows::Flows;
use crate::gate::Gate;
use crate::iam::Iam;
use crate::logs::Logs;
use crate::outward::Reach;
use crate::resolver::Resolver;
use crate::s3::S3;
use crate::sources::Sources;
use crate::upstream::Upstreams;

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
    /// Who is told of flows.
    pub flows: Arc<Flows>,
    /// The services beside Lambda.
    pub neighbours: Arc<Neighbours>,
    /// How services, and what Lambda tells others, reach what they are about.
    pub reach: Arc<Reach>,
    /// Where code may be fetched from.
    pub s3: Option<S3>,
    /// Where event sources are.
    pub sources: Arc<Sources>,
    /// Where requests are passed on to.
    pub upstreams: Upstreams,
    /// What resolves names in VPCs.
    pub resolver: Arc<Resolver>,
}

/// The services beside Lambda, on stores in the state directory. What takes AWS time does so here
/// where functions do.
pub fn neighbours(
    state: &Path,
    driver: &Arc<Driver>,
    iam: &Arc<Iam>,
    takes_time: bool,
) -> (Arc<Neighbours>, Arc<Reach>) {
    let reach = Reach::new(driver, Arc::clone(iam));
    let outward = Arc::clone(&reach) as Arc<dyn Outward>;
    let directory = state.join("neighbours");
    let neighbours = Neighbours::new(&Setup { directory, outward, takes_time });
    reach.know(&neighbours);
    (neighbours, reach)
}

impl Endpoint {
    /// Removes code that no function, no layer and no environment has, and has what functions have be there;
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

/// The code that functions have, with what their layers are, and the content of all layers.
fn code_in_use(engine: &Engine) -> impl Iterator<Item = [u8; 32]> + '_ {
    let configurations = engine.all_functions().flat_map(|function| function.configurations());
    let of_functions = configurations.flat_map(|(_, configuration)| configuration.content());
    let layers = engine.all_layers().flat_map(|layer| layer.versions.values());
    of_functions.chain(layers.map(|version| version.code.sha256))
}

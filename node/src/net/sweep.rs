//! What an earlier run left: it goes when nobody asks for it again.

use std::fs;
use std::path::PathBuf;

use super::{Net, lock, namespace};

impl Net {
    /// Removes what an earlier run left and nobody has asked for again.
    pub fn sweep(&self) {
        let wanted: Vec<PathBuf> = {
            let vpcs = lock(&self.vpcs);
            let routers = vpcs.iter().filter(|(_, vpc)| lock(vpc).router.is_some());
            let routers = routers.map(|(id, _)| self.directory.join(id.to_string()));
            let resources = lock(&self.resources);
            routers.chain(resources.values().map(|resource| resource.path.clone())).collect()
        };
        for entry in fs::read_dir(&self.directory).into_iter().flatten().flatten() {
            if !wanted.contains(&entry.path()) {
                if let Some(namespace) = namespace::pinned(&entry.path()) {
                    namespace::kill_all(&namespace);
                }
                namespace::unpin(&entry.path());
            }
        }
    }
}

//! The credentials that a function's environment starts with: a session of its role.

use engine::id::EnvironmentId;
use engine::node::EnvironmentSpec;
use wire::arn::Arn;

use crate::iam::Iam;
use crate::iam::caller::{Session, Who};
use crate::iam::key::id_of;
use crate::iam::session::{Statement, Temporary};

/// How long they are good beyond the environment, in milliseconds.
const BEYOND: i64 = 12 * 3_600_000;

impl Iam {
    /// The variables that an environment finds its credentials in; `role` is its function's, and
    /// `now` is in milliseconds of the Unix epoch.
    pub fn variables(
        &self,
        spec: &EnvironmentSpec,
        role: &str,
        now: i64,
    ) -> [(&'static str, String); 3] {
        let whose = (spec.scope.account, spec.name.as_str());
        let Temporary { key, secret, token } =
            self.keys_of_environment(spec.environment, whose, role, now);
        [
            ("AWS_ACCESS_KEY_ID", key),
            ("AWS_SECRET_ACCESS_KEY", secret),
            ("AWS_SESSION_TOKEN", token),
        ]
    }

    /// The key of an environment of an account's function.
    pub(crate) fn keys_of_environment(
        &self,
        environment: EnvironmentId,
        (account, function): (u64, &str),
        role: &str,
        now: i64,
    ) -> Temporary {
        let path = Arn::parse(role).and_then(|arn| arn.resource.strip_prefix("role/"));
        let path = path.unwrap_or(role);
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let known = self.read(account, |known| known.roles.get(&name).map(|role| role.id.clone()));
        // Where nothing is enforced any role will do, also one that was never made.
        let id = known.unwrap_or_else(|| id_of("AROA", role));
        let statement = Statement {
            account,
            who: Who::Role { name, id, session: function.to_owned() },
            session: Session { issued: now, ..Session::default() },
            expires: now.saturating_add(BEYOND),
            environment: Some(environment),
        };
        self.issue(&statement)
    }
}

//! Which route of an API a request takes.

use std::collections::BTreeMap;

use super::stored::{Api, Authorization, Authorizer, Cors, Integration, Parts};

/// The name of the stage and the key of the route that take what no other does.
pub(super) const DEFAULT: &str = "$default";

/// What an API serves.
#[derive(Debug, Clone)]
pub struct Served {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub account: u64,
    /// Where it is.
    pub region: String,
    /// Whether it is not reached by its own host.
    pub is_disabled: bool,
    /// What pages of other sites may do.
    pub cors: Option<Cors>,
    stages: BTreeMap<String, Stage>,
}

#[derive(Debug, Clone)]
struct Stage {
    variables: BTreeMap<String, String>,
    /// The most specific first.
    routes: Vec<Route>,
    integrations: BTreeMap<String, Integration>,
    authorizers: BTreeMap<String, Authorizer>,
}

#[derive(Debug, Clone)]
struct Route {
    key: String,
    /// None takes what no other does.
    of: Option<Key>,
    authorization: Authorization,
    /// The integration's id.
    target: Option<String>,
}

/// The key of a route, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Behind those that take whole paths.
    has_rest: bool,
    segments: Vec<Segment>,
    /// `ANY` is none, and behind each that is named.
    is_any: bool,
    method: String,
}

/// A part of a path; the more it says the earlier it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Text(String),
    /// `{name}`.
    One(String),
    /// `{name+}`.
    Rest(String),
}

/// The route that a request takes.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'a> {
    /// The stage's name.
    pub stage: &'a str,
    /// Its variables.
    pub variables: &'a BTreeMap<String, String>,
    /// The route's key.
    pub key: &'a str,
    /// The path within the stage, which begins with a slash.
    pub path: &'a str,
    of: Option<&'a Key>,
    /// The authorizer that is to be asked, with its id.
    pub authorizer: Option<(&'a str, &'a Authorizer)>,
    /// Where it leads; none where it leads nowhere.
    pub integration: Option<&'a Integration>,
    /// Whether the route asks for an authorizer.
    pub is_guarded: bool,
}

/// The methods that routes may name.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

impl Key {
    /// Reads a key such as `GET /pets/{id}`; none where it is malformed.
    pub(super) fn read(text: &str) -> Option<Key> {
        let (method, path) = text.split_once(' ')?;
        let is_any = method == "ANY";
        if !is_any && !METHODS.contains(&method) {
            return None;
        }
        let path = path.strip_prefix('/')?;
        let mut segments = Vec::new();
        for part in path.split('/').filter(|_| !path.is_empty()) {
            segments.push(Segment::read(part)?);
        }
        let is_rest = |segment: &Segment| matches!(segment, Segment::Rest(_));
        let last = segments.len().saturating_sub(1);
        if segments.iter().take(last).any(is_rest) {
            return None;
        }
        let has_rest = segments.last().is_some_and(is_rest);
        Some(Key { has_rest, segments, is_any, method: method.to_owned() })
    }

    fn takes(&self, method: &str, path: &str) -> bool {
        (self.is_any || self.method == method) && self.bind(path).is_some()
    }

    /// What the parameters are of a path that it takes, still encoded.
    fn bind<'p>(&self, path: &'p str) -> Option<Vec<(&str, &'p str)>> {
        let mut bound = Vec::new();
        let mut left = Some(path.strip_prefix('/')?).filter(|path| !path.is_empty());
        for segment in &self.segments {
            let rest = left?;
            if let Segment::Rest(name) = segment {
                bound.push((&**name, rest));
                left = None;
                break;
            }
            let (part, next) = match rest.split_once('/') {
                Some((part, next)) => (part, Some(next)),
                None => (rest, None),
            };
            match segment {
                Segment::Text(text) if text == part => {}
                Segment::One(name) if !part.is_empty() => bound.push((name, part)),
                _ => return None,
            }
            left = next;
        }
        left.is_none().then_some(bound)
    }
}

impl Segment {
    fn read(text: &str) -> Option<Segment> {
        let Some(inner) = text.strip_prefix('{') else {
            let is_plain = !text.is_empty() && !text.contains(['{', '}']);
            return is_plain.then(|| Segment::Text(text.to_owned()));
        };
        let inner = inner.strip_suffix('}')?;
        let (name, is_rest) = inner.strip_suffix('+').map_or((inner, false), |name| (name, true));
        let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.' | b':');
        let is_name = !name.is_empty() && name.bytes().all(plain);
        is_name.then(|| match is_rest {
            true => Segment::Rest(name.to_owned()),
            false => Segment::One(name.to_owned()),
        })
    }
}

impl Served {
    pub(super) fn of(api: Api) -> Served {
        let Api { id, account, region, cors, is_disabled, parts, stages, deployments, .. } = api;
        let serve = |stage: super::stored::Stage| {
            let parts = match (stage.deploys_itself, stage.deployment) {
                (true, _) => parts.clone(),
                (false, Some(id)) => deployments.get(&id)?.parts.clone().unwrap_or_default(),
                (false, None) => return None,
            };
            let Parts { routes, integrations, authorizers } = parts;
            let mut routes: Vec<Route> = routes
                .into_values()
                .map(|route| Route {
                    of: Key::read(&route.key),
                    key: route.key,
                    authorization: route.authorization,
                    target: route.target.and_then(|it| Some(it.split_once('/')?.1.to_owned())),
                })
                .collect();
            // What takes everything is the last.
            routes.sort_by(|a, b| (a.of.is_none(), &a.of).cmp(&(b.of.is_none(), &b.of)));
            Some(Stage { variables: stage.variables, routes, integrations, authorizers })
        };
        let stages = stages.into_iter();
        let stages = stages.filter_map(|(name, stage)| Some((name, serve(stage)?))).collect();
        Served { id, account, region, is_disabled, cors, stages }
    }

    /// The route that a request takes; none where there is none.
    pub fn choose<'a>(&'a self, method: &str, path: &'a str) -> Option<Chosen<'a>> {
        let (name, path) = self.stage(path)?;
        let (name, stage) = self.stages.get_key_value(name)?;
        let takes = |route: &&Route| route.of.as_ref().is_none_or(|key| key.takes(method, path));
        let route = stage.routes.iter().find(takes)?;
        let authorizer = match &route.authorization {
            Authorization::Nobody => None,
            Authorization::Custom(id) => {
                stage.authorizers.get_key_value(id).map(|(id, it)| (&**id, it))
            }
        };
        Some(Chosen {
            stage: name,
            variables: &stage.variables,
            key: &route.key,
            path,
            of: route.of.as_ref(),
            authorizer,
            integration: route.target.as_ref().and_then(|id| stage.integrations.get(id)),
            is_guarded: route.authorization != Authorization::Nobody,
        })
    }

    /// The stage that a path begins with, or the one without a name, and the path within it.
    fn stage<'a>(&'a self, path: &'a str) -> Option<(&'a str, &'a str)> {
        let rest = path.strip_prefix('/')?;
        let (first, within) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if first != DEFAULT && self.stages.contains_key(first) {
            return Some((first, if within.is_empty() { "/" } else { within }));
        }
        Some((DEFAULT, path))
    }
}

impl Chosen<'_> {
    /// The parameters of the path, still encoded.
    pub fn parameters(&self) -> Vec<(&str, &str)> {
        self.of.and_then(|key| key.bind(self.path)).unwrap_or_default()
    }

    /// The path of the route's key.
    pub fn resource(&self) -> &str {
        self.key.split_once(' ').map_or(self.key, |(_, path)| path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(keys: &[&str]) -> Stage {
        let mut routes: Vec<Route> = keys
            .iter()
            .map(|key| Route {
                key: (*key).to_owned(),
                of: Key::read(key),
                authorization: Authorization::Nobody,
                target: None,
            })
            .collect();
        routes.sort_by(|a, b| (a.of.is_none(), &a.of).cmp(&(b.of.is_none(), &b.of)));
        let (integrations, authorizers) = (BTreeMap::new(), BTreeMap::new());
        Stage { variables: BTreeMap::new(), routes, integrations, authorizers }
    }

    fn served(stages: &[(&str, &[&str])]) -> Served {
        Served {
            id: "a".into(),
            account: 0,
            region: "us-east-1".into(),
            is_disabled: false,
            cors: None,
            stages: stages.iter().map(|(name, keys)| ((*name).to_owned(), stage(keys))).collect(),
        }
    }

    #[test]
    fn the_most_specific_route_is_taken() {
        let keys = [
            "$default",
            "ANY /{proxy+}",
            "GET /pets/dog/1",
            "GET /pets/dog/{id}",
            "GET /pets/{proxy+}",
            "ANY /pets/dog/1",
            "GET /{kind}/cat/x",
            "GET /",
        ];
        let api = served(&[("$default", &keys), ("test", &["GET /a"])]);
        for (method, path, key) in [
            ("GET", "/pets/dog/1", "GET /pets/dog/1"),
            ("POST", "/pets/dog/1", "ANY /pets/dog/1"),
            ("GET", "/pets/dog/2", "GET /pets/dog/{id}"),
            ("GET", "/pets/cat/2", "GET /pets/{proxy+}"),
            ("GET", "/pets/cat/x", "GET /{kind}/cat/x"),
            ("POST", "/pets/cat/2", "ANY /{proxy+}"),
            ("GET", "/", "GET /"),
            ("POST", "/", "$default"),
            ("GET", "/test/a", "GET /a"),
            ("GET", "/tests/a", "ANY /{proxy+}"),
        ] {
            assert_eq!(api.choose(method, path).map(|it| it.key), Some(key), "{method} {path}");
        }
        assert!(api.choose("GET", "/test/b").is_none());
        assert!(api.choose("GET", "/test").is_none());
        let chosen = api.choose("GET", "/pets/dog/a%20b").expect("a route");
        assert_eq!(chosen.parameters(), [("id", "a%20b")]);
        assert_eq!((chosen.resource(), chosen.stage), ("/pets/dog/{id}", "$default"));
        let chosen = api.choose("GET", "/pets/cat/a/b/").expect("a route");
        assert_eq!(chosen.parameters(), [("proxy", "cat/a/b/")]);
        assert!(served(&[("test", &["$default"])]).choose("GET", "/").is_none());
    }

    #[test]
    fn keys_are_read_or_refused() {
        for good in ["GET /", "ANY /a/{b}/{c+}", "DELETE /a.b/~c", "OPTIONS /{a-b}"] {
            assert!(Key::read(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "GET",
            "GET a",
            "get /",
            "GET /{a+}/b",
            "GET /a{b}",
            "GET //",
            "GET /{}",
            "$default",
            "GET /{a",
        ] {
            assert!(Key::read(bad).is_none(), "{bad}");
        }
    }
}

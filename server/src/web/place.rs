//! Hosts that name a function's URL or an API: `<id>.lambda-url.<region>.…` and
//! `<id>.execute-api.<region>.…`.

/// What a host names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The URL of a function.
    FunctionUrl,
    /// An API of API Gateway's.
    Api,
}

impl Kind {
    /// The second label of a host, which tells the kind.
    const fn label(self) -> &'static str {
        match self {
            Kind::FunctionUrl => "lambda-url",
            Kind::Api => "execute-api",
        }
    }

    /// What such hosts end with on AWS.
    const fn of_aws(self) -> &'static str {
        match self {
            Kind::FunctionUrl => "on.aws",
            Kind::Api => "amazonaws.com",
        }
    }
}

/// A host that names something, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) region: String,
    /// The whole name, without a port.
    pub(crate) name: String,
}

impl Place {
    /// What a host names, if it ends as AWS's hosts do or with a name that is served here.
    pub(crate) fn of(host: &str, is_served: impl Fn(&str) -> bool) -> Option<Place> {
        let kinds = [Kind::FunctionUrl, Kind::Api];
        // Nearly all hosts are told by their second label.
        let label = host.split('.').nth(1)?;
        let kind = kinds.into_iter().find(|kind| kind.label().eq_ignore_ascii_case(label))?;
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
        let name = name.strip_suffix('.').unwrap_or(&name);
        let mut labels = name.splitn(4, '.');
        let (id, _, region, base) =
            (labels.next()?, labels.next()?, labels.next()?, labels.next()?);
        let plain = |text: &str| {
            !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        };
        let is_whole = plain(id) && plain(region) && (base == kind.of_aws() || is_served(base));
        is_whole.then(|| Place {
            kind,
            id: id.to_owned(),
            region: region.to_owned(),
            name: name.to_owned(),
        })
    }
}

/// The host of something by which it is reached where `base` is served, which may have a port.
pub(crate) fn host(kind: Kind, id: &str, region: &str, base: &str) -> String {
    format!("{id}.{}.{region}.{base}", kind.label())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_name_what_they_reach() {
        let of = |host| Place::of(host, |base| base == "localhost" || base == "served.example");
        let parts = |host| of(host).map(|place| (place.kind, place.id, place.region, place.name));
        for (host, name) in [
            ("a1.lambda-url.us-east-1.localhost", "a1.lambda-url.us-east-1.localhost"),
            ("A1.Lambda-URL.us-east-1.localhost:4566", "a1.lambda-url.us-east-1.localhost"),
            ("a1.lambda-url.us-east-1.localhost.:80", "a1.lambda-url.us-east-1.localhost"),
            ("a1.lambda-url.us-east-1.on.aws", "a1.lambda-url.us-east-1.on.aws"),
            ("a1.lambda-url.us-east-1.served.example:1", "a1.lambda-url.us-east-1.served.example"),
        ] {
            let expected = (Kind::FunctionUrl, "a1".into(), "us-east-1".into(), name.into());
            assert_eq!(parts(host), Some(expected), "{host}");
        }
        let api = of("x.execute-api.eu-west-1.amazonaws.com").expect("a place");
        assert_eq!(api.kind, Kind::Api);
        for host in [
            "localhost:4566",
            "lambda-url.us-east-1.localhost",
            "a1.lambda-url.us-east-1.evil.example",
            "a1.lambda-url.us-east-1.amazonaws.com",
            "x.execute-api.us-east-1.on.aws",
            "a1.lambda-url.us-east-1.evil.on.aws",
            "b.a1.lambda-url.us-east-1.localhost",
            ".lambda-url.us-east-1.localhost",
            "a1.lambda-url..localhost",
            "a_1.lambda-url.us-east-1.localhost",
            "a1.s3.us-east-1.localhost",
        ] {
            assert_eq!(of(host), None, "{host}");
        }
    }
}
